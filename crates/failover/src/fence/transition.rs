use std::fmt;

use super::{Fault, Stage};

/// One change of the link, told so that it makes one line of a log: what, why, what is next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Before.
    pub from: Stage,
    /// After.
    pub to: Stage,
    /// Why.
    pub cause: Cause,
}

/// Why the link changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A connection is up.
    Connected,
    /// All sessions of the peer have been read.
    Exchanged,
    /// The connection was lost.
    Lost,
    /// This side gave it up.
    GivenUp(Fault),
}

impl Transition {
    /// A stable word for machines.
    pub fn what(&self) -> &'static str {
        match self.to {
            Stage::Off => "fence.off",
            Stage::Down => "fence.link_down",
            Stage::Syncing => "fence.exchanging",
            Stage::Up => "fence.link_up",
        }
    }

    /// What happens next.
    pub fn next(&self) -> &'static str {
        match self.to {
            Stage::Off | Stage::Down => "forced logouts are sent without asking",
            Stage::Syncing => "exchange sessions; forced logouts wait",
            Stage::Up => "the peer is asked before each forced logout",
        }
    }
}

impl fmt::Display for Transition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cause {
            Cause::Connected => write!(f, "peer link: connected")?,
            Cause::Exchanged => write!(f, "peer link: sessions exchanged")?,
            Cause::Lost => write!(f, "peer link: lost")?,
            Cause::GivenUp(fault) => write!(f, "peer link: given up, {fault}")?,
        }
        write!(f, "; next: {}", self.next())
    }
}
