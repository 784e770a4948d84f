//! Settings while nodes are killed at every point of writing, links tear and disks are full. Nodes that are broken in
//! their code are in `sabotage.rs`.

use sim::recorder::Keep;
use sim::settings::{STEPS, walk};
use sim::walk::Walked;
use sim::world::Plan;

/// `holdfast sim` walks any number.
const SEEDS: u64 = 30;

#[test]
fn rule_6_nothing_that_was_answered_is_lost_and_both_nodes_are_equal() {
    let walks: Vec<Walked> =
        (1..=SEEDS).map(|seed| walk(Plan::by_chance(seed), STEPS, Keep::Fingerprint)).collect();
    let broken: Vec<_> = walks.iter().filter_map(|walk| Some((walk.seed, walk.broken.as_ref()?))).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}
