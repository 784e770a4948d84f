//! Which host is asked, and when (AWDB-1 to AWDB-5, AWDB-9 to AWDB-11).

use std::time::Duration;

use super::*;

/// A distributor whose clock stands still so long is stopped; a running one moves it every second.
const DISTRIBUTOR_LIMIT: Duration = Duration::from_millis(2500);
/// Until that is seen.
const DISTRIBUTOR_SEEN: Duration = Duration::from_secs(5);
/// Enough looks in the background to find a loss, if they were to find it; between two of them, or a look that is on its way
/// counts like a question.
const LOOKS: Duration = Duration::from_millis(3650);

pub(super) fn exists() -> Row {
    let steps = script([
        begin().into(),
        both(HostFault::Refuse).into(),
        vec![not_checked(AGENT)],
        both_asked(1, 1).into(),
        vec![Step::Mark, fault(Secondary, HostFault::Clear), let_in(AGENT)],
        vec![asked(Secondary, Times::Exactly(1))],
    ]);
    row("AWDB-1", "the primary is lost: people are checked as soon as there is a secondary", steps)
}

pub(super) fn configured() -> Row {
    let lost = || script([begin().into(), vec![fault(Primary, HostFault::Refuse)]]);
    let steps = script([
        lost(),
        vec![let_in(AGENT), asked(Secondary, Times::Exactly(1))],
        vec![Step::Anew(vec![Setting::new("awdb.secondary", "none")])],
        lost(),
        vec![not_checked(AGENT)],
        both_asked(1, 0).into(),
    ]);
    row("AWDB-2", "the secondary is asked if it is configured, else never", steps)
}

pub(super) fn connects() -> Row {
    let steps = script([
        begin().into(),
        vec![fault(Primary, HostFault::Refuse), fault(Secondary, HostFault::Hang)],
        vec![not_checked(AGENT), asked(Secondary, Times::Exactly(1))],
        // What was given up has to be gone, or it signs in late and counts as one question less.
        vec![Step::Let(SETTLED), Step::Mark],
        vec![fault(Secondary, HostFault::Clear), let_in(AGENT), asked(Secondary, Times::Exactly(1))],
    ]);
    row("AWDB-3", "people are checked as soon as the secondary can be reached", steps)
}

pub(super) fn distributor() -> Row {
    let stopped = || {
        let stop = [Step::Fault(Fault::Distributor(Secondary, false)), Step::Let(DISTRIBUTOR_SEEN)];
        script([begin().into(), stop.into(), vec![Step::Mark, fault(Primary, HostFault::Refuse)]])
    };
    let steps = script([
        stopped(),
        vec![not_checked(AGENT), asked(Secondary, Times::Exactly(0))],
        vec![Step::Fault(Fault::Distributor(Secondary, true)), Step::Let(LOOKS)],
        vec![let_in(AGENT), asked(Secondary, Times::Exactly(1))],
        vec![Step::Anew(vec![Setting::new("awdb.require_distributor", "false")])],
        stopped(),
        vec![let_in(AGENT), asked(Secondary, Times::Exactly(1))],
    ]);
    let limit = format!("{}ms", DISTRIBUTOR_LIMIT.as_millis());
    let settings = [
        ("awdb.probe_interval", "500ms"),
        ("awdb.attempt_timeout", "500ms"),
        ("awdb.distributor_limit", &limit),
        ("awdb.require_distributor", "true"),
    ];
    let settings = settings.map(|(key, value)| Setting::new(key, value)).into();
    let says = "a secondary without distributor is not used if one is required, else it is";
    Row { settings, ..row("AWDB-4", says, steps) }
}

pub(super) fn checked() -> Row {
    let steps = script([
        begin().into(),
        vec![knock(Knock::wrong(AGENT))],
        both_asked(1, 0).into(),
        vec![Step::Mark, let_in(AGENT)],
        both_asked(1, 0).into(),
        vec![Step::Mark, knock(Knock::wrong(AGENT))],
        both_asked(1, 0).into(),
    ]);
    row("AWDB-5", "right and wrong passwords are checked at the primary", steps)
}

pub(super) fn found_at_the_next_request() -> Row {
    let steps = script([
        begin().into(),
        vec![fault(Primary, HostFault::Hang), Step::Let(LOOKS), Step::Mark],
        vec![knock(Knock::of(AGENT).took(ATTEMPT..=ATTEMPT * 4))],
        vec![asked(Primary, Times::AtLeast(1)), asked(Secondary, Times::Exactly(1))],
    ]);
    let settings = vec![Setting::new("awdb.probe_interval", "500ms")];
    let says = "hedge off: that the primary is lost is found by the next request and by no look before it";
    Row { settings, ..row("AWDB-9", says, steps) }
}

pub(super) fn secondary_next() -> Row {
    let steps = script([
        begin().into(),
        vec![fault(Primary, HostFault::Refuse), let_in(AGENT)],
        both_asked(1, 1).into(),
        vec![Step::Mark, let_in(COLLEAGUE)],
        both_asked(0, 1).into(),
    ]);
    row("AWDB-10", "the primary is lost: the secondary is asked, from then on at once", steps)
}

pub(super) fn every_request() -> Row {
    let again = |agent| script([vec![Step::Mark, not_checked(agent)], both_asked(1, 1).into()]);
    let steps = script([
        begin().into(),
        both(HostFault::Refuse).into(),
        again(AGENT),
        again(AGENT),
        again(COLLEAGUE),
        vec![Step::Mark, fault(Secondary, HostFault::Clear), let_in(AGENT)],
        both_asked(1, 1).into(),
        vec![Step::Mark, let_in(COLLEAGUE)],
        both_asked(0, 1).into(),
    ]);
    row("AWDB-11", "each request tries both again until one of them answers", steps)
}
