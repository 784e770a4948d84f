//! Where a log stands, and the checksums that prove it.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Write;

/// Names a log from its beginning on. By chance, so that two logs never have the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Generation(pub u64);

impl fmt::Display for Generation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A SHA-256.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The first bytes are enough to tell them apart.
impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take(4).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Hash {
    /// From its digits, as they are shown.
    pub(super) fn parse(digits: &[u8; 64]) -> Option<Self> {
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.as_chunks::<2>().0) {
            *byte = u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    pub(super) fn of(parts: &[&[u8]]) -> Self {
        let mut digest = Sha256::new();
        parts.iter().for_each(|part| digest.update(part));
        Self(digest.finalize().into())
    }

    /// Of the objects that these writes set.
    pub fn of_writes(writes: &[Write]) -> Self {
        let mut sum = Self::default();
        let set = writes.iter().filter_map(|write| Some((write.key.as_str(), write.value.as_deref()?)));
        set.for_each(|(key, value)| sum.toggle(key, value));
        sum
    }

    /// Of one object. The length keeps the key apart from the value.
    fn of_object(key: &str, value: &str) -> Self {
        let length = u64::try_from(key.len()).unwrap_or(u64::MAX).to_be_bytes();
        Self::of(&[b"object", &length, key.as_bytes(), value.as_bytes()])
    }

    /// The sum of a state with this object, or without it: objects come and go in any order. It finds mistakes, not
    /// forgeries; those who could forge are the two nodes themselves.
    pub(super) fn toggle(&mut self, key: &str, value: &str) {
        let object = Self::of_object(key, value);
        self.0.iter_mut().zip(object.0).for_each(|(byte, other)| *byte ^= other);
    }
}

/// A place in a log. Two logs with the same head are the same up to there, and have the same state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The log's.
    pub generation: Generation,
    /// Changes up to here. 0: nobody has changed anything since the log was begun.
    pub seq: u64,
    /// Of the state: all objects.
    pub sum: Hash,
    /// Of everything above, of the change, and of the head before.
    pub hash: Hash,
}

impl Head {
    /// A log begins with this state.
    pub(super) fn origin(generation: Generation, sum: Hash) -> Self {
        let hash = Hash::of(&[b"origin", &generation.0.to_be_bytes(), &sum.0]);
        Self { generation, seq: 0, sum, hash }
    }

    /// Proves the head itself, where no entry follows that would.
    pub fn proof(&self) -> Hash {
        let numbers = [self.generation.0.to_be_bytes(), self.seq.to_be_bytes()].concat();
        Hash::of(&[b"head", &numbers, &self.sum.0, &self.hash.0])
    }

    /// After one more change.
    pub(super) fn next(&self, generation: Generation, sum: Hash, change: &str) -> Self {
        let seq = self.seq.saturating_add(1);
        let numbers = [generation.0.to_be_bytes(), seq.to_be_bytes()].concat();
        let hash = Hash::of(&[b"entry", &self.hash.0, &numbers, &sum.0, change.as_bytes()]);
        Self { generation, seq, sum, hash }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "change {} of generation {}", self.seq, self.generation)
    }
}
