//! No Debug prints a password; everything else it prints as if derived.

#![expect(clippy::unwrap_used, reason = "a failed helper is a failed test")]

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::time::Duration;

use ged188::frame::Framer;
use ged188::session::client::{Client, ClientConfig, ClientOutput};
use ged188::session::server::{Accept, Server, ServerConfig, ServerOutput};
use ged188::{
    AgentStateMask, CallEventMask, ConfigMask, Message, OpenReq, ServiceMask, SetAgentStateReq,
    SetAgentStateReqSkillGroupsItem, Sketch, Unknown, Version,
};

const PASSWORD: &str = "Tr0ub4dor";

fn open_req(password: &str) -> OpenReq {
    OpenReq { client_id: "desk".into(), client_password: password.into(), ..OpenReq::default() }
}

fn sign_in(password: &str) -> SetAgentStateReq {
    let group = SetAgentStateReqSkillGroupsItem { flt_skill_group_number: Some(7), ..Default::default() };
    SetAgentStateReq {
        agent_id: "1001".into(),
        agent_password: password.into(),
        skill_groups: vec![group],
        ..SetAgentStateReq::default()
    }
}

fn client_config(password: &str) -> ClientConfig {
    ClientConfig {
        client_id: "desk".into(),
        password: password.into(),
        signature: "Holdfast".into(),
        services: ServiceMask::CLIENT_CONTROL,
        call_mask: CallEventMask::KNOWN,
        agent_mask: AgentStateMask::KNOWN,
        config_mask: ConfigMask::AGENT,
        peripheral_id: 5000,
        idle_timeout_s: 20,
        versions: Version::MIN..=Version::V20,
    }
}

fn server_config(password: Option<&str>) -> ServerConfig {
    ServerConfig {
        versions: Version::MIN..=Version::V20,
        peripherals: BTreeSet::from([5000]),
        accept: Accept::Active,
        client_password: password.map(str::to_owned),
        services: ServiceMask::CLIENT_CONTROL,
    }
}

/// What is printed of `value`, on one line and on many, after a look for the password as text and as bytes.
#[track_caller]
fn printed(value: &impl Debug) -> String {
    let (line, lines) = (format!("{value:?}"), format!("{value:#?}"));
    let bytes = format!("{:?}", PASSWORD.as_bytes());
    let many_bytes: String = PASSWORD.bytes().map(|byte| format!("{byte},")).collect();
    let packed: String = lines.split_whitespace().collect();
    assert!(!line.contains(PASSWORD) && !line.contains(bytes.trim_matches(['[', ']'])), "{line}");
    assert!(!lines.contains(PASSWORD) && !packed.contains(&many_bytes), "{lines}");
    line
}

#[test]
fn requests_and_configurations_hide_their_passwords() {
    let shown = [
        (printed(&open_req(PASSWORD)), "client_password: ***, "),
        (printed(&Message::from(open_req(PASSWORD))), "client_password: ***, "),
        (printed(&sign_in(PASSWORD)), "agent_password: ***, "),
        (printed(&Message::from(sign_in(PASSWORD))), "agent_password: ***, "),
        (printed(&client_config(PASSWORD)), "password: ***, "),
        (printed(&server_config(Some(PASSWORD))), "client_password: Some(***), "),
    ];
    for (line, hidden) in shown {
        assert!(line.contains(hidden), "{line}");
    }
}

#[test]
fn an_empty_password_is_shown_as_empty() {
    assert!(printed(&open_req("")).contains("client_password: [], "));
    assert!(printed(&sign_in("")).contains("agent_password: \"\", "));
    assert!(printed(&client_config("")).contains("password: \"\", "));
    assert!(printed(&server_config(None)).contains("client_password: None, "));
    assert!(printed(&server_config(Some(""))).contains("client_password: Some(\"\"), "));
}

#[test]
fn the_rest_is_printed_as_if_derived() {
    let expected = "SetAgentStateReq { invoke_id: 0, peripheral_id: 0, agent_state: AgentState(0), \
        agent_work_mode: AgentWorkMode(0), event_reason_code: 0, forced_flag: ForcedFlag(0), agent_service_req: AgentServiceReq(0), agent_instrument: \"\", \
        active_terminal: \"\", agent_id: \"1001\", agent_password: ***, position_id: \"\", supervisor_id: \"\", \
        sso_enabled: None, skill_groups: [SetAgentStateReqSkillGroupsItem { flt_skill_group_number: Some(7), \
        flt_skill_group_priority: None }] }";
    assert_eq!(printed(&sign_in(PASSWORD)), expected);
}

/// The bytes of a sign-in, header included.
fn sign_in_bytes() -> Vec<u8> {
    let bytes = Message::from(sign_in(PASSWORD)).encode(Version::V17).unwrap();
    assert!(bytes.windows(PASSWORD.len()).any(|window| window == PASSWORD.as_bytes()));
    bytes
}

#[test]
fn the_bytes_of_a_message_are_shown_as_its_name_and_their_number() {
    let bytes = sign_in_bytes();
    let sketch = format!("SET_AGENT_STATE_REQ, {} bytes", bytes.len());
    assert_eq!(printed(&Sketch(&bytes)), sketch);
    assert_eq!(printed(&ClientOutput::Send(bytes.clone())), format!("Send({sketch})"));
    assert_eq!(printed(&ServerOutput::Send(bytes)), format!("Send({sketch})"));
    assert_eq!(printed(&Sketch(PASSWORD.as_bytes())), "9 bytes", "no message begins like that");
}

#[test]
fn a_body_is_shown_as_its_type_and_length() {
    let bytes = sign_in_bytes();
    let mut framer = Framer::default();
    framer.push(&bytes);
    assert_eq!(printed(&framer), format!("Framer {{ waiting: {} }}", bytes.len()));
    let frame = framer.next_frame().unwrap().unwrap();
    assert_eq!(printed(&frame), format!("Frame {{ kind: 38, bytes: {} }}", frame.body.len()));
    let unknown = Unknown { kind: 4711, body: PASSWORD.into() };
    assert_eq!(printed(&Message::Unknown(unknown)), "Unknown(Unknown { kind: 4711, bytes: 9 })");
}

/// Whole machines too, with their buffers and what they have not yet said.
#[test]
fn sessions_hide_what_they_hold() {
    let mut client = Client::new(client_config(PASSWORD), Version::V17);
    client.connected();
    printed(&client);
    let Some(ClientOutput::Send(open_req)) = client.poll_output() else { panic!("OPEN_REQ") };
    let mut server = Server::new(server_config(Some(PASSWORD)), Duration::ZERO);
    server.handle_bytes(&open_req, Duration::ZERO);
    server.handle_bytes(&sign_in_bytes(), Duration::ZERO);
    assert!(printed(&server).contains("OpenRequested"));
}
