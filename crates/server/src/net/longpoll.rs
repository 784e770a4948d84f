//! BOSH in the clear without an HTTP stack: thousands of connections that hold one request each and say nothing.
//!
//! Owns connections while they do what long polling does all day: a request of the usual form, its answer, the next one.
//! A connection that waits, for a request or for an answer, has no buffer. Never refuses anything: a connection whose
//! request is of any other form, does not become whole, or finds no room, goes to `others` with every byte it has sent,
//! and stays there.
//!
//! ```text
//!              whole request            answer
//!   Listening ───────────────▶ Holding ────────▶ Listening ...
//!       │ anything else           │ no room
//!       └───────────▶ others ◀────┘
//! ```
//!
//! | what | limit | then |
//! | --- | --- | --- |
//! | silence before the first request | the handshake time of `admission` | closed |
//! | silence between requests | [`IDLE_MAX`](super::web::IDLE_MAX) | closed |
//! | from the first byte of a request to its last | the handshake time | to `others` |
//! | length of a request | [`message::REQUEST_MAX`] | to `others` |
//! | a client that does not read its answer | [`READ_AT_LATEST`] | closed |

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;

use self::message::{Poll, Told};
use self::others::Moved;
use super::admission::{Gate, Place};
use super::cors::Pair;
use super::door::{Closing, GRACE, Serve};
use super::refusals::Refusal;
use super::web::IDLE_MAX;
use crate::clock::Clock;
use crate::inbox::{Ask, Inbox, Memory, Ticket};

mod message;
mod others;

/// Bytes taken from the socket at once: a request of a browser, mostly.
const READ_BYTES: usize = 2 * 1024;

/// How long the system may take to accept an answer. One of the usual size fits into its buffers at once.
const READ_AT_LATEST: Duration = Duration::from_secs(30);

/// When no connection can be accepted, because no descriptors are left, it is tried again after this long.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves BOSH; `routes` are for what is none, or none of the usual form.
pub(crate) fn serve(inbox: Inbox, clock: Clock, pair: Pair, routes: Router, gate: Gate) -> Serve {
    Box::new(move |socket, closing| {
        let (others, served) = others::serve(&routes, &gate, closing.clone());
        let (inbox, pair, gate) = (inbox.clone(), pair.clone(), gate.clone());
        let polls = Arc::new(Polls { inbox, clock, pair, gate, others });
        Box::pin(async move {
            let (listened, served) = tokio::join!(polls.listen(socket, closing), served);
            listened.and(served)
        })
    })
}

/// What all connections share.
struct Polls {
    inbox: Inbox,
    clock: Clock,
    pair: Pair,
    gate: Gate,
    others: mpsc::Sender<Moved>,
}

/// What becomes of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// The next request.
    Listen,
    /// It ends.
    End,
    /// It goes to `others`.
    Move,
}

impl Polls {
    async fn listen(self: Arc<Self>, socket: TcpListener, mut closing: Closing) -> io::Result<()> {
        socket.set_nonblocking(true)?;
        let socket = tokio::net::TcpListener::from_std(socket)?;
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                () = closing.asked() => break,
                accepted = socket.accept() => match accepted {
                    Ok((stream, _)) => self.take(stream, &closing, &mut connections),
                    Err(_) => {
                        self.gate.refusals().note(Refusal::NotAccepted);
                        tokio::time::sleep(ACCEPT_PAUSE).await;
                    }
                },
                Some(_) = connections.join_next() => {}
            }
        }
        drop(socket);
        while connections.join_next().await.is_some() {}
        Ok(())
    }

    fn take(self: &Arc<Self>, stream: TcpStream, closing: &Closing, connections: &mut JoinSet<()>) {
        let Ok(peer) = stream.peer_addr() else { return };
        if let Ok(place) = self.gate.admit(peer.ip()) {
            // Somebody waits for each answer; without it they only come later.
            let _ = stream.set_nodelay(true);
            let connection = Connection { stream, heard: Vec::new() };
            connections.spawn(Arc::clone(self).converse(connection, place, closing.clone()));
        }
    }

    async fn converse(self: Arc<Self>, mut connection: Connection, place: Place, mut closing: Closing) {
        let mut quiet_max = self.gate.handshake();
        loop {
            let told = tokio::select! {
                told = connection.hear(quiet_max, self.gate.handshake()) => told,
                () = closing.asked() => return,
            };
            let then = match told {
                Some(Told::Poll(poll)) => self.hold(&mut connection, poll, &mut closing).await,
                Some(Told::Other | Told::Part) => Then::Move,
                None => Then::End,
            };
            match then {
                Then::Listen => quiet_max = IDLE_MAX,
                Then::End => return,
                Then::Move => break,
            }
        }
        let Connection { stream, mut heard } = connection;
        // Kept as long as the connection.
        heard.shrink_to_fit();
        // If nobody takes it, the door is closing.
        let _ = self.others.send(Moved { stream, heard, place }).await;
    }

    /// Waits as long as the session lets it. If the client goes first, the ticket falls and tells the node.
    async fn hold(&self, connection: &mut Connection, poll: Poll, closing: &mut Closing) -> Then {
        let Some(ticket) = self.ask(connection, &poll) else { return Then::Move };
        connection.forget(poll.body.end);
        let answer = tokio::select! {
            answer = ticket.answer() => answer,
            () = connection.gone() => None,
            () = closing.elapsed(GRACE) => None,
        };
        // The client has gone, the door has closed, or the node has ended.
        let Some(answer) = answer else { return Then::End };
        let last = poll.last || closing.has_begun();
        let granted = poll.origin.as_deref().map(|origin| self.pair.granted(origin)).unwrap_or_default();
        let bytes = message::answer(&answer, &granted, last, self.clock.now().wall);
        self.write(connection, &bytes, last).await
    }

    /// Puts the request into the inbox; `None` if there is no room.
    fn ask(&self, connection: &Connection, poll: &Poll) -> Option<Ticket> {
        let body = connection.heard.get(poll.body.clone())?;
        let memory = self.inbox.reserve_body(Memory::Bosh, u32::try_from(body.len()).ok()?).ok()?;
        self.inbox.send(Ask::Bosh(body.to_vec()), memory).ok()
    }

    async fn write(&self, connection: &mut Connection, bytes: &[u8], last: bool) -> Then {
        match timeout(READ_AT_LATEST, connection.stream.write_all(bytes)).await {
            Ok(Ok(())) if !last => Then::Listen,
            Ok(Ok(())) => {
                let _ = connection.stream.shutdown().await;
                Then::End
            }
            Ok(Err(_)) => Then::End,
            Err(_) => {
                self.gate.refusals().note(Refusal::NotReading);
                Then::End
            }
        }
    }
}

/// A socket, and what was read from it and not yet handled.
struct Connection {
    stream: TcpStream,
    heard: Vec<u8>,
}

impl Connection {
    /// The next request, or what came instead of one in time. `None` if nothing came.
    async fn hear(&mut self, quiet_max: Duration, whole_within: Duration) -> Option<Told> {
        if self.heard.is_empty() && !timeout(quiet_max, self.more()).await.ok()? {
            return None;
        }
        timeout(whole_within, self.whole()).await.ok().or(Some(Told::Part))
    }

    async fn whole(&mut self) -> Told {
        loop {
            match message::read(&self.heard) {
                Told::Part if self.more().await => {}
                told => return told,
            }
        }
    }

    /// Reads something; false at the end. Takes no memory before there is something to read.
    async fn more(&mut self) -> bool {
        if self.stream.readable().await.is_err() {
            return false;
        }
        self.heard.reserve(READ_BYTES);
        matches!(self.stream.read_buf(&mut self.heard).await, Ok(1..))
    }

    /// Drops a request that was handled, and all memory if nothing follows it.
    fn forget(&mut self, until: usize) {
        self.heard = self.heard.get(until..).unwrap_or_default().to_vec();
    }

    /// Resolves when the client has closed the connection. Of one that has sent its next request already, that shows
    /// later.
    async fn gone(&self) {
        if let Ok(1..) = self.stream.peek(&mut [0]).await {
            std::future::pending().await
        }
    }
}
