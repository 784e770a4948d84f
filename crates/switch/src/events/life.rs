//! The beginning and the end of a call, and its data.

use ged188::{
    BeginCallEvent, CallClearedEvent, CallDataUpdateEvent, EndCallEvent, EventCause, LocalConnectionState,
    Message, PeripheralType,
};

use super::call::{ROUTER_DAY, arrays, named};
use crate::call::{Call, Place};
use crate::switch::Switch;

impl Switch {
    /// The first event of a call: from here on clients know it by this device.
    pub(crate) fn tell_begin(&mut self, id: u32, device: &str) {
        let Some(call) = self.calls.get_mut(id).filter(|call| !call.told) else { return };
        call.told = true;
        call.home = device.into();
        self.tell_call(id, &[], |switch, call| {
            Message::BeginCallEvent(BeginCallEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                call_type: call.kind,
                connection_device_id_type: switch.id_type(&call.home),
                connection_call_id: call.id,
                connection_device_id: call.home.clone(),
                ani: switch.ani(call),
                dnis: call.to.clone(),
                dialed_number: call.to.clone(),
                router_call_key_day: Some(ROUTER_DAY),
                router_call_key_call_id: Some(call.router_key),
                router_call_key_sequence_number: Some(0),
                call_variables: call.variables.clone(),
                call_wrapup_data: call.wrap_up_data.clone(),
                named_variables: named(call),
                named_arrays: arrays(call),
                ..BeginCallEvent::default()
            })
        });
    }

    /// Tells the data of a call.
    pub(crate) fn tell_data(&mut self, id: u32) {
        let Some(home) = self.calls.get(id).map(|call| call.home.clone()) else { return };
        self.tell_data_of(id, &home);
    }

    /// Tells the data of a call, and by which connection it is known from now on if the old one is gone.
    pub(crate) fn tell_rehomed(&mut self, id: u32) {
        let Some(call) = self.calls.get_mut(id) else { return };
        let was = call.home.clone();
        if call.party(&was).is_none() {
            let ours = call.parties.iter().find(|party| party.place == Place::Inside);
            let next = ours.or(call.parties.first()).map(|party| party.device.clone());
            call.home = next.unwrap_or_else(|| was.clone());
        }
        self.tell_data_of(id, &was);
    }

    fn tell_data_of(&mut self, id: u32, was: &str) {
        self.tell_call(id, &[was], |switch, call| {
            Message::CallDataUpdateEvent(CallDataUpdateEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                call_type: call.kind,
                connection_device_id_type: switch.id_type(was),
                connection_call_id: call.id,
                new_connection_device_id_type: switch.id_type(&call.home),
                new_connection_call_id: call.id,
                connection_device_id: was.into(),
                new_connection_device_id: call.home.clone(),
                ani: switch.ani(call),
                dnis: call.to.clone(),
                dialed_number: call.to.clone(),
                router_call_key_day: Some(ROUTER_DAY),
                router_call_key_call_id: Some(call.router_key),
                router_call_key_sequence_number: Some(0),
                call_variables: call.variables.clone(),
                call_wrapup_data: call.wrap_up_data.clone(),
                named_variables: named(call),
                named_arrays: arrays(call),
                ..CallDataUpdateEvent::default()
            })
        });
    }

    pub(crate) fn tell_cleared(&mut self, id: u32) {
        self.story("call", format!("call {id} is over"));
        self.tell_call(id, &[], |switch, call| {
            Message::CallClearedEvent(CallClearedEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(&call.home),
                connection_call_id: call.id,
                local_connection_state: LocalConnectionState::NULL,
                event_cause: EventCause::NONE,
                connection_device_id: call.home.clone(),
                ..CallClearedEvent::default()
            })
        });
    }

    pub(crate) fn tell_end(&mut self, id: u32) {
        self.tell_call(id, &[], end_call);
    }
}

/// END_CALL_EVENT of a call.
pub(crate) fn end_call(switch: &Switch, call: &Call) -> Message {
    Message::EndCallEvent(EndCallEvent {
        peripheral_id: switch.config.peripheral_id,
        peripheral_type: PeripheralType::ENTERPRISE_AGENT,
        connection_device_id_type: switch.id_type(&call.home),
        connection_call_id: call.id,
        connection_device_id: call.home.clone(),
        ..EndCallEvent::default()
    })
}
