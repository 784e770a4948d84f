//! Whole dialogs of known clients, and of clients in trouble. The scripts read like a log of the wire.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

mod script;

use script::{check, check_with};
use xmpp::ServiceConfig;

/// notifications.md section 4.3; quirks 2 (echo of `ver`), 3 (restart answered at once), 5 (prefix `stream`),
/// 6 and 16 (only PLAIN), 9 (events without presence).
#[test]
fn a_jabberwerx_client_gets_its_events_without_presence() {
    check(include_str!("dialogs/jabberwerx.txt"));
}

/// Quirks 4 (`from` of every result) and 13 (case of the user name).
#[test]
fn a_strophe_client_uses_everything_there_is() {
    check(include_str!("dialogs/strophe.txt"));
}

/// notifications.md section 3.
#[test]
fn a_sign_in_that_fails_says_why() {
    check(include_str!("dialogs/sign_in.txt"));
}

/// notifications.md sections 4.4 and 4.5; quirk 11 (unknown session).
#[test]
fn requests_that_break_the_rules_are_refused_by_the_book() {
    check(include_str!("dialogs/refused.txt"));
}

/// notifications.md section 9; quirks 14 and 15.
#[test]
fn a_second_desktop_takes_over_without_a_loss_of_presence() {
    check(include_str!("dialogs/conflict.txt"));
}

/// Quirk 17: no terminate comes; section 4.4 rule 5.
#[test]
fn a_client_with_a_bad_network_loses_nothing_and_a_dead_one_is_noticed() {
    check(include_str!("dialogs/network.txt"));
}

/// notifications.md section 8.
#[test]
fn clients_see_the_presence_of_the_server() {
    check(include_str!("dialogs/finesse.txt"));
}

/// Quirk 12: a subscription for a full address counts for that resource only.
#[test]
fn subscriptions_outlive_sessions_and_follow_their_address() {
    check(include_str!("dialogs/subscriptions.txt"));
}

#[test]
fn the_service_stops_and_removes_users() {
    check(include_str!("dialogs/stop.txt"));
}

#[test]
fn half_open_sessions_give_way_and_bound_ones_do_not() {
    let config = ServiceConfig { sessions_max: 1, ..ServiceConfig::new("fin-a.example.test") };
    check_with(config, include_str!("dialogs/full.txt"));
}

/// notifications.md section 6.2: a queue is open to those whom the driver admits.
#[test]
fn the_driver_decides_who_sees_a_queue() {
    check(include_str!("dialogs/queues.txt"));
}
