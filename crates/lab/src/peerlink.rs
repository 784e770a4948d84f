//! The fault point on the link between the two desktop servers: the secondary dials it, and it dials the primary.
//!
//! Owns both sockets of each connection. What is between them is the same as on the links to the CTI servers, so it has
//! the same faults. Never sees more than TLS.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::fault::{Condition, LinkFault};
use crate::net::Net;
use crate::parts::{CtiServer, Link, NodeName};
use crate::tally::Tally;
use crate::wire::{Ear, Heard, Wire};

/// Reads that may wait between the two sockets.
const HEARD_MAX: usize = 64;

/// One read: a few frames.
const READ_MAX: usize = 16 * 1024;

/// Connections are counted in a tally of their own, under a name that means nothing there.
const COUNTED_AS: Link = Link { node: NodeName::Two, cti: CtiServer::A };

/// What the page shows of the link between the two desktop servers.
#[derive(Clone, Debug, Serialize)]
pub struct PeerState {
    /// Its faults.
    pub condition: Condition,
    /// Connections that are up, as far as TCP goes.
    pub up: u64,
    /// Connects since the lab started.
    pub dials: u64,
    /// Bytes that have passed, both ways.
    pub bytes: u64,
}

/// The fault point, while its address is open.
#[derive(Debug)]
pub(crate) struct PeerLink {
    condition: watch::Sender<Condition>,
    tally: Tally,
    clock: Clock,
    task: JoinHandle<()>,
}

impl Drop for PeerLink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl PeerLink {
    /// Opens its address.
    pub(crate) async fn open(net: Net, clock: Clock) -> io::Result<Self> {
        let listener = TcpListener::bind(net.peer_fault_point()).await?;
        let (condition, tally) = (watch::Sender::default(), Tally::default());
        let point = Point { condition: condition.subscribe(), tally: tally.clone(), clock, to: net.peer() };
        Ok(Self { condition, tally, clock, task: tokio::spawn(Arc::new(point).accept(listener)) })
    }

    /// Breaks or heals the link.
    pub(crate) fn apply(&self, fault: &LinkFault) {
        self.condition.send_modify(|condition| condition.apply(fault, self.clock.now()));
    }

    /// How it is now.
    pub(crate) fn state(&self) -> PeerState {
        let tally = self.tally.link(COUNTED_AS);
        PeerState {
            condition: self.condition.borrow().clone(),
            up: tally.up,
            dials: tally.dials,
            bytes: tally.bytes_up + tally.bytes_down,
        }
    }
}

/// How the timeline tells a fault of this link.
pub(crate) fn story(fault: &LinkFault) -> (&'static str, String, Vec<(&'static str, String)>) {
    let does = fault.does("node-2");
    let what = match fault {
        LinkFault::Clear => "peer-link.clear",
        LinkFault::Refuse => "peer-link.refuse",
        LinkFault::Reset => "peer-link.reset",
        LinkFault::Hang => "peer-link.hang",
        LinkFault::Blackhole => "peer-link.blackhole",
        LinkFault::Latency { .. } => "peer-link.latency",
        LinkFault::Flap { .. } => "peer-link.flap",
        LinkFault::Corrupt { .. } => "peer-link.corrupt",
    };
    (what, format!("the peer link {does}"), fault.numbers())
}

struct Point {
    condition: watch::Receiver<Condition>,
    tally: Tally,
    clock: Clock,
    to: SocketAddr,
}

impl Point {
    async fn accept(self: Arc<Self>, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => self.take(stream),
                // Out of descriptors, or the peer was gone before it was taken: neither ends the listener.
                Err(error) => {
                    tracing::warn!(%error, "a connection of the peer link could not be taken");
                    tokio::task::yield_now().await;
                }
            }
        }
    }

    fn take(&self, stream: TcpStream) {
        let now = self.clock.now();
        let refused = self.condition.borrow().refuses(now);
        self.tally.dialed(COUNTED_AS, !refused, now);
        if refused {
            // Dropped with this it is reset; where it cannot be set, it closes.
            let _ = stream.set_zero_linger();
            return;
        }
        let _ = stream.set_nodelay(true);
        let (inbox, heard) = mpsc::channel(HEARD_MAX);
        let wire = Wire::new(COUNTED_AS, stream, self.condition.clone(), self.clock, self.tally.clone());
        tokio::spawn(wire.carry(Ear { id: 0, inbox }));
        tokio::spawn(far_end(heard, self.to));
    }
}

/// The primary's side of one connection; it goes when either side does.
async fn far_end(mut heard: mpsc::Receiver<(u64, Heard)>, to: SocketAddr) {
    let Some((_, Heard::Opened { say, .. })) = heard.recv().await else { return };
    let Ok(stream) = TcpStream::connect(to).await else { return };
    let _ = stream.set_nodelay(true);
    let (reader, writer) = stream.into_split();
    tokio::select! {
        () = forth(heard, writer) => {}
        () = back(reader, say) => {}
    }
}

async fn forth(mut heard: mpsc::Receiver<(u64, Heard)>, mut to: OwnedWriteHalf) {
    while let Some((_, Heard::Bytes(bytes))) = heard.recv().await {
        if to.write_all(&bytes).await.is_err() {
            return;
        }
    }
}

async fn back(mut from: OwnedReadHalf, say: mpsc::Sender<Vec<u8>>) {
    loop {
        let mut bytes = Vec::with_capacity(READ_MAX);
        match from.read_buf(&mut bytes).await {
            Ok(1..) if say.send(bytes).await.is_ok() => {}
            Ok(_) | Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    const GUARD: Duration = Duration::from_secs(20);

    async fn echo(net: Net) -> JoinHandle<()> {
        let listener = TcpListener::bind(net.peer()).await.unwrap();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (mut reader, mut writer) = stream.into_split();
                tokio::spawn(async move { tokio::io::copy(&mut reader, &mut writer).await });
            }
        })
    }

    async fn said_back(stream: &mut TcpStream, word: &[u8; 4]) -> io::Result<()> {
        stream.write_all(word).await?;
        let mut back = [0; 4];
        timeout(GUARD, stream.read_exact(&mut back)).await.unwrap()?;
        assert_eq!(&back, word);
        Ok(())
    }

    #[tokio::test]
    async fn the_link_carries_is_cut_and_comes_back() {
        let net: Net = "127.70.20".parse().unwrap();
        let _primary = echo(net).await;
        let link = PeerLink::open(net, Clock::start()).await.unwrap();
        let dial = || TcpStream::connect(net.peer_fault_point());
        let mut first = dial().await.unwrap();
        said_back(&mut first, b"one!").await.unwrap();
        assert_eq!((link.state().up, link.state().dials), (1, 1));
        link.apply(&LinkFault::Refuse);
        let cut = timeout(GUARD, first.read(&mut [0; 4])).await.unwrap();
        assert!(cut.is_err(), "{cut:?}");
        let mut refused = dial().await.unwrap();
        assert!(said_back(&mut refused, b"two!").await.is_err());
        link.apply(&LinkFault::Clear);
        said_back(&mut dial().await.unwrap(), b"tri!").await.unwrap();
    }

    #[tokio::test]
    async fn a_primary_that_is_down_closes_what_the_fault_point_took() {
        let net: Net = "127.70.21".parse().unwrap();
        let _link = PeerLink::open(net, Clock::start()).await.unwrap();
        let mut stream = TcpStream::connect(net.peer_fault_point()).await.unwrap();
        let end = timeout(GUARD, stream.read(&mut [0; 4])).await.unwrap();
        assert!(matches!(end, Ok(0) | Err(_)), "{end:?}");
    }
}
