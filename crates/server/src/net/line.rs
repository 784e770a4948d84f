//! One lasting connection on the side of the network: what TCP and WebSocket have in common.
//!
//! Owns a connection's name, its turn to be heard, and the reasons why it must end. Reads and writes nothing itself.
//!
//! ```text
//!            heard, one at a time                       orders
//!  socket ────────────────────────▶ inbox ▶ node ▶ drive ──────▶ socket
//!     ▲                                               │
//!     └─────────── not read before it was handled ◀───┘
//! ```

use std::sync::Arc;
use std::time::Duration;

use node::xmpp::Transport;
use node::{WireId, WireNews};
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::door::{Closing, GRACE};
use super::refusals::{Refusal, Refusals};
use super::wires::{Order, Orders, Turn, handle};
use crate::inbox::{WireInbox, WireMail, WireSaid};

/// How long the last words may take after the node has hung up, the answer to a close frame included.
pub(crate) const LAST_WORDS_AT_LATEST: Duration = Duration::from_secs(2);

/// A new connection, in its parts.
pub(crate) struct Line {
    pub(crate) link: Link,
    pub(crate) orders: mpsc::Receiver<Order>,
    pub(crate) end: End,
}

/// The way to the node.
pub(crate) struct Link {
    id: WireId,
    inbox: WireInbox,
    turns: Arc<Semaphore>,
}

/// Why a connection must end though its socket still works.
pub(crate) struct End {
    hung_up: oneshot::Receiver<()>,
    closing: Closing,
    refusals: Arc<Refusals>,
}

impl Line {
    /// Tells the node of a new connection.
    pub(crate) async fn connect(
        inbox: WireInbox,
        transport: Transport,
        closing: Closing,
        refusals: Arc<Refusals>,
    ) -> Self {
        let (handle, Orders { waiting, hung_up }) = handle();
        let link = Link { id: inbox.next(), inbox, turns: Arc::new(Semaphore::new(1)) };
        link.send(WireSaid::Connected(transport, handle), None).await;
        Self { link, orders: waiting, end: End { hung_up, closing, refusals } }
    }
}

impl Link {
    /// Waits until what was heard last has been handled, and gives the right to hear the next. Cancel safe.
    pub(crate) async fn turn(&self) -> Turn {
        match Arc::clone(&self.turns).acquire_owned().await {
            Ok(turn) => turn,
            // Nobody closes it.
            Err(_) => std::future::pending().await,
        }
    }

    /// Tells the node what was heard.
    pub(crate) async fn heard(&self, news: WireNews, turn: Turn) {
        self.send(WireSaid::News(news), Some(turn)).await;
    }

    /// Tells the node that the socket has taken a batch.
    pub(crate) async fn written(&self) {
        self.send(WireSaid::News(WireNews::Written), None).await;
    }

    /// Tells the node that the connection is no more.
    pub(crate) async fn gone(&self) {
        self.send(WireSaid::News(WireNews::Gone), None).await;
    }

    /// Waits for room in the inbox; meanwhile the socket is not read, and the client has to wait too.
    async fn send(&self, said: WireSaid, turn: Option<Turn>) {
        self.inbox.send(WireMail { id: self.id, said, turn }).await;
    }
}

impl End {
    /// Resolves when the connection has had the time that its end may take: after the node has hung up, or after its
    /// door has been closed. Made once for a connection, as its time runs on from one phase of the end to the next.
    pub(crate) async fn overdue(mut self) {
        tokio::select! {
            _ = self.hung_up => {
                tokio::time::sleep(LAST_WORDS_AT_LATEST).await;
                self.refusals.note(Refusal::NotReading);
            }
            () = self.closing.asked() => tokio::time::sleep(GRACE).await,
        }
    }
}
