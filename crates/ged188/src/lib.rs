//! The CTI server protocol GED-188, protocol versions 13 to 24, both roles.
//!
//! This crate owns the wire: framing, the layout of every published message, and the rules of a session as seen by
//! its client and by its server. It never opens a socket, reads a clock or decides where to connect; whoever owns
//! the connection hands in bytes and times and sends what comes out.
//!
//! - [`Message`] and the structs behind it are generated from `spec/ged188.toml` (the machine-readable twin of
//!   ged188.md); [`values`] holds the enumerations and masks.
//! - [`frame::Framer`] cuts the stream into messages.
//! - [`session::client::Client`] and [`session::server::Server`] are the two ends of a session.

mod error;
pub mod frame;
mod hidden;
mod message;
#[rustfmt::skip]
pub mod messages;
mod number;
mod quirks;
mod reader;
pub mod session;
mod text;
#[rustfmt::skip]
pub mod values;
mod version;
mod writer;

pub use error::{DecodeError, EncodeError};
pub use hidden::Sketch;
pub use message::{Decoded, Unknown};
pub use messages::*;
pub use values::*;
pub use version::Version;

/// The number that stands for no call, no peripheral, no service and no skill group.
pub const NULL_ID: u32 = u32::MAX;
