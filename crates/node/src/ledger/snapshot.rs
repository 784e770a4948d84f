//! A log without its entries: what a node is given that is new, or was away for too long.

use serde::{Deserialize, Serialize};

use super::{Hash, Head, Objects, Past};

/// Where a log stands, where it has been, and the state.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Where it stands.
    pub head: Head,
    /// Where it was before.
    pub past: Past,
    /// The state, whose checksum is in the head.
    pub objects: Objects,
}

impl Snapshot {
    /// Of what neither an entry nor the state proves.
    pub(super) fn proof(&self) -> Hash {
        let past: Vec<&[u8]> = self.past.hashes().map(|hash| hash.0.as_slice()).collect();
        Hash::of(&[b"snapshot", &self.head.proof().0, &past.concat()])
    }
}

/// Without values: there are passwords among them.
impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Snapshot({:?}, {} objects)", self.head, self.objects.len())
    }
}
