//! A rule that cannot be seen broken is no rule: a node broken in one small way is caught within a few seeds, by the
//! rule that the sabotage is about. The same seeds without sabotage break nothing (`walks.rs`).

use std::time::Duration;

use node::{Node, Sabotage};
use sim::campaign::STEPS;
use sim::recorder::Keep;
use sim::walk::{supervised, walk};
use sim::world::{Leave, Plan, World};
use sim::{moves, node};

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
fn rule_2_a_reservation_taken_for_a_call() {
    let broken = |seed| {
        let mut plan = Plan::by_chance(seed).with_campaigns();
        plan.prepare = |node| node.sabotage(Sabotage::BlindToReservations);
        walk(plan, STEPS, Keep::Fingerprint).broken
    };
    let found: Vec<String> = (1..=SEEDS).filter_map(broken).collect();
    assert!(
        found.iter().any(|rule| rule.contains("the switch says RESERVED_OUTBOUND_PREVIEW")),
        "{found:#?}"
    );
}

#[test]
fn rule_2_a_consultation_about_another_call() {
    is_caught(|node| node.sabotage(Sabotage::WrongOriginal), "belongs to none");
}

#[test]
fn rule_2_a_supervisor_who_listens_is_taken_for_a_caller() {
    let walk = |seed| {
        let mut plan = Plan::by_chance(seed);
        plan.prepare = |node| node.sabotage(Sabotage::SessionsAreCalls);
        supervised(plan, STEPS, Keep::Fingerprint).broken
    };
    let found = (1..=SEEDS_WITH_MERGES).filter_map(walk).any(|rule| rule.contains("callType"));
    assert!(found, "no seed shows it");
}

#[test]
fn cti_20_a_doubt_that_is_never_settled() {
    is_caught_within(SEEDS_WITH_MERGES, |node| node.sabotage(Sabotage::NeverLook), "is still marked");
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

/// Moves within which a sabotage of presence must be found, of each of so many walks.
const MOVES: u64 = 1_000;
const MOVE_WALKS: u64 = 4;

fn is_caught_moving(prepare: fn(&mut Node), by: &str) {
    let broken = |seed| {
        let mut plan = moves::plan(seed);
        plan.prepare = prepare;
        moves::walk(plan, MOVES, Keep::Fingerprint).broken
    };
    let rules: Vec<String> = (1..=MOVE_WALKS).filter_map(broken).collect();
    assert!(rules.iter().any(|rule| rule.contains(by)), "{rules:?} and not {by:?}");
}

#[test]
fn rule_5_a_refusal_taken_for_leave() {
    is_caught_moving(|node| node.sabotage(Sabotage::TakeNoForYes), "without its peer's leave");
}

#[test]
fn rule_5_epochs_ignored() {
    is_caught_moving(|node| node.sabotage(Sabotage::IgnoreEpochs), "too early");
}

/// The primary's order is on its way to CTI when the agent signs in at the secondary.
fn sign_in_behind_an_order(prepare: fn(&mut Node)) -> Option<String> {
    let mut plan = Plan::new(1);
    (plan.latency, plan.prepare) = (Duration::from_millis(100), prepare);
    let mut world = World::new(plan, Keep::Fingerprint);
    world.run_for(Duration::from_secs(5));
    world.sign_in_when_open(1);
    world.open_desktop(1);
    world.run_for(Duration::from_secs(5));
    world.sign_in_when_open(1);
    world.relocate_desktop(1, 1, Leave::Goodbye, Duration::from_millis(60_020));
    world.run_for(Duration::from_secs(70));
    assert_eq!(world.logouts().done, 1);
    world.broken().map(Into::into)
}

#[test]
fn rule_5_a_sign_in_that_is_not_held() {
    let rule = sign_in_behind_an_order(|node| node.sabotage(Sabotage::AdmitAtOnce)).unwrap_or_default();
    assert!(rule.contains("whom an order should have kept from node"), "{rule}");
    assert_eq!(sign_in_behind_an_order(|_| {}), None);
}

#[test]
fn rule_5_a_return_that_cancels_nothing() {
    is_caught_moving(|node| node.sabotage(Sabotage::DeafToReturns), "in front of his desktop");
}

#[test]
fn rule_5_a_call_that_postpones_nothing() {
    is_caught_moving(|node| node.sabotage(Sabotage::LogoutOnCalls), "although it knows of his call");
}

#[test]
fn rule_5_an_order_written_late() {
    is_caught_moving(|node| node.sabotage(Sabotage::WriteLate), "after asking");
}

#[test]
fn rule_5_timers_that_run_during_an_outage() {
    is_caught(|node| node.sabotage(Sabotage::TimersRunOn), "too early");
}

#[test]
fn rule_5_nobody_is_ever_logged_out() {
    is_caught_moving(|node| node.sabotage(Sabotage::NeverLogOut), "is gone and was not logged out");
}

fn signing_in_is_caught(prepare: fn(&mut Node), by: &str) {
    let broken = |seed| {
        let mut plan = Plan::by_chance(seed);
        plan.prepare = prepare;
        sim::signins::walk(plan, sim::signins::STEPS, Keep::Fingerprint).broken
    };
    let found: Vec<String> = (1..=SEEDS).filter_map(broken).collect();
    assert!(found.iter().any(|rule| rule.contains(by)), "no seed shows {by:?}: {found:#?}");
}

#[test]
fn rule_4_any_password() {
    signing_in_is_caught(|node| node.sabotage(Sabotage::AnyPassword), "let in although no AWDB says so");
}

#[test]
fn rule_4_an_outage_taken_for_a_wrong_password() {
    signing_in_is_caught(|node| node.sabotage(Sabotage::OutageIsNo), "was told as a wrong password");
}

#[test]
fn rule_4_whoever_is_barred_works_on_for_ever() {
    signing_in_is_caught(|node| node.sabotage(Sabotage::DeafToPeople), "let in although no AWDB says so");
}

fn changing_settings_is_caught(prepare: fn(&mut Node), by: &str) {
    let broken = |seed| {
        let mut plan = Plan::by_chance(seed);
        plan.prepare = prepare;
        sim::settings::walk(plan, sim::settings::STEPS, Keep::Fingerprint).broken
    };
    let found: Vec<String> = (1..=SEEDS).filter_map(broken).collect();
    assert!(found.iter().any(|rule| rule.contains(by)), "no seed shows {by:?}: {found:#?}");
}

#[test]
fn rule_6_a_change_that_is_answered_before_it_is_on_disk() {
    changing_settings_is_caught(
        |node| {
            if node.is_primary() {
                node.sabotage(Sabotage::CountUnwritten);
            }
        },
        "was answered and lost",
    );
}

#[test]
fn rule_6_a_follower_that_does_not_wait_for_its_disk() {
    changing_settings_is_caught(
        |node| {
            if !node.is_primary() {
                node.sabotage(Sabotage::CountUnwritten);
            }
        },
        "(6) node 1 ",
    );
}

#[test]
fn rule_6_checksums_that_nobody_looks_at() {
    changing_settings_is_caught(|node| node.sabotage(Sabotage::TrustBlindly), "(6)");
}

#[test]
fn rule_6_a_restored_primary_that_overrules() {
    changing_settings_is_caught(|node| node.sabotage(Sabotage::Overrule), "was answered and lost");
}
