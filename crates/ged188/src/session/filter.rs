//! Which events a session asked for. What a monitor of the client caused has masks of its own and passes.

use super::server::ClientInfo;
use crate::{AgentState, AgentStateMask, CallEventMask, ConfigMask, Message, ServiceMask};

/// What a message needs of the session that it is for.
enum Needs {
    /// Nothing: answers, SYSTEM_EVENT and whatever else no mask speaks of.
    Nothing,
    Call(CallEventMask),
    AgentState(AgentState),
    Config(ConfigMask),
}

/// Whether this session gets the message.
pub(super) fn wants(client: &ClientInfo, message: &Message) -> bool {
    if message.monitor_id().is_some_and(|monitor| monitor != 0) {
        return true;
    }
    match needs(message) {
        Needs::Nothing => true,
        Needs::Call(bit) => has_events(client) && client.call_mask.contains(bit),
        Needs::AgentState(state) => {
            has_events(client) && agent_state_bit(state).is_none_or(|bit| client.agent_mask.contains(bit))
        }
        Needs::Config(bit) => {
            client.services.contains(ServiceMask::CONFIG_EVENTS) && client.config_mask.contains(bit)
        }
    }
}

fn has_events(client: &ClientInfo) -> bool {
    client.services.intersects(ServiceMask::ALL_EVENTS | ServiceMask::CLIENT_EVENTS)
}

/// The bit with the number of the state; states beyond the published ones are nobody's wish to miss.
fn agent_state_bit(state: AgentState) -> Option<AgentStateMask> {
    let bit = match state {
        AgentState::LOGIN => AgentStateMask::LOGIN,
        AgentState::LOGOUT => AgentStateMask::LOGOUT,
        AgentState::NOT_READY => AgentStateMask::NOT_READY,
        AgentState::AVAILABLE => AgentStateMask::AVAILABLE,
        AgentState::TALKING => AgentStateMask::TALKING,
        AgentState::WORK_NOT_READY => AgentStateMask::WORK_NOT_READY,
        AgentState::WORK_READY => AgentStateMask::WORK_READY,
        AgentState::BUSY_OTHER => AgentStateMask::BUSY_OTHER,
        AgentState::RESERVED => AgentStateMask::RESERVED,
        AgentState::HOLD => AgentStateMask::HOLD,
        AgentState::ACTIVE => AgentStateMask::ACTIVE,
        AgentState::PAUSED => AgentStateMask::PAUSED,
        AgentState::INTERRUPTED => AgentStateMask::INTERRUPTED,
        AgentState::NOT_ACTIVE => AgentStateMask::NOT_ACTIVE,
        _unpublished => return None,
    };
    Some(bit)
}

fn needs(message: &Message) -> Needs {
    match message {
        Message::AgentStateEvent(event) => Needs::AgentState(event.agent_state),
        other => call_bit(other)
            .map(Needs::Call)
            .or_else(|| config_bit(other).map(Needs::Config))
            .unwrap_or(Needs::Nothing),
    }
}

fn call_bit(message: &Message) -> Option<CallEventMask> {
    Some(match message {
        Message::CallDeliveredEvent(_) => CallEventMask::CALL_DELIVERED,
        Message::CallQueuedEvent(_) => CallEventMask::CALL_QUEUED,
        Message::CallEstablishedEvent(_) => CallEventMask::CALL_ESTABLISHED,
        Message::CallHeldEvent(_) => CallEventMask::CALL_HELD,
        Message::CallRetrievedEvent(_) => CallEventMask::CALL_RETRIEVED,
        Message::CallClearedEvent(_) => CallEventMask::CALL_CLEARED,
        Message::CallConnectionClearedEvent(_) => CallEventMask::CALL_CONNECTION_CLEARED,
        Message::CallOriginatedEvent(_) => CallEventMask::CALL_ORIGINATED,
        Message::CallConferencedEvent(_) => CallEventMask::CALL_CONFERENCED,
        Message::CallTransferredEvent(_) => CallEventMask::CALL_TRANSFERRED,
        Message::CallDivertedEvent(_) => CallEventMask::CALL_DIVERTED,
        Message::CallServiceInitiatedEvent(_) => CallEventMask::CALL_SERVICE_INITIATED,
        Message::CallTranslationRouteEvent(_) => CallEventMask::CALL_TRANSLATION_ROUTE,
        Message::BeginCallEvent(_) => CallEventMask::BEGIN_CALL,
        Message::EndCallEvent(_) => CallEventMask::END_CALL,
        Message::CallDataUpdateEvent(_) => CallEventMask::CALL_DATA_UPDATE,
        Message::CallFailedEvent(_) => CallEventMask::CALL_FAILED,
        Message::CallReachedNetworkEvent(_) => CallEventMask::CALL_REACHED_NETWORK,
        Message::CallDequeuedEvent(_) => CallEventMask::CALL_DEQUEUED,
        Message::AgentPreCallEvent(_) => CallEventMask::AGENT_PRE_CALL,
        Message::AgentPreCallAbortEvent(_) => CallEventMask::AGENT_PRE_CALL_ABORT,
        Message::RtpStartedEvent(_) => CallEventMask::RTP_STARTED,
        Message::RtpStoppedEvent(_) => CallEventMask::RTP_STOPPED,
        Message::AgentTeamConfigEvent(_) => CallEventMask::AGENT_TEAM_CONFIG,
        Message::CallAgentGreetingEvent(_) => CallEventMask::CALL_AGENT_GREETING,
        Message::NetworkRecordingStartedEvent(_) => CallEventMask::NETWORK_RECORDING_STARTED,
        Message::NetworkRecordingEndedEvent(_) => CallEventMask::NETWORK_RECORDING_ENDED,
        Message::NetworkRecordingFailedEvent(_) => CallEventMask::NETWORK_RECORDING_FAILED,
        Message::NetworkRecordingTargetInfoEvent(_) => CallEventMask::NETWORK_RECORDING_TARGET_INFO,
        _other => return None,
    })
}

/// The kinds of records; CONFIG_BEGIN_EVENT and CONFIG_END_EVENT frame whatever is left and have no bit.
fn config_bit(message: &Message) -> Option<ConfigMask> {
    Some(match message {
        Message::ConfigServiceEvent(_) => ConfigMask::SERVICE,
        Message::ConfigSkillGroupEvent(_) => ConfigMask::SKILL_GROUP,
        Message::ConfigAgentEvent(_) => ConfigMask::AGENT,
        Message::ConfigDeviceEvent(_) => ConfigMask::DEVICE,
        Message::ConfigCallTypeEvent(_) => ConfigMask::CALL_TYPE,
        Message::ConfigMrdEvent(_) => ConfigMask::MRD,
        Message::ConfigPeripheralEvent(_) => ConfigMask::PERIPHERAL,
        Message::ConfigAgentDeskSettingsEvent(_) => ConfigMask::AGENT_DESK_SETTINGS,
        Message::ConfigTerminalEvent(_) => ConfigMask::TERMINAL,
        Message::ConfigAgentServiceEvent(_) => ConfigMask::AGENT_SERVICES,
        _other => return None,
    })
}
