//! A rule that cannot be seen broken is no rule: a node broken in one small way is caught within a few seeds, by the
//! rule that the sabotage is about. The same seeds without sabotage break nothing (`walks.rs`).

use node::{Node, Sabotage};
use sim::campaign::STEPS;
use sim::node;
use sim::recorder::Keep;
use sim::walk::walk;
use sim::world::Plan;

/// Seeds within which a sabotage must be found.
const SEEDS: u64 = 12;
/// Seeds within which one must be found that needs two calls to become one, which is rare where much else is broken.
const SEEDS_WITH_MERGES: u64 = 600;

/// The rule that a broken node is seen to break with this seed.
fn broken(prepare: fn(&mut Node), seed: u64) -> Option<String> {
    let mut plan = Plan::by_chance(seed);
    plan.prepare = prepare;
    walk(plan, STEPS, Keep::Fingerprint).broken
}

fn is_caught(prepare: fn(&mut Node), by: &str) {
    is_caught_within(SEEDS, prepare, by);
}

fn is_caught_within(seeds: u64, prepare: fn(&mut Node), by: &str) {
    let found = (1..=seeds).filter_map(|seed| broken(prepare, seed)).any(|rule| rule.contains(by));
    assert!(found, "no seed up to {seeds} shows {by:?}");
}

#[test]
fn rule_1_an_open_gate() {
    is_caught(|node| node.sabotage(Sabotage::GateOpen), "although out of service");
}

#[test]
fn rule_1_a_command_sent_again() {
    is_caught(|node| node.sabotage(Sabotage::SendAgain), "which nobody asked for now");
}

#[test]
fn rule_2_final_states_twice() {
    is_caught(|node| node.sabotage(Sabotage::PublishTwice), "is told twice after recovery");
}

#[test]
fn rule_2_no_final_states() {
    is_caught(|node| node.sabotage(Sabotage::PublishNever), "GET answers");
}

#[test]
fn rule_2_a_change_told_twice() {
    is_caught(|node| node.sabotage(Sabotage::SayTwice), "although nothing changed");
}

#[test]
fn rule_3_service_before_the_state_is_read() {
    is_caught(|node| node.sabotage(Sabotage::ServeUnread), "(3) node");
}

#[test]
fn rule_3_events_while_out_of_service() {
    is_caught(|node| node.sabotage(Sabotage::EventsWhileOut), "while out of service");
}

#[test]
fn rule_6_a_forgotten_request() {
    is_caught(|node| node.sabotage(Sabotage::ForgetUnproven), "with 0 errors and 0 events");
}

#[test]
fn rule_7_a_window_without_bound() {
    is_caught(|node| node.sabotage(Sabotage::NoWindow), "reads at once");
}

#[test]
fn rule_2_conferences_unheard() {
    is_caught_within(SEEDS_WITH_MERGES, |node| node.sabotage(Sabotage::DeafToConferences), "the switch says");
}

#[test]
fn rule_2_transfers_unheard() {
    is_caught_within(SEEDS_WITH_MERGES, |node| node.sabotage(Sabotage::DeafToTransfers), "the switch says");
}

#[test]
fn rule_2_data_unheard() {
    is_caught(|node| node.sabotage(Sabotage::DeafToData), "shows variables");
}

#[test]
fn rule_2_a_consultation_about_another_call() {
    is_caught(|node| node.sabotage(Sabotage::WrongOriginal), "belongs to none");
}

#[test]
fn cti_20_a_doubt_that_is_never_settled() {
    is_caught_within(SEEDS_WITH_MERGES, |node| node.sabotage(Sabotage::NeverLook), "is still doubtful");
}

#[test]
fn cti_18_a_doubt_that_is_not_shown() {
    is_caught_within(
        SEEDS_WITH_MERGES,
        |node| node.sabotage(Sabotage::HideMarks),
        "although nothing changed",
    );
}

#[test]
fn rule_1_ready_although_nobody_lost_it() {
    is_caught(|node| node.sabotage(Sabotage::ReadyAnyway), "sends READY");
}
