//! Lasting connections as the driver sees them: by name, each with a bounded way in.
//!
//! Owned by `drive`. What a connection does with its orders is its own task's business (`line`, `tcp`, `websocket`).

use std::collections::BTreeMap;

use node::WireId;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};

/// Orders that may wait for a connection: a batch and the last words, three pings that a client that does not read
/// leaves unsent, the start of TLS, and as much again.
const ORDERS_MAX: usize = 12;

/// The right of a connection to be heard. It is with the driver while what was heard is handled, so a connection never
/// has more than one piece of news waiting.
pub(crate) type Turn = OwnedSemaphorePermit;

/// What a connection is to do, in order.
pub(crate) enum Order {
    /// Write these, and tell when the socket has taken them.
    Write(Vec<String>),
    /// Send a ping frame.
    Ping,
    /// Begin TLS, and do not listen before.
    StartTls(Turn),
}

/// The driver's end of a connection. Dropped, it hangs up: the connection carries out what waits and ends.
pub(crate) struct Handle {
    orders: mpsc::Sender<Order>,
    _hang_up: oneshot::Sender<()>,
    turn: Option<Turn>,
}

/// The connection's end.
pub(crate) struct Orders {
    pub(crate) waiting: mpsc::Receiver<Order>,
    /// Resolves when the driver has hung up.
    pub(crate) hung_up: oneshot::Receiver<()>,
}

/// Both ends of a new connection.
pub(crate) fn handle() -> (Handle, Orders) {
    let (orders, waiting) = mpsc::channel(ORDERS_MAX);
    let (hang_up, hung_up) = oneshot::channel();
    (Handle { orders, _hang_up: hang_up, turn: None }, Orders { waiting, hung_up })
}

/// A connection had more orders waiting than it can ever need, and is hung up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stuck;

/// The connections that exist.
#[derive(Default)]
pub(crate) struct Wires(BTreeMap<WireId, Handle>);

impl Wires {
    pub(crate) fn add(&mut self, id: WireId, handle: Handle) {
        self.0.insert(id, handle);
    }

    /// Keeps a connection's turn while its news is handled.
    pub(crate) fn listen(&mut self, id: WireId, turn: Option<Turn>) {
        if let Some(handle) = self.0.get_mut(&id) {
            handle.turn = turn;
        }
    }

    /// Its news is handled; it may be heard again.
    pub(crate) fn listened(&mut self, id: WireId) {
        self.listen(id, None);
    }

    /// See [`Order::Write`]. What is ordered of a connection that has ended is lost; its end is on its way to the node.
    pub(crate) fn write(&mut self, id: WireId, texts: Vec<String>) -> Result<(), Stuck> {
        self.order(id, Order::Write(texts))
    }

    /// See [`Order::Ping`].
    pub(crate) fn ping(&mut self, id: WireId) -> Result<(), Stuck> {
        self.order(id, Order::Ping)
    }

    /// See [`Order::StartTls`]. Only a client that was just heard asks for it, so its turn is here.
    pub(crate) fn start_tls(&mut self, id: WireId) -> Result<(), Stuck> {
        match self.0.get_mut(&id).and_then(|handle| handle.turn.take()) {
            Some(turn) => self.order(id, Order::StartTls(turn)),
            None => Ok(()),
        }
    }

    /// Ends a connection after what waits for it.
    pub(crate) fn hang_up(&mut self, id: WireId) {
        self.0.remove(&id);
    }

    fn order(&mut self, id: WireId, order: Order) -> Result<(), Stuck> {
        let Some(handle) = self.0.get(&id) else { return Ok(()) };
        match handle.orders.try_send(order) {
            Ok(()) | Err(TrySendError::Closed(_)) => Ok(()),
            Err(TrySendError::Full(_)) => {
                self.hang_up(id);
                Err(Stuck)
            }
        }
    }
}
