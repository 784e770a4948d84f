//! Which client gets which event, and in which form: monitors, registered variables, released calls.
//!
//! The masks of the session itself are the business of `ged188::session::server`.

use std::collections::{BTreeMap, BTreeSet};

use ged188::{
    AgentState, AgentStateMask, CallEventMask, CallType, Message, NamedArray, NamedVariable, ServiceMask,
};

use crate::dialer::before_19;
use crate::events::NULL_ID;
use crate::switch::{Event, Switch};

/// Monitors of one session: one for each phone would still fit the largest deployment of agents.
const MONITORS_MAX: usize = 20_000;

/// What a client gets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Feed {
    pub(crate) services: ServiceMask,
    /// The phone of a CLIENT_EVENTS session.
    pub(crate) own_device: String,
    pub(crate) variables: Option<Registered>,
    /// The session has a version that does not know the call types of campaigns.
    pub(crate) before_19: bool,
    monitors: BTreeMap<u32, Monitor>,
    next_monitor: u32,
    /// Calls whose data this client does not need any more.
    released: BTreeSet<u32>,
}

/// Event masks of a monitor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Masks {
    pub(crate) calls: CallEventMask,
    pub(crate) states: AgentStateMask,
}

/// What one monitor watches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Monitor {
    /// A device.
    Device(String, Masks),
    /// A call, until it ends.
    Call(u32, Masks),
    /// The states of the agents of a team.
    Team(u32),
}

/// REGISTER_VARIABLES_REQ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Registered {
    pub(crate) mask: u16,
    pub(crate) named: BTreeSet<String>,
    pub(crate) arrays: BTreeSet<String>,
}

impl Feed {
    /// The copies of an event that this client gets, in the order of their monitors.
    pub(crate) fn copies(&mut self, event: &Event, switch: &Switch) -> Vec<Message> {
        let released = event.call.is_some_and(|call| self.released.contains(&call));
        if released {
            self.forget_if_ended(event);
            return Vec::new();
        }
        let ids = self.monitors_of(event, switch);
        let copies = ids.into_iter().map(|id| {
            let mut message = event.message.clone();
            set_monitor(&mut message, id);
            self.limit(&mut message);
            message
        });
        let copies = copies.collect();
        self.forget_if_ended(event);
        copies
    }

    /// Leaves only registered variables and the call types of the session's version in a message.
    pub(crate) fn limit(&self, message: &mut Message) {
        if let Some(registered) = &self.variables {
            registered.apply(message);
        }
        if self.before_19
            && let Some(kind) = call_type(message)
        {
            *kind = before_19(*kind);
        }
    }

    /// Starts a monitor.
    pub(crate) fn start(&mut self, monitor: Monitor) -> Option<u32> {
        if self.monitors.len() >= MONITORS_MAX {
            return None;
        }
        self.next_monitor = self.next_monitor.wrapping_add(1).max(1);
        self.monitors.insert(self.next_monitor, monitor);
        Some(self.next_monitor)
    }

    /// Stops a monitor; false if there is none.
    pub(crate) fn stop(&mut self, id: u32) -> bool {
        self.monitors.remove(&id).is_some()
    }

    /// Whether such a monitor runs already.
    pub(crate) fn has(&self, monitor: &Monitor) -> bool {
        self.monitors.values().any(|running| running == monitor)
    }

    /// Changes the masks of a monitor; false if there is none with masks.
    pub(crate) fn set_masks(&mut self, id: u32, new: Masks) -> bool {
        match self.monitors.get_mut(&id) {
            Some(Monitor::Device(_, masks) | Monitor::Call(_, masks)) => {
                *masks = new;
                true
            }
            Some(Monitor::Team(_)) | None => false,
        }
    }

    /// Notes that the client needs no more news of a call.
    pub(crate) fn release(&mut self, call: u32) {
        self.released.insert(call);
    }
    pub(crate) fn has_released(&self, call: u32) -> bool {
        self.released.contains(&call)
    }

    fn monitors_of(&self, event: &Event, switch: &Switch) -> Vec<u32> {
        let running =
            self.monitors.iter().filter(|(_, monitor)| monitor.covers(event, switch)).map(|(id, _)| *id);
        self.covers(event).then_some(0).into_iter().chain(running).collect()
    }

    fn covers(&self, event: &Event) -> bool {
        let own = !self.own_device.is_empty() && event.devices.contains(&self.own_device);
        self.services.contains(ServiceMask::ALL_EVENTS) || own
    }

    fn forget_if_ended(&mut self, event: &Event) {
        if let (Message::EndCallEvent(_), Some(call)) = (&event.message, event.call) {
            self.released.remove(&call);
            self.monitors.retain(|_, monitor| !matches!(monitor, Monitor::Call(id, _) if *id == call));
        }
    }
}

impl Monitor {
    fn covers(&self, event: &Event, switch: &Switch) -> bool {
        match self {
            Self::Device(device, masks) => event.devices.contains(device) && masks.want(&event.message),
            Self::Call(call, masks) => event.call == Some(*call) && masks.want(&event.message),
            Self::Team(team) => {
                let agent = event.agent.as_deref().and_then(|id| switch.agent(id));
                agent.is_some_and(|agent| agent.config.team == Some(*team))
            }
        }
    }
}

impl Masks {
    /// Whether the masks let a message through.
    pub(crate) fn want(self, message: &Message) -> bool {
        match message {
            Message::AgentStateEvent(event) => self.states.intersects(state_bit(event.agent_state)),
            other => call_bit(other).is_none_or(|bit| self.calls.contains(bit)),
        }
    }
}

impl Registered {
    fn apply(&self, message: &mut Message) {
        match message {
            Message::BeginCallEvent(m) => {
                self.keep(&mut m.call_variables, &mut m.named_variables, &mut m.named_arrays);
            }
            Message::CallDeliveredEvent(m) => {
                self.keep(&mut m.call_variables, &mut m.named_variables, &mut m.named_arrays);
            }
            Message::CallDataUpdateEvent(m) => {
                self.keep(&mut m.call_variables, &mut m.named_variables, &mut m.named_arrays);
            }
            Message::AgentPreCallEvent(m) => {
                self.keep(&mut m.call_variables, &mut m.named_variables, &mut m.named_arrays);
            }
            Message::SnapshotCallConf(m) => {
                self.keep(&mut m.call_variables, &mut m.named_variables, &mut m.named_arrays);
            }
            // No other message of this switch carries variables.
            _ => {}
        }
    }

    fn keep(
        &self,
        variables: &mut [String; 10],
        named: &mut Vec<NamedVariable>,
        arrays: &mut Vec<NamedArray>,
    ) {
        for (bit, variable) in variables.iter_mut().enumerate() {
            if self.mask & (1 << bit) == 0 {
                variable.clear();
            }
        }
        named.retain(|item| self.named.contains(&item.name));
        arrays.retain(|item| self.arrays.contains(&item.name));
    }
}

/// AgentStateMask skips UNKNOWN: from HOLD on the bit number is one less than the state (ged188.md section 8).
fn state_bit(state: AgentState) -> AgentStateMask {
    let bit = if state.0 > AgentState::UNKNOWN.0 { state.0 - 1 } else { state.0 };
    AgentStateMask(1_u32.checked_shl(u32::from(bit)).unwrap_or(0))
}

/// The mask bit of a call event; `None` for messages that no mask concerns.
fn call_bit(message: &Message) -> Option<CallEventMask> {
    Some(match message {
        Message::CallDeliveredEvent(_) => CallEventMask::CALL_DELIVERED,
        Message::CallQueuedEvent(_) => CallEventMask::CALL_QUEUED,
        Message::CallEstablishedEvent(_) => CallEventMask::CALL_ESTABLISHED,
        Message::CallHeldEvent(_) => CallEventMask::CALL_HELD,
        Message::CallRetrievedEvent(_) => CallEventMask::CALL_RETRIEVED,
        Message::CallClearedEvent(_) => CallEventMask::CALL_CLEARED,
        Message::CallConnectionClearedEvent(_) => CallEventMask::CALL_CONNECTION_CLEARED,
        Message::CallOriginatedEvent(_) => CallEventMask::CALL_ORIGINATED,
        Message::CallTransferredEvent(_) => CallEventMask::CALL_TRANSFERRED,
        Message::CallConferencedEvent(_) => CallEventMask::CALL_CONFERENCED,
        Message::CallDivertedEvent(_) => CallEventMask::CALL_DIVERTED,
        Message::CallServiceInitiatedEvent(_) => CallEventMask::CALL_SERVICE_INITIATED,
        Message::BeginCallEvent(_) => CallEventMask::BEGIN_CALL,
        Message::EndCallEvent(_) => CallEventMask::END_CALL,
        Message::CallDataUpdateEvent(_) => CallEventMask::CALL_DATA_UPDATE,
        Message::CallFailedEvent(_) => CallEventMask::CALL_FAILED,
        Message::CallReachedNetworkEvent(_) => CallEventMask::CALL_REACHED_NETWORK,
        Message::CallDequeuedEvent(_) => CallEventMask::CALL_DEQUEUED,
        Message::AgentPreCallEvent(_) => CallEventMask::AGENT_PRE_CALL,
        Message::AgentPreCallAbortEvent(_) => CallEventMask::AGENT_PRE_CALL_ABORT,
        Message::AgentTeamConfigEvent(_) => CallEventMask::AGENT_TEAM_CONFIG,
        _ => return None,
    })
}

/// Marks an event with the monitor that caused it; 0 for the session itself.
fn set_monitor(message: &mut Message, id: u32) {
    let place = match message {
        Message::AgentStateEvent(m) => &mut m.monitor_id,
        Message::CallDeliveredEvent(m) => &mut m.monitor_id,
        Message::CallQueuedEvent(m) => &mut m.monitor_id,
        Message::CallEstablishedEvent(m) => &mut m.monitor_id,
        Message::CallHeldEvent(m) => &mut m.monitor_id,
        Message::CallRetrievedEvent(m) => &mut m.monitor_id,
        Message::CallClearedEvent(m) => &mut m.monitor_id,
        Message::CallConnectionClearedEvent(m) => &mut m.monitor_id,
        Message::CallOriginatedEvent(m) => &mut m.monitor_id,
        Message::CallTransferredEvent(m) => &mut m.monitor_id,
        Message::CallConferencedEvent(m) => &mut m.monitor_id,
        Message::CallDivertedEvent(m) => &mut m.monitor_id,
        Message::CallServiceInitiatedEvent(m) => &mut m.monitor_id,
        Message::BeginCallEvent(m) => &mut m.monitor_id,
        Message::EndCallEvent(m) => &mut m.monitor_id,
        Message::CallDataUpdateEvent(m) => &mut m.monitor_id,
        Message::CallFailedEvent(m) => &mut m.monitor_id,
        Message::CallReachedNetworkEvent(m) => &mut m.monitor_id,
        Message::CallDequeuedEvent(m) => &mut m.monitor_id,
        Message::AgentPreCallEvent(m) => &mut m.monitor_id,
        Message::AgentPreCallAbortEvent(m) => &mut m.monitor_id,
        _ => return,
    };
    *place = id;
}

/// CallType of a message that has one.
fn call_type(message: &mut Message) -> Option<&mut CallType> {
    match message {
        Message::BeginCallEvent(m) => Some(&mut m.call_type),
        Message::CallDataUpdateEvent(m) => Some(&mut m.call_type),
        Message::SnapshotCallConf(m) => Some(&mut m.call_type),
        _ => None,
    }
}

/// Whether MONITOR_START_REQ names no call.
pub(crate) fn is_no_call(id: u32) -> bool {
    id == 0 || id == NULL_ID
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_mask_skips_unknown() {
        assert_eq!(state_bit(AgentState::LOGIN), AgentStateMask::LOGIN);
        assert_eq!(state_bit(AgentState::RESERVED), AgentStateMask::RESERVED);
        assert_eq!(state_bit(AgentState::HOLD), AgentStateMask::HOLD);
    }

    #[test]
    fn registered_variables_are_the_only_ones_left() {
        let registered = Registered { mask: 0b10, ..Registered::default() };
        let variables = ["a", "b", "", "", "", "", "", "", "", ""].map(String::from);
        let mut message = Message::BeginCallEvent(ged188::BeginCallEvent {
            call_variables: variables,
            ..Default::default()
        });
        registered.apply(&mut message);
        let Message::BeginCallEvent(left) = message else { unreachable!() };
        assert_eq!((left.call_variables[0].as_str(), left.call_variables[1].as_str()), ("", "b"));
    }
}
