//! Two calls became one, or a call went to somebody else.

use ged188::{
    CallConferencedEvent, CallConferencedEventPartiesItem, CallTransferredEvent,
    CallTransferredEventPartiesItem, ConnectionDeviceIdType, DeviceIdType, EventCause, LocalConnectionState,
    Message, PeripheralType,
};

use super::call::line_type;
use super::{NO_LINE, NULL_ID};
use crate::call::{Call, PARTIES_MAX};
use crate::switch::Switch;

impl Switch {
    /// Tells that `from` gave the call to `to`: from another call, which is merged, or in a single step.
    pub(crate) fn tell_transferred(&mut self, id: u32, merged: Option<u32>, from: &str, to: &str) {
        self.story("call", format!("{from} transfers call {id} to {to}"));
        self.tell_call(id, &[from, to], |switch, call| {
            let (skill_group_number, skill_group_id) = switch.group_of(call);
            let second = merged.map_or(ConnectionDeviceIdType::NONE, |_| switch.id_type(from));
            Message::CallTransferredEvent(CallTransferredEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                primary_device_id_type: switch.id_type(from),
                primary_call_id: call.id,
                line_handle: NO_LINE,
                line_type: line_type(call),
                skill_group_number,
                skill_group_id,
                secondary_device_id_type: second,
                secondary_call_id: merged.unwrap_or(NULL_ID),
                transferring_device_type: switch.device_type(from),
                transferred_device_type: switch.device_type(to),
                local_connection_state: LocalConnectionState::CONNECT,
                event_cause: EventCause::NONE,
                primary_device_id: from.into(),
                secondary_device_id: merged.map(|_| from.to_owned()).unwrap_or_default(),
                transferring_device_id: from.into(),
                transferred_device_id: to.into(),
                parties: switch.transferred_parties(call),
                ..CallTransferredEvent::default()
            })
        });
    }

    /// Tells that `by` brought the calls together.
    pub(crate) fn tell_conferenced(&mut self, id: u32, merged: u32, by: &str, added: &str) {
        self.story("call", format!("{by} joins call {id} with {added}"));
        self.tell_call(id, &[], |switch, call| {
            let (skill_group_number, skill_group_id) = switch.group_of(call);
            Message::CallConferencedEvent(CallConferencedEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                primary_device_id_type: switch.id_type(by),
                primary_call_id: call.id,
                line_handle: NO_LINE,
                line_type: line_type(call),
                skill_group_number,
                skill_group_id,
                secondary_device_id_type: switch.id_type(by),
                secondary_call_id: merged,
                controller_device_type: DeviceIdType::AGENT_DEVICE,
                added_party_device_type: switch.device_type(added),
                local_connection_state: LocalConnectionState::CONNECT,
                event_cause: EventCause::NONE,
                primary_device_id: by.into(),
                secondary_device_id: by.into(),
                controller_device_id: by.into(),
                added_party_device_id: added.into(),
                parties: switch.conferenced_parties(call),
                ..CallConferencedEvent::default()
            })
        });
    }

    fn transferred_parties(&self, call: &Call) -> Vec<CallTransferredEventPartiesItem> {
        let parties = call.parties.iter().take(PARTIES_MAX);
        parties
            .map(|party| CallTransferredEventPartiesItem {
                connected_party_call_id: Some(call.id),
                connected_party_device_id_type: Some(self.id_type(&party.device)),
                connected_party_device_id: party.device.clone(),
            })
            .collect()
    }

    fn conferenced_parties(&self, call: &Call) -> Vec<CallConferencedEventPartiesItem> {
        let parties = call.parties.iter().take(PARTIES_MAX);
        parties
            .map(|party| CallConferencedEventPartiesItem {
                connected_party_call_id: Some(call.id),
                connected_party_device_id_type: Some(self.id_type(&party.device)),
                connected_party_device_id: party.device.clone(),
            })
            .collect()
    }
}
