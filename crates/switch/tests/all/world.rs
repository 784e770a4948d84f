//! A world of one pair and scripted clients, joined by real encoded bytes and stepped from deadline to deadline.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a scripted client that goes wrong is a failed test")]

use std::collections::BTreeMap;
use std::time::Duration;

use failover::cti::Side;
use ged188::session::client::{Client, ClientConfig, ClientOutput};
use ged188::*;
use switch::{
    Command, CommandError, ConnId, CtiPair, OnClientLoss, Outcome, PairConfig, PairMode, PairOutput,
    SwitchConfig,
};

pub(crate) const PASSWORD: &str = "secret";

pub(crate) struct World {
    pub(crate) pair: CtiPair,
    pub(crate) now: Duration,
    pub(crate) ends: BTreeMap<u64, End>,
    next_conn: u64,
}

/// The client's end of a connection.
pub(crate) struct End {
    client: Client,
    pub(crate) opened: Option<OpenConf>,
    pub(crate) refused: Option<StatusCode>,
    pub(crate) version_refused: bool,
    pub(crate) closing: Option<StatusCode>,
    pub(crate) broken: bool,
    pub(crate) closed: Option<String>,
    pub(crate) inbox: Vec<Message>,
    pub(crate) heartbeats: Vec<u32>,
}

pub(crate) fn pair_config(switch: SwitchConfig) -> PairConfig {
    PairConfig { mode: PairMode::BothActive, on_client_loss: OnClientLoss::Keep, versions: 13..=20, switch }
}

pub(crate) fn demo(agents: usize) -> SwitchConfig {
    SwitchConfig::demo(agents, PASSWORD)
}

impl World {
    pub(crate) fn new(config: PairConfig) -> Self {
        let now = Duration::from_secs(1000);
        Self { pair: CtiPair::new(config, now, 1_700_000_000_000), now, ends: BTreeMap::new(), next_conn: 0 }
    }

    pub(crate) fn connect(&mut self, side: Side, version: u32) -> u64 {
        self.connect_as(side, version, "desk", |_| {})
    }

    pub(crate) fn connect_as(
        &mut self,
        side: Side,
        version: u32,
        client_id: &str,
        change: impl FnOnce(&mut ClientConfig),
    ) -> u64 {
        self.next_conn += 1;
        let conn = self.next_conn;
        let version = Version::new(version).unwrap();
        let mut config = ClientConfig {
            client_id: client_id.into(),
            password: String::new(),
            signature: "test".into(),
            services: ServiceMask(
                ServiceMask::ALL_EVENTS.0
                    | ServiceMask::CLIENT_CONTROL.0
                    | ServiceMask::CALL_DATA_UPDATE.0
                    | ServiceMask::SUPERVISOR.0
                    | ServiceMask::CONFIG_EVENTS.0
                    | ServiceMask::PERIPHERAL_MONITOR.0,
            ),
            call_mask: CallEventMask(0x00FF_FFFF),
            agent_mask: AgentStateMask(0x3FFF),
            config_mask: ConfigMask(0xF),
            peripheral_id: NULL_ID,
            idle_timeout_s: u32::MAX,
            versions: version..=version,
        };
        change(&mut config);
        let mut client = Client::new(config, version);
        assert!(self.pair.accepts(side));
        self.pair.connection_opened(side, ConnId(conn), self.now);
        client.connected();
        let end = End {
            client,
            opened: None,
            refused: None,
            version_refused: false,
            closing: None,
            broken: false,
            closed: None,
            inbox: Vec::new(),
            heartbeats: Vec::new(),
        };
        self.ends.insert(conn, end);
        self.pump();
        conn
    }

    /// Opens a session and forgets what it was welcomed with.
    pub(crate) fn desk(&mut self, version: u32) -> u64 {
        let conn = self.connect(Side::A, version);
        assert!(self.end(conn).opened.is_some());
        self.take(conn);
        conn
    }

    pub(crate) fn end(&mut self, conn: u64) -> &mut End {
        self.ends.get_mut(&conn).unwrap()
    }

    pub(crate) fn request(&mut self, conn: u64, message: impl Into<Message>) -> u32 {
        let id = self.end(conn).client.request(message.into()).unwrap();
        self.pump();
        id
    }

    pub(crate) fn send(&mut self, conn: u64, message: impl Into<Message>) {
        self.end(conn).client.send(message.into()).unwrap();
        self.pump();
    }

    pub(crate) fn heartbeat(&mut self, conn: u64) -> u32 {
        let id = self.end(conn).client.heartbeat();
        self.pump();
        id
    }

    pub(crate) fn close(&mut self, conn: u64) {
        self.end(conn).client.close();
        self.pump();
    }

    pub(crate) fn cut(&mut self, conn: u64) {
        self.pair.connection_closed(ConnId(conn), self.now);
        self.pump();
    }

    pub(crate) fn command(&mut self, command: Command) -> Result<Outcome, CommandError> {
        let outcome = self.pair.command(command, self.now);
        self.pump();
        outcome
    }

    pub(crate) fn call_in(&mut self, from: &str, to: &str) -> u32 {
        let command = Command::CallIn { from: from.into(), to: to.into(), variables: BTreeMap::new() };
        match self.command(command) {
            Ok(Outcome::Call(call)) => call,
            other => panic!("no call: {other:?}"),
        }
    }

    /// Lets time pass, deadline by deadline.
    pub(crate) fn wait(&mut self, time: Duration) {
        let until = self.now + time;
        let mut steps = 0;
        while let Some((at, timer)) = self.pair.poll_timeout().filter(|(at, _)| *at <= until) {
            self.now = at.max(self.now);
            self.pair.handle_timeout(self.now);
            self.pump();
            steps += 1;
            assert!(steps < 100_000, "time stands still at {timer:?}");
        }
        self.now = until;
        self.pair.handle_timeout(self.now);
        self.pump();
    }

    /// What a client received since it was last asked.
    pub(crate) fn take(&mut self, conn: u64) -> Vec<Message> {
        std::mem::take(&mut self.end(conn).inbox)
    }

    /// The same, in short: names, with the state of agent events.
    pub(crate) fn told(&mut self, conn: u64) -> Vec<String> {
        self.take(conn).iter().map(in_short).collect()
    }

    pub(crate) fn sign_in(&mut self, conn: u64, agent: &str) {
        let extension = self.pair.switch().config().agent(agent).unwrap().extension.clone();
        self.request(conn, login(agent, &extension, PASSWORD));
    }

    /// Places a call to a dialed number and lets the agent answer it; nothing of that is kept for the client.
    pub(crate) fn talking(&mut self, conn: u64, agent: &str, dialed: &str) -> u32 {
        self.ready(conn, agent);
        let call = self.call_in("0311112222", dialed);
        let extension = self.pair.switch().config().agent(agent).unwrap().extension.clone();
        self.request(conn, answer(call, &extension));
        self.take(conn);
        call
    }

    /// The newest call.
    pub(crate) fn newest(&self) -> u32 {
        self.pair.switch().calls().iter().last().unwrap().id
    }

    pub(crate) fn ready(&mut self, conn: u64, agent: &str) {
        self.sign_in(conn, agent);
        self.request(conn, set_state(agent, AgentState::AVAILABLE, 0));
        self.take(conn);
    }

    /// State and reason of an agent in truth.
    pub(crate) fn state(&self, agent: &str) -> (&'static str, u16) {
        let agent = self.pair.switch().agent(agent).unwrap();
        (agent.state.name(), agent.state.reason())
    }

    /// Carries bytes both ways until nothing moves.
    pub(crate) fn pump(&mut self) {
        loop {
            let mut moved = false;
            let conns: Vec<u64> = self.ends.keys().copied().collect();
            for conn in conns {
                moved |= self.pump_client(conn);
            }
            while let Some(output) = self.pair.poll_output() {
                moved = true;
                match output {
                    PairOutput::Send { conn, bytes } => {
                        if let Some(end) = self.ends.get_mut(&conn.0) {
                            end.client.handle_bytes(&bytes);
                        }
                    }
                    PairOutput::Close { conn, why } => {
                        if let Some(end) = self.ends.get_mut(&conn.0) {
                            end.closed = Some(why);
                        }
                    }
                    PairOutput::Story(_) => {}
                }
            }
            if !moved {
                return;
            }
        }
    }

    fn pump_client(&mut self, conn: u64) -> bool {
        let mut moved = false;
        while let Some(output) = self.end(conn).client.poll_output() {
            moved = true;
            let end = self.end(conn);
            match output {
                ClientOutput::Send(bytes) => {
                    if end.closed.is_none() {
                        self.pair.handle_bytes(ConnId(conn), &bytes, self.now);
                    }
                }
                ClientOutput::Opened(conf) => end.opened = Some(conf),
                ClientOutput::Refused(status) => end.refused = Some(status),
                ClientOutput::VersionRefused { .. } => end.version_refused = true,
                ClientOutput::HeartbeatConfirmed(id) => end.heartbeats.push(id),
                ClientOutput::Closing(status) => end.closing = Some(status),
                ClientOutput::Message(message) => end.inbox.push(message),
                ClientOutput::Broken(_) => end.broken = true,
            }
        }
        moved
    }
}

pub(crate) fn in_short(message: &Message) -> String {
    match message {
        Message::AgentStateEvent(event) if event.event_reason_code != 0 => {
            format!("AGENT_STATE_EVENT {} {}", event.agent_state, event.event_reason_code)
        }
        Message::AgentStateEvent(event) => format!("AGENT_STATE_EVENT {}", event.agent_state),
        Message::ControlFailureConf(conf) => {
            format!("CONTROL_FAILURE_CONF {} {}", conf.failure_code.0, conf.peripheral_error_code)
        }
        Message::FailureConf(conf) => format!("FAILURE_CONF {}", conf.status.0),
        other => other.name().to_owned(),
    }
}

pub(crate) fn login(agent: &str, extension: &str, password: &str) -> SetAgentStateReq {
    SetAgentStateReq {
        peripheral_id: 5000,
        agent_state: AgentState::LOGIN,
        agent_instrument: extension.into(),
        agent_id: agent.into(),
        agent_password: password.into(),
        ..SetAgentStateReq::default()
    }
}

pub(crate) fn set_state(agent: &str, agent_state: AgentState, reason: u16) -> SetAgentStateReq {
    SetAgentStateReq {
        peripheral_id: 5000,
        agent_state,
        event_reason_code: reason,
        agent_id: agent.into(),
        ..SetAgentStateReq::default()
    }
}

pub(crate) fn forced(agent: &str, agent_state: AgentState, reason: u16) -> SetAgentStateReq {
    SetAgentStateReq { forced_flag: ForcedFlag::TRUE, ..set_state(agent, agent_state, reason) }
}

pub(crate) fn answer(call: u32, device: &str) -> AnswerCallReq {
    AnswerCallReq {
        peripheral_id: 5000,
        connection_call_id: call,
        connection_device_id: device.into(),
        agent_instrument: device.into(),
        ..AnswerCallReq::default()
    }
}

pub(crate) fn hold(call: u32, device: &str) -> HoldCallReq {
    HoldCallReq {
        peripheral_id: 5000,
        connection_call_id: call,
        connection_device_id: device.into(),
        agent_instrument: device.into(),
        ..HoldCallReq::default()
    }
}

pub(crate) fn retrieve(call: u32, device: &str) -> RetrieveCallReq {
    RetrieveCallReq {
        peripheral_id: 5000,
        held_connection_call_id: call,
        held_connection_device_id: device.into(),
        agent_instrument: device.into(),
        ..RetrieveCallReq::default()
    }
}

pub(crate) fn clear(call: u32, device: &str) -> ClearConnectionReq {
    ClearConnectionReq {
        peripheral_id: 5000,
        connection_call_id: call,
        connection_device_id: device.into(),
        agent_instrument: device.into(),
        ..ClearConnectionReq::default()
    }
}

pub(crate) fn make_call(device: &str, to: &str) -> MakeCallReq {
    MakeCallReq {
        peripheral_id: 5000,
        agent_instrument: device.into(),
        dialed_number: to.into(),
        skill_group_number: NULL_ID,
        ..MakeCallReq::default()
    }
}

pub(crate) fn consult(call: u32, device: &str, to: &str) -> ConsultationCallReq {
    ConsultationCallReq {
        peripheral_id: 5000,
        active_connection_call_id: call,
        active_connection_device_id: device.into(),
        consult_type: ConsultType::TRANSFER,
        dialed_number: to.into(),
        agent_instrument: device.into(),
        ..ConsultationCallReq::default()
    }
}

pub(crate) fn transfer(held: u32, active: u32, device: &str) -> TransferCallReq {
    TransferCallReq {
        peripheral_id: 5000,
        active_connection_call_id: active,
        held_connection_call_id: held,
        active_connection_device_id: device.into(),
        held_connection_device_id: device.into(),
        agent_instrument: device.into(),
        ..TransferCallReq::default()
    }
}

pub(crate) fn single_step(call: u32, device: &str, to: &str) -> TransferCallReq {
    TransferCallReq {
        held_connection_call_id: NULL_ID,
        held_connection_device_id_type: ConnectionDeviceIdType::NONE,
        held_connection_device_id: String::new(),
        dialed_number: to.into(),
        ..transfer(NULL_ID, call, device)
    }
}

pub(crate) fn conference(held: u32, active: u32, device: &str) -> ConferenceCallReq {
    ConferenceCallReq {
        peripheral_id: 5000,
        active_connection_call_id: active,
        held_connection_call_id: held,
        active_connection_device_id: device.into(),
        held_connection_device_id: device.into(),
        agent_instrument: device.into(),
        ..ConferenceCallReq::default()
    }
}

pub(crate) fn alternate(active: u32, other: u32, device: &str) -> AlternateCallReq {
    AlternateCallReq {
        peripheral_id: 5000,
        active_connection_call_id: active,
        other_connection_call_id: other,
        active_connection_device_id: device.into(),
        other_connection_device_id: device.into(),
        agent_instrument: device.into(),
        ..AlternateCallReq::default()
    }
}

pub(crate) fn reconnect(active: u32, held: u32, device: &str) -> ReconnectCallReq {
    ReconnectCallReq {
        peripheral_id: 5000,
        active_connection_call_id: active,
        held_connection_call_id: held,
        active_connection_device_id: device.into(),
        held_connection_device_id: device.into(),
        agent_instrument: device.into(),
        ..ReconnectCallReq::default()
    }
}

pub(crate) fn drop_party(call: u32, requester: &str, party: &str) -> ClearConnectionReq {
    ClearConnectionReq { requesting_device_id: requester.into(), ..clear(call, party) }
}

pub(crate) fn wrap_up_data(call: u32, device: &str, text: &str) -> SetCallDataReq {
    SetCallDataReq {
        peripheral_id: 5000,
        connection_call_id: call,
        connection_device_id: device.into(),
        call_type: CallType::NULL_CALLTYPE,
        call_wrapup_data: text.into(),
        ..SetCallDataReq::default()
    }
}

pub(crate) fn release(call: u32, device: &str) -> ReleaseCallReq {
    ReleaseCallReq {
        peripheral_id: 5000,
        connection_call_id: call,
        connection_device_id: device.into(),
        ..ReleaseCallReq::default()
    }
}
