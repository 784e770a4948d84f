//! What can be wrong with a message, in either direction.

use crate::Version;

/// The peer broke the protocol: a body that does not follow its layout.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The body ends inside the fixed part.
    #[error("the body ends {missing} bytes before the end of its fixed part")]
    FixedPartShort {
        /// Bytes that are missing from the field being read.
        missing: usize,
    },
    /// One to three bytes where a floating tag and length should be.
    #[error("{got} stray bytes where a floating header should be")]
    FloatingHeaderShort {
        /// Bytes left.
        got: usize,
    },
    /// The length of a floating field runs past the end of the message.
    #[error("floating field {tag} says {length} bytes, but the message has only {left} left")]
    FloatingPastEnd {
        /// The field's tag.
        tag: u16,
        /// Its length as told by the peer.
        length: usize,
        /// Bytes left in the message.
        left: usize,
    },
    /// A number with a length that no number has, or with a value that does not fit its type.
    #[error("floating field {tag} is a number of {width} bytes, but {length} came")]
    NumberLength {
        /// The field's tag.
        tag: u16,
        /// The published width.
        width: usize,
        /// The length that came.
        length: usize,
    },
    /// A NAMEDARRAY without its index byte.
    #[error("floating field {tag} has no room for its index")]
    IndexMissing {
        /// The field's tag.
        tag: u16,
    },
}

/// We were asked to send something that the protocol cannot carry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// A text or opaque value is longer than its field. Nothing is ever cut: a cut identifier would name somebody
    /// else.
    #[error("{field} takes at most {max} bytes, but the value has {got}")]
    TooLong {
        /// The published name of the field.
        field: &'static str,
        /// Bytes allowed, a text's closing NUL included.
        max: usize,
        /// Bytes of the value, a text's closing NUL included.
        got: usize,
    },
    /// A text contains NUL, which would end it on the wire.
    #[error("{field} contains NUL")]
    NulInText {
        /// The published name of the field.
        field: &'static str,
    },
    /// An element of a list lacks its first member, which is what tells the receiver that a new element begins.
    #[error("an element of a list has no {field}, its first member")]
    FirstMemberMissing {
        /// The published name of the first member.
        field: &'static str,
    },
    /// The message as a whole is larger than the version allows.
    #[error("the message has {got} bytes, but version {version} allows {max}")]
    MessageTooLong {
        /// The version of the session.
        version: Version,
        /// Bytes allowed.
        max: usize,
        /// Bytes of the message, header included.
        got: usize,
    },
    /// The message does not exist in the version of the session.
    #[error("{name} exists since version {since}, but the session has version {version}")]
    TooNew {
        /// The published name of the message.
        name: &'static str,
        /// The first version that has it.
        since: u8,
        /// The version of the session.
        version: Version,
    },
    /// The session is not open, or not any more.
    #[error("the session is not open")]
    NotOpen,
}
