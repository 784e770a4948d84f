//! Runs in words, as rows of the report, and as figures against their targets.

use std::time::Duration;

use serde_json::json;

use super::failover::Run;
use super::outage::Outage;
use crate::proof::{Figure, Row};

/// The last desktop shows the final states so long after IN_SERVICE.
const FRESH_WITHIN: Duration = Duration::from_secs(1);
/// Of what went wrong, so many are told by name.
const NAMED_MAX: usize = 10;

/// One line for people.
pub(super) fn said(outage: &Outage) -> String {
    let ms = |time: Option<Duration>| time.map_or("never".into(), |time| format!("{} ms", time.as_millis()));
    format!(
        "side {}, dials {}: detection {}, take-over {}, recovery {}; in service after {}, last desktop {} later; \
         {} requests refused, {} events, {} lost, {} wrong",
        outage.side,
        outage.dials,
        ms(outage.detection),
        ms(outage.take_over),
        ms(outage.recovery),
        ms(outage.in_service),
        ms(outage.fresh),
        outage.answers.refused,
        outage.events,
        outage.lost.len(),
        outage.wrong.len(),
    )
}

/// One run. It passes if everybody was told the truth, once.
pub(super) fn row(n: usize, run: &Run) -> Row {
    let Run { outage, calibration, load, node_cpu, lab_cpu, memory_mb } = run;
    let seconds = |time: Option<Duration>| time.map(|time| time.as_secs_f64());
    let first = |names: &[String]| names.iter().take(NAMED_MAX).cloned().collect::<Vec<_>>();
    Row {
        id: format!("run-{n}"),
        passed: outage.in_service.is_some() && outage.lost.is_empty() && outage.wrong.is_empty(),
        says: said(outage),
        evidence: json!({
            "side": outage.side,
            "dials": outage.dials,
            "detection_s": seconds(outage.detection),
            "take_over_s": seconds(outage.take_over),
            "recovery_s": seconds(outage.recovery),
            "in_service_s": seconds(outage.in_service),
            "last_desktop_s": seconds(outage.fresh),
            "requests_answered": outage.answers.answered,
            "requests_refused": outage.answers.refused,
            "requests_answered_oddly": outage.answers.odd,
            "events": outage.events,
            "lost": outage.lost.len(),
            "lost_first": first(&outage.lost),
            "wrong": outage.wrong.len(),
            "wrong_first": first(&outage.wrong),
            "calibration_s": calibration,
            "load": load,
            "node_cpu_s": node_cpu,
            "lab_and_desktops_cpu_s": lab_cpu,
            "node_memory_mb": memory_mb,
        }),
    }
}

/// The worst of all runs. Without `times` only what was lost or wrong counts.
pub(super) fn figures(runs: &[Run], in_service_within: Duration, times: bool) -> Vec<Figure> {
    let count = |name: &str, of: &dyn Fn(&Outage) -> usize| {
        let worst = runs.iter().map(|run| of(&run.outage)).max().unwrap_or_default();
        Figure { name: name.into(), value: worst as f64, unit: "", target: 0.0, met: worst == 0 }
    };
    let worst = |name: &str, of: &dyn Fn(&Outage) -> Option<Duration>, target: Duration| {
        let value = runs.iter().map(|run| of(&run.outage)).map(seconds).fold(0.0, f64::max);
        let target = target.as_secs_f64();
        Figure { name: name.into(), value, unit: "s", target, met: value <= target }
    };
    let mut figures =
        vec![count("lost", &|outage| outage.lost.len()), count("wrong", &|outage| outage.wrong.len())];
    if times {
        figures.push(worst("in_service_worst", &|outage| outage.in_service, in_service_within));
        figures.push(worst("last_desktop_worst", &|outage| outage.fresh, FRESH_WITHIN));
    }
    figures
}

/// What never happened took longer than anything.
fn seconds(time: Option<Duration>) -> f64 {
    time.map_or(f64::MAX, |time| time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(in_service_ms: Option<u64>, lost: usize) -> Run {
        let outage = Outage {
            in_service: in_service_ms.map(Duration::from_millis),
            fresh: Some(Duration::from_millis(20)),
            lost: vec!["1001".into(); lost],
            ..Outage::default()
        };
        let (node_cpu, lab_cpu, memory_mb) = (0.2, 0.4, 30.0);
        Run { outage, calibration: [0.1, 0.1], load: "0.5".into(), node_cpu, lab_cpu, memory_mb }
    }

    fn met(runs: &[Run], times: bool) -> Vec<(String, bool)> {
        let figures = figures(runs, Duration::from_secs(1), times);
        figures.into_iter().map(|figure| (figure.name, figure.met)).collect()
    }

    #[test]
    fn the_worst_run_counts() {
        let runs = [run(Some(400), 0), run(Some(1_001), 0), run(Some(300), 1)];
        let named = |name: &str, met| (name.to_owned(), met);
        assert_eq!(
            met(&runs, true),
            [
                named("lost", false),
                named("wrong", true),
                named("in_service_worst", false),
                named("last_desktop_worst", true)
            ]
        );
        assert_eq!(met(&runs[..2], false), [named("lost", true), named("wrong", true)]);
    }

    #[test]
    fn who_never_came_into_service_passes_nothing() {
        assert!(!row(1, &run(None, 0)).passed);
        assert!(met(&[run(None, 0)], true).contains(&("in_service_worst".into(), false)));
        assert!(row(1, &run(Some(1), 0)).passed && !row(1, &run(Some(1), 1)).passed);
    }
}
