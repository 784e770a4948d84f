//! `holdfast drill` and `holdfast sim` as their users have them: what they write, and how they end. The whole drill and
//! its controls are run by `make test`; here are two rows of it.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::net::TcpListener;
use std::process::{Command, Output};

use serde_json::Value;

fn holdfast(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_holdfast")).args(arguments).output().unwrap()
}

/// Ended because it could not run: told why, and wrote no report.
fn could_not_run(arguments: &[&str]) -> String {
    let output = holdfast(arguments);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]));
    String::from_utf8(output.stderr).unwrap()
}

fn report(output: &Output) -> Value {
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<&String> = report.as_object().unwrap().keys().collect();
    let all = ["command", "figures", "machine", "passed", "rows", "seconds", "started", "version"];
    assert_eq!(names, all);
    let passed = report["passed"].as_bool().unwrap();
    assert_eq!(output.status.code(), Some(if passed { 0 } else { 1 }));
    report
}

#[test]
fn two_rows_are_counted_live_and_the_others_are_not_passed() {
    let arguments =
        ["drill", "--only", "cti", "--row", "CTI-4", "--row", "CTI-8", "--json", "--net", "127.241.1"];
    let output = holdfast(&arguments);
    let report = report(&output);
    let rows = report["rows"].as_array().unwrap();
    let ids: Vec<_> = rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    let numbers = (1..=17).map(|n| n.to_string()).chain(["18a", "18b", "18c", "19", "20"].map(String::from));
    assert_eq!(ids, numbers.map(|n| format!("CTI-{n}")).collect::<Vec<_>>());
    let (exercised, others): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row["passed"] == true);
    let dials: Vec<_> =
        exercised.iter().map(|row| (row["id"].as_str(), row["evidence"]["dials"].as_str())).collect();
    assert_eq!(dials, [(Some("CTI-4"), Some("AAAAAB")), (Some("CTI-8"), Some("A"))]);
    assert!(others.iter().all(|row| row["says"] == "not exercised: left out by --row"));
    assert_eq!(report["passed"], false, "20 rows were not exercised");
    assert_eq!(report["command"], "drill --only cti --row CTI-4 --row CTI-8 --net 127.241.1");
}

#[test]
fn a_row_of_presence_tells_its_scale_and_who_was_logged_out_by_whom() {
    let arguments = ["drill", "--only", "presence", "--row", "DESK-4b", "--json", "--net", "127.244.1"];
    let report = report(&holdfast(&arguments));
    let rows = report["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 16);
    let row = rows.iter().find(|row| row["id"] == "DESK-4b").unwrap();
    assert_eq!(row["passed"], true, "{row}");
    let evidence = &row["evidence"];
    assert_eq!((&evidence["scale"], &evidence["presence.fencing"]), (&40.into(), &"on".into()));
    assert_eq!(evidence["logouts_255_1002_by_primary"], 1);
    assert_eq!(evidence["logouts_255_1002_by_secondary"], 0);
    let after = evidence["logout_255_1002_after_ms"].as_u64().unwrap();
    assert!((1_500..=2_500).contains(&after), "{after}");
}

#[test]
fn a_row_of_awdb_tells_how_long_people_are_known_and_the_logs_are_searched() {
    let arguments = ["drill", "--only", "awdb", "--row", "AWDB-13d", "--json", "--net", "127.245.1"];
    let report = report(&holdfast(&arguments));
    let rows = report["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 20, "19 of failover.md, and the search");
    let row = rows.iter().find(|row| row["id"] == "AWDB-13d").unwrap();
    assert_eq!((&row["passed"], &row["evidence"]["awdb.cache"]), (&true.into(), &"4s".into()), "{row}");
    let knocked = row["evidence"]["knocked"].as_str().unwrap();
    assert!(knocked.contains("401, not checked since 20"), "{knocked}");
    let logs = rows.iter().find(|row| row["id"] == "AWDB-logs").unwrap();
    assert_eq!(logs["passed"], true, "{logs}");
    assert!(logs["evidence"]["bytes"].as_u64().unwrap() > 1000, "{logs}");
    assert!(logs["evidence"]["credentials"].as_u64().unwrap() >= 7, "{logs}");
}

#[test]
fn what_cannot_be_drilled_is_told_with_status_2() {
    assert!(could_not_run(&["drill", "--only", "weather"]).contains("possible values: cti, presence"));
    assert!(could_not_run(&["drill", "--row", "CTI-99"]).contains("no row CTI-99"));
    assert!(could_not_run(&["drill", "--net", "192.168.1"]).contains("loopback only"));
    assert!(could_not_run(&["drill", "--node-setting", "cti.retry"]).contains("KEY=VALUE"));
    assert!(could_not_run(&["drill", "--controls", "--row", "CTI-4"]).contains("cannot be used with"));
}

#[test]
fn a_setting_that_the_desktop_server_does_not_know_is_told_before_any_row() {
    let told = could_not_run(&["drill", "--json", "--node-setting", "cti.atempts=4", "--net", "127.242.1"]);
    assert!(told.contains("unknown field `atempts`"), "{told}");
}

#[test]
fn a_network_that_is_taken_is_told() {
    let _someone = TcpListener::bind("127.243.1.21:42027").unwrap();
    let told = could_not_run(&["drill", "--json", "--net", "127.243.1"]);
    assert!(told.contains("127.243.1 is not free") && told.contains("127.243.1.21:42027"), "{told}");
}

#[test]
fn a_simulation_reports_its_seeds_and_failovers() {
    let output = holdfast(&["sim", "--seeds", "2", "--first-seed", "11", "--json"]);
    let report = report(&output);
    let figure = |name: &str| {
        let figures = report["figures"].as_array().unwrap();
        figures.iter().find(|figure| figure["name"] == name).unwrap().clone()
    };
    assert_eq!(
        (figure("seeds")["value"].as_f64(), figure("seeds")["met"].as_bool()),
        (Some(2.0), Some(true))
    );
    assert!(figure("failovers")["value"].as_f64() > Some(1.0));
    assert_eq!(figure("replays_that_differ")["value"].as_f64(), Some(0.0));
    assert_eq!(figure("violations")["met"], report["rows"].as_array().unwrap().is_empty());
}

#[test]
fn no_seeds_are_no_simulation() {
    assert!(could_not_run(&["sim", "--seeds", "0"]).contains("--seeds"));
}
