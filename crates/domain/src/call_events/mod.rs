//! Call events to dialogs (mapping.md section 3.1), one file a family. One event is one change of one call, or of two
//! that become one; `publish` finds out what each agent sees of it.
//!
//! ```text
//! placing       BEGIN_CALL ... ESTABLISHED, FAILED       a call on its way to somebody
//! talking       HELD, RETRIEVED, DIVERTED, CLEARED, END  what its parties do
//! consulting    COC*, CONSULTATION_CALL_CONF, CallType   which two calls belong together
//! transferring, conferencing ─▶ merging                  two calls become one
//! updating      CALL_DATA_UPDATE                         data, and another id
//! ```

mod conferencing;
mod consulting;
mod merging;
mod placing;
mod talking;
mod transferring;
mod updating;

use ged188::{ConnectionDeviceIdType, DeviceIdType, Message};

use crate::call_data::Told;
use crate::calls::{Call, CallRef, Party};
use crate::campaigns::RESPONSE;
use crate::domain::Domain;
use crate::ids::{CallId, Now};

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
        $crate::calls::CallRef {
            id: $crate::ids::CallId($event.connection_call_id),
            device_type: $event.connection_device_id_type,
            device: $event.connection_device_id.clone(),
        }
    };
}

/// The device that an event names, its type, and the connection beside it.
macro_rules! party {
    ($domain:expr, $event:expr, $device:ident, $kind:ident) => {
        $domain.party(&$event.$device, $event.$kind, $crate::call_events::connection!($event))
    };
}
use connection;
use party;

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
            Message::CallConferencedEvent(event) => self.conferenced(event, now),
            Message::CallTransferredEvent(event) => self.transferred(event, now),
            _ => self.counters.ignored_messages += 1,
        }
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

    /// News of a call that nobody told of: if it is on an agent's device, that device is read, and the call itself,
    /// because the device may leave it out (CTI-18b).
    fn unknown_call(&mut self, party: Option<&Party>, now: Now) {
        self.counters.unknown_calls += 1;
        let Some(party) = party else { return };
        if let Some(agent) = &party.agent {
            self.read_device(agent);
            self.ask_about(party.connection.clone(), now);
        }
    }

    fn change_known(&mut self, id: CallId, change: impl FnOnce(&mut Call)) {
        let heard = self.heard;
        self.change_call(id, |call| {
            call.touched = heard;
            change(call);
        });
    }

    fn told_of_call(&mut self, id: CallId, told: &Told<'_>, now: Now, change: impl FnOnce(&mut Call)) {
        let mut left_out = 0;
        let response = told.named.iter().find(|variable| variable.name == RESPONSE);
        self.change_known(id, |call| {
            left_out = call.data.apply(told);
            response.into_iter().for_each(|response| call.hear_response(&response.value));
            change(call);
            call.show_acceptance(now.wall);
        });
        self.counters.too_many_variables += left_out;
        let readers = self.calls.get(&id).map(Call::readers).unwrap_or_default();
        readers.iter().for_each(|agent| self.recognize_reservation(agent));
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
