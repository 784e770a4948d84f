//! Dialogs of the client's end with a server that the test plays by hand.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed helper is a failed test")]

use std::ops::RangeInclusive;

use ged188::session::ProtocolError;
use ged188::session::client::{Client, ClientConfig, ClientOutput};
use ged188::{
    AgentState, AgentStateEvent, AgentStateMask, AnswerCallReq, CallEventMask, CloseReq, ConfigMask,
    ConfigRequestEvent, DecodeError, EncodeError, FailureConf, FailureEvent, HeartbeatConf, HeartbeatReq,
    Message, NULL_ID, OpenConf, OpenReq, ServiceMask, StatusCode, Version,
};

fn versions() -> RangeInclusive<Version> {
    Version::MIN..=Version::V20
}

fn config() -> ClientConfig {
    ClientConfig {
        client_id: "holdfast-1".into(),
        password: "pw".into(),
        signature: "Holdfast".into(),
        services: ServiceMask::ALL_EVENTS | ServiceMask::CLIENT_CONTROL,
        call_mask: CallEventMask::KNOWN,
        agent_mask: AgentStateMask::KNOWN,
        config_mask: ConfigMask::AGENT,
        peripheral_id: NULL_ID,
        idle_timeout_s: 20,
        versions: versions(),
    }
}

fn version(number: u32) -> Version {
    Version::new(number).unwrap()
}

/// A client that has sent OPEN_REQ, and what it sent.
fn opening(number: u32) -> (Client, OpenReq) {
    let mut client = Client::new(config(), version(number));
    client.connected();
    let Message::OpenReq(request) = sent(&mut client) else { panic!("OPEN_REQ comes first") };
    (client, request)
}

/// A client whose session is open.
fn open(number: u32) -> Client {
    let (mut client, request) = opening(number);
    hear(&mut client, OpenConf { invoke_id: request.invoke_id, ..OpenConf::default() });
    assert!(matches!(client.poll_output(), Some(ClientOutput::Opened(_))));
    client
}

fn hear(client: &mut Client, message: impl Into<Message>) {
    let bytes = message.into().encode(client.version()).unwrap();
    client.handle_bytes(&bytes);
}

/// The next output, which is a whole message to the server.
fn sent(client: &mut Client) -> Message {
    let Some(ClientOutput::Send(bytes)) = client.poll_output() else { panic!("nothing to send") };
    let kind = u32::from_be_bytes(bytes[4..8].try_into().unwrap());
    Message::decode(kind, &bytes[8..], client.version()).unwrap()
}

/// The session is over: this was its last word and nothing moves it any more.
fn is_over(client: &mut Client, last: ClientOutput) {
    assert_eq!(client.poll_output(), Some(last));
    hear(client, HeartbeatReq { invoke_id: 1 });
    assert_eq!(client.request(answer_call()), Err(EncodeError::NotOpen));
    client.connected();
    client.heartbeat();
    client.close();
    assert_eq!(client.poll_output(), None);
}

fn answer_call() -> Message {
    AnswerCallReq { peripheral_id: 5000, agent_instrument: "1101".into(), ..AnswerCallReq::default() }.into()
}

fn failure(status: StatusCode) -> FailureConf {
    FailureConf { invoke_id: 1, status, ..FailureConf::default() }
}

#[test]
fn open_req_says_who_we_are_and_what_we_want() {
    let (_, request) = opening(17);
    assert_eq!((request.version_number, request.idle_timeout, request.peripheral_id), (17, 20, NULL_ID));
    assert_eq!((request.client_id.as_str(), request.client_signature.as_str()), ("holdfast-1", "Holdfast"));
    assert_eq!(request.client_password, b"pw\0");
    assert_eq!(request.services_requested, config().services);
    assert_ne!(request.invoke_id, 0);
}

/// A server of release 10 refuses 20, 19 and 18; each refusal names the next version until 17 opens.
#[test]
fn a_session_falls_back_from_20_to_17() {
    let mut next = Some(version(20));
    let mut tried = Vec::new();
    while let Some(now) = next {
        let (mut client, request) = opening(now.number());
        tried.push(request.version_number);
        if now == Version::V17 {
            hear(&mut client, OpenConf::default());
            assert!(matches!(client.poll_output(), Some(ClientOutput::Opened(_))));
            break;
        }
        hear(&mut client, failure(StatusCode::INVALID_VERSION));
        let Some(ClientOutput::VersionRefused { try_next }) = client.poll_output() else { panic!("refused") };
        next = try_next;
    }
    assert_eq!(tried, [20, 19, 18, 17]);
}

#[test]
fn there_is_no_version_below_the_range() {
    let (mut client, _) = opening(13);
    hear(&mut client, failure(StatusCode::INVALID_VERSION));
    is_over(&mut client, ClientOutput::VersionRefused { try_next: None });
}

/// CTI-4: 15 of a standby side, 92 of CCX and 107 of version 24 are refusals like any other.
#[test]
fn cti_4_a_refusal_says_its_status() {
    for number in [15, 92, 107, 36, 7] {
        let (mut client, _) = opening(17);
        hear(&mut client, failure(StatusCode(number)));
        is_over(&mut client, ClientOutput::Refused(StatusCode(number)));
    }
    let (mut client, _) = opening(17);
    hear(&mut client, FailureEvent { status: StatusCode::CTI_SERVER_OFFLINE });
    is_over(&mut client, ClientOutput::Refused(StatusCode::CTI_SERVER_OFFLINE));
}

#[test]
fn requests_have_invoke_ids_of_their_own() {
    let mut client = open(17);
    let ids = [client.request(answer_call()), client.request(answer_call())].map(Result::unwrap);
    assert_ne!(ids[0], ids[1]);
    assert_eq!(ids.map(|_| sent(&mut client).invoke_id().unwrap()), ids);
    let beat = client.heartbeat();
    assert!(!ids.contains(&beat));
    assert_eq!(sent(&mut client), HeartbeatReq { invoke_id: beat }.into());
    hear(&mut client, HeartbeatConf { invoke_id: beat });
    assert_eq!(client.poll_output(), Some(ClientOutput::HeartbeatConfirmed(beat)));
}

#[test]
fn nothing_is_sent_before_the_session_is_open() {
    let (mut client, _) = opening(17);
    assert_eq!(client.request(answer_call()), Err(EncodeError::NotOpen));
    client.heartbeat();
    assert_eq!(client.poll_output(), None);
}

#[test]
fn events_answers_and_unknown_messages_come_through() {
    let mut client = open(17);
    let event =
        Message::from(AgentStateEvent { agent_state: AgentState::TALKING, ..AgentStateEvent::default() });
    hear(&mut client, event.clone());
    assert_eq!(client.poll_output(), Some(ClientOutput::Message(event)));
    let refusal = Message::from(failure(StatusCode::FUNCTION_NOT_AVAILABLE));
    hear(&mut client, refusal.clone());
    assert_eq!(client.poll_output(), Some(ClientOutput::Message(refusal)));
    client.handle_bytes(&[0, 0, 0, 1, 0, 0, 3, 0, 9]);
    let Some(ClientOutput::Message(Message::Unknown(unknown))) = client.poll_output() else {
        panic!("a value")
    };
    assert_eq!((unknown.kind, unknown.body), (768, vec![9]));
    assert_eq!((client.counters().messages, client.counters().unknown_messages), (4, 1));
}

#[test]
fn a_configuration_request_has_no_invoke_id() {
    let mut client = open(17);
    let request = Message::from(ConfigRequestEvent { peripheral_id: 5000, ..ConfigRequestEvent::default() });
    client.send(request.clone()).unwrap();
    assert_eq!(sent(&mut client), request);
}

#[test]
fn a_servers_heartbeat_is_answered() {
    let mut client = open(17);
    hear(&mut client, HeartbeatReq { invoke_id: 77 });
    assert_eq!(sent(&mut client), HeartbeatConf { invoke_id: 77 }.into());
    assert_eq!(client.poll_output(), None);
}

#[test]
fn a_server_that_goes_away_ends_the_session() {
    let offline = StatusCode::CTI_SERVER_OFFLINE;
    let mut client = open(17);
    hear(&mut client, FailureEvent { status: offline });
    is_over(&mut client, ClientOutput::Closing(offline));
    let mut client = open(17);
    hear(&mut client, failure(offline));
    is_over(&mut client, ClientOutput::Closing(offline));
    let mut client = open(17);
    hear(&mut client, FailureEvent { status: StatusCode::NEW_SESSION_OPENED });
    is_over(&mut client, ClientOutput::Closing(StatusCode::NEW_SESSION_OPENED));
    let mut client = open(17);
    hear(&mut client, failure(StatusCode::SESSION_NOT_OPEN));
    is_over(&mut client, ClientOutput::Closing(StatusCode::SESSION_NOT_OPEN));
}

#[test]
fn close_req_of_the_server_is_confirmed() {
    let mut client = open(17);
    hear(&mut client, CloseReq { invoke_id: 9, status: StatusCode::CTI_SERVER_OFFLINE });
    assert_eq!(sent(&mut client).name(), "CLOSE_CONF");
    is_over(&mut client, ClientOutput::Closing(StatusCode::CTI_SERVER_OFFLINE));
}

#[test]
fn our_close_waits_for_its_answer_only() {
    let mut client = open(17);
    client.close();
    let Message::CloseReq(request) = sent(&mut client) else { panic!("CLOSE_REQ") };
    hear(&mut client, AgentStateEvent::default());
    assert_eq!(client.poll_output(), None);
    hear(&mut client, ged188::CloseConf { invoke_id: request.invoke_id });
    is_over(&mut client, ClientOutput::Closing(StatusCode::NO_ERROR));
}

#[test]
fn garbage_breaks_the_session_wherever_it_comes() {
    let (opening, _) = opening(17);
    for mut client in [opening, open(17), open(20)] {
        client.handle_bytes(&[0xab; 4096]);
        let Some(ClientOutput::Broken(ProtocolError::TooLong(_))) = client.poll_output() else {
            panic!("broken")
        };
        hear(&mut client, AgentStateEvent::default());
        assert_eq!(client.poll_output(), None);
    }
}

#[test]
fn a_wrong_length_inside_a_message_breaks_the_session() {
    let mut client = open(17);
    let mut bytes = Message::from(AgentStateEvent { agent_id: "1001".into(), ..AgentStateEvent::default() })
        .encode(Version::V17)
        .unwrap();
    let length_of_agent_id = bytes.len() - 6;
    bytes[length_of_agent_id] = 200;
    client.handle_bytes(&bytes);
    let error = DecodeError::FloatingPastEnd { tag: 5, length: 200, left: 5 };
    is_over(&mut client, ClientOutput::Broken(ProtocolError::Body { name: "AGENT_STATE_EVENT", error }));
}

/// Half a message is no error: its rest may come. It is the heartbeat that finds out.
#[test]
fn half_a_message_waits_for_its_rest() {
    let mut client = open(17);
    let bytes = Message::from(AgentStateEvent::default()).encode(Version::V17).unwrap();
    let (half, rest) = bytes.split_at(30);
    client.handle_bytes(half);
    assert_eq!(client.poll_output(), None);
    client.handle_bytes(rest);
    assert!(matches!(client.poll_output(), Some(ClientOutput::Message(_))));
}

/// A stream that never completes a message is cut off at its header; one of tiny messages costs nothing to hold.
#[test]
fn an_endless_stream_is_bounded() {
    let mut client = open(17);
    client.handle_bytes(&[0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 30]);
    assert!(matches!(client.poll_output(), Some(ClientOutput::Broken(ProtocolError::TooLong(_)))));
    let mut client = open(17);
    for _ in 0..10_000 {
        client.handle_bytes(&[0, 0, 0, 0, 0, 0, 3, 0]);
        assert!(matches!(client.poll_output(), Some(ClientOutput::Message(_))));
    }
    assert_eq!(client.poll_output(), None);
}

#[test]
fn events_before_open_conf_break_the_session() {
    let (mut client, _) = opening(17);
    hear(&mut client, AgentStateEvent::default());
    let error = ProtocolError::Unexpected { name: "AGENT_STATE_EVENT", when: "before OPEN_CONF" };
    is_over(&mut client, ClientOutput::Broken(error));
}
