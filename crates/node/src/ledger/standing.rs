//! How the log of a node stands, for people.

use std::fmt;

use domain::WallMs;
use serde::{Deserialize, Serialize};

use super::Head;

/// All there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where the log stands, if there is one.
    pub head: Option<Head>,
    /// Where the other node's stands, as far as it is known.
    pub peer: Option<Head>,
    /// How the two are with each other.
    pub with_peer: WithPeer,
    /// Since when the other node lacks something.
    pub behind_since: Option<WallMs>,
    /// Parcels that were damaged, or did not fit, and were thrown away.
    pub thrown_away: u64,
    /// Times that something could not be written down.
    pub unwritten: u64,
}

/// How the log of a node is with that of the other one, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WithPeer {
    /// No link.
    Alone,
    /// They find out where they stand.
    Asking,
    /// Both are equal.
    Even,
    /// This one gives.
    Giving,
    /// This one takes.
    Taking,
    /// Each has what the other lacks: nothing is given or taken until somebody decides.
    Diverged,
    /// Something went wrong, and is tried again.
    Resting,
}

impl fmt::Display for WithPeer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Alone => "alone",
            Self::Asking => "asking",
            Self::Even => "even",
            Self::Giving => "giving",
            Self::Taking => "taking",
            Self::Diverged => "diverged",
            Self::Resting => "resting",
        })
    }
}
