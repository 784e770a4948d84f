//! Whatever is subscribed, taken back, revoked, stopped and started, a session gets each event that a simple model says
//! it should get, once, in the order of publication, and none besides.

#![expect(clippy::panic, reason = "a test fails by a panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use xmpp::{AuthOutcome, Output, Service, ServiceConfig, Transport};

const USER: &str = "1042";
const RESOURCES: [&str; 3] = ["a", "b", "c"];
const NODES: [&str; 5] = [
    "/finesse/api/User/1042/Dialogs",
    "/finesse/api/SystemInfo",
    "/finesse/api/User/1042/Queues",
    "/finesse/api/Queue/81",
    "/finesse/api/User/1043",
];
/// Those at the beginning come without asking.
const AUTOMATIC: usize = 2;

#[derive(Clone, Debug)]
enum Step {
    /// By one resource, for the bare address or for any resource.
    Subscribe {
        node: usize,
        by: usize,
        to: Option<usize>,
    },
    Unsubscribe {
        node: usize,
        by: usize,
        to: Option<usize>,
    },
    Publish {
        node: usize,
    },
    Revoke {
        node: usize,
    },
    Leave {
        resource: usize,
    },
    Join {
        resource: usize,
    },
    StopAndStart,
    /// Not as long as a lease.
    Pass,
}

fn step() -> impl Strategy<Value = Step> {
    let (node, resource) = (0..NODES.len(), 0..RESOURCES.len());
    let address = (node.clone(), resource.clone(), proptest::option::of(resource.clone()));
    prop_oneof![
        6 => address.clone().prop_map(|(node, by, to)| Step::Subscribe { node, by, to }),
        3 => address.prop_map(|(node, by, to)| Step::Unsubscribe { node, by, to }),
        8 => node.clone().prop_map(|node| Step::Publish { node }),
        1 => node.prop_map(|node| Step::Revoke { node }),
        1 => resource.clone().prop_map(|resource| Step::Leave { resource }),
        2 => resource.prop_map(|resource| Step::Join { resource }),
        1 => Just(Step::StopAndStart),
        1 => Just(Step::Pass),
    ]
}

/// A service, what its sessions were told, and what they should have been.
struct World {
    service: Service,
    now: Duration,
    last_connection: u64,
    published: usize,
    /// The resources that are online, by connection.
    online: BTreeMap<u64, usize>,
    subscribed: BTreeSet<(usize, Option<usize>)>,
    told: BTreeMap<u64, Vec<usize>>,
    expected: BTreeMap<u64, Vec<usize>>,
}

impl World {
    fn new() -> Self {
        Self {
            service: Service::new(ServiceConfig::new("fin-a.example.test"), [1; 32]),
            now: Duration::ZERO,
            last_connection: 0,
            published: 0,
            online: BTreeMap::new(),
            subscribed: BTreeSet::new(),
            told: BTreeMap::new(),
            expected: BTreeMap::new(),
        }
    }

    fn play(&mut self, step: &Step) {
        match *step {
            Step::Subscribe { node, by, to } => {
                if self.ask("subscribe", node, by, to) {
                    self.subscribed.insert((node, to));
                }
            }
            Step::Unsubscribe { node, by, to } => {
                if self.ask("unsubscribe", node, by, to) {
                    self.subscribed.remove(&(node, to));
                }
            }
            Step::Publish { node } => self.publish(node),
            Step::Revoke { node } => {
                self.service.revoke(USER, NODES[node]);
                self.subscribed.retain(|(subscribed, _)| *subscribed != node);
            }
            Step::Leave { resource } => {
                if let Some(connection) = self.connection(resource) {
                    self.service.disconnected(connection, self.now);
                    self.online.remove(&connection);
                }
            }
            Step::Join { resource } => self.join(resource),
            Step::StopAndStart => {
                self.service.stop(self.now);
                self.drain();
                self.service.start(self.now);
            }
            Step::Pass => self.now += Duration::from_secs(300),
        }
        self.drain();
    }

    fn ask(&mut self, verb: &str, node: usize, by: usize, to: Option<usize>) -> bool {
        let Some(connection) = self.connection(by) else { return false };
        let resource = to.map(|to| format!("/{}", RESOURCES[to])).unwrap_or_default();
        let iq = format!(
            "<iq type='set' id='1' to='pubsub.fin-a.example.test'><pubsub xmlns='http://jabber.org/protocol/pubsub'>\
             <{verb} node='{}' jid='{USER}@fin-a.example.test{resource}'/></pubsub></iq>",
            NODES[node]
        );
        self.service.received(connection, iq.as_bytes(), self.now);
        self.drain();
        true
    }

    fn publish(&mut self, node: usize) {
        self.published += 1;
        for (connection, resource) in &self.online {
            let explicit = [None, Some(*resource)].iter().any(|to| self.subscribed.contains(&(node, *to)));
            if node < AUTOMATIC || explicit {
                self.expected.entry(*connection).or_default().push(self.published);
            }
        }
        self.service.publish(NODES[node], &format!("#{}#", self.published), self.now);
    }

    /// A resource that is online is taken over.
    fn join(&mut self, resource: usize) {
        self.last_connection += 1;
        let connection = self.last_connection;
        self.service.connected(connection, Transport::WebSocket, self.now);
        let open = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' version='1.0'/>";
        let auth = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>ADEwNDIAc2VjcmV0</auth>";
        let bind = format!(
            "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{}</resource></bind></iq>",
            RESOURCES[resource]
        );
        for text in [open, auth, open, &bind] {
            self.service.received(connection, text.as_bytes(), self.now);
            self.drain();
        }
        self.online.insert(connection, resource);
    }

    fn connection(&self, resource: usize) -> Option<u64> {
        self.online.iter().find(|(_, held)| **held == resource).map(|(connection, _)| *connection)
    }

    fn drain(&mut self) {
        while let Some(output) = self.service.poll_output() {
            match output {
                Output::Write { connection, texts } => {
                    for text in texts {
                        let number = text.split('#').nth(2).and_then(|number| number.parse::<usize>().ok());
                        self.told.entry(connection).or_default().extend(number);
                    }
                    self.service.written(connection, self.now);
                }
                Output::HangUp { connection } => drop(self.online.remove(&connection)),
                Output::Check { check, .. } => {
                    let accepted = AuthOutcome::Accepted { user: USER.to_owned() };
                    self.service.authenticated(check, accepted, self.now);
                }
                Output::Admit { question, .. } => self.service.admitted(question, Ok(()), self.now),
                Output::SessionBound { .. } | Output::Presence { .. } | Output::SessionEnded { .. } => {}
                Output::Reply { .. } | Output::Ping { .. } | Output::StartTls { .. } => {
                    panic!("nobody asked for {output:?}")
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_session_gets_its_events_once_and_in_order(steps in vec(step(), 1..80)) {
        let mut world = World::new();
        (0..2).for_each(|resource| world.join(resource));
        for step in &steps {
            world.play(step);
        }
        world.told.retain(|_, events| !events.is_empty());
        prop_assert_eq!(world.told, world.expected);
    }
}
