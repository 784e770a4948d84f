use super::*;
use crate::rows::{Evidence, InVirtualTime, run};

fn failing(pace: AwdbPace, extra: &[Setting]) -> Vec<&'static str> {
    let reports = awdb(pace).into_iter().map(|row| run(&row, extra, &mut InVirtualTime::new(1)));
    reports.filter(|report| !report.passed).map(|report| report.id).collect()
}

#[test]
fn every_row_passes_with_the_documented_30_minutes() {
    let reports: Vec<_> =
        awdb(AwdbPace::real()).iter().map(|row| run(row, &[], &mut InVirtualTime::new(7))).collect();
    let failed: Vec<_> = reports.iter().filter(|report| !report.passed).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(reports.iter().all(|report| report.evidence != Evidence::default()));
    assert!(reports.iter().all(|report| report.evidence.get("awdb.cache").unwrap() == "1800s"));
}

#[test]
fn every_row_passes_at_the_pace_of_a_live_drill() {
    assert_eq!(failing(AwdbPace::seconds(4), &[]), [""; 0]);
}

#[test]
fn a_minute_too_long_fails_exactly_the_rows_in_which_people_are_forgotten() {
    let minute_more = [Setting::new("awdb.cache", "1860s")];
    assert_eq!(failing(AwdbPace::real(), &minute_more), ["AWDB-6", "AWDB-7", "AWDB-8", "AWDB-13c"]);
}

#[test]
fn without_a_secondary_exactly_the_rows_fail_that_need_one() {
    let none = [Setting::new("awdb.secondary", "none")];
    let numbers = ["1", "2", "3", "4", "9", "10", "11", "12a", "14", "15"];
    assert_eq!(failing(AwdbPace::real(), &none), numbers.map(|number| format!("AWDB-{number}")));
}
