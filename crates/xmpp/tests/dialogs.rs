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
fn a_node_that_will_not_come_back_says_goodbye_and_users_can_be_removed() {
    check(include_str!("dialogs/shutdown.txt"));
}

/// failover.md CLIENT-18c; notifications.md section 6.4 (subscriptions survive it).
#[test]
fn client_18c_a_stop_is_a_lost_transport_and_no_goodbye() {
    check(include_str!("dialogs/stop.txt"));
}

#[test]
fn half_open_sessions_give_way_and_bound_ones_do_not() {
    let config = ServiceConfig { sessions_max: 1, ..ServiceConfig::new("fin-a.example.test") };
    check_with(config, include_str!("dialogs/full.txt"));
}

/// RFC 6120 with stock clients: parts of a stanza in any pieces, keep-alive, every end of a stream.
#[test]
fn a_client_over_tcp_signs_in_and_gets_its_events() {
    check(include_str!("dialogs/tcp.txt"));
}

/// RFC 6120 section 5: what came before TLS counts for nothing.
#[test]
fn a_clear_connection_becomes_a_tls_one_when_that_was_offered() {
    check(include_str!("dialogs/starttls.txt"));
}

/// RFC 6120 section 4.9.
#[test]
fn a_stream_that_breaks_the_rules_ends_with_the_condition_for_it() {
    check(include_str!("dialogs/stream_errors.txt"));
}

/// RFC 7395, and what Strophe looks for (notifications.md section 5).
#[test]
fn a_client_over_a_websocket_signs_in_and_gets_its_events() {
    check(include_str!("dialogs/websocket.txt"));
}

/// notifications.md section 8.
#[test]
fn a_dead_peer_is_found_and_any_answer_counts() {
    check(include_str!("dialogs/alive.txt"));
}

/// notifications.md section 9, whatever carries the two desktops.
#[test]
fn a_resource_is_taken_over_between_transports() {
    check(include_str!("dialogs/takeover.txt"));
}

/// XEP-0030 and XEP-0060 as far as they go here.
#[test]
fn nodes_are_leaves_and_what_is_not_done_here_says_so() {
    check(include_str!("dialogs/discovery.txt"));
}

/// notifications.md section 6.2: a queue is open to those whom the driver admits.
#[test]
fn the_driver_decides_who_sees_a_queue() {
    check(include_str!("dialogs/queues.txt"));
}

/// notifications.md section 6.2: supervisors see their teams and agents, and who that is may change.
#[test]
fn the_driver_decides_who_sees_a_team_and_its_agents_and_may_change_its_mind() {
    check(include_str!("dialogs/rights.txt"));
}

/// notifications.md section 6.4, "a known leak".
#[test]
fn subscriptions_of_one_who_stays_away_are_dropped() {
    check(include_str!("dialogs/leases.txt"));
}

/// XEP-0205 section 3.
#[test]
fn passwords_are_not_guessed_in_any_number() {
    let config = ServiceConfig { failures_max: 2, ..ServiceConfig::new("fin-a.example.test") };
    check_with(config, include_str!("dialogs/throttled.txt"));
}
