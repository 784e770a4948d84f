//! What phones and callers do: call, answer, hold, retrieve, hang up. Placing a call from a phone is in `dial`.
//!
//! The same for a hand on the phone and for a request over CTI.

use std::collections::BTreeMap;
use std::time::Duration;

use ged188::{CallType, ControlFailureCode as Code};

use crate::agents::AcdState;
use crate::calls::{Call, Leg, Party, Place, Stage};
use crate::config::WrapUp;
use crate::data::CallData;
use crate::refusal::Refusal;
use crate::switch::Switch;
use crate::timers::Timer;

/// Longest number that fits ANI and DialedNumber on the wire (40 bytes with the terminator).
const NUMBER_MAX: usize = 39;

impl Switch {
    /// Somebody outside calls a dialed number or a phone.
    ///
    /// # Errors
    /// 14 unknown number or a number that is none, 5 the caller is one of our phones, 33 the phone is busy,
    /// 31 too many calls.
    pub(crate) fn call_in(
        &mut self,
        from: &str,
        to: &str,
        data: &CallData,
        now: Duration,
    ) -> Result<u32, Refusal> {
        if !is_number(from) || self.phones.contains_key(from) {
            return Err(Refusal::control(Code::INVALID_CALLING_DEVICE));
        }
        let group = self.config.dialed_numbers.get(to).copied();
        match group {
            None if !self.phones.contains_key(to) => Err(Refusal::control(Code::INVALID_DESTINATION)),
            None if !self.phone_free(to) => Err(Refusal::control(Code::RESOURCE_BUSY)),
            Some(group) => {
                let id =
                    self.new_call(CallType::PREROUTE_ACD_IN, outside_caller(from, now), to, data, now)?;
                self.enqueue(id, group, false, now);
                Ok(id)
            }
            None => {
                let id = self.new_call(CallType::OTHER_IN, outside_caller(from, now), to, data, now)?;
                self.ring_inside(id, to, None, now);
                Ok(id)
            }
        }
    }

    /// A ringing party answers.
    ///
    /// # Errors
    /// 13 unknown connection, 28 it does not ring, 22 the phone is engaged.
    pub(crate) fn answer(&mut self, id: u32, device: &str, now: Duration) -> Result<(), Refusal> {
        if self.leg(id, device)? != Leg::Alerting {
            return Err(Refusal::control(Code::NO_CALL_TO_ANSWER));
        }
        if self.engaged_elsewhere(id, device) {
            return Err(Refusal::control(Code::INVALID_OBJECT_STATE));
        }
        self.establish(id, device, now);
        Ok(())
    }

    /// A party puts the call on hold.
    ///
    /// # Errors
    /// 13 unknown connection, 24 it is not connected, 22 nobody answered yet.
    pub(crate) fn hold(&mut self, id: u32, device: &str, now: Duration) -> Result<(), Refusal> {
        if self.leg(id, device)? != Leg::Connected {
            return Err(Refusal::control(Code::NO_ACTIVE_CALL));
        }
        if self.calls.get(id).is_none_or(|call| call.stage != Stage::Up) {
            return Err(Refusal::control(Code::INVALID_OBJECT_STATE));
        }
        self.calls.set_leg(id, device, Leg::Held, now);
        self.tell_held(id, device);
        self.follow_phone(device, now);
        Ok(())
    }

    /// A party takes the call back from hold.
    ///
    /// # Errors
    /// 13 unknown connection, 25 it is not held, 22 the phone is engaged.
    pub(crate) fn retrieve(&mut self, id: u32, device: &str, now: Duration) -> Result<(), Refusal> {
        if self.leg(id, device)? != Leg::Held {
            return Err(Refusal::control(Code::NO_HELD_CALL));
        }
        if self.engaged_elsewhere(id, device) {
            return Err(Refusal::control(Code::INVALID_OBJECT_STATE));
        }
        self.calls.set_leg(id, device, Leg::Connected, now);
        self.tell_retrieved(id, device);
        self.follow_phone(device, now);
        Ok(())
    }

    /// A party leaves the call. The last one cannot stay alone.
    ///
    /// # Errors
    /// 13 unknown connection.
    pub(crate) fn hang_up(&mut self, id: u32, device: &str, now: Duration) -> Result<(), Refusal> {
        let leg = self.leg(id, device)?;
        let routed = self.calls.get(id).is_some_and(|call| call.skill_group.is_some());
        if leg == Leg::Alerting && routed && self.phones.contains_key(device) {
            self.ring_no_answer(id, device, now);
            return Ok(());
        }
        self.withdraw(id, now);
        self.drop_party(id, device);
        if self.calls.get(id).is_some_and(is_alone) {
            self.end_call(id, now);
        } else {
            self.follow_freed(now);
        }
        Ok(())
    }

    /// Everybody leaves the call.
    ///
    /// # Errors
    /// 13 unknown connection.
    pub(crate) fn clear(&mut self, id: u32, device: &str, now: Duration) -> Result<(), Refusal> {
        self.leg(id, device)?;
        self.withdraw(id, now);
        self.end_call(id, now);
        Ok(())
    }

    /// A party sends tones.
    ///
    /// # Errors
    /// 13 unknown connection, 24 it is not connected, 3 no tones.
    pub(crate) fn dtmf(&mut self, id: u32, device: &str, digits: &str) -> Result<(), Refusal> {
        if self.leg(id, device)? != Leg::Connected {
            return Err(Refusal::control(Code::NO_ACTIVE_CALL));
        }
        let tones = |c: char| c.is_ascii_digit() || matches!(c, '*' | '#' | 'A'..='D' | 'a'..='d' | ',');
        if digits.is_empty() || !digits.chars().all(tones) {
            return Err(Refusal::control(Code::VALUE_OUT_OF_RANGE));
        }
        self.story("call", format!("{device} sends {digits} into call {id}"));
        Ok(())
    }

    /// A party is connected.
    pub(crate) fn establish(&mut self, id: u32, device: &str, now: Duration) {
        self.calls.set_leg(id, device, Leg::Connected, now);
        self.calls.set_stage(id, Stage::Up);
        self.tell_established(id, device);
        self.follow_phone(device, now);
    }

    /// Wrap-up rule and skill group of the call in progress at a phone.
    pub(crate) fn wrap_up_of(&self, phone: &str) -> Option<(WrapUp, Option<u32>)> {
        let legs = self.calls.legs(phone);
        let (call, party) = legs.filter(|(_, party)| party.leg != Leg::Alerting).last()?;
        let desk = &self.config.desk;
        let mode = match (party.caller, call.skill_group) {
            (true, _) if call.kind == CallType::OUT => desk.wrap_up_outgoing,
            (false, Some(_)) => desk.wrap_up_incoming,
            (true, _) | (false, None) => WrapUp::NotAllowed,
        };
        Some((mode, if party.caller { None } else { call.skill_group }))
    }

    /// The state of a connection.
    ///
    /// # Errors
    /// 13 unknown connection.
    pub(crate) fn leg(&self, id: u32, device: &str) -> Result<Leg, Refusal> {
        let party = self.calls.get(id).and_then(|call| call.party(device));
        party.map(|party| party.leg).ok_or(Refusal::control(Code::INVALID_CSTA_CONNECTION_IDENTIFIER))
    }

    pub(crate) fn new_call(
        &mut self,
        kind: CallType,
        caller: Party,
        to: &str,
        data: &CallData,
        now: Duration,
    ) -> Result<u32, Refusal> {
        if !self.calls.has_room() {
            return Err(Refusal::control(Code::GENERIC_SYSTEM_RESOURCE_AVAILABILITY));
        }
        self.check_data(data, &BTreeMap::new())?;
        let id = self.calls.fresh_id();
        self.router_key += 1;
        let mut call = Call {
            id,
            kind,
            home: caller.device.clone(),
            from: caller.device.clone(),
            to: to.into(),
            parties: vec![caller],
            variables: Default::default(),
            named: BTreeMap::new(),
            arrays: BTreeMap::new(),
            wrap_up_data: String::new(),
            router_key: self.router_key,
            skill_group: None,
            stage: Stage::Up,
            told: false,
            since: now,
        };
        data.apply(&mut call);
        self.calls.insert(call);
        self.story("call", format!("call {id} from {} to {to}", self.caller_name(id)));
        Ok(id)
    }

    fn drop_party(&mut self, id: u32, device: &str) {
        let Some(party) = self.calls.leave(id, device) else { return };
        self.tell_connection_cleared(id, &party);
        if party.place == Place::Inside {
            self.freed_phones.push(party.device);
            self.route_due = true;
        }
    }

    fn end_call(&mut self, id: u32, now: Duration) {
        let devices: Vec<String> =
            self.calls.get(id).into_iter().flat_map(|call| &call.parties).map(|p| p.device.clone()).collect();
        for device in &devices {
            self.drop_party(id, device);
        }
        let until = now + self.config.call_data_window;
        self.calls.set_stage(id, Stage::Over { until });
        self.tell_cleared(id);
        self.follow_freed(now);
        if self.calls.get(id).is_some_and(|call| call.told) {
            self.timers.set(until, Timer::CallData { call: id });
        } else {
            self.calls.remove(id);
        }
    }

    /// Agents follow the phones that lost a call, once the events of the call are out.
    fn follow_freed(&mut self, now: Duration) {
        for phone in std::mem::take(&mut self.freed_phones) {
            if let Some(agent) = self.agent_at(&phone) {
                self.unreserve(&agent, None, now);
            }
            self.follow_phone(&phone, now);
        }
    }

    fn engaged_elsewhere(&self, id: u32, device: &str) -> bool {
        self.calls.legs(device).any(|(call, party)| call.id != id && party.leg.engaged())
    }

    /// Neither engaged nor ringing, and no routed call is on its way to it.
    pub(crate) fn phone_free(&self, device: &str) -> bool {
        let agent = self.agent_at(device).and_then(|id| self.agents.get(&id));
        let reserved = agent.is_some_and(|agent| agent.state == AcdState::Reserved);
        !reserved && !self.calls.legs(device).any(|(_, p)| p.leg.engaged() || p.leg == Leg::Alerting)
    }

    fn caller_name(&self, id: u32) -> String {
        self.calls.get(id).map(|call| call.from.clone()).unwrap_or_default()
    }
}

/// A number that can be dialed and shown on the wire.
pub(crate) fn is_number(text: &str) -> bool {
    let dialable = |c: char| c.is_ascii_digit() || matches!(c, '+' | '*' | '#');
    !text.is_empty() && text.len() <= NUMBER_MAX && text.chars().all(dialable)
}

fn outside_caller(number: &str, now: Duration) -> Party {
    Party { device: number.into(), place: Place::Outside, caller: true, leg: Leg::Connected, since: now }
}

/// Nobody is left to speak with.
fn is_alone(call: &Call) -> bool {
    call.parties.len() < 2
}
