//! What went wrong at the peer link, counted since the start, for whoever watches the node.
//!
//! Decides nothing; whoever refuses or loses a connection notes it here.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mishap {
    /// A link that was up has ended, whatever the reason.
    Lost,
    /// What came is no frame, or not one that may come then.
    FrameRefused,
    /// Somebody did not prove to be the other node, or the other node did not take us for its peer.
    Unauthenticated,
    /// The greeting was not over in time.
    Late,
    /// Too many connections waited for their greeting.
    Crowded,
}

/// How often each has happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mishaps {
    /// Links that were up and have ended.
    pub links_lost: u64,
    /// Frames, or what should have been one, that ended a connection.
    pub frames_refused: u64,
    /// TLS handshakes that failed at either end: no certificate, or one that is not known.
    pub authentications_failed: u64,
    /// Connections that were not greeted within 2 s.
    pub greetings_late: u64,
    /// Connections refused because too many others waited for their greeting.
    pub refused_crowded: u64,
}

/// The counters.
#[derive(Default)]
pub(crate) struct Tally {
    lost: AtomicU64,
    frames: AtomicU64,
    unauthenticated: AtomicU64,
    late: AtomicU64,
    crowded: AtomicU64,
}

impl Tally {
    /// Counts one.
    pub(crate) fn note(&self, mishap: Mishap) {
        let count = match mishap {
            Mishap::Lost => &self.lost,
            Mishap::FrameRefused => &self.frames,
            Mishap::Unauthenticated => &self.unauthenticated,
            Mishap::Late => &self.late,
            Mishap::Crowded => &self.crowded,
        };
        count.fetch_add(1, Ordering::Relaxed);
    }

    /// How many so far.
    pub(crate) fn totals(&self) -> Mishaps {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Mishaps {
            links_lost: of(&self.lost),
            frames_refused: of(&self.frames),
            authentications_failed: of(&self.unauthenticated),
            greetings_late: of(&self.late),
            refused_crowded: of(&self.crowded),
        }
    }
}
