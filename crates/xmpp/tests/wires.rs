//! Lasting connections: whatever comes, nothing panics, everything written is XML, nothing is written to a connection
//! that was hung up, and every bound holds.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use xml::{Element, Limits, StreamParser};
use xmpp::{AuthOutcome, Denial, EndCause, Output, Service, ServiceConfig, Transport};

const TCP: Transport = Transport::Tcp { starttls: true };

/// A service, and what its peers see.
struct World {
    service: Service,
    now: Duration,
    /// Connections that are up, and for TCP what reads them.
    peers: BTreeMap<u64, Option<StreamParser>>,
    written: BTreeMap<u64, String>,
    hung_up: BTreeSet<u64>,
    /// Whether writes are confirmed.
    fast: bool,
    ended: Vec<EndCause>,
}

impl World {
    fn new(config: ServiceConfig) -> Self {
        Self {
            service: Service::new(config, [1; 32]),
            now: Duration::ZERO,
            peers: BTreeMap::new(),
            written: BTreeMap::new(),
            hung_up: BTreeSet::new(),
            fast: true,
            ended: Vec::new(),
        }
    }

    fn usual() -> Self {
        Self::new(ServiceConfig::new("fin-a.example.test"))
    }

    fn connect(&mut self, connection: u64, transport: Transport) {
        let parser = matches!(transport, Transport::Tcp { .. }).then(|| StreamParser::new(Limits::default()));
        self.peers.insert(connection, parser);
        self.service.connected(connection, transport, self.now);
        self.drain();
    }

    fn recv(&mut self, connection: u64, bytes: &[u8]) {
        self.service.received(connection, bytes, self.now);
        self.drain();
    }

    fn sign_in(&mut self, connection: u64, transport: Transport) {
        self.connect(connection, transport);
        for text in opening(transport) {
            self.recv(connection, text.as_bytes());
        }
    }

    fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some((at, _)) = self.service.poll_timeout().filter(|(at, _)| *at <= until) {
            self.now = self.now.max(at);
            self.service.handle_timeout(self.now);
            self.drain();
        }
        self.now = until;
    }

    fn drain(&mut self) {
        while let Some(output) = self.service.poll_output() {
            match output {
                Output::Write { connection, texts } => self.see(connection, &texts),
                Output::HangUp { connection } => assert!(self.hung_up.insert(connection), "hung up twice"),
                Output::Ping { connection } => assert!(!self.hung_up.contains(&connection)),
                Output::StartTls { connection } => {
                    self.peers.insert(connection, Some(StreamParser::new(Limits::default())));
                }
                Output::Check { check, .. } => {
                    let user = "1042".to_owned();
                    self.service.authenticated(check, AuthOutcome::Accepted { user }, self.now);
                }
                Output::SessionEnded { cause, .. } => self.ended.push(cause),
                Output::SessionBound { .. } | Output::Presence { .. } => {}
                Output::Admit { question, .. } => {
                    self.service.admitted(question, Err(Denial::Forbidden), self.now);
                }
                Output::Reply { .. } => panic!("nobody asked for {output:?}"),
            }
        }
    }

    /// Everything is XML for the one who reads it.
    fn see(&mut self, connection: u64, texts: &[String]) {
        assert!(!texts.is_empty() && !self.hung_up.contains(&connection), "{connection}: {texts:?}");
        match self.peers.get_mut(&connection).expect("it is connected") {
            Some(parser) => {
                // A declaration begins a new stream.
                for (at, text) in texts.concat().split("<?xml version='1.0' encoding='UTF-8'?>").enumerate() {
                    if at > 0 {
                        *parser = StreamParser::new(Limits::default());
                    }
                    let mut bytes = text.as_bytes();
                    while !bytes.is_empty() && parser.next(&mut bytes).expect(text).is_some() {}
                }
            }
            None => {
                for text in texts {
                    Element::parse(text.as_bytes(), &Limits::default()).expect(text);
                }
            }
        }
        self.written.entry(connection).or_default().push_str(&texts.concat());
        if self.fast {
            self.service.written(connection, self.now);
        }
    }

    fn told(&self, connection: u64) -> &str {
        self.written.get(&connection).map_or("", String::as_str)
    }
}

const AUTH: &str = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>ADEwNDIAc2VjcmV0</auth>";
const HEADER: &str =
    "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>";
const OPEN: &str = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' version='1.0'/>";
const BIND: &str = "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";

fn opening(transport: Transport) -> [&'static str; 4] {
    match transport {
        Transport::Tcp { .. } => [HEADER, AUTH, HEADER, BIND],
        Transport::WebSocket => [OPEN, AUTH, OPEN, BIND],
    }
}

const TEXTS: [&str; 14] = [
    HEADER,
    OPEN,
    AUTH,
    BIND,
    " ",
    "<presence/>",
    "<presence type='subscribe' to='finesse@fin-a.example.test'/>",
    "<iq type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>",
    "<iq type='get' id='d' to='pubsub.fin-a.example.test'><query xmlns='http://jabber.org/protocol/disco#items'/></iq>",
    "<iq type='set' id='s' to='pubsub.fin-a.example.test'><pubsub xmlns='http://jabber.org/protocol/pubsub'>\
     <subscribe node='/finesse/api/User/1042/Queues' jid='1042@fin-a.example.test'/></pubsub></iq>",
    "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
    "<message><body>x",
    "</stream:stream>",
    "<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>",
];

#[derive(Clone, Debug)]
enum Step {
    Connect { websocket: bool, signed_in: bool },
    Text(usize),
    Bytes(Vec<u8>),
    Damaged { text: usize, at: usize, byte: u8 },
    Publish,
    Fast(bool),
    Written,
    Pong,
    Drop,
    Pass(u16),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => any::<(bool, bool)>().prop_map(|(websocket, signed_in)| Step::Connect { websocket, signed_in }),
        8 => (0..TEXTS.len()).prop_map(Step::Text),
        1 => vec(any::<u8>(), 0..60).prop_map(Step::Bytes),
        2 => (0..TEXTS.len(), 0usize..200, any::<u8>())
            .prop_map(|(text, at, byte)| Step::Damaged { text, at, byte }),
        3 => Just(Step::Publish),
        1 => any::<bool>().prop_map(Step::Fast),
        1 => Just(Step::Written),
        1 => Just(Step::Pong),
        1 => Just(Step::Drop),
        2 => (0u16..40).prop_map(Step::Pass),
    ]
}

fn play(world: &mut World, step: Step, last: &mut u64) {
    match step {
        Step::Connect { websocket, signed_in } => {
            *last += 1;
            let transport = if websocket { Transport::WebSocket } else { TCP };
            if signed_in { world.sign_in(*last, transport) } else { world.connect(*last, transport) }
        }
        Step::Text(text) => world.recv(*last, TEXTS[text].as_bytes()),
        Step::Bytes(bytes) => world.recv(*last, &bytes),
        Step::Damaged { text, at, byte } => {
            let mut bytes = TEXTS[text].as_bytes().to_vec();
            let at = at % bytes.len();
            bytes[at] = byte;
            world.recv(*last, &bytes);
        }
        Step::Publish => world.service.publish("/finesse/api/User/1042", "<Update/>", world.now),
        Step::Fast(fast) => world.fast = fast,
        Step::Written => world.service.written(*last, world.now),
        Step::Pong => drop(world.service.pong(*last, world.now)),
        Step::Drop => {
            world.service.disconnected(*last, world.now);
            world.drain();
            if world.peers.contains_key(last) {
                world.hung_up.insert(*last);
            }
        }
        Step::Pass(seconds) => world.pass(Duration::from_secs(seconds.into())),
    }
    world.drain();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_dialog_leaves_every_connection_hung_up(steps in vec(step(), 1..60)) {
        let mut world = World::usual();
        let mut last = 0;
        for step in steps {
            play(&mut world, step, &mut last);
        }
        world.pass(Duration::from_secs(5000));
        prop_assert_eq!(world.service.sessions(), 0);
        prop_assert_eq!(world.service.poll_timeout(), None);
        prop_assert_eq!(world.hung_up.len(), world.peers.len());
    }

    #[test]
    fn any_bytes_in_any_pieces_end_in_a_value(bytes in vec(any::<u8>(), 0..300), size in 1usize..50, bound in any::<bool>()) {
        for transport in [TCP, Transport::WebSocket] {
            let mut world = World::usual();
            if bound { world.sign_in(1, transport) } else { world.connect(1, transport) }
            for piece in bytes.chunks(size) {
                world.recv(1, piece);
            }
        }
    }
}

#[test]
fn a_peer_that_does_not_read_loses_its_session_and_nobody_elses() {
    let mut world = World::usual();
    world.sign_in(1, TCP);
    world.sign_in(2, Transport::WebSocket);
    world.fast = false;
    for _ in 0..=257 {
        world.service.publish("/finesse/api/User/1042", "<Update/>", world.now);
        world.drain();
        world.service.written(2, world.now);
        world.drain();
    }
    assert_eq!(world.ended, [EndCause::Overflow]);
    assert!(world.told(1).ends_with("</stream:error></stream:stream>"), "{}", world.told(1));
    assert!(world.told(1).contains("<resource-constraint "));
    // The one that was handed out before the peer stopped reading is all that it gets.
    assert_eq!(world.told(1).matches("<message ").count(), 1);
    assert_eq!(world.told(2).matches("<message ").count(), 258);
}

#[test]
fn what_comes_before_the_sign_in_is_bounded() {
    for transport in [TCP, Transport::WebSocket] {
        let mut world = World::usual();
        world.connect(1, transport);
        world.recv(1, opening(transport)[0].as_bytes());
        for _ in 0..130 {
            world.recv(1, " ".repeat(1 << 10).as_bytes());
        }
        assert!(
            world.told(1).contains("<policy-violation ") && world.hung_up.contains(&1),
            "{}",
            world.told(1)
        );
        let counters = world.service.counters();
        assert_eq!((counters.received_bytes / 1024, counters.violations), (128, 1));
    }
}

#[test]
fn a_bomb_of_entities_compression_or_a_comment_ends_the_stream() {
    let cases = [
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><iq>&b;</iq>", "<not-well-formed "),
        ("<iq>&b;</iq>", "<not-well-formed "),
        ("<iq><!-- x --></iq>", "<not-well-formed "),
        ("<?x y?><iq/>", "<not-well-formed "),
        (
            "<compress xmlns='http://jabber.org/protocol/compress'><method>zlib</method></compress>",
            "<unsupported-stanza-type ",
        ),
    ];
    for transport in [TCP, Transport::WebSocket] {
        for (text, condition) in cases {
            let mut world = World::usual();
            world.sign_in(1, transport);
            assert!(!world.told(1).contains("compress"), "it is not offered");
            world.recv(1, text.as_bytes());
            assert!(world.told(1).contains(condition), "{transport:?} {text}: {}", world.told(1));
        }
    }
}

#[test]
fn a_stanza_that_is_too_large_deep_or_wide_ends_the_stream() {
    let large = format!("<iq><x>{}</x></iq>", "x".repeat(1 << 20));
    let deep = "<a>".repeat(40);
    let wide = format!("<iq>{}</iq>", "<a/>".repeat(2048));
    for transport in [TCP, Transport::WebSocket] {
        for stanza in [&large, &format!("{deep}{}", "</a>".repeat(40)), &wide] {
            let mut world = World::usual();
            world.sign_in(1, transport);
            world.recv(1, stanza.as_bytes());
            assert!(world.told(1).contains("<policy-violation "), "{transport:?}");
            assert!(matches!(world.ended.as_slice(), [EndCause::Stream(_)]));
            assert_eq!(world.service.counters().violations, 1);
        }
    }
}

#[test]
fn a_full_node_says_so_and_half_open_connections_give_way() {
    let mut world = World::new(ServiceConfig { sessions_max: 1, ..ServiceConfig::new("fin-a.example.test") });
    world.connect(1, TCP);
    world.sign_in(2, Transport::WebSocket);
    assert!(world.told(1).contains("<connection-timeout ") && world.hung_up.contains(&1));
    world.connect(3, TCP);
    assert!(world.told(3).contains("<resource-constraint ") && world.hung_up.contains(&3));
    let counters = world.service.counters();
    assert_eq!((world.service.sessions(), counters.refused, counters.late), (1, 1, 1));
    world.pass(Duration::from_secs(100));
    assert_eq!((world.service.sessions(), world.service.counters().silent), (0, 1));
}

#[test]
fn what_arrives_tells_whose_desktop_is_there() {
    let mut world = World::usual();
    world.connect(1, TCP);
    assert_eq!(world.service.received(1, HEADER.as_bytes(), world.now), None, "nobody yet");
    world.sign_in(2, TCP);
    assert_eq!(world.service.received(2, b" ", world.now), Some("1042"));
    assert_eq!(world.service.pong(2, world.now), Some("1042"));
    assert_eq!(world.service.received(2, b"</stream:stream>", world.now), None, "it left");
}
