//! What came of it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use super::administrator::Known;
use crate::proof::{Figure, Row};

/// On the secondary within a second.
const SEEN_WITHIN: Duration = Duration::from_secs(1);

/// Everything that was counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    pub(super) kills: usize,
    pub(super) answered: u64,
    /// Where both logs stand.
    pub(super) changes: u64,
    /// Answered, and not there.
    pub(super) lost: u64,
    /// There, and never sent.
    pub(super) invented: u64,
    pub(super) lags: Vec<Duration>,
}

impl Outcome {
    /// Each place has what was answered last, or something newer that was sent.
    pub(super) fn judge(&mut self, known: &Known, read: &BTreeMap<String, u64>) {
        for (path, register) in &known.registers {
            let value = read.get(path).copied().unwrap_or(0);
            self.lost += u64::from(value < register.answered);
            self.invented += u64::from(value > register.sent);
        }
    }

    pub(super) fn row(&self) -> Row {
        let Self { kills, answered, changes, lost, invented, .. } = self;
        Row {
            id: "settings".into(),
            passed: *lost == 0 && *invented == 0 && *answered > 0,
            says: format!(
                "{kills} times killed, {answered} changes answered, {lost} of them lost, {invented} values that nobody \
                 set; both servers are equal at change {changes}"
            ),
            evidence: json!({
                "kills": kills,
                "answered": answered,
                "changes": changes,
                "lost": lost,
                "invented": invented,
                "measured": self.lags.len(),
            }),
        }
    }

    pub(super) fn figures(&self) -> Vec<Figure> {
        let mut lags: Vec<f64> = self.lags.iter().map(Duration::as_secs_f64).collect();
        lags.sort_by(f64::total_cmp);
        let at = |percent: usize| lags.get((lags.len() * percent / 100).min(lags.len().saturating_sub(1)));
        let figure = |name: &str, percent: usize| {
            let value = at(percent).copied().unwrap_or(f64::MAX);
            let target = SEEN_WITHIN.as_secs_f64();
            Figure { name: name.into(), value, unit: "s", target, met: value <= target }
        };
        vec![
            figure("seen_on_the_secondary_p50", 50),
            figure("seen_on_the_secondary_p99", 99),
            figure("seen_on_the_secondary_max", 100),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::super::administrator::Register;
    use super::*;

    #[test]
    fn what_was_answered_must_be_there_and_nothing_that_was_not_sent() {
        let register = Register { answered: 5, sent: 7 };
        let known = Known { registers: [("a".to_owned(), register)].into(), ..Known::default() };
        for (read, lost, invented) in
            [(Some(5), 0, 0), (Some(7), 0, 0), (Some(4), 1, 0), (None, 1, 0), (Some(8), 0, 1)]
        {
            let mut outcome = Outcome::default();
            let read = read.map(|value| ("a".to_owned(), value)).into_iter().collect();
            outcome.judge(&known, &read);
            assert_eq!((outcome.lost, outcome.invented), (lost, invented), "{read:?}");
        }
    }
}
