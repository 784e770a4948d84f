//! One direction of a connection: bytes wait here until they are due, in order, within a bound.

use std::collections::VecDeque;
use std::time::Duration;

/// What one direction may hold. Four times the largest reading of a socket; enough for 200 ms at 5 Mbit/s, and a
/// full line only stops reading, as a full TCP window would.
const BYTES_MAX: usize = 256 * 1024;

/// A queue of bytes with the time at which each run of them arrives.
#[derive(Debug, Default)]
pub(crate) struct DelayLine {
    runs: VecDeque<(Duration, Vec<u8>)>,
    bytes: usize,
}

impl DelayLine {
    /// Whether another run may be pushed; a run that is let in may pass the bound once.
    pub(crate) fn has_room(&self) -> bool {
        self.bytes < BYTES_MAX
    }

    /// Adds bytes that are due at `due`, or when the run before them is, whichever is later.
    pub(crate) fn push(&mut self, due: Duration, bytes: Vec<u8>) {
        let due = self.runs.back().map_or(due, |(before, _)| due.max(*before));
        self.bytes += bytes.len();
        self.runs.push_back((due, bytes));
    }

    /// The next run that is due at `now`.
    pub(crate) fn pop(&mut self, now: Duration) -> Option<Vec<u8>> {
        let (due, _) = self.runs.front()?;
        if *due > now {
            return None;
        }
        let (_, bytes) = self.runs.pop_front()?;
        self.bytes -= bytes.len();
        Some(bytes)
    }

    /// When the first run is due.
    pub(crate) fn due(&self) -> Option<Duration> {
        self.runs.front().map(|(due, _)| *due)
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_keep_their_order_when_the_latency_falls() {
        let mut line = DelayLine::default();
        line.push(Duration::from_secs(9), vec![1]);
        line.push(Duration::from_secs(5), vec![2]);
        assert_eq!(line.pop(Duration::from_secs(8)), None);
        assert_eq!(line.pop(Duration::from_secs(9)), Some(vec![1]));
        assert_eq!(line.pop(Duration::from_secs(9)), Some(vec![2]));
        assert!(line.is_empty());
    }

    #[test]
    fn a_full_line_asks_to_stop_reading() {
        let mut line = DelayLine::default();
        line.push(Duration::ZERO, vec![0; BYTES_MAX]);
        assert!(!line.has_room());
        line.pop(Duration::ZERO);
        assert!(line.has_room());
    }
}
