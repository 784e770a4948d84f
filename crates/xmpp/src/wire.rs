//! A stream over one lasting connection: TCP (RFC 6120) or WebSocket (RFC 7395). This transport knows openings,
//! closings, frames and whether the peer is alive; what is inside a stanza it hands on in order.

mod header;
mod liveness;
mod tcp;
mod websocket;

use std::time::Duration;

use xml::{Element, Limits};

use crate::outgoing::{Outgoing, Overflow, Queue};
use crate::stream::StreamError;
pub(crate) use header::Answer;
pub(crate) use liveness::{Due, Liveness};
use tcp::Tcp;
use websocket::WebSocket;

/// What a lasting connection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Bytes in any pieces.
    Tcp {
        /// Whether the driver can turn the connection into a TLS one when the client asks for it: on the clear port, if
        /// there is a certificate.
        starttls: bool,
    },
    /// Whole text messages.
    WebSocket,
}

/// What a client sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Incoming {
    /// The beginning of a stream, which is to be answered.
    Opened {
        /// Who it says it is.
        from: Option<String>,
    },
    /// A stanza, or a step of the sign-in.
    Stanza(Element),
    /// The end of the stream.
    Closed,
}

/// The connection's side of a session.
pub(crate) struct Wire {
    /// The driver's name of it.
    pub(crate) connection: u64,
    framing: Framing,
    queue: Queue,
    /// How many batches the driver has and has not written yet.
    writing: u32,
    pub(crate) liveness: Liveness,
    pub(crate) starttls: bool,
    /// The client's opening has been answered.
    answered: bool,
    /// Streams begun on this connection.
    streams: u64,
}

enum Framing {
    Tcp(Box<Tcp>),
    WebSocket(WebSocket),
}

impl Wire {
    pub(crate) fn new(
        connection: u64,
        transport: Transport,
        limits: Limits,
        queue: Queue,
        liveness: Liveness,
    ) -> Self {
        let (framing, starttls) = match transport {
            Transport::Tcp { starttls } => (Framing::Tcp(Box::new(Tcp::new(limits))), starttls),
            Transport::WebSocket => (Framing::WebSocket(WebSocket::new(limits)), false),
        };
        Self { connection, framing, queue, writing: 0, liveness, starttls, answered: false, streams: 0 }
    }

    pub(crate) fn is_tcp(&self) -> bool {
        match self.framing {
            Framing::Tcp(_) => true,
            Framing::WebSocket(_) => false,
        }
    }

    /// Takes the next thing off `bytes`; `None` if there is nothing whole.
    ///
    /// # Errors
    /// The condition that ends the stream.
    pub(crate) fn next(&mut self, bytes: &mut &[u8]) -> Result<Option<Incoming>, StreamError> {
        match &mut self.framing {
            Framing::Tcp(tcp) => tcp.next(bytes),
            Framing::WebSocket(socket) => socket.next(bytes),
        }
    }

    /// Counts one more stream and gives its number.
    pub(crate) fn begin(&mut self) -> u64 {
        self.streams += 1;
        self.streams
    }

    /// The answer to the client's opening, to be sent before anything else.
    pub(crate) fn open(&mut self, answer: &Answer<'_>) -> Result<(), Overflow> {
        self.answered = true;
        let opening = self.opening(answer);
        self.queue.push(Outgoing::Stanza(opening))
    }

    /// The client begins a new stream after its sign-in or the start of TLS.
    pub(crate) fn restart(&mut self) {
        self.answered = false;
        match &mut self.framing {
            Framing::Tcp(tcp) => tcp.restart(),
            Framing::WebSocket(socket) => socket.restart(),
        }
    }

    /// # Errors
    /// If too much waits already.
    pub(crate) fn send(&mut self, stanza: Outgoing) -> Result<(), Overflow> {
        self.queue.push(stanza)
    }

    /// As [`Wire::send`], ahead of what waits: a client that gets no answer to its ping because events stand before it
    /// goes elsewhere (notifications.md section 8).
    ///
    /// # Errors
    /// If too much waits already.
    pub(crate) fn send_first(&mut self, stanza: Outgoing) -> Result<(), Overflow> {
        self.queue.push_first(stanza)
    }

    /// What to write now: everything that waits, once the last batch is written.
    pub(crate) fn flush(&mut self) -> Option<Vec<String>> {
        (self.writing == 0).then(|| self.flush_now())?
    }

    /// What to write now, whether or not the last batch is written.
    pub(crate) fn flush_now(&mut self) -> Option<Vec<String>> {
        if self.queue.is_empty() {
            return None;
        }
        self.writing += 1;
        let waiting = self.queue.take();
        Some(self.framed(&Vec::from(waiting)))
    }

    /// The driver wrote one batch.
    pub(crate) fn written(&mut self) {
        self.writing = self.writing.saturating_sub(1);
    }

    /// How many stanzas wait.
    pub(crate) fn backlog(&self) -> usize {
        self.queue.len()
    }

    /// The last words: what waits, if `with_queue`, the reason, and the end of the stream. `answer` opens a stream that
    /// was not answered yet, so that the error has one to be in (RFC 6120 section 4.9.1.1).
    pub(crate) fn farewell(
        mut self,
        with_queue: bool,
        error: Option<StreamError>,
        answer: &Answer<'_>,
    ) -> Vec<String> {
        let mut last = Vec::from(self.queue.take());
        last.retain(|_| with_queue);
        if !self.answered {
            last.push(Outgoing::Stanza(self.opening(answer)));
        }
        last.extend(error.map(|error| Outgoing::Stanza(error.to_xml())));
        last.push(Outgoing::Stanza(self.closing().to_owned()));
        self.framed(&last)
    }

    pub(crate) fn deadline(&self) -> Duration {
        self.liveness.deadline()
    }

    fn opening(&self, answer: &Answer<'_>) -> String {
        match self.framing {
            Framing::Tcp(_) => answer.as_stream(),
            Framing::WebSocket(_) => answer.as_open(),
        }
    }

    fn closing(&self) -> &'static str {
        match self.framing {
            Framing::Tcp(_) => tcp::CLOSING,
            Framing::WebSocket(_) => websocket::CLOSING,
        }
    }

    fn framed(&self, stanzas: &[Outgoing]) -> Vec<String> {
        match self.framing {
            Framing::Tcp(_) => tcp::framed(stanzas),
            Framing::WebSocket(_) => websocket::framed(stanzas),
        }
    }
}

/// The condition for bytes that are no XML or too much of it (RFC 6120 section 4.9.3).
fn unreadable(error: &xml::XmlError) -> StreamError {
    if error.is_limit() { StreamError::PolicyViolation } else { StreamError::NotWellFormed }
}
