//! Messages of CTI: the published name, and whom or what it is about.

use node::ged188::frame::{Frame, Framer};
use node::ged188::{Message, Version};

use crate::recorder::{Fingerprint, Says};
use crate::recording::Kind;

// Message types (ged188.md section 5).
const HEARTBEAT_REQ: u32 = 5;
const HEARTBEAT_CONF: u32 = 6;

/// Whole messages, as they are written into a connection.
pub(crate) struct Cti<'a> {
    /// The bytes.
    pub(crate) bytes: &'a [u8],
    /// What the session speaks, if that is known.
    pub(crate) version: Option<Version>,
}

impl Cti<'_> {
    /// Heartbeats are no messages that anybody wants to read.
    pub(crate) fn kind(&self) -> Kind {
        let kind = self.bytes.get(4..8).and_then(|kind| kind.try_into().ok()).map(u32::from_be_bytes);
        if kind.is_some_and(|kind| [HEARTBEAT_REQ, HEARTBEAT_CONF].contains(&kind)) {
            Kind::Pulse
        } else {
            Kind::Message
        }
    }

    fn told(&self, frame: &Frame) -> String {
        match Message::decode(frame.kind, &frame.body, self.version.unwrap_or(Version::V20)) {
            Ok(message) => join(message.name(), &what(&message), message.invoke_id()),
            Err(error) => format!("a message that cannot be read: {error}"),
        }
    }
}

impl Says for Cti<'_> {
    fn fold(&self, into: &mut Fingerprint) {
        into.bytes(self.bytes);
    }

    fn tell(&self) -> String {
        let mut framer = Framer::default();
        framer.push(self.bytes);
        let frames = std::iter::from_fn(|| framer.next_frame().ok().flatten());
        let mut told: Vec<String> = frames.map(|frame| self.told(&frame)).collect();
        if framer.waiting() > 0 {
            told.push(format!("{} bytes that are no message", framer.waiting()));
        }
        told.join("; ")
    }
}

fn join(name: &str, what: &str, invoke: Option<u32>) -> String {
    let invoke = invoke.map(|id| format!("#{id}")).unwrap_or_default();
    [name, what, &invoke].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whom or what a message is about; empty where its name says all that people want to know.
fn what(message: &Message) -> String {
    match message {
        Message::OpenReq(m) => format!("version {}", m.version_number),
        Message::FailureConf(m) => format!("status {}", m.status),
        Message::FailureEvent(m) => format!("status {}", m.status),
        Message::SystemEvent(m) => m.system_event_id.to_string(),
        Message::ControlFailureConf(m) => format!("code {}", m.failure_code),
        Message::QueryAgentStateReq(m) => format!("agent {}", m.agent_id),
        Message::QueryAgentStateConf(m) => agent(&m.agent_id, m.agent_state, 0, &m.agent_extension),
        Message::SetAgentStateReq(m) => {
            agent(&m.agent_id, m.agent_state, m.event_reason_code, &m.agent_instrument)
        }
        Message::AgentStateEvent(m) => {
            agent(&m.agent_id, m.agent_state, m.event_reason_code, &m.agent_extension)
        }
        Message::QuerySkillGroupStatisticsReq(m) => format!("skill group {}", m.skill_group_number),
        Message::SnapshotDeviceReq(m) => format!("device {}", m.agent_instrument),
        Message::SnapshotDeviceConf(m) => format!("{} calls", m.calls.len()),
        Message::SnapshotCallReq(m) => format!("call {}", m.connection_call_id),
        Message::ConfigAgentEvent(m) => format!("{} agents", m.records.len()),
        _ => of_call(message),
    }
}

fn agent(id: &str, state: node::ged188::AgentState, reason: u16, extension: &str) -> String {
    let reason = if reason == 0 { String::new() } else { format!(" reason {reason}") };
    let at = if extension.is_empty() { String::new() } else { format!(" at {extension}") };
    format!("agent {id} {state}{reason}{at}")
}

fn of_call(message: &Message) -> String {
    match message {
        Message::BeginCallEvent(m) => format!("call {}", m.connection_call_id),
        Message::EndCallEvent(m) => format!("call {}", m.connection_call_id),
        Message::CallDataUpdateEvent(m) => format!("call {}", m.connection_call_id),
        Message::CallClearedEvent(m) => format!("call {}", m.connection_call_id),
        Message::CallDeliveredEvent(m) => {
            format!("call {} rings {}", m.connection_call_id, m.alerting_device_id)
        }
        Message::CallEstablishedEvent(m) => {
            format!("call {} answered by {}", m.connection_call_id, m.answering_device_id)
        }
        Message::CallHeldEvent(m) => format!("call {} held by {}", m.connection_call_id, m.holding_device_id),
        Message::CallRetrievedEvent(m) => {
            format!("call {} taken back by {}", m.connection_call_id, m.retrieving_device_id)
        }
        Message::CallConnectionClearedEvent(m) => {
            format!("call {}, {} leaves", m.connection_call_id, m.connection_device_id)
        }
        Message::CallOriginatedEvent(m) => {
            format!("call {} from {}", m.connection_call_id, m.connection_device_id)
        }
        Message::CallServiceInitiatedEvent(m) => {
            format!("call {} begun at {}", m.connection_call_id, m.calling_device_id)
        }
        Message::CallFailedEvent(m) => format!("call {} to {}", m.connection_call_id, m.called_device_id),
        Message::CallQueuedEvent(m) => {
            format!("call {} waits in {}", m.connection_call_id, m.queue_device_id)
        }
        Message::CallConferencedEvent(m) => {
            format!("calls {} and {}", m.primary_call_id, m.secondary_call_id)
        }
        Message::CallTransferredEvent(m) => {
            format!("calls {} and {}", m.primary_call_id, m.secondary_call_id)
        }
        _ => control(message),
    }
}

fn control(message: &Message) -> String {
    let call = |id: u32, device: &str| format!("call {id} by {device}");
    match message {
        Message::MakeCallReq(m) => format!("{} to {}", m.agent_instrument, m.dialed_number),
        Message::ConsultationCallReq(m) => {
            format!(
                "{} about call {} to {}",
                m.agent_instrument, m.active_connection_call_id, m.dialed_number
            )
        }
        Message::AnswerCallReq(m) => call(m.connection_call_id, &m.agent_instrument),
        Message::HoldCallReq(m) => call(m.connection_call_id, &m.agent_instrument),
        Message::ClearCallReq(m) => call(m.connection_call_id, &m.agent_instrument),
        Message::ClearConnectionReq(m) => call(m.connection_call_id, &m.agent_instrument),
        Message::RetrieveCallReq(m) => call(m.held_connection_call_id, &m.agent_instrument),
        Message::AlternateCallReq(m) => call(m.active_connection_call_id, &m.agent_instrument),
        Message::ReconnectCallReq(m) => call(m.active_connection_call_id, &m.agent_instrument),
        Message::ConferenceCallReq(m) => call(m.active_connection_call_id, &m.agent_instrument),
        Message::TransferCallReq(m) => call(m.active_connection_call_id, &m.agent_instrument),
        Message::SetCallDataReq(m) => format!("call {}", m.connection_call_id),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use node::ged188::{AgentState, HeartbeatReq, SetAgentStateReq};

    use super::*;

    fn bytes(message: impl Into<Message>) -> Vec<u8> {
        message.into().encode(Version::V20).unwrap()
    }

    fn sign_in() -> Vec<u8> {
        bytes(SetAgentStateReq {
            invoke_id: 17,
            agent_state: AgentState::LOGIN,
            agent_instrument: "61001".into(),
            agent_id: "1001".into(),
            agent_password: "quite-secret".into(),
            ..Default::default()
        })
    }

    #[test]
    fn a_sign_in_is_told_without_its_password() {
        let (bytes, version) = (sign_in(), Some(Version::V20));
        let told = Cti { bytes: &bytes, version }.tell();
        assert_eq!(told, "SET_AGENT_STATE_REQ agent 1001 LOGIN at 61001 #17");
    }

    #[test]
    fn heartbeats_are_regular_signs_of_life() {
        let beat = bytes(HeartbeatReq::default());
        assert_eq!(Cti { bytes: &beat, version: None }.kind(), Kind::Pulse);
        assert_eq!(Cti { bytes: &sign_in(), version: None }.kind(), Kind::Message);
    }

    #[test]
    fn several_messages_and_garbage_are_told_as_they_come() {
        let all = [sign_in(), vec![1, 2, 3]].concat();
        let told = Cti { bytes: &all, version: None }.tell();
        assert!(told.ends_with("#17; 3 bytes that are no message"), "{told}");
    }
}
