//! The test vectors of ged188.md section 14, read and written, and the layouts that have a story.

#![expect(clippy::unwrap_used, reason = "a failed helper is a failed test")]

use ged188::{
    AgentPreCallEvent, AgentState, AgentStateEvent, AgentStateEventFltSkillGroupsItem, AgentStateMask,
    CallEventMask, ConfigAgentEvent, ConfigAgentEventRecordsItem, ConfigAgentEventSkillsItem,
    ControlFailureCode, ControlFailureConf, DecodeError, EncodeError, FailureConf, MakeCallReq, Message,
    NULL_ID, OpenConf, OpenReq, PeripheralType, QueryDeviceInfoReq, RecordType, ServiceMask,
    SetAgentStateReq, SnapshotCallConf, SnapshotCallConfCallDevicesItem, StatusCode, Unknown, Version,
};

/// Both directions, byte for byte.
fn is_on_the_wire(message: impl Into<Message>, version: Version, hex: &str) {
    let (message, bytes) = (message.into(), bytes(hex));
    let encoded = message.encode(version).unwrap();
    assert_eq!(encoded, bytes, "{} is written as {}", message.name(), to_hex(&encoded));
    assert_eq!(Message::decode(message.kind(), &bytes[8..], version), Ok(message));
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: String = hex.split_whitespace().collect();
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn open_req(version: u32) -> OpenReq {
    OpenReq {
        invoke_id: 1,
        version_number: version,
        idle_timeout: 20,
        peripheral_id: NULL_ID,
        services_requested: ServiceMask::CALL_DATA_UPDATE
            | ServiceMask::CLIENT_CONTROL
            | ServiceMask::ALL_EVENTS
            | ServiceMask::SUPERVISOR,
        call_msg_mask: CallEventMask(0x00ff_ffff),
        agent_state_mask: AgentStateMask(0x3fff),
        client_id: "desk".into(),
        client_signature: "desk".into(),
        ..OpenReq::default()
    }
}

fn login() -> SetAgentStateReq {
    SetAgentStateReq {
        invoke_id: 2,
        peripheral_id: 5000,
        agent_state: AgentState::LOGIN,
        agent_instrument: "1101".into(),
        agent_id: "1001".into(),
        agent_password: "pw".into(),
        ..SetAgentStateReq::default()
    }
}

fn not_ready() -> AgentStateEvent {
    AgentStateEvent {
        peripheral_id: 5000,
        peripheral_type: PeripheralType(17),
        skill_group_state: AgentState::NOT_READY,
        skill_group_number: 101,
        skill_group_id: 5001,
        agent_state: AgentState::NOT_READY,
        mrd_id: 1,
        agent_mode: 1,
        max_task_limit: 1,
        icm_agent_id: 5010,
        agent_id: "1001".into(),
        agent_extension: "1101".into(),
        agent_instrument: "1101".into(),
        flt_skill_groups: vec![AgentStateEventFltSkillGroupsItem {
            flt_skill_group_number: Some(101),
            flt_skill_group_id: Some(5001),
            flt_skill_group_priority: Some(0),
            flt_skill_group_state: Some(AgentState::NOT_READY),
        }],
        ..AgentStateEvent::default()
    }
}

#[test]
fn v17_open_req() {
    is_on_the_wire(
        open_req(17),
        Version::V17,
        "0000003c00000003000000010000001100000014ffffffff0000009600ffffff00003fff000000000000000000000000
         0000000001056465736b00020003056465736b00",
    );
}

#[test]
fn v17_set_agent_state_req() {
    is_on_the_wire(
        login(),
        Version::V17,
        "000000280000002600000002000013880000000000000000000000000006053131303100050531303031003103707700",
    );
}

#[test]
fn v17_agent_state_event() {
    is_on_the_wire(
        not_ready(),
        Version::V17,
        "000000630000001e00000000000013880000000000110002000000000000006500001389000000020000000000010000
         0000000100000001000013920000000000010505313030310004053131303100060531313031003e04000000653f0400
         0013894002000041020002",
    );
}

#[test]
fn v17_failure_conf() {
    let conf =
        FailureConf { invoke_id: 2, status: StatusCode::REQUIRED_DATA_MISSING, ..FailureConf::default() };
    is_on_the_wire(conf, Version::V17, "00000008000000010000000200000006");
}

#[test]
fn v17_control_failure_conf() {
    let conf = ControlFailureConf {
        invoke_id: 2,
        failure_code: ControlFailureCode(257),
        ..ControlFailureConf::default()
    };
    is_on_the_wire(conf, Version::V17, "0000000a0000002300000002010100000000");
}

#[test]
fn v20_open_req() {
    is_on_the_wire(
        open_req(20),
        Version::V20,
        "0000004200000003000000010000001400000014ffffffff0000009600ffffff00003fff000000000000000000000000
         00000000000100056465736b0000020000000300056465736b00",
    );
}

#[test]
fn v20_set_agent_state_req() {
    is_on_the_wire(
        login(),
        Version::V20,
        "0000002e0000002600000002000013880000000000000000000000000000060005313130310000050005313030310000
         310003707700",
    );
}

#[test]
fn v20_agent_state_event() {
    is_on_the_wire(
        not_ready(),
        Version::V20,
        "000000750000001e00000000000013880000000000110002000000000000006500001389000000020000000000010000
         000000010000000100001392000000000001000000000005000531303031000004000531313031000006000531313031
         00003e000400000065003f000400001389004000020000004100020002",
    );
}

/// OPEN_REQ is framed by the version in it, whatever its reader believes.
#[test]
fn open_req_is_framed_by_the_version_that_it_names() {
    let bytes = Message::from(open_req(20)).encode(Version::V20).unwrap();
    assert_eq!(Message::decode(3, &bytes[8..], Version::MIN), Ok(open_req(20).into()));
}

/// The v24 guide prints the body of CONTROL_FAILURE_CONF.
#[test]
fn failure_conf_may_have_ten_bytes() {
    let body = bytes("00000007 000f 00002711");
    let conf = FailureConf { invoke_id: 7, status: StatusCode::CTI_SERVER_OFFLINE, ..FailureConf::default() };
    assert_eq!(Message::decode(1, &body, Version::V17), Ok(conf.into()));
}

/// Reserved has two bytes in the guides and four in one implementation.
#[test]
fn query_device_info_req_may_have_a_wide_reserved() {
    let request = QueryDeviceInfoReq {
        invoke_id: 7,
        peripheral_id: 5000,
        reserved: 0,
        agent_instrument: "1101".into(),
    };
    for (version, body) in [
        (Version::V17, "00000007 00001388 0000 0605 3131303100"),
        (Version::V17, "00000007 00001388 00000000 0605 3131303100"),
        (Version::V20, "00000007 00001388 0000 00060005 3131303100"),
        (Version::V20, "00000007 00001388 00000000 00060005 3131303100"),
    ] {
        assert_eq!(Message::decode(78, &bytes(body), version), Ok(request.clone().into()), "{body}");
    }
}

/// A v15 capture repeats the pair of skill group and priority inside the record of an agent.
#[test]
fn config_agent_event_holds_the_skills_of_each_agent() {
    let skill = |number| ConfigAgentEventSkillsItem {
        flt_skill_group_number: Some(number),
        flt_skill_group_priority: Some(0),
    };
    let agent = |login_id: &str, skills| ConfigAgentEventRecordsItem {
        record_type: Some(RecordType::ADD),
        login_id: login_id.into(),
        skills,
        ..ConfigAgentEventRecordsItem::default()
    };
    let records =
        vec![agent("1001", vec![skill(1), skill(2)]), agent("1002", vec![]), agent("1003", vec![skill(1)])];
    let event = Message::from(ConfigAgentEvent { records });
    let bytes = event.encode(Version::V17).unwrap();
    assert_eq!(Message::decode(237, &bytes[8..], Version::V17), Ok(event));
}

/// A party without a device id does not take the next party's.
#[test]
fn an_element_may_lack_any_member_but_its_first() {
    let device = |call, state, id: &str| SnapshotCallConfCallDevicesItem {
        call_connection_call_id: Some(call),
        call_device_connection_state: state,
        call_device_id: id.into(),
        ..SnapshotCallConfCallDevicesItem::default()
    };
    let call_devices = vec![
        device(1, Some(ged188::LocalConnectionState::CONNECT), ""),
        device(1, None, "1101"),
        device(1, Some(ged188::LocalConnectionState::HOLD), "1102"),
    ];
    let conf = Message::from(SnapshotCallConf { call_devices, ..SnapshotCallConf::default() });
    let bytes = conf.encode(Version::V17).unwrap();
    assert_eq!(Message::decode(83, &bytes[8..], Version::V17), Ok(conf));
}

#[test]
fn an_element_without_its_first_member_is_not_sent() {
    let call_devices = vec![SnapshotCallConfCallDevicesItem::default()];
    let conf = Message::from(SnapshotCallConf { call_devices, ..SnapshotCallConf::default() });
    assert_eq!(
        conf.encode(Version::V17),
        Err(EncodeError::FirstMemberMissing { field: "CallConnectionCallID" })
    );
}

/// ged188.md section 3: the four layout switches.
#[test]
fn a_version_has_its_fixed_fields() {
    let length =
        |number: u32| Message::from(OpenConf::default()).encode(Version::new(number).unwrap()).unwrap().len();
    assert_eq!([13, 18, 19, 23, 24].map(length), [34, 34, 38, 38, 40]);
    // AgentInstrument is required: its empty text has two bytes more in the wide form.
    let pre_call =
        |number: u32| Message::from(AgentPreCallEvent::default()).encode(Version::new(number).unwrap());
    assert_eq!(pre_call(20).unwrap().len() - pre_call(19).unwrap().len(), 4 + 2);
}

#[test]
fn unknown_types_and_tags_are_values() {
    let message = Message::decode(9999, &[1, 2, 3], Version::V17).unwrap();
    assert_eq!(message, Message::Unknown(Unknown { kind: 9999, body: vec![1, 2, 3] }));
    assert_eq!(message.name(), "UNKNOWN");
    assert_eq!(Message::decode(151, &[], Version::V17).unwrap().name(), "MEDIA_LOGIN_REQ");
    let decoded = Message::decode_counting(6, &bytes("00000007 fe01aa ff00"), Version::V17).unwrap();
    assert_eq!((decoded.message.invoke_id(), decoded.unknown_fields), (Some(7), 2));
}

#[test]
fn a_wrong_length_has_a_name() {
    let decode = |hex: &str| Message::decode(36, &bytes(&format!("{}{hex}", "00".repeat(16))), Version::V17);
    assert_eq!(Message::decode(36, &[0; 15], Version::V17), Err(DecodeError::FixedPartShort { missing: 1 }));
    assert_eq!(decode("05"), Err(DecodeError::FloatingHeaderShort { got: 1 }));
    assert_eq!(decode("0502 31"), Err(DecodeError::FloatingPastEnd { tag: 5, length: 2, left: 1 }));
    let number = Message::decode(30, &bytes(&format!("{}9603000001", "00".repeat(58))), Version::V17);
    assert_eq!(number, Err(DecodeError::NumberLength { tag: 150, width: 4, length: 3 }));
}

/// The guides disagree about widths: a number is what it is in any of them, unless it does not fit.
#[test]
fn a_number_may_have_the_width_of_another_integer() {
    let next =
        |hex: &str| match Message::decode(30, &bytes(&format!("{}{hex}", "00".repeat(58))), Version::V17) {
            Ok(Message::AgentStateEvent(event)) => Ok(event.next_agent_state),
            Ok(other) => panic!("{} instead", other.name()),
            Err(error) => Err(error),
        };
    assert_eq!(next("7b0400000003"), Ok(Some(AgentState::AVAILABLE)));
    assert_eq!(next("7b0103"), Ok(Some(AgentState::AVAILABLE)));
    assert_eq!(next("7b0400010003"), Err(DecodeError::NumberLength { tag: 123, width: 2, length: 4 }));
}

#[test]
fn an_identifier_is_never_cut() {
    let request = |number: &str| MakeCallReq { dialed_number: number.into(), ..MakeCallReq::default() };
    assert!(Message::from(request(&"9".repeat(39))).encode(Version::V17).is_ok());
    assert_eq!(
        Message::from(request(&"9".repeat(40))).encode(Version::V17),
        Err(EncodeError::TooLong { field: "DialedNumber", max: 40, got: 41 })
    );
    assert_eq!(
        Message::from(request("1\0")).encode(Version::V17),
        Err(EncodeError::NulInText { field: "DialedNumber" })
    );
}

/// ged188.md section 2.1: 4096 bytes with the header, 12500 at version 24.
#[test]
fn a_message_is_not_longer_than_its_version_allows() {
    let record = ConfigAgentEventRecordsItem {
        record_type: Some(RecordType::ADD),
        description: "x".repeat(120),
        ..ConfigAgentEventRecordsItem::default()
    };
    let event = |records| Message::from(ConfigAgentEvent { records: vec![record.clone(); records] });
    assert!(event(31).encode(Version::V17).is_ok());
    assert!(matches!(event(40).encode(Version::V20), Err(EncodeError::MessageTooLong { max: 4096, .. })));
    assert!(event(90).encode(Version::MAX).is_ok());
    assert!(matches!(event(100).encode(Version::MAX), Err(EncodeError::MessageTooLong { max: 12_500, .. })));
}

#[test]
fn numbers_show_their_names() {
    assert_eq!(AgentState::NOT_READY.to_string(), "NOT_READY");
    assert_eq!(AgentState(77).to_string(), "77");
    assert_eq!((ServiceMask::CLIENT_CONTROL | ServiceMask(0x200)).to_string(), "CLIENT_CONTROL|0x200");
    assert_eq!(ServiceMask::NONE.to_string(), "0");
}
