//! Snapshots: the calls of a device, the parties and data of a call.

use ged188::{
    Message, SilentMonitorStatus, SnapshotCallConf, SnapshotCallConfCallDevicesItem, SnapshotCallReq,
    SnapshotDeviceConf, SnapshotDeviceConfCallsItem, SnapshotDeviceReq, StatusCode,
};

use crate::call::{Call, Party};
use crate::events::{ROUTER_DAY, arrays, named};
use crate::refusal::Refusal;
use crate::switch::Switch;

/// NumCalls and NumCallDevices at most (ged188.md section 2.4).
const LIST_MAX: usize = 16;

impl Switch {
    /// # Errors
    /// 7 other peripheral, 87 unknown device; 34 while the peripheral is offline.
    pub(super) fn snapshot_device(&self, request: &SnapshotDeviceReq) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let device = &request.agent_instrument;
        if !self.is_phone(device) {
            return Err(Refusal::Failure(StatusCode::INVALID_DEVICE));
        }
        let legs = self.calls.legs(device).take(LIST_MAX);
        let monitored = self.calls.of_device(device).any(Call::is_session);
        let calls = legs.map(|(call, party)| SnapshotDeviceConfCallsItem {
            call_connection_call_id: Some(call.id),
            call_connection_device_id_type: Some(self.id_type(device)),
            call_connection_device_id: device.clone(),
            call_state: Some(party.leg.state()),
            silent_monitor_status: monitored.then(|| status(call, party)),
        });
        Ok(Message::SnapshotDeviceConf(SnapshotDeviceConf { calls: calls.collect(), ..Default::default() }))
    }

    /// # Errors
    /// 7 other peripheral, 13 unknown call; 34 while the peripheral is offline.
    pub(super) fn snapshot_call(&self, request: &SnapshotCallReq) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let call = self.calls.get(request.connection_call_id).filter(|call| call.told && call.live());
        let call = call.ok_or(Refusal::Failure(StatusCode::INVALID_CALLID))?;
        let about = self.consulted_about(call);
        Ok(Message::SnapshotCallConf(SnapshotCallConf {
            call_type: call.kind,
            ani: self.ani(call),
            dnis: call.to.clone(),
            dialed_number: call.to.clone(),
            router_call_key_day: Some(ROUTER_DAY),
            router_call_key_call_id: Some(call.router_key),
            router_call_key_sequence_number: Some(0),
            call_variables: call.variables.clone(),
            call_wrapup_data: call.wrap_up_data.clone(),
            named_variables: named(call),
            named_arrays: arrays(call),
            call_devices: call
                .parties
                .iter()
                .take(LIST_MAX)
                .map(|party| self.call_device(call.id, party))
                .collect(),
            coc_connection_call_id: about.as_ref().map(|consult| consult.about),
            coc_call_connection_device_id_type: about.as_ref().map(|c| self.id_type(&c.device)),
            coc_call_connection_device_id: about.map(|consult| consult.device).unwrap_or_default(),
            ..SnapshotCallConf::default()
        }))
    }

    fn call_device(&self, call: u32, party: &Party) -> SnapshotCallConfCallDevicesItem {
        SnapshotCallConfCallDevicesItem {
            call_connection_call_id: Some(call),
            call_connection_device_id_type: Some(self.id_type(&party.device)),
            call_connection_device_id: party.device.clone(),
            call_device_type: Some(self.device_type(&party.device)),
            call_device_id: party.device.clone(),
            call_device_connection_state: Some(party.leg.state()),
        }
    }
}

/// Who listens and who is listened to; the field is left out where it is nobody.
fn status(call: &Call, party: &Party) -> SilentMonitorStatus {
    match &call.monitor {
        None => SilentMonitorStatus::NONE,
        Some(monitor) if monitor.device == party.device => SilentMonitorStatus::TARGET,
        Some(_) => SilentMonitorStatus::INITIATOR,
    }
}
