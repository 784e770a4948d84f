//! Drives the pure `node` with sockets, tasks, SQL and the one clock: a desktop server as a running process.
//!
//! Owns listeners, links, the credential check, TLS, settings and logs. Never decides anything about agents, calls,
//! sessions or failover; that is `node`'s. Started by `holdfast serve`.
//!
//! ```text
//!  listeners ──▶ net::http ──┐                      ┌──▶ net::cti ──▶ CTI servers
//!                            ├─▶ inbox ─▶ drive ────┼──▶ awdb, office
//!  net::cti, awdb ───────────┘          (Node)      ├──▶ answers to clients
//!                                                   └──▶ snapshot for SystemInfo, log
//! ```

use std::io;
use std::sync::Arc;

use node::{Node, Services};
use tokio::runtime::Builder;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;
use tracing::info;

pub mod administrators;
pub mod awdb;
mod client_logs;
pub mod clock;
pub mod config;
pub mod descriptors;
mod disk;
mod drive;
mod inbox;
pub mod memory;
pub mod net;
mod office;
pub mod peer;
mod roster;
pub mod service;
mod store;
pub mod telemetry;
pub mod tls;

#[cfg(test)]
mod tests;

pub use net::listen::Addresses;
pub use node::api::PASSWORD_BYTES_MAX;
pub use node::domain::Secret;
pub use store::StoreError;
pub use tls::install_crypto;

use crate::awdb::Awdb;
use crate::client_logs::ClientLogs;
use crate::clock::Clock;
use crate::config::Config;
use crate::drive::{Core, Drive, State};
use crate::net::admission::Admission;
use crate::net::cors::Pair;
use crate::net::cti::Links;
use crate::net::http::{self, Front};
use crate::net::listen::{BindError, Bound, Listening, Served};
use crate::net::pages::Pages;
use crate::net::refusals::Refusals;
use crate::net::wires::Wires;
use crate::office::Office;
use crate::peer::{Hub, Keeper};
use crate::service::{Audit, Control, Desk};
use crate::store::Store;

/// Why a server could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A port is taken, or is not ours to take.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// No certificate.
    #[error(transparent)]
    Tls(#[from] tls::TlsError),
    /// The node got no thread of its own.
    #[error("no thread for the node: {0}")]
    Thread(io::Error),
    /// No link to the other node.
    #[error(transparent)]
    Peer(#[from] peer::PeerError),
    /// Nobody could stop or start a service.
    #[error(transparent)]
    Control(#[from] service::ControlError),
    /// Settings that were changed through the API cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A bound socket could not be served.
    #[error("a listener: {0}")]
    Listen(#[from] io::Error),
}

/// Runs a server until `stop` resolves.
pub async fn run(config: Config, stop: impl Future<Output = ()>) -> Result<(), StartError> {
    memory::small_pages();
    descriptors::raise();
    let server = Server::start(config).await?;
    stop.await;
    server.stop().await;
    Ok(())
}

/// A running server.
pub struct Server {
    addresses: Addresses,
    listening: Listening,
    /// Tells in the log who was refused.
    teller: JoinSet<()>,
    refusals: Arc<Refusals>,
    _control: Control,
    peer: Option<Keeper>,
    roster: roster::Keeper,
    #[cfg(test)]
    hub: Hub,
    stop: oneshot::Sender<()>,
    /// Resolves when the node's thread has nothing more to do.
    ended: oneshot::Receiver<()>,
}

impl Server {
    /// Opens the ports, loads or makes the certificate, and begins to dial.
    ///
    /// # Errors
    /// Why it cannot start.
    pub async fn start(mut config: Config) -> Result<Self, StartError> {
        let clock = Clock::start();
        let (store, log) = Store::open(&config.data_dir)?;
        let log = store.prepare(log, &mut config)?;
        let node = Node::with_log(config.node.clone(), log, clock.now());
        Self::start_with(node, clock, config, store).await
    }

    /// The addresses that were bound.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Where the primary listens for the other node.
    pub fn peer_address(&self) -> Option<std::net::SocketAddr> {
        self.peer.as_ref().and_then(|peer| peer.address)
    }

    /// Ends in order: no new connections, answers in hand go out, links are reset.
    pub async fn stop(mut self) {
        self.listening.stop().await;
        drop(self.peer);
        let _ = self.stop.send(());
        let _ = self.ended.await;
        self.roster.end().await;
        self.teller.shutdown().await;
        info!("refused since the start: {}", self.refusals.totals());
    }

    async fn start_with<C: Core>(
        core: C,
        clock: Clock,
        config: Config,
        store: Store,
    ) -> Result<Self, StartError> {
        let bound = Bound::new(&config.ports)?;
        let addresses = bound.addresses()?;
        let tls = tls::load(&config.tls).await?;
        let (inbox, wires, reports, inboxes) = inbox::inboxes();
        let (snapshot, newest) = watch::channel(None);
        let mut first_word = newest.clone();
        let (services, running) = watch::channel(Services::default());
        let (settings, settings_stand) = watch::channel(None);
        let refusals = Arc::new(Refusals::default());
        let admission = Admission::new(config.limits, clock, Arc::clone(&refusals));
        let front = Front {
            inbox: inbox.clone(),
            wires: wires.clone(),
            refusals: Arc::clone(&refusals),
            snapshot: newest.clone(),
            services: running.clone(),
            clock,
        };
        let pair = Pair::new(&config.node.primary, config.node.secondary.as_deref());
        let pages = Pages::new(&pair, &addresses, &config.desktop);
        let rest = pair.clone().admit(http::rest_routes(front.clone(), pages));
        let bosh = pair.clone().admit(http::bosh_routes(front));
        let served = Served { rest, bosh, pair, inbox, wires, clock, tls, admission };
        let listening = bound.serve(served, running.clone())?;
        let mut teller = JoinSet::new();
        teller.spawn(Arc::clone(&refusals).tell());
        let (hub, ordered) = Hub::new(config.peer.as_ref(), reports.peer.clone());
        let control = Control::bind(service::socket_path(&config.data_dir))?;
        let desk = Desk {
            host: config.node.host.clone(),
            clock,
            orders: reports.orders.clone(),
            figures: reports.figures.clone(),
            refusals: Arc::clone(&refusals),
            services: running,
            platform: listening.platform.postures(),
            notification: listening.notification.postures(),
            snapshot: newest,
            rank: config.node.fence.rank,
            file_ignored: config.file_ignored,
            settings: settings_stand,
            hub: hub.clone(),
            audit: Audit(service::audit_path(&config.data_dir)),
            one_at_a_time: tokio::sync::Mutex::default(),
        };
        let control = control.serve(desk, ordered);
        let remembered = roster::load(&roster::path(&config.data_dir));
        let state = State::remembering(remembered.iter().cloned().collect());
        let (roster, kept) = watch::channel(remembered);
        let drive = Drive {
            core,
            clock,
            inboxes,
            reports,
            links: Links::new(config.cti),
            wires: Wires::default(),
            refusals: Arc::clone(&refusals),
            peer: peer::Links::default(),
            office: Office::new(config.administrators, Arc::new(store), config.awdb.clone()),
            awdb: Awdb::new(config.awdb),
            client_logs: ClientLogs::new(&config.data_dir),
            snapshot,
            services,
            settings,
            roster,
            state,
        };
        let (stop, stopped) = oneshot::channel();
        let ended = own_thread(drive, stopped).map_err(StartError::Thread)?;
        // Whoever asks from now on gets an answer. A node that ended before its first word has no more to say.
        let _ = first_word.wait_for(Option::is_some).await;
        let peer = keep_peer(config.peer.as_ref(), &hub).await?;
        info!(rest = %addresses.rest_https, bosh = %addresses.bosh_https, xmpp = %addresses.xmpp_tls, "listening");
        Ok(Self {
            addresses,
            listening,
            teller,
            refusals,
            _control: control,
            peer,
            roster: roster::Keeper::new(roster::path(&config.data_dir), kept),
            #[cfg(test)]
            hub,
            stop,
            ended,
        })
    }
}

async fn keep_peer(settings: Option<&peer::Settings>, hub: &Hub) -> Result<Option<Keeper>, peer::PeerError> {
    match settings {
        Some(settings) => peer::keep(settings, hub.clone()).await.map(Some),
        None => {
            info!(what = "peer.off", "no [peer] in the settings: forced logouts are not fenced");
            Ok(None)
        }
    }
}

/// The node and its links have a thread of their own. When thousands of desktops have something to say at once, the
/// node waits for a core, which the system gives in turn to threads, and not for each of their connections.
fn own_thread<C: Core>(drive: Drive<C>, stop: oneshot::Receiver<()>) -> io::Result<oneshot::Receiver<()>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let (end, ended) = oneshot::channel();
    std::thread::Builder::new().name("node".into()).spawn(move || {
        runtime.block_on(drive.run(async { drop(stop.await) }));
        // Checks that still run on the blocking pool answer nobody.
        runtime.shutdown_background();
        let _ = end.send(());
    })?;
    Ok(ended)
}
