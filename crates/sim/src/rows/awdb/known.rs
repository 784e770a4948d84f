//! Who is known, and for how long (AWDB-6 to AWDB-8, AWDB-13c).

use super::*;
use crate::rows::step::Condition::Holds;

pub(super) fn renewed(pace: AwdbPace) -> Row {
    let steps = script([
        begin().into(),
        vec![let_in(AGENT)],
        both_asked(1, 0).into(),
        vec![Step::Mark],
        both(HostFault::Refuse).into(),
        vec![pace.in_time(), let_in(AGENT), pace.in_time(), let_in(AGENT)],
        both_asked(0, 0).into(),
        vec![pace.too_late(), not_checked(AGENT), asked(Primary, Times::Exactly(1))],
    ]);
    row(
        "AWDB-6",
        "each request that succeeds begins the time anew: known until a second before its end, not after",
        steps,
    )
}

pub(super) fn without_hosts(pace: AwdbPace) -> Row {
    let steps = script([
        begin().into(),
        vec![let_in(AGENT), Step::Mark],
        both(HostFault::Refuse).into(),
        vec![let_in(AGENT), knock(Knock::of(AGENT).by_login_name())],
        both(HostFault::Hang).into(),
        vec![knock(Knock::of(AGENT).by_login_name().took(Duration::ZERO..=AT_ONCE))],
        both_asked(0, 0).into(),
        vec![pace.too_late(), not_checked(AGENT)],
    ]);
    row("AWDB-7", "both are down: who is known is served by id and login name until his time is over", steps)
}

pub(super) fn asked_again(pace: AwdbPace) -> Row {
    let steps = script([
        begin().into(),
        vec![let_in(AGENT), Step::Mark, pace.in_time(), let_in(AGENT)],
        both_asked(0, 0).into(),
        vec![pace.too_late(), let_in(AGENT)],
        both_asked(1, 0).into(),
    ]);
    row("AWDB-8", "an AWDB is asked again only when the time is over", steps)
}

/// 13c: the desktop's message is the desktop's; what it hears is this.
pub(super) fn over(pace: AwdbPace) -> Row {
    let ready = || Knock::of(AGENT).puts("<User><state>READY</state></User>");
    let steps = script([
        begin().into(),
        vec![Step::SignIn(AGENT)],
        both(HostFault::Refuse).into(),
        vec![pace.too_late(), Step::Mark, knock(ready().not_checked())],
        vec![Step::Expect(Expect::Commands(0)), wait(Holds(AGENT, "NOT_READY"), 1)],
        vec![fault(Primary, HostFault::Clear), knock(ready()), wait(Holds(AGENT, "READY"), 5)],
    ]);
    row(
        "AWDB-13c",
        "both are down: who is signed in cannot act once his time is over, and is told why",
        steps,
    )
}
