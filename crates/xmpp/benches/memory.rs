//! What an idle session costs in a service: resident growth of this process divided by the number of sessions, each
//! signed in, bound, available, watching the web application, with explicit subscriptions and a few events behind it.
//! `cargo bench -p xmpp --bench memory`.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a program for people")]

#[path = "../../../benches/process.rs"]
mod process;

use std::time::Duration;

use xmpp::{AuthOutcome, Output, Service, ServiceConfig, Transport};

const AUTH: &str = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>ADEwNDIAc2VjcmV0</auth>";
const BIND: &str = "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>\
                    <resource>desktop</resource></bind></iq>";
const PRESENCES: [&str; 2] = ["<presence/>", "<presence to='finesse@fin-a.example.test' type='subscribe'/>"];

/// The queues of an agent.
const SUBSCRIPTIONS: usize = 6;

/// Five full nodes.
const SESSIONS: usize = 10_000;

fn main() {
    match process::word().as_deref() {
        Some("bosh") => measure("BOSH", None),
        Some("websocket") => measure("WebSocket", Some(Transport::WebSocket)),
        Some("tcp") => measure("TCP", Some(Transport::Tcp { starttls: false })),
        // Each in a process of its own, as memory that is given back is used again.
        _ => ["bosh", "websocket", "tcp"].into_iter().for_each(process::run_alone),
    }
}

fn measure(name: &str, transport: Option<Transport>) {
    let before = process::resident();
    let mut stage = Stage::new(SESSIONS);
    for user in 0..SESSIONS as u64 {
        match transport {
            None => stage.bosh(user),
            Some(transport) => stage.wire(user, transport),
        }
    }
    assert_eq!(stage.service.subscribers("/finesse/api/SystemInfo"), SESSIONS);
    println!(
        "{name}: {} bytes for each of {SESSIONS} idle sessions",
        (process::resident() - before) / SESSIONS
    );
}

struct Stage {
    service: Service,
    request: u64,
    sid: String,
}

impl Stage {
    fn new(sessions_max: usize) -> Self {
        let config = ServiceConfig { sessions_max, ..ServiceConfig::new("fin-a.example.test") };
        Self { service: Service::new(config, [7; 32]), request: 0, sid: String::new() }
    }

    fn bosh(&mut self, user: u64) {
        self.post(user, "rid='1' ver='1.9' wait='30' hold='1'", "");
        let subscriptions = subscribe(user).collect::<String>();
        for (rid, content) in (2..).zip([AUTH, "", BIND, &PRESENCES.concat(), &subscriptions]) {
            let restart = if rid == 3 { "xmpp:restart='true'" } else { "" };
            self.post(user, &format!("sid='{}' rid='{rid}' {restart}", self.sid), content);
        }
        for rid in 7..16 {
            self.post(user, &format!("sid='{}' rid='{rid}'", self.sid), "");
            // Then it is quiet, and each request is released by the next.
            if rid < 11 {
                self.publish(user);
            }
        }
    }

    fn wire(&mut self, user: u64, transport: Transport) {
        let begin = match transport {
            Transport::Tcp { .. } => {
                "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"
            }
            Transport::WebSocket => "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' version='1.0'/>",
        };
        self.service.connected(user, transport, Duration::ZERO);
        for text in [begin, AUTH, begin, BIND] {
            self.receive(user, text);
        }
        for stanza in [PRESENCES[0].to_owned(), PRESENCES[1].to_owned()].into_iter().chain(subscribe(user)) {
            self.receive(user, &stanza);
        }
        for _ in 0..5 {
            self.publish(user);
        }
    }

    fn publish(&mut self, user: u64) {
        let dialog = "x".repeat(3000);
        self.service.publish(&format!("/finesse/api/User/{user}"), &dialog, Duration::ZERO);
        self.drain(user);
    }

    fn post(&mut self, user: u64, attributes: &str, content: &str) {
        self.request += 1;
        let body = format!(
            "<body xmlns='http://jabber.org/protocol/httpbind' xmlns:xmpp='urn:xmpp:xbosh' {attributes}>{content}</body>"
        );
        self.service.bosh(self.request, body.as_bytes(), Duration::ZERO);
        self.drain(user);
    }

    fn receive(&mut self, user: u64, text: &str) {
        self.service.received(user, text.as_bytes(), Duration::ZERO);
        self.drain(user);
    }

    fn drain(&mut self, user: u64) {
        while let Some(output) = self.service.poll_output() {
            match output {
                Output::Check { check, .. } => {
                    let user = user.to_string();
                    self.service.authenticated(check, AuthOutcome::Accepted { user }, Duration::ZERO);
                }
                Output::Admit { question, .. } => self.service.admitted(question, Ok(()), Duration::ZERO),
                Output::Write { connection, .. } => self.service.written(connection, Duration::ZERO),
                Output::Reply { body, .. } => {
                    if let Some((_, rest)) = body.split_once(" sid=\"") {
                        self.sid = rest.split('"').next().unwrap_or_default().to_owned();
                    }
                }
                Output::Ping { .. }
                | Output::StartTls { .. }
                | Output::HangUp { .. }
                | Output::SessionBound { .. }
                | Output::Presence { .. }
                | Output::SessionEnded { .. } => {}
            }
        }
    }
}

fn subscribe(user: u64) -> impl Iterator<Item = String> {
    let nodes = (0..SUBSCRIPTIONS).map(move |n| format!("/finesse/api/Queue/{}", (user as usize + n) % 50));
    nodes.map(move |node| {
        format!(
            "<iq type='set' id='s' to='pubsub.fin-a.example.test'><pubsub xmlns='http://jabber.org/protocol/pubsub'>\
             <subscribe node='{node}' jid='{user}@fin-a.example.test/desktop'/></pubsub></iq>"
        )
    })
}
