//! The CTI session: opening, reading, loss.

use std::time::Duration;

use ged188::{
    AgentState, CallType, FailureConf, LocalConnectionState, Message, QueryAgentStateConf, SnapshotCallConf,
    SnapshotCallConfCallDevicesItem, SnapshotDeviceConf, SnapshotDeviceConfCallsItem, StatusCode,
    SystemEvent, SystemEventId,
};
use node::domain::AgentId;
use node::failover::cti::Side;
use node::{Input, LinkNews, SignInError, ged188};

use crate::stage::*;

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
    stage.accept_last();
    stage.get(2, "/finesse/api/User/1001");
    stage.link(LinkNews::Closed("reset".into()));
    stage.accept_last();
    assert_eq!(stage.replies, [(1, 200), (2, 503)]);
}

/// rest-api.md section 5.6: by login name only the caller himself.
#[test]
fn a_user_is_read_by_his_own_login_name_and_by_no_other() {
    let mut stage = Stage::new();
    stage.serve();
    for (id, name) in [(1, "hanako"), (2, "Hanako"), (3, "taro")] {
        stage.get(id, &format!("/finesse/api/User/{name}"));
        stage.accept_last();
    }
    assert_eq!(stage.replies, [(1, 200), (2, 200), (3, 401)]);
}

#[test]
fn a_refused_check_and_a_silent_database_are_401() {
    let mut stage = Stage::new();
    stage.serve();
    let failures = [SignInError::Refused("wrong password"), SignInError::Unreachable("down".into())];
    for (id, failure) in (1..).zip(failures) {
        stage.get(id, "/finesse/api/User/1001");
        let query = *stage.checks.last().unwrap();
        stage.input(Input::Checked { query, answer: Err(failure) });
    }
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
