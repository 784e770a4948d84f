//! Call events to dialogs (mapping.md section 3.1). One event is one change of one call; `publish` finds out what
//! each agent sees of it.

use ged188::{
    BeginCallEvent, CallClearedEvent, CallConnectionClearedEvent, CallDataUpdateEvent, CallDeliveredEvent,
    CallDivertedEvent, CallEstablishedEvent, CallFailedEvent, CallHeldEvent, CallOriginatedEvent,
    CallReachedNetworkEvent, CallRetrievedEvent, CallServiceInitiatedEvent, ConnectionDeviceIdType,
    DeviceIdType, EndCallEvent, EventCause, Message,
};

use crate::call_data::{Told, told};
use crate::call_types;
use crate::calls::{Call, CallRef, Party};
use crate::domain::Domain;
use crate::ids::{AgentId, CallId, Now};
use crate::view::LegState;
use crate::wrap_up;

/// The peripheral and the call of an event; `None` for messages that are no call events of ours.
pub(crate) fn heading(message: &Message) -> Option<(u32, CallId)> {
    macro_rules! headings {
        ($($kind:ident)*) => {
            match message {
                $(Message::$kind(event) => Some((event.peripheral_id, CallId(event.connection_call_id))),)*
                Message::CallConferencedEvent(event) => Some((event.peripheral_id, CallId(event.primary_call_id))),
                Message::CallTransferredEvent(event) => Some((event.peripheral_id, CallId(event.primary_call_id))),
                _ => None,
            }
        };
    }
    headings! {
        BeginCallEvent CallServiceInitiatedEvent CallOriginatedEvent CallReachedNetworkEvent CallDeliveredEvent
        CallEstablishedEvent CallHeldEvent CallRetrievedEvent CallDivertedEvent CallConnectionClearedEvent
        CallClearedEvent CallFailedEvent CallDataUpdateEvent EndCallEvent
    }
}

/// The connection that an event names.
macro_rules! connection {
    ($event:expr) => {
        CallRef {
            id: CallId($event.connection_call_id),
            device_type: $event.connection_device_id_type,
            device: $event.connection_device_id.clone(),
        }
    };
}

/// The device that an event names, its type, and the connection beside it.
macro_rules! party {
    ($domain:expr, $event:expr, $device:ident, $kind:ident) => {
        $domain.party(&$event.$device, $event.$kind, connection!($event))
    };
}

impl Domain {
    /// Applies a call event.
    pub(crate) fn call_event(&mut self, message: &Message, now: Now) {
        self.heard += 1;
        match message {
            Message::BeginCallEvent(event) => self.began(event, now),
            Message::CallServiceInitiatedEvent(event) => self.service_initiated(event, now),
            Message::CallOriginatedEvent(event) => self.originated(event, now),
            Message::CallReachedNetworkEvent(event) => self.reached_network(event, now),
            Message::CallDeliveredEvent(event) => self.delivered(event, now),
            Message::CallEstablishedEvent(event) => self.established(event, now),
            Message::CallHeldEvent(event) => self.held(event, now),
            Message::CallRetrievedEvent(event) => self.retrieved(event, now),
            Message::CallDivertedEvent(event) => self.diverted(event, now),
            Message::CallConnectionClearedEvent(event) => self.connection_cleared(event, now),
            Message::CallClearedEvent(event) => self.cleared(event, now),
            Message::CallFailedEvent(event) => self.failed(event, now),
            Message::CallDataUpdateEvent(event) => self.data_updated(event, now),
            Message::EndCallEvent(event) => self.ended(event, now),
            Message::CallConferencedEvent(event) => {
                let parties = event.parties.iter().map(|party| party.connected_party_device_id.as_str());
                self.merged(CallId(event.primary_call_id), CallId(event.secondary_call_id), parties);
            }
            Message::CallTransferredEvent(event) => {
                let parties = event.parties.iter().map(|party| party.connected_party_device_id.as_str());
                self.merged(CallId(event.primary_call_id), CallId(event.secondary_call_id), parties);
            }
            _ => self.counters.ignored_messages += 1,
        }
    }

    fn began(&mut self, event: &BeginCallEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        self.end_the_dead(id);
        if !self.open_call(id) {
            return;
        }
        let caller = self.party("", DeviceIdType::DEVICE_IDENTIFIER, connection!(event));
        let placed = call_types::is_placed_by_agent(event.call_type.0) && caller.agent.is_some();
        self.told_of_call(id, &told!(event), |call| {
            call.be_of_type(event.call_type.0);
            if placed && call.legs.is_empty() {
                call.dial(caller, now.wall);
            }
        });
    }

    fn service_initiated(&mut self, event: &CallServiceInitiatedEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        self.end_the_dead(id);
        if !self.open_call(id) {
            return;
        }
        let caller = party!(self, event, calling_device_id, calling_device_type);
        self.change_known(id, |call| {
            call.identify(&event.calling_device_id, "");
            call.dial(caller, now.wall);
        });
    }

    fn originated(&mut self, event: &CallOriginatedEvent, now: Now) {
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

    fn reached_network(&mut self, event: &CallReachedNetworkEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.calls.contains_key(&id) {
            return self.unknown_call(None);
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

    fn delivered(&mut self, event: &CallDeliveredEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.open_call(id) {
            return;
        }
        let called = self.party(&event.called_device_id, event.called_device_type, unconnected(id));
        let alerting = party!(self, event, alerting_device_id, alerting_device_type);
        let caller = self.caller(&event.calling_device_id, &event.ani, event.calling_device_type, id);
        let is_agentless_stop = is_stop(event.alerting_device_type) && alerting.agent.is_none();
        self.told_of_call(id, &told!(event), |call| {
            call.identify(&event.calling_device_id, &event.called_device_id);
            call.call_from(caller, now.wall);
            let alerting = call.far_party(alerting, called);
            if let Some(leg) =
                alerting.filter(|_| !is_agentless_stop).and_then(|far| call.join_far(far, now.wall))
            {
                leg.enter(LegState::Alerting, now.wall);
                call.rings(now.wall);
            }
        });
    }

    fn established(&mut self, event: &CallEstablishedEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.open_call(id) {
            return;
        }
        let called = self.party(&event.called_device_id, event.called_device_type, unconnected(id));
        let answering = party!(self, event, answering_device_id, answering_device_type);
        let caller = self.caller(&event.calling_device_id, "", event.calling_device_type, id);
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
    }

    fn held(&mut self, event: &CallHeldEvent, now: Now) {
        let party = party!(self, event, holding_device_id, holding_device_type);
        self.move_leg(party, LegState::Held, now);
    }

    fn retrieved(&mut self, event: &CallRetrievedEvent, now: Now) {
        let party = party!(self, event, retrieving_device_id, retrieving_device_type);
        self.move_leg(party, LegState::Active, now);
    }

    /// HELD or RETRIEVED: the leg is there, whatever we knew before.
    fn move_leg(&mut self, party: Party, state: LegState, now: Now) {
        let id = party.connection.id;
        if !self.calls.contains_key(&id) {
            return self.unknown_call(party.agent.as_ref());
        }
        self.change_known(id, |call| {
            if let Some(leg) = call.join(party, false, now.wall) {
                leg.enter(state, now.wall);
            }
        });
    }

    fn diverted(&mut self, event: &CallDivertedEvent, now: Now) {
        let party = party!(self, event, diverting_device_id, diverting_device_type);
        self.divert(&party, now);
    }

    /// The call went elsewhere while it rang here: gone from the collection at once, without wrap-up.
    fn divert(&mut self, party: &Party, now: Now) {
        let id = party.connection.id;
        if !self.calls.contains_key(&id) {
            return self.unknown_call(None);
        }
        self.change_known(id, |call| {
            let at = call.find(party);
            if let Some(leg) =
                at.and_then(|at| call.legs.get_mut(at)).filter(|leg| leg.state == LegState::Alerting)
            {
                leg.set(LegState::Dropped, Some(now.wall));
                leg.listed = false;
            }
        });
    }

    fn connection_cleared(&mut self, event: &CallConnectionClearedEvent, now: Now) {
        let party = party!(self, event, releasing_device_id, releasing_device_type);
        let id = party.connection.id;
        let Some(call) = self.calls.get(&id) else { return self.unknown_call(None) };
        let rings = call
            .find(&party)
            .and_then(|at| call.legs.get(at))
            .is_some_and(|leg| leg.state == LegState::Alerting);
        if rings && event.event_cause == EventCause::REDIRECTED {
            return self.divert(&party, now);
        }
        let standings = self.standings(id);
        self.change_known(id, |call| {
            if let Some(leg) = call.find(&party).and_then(|at| call.legs.get_mut(at)) {
                wrap_up::clear(leg, &standings, now.wall);
            }
        });
        self.settle_call(id, now);
    }

    fn cleared(&mut self, event: &CallClearedEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.calls.contains_key(&id) {
            return self.unknown_call(None);
        }
        let standings = self.standings(id);
        self.change_known(id, |call| {
            for leg in &mut call.legs {
                wrap_up::clear(leg, &standings, now.wall);
            }
        });
        self.settle_call(id, now);
    }

    fn failed(&mut self, event: &CallFailedEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.calls.contains_key(&id) {
            return self.unknown_call(None);
        }
        let connection = self.party("", DeviceIdType::DEVICE_IDENTIFIER, connection!(event));
        let failing = self.party(&event.failing_device_id, event.failing_device_type, unconnected(id));
        self.change_known(id, |call| {
            call.identify("", &event.called_device_id);
            let at = call.find(&connection).or_else(|| call.find(&failing));
            let at = at.or_else(|| call.legs.iter().position(|leg| leg.calling));
            if let Some(leg) = at.and_then(|at| call.legs.get_mut(at)) {
                leg.enter(LegState::Failed, now.wall);
                leg.cause = cause_of_failure(event.event_cause);
            }
        });
    }

    fn data_updated(&mut self, event: &CallDataUpdateEvent, _now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.calls.contains_key(&id) {
            return self.unknown_call(None);
        }
        self.told_of_call(id, &told!(event), |call| call.be_of_type(event.call_type.0));
        let new = CallId(event.new_connection_call_id);
        if new != id && new.0 != 0 && new.0 != ged188::NULL_ID {
            self.rekey(id, new);
        }
    }

    /// The call goes on under another id: DELETE and POST, and the devices are read again.
    fn rekey(&mut self, old: CallId, new: CallId) {
        self.counters.merged_calls += 1;
        let readers = self.calls.get(&old).map(Call::readers).unwrap_or_default();
        let mut moved = self.calls.get(&old).cloned();
        self.drop_call(old);
        if let Some(call) = moved.take().filter(|_| !self.calls.contains_key(&new)) {
            self.open_call(new);
            self.change_known(new, |fresh| {
                *fresh = Call { id: new, touched: fresh.touched, ..call };
                fresh.legs.iter_mut().for_each(|leg| leg.party.connection.id = new);
            });
        }
        readers.iter().for_each(|agent| self.read_device(agent));
    }

    /// Transfers and conferences are later work: the devices concerned are read again, which is the truth.
    fn merged<'a>(&mut self, primary: CallId, secondary: CallId, parties: impl Iterator<Item = &'a str>) {
        self.counters.merged_calls += 1;
        let named = parties.filter_map(|device| self.devices.get(device).cloned());
        let readers =
            [primary, secondary].into_iter().filter_map(|id| self.calls.get(&id)).flat_map(Call::readers);
        let concerned: Vec<AgentId> = named.chain(readers).collect();
        concerned.iter().for_each(|agent| self.read_device(agent));
    }

    fn ended(&mut self, event: &EndCallEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.calls.contains_key(&id) {
            return self.unknown_call(None);
        }
        self.change_known(id, |call| {
            call.over = true;
            for leg in call.legs.iter_mut().filter(|leg| leg.state != LegState::WrapUp) {
                leg.set(LegState::Dropped, Some(now.wall));
                leg.listed = false;
            }
        });
    }

    /// An id may be used again: what is left of the call before goes first.
    fn end_the_dead(&mut self, id: CallId) {
        if self.calls.get(&id).is_some_and(Call::is_dead) {
            self.drop_call(id);
        }
    }

    /// Out of every collection, and forgotten.
    pub(crate) fn drop_call(&mut self, id: CallId) {
        self.change_call(id, |call| {
            call.over = true;
            call.legs.iter_mut().for_each(|leg| leg.listed = false);
        });
    }

    /// News of a call that nobody told of: if it is on an agent's device, that device is read.
    fn unknown_call(&mut self, agent: Option<&AgentId>) {
        self.counters.unknown_calls += 1;
        if let Some(agent) = agent {
            self.read_device(agent);
        }
    }

    fn change_known(&mut self, id: CallId, change: impl FnOnce(&mut Call)) {
        let heard = self.heard;
        self.change_call(id, |call| {
            call.touched = heard;
            change(call);
        });
    }

    fn told_of_call(&mut self, id: CallId, told: &Told<'_>, change: impl FnOnce(&mut Call)) {
        let mut left_out = 0;
        self.change_known(id, |call| {
            left_out = call.data.apply(told);
            change(call);
        });
        self.counters.too_many_variables += left_out;
    }

    /// The party at a device, with the agent who is signed in there.
    pub(crate) fn party(&self, device: &str, kind: DeviceIdType, connection: CallRef) -> Party {
        let named = if device.is_empty() { connection.device.as_str() } else { device };
        let agent = self.devices.get(named).cloned();
        let extension =
            agent.as_ref().and_then(|id| self.agents.get(id)).map(|agent| &agent.status.extension);
        let address =
            extension.filter(|extension| !extension.is_empty()).map_or(named, String::as_str).to_owned();
        Party {
            address,
            agent_device: agent.is_some() || kind == DeviceIdType::AGENT_DEVICE,
            agent,
            connection,
        }
    }

    /// The calling party of an event that does not name its connection.
    fn caller(&self, device: &str, ani: &str, kind: DeviceIdType, id: CallId) -> Party {
        let device = if device.is_empty() { ani } else { device };
        self.party(device, kind, unconnected(id))
    }
}

/// A connection that the event does not name.
fn unconnected(id: CallId) -> CallRef {
    CallRef { id, device_type: ConnectionDeviceIdType::STATIC, device: String::new() }
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
