//! The listeners: bound before anything else starts, opened and closed with their services, ended together.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::admission::Admission;
use super::door::{Door, Posture, Serve};
use super::tcp::{self, Xmpp};
use super::web;
use crate::inbox::WireInbox;

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
    pub(crate) wires: WireInbox,
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

    /// Serves REST and XMPP, each in the clear where asked for, and with TLS.
    pub(crate) fn serve(self, served: Served) -> io::Result<Listening> {
        let Served { rest, bosh, wires, tls, admission } = served;
        let (mut platform, mut notification) = (Doors::new(), Doors::new());
        if let Some(socket) = self.rest_http {
            platform.add("REST", socket, web::clear(rest.clone(), admission.gate()))?;
        }
        platform.add("REST over TLS", self.rest_https, web::tls(rest, tls.clone(), admission.gate()))?;
        if let Some(socket) = self.bosh_http {
            notification.add("BOSH", socket, web::clear(bosh.clone(), admission.gate()))?;
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
        Ok(Listening { platform, notification })
    }
}

/// Running listeners, by the service that they belong to.
pub(crate) struct Listening {
    /// HTTP: REST, pages, and WebSocket there.
    pub(crate) platform: Doors,
    /// XMPP over every transport.
    pub(crate) notification: Doors,
}

impl Listening {
    /// Takes no more connections, lets answers in hand go out, and ends.
    pub(crate) async fn stop(self) {
        tokio::join!(self.platform.end(), self.notification.end());
    }
}

/// The doors of one service: open together, closed together.
pub(crate) struct Doors {
    wanted: watch::Sender<bool>,
    postures: Vec<watch::Receiver<Posture>>,
    tasks: JoinSet<()>,
}

impl Doors {
    fn new() -> Self {
        Self { wanted: watch::Sender::new(true), postures: Vec::new(), tasks: JoinSet::new() }
    }

    /// Opens a door with a socket that is bound already.
    pub(crate) fn add(&mut self, what: &'static str, socket: TcpListener, serve: Serve) -> io::Result<()> {
        let door = Door { what, address: socket.local_addr()?, serve };
        let (report, posture) = watch::channel(Posture::Open);
        self.postures.push(posture);
        self.tasks.spawn(door.attend(socket, self.wanted.subscribe(), report));
        Ok(())
    }

    /// Opens or closes all of them; returns at once.
    #[expect(dead_code, reason = "services are stopped and started through here next")]
    pub(crate) fn want(&self, open: bool) {
        self.wanted.send_if_modified(|wanted| std::mem::replace(wanted, open) != open);
    }

    #[expect(dead_code, reason = "services are stopped and started through here next")]
    /// Resolves when each door stands as it should, or cannot open; then says why one cannot.
    pub(crate) async fn settled(&self) -> Result<(), String> {
        let open = *self.wanted.borrow();
        for posture in &self.postures {
            let settled = |posture: &Posture| (*posture == Posture::Closed) != open;
            if let Ok(posture) = posture.clone().wait_for(settled).await
                && let Posture::Opening(why) = &*posture
                && open
            {
                return Err(why.clone());
            }
        }
        Ok(())
    }

    async fn end(self) {
        let Self { wanted, postures: _, mut tasks } = self;
        drop(wanted);
        while tasks.join_next().await.is_some() {}
    }
}

fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address).map_err(|reason| BindError { address, reason })
}
