//! Supervisors on calls: listen, join, take over, end (ged188.md section 10.5).

use std::time::Duration;

use ged188::{
    ControlFailureCode as Code, Message, StatusCode, SuperviseCallConf, SuperviseCallReq, SupervisoryAction,
};

use super::control::own;
use crate::events::NULL_ID;
use crate::refusal::Refusal;
use crate::switch::Switch;

impl Switch {
    /// # Errors
    /// 6 a phone is missing, 82 no such action, or one that the peripheral does not have; the codes of
    /// [`Switch::monitor`], [`Switch::barge_in`], [`Switch::intercept`] and [`Switch::hang_up`].
    pub(super) fn supervise_call(
        &mut self,
        request: &SuperviseCallReq,
        now: Duration,
    ) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let device = own(&request.supervisor_connection_device_id, &request.supervisor_instrument);
        let agent = own(&request.agent_connection_device_id, &request.agent_instrument);
        let id = request.supervisor_connection_call_id;
        if device.is_empty() || (agent.is_empty() && request.supervisory_action != SupervisoryAction::CLEAR) {
            return Err(Refusal::Failure(StatusCode::REQUIRED_DATA_MISSING));
        }
        let call = match request.supervisory_action {
            SupervisoryAction::MONITOR => self.monitor(device, agent, now)?,
            SupervisoryAction::BARGE_IN => self.barge_in(id, device, now)?,
            SupervisoryAction::INTERCEPT => self.intercept(id, device, agent, now)?,
            SupervisoryAction::CLEAR if id == NULL_ID => {
                return Err(Refusal::control(Code::INVALID_CSTA_CALL_IDENTIFIER));
            }
            SupervisoryAction::CLEAR => self.hang_up(id, device, now).map(|()| id)?,
            _ => return Err(Refusal::Failure(StatusCode::INVALID_SUPERVISORY_ACTION)),
        };
        Ok(Message::SuperviseCallConf(SuperviseCallConf {
            connection_call_id: call,
            connection_device_id_type: self.id_type(device),
            connection_device_id: device.into(),
            ..SuperviseCallConf::default()
        }))
    }
}
