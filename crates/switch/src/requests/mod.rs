//! Requests of CTI clients about agents, calls and configuration: one file for each family.
//!
//! Each request gets exactly one answer: its CONF, or a refusal. What belongs to the session of the client
//! (monitors, registered variables, configuration download) is answered in `client`.

mod agent;
mod control;
mod device;
mod merge;
mod snapshot;
mod statistics;
mod supervise;
mod team;

use std::time::Duration;

use ged188::{ClientEventReportConf, Message, ServiceMask, StatusCode};

use crate::events::NULL_ID;
use crate::refusal::Refusal;
use crate::switch::Switch;

impl Switch {
    /// Answers a request; the InvokeID of the answer is filled in by the caller.
    ///
    /// # Errors
    /// FAILURE_CONF or CONTROL_FAILURE_CONF, see each family.
    pub(crate) fn answer_request(
        &mut self,
        request: &Message,
        services: ServiceMask,
        now: Duration,
    ) -> Result<Message, Refusal> {
        require(services, needed(request))?;
        match request {
            Message::QueryAgentStateReq(request) => self.query_agent_state(request),
            Message::SetAgentStateReq(request) => self.set_agent_state(request, now),
            Message::AgentDeskSettingsReq(request) => self.desk_settings(request),
            Message::QuerySkillGroupStatisticsReq(request) => self.skill_group_statistics(request, now),
            Message::SnapshotDeviceReq(request) => self.snapshot_device(request),
            Message::SnapshotCallReq(request) => self.snapshot_call(request),
            Message::QueryDeviceInfoReq(request) => self.device_info(request),
            Message::MakeCallReq(request) => self.make_call(request, now),
            Message::AnswerCallReq(request) => self.answer_call(request, now),
            Message::HoldCallReq(request) => self.hold_call(request, now),
            Message::RetrieveCallReq(request) => self.retrieve_call(request, now),
            Message::ClearConnectionReq(request) => self.clear_connection(request, now),
            Message::ConsultationCallReq(request) => self.consultation_call(request, now),
            Message::TransferCallReq(request) => self.transfer_call(request, now),
            Message::ConferenceCallReq(request) => self.conference_call(request, now),
            Message::AlternateCallReq(request) => self.alternate_call(request, now),
            Message::ReconnectCallReq(request) => self.reconnect_call(request, now),
            Message::ClearCallReq(request) => self.clear_call(request, now),
            Message::SendDtmfSignalReq(request) => self.send_dtmf(request),
            Message::SuperviseCallReq(request) => self.supervise_call(request, now),
            Message::SetCallDataReq(request) => self.request_call_data(request, now),
            Message::ListAgentTeamReq(request) => self.list_teams(request),
            Message::ClientEventReportReq(request) => {
                self.story("client", format!("a client reports: {}", request.text));
                Ok(Message::ClientEventReportConf(ClientEventReportConf::default()))
            }
            // Everything else is work of later releases of the laboratory, or no request at all.
            _ => Err(Refusal::Failure(StatusCode::FUNCTION_NOT_AVAILABLE)),
        }
    }

    /// Whether a request names this peripheral.
    ///
    /// # Errors
    /// FAILURE_CONF 7.
    pub(crate) fn check_peripheral(&self, id: u32) -> Result<(), Refusal> {
        if id == self.config.peripheral_id || id == NULL_ID {
            Ok(())
        } else {
            Err(Refusal::Failure(StatusCode::INVALID_PERIPHERAL_ID))
        }
    }

    /// Whether the peripheral can do anything now.
    ///
    /// # Errors
    /// FAILURE_CONF 7 for another peripheral, CONTROL_FAILURE_CONF 34 while it is offline.
    pub(crate) fn reach_peripheral(&self, id: u32) -> Result<(), Refusal> {
        self.check_peripheral(id)?;
        if self.online() { Ok(()) } else { Err(Refusal::OFFLINE) }
    }
}

/// Whether the session was granted all of the needed services.
///
/// # Errors
/// FAILURE_CONF 12.
pub(crate) fn require(granted: ServiceMask, needed: ServiceMask) -> Result<(), Refusal> {
    if granted.0 & needed.0 == needed.0 {
        Ok(())
    } else {
        Err(Refusal::Failure(StatusCode::FUNCTION_NOT_AVAILABLE))
    }
}

/// Services that a request needs (ged188.md sections 4.1, 4.5 and 11.2).
fn needed(request: &Message) -> ServiceMask {
    match request {
        Message::SetAgentStateReq(_)
        | Message::SnapshotDeviceReq(_)
        | Message::MakeCallReq(_)
        | Message::AnswerCallReq(_)
        | Message::HoldCallReq(_)
        | Message::RetrieveCallReq(_)
        | Message::ClearConnectionReq(_)
        | Message::ConsultationCallReq(_)
        | Message::TransferCallReq(_)
        | Message::ConferenceCallReq(_)
        | Message::AlternateCallReq(_)
        | Message::ReconnectCallReq(_)
        | Message::ClearCallReq(_)
        | Message::SendDtmfSignalReq(_) => ServiceMask::CLIENT_CONTROL,
        Message::SetCallDataReq(_) => ServiceMask::CALL_DATA_UPDATE,
        Message::ListAgentTeamReq(_) | Message::SuperviseCallReq(_) => ServiceMask::SUPERVISOR,
        // The rest is open to every session.
        _ => ServiceMask(0),
    }
}
