//! One AWDB host: its address, the fault points of the ways to it, its distributor.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tokio::task::JoinHandle;
use tokio_rustls::rustls::ServerConfig;

use super::access::{Access, Account};
use super::conversation::converse;
use super::database::File;
use super::fault::{AwdbFault, SessionFaults};
use super::tally::{AwdbTally, Counts};
use crate::clock::Clock;
use crate::fault::Condition;
use crate::net::Net;
use crate::parts::{AwdbHost, CtiServer, Link, NodeName};
use crate::tally::Tally;
use crate::wire::{Ear, Wire};

/// Connections at once; a pool of ten for each of two desktop servers leaves room for every console in the house.
const CONNECTIONS_MAX: usize = 256;
/// Reads of one client that may wait for their turn: a request of 1 MB comes in as many.
const HEARD_MAX: usize = 64;
/// How often a running distributor moves Controller_Time; the real feed takes some ten seconds, and drills cannot wait.
const FEED: Duration = Duration::from_secs(1);

/// Connections of a host are counted in a tally of its own, under names that mean nothing there but the node's.
const fn counted_as(node: NodeName) -> Link {
    Link { node, cti: CtiServer::A }
}

/// A host, whether its address is open or not.
#[derive(Debug)]
pub(super) struct Host {
    ground: Arc<Ground>,
    listener: Mutex<Option<JoinHandle<()>>>,
    distributor: watch::Sender<bool>,
    feed: JoinHandle<()>,
}

#[derive(Debug)]
struct Ground {
    name: AwdbHost,
    net: Net,
    clock: Clock,
    file: File,
    account: Account,
    tls: Arc<ServerConfig>,
    tally: Tally,
    ways: BTreeMap<NodeName, Way>,
    room: Arc<Semaphore>,
}

/// The way from one desktop server, or from anybody else.
#[derive(Debug, Default)]
struct Way {
    condition: watch::Sender<Condition>,
    faults: watch::Sender<SessionFaults>,
    counts: Counts,
}

/// What one conversation is given.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) name: AwdbHost,
    pub(super) clock: Clock,
    pub(super) file: File,
    pub(super) account: Account,
    pub(super) tls: Arc<ServerConfig>,
    pub(super) faults: watch::Receiver<SessionFaults>,
    pub(super) counts: Counts,
    /// Its room among the connections, until it is over.
    _room: OwnedSemaphorePermit,
}

impl Drop for Host {
    fn drop(&mut self) {
        self.feed.abort();
        if let Some(listener) = self.listener.get_mut() {
            listener.abort();
        }
    }
}

impl Host {
    /// Opens its address and starts its distributor.
    pub(super) async fn open(
        name: AwdbHost,
        net: Net,
        clock: Clock,
        file: File,
        access: &Access,
    ) -> io::Result<Self> {
        let ground = Arc::new(Ground {
            name,
            net,
            clock,
            account: access.account.clone(),
            tls: access.tls(name),
            tally: Tally::default(),
            ways: NodeName::ALL.map(|node| (node, Way::default())).into(),
            room: Arc::new(Semaphore::new(CONNECTIONS_MAX)),
            file: file.clone(),
        });
        let distributor = watch::Sender::new(true);
        let feed = tokio::spawn(feed(clock, file, distributor.subscribe(), FEED));
        let host = Self { ground, listener: Mutex::default(), distributor, feed };
        host.start().await?;
        Ok(host)
    }

    /// Opens its address; false if it is open.
    pub(super) async fn start(&self) -> io::Result<bool> {
        let mut listener = self.listener.lock().await;
        if listener.is_some() {
            return Ok(false);
        }
        let socket = TcpListener::bind(self.ground.net.awdb(self.ground.name)).await?;
        *listener = Some(tokio::spawn(Arc::clone(&self.ground).accept(socket)));
        Ok(true)
    }

    /// Closes its address and resets every connection; false if it was down.
    pub(super) async fn kill(&self) -> bool {
        let Some(mut listener) = self.listener.lock().await.take() else { return false };
        listener.abort();
        // The task is over either way; only then is its socket gone.
        let _ = (&mut listener).await;
        self.ground.ways.values().for_each(|way| way.condition.send_modify(|condition| condition.cuts += 1));
        true
    }

    /// Ends it for good: the address, the connections and the distributor.
    pub(super) async fn close(&self) {
        self.feed.abort();
        self.kill().await;
    }

    /// Whether its address is open.
    pub(super) async fn is_up(&self) -> bool {
        self.listener.lock().await.is_some()
    }

    /// Stops or starts its distributor; false if it is already so.
    pub(super) fn distribute(&self, run: bool) -> bool {
        self.distributor.send_replace(run) != run
    }

    /// Whether its distributor runs.
    pub(super) fn distributes(&self) -> bool {
        *self.distributor.borrow()
    }

    /// Its file.
    pub(super) fn file(&self) -> &std::path::Path {
        &self.ground.file.0
    }

    /// Breaks or heals the way from a node.
    pub(super) fn fault(&self, node: NodeName, fault: &AwdbFault) {
        let Some(way) = self.ground.ways.get(&node) else { return };
        way.faults.send_modify(|faults| faults.apply(fault));
        if let AwdbFault::Link(fault) = fault {
            way.condition.send_modify(|condition| condition.apply(fault, self.ground.clock.now()));
        }
    }

    /// How the way from a node is.
    pub(super) fn condition(&self, node: NodeName) -> (Condition, SessionFaults) {
        let way = self.ground.ways.get(&node);
        way.map(|way| (way.condition.borrow().clone(), *way.faults.borrow())).unwrap_or_default()
    }

    /// What passed it.
    pub(super) fn tally(&self, node: NodeName) -> AwdbTally {
        let counted = self.ground.ways.get(&node).map(|way| way.counts.read()).unwrap_or_default();
        let link = self.ground.tally.link(counted_as(node));
        AwdbTally {
            dials: link.dials,
            up: link.up,
            bytes_up: link.bytes_up,
            bytes_down: link.bytes_down,
            ..counted
        }
    }
}

impl Ground {
    async fn accept(self: Arc<Self>, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, from)) => self.take(stream, self.net.node_at(from.ip())),
                // Out of descriptors, or the client was gone before it was taken: neither ends the listener.
                Err(error) => {
                    tracing::warn!(host = %self.name, %error, "a connection could not be taken");
                    tokio::task::yield_now().await;
                }
            }
        }
    }

    fn take(&self, stream: TcpStream, node: NodeName) {
        let Some(way) = self.ways.get(&node) else { return };
        let now = self.clock.now();
        let room =
            Arc::clone(&self.room).try_acquire_owned().ok().filter(|_| !way.condition.borrow().refuses(now));
        self.tally.dialed(counted_as(node), room.is_some(), now);
        let Some(room) = room else {
            // Dropped with this it is reset; where it cannot be set, it closes.
            let _ = stream.set_zero_linger();
            return;
        };
        let _ = stream.set_nodelay(true);
        let (inbox, heard) = mpsc::channel(HEARD_MAX);
        let wire =
            Wire::new(counted_as(node), stream, way.condition.subscribe(), self.clock, self.tally.clone());
        tokio::spawn(wire.carry(Ear { id: 0, inbox }));
        tokio::spawn(converse(heard, self.place(way, room)));
    }

    fn place(&self, way: &Way, room: OwnedSemaphorePermit) -> Place {
        Place {
            name: self.name,
            clock: self.clock,
            file: self.file.clone(),
            account: self.account.clone(),
            tls: Arc::clone(&self.tls),
            faults: way.faults.subscribe(),
            counts: way.counts.clone(),
            _room: room,
        }
    }
}

/// The distributor: moves the clock of the AWDB while it runs.
async fn feed(clock: Clock, file: File, mut runs: watch::Receiver<bool>, every: Duration) {
    while runs.wait_for(|runs| *runs).await.is_ok() {
        let file = file.clone();
        let moved = tokio::task::spawn_blocking(move || file.move_controller_time()).await;
        if let Ok(Err(error)) = moved {
            tracing::warn!(%error, "Controller_Time could not be moved");
        }
        clock.sleep_until(clock.now() + every).await;
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    #[tokio::test]
    async fn a_distributor_moves_the_time_until_it_is_stopped() {
        let path = std::env::temp_dir().join(format!("holdfast-feed-{}.sqlite", std::process::id()));
        let at = Connection::open(&path).unwrap();
        let table =
            "CREATE TABLE t_Controller_Time (NowTime datetime); INSERT INTO t_Controller_Time VALUES ('old')";
        at.execute_batch(table).unwrap();
        let now_time = || {
            at.query_row("SELECT NowTime FROM t_Controller_Time", [], |row| row.get::<_, String>(0)).unwrap()
        };
        let (clock, runs, every) = (Clock::start(), watch::Sender::new(false), Duration::from_millis(2));
        let feed = tokio::spawn(feed(clock, File(path.clone()), runs.subscribe(), every));
        clock.sleep_until(clock.now() + 20 * every).await;
        assert_eq!(now_time(), "old", "it does not run yet");
        runs.send_replace(true);
        while now_time() == "old" {
            tokio::task::yield_now().await;
        }
        runs.send_replace(false);
        clock.sleep_until(clock.now() + 20 * every).await;
        let stopped = now_time();
        clock.sleep_until(clock.now() + 20 * every).await;
        assert_eq!(now_time(), stopped);
        feed.abort();
        std::fs::remove_file(path).unwrap();
    }
}
