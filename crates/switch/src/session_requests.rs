//! Requests that concern the client's own session: monitors, registered variables, configuration download, and the
//! end of call data.

use std::time::Duration;

use ged188::{
    ChangeMonitorMaskConf, ConfigMask, ConnectionDeviceIdType, Message, MonitorAgentTeamStartConf,
    MonitorAgentTeamStopConf, MonitorStartConf, MonitorStartReq, MonitorStopConf, RegisterVariablesConf,
    RegisterVariablesReq, ReleaseCallConf, ReleaseCallReq, ServiceMask, StatusCode, Version,
};

use crate::client::Client;
use crate::download;
use crate::events;
use crate::feed::{Masks, Monitor, Registered, is_no_call};
use crate::pair::{ConnId, CtiPair};
use crate::refusal::Refusal;
use crate::requests::require;

impl CtiPair {
    /// Answers a request: here, or in the switch.
    ///
    /// # Errors
    /// FAILURE_CONF or CONTROL_FAILURE_CONF.
    pub(crate) fn answer(
        &mut self,
        conn: ConnId,
        request: &Message,
        now: Duration,
    ) -> Result<Vec<Message>, Refusal> {
        let gone = Refusal::Failure(StatusCode::SESSION_NOT_OPEN);
        let client = self.clients.get_mut(&conn).ok_or(gone)?;
        let services = client.feed.services;
        let one = match request {
            Message::RegisterVariablesReq(request) => register(client, request),
            Message::MonitorStartReq(request) => {
                self.switch.check_peripheral(request.peripheral_id)?;
                start_monitor(client, request, &self.switch)?
            }
            Message::MonitorStopReq(request) => {
                stop_monitor(client, request.monitor_id)?;
                Message::MonitorStopConf(MonitorStopConf::default())
            }
            Message::ChangeMonitorMaskReq(request) => {
                let masks = Masks { calls: request.call_msg_mask, states: request.agent_state_mask };
                let found = client.feed.set_masks(request.monitor_id, masks);
                found.then_some(()).ok_or(Refusal::Failure(StatusCode::INVALID_MONITORID))?;
                Message::ChangeMonitorMaskConf(ChangeMonitorMaskConf::default())
            }
            Message::MonitorAgentTeamStartReq(request) => start_team(client, request.team_id, &self.switch)?,
            Message::MonitorAgentTeamStopReq(request) => {
                stop_monitor(client, request.monitor_id)?;
                Message::MonitorAgentTeamStopConf(MonitorAgentTeamStopConf::default())
            }
            Message::ReleaseCallReq(request) => self.release_call(request)?,
            Message::ConfigRequestKeyEvent(_) => {
                require(services, ServiceMask::CONFIG_EVENTS)?;
                return Ok(vec![download::keys(self.switch.config())]);
            }
            Message::ConfigRequestEvent(request) => {
                require(services, ServiceMask::CONFIG_EVENTS)?;
                return Ok(self.download(conn, request.config_information));
            }
            // The rest concerns the switch.
            _ => self.switch.answer_request(request, services, now)?,
        };
        Ok(vec![one])
    }

    /// What follows an answer: the end of the news of a call that the client released.
    pub(crate) fn after_answer(&mut self, conn: ConnId, request: &Message) {
        let Message::ReleaseCallReq(request) = request else { return };
        let call = request.connection_call_id;
        let Some(end) = self.switch.calls().get(call).filter(|call| !call.live()) else { return };
        let end = events::end_call(&self.switch, end);
        let Some(client) = self.clients.get_mut(&conn).filter(|client| !client.feed.has_released(call))
        else {
            return;
        };
        client.feed.release(call);
        if client.feed.services.contains(ServiceMask::ALL_EVENTS) {
            self.send(conn, end);
        }
        if self
            .clients
            .values()
            .filter(|client| client.is_open())
            .all(|client| client.feed.has_released(call))
        {
            self.switch.end_data(call);
        }
    }

    fn release_call(&self, request: &ReleaseCallReq) -> Result<Message, Refusal> {
        self.switch.check_peripheral(request.peripheral_id)?;
        let call = self.switch.calls().get(request.connection_call_id).filter(|call| call.told);
        match call {
            None => Err(Refusal::Failure(StatusCode::INVALID_CALLID)),
            Some(call) if call.live() => Err(Refusal::Failure(StatusCode::INVALID_OBJECT_STATE)),
            Some(_) => Ok(Message::ReleaseCallConf(ReleaseCallConf::default())),
        }
    }

    fn download(&self, conn: ConnId, wanted: ConfigMask) -> Vec<Message> {
        let version = self.clients.get(&conn).and_then(Client::version).unwrap_or(Version::MIN);
        download::records(self.switch.config(), wanted, version)
    }
}

fn register(client: &mut Client, request: &RegisterVariablesReq) -> Message {
    client.feed.variables = Some(Registered {
        mask: request.call_variable_mask.0,
        named: request.named_variables.iter().map(|item| item.name.clone()).collect(),
        arrays: request.named_arrays.iter().map(|item| item.name.clone()).collect(),
    });
    Message::RegisterVariablesConf(RegisterVariablesConf::default())
}

fn start_monitor(
    client: &mut Client,
    request: &MonitorStartReq,
    switch: &crate::switch::Switch,
) -> Result<Message, Refusal> {
    require(client.feed.services, ServiceMask::PERIPHERAL_MONITOR)?;
    let masks = Masks { calls: request.call_msg_mask, states: request.agent_state_mask };
    let device = &request.monitored_device_id;
    let monitor = if request.connection_device_id_type == ConnectionDeviceIdType::NONE
        || is_no_call(request.connection_call_id)
    {
        if !switch.is_phone(device) {
            return Err(Refusal::Failure(StatusCode::INVALID_DEVICE));
        }
        Monitor::Device(device.clone(), masks)
    } else {
        let call = switch.calls().get(request.connection_call_id).filter(|call| call.told && call.live());
        call.ok_or(Refusal::Failure(StatusCode::INVALID_CALLID))?;
        Monitor::Call(request.connection_call_id, masks)
    };
    let monitor_id = client.feed.start(monitor).ok_or(Refusal::Failure(StatusCode::UNSPECIFIED_FAILURE))?;
    Ok(Message::MonitorStartConf(MonitorStartConf { monitor_id, ..MonitorStartConf::default() }))
}

fn start_team(client: &mut Client, team: u32, switch: &crate::switch::Switch) -> Result<Message, Refusal> {
    require(client.feed.services, ServiceMask::SUPERVISOR)?;
    switch.config().team(team).ok_or(Refusal::Failure(StatusCode::TEAM_NOT_FOUND))?;
    if client.feed.has(&Monitor::Team(team)) {
        return Err(Refusal::Failure(StatusCode::AGENT_TEAM_MONITOR_ALREADY_EXISTS));
    }
    let monitor_id =
        client.feed.start(Monitor::Team(team)).ok_or(Refusal::Failure(StatusCode::UNSPECIFIED_FAILURE))?;
    let conf = MonitorAgentTeamStartConf { monitor_id, ..MonitorAgentTeamStartConf::default() };
    Ok(Message::MonitorAgentTeamStartConf(conf))
}

fn stop_monitor(client: &mut Client, id: u32) -> Result<(), Refusal> {
    if client.feed.stop(id) { Ok(()) } else { Err(Refusal::Failure(StatusCode::INVALID_MONITORID)) }
}
