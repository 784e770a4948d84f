//! Entries or a whole state on their way to the other node: cut into pieces, so that whatever else the nodes have to
//! say to each other never waits for more than a few of them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Entry, Fault, Hash, Head, Log, PARCEL_BYTES_MAX, PARCEL_ENTRIES_BYTES, PIECE_BYTES_MAX, PIECES_AHEAD,
    Parcel, Piece, Snapshot,
};

/// What is given.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) enum Content {
    /// These follow.
    Entries(Vec<Entry>),
    /// All of it.
    Whole {
        snapshot: Arc<Snapshot>,
        proof: Hash,
        /// The receiver has what the giver lacks, and is to set it aside.
        keep: bool,
    },
}

impl Content {
    /// What follows this place of the log: changes, or everything if they are gone.
    pub(super) fn after(log: &Log, place: &Head) -> Self {
        if log.base().seq > place.seq { Self::whole(log, false) } else { Self::entries(log, place.seq) }
    }

    /// As far as they go into one parcel.
    fn entries(log: &Log, after: u64) -> Self {
        let mut bytes = 0;
        let fits = |entry: &&Entry| {
            let first = bytes == 0;
            bytes += entry.change.bytes().max(1);
            first || bytes <= PARCEL_ENTRIES_BYTES
        };
        Self::Entries(log.after(after).take_while(fits).cloned().collect())
    }

    pub(super) fn whole(log: &Log, keep: bool) -> Self {
        let snapshot = log.snapshot();
        Self::Whole { proof: snapshot.proof(), snapshot: Arc::new(snapshot), keep }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        // Plain data: it can always be written.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// # Errors
    /// `Form`.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Fault> {
        serde_json::from_slice(bytes).map_err(|_| Fault::Form)
    }
}

/// A parcel that goes out.
#[derive(Debug)]
pub(super) struct Outgoing {
    parcel: Parcel,
    /// Nothing while it is packed.
    bytes: Option<Vec<u8>>,
    sent: usize,
    /// Pieces that may be sent before the next word of the receiver.
    room: usize,
    done: bool,
}

impl Outgoing {
    pub(super) fn new(parcel: Parcel) -> Self {
        Self { parcel, bytes: None, sent: 0, room: PIECES_AHEAD, done: false }
    }

    /// It is packed.
    pub(super) fn fill(&mut self, bytes: Vec<u8>) {
        self.bytes = Some(bytes);
    }

    pub(super) fn is(&self, parcel: Parcel) -> bool {
        self.parcel == parcel
    }

    /// The receiver took one.
    pub(super) fn took(&mut self) {
        self.room = (self.room + 1).min(PIECES_AHEAD);
    }

    /// The next piece, while there is room.
    pub(super) fn next(&mut self) -> Option<Piece> {
        if self.done || self.room == 0 {
            return None;
        }
        let packed = self.bytes.as_ref()?;
        let rest = packed.get(self.sent..).unwrap_or_default();
        let bytes = rest.get(..PIECE_BYTES_MAX).unwrap_or(rest).to_vec();
        let first = self.sent == 0;
        self.sent += bytes.len();
        self.room -= 1;
        self.done = self.sent >= packed.len();
        Some(Piece { parcel: self.parcel, first, last: self.done, bytes })
    }
}

/// A parcel that comes in.
#[derive(Debug, Default)]
pub(super) struct Incoming {
    parcel: Option<Parcel>,
    bytes: Vec<u8>,
}

impl Incoming {
    /// Takes a piece; all bytes with the last one. Pieces of a parcel that was given up are passed over.
    ///
    /// # Errors
    /// `TooLong`.
    pub(super) fn take(&mut self, piece: Piece) -> Result<Option<Vec<u8>>, Fault> {
        if piece.first {
            *self = Self { parcel: Some(piece.parcel), bytes: Vec::new() };
        }
        if self.parcel != Some(piece.parcel) {
            return Ok(None);
        }
        if self.bytes.len() + piece.bytes.len() > PARCEL_BYTES_MAX {
            *self = Self::default();
            return Err(Fault::TooLong);
        }
        self.bytes.extend_from_slice(&piece.bytes);
        Ok(piece.last.then(|| std::mem::take(self).bytes))
    }
}
