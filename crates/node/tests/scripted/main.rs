//! A node against a scripted CTI server, message by message, in virtual time.

#![expect(clippy::unwrap_used, reason = "in a test, what is not there is a failure")]

use std::time::Duration;

use ged188::{
    AgentState, AgentStateEvent, CallType, ConfigAgentEvent, ConfigAgentEventRecordsItem, ConfigEndEvent,
    ConfigKeyEvent, FailureConf, LocalConnectionState, Message, OpenConf, QueryAgentStateConf, ServiceMask,
    SnapshotCallConf, SnapshotCallConfCallDevicesItem, SnapshotDeviceConf, SnapshotDeviceConfCallsItem,
    StatusCode, SystemEvent, SystemEventId, Version,
};
use node::api::HttpRequest;
use node::domain::{AgentId, Now, Person, ReasonCodes, Secret, WallMs, WrapUpReasons};
use node::failover::cti::{Epoch, Settings, Side};
use node::{
    CheckId, Config, HttpId, Input, LinkNews, Node, Output, RecoveryConfig, SessionConfig, SignInError,
    ged188,
};

const ALL: ServiceMask = ServiceMask(u32::MAX);

struct Stage {
    node: Node,
    now: Duration,
    version: Version,
    epoch: Epoch,
    framer: ged188::frame::Framer,
    dials: Vec<Side>,
    hang_ups: usize,
    heard: Vec<Message>,
    replies: Vec<(u64, u16)>,
    checks: Vec<CheckId>,
    stories: Vec<String>,
    bodies: Vec<String>,
}

impl Stage {
    fn new() -> Self {
        let now = Now { mono: Duration::ZERO, wall: WallMs(0) };
        let mut stage = Self {
            node: Node::new(config(), now),
            now: Duration::ZERO,
            version: version(20),
            epoch: Epoch(0),
            framer: ged188::frame::Framer::default(),
            dials: Vec::new(),
            hang_ups: 0,
            heard: Vec::new(),
            replies: Vec::new(),
            checks: Vec::new(),
            stories: Vec::new(),
            bodies: Vec::new(),
        };
        stage.drain();
        stage
    }

    fn now(&self) -> Now {
        Now { mono: self.now, wall: WallMs(self.now.as_millis() as i64) }
    }

    fn drain(&mut self) {
        while let Some(output) = self.node.poll_output() {
            match output {
                Output::Dial { epoch, side } => {
                    self.epoch = epoch;
                    self.framer = ged188::frame::Framer::default();
                    self.dials.push(side);
                }
                Output::Write { bytes, .. } => self.hear(&bytes),
                Output::HangUp { .. } => self.hang_ups += 1,
                Output::HttpReply { id, response } => self.replies.push((id.0, response.status)),
                Output::Check { id, .. } => self.checks.push(id),
                Output::Story(story) => self.stories.push(story.says),
                Output::BoshReply { body, .. } => self.bodies.push(body),
                Output::Published(_) | Output::Services(_) => {}
                Output::WireWrite { .. }
                | Output::WirePing { .. }
                | Output::WireStartTls { .. }
                | Output::WireHangUp { .. }
                | Output::PeerSend { .. }
                | Output::PeerClose { .. } => {}
            }
        }
    }

    fn hear(&mut self, bytes: &[u8]) {
        self.framer.push(bytes);
        while let Some(frame) = self.framer.next_frame().unwrap() {
            self.heard.push(Message::decode(frame.kind, &frame.body, self.version).unwrap());
        }
    }

    fn input(&mut self, input: Input) {
        let now = self.now();
        self.node.handle(input, now);
        self.drain();
    }

    fn link(&mut self, news: LinkNews) {
        self.input(Input::Link { epoch: self.epoch, news });
    }

    fn say(&mut self, message: Message) {
        self.link(LinkNews::Bytes(message.encode(self.version).unwrap()));
    }

    /// Lets time pass up to the next deadline.
    fn next_deadline(&mut self) {
        self.now = self.node.poll_timeout().unwrap().0.max(self.now);
        let now = self.now();
        self.node.handle_timeout(now);
        self.drain();
    }

    /// Lets that much time pass.
    fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while self.node.poll_timeout().unwrap().0 <= end {
            self.next_deadline();
        }
        self.now = end;
    }

    fn last(&self) -> &Message {
        self.heard.last().unwrap()
    }

    fn invoke(&self) -> u32 {
        self.last().invoke_id().unwrap()
    }

    /// Answers OPEN_REQ.
    fn open(&mut self) {
        self.link(LinkNews::Connected);
        assert!(matches!(self.last(), Message::OpenReq(_)));
        let invoke_id = self.invoke();
        self.say(Message::OpenConf(OpenConf { invoke_id, services_granted: ALL, ..Default::default() }));
    }

    fn keys(&mut self, key: u8) {
        self.say(Message::ConfigKeyEvent(ConfigKeyEvent {
            agent_config_key: vec![key; 8],
            ..Default::default()
        }));
    }

    fn one_agent(&mut self) {
        let record = ConfigAgentEventRecordsItem {
            record_type: Some(ged188::RecordType::ADD),
            flt_peripheral_id: Some(5000),
            login_id: "1001".into(),
            ..Default::default()
        };
        self.say(Message::ConfigAgentEvent(ConfigAgentEvent { records: vec![record] }));
        self.say(Message::ConfigEndEvent(ConfigEndEvent::default()));
    }

    fn peripheral_online(&mut self) {
        self.say(Message::SystemEvent(SystemEvent {
            system_event_id: SystemEventId::PERIPHERAL_ONLINE,
            system_event_arg1: 5000,
            ..Default::default()
        }));
    }

    /// Answers the one agent's state and device.
    fn read_agent(&mut self) {
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

    fn serve(&mut self) {
        self.open();
        self.keys(1);
        self.one_agent();
        self.peripheral_online();
        self.read_agent();
        assert!(self.in_service());
    }

    fn in_service(&self) -> bool {
        self.node.status().info.in_service
    }

    fn get(&mut self, id: u64, path: &str) {
        let request = HttpRequest {
            method: "GET".into(),
            path: path.into(),
            query: String::new(),
            authorization: Some(Secret::new("Basic MTAwMTpwdw==")),
            request_id: None,
            content_type: None,
            body: Vec::new(),
        };
        self.input(Input::Http { id: HttpId(id), request });
    }
}

/// The start of a `<body/>` with this rid, up to its other attributes.
fn body(rid: u32) -> String {
    format!("<body xmlns='http://jabber.org/protocol/httpbind' rid='{rid}' ")
}

impl Stage {
    fn bosh(&mut self, id: u64, body: String) -> String {
        self.input(Input::Bosh { id: HttpId(id), body: body.into_bytes() });
        self.bodies.last().cloned().unwrap_or_default()
    }

    /// Opens the desktop of agent 1001; his session id.
    fn desktop(&mut self) -> String {
        let hello = self.bosh(1, body(1) + "to='fin-a' hold='1' wait='60' ver='1.9' xml:lang='en'/>");
        let sid = hello.split("sid=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let auth =
            "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>ADEwMDEAcHc=</auth></body>";
        self.bosh(2, format!("{}sid='{sid}'>{auth}", body(2)));
        let id = *self.checks.last().unwrap();
        self.input(Input::Checked { id, verdict: Ok(person()) });
        self.bosh(3, format!("{}sid='{sid}' xmlns:xmpp='urn:xmpp:xbosh' xmpp:restart='true'/>", body(3)));
        let bind = "<iq xmlns='jabber:client' type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>";
        assert!(self.bosh(4, format!("{}sid='{sid}'>{bind}</body>", body(4))).contains("<jid>1001@fin-a/"));
        sid
    }
}

fn agent_state(state: AgentState) -> Message {
    Message::AgentStateEvent(AgentStateEvent {
        peripheral_id: 5000,
        mrd_id: 1,
        agent_state: state,
        agent_id: "1001".into(),
        agent_extension: "61001".into(),
        agent_instrument: "61001".into(),
        ..Default::default()
    })
}

fn version(number: u8) -> Version {
    Version::new(number.into()).unwrap()
}

fn config() -> Config {
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
        reasons: ReasonCodes::default(),
        wrap_up_reasons: WrapUpReasons::default(),
        key: node::Key([7; 32]),
    }
}

fn person() -> Person {
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

#[test]
fn a_lower_version_is_found_and_remembered() {
    let mut stage = Stage::new();
    for refused in [20, 19, 18] {
        stage.link(LinkNews::Connected);
        assert!(matches!(stage.last(), Message::OpenReq(req) if req.version_number == refused));
        let invoke_id = stage.invoke();
        stage.version = version(refused as u8);
        stage.say(Message::FailureConf(FailureConf {
            invoke_id,
            status: StatusCode::INVALID_VERSION,
            ..Default::default()
        }));
    }
    assert_eq!(stage.dials, [Side::A; 4], "the same side at once, and none of them counted");
    stage.version = version(17);
    stage.serve();
    stage.link(LinkNews::Closed("reset".into()));
    stage.link(LinkNews::Connected);
    assert!(matches!(stage.last(), Message::OpenReq(req) if req.version_number == 17));
}

#[test]
fn an_unchanged_configuration_is_not_downloaded_again() {
    let mut stage = Stage::new();
    stage.serve();
    stage.link(LinkNews::Closed("reset".into()));
    stage.open();
    stage.keys(1);
    assert!(matches!(stage.last(), Message::ConfigRequestKeyEvent(_)));
    stage.peripheral_online();
    stage.read_agent();
    assert!(stage.in_service());
}

#[test]
fn a_changed_configuration_is_downloaded_again() {
    let mut stage = Stage::new();
    stage.serve();
    stage.link(LinkNews::Closed("reset".into()));
    stage.open();
    stage.keys(2);
    assert!(matches!(stage.last(), Message::ConfigRequestEvent(_)));
}

#[test]
fn a_server_that_does_not_answer_twice_is_left() {
    let mut stage = Stage::new();
    stage.open();
    stage.keys(1);
    stage.one_agent();
    stage.peripheral_online();
    let asked = |stage: &Stage| {
        stage.heard.iter().filter(|message| matches!(message, Message::QueryAgentStateReq(_))).count()
    };
    let beat = |stage: &mut Stage| {
        while stage.now < Duration::from_secs(31) && stage.hang_ups == 0 {
            stage.next_deadline();
            if let Message::HeartbeatReq(beat) = stage.last().clone() {
                stage.say(Message::HeartbeatConf(ged188::HeartbeatConf { invoke_id: beat.invoke_id }));
            }
        }
    };
    beat(&mut stage);
    assert_eq!((asked(&stage), stage.hang_ups), (2, 1));
    assert!(
        stage.stories.iter().any(|line| line.contains("agent 1001 did not answer twice")),
        "{:?}",
        stage.stories
    );
    assert!(!stage.in_service());
}

#[test]
fn cti_10_503_before_credentials_and_systeminfo_answers() {
    let mut stage = Stage::new();
    for (id, path) in
        ["/finesse/api/User/1001", "/finesse/api/Dialog/1", "/finesse/api/Nothing"].iter().enumerate()
    {
        stage.get(id as u64, path);
    }
    stage.get(9, "/finesse/api/SystemInfo");
    assert_eq!(stage.replies, [(0, 503), (1, 503), (2, 503), (9, 200)]);
    assert!(stage.checks.is_empty());
}

#[test]
fn service_lost_while_a_password_is_checked_gives_503() {
    let mut stage = Stage::new();
    stage.serve();
    stage.get(1, "/finesse/api/User/1001");
    stage.get(2, "/finesse/api/User/1001");
    let checks = stage.checks.clone();
    stage.input(Input::Checked { id: checks[0], verdict: Ok(person()) });
    stage.link(LinkNews::Closed("reset".into()));
    stage.input(Input::Checked { id: checks[1], verdict: Ok(person()) });
    assert_eq!(stage.replies, [(1, 200), (2, 503)]);
}

#[test]
fn a_refused_check_and_a_silent_database_are_401() {
    let mut stage = Stage::new();
    stage.serve();
    stage.get(1, "/finesse/api/User/1001");
    stage.get(2, "/finesse/api/User/1001");
    let checks = stage.checks.clone();
    stage.input(Input::Checked { id: checks[0], verdict: Err(SignInError::Refused("wrong password")) });
    stage.input(Input::Checked { id: checks[1], verdict: Err(SignInError::Unreachable("down".into())) });
    assert_eq!(stage.replies, [(1, 401), (2, 401)]);
}

#[test]
fn garbage_ends_the_session_with_one_line_and_failover_begins() {
    for garbage in
        [vec![0xFF; 64], b"GET / HTTP/1.1\r\n\r\n".to_vec(), vec![0, 0, 0, 3, 0, 0, 0, 30, 1, 2, 3]]
    {
        let mut stage = Stage::new();
        stage.serve();
        let before = stage.stories.len();
        stage.link(LinkNews::Bytes(garbage));
        assert_eq!((stage.hang_ups, stage.dials.len()), (1, 2));
        assert_eq!(stage.stories.len(), before + 1, "{:?}", stage.stories);
        let line = stage.stories.last().unwrap();
        assert!(
            line.contains("side A") && line.contains("protocol") && line.contains("next: dial"),
            "{line}"
        );
        assert!(!stage.in_service());
    }
}

#[test]
fn changes_that_come_in_one_piece_are_told_one_by_one() {
    let mut stage = Stage::new();
    stage.serve();
    let sid = stage.desktop();
    let states = [AgentState::AVAILABLE, AgentState::RESERVED, AgentState::TALKING];
    let bytes = states.iter().flat_map(|state| agent_state(*state).encode(stage.version).unwrap()).collect();
    stage.link(LinkNews::Bytes(bytes));
    let told = stage.bosh(5, format!("{}sid='{sid}'/>", body(5)));
    let told: Vec<&str> =
        told.split("&lt;state&gt;").skip(1).filter_map(|rest| rest.split("&lt;").next()).collect();
    assert_eq!(told, ["READY", "RESERVED", "TALKING"]);
}

#[test]
fn half_a_message_is_waited_for_and_the_heartbeats_end_it() {
    let mut stage = Stage::new();
    stage.serve();
    stage.link(LinkNews::Bytes(vec![0, 0, 0, 99, 0, 0, 0, 30, 1]));
    stage.pass(Duration::from_secs(14));
    assert_eq!(stage.hang_ups, 0);
    stage.pass(Duration::from_secs(7));
    assert_eq!(stage.hang_ups, 1);
}

#[test]
fn a_peripheral_that_goes_and_comes_with_one_read_is_read_again() {
    let mut stage = Stage::new();
    stage.serve();
    let bytes = [SystemEventId::PERIPHERAL_OFFLINE, SystemEventId::PERIPHERAL_ONLINE].map(|id| {
        let event = SystemEvent { system_event_id: id, system_event_arg1: 5000, ..Default::default() };
        Message::SystemEvent(event).encode(stage.version).unwrap()
    });
    stage.link(LinkNews::Bytes(bytes.concat()));
    assert!(!stage.in_service());
    stage.read_agent();
    assert!(stage.in_service());
}

#[test]
fn a_peripheral_that_comes_back_is_read_again_without_a_dial() {
    let mut stage = Stage::new();
    stage.serve();
    stage.say(Message::SystemEvent(SystemEvent {
        system_event_id: SystemEventId::PERIPHERAL_OFFLINE,
        system_event_arg1: 5000,
        ..Default::default()
    }));
    assert!(!stage.in_service());
    stage.peripheral_online();
    stage.read_agent();
    assert!(stage.in_service());
    assert_eq!(stage.dials.len(), 1);
}

impl Stage {
    /// Comes into service with agent 1001 in conference 16, of which a snapshot shows these parties.
    fn serve_in_a_conference(&mut self, parties: &[&str]) {
        self.open();
        self.keys(1);
        self.one_agent();
        self.peripheral_online();
        let invoke_id = self.invoke();
        self.say(Message::QueryAgentStateConf(QueryAgentStateConf {
            invoke_id,
            agent_state: AgentState::TALKING,
            mrd_id: 1,
            agent_id: "1001".into(),
            agent_extension: "61001".into(),
            agent_instrument: "61001".into(),
            ..Default::default()
        }));
        self.answer_reads(0, parties);
        assert!(self.in_service());
    }

    /// Answers each read since this place in what was heard, and those that follow from the answers.
    fn answer_reads(&mut self, mut from: usize, parties: &[&str]) {
        while let Some(message) = self.heard.get(from).cloned() {
            from += 1;
            match message {
                Message::SnapshotCallReq(req) => self.say(conference(req.invoke_id, parties)),
                Message::SnapshotDeviceReq(req) => self.say(device_in_call(req.invoke_id)),
                _ => {}
            }
        }
    }

    /// The parties of the agent's dialog, and whether it is marked.
    fn shown(&self) -> (Vec<String>, bool) {
        let dialog = self.node.domain().dialogs_of(&AgentId::new("1001")).remove(0);
        (dialog.legs.iter().map(|leg| leg.address.clone()).collect(), dialog.rebuilding)
    }
}

fn conference(invoke_id: u32, parties: &[&str]) -> Message {
    let device = |party: &&str| SnapshotCallConfCallDevicesItem {
        call_connection_call_id: Some(16),
        call_connection_device_id: (*party).into(),
        call_device_id: (*party).into(),
        call_device_connection_state: Some(LocalConnectionState::CONNECT),
        ..Default::default()
    };
    Message::SnapshotCallConf(SnapshotCallConf {
        invoke_id,
        call_type: CallType(15),
        ani: "555".into(),
        call_devices: parties.iter().map(device).collect(),
        ..Default::default()
    })
}

fn device_in_call(invoke_id: u32) -> Message {
    let call = SnapshotDeviceConfCallsItem {
        call_connection_call_id: Some(16),
        call_connection_device_id: "61001".into(),
        call_state: Some(LocalConnectionState::CONNECT),
        ..Default::default()
    };
    Message::SnapshotDeviceConf(SnapshotDeviceConf { invoke_id, calls: vec![call] })
}

#[test]
fn cti_18a_a_call_whose_answers_contradict_each_other_is_read_again_until_they_agree() {
    let mut stage = Stage::new();
    stage.serve_in_a_conference(&["555", "777"]);
    let parties = vec!["555".to_owned(), "777".to_owned(), "61001".to_owned()];
    assert_eq!(stage.shown(), (parties.clone(), true), "read at once, and the same contradiction again");
    for marked in [true, false] {
        let from = stage.heard.len();
        stage.pass(Duration::from_secs(2));
        stage.answer_reads(from, &["555", "777", "61001"]);
        assert_eq!(stage.shown(), (parties.clone(), marked));
    }
}

#[test]
fn cti_18a_a_server_that_does_not_answer_the_repeated_reads_is_kept() {
    let mut stage = Stage::new();
    stage.serve_in_a_conference(&["555", "777"]);
    for _ in 0..60 {
        stage.pass(Duration::from_secs(1));
        if let Some(Message::HeartbeatReq(beat)) =
            stage.heard.iter().rev().find(|m| matches!(m, Message::HeartbeatReq(_)))
        {
            let invoke_id = beat.invoke_id;
            stage.say(Message::HeartbeatConf(ged188::HeartbeatConf { invoke_id }));
        }
    }
    assert!(stage.in_service());
    assert!(stage.shown().1);
}
