//! A client that believes events only. It has to end up with the truth.

use std::collections::BTreeMap;

use ged188::*;
use switch::Truth;

/// What events told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shadow {
    agents: BTreeMap<String, ShadowAgent>,
    calls: BTreeMap<u32, ShadowCall>,
}

/// State, reason, phone, what happens after the call.
type ShadowAgent = (u16, u16, String, Option<u16>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ShadowCall {
    kind: u16,
    from: String,
    to: String,
    legs: BTreeMap<String, u16>,
    variables: Vec<String>,
    ecc: BTreeMap<String, String>,
    wrap_up_data: String,
}

impl Shadow {
    /// What a client would know that was there all the time.
    pub(crate) fn of(truth: &Truth) -> Self {
        let agents = truth.agents.iter().map(|agent| {
            let told = (agent.state_code, agent.reason, agent.extension.clone(), agent.pending_code);
            (agent.id.clone(), told)
        });
        let calls = truth.calls.iter().filter(|call| call.told).map(|call| {
            let told = ShadowCall {
                kind: in_short(call.call_type),
                from: call.from.clone(),
                to: call.to.clone(),
                legs: call.parties.iter().map(|party| (party.device.clone(), party.state_code)).collect(),
                variables: call.variables.clone(),
                ecc: call.ecc.clone(),
                wrap_up_data: call.wrap_up_data.clone(),
            };
            (call.id, told)
        });
        Self { agents: agents.collect(), calls: calls.collect() }
    }

    /// Believes a message.
    pub(crate) fn apply(&mut self, message: &Message) {
        match message {
            Message::AgentStateEvent(event) => self.on_agent(event),
            Message::BeginCallEvent(event) => self.on_begin(event),
            Message::CallServiceInitiatedEvent(e) => self.leg(e.connection_call_id, &e.calling_device_id, 1),
            Message::CallOriginatedEvent(e) => self.leg(e.connection_call_id, &e.calling_device_id, 3),
            Message::CallDeliveredEvent(e) => self.leg(e.connection_call_id, &e.alerting_device_id, 2),
            Message::CallEstablishedEvent(e) => self.leg(e.connection_call_id, &e.answering_device_id, 3),
            Message::CallHeldEvent(e) => self.leg(e.connection_call_id, &e.holding_device_id, 4),
            Message::CallRetrievedEvent(e) => self.leg(e.connection_call_id, &e.retrieving_device_id, 3),
            Message::CallFailedEvent(e) => self.leg(e.connection_call_id, &e.failing_device_id, 6),
            Message::CallDivertedEvent(e) => self.gone(e.connection_call_id, &e.diverting_device_id),
            Message::CallConnectionClearedEvent(e) => self.gone(e.connection_call_id, &e.releasing_device_id),
            Message::CallTransferredEvent(e) => {
                let parties = e.parties.iter().map(|party| party.connected_party_device_id.as_str());
                self.merged(e.primary_call_id, e.secondary_call_id, &parties.collect::<Vec<_>>());
            }
            Message::CallConferencedEvent(e) => {
                let parties = e.parties.iter().map(|party| party.connected_party_device_id.as_str());
                self.merged(e.primary_call_id, e.secondary_call_id, &parties.collect::<Vec<_>>());
                self.leg(e.primary_call_id, &e.controller_device_id, 3);
            }
            Message::EndCallEvent(e) => drop(self.calls.remove(&e.connection_call_id)),
            Message::CallClearedEvent(e) => drop(self.calls.remove(&e.connection_call_id)),
            Message::CallDataUpdateEvent(event) => self.on_data(event),
            _ => {}
        }
    }

    fn on_agent(&mut self, event: &AgentStateEvent) {
        let signed_out = event.agent_state == AgentState::LOGOUT;
        let extension = if signed_out { String::new() } else { event.agent_extension.clone() };
        let told = (
            event.agent_state.0,
            event.event_reason_code,
            extension,
            event.next_agent_state.map(|state| state.0),
        );
        self.agents.insert(event.agent_id.clone(), told);
    }

    fn on_begin(&mut self, event: &BeginCallEvent) {
        let outside = matches!(in_short(event.call_type.0), 2 | 6 | 7 | 18);
        let caller = outside.then(|| (event.ani.clone(), LocalConnectionState::CONNECT.0));
        let call = ShadowCall {
            kind: in_short(event.call_type.0),
            from: event.ani.clone(),
            to: event.dialed_number.clone(),
            legs: caller.into_iter().collect(),
            variables: event.call_variables.to_vec(),
            ecc: ecc(&event.named_variables, &event.named_arrays),
            wrap_up_data: event.call_wrapup_data.clone(),
        };
        self.calls.insert(event.connection_call_id, call);
    }

    /// The parties of a call are these, with the states they had on it or on the call that was merged into it.
    fn merged(&mut self, id: u32, merged: u32, parties: &[&str]) {
        let old = self.calls.get(&merged).map(|call| call.legs.clone()).unwrap_or_default();
        if let Some(call) = self.calls.get_mut(&id) {
            let known = |device: &str| call.legs.get(device).or(old.get(device)).copied();
            let legs = parties.iter().filter_map(|device| Some(((*device).to_owned(), known(device)?)));
            call.legs = legs.collect();
        }
    }

    fn on_data(&mut self, event: &CallDataUpdateEvent) {
        if let Some(call) = self.calls.get_mut(&event.connection_call_id) {
            call.kind = in_short(event.call_type.0);
            call.variables = event.call_variables.to_vec();
            call.ecc = ecc(&event.named_variables, &event.named_arrays);
            call.wrap_up_data.clone_from(&event.call_wrapup_data);
        }
    }

    fn leg(&mut self, call: u32, device: &str, state: u16) {
        if let Some(call) = self.calls.get_mut(&call) {
            call.legs.insert(device.into(), state);
        }
    }

    fn gone(&mut self, call: u32, device: &str) {
        if let Some(call) = self.calls.get_mut(&call) {
            call.legs.remove(device);
        }
    }
}

/// Reservations and customers of campaigns as sessions before version 19 know them.
fn in_short(kind: u16) -> u16 {
    match kind {
        27..=31 => 18,
        32..=37 => 7,
        kind => kind,
    }
}

fn ecc(named: &[NamedVariable], arrays: &[NamedArray]) -> BTreeMap<String, String> {
    let arrays = arrays.iter().map(|item| (format!("{}[{}]", item.name, item.index), item.value.clone()));
    named.iter().map(|item| (item.name.clone(), item.value.clone())).chain(arrays).collect()
}
