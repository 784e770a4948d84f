use super::*;

const WRONGLY: &str = "invariant 5: logged out by the other node, while his session is at node 1";
const SMALL: Scope = Scope { disturbances: 2, clocks: true };

fn complete(scope: Scope) -> Report {
    let report = walk(scope, settings(), Fault::None).unwrap_or_else(|broken| panic!("{broken}"));
    println!("{report:?}");
    report
}

/// The rule that a mistake breaks.
fn broken(settings: Settings, fault: Fault) -> String {
    match walk(SMALL, settings, fault) {
        Ok(report) => panic!("the walk does not see it: {report:?}"),
        Err(broken) => broken.rule,
    }
}

#[test]
fn desk_4_to_desk_7_whatever_happens_to_two_nodes() {
    complete(SMALL);
}

#[test]
fn desk_4_to_desk_7_whatever_happens_to_two_nodes_whose_clocks_stand_still() {
    complete(Scope { clocks: false, ..SMALL });
}

#[test]
fn the_walk_sees_a_node_that_asks_nobody() {
    assert_eq!(broken(settings(), Fault::AsksNobody), WRONGLY);
}

#[test]
fn the_walk_sees_a_refusal_that_is_ignored() {
    assert_eq!(broken(settings(), Fault::IgnoresRefusal), WRONGLY);
}

#[test]
fn the_walk_sees_timers_that_run_during_an_outage() {
    let broken = broken(settings(), Fault::WatchesDuringOutage);
    assert_eq!(broken, "DESK-7b: ordered by node 0, which is out of service");
}

#[test]
fn the_walk_sees_a_logout_on_a_call() {
    assert_eq!(broken(settings(), Fault::ForgetsCalls), "DESK-7r2: ordered by node 0 on a call");
}

#[test]
fn the_walk_sees_an_agent_who_is_forgotten_by_a_restart() {
    let broken = broken(settings(), Fault::RemembersNobody);
    assert_eq!(broken, "a trap: this can go on for ever, and it is never well");
}

#[test]
fn the_walk_sees_a_grace_that_is_too_short() {
    let settings = Settings { grace: UNIT * 4, ..settings() };
    assert_eq!(broken(settings, Fault::None), "DESK-5: ordered by node 0 within the grace");
}
