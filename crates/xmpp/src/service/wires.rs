//! Sessions over lasting connections: bytes come in, batches of text go out.

use std::time::Duration;

use xml::{Element, Writer};

use crate::directory::Number;
use crate::ns;
use crate::outgoing::{Outgoing, Queue};
use crate::output::{EndCause, Output};
use crate::stream::{Stream, StreamError, server_ping};
use crate::wire::{Answer, Incoming, Liveness, Transport, Wire};

use super::endings::Farewell;
use super::{Carrier, Service, Session, TooMuch};

impl Service {
    /// A client connected: over TCP, or by a WebSocket with the subprotocol `xmpp` whose handshake is done. The name of
    /// the connection is the driver's and never used twice.
    ///
    /// If there is no room, the connection is told so and hung up.
    pub fn connected(&mut self, connection: u64, transport: Transport, now: Duration) {
        if !self.is_running {
            return self.hang_up_stopped(connection);
        }
        let has_room = self.make_room(now);
        self.last_session += 1;
        let number = self.last_session;
        let wire = self.new_wire(connection, transport, now);
        if !has_room {
            self.counters.refused += 1;
            return self.say_farewell(number, wire, true, Some(StreamError::ResourceConstraint));
        }
        self.counters.opened += 1;
        self.by_connection.insert(connection, number);
        self.unbound.insert(number);
        let (stream, setup_until) = (Stream::new(self.config.sign_ins_max), now + self.config.setup);
        let session = Session { carrier: Carrier::Wire(wire), setup_until, stream, unauthenticated: 0 };
        self.sessions.insert(number, Box::new(session));
        self.settle(number, now);
    }

    /// These bytes came: any piece of a TCP stream, or one whole message of a WebSocket. The driver keeps them bounded,
    /// a message to [`ServiceConfig::body_max`](crate::ServiceConfig::body_max).
    ///
    /// Tells whose desktop it was that made itself heard: the user of the session, if that is bound and goes on.
    pub fn received(&mut self, connection: u64, bytes: &[u8], now: Duration) -> Option<&str> {
        let number = self.heard(connection, now)?;
        self.counters.received_bytes += bytes.len() as u64;
        match self.take_bytes(number, bytes.len()) {
            Ok(()) => self.read(number, bytes, now),
            Err(TooMuch) => self.end(number, EndCause::Stream(StreamError::PolicyViolation), None, now),
        }
        self.settle(number, now);
        self.user(number)
    }

    /// A ping or pong frame came over a WebSocket: its peer is there. Tells whose desktop that is.
    pub fn pong(&mut self, connection: u64, now: Duration) -> Option<&str> {
        let number = self.heard(connection, now)?;
        self.settle(number, now);
        self.user(number)
    }

    /// One [`Output::Write`] is with the operating system.
    pub fn written(&mut self, connection: u64, now: Duration) {
        let Some(number) = self.by_connection.get(&connection).copied() else { return };
        if let Some(wire) = self.wire_of(number) {
            wire.written();
        }
        self.settle(number, now);
    }

    /// The connection is closed or broken; nothing can be written to it any more.
    pub fn disconnected(&mut self, connection: u64, now: Duration) {
        let Some(number) = self.by_connection.get(&connection).copied() else { return };
        self.end(number, EndCause::Disconnected, None, now);
    }

    fn new_wire(&self, connection: u64, transport: Transport, now: Duration) -> Wire {
        let limits = self.config.limits();
        let queue = Queue::new(self.config.queue_stanzas_max, self.config.queue_bytes_max);
        let liveness = Liveness::new(self.config.ping_interval, self.config.pings_max, now);
        Wire::new(connection, transport, limits, queue, liveness)
    }

    fn wire_of(&mut self, number: Number) -> Option<&mut Wire> {
        self.sessions.get_mut(&number)?.carrier.wire()
    }

    fn heard(&mut self, connection: u64, now: Duration) -> Option<Number> {
        let number = *self.by_connection.get(&connection)?;
        self.wire_of(number)?.liveness.heard(now);
        Some(number)
    }

    /// Takes one thing after the other, as each may end the session or begin a new stream.
    fn read(&mut self, number: Number, mut bytes: &[u8], now: Duration) {
        while let Some(next) = self.wire_of(number).map(|wire| wire.next(&mut bytes)) {
            match next {
                Ok(Some(Incoming::Opened { from })) => self.answer_opening(number, from.as_deref(), now),
                Ok(Some(Incoming::Stanza(stanza))) if stanza.is("starttls", ns::TLS) => {
                    // What came with it was not encrypted and counts for nothing.
                    return self.start_tls(number, now);
                }
                Ok(Some(Incoming::Stanza(stanza))) => self.take_stanza(number, &stanza, now),
                Ok(Some(Incoming::Closed)) => self.end(number, EndCause::Closed, None, now),
                Ok(None) => return,
                Err(error) => self.end(number, EndCause::Stream(error), None, now),
            }
        }
    }

    fn answer_opening(&mut self, number: Number, from: Option<&str>, now: Duration) {
        let Some(session) = self.sessions.get_mut(&number) else { return };
        let Some(wire) = session.carrier.wire() else { return };
        let id = self.sids.stream(number, wire.begin());
        let answer = Answer { domain: &self.names.domain, id, to: from };
        let sent = wire.open(&answer);
        let starttls = wire.starttls;
        let features = session.stream.features(starttls && session.stream.is_anonymous());
        self.sent(number, sent, now);
        self.send(number, Outgoing::Stanza(features), now);
    }

    fn take_stanza(&mut self, number: Number, stanza: &Element, now: Duration) {
        let Some(session) = self.sessions.get_mut(&number) else { return };
        let effects = session.stream.handle(stanza, &self.names);
        self.perform(number, effects, now);
    }

    /// RFC 6120 section 5.4.2. Where it was not offered, asking for it ends the stream.
    fn start_tls(&mut self, number: Number, now: Duration) {
        let Some(session) = self.sessions.get_mut(&number) else { return };
        let is_anonymous = session.stream.is_anonymous();
        let Some(wire) = session.carrier.wire() else { return };
        let granted = std::mem::take(&mut wire.starttls) && is_anonymous;
        if !wire.is_tcp() {
            return self.end(number, EndCause::Stream(StreamError::UnsupportedStanzaType), None, now);
        }
        self.send(number, Outgoing::Stanza(tls(if granted { "proceed" } else { "failure" })), now);
        if granted { self.proceed(number) } else { self.end(number, EndCause::Closed, None, now) }
    }

    fn proceed(&mut self, number: Number) {
        let Some(wire) = self.wire_of(number) else { return };
        let (connection, texts) = (wire.connection, wire.flush_now());
        wire.restart();
        self.write(connection, texts);
        self.outputs.push_back(Output::StartTls { connection });
    }

    /// After the sign-in the client begins anew. Over BOSH it says so itself.
    pub(super) fn restart(&mut self, number: Number) {
        if let Some(wire) = self.wire_of(number) {
            wire.restart();
        }
    }

    /// Asks a silent peer whether it is there. Who is not bound has its own deadline.
    pub(super) fn ping(&mut self, number: Number, now: Duration) {
        let Some(session) = self.sessions.get_mut(&number) else { return };
        let jid = session.stream.jid().cloned();
        let Some(wire) = session.carrier.wire() else { return };
        match (wire.is_tcp(), jid) {
            (true, Some(jid)) => {
                self.counters.pings += 1;
                let ping = server_ping(&self.names, &jid);
                self.send(number, Outgoing::Stanza(ping), now);
            }
            (true, None) => {}
            (false, _) => {
                let connection = wire.connection;
                self.counters.pings += 1;
                self.outputs.push_back(Output::Ping { connection });
            }
        }
    }

    pub(super) fn write(&mut self, connection: u64, texts: Option<Vec<String>>) {
        if let Some(texts) = texts {
            self.outputs.push_back(Output::Write { connection, texts });
        }
    }

    /// Tells the peer of an ended session, if it can still be told.
    pub(super) fn tell_peer(&mut self, number: Number, wire: Wire, cause: EndCause) {
        let Farewell { error, with_queue, .. } = Farewell::of(cause);
        let error = if cause == EndCause::Shutdown { Some(StreamError::SystemShutdown) } else { error };
        if cause != EndCause::Disconnected {
            self.say_farewell(number, wire, with_queue, error);
        }
    }

    fn say_farewell(&mut self, number: Number, mut wire: Wire, with_queue: bool, error: Option<StreamError>) {
        let connection = wire.connection;
        let id = self.sids.stream(number, wire.begin());
        let answer = Answer { domain: &self.names.domain, id, to: None };
        let texts = wire.farewell(with_queue, error, &answer);
        self.write(connection, Some(texts));
        self.outputs.push_back(Output::HangUp { connection });
    }
}

fn tls(word: &str) -> String {
    let mut w = Writer::new();
    w.open(word).attr("xmlns", ns::TLS);
    w.finish()
}
