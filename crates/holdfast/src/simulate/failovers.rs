//! Failovers that the walks have seen, of each mechanism, and how many a second on one core.

use std::time::Duration;

use sim::tally::Tally;

use super::count;
use crate::proof::Figure;

/// Fewer seeds say nothing of speed: a machine that does something else for a moment would fail them.
const SEEDS_FOR_SPEED: u64 = 1_000;
/// What one core is to simulate.
const PER_SECOND: f64 = 1_000.0;

/// What was counted in so many seeds, which took that time on so many cores.
pub(super) fn figures(tally: &Tally, seeds: u64, time: Duration, cores: usize) -> Vec<Figure> {
    let all = tally.all();
    // Every walk has at least one.
    let total = count("failovers", all.failovers, seeds, |seen, least| seen >= least);
    let mechanisms = [
        ("failovers_cti", tally.cti.failovers),
        ("failovers_awdb", tally.awdb.failovers),
        ("failovers_client_stayed", tally.stayed.failovers),
        ("failovers_client_moved", tally.moved.failovers),
        ("failovers_presence_logged_out", tally.logged_out.failovers),
        ("failovers_presence_returned", tally.returned.failovers),
        ("without_a_call", all.apart),
    ];
    let mechanisms = mechanisms.map(|(name, seen)| count(name, seen, 0, |_, _| true));
    let speed = per_second_per_core(all.failovers, seeds, time, cores);
    [total].into_iter().chain(mechanisms).chain([speed]).collect()
}

#[expect(clippy::cast_precision_loss, reason = "no run counts to 2^53")]
fn per_second_per_core(failovers: u64, seeds: u64, time: Duration, cores: usize) -> Figure {
    let value = failovers as f64 / time.as_secs_f64() / cores as f64;
    Figure {
        name: "failovers_per_second_per_core".into(),
        value: value.round(),
        unit: "",
        target: PER_SECOND,
        met: seeds < SEEDS_FOR_SPEED || value >= PER_SECOND,
    }
}

#[cfg(test)]
mod tests {
    use sim::tally::Count;

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn met(name: &str, failovers: u64, seeds: u64) -> bool {
        let tally = Tally { cti: Count { failovers, apart: 3 }, ..Tally::default() };
        figures(&tally, seeds, 2 * SECOND, 2).iter().any(|figure| figure.name == name && figure.met)
    }

    #[test]
    fn each_mechanism_has_its_figure_and_the_sum_is_of_failovers_only() {
        let counted = Count { failovers: 7, apart: 2 };
        let tally = Tally { cti: counted, moved: counted, ..Tally::default() };
        let figures = figures(&tally, 1, SECOND, 1);
        let value = |name: &str| figures.iter().find(|figure| figure.name == name).map(|figure| figure.value);
        assert_eq!((value("failovers"), value("without_a_call")), (Some(14.0), Some(4.0)));
        assert_eq!((value("failovers_cti"), value("failovers_client_stayed")), (Some(7.0), Some(0.0)));
        assert_eq!(value("failovers_per_second_per_core"), Some(14.0));
    }

    #[test]
    fn speed_is_judged_where_there_was_enough_to_do() {
        let speed = "failovers_per_second_per_core";
        assert!(met(speed, 4_000, 1_000));
        assert!(!met(speed, 3_999, 1_000));
        assert!(met(speed, 1, 999));
        assert!(!met("failovers", 998, 999));
    }
}
