use std::time::Duration;

use super::LinkId;

/// Where the link to the peer stands.
///
/// ```text
///   Off (fencing off)
///
///   Down ──LinkUp: send all sessions──▶ Syncing ──all sessions of the peer read──▶ Up
///    ▲                                     │                                        │
///    └────────── lost, or silent for 2 s ──┴──── lost, or no answer in 2 s ─────────┘
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// Fencing is off.
    Off,
    /// No link: the documented behaviour holds.
    Down,
    /// Sessions are being exchanged: orders wait.
    Syncing {
        /// Which link.
        link: LinkId,
        /// When the next page must have come.
        until: Duration,
        /// Sessions read so far.
        read: usize,
    },
    /// The peer is asked first.
    Up {
        /// Which link.
        link: LinkId,
    },
}

/// A link without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Fencing is off.
    Off,
    /// No link.
    Down,
    /// Sessions are being exchanged.
    Syncing,
    /// The peer is asked first.
    Up,
}

impl Link {
    /// The link without its data.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Off => Stage::Off,
            Self::Down => Stage::Down,
            Self::Syncing { .. } => Stage::Syncing,
            Self::Up { .. } => Stage::Up,
        }
    }

    /// The connection in use.
    pub fn id(&self) -> Option<LinkId> {
        match self {
            Self::Off | Self::Down => None,
            Self::Syncing { link, .. } | Self::Up { link } => Some(*link),
        }
    }
}
