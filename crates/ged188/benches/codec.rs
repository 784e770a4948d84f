//! The codec: what one message costs on its way in and out, at the version of the main target.
//! `cargo bench -p ged188`; instruction counts by `make bench-code`.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark whose input is broken has nothing better to do than to stop"
)]

#[path = "../../../benches/harness.rs"]
mod harness;

use std::hint::black_box;

use ged188::frame::Framer;
use ged188::session::client::{Client, ClientConfig};
use ged188::{
    AgentState, AgentStateEvent, AgentStateEventFltSkillGroupsItem, AgentStateMask, CallDeliveredEvent,
    CallEventMask, CallType, ConfigMask, ConnectionDeviceIdType, DeviceIdType, LocalConnectionState, Message,
    NULL_ID, NamedVariable, OpenConf, PeripheralType, ServiceMask, SnapshotCallConf,
    SnapshotCallConfCallDevicesItem, Version,
};
use harness::{Case, Run};

/// Messages a run.
const MESSAGES: u32 = 1000;
/// What one reading of a socket brings.
const READ_BYTES: usize = 16 * 1024;

const CASES: [Case; 8] = [
    case("decode_agent_state_event", || decoding(agent_state_event())),
    case("encode_agent_state_event", || encoding(agent_state_event())),
    case("decode_call_delivered_event", || decoding(call_delivered_event())),
    case("encode_call_delivered_event", || encoding(call_delivered_event())),
    case("decode_snapshot_call_conf", || decoding(snapshot_call_conf())),
    case("encode_snapshot_call_conf", || encoding(snapshot_call_conf())),
    case("split_a_stream_of_agent_state_events", splitting),
    case("receive_agent_state_events_in_a_session", receiving),
];

fn main() {
    harness::main(&CASES);
}

const fn case(name: &'static str, make: fn() -> Box<dyn Run>) -> Case {
    Case { name, operations: MESSAGES, make }
}

fn decoding(message: Message) -> Box<dyn Run> {
    let (kind, bytes) = (message.kind(), message.encode(Version::V17).unwrap());
    Box::new(move || {
        for _ in 0..MESSAGES {
            black_box(Message::decode(kind, black_box(&bytes[8..]), Version::V17)).unwrap();
        }
    })
}

fn encoding(message: Message) -> Box<dyn Run> {
    Box::new(move || {
        for _ in 0..MESSAGES {
            black_box(black_box(&message).encode(Version::V17)).unwrap();
        }
    })
}

fn splitting() -> Box<dyn Run> {
    let (stream, mut framer) = (stream(), Framer::default());
    Box::new(move || {
        for read in stream.chunks(READ_BYTES) {
            framer.push(read);
            while let Some(frame) = framer.next_frame().unwrap() {
                black_box(frame);
            }
        }
    })
}

/// From the bytes of a socket to messages.
fn receiving() -> Box<dyn Run> {
    let (stream, mut client) = (stream(), open_client());
    Box::new(move || {
        for read in stream.chunks(READ_BYTES) {
            client.handle_bytes(read);
            while let Some(output) = client.poll_output() {
                black_box(output);
            }
        }
    })
}

fn stream() -> Vec<u8> {
    agent_state_event().encode(Version::V17).unwrap().repeat(MESSAGES as usize)
}

fn open_client() -> Client {
    let config = ClientConfig {
        client_id: "bench".into(),
        password: String::new(),
        signature: "bench".into(),
        services: ServiceMask::ALL_EVENTS,
        call_mask: CallEventMask::KNOWN,
        agent_mask: AgentStateMask::KNOWN,
        config_mask: ConfigMask::KNOWN,
        peripheral_id: NULL_ID,
        idle_timeout_s: 20,
        versions: Version::V17..=Version::V17,
    };
    let mut client = Client::new(config, Version::V17);
    client.connected();
    let granted = Message::from(OpenConf { invoke_id: 1, ..OpenConf::default() });
    client.handle_bytes(&granted.encode(Version::V17).unwrap());
    while client.poll_output().is_some() {}
    client
}

/// All usual floating fields, one skill group.
fn agent_state_event() -> Message {
    let skill_group = AgentStateEventFltSkillGroupsItem {
        flt_skill_group_number: Some(101),
        flt_skill_group_id: Some(5001),
        flt_skill_group_priority: Some(0),
        flt_skill_group_state: Some(AgentState::TALKING),
    };
    Message::from(AgentStateEvent {
        peripheral_id: 5000,
        peripheral_type: PeripheralType(17),
        skill_group_state: AgentState::TALKING,
        skill_group_number: 101,
        skill_group_id: 5001,
        agent_state: AgentState::TALKING,
        mrd_id: 1,
        num_tasks: 1,
        agent_mode: 1,
        max_task_limit: 1,
        icm_agent_id: 5010,
        agent_id: "1001".into(),
        agent_extension: "61001".into(),
        agent_instrument: "61001".into(),
        duration: Some(12),
        next_agent_state: Some(AgentState::NOT_READY),
        direction: Some(ged188::CallDirection::IN),
        flt_skill_groups: vec![skill_group],
        ..AgentStateEvent::default()
    })
}

/// A call from outside with three call variables and two ECC variables.
fn call_delivered_event() -> Message {
    Message::from(CallDeliveredEvent {
        peripheral_id: 5000,
        peripheral_type: PeripheralType(17),
        connection_device_id_type: ConnectionDeviceIdType::STATIC,
        connection_call_id: 16_777_301,
        line_handle: 1,
        skill_group_number: 101,
        skill_group_id: 5001,
        alerting_device_type: DeviceIdType(0),
        calling_device_type: DeviceIdType(0),
        called_device_type: DeviceIdType(0),
        last_redirect_device_type: DeviceIdType(0),
        local_connection_state: LocalConnectionState::ALERTING,
        connection_device_id: "61001".into(),
        alerting_device_id: "61001".into(),
        calling_device_id: "0312345678".into(),
        called_device_id: "61001".into(),
        last_redirect_device_id: "7100".into(),
        ani: "0312345678".into(),
        dnis: "7100".into(),
        dialed_number: "7100".into(),
        call_variables: call_variables(),
        named_variables: named_variables(),
        ..CallDeliveredEvent::default()
    })
}

/// The same call as it is read after a loss, with two parties.
fn snapshot_call_conf() -> Message {
    let device = |device: &str| SnapshotCallConfCallDevicesItem {
        call_connection_call_id: Some(16_777_301),
        call_connection_device_id_type: Some(ConnectionDeviceIdType::STATIC),
        call_connection_device_id: device.into(),
        call_device_type: Some(DeviceIdType(0)),
        call_device_id: device.into(),
        call_device_connection_state: Some(LocalConnectionState::CONNECT),
    };
    Message::from(SnapshotCallConf {
        invoke_id: 77,
        call_type: CallType::ACD_IN,
        ani: "0312345678".into(),
        dnis: "7100".into(),
        dialed_number: "7100".into(),
        router_call_key_day: Some(151_234),
        router_call_key_call_id: Some(201),
        call_variables: call_variables(),
        named_variables: named_variables(),
        call_devices: vec![device("61001"), device("0312345678")],
        ..SnapshotCallConf::default()
    })
}

fn call_variables() -> [String; 10] {
    let mut variables: [String; 10] = Default::default();
    for (variable, value) in variables.iter_mut().zip(["4711", "Gold", "Order 20261123-7"]) {
        *variable = value.into();
    }
    variables
}

fn named_variables() -> Vec<NamedVariable> {
    let variable = |name: &str, value: &str| NamedVariable { name: name.into(), value: value.into() };
    vec![variable("user.customer", "Yamada Hanako"), variable("user.language", "ja")]
}
