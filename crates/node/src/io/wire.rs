//! Lasting connections of clients: TCP and WebSocket.

use std::fmt;

/// Names a lasting connection; chosen by the shell, never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WireId(pub u64);

/// What can happen to a lasting connection.
#[derive(Clone, PartialEq, Eq)]
pub enum WireNews {
    /// It is up: over TCP, or a WebSocket whose handshake is done.
    Connected(xmpp::Transport),
    /// Any piece of a TCP stream, or one whole message of a WebSocket, at most 1 MiB.
    Bytes(Vec<u8>),
    /// A ping or pong frame came over a WebSocket.
    Pong,
    /// One [`Output::WireWrite`](crate::Output::WireWrite) is with the operating system.
    Written,
    /// It is closed or broken.
    Gone,
}

/// As derived, but for the bytes: passwords come in them.
impl fmt::Debug for WireNews {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connected(transport) => f.debug_tuple("Connected").field(transport).finish(),
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
            Self::Pong => f.write_str("Pong"),
            Self::Written => f.write_str("Written"),
            Self::Gone => f.write_str("Gone"),
        }
    }
}
