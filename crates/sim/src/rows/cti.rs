use std::time::Duration;

use node::failover::cti::Side::{A, B};

use super::conferences::conferences;
use super::step::Condition::{Dials, Heartbeats, InService, OutOfService, Shows, ShowsLeg, ShowsNoCall};
use super::step::Fault::{Clear, Kill, Mute, Refuse, Reset, Revive};
use super::step::{Condition, Expect, Fault, Phone, Request, Row, Setting, Step};

/// The agent of these rows; his extension is not his id.
pub(super) const AGENT: &str = "1002";
/// His colleague.
pub(super) const COLLEAGUE: &str = "1001";
/// Who calls.
pub(super) const CALLER: &str = "0355501234";

/// CTI-1 to CTI-20.
pub fn cti() -> Vec<Row> {
    let failover = [
        never_b("CTI-1", "simplex: A is tried again and again, B never", "cti.duplex", "false"),
        never_b("CTI-2", "B not configured: A is tried again and again", "cti.b", "none"),
        lost_side_first(),
        five_to_a(),
        five_to_b(),
        without_end(),
        heartbeats(),
        socket(),
        not_processed(),
        refused_503(),
        silent(),
        works_again(),
        final_states(),
        exact(),
        born_and_dead(),
    ];
    failover.into_iter().chain(conferences()).collect()
}

fn never_b(id: &'static str, says: &'static str, key: &str, value: &str) -> Row {
    let mut steps = started();
    steps.extend([
        Step::Fault(Refuse(A)),
        wait(Dials(12), 20),
        Step::Expect(Expect::DialOrder("A".repeat(12))),
        Step::Fault(Clear(A)),
        wait(InService, 10),
    ]);
    Row { settings: vec![Setting::new(key, value)], ..row(id, says, steps) }
}

fn lost_side_first() -> Row {
    let mut steps = started();
    steps.extend([
        Step::Fault(Kill(A)),
        wait(Dials(1), 2),
        Step::Expect(Expect::DialsBegin("A".into())),
        wait(InService, 10),
        Step::Fault(Revive(A)),
        Step::Mark,
        Step::Fault(Kill(B)),
        wait(Dials(1), 2),
        Step::Expect(Expect::DialsBegin("B".into())),
        wait(InService, 10),
    ]);
    row("CTI-3", "the loss of a side starts failover, the lost side is dialed first", steps)
}

fn five_to_a() -> Row {
    row("CTI-4", "5 dials to A, then B", both_refuse(6, "AAAAAB"))
}

fn five_to_b() -> Row {
    row("CTI-5", "5 dials to A, 5 to B, then A", both_refuse(11, "AAAAABBBBBA"))
}

fn without_end() -> Row {
    let mut steps = both_refuse(31, &format!("{}A", "AAAAABBBBB".repeat(3)));
    steps.extend([Step::Fault(Clear(A)), Step::Fault(Clear(B)), wait(InService, 10)]);
    let settings = vec![Setting::new("cti.retry", "500ms")];
    Row { settings, ..row("CTI-6", "alternates 5 and 5 without end until one succeeds", steps) }
}

fn both_refuse(dials: usize, order: &str) -> Vec<Step> {
    let mut steps = started();
    steps.extend([
        Step::Fault(Refuse(B)),
        Step::Fault(Refuse(A)),
        wait(Dials(dials), 30),
        Step::Expect(Expect::DialOrder(order.into())),
    ]);
    steps
}

fn heartbeats() -> Row {
    let mut steps = started();
    steps.extend([
        Step::Fault(Mute(A)),
        wait(Heartbeats(A, 2), 10),
        Step::Fault(Clear(A)),
        Step::Let(millis(3500)),
        Step::Expect(Expect::HeartbeatsUnanswered(A, 2)),
        Step::Expect(Expect::NoDial),
        Step::Expect(Expect::InService),
        Step::Mark,
        Step::Fault(Mute(A)),
        wait(Dials(1), 10),
        Step::Expect(Expect::HeartbeatsUnanswered(A, 3)),
        Step::Expect(Expect::DialAfterSilence { from: millis(2900), to: millis(3900) }),
    ]);
    let settings = vec![Setting::new("cti.heartbeat_interval", "1s")];
    Row { settings, ..row("CTI-7", "two missed heartbeats are no loss, three are", steps) }
}

fn socket() -> Row {
    let mut steps = started();
    steps.extend([
        Step::Fault(Reset(A)),
        wait(Dials(1), 2),
        Step::Expect(Expect::DialWithin(millis(500))),
        Step::Expect(Expect::DialsBegin("A".into())),
        wait(InService, 10),
    ]);
    row("CTI-8", "a socket failure is a loss at once", steps)
}

fn not_processed() -> Row {
    let mut steps = signed_in();
    steps.extend(outage());
    steps.extend([Step::Mark, ask_state("READY", 503), Step::Let(millis(500))]);
    steps.extend(mended());
    steps.extend([
        Step::Let(millis(1000)),
        Step::Expect(Expect::Commands(0)),
        Step::Expect(Expect::Agrees(AGENT)),
    ]);
    row("CTI-9", "a request during failover is not processed, not even afterwards", steps)
}

fn refused_503() -> Row {
    let mut steps = signed_in();
    steps.extend(outage());
    steps.push(Step::Expect(Expect::GateShut(AGENT)));
    steps.extend(mended());
    steps.push(get("/finesse/api/User/1002", 200));
    row("CTI-10", "503 for agents' resources during failover, SystemInfo answers", steps)
}

fn silent() -> Row {
    let mut steps = on_a_call();
    steps.push(Step::Mark);
    steps.extend(outage());
    steps.extend([
        Step::Phone(Phone::Hold(AGENT)),
        Step::Phone(Phone::CallIn { from: CALLER, to: COLLEAGUE }),
        Step::Let(millis(2000)),
        Step::Expect(Expect::Events(AGENT, vec!["OUT_OF_SERVICE"])),
        Step::Expect(Expect::OnlySystemInfo(COLLEAGUE)),
    ]);
    row("CTI-11", "no events during failover but SystemInfo's", steps)
}

fn works_again() -> Row {
    let failover = ["OUT_OF_SERVICE", "IN_SERVICE"];
    let held = ["PUT Dialog ACTIVE", "User HOLD"];
    let retrieved = ["PUT Dialog ACTIVE", "User TALKING"];
    let dropped = ["PUT Dialog ACTIVE", "PUT Dialog DROPPED", "User NOT_READY", "DELETE Dialog DROPPED"];
    let events = [&failover[..], &held, &retrieved, &dropped].concat();
    let mut steps = on_a_call();
    steps.push(Step::Mark);
    steps.extend(outage());
    steps.extend(mended());
    steps.extend([
        get("/finesse/api/User/1002", 200),
        Step::Phone(Phone::Hold(AGENT)),
        wait(ShowsLeg(AGENT, "HELD"), 2),
        ask_call("RETRIEVE", 202),
        wait(ShowsLeg(AGENT, "ACTIVE"), 2),
        ask_call("DROP", 202),
        wait(ShowsNoCall(AGENT), 10),
        Step::Let(millis(1000)),
        Step::Expect(Expect::Events(AGENT, events)),
        // The session stays while the peripheral is away: no redial, but the state is read again.
        Step::Mark,
        Step::Fault(Fault::PeripheralOffline),
        wait(OutOfService, 2),
        Step::Fault(Fault::PeripheralOnline),
        wait(InService, 10),
        Step::Expect(Expect::NoDial),
        get("/finesse/api/User/1002", 200),
        Step::Let(millis(1000)),
        Step::Expect(Expect::Events(AGENT, failover.to_vec())),
    ]);
    row("CTI-12", "after failover requests are answered and events published", steps)
}

fn final_states() -> Row {
    let mut steps = on_a_call();
    steps.push(Step::Mark);
    steps.extend(outage());
    steps.extend([Phone::Hold(AGENT), Phone::Retrieve(AGENT), Phone::Hold(AGENT)].map(Step::Phone));
    steps.extend(mended());
    steps.extend([
        Step::Let(millis(1000)),
        Step::Expect(Expect::Events(
            AGENT,
            vec!["OUT_OF_SERVICE", "IN_SERVICE", "User HOLD", "PUT Dialog ACTIVE"],
        )),
        Step::Expect(Expect::Agrees(AGENT)),
    ]);
    row("CTI-13", "what happened during failover is published afterwards: final states, once each", steps)
}

fn exact() -> Row {
    let mut steps = on_a_call();
    steps.extend(outage());
    steps.extend([
        Step::Phone(Phone::HangUp(AGENT)),
        Step::Phone(Phone::CallIn { from: "0355505678", to: AGENT }),
        Step::Phone(Phone::CallIn { from: CALLER, to: COLLEAGUE }),
        Step::Phone(Phone::Answer(COLLEAGUE)),
    ]);
    steps.extend(mended());
    steps.extend([
        Step::Let(millis(1000)),
        Step::Expect(Expect::Agrees(AGENT)),
        Step::Expect(Expect::Agrees(COLLEAGUE)),
    ]);
    row("CTI-14", "desktop and REST show what the switch holds", steps)
}

fn born_and_dead() -> Row {
    let mut steps = signed_in();
    steps.push(Step::Mark);
    steps.extend(outage());
    steps.extend([
        Step::Phone(Phone::CallIn { from: CALLER, to: AGENT }),
        Step::Phone(Phone::Answer(AGENT)),
        Step::Phone(Phone::HangUp(AGENT)),
    ]);
    steps.extend(mended());
    steps.extend([
        Step::Let(millis(1000)),
        Step::Expect(Expect::NoDialogEvents(AGENT)),
        Step::Expect(Expect::Agrees(AGENT)),
    ]);
    row("CTI-15", "nothing is told of a call that began and ended during failover", steps)
}

pub(super) fn row(id: &'static str, says: &'static str, steps: Vec<Step>) -> Row {
    Row { id, says, nodes: 1, scale: None, settings: Vec::new(), steps }
}

fn started() -> Vec<Step> {
    vec![wait(InService, 10), Step::Mark]
}

pub(super) fn signed_in() -> Vec<Step> {
    vec![wait(InService, 10), Step::SignIn(AGENT), Step::SignIn(COLLEAGUE)]
}

fn on_a_call() -> Vec<Step> {
    let mut steps = signed_in();
    steps.extend([
        Step::Phone(Phone::CallIn { from: CALLER, to: AGENT }),
        wait(ShowsLeg(AGENT, "ALERTING"), 2),
        ask_call("ANSWER", 202),
        wait(ShowsLeg(AGENT, "ACTIVE"), 2),
        wait(Shows(AGENT, "TALKING"), 2),
    ]);
    steps
}

/// A dies, and B is not there: the failover lasts until B is.
pub(super) fn outage() -> [Step; 3] {
    [Step::Fault(Refuse(B)), Step::Fault(Kill(A)), wait(OutOfService, 2)]
}

pub(super) fn mended() -> [Step; 2] {
    [Step::Fault(Fault::Clear(B)), wait(InService, 10)]
}

pub(super) fn wait(condition: Condition, seconds: u64) -> Step {
    Step::Wait(condition, Duration::from_secs(seconds))
}

fn get(path: &'static str, status: u16) -> Step {
    Step::Ask { agent: AGENT, request: Request { method: "GET", path, body: "" }, status }
}

fn ask_state(state: &str, status: u16) -> Step {
    let body = match state {
        "READY" => "<User><state>READY</state></User>",
        _ => "<User><state>NOT_READY</state></User>",
    };
    Step::Ask {
        agent: AGENT,
        request: Request { method: "PUT", path: "/finesse/api/User/1002", body },
        status,
    }
}

pub(super) fn ask_call(action: &str, status: u16) -> Step {
    let body = match action {
        "ANSWER" => {
            "<Dialog><targetMediaAddress>{ext}</targetMediaAddress><requestedAction>ANSWER</requestedAction></Dialog>"
        }
        "HOLD" => {
            "<Dialog><targetMediaAddress>{ext}</targetMediaAddress><requestedAction>HOLD</requestedAction></Dialog>"
        }
        "RETRIEVE" => {
            "<Dialog><targetMediaAddress>{ext}</targetMediaAddress><requestedAction>RETRIEVE</requestedAction></Dialog>"
        }
        _ => {
            "<Dialog><targetMediaAddress>{ext}</targetMediaAddress><requestedAction>DROP</requestedAction></Dialog>"
        }
    };
    let request = Request { method: "PUT", path: "/finesse/api/Dialog/{call}", body };
    Step::Ask { agent: AGENT, request, status }
}

pub(super) const fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}
