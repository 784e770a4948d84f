//! One deadline for each session, and the first of all.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::directory::Number;
use crate::output::Timer;

/// The deadlines.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schedule {
    by_time: BTreeMap<(Duration, Number), Timer>,
    by_session: BTreeMap<Number, Duration>,
}

impl Schedule {
    /// Replaces the deadline of `session`.
    pub(crate) fn set(&mut self, session: Number, deadline: Option<(Duration, Timer)>) {
        if let Some(at) = self.by_session.remove(&session) {
            self.by_time.remove(&(at, session));
        }
        if let Some((at, timer)) = deadline {
            self.by_session.insert(session, at);
            self.by_time.insert((at, session), timer);
        }
    }

    /// The first deadline.
    pub(crate) fn first(&self) -> Option<(Duration, Timer)> {
        self.by_time.first_key_value().map(|((at, _), timer)| (*at, *timer))
    }

    /// Takes out the sessions whose deadline has come.
    pub(crate) fn take_due(&mut self, now: Duration) -> Vec<Number> {
        let mut due = Vec::new();
        while let Some(entry) = self.by_time.first_entry().filter(|entry| entry.key().0 <= now) {
            let (_, session) = *entry.key();
            entry.remove();
            self.by_session.remove(&session);
            due.push(session);
        }
        due
    }
}
