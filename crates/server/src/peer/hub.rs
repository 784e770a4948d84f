//! What all connections to the peer have in common: their numbers, which one counts, and who wants to hear of them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use node::PeerMessage;
use node::failover::fence::{Fault, LinkId, Rank};
use node::pair::Frame;
use tokio::sync::{mpsc, oneshot, watch};
use tracing::{info, warn};

use super::Settings;
use super::link::Ended;
use super::tally::{Mishap, Mishaps, Tally};

/// Frames that may wait for the peer to read them: at link-up all sessions of 12,000 agents (24 pages), 256 questions in
/// each direction with their answers and reports, 2,000 desktops that come back within the same instant, and the few
/// pieces of settings that are on their way at once.
pub(super) const OUTGOING_MAX: usize = 4096;

/// Messages that may wait for the node. When it is full, the socket is not read, and the peer has to wait.
pub(crate) const REPORTS_MAX: usize = 64;

/// Orders that the peer may have open: people give them.
const ORDERS_MAX: usize = 8;

/// How long the other node may take to carry out an order: longer than a service takes to start there.
const ANSWERED_WITHIN: Duration = Duration::from_secs(8);

/// News of the link, on its way to the node.
pub(crate) struct Report {
    pub(crate) link: LinkId,
    pub(crate) news: News,
}

/// What can happen.
pub(crate) enum News {
    /// A connection to the authenticated peer is up.
    Up(Outbox),
    /// The peer said this.
    Said(PeerMessage),
    /// It is gone.
    Down,
}

/// An order of the other node about the services of this one.
pub(crate) struct Order {
    /// As on the control socket.
    pub(crate) line: String,
    /// The other node.
    pub(crate) host: String,
    /// The answer; nobody waits any more if the link has gone.
    pub(crate) answer: oneshot::Sender<String>,
}

/// How the link stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stand {
    /// There is no `[peer]`.
    Off,
    /// No connection, and why.
    Down(String),
    /// To this host.
    Up(String),
}

/// Why the other node gave no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AskError {
    #[error("there is no link to the other node: {0}")]
    NoLink(String),
    #[error("the link to the other node was lost; whether the order was carried out there is not known")]
    Lost,
    #[error("the other node did not answer within {ANSWERED_WITHIN:?}")]
    NoAnswer,
    #[error("too many orders wait for the other node")]
    Full,
}

/// Shared by all connections; clones are the same hub.
#[derive(Clone)]
pub(crate) struct Hub(Arc<Inner>);

struct Inner {
    rank: Rank,
    host: String,
    reports: mpsc::Sender<Report>,
    orders: mpsc::Sender<Order>,
    numbers: AtomicU64,
    stand: watch::Sender<Stand>,
    /// The connection that counts; those with a smaller number end.
    newest: watch::Sender<Option<LinkId>>,
    current: Mutex<Option<Current>>,
    tally: Tally,
}

struct Current {
    link: LinkId,
    frames: mpsc::Sender<Frame>,
    asked: BTreeMap<u64, oneshot::Sender<String>>,
}

impl Hub {
    /// News goes to `reports`, orders of the peer to the receiver.
    pub(crate) fn new(
        settings: Option<&Settings>,
        reports: mpsc::Sender<Report>,
    ) -> (Self, mpsc::Receiver<Order>) {
        let (orders, ordered) = mpsc::channel(ORDERS_MAX);
        let first = settings.map_or(Stand::Off, |_| Stand::Down("not connected yet".into()));
        let inner = Inner {
            rank: settings.map_or(Rank::Primary, |settings| settings.rank),
            host: settings.map(|settings| settings.host.clone()).unwrap_or_default(),
            reports,
            orders,
            numbers: AtomicU64::new(1),
            stand: watch::Sender::new(first),
            newest: watch::Sender::new(None),
            current: Mutex::default(),
            tally: Tally::default(),
        };
        (Self(Arc::new(inner)), ordered)
    }

    /// How the link stands now.
    pub(crate) fn stand(&self) -> Stand {
        self.0.stand.borrow().clone()
    }

    /// What went wrong since the start.
    pub(crate) fn mishaps(&self) -> Mishaps {
        self.0.tally.totals()
    }

    pub(super) fn note(&self, mishap: Mishap) {
        self.0.tally.note(mishap);
    }

    /// Follows how the link stands.
    #[cfg(test)]
    pub(crate) fn follow(&self) -> watch::Receiver<Stand> {
        self.0.stand.subscribe()
    }

    /// Has the other node carry out an order.
    pub(crate) async fn ask(&self, line: String) -> Result<String, AskError> {
        let answer = self.send(line)?;
        match tokio::time::timeout(ANSWERED_WITHIN, answer).await {
            Ok(answer) => answer.map_err(|_| AskError::Lost),
            Err(_) => Err(AskError::NoAnswer),
        }
    }

    fn send(&self, line: String) -> Result<oneshot::Receiver<String>, AskError> {
        let mut current = self.current();
        let current = current.as_mut().ok_or_else(|| AskError::NoLink(self.stand().to_string()))?;
        current.asked.retain(|_, waiting| !waiting.is_closed());
        if current.asked.len() >= ORDERS_MAX {
            return Err(AskError::Full);
        }
        let id = self.0.numbers.fetch_add(1, Ordering::Relaxed);
        let (answer, waiting) = oneshot::channel();
        current.frames.try_send(Frame::Order { id, line }).map_err(|_| AskError::Full)?;
        current.asked.insert(id, answer);
        Ok(waiting)
    }

    pub(super) fn hello(&self) -> Frame {
        Frame::Hello { rank: self.0.rank, host: self.0.host.clone() }
    }

    /// Whether the other end has the rank that we have not.
    pub(super) fn is_other(&self, rank: Rank) -> bool {
        rank != self.0.rank
    }

    /// A connection has been greeted: from now on it is the one that counts.
    pub(super) async fn up(
        &self,
        host: &str,
        frames: mpsc::Sender<Frame>,
    ) -> (LinkId, oneshot::Receiver<Fault>) {
        let (hang_up, hung_up) = oneshot::channel();
        let link = self.replace_current(frames.clone());
        self.0.stand.send_replace(Stand::Up(host.into()));
        info!(what = "peer.up", "the link to {host} is up");
        self.report(link, News::Up(Outbox { frames, hang_up })).await;
        (link, hung_up)
    }

    /// Numbers grow in the order in which connections count, also when two are greeted at once.
    fn replace_current(&self, frames: mpsc::Sender<Frame>) -> LinkId {
        let mut current = self.current();
        let link = LinkId(self.0.numbers.fetch_add(1, Ordering::Relaxed));
        *current = Some(Current { link, frames, asked: BTreeMap::new() });
        self.0.newest.send_replace(Some(link));
        link
    }

    /// It has ended.
    pub(super) async fn down(&self, link: LinkId, why: &Ended) {
        self.note(Mishap::Lost);
        why.mishap().into_iter().for_each(|mishap| self.note(mishap));
        let counted = self.current().take_if(|current| current.link == link).is_some();
        if counted {
            self.0.stand.send_replace(Stand::Down(why.to_string()));
            warn!(
                what = "peer.down",
                "the link to the other node is down: {why}; forced logouts are not fenced until it is back"
            );
        }
        self.report(link, News::Down).await;
    }

    /// There is still none, and why; told once for each reason.
    pub(super) fn not_up(&self, why: String) {
        let down = Stand::Down(why);
        if *self.0.stand.borrow() != down {
            warn!(what = "peer.unreachable", "no link to the other node: {down}");
            self.0.stand.send_replace(down);
        }
    }

    /// Resolves when a newer connection is in this one's place.
    pub(super) async fn replaced(&self, link: LinkId) {
        let mut newest = self.0.newest.subscribe();
        let _ = newest.wait_for(|newest| *newest > Some(link)).await;
    }

    pub(super) async fn said(&self, link: LinkId, message: PeerMessage) {
        self.report(link, News::Said(message)).await;
    }

    /// Hands an order of the peer to service control; nobody there counts as too much to do.
    pub(super) fn ordered(&self, order: Order) -> Result<(), Order> {
        self.0.orders.try_send(order).map_err(mpsc::error::TrySendError::into_inner)
    }

    pub(super) fn answered(&self, link: LinkId, id: u64, line: String) {
        let mut current = self.current();
        let waiting = current.as_mut().filter(|it| it.link == link).and_then(|it| it.asked.remove(&id));
        // An answer that nobody waits for came too late.
        if let Some(waiting) = waiting {
            let _ = waiting.send(line);
        }
    }

    /// Waits for room: what the node has not taken holds up the reading, and with it the peer.
    async fn report(&self, link: LinkId, news: News) {
        let _ = self.0.reports.send(Report { link, news }).await;
    }

    fn current(&self) -> std::sync::MutexGuard<'_, Option<Current>> {
        self.0.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Display for Stand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Off => f.write_str("this node has no [peer] in its settings"),
            Self::Down(why) => f.write_str(why),
            Self::Up(host) => write!(f, "up to {host}"),
        }
    }
}

/// The node's way to say something over one connection. Dropped, it ends the connection.
pub(crate) struct Outbox {
    frames: mpsc::Sender<Frame>,
    hang_up: oneshot::Sender<Fault>,
}

/// The connections that the node has heard of.
#[derive(Default)]
pub(crate) struct Links(BTreeMap<LinkId, Outbox>);

impl Links {
    pub(crate) fn up(&mut self, link: LinkId, outbox: Outbox) {
        self.0.insert(link, outbox);
    }

    /// Whether news of this link is wanted.
    pub(crate) fn knows(&self, link: LinkId) -> bool {
        self.0.contains_key(&link)
    }

    pub(crate) fn forget(&mut self, link: LinkId) {
        self.0.remove(&link);
    }

    /// False if the peer has stopped reading: then the link ends. What is said to a link that is gone says nothing.
    pub(crate) fn send(&mut self, link: LinkId, message: PeerMessage) -> bool {
        let frame = match message {
            PeerMessage::Fence(message) => Frame::Fence(message),
            PeerMessage::Ledger(message) => Frame::Ledger(message),
        };
        let sent = self.0.get(&link).map(|outbox| outbox.frames.try_send(frame));
        match sent {
            None | Some(Ok(()) | Err(mpsc::error::TrySendError::Closed(_))) => true,
            Some(Err(mpsc::error::TrySendError::Full(_))) => {
                self.close(link, Fault::TooMany);
                false
            }
        }
    }

    pub(crate) fn close(&mut self, link: LinkId, fault: Fault) {
        if let Some(outbox) = self.0.remove(&link) {
            let _ = outbox.hang_up.send(fault);
        }
    }
}
