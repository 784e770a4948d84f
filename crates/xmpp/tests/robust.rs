//! Whatever comes, nothing panics, each request is answered exactly once, and memory stays bounded.

#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by a panic")]

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use xmpp::{AuthOutcome, EndCause, Output, Service, ServiceConfig};

/// A service, and what became of its requests.
struct World {
    service: Service,
    now: Duration,
    sid: String,
    last_id: u64,
    checks: Vec<u64>,
    /// HTTP requests without an answer.
    open: BTreeMap<u64, Duration>,
    ended: Vec<(String, EndCause)>,
    last_body: String,
}

impl World {
    fn new() -> Self {
        Self::with(ServiceConfig::new("fin-a.example.test"))
    }

    fn with(config: ServiceConfig) -> Self {
        Self {
            service: Service::new(config, [1; 32]),
            now: Duration::ZERO,
            sid: String::new(),
            last_id: 0,
            checks: Vec::new(),
            open: BTreeMap::new(),
            ended: Vec::new(),
            last_body: String::new(),
        }
    }

    fn post(&mut self, body: &[u8]) -> u64 {
        self.last_id += 1;
        self.open.insert(self.last_id, self.now);
        self.service.bosh(self.last_id, body, self.now);
        self.drain();
        self.last_id
    }

    fn gone(&mut self, id: u64) {
        if self.open.remove(&id).is_some() {
            self.service.bosh_gone(id, self.now);
            self.drain();
        }
    }

    fn drain(&mut self) {
        while let Some(output) = self.service.poll_output() {
            match output {
                Output::Reply { id, body, .. } => {
                    assert!(self.open.remove(&id).is_some(), "request {id} was answered twice");
                    xml::Element::parse(body.as_bytes(), &xml::Limits::default()).expect(&body);
                    if let Some((_, rest)) = body.split_once(" sid=\"") {
                        self.sid = rest.chars().take_while(|c| *c != '"').collect();
                    }
                    self.last_body = body;
                }
                Output::Check { check, .. } => self.checks.push(check),
                Output::SessionEnded { user, cause, .. } => self.ended.push((user, cause)),
                Output::Admit { question, .. } => self.service.admitted(question, Ok(()), self.now),
                Output::SessionBound { .. } | Output::Presence { .. } => {}
                Output::Write { .. }
                | Output::Ping { .. }
                | Output::StartTls { .. }
                | Output::HangUp { .. } => panic!("there is no lasting connection"),
            }
        }
    }

    /// Lets time pass; nothing is open for longer than the longest wait.
    fn pass(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some((at, timer)) = self.service.poll_timeout().filter(|(at, _)| *at <= until) {
            self.now = self.now.max(at);
            self.service.handle_timeout(self.now);
            self.drain();
            assert_ne!(self.service.poll_timeout(), Some((at, timer)), "the timer fires for ever");
        }
        self.now = until;
        for since in self.open.values() {
            assert!(self.now - *since < Duration::from_secs(61), "a request was forgotten");
        }
    }

    fn login(&mut self, user: &str) {
        for body in OPENING {
            let body = body.replace("$SID", &self.sid);
            self.post(body.as_bytes());
            if let Some(check) = self.checks.pop() {
                self.service.authenticated(check, AuthOutcome::Accepted { user: user.into() }, self.now);
                self.drain();
            }
        }
    }

    fn body(&self, rid: u64, content: &str) -> String {
        format!(
            "<body xmlns='http://jabber.org/protocol/httpbind' sid='{}' rid='{rid}'>{content}</body>",
            self.sid
        )
    }
}

/// Opens, signs in, restarts and binds; the next rid is 5.
const OPENING: [&str; 4] = [
    "<body xmlns='http://jabber.org/protocol/httpbind' rid='1' ver='1.9' wait='30' hold='1'/>",
    "<body xmlns='http://jabber.org/protocol/httpbind' sid='$SID' rid='2'>\
     <auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>ADEwNDIAc2VjcmV0</auth></body>",
    "<body xmlns='http://jabber.org/protocol/httpbind' xmlns:xmpp='urn:xmpp:xbosh' sid='$SID' rid='3' xmpp:restart='true'/>",
    "<body xmlns='http://jabber.org/protocol/httpbind' sid='$SID' rid='4'><iq type='set' id='b'>\
     <bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>desktop</resource></bind></iq></body>",
];

const STANZAS: [&str; 9] = [
    "",
    "<presence/>",
    "<presence type='unavailable'/>",
    "<presence type='subscribe' to='finesse@fin-a.example.test'/>",
    "<iq type='get' id='p'><ping xmlns='urn:xmpp:ping'/></iq>",
    "<iq type='set' id='s' to='pubsub.fin-a.example.test'><pubsub xmlns='http://jabber.org/protocol/pubsub'>\
     <subscribe node='/finesse/api/User/1042/Queues' jid='1042@fin-a.example.test/desktop'/></pubsub></iq>",
    "<iq type='set' id='u' to='pubsub.fin-a.example.test'><pubsub xmlns='http://jabber.org/protocol/pubsub'>\
     <unsubscribe node='/finesse/api/User/1042/Queues' jid='1042@fin-a.example.test/desktop'/></pubsub></iq>",
    "<iq type='set' id='q' to='pubsub.fin-a.example.test'><pubsub xmlns='http://jabber.org/protocol/pubsub'>\
     <subscribe node='/finesse/api/Queue/81' jid='1042@fin-a.example.test/desktop'/></pubsub></iq>",
    "<message to='x'/>",
];

#[derive(Clone, Debug)]
enum Step {
    /// A request this many ids away from the next one.
    Post {
        offset: i64,
        stanza: usize,
    },
    /// One byte of a good request is replaced.
    Damaged {
        stanza: usize,
        at: usize,
        byte: u8,
    },
    Gone {
        back: u64,
    },
    Publish(usize),
    Login,
    Pause,
    Terminate,
    Pass(u16),
    Finesse(bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (prop_oneof![6 => Just(0i64), 2 => -3..4i64], 0..STANZAS.len())
            .prop_map(|(offset, stanza)| Step::Post { offset, stanza }),
        1 => (0..STANZAS.len(), 0usize..300, any::<u8>())
            .prop_map(|(stanza, at, byte)| Step::Damaged { stanza, at, byte }),
        2 => (0u64..3).prop_map(|back| Step::Gone { back }),
        4 => (0usize..4).prop_map(Step::Publish),
        1 => Just(Step::Login),
        1 => Just(Step::Pause),
        1 => Just(Step::Terminate),
        3 => (0u16..50).prop_map(Step::Pass),
        1 => any::<bool>().prop_map(Step::Finesse),
    ]
}

const NODES: [&str; 4] =
    ["/finesse/api/User/1042", "/finesse/api/User/1042/Queues", "/finesse/api/SystemInfo", "/elsewhere"];

fn play(world: &mut World, step: Step, rid: &mut u64) {
    match step {
        Step::Post { offset, stanza } => {
            let body = world.body(rid.saturating_add_signed(offset), STANZAS[stanza]);
            world.post(body.as_bytes());
            *rid += u64::from(offset == 0);
        }
        Step::Damaged { stanza, at, byte } => {
            let mut body = world.body(*rid, STANZAS[stanza]).into_bytes();
            let at = at % body.len();
            body[at] = byte;
            world.post(&body);
        }
        Step::Gone { back } => world.gone(world.last_id.saturating_sub(back)),
        Step::Publish(node) => {
            world.service.publish(NODES[node], "<Update/>", world.now);
            world.drain();
        }
        Step::Login => {
            world.login("1042");
            *rid = 5;
        }
        Step::Pause | Step::Terminate => {
            let attribute = if matches!(step, Step::Pause) { " pause='20' " } else { " type='terminate' " };
            let body = world.body(*rid, "").replacen(" sid", &format!("{attribute}sid"), 1);
            world.post(body.as_bytes());
            *rid += 1;
        }
        Step::Pass(seconds) => world.pass(Duration::from_secs(seconds.into())),
        Step::Finesse(up) => {
            world.service.set_finesse_available(up, world.now);
            world.drain();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_dialog_ends_with_every_request_answered_once(steps in vec(step(), 1..60)) {
        let mut world = World::new();
        world.login("1042");
        let mut rid = 5;
        for step in steps {
            play(&mut world, step, &mut rid);
        }
        world.pass(Duration::from_secs(5000));
        prop_assert_eq!(world.open.len(), 0);
        prop_assert_eq!(world.service.sessions(), 0);
        prop_assert_eq!(world.service.poll_timeout(), None);
    }

    #[test]
    fn any_bytes_are_answered_at_once(body in vec(any::<u8>(), 0..200)) {
        let mut world = World::new();
        world.post(&body);
        prop_assert_eq!(world.open.len(), 0);
    }
}

#[test]
fn a_client_that_does_not_fetch_loses_its_session_and_nobody_elses() {
    let mut world = World::new();
    world.login("1042");
    let lazy = world.sid.clone();
    world.login("1043");
    for n in 0..=256 {
        world.service.publish("/finesse/api/SystemInfo", &format!("<Update>{n}</Update>"), world.now);
        let body = world.body(5 + n, "");
        world.post(body.as_bytes());
        assert!(world.last_body.contains(&format!("&gt;{n}&lt;")), "{n}: {}", world.last_body);
    }
    assert_eq!(world.ended, [("1042".to_owned(), EndCause::Overflow)]);
    assert_eq!((world.service.sessions(), world.service.counters().overflows), (1, 1));
    world.sid = lazy;
    let body = world.body(5, "");
    world.post(body.as_bytes());
    assert!(world.last_body.contains("<resource-constraint "), "{}", world.last_body);
}

#[test]
fn a_queue_is_bounded_in_bytes_too() {
    let mut world = World::new();
    world.login("1042");
    let half = "x".repeat(500 << 10);
    for n in 0..3 {
        assert_eq!(world.ended.len(), 0, "{n}");
        world.service.publish("/finesse/api/User/1042", &half, world.now);
        world.drain();
    }
    assert_eq!(world.ended, [("1042".to_owned(), EndCause::Overflow)]);
}

#[test]
fn too_large_deep_or_wide_bodies_are_a_policy_violation() {
    let mut world = World::new();
    let large = world.body(1, &" ".repeat(1 << 20));
    let deep = world.body(1, &("<a>".repeat(40) + &"</a>".repeat(40)));
    let wide = world.body(1, &"<a/>".repeat(2048));
    let attributes: String = (0..8192).map(|n| format!(" a{n}=''")).collect();
    let ragged = world.body(1, &format!("<a{attributes}/>"));
    for body in [large, deep, wide, ragged] {
        world.post(body.as_bytes());
        assert!(world.last_body.contains("condition=\"policy-violation\""), "{}", world.last_body);
    }
    assert_eq!(world.service.counters().malformed, 4);
}

#[test]
fn a_bomb_of_entities_or_anything_else_but_elements_is_no_request() {
    for bomb in [
        "<!DOCTYPE body [<!ENTITY a 'b'><!ENTITY c '&a;&a;&a;&a;'>]><body xmlns='http://jabber.org/protocol/httpbind' rid='1'>&c;</body>",
        "<body xmlns='http://jabber.org/protocol/httpbind' rid='1'>&undeclared;</body>",
        "<body xmlns='http://jabber.org/protocol/httpbind' rid='1'><!-- x --></body>",
        "<body xmlns='http://jabber.org/protocol/httpbind' rid='1'><?x y?></body>",
    ] {
        let mut world = World::new();
        world.post(bomb.as_bytes());
        assert!(world.last_body.contains("condition=\"bad-request\""), "{}", world.last_body);
        assert_eq!(world.service.sessions(), 0);
    }
}

#[test]
fn one_user_has_a_bounded_number_of_resources() {
    let mut world =
        World::with(ServiceConfig { resources_max: 1, ..ServiceConfig::new("fin-a.example.test") });
    world.login("1042");
    for body in OPENING {
        let body = body.replace("$SID", &world.sid).replace(">desktop<", ">other<");
        world.post(body.as_bytes());
        if let Some(check) = world.checks.pop() {
            world.service.authenticated(check, AuthOutcome::Accepted { user: "1042".into() }, world.now);
            world.drain();
        }
    }
    assert!(world.last_body.contains("<resource-constraint "), "{}", world.last_body);
    assert_eq!(world.service.subscribers("/finesse/api/User/1042"), 1);
    assert_eq!(world.service.counters().constrained, 1);
}

#[test]
fn one_user_has_a_bounded_number_of_subscriptions() {
    let mut world =
        World::with(ServiceConfig { subscriptions_max: 1, ..ServiceConfig::new("fin-a.example.test") });
    world.login("1042");
    for (rid, stanza) in (5..).zip([STANZAS[5], STANZAS[7], STANZAS[6], STANZAS[7]]) {
        let body = world.body(rid, stanza);
        world.post(body.as_bytes());
        assert_eq!(world.last_body.contains("<resource-constraint "), rid == 6, "{}", world.last_body);
    }
    assert_eq!(world.service.counters().constrained, 1);
}

#[test]
fn a_session_that_is_not_bound_in_time_is_over() {
    let mut world = World::new();
    world.post(OPENING[0].as_bytes());
    world.pass(Duration::from_secs(20));
    let auth = OPENING[1].replace("$SID", &world.sid);
    world.post(auth.as_bytes());
    world.pass(Duration::from_secs(39));
    assert_eq!(world.service.sessions(), 1);
    world.pass(Duration::from_secs(1));
    assert_eq!((world.service.sessions(), world.service.counters().late), (0, 1));
}

#[test]
fn session_ids_cannot_be_guessed_from_one_another() {
    let mut world = World::new();
    let mut sids = Vec::new();
    for _ in 0..3 {
        world.post(OPENING[0].as_bytes());
        sids.push(world.sid.clone());
    }
    assert!(sids.iter().all(|sid| sid.len() == 32 && sid.chars().all(|c| c.is_ascii_hexdigit())));
    assert!(sids[0] != sids[1] && sids[1] != sids[2]);
}

#[test]
fn a_password_is_never_printed() {
    let mut service = Service::new(ServiceConfig::new("fin-a.example.test"), [1; 32]);
    service.bosh(1, OPENING[0].as_bytes(), Duration::ZERO);
    let Some(Output::Reply { body, .. }) = service.poll_output() else { panic!("no reply") };
    let sid = body.split(" sid=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    service.bosh(2, OPENING[1].replace("$SID", sid).as_bytes(), Duration::ZERO);
    let check = service.poll_output().expect("a check");
    assert!(matches!(&check, Output::Check { password, .. } if password.expose() == "secret"));
    assert!(!format!("{check:?}").contains("secret"));
}

#[test]
fn a_request_tells_whose_desktop_is_there() {
    let mut service = Service::new(ServiceConfig::new("fin-a.example.test"), [1; 32]);
    assert_eq!(service.bosh(1, OPENING[0].as_bytes(), Duration::ZERO), None, "nobody yet");
    let Some(Output::Reply { body, .. }) = service.poll_output() else { panic!("no reply") };
    let sid = body.split(" sid=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let request = |number: usize| OPENING[number].replace("$SID", &sid);
    assert_eq!(
        service.bosh(2, request(1).as_bytes(), Duration::ZERO),
        None,
        "not before the password is checked"
    );
    service.authenticated(1, AuthOutcome::Accepted { user: "1042".into() }, Duration::ZERO);
    assert_eq!(service.bosh(3, request(2).as_bytes(), Duration::ZERO), None, "not before it is bound");
    assert_eq!(service.bosh(4, request(3).as_bytes(), Duration::ZERO), Some("1042"));
    service.disconnect_user("1042", Duration::ZERO);
    assert_eq!(service.bosh(5, request(3).as_bytes(), Duration::ZERO), None);
}

#[test]
fn what_comes_before_the_sign_in_is_bounded_and_any_name_of_the_server_will_do() {
    let mut world = World::new();
    world.post(OPENING[0].replace(" rid=", " to='10.1.2.3' rid=").as_bytes());
    assert!(world.last_body.contains("from=\"fin-a.example.test\""), "{}", world.last_body);
    for rid in 2..4 {
        let body = world.body(rid, &" ".repeat(100 << 10));
        world.post(body.as_bytes());
    }
    assert!(world.last_body.contains("condition=\"policy-violation\""), "{}", world.last_body);
    let opening = OPENING[0].replace(" rid=", &format!("{} rid=", " ".repeat(200 << 10)));
    world.post(opening.as_bytes());
    assert!(world.last_body.contains("condition=\"policy-violation\""), "{}", world.last_body);
    assert_eq!(world.service.sessions(), 0);
}
