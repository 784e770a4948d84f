//! Where a log has been: the checksums of changes that are gone, so that what another log ends with can still be found.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{Fault, Hash, Head, PAST_MAX};

/// The checksums of all places before one, without a gap, the newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Past(VecDeque<Hash>);

impl Past {
    /// The newest last. More than [`PAST_MAX`] are not kept.
    pub fn new(hashes: impl IntoIterator<Item = Hash>) -> Self {
        let mut past = Self::default();
        hashes.into_iter().for_each(|hash| past.push(hash));
        past
    }

    /// The newest last.
    pub fn hashes(&self) -> impl DoubleEndedIterator<Item = &Hash> + ExactSizeIterator {
        self.0.iter()
    }

    pub(super) fn push(&mut self, hash: Hash) {
        self.0.push_back(hash);
        self.keep(PAST_MAX);
    }

    /// Only so many of the newest stay.
    pub(super) fn keep(&mut self, count: usize) {
        self.0.drain(..self.0.len().saturating_sub(count));
    }

    /// Whether `head` is one of the places before `end`; nothing if that was too long ago to be known.
    pub(super) fn contains(&self, head: &Head, end: &Head) -> Option<bool> {
        let back = usize::try_from(end.seq.checked_sub(head.seq)?).ok()?;
        let at = self.0.len().checked_sub(back)?;
        self.0.get(at).map(|hash| *hash == head.hash)
    }
}

/// Two digits a byte, one after the other: a list of numbers would take twice the room.
impl From<Past> for String {
    fn from(past: Past) -> Self {
        past.0.iter().map(Hash::to_string).collect()
    }
}

impl TryFrom<String> for Past {
    type Error = Fault;

    fn try_from(text: String) -> Result<Self, Fault> {
        let (hashes, rest) = text.as_bytes().as_chunks::<64>();
        if !rest.is_empty() || hashes.len() > PAST_MAX {
            return Err(Fault::Form);
        }
        hashes.iter().map(|digits| Hash::parse(digits).ok_or(Fault::Form)).collect::<Result<_, _>>().map(Self)
    }
}
