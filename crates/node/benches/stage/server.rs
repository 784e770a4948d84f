//! A CTI server that answers what a node asks while it reads the state, and the events of one call.

use ged188::frame::Framer;
use ged188::{
    AgentDeskSettingsConf, AgentState, AgentStateEvent, BeginCallEvent, CallClearedEvent,
    CallConnectionClearedEvent, CallDeliveredEvent, CallEstablishedEvent, CallType, ConfigAgentEvent,
    ConfigAgentEventRecordsItem, ConfigEndEvent, ConfigKeyEvent, ConnectionDeviceIdType, EndCallEvent,
    HeartbeatConf, LocalConnectionState, Message, OpenConf, PeripheralType, QueryAgentStateConf, RecordType,
    ServiceMask, SnapshotCallConf, SnapshotCallConfCallDevicesItem, SnapshotDeviceConf,
    SnapshotDeviceConfCallsItem, SystemEvent, SystemEventId,
};
use node::ged188;

use super::VERSION;

pub(crate) const PERIPHERAL: u32 = 5000;
const CALLER: &str = "0312345678";
const DIALED: &str = "7100";
/// The calls that agents have while the state is read.
const CALLS_BEGIN: u32 = 1_000_000;
/// Agents in one CONFIG_AGENT_EVENT.
const AGENTS_A_MESSAGE: usize = 10;

pub(crate) struct Server {
    states: Vec<AgentState>,
    framer: Framer,
    answers: Vec<u8>,
}

pub(crate) fn agent_id(agent: usize) -> String {
    (10_000 + agent).to_string()
}

pub(crate) fn extension(agent: usize) -> String {
    (60_000 + agent).to_string()
}

impl Server {
    /// Each tenth agent is on a call.
    pub(crate) fn new(agents: usize) -> Self {
        let state = |agent| if has_call(agent) { AgentState::TALKING } else { AgentState::AVAILABLE };
        Self { states: (0..agents).map(state).collect(), framer: Framer::default(), answers: Vec::new() }
    }

    /// A ready agent is not ready from now on, and any other is ready.
    pub(crate) fn turn(&mut self, agent: usize) -> AgentState {
        let ready = self.states[agent] == AgentState::AVAILABLE;
        self.states[agent] = if ready { AgentState::NOT_READY } else { AgentState::AVAILABLE };
        self.states[agent]
    }

    pub(crate) fn hung_up(&mut self) {
        self.framer = Framer::default();
        self.answers.clear();
    }

    pub(crate) fn take_answers(&mut self) -> Option<Vec<u8>> {
        (!self.answers.is_empty()).then(|| std::mem::take(&mut self.answers))
    }

    pub(crate) fn hear(&mut self, bytes: &[u8]) {
        self.framer.push(bytes);
        while let Some(frame) = self.framer.next_frame().unwrap() {
            self.answer(&Message::decode(frame.kind, &frame.body, VERSION).unwrap());
        }
    }

    fn answer(&mut self, request: &Message) {
        let invoke_id = request.invoke_id().unwrap_or(0);
        match request {
            Message::OpenReq(_) => {
                self.say(OpenConf { invoke_id, services_granted: ServiceMask::KNOWN, ..Default::default() })
            }
            Message::HeartbeatReq(_) => self.say(HeartbeatConf { invoke_id }),
            Message::ConfigRequestKeyEvent(_) => self.keys(),
            Message::ConfigRequestEvent(_) => self.configuration(),
            Message::QueryAgentStateReq(req) => {
                let agent = number(&req.agent_id) - 10_000;
                self.say(QueryAgentStateConf {
                    invoke_id,
                    agent_state: self.states[agent],
                    mrd_id: 1,
                    agent_id: agent_id(agent),
                    agent_extension: extension(agent),
                    agent_instrument: extension(agent),
                    ..Default::default()
                });
            }
            Message::SnapshotDeviceReq(req) => {
                let calls = device_calls(number(&req.agent_instrument) - 60_000);
                self.say(SnapshotDeviceConf { invoke_id, calls });
            }
            Message::SnapshotCallReq(req) => self.say(call_snapshot(invoke_id, req.connection_call_id)),
            _ => self.say(AgentDeskSettingsConf { invoke_id, ..Default::default() }),
        }
    }

    /// The configuration never changes, so its records are asked for once.
    fn keys(&mut self) {
        self.say(ConfigKeyEvent { agent_config_key: vec![1; 8], ..Default::default() });
        self.say(SystemEvent {
            system_event_id: SystemEventId::PERIPHERAL_ONLINE,
            system_event_arg1: PERIPHERAL,
            ..Default::default()
        });
    }

    fn configuration(&mut self) {
        let agents: Vec<usize> = (0..self.states.len()).collect();
        for some in agents.chunks(AGENTS_A_MESSAGE) {
            self.say(ConfigAgentEvent { records: some.iter().map(|agent| record(*agent)).collect() });
        }
        self.say(ConfigEndEvent::default());
    }

    fn say(&mut self, message: impl Into<Message>) {
        self.answers.extend(message.into().encode(VERSION).unwrap());
    }
}

pub(crate) fn agent_state(agent: usize, state: AgentState) -> Message {
    Message::from(AgentStateEvent {
        peripheral_id: PERIPHERAL,
        peripheral_type: PeripheralType(17),
        skill_group_state: state,
        skill_group_number: 101,
        skill_group_id: 5001,
        agent_state: state,
        mrd_id: 1,
        num_tasks: 1,
        agent_mode: 1,
        max_task_limit: 1,
        agent_id: agent_id(agent),
        agent_extension: extension(agent),
        agent_instrument: extension(agent),
        duration: Some(0),
        ..AgentStateEvent::default()
    })
}

/// A call from outside: it rings, is answered, and the caller hangs up.
pub(crate) fn call(agent: usize, id: u32) -> [Message; 10] {
    let device = extension(agent);
    macro_rules! event {
        ($kind:ident at $device:expr, $($field:ident: $value:expr),*) => {
            Message::from($kind {
                peripheral_id: PERIPHERAL,
                connection_call_id: id,
                connection_device_id_type: ConnectionDeviceIdType::DYNAMIC,
                connection_device_id: connection(id, $device),
                $($field: $value,)*
                ..Default::default()
            })
        };
    }
    [
        Message::from(BeginCallEvent {
            peripheral_id: PERIPHERAL,
            connection_call_id: id,
            connection_device_id: device.clone(),
            call_type: CallType::ACD_IN,
            ani: CALLER.into(),
            dnis: DIALED.into(),
            dialed_number: DIALED.into(),
            call_variables: variables(),
            ..Default::default()
        }),
        agent_state(agent, AgentState::RESERVED),
        event!(CallDeliveredEvent at &device, calling_device_id: CALLER.into(), called_device_id: device.clone(),
            alerting_device_id: device.clone()),
        event!(CallEstablishedEvent at &device, calling_device_id: CALLER.into(),
            called_device_id: device.clone(), answering_device_id: device.clone()),
        agent_state(agent, AgentState::TALKING),
        event!(CallConnectionClearedEvent at CALLER, releasing_device_id: CALLER.into()),
        event!(CallConnectionClearedEvent at &device, releasing_device_id: device.clone()),
        event!(CallClearedEvent at &device,),
        agent_state(agent, AgentState::AVAILABLE),
        event!(EndCallEvent at &device,),
    ]
}

fn has_call(agent: usize) -> bool {
    agent.is_multiple_of(10)
}

fn device_calls(agent: usize) -> Vec<SnapshotDeviceConfCallsItem> {
    let id = CALLS_BEGIN + agent as u32;
    let item = SnapshotDeviceConfCallsItem {
        call_connection_call_id: Some(id),
        call_connection_device_id_type: Some(ConnectionDeviceIdType::DYNAMIC),
        call_connection_device_id: connection(id, &extension(agent)),
        call_state: Some(LocalConnectionState::CONNECT),
        ..Default::default()
    };
    has_call(agent).then_some(item).into_iter().collect()
}

fn call_snapshot(invoke_id: u32, id: u32) -> SnapshotCallConf {
    let party = |device: String| SnapshotCallConfCallDevicesItem {
        call_connection_call_id: Some(id),
        call_connection_device_id_type: Some(ConnectionDeviceIdType::DYNAMIC),
        call_connection_device_id: connection(id, &device),
        call_device_id: device,
        call_device_connection_state: Some(LocalConnectionState::CONNECT),
        ..Default::default()
    };
    SnapshotCallConf {
        invoke_id,
        call_type: CallType::ACD_IN,
        ani: CALLER.into(),
        dialed_number: DIALED.into(),
        call_variables: variables(),
        call_devices: vec![party(CALLER.into()), party(extension((id - CALLS_BEGIN) as usize))],
        ..Default::default()
    }
}

fn record(agent: usize) -> ConfigAgentEventRecordsItem {
    ConfigAgentEventRecordsItem {
        record_type: Some(RecordType::ADD),
        flt_peripheral_id: Some(PERIPHERAL),
        login_id: agent_id(agent),
        ..Default::default()
    }
}

fn connection(id: u32, device: &str) -> String {
    format!("{id}/{device}")
}

fn variables() -> [String; 10] {
    let mut variables: [String; 10] = Default::default();
    for (variable, value) in variables.iter_mut().zip(["4711", "Gold", "Order 20261123-7"]) {
        *variable = value.into();
    }
    variables
}

fn number(text: &str) -> usize {
    text.parse().unwrap()
}
