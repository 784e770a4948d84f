//! What takes long and needs nothing of a log: parcels are packed and unpacked beside the node's thread.

use super::parcel::Content;
use super::{Fault, Log, Parcel};

/// To be done by whoever drives the node, wherever it disturbs nobody; [`Work::run`] is all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work(pub(super) Job);

/// What came of a [`Work`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done(pub(super) Outcome);

/// Names a parcel that came in while it is unpacked. Never used twice by a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnpackId(pub(super) u64);

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Job {
    Pack(Parcel, Content),
    Unpack {
        id: UnpackId,
        bytes: Vec<u8>,
        /// Broken on purpose: checksums are not looked at.
        trusting: bool,
    },
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    Packed(Parcel, Vec<u8>),
    Unpacked(UnpackId, Result<Content, Fault>),
}

impl Work {
    /// Does it. Depends on nothing else: the same work always comes to the same.
    pub fn run(self) -> Done {
        Done(match self.0 {
            Job::Pack(parcel, content) => Outcome::Packed(parcel, content.bytes()),
            Job::Unpack { id, bytes, trusting } => Outcome::Unpacked(id, unpack(&bytes, trusting)),
        })
    }
}

/// A whole state proves itself; whether changes follow is for whoever has the log.
fn unpack(bytes: &[u8], trusting: bool) -> Result<Content, Fault> {
    let content = Content::read(bytes)?;
    if let Content::Whole { snapshot, proof, .. } = &content
        && !trusting
    {
        if snapshot.proof() != *proof {
            return Err(Fault::Checksum);
        }
        Log::check(snapshot)?;
    }
    Ok(content)
}

/// Without the bytes: there are passwords among them.
impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pack(parcel, _) => write!(f, "Pack({})", parcel.0),
            Self::Unpack { id, bytes, .. } => write!(f, "Unpack({}, {} bytes)", id.0, bytes.len()),
        }
    }
}

/// Likewise.
impl std::fmt::Debug for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Packed(parcel, bytes) => write!(f, "Packed({}, {} bytes)", parcel.0, bytes.len()),
            Self::Unpacked(id, outcome) => write!(f, "Unpacked({}, {:?})", id.0, outcome.as_ref().err()),
        }
    }
}
