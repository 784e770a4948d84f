//! What a client can do wrong. Each ends the connection; nothing else does.

/// Why a connection is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// A packet of a kind that does not belong here.
    #[error("a packet of type {kind:#04x} does not belong here")]
    UnexpectedPacket {
        /// The type byte.
        kind: u8,
    },
    /// A packet length below its own header.
    #[error("a packet is shorter than its header")]
    ShortPacket,
    /// More than a message may hold.
    #[error("a message is longer than {max} bytes")]
    LongMessage {
        /// The bound.
        max: usize,
    },
    /// A length or offset that leads out of the message.
    #[error("the {what} leads out of its message")]
    Truncated {
        /// What was being read.
        what: &'static str,
    },
    /// A field longer than the protocol allows.
    #[error("the {what} is longer than {max}")]
    TooLong {
        /// Which.
        what: &'static str,
        /// The bound.
        max: usize,
    },
    /// UTF-16 that is none.
    #[error("the {what} is not UTF-16")]
    NotText {
        /// What was being read.
        what: &'static str,
    },
    /// A version before 7.2.
    #[error("TDS version {0:#010x} is too old")]
    OldVersion(u32),
    /// A type of parameter that no query here takes.
    #[error("a parameter has the type {0:#04x}, which is not served")]
    ParameterType(u8),
    /// A parameter whose length does not fit its type.
    #[error("a parameter has a length that its type does not have")]
    ParameterLength,
    /// Several procedures in one message.
    #[error("a message calls more than one procedure")]
    ManyCalls,
    /// A transaction request of an unknown kind.
    #[error("a transaction request of kind {0} is not served")]
    Transaction(u16),
    /// Clear text while TLS was agreed on, or TLS while it was not.
    #[error("encryption was not agreed on in this way")]
    Encryption,
}
