//! CTI failover (failover.md section 1): which side to dial and when, when a session counts as lost,
//! and when agents may be served.
//!
//! [`Machine`] decides; it never reads a byte and never touches a socket. `node` drives it: it turns
//! CTI messages and news of sockets into [`Input`], carries out each [`Output`], and wakes the
//! machine at the deadline that it names.

mod io;
mod machine;
mod pulse;
mod settings;
mod transition;
mod turn;

#[cfg(test)]
mod tests;

pub use io::{Counters, Input, LossCause, Output, Timer};
pub use machine::{Attempt, Machine, Session, State};
pub use pulse::Pulse;
pub use settings::Settings;
pub use transition::{Cause, Next, Stage, Transition};
pub use turn::Turn;

/// A CTI server of the pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Side A, dialed first at start-up.
    A,
    /// Side B.
    B,
}

impl Side {
    /// The other one of the pair.
    pub fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::A => "A",
            Self::B => "B",
        })
    }
}

/// Names one connection attempt and the connection that may come of it. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch(pub u64);
