//! What an AWDB host counts of each of its clients. Drills take their evidence from here, never from a desktop server.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;

/// Kinds of queries that are told apart; a desktop server has about a dozen, people at a console more.
const KINDS_MAX: usize = 64;

/// What one client has asked of one host since the lab started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AwdbTally {
    /// Connects, refused ones included.
    pub dials: u64,
    /// Connections that are up, as far as TCP goes.
    pub up: u64,
    /// Sessions whose TLS handshake was completed.
    pub encrypted: u64,
    /// LOGIN7 messages that came, even while they hang.
    pub logins_asked: u64,
    /// Sign-ins that were accepted.
    pub logins: u64,
    /// Sign-ins that were refused with 18456.
    pub logins_refused: u64,
    /// Sign-ins to a database that is not here: 4060.
    pub wrong_database: u64,
    /// Connections that ended because the client was not understood.
    pub broken: u64,
    /// Requests that came, even while their results hang.
    pub requests: u64,
    /// Queries by what they read and how many parameters they bind: `Agent(2)`; `refused` are those that failed.
    pub queries: BTreeMap<String, u64>,
    /// Bytes to the host.
    pub bytes_up: u64,
    /// Bytes to the client.
    pub bytes_down: u64,
}

/// The counters of one link, shared by its connections.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts(Arc<Mutex<AwdbTally>>);

impl Counts {
    pub(super) fn read(&self) -> AwdbTally {
        self.lock().clone()
    }

    pub(super) fn count(&self, count: impl FnOnce(&mut AwdbTally)) {
        count(&mut self.lock());
    }

    pub(super) fn queried(&self, kinds: Vec<String>) {
        let mut tally = self.lock();
        for kind in kinds {
            let full = tally.queries.len() >= KINDS_MAX && !tally.queries.contains_key(&kind);
            *tally.queries.entry(if full { "other".into() } else { kind }).or_default() += 1;
        }
    }

    fn lock(&self) -> MutexGuard<'_, AwdbTally> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_bounded() {
        let counts = Counts::default();
        counts.queried((0..1000).map(|n| format!("t{n}(0)")).collect());
        counts.queried(vec!["t1(0)".into()]);
        let queries = counts.read().queries;
        assert_eq!(
            (queries.len(), queries["t1(0)"], queries["other"]),
            (KINDS_MAX + 1, 2, 1000 - KINDS_MAX as u64)
        );
    }
}
