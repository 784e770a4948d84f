//! SILENT_MONITOR, BARGE_CALL and the end of a session (mapping.md section 3.5).

use ged188::{ConnectionDeviceIdType, Message, NULL_ID, SuperviseCallReq, SupervisoryAction};

use super::dialable;
use crate::command::ApiError;
use crate::domain::Domain;
use crate::failures;
use crate::ids::{AgentId, CallId};

impl Domain {
    pub(super) fn silent_monitor(&self, supervisor: &AgentId, to: &str) -> Result<Message, ApiError> {
        let whom = self.devices.get(to).map(|agent| self.instrument(agent));
        let agent_instrument = whom.map_or_else(|| dialable(to), Ok)?;
        let request = self.supervise(supervisor, SupervisoryAction::MONITOR);
        Ok(Message::SuperviseCallReq(SuperviseCallReq { agent_instrument, ..request }))
    }

    pub(super) fn barge(&self, supervisor: &AgentId, session: CallId, to: &str) -> Result<Message, ApiError> {
        let own = self.own_connection(supervisor, session)?;
        let barge = self.check_barge(supervisor, session, to).map_err(|_| failures::not_allowed_now())?;
        Ok(Message::SuperviseCallReq(SuperviseCallReq {
            agent_connection_call_id: barge.call.0,
            agent_connection_device_id_type: barge.agent.device_type,
            agent_connection_device_id: barge.agent.device,
            supervisor_connection_call_id: own.id.0,
            supervisor_connection_device_id_type: own.device_type,
            supervisor_connection_device_id: own.device,
            agent_instrument: to.to_owned(),
            ..self.supervise(supervisor, SupervisoryAction::BARGE_IN)
        }))
    }

    /// DROP of the supervisor in his session.
    pub(super) fn end_session(&self, supervisor: &AgentId, session: CallId) -> Result<Message, ApiError> {
        let own = self.own_connection(supervisor, session)?;
        Ok(Message::SuperviseCallReq(SuperviseCallReq {
            supervisor_connection_call_id: own.id.0,
            supervisor_connection_device_id_type: own.device_type,
            supervisor_connection_device_id: own.device,
            ..self.supervise(supervisor, SupervisoryAction::CLEAR)
        }))
    }

    fn supervise(&self, supervisor: &AgentId, supervisory_action: SupervisoryAction) -> SuperviseCallReq {
        SuperviseCallReq {
            peripheral_id: self.config.peripheral_id,
            agent_connection_call_id: NULL_ID,
            supervisor_connection_call_id: NULL_ID,
            agent_connection_device_id_type: ConnectionDeviceIdType::NONE,
            supervisor_connection_device_id_type: ConnectionDeviceIdType::NONE,
            supervisory_action,
            supervisor_instrument: self.instrument(supervisor),
            ..SuperviseCallReq::default()
        }
    }
}
