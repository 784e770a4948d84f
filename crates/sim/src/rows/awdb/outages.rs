//! What people notice while hosts do not answer (AWDB-12 to AWDB-15).

use super::*;
use crate::rows::cti::CALLER;
use crate::rows::step::Condition::{Holds, Shows, ShowsLeg, ShowsNoCall};
use crate::rows::step::{Phone, Request};

/// People whom no row has let in before.
const STRANGERS: [[&str; 2]; HostFault::ALL.len()] = [
    ["1003", "1004"],
    ["1005", "1006"],
    ["1007", "1008"],
    ["1009", "1010"],
    ["1011", "1012"],
    ["1013", "1014"],
    ["1015", "1016"],
    ["1017", "1018"],
];

/// Settings of a site.
const REASON_CODE: &str = "/finesse/api/ReasonCode";
const REASON_CODES: &str = "/finesse/api/ReasonCodes?category=NOT_READY";
const STOCKTAKING: &str = "<ReasonCode><category>NOT_READY</category><code>71</code><label>Stocktaking</label><forAll>true</forAll></ReasonCode>";
const FIRE_DRILL: &str = "<ReasonCode><category>NOT_READY</category><code>72</code><label>Fire drill</label><forAll>true</forAll></ReasonCode>";
/// What an administrator hears while they cannot be read.
const UNAVAILABLE: &str = "<ErrorMessage>AWS_SERVICE_UNAVAILABLE</ErrorMessage>";
/// Settings that name hosts: without them nobody could correct a wrong one.
const HOSTS: [&str; 3] =
    ["/finesse/api/SystemConfig", "/finesse/api/ClusterConfig", "/finesse/api/EnterpriseDatabaseConfig"];
const CLUSTER: &str = "<ClusterConfig><secondaryNode><host>127.0.0.2</host></secondaryNode></ClusterConfig>";

/// The whole answer to who could not be checked, and to who has a wrong password.
const UNAUTHORIZED: &str = "<ApiErrors><ApiError><ErrorData>1002</ErrorData><ErrorMessage>UNAUTHORIZED</ErrorMessage>\
                            <ErrorType>Authorization Failure</ErrorType></ApiError></ApiErrors>";

pub(super) fn not_processed() -> Row {
    let login = || Knock::of(COLLEAGUE).puts(LOGIN);
    let hang = || {
        let hang = both(HostFault::Hang).into();
        script([begin().into(), vec![Step::SignIn(AGENT)], hang, vec![Step::Mark]])
    };
    // Nobody waits for hosts that he does not need.
    let known = || knock(Knock::of(AGENT).took(Duration::ZERO..=AT_ONCE));
    let steps = script([
        hang(),
        vec![knock(login().not_checked().took(ATTEMPT * 2..=ATTEMPT * 5)), known()],
        both_asked(1, 1).into(),
        vec![Step::Expect(Expect::Commands(0)), wait(Holds(COLLEAGUE, "LOGOUT"), 1)],
        both(HostFault::Clear).into(),
        vec![knock(login()), wait(Holds(COLLEAGUE, "NOT_READY"), 5)],
        vec![Step::Anew(vec![hedge_on()])],
        hang(),
        vec![knock(login().not_checked().took(ATTEMPT..=SOON)), known()],
        vec![Step::Expect(Expect::Commands(0)), fault(Secondary, HostFault::Clear)],
        vec![knock(login().took(Duration::ZERO..=SOON)), wait(Holds(COLLEAGUE, "NOT_READY"), 5)],
    ]);
    row("AWDB-12a", "no host answers: requests are not processed but of those who are known", steps)
}

pub(super) fn events() -> Row {
    let steps = script([
        begin().into(),
        vec![Step::SignIn(AGENT)],
        both(HostFault::Hang).into(),
        vec![not_checked(COLLEAGUE), Step::Mark, Step::Phone(Phone::CallIn { from: CALLER, to: AGENT })],
        vec![wait(ShowsLeg(AGENT, "ALERTING"), 5), Step::Phone(Phone::Answer(AGENT))],
        vec![wait(ShowsLeg(AGENT, "ACTIVE"), 5), wait(Shows(AGENT, "TALKING"), 5)],
        vec![not_checked(COLLEAGUE), Step::Phone(Phone::HangUp(AGENT)), wait(ShowsNoCall(AGENT), 5)],
    ]);
    row("AWDB-12b", "no host answers: events still reach desktops", steps)
}

pub(super) fn sign_in() -> Row {
    let login = || Knock::of(AGENT).puts(LOGIN);
    let steps = script([
        begin().into(),
        both(HostFault::Refuse).into(),
        vec![knock(login().not_checked().body(UNAUTHORIZED)), Step::Expect(Expect::Commands(0))],
        vec![wait(Holds(AGENT, "LOGOUT"), 1), fault(Primary, HostFault::Clear)],
        vec![knock(login()), wait(Holds(AGENT, "NOT_READY"), 5)],
    ]);
    row("AWDB-13a", "both are down: nobody signs in, and the answer says that nothing was checked", steps)
}

pub(super) fn settings() -> Row {
    let ask = |method, path, body, status, says| Step::Administer {
        request: Request { method, path, body },
        status,
        says,
    };
    let unavailable = |method, path, body| ask(method, path, body, 500, UNAVAILABLE);
    let read = |path| ask("GET", path, "", 200, "");
    let steps = script([
        begin().into(),
        vec![ask("POST", REASON_CODE, STOCKTAKING, 200, ""), read(REASON_CODES)],
        both(HostFault::Refuse).into(),
        vec![
            not_checked(AGENT),
            unavailable("GET", REASON_CODES, ""),
            unavailable("POST", REASON_CODE, FIRE_DRILL),
        ],
        HOSTS.map(read).into(),
        vec![ask("PUT", "/finesse/api/ClusterConfig", CLUSTER, 200, "")],
        vec![fault(Primary, HostFault::Clear), let_in(AGENT), read(REASON_CODES)],
        vec![ask("POST", REASON_CODE, FIRE_DRILL, 200, "")],
    ]);
    let says = "both are down: settings are neither read nor changed but those that name the hosts";
    row("AWDB-13b", says, steps)
}

pub(super) fn words() -> Row {
    let steps = script([
        begin().into(),
        both(HostFault::Refuse).into(),
        vec![knock(Knock::of(AGENT).not_checked().body(UNAUTHORIZED))],
        both(HostFault::Clear).into(),
        vec![knock(Knock::wrong(AGENT).body(UNAUTHORIZED))],
    ]);
    row("AWDB-13d", "both are down: 401 in the words of a wrong password, told apart by a header", steps)
}

pub(super) fn time_out() -> Row {
    let soon = |agent| knock(Knock::of(agent).took(Duration::ZERO..=SOON));
    let phase = |(what, [one, two]): (HostFault, [&'static str; 2])| {
        let primary = [fault(Primary, what), soon(one), fault(Primary, HostFault::Clear)];
        let secondary = [fault(Secondary, what), soon(two), fault(Secondary, HostFault::Clear)];
        primary.into_iter().chain(secondary)
    };
    // The promise is one of the default times.
    let anew = vec![hedge_on(), Setting::new("awdb.attempt_timeout", "5s")];
    let steps = script([
        begin().into(),
        vec![fault(Primary, HostFault::Hang), knock(Knock::of(AGENT).took(ATTEMPT..=ATTEMPT * 4))],
        vec![knock(Knock::of(COLLEAGUE).took(Duration::ZERO..=AT_ONCE)), Step::Anew(anew)],
        begin().into(),
        HostFault::ALL.into_iter().zip(STRANGERS).flat_map(phase).collect(),
    ]);
    let says =
        "hedge off: one request waits for a lost host; hedge on: none over 2 s in any phase of a session";
    row("AWDB-14", says, steps)
}

pub(super) fn until_it_works() -> Row {
    let wrong = || knock(Knock::wrong(AGENT).not_checked());
    let retry = || {
        script([
            begin().into(),
            both(HostFault::Refuse).into(),
            vec![not_checked(AGENT), not_checked(AGENT)],
            // More than lock an account: nobody has said that they are wrong.
            std::iter::repeat_with(wrong).take(6).collect(),
            vec![fault(Secondary, HostFault::Clear), let_in(AGENT), let_in(COLLEAGUE)],
        ])
    };
    let steps = script([retry(), vec![Step::Anew(vec![hedge_on()])], retry()]);
    row(
        "AWDB-15",
        "who tries again gets in once a host is back, hedge off and on; no try counts as wrong",
        steps,
    )
}
