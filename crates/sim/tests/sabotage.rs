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

/// The rule that a broken node is seen to break with this seed.
fn broken(prepare: fn(&mut Node), seed: u64) -> Option<String> {
    let mut plan = Plan::by_chance(seed);
    plan.prepare = prepare;
    walk(plan, STEPS, Keep::Fingerprint).broken
}

fn is_caught(prepare: fn(&mut Node), by: &str) {
    let found = (1..=SEEDS).filter_map(|seed| broken(prepare, seed)).any(|rule| rule.contains(by));
    assert!(found, "no seed up to {SEEDS} shows {by:?}");
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
