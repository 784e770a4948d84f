//! People prove who they are while AWDBs fail, lag and change; and each rule is seen broken by a node whose settings break
//! it. Nodes that are broken in their code are in `sabotage.rs`.

use std::time::Duration;

use sim::node::failover::awdb::Settings;
use sim::recorder::Keep;
use sim::signins::{STEPS, walk};
use sim::walk::Walked;
use sim::world::Plan;

/// `holdfast sim` walks any number.
const SEEDS: u64 = 30;
/// Seeds within which a sabotage must be found.
const SEEDS_OF_SABOTAGE: u64 = 30;

fn walked(seed: u64, change: fn(&mut Settings)) -> Walked {
    let mut plan = Plan::by_chance(seed);
    change(&mut plan.awdb);
    walk(plan, STEPS, Keep::Fingerprint)
}

fn is_caught(change: fn(&mut Settings), by: &str) {
    let found: Vec<String> = (1..=SEEDS_OF_SABOTAGE).filter_map(|seed| walked(seed, change).broken).collect();
    assert!(found.iter().any(|rule| rule.contains(by)), "no seed shows {by:?}: {found:#?}");
}

#[test]
fn rule_4_whoever_is_right_is_let_in_and_nobody_else() {
    let broken: Vec<_> =
        (1..=SEEDS).filter_map(|seed| walked(seed, |_| {}).broken.map(|rule| (seed, rule))).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn awdb_6_one_second_too_long() {
    is_caught(|settings| settings.window += Duration::from_secs(1), "his time is over");
}

#[test]
fn awdb_7_one_second_too_short() {
    is_caught(|settings| settings.window -= Duration::from_secs(1), "refused although he is known");
}

#[test]
fn awdb_10_the_secondary_is_not_asked() {
    is_caught(|settings| settings.secondary = false, "although an AWDB works");
}

#[test]
fn awdb_14_nobody_hedges() {
    is_caught(|settings| settings.hedge = None, "while an AWDB works");
}

#[test]
fn awdb_x1_a_lock_comes_too_early_or_too_late() {
    is_caught(|settings| settings.lock_after = 4, "a right password was refused");
    is_caught(|settings| settings.lock_after = 6, "a locked account");
}
