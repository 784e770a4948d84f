use super::*;

fn complete(settings: Settings) -> Report {
    let report = walk(settings, Fault::None).unwrap_or_else(|broken| panic!("{broken}"));
    println!("{report:?}");
    report
}

/// The rule that a mistake breaks.
fn broken(settings: Settings, fault: Fault) -> String {
    match walk(settings, fault) {
        Ok(report) => panic!("the walk does not see it: {report:?}"),
        Err(broken) => broken.rule,
    }
}

#[test]
fn client_6_to_client_17_whatever_happens_to_a_desktop_with_two_servers() {
    let report = complete(settings());
    assert_eq!(report.slowest, WITHIN);
    assert_eq!(report.states, 536_860, "other states than there used to be: look, then change the number");
}

#[test]
fn one_server_alone_is_never_left() {
    complete(single());
}

#[test]
fn the_walk_sees_a_server_that_is_left_too_soon() {
    let broken = broken(Settings { hasty: true, ..settings() }, Fault::None);
    assert_eq!(broken, "CLIENT-14: connected to the other");
}

#[test]
fn the_walk_sees_a_move_without_the_check() {
    assert_eq!(broken(settings(), Fault::InventsCheck), "CLIENT-14: connected to the other");
}

#[test]
fn the_walk_sees_two_transports() {
    assert_eq!(broken(settings(), Fault::ForgetsTransport), "two transports at once");
}

#[test]
fn the_walk_sees_a_good_server_that_is_never_found() {
    assert_eq!(
        broken(settings(), Fault::IgnoresOther),
        "a trap: this can go on for ever, and it is never well"
    );
}

#[test]
fn the_walk_sees_polls_that_come_too_soon() {
    let poll_interval = settings().poll_timeout * 3;
    let broken = broken(Settings { poll_interval, ..settings() }, Fault::None);
    assert_eq!(broken, "CLIENT-7: a regular poll before the time");
}

#[test]
fn the_walk_sees_an_agent_who_is_left_waiting() {
    let poll_interval = single().poll_interval * 5;
    let broken = broken(Settings { poll_interval, ..single() }, Fault::None);
    assert!(broken.starts_with("too late: "), "{broken}");
}
