//! Measurements in words, as rows of the report, and as figures against their targets.

use serde_json::json;

use super::phase::Measured;
use crate::proof::{Figure, Row};

/// Kilobytes that an idle BOSH session may cost without TLS.
const MEMORY_KB_MAX: f64 = 20.0;
/// Milliseconds from publishing to the bytes, for 99 of 100 deliveries.
const P99_MS_MAX: f64 = 50.0;
/// Percent of the deliveries that were asked for and that the lab could not cause in time.
const SHORT_PERCENT_MAX: f64 = 5.0;

/// What is judged besides losses, of the measurement in the clear.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    /// Times and the rate.
    pub(super) times: bool,
    /// Memory.
    pub(super) memory: bool,
}

/// What the numbers mean.
struct Numbers {
    memory_kb: f64,
    delivered: usize,
    a_second: f64,
    a_core: f64,
    p50_ms: f64,
    p99_ms: f64,
    max_ms: f64,
    short_percent: f64,
}

/// One measurement. It passes if every event came once, in order, and nobody's session ended.
pub(super) fn row(measured: &Measured) -> Row {
    let Measured { tls, sessions, settled, pace, memory_mb, ended, .. } = measured;
    let n = Numbers::of(measured);
    let transport = if *tls { "over TLS" } else { "in the clear" };
    Row {
        id: if *tls { "tls".into() } else { "clear".into() },
        passed: settled.lost + settled.odd == 0 && n.delivered > 0 && ended.is_none(),
        says: ended.clone().unwrap_or_else(|| {
            format!(
                "{transport}: {:.1} kB for each of {sessions} sessions; {:.0} deliveries a second, {:.0} for each \
                 second of a core; p50 {:.1} ms, p99 {:.1} ms, at most {:.1} ms; {} lost, {} odd",
                n.memory_kb, n.a_second, n.a_core, n.p50_ms, n.p99_ms, n.max_ms, settled.lost, settled.odd
            )
        }),
        evidence: json!({
            "sessions": sessions,
            "sign_ins_s": measured.sign_ins.as_secs_f64(),
            "memory_before_mb": memory_mb[0],
            "memory_with_sessions_mb": memory_mb[1],
            "memory_per_session_kb": n.memory_kb,
            "moves": pace.moves,
            "moves_took_s": pace.took.as_secs_f64(),
            "delivered": n.delivered,
            "lost": settled.lost,
            "doubled_or_out_of_order": settled.odd,
            "deliveries_per_second": n.a_second,
            "deliveries_per_core_second": n.a_core,
            "p50_ms": n.p50_ms,
            "p99_ms": n.p99_ms,
            "max_ms": n.max_ms,
            "node_cpu_s": measured.node_cpu,
            "lab_and_desktops_cpu_s": measured.bench_cpu,
            "calibration_s": measured.calibration,
            "load": measured.load,
        }),
    }
}

/// Losses count in every measurement, the rest in the first, which is the one in the clear.
pub(super) fn figures(measured: &[Measured], judged: Judged) -> Vec<Figure> {
    let most = |name: &str, value: f64, unit, target| Figure {
        name: name.into(),
        value,
        unit,
        target,
        // What could not be measured is not met.
        met: value <= target,
    };
    let sum = |of: fn(&Measured) -> usize| measured.iter().map(of).sum::<usize>() as f64;
    let mut figures = vec![
        most("lost", sum(|measured| measured.settled.lost), "", 0.0),
        most("doubled_or_out_of_order", sum(|measured| measured.settled.odd), "", 0.0),
    ];
    if let Some(first) = measured.first().map(Numbers::of).filter(|_| judged.times) {
        figures.push(most("p99", first.p99_ms, "ms", P99_MS_MAX));
        figures.push(most("short_of_the_rate", first.short_percent, "%", SHORT_PERCENT_MAX));
        if judged.memory {
            figures.push(most("memory_per_session", first.memory_kb, "kB", MEMORY_KB_MAX));
        }
    }
    figures
}

impl Numbers {
    fn of(measured: &Measured) -> Self {
        let Measured { settled, pace, memory_mb: [before, with], sessions, .. } = measured;
        let mut took = settled.took_us.clone();
        took.sort_unstable();
        let (delivered, seconds) = (took.len(), pace.took.as_secs_f64());
        let a_second = delivered as f64 / seconds;
        Self {
            memory_kb: (with - before) * 1024.0 / *sessions as f64,
            delivered,
            a_second,
            a_core: delivered as f64 / measured.node_cpu,
            p50_ms: percentile(&took, 50),
            p99_ms: percentile(&took, 99),
            max_ms: percentile(&took, 100),
            short_percent: (1.0 - a_second / f64::from(measured.rate)) * 100.0,
        }
    }
}

/// Of sorted microseconds, in milliseconds: so many percent took no longer. Not a number if there are none.
fn percentile(sorted: &[u32], percent: usize) -> f64 {
    let nth = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(nth).map_or(f64::NAN, |us| f64::from(*us) / 1000.0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::ledger::Settled;
    use super::*;
    use crate::bench::pace::Pace;

    const ALL: Judged = Judged { times: true, memory: true };

    fn measured() -> Measured {
        Measured {
            tls: false,
            sessions: 100,
            sign_ins: Duration::from_secs(1),
            memory_mb: [30.0, 31.0],
            rate: 100,
            pace: Pace { moves: 200, took: Duration::from_secs(2) },
            settled: Settled { took_us: (1..=200).rev().map(|ms| ms * 100).collect(), lost: 0, odd: 0 },
            node_cpu: 0.1,
            bench_cpu: 0.1,
            calibration: [0.05, 0.05],
            load: "0.5".into(),
            ended: None,
        }
    }

    fn unmet(measured: &[Measured], judged: Judged) -> Vec<String> {
        let figures = figures(measured, judged).into_iter().filter(|figure| !figure.met);
        figures.map(|figure| figure.name).collect()
    }

    #[test]
    fn percentiles_are_those_of_the_sorted_times() {
        let n = Numbers::of(&measured());
        assert_eq!((n.p50_ms, n.p99_ms, n.max_ms), (10.0, 19.8, 20.0));
        assert_eq!((n.delivered, n.a_second, n.a_core, n.memory_kb), (200, 100.0, 2000.0, 10.24));
        assert!(percentile(&[], 50).is_nan());
    }

    #[test]
    fn each_target_can_be_missed() {
        let missed = |change: fn(&mut Measured)| {
            let mut one = measured();
            change(&mut one);
            unmet(&[one], ALL)
        };
        assert!(missed(|_| ()).is_empty());
        assert_eq!(missed(|one| one.settled.lost = 1), ["lost"]);
        assert_eq!(missed(|one| one.settled.odd = 1), ["doubled_or_out_of_order"]);
        assert_eq!(missed(|one| one.memory_mb[1] = 32.0), ["memory_per_session"]);
        assert_eq!(missed(|one| one.settled.took_us.fill(50_001)), ["p99"]);
        assert_eq!(missed(|one| one.rate = 106), ["short_of_the_rate"]);
        assert_eq!(missed(|one| one.memory_mb[1] = f64::NAN), ["memory_per_session"]);
    }

    #[test]
    fn over_tls_and_on_a_busy_machine_only_losses_count() {
        let mut tls = Measured { tls: true, ..measured() };
        tls.memory_mb[1] = 300.0;
        assert!(unmet(&[measured(), tls.clone()], ALL).is_empty());
        tls.settled.lost = 1;
        assert_eq!(unmet(&[measured(), tls], ALL), ["lost"]);
        let slow = Measured { rate: 1000, ..measured() };
        assert!(unmet(std::slice::from_ref(&slow), Judged { times: false, memory: true }).is_empty());
        assert!(row(&slow).passed);
        assert!(!row(&Measured { ended: Some("one".into()), ..measured() }).passed);
    }
}
