//! A notification service with clients at it, for the targets `stream`, `bosh` and `pubsub`: an input is a text with
//! things that happen in between. Whatever comes, what goes out is XML, goes out once, and goes to those who may have
//! it; and when time passes, nothing stays behind.

mod sign_in;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use xml::{Element, Limits, StreamParser};
use xmpp::{AuthOutcome, Denial, Output, Service, ServiceConfig, Transport};

/// Parts the texts of an input, as no text has this byte; what happens then is in the byte after it.
const BREAK: u8 = 0xff;

/// More than a dialog needs, and little enough to be fast.
const TEXTS_MAX: usize = 16;

/// Longer than any deadline of a service.
const LONG: Duration = Duration::from_secs(5000);

/// Who signs in, and what he may not see.
pub const USER: &str = "1042";
pub const FOREIGN: &str = "/finesse/api/User/1043";

pub const NODES: [&str; 6] = [
    "/finesse/api/User/1042",
    "/finesse/api/User/1042/Queues",
    "/finesse/api/Queue/81",
    "/finesse/api/Team/5001/Users",
    "/finesse/api/SystemInfo",
    FOREIGN,
];

/// The texts of an input, each with the byte of what happens before it.
pub fn texts(input: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut texts = vec![(0, Vec::new())];
    let mut bytes = input.iter();
    while let Some(byte) = bytes.next() {
        if *byte == BREAK && texts.len() < TEXTS_MAX {
            texts.push((bytes.next().copied().unwrap_or(0), Vec::new()));
        } else if let Some((_, text)) = texts.last_mut() {
            text.push(*byte);
        }
    }
    texts
}

/// The service, and what its clients see of it.
pub struct Desk {
    pub service: Service,
    pub now: Duration,
    /// The last session of BOSH, and its next request.
    pub sid: String,
    pub rid: u64,
    /// Of the last HTTP request.
    pub last_id: u64,
    /// HTTP requests without an answer.
    open: BTreeSet<u64>,
    /// Lasting connections, and how each is read.
    wires: BTreeMap<u64, Peer>,
    /// Whether writes are confirmed.
    pub fast: bool,
    /// What the driver says to questions about rights.
    pub generous: bool,
    published: u64,
    /// What is said while a client signs in is always the same and not looked at.
    signing_in: bool,
}

/// The other end of a lasting connection.
struct Peer {
    /// None if every text is a document of its own.
    stream: Option<Box<StreamParser>>,
    /// The number of the last event.
    last: u64,
}

impl Desk {
    pub fn new() -> Self {
        Self {
            service: Service::new(ServiceConfig::new("fin-a.example.test"), [7; 32]),
            now: Duration::ZERO,
            sid: String::new(),
            rid: 1,
            last_id: 0,
            open: BTreeSet::new(),
            wires: BTreeMap::new(),
            fast: true,
            generous: true,
            published: 0,
            signing_in: false,
        }
    }

    /// An HTTP request; `$SID` and `$RID` in it stand for those of the last session.
    pub fn post(&mut self, body: &[u8]) {
        self.last_id += 1;
        self.open.insert(self.last_id);
        let body = self.filled(body);
        self.service.bosh(self.last_id, &body, self.now);
        self.drain();
    }

    pub fn connect(&mut self, connection: u64, transport: Transport) {
        let stream = matches!(transport, Transport::Tcp { .. }).then(reader);
        self.wires.insert(connection, Peer { stream, last: 0 });
        self.service.connected(connection, transport, self.now);
        self.drain();
    }

    pub fn receive(&mut self, connection: u64, bytes: &[u8]) {
        self.service.received(connection, bytes, self.now);
        self.drain();
    }

    /// The beginning of a session over BOSH, up to its bound resource.
    pub fn sign_in(&mut self) {
        self.signing_in = true;
        for body in sign_in::bodies() {
            self.post(body.as_bytes());
            self.rid += 1;
        }
        self.signing_in = false;
    }

    /// The same over a lasting connection.
    pub fn sign_in_over(&mut self, connection: u64, transport: Transport) {
        self.signing_in = true;
        for text in sign_in::texts(transport) {
            self.receive(connection, text.as_bytes());
        }
        self.signing_in = false;
        if let Some(Peer { stream: Some(stream), .. }) = self.wires.get_mut(&connection) {
            stream.next(&mut sign_in::HEADER.as_bytes()).expect("a stream begins");
        }
    }

    /// What happens between two texts.
    pub fn happen(&mut self, what: u8, connection: u64) {
        match what % 16 {
            1 => self.pass(Duration::from_secs(1)),
            2 => self.pass(Duration::from_secs(31)),
            3 => self.pass(Duration::from_secs(100)),
            4..=7 => self.publish(what),
            8 => self.fast = !self.fast,
            9 => self.service.written(connection, self.now),
            10 => drop(self.service.pong(connection, self.now)),
            11 => self.service.set_finesse_available(what & 16 == 0, self.now),
            12 => self.gone(),
            13 => self.generous = !self.generous,
            14 => self.stop_or_start(),
            15 => self.service.revoke(USER, NODES[usize::from(what >> 4) % NODES.len()]),
            _ => {}
        }
        self.drain();
    }

    /// Nothing stays behind.
    pub fn close(mut self) {
        self.service.start(self.now);
        self.pass(LONG);
        assert_eq!(self.service.sessions(), 0, "a session without an end");
        assert!(self.open.is_empty(), "a request without an answer: {:?}", self.open);
        assert_eq!(self.service.poll_timeout(), None, "a timer without a purpose");
    }

    fn publish(&mut self, what: u8) {
        let node = NODES[usize::from(what >> 2) % NODES.len()];
        self.published += 1;
        self.service.publish(node, &format!("<Update n='{}'>R&amp;D</Update>", self.published), self.now);
    }

    fn gone(&mut self) {
        if self.open.remove(&self.last_id) {
            self.service.bosh_gone(self.last_id, self.now);
        }
    }

    fn stop_or_start(&mut self) {
        if self.service.is_running() { self.service.stop(self.now) } else { self.service.start(self.now) }
    }

    fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some((at, _)) = self.service.poll_timeout().filter(|(at, _)| *at <= until) {
            self.now = self.now.max(at);
            self.service.handle_timeout(self.now);
            self.drain();
            assert_ne!(self.service.poll_timeout().map(|(next, _)| next), Some(at), "it fires for ever");
        }
        self.now = until;
    }

    fn drain(&mut self) {
        while let Some(output) = self.service.poll_output() {
            match output {
                Output::Reply { id, status, body } => self.answered(id, status, &body),
                Output::Write { connection, texts } => self.written(connection, &texts),
                Output::Ping { connection } => assert!(self.wires.contains_key(&connection)),
                Output::StartTls { connection } => {
                    let anew = Peer { stream: Some(reader()), last: 0 };
                    assert!(self.wires.insert(connection, anew).is_some());
                }
                Output::HangUp { connection } => assert!(self.wires.remove(&connection).is_some()),
                Output::Check { check, .. } => {
                    let accepted = AuthOutcome::Accepted { user: USER.to_owned() };
                    self.service.authenticated(check, accepted, self.now);
                }
                Output::Admit { question, user, node } => self.admit(question, &user, &node),
                Output::SessionBound { .. } | Output::Presence { .. } | Output::SessionEnded { .. } => {}
            }
        }
    }

    /// What is another's is never granted, and what is one's own is never asked for.
    fn admit(&mut self, question: u64, user: &str, node: &str) {
        assert_eq!(user, USER);
        let own = NODES[0];
        assert!(node != own && !node.starts_with(&format!("{own}/")), "{node}");
        let verdict = if self.generous && node != FOREIGN { Ok(()) } else { Err(Denial::Forbidden) };
        self.service.admitted(question, verdict, self.now);
    }

    fn answered(&mut self, id: u64, status: u16, body: &str) {
        assert!(self.open.remove(&id), "request {id} was answered twice");
        if status == 503 {
            return assert!(body.is_empty() && !self.service.is_running());
        }
        if self.signing_in {
            return self.learn_sid(body);
        }
        let body_of = Element::parse(body.as_bytes(), &Limits::default()).expect("an answer is XML");
        assert!(body_of.is("body", "http://jabber.org/protocol/httpbind"), "{body}");
        if let Some(sid) = body_of.attr("sid") {
            self.sid = sid.to_owned();
        }
        for stanza in body_of.children() {
            seen(stanza);
        }
    }

    fn learn_sid(&mut self, body: &str) {
        if let Some((_, rest)) = body.split_once(" sid=\"") {
            self.sid = rest.split('"').next().expect("an attribute ends").to_owned();
        }
    }

    fn written(&mut self, connection: u64, texts: &[String]) {
        assert!(!texts.is_empty());
        let peer = self.wires.get_mut(&connection).expect("nothing is written after the end");
        for text in texts.iter().filter(|_| !self.signing_in) {
            peer.read(text);
        }
        if self.fast {
            self.service.written(connection, self.now);
        }
    }

    fn filled(&self, body: &[u8]) -> Vec<u8> {
        let body = replaced(body, b"$SID", self.sid.as_bytes());
        replaced(&body, b"$RID", self.rid.to_string().as_bytes())
    }
}

impl Peer {
    fn read(&mut self, text: &str) {
        let Some(stream) = &mut self.stream else {
            let stanza = Element::parse(text.as_bytes(), &Limits::default()).expect("a message is XML");
            return self.see(&stanza);
        };
        let mut stanzas = Vec::new();
        // A declaration begins a new stream.
        for (at, part) in text.split("<?xml version='1.0' encoding='UTF-8'?>").enumerate() {
            if at > 0 {
                *stream = reader();
            }
            let mut bytes = part.as_bytes();
            while !bytes.is_empty() {
                match stream.next(&mut bytes).expect("a stream is XML") {
                    Some(xml::Piece::Child(stanza)) => stanzas.push(stanza),
                    Some(xml::Piece::Start(_) | xml::Piece::End) | None => {}
                }
            }
        }
        stanzas.iter().for_each(|stanza| self.see(stanza));
    }

    /// Each event once, in the order of publication.
    fn see(&mut self, stanza: &Element) {
        if let Some(number) = seen(stanza) {
            assert!(number > self.last, "{number} after {}", self.last);
            self.last = number;
        }
    }
}

/// The number of an event. No client sees what is somebody else's.
fn seen(stanza: &Element) -> Option<u64> {
    if stanza.name != "message" || stanza.attr("type") == Some("error") {
        return None;
    }
    let items = stanza.child("event").and_then(|event| event.child("items")).expect("a message is an event");
    assert_ne!(items.attr("node"), Some(FOREIGN));
    let text =
        items.child("item").and_then(|item| item.child_text("notification")).expect("an event is a text");
    text.split('\'').nth(1)?.parse().ok()
}

fn reader() -> Box<StreamParser> {
    Box::new(StreamParser::new(Limits::default()))
}

fn replaced(text: &[u8], what: &[u8], by: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + by.len());
    let mut rest = text;
    while let Some(at) = rest.windows(what.len()).position(|window| window == what) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(by);
        rest = &rest[at + what.len()..];
    }
    out.extend_from_slice(rest);
    out
}
