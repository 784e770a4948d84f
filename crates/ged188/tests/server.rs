//! Dialogs of the server's end, with the client's end as its peer and with a peer that the test plays by hand.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed helper is a failed test")]

use std::collections::BTreeSet;
use std::time::Duration;

use ged188::session::client::{Client, ClientConfig, ClientOutput};
use ged188::session::server::{
    Accept, CloseCause, OPEN_TIMEOUT, Server, ServerConfig, ServerOutput, ServerTimer,
};
use ged188::{
    AgentState, AgentStateEvent, AgentStateMask, AgentTeamConfigEvent, AnswerCallReq, BeginCallEvent,
    CallClearedEvent, CallEventMask, CloseReq, ConfigAgentEvent, ConfigMask, ConfigSkillGroupEvent,
    FailureConf, HeartbeatReq, Message, NULL_ID, OpenConf, OpenReq, ServiceMask, StatusCode, SystemEvent,
    Version,
};

const T0: Duration = Duration::from_secs(100);

fn config() -> ServerConfig {
    ServerConfig {
        versions: Version::MIN..=Version::V20,
        peripherals: BTreeSet::from([5000]),
        accept: Accept::Active,
        client_password: None,
        services: ServiceMask::ALL_EVENTS | ServiceMask::CLIENT_CONTROL | ServiceMask::CONFIG_EVENTS,
    }
}

fn open_req() -> OpenReq {
    OpenReq {
        invoke_id: 1,
        version_number: 17,
        idle_timeout: 20,
        peripheral_id: NULL_ID,
        services_requested: ServiceMask::ALL_EVENTS | ServiceMask::CONFIG_EVENTS | ServiceMask::UPDATE_EVENTS,
        call_msg_mask: CallEventMask::BEGIN_CALL,
        agent_state_mask: AgentStateMask::NOT_READY,
        config_msg_mask: ConfigMask::AGENT,
        client_id: "desk".into(),
        client_signature: "Desk".into(),
        ..OpenReq::default()
    }
}

fn say(server: &mut Server, message: impl Into<Message>) {
    let bytes = message.into().encode(Version::V17).unwrap();
    server.handle_bytes(&bytes, T0);
}

fn sent(server: &mut Server) -> Message {
    let Some(ServerOutput::Send(bytes)) = server.poll_output() else { panic!("nothing to send") };
    let kind = u32::from_be_bytes(bytes[4..8].try_into().unwrap());
    Message::decode(kind, &bytes[8..], Version::V17).unwrap()
}

/// What the server makes of an OPEN_REQ: the status of its refusal, 0 when the owner is asked.
fn verdict(config: ServerConfig, request: OpenReq) -> u32 {
    let mut server = Server::new(config, T0);
    let version = Version::new(request.version_number).unwrap_or(Version::MAX);
    server.handle_bytes(&Message::from(request).encode(version).unwrap(), T0);
    match server.poll_output() {
        Some(ServerOutput::OpenRequested(_)) => 0,
        Some(ServerOutput::Send(bytes)) => {
            let Ok(Message::FailureConf(failure)) = Message::decode(1, &bytes[8..], version) else {
                panic!("refusal")
            };
            assert_eq!(server.poll_output(), Some(ServerOutput::Refused(failure.status)));
            failure.status.0
        }
        other => panic!("{other:?}"),
    }
}

fn open() -> Server {
    let mut server = Server::new(config(), T0);
    say(&mut server, open_req());
    assert!(matches!(server.poll_output(), Some(ServerOutput::OpenRequested(_))));
    server.accept(OpenConf::default(), T0).unwrap();
    assert_eq!(sent(&mut server).name(), "OPEN_CONF");
    assert!(matches!(server.poll_output(), Some(ServerOutput::Opened(_))));
    server
}

#[test]
fn open_conf_grants_what_is_to_be_had() {
    let mut server = Server::new(config(), T0);
    say(&mut server, open_req());
    assert_eq!(server.poll_output(), Some(ServerOutput::OpenRequested(open_req())));
    server.accept(OpenConf { peripheral_online: true, ..OpenConf::default() }, T0).unwrap();
    let Message::OpenConf(conf) = sent(&mut server) else { panic!("OPEN_CONF") };
    assert_eq!((conf.invoke_id, conf.peripheral_online), (1, true));
    assert_eq!(conf.services_granted, ServiceMask::ALL_EVENTS | ServiceMask::CONFIG_EVENTS);
    let Some(ServerOutput::Opened(client)) = server.poll_output() else { panic!("opened") };
    assert_eq!(
        (client.client_id.as_str(), client.signature.as_str(), client.version),
        ("desk", "Desk", Version::V17)
    );
}

/// ged188.md section 4.1, the table of refusals.
#[test]
fn open_req_is_refused_with_the_status_of_its_fault() {
    let with = |change: fn(&mut OpenReq)| {
        let mut request = open_req();
        change(&mut request);
        verdict(config(), request)
    };
    assert_eq!(with(|_| {}), 0);
    assert_eq!(with(|r| r.version_number = 21), 1);
    assert_eq!(with(|r| r.version_number = 12), 1);
    assert_eq!(with(|r| r.version_number = 99), 1);
    assert_eq!(with(|r| r.client_id.clear()), 6);
    assert_eq!(with(|r| r.services_requested = ServiceMask::CLIENT_EVENTS), 6);
    assert_eq!(with(|r| r.peripheral_id = 5001), 7);
    assert_eq!(with(|r| r.peripheral_id = 5000), 0);
    assert_eq!(with(|r| r.services_requested |= ServiceMask::SUPERVISOR), 12);
    assert_eq!(with(|r| r.idle_timeout = 19), 18);
    assert_eq!(with(|r| r.services_requested |= ServiceMask(0x0080_0000)), 19);
    assert_eq!(with(|r| r.services_requested |= ServiceMask(0x200)), 0);
    assert_eq!(with(|r| r.call_msg_mask = CallEventMask(u32::MAX)), 0);
    assert_eq!(with(|r| r.agent_state_mask = AgentStateMask(0x4000)), 21);
    assert_eq!(with(|r| r.reserved2 = 1), 22);
    assert_eq!(with(|r| r.config_msg_mask = ConfigMask(0x400)), 95);
}

#[test]
fn the_role_of_the_side_decides_before_anything_else() {
    for (accept, status) in [(Accept::Standby, 15), (Accept::NotMaster, 92)] {
        assert_eq!(
            verdict(ServerConfig { accept, ..config() }, OpenReq { version_number: 24, ..open_req() }),
            status
        );
    }
}

#[test]
fn a_password_counts_without_its_nul() {
    let config = || ServerConfig { client_password: Some("pw".into()), ..config() };
    let with =
        |password: &[u8]| verdict(config(), OpenReq { client_password: password.into(), ..open_req() });
    assert_eq!([with(b"pw"), with(b"pw\0"), with(b"PW"), with(b"")], [0, 0, 36, 36]);
}

#[test]
fn the_owner_may_refuse_and_the_client_may_ask_again() {
    let mut server = Server::new(config(), T0);
    say(&mut server, open_req());
    server.poll_output();
    server.refuse(StatusCode::CTI_SERVER_OFFLINE, T0);
    assert_eq!(sent(&mut server).name(), "FAILURE_CONF");
    assert_eq!(server.poll_output(), Some(ServerOutput::Refused(StatusCode::CTI_SERVER_OFFLINE)));
    say(&mut server, open_req());
    assert!(matches!(server.poll_output(), Some(ServerOutput::OpenRequested(_))));
}

#[test]
fn nothing_but_open_req_opens() {
    let mut server = Server::new(config(), T0);
    say(&mut server, HeartbeatReq { invoke_id: 4 });
    let expected =
        FailureConf { invoke_id: 4, status: StatusCode::SESSION_NOT_OPEN, ..FailureConf::default() };
    assert_eq!(sent(&mut server), expected.into());
    let mut server = open();
    say(&mut server, open_req());
    let expected =
        FailureConf { invoke_id: 1, status: StatusCode::SESSION_ALREADY_OPEN, ..FailureConf::default() };
    assert_eq!(sent(&mut server), expected.into());
    assert!(server.client().is_some());
}

/// What was sent behind OPEN_REQ waits for the owner's answer.
#[test]
fn requests_behind_open_req_come_after_it() {
    let mut server = Server::new(config(), T0);
    let open = Message::from(open_req()).encode(Version::V17).unwrap();
    let beat = Message::from(HeartbeatReq { invoke_id: 2 }).encode(Version::V17).unwrap();
    server.handle_bytes(&[open, beat].concat(), T0);
    assert!(matches!(server.poll_output(), Some(ServerOutput::OpenRequested(_))));
    assert_eq!(server.poll_output(), None);
    server.accept(OpenConf::default(), T0).unwrap();
    assert_eq!(sent(&mut server).name(), "OPEN_CONF");
    assert!(matches!(server.poll_output(), Some(ServerOutput::Opened(_))));
    assert_eq!(sent(&mut server).name(), "HEARTBEAT_CONF");
}

#[test]
fn a_flood_behind_open_req_is_cut_off() {
    let mut server = Server::new(config(), T0);
    say(&mut server, open_req());
    for _ in 0..20 {
        server.handle_bytes(&[0; 4096], T0);
    }
    let last = std::iter::from_fn(|| server.poll_output()).last();
    assert!(matches!(last, Some(ServerOutput::Close { cause: CloseCause::Broken(_) })));
}

#[test]
fn an_event_passes_the_mask_of_its_kind() {
    let mut server = open();
    let state = |agent_state| Message::from(AgentStateEvent { agent_state, ..AgentStateEvent::default() });
    let mut sends = |message: Message| server.send(&message).unwrap();
    assert!(sends(state(AgentState::NOT_READY)));
    assert!(!sends(state(AgentState::AVAILABLE)));
    assert!(sends(BeginCallEvent::default().into()));
    assert!(!sends(CallClearedEvent::default().into()));
    assert!(!sends(AgentTeamConfigEvent::default().into()));
    assert!(sends(ConfigAgentEvent::default().into()));
    assert!(!sends(ConfigSkillGroupEvent::default().into()));
    assert!(sends(SystemEvent::default().into()));
    assert!(sends(CallClearedEvent { monitor_id: 3, ..CallClearedEvent::default() }.into()));
}

#[test]
fn heartbeats_are_answered_unless_that_is_the_fault() {
    let mut server = open();
    say(&mut server, HeartbeatReq { invoke_id: 5 });
    assert_eq!((sent(&mut server).name(), server.poll_output()), ("HEARTBEAT_CONF", None));
    server.set_answering_heartbeats(false);
    say(&mut server, HeartbeatReq { invoke_id: 6 });
    assert_eq!(server.poll_output(), None);
}

#[test]
fn a_silent_client_is_dropped_after_its_idle_timeout() {
    let (mut server, second) = (open(), Duration::from_secs(1));
    assert_eq!(server.poll_timeout(), Some((T0 + 20 * second, ServerTimer::Idle)));
    server.handle_bytes(
        &Message::from(HeartbeatReq::default()).encode(Version::V17).unwrap(),
        T0 + 15 * second,
    );
    server.handle_timeout(T0 + 34 * second);
    assert_eq!(sent(&mut server).name(), "HEARTBEAT_CONF");
    assert_eq!(server.poll_output(), None);
    server.handle_timeout(T0 + 35 * second);
    assert_eq!(server.poll_output(), Some(ServerOutput::Close { cause: CloseCause::IdleTimeout }));
    assert_eq!(server.poll_timeout(), None);
}

#[test]
fn an_idle_timeout_of_all_ones_never_ends_a_session() {
    let mut server = Server::new(config(), T0);
    say(&mut server, OpenReq { idle_timeout: u32::MAX, ..open_req() });
    server.accept(OpenConf::default(), T0).unwrap();
    assert_eq!(server.poll_timeout(), None);
}

#[test]
fn a_connection_without_a_session_is_dropped() {
    let mut server = Server::new(config(), T0);
    assert_eq!(server.poll_timeout(), Some((T0 + OPEN_TIMEOUT, ServerTimer::Open)));
    server.handle_timeout(T0 + OPEN_TIMEOUT);
    assert_eq!(server.poll_output(), Some(ServerOutput::Close { cause: CloseCause::NeverOpened }));
}

#[test]
fn close_req_is_confirmed_and_ends_the_session() {
    let mut server = open();
    say(&mut server, CloseReq { invoke_id: 8, status: StatusCode::NO_ERROR });
    assert_eq!(sent(&mut server).name(), "CLOSE_CONF");
    let cause = CloseCause::ClientClosed(StatusCode::NO_ERROR);
    assert_eq!(server.poll_output(), Some(ServerOutput::Close { cause }));
    assert!(server.send(&SystemEvent::default().into()).is_err());
}

#[test]
fn a_side_that_goes_out_of_service_says_so() {
    let mut server = open();
    server.fail(StatusCode::CTI_SERVER_OFFLINE);
    assert_eq!(sent(&mut server).name(), "FAILURE_EVENT");
    let cause = CloseCause::Ended(StatusCode::CTI_SERVER_OFFLINE);
    assert_eq!(server.poll_output(), Some(ServerOutput::Close { cause }));
    server.fail(StatusCode::CTI_SERVER_OFFLINE);
    assert_eq!(server.poll_output(), None);
}

#[test]
fn garbage_ends_the_session() {
    let mut server = open();
    server.handle_bytes(&[0xff; 64], T0);
    assert!(matches!(server.poll_output(), Some(ServerOutput::Close { cause: CloseCause::Broken(_) })));
    say(&mut server, HeartbeatReq::default());
    assert_eq!(server.poll_output(), None);
}

/// Both ends together at every version: open, a request, an event, a heartbeat, the end. Every byte arrives alone.
#[test]
fn both_ends_understand_each_other_at_every_version() {
    for version in Version::all() {
        let mut pair = Pair::new(version);
        pair.run();
        let asked = pair.client.request(answer_call()).unwrap();
        pair.run();
        assert!(matches!(pair.requests.last(), Some(Message::AnswerCallReq(r)) if r.invoke_id == asked));
        let event = AgentStateEvent {
            agent_state: AgentState::NOT_READY,
            agent_id: "1001".into(),
            ..Default::default()
        };
        assert!(pair.server.send(&event.clone().into()).unwrap());
        let beat = pair.client.heartbeat();
        pair.run();
        pair.client.close();
        pair.run();
        assert_eq!(pair.news.len(), 4, "{version}: {:?}", pair.news);
        assert!(matches!(&pair.news[0], ClientOutput::Opened(_)));
        assert_eq!(pair.news[1], ClientOutput::Message(event.into()));
        assert_eq!(pair.news[2], ClientOutput::HeartbeatConfirmed(beat));
        assert_eq!(pair.news[3], ClientOutput::Closing(StatusCode::NO_ERROR));
    }
}

fn answer_call() -> Message {
    AnswerCallReq { peripheral_id: 5000, agent_instrument: "1101".into(), ..AnswerCallReq::default() }.into()
}

/// A client and a server with a wire between them that carries one byte at a time.
struct Pair {
    client: Client,
    server: Server,
    news: Vec<ClientOutput>,
    requests: Vec<Message>,
}

impl Pair {
    fn new(version: Version) -> Self {
        let wants = ClientConfig {
            client_id: "holdfast-1".into(),
            password: String::new(),
            signature: "Holdfast".into(),
            services: ServiceMask::ALL_EVENTS | ServiceMask::CLIENT_CONTROL,
            call_mask: CallEventMask::KNOWN,
            agent_mask: AgentStateMask::KNOWN,
            config_mask: ConfigMask::KNOWN,
            peripheral_id: NULL_ID,
            idle_timeout_s: 20,
            versions: Version::MIN..=Version::MAX,
        };
        let mut client = Client::new(wants, version);
        client.connected();
        let server = Server::new(ServerConfig { versions: Version::MIN..=Version::MAX, ..config() }, T0);
        Self { client, server, news: Vec::new(), requests: Vec::new() }
    }

    fn run(&mut self) {
        loop {
            let (from_client, from_server) = (self.client.poll_output(), self.server.poll_output());
            if from_client.is_none() && from_server.is_none() {
                return;
            }
            match from_client {
                Some(ClientOutput::Send(bytes)) => {
                    bytes.iter().for_each(|&b| self.server.handle_bytes(&[b], T0))
                }
                Some(news) => self.news.push(news),
                None => {}
            }
            match from_server {
                Some(ServerOutput::Send(bytes)) => bytes.iter().for_each(|&b| self.client.handle_bytes(&[b])),
                Some(ServerOutput::OpenRequested(_)) => self.server.accept(OpenConf::default(), T0).unwrap(),
                Some(ServerOutput::Request(request)) => self.requests.push(request),
                Some(ServerOutput::Opened(_) | ServerOutput::Refused(_) | ServerOutput::Close { .. })
                | None => {}
            }
        }
    }
}
