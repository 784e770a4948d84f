//! Connections that do something else than long polling: served by the complete HTTP stack from their first unhandled
//! byte on.

use std::fmt;
use std::future::{Ready, pending, ready};
use std::io::{self, Cursor, ErrorKind};
use std::sync::Arc;

use axum::Router;
use axum_server::accept::Accept;
use axum_server::{AddrListener, Address, Server};
use tokio::io::{AsyncReadExt, Chain, Join, join};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::{Mutex, mpsc};
use tower_http::add_extension::AddExtension;

use super::super::admission::{Gate, Place};
use super::super::door::{Closing, Serving};
use super::super::web::{Seat, limited, serving, with};

/// Connections that wait for their new home, which takes each at once.
const MOVED_MAX: usize = 64;

/// A connection with everything that was read from it and not handled.
pub(super) struct Moved {
    pub(super) stream: TcpStream,
    pub(super) heard: Vec<u8>,
    pub(super) place: Place,
}

/// The way to move a connection, and what serves those that moved.
pub(super) fn serve(routes: &Router, gate: &Gate, closing: Closing) -> (mpsc::Sender<Moved>, Serving) {
    let (others, moved) = mpsc::channel(MOVED_MAX);
    let server = Server::<Indoors>::from_listener(Hall(Mutex::new(moved)));
    let (server, routes) = (limited(server, gate).acceptor(Seated), with(routes, &closing));
    let served =
        serving(closing, async move |handle| server.handle(handle).serve(routes.into_make_service()).await);
    (others, served)
}

/// Where moved connections come from.
#[derive(Clone, Copy)]
struct Indoors;

impl fmt::Debug for Indoors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a BOSH listener")
    }
}

impl Address for Indoors {
    type Stream = Moved;
    type Listener = Hall;
}

/// Where they arrive.
struct Hall(Mutex<mpsc::Receiver<Moved>>);

impl AddrListener<Moved, Indoors> for Hall {
    async fn bind_to(_: Indoors) -> io::Result<Self> {
        Err(ErrorKind::Unsupported.into())
    }

    async fn accept_stream(&self) -> io::Result<(Moved, Indoors)> {
        match self.0.lock().await.recv().await {
            Some(moved) => Ok((moved, Indoors)),
            None => pending().await,
        }
    }

    fn get_local_addr(&self) -> io::Result<Indoors> {
        Ok(Indoors)
    }
}

/// Lets everybody in: they have their places.
#[derive(Clone)]
struct Seated;

impl<S> Accept<Moved, S> for Seated {
    type Stream = Join<Chain<Cursor<Vec<u8>>, OwnedReadHalf>, OwnedWriteHalf>;
    type Service = AddExtension<S, Seat>;
    type Future = Ready<io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, moved: Moved, service: S) -> Self::Future {
        let Moved { stream, heard, place } = moved;
        let (reader, writer) = stream.into_split();
        let stream = join(Cursor::new(heard).chain(reader), writer);
        ready(Ok((stream, AddExtension::new(service, Arc::new(place)))))
    }
}
