//! The listeners: bound before anything else starts, opened and closed with their services, ended together.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};

use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::door::{Door, Posture, Serve};
use super::web;

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
}

impl Bound {
    pub(crate) fn new(ports: &Ports) -> Result<Self, BindError> {
        let bind = |port| bind(SocketAddr::new(ports.address, port));
        Ok(Self {
            rest_http: ports.rest_http.map(bind).transpose()?,
            rest_https: bind(ports.rest_https)?,
            bosh_http: ports.bosh_http.map(bind).transpose()?,
            bosh_https: bind(ports.bosh_https)?,
        })
    }

    pub(crate) fn addresses(&self) -> io::Result<Addresses> {
        Ok(Addresses {
            rest_http: self.rest_http.as_ref().map(TcpListener::local_addr).transpose()?,
            rest_https: self.rest_https.local_addr()?,
            bosh_http: self.bosh_http.as_ref().map(TcpListener::local_addr).transpose()?,
            bosh_https: self.bosh_https.local_addr()?,
        })
    }

    /// Serves REST and BOSH, each in the clear where asked for, and with TLS.
    pub(crate) fn serve(self, rest: &Router, bosh: &Router, tls: &RustlsConfig) -> io::Result<Listening> {
        let (mut platform, mut notification) = (Doors::new(), Doors::new());
        if let Some(socket) = self.rest_http {
            platform.add("REST", socket, web::clear(rest.clone()))?;
        }
        platform.add("REST over TLS", self.rest_https, web::tls(rest.clone(), tls.clone()))?;
        if let Some(socket) = self.bosh_http {
            notification.add("BOSH", socket, web::clear(bosh.clone()))?;
        }
        notification.add("BOSH over TLS", self.bosh_https, web::tls(bosh.clone(), tls.clone()))?;
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
