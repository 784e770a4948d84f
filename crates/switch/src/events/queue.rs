//! What is told before a routed call reaches a phone: queue and reservation.

use ged188::{
    AgentPreCallAbortEvent, AgentPreCallEvent, CallDequeuedEvent, CallDequeuedEventSkillGroupsItem,
    CallQueuedEvent, CallQueuedEventSkillGroupsItem, DeviceIdType, EventCause, LocalConnectionState, Message,
    PeripheralType,
};

use super::call::{ROUTER_DAY, arrays, named};
use super::{NULL_ID, VOICE};
use crate::switch::{Event, Switch};

impl Switch {
    pub(crate) fn tell_pre_call(&mut self, id: u32, device: &str) {
        let Some(call) = self.calls.get(id) else { return };
        let (skill_group_number, skill_group_id) = self.group_of(call);
        let agent = self.agent_at(device).and_then(|id| self.agents.get(&id));
        let message = Message::AgentPreCallEvent(AgentPreCallEvent {
            service_number: NULL_ID,
            service_id: NULL_ID,
            skill_group_number,
            skill_group_id,
            mrd_id: VOICE,
            agent_skill_target_id: agent.map_or(0, |agent| agent.config.skill_target_id),
            agent_instrument: device.into(),
            router_call_key_day: Some(ROUTER_DAY),
            router_call_key_call_id: Some(call.router_key),
            router_call_key_sequence_number: Some(0),
            ani: self.ani(call),
            dialed_number: call.to.clone(),
            call_variables: call.variables.clone(),
            named_variables: named(call),
            named_arrays: arrays(call),
            agent_id: agent.map(|agent| agent.config.id.clone()).unwrap_or_default(),
            ..AgentPreCallEvent::default()
        });
        self.tell(Event { message, devices: vec![device.into()], call: Some(id), agent: None });
    }

    pub(crate) fn tell_pre_call_abort(&mut self, id: u32, device: &str) {
        let Some(call) = self.calls.get(id) else { return };
        let message = Message::AgentPreCallAbortEvent(AgentPreCallAbortEvent {
            mrd_id: VOICE,
            agent_instrument: device.into(),
            router_call_key_day: Some(ROUTER_DAY),
            router_call_key_call_id: Some(call.router_key),
            router_call_key_sequence_number: Some(0),
            ..AgentPreCallAbortEvent::default()
        });
        self.tell(Event { message, devices: vec![device.into()], call: Some(id), agent: None });
    }

    pub(crate) fn tell_queued(&mut self, id: u32, group: u32) {
        self.story("call", format!("call {id} waits for an agent"));
        self.tell_call(id, &[], |switch, call| {
            let number = u16::try_from(switch.waiting(group).count()).unwrap_or(u16::MAX);
            Message::CallQueuedEvent(CallQueuedEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(&call.home),
                connection_call_id: call.id,
                service_number: NULL_ID,
                service_id: NULL_ID,
                queue_device_type: DeviceIdType::NONE,
                calling_device_type: switch.device_type(&call.from),
                called_device_type: switch.device_type(&call.to),
                last_redirect_device_type: DeviceIdType::NONE,
                num_queued: number,
                local_connection_state: LocalConnectionState::QUEUED,
                event_cause: EventCause::NO_AVAILABLE_AGENTS,
                connection_device_id: call.home.clone(),
                calling_device_id: call.from.clone(),
                called_device_id: call.to.clone(),
                skill_groups: vec![CallQueuedEventSkillGroupsItem {
                    flt_skill_group_number: Some(group),
                    flt_skill_group_id: switch.config.skill_group(group).map(|group| group.id),
                    flt_skill_group_priority: Some(0),
                }],
                ..CallQueuedEvent::default()
            })
        });
    }

    pub(crate) fn tell_dequeued(&mut self, id: u32, group: u32) {
        self.tell_call(id, &[], |switch, call| {
            Message::CallDequeuedEvent(CallDequeuedEvent {
                peripheral_id: switch.config.peripheral_id,
                peripheral_type: PeripheralType::ENTERPRISE_AGENT,
                connection_device_id_type: switch.id_type(&call.home),
                connection_call_id: call.id,
                queue_device_type: DeviceIdType::NONE,
                service_number: NULL_ID,
                service_id: NULL_ID,
                num_queued: u16::try_from(switch.waiting(group).count()).unwrap_or(u16::MAX),
                local_connection_state: LocalConnectionState::NONE,
                event_cause: EventCause::NONE,
                connection_device_id: call.home.clone(),
                skill_groups: vec![CallDequeuedEventSkillGroupsItem {
                    flt_skill_group_number: Some(group),
                    flt_skill_group_id: switch.config.skill_group(group).map(|group| group.id),
                    flt_skill_group_priority: Some(0),
                }],
                ..CallDequeuedEvent::default()
            })
        });
    }
}
