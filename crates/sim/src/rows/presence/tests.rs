//! Every row with the documented times, in virtual time.

use super::*;
use crate::rows::{Evidence, InVirtualTime, Report, run};

fn report(id: &str, extra: &[Setting]) -> Report {
    let row = presence(Pace::TRUE).into_iter().find(|row| row.id == id).unwrap();
    run(&row, extra, &mut InVirtualTime::new(7))
}

/// The evidence of a row that passed.
fn passed(id: &str) -> Evidence {
    let report = report(id, &[]);
    assert!(report.passed, "{report:#?}");
    let evidence = report.evidence;
    assert_eq!(evidence.get("scale"), Some(&1.into()));
    assert_eq!(evidence.get("presence.fencing"), Some(&"on".into()));
    evidence
}

/// Counted with fencing on, and then with fencing off.
fn with_and_without_fencing(evidence: &Evidence, by_primary: [u64; 2]) {
    assert_eq!(evidence.get("presence.fencing_2"), Some(&"off".into()));
    let counted =
        ["logouts_255_1002_by_primary", "logouts_255_1002_by_primary_2"].map(|name| evidence.get(name));
    assert_eq!(counted, by_primary.map(serde_json::Value::from).each_ref().map(Some));
}

#[test]
fn desk_1_a_lost_desktop_is_told_as_255() {
    assert_eq!(passed("DESK-1").get("switch_1002"), Some(&"NOT_READY 50002".into()));
}

#[test]
fn desk_2_and_x1_load_decides() {
    let evidence = passed("DESK-2");
    assert_eq!(evidence.get("switch_1004"), Some(&"NOT_READY 50002".into()));
    assert_eq!(evidence.get("switch_1003_2"), Some(&"LOGOUT 50002".into()));
}

#[test]
fn desk_3_and_x1_load_by_default() {
    assert_eq!(passed("DESK-3").get("switch_1003"), Some(&"WORK 0".into()));
}

#[test]
fn desk_4a_a_crash_is_seen_within_120_s() {
    passed("DESK-4a");
}

#[test]
fn desk_4b_60_s_of_grace() {
    let evidence = passed("DESK-4b");
    let after = evidence.get("logout_255_1002_after_ms").and_then(serde_json::Value::as_u64).unwrap();
    assert!((60_000..=61_000).contains(&after), "{after}");
}

#[test]
fn desk_4c_180_s_in_all() {
    let evidence = passed("DESK-4c");
    let after = evidence.get("logout_255_1002_after_ms").and_then(serde_json::Value::as_u64).unwrap();
    assert!((120_000..=181_000).contains(&after), "{after}");
}

#[test]
fn desk_5_closed_crashed_or_back() {
    passed("DESK-5");
}

#[test]
fn desk_5r1_signed_out_already() {
    passed("DESK-5r1");
}

#[test]
fn desk_5r2_with_fencing_nobody_is_thrown_out_and_without_it_or_its_link_he_is() {
    let evidence = passed("DESK-5r2");
    with_and_without_fencing(&evidence, [0, 1]);
    assert_eq!(
        evidence.get("logouts_255_1002_by_primary_3"),
        Some(&1.into()),
        "and without a link: {evidence:?}"
    );
}

#[test]
fn desk_5r3_a_goodbye_that_never_arrives() {
    passed("DESK-5r3");
}

#[test]
fn desk_6_loaded_again() {
    passed("DESK-6");
}

#[test]
fn desk_7a_a_glitch() {
    passed("DESK-7a");
}

#[test]
fn desk_7b_at_the_primary() {
    passed("DESK-7b");
}

#[test]
fn desk_7r1_signed_in_elsewhere_before_it_was_due() {
    passed("DESK-7r1");
}

#[test]
fn desk_7r2_on_a_call() {
    passed("DESK-7r2");
}

#[test]
fn desk_7r3_with_fencing_nobody_is_thrown_out_after_his_call_and_without_it_he_is() {
    let evidence = passed("DESK-7r3");
    assert_eq!(evidence.get("presence.fencing_2"), Some(&"off".into()));
    assert_eq!(evidence.get("switch_1001"), Some(&"LOGOUT 50002".into()));
}

fn failing(extra: &[Setting]) -> Vec<&'static str> {
    let ids = presence(Pace::TRUE).into_iter().map(|row| row.id);
    ids.filter(|id| !report(id, extra).passed).collect()
}

#[test]
fn without_grace_exactly_the_rows_that_count_on_it_fail() {
    let expected = ["DESK-2", "DESK-3", "DESK-4b", "DESK-5", "DESK-6", "DESK-7r1"];
    assert_eq!(failing(&[Setting::new("presence.grace", "0s")]), expected);
}

#[test]
fn without_fencing_exactly_the_rows_in_which_somebody_moves_fail() {
    let expected = ["DESK-5r2", "DESK-7a", "DESK-7b", "DESK-7r1", "DESK-7r3"];
    assert_eq!(failing(&[Setting::new("presence.fencing", "off")]), expected);
}

#[test]
fn scaled_times_keep_their_proportions() {
    let row = presence(Pace::divided_by(40)).swap_remove(0);
    assert_eq!(row.scale, Some(40));
    let settings: Vec<_> = row.settings.iter().map(|setting| setting.value.as_str()).collect();
    assert_eq!(settings, ["3000ms", "1500ms", "3000ms", "on"]);
    assert_eq!(Pace::divided_by(120).shortest(), millis(500));
}
