//! What happened and what was asked: two bounded logs.

use std::collections::VecDeque;
use std::time::Duration;

use serde::Serialize;

/// Entries of each log: some minutes of a busy laboratory; older ones are counted and dropped.
pub const ENTRIES_MAX: usize = 4096;

/// A line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Story {
    /// When, in milliseconds since the start of the pair's clock.
    pub at_ms: u64,
    /// The subject: `agent`, `call`, `side`, `client`, `fault`.
    pub what: &'static str,
    /// One sentence for people.
    pub says: String,
}

/// A request that a client sent after its session was open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestSeen {
    /// When, in milliseconds since the start of the pair's clock.
    pub at_ms: u64,
    /// The side that received it.
    pub side: &'static str,
    /// The connection.
    pub conn: u64,
    /// Name of the message.
    pub name: &'static str,
    /// InvokeID, where the message has one.
    pub invoke_id: Option<u32>,
    /// Whether it was carried out.
    pub granted: bool,
    /// What it was, if it was a forced logout.
    pub forced_logout: Option<ForcedLogout>,
}

/// SET_AGENT_STATE_REQ, LOGOUT with ForcedFlag 1 and reason 255: the desktop of an agent is lost (failover.md DESK-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ForcedLogout {
    /// AgentID.
    pub agent: String,
    /// ClientID of the desktop server that asks.
    pub client: String,
}

/// A log that keeps the newest entries.
#[derive(Clone, Debug)]
pub struct Journal<T> {
    entries: VecDeque<T>,
    dropped: u64,
}

impl<T> Default for Journal<T> {
    fn default() -> Self {
        Self { entries: VecDeque::new(), dropped: 0 }
    }
}

impl<T> Journal<T> {
    pub(crate) fn add(&mut self, entry: T) {
        if self.entries.len() >= ENTRIES_MAX {
            self.entries.pop_front();
            self.dropped += 1;
        }
        self.entries.push_back(entry);
    }
    /// The entries, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.entries.iter()
    }
    /// How many older entries are gone.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }
}

/// Whole milliseconds.
pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_entries_go_first_and_are_counted() {
        let mut journal = Journal::default();
        (0..ENTRIES_MAX + 3).for_each(|n| journal.add(n));
        assert_eq!((journal.iter().next(), journal.dropped()), (Some(&3), 3));
    }
}
