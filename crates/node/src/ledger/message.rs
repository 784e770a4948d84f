//! What two nodes say to each other about the log.

use super::Head;

/// The writer is the primary, the follower the secondary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The writer asks where the follower stands.
    Where,
    /// The follower says it.
    Stand {
        /// Where its log stands, if it has one.
        head: Option<Head>,
        /// It wants the whole state: what came was damaged.
        whole: bool,
    },
    /// The writer wants what follows this place, or the whole state.
    Lack(Option<Head>),
    /// The follower has not got that place in its log.
    Unknown,
    /// The writer says where it stands, and that each has what the other lacks.
    Diverged(Head),
    /// A part of what one gives to the other.
    Piece(Piece),
    /// The receiver of pieces has room for one more.
    Took(Parcel),
    /// What was given is on disk there, and that log stands here now.
    Kept(Parcel, Head),
}

/// Numbers what is given; a sender never uses one twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Parcel(pub u64);

/// Some bytes of a parcel, in their order.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece {
    /// Of which.
    pub parcel: Parcel,
    /// Whether a parcel begins with it.
    pub first: bool,
    /// Whether a parcel ends with it.
    pub last: bool,
    /// At most [`PIECE_BYTES_MAX`](super::PIECE_BYTES_MAX).
    pub bytes: Vec<u8>,
}

/// Without the bytes: there are passwords among them.
impl std::fmt::Debug for Piece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { parcel, first, last, bytes } = self;
        write!(f, "Piece({}, {} bytes, first: {first}, last: {last})", parcel.0, bytes.len())
    }
}
