//! The primary's part: it takes connections, and keeps the one that proves to be the secondary's.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tracing::warn;

use super::GREETED_WITHIN;
use super::hub::Hub;
use super::link::{Greeted, carry, greet, is_tls};
use super::tally::Mishap;

/// Connections that may be on their way to a greeting, of all addresses together. The other node needs one.
const STRANGERS_MAX: usize = 16;

/// Of one address, so that a single host cannot keep the other node out.
const STRANGERS_OF_ONE_MAX: usize = 4;

/// Refusals are told at most once in this time, with how many there were: anybody can cause them.
const TELL_EVERY: Duration = Duration::from_secs(1);

pub(super) async fn accept(listener: TcpListener, tls: TlsAcceptor, hub: Hub) {
    let mut lobby = Lobby::default();
    let mut links = JoinSet::new();
    let mut tell = interval(TELL_EVERY);
    tell.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            taken = listener.accept() => match taken {
                Ok((stream, from)) => lobby.enter(stream, from, &tls, &hub),
                // Out of descriptors, or gone before it was taken: neither ends the listener.
                Err(reason) => {
                    lobby.refused(&reason.to_string());
                    tokio::time::sleep(TELL_EVERY / 10).await;
                }
            },
            Some(left) = lobby.strangers.join_next(), if !lobby.strangers.is_empty() => {
                if let Ok((from, outcome)) = left
                    && let Some(greeted) = lobby.leave(from, outcome)
                {
                    let hub = hub.clone();
                    links.spawn(async move { drop(carry(greeted, &hub).await) });
                }
            }
            _ = tell.tick(), if lobby.refusals > 0 => lobby.tell(),
            Some(_) = links.join_next(), if !links.is_empty() => {}
        }
    }
}

type Peer = Greeted<TlsStream<TcpStream>>;

/// Those who have not proved yet who they are.
#[derive(Default)]
struct Lobby {
    strangers: JoinSet<(IpAddr, Result<Peer, String>)>,
    /// Each of them holds the ticket of its address for as long as it lives.
    by_address: BTreeMap<IpAddr, Arc<()>>,
    /// Not told yet, and why the last one was refused.
    refusals: u64,
    last: String,
}

impl Lobby {
    fn enter(&mut self, stream: TcpStream, from: SocketAddr, tls: &TlsAcceptor, hub: &Hub) {
        self.by_address.retain(|_, ticket| Arc::strong_count(ticket) > 1);
        let ticket = self.by_address.entry(from.ip()).or_default();
        if self.strangers.len() >= STRANGERS_MAX || Arc::strong_count(ticket) > STRANGERS_OF_ONE_MAX {
            hub.note(Mishap::Crowded);
            self.refused(&format!("{from}: too many connections at once"));
            return;
        }
        let ticket = Arc::clone(ticket);
        let (tls, hub) = (tls.clone(), hub.clone());
        self.strangers.spawn(async move {
            let _ticket = ticket;
            let greeted = timeout(GREETED_WITHIN, prove(stream, &tls, &hub)).await;
            (from.ip(), greeted.unwrap_or_else(|_| late(&hub)))
        });
    }

    fn leave(&mut self, from: IpAddr, outcome: Result<Peer, String>) -> Option<Peer> {
        outcome.inspect_err(|why| self.refused(&format!("{from}: {why}"))).ok()
    }

    fn refused(&mut self, why: &str) {
        self.refusals += 1;
        self.last = why.to_owned();
    }

    fn tell(&mut self) {
        let (refusals, last) = (std::mem::take(&mut self.refusals), std::mem::take(&mut self.last));
        warn!(what = "peer.refused", refusals, "the peer port refused a connection: {last}");
    }
}

fn late(hub: &Hub) -> Result<Peer, String> {
    hub.note(Mishap::Late);
    Err(format!("it did not greet within {GREETED_WITHIN:?}"))
}

async fn prove(stream: TcpStream, tls: &TlsAcceptor, hub: &Hub) -> Result<Peer, String> {
    stream.set_nodelay(true).map_err(|why| why.to_string())?;
    let stream = tls.accept(stream).await.map_err(|why| {
        is_tls(&why).then(|| hub.note(Mishap::Unauthenticated));
        why.to_string()
    })?;
    greet(stream, hub).await.map_err(|why| {
        why.mishap().into_iter().for_each(|mishap| hub.note(mishap));
        why.to_string()
    })
}
