//! What all call events share. A call that CTI clients do not know of yet is not told about.

use ged188::{
    CallType, ConnectionDeviceIdType, DeviceIdType, EventCause, LineType, Message, NamedArray, NamedVariable,
};

use crate::call::{Call, Place};
use crate::switch::{Event, Switch};

impl Switch {
    /// ConnectionDeviceIDType: our phones have numbers of their own, outside parties only for the call.
    pub(crate) fn id_type(&self, device: &str) -> ConnectionDeviceIdType {
        if self.is_phone(device) { ConnectionDeviceIdType::STATIC } else { ConnectionDeviceIdType::DYNAMIC }
    }

    /// DeviceIDType.
    pub(crate) fn device_type(&self, device: &str) -> DeviceIdType {
        if self.is_phone(device) {
            DeviceIdType::AGENT_DEVICE
        } else if self.config.dialed_numbers.contains_key(device) {
            DeviceIdType::ROUTE_POINT
        } else {
            DeviceIdType::EXTERNAL
        }
    }

    /// The number of the caller.
    pub(crate) fn ani(&self, call: &Call) -> String {
        call.from.clone()
    }

    pub(crate) fn group_of(&self, call: &Call) -> (u32, u32) {
        let group = call.skill_group.and_then(|number| self.config.skill_group(number));
        group.map_or((super::NULL_ID, super::NULL_ID), |group| (group.number, group.id))
    }

    /// Tells of a call that clients know; the devices on it are concerned beside those given.
    pub(crate) fn tell_call(
        &mut self,
        id: u32,
        devices: &[&str],
        message: impl FnOnce(&Self, &Call) -> Message,
    ) {
        let Some(call) = self.calls.get(id).filter(|call| call.told) else { return };
        let inside = call.parties.iter().filter(|party| party.place == Place::Inside);
        let mut devices: Vec<String> = devices.iter().map(|device| (*device).to_owned()).collect();
        devices.extend(inside.map(|party| party.device.clone()));
        if devices.is_empty() {
            devices.push(call.home.clone());
        }
        let message = message(self, call);
        self.tell(Event { message, devices, call: Some(id), agent: None });
    }
}

/// Expanded call context scalars on the wire.
pub(crate) fn named(call: &Call) -> Vec<NamedVariable> {
    let pairs = call.named.iter();
    pairs.map(|(name, value)| NamedVariable { name: name.clone(), value: value.clone() }).collect()
}

/// Expanded call context arrays on the wire.
pub(crate) fn arrays(call: &Call) -> Vec<NamedArray> {
    let item = |((name, index), value): (&(String, u8), &String)| NamedArray {
        index: *index,
        name: name.clone(),
        value: value.clone(),
    };
    call.arrays.iter().map(item).collect()
}

/// RouterCallKeyDay: the laboratory has no calendar, one number serves.
pub(crate) const ROUTER_DAY: u32 = 150_000;

/// EventCause of what makes a call.
pub(crate) fn cause(call: &Call) -> EventCause {
    if call.is_session() { EventCause::SUPERVISOR_MONITOR } else { EventCause::NEW_CALL }
}

/// LineType.
pub(crate) fn line_type(call: &Call) -> LineType {
    match call.kind {
        CallType::PREROUTE_ACD_IN => LineType::INBOUND_ACD,
        CallType::AGENT_INSIDE => LineType::INSIDE,
        CallType::OUT => LineType::OUTBOUND,
        CallType::SUPERVISOR_MONITOR => LineType::SILENT_MONITOR,
        _ => LineType::DID,
    }
}
