//! Calls of several parties: consult, transfer, conference, and what is done in them (mapping.md section 3.5).

use ged188::{
    ClearConnectionReq, ConferenceCallReq, ConnectionDeviceIdType, ConsultType, ConsultationCallReq,
    DeviceIdType, Message, NULL_ID, SendDtmfSignalReq, TransferCallReq,
};

use super::dialable;
use crate::command::ApiError;
use crate::domain::Domain;
use crate::failures;
use crate::ids::{AgentId, CallId};

/// Bytes of DTMFString without the terminator (ged188.md section 7).
const DIGITS_MAX: usize = 31;

impl Domain {
    pub(super) fn consult(&self, agent: &AgentId, call: CallId, to: &str) -> Result<Message, ApiError> {
        let own = self.own_connection(agent, call)?;
        Ok(Message::ConsultationCallReq(ConsultationCallReq {
            peripheral_id: self.config.peripheral_id,
            active_connection_call_id: own.id.0,
            active_connection_device_id_type: own.device_type,
            active_connection_device_id: own.device,
            consult_type: ConsultType::TRANSFER,
            dialed_number: dialable(to)?,
            agent_instrument: self.instrument(agent),
            ..ConsultationCallReq::default()
        }))
    }

    pub(super) fn transfer(&self, agent: &AgentId, call: CallId) -> Result<Message, ApiError> {
        let pair = self.pair(agent, call).ok_or_else(failures::not_allowed_now)?;
        Ok(Message::TransferCallReq(TransferCallReq {
            peripheral_id: self.config.peripheral_id,
            active_connection_call_id: pair.active.id.0,
            active_connection_device_id_type: pair.active.device_type,
            active_connection_device_id: pair.active.device,
            held_connection_call_id: pair.held.id.0,
            held_connection_device_id_type: pair.held.device_type,
            held_connection_device_id: pair.held.device,
            agent_instrument: self.instrument(agent),
            ..TransferCallReq::default()
        }))
    }

    pub(super) fn conference(&self, agent: &AgentId, call: CallId) -> Result<Message, ApiError> {
        let pair = self.pair(agent, call).ok_or_else(failures::not_allowed_now)?;
        Ok(Message::ConferenceCallReq(ConferenceCallReq {
            peripheral_id: self.config.peripheral_id,
            held_connection_call_id: pair.held.id.0,
            held_connection_device_id_type: pair.held.device_type,
            held_connection_device_id: pair.held.device,
            active_connection_call_id: pair.active.id.0,
            active_connection_device_id_type: pair.active.device_type,
            active_connection_device_id: pair.active.device,
            agent_instrument: self.instrument(agent),
            ..ConferenceCallReq::default()
        }))
    }

    /// TRANSFER_SST: there is no held call.
    pub(super) fn hand_over(&self, agent: &AgentId, call: CallId, to: &str) -> Result<Message, ApiError> {
        let own = self.own_connection(agent, call)?;
        Ok(Message::TransferCallReq(TransferCallReq {
            peripheral_id: self.config.peripheral_id,
            active_connection_call_id: own.id.0,
            active_connection_device_id_type: own.device_type,
            active_connection_device_id: own.device,
            held_connection_call_id: NULL_ID,
            held_connection_device_id_type: ConnectionDeviceIdType::NONE,
            dialed_number: dialable(to)?,
            agent_instrument: self.instrument(agent),
            ..TransferCallReq::default()
        }))
    }

    pub(super) fn send_dtmf(&self, agent: &AgentId, call: CallId, digits: &str) -> Result<Message, ApiError> {
        let own = self.own_connection(agent, call)?;
        if digits.is_empty() || digits.len() > DIGITS_MAX {
            return Err(failures::invalid_digits());
        }
        Ok(Message::SendDtmfSignalReq(SendDtmfSignalReq {
            peripheral_id: self.config.peripheral_id,
            connection_call_id: own.id.0,
            connection_device_id_type: own.device_type,
            connection_device_id: own.device,
            dtmf_string: digits.to_owned(),
            agent_instrument: self.instrument(agent),
            ..SendDtmfSignalReq::default()
        }))
    }

    pub(super) fn drop_participant(
        &self,
        agent: &AgentId,
        call: CallId,
        party: &str,
    ) -> Result<Message, ApiError> {
        let own = self.own_connection(agent, call)?;
        let theirs = self.connection_of(call, party).ok_or_else(failures::not_allowed_now)?;
        Ok(Message::ClearConnectionReq(ClearConnectionReq {
            peripheral_id: self.config.peripheral_id,
            connection_call_id: theirs.id.0,
            connection_device_id_type: theirs.device_type,
            connection_device_id: theirs.device,
            agent_instrument: self.instrument(agent),
            requesting_device_id_type: Some(DeviceIdType::AGENT_DEVICE),
            requesting_device_id: own.device,
            ..ClearConnectionReq::default()
        }))
    }
}
