//! Desktops whose servers fail, by `failover::client`: they stay, come back or move. That each rule can be seen broken shows
//! `sabotage`.

use sim::outages::{STEPS, walk};
use sim::recorder::Keep;
use sim::walk::Walked;
use sim::world::Plan;

/// `holdfast sim` walks any number.
const SEEDS: u64 = 20;

fn walked(seed: u64) -> Walked {
    walk(Plan::by_chance(seed), STEPS, Keep::Fingerprint)
}

#[test]
fn client_1_client_18_everybody_is_at_work_again_after_every_outage() {
    let walks: Vec<Walked> = (1..=SEEDS).map(walked).collect();
    let broken: Vec<_> = walks.iter().filter(|walk| walk.broken.is_some()).collect();
    assert!(broken.is_empty(), "{broken:#?}");
    let moved: u64 = walks.iter().map(|walk| walk.moved).sum();
    assert!(moved > 2 * SEEDS, "{moved} moves are too few to mean anything");
}

/// Both nodes had been started again and knew an agent from before: each gave way to the other, and nobody logged out who
/// was gone.
const FOUND_SOMETHING: [u64; 6] = [199, 285, 592, 819, 829, 1124];

#[test]
fn seeds_that_found_something_stay_clean() {
    let broken: Vec<_> = FOUND_SOMETHING.into_iter().filter_map(|seed| walked(seed).broken).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}
