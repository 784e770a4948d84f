//! Call control with two calls: consult, transfer, conference, alternate, reconnect.

use std::time::Duration;

use ged188::{
    AlternateCallConf, AlternateCallReq, ConferenceCallConf, ConferenceCallConfPartiesItem,
    ConferenceCallReq, ConnectionDeviceIdType, ConsultType, ConsultationCallConf, ConsultationCallReq,
    ControlFailureCode as Code, LineType, Message, ReconnectCallConf, ReconnectCallReq, TransferCallConf,
    TransferCallConfPartiesItem, TransferCallReq,
};

use super::control::{call_data, own, some};
use crate::call::{Call, PARTIES_MAX};
use crate::events::{NO_LINE, NULL_ID, line_type};
use crate::merge::Pair;
use crate::refusal::{self, Refusal};
use crate::switch::Switch;

impl Switch {
    /// # Errors
    /// 3 no such ConsultType, 14 no number; the codes of [`Switch::consult`].
    pub(super) fn consultation_call(
        &mut self,
        request: &ConsultationCallReq,
        now: Duration,
    ) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        if !matches!(request.consult_type, ConsultType::TRANSFER | ConsultType::CONFERENCE) {
            return Err(Refusal::Control(Code::VALUE_OUT_OF_RANGE, refusal::CONSULT_TYPE));
        }
        if request.dialed_number.is_empty() {
            return Err(Refusal::Control(Code::INVALID_DESTINATION, refusal::CONSULT_NO_NUMBER));
        }
        let device = own(&request.active_connection_device_id, &request.agent_instrument);
        let mut data = call_data(&request.call_variables, &request.named_variables, &request.named_arrays);
        data.wrap_up_data = some(&request.call_wrapup_data);
        let id = self
            .consult(request.active_connection_call_id, device, &request.dialed_number, &data, now)
            .map_err(|refusal| refusal.because_of_connection(refusal::CONSULT_NOT_ACTIVE))?;
        let outside = self.leads_outside(&request.dialed_number);
        Ok(Message::ConsultationCallConf(ConsultationCallConf {
            new_connection_call_id: id,
            new_connection_device_id_type: self.id_type(device),
            line_handle: NO_LINE,
            line_type: if outside { LineType::OUTBOUND } else { LineType::INSIDE },
            new_connection_device_id: device.into(),
            ..ConsultationCallConf::default()
        }))
    }

    /// # Errors
    /// The codes of [`Switch::transfer`] or, with a number and no held call, of [`Switch::single_step_transfer`].
    pub(super) fn transfer_call(
        &mut self,
        request: &TransferCallReq,
        now: Duration,
    ) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let device = own(&request.active_connection_device_id, &request.agent_instrument);
        let active = request.active_connection_call_id;
        if request.held_connection_call_id == NULL_ID {
            self.single_step_transfer(active, device, &request.dialed_number, now)?;
            return Ok(self.transfer_conf(active, &request.dialed_number));
        }
        let pair = pair(request.held_connection_call_id, active, device, &request.held_connection_device_id)?;
        self.transfer(pair, now)?;
        Ok(self.transfer_conf(pair.held, ""))
    }

    /// # Errors
    /// The codes of [`Switch::conference`].
    pub(super) fn conference_call(
        &mut self,
        request: &ConferenceCallReq,
        now: Duration,
    ) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let device = own(&request.active_connection_device_id, &request.agent_instrument);
        let (held, active) = (request.held_connection_call_id, request.active_connection_call_id);
        let pair = pair(held, active, device, &request.held_connection_device_id)
            .map_err(|refusal| refusal.because(refusal::CONFERENCE_HELD))?;
        self.conference(pair, now)?;
        let call = self.calls.get(pair.held);
        Ok(Message::ConferenceCallConf(ConferenceCallConf {
            new_connection_call_id: pair.held,
            new_connection_device_id_type: self.id_type(device),
            line_handle: NO_LINE,
            line_type: call.map_or(LineType::UNKNOWN, line_type),
            new_connection_device_id: device.into(),
            parties: self.conferenced(call),
            ..ConferenceCallConf::default()
        }))
    }

    /// # Errors
    /// The codes of [`Switch::alternate`].
    pub(super) fn alternate_call(
        &mut self,
        request: &AlternateCallReq,
        now: Duration,
    ) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let device = own(&request.active_connection_device_id, &request.agent_instrument);
        same_device(device, &request.other_connection_device_id)?;
        self.alternate(request.active_connection_call_id, request.other_connection_call_id, device, now)?;
        Ok(Message::AlternateCallConf(AlternateCallConf::default()))
    }

    /// # Errors
    /// The codes of [`Switch::reconnect`].
    pub(super) fn reconnect_call(
        &mut self,
        request: &ReconnectCallReq,
        now: Duration,
    ) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let device = own(&request.active_connection_device_id, &request.agent_instrument);
        same_device(device, &request.held_connection_device_id)?;
        self.reconnect(request.active_connection_call_id, request.held_connection_call_id, device, now)?;
        Ok(Message::ReconnectCallConf(ReconnectCallConf::default()))
    }

    /// The connection at a party that remains, and all of those; a destination that is only called is none of them.
    fn transfer_conf(&self, id: u32, called: &str) -> Message {
        let call = self.calls.get(id);
        let parties: Vec<_> = call
            .into_iter()
            .flat_map(|call| call.others(called))
            .take(PARTIES_MAX)
            .map(|party| TransferCallConfPartiesItem {
                connected_party_call_id: Some(id),
                connected_party_device_id_type: Some(self.id_type(&party.device)),
                connected_party_device_id: party.device.clone(),
            })
            .collect();
        let home = call.map(|call| call.home.clone()).unwrap_or_default();
        Message::TransferCallConf(TransferCallConf {
            new_connection_call_id: id,
            new_connection_device_id_type: if home.is_empty() {
                ConnectionDeviceIdType::NONE
            } else {
                self.id_type(&home)
            },
            line_handle: NO_LINE,
            line_type: call.map_or(LineType::UNKNOWN, line_type),
            new_connection_device_id: home,
            parties,
            ..TransferCallConf::default()
        })
    }

    fn conferenced(&self, call: Option<&Call>) -> Vec<ConferenceCallConfPartiesItem> {
        let item = |call: u32, device: &str| ConferenceCallConfPartiesItem {
            connected_party_call_id: Some(call),
            connected_party_device_id_type: Some(self.id_type(device)),
            connected_party_device_id: device.into(),
        };
        let parties =
            call.into_iter().flat_map(|call| call.parties.iter().map(move |party| (call.id, party)));
        parties.take(PARTIES_MAX).map(|(call, party)| item(call, &party.device)).collect()
    }
}

/// The pair of connections of a request: both belong to one device.
fn pair<'a>(held: u32, active: u32, device: &'a str, held_device: &str) -> Result<Pair<'a>, Refusal> {
    same_device(device, held_device)?;
    Ok(Pair { held, active, device })
}

fn same_device(device: &str, other: &str) -> Result<(), Refusal> {
    if other.is_empty() || other == device {
        Ok(())
    } else {
        Err(Refusal::control(Code::INVALID_CSTA_CONNECTION_IDENTIFIER))
    }
}
