//! The ways in to the task that owns the node: one bounded inbox per kind of news, and the slots that bound them.
//!
//! Never handles anything. Written to by `net` and `drive`'s own helpers, emptied by `drive`.
//!
//! | inbox | bound | when it is full |
//! | --- | --- | --- |
//! | CTI | 64 reads of at most 16 KiB: 1 MiB | the socket is not read, so the CTI server waits |
//! | orders for services | 4: people give them | the order waits |
//! | questions for figures | 4: as orders | the question waits |
//! | peer | 64 messages of at most 37 KiB | the socket is not read, so the other node waits |
//! | verdicts | as many as checks may run | never: a check that has a place may report |
//! | gone | as many as exchanges may be open | never: each exchange leaves at most once |
//! | BOSH | 4096: both requests of 2,000 desktops that come back at once | 503 |
//! | wires | 1024: one piece of news each from a quarter of as many connections; 4 KiB over TCP, 128 KiB over WebSocket | the socket is not read, so the client waits |
//! | REST | 4096: two requests of each of 2,000 agents within the same instant, as after a move | 503 with `Retry-After` |

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use node::api::{HttpRequest, HttpResponse};
use node::xmpp::Transport;
use node::{HttpId, Input, WireId, WireNews};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use crate::drive::Figures;
use crate::net::wires::{Handle, Turn};
use crate::peer::{REPORTS_MAX, Report};
use crate::service::ORDERS_MAX;

const CTI_MAX: usize = 64;
const BOSH_MAX: usize = 4096;
const REST_MAX: usize = 4096;
const WIRES_MAX: usize = 1024;

/// The node lets this many credential checks wait; one more place each is never needed.
pub(crate) const CHECKS_MAX: usize = 4096;

/// Open exchanges: two BOSH requests for each of 10,000 desktops, and room for REST.
pub(crate) const EXCHANGES_MAX: usize = 24_576;

/// Bytes of bodies that are being read or wait for the node: 64 of the largest size of BOSH. REST and BOSH have as many
/// each, so that whoever fills the one does not hold up the other.
pub(crate) const BODY_BYTES_MAX: u32 = 64 * 1024 * 1024;

/// A place among the open exchanges; free again when the last holder lets go.
pub(crate) type Slot = Arc<OwnedSemaphorePermit>;

/// Whose bodies share a memory.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Memory {
    /// Requests under `/finesse/api`.
    Rest,
    /// BOSH.
    Bosh,
}

/// What a client asks of the node.
pub(crate) enum Ask {
    /// A request under `/finesse/api`.
    Rest(HttpRequest),
    /// A BOSH body.
    Bosh(Vec<u8>),
}

/// A request on its way to the node, with the way back.
pub(crate) struct Exchange {
    pub(crate) id: HttpId,
    pub(crate) ask: Ask,
    pub(crate) answer: oneshot::Sender<HttpResponse>,
    pub(crate) slot: Slot,
    /// Its share of [`BODY_BYTES_MAX`], given back once the node has the body.
    pub(crate) body: OwnedSemaphorePermit,
}

/// The client closed the connection before there was an answer. Holds the slot, so that there are never more of these
/// than open exchanges.
pub(crate) struct Gone {
    pub(crate) id: HttpId,
    pub(crate) _slot: Slot,
}

/// Too much waits already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full;

/// The sending ends, for HTTP.
#[derive(Clone)]
pub(crate) struct Inbox {
    bosh: mpsc::Sender<Exchange>,
    rest: mpsc::Sender<Exchange>,
    gone: mpsc::Sender<Gone>,
    slots: Arc<Semaphore>,
    rest_bytes: Arc<Semaphore>,
    bosh_bytes: Arc<Semaphore>,
    next: Arc<AtomicU64>,
}

/// What a lasting connection tells.
pub(crate) struct WireMail {
    pub(crate) id: WireId,
    pub(crate) said: WireSaid,
    /// Given back once the node has handled this; nothing more is heard of the connection before.
    pub(crate) turn: Option<Turn>,
}

/// The content of a [`WireMail`].
pub(crate) enum WireSaid {
    /// It exists, and this is the way to it.
    Connected(Transport, Handle),
    /// Anything later.
    News(WireNews),
}

/// The sending end for lasting connections.
#[derive(Clone)]
pub(crate) struct WireInbox {
    mail: mpsc::Sender<WireMail>,
    next: Arc<AtomicU64>,
}

impl WireInbox {
    /// A name for a new connection.
    pub(crate) fn next(&self) -> WireId {
        WireId(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Waits for room. If the driver has ended, nobody wants to know.
    pub(crate) async fn send(&self, mail: WireMail) {
        let _ = self.mail.send(mail).await;
    }
}

/// The sending ends for links, checks and service control.
pub(crate) struct Reports {
    pub(crate) cti: mpsc::Sender<Input>,
    pub(crate) orders: mpsc::Sender<Input>,
    pub(crate) figures: mpsc::Sender<oneshot::Sender<Figures>>,
    pub(crate) peer: mpsc::Sender<Report>,
    pub(crate) verdicts: mpsc::Sender<Input>,
}

/// The receiving ends.
pub(crate) struct Inboxes {
    pub(crate) cti: mpsc::Receiver<Input>,
    pub(crate) orders: mpsc::Receiver<Input>,
    pub(crate) figures: mpsc::Receiver<oneshot::Sender<Figures>>,
    pub(crate) peer: mpsc::Receiver<Report>,
    pub(crate) verdicts: mpsc::Receiver<Input>,
    pub(crate) gone: mpsc::Receiver<Gone>,
    pub(crate) bosh: mpsc::Receiver<Exchange>,
    pub(crate) wires: mpsc::Receiver<WireMail>,
    pub(crate) rest: mpsc::Receiver<Exchange>,
}

/// All inboxes, empty.
pub(crate) fn inboxes() -> (Inbox, WireInbox, Reports, Inboxes) {
    let (cti_in, cti) = mpsc::channel(CTI_MAX);
    let (orders_in, orders) = mpsc::channel(ORDERS_MAX);
    let (figures_in, figures) = mpsc::channel(ORDERS_MAX);
    let (peer_in, peer) = mpsc::channel(REPORTS_MAX);
    let (verdicts_in, verdicts) = mpsc::channel(CHECKS_MAX);
    let (gone_in, gone) = mpsc::channel(EXCHANGES_MAX);
    let (bosh_in, bosh) = mpsc::channel(BOSH_MAX);
    let (rest_in, rest) = mpsc::channel(REST_MAX);
    let (mail, wires) = mpsc::channel(WIRES_MAX);
    let inbox = Inbox {
        bosh: bosh_in,
        rest: rest_in,
        gone: gone_in,
        slots: Arc::new(Semaphore::new(EXCHANGES_MAX)),
        rest_bytes: Arc::new(Semaphore::new(BODY_BYTES_MAX as usize)),
        bosh_bytes: Arc::new(Semaphore::new(BODY_BYTES_MAX as usize)),
        next: Arc::default(),
    };
    let reports =
        Reports { cti: cti_in, orders: orders_in, figures: figures_in, peer: peer_in, verdicts: verdicts_in };
    let wire_inbox = WireInbox { mail, next: Arc::default() };
    (inbox, wire_inbox, reports, Inboxes { cti, orders, figures, peer, verdicts, gone, bosh, wires, rest })
}

impl Inbox {
    /// Takes so much of the memory for bodies.
    pub(crate) fn reserve_body(&self, of: Memory, bytes: u32) -> Result<OwnedSemaphorePermit, Full> {
        let memory = match of {
            Memory::Rest => &self.rest_bytes,
            Memory::Bosh => &self.bosh_bytes,
        };
        Arc::clone(memory).try_acquire_many_owned(bytes).map_err(|_| Full)
    }

    /// Puts a request into its inbox. Drop the ticket and the node is told that the client has gone.
    pub(crate) fn send(&self, ask: Ask, body: OwnedSemaphorePermit) -> Result<Ticket, Full> {
        let slot = Arc::new(Arc::clone(&self.slots).try_acquire_owned().map_err(|_| Full)?);
        let id = HttpId(self.next.fetch_add(1, Ordering::Relaxed));
        let (answer, waiting) = oneshot::channel();
        let inbox = match &ask {
            Ask::Rest(_) => &self.rest,
            Ask::Bosh(_) => &self.bosh,
        };
        let exchange = Exchange { id, ask, answer, slot: Arc::clone(&slot), body };
        inbox.try_send(exchange).map_err(|_| Full)?;
        Ok(Ticket { id, waiting, slot, gone: self.gone.clone(), answered: false })
    }
}

/// Waits for the answer to one request.
pub(crate) struct Ticket {
    id: HttpId,
    waiting: oneshot::Receiver<HttpResponse>,
    slot: Slot,
    gone: mpsc::Sender<Gone>,
    answered: bool,
}

impl Ticket {
    /// The answer, or `None` if the driver has ended.
    pub(crate) async fn answer(mut self) -> Option<HttpResponse> {
        let answer = (&mut self.waiting).await;
        self.answered = true;
        answer.ok()
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if !self.answered {
            // Closed first: if the driver reads the news before the request, it sees by this that nobody waits.
            self.waiting.close();
            let _ = self.gone.try_send(Gone { id: self.id, _slot: Arc::clone(&self.slot) });
        }
    }
}
