//! What happens to one connection of a call.

use ged188::{
    CallConnectionClearedEvent, CallDeliveredEvent, CallDivertedEvent, CallEstablishedEvent, CallFailedEvent,
    CallHeldEvent, CallOriginatedEvent, CallReachedNetworkEvent, CallRetrievedEvent,
    CallServiceInitiatedEvent, DeviceIdType, EventCause, LocalConnectionState, Message, PeripheralType,
};

use super::call::{arrays, cause, line_type, named};
use super::{NO_LINE, NULL_ID};
use crate::call::Party;
use crate::switch::Switch;

impl Switch {
    pub(crate) fn tell_service_initiated(&mut self, id: u32, device: &str) {
        self.tell_call(id, &[device], |switch, call| {
            let about = switch.consulted_about(call);
            Message::CallServiceInitiatedEvent(CallServiceInitiatedEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(device),
                connection_call_id: call.id,
                line_handle: NO_LINE,
                line_type: line_type(call),
                service_number: NULL_ID,
                service_id: NULL_ID,
                skill_group_number: NULL_ID,
                skill_group_id: NULL_ID,
                calling_device_type: switch.device_type(device),
                local_connection_state: LocalConnectionState::INITIATE,
                event_cause: cause(call),
                connection_device_id: device.into(),
                calling_device_id: device.into(),
                coc_connection_call_id: about.as_ref().map(|consult| consult.about),
                coc_call_connection_device_id_type: about.as_ref().map(|c| switch.id_type(&c.device)),
                coc_call_connection_device_id: about.map(|consult| consult.device).unwrap_or_default(),
                ..CallServiceInitiatedEvent::default()
            })
        });
    }

    pub(crate) fn tell_originated(&mut self, id: u32, device: &str) {
        self.tell_call(id, &[device], |switch, call| {
            Message::CallOriginatedEvent(CallOriginatedEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(device),
                connection_call_id: call.id,
                line_handle: NO_LINE,
                line_type: line_type(call),
                service_number: NULL_ID,
                service_id: NULL_ID,
                skill_group_number: NULL_ID,
                skill_group_id: NULL_ID,
                calling_device_type: switch.device_type(device),
                called_device_type: switch.device_type(&call.to),
                local_connection_state: LocalConnectionState::CONNECT,
                event_cause: cause(call),
                connection_device_id: device.into(),
                calling_device_id: device.into(),
                called_device_id: call.to.clone(),
                ..CallOriginatedEvent::default()
            })
        });
    }

    pub(crate) fn tell_reached_network(&mut self, id: u32, number: &str) {
        self.tell_call(id, &[number], |switch, call| {
            Message::CallReachedNetworkEvent(CallReachedNetworkEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(&call.home),
                connection_call_id: call.id,
                line_handle: NO_LINE,
                line_type: line_type(call),
                trunk_used_device_type: DeviceIdType::NONE,
                called_device_type: DeviceIdType::EXTERNAL,
                local_connection_state: LocalConnectionState::CONNECT,
                event_cause: EventCause::NONE,
                connection_device_id: call.home.clone(),
                called_device_id: number.into(),
                ..CallReachedNetworkEvent::default()
            })
        });
    }

    pub(crate) fn tell_delivered(&mut self, id: u32, device: &str) {
        self.tell_call(id, &[device], |switch, call| {
            let (skill_group_number, skill_group_id) = switch.group_of(call);
            Message::CallDeliveredEvent(CallDeliveredEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(device),
                connection_call_id: call.id,
                line_handle: NO_LINE,
                line_type: line_type(call),
                service_number: NULL_ID,
                service_id: NULL_ID,
                skill_group_number,
                skill_group_id,
                alerting_device_type: switch.device_type(device),
                calling_device_type: switch.device_type(&call.from),
                called_device_type: switch.device_type(&call.to),
                last_redirect_device_type: DeviceIdType::NONE,
                local_connection_state: LocalConnectionState::ALERTING,
                event_cause: cause(call),
                connection_device_id: device.into(),
                alerting_device_id: device.into(),
                calling_device_id: call.from.clone(),
                called_device_id: call.to.clone(),
                ani: switch.ani(call),
                dnis: call.to.clone(),
                dialed_number: call.to.clone(),
                call_variables: call.variables.clone(),
                call_wrapup_data: call.wrap_up_data.clone(),
                named_variables: named(call),
                named_arrays: arrays(call),
                ..CallDeliveredEvent::default()
            })
        });
    }

    pub(crate) fn tell_established(&mut self, id: u32, device: &str) {
        self.tell_call(id, &[device], |switch, call| {
            let (skill_group_number, skill_group_id) = switch.group_of(call);
            Message::CallEstablishedEvent(CallEstablishedEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(device),
                connection_call_id: call.id,
                line_handle: NO_LINE,
                line_type: line_type(call),
                service_number: NULL_ID,
                service_id: NULL_ID,
                skill_group_number,
                skill_group_id,
                answering_device_type: switch.device_type(device),
                calling_device_type: switch.device_type(&call.from),
                called_device_type: switch.device_type(&call.to),
                last_redirect_device_type: DeviceIdType::NONE,
                local_connection_state: LocalConnectionState::CONNECT,
                event_cause: cause(call),
                connection_device_id: device.into(),
                answering_device_id: device.into(),
                calling_device_id: call.from.clone(),
                called_device_id: call.to.clone(),
                ..CallEstablishedEvent::default()
            })
        });
    }

    pub(crate) fn tell_held(&mut self, id: u32, device: &str) {
        self.tell_call(id, &[device], |switch, call| {
            Message::CallHeldEvent(CallHeldEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(device),
                connection_call_id: call.id,
                holding_device_type: switch.device_type(device),
                local_connection_state: LocalConnectionState::HOLD,
                event_cause: EventCause::NONE,
                connection_device_id: device.into(),
                holding_device_id: device.into(),
                ..CallHeldEvent::default()
            })
        });
    }

    pub(crate) fn tell_retrieved(&mut self, id: u32, device: &str) {
        self.tell_call(id, &[device], |switch, call| {
            Message::CallRetrievedEvent(CallRetrievedEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(device),
                connection_call_id: call.id,
                retrieving_device_type: switch.device_type(device),
                local_connection_state: LocalConnectionState::CONNECT,
                event_cause: EventCause::NONE,
                connection_device_id: device.into(),
                retrieving_device_id: device.into(),
                ..CallRetrievedEvent::default()
            })
        });
    }

    pub(crate) fn tell_diverted(&mut self, id: u32, device: &str, event_cause: EventCause) {
        self.story("call", format!("call {id} leaves {device} unanswered"));
        self.tell_call(id, &[device], |switch, call| {
            Message::CallDivertedEvent(CallDivertedEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(device),
                connection_call_id: call.id,
                service_number: NULL_ID,
                service_id: NULL_ID,
                diverting_device_type: switch.device_type(device),
                called_device_type: switch.device_type(&call.to),
                local_connection_state: LocalConnectionState::NULL,
                event_cause,
                connection_device_id: device.into(),
                diverting_device_id: device.into(),
                called_device_id: call.to.clone(),
                ..CallDivertedEvent::default()
            })
        });
    }

    pub(crate) fn tell_failed(&mut self, id: u32, device: &str, event_cause: EventCause) {
        self.story("call", format!("call {id} fails: {event_cause}"));
        self.tell_call(id, &[device], |switch, call| {
            Message::CallFailedEvent(CallFailedEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(device),
                connection_call_id: call.id,
                failing_device_type: switch.device_type(device),
                called_device_type: switch.device_type(&call.to),
                local_connection_state: LocalConnectionState::FAIL,
                event_cause,
                connection_device_id: device.into(),
                failing_device_id: device.into(),
                called_device_id: call.to.clone(),
                ..CallFailedEvent::default()
            })
        });
    }

    pub(crate) fn tell_connection_cleared(&mut self, id: u32, party: &Party) {
        self.tell_call(id, &[&party.device], |switch, call| {
            Message::CallConnectionClearedEvent(CallConnectionClearedEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(&party.device),
                connection_call_id: call.id,
                releasing_device_type: switch.device_type(&party.device),
                local_connection_state: LocalConnectionState::NULL,
                event_cause: EventCause::NONE,
                connection_device_id: party.device.clone(),
                releasing_device_id: party.device.clone(),
                ..CallConnectionClearedEvent::default()
            })
        });
    }
}
