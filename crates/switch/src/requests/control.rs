//! Call control and call data.

use std::time::Duration;

use ged188::{
    AnswerCallConf, AnswerCallReq, CallType, ClearCallConf, ClearCallReq, ClearConnectionConf,
    ClearConnectionReq, ControlFailureCode as Code, HoldCallConf, HoldCallReq, LineType, MakeCallConf,
    MakeCallReq, Message, NamedArray, NamedVariable, RetrieveCallConf, RetrieveCallReq, SendDtmfSignalConf,
    SendDtmfSignalReq, SetCallDataConf, SetCallDataReq, StatusCode,
};

use crate::agents::AcdState;
use crate::call::Leg;
use crate::data::CallData;
use crate::events::{NO_LINE, NULL_ID};
use crate::refusal::{self, Refusal};
use crate::switch::Switch;

impl Switch {
    /// # Errors
    /// 6 number missing, 9 nobody is signed in at the phone, 22 who is there is Ready; the codes of [`Switch::dial`].
    pub(super) fn make_call(&mut self, request: &MakeCallReq, now: Duration) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        if request.dialed_number.is_empty() || request.agent_instrument.is_empty() {
            return Err(Refusal::Failure(StatusCode::REQUIRED_DATA_MISSING));
        }
        let device = &request.agent_instrument;
        if self.is_phone(device) && self.agent_at(device).is_none() {
            return Err(Refusal::Failure(StatusCode::AGENT_NOT_LOGGED_ON));
        }
        // Up to release 12.5 one must be Not Ready to dial (rest-api.md section 6.4); the phone itself may always.
        let waits_for_calls = |id: String| self.agent(&id).is_some_and(|it| it.state == AcdState::Available);
        if self.agent_at(device).is_some_and(waits_for_calls) {
            return Err(Refusal::control(Code::INVALID_OBJECT_STATE));
        }
        let mut data = call_data(&request.call_variables, &request.named_variables, &request.named_arrays);
        data.wrap_up_data = some(&request.call_wrapup_data);
        let id = self.dial(device, &request.dialed_number, &data, now)?;
        let outside = self.calls.get(id).is_some_and(|call| call.kind == CallType::OUT);
        Ok(Message::MakeCallConf(MakeCallConf {
            new_connection_call_id: id,
            new_connection_device_id_type: self.id_type(device),
            line_handle: NO_LINE,
            line_type: if outside { LineType::OUTBOUND } else { LineType::INSIDE },
            new_connection_device_id: device.clone(),
            ..MakeCallConf::default()
        }))
    }

    /// # Errors
    /// The codes of [`Switch::answer`].
    pub(super) fn answer_call(&mut self, request: &AnswerCallReq, now: Duration) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let device = own(&request.connection_device_id, &request.agent_instrument);
        let id = self.alerting_call(request.connection_call_id, device)?;
        self.answer(id, device, now)?;
        Ok(Message::AnswerCallConf(AnswerCallConf::default()))
    }

    /// # Errors
    /// The codes of [`Switch::hold`].
    pub(super) fn hold_call(&mut self, request: &HoldCallReq, now: Duration) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let device = own(&request.connection_device_id, &request.agent_instrument);
        self.hold(request.connection_call_id, device, now)?;
        Ok(Message::HoldCallConf(HoldCallConf::default()))
    }

    /// # Errors
    /// The codes of [`Switch::retrieve`].
    pub(super) fn retrieve_call(
        &mut self,
        request: &RetrieveCallReq,
        now: Duration,
    ) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let device = own(&request.held_connection_device_id, &request.agent_instrument);
        self.retrieve(request.held_connection_call_id, device, now)?;
        Ok(Message::RetrieveCallConf(RetrieveCallConf::default()))
    }

    /// # Errors
    /// The codes of [`Switch::hang_up`] or, where somebody else asks for it, of [`Switch::drop_other`].
    pub(super) fn clear_connection(
        &mut self,
        request: &ClearConnectionReq,
        now: Duration,
    ) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let device = own(&request.connection_device_id, &request.agent_instrument);
        let (id, requester) = (request.connection_call_id, &request.requesting_device_id);
        let done = if requester.is_empty() || requester == device {
            self.hang_up(id, device, now)
        } else {
            self.drop_other(id, requester, device, now)
        };
        done.map_err(|refusal| refusal.because_of_connection(refusal::CLEAR_CONNECTION))?;
        Ok(Message::ClearConnectionConf(ClearConnectionConf::default()))
    }

    /// # Errors
    /// The codes of [`Switch::clear`].
    pub(super) fn clear_call(&mut self, request: &ClearCallReq, now: Duration) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let device = own(&request.connection_device_id, &request.agent_instrument);
        self.clear(request.connection_call_id, device, now)?;
        Ok(Message::ClearCallConf(ClearCallConf::default()))
    }

    /// # Errors
    /// The codes of [`Switch::dtmf`].
    pub(super) fn send_dtmf(&mut self, request: &SendDtmfSignalReq) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let device = own(&request.connection_device_id, &request.agent_instrument);
        self.dtmf(request.connection_call_id, device, &request.dtmf_string)?;
        Ok(Message::SendDtmfSignalConf(SendDtmfSignalConf::default()))
    }

    /// # Errors
    /// The codes of [`Switch::set_call_data`].
    pub(super) fn request_call_data(
        &mut self,
        request: &SetCallDataReq,
        now: Duration,
    ) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let mut data = call_data(&request.call_variables, &request.named_variables, &request.named_arrays);
        data.wrap_up_data = some(&request.call_wrapup_data);
        data.kind = (request.call_type != CallType::NULL_CALLTYPE).then_some(request.call_type);
        if self.calls.get(request.connection_call_id).is_none_or(|call| !call.told) {
            return Err(Refusal::Failure(StatusCode::INVALID_CALLID));
        }
        self.set_call_data(request.connection_call_id, &data, now)?;
        Ok(Message::SetCallDataConf(SetCallDataConf::default()))
    }

    /// The call that is meant: 0xFFFFFFFF is the only alerting call of the phone.
    fn alerting_call(&self, id: u32, device: &str) -> Result<u32, Refusal> {
        if id != NULL_ID {
            return Ok(id);
        }
        let mut alerting = self.calls.legs(device).filter(|(_, party)| party.leg == Leg::Alerting);
        match (alerting.next(), alerting.next()) {
            (Some((call, _)), None) => Ok(call.id),
            (None, _) => Err(Refusal::control(Code::NO_CALL_TO_ANSWER)),
            (Some(_), Some(_)) => Err(Refusal::control(Code::INVALID_CSTA_CALL_IDENTIFIER)),
        }
    }
}

/// The device of a connection: its id, else the instrument of the agent.
pub(super) fn own<'a>(device: &'a str, instrument: &'a str) -> &'a str {
    if device.is_empty() { instrument } else { device }
}

pub(super) fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn call_data(
    variables: &[String; 10],
    named: &[NamedVariable],
    arrays: &[NamedArray],
) -> CallData {
    CallData {
        variables: variables.each_ref().map(|value| some(value)),
        named: named.iter().map(|item| (item.name.clone(), item.value.clone())).collect(),
        arrays: arrays.iter().map(|item| ((item.name.clone(), item.index), item.value.clone())).collect(),
        ..CallData::default()
    }
}
