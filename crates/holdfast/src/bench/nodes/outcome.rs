//! What a failure of a desktop server came to, in words, as a row of the report, and as figures.

use std::time::Duration;

use serde_json::json;

use super::presses::Answers;
use crate::proof::{Figure, Row};

/// Of what went wrong, so many are told by name.
const NAMED_MAX: usize = 10;

/// One failure.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// Agents who were signed in.
    pub(super) agents: usize,
    /// Those among them on a call.
    pub(super) on_calls: usize,
    /// Desktops that moved because of a CTI failover of a few seconds.
    pub(super) moved_by_cti: u64,
    /// From the fault until each was at work on the other server, sorted.
    pub(super) moved: Vec<Duration>,
    /// Requests meanwhile.
    pub(super) answers: Answers,
    /// Transports asked for on the way, the tries of the lost one included.
    pub(super) transports: u64,
    /// Polls on the way.
    pub(super) polls: u64,
    /// What is shown in the end and is not so.
    pub(super) wrong: Vec<String>,
    /// Agents for whom a forced logout reached a CTI server.
    pub(super) forced: Vec<String>,
    /// Agents who are signed out in the end.
    pub(super) signed_out: Vec<String>,
    /// How long after the fault that was looked for.
    pub(super) watched: Duration,
}

impl Outcome {
    /// One line for people.
    pub(super) fn says(&self) -> String {
        let [p50, p99, last] = [50, 99, 100].map(|percent| self.percentile(percent).as_secs_f64());
        format!(
            "{} of {} agents at work on the other server, p50 {p50:.2} s, p99 {p99:.2} s, last {last:.2} s, {} transports, {} polls; {} lost, \
             {} wrong, {} moved by CTI alone; {} forced logouts and {} signed out within {:.0} s",
            self.moved.len(),
            self.agents,
            self.transports,
            self.polls,
            self.lost(),
            self.wrong.len(),
            self.moved_by_cti,
            self.forced.len(),
            self.signed_out.len(),
            self.watched.as_secs_f64(),
        )
    }

    /// As a row. It passes if nobody was lost, told wrong, logged out or moved without need.
    pub(super) fn row(&self) -> Row {
        let first = |names: &[String]| names.iter().take(NAMED_MAX).cloned().collect::<Vec<_>>();
        Row {
            id: "node-failover".into(),
            passed: self.counts().iter().all(|figure| figure.met),
            says: self.says(),
            evidence: json!({
                "agents": self.agents,
                "on_calls": self.on_calls,
                "signed_in_p50_s": self.percentile(50).as_secs_f64(),
                "signed_in_p99_s": self.percentile(99).as_secs_f64(),
                "signed_in_last_s": self.percentile(100).as_secs_f64(),
                "requests_answered": self.answers.answered,
                "requests_refused": self.answers.refused,
                "requests_failed": self.answers.failed,
                "requests_not_made": self.answers.disabled,
                "transports_asked_for": self.transports,
                "polls": self.polls,
                "wrong_first": first(&self.wrong),
                "forced_logouts_first": first(&self.forced),
                "signed_out_first": first(&self.signed_out),
                "watched_s": self.watched.as_secs_f64(),
            }),
        }
    }

    /// Counts against 0, and if `within` is given the time of 99 of 100 agents against it.
    pub(super) fn figures(&self, within: Option<Duration>) -> Vec<Figure> {
        let mut figures = self.counts();
        figures.extend(within.map(|target| {
            let (value, target) = (self.percentile(99).as_secs_f64(), target.as_secs_f64());
            Figure { name: "signed_in_p99".into(), value, unit: "s", target, met: value <= target }
        }));
        figures
    }

    fn counts(&self) -> Vec<Figure> {
        let none = |name: &str, count: usize| Figure {
            name: name.into(),
            value: count as f64,
            unit: "",
            target: 0.0,
            met: count == 0,
        };
        vec![
            none("lost", self.lost()),
            none("wrong", self.wrong.len()),
            none("wrongful_logouts", self.forced.len().max(self.signed_out.len())),
            none("moved_by_cti_failover", usize::try_from(self.moved_by_cti).unwrap_or(usize::MAX)),
        ]
    }

    fn lost(&self) -> usize {
        self.agents - self.moved.len()
    }

    /// What never happened took longer than anything.
    fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.agents * percent).div_ceil(100).max(1);
        self.moved.get(rank - 1).copied().unwrap_or(Duration::from_secs(u32::MAX.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(moved: usize) -> Outcome {
        let moved = (1..=moved as u64).map(Duration::from_secs).collect();
        Outcome { agents: 100, moved, ..Outcome::default() }
    }

    fn unmet(outcome: &Outcome, within: u64) -> Vec<String> {
        let figures = outcome.figures(Some(Duration::from_secs(within))).into_iter();
        figures.filter(|figure| !figure.met).map(|figure| figure.name).collect()
    }

    #[test]
    fn ninety_nine_of_a_hundred_count() {
        assert_eq!(unmet(&outcome(100), 99), [""; 0]);
        assert_eq!(unmet(&outcome(100), 98), ["signed_in_p99"]);
        assert!(outcome(100).row().passed);
    }

    #[test]
    fn who_never_came_is_lost_and_late() {
        assert_eq!(unmet(&outcome(99), 99), ["lost"]);
        assert_eq!(unmet(&outcome(98), 99), ["lost", "signed_in_p99"]);
        assert!(!outcome(99).row().passed);
    }

    #[test]
    fn forced_logouts_wrong_screens_and_needless_moves_each_fall_short() {
        let one = || vec!["1001".to_owned()];
        assert_eq!(unmet(&Outcome { forced: one(), ..outcome(100) }, 99), ["wrongful_logouts"]);
        assert_eq!(unmet(&Outcome { signed_out: one(), ..outcome(100) }, 99), ["wrongful_logouts"]);
        assert_eq!(unmet(&Outcome { wrong: one(), ..outcome(100) }, 99), ["wrong"]);
        assert_eq!(unmet(&Outcome { moved_by_cti: 1, ..outcome(100) }, 99), ["moved_by_cti_failover"]);
    }
}
