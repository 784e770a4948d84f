//! The rows of failover.md, each asserted on what the scripts of the table show.

use std::time::Duration;

use super::table::{Scenario, Script, scenarios};
use super::*;

fn played(id: &str) -> Scenario {
    scenarios().into_iter().find(|scenario| scenario.id == id).expect(id)
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// When that server was polled.
fn polls(script: &Script, wanted: Server) -> Vec<u128> {
    let is_poll = |output| matches!(output, Output::Poll { server, .. } if server == wanted);
    times(script, is_poll)
}

/// When a transport to that server was asked for.
fn connects(script: &Script, wanted: Server) -> Vec<u128> {
    times(script, |output| matches!(output, Output::Connect { server, .. } if server == wanted))
}

fn sign_ins(script: &Script) -> Vec<u128> {
    times(script, |output| matches!(output, Output::SignIn { .. }))
}

fn refreshes(script: &Script) -> Vec<u128> {
    times(script, |output| matches!(output, Output::Refresh { .. }))
}

fn times(script: &Script, wanted: impl Fn(Output) -> bool) -> Vec<u128> {
    script.outputs().filter(|(_, output)| wanted(*output)).map(|(at, _)| at.as_millis()).collect()
}

fn banners(script: &Script) -> Vec<(BannerKind, Server, Reason)> {
    script
        .outputs()
        .filter_map(|(_, output)| match output {
            Output::Show(banner) => Some((banner.kind, banner.server, banner.reason)),
            _ => None,
        })
        .collect()
}

/// Connected, to that server, at that time.
fn works(scenario: &Scenario, server: Server, at: u64) {
    let last = scenario.script.taken().last().expect("steps");
    assert_eq!((last.stage, last.server, last.at), (Stage::Connected, server, ms(at)), "{}", scenario.id);
}

use Server::{Primary, Secondary};

#[test]
fn client_1_the_agent_is_told_which_server_and_why() {
    let scenario = played("CLIENT-1");
    assert_eq!(
        banners(&scenario.script),
        [
            (BannerKind::Checking, Primary, Reason::OutOfService),
            (BannerKind::Waiting, Primary, Reason::OutOfService)
        ]
    );
    let banner = scenario.script.machine().banner().expect("a banner");
    assert_eq!(banner.next_at, Some(ms(11_200)), "10 s, and a fifth of a second for this agent");
    let says = "primary cannot be used: it is out of service; asking it and secondary again at 11.2 s";
    assert_eq!(banner.to_string(), says);
}

#[test]
fn client_2_the_current_server_is_polled_every_10_s() {
    let script = played("CLIENT-2").script;
    assert_eq!(polls(&script, Primary), [1_000, 11_200, 21_200, 31_200, 41_200, 51_200, 61_200]);
}

#[test]
fn client_3_the_other_server_is_polled_every_10_s() {
    let script = played("CLIENT-3").script;
    assert_eq!(polls(&script, Secondary), [11_200, 21_200, 31_200, 41_200, 51_200, 61_200]);
}

#[test]
fn client_4_the_agent_is_signed_in_on_the_other_server_without_a_hand() {
    let scenario = played("CLIENT-4");
    works(&scenario, Secondary, 2_900);
    assert_eq!(sign_ins(&scenario.script), [2_900]);
    assert_eq!(
        banners(&scenario.script).last(),
        Some(&(BannerKind::Moved, Secondary, Reason::Silent)),
        "the first server was left since it does not answer"
    );
}

#[test]
fn client_5_the_agent_is_told_of_the_return() {
    let scenario = played("CLIENT-5");
    works(&scenario, Primary, 5_000);
    let last = (BannerKind::Reconnected, Primary, Reason::OutOfService);
    assert_eq!(banners(&scenario.script).last(), Some(&last));
}

#[test]
fn client_6a_an_event_or_a_refused_request_asks_the_server_at_once() {
    let both: Vec<_> = scenarios().into_iter().filter(|scenario| scenario.id == "CLIENT-6a").collect();
    assert_eq!(both.len(), 2);
    for scenario in both {
        assert_eq!(polls(&scenario.script, Primary), [1_000]);
        assert_eq!(connects(&scenario.script, Primary), [0; 0], "no tries: the transport is up");
    }
}

#[test]
fn client_6b_a_lost_transport_asks_the_server_after_the_tries() {
    assert_eq!(polls(&played("CLIENT-6b").script, Primary), [2_700]);
}

#[test]
fn client_6c_an_unavailable_finesse_user_asks_the_server_at_once() {
    let scenario = played("CLIENT-6c");
    assert_eq!(polls(&scenario.script, Primary), [1_000]);
    works(&scenario, Primary, 3_500);
}

#[test]
fn client_7_polls_go_on_for_hours_while_both_are_down() {
    let mut script = played("CLIENT-7").script;
    script.until(5 * 3_600_000);
    assert_eq!(polls(&script, Primary).len(), 1 + 1799);
    assert_eq!(polls(&script, Secondary).len(), 1799);
    assert_eq!(connects(&script, Primary).len() + connects(&script, Secondary).len(), 0);
    script.event(Status::InService);
    script.pass(ms(100));
    script.refreshed();
    assert!(script.machine().is_current());
}

#[test]
fn client_8_a_transport_that_is_up_is_kept() {
    let script = played("CLIENT-5").script;
    assert_eq!(connects(&script, Primary), [0; 0]);
}

#[test]
fn client_9_a_transport_is_asked_for_when_the_server_is_in_service() {
    let script = played("CLIENT-9").script;
    assert_eq!(connects(&script, Primary), [1_200, 1_700, 2_700, 2_700, 12_900]);
}

#[test]
fn client_10_all_data_are_read_again() {
    let script = played("CLIENT-10").script;
    assert_eq!(refreshes(&script), [4_100], "a fifth of the spread of half a second after the event");
}

#[test]
fn client_11_both_are_polled_in_parallel() {
    let script = played("CLIENT-11").script;
    assert_eq!(polls(&script, Primary)[1..], polls(&script, Secondary)[..]);
}

#[test]
fn client_12_it_stays_when_both_come_back_within_one_poll() {
    let scenario = played("CLIENT-12");
    works(&scenario, Primary, 13_000);
    assert_eq!(connects(&scenario.script, Secondary), [0; 0]);
}

#[test]
fn client_13_the_current_server_is_asked_once_more() {
    let script = played("CLIENT-14").script;
    assert_eq!(polls(&script, Primary), [1_000, 11_200, 11_200]);
    assert_eq!(polls(&script, Secondary), [11_200]);
}

#[test]
fn client_14_the_other_is_taken_when_the_current_one_is_still_down() {
    works(&played("CLIENT-14"), Secondary, 11_400);
}

#[test]
fn client_15_the_current_server_is_kept_when_it_is_back() {
    let scenario = played("CLIENT-15");
    works(&scenario, Primary, 2_800);
    assert_eq!(sign_ins(&scenario.script), [0; 0]);
}

#[test]
fn client_16_there_are_three_tries() {
    let tries = |stock| {
        let scenario = scenarios().into_iter().find(|one| one.id == "CLIENT-16" && one.stock == stock);
        connects(&scenario.expect("CLIENT-16").script, Primary)
    };
    assert_eq!(tries(false), [1_200, 1_700, 2_700], "ours: 0.2, 0.5 and 1 s");
    assert_eq!(tries(true), [1_500, 3_500, 8_000], "stock: 0.5, 2 and 4.5 s");
}

#[test]
fn client_17_nothing_is_polled_before_the_third_try_has_failed() {
    let script = played("CLIENT-17").script;
    let polls = [polls(&script, Primary), polls(&script, Secondary)].concat();
    assert!(polls.iter().all(|at| *at >= 2_700), "{polls:?}");
}

#[test]
fn client_18_whatever_stops_the_agent_ends_where_it_can_work() {
    works(&played("CLIENT-18a"), Secondary, 11_400);
    works(&played("CLIENT-18b"), Secondary, 11_400);
    works(&played("CLIENT-18c"), Secondary, 13_100);
    let scenario = played("CLIENT-18d");
    assert!(banners(&scenario.script).iter().any(|banner| banner.0 == BannerKind::BothDown));
    works(&scenario, Primary, 202_200);
}

#[test]
fn nobody_is_moved_by_a_cti_failover_of_nine_seconds() {
    let scenario = played("beyond-stay");
    works(&scenario, Primary, 10_500);
    assert_eq!(polls(&scenario.script, Secondary), [0; 0]);
}

#[test]
fn a_busy_server_is_obeyed() {
    let scenario = played("beyond-retry-after");
    let script = &scenario.script;
    assert_eq!(connects(script, Primary), [1_200, 4_200, 5_200], "not before 3 s are over");
    assert_eq!(connects(script, Secondary), [5_400, 7_400], "not before 2 s are over");
    assert_eq!(refreshes(script), [7_400, 11_400], "not before 4 s are over");
    works(&scenario, Secondary, 11_400);
}

#[test]
fn who_is_on_a_call_waits_for_nobody() {
    works(&played("beyond-on-call"), Secondary, 2_700);
}

#[test]
fn a_failed_sign_in_is_told_and_both_are_asked_again() {
    let scenario = played("beyond-sign-in-fails");
    works(&scenario, Secondary, 13_100);
    let told = (BannerKind::SignInFailed, Secondary, Reason::Silent);
    assert!(banners(&scenario.script).contains(&told));
}

#[test]
fn a_server_that_does_not_accept_the_sign_in_is_left_alone_for_ten_minutes() {
    let scenario = played("beyond-sign-in-refused");
    let tries = sign_ins(&scenario.script);
    assert_eq!(tries.len(), 2, "{tries:?}");
    assert!(tries[1] - tries[0] >= 600_000, "{tries:?}");
    let told = (BannerKind::SignInRefused, Secondary, Reason::Silent);
    assert!(banners(&scenario.script).contains(&told));
    assert!(polls(&scenario.script, Primary).len() >= 60, "the current server may come back any time");
}

#[test]
fn a_current_server_that_does_not_accept_the_sign_in_is_not_asked_again_and_left_after_a_poll() {
    let scenario = played("beyond-refused-here");
    assert_eq!(connects(&scenario.script, Primary), [1_200]);
    works(&scenario, Secondary, 11_600);
}

#[test]
fn a_server_that_cannot_be_read_three_times_is_left_after_a_poll() {
    let scenario = played("beyond-unread");
    assert_eq!(refreshes(&scenario.script)[..4], [1_100, 2_100, 3_100, 5_100], "the first was busy");
    assert_eq!(polls(&scenario.script, Secondary), [15_300]);
    works(&scenario, Secondary, 15_500);
}

#[test]
fn a_server_that_cannot_be_read_is_read_once_a_poll_if_there_is_no_better_one() {
    let scenario = played("beyond-both-unread");
    assert_eq!(connects(&scenario.script, Secondary), [0; 0]);
    assert_eq!(refreshes(&scenario.script).len(), 4 + 3 + 1);
    works(&scenario, Primary, 46_300);
}

#[test]
fn nobody_is_moved_back() {
    let scenario = played("beyond-no-fail-back");
    works(&scenario, Secondary, 10_003_100);
    assert_eq!(scenario.script.machine().counters().moves, 1);
}

#[test]
fn a_replaced_or_signed_out_desktop_tries_nothing() {
    for id in ["beyond-conflict", "beyond-signed-out"] {
        let script = played(id).script;
        assert_eq!(script.machine().state().stage(), Stage::Ended);
        assert_eq!(script.machine().poll_timeout(), None);
        assert_eq!(script.outputs().filter(|(at, _)| *at > ms(1_000)).count(), 0, "{id}");
    }
}

#[test]
fn a_node_cut_off_without_a_word_is_left() {
    works(&played("beyond-silence"), Secondary, 13_200);
}

#[test]
fn every_row_has_a_scenario() {
    let markdown = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec/failover.md"));
    let rows = crate::rows::rows(&markdown.expect("spec/failover.md"));
    let base = rows.iter().filter(|row| row.family() == "CLIENT" && row.is_base_text());
    let missing: Vec<_> = base.filter(|row| scenarios().iter().all(|one| one.id != row.id)).collect();
    assert_eq!(missing, Vec::<&crate::rows::Row>::new());
}

#[test]
fn a_thousand_agents_spread_evenly() {
    let early = (0..1000).filter(|agent| Place::of(&(1000 + agent).to_string()).number() < 500).count();
    assert!((450..550).contains(&early), "{early} of 1000 in the first half");
}

#[test]
fn the_table_in_the_browser_is_of_this_machine() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/tests/failover/table.json");
    let kept = std::fs::read_to_string(path).expect(path);
    let how = "cargo run -p failover --example client-table > web/tests/failover/table.json";
    assert!(kept == table::json(), "{path} is out of date; {how}");
}
