//! The link to the other node of the pair.

use failover::fence;

use crate::ledger;

/// What can happen to a link. The shell numbers links, authenticates both ends, frames and bounds what comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerNews {
    /// An authenticated link is up.
    Up,
    /// It is gone.
    Down,
    /// The other node said this.
    Said(PeerMessage),
}

/// What the two nodes say to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerMessage {
    /// About desktops.
    Fence(fence::Message),
    /// About settings.
    Ledger(ledger::Message),
}

impl From<fence::Message> for PeerMessage {
    fn from(message: fence::Message) -> Self {
        Self::Fence(message)
    }
}

impl From<ledger::Message> for PeerMessage {
    fn from(message: ledger::Message) -> Self {
        Self::Ledger(message)
    }
}
