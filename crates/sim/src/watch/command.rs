//! Requests that only people make, as they go to CTI (mapping.md sections 1 and 3.5), in the words of REST.

use node::failover::presence::FORCED_LOGOUT_REASON;
use node::ged188::{
    AgentState, ForcedFlag, Message, NULL_ID, SetAgentStateReq, SetCallDataReq, SuperviseCallReq,
    SupervisoryAction,
};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command {
    pub(super) invoke: u32,
    /// AgentID or extension, whichever the message names; empty if neither.
    pub(super) who: String,
    /// The state or the requestedAction that it is.
    pub(super) what: &'static str,
    /// The calls that it is about.
    pub(super) calls: Vec<u32>,
}

impl Command {
    /// What a message asks for.
    ///
    /// # Errors
    /// In words, if nobody can ask for that.
    pub(super) fn of(invoke: u32, message: Message) -> Result<Self, String> {
        let (who, what, calls) = match message {
            Message::SetAgentStateReq(it) if is_forced_logout(&it) => (it.agent_id, FORCED_LOGOUT, vec![]),
            Message::SetAgentStateReq(it) => (it.agent_id, state(it.agent_state), vec![]),
            Message::MakeCallReq(it) => (it.agent_instrument, "MAKE_CALL", vec![]),
            Message::SetCallDataReq(it) if word(&it).is_some() => {
                (String::new(), word(&it).unwrap_or_default(), vec![it.connection_call_id])
            }
            // It names a connection of the call, perhaps somebody else's.
            Message::SetCallDataReq(it) => (String::new(), "UPDATE_CALL_DATA", vec![it.connection_call_id]),
            Message::AnswerCallReq(it) => (it.agent_instrument, "ANSWER", vec![it.connection_call_id]),
            Message::HoldCallReq(it) => (it.agent_instrument, "HOLD", vec![it.connection_call_id]),
            Message::RetrieveCallReq(it) => {
                (it.agent_instrument, "RETRIEVE", vec![it.held_connection_call_id])
            }
            Message::ClearConnectionReq(it) if it.requesting_device_id.is_empty() => {
                (it.agent_instrument, "DROP", vec![it.connection_call_id])
            }
            Message::ClearConnectionReq(it) => {
                (it.requesting_device_id, "PARTICIPANT_DROP", vec![it.connection_call_id])
            }
            Message::ConsultationCallReq(it) => {
                (it.agent_instrument, "CONSULT_CALL", vec![it.active_connection_call_id])
            }
            Message::TransferCallReq(it) if it.held_connection_call_id == NULL_ID => {
                (it.agent_instrument, "TRANSFER_SST", vec![it.active_connection_call_id])
            }
            Message::TransferCallReq(it) => {
                let calls = vec![it.active_connection_call_id, it.held_connection_call_id];
                (it.agent_instrument, "TRANSFER", calls)
            }
            Message::ConferenceCallReq(it) => {
                let calls = vec![it.active_connection_call_id, it.held_connection_call_id];
                (it.agent_instrument, "CONFERENCE", calls)
            }
            Message::SuperviseCallReq(it) => supervised(it)?,
            Message::SendDtmfSignalReq(it) => (it.agent_instrument, "SEND_DTMF", vec![it.connection_call_id]),
            other => return Err(format!("(1) {} was never asked for", other.name())),
        };
        Ok(Self { invoke, who, what, calls })
    }
}

/// Who supervises, how, and which calls.
fn supervised(request: SuperviseCallReq) -> Result<(String, &'static str, Vec<u32>), String> {
    let session = request.supervisor_connection_call_id;
    let (what, calls) = match request.supervisory_action {
        SupervisoryAction::MONITOR => ("SILENT_MONITOR", vec![]),
        SupervisoryAction::BARGE_IN => ("BARGE_CALL", vec![session]),
        SupervisoryAction::CLEAR => ("DROP", vec![session]),
        other => return Err(format!("(1) supervisory action {other} was never asked for")),
    };
    Ok((request.supervisor_instrument, what, calls))
}

/// What nobody asks for but a node itself (failover.md DESK-1).
pub(super) const FORCED_LOGOUT: &str = "FORCED_LOGOUT";

fn is_forced_logout(request: &SetAgentStateReq) -> bool {
    let SetAgentStateReq { agent_state, forced_flag, event_reason_code, .. } = request;
    *agent_state == AgentState::LOGOUT
        && *forced_flag == ForcedFlag::TRUE
        && *event_reason_code == FORCED_LOGOUT_REASON
}

/// What a request says to the campaign dialer.
fn word(request: &SetCallDataReq) -> Option<&'static str> {
    let mut words = request.named_variables.iter().filter(|variable| variable.name == "BAResponse");
    words.next().map(|variable| campaign_action(&variable.value))
}

/// requestedAction of a word for the campaign dialer (mapping.md section 3.5).
pub(super) fn campaign_action(word: &str) -> &'static str {
    match word {
        "Accept" => "ACCEPT",
        "Reject" => "REJECT",
        "Reject-Close" => "CLOSE",
        "Callback Cancel" => "CANCEL_SCHEDULED_CALLBACK",
        _ if word.starts_with("Callback ") || word.starts_with("P#") => "UPDATE_SCHEDULED_CALLBACK",
        _ => "RECLASSIFY",
    }
}

/// REST state of a request (mapping.md section 1).
fn state(state: AgentState) -> &'static str {
    match state {
        AgentState::LOGIN => "LOGIN",
        AgentState::LOGOUT => "LOGOUT",
        AgentState::NOT_READY => "NOT_READY",
        AgentState::AVAILABLE => "READY",
        AgentState::WORK_NOT_READY => "WORK",
        AgentState::WORK_READY => "WORK_READY",
        _ => "",
    }
}
