//! MAKE_CALL, the actions on one's own leg, and UPDATE_CALL_DATA (mapping.md section 3.5).

use ged188::{
    AnswerCallReq, CallType, ClearConnectionReq, HoldCallReq, MakeCallReq, Message, NULL_ID, RetrieveCallReq,
    SetCallDataReq,
};

use super::dialable;
use crate::call_data::{VALUE_MAX, WRAP_UP_MAX, WireVariables};
use crate::calls::Call;
use crate::command::ApiError;
use crate::domain::Domain;
use crate::failures;
use crate::ids::{AgentId, CallId};
use crate::view::Action;

impl Domain {
    pub(super) fn make_call(
        &self,
        agent: &AgentId,
        to: &str,
        variables: &[(String, String)],
    ) -> Result<Message, ApiError> {
        let dialed_number = dialable(to)?;
        let wire = wire(variables)?;
        Ok(Message::MakeCallReq(MakeCallReq {
            peripheral_id: self.config.peripheral_id,
            skill_group_number: NULL_ID,
            agent_instrument: self.instrument(agent),
            dialed_number,
            call_variables: wire.variables,
            named_variables: wire.named,
            named_arrays: wire.arrays,
            ..MakeCallReq::default()
        }))
    }

    pub(super) fn call_action(
        &self,
        agent: &AgentId,
        call: CallId,
        action: Action,
    ) -> Result<Message, ApiError> {
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
            Action::Drop if self.calls.get(&call).is_some_and(Call::is_session) => {
                return self.end_session(agent, call);
            }
            Action::Drop => Message::ClearConnectionReq(ClearConnectionReq {
                peripheral_id,
                connection_call_id: own.id.0,
                connection_device_id_type: own.device_type,
                connection_device_id: own.device,
                agent_instrument,
                ..ClearConnectionReq::default()
            }),
            // These are commands of their own.
            Action::UpdateCallData
            | Action::ConsultCall
            | Action::Transfer
            | Action::Conference
            | Action::TransferSst
            | Action::SendDtmf
            | Action::ParticipantDrop
            | Action::Accept
            | Action::Close
            | Action::Reject
            | Action::Reclassify
            | Action::UpdateScheduledCallback
            | Action::CancelScheduledCallback => return Err(failures::not_allowed_now()),
        })
    }

    pub(super) fn update_call_data(
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
