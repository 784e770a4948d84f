use super::*;

fn complete(scope: Scope) -> Report {
    let report = walk(scope, scope.settings(), Fault::None).unwrap_or_else(|broken| panic!("{broken}"));
    println!("{report:?}");
    report
}

/// The rule that a mistake breaks.
fn broken(scope: Scope, settings: Settings, fault: Fault) -> String {
    match walk(scope, settings, fault) {
        Ok(report) => panic!("the walk does not see it: {report:?}"),
        Err(broken) => broken.rule,
    }
}

fn mistaken(scope: Scope, fault: Fault) -> String {
    broken(scope, scope.settings(), fault)
}

#[test]
fn awdb_6_to_awdb_8_whatever_happens_to_who_is_known() {
    complete(Scope::CACHE);
}

#[test]
fn awdb_9_to_awdb_14_whatever_happens_to_two_hosts() {
    complete(Scope::DOCUMENTED);
}

#[test]
fn awdb_9_to_awdb_14_whatever_happens_to_two_hosts_with_hedges() {
    complete(Scope::HEDGED);
}

#[test]
fn the_walk_sees_a_cache_that_lives_a_second_longer() {
    let settings = Scope::CACHE.settings();
    let settings = Settings { window: settings.window + UNIT, ..settings };
    let broken = broken(Scope::CACHE, settings, Fault::None);
    assert_eq!(broken, "AWDB-8: accepted from memory after the time was over");
}

#[test]
fn the_walk_sees_one_wrong_password_too_many() {
    let settings = Settings { lock_after: LOCK_AFTER + 1, ..Scope::CACHE.settings() };
    let broken = broken(Scope::CACHE, settings, Fault::None);
    assert_eq!(broken, "mapping.md 7: asked for a locked account");
}

#[test]
fn the_walk_sees_a_failure_that_is_taken_for_a_wrong_password() {
    let broken = mistaken(Scope::DOCUMENTED, Fault::TakesFailureForWrong);
    assert_eq!(broken, "AWDB-X1: an outage is taken for a wrong password");
}

#[test]
fn the_walk_sees_a_wrong_password_that_works() {
    let broken = mistaken(Scope::CACHE, Fault::KnowsBetter);
    assert_eq!(broken, "invariant 4: accepted, although the host did not say yes");
}

#[test]
fn the_walk_sees_a_changed_password_that_lives_on() {
    let broken = mistaken(Scope::CACHE, Fault::IgnoresReadings);
    assert_eq!(broken, "AWDB-8: accepted from memory after the time was over");
}

#[test]
fn the_walk_sees_a_secondary_that_is_not_heard() {
    assert_eq!(
        mistaken(Scope::HEDGED, Fault::IgnoresSecondary),
        "a host has said yes or no, and nobody was told"
    );
}
