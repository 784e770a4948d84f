//! The rules of one session, as seen by its client and by its server. Neither side knows about sockets: bytes go in,
//! bytes and news come out.

pub mod client;
pub mod server;

mod check;
mod filter;

use crate::frame::FrameTooLong;
use crate::{DecodeError, Message, Version};

/// The peer broke the protocol; the session is over and the connection is worth nothing any more.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// A length that no message has: garbage, or a stream that lost its place.
    #[error(transparent)]
    TooLong(#[from] FrameTooLong),
    /// A known message whose body does not follow its layout.
    #[error("{name}: {error}")]
    Body {
        /// The published name of the message.
        name: &'static str,
        /// What is wrong with it.
        error: DecodeError,
    },
    /// A message that has no place in this state of the session.
    #[error("{name} came {when}")]
    Unexpected {
        /// The published name of the message.
        name: &'static str,
        /// The state of the session.
        when: &'static str,
    },
    /// More bytes than a session that waits for its owner keeps.
    #[error("{bytes} bytes came before the session was open")]
    Flood {
        /// Bytes waiting.
        bytes: usize,
    },
}

/// What a session has counted since it began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Messages received.
    pub messages: u64,
    /// Of these, messages without a known layout.
    pub unknown_messages: u64,
    /// Floating fields skipped because their message has no member for them.
    pub unknown_fields: u64,
}

impl Counters {
    /// Decodes and counts.
    fn decode(&mut self, kind: u32, body: &[u8], version: Version) -> Result<Message, ProtocolError> {
        let decoded = Message::decode_counting(kind, body, version).map_err(|error| ProtocolError::Body {
            name: crate::kind_name(kind).unwrap_or("UNKNOWN"),
            error,
        })?;
        self.messages += 1;
        self.unknown_fields += u64::from(decoded.unknown_fields);
        self.unknown_messages += u64::from(matches!(decoded.message, Message::Unknown(_)));
        Ok(decoded.message)
    }
}
