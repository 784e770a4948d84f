//! How long the explicit subscriptions of users without any session are kept: in the product they stay for ever
//! (notifications.md section 6.4). Leases run only while the service does: a stop of ours ends nobody's subscriptions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// The users that are away.
#[derive(Clone, Debug)]
pub(crate) struct Leases {
    term: Duration,
    until: BTreeMap<Arc<str>, Duration>,
    by_time: BTreeSet<(Duration, Arc<str>)>,
}

impl Leases {
    pub(crate) fn new(term: Duration) -> Self {
        Self { term, until: BTreeMap::new(), by_time: BTreeSet::new() }
    }

    /// `user`, who has subscriptions, has no session from now on.
    pub(crate) fn begin(&mut self, user: &Arc<str>, now: Duration) {
        self.end(user);
        let until = now + self.term;
        self.until.insert(Arc::clone(user), until);
        self.by_time.insert((until, Arc::clone(user)));
    }

    /// `user` is back.
    pub(crate) fn end(&mut self, user: &str) {
        if let Some((user, until)) = self.until.remove_entry(user) {
            self.by_time.remove(&(until, user));
        }
    }

    /// All leases are void.
    pub(crate) fn clear(&mut self) {
        self.until.clear();
        self.by_time.clear();
    }

    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.by_time.first().map(|(until, _)| *until)
    }

    /// Somebody whose lease is over, taken out.
    pub(crate) fn take_due(&mut self, now: Duration) -> Option<Arc<str>> {
        let (until, _) = self.by_time.first()?;
        if *until > now {
            return None;
        }
        let (_, user) = self.by_time.pop_first()?;
        self.until.remove(&user);
        Some(user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_runs_from_the_last_time_that_one_left() {
        let second = Duration::from_secs(1);
        let mut leases = Leases::new(10 * second);
        let users: [Arc<str>; 2] = ["1042".into(), "1043".into()];
        leases.begin(&users[0], Duration::ZERO);
        leases.begin(&users[1], 2 * second);
        leases.begin(&users[0], 5 * second);
        assert_eq!((leases.deadline(), leases.take_due(11 * second)), (Some(12 * second), None));
        leases.end("1043");
        assert_eq!(
            (leases.take_due(14 * second), leases.take_due(15 * second).as_deref()),
            (None, Some("1042"))
        );
        assert_eq!((leases.deadline(), leases.until.len()), (None, 0));
    }
}
