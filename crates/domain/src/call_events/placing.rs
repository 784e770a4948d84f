//! A call on its way to somebody (mapping.md section 3.1): off-hook, dialed, at the far party, or failed.

use ged188::{
    BeginCallEvent, CallDeliveredEvent, CallEstablishedEvent, CallFailedEvent, CallOriginatedEvent,
    CallReachedNetworkEvent, CallServiceInitiatedEvent, DeviceIdType, EventCause,
};

use super::merging::given;
use super::{connection, party, unconnected};
use crate::call_data::told;
use crate::call_types;
use crate::domain::Domain;
use crate::ids::{CallId, Now};
use crate::view::LegState;

impl Domain {
    pub(super) fn began(&mut self, event: &BeginCallEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        self.end_the_dead(id);
        if !self.open_call(id) {
            return;
        }
        let caller = self.party("", DeviceIdType::DEVICE_IDENTIFIER, connection!(event));
        let by_agent = caller.agent.is_some();
        let placed = call_types::is_placed_by_agent(event.call_type.0) && by_agent;
        let about = self.consulted_about(id, event.call_type.0, caller.agent.as_ref());
        self.told_of_call(id, &told!(event), now, |call| {
            call.began = by_agent;
            call.be_of_type(event.call_type.0);
            call.consults = call.consults.or(about);
            if placed && call.legs.is_empty() {
                call.dial(caller, now.wall);
            }
        });
    }

    pub(super) fn service_initiated(&mut self, event: &CallServiceInitiatedEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        self.end_the_dead(id);
        if !self.open_call(id) {
            return;
        }
        let caller = party!(self, event, calling_device_id, calling_device_type);
        self.change_known(id, |call| {
            call.identify(&event.calling_device_id, "");
            call.dial(caller, now.wall);
            call.consults = event.coc_connection_call_id.and_then(given).or(call.consults);
        });
    }

    pub(super) fn originated(&mut self, event: &CallOriginatedEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.open_call(id) {
            return;
        }
        let caller = party!(self, event, calling_device_id, calling_device_type);
        self.change_known(id, |call| {
            call.identify(&event.calling_device_id, &event.called_device_id);
            call.dial(caller, now.wall);
            call.dialed(now.wall);
        });
    }

    pub(super) fn reached_network(&mut self, event: &CallReachedNetworkEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.calls.contains_key(&id) {
            return self.unknown_call(None, now);
        }
        let connection = unconnected(id);
        let outside = self.party(&event.called_device_id, event.called_device_type, connection);
        self.change_known(id, |call| {
            call.identify("", &event.called_device_id);
            if call.find(&outside).is_none()
                && !outside.address.is_empty()
                && let Some(leg) = call.join(outside, false, now.wall)
            {
                leg.enter(LegState::Initiated, now.wall);
            }
        });
    }

    pub(super) fn delivered(&mut self, event: &CallDeliveredEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        let (known, told) = (self.calls.contains_key(&id), self.is_told(id));
        if !self.open_call(id) {
            return;
        }
        let called = self.party(&event.called_device_id, event.called_device_type, unconnected(id));
        let alerting = party!(self, event, alerting_device_id, alerting_device_type);
        let caller = self.caller(&event.calling_device_id, &event.ani, event.calling_device_type, id);
        let caller = Some(caller).filter(|caller| told || caller.agent.is_none());
        let is_agentless_stop = is_stop(event.alerting_device_type) && alerting.agent.is_none();
        self.told_of_call(id, &told!(event), now, |call| {
            call.identify(&event.calling_device_id, &event.called_device_id);
            call.call_from(caller, now.wall);
            let alerting = call.far_party(alerting, called);
            // Nobody hears that a supervisor begins to listen.
            let is_silent = is_agentless_stop || call.is_session();
            if let Some(leg) = alerting.filter(|_| !is_silent).and_then(|far| call.join_far(far, now.wall)) {
                leg.enter(LegState::Alerting, now.wall);
                call.rings(now.wall);
            }
        });
        self.check_if_untold(id, known, told, now);
    }

    pub(super) fn established(&mut self, event: &CallEstablishedEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        let (known, told) = (self.calls.contains_key(&id), self.is_told(id));
        if !self.open_call(id) {
            return;
        }
        let called = self.party(&event.called_device_id, event.called_device_type, unconnected(id));
        let answering = party!(self, event, answering_device_id, answering_device_type);
        let caller = self.caller(&event.calling_device_id, "", event.calling_device_type, id);
        let caller = Some(caller).filter(|caller| told || caller.agent.is_none());
        let is_agentless_stop = is_stop(event.answering_device_type) && answering.agent.is_none();
        self.change_known(id, |call| {
            call.identify(&event.calling_device_id, &event.called_device_id);
            call.call_from(caller, now.wall);
            let answering = call.far_party(answering, called);
            if let Some(leg) =
                answering.filter(|_| !is_agentless_stop).and_then(|far| call.join_far(far, now.wall))
            {
                leg.enter(LegState::Active, now.wall);
            }
            if let Some(caller) = call.calling_leg().filter(|leg| leg.lives() && leg.state != LegState::Held)
            {
                caller.enter(LegState::Active, now.wall);
            }
        });
        self.check_if_untold(id, known, told, now);
    }

    /// How the call began was seen or read, and it is not one that only wrap-up keeps. If not, its caller is no agent of ours:
    /// who is on it has it already, and who has given it away is still told as the one who placed it.
    fn is_told(&self, id: CallId) -> bool {
        self.calls.get(&id).is_some_and(|call| call.call_type != call_types::UNTOLD && !call.over)
    }

    /// A call that began before this session did, or that was taken for over because only wrap-up was left of it: the rest of it
    /// is read, now or when what was read first had nothing to say of it.
    fn check_if_untold(&mut self, id: CallId, known: bool, told: bool, now: Now) {
        self.counters.unknown_calls += u64::from(!known);
        if !told {
            self.check_call(id, now);
        }
    }

    pub(super) fn failed(&mut self, event: &CallFailedEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.calls.contains_key(&id) {
            return self.unknown_call(None, now);
        }
        let connection = self.party("", DeviceIdType::DEVICE_IDENTIFIER, connection!(event));
        let failing = self.party(&event.failing_device_id, event.failing_device_type, unconnected(id));
        self.change_known(id, |call| {
            call.identify("", &event.called_device_id);
            let at = call.find(&connection).or_else(|| call.find(&failing));
            let at = at.or_else(|| call.legs.iter().position(|leg| leg.calling && leg.lives()));
            if let Some(leg) = at.and_then(|at| call.legs.get_mut(at)).filter(|leg| leg.lives()) {
                leg.enter(LegState::Failed, now.wall);
                leg.cause = cause_of_failure(event.event_cause);
            }
        });
    }
}

/// Devices at which a call only stops over on its way to a person.
fn is_stop(kind: DeviceIdType) -> bool {
    matches!(kind, DeviceIdType::CTI_PORT | DeviceIdType::ROUTE_POINT | DeviceIdType::QUEUE)
}

/// mapping.md section 3.6, last paragraph.
fn cause_of_failure(cause: EventCause) -> &'static str {
    match cause.0 {
        3 => "BUSY",
        13 | 15 | 21 | 29 => "BAD_DESTINATION",
        20 | 30 | 33 => "DEVICE_RESOURCE_NOT_AVAILABLE",
        _ => "OTHER",
    }
}
