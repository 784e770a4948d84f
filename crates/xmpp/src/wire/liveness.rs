//! Whether the peer of a connection is still there (notifications.md section 8). Anything that it sends counts as an
//! answer, an error included, and no client is required to ping.

use std::time::Duration;

/// The machine:
///
/// ```text
///   heard ──interval──▶ 1 ping ──interval──▶ .. ──interval──▶ `pings_max` pings ──interval──▶ dead
///     ▲────────────────anything comes──────────────────────────────┘
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Liveness {
    heard: Duration,
    /// Sent since then.
    pings: u32,
    interval: Duration,
    pings_max: u32,
}

/// What silence asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// Nothing yet.
    Nothing,
    /// Ask whether it is there.
    Ping,
    /// It is not.
    Dead,
}

impl Liveness {
    pub(crate) fn new(interval: Duration, pings_max: u32, now: Duration) -> Self {
        Self { heard: now, pings: 0, interval, pings_max }
    }

    /// Something came.
    pub(crate) fn heard(&mut self, now: Duration) {
        self.heard = now;
        self.pings = 0;
    }

    pub(crate) fn deadline(&self) -> Duration {
        self.heard + self.interval * (self.pings + 1)
    }

    pub(crate) fn handle_timeout(&mut self, now: Duration) -> Due {
        if now < self.deadline() {
            return Due::Nothing;
        }
        if self.pings >= self.pings_max {
            return Due::Dead;
        }
        self.pings += 1;
        Due::Ping
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_pings_without_any_answer_are_the_end_and_one_answer_begins_anew() {
        let second = Duration::from_secs(1);
        let mut alive = Liveness::new(15 * second, 3, Duration::ZERO);
        let mut silence = |from: u32| -> Vec<(u32, Due)> {
            alive.heard(from * second);
            let dues = (from..).map(|at| (at, alive.handle_timeout(at * second)));
            let mut seen = Vec::new();
            for (at, due) in dues.filter(|(_, due)| *due != Due::Nothing) {
                seen.push((at - from, due));
                if due == Due::Dead {
                    break;
                }
            }
            seen
        };
        let expected = [(15, Due::Ping), (30, Due::Ping), (45, Due::Ping), (60, Due::Dead)];
        assert_eq!(silence(0), expected);
        assert_eq!(silence(100), expected);
    }
}
