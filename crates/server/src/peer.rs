//! The link to the other node of the pair: one connection, both ends known to each other, alive or told to be dead.
//!
//! Owns the socket, TLS, frames, keep-alives and the bounds of the link. Never decides what a message means: fencing is
//! the node's, service control is `service`'s.
//!
//! The primary listens, the secondary dials. So there is never more than one connection on its way, and nothing has to
//! be settled when both nodes find each other at the same instant. The newest connection wins: a node that comes back
//! after a crash need not wait until its old connection is found to be dead.
//!
//! ```text
//!            0.1 s, doubled up to 1 s
//!   Dialing ◀─────────────────────────┐
//!      └─TCP, TLS 1.3, hello within 2 s─▶ Up ──silent for 2 s, closed, broken, replaced──┘
//! ```

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use node::failover::fence::Rank;
use rustls::pki_types::ServerName;
use tokio::task::JoinHandle;
use tracing::info;

mod accept;
mod dial;
mod hub;
mod link;
mod tally;
mod trust;

pub(crate) use hub::{Hub, Links, News, Order, REPORTS_MAX, Report, Stand};
pub use tally::Mishaps;
pub use trust::Fingerprint;
#[cfg(test)]
pub(crate) use trust::Identity;
pub(crate) use trust::roots;

use crate::net::cti::Host;
use crate::tls::TlsError;

/// From the first packet to the last byte of the other node's hello: three round trips, and certificates to check.
const GREETED_WITHIN: Duration = Duration::from_secs(2);

/// A node that has nothing to say says so after this time.
const ALIVE_EVERY: Duration = Duration::from_millis(500);

/// A peer that is not heard for so long is gone: no answer in 2 s counts as a lost link anyway
/// (`failover::fence::Settings::answer`), and three frames in a row do not come late by chance.
const DEAD_AFTER: Duration = Duration::from_secs(2);

/// How the link is set up.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Our own rank; the other node must have the other one.
    pub rank: Rank,
    /// Our own host name, for people at the other end.
    pub host: String,
    /// Which end of the connection we are.
    pub end: End,
    /// PEM file of our certificate, our own first.
    pub certificate: PathBuf,
    /// PEM file of its key.
    pub key: PathBuf,
    /// How the other node is known.
    pub trust: Trust,
}

/// Which end of the connection a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The primary takes the connection here.
    Listens(SocketAddr),
    /// The secondary connects to there.
    Dials(Host),
}

/// How the other node is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// By its certificate: it is one of these.
    Fingerprints(Vec<Fingerprint>),
    /// By an authority that vouches for its name.
    Authority {
        /// PEM file of the authority's certificates.
        file: PathBuf,
        /// What the other node's certificate must be valid for.
        name: ServerName<'static>,
    },
}

/// A link that is being kept; it ends when this is dropped.
pub(crate) struct Keeper {
    task: JoinHandle<()>,
    /// Where the primary listens.
    pub(crate) address: Option<SocketAddr>,
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Why there is no link, and will be none.
#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    /// Certificates.
    #[error("[peer]: {0}")]
    Tls(#[from] TlsError),
    /// The primary cannot listen.
    #[error("[peer]: cannot listen on {address}: {reason}")]
    Bind {
        /// Where.
        address: SocketAddr,
        /// What the system said.
        reason: std::io::Error,
    },
}

/// Keeps the link from now on.
pub(crate) async fn keep(settings: &Settings, hub: Hub) -> Result<Keeper, PeerError> {
    let identity = trust::Identity::load(settings)?;
    info!(what = "peer.identity", "our certificate for the peer link has SHA-256 {}", identity.fingerprint);
    match &settings.end {
        End::Listens(address) => {
            let bind_error = |reason| PeerError::Bind { address: *address, reason };
            let listener = tokio::net::TcpListener::bind(address).await.map_err(bind_error)?;
            let address = listener.local_addr().map_err(bind_error)?;
            let task = tokio::spawn(accept::accept(listener, identity.acceptor()?, hub));
            Ok(Keeper { task, address: Some(address) })
        }
        End::Dials(host) => {
            let task = tokio::spawn(dial::dial(host.clone(), identity.connector()?, hub));
            Ok(Keeper { task, address: None })
        }
    }
}
