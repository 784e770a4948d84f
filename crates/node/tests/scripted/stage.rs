//! A node and everything around it, by hand: the CTI server, clients, the other node, the clock.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use ged188::{
    AgentState, AgentStateEvent, ConfigAgentEvent, ConfigAgentEventRecordsItem, ConfigEndEvent,
    ConfigKeyEvent, Message, OpenConf, QueryAgentStateConf, ServiceMask, SnapshotDeviceConf, SystemEvent,
    SystemEventId, Version,
};
use node::api::HttpRequest;
use node::api::settings::EnterpriseDatabaseConfig;
use node::domain::{AgentId, Now, Person, Resources, Secret, WallMs};
use node::failover::administrators::CheckId;
use node::failover::awdb::QueryId;
use node::failover::cti::{Epoch, Settings, Side};
use node::failover::fence;
use node::ledger::{Batch, BatchId, Log};
use node::{
    Accepted, ChangeId, Config, Done, HttpId, Input, LinkNews, Node, Output, PeerMessage, RecoveryConfig,
    Services, SessionConfig, WireId, WireNews, ged188,
};

const ALL: ServiceMask = ServiceMask(u32::MAX);

pub(crate) struct Stage {
    pub(crate) node: Node,
    pub(crate) now: Duration,
    pub(crate) version: Version,
    pub(crate) epoch: Epoch,
    pub(crate) framer: ged188::frame::Framer,
    pub(crate) dials: Vec<Side>,
    pub(crate) hang_ups: usize,
    pub(crate) heard: Vec<Message>,
    pub(crate) replies: Vec<(u64, u16)>,
    /// The body of the last reply.
    pub(crate) reply: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) checks: Vec<QueryId>,
    /// What the shell was asked for administrators.
    pub(crate) asked: Asked,
    pub(crate) stories: Vec<String>,
    pub(crate) bodies: Vec<String>,
    /// The server confirms heartbeats.
    pub(crate) beating: bool,
    /// Connections whose clients are alive.
    pub(crate) alive: BTreeSet<u64>,
    /// Connections that the node has hung up.
    pub(crate) hung_up: Vec<u64>,
    /// What was written to each connection.
    pub(crate) written: BTreeMap<u64, String>,
    /// What was said to the other node.
    pub(crate) told_peer: Vec<fence::Message>,
    pub(crate) services: Vec<Services>,
    /// What the shell was told to remember, or to forget.
    pub(crate) remembered: Vec<(AgentId, bool)>,
    /// Whom the AWDB finds, whoever asks.
    pub(crate) person: Person,
    /// What others answer at once.
    answers: VecDeque<Answer>,
}

/// What concerns administrators and settings, in the order in which it was asked.
#[derive(Default)]
pub(crate) struct Asked {
    pub(crate) administrators: Vec<CheckId>,
    pub(crate) databases: Vec<(ChangeId, bool)>,
    pub(crate) changes: Vec<(BatchId, Batch)>,
    pub(crate) client_logs: Vec<(HttpId, AgentId, Vec<u8>)>,
    pub(crate) in_use: Vec<EnterpriseDatabaseConfig>,
}

/// What a part of the stage does by itself.
enum Answer {
    Beat(u32),
    Worked(Done),
    Written(u64),
    Pong(u64),
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self::with(config())
    }

    pub(crate) fn with(config: Config) -> Self {
        Self::with_log(config, None)
    }

    /// With this on its disk.
    pub(crate) fn with_log(config: Config, log: Option<Log>) -> Self {
        let now = Now { mono: Duration::ZERO, wall: WallMs(0) };
        let mut stage = Self {
            node: Node::with_log(config, log, now),
            now: Duration::ZERO,
            version: version(20),
            epoch: Epoch(0),
            framer: ged188::frame::Framer::default(),
            dials: Vec::new(),
            hang_ups: 0,
            heard: Vec::new(),
            replies: Vec::new(),
            reply: String::new(),
            headers: Vec::new(),
            checks: Vec::new(),
            asked: Asked::default(),
            stories: Vec::new(),
            bodies: Vec::new(),
            beating: false,
            alive: BTreeSet::new(),
            hung_up: Vec::new(),
            written: BTreeMap::new(),
            told_peer: Vec::new(),
            services: Vec::new(),
            remembered: Vec::new(),
            person: person(),
            answers: VecDeque::new(),
        };
        stage.drain();
        stage
    }

    pub(crate) fn now(&self) -> Now {
        Now { mono: self.now, wall: WallMs(self.now.as_millis() as i64) }
    }

    pub(crate) fn drain(&mut self) {
        while let Some(output) = self.node.poll_output() {
            match output {
                Output::Dial { epoch, side } => {
                    self.epoch = epoch;
                    self.framer = ged188::frame::Framer::default();
                    self.dials.push(side);
                }
                Output::Write { bytes, .. } => self.hear(&bytes),
                Output::HangUp { .. } => self.hang_ups += 1,
                Output::HttpReply { id, response } => {
                    self.replies.push((id.0, response.status));
                    self.reply = response.body;
                    self.headers = response.headers;
                }
                Output::Check { query, .. } => self.checks.push(query),
                Output::Probe { .. } | Output::ReadPeople { .. } => {}
                Output::CheckAdministrator { check, .. } => self.asked.administrators.push(check),
                Output::TryDatabase { change, connect, .. } => self.asked.databases.push((change, connect)),
                Output::Work(work) => self.answers.push_back(Answer::Worked(work.run())),
                Output::Persist { batch, what } => self.asked.changes.push((batch, what)),
                Output::KeepClientLog { http, agent, request } => {
                    self.asked.client_logs.push((http, agent, request.body));
                }
                Output::UseDatabase(database) => self.asked.in_use.push(database),
                Output::Story(story) => self.stories.push(story.says),
                Output::BoshReply { body, .. } => self.bodies.push(body),
                Output::Published(_) => {}
                Output::Services(services) => self.services.push(services),
                Output::Remember { agent, listed } => self.remembered.push((agent, listed)),
                Output::WireWrite { id, texts } => {
                    self.written.entry(id.0).or_default().push_str(&texts.concat());
                    self.answers.push_back(Answer::Written(id.0));
                }
                Output::WirePing { id } => self.answers.push_back(Answer::Pong(id.0)),
                Output::WireHangUp { id } => self.hung_up.push(id.0),
                Output::WireStartTls { .. } | Output::PeerClose { .. } => {}
                Output::PeerSend { message: PeerMessage::Fence(message), .. } => self.told_peer.push(message),
                Output::PeerSend { message: PeerMessage::Ledger(_), .. } | Output::Standing(_) => {}
            }
        }
    }

    pub(crate) fn hear(&mut self, bytes: &[u8]) {
        self.framer.push(bytes);
        while let Some(frame) = self.framer.next_frame().unwrap() {
            let message = Message::decode(frame.kind, &frame.body, self.version).unwrap();
            if let Message::HeartbeatReq(beat) = &message {
                self.answers.push_back(Answer::Beat(beat.invoke_id));
            }
            self.heard.push(message);
        }
    }

    pub(crate) fn input(&mut self, input: Input) {
        let now = self.now();
        self.node.handle(input, now);
        self.drain();
        self.answer();
    }

    fn answer(&mut self) {
        while let Some(answer) = self.answers.pop_front() {
            match answer {
                Answer::Beat(invoke_id) if self.beating => {
                    self.say(Message::HeartbeatConf(ged188::HeartbeatConf { invoke_id }));
                }
                Answer::Pong(wire) if self.alive.contains(&wire) => self.wire(wire, WireNews::Pong),
                Answer::Worked(done) => self.input(Input::Worked(done)),
                Answer::Written(wire) => self.wire(wire, WireNews::Written),
                Answer::Beat(_) | Answer::Pong(_) => {}
            }
        }
    }

    pub(crate) fn wire(&mut self, wire: u64, news: WireNews) {
        self.input(Input::Wire { id: WireId(wire), news });
    }

    pub(crate) fn link(&mut self, news: LinkNews) {
        self.input(Input::Link { epoch: self.epoch, news });
    }

    pub(crate) fn say(&mut self, message: Message) {
        self.link(LinkNews::Bytes(message.encode(self.version).unwrap()));
    }

    /// Lets time pass up to the next deadline.
    pub(crate) fn next_deadline(&mut self) {
        self.now = self.node.poll_timeout().unwrap().0.max(self.now);
        let now = self.now();
        self.node.handle_timeout(now);
        self.drain();
        self.answer();
    }

    /// Lets that much time pass.
    pub(crate) fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while self.node.poll_timeout().unwrap().0 <= end {
            self.next_deadline();
        }
        self.now = end;
    }

    pub(crate) fn last(&self) -> &Message {
        self.heard.last().unwrap()
    }

    pub(crate) fn invoke(&self) -> u32 {
        self.last().invoke_id().unwrap()
    }

    /// Answers OPEN_REQ.
    pub(crate) fn open(&mut self) {
        self.link(LinkNews::Connected);
        assert!(matches!(self.last(), Message::OpenReq(_)));
        let invoke_id = self.invoke();
        self.say(Message::OpenConf(OpenConf { invoke_id, services_granted: ALL, ..Default::default() }));
    }

    pub(crate) fn keys(&mut self, key: u8) {
        self.say(Message::ConfigKeyEvent(ConfigKeyEvent {
            agent_config_key: vec![key; 8],
            ..Default::default()
        }));
    }

    pub(crate) fn one_agent(&mut self) {
        let record = ConfigAgentEventRecordsItem {
            record_type: Some(ged188::RecordType::ADD),
            flt_peripheral_id: Some(5000),
            login_id: "1001".into(),
            ..Default::default()
        };
        self.say(Message::ConfigAgentEvent(ConfigAgentEvent { records: vec![record] }));
        self.say(Message::ConfigEndEvent(ConfigEndEvent::default()));
    }

    pub(crate) fn peripheral_online(&mut self) {
        self.say(Message::SystemEvent(SystemEvent {
            system_event_id: SystemEventId::PERIPHERAL_ONLINE,
            system_event_arg1: 5000,
            ..Default::default()
        }));
    }

    /// Answers the one agent's state and device.
    pub(crate) fn read_agent(&mut self) {
        assert!(matches!(self.last(), Message::QueryAgentStateReq(req) if req.agent_id == "1001"));
        let invoke_id = self.invoke();
        self.say(Message::QueryAgentStateConf(QueryAgentStateConf {
            invoke_id,
            agent_state: AgentState::NOT_READY,
            mrd_id: 1,
            agent_id: "1001".into(),
            agent_extension: "61001".into(),
            agent_instrument: "61001".into(),
            ..Default::default()
        }));
        assert!(matches!(self.last(), Message::SnapshotDeviceReq(req) if req.agent_instrument == "61001"));
        let invoke_id = self.invoke();
        self.say(Message::SnapshotDeviceConf(SnapshotDeviceConf { invoke_id, ..Default::default() }));
    }

    /// Answers all that is read: agents are in this state and have no calls.
    pub(crate) fn read_everybody(&mut self, agent_state: AgentState) {
        let mut from = 0;
        while let Some(message) = self.heard.get(from).cloned() {
            from += 1;
            match message {
                Message::QueryAgentStateReq(req) => {
                    self.say(Message::QueryAgentStateConf(QueryAgentStateConf {
                        invoke_id: req.invoke_id,
                        agent_state,
                        mrd_id: 1,
                        agent_extension: format!("6{}", req.agent_id),
                        agent_instrument: format!("6{}", req.agent_id),
                        agent_id: req.agent_id,
                        ..Default::default()
                    }))
                }
                Message::SnapshotDeviceReq(req) => {
                    self.say(Message::SnapshotDeviceConf(SnapshotDeviceConf {
                        invoke_id: req.invoke_id,
                        ..Default::default()
                    }))
                }
                _ => {}
            }
        }
    }

    pub(crate) fn serve(&mut self) {
        self.open();
        self.keys(1);
        self.one_agent();
        self.peripheral_online();
        self.read_agent();
        assert!(self.in_service());
    }

    pub(crate) fn in_service(&self) -> bool {
        self.node.status().info.in_service
    }

    /// The last line of the story that has these words.
    pub(crate) fn told(&self, words: &str) -> &str {
        self.stories.iter().rev().find(|line| line.contains(words)).map_or("", String::as_str)
    }

    pub(crate) fn get(&mut self, id: u64, path: &str) {
        self.request(id, "GET", path, "");
    }

    /// REST, of agent 1001; the check of his password is still to be answered.
    pub(crate) fn request(&mut self, id: u64, method: &str, path: &str, body: &str) {
        self.request_by("Basic MTAwMTpwdw==", id, method, path, body);
    }

    /// REST, of whoever these credentials are.
    pub(crate) fn request_by(&mut self, credentials: &str, id: u64, method: &str, path: &str, body: &str) {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let request = HttpRequest {
            method: method.into(),
            path: path.into(),
            query: query.into(),
            authorization: Some(Secret::new(credentials)),
            request_id: Some("r1".into()),
            content_type: (!body.is_empty()).then(|| "application/xml".into()),
            range: None,
            body: body.into(),
            caller: None,
        };
        self.input(Input::Http { id: HttpId(id), request });
    }

    /// REST, of agent 1001, with the right password: the status and the body.
    pub(crate) fn ask(&mut self, method: &str, path: &str, body: &str) -> (u16, String) {
        self.request(1, method, path, body);
        self.accept_last();
        (self.replies.last().unwrap().1, self.reply.clone())
    }
}

impl Stage {
    /// The AWDB accepts the person who asked last.
    pub(crate) fn accept_last(&mut self) {
        let query = *self.checks.last().unwrap();
        self.input(Input::Checked { query, answer: Ok(accepted(self.person.clone())) });
    }
}

/// As an AWDB says it.
pub(crate) fn accepted(person: Person) -> Accepted<Person> {
    let (id, login_name) = (person.id.to_string(), person.login_name.clone());
    Accepted { id, login_name, mark: [0; 16], person }
}

/// The start of a `<body/>` with this rid, up to its other attributes.
pub(crate) fn body(rid: u32) -> String {
    format!("<body xmlns='http://jabber.org/protocol/httpbind' rid='{rid}' ")
}

impl Stage {
    pub(crate) fn bosh(&mut self, id: u64, body: String) -> String {
        self.input(Input::Bosh { id: HttpId(id), body: body.into_bytes() });
        self.bodies.last().cloned().unwrap_or_default()
    }

    /// Opens the desktop of agent 1001; his session id.
    pub(crate) fn desktop(&mut self) -> String {
        let hello = self.bosh(1, body(1) + "to='fin-a' hold='1' wait='60' ver='1.9' xml:lang='en'/>");
        let sid = hello.split("sid=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let auth =
            "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>ADEwMDEAcHc=</auth></body>";
        self.bosh(2, format!("{}sid='{sid}'>{auth}", body(2)));
        self.accept_last();
        self.bosh(3, format!("{}sid='{sid}' xmlns:xmpp='urn:xmpp:xbosh' xmpp:restart='true'/>", body(3)));
        let bind = "<iq xmlns='jabber:client' type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";
        assert!(self.bosh(4, format!("{}sid='{sid}'>{bind}</body>", body(4))).contains("<jid>1001@fin-a/"));
        sid
    }
}

impl Stage {
    /// Agent 1001 signs in over a WebSocket and takes this resource.
    pub(crate) fn bind(&mut self, wire: u64, resource: &str) {
        const OPEN: &str = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='fin-a' version='1.0'/>";
        self.alive.insert(wire);
        self.wire(wire, WireNews::Connected(node::xmpp::Transport::WebSocket));
        self.stanza(wire, OPEN);
        self.stanza(
            wire,
            "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>ADEwMDEAcHc=</auth>",
        );
        self.accept_last();
        self.stanza(wire, OPEN);
        let bind = format!(
            "<iq xmlns='jabber:client' type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{resource}</resource></bind></iq>"
        );
        self.stanza(wire, &bind);
        assert!(self.written[&wire].contains(&format!("<jid>1001@fin-a/{resource}</jid>")));
    }

    /// The client of a WebSocket says this.
    pub(crate) fn stanza(&mut self, wire: u64, stanza: &str) {
        self.wire(wire, WireNews::Bytes(stanza.as_bytes().to_vec()));
    }
}

pub(crate) fn agent_state(state: AgentState) -> Message {
    agent_state_by(state, 0)
}

pub(crate) fn agent_state_by(state: AgentState, event_reason_code: u16) -> Message {
    Message::AgentStateEvent(AgentStateEvent {
        event_reason_code,
        peripheral_id: 5000,
        mrd_id: 1,
        agent_state: state,
        agent_id: "1001".into(),
        agent_extension: "61001".into(),
        agent_instrument: "61001".into(),
        ..Default::default()
    })
}

pub(crate) fn version(number: u8) -> Version {
    Version::new(number.into()).unwrap()
}

pub(crate) fn config() -> Config {
    Config {
        host: "fin-a".into(),
        primary: "fin-a".into(),
        secondary: None,
        peripheral_id: 5000,
        timezone_offset_minutes: 0,
        cti: Settings::default(),
        session: SessionConfig {
            client_id: "holdfast-primary".into(),
            password: Secret::new(""),
            versions: version(13)..=version(20),
        },
        recovery: RecoveryConfig::default(),
        presence: node::failover::presence::Settings::default(),
        fence: node::failover::fence::Settings::new(node::failover::fence::Rank::Primary),
        xmpp: node::xmpp::ServiceConfig::new("fin-a"),
        settings: node::Settings::default(),
        administrators: node::failover::administrators::Settings {
            names: ["ADMIN".to_owned()].into(),
            ..Default::default()
        },
        resources: Resources::default(),
        key: node::Key([7; 32]),
        credentials_key: node::Key([8; 32]),
        awdb: every_request_is_checked(),
    }
}

pub(crate) fn person() -> Person {
    Person {
        id: AgentId::new("1001"),
        login_name: "hanako".into(),
        first_name: String::new(),
        last_name: String::new(),
        supervisor: false,
        team: None,
        supervises: Vec::new(),
    }
}

/// Nobody is known longer than a moment: a check can be told apart from a request.
fn every_request_is_checked() -> node::failover::awdb::Settings {
    node::failover::awdb::Settings { window: Duration::ZERO, ..Default::default() }
}
