//! People prove who they are while AWDBs fail, lag and change. That each rule can be seen broken shows `sabotage`.

use sim::recorder::Keep;
use sim::signins::{STEPS, walk};
use sim::world::Plan;

/// `holdfast sim` walks any number.
const SEEDS: u64 = 30;

#[test]
fn rule_4_whoever_is_right_is_let_in_and_nobody_else() {
    let broken: Vec<_> = (1..=SEEDS)
        .filter_map(|seed| {
            walk(Plan::by_chance(seed), STEPS, Keep::Fingerprint).broken.map(|rule| (seed, rule))
        })
        .collect();
    assert!(broken.is_empty(), "{broken:#?}");
}
