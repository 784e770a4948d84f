//! The link to the other node of the pair.

use failover::fence::Message;

/// What can happen to a link. The shell numbers links, authenticates both ends, frames and bounds what comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerNews {
    /// An authenticated link is up.
    Up,
    /// It is gone.
    Down,
    /// The other node said this.
    Said(Message),
}
