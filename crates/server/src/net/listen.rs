//! The listeners: bound before anything else starts, each with its limits, ended together.

use std::future::{Ready, ready};
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::accept::Accept;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Handle, Server};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tower_http::add_extension::AddExtension;
use tracing::{debug, error};

use crate::inbox::EXCHANGES_MAX;

/// Connections of one listener. Browsers keep up to six to a host; on average a desktop holds two.
const CONNECTIONS_MAX: usize = EXCHANGES_MAX;

/// How long a new connection may take to its first complete request head.
const FIRST_REQUEST_AT_LATEST: Duration = Duration::from_secs(10);

/// How long a connection may rest between requests; longer than the 10 s between two polls of SystemInfo.
const IDLE_MAX: Duration = Duration::from_secs(75);

/// Longest request head: several times what browsers send with cookies.
const HEAD_BYTES_MAX: u32 = 32 * 1024;

/// Requests that one HTTP/2 connection may have open: a desktop needs two held ones and a few for REST.
const STREAMS_MAX: u32 = 64;

/// At the end, answers in hand may still go out; held requests are cut off.
const GRACE: Duration = Duration::from_millis(300);

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

/// Running listeners.
pub(crate) struct Listening {
    handle: Handle<SocketAddr>,
    tasks: JoinSet<()>,
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
        let mut listening = Listening { handle: Handle::new(), tasks: JoinSet::new() };
        for (socket, routes) in [(self.rest_http, rest), (self.bosh_http, bosh)] {
            if let Some(socket) = socket {
                listening.serve_clear(socket, routes)?;
            }
        }
        for (socket, routes) in [(self.rest_https, rest), (self.bosh_https, bosh)] {
            listening.serve_tls(socket, routes, tls)?;
        }
        Ok(listening)
    }
}

impl Listening {
    /// Takes no more connections, lets answers in hand go out, and ends.
    pub(crate) async fn stop(mut self) {
        self.handle.graceful_shutdown(Some(GRACE));
        while self.tasks.join_next().await.is_some() {}
    }

    fn serve_clear(&mut self, socket: TcpListener, routes: &Router) -> io::Result<()> {
        let server = limited(axum_server::from_tcp(socket)?).handle(self.handle.clone());
        self.run(server.acceptor(Capped::new()).serve(routes.clone().into_make_service()));
        Ok(())
    }

    fn serve_tls(&mut self, socket: TcpListener, routes: &Router, tls: &RustlsConfig) -> io::Result<()> {
        let server = limited(axum_server::from_tcp(socket)?).handle(self.handle.clone());
        let acceptor = RustlsAcceptor::new(tls.clone()).acceptor(Capped::new());
        self.run(server.acceptor(acceptor).serve(routes.clone().into_make_service()));
        Ok(())
    }

    fn run(&mut self, server: impl Future<Output = io::Result<()>> + Send + 'static) {
        self.tasks.spawn(async {
            if let Err(reason) = server.await {
                error!(%reason, "a listener has ended");
            }
        });
    }
}

fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address).map_err(|reason| BindError { address, reason })
}

fn limited<A>(mut server: Server<SocketAddr, A>) -> Server<SocketAddr, A> {
    let builder = server.http_builder();
    builder.http1().header_read_timeout(IDLE_MAX).max_buf_size(HEAD_BYTES_MAX as usize);
    builder.http2().max_concurrent_streams(STREAMS_MAX).max_header_list_size(HEAD_BYTES_MAX);
    builder.http2().keep_alive_interval(IDLE_MAX);
    server.first_request_timeout(FIRST_REQUEST_AT_LATEST).accept_error_handler(|peer, reason| {
        debug!(?peer, %reason, "a connection was not accepted");
    })
}

/// Refuses connections beyond [`CONNECTIONS_MAX`].
#[derive(Clone)]
struct Capped {
    places: Arc<Semaphore>,
}

/// A connection's place; it travels with the connection's service, so it is free again when the connection has ended.
type Place = Arc<OwnedSemaphorePermit>;

impl Capped {
    fn new() -> Self {
        Self { places: Arc::new(Semaphore::new(CONNECTIONS_MAX)) }
    }

    fn seat<S>(&self, stream: TcpStream, service: S) -> io::Result<(TcpStream, AddExtension<S, Place>)> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| io::Error::other("too many connections"))?;
        stream.set_nodelay(true)?;
        Ok((stream, AddExtension::new(service, Arc::new(place))))
    }
}

impl<S> Accept<TcpStream, S> for Capped {
    type Stream = TcpStream;
    type Service = AddExtension<S, Place>;
    type Future = Ready<io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        ready(self.seat(stream, service))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_place_is_free_again_when_the_connection_has_ended() {
        let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let connect = async || TcpStream::connect(socket.local_addr().unwrap()).await.unwrap();
        let capped = Capped { places: Arc::new(Semaphore::new(1)) };
        let first = capped.accept(connect().await, ()).await.unwrap();
        assert!(capped.accept(connect().await, ()).await.is_err());
        drop(first);
        assert!(capped.accept(connect().await, ()).await.is_ok());
    }
}
