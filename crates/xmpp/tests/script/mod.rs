//! Plays a dialog written as text against a service. A line is an input or the next output that is expected; a line
//! that begins with white space continues the one before, without a space if it begins with a tag; `#` begins a
//! comment.
//!
//! ```text
//! post ID BODY                       reply ID STATUS BODY
//! gone ID                            check CHECK USER PASSWORD
//! accept CHECK USER                  bound USER/RESOURCE SESSION
//! refuse CHECK                       presence USER/RESOURCE available SESSION
//! unavailable CHECK                  ended USER/RESOURCE SESSION CAUSE
//! publish NODE PAYLOAD               admit QUESTION USER NODE
//! admitted QUESTION                  (also: forbidden, no-such-node)
//! finesse up|down
//! disconnect USER
//! login USER/RESOURCE                opens, signs in and binds; the next request id is 4
//! connect CONNECTION tcp|tls|ws      write CONNECTION TEXT       (`tls` offers STARTTLS)
//! recv CONNECTION BYTES              ping CONNECTION
//! pong CONNECTION                    starttls CONNECTION
//! drop CONNECTION                    hangup CONNECTION
//! slow CONNECTION                    writes are not confirmed from here on
//! written CONNECTION                 one write is confirmed
//! signin CONNECTION USER/RESOURCE    begins, signs in and binds over TCP or a WebSocket
//! refuse-session SESSION
//! revoke USER NODE
//! shutdown
//! stop
//! start
//! at SECONDS                         every timer up to then has fired
//! ```
//!
//! `$BODY`, `$STREAM` and `$CLIENT` stand for namespace declarations, `$SID1`, `$SID2` .. for session ids in the
//! order in which they were given out, `$ID1` .. for ids of streams, and outputs have single quotes. The texts of a
//! write are parted by ` | `, and a final `\n` in `recv` stands for a new line.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use xmpp::{AuthOutcome, Denial, Output, Service, ServiceConfig, Transport};

const ABBREVIATIONS: [(&str, &str); 5] = [
    ("$FRAMING", "xmlns='urn:ietf:params:xml:ns:xmpp-framing'"),
    ("$SASL", "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'"),
    ("$BODY", "xmlns='http://jabber.org/protocol/httpbind'"),
    ("$STREAM", "xmlns:stream='http://etherx.jabber.org/streams'"),
    ("$CLIENT", "xmlns='jabber:client'"),
];

const OUTPUTS: [&str; 10] =
    ["reply", "check", "admit", "bound", "presence", "ended", "write", "ping", "starttls", "hangup"];

const BIND: &str = "http://jabber.org/protocol/httpbind";
const SASL: &str = "urn:ietf:params:xml:ns:xmpp-sasl";

/// Plays `script` with default settings for the domain `fin-a.example.test`.
pub(crate) fn check(script: &str) {
    check_with(ServiceConfig::new("fin-a.example.test"), script);
}

/// Plays `script` with these settings.
pub(crate) fn check_with(config: ServiceConfig, script: &str) {
    let mut player = Player {
        service: Service::new(config, [7; 32]),
        now: Duration::ZERO,
        sids: Vec::new(),
        streams: Vec::new(),
        transports: BTreeMap::new(),
        slow: BTreeSet::new(),
        outputs: VecDeque::new(),
    };
    for line in lines(script) {
        player.play(&line);
    }
    player.nothing_else("the end");
}

fn lines(script: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in script.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        match lines.last_mut() {
            Some(last) if line.starts_with(char::is_whitespace) => {
                let more = line.trim_start();
                last.push_str(if more.starts_with('<') { "" } else { " " });
                last.push_str(more);
            }
            _ => lines.push(line.to_owned()),
        }
    }
    for line in &mut lines {
        for (short, long) in ABBREVIATIONS {
            *line = line.replace(short, long);
        }
    }
    lines
}

struct Player {
    service: Service,
    now: Duration,
    sids: Vec<String>,
    streams: Vec<String>,
    transports: BTreeMap<u64, Transport>,
    /// Connections whose writes wait for a word.
    slow: BTreeSet<u64>,
    outputs: VecDeque<String>,
}

impl Player {
    fn play(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        if OUTPUTS.contains(&word) {
            let output = self.outputs.pop_front();
            assert_eq!(output.as_deref(), Some(line), "\nthen: {:#?}", self.outputs);
            return;
        }
        self.nothing_else(line);
        self.input(word, rest);
        self.drain();
    }

    fn input(&mut self, word: &str, rest: &str) {
        let (first, last) = rest.split_once(' ').unwrap_or((rest, ""));
        let number = || first.parse::<u64>().expect(rest);
        match word {
            "post" => drop(self.service.bosh(number(), self.long(last).as_bytes(), self.now)),
            "gone" => self.service.bosh_gone(number(), self.now),
            "accept" => {
                self.service.authenticated(number(), AuthOutcome::Accepted { user: last.into() }, self.now)
            }
            "refuse" => self.service.authenticated(number(), AuthOutcome::Refused, self.now),
            "unavailable" => self.service.authenticated(number(), AuthOutcome::Unavailable, self.now),
            "admitted" => self.service.admitted(number(), Ok(()), self.now),
            "forbidden" => self.service.admitted(number(), Err(Denial::Forbidden), self.now),
            "no-such-node" => self.service.admitted(number(), Err(Denial::NoSuchNode), self.now),
            "publish" => self.service.publish(first, last, self.now),
            "finesse" => self.service.set_finesse_available(first == "up", self.now),
            "login" => self.login(first),
            "disconnect" => self.service.disconnect_user(first, self.now),
            "connect" => self.connect(number(), last),
            "recv" => drop(self.service.received(number(), last.replace("\\n", "\n").as_bytes(), self.now)),
            "pong" => drop(self.service.pong(number(), self.now)),
            "drop" => self.service.disconnected(number(), self.now),
            "slow" => drop(self.slow.insert(number())),
            "written" => self.service.written(number(), self.now),
            "signin" => self.sign_in(number(), last),
            "shutdown" => self.service.shut_down(self.now),
            "stop" => self.service.stop(self.now),
            "start" => self.service.start(self.now),
            "revoke" => self.service.revoke(first, last),
            "refuse-session" => self.service.refuse_session(number(), self.now),
            "at" => self.pass(Duration::from_secs(number())),
            _ => panic!("unknown word: {word}"),
        }
    }

    /// The usual beginning of a session with `wait` 30; its answers are not shown.
    fn login(&mut self, address: &str) {
        let (user, resource) = address.split_once('/').expect(address);
        let own = 9000 + 10 * self.sids.len() as u64;
        self.input("post", &format!("{own} <body xmlns='{BIND}' rid='1' ver='1.9' wait='30'/>"));
        self.drain();
        let sid = self.sids.last().expect("a session was opened").clone();
        let auth = format!("<auth xmlns='{SASL}' mechanism='PLAIN'>AHgAeA==</auth>");
        self.input("post", &format!("{} <body xmlns='{BIND}' sid='{sid}' rid='2'>{auth}</body>", own + 1));
        self.drain();
        let check = self.outputs.pop_back().and_then(|check| check.split(' ').nth(1).map(str::to_owned));
        self.input("accept", &format!("{} {user}", check.expect("a check was asked for")));
        let bind =
            format!("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{resource}</resource></bind>");
        let iq = format!("<iq type='set' id='b'>{bind}</iq>");
        self.input("post", &format!("{} <body xmlns='{BIND}' sid='{sid}' rid='3'>{iq}</body>", own + 2));
        self.drain();
        self.outputs.retain(|output| !output.starts_with("reply 90"));
    }

    fn connect(&mut self, connection: u64, kind: &str) {
        let transport = match kind {
            "ws" => Transport::WebSocket,
            other => Transport::Tcp { starttls: other == "tls" },
        };
        self.transports.insert(connection, transport);
        self.service.connected(connection, transport, self.now);
    }

    /// The usual beginning over a lasting connection; what is written meanwhile is not shown.
    fn sign_in(&mut self, connection: u64, address: &str) {
        let (user, resource) = address.split_once('/').expect(address);
        let open = match self.transports[&connection] {
            Transport::WebSocket => "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' version='1.0'/>",
            Transport::Tcp { .. } => {
                "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
            }
        };
        let auth = format!("<auth xmlns='{SASL}' mechanism='PLAIN'>AHgAeA==</auth>");
        for text in [open, &auth] {
            self.input("recv", &format!("{connection} {text}"));
        }
        self.drain();
        let check = self.outputs.pop_back().and_then(|check| check.split(' ').nth(1).map(str::to_owned));
        self.input("accept", &format!("{} {user}", check.expect("a check was asked for")));
        let bind =
            format!("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{resource}</resource></bind>");
        for text in [open, &format!("<iq type='set' id='b'>{bind}</iq>")] {
            self.input("recv", &format!("{connection} {text}"));
        }
        self.drain();
        self.outputs.retain(|output| !output.starts_with(&format!("write {connection}")));
    }

    fn pass(&mut self, until: Duration) {
        while let Some((at, _)) = self.service.poll_timeout().filter(|(at, _)| *at <= until) {
            self.now = self.now.max(at);
            self.service.handle_timeout(self.now);
            self.drain();
        }
        self.now = until;
    }

    fn drain(&mut self) {
        while let Some(output) = self.service.poll_output() {
            let text = self.render(output);
            self.outputs.push_back(text);
        }
    }

    fn render(&mut self, output: Output) -> String {
        match output {
            Output::Reply { id, status, body } => {
                self.learn_sid(&body);
                format!("reply {id} {status} {}", self.short(&body)).trim_end().to_owned()
            }
            Output::Check { check, user, password } => format!("check {check} {user} {}", password.expose()),
            Output::Admit { question, user, node } => format!("admit {question} {user} {node}"),
            Output::Write { connection, texts } => self.write(connection, &texts),
            Output::Ping { connection } => format!("ping {connection}"),
            Output::StartTls { connection } => format!("starttls {connection}"),
            Output::HangUp { connection } => format!("hangup {connection}"),
            Output::SessionBound { user, resource, session } => format!("bound {user}/{resource} {session}"),
            Output::Presence { user, resource, available, session } => {
                let word = if available { "available" } else { "unavailable" };
                format!("presence {user}/{resource} {word} {session}")
            }
            Output::SessionEnded { user, resource, session, cause } => {
                format!("ended {user}/{resource} {session} {cause}")
            }
        }
    }

    fn write(&mut self, connection: u64, texts: &[String]) -> String {
        for text in texts {
            self.learn_stream(text);
        }
        if !self.slow.contains(&connection) {
            self.service.written(connection, self.now);
        }
        format!("write {connection} {}", self.short(&texts.join(" | ")))
    }

    fn learn_stream(&mut self, text: &str) {
        for piece in text.split(" id=\"").skip(1) {
            let id = piece.split('"').next().expect(text);
            if id.len() == 32
                && id.chars().all(|c| c.is_ascii_hexdigit())
                && !self.streams.iter().any(|s| s == id)
            {
                self.streams.push(id.to_owned());
            }
        }
    }

    fn learn_sid(&mut self, body: &str) {
        if let Some((_, rest)) = body.split_once(" sid=\"") {
            let sid = rest.split('"').next().expect(body).to_owned();
            if !self.sids.contains(&sid) {
                self.sids.push(sid);
            }
        }
    }

    fn short(&self, body: &str) -> String {
        let mut text = body.replace('"', "'");
        for (at, sid) in self.sids.iter().enumerate() {
            text = text.replace(sid, &format!("$SID{}", at + 1));
        }
        for (at, id) in self.streams.iter().enumerate() {
            text = text.replace(id, &format!("$ID{}", at + 1));
        }
        text
    }

    fn long(&self, body: &str) -> String {
        let mut text = body.to_owned();
        for (at, sid) in self.sids.iter().enumerate() {
            text = text.replace(&format!("$SID{}", at + 1), sid);
        }
        text
    }

    fn nothing_else(&self, before: &str) {
        assert!(self.outputs.is_empty(), "before {before}: {:#?}", self.outputs);
    }
}
