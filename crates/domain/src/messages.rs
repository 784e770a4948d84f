//! Commands to CTI messages (mapping.md sections 1 and 3.5).

use ged188::{
    AgentServiceReq, AgentState, AnswerCallReq, CallType, ClearConnectionReq, HoldCallReq, MakeCallReq,
    Message, NULL_ID, RetrieveCallReq, SetAgentStateReq, SetCallDataReq,
};

use crate::call_data::{VALUE_MAX, WRAP_UP_MAX, WireVariables};
use crate::calls::CallRef;
use crate::command::{ApiError, Command, RequestedState};
use crate::domain::Domain;
use crate::failures;
use crate::ids::{AgentId, CallId, Extension, Secret};
use crate::view::Action;

/// Bytes of AgentInstrument and of AgentPassword without the terminator (ged188.md section 7).
const DEVICE_MAX: usize = 63;
/// Bytes of DialedNumber without the terminator.
const NUMBER_MAX: usize = 39;

impl Domain {
    /// The message of a command. What cannot be said on the wire is refused as CTI would.
    pub(crate) fn message(&self, command: &Command) -> Result<Message, ApiError> {
        match command {
            Command::SignIn { agent, extension, password } => self.login(agent, extension, password),
            Command::SetState { agent, state, reason } => Ok(self.set_state(agent, *state, *reason)),
            Command::MakeCall { agent, to, variables } => self.make_call(agent, to, variables),
            Command::CallAction { agent, call, action } => self.call_action(agent, *call, *action),
            Command::UpdateCallData { agent, call, variables, wrap_up_reason } => {
                self.update_call_data(agent, *call, variables, wrap_up_reason.as_deref())
            }
        }
    }

    fn login(&self, agent: &AgentId, extension: &Extension, password: &Secret) -> Result<Message, ApiError> {
        if extension.as_str().len() > DEVICE_MAX {
            return Err(failures::invalid_device());
        }
        if password.expose().len() > DEVICE_MAX {
            return Err(failures::invalid_password());
        }
        Ok(Message::SetAgentStateReq(SetAgentStateReq {
            peripheral_id: self.config.peripheral_id,
            agent_state: AgentState::LOGIN,
            agent_service_req: AgentServiceReq::OUTBOUND_SUPPORT,
            agent_instrument: extension.to_string(),
            agent_id: agent.to_string(),
            agent_password: password.expose().to_owned(),
            ..SetAgentStateReq::default()
        }))
    }

    fn set_state(&self, agent: &AgentId, state: RequestedState, reason: u16) -> Message {
        let (agent_state, event_reason_code) = match state {
            RequestedState::Logout => (AgentState::LOGOUT, reason),
            RequestedState::NotReady => (AgentState::NOT_READY, reason),
            RequestedState::Ready => (AgentState::AVAILABLE, 0),
            RequestedState::Work => (AgentState::WORK_NOT_READY, 0),
            RequestedState::WorkReady => (AgentState::WORK_READY, 0),
        };
        Message::SetAgentStateReq(SetAgentStateReq {
            peripheral_id: self.config.peripheral_id,
            agent_state,
            event_reason_code,
            agent_instrument: self.instrument(agent),
            agent_id: agent.to_string(),
            ..SetAgentStateReq::default()
        })
    }

    fn make_call(
        &self,
        agent: &AgentId,
        to: &str,
        variables: &[(String, String)],
    ) -> Result<Message, ApiError> {
        if to.is_empty() || to.len() > NUMBER_MAX {
            return Err(failures::invalid_destination());
        }
        let wire = wire(variables)?;
        Ok(Message::MakeCallReq(MakeCallReq {
            peripheral_id: self.config.peripheral_id,
            skill_group_number: NULL_ID,
            agent_instrument: self.instrument(agent),
            dialed_number: to.to_owned(),
            call_variables: wire.variables,
            named_variables: wire.named,
            named_arrays: wire.arrays,
            ..MakeCallReq::default()
        }))
    }

    fn call_action(&self, agent: &AgentId, call: CallId, action: Action) -> Result<Message, ApiError> {
        let own = self.own_connection(agent, call)?;
        let (peripheral_id, agent_instrument) = (self.config.peripheral_id, self.instrument(agent));
        Ok(match action {
            Action::Answer => Message::AnswerCallReq(AnswerCallReq {
                peripheral_id,
                connection_call_id: own.id.0,
                connection_device_id_type: own.device_type,
                connection_device_id: own.device,
                agent_instrument,
                ..AnswerCallReq::default()
            }),
            Action::Hold => Message::HoldCallReq(HoldCallReq {
                peripheral_id,
                connection_call_id: own.id.0,
                connection_device_id_type: own.device_type,
                connection_device_id: own.device,
                agent_instrument,
                ..HoldCallReq::default()
            }),
            Action::Retrieve => Message::RetrieveCallReq(RetrieveCallReq {
                peripheral_id,
                held_connection_call_id: own.id.0,
                held_connection_device_id_type: own.device_type,
                held_connection_device_id: own.device,
                agent_instrument,
                ..RetrieveCallReq::default()
            }),
            Action::Drop => Message::ClearConnectionReq(ClearConnectionReq {
                peripheral_id,
                connection_call_id: own.id.0,
                connection_device_id_type: own.device_type,
                connection_device_id: own.device,
                agent_instrument,
                ..ClearConnectionReq::default()
            }),
            Action::UpdateCallData => return Err(failures::not_allowed_now()),
        })
    }

    fn update_call_data(
        &self,
        agent: &AgentId,
        call: CallId,
        variables: &[(String, String)],
        wrap_up: Option<&str>,
    ) -> Result<Message, ApiError> {
        let own = self.own_connection(agent, call)?;
        if wrap_up.is_some_and(|reason| reason.len() > WRAP_UP_MAX) {
            return Err(failures::value_too_long());
        }
        let carried = self.calls.get(&call).map(|call| &call.data);
        let wire = WireVariables::new(variables, carried).map_err(|_| failures::value_out_of_range())?;
        within_limits(&wire)?;
        Ok(Message::SetCallDataReq(SetCallDataReq {
            peripheral_id: self.config.peripheral_id,
            connection_device_id_type: own.device_type,
            connection_call_id: own.id.0,
            call_type: CallType::NULL_CALLTYPE,
            connection_device_id: own.device,
            call_variables: wire.variables,
            call_wrapup_data: wrap_up.unwrap_or_default().to_owned(),
            named_variables: wire.named,
            named_arrays: wire.arrays,
            ..SetCallDataReq::default()
        }))
    }

    /// The device for AgentInstrument: the one that CTI names, else the last extension.
    fn instrument(&self, agent: &AgentId) -> String {
        self.agents.get(agent).map(|agent| agent.status.instrument.clone()).unwrap_or_default()
    }

    fn own_connection(&self, agent: &AgentId, call: CallId) -> Result<CallRef, ApiError> {
        let leg = self.calls.get(&call).and_then(|call| call.leg_of(agent));
        leg.map(|leg| leg.party.connection.clone()).ok_or_else(failures::not_allowed_now)
    }
}

fn wire(variables: &[(String, String)]) -> Result<WireVariables, ApiError> {
    let wire = WireVariables::new(variables, None).map_err(|_| failures::value_out_of_range())?;
    within_limits(&wire)?;
    Ok(wire)
}

/// ged188.md section 2.4: 40 bytes a call variable, 32 a name and 210 a value of an ECC variable.
fn within_limits(wire: &WireVariables) -> Result<(), ApiError> {
    let named = wire.named.iter().map(|scalar| (&scalar.name, &scalar.value));
    let mut ecc = named.chain(wire.arrays.iter().map(|element| (&element.name, &element.value)));
    let too_long = wire.variables.iter().any(|value| value.len() > VALUE_MAX)
        || ecc.any(|(name, value)| name.len() > 32 || value.len() > 210);
    if too_long { Err(failures::value_too_long()) } else { Ok(()) }
}
