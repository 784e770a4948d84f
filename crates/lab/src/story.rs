//! The timeline of a lab: what was done to it and what happened then, in order, for people and for programs.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::watch;

use crate::clock::Clock;

/// Entries that are kept: hours of a demo, and a reader who comes late still gets a page that loads at once.
const ENTRIES_MAX: usize = 2_000;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Counted from 1 without gaps, in the order in which the lab learned of it.
    pub n: u64,
    /// When it happened, in milliseconds since 1970.
    pub at_ms: i64,
    /// Who tells: `lab`, `switch`, `node-1` ...
    pub who: String,
    /// A stable word for machines, such as `cti.killed`.
    pub what: String,
    /// One sentence for people, in English.
    pub says: String,
    /// What the sentence was made of, for a page that says it in another language.
    pub with: BTreeMap<&'static str, String>,
}

/// The timeline, shared by the lab's tasks.
#[derive(Clone, Debug)]
pub struct Timeline {
    clock: Clock,
    entries: Arc<Mutex<VecDeque<Entry>>>,
    last: Arc<watch::Sender<u64>>,
}

impl Timeline {
    /// An empty timeline.
    pub fn new(clock: Clock) -> Self {
        Self { clock, entries: Arc::default(), last: Arc::new(watch::Sender::new(0)) }
    }

    /// Tells an entry.
    pub fn tell(
        &self,
        who: impl ToString,
        what: &str,
        says: impl Into<String>,
        with: impl IntoIterator<Item = (&'static str, String)>,
    ) {
        self.tell_at(self.clock.wall_ms(self.clock.now()), who, what, says, with);
    }

    /// Tells an entry of which somebody else noted the time, in milliseconds since 1970.
    pub(crate) fn tell_at(
        &self,
        at_ms: i64,
        who: impl ToString,
        what: &str,
        says: impl Into<String>,
        with: impl IntoIterator<Item = (&'static str, String)>,
    ) {
        let entry = Entry {
            n: 0,
            at_ms,
            who: who.to_string(),
            what: what.to_owned(),
            says: says.into(),
            with: with.into_iter().collect(),
        };
        tracing::info!(who = entry.who, what, "{}", entry.says);
        self.push(entry);
    }

    /// The entries after number `n`, the oldest first.
    pub fn since(&self, n: u64) -> Vec<Entry> {
        self.lock().iter().filter(|entry| entry.n > n).cloned().collect()
    }

    /// The number of the newest entry, and its successors as they come.
    pub fn follow(&self) -> watch::Receiver<u64> {
        self.last.subscribe()
    }

    fn push(&self, mut entry: Entry) {
        let mut entries = self.lock();
        entry.n = entries.back().map_or(1, |last| last.n + 1);
        let n = entry.n;
        if entries.len() == ENTRIES_MAX {
            entries.pop_front();
        }
        entries.push_back(entry);
        self.last.send_replace(n);
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reader_gets_what_is_new_and_numbers_never_go_back() {
        let timeline = Timeline::new(Clock::start());
        for n in 1..=ENTRIES_MAX + 1 {
            timeline.tell("lab", "test", n.to_string(), []);
        }
        assert_eq!(timeline.since(0).len(), ENTRIES_MAX);
        let new = timeline.since(ENTRIES_MAX as u64);
        assert_eq!((new[0].n, new[0].says.as_str()), (ENTRIES_MAX as u64 + 1, "2001"));
        assert_eq!(*timeline.follow().borrow(), ENTRIES_MAX as u64 + 1);
    }
}
