use std::time::Duration;

use super::{Host, Transition};

/// Names one request for a check, chosen by the caller and never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AskId(pub u64);

/// Names one question to one host. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QueryId(pub u64);

/// What a host that was asked for a person gave instead of one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Unknown user, wrong password, disabled, deleted or ambiguous.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// The host answers, and what it stores of the person is of no use; names host, database and cause.
    #[error("of no use: {0}")]
    Unusable(String),
    /// The host could not say yes or no; names host, database and cause.
    #[error("no AWDB answered: {0}")]
    Unreachable(String),
}

/// Why a request was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denial {
    /// An AWDB said no.
    Refused(&'static str),
    /// Too many wrong passwords before; no host was asked.
    Locked,
    /// What an AWDB stores of the person is of no use, and no other could say yes or no. Nobody's password was wrong.
    Unusable(String),
    /// No host could say yes or no.
    NotChecked {
        /// Since when no host answers.
        since: Duration,
        /// What each said.
        why: String,
    },
}

/// One thing to do, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output<P> {
    /// Ask a host for the person of a request; answer with [`super::Machine::answered`].
    Query {
        /// Names the question.
        query: QueryId,
        /// For whom.
        ask: AskId,
        /// Which host.
        host: Host,
    },
    /// Read Controller_Time of a host; answer with [`super::Machine::probed`].
    Probe {
        /// Names the question.
        query: QueryId,
        /// Which host.
        host: Host,
    },
    /// Read all people of a host; answer with [`super::Machine::seen`].
    Read {
        /// Which host.
        host: Host,
    },
    /// What came of a request.
    Verdict {
        /// Which.
        ask: AskId,
        /// The person, or why not.
        verdict: Result<P, Denial>,
    },
    /// Something changed; for the log, the timeline and the metrics.
    Transition(Transition),
}

/// What the next deadline is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// The other host is asked too.
    Hedge,
    /// A host should have answered.
    Attempt,
    /// A place at a host should have become free.
    Place,
    /// A host is looked at.
    Probe,
    /// All people are read.
    Refresh,
}

/// How the pair stands, for health pages and consoles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The host that the next request would go to.
    pub preferred: Host,
    /// Since when no host answers, if so.
    pub unreachable_since: Option<Duration>,
    /// People known now.
    pub known: usize,
}

/// What has been counted since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Requests answered from memory.
    pub hits: u64,
    /// Requests for which a host was asked.
    pub misses: u64,
    /// Requests that an AWDB refused.
    pub refused: u64,
    /// Requests refused because the account is locked.
    pub locked: u64,
    /// Requests that no host could check.
    pub not_checked: u64,
    /// Questions to the other host because the first took too long.
    pub hedged: u64,
    /// Times that the requests went over to the other host.
    pub failovers: u64,
    /// Answers to questions that were settled already.
    pub late: u64,
}
