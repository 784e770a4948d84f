use super::*;

fn complete(settings: Settings, states: usize) {
    let report = walk(settings, Fault::None).unwrap_or_else(|broken| panic!("{broken}"));
    println!("{report:?}");
    assert_eq!(report.states, states, "other states than there used to be: look, then change the number");
}

/// The rule that a mistake breaks.
fn broken(settings: Settings, fault: Fault) -> String {
    match walk(settings, fault) {
        Ok(report) => panic!("the walk does not see it: {report:?}"),
        Err(broken) => broken.rule,
    }
}

#[test]
fn cti_4_to_cti_12_whatever_happens_to_a_pair() {
    complete(settings(), 66_344);
}

#[test]
fn cti_1_whatever_happens_to_a_single_server() {
    complete(single(), 8241);
}

#[test]
fn the_walk_sees_four_attempts() {
    let broken = broken(Settings { attempts_per_side: 4, ..settings() }, Fault::None);
    assert_eq!(broken, "CTI-5: to B after 4 attempts");
}

#[test]
fn the_walk_sees_six_attempts() {
    let broken = broken(Settings { attempts_per_side: 6, ..settings() }, Fault::None);
    assert_eq!(broken, "CTI-4: more than 5 attempts on A");
}

#[test]
fn the_walk_sees_two_misses() {
    let broken = broken(Settings { heartbeat_misses: 2, ..settings() }, Fault::None);
    assert_eq!(broken, "CTI-7: dropped after 2 misses");
}

#[test]
fn the_walk_sees_four_misses() {
    let broken = broken(Settings { heartbeat_misses: 4, ..settings() }, Fault::None);
    assert_eq!(broken, "CTI-7: a dead server is still asked");
}

#[test]
fn the_walk_sees_service_before_all_has_been_read() {
    assert_eq!(broken(settings(), Fault::RecoversEarly), "CTI-9: in service true");
}

#[test]
fn the_walk_sees_news_of_an_old_connection_that_counts() {
    assert_eq!(broken(settings(), Fault::MistakesEpochs), "CTI-8: OldNews changed something");
}

#[test]
fn the_walk_sees_heartbeats_that_are_swallowed() {
    assert_eq!(broken(settings(), Fault::SwallowsHeartbeats), "CTI-7: dropped after 2 misses");
}
