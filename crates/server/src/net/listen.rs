//! The listeners: bound before anything else starts, opened and closed with their services, ended together.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use node::Services;
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

use super::admission::Admission;
use super::cors::Pair;
use super::door::{Door, Posture, Serve};
use super::longpoll;
use super::tcp::{self, Xmpp};
use super::web;
use crate::clock::Clock;
use crate::inbox::{Inbox, WireInbox};

/// Where to listen. Port 0 lets the system choose, for tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ports {
    /// The address of all listeners.
    pub address: IpAddr,
    /// REST without TLS; `None` leaves it closed.
    pub rest_http: Option<u16>,
    /// REST with TLS.
    pub rest_https: u16,
    /// BOSH without TLS; `None` leaves it closed.
    pub bosh_http: Option<u16>,
    /// BOSH with TLS.
    pub bosh_https: u16,
    /// XMPP over TCP with STARTTLS; `None` leaves it closed.
    pub xmpp_tcp: Option<u16>,
    /// XMPP over TLS.
    pub xmpp_tls: u16,
}

/// The addresses that were bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// REST without TLS.
    pub rest_http: Option<SocketAddr>,
    /// REST with TLS.
    pub rest_https: SocketAddr,
    /// BOSH without TLS.
    pub bosh_http: Option<SocketAddr>,
    /// BOSH with TLS.
    pub bosh_https: SocketAddr,
    /// XMPP over TCP with STARTTLS.
    pub xmpp_tcp: Option<SocketAddr>,
    /// XMPP over TLS.
    pub xmpp_tls: SocketAddr,
}

/// A port could not be opened.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}: {reason}")]
pub struct BindError {
    address: SocketAddr,
    reason: io::Error,
}

/// Bound sockets that nobody serves yet.
pub(crate) struct Bound {
    rest_http: Option<TcpListener>,
    rest_https: TcpListener,
    bosh_http: Option<TcpListener>,
    bosh_https: TcpListener,
    xmpp_tcp: Option<TcpListener>,
    xmpp_tls: TcpListener,
}

/// What the listeners serve, and to whom.
pub(crate) struct Served {
    pub(crate) rest: Router,
    pub(crate) bosh: Router,
    /// Whose pages may read answers of BOSH.
    pub(crate) pair: Pair,
    pub(crate) inbox: Inbox,
    pub(crate) wires: WireInbox,
    pub(crate) clock: Clock,
    pub(crate) tls: RustlsConfig,
    pub(crate) admission: Arc<Admission>,
}

impl Bound {
    pub(crate) fn new(ports: &Ports) -> Result<Self, BindError> {
        let bind = |port| bind(SocketAddr::new(ports.address, port));
        Ok(Self {
            rest_http: ports.rest_http.map(bind).transpose()?,
            rest_https: bind(ports.rest_https)?,
            bosh_http: ports.bosh_http.map(bind).transpose()?,
            bosh_https: bind(ports.bosh_https)?,
            xmpp_tcp: ports.xmpp_tcp.map(bind).transpose()?,
            xmpp_tls: bind(ports.xmpp_tls)?,
        })
    }

    pub(crate) fn addresses(&self) -> io::Result<Addresses> {
        Ok(Addresses {
            rest_http: self.rest_http.as_ref().map(TcpListener::local_addr).transpose()?,
            rest_https: self.rest_https.local_addr()?,
            bosh_http: self.bosh_http.as_ref().map(TcpListener::local_addr).transpose()?,
            bosh_https: self.bosh_https.local_addr()?,
            xmpp_tcp: self.xmpp_tcp.as_ref().map(TcpListener::local_addr).transpose()?,
            xmpp_tls: self.xmpp_tls.local_addr()?,
        })
    }

    /// Serves REST and XMPP, each in the clear where asked for, and with TLS, while their services run.
    pub(crate) fn serve(self, served: Served, services: watch::Receiver<Services>) -> io::Result<Listening> {
        let Served { rest, bosh, pair, inbox, wires, clock, tls, admission } = served;
        let (mut platform, mut notification) = (Doors::new(), Doors::new());
        if let Some(socket) = self.rest_http {
            platform.add("REST", socket, web::clear(rest.clone(), admission.gate()))?;
        }
        platform.add("REST over TLS", self.rest_https, web::tls(rest, tls.clone(), admission.gate()))?;
        if let Some(socket) = self.bosh_http {
            let polls = longpoll::serve(inbox, clock, pair, bosh.clone(), admission.gate());
            notification.add("BOSH", socket, polls)?;
        }
        notification.add("BOSH over TLS", self.bosh_https, web::tls(bosh, tls.clone(), admission.gate()))?;
        let xmpp = |direct_tls| {
            let (inbox, tls) = (wires.clone(), tcp::tls_config(&tls.get_inner()));
            tcp::serve(Xmpp { inbox, gate: admission.gate(), tls, direct_tls })
        };
        if let Some(socket) = self.xmpp_tcp {
            notification.add("XMPP over TCP", socket, xmpp(false))?;
        }
        notification.add("XMPP over TLS", self.xmpp_tls, xmpp(true))?;
        Ok(Listening::follow(platform, notification, services))
    }
}

/// Running listeners, by the service that they belong to.
pub(crate) struct Listening {
    /// HTTP: REST, pages, and WebSocket there.
    pub(crate) platform: Doors,
    /// XMPP over every transport.
    pub(crate) notification: Doors,
    follower: AbortHandle,
}

impl Listening {
    /// From now on the doors are open while their services run.
    pub(crate) fn follow(platform: Doors, notification: Doors, services: watch::Receiver<Services>) -> Self {
        let wanted = (platform.wanted.clone(), notification.wanted.clone());
        let follower = tokio::spawn(follow(services, wanted.0, wanted.1)).abort_handle();
        Self { platform, notification, follower }
    }

    /// Takes no more connections, lets answers in hand go out, and ends.
    pub(crate) async fn stop(self) {
        self.follower.abort();
        tokio::join!(self.platform.end(), self.notification.end());
    }
}

async fn follow(mut services: watch::Receiver<Services>, platform: Wanted, notification: Wanted) {
    loop {
        let now = *services.borrow_and_update();
        want(&platform, now.platform);
        want(&notification, now.notification);
        if services.changed().await.is_err() {
            return;
        }
    }
}

type Wanted = Arc<watch::Sender<bool>>;

fn want(doors: &Wanted, open: bool) {
    doors.send_if_modified(|wanted| std::mem::replace(wanted, open) != open);
}

/// The doors of one service: open together, closed together.
pub(crate) struct Doors {
    wanted: Wanted,
    postures: Vec<watch::Receiver<Posture>>,
    tasks: JoinSet<()>,
}

impl Doors {
    pub(crate) fn new() -> Self {
        Self { wanted: Arc::new(watch::Sender::new(true)), postures: Vec::new(), tasks: JoinSet::new() }
    }

    /// Opens a door with a socket that is bound already.
    pub(crate) fn add(&mut self, what: &'static str, socket: TcpListener, serve: Serve) -> io::Result<()> {
        let door = Door { what, address: socket.local_addr()?, serve };
        let (report, posture) = watch::channel(Posture::Open);
        self.postures.push(posture);
        self.tasks.spawn(door.attend(socket, self.wanted.subscribe(), report));
        Ok(())
    }

    /// How they stand, to be asked at any time.
    pub(crate) fn postures(&self) -> Postures {
        Postures(self.postures.clone())
    }

    async fn end(mut self) {
        want(&self.wanted, false);
        // Closing cannot fail.
        let _ = self.postures().settled(false).await;
        self.tasks.shutdown().await;
    }
}

/// How the doors of one service stand.
#[derive(Clone)]
pub(crate) struct Postures(Vec<watch::Receiver<Posture>>);

impl Postures {
    /// Resolves when each door is as it should be, or has failed to open; then says why.
    pub(crate) async fn settled(&self, open: bool) -> Result<(), String> {
        for posture in &self.0 {
            let settled = |posture: &Posture| (*posture == Posture::Closed) != open;
            // A door that is no longer attended is closed.
            let _ = posture.clone().wait_for(settled).await;
        }
        let trouble = self.trouble();
        if open && !trouble.is_empty() { Err(trouble) } else { Ok(()) }
    }

    /// Why doors that should be open are not; nothing if all is well.
    pub(crate) fn trouble(&self) -> String {
        let why = |posture: &watch::Receiver<Posture>| match &*posture.borrow() {
            Posture::Opening(why) => Some(why.clone()),
            Posture::Open | Posture::Closed => None,
        };
        self.0.iter().filter_map(why).collect::<Vec<_>>().join("; ")
    }
}

fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address).map_err(|reason| BindError { address, reason })
}
