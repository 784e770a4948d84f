//! Commands to CTI messages (mapping.md sections 1 and 3.5).

mod calls;
mod campaigns;
mod merging;
mod supervising;

use ged188::{AgentServiceReq, AgentState, AgentWorkMode, ForcedFlag, Message, SetAgentStateReq};

use crate::calls::CallRef;
use crate::command::{ApiError, Command, RequestedState};
use crate::domain::Domain;
use crate::failures;
use crate::ids::{AgentId, CallId, Extension, Secret};
use crate::view::{MobileAgent, MobileMode};

/// Bytes of AgentInstrument and of AgentPassword without the terminator (ged188.md section 7).
const DEVICE_MAX: usize = 63;
/// Bytes of DialedNumber without the terminator.
const NUMBER_MAX: usize = 39;

impl Domain {
    /// The message of a command. What cannot be said on the wire is refused as CTI would.
    pub(crate) fn message(&self, command: &Command) -> Result<Message, ApiError> {
        match command {
            Command::SignIn { agent, extension, password, mobile } => {
                self.login(agent, extension, password, mobile.as_ref())
            }
            Command::SetState { agent, state, reason, by: None } => {
                Ok(Message::SetAgentStateReq(self.set_state(agent, *state, *reason)))
            }
            Command::SetState { agent, state, reason, by: Some(supervisor) } => {
                Ok(self.set_state_of_member(agent, *state, *reason, supervisor))
            }
            Command::MakeCall { agent, to, variables } => self.make_call(agent, to, variables),
            Command::CallAction { agent, call, action } => self.call_action(agent, *call, *action),
            Command::UpdateCallData { agent, call, variables, wrap_up_reason } => {
                self.update_call_data(agent, *call, variables, wrap_up_reason.as_deref())
            }
            Command::Consult { agent, call, to } => self.consult(agent, *call, to),
            Command::Transfer { agent, call } => self.transfer(agent, *call),
            Command::Conference { agent, call } => self.conference(agent, *call),
            Command::SingleStepTransfer { agent, call, to } => self.hand_over(agent, *call, to),
            Command::Campaign { agent, call, answer } => self.answer_campaign(agent, *call, answer),
            Command::SendDtmf { agent, call, digits } => self.send_dtmf(agent, *call, digits),
            Command::DropParticipant { agent, call, party } => self.drop_participant(agent, *call, party),
            Command::SilentMonitor { agent, to } => self.silent_monitor(agent, to),
            Command::Barge { agent, session, to } => self.barge(agent, *session, to),
        }
    }

    fn login(
        &self,
        agent: &AgentId,
        extension: &Extension,
        password: &Secret,
        mobile: Option<&MobileAgent>,
    ) -> Result<Message, ApiError> {
        let (agent_work_mode, agent_instrument) = place(extension, mobile);
        if agent_instrument.len() > DEVICE_MAX {
            return Err(failures::invalid_device());
        }
        if password.expose().len() > DEVICE_MAX {
            return Err(failures::invalid_password());
        }
        Ok(Message::SetAgentStateReq(SetAgentStateReq {
            peripheral_id: self.config.peripheral_id,
            agent_state: AgentState::LOGIN,
            agent_service_req: AgentServiceReq::OUTBOUND_SUPPORT,
            agent_work_mode,
            agent_instrument,
            agent_id: agent.to_string(),
            agent_password: password.expose().to_owned(),
            ..SetAgentStateReq::default()
        }))
    }

    /// READY, for ourselves.
    pub(crate) fn ready(&self, agent: &AgentId) -> Message {
        Message::SetAgentStateReq(self.set_state(agent, RequestedState::Ready, 0))
    }

    /// As a supervisor asks for it: forced, with his id.
    fn set_state_of_member(
        &self,
        agent: &AgentId,
        state: RequestedState,
        reason: u16,
        supervisor: &AgentId,
    ) -> Message {
        Message::SetAgentStateReq(SetAgentStateReq {
            forced_flag: ForcedFlag::TRUE,
            supervisor_id: supervisor.to_string(),
            ..self.set_state(agent, state, reason)
        })
    }

    fn set_state(&self, agent: &AgentId, state: RequestedState, reason: u16) -> SetAgentStateReq {
        let (agent_state, event_reason_code) = match state {
            RequestedState::Logout => (AgentState::LOGOUT, reason),
            RequestedState::NotReady => (AgentState::NOT_READY, reason),
            RequestedState::Ready => (AgentState::AVAILABLE, 0),
            RequestedState::Work => (AgentState::WORK_NOT_READY, 0),
            RequestedState::WorkReady => (AgentState::WORK_READY, 0),
        };
        SetAgentStateReq {
            peripheral_id: self.config.peripheral_id,
            agent_state,
            event_reason_code,
            agent_instrument: self.instrument(agent),
            agent_id: agent.to_string(),
            ..SetAgentStateReq::default()
        }
    }

    /// The device for AgentInstrument: the one that CTI names, else the last extension.
    pub(crate) fn instrument(&self, agent: &AgentId) -> String {
        self.agents.get(agent).map(|agent| agent.status.instrument.clone()).unwrap_or_default()
    }

    fn own_connection(&self, agent: &AgentId, call: CallId) -> Result<CallRef, ApiError> {
        let leg = self.calls.get(&call).and_then(|call| call.leg_of(agent));
        leg.map(|leg| leg.party.connection.clone()).ok_or_else(failures::not_allowed_now)
    }
}

/// How and where an agent signs in: a mobile agent's phone stands behind his extension (mapping.md section 1).
fn place(extension: &Extension, mobile: Option<&MobileAgent>) -> (AgentWorkMode, String) {
    let Some(MobileAgent { mode, dial_number }) = mobile else {
        return (AgentWorkMode::UNSPECIFIED, extension.to_string());
    };
    let work_mode = match mode {
        MobileMode::CallByCall => AgentWorkMode::RA_CALL_BY_CALL,
        MobileMode::NailedConnection => AgentWorkMode::RA_NAILED_CONNECTION,
    };
    (work_mode, format!("{extension};{dial_number}"))
}

/// A number that can be dialed.
fn dialable(to: &str) -> Result<String, ApiError> {
    if to.is_empty() || to.len() > NUMBER_MAX {
        return Err(failures::invalid_destination());
    }
    Ok(to.to_owned())
}
