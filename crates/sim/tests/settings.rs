//! Settings while nodes are killed at every point of writing, links tear and disks are full. Nodes that are broken in
//! their code are in `sabotage`.

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

/// The copy was made while the primary had not yet read from the secondary what it lacked, and somebody decided against the
/// secondary later: what had been answered when a copy was made need not be on it.
#[test]
fn seed_2116_a_copy_has_what_is_on_it() {
    assert_eq!(walk(Plan::by_chance(2116), STEPS, Keep::Fingerprint).broken, None);
}

/// The copy was made of the very settings against which somebody decided later: they give way again.
#[test]
fn seed_1089_a_copy_of_what_was_overruled_gives_way() {
    assert_eq!(walk(Plan::by_chance(1089), STEPS, Keep::Fingerprint).broken, None);
}
