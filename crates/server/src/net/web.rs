//! HTTP at a door: with or without TLS, each connection with its limits.

use std::future::{Ready, ready};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use axum_server::accept::Accept;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Handle, Server};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower_http::add_extension::AddExtension;
use tracing::debug;

use super::door::{Closing, GRACE, Serve, Serving};
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

/// HTTP in the clear.
pub(crate) fn clear(routes: Router) -> Serve {
    Box::new(move |socket, closing| {
        let (server, routes) = (axum_server::from_tcp(socket), with(&routes, &closing));
        serving(closing, async move |handle| {
            let server = limited(server?).handle(handle).acceptor(Capped::new());
            server.serve(routes.into_make_service()).await
        })
    })
}

/// HTTP over TLS.
pub(crate) fn tls(routes: Router, certificate: RustlsConfig) -> Serve {
    Box::new(move |socket, closing| {
        let (server, routes) = (axum_server::from_tcp(socket), with(&routes, &closing));
        let acceptor = RustlsAcceptor::new(certificate.clone()).acceptor(Capped::new());
        serving(closing, async move |handle| {
            let server = limited(server?).handle(handle).acceptor(acceptor);
            server.serve(routes.into_make_service()).await
        })
    })
}

/// A handler whose connection outlives its request, as that of a WebSocket does, takes `Extension<Closing>`.
fn with(routes: &Router, closing: &Closing) -> Router {
    routes.clone().layer(Extension(closing.clone()))
}

fn serving<F>(mut closing: Closing, serve: impl FnOnce(Handle<SocketAddr>) -> F) -> Serving
where
    F: Future<Output = io::Result<()>> + Send + 'static,
{
    let handle = Handle::new();
    let served = serve(handle.clone());
    Box::pin(async move {
        let mut served = std::pin::pin!(served);
        tokio::select! {
            ended = &mut served => return ended,
            () = closing.asked() => handle.graceful_shutdown(Some(GRACE)),
        }
        served.await
    })
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
