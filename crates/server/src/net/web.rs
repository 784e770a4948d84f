//! HTTP at a door: with or without TLS, each connection with its limits.

use std::fmt::Debug;
use std::future::{Ready, ready};
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use axum_server::accept::Accept;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Address, Handle, Server};
use tokio::net::TcpStream;
use tower_http::add_extension::AddExtension;
use tracing::debug;

use super::admission::{Gate, Place};
use super::door::{Closing, GRACE, Serve, Serving};
use super::refusals::Refusal;

/// How long a connection may rest between requests; longer than the 10 s between two polls of SystemInfo.
pub(super) const IDLE_MAX: Duration = Duration::from_secs(75);

/// Longest request head: several times what browsers send with cookies.
const HEAD_BYTES_MAX: u32 = 32 * 1024;

/// Requests that one HTTP/2 connection may have open: a desktop needs two held ones and a few for REST.
const STREAMS_MAX: u32 = 64;

/// HTTP in the clear.
pub(crate) fn clear(routes: Router, gate: Gate) -> Serve {
    Box::new(move |socket, closing| {
        let (server, routes) = (axum_server::from_tcp(socket), with(&routes, &closing));
        let gate = gate.clone();
        serving(closing, async move |handle| {
            let server = limited(server?, &gate).handle(handle).acceptor(Guarded { gate });
            server.serve(routes.into_make_service()).await
        })
    })
}

/// Marks the requests that came over TLS.
#[derive(Clone, Copy)]
pub(super) struct OverTls;

/// HTTP over TLS.
pub(crate) fn tls(routes: Router, certificate: RustlsConfig, gate: Gate) -> Serve {
    Box::new(move |socket, closing| {
        let (server, routes) =
            (axum_server::from_tcp(socket), with(&routes, &closing).layer(Extension(OverTls)));
        let acceptor = RustlsAcceptor::new(certificate.clone()).handshake_timeout(gate.handshake());
        let (acceptor, gate) = (acceptor.acceptor(Guarded { gate: gate.clone() }), gate.clone());
        serving(closing, async move |handle| {
            let server = limited(server?, &gate).handle(handle).acceptor(acceptor);
            server.serve(routes.into_make_service()).await
        })
    })
}

/// A handler whose connection outlives its request, as that of a WebSocket does, takes `Extension<Closing>`.
pub(super) fn with(routes: &Router, closing: &Closing) -> Router {
    routes.clone().layer(Extension(closing.clone()))
}

pub(super) fn serving<A, F>(mut closing: Closing, serve: impl FnOnce(Handle<A>) -> F) -> Serving
where
    A: Address + Send + 'static,
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

/// With the limits of every HTTP connection.
pub(super) fn limited<A: Address + Debug, B>(mut server: Server<A, B>, gate: &Gate) -> Server<A, B> {
    let builder = server.http_builder();
    builder.http1().header_read_timeout(IDLE_MAX).max_buf_size(HEAD_BYTES_MAX as usize);
    builder.http2().max_concurrent_streams(STREAMS_MAX).max_header_list_size(HEAD_BYTES_MAX);
    builder.http2().keep_alive_interval(IDLE_MAX);
    let refusals = Arc::clone(gate.refusals());
    server.first_request_timeout(gate.handshake()).accept_error_handler(move |peer, reason| {
        // What the gate refuses, it has counted.
        match reason.get_ref().and_then(|inner| inner.downcast_ref::<Refusal>()) {
            Some(_) => {}
            None if peer.is_some() => refusals.note(Refusal::Handshake),
            None => refusals.note(Refusal::NotAccepted),
        }
        debug!(?peer, %reason, "a connection was not accepted");
    })
}

/// Lets in whom the gate admits.
#[derive(Clone)]
struct Guarded {
    gate: Gate,
}

/// A connection's place; it travels with the connection's service, so it is free again when the connection has ended.
/// Whoever takes the connection over, as a WebSocket does, takes it with him.
pub(crate) type Seat = Arc<Place>;

impl Guarded {
    fn seat<S>(&self, stream: TcpStream, service: S) -> io::Result<(TcpStream, AddExtension<S, Seat>)> {
        let place = self.gate.admit(stream.peer_addr()?.ip()).map_err(io::Error::other)?;
        stream.set_nodelay(true)?;
        Ok((stream, AddExtension::new(service, Arc::new(place))))
    }
}

impl<S> Accept<TcpStream, S> for Guarded {
    type Stream = TcpStream;
    type Service = AddExtension<S, Seat>;
    type Future = Ready<io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        ready(self.seat(stream, service))
    }
}
