//! What is still to be said to clients whose session ended while none of their requests was here: without it a
//! desktop that lost its resource to another would take that for a network failure and fight back
//! (notifications.md section 9).

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use crate::sids::Sid;

/// Final bodies by session id, bounded in time and number.
#[derive(Clone, Debug)]
pub(crate) struct LastWords {
    by_sid: BTreeMap<Sid, String>,
    /// In the order in which they are forgotten.
    until: VecDeque<(Duration, Sid)>,
    max: usize,
}

impl LastWords {
    pub(crate) fn new(max: usize) -> Self {
        Self { by_sid: BTreeMap::new(), until: VecDeque::new(), max }
    }

    /// Keeps `words`; times of forgetting never go back.
    pub(crate) fn keep(&mut self, sid: Sid, words: String, until: Duration) {
        if self.until.len() >= self.max {
            self.forget_first();
        }
        self.until.push_back((until, sid));
        self.by_sid.insert(sid, words);
    }

    /// What a request of `sid` is told, as often as it asks.
    pub(crate) fn of(&self, sid: Sid) -> Option<&String> {
        self.by_sid.get(&sid)
    }

    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.until.front().map(|(until, _)| *until)
    }

    pub(crate) fn forget_until(&mut self, now: Duration) {
        while self.deadline().is_some_and(|until| until <= now) {
            self.forget_first();
        }
    }

    pub(crate) fn clear(&mut self) {
        self.by_sid.clear();
        self.until.clear();
    }

    fn forget_first(&mut self) {
        if let Some((_, sid)) = self.until.pop_front() {
            self.by_sid.remove(&sid);
        }
    }
}
