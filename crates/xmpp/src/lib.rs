//! XMPP as the notification clients use it: streams, SASL PLAIN, resource binding, presence and publish-subscribe,
//! carried over BOSH (XEP-0124, XEP-0206), TCP (RFC 6120) and WebSocket (RFC 7395). The reference is
//! notifications.md.
//!
//! [`Service`] holds all sessions of one node. It owns no socket, clock or random source: bytes and the time go in as
//! arguments, [`Output`]s come out. A transport (`bosh`, `wire`) knows requests, windows and frames and nothing of
//! stanzas; a stream (`stream`) knows stanzas and nothing of transports; the service joins the two and performs what a
//! stream asks for, because conflicts and subscriptions concern all sessions together. It never decides whether a
//! password is right, and never what an event says.

mod bosh;
mod config;
mod directory;
mod jid;
mod ns;
mod outgoing;
mod output;
mod pubsub;
mod service;
mod sids;
mod stream;
mod wire;

pub use bosh::Condition;
pub use config::ServiceConfig;
pub use output::{AuthOutcome, Counters, Denial, EndCause, Output, Password, Timer};
pub use service::Service;
pub use stream::StreamError;
pub use wire::Transport;
