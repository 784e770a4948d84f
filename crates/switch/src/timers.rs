//! The deadlines of the switch, in order.
//!
//! A deadline is never taken back: whoever is woken looks whether it still means anything.

use std::collections::BTreeSet;
use std::time::Duration;

/// What a deadline is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    /// A reserved agent's phone begins to ring.
    Deliver {
        /// ConnectionCallID.
        call: u32,
    },
    /// Ringing ends: no answer, or the outside party answers.
    Ringing {
        /// ConnectionCallID.
        call: u32,
    },
    /// The customer whom the dialer calls answers, or does not.
    Dialed {
        /// ConnectionCallID of the reservation.
        call: u32,
    },
    /// The phone of a mobile agent answers at sign-in, or does not.
    NailUp {
        /// AgentID.
        agent: String,
    },
    /// An agent's wrap-up ends.
    Work {
        /// AgentID.
        agent: String,
    },
    /// The data of a call is forgotten.
    CallData {
        /// ConnectionCallID.
        call: u32,
    },
}

/// Deadlines in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timers {
    due: BTreeSet<(Duration, Timer)>,
}

impl Timers {
    pub(crate) fn set(&mut self, at: Duration, timer: Timer) {
        self.due.insert((at, timer));
    }
    /// The next deadline.
    pub(crate) fn next(&self) -> Option<(Duration, &Timer)> {
        self.due.first().map(|(at, timer)| (*at, timer))
    }
    /// Takes out a deadline that has come.
    pub(crate) fn pop_due(&mut self, now: Duration) -> Option<(Duration, Timer)> {
        if self.due.first()?.0 > now {
            return None;
        }
        self.due.pop_first()
    }
}
