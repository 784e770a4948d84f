//! Desktops whose servers fail, by `failover::client`: they stay, come back or move, and each rule is seen broken by desktops
//! that mishear the answers to their polls.

use node::failover::client::Answer;
use sim::node;
use sim::outages::{STEPS, walk};
use sim::recorder::Keep;
use sim::walk::Walked;
use sim::world::{Hearing, Plan};

/// `holdfast sim` walks any number.
const SEEDS: u64 = 20;
/// Seeds within which a sabotage must be found.
const SEEDS_OF_SABOTAGE: u64 = 12;

fn walked(seed: u64) -> Walked {
    walk(Plan::by_chance(seed), STEPS, Keep::Fingerprint)
}

fn is_caught(hearing: Hearing, by: &str) {
    let broken = |seed| {
        let mut plan = Plan::by_chance(seed);
        plan.hearing = hearing;
        walk(plan, STEPS, Keep::Fingerprint).broken
    };
    let found: Vec<String> = (1..=SEEDS_OF_SABOTAGE).filter_map(broken).collect();
    assert!(found.iter().any(|rule| rule.contains(by)), "no seed shows {by:?}: {found:#?}");
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

#[test]
fn client_13_a_server_that_answers_is_not_left_at_once() {
    is_caught(|_, answer| if answer == Answer::OutOfService { Answer::Silent } else { answer }, "too soon");
}

#[test]
fn client_15_a_server_that_serves_is_not_left() {
    is_caught(|current, answer| if current { Answer::Silent } else { answer }, "which serves");
}

#[test]
fn client_11_whoever_never_hears_that_a_server_is_back_stays_away() {
    is_caught(|_, _| Answer::OutOfService, "is not back");
}
