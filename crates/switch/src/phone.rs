//! What phones and callers do on one call: call in, answer, hold, retrieve, send tones. Placing a call from a phone is
//! in `dial`, leaving a call in `leave`.
//!
//! The same for a hand on the phone and for a request over CTI.

use std::collections::BTreeMap;
use std::time::Duration;

use ged188::{CallType, ControlFailureCode as Code};

use crate::agents::AcdState;
use crate::call::{Call, Leg, Party, Place, Stage, Task};
use crate::calls::CALLS_OF_DEVICE_MAX;
use crate::config::WrapUp;
use crate::data::CallData;
use crate::refusal::Refusal;
use crate::switch::Switch;

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
                self.ring_inside(id, to, Task::Other, now);
                Ok(id)
            }
        }
    }

    /// A ringing party answers.
    ///
    /// # Errors
    /// 13 unknown connection, 28 it does not ring (a campaign's reservation is no ringing), 22 the phone is engaged.
    pub(crate) fn answer(&mut self, id: u32, device: &str, now: Duration) -> Result<(), Refusal> {
        if self.leg(id, device)? != Leg::Alerting || self.dialer.calls.contains_key(&id) {
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
        if !self.is_up(id) {
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

    /// A party sends tones.
    ///
    /// # Errors
    /// 13 unknown connection, 22 nobody hears them, 3 no tones.
    pub(crate) fn dtmf(&mut self, id: u32, device: &str, digits: &str) -> Result<(), Refusal> {
        let leg = self.leg(id, device)?;
        if leg != Leg::Connected || !self.is_up(id) {
            return Err(Refusal::control(Code::INVALID_OBJECT_STATE));
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

    /// Wrap-up rule and skill group of the call in progress at a phone. What an agent asks a colleague or somebody
    /// outside belongs to the call that it is about.
    pub(crate) fn wrap_up_of(&self, phone: &str) -> Option<(WrapUp, Option<u32>)> {
        let legs = self.calls.legs(phone);
        let own = legs.filter(|(call, party)| counts(party.leg) && !call.is_consult_of(phone));
        let (_, party) = own.last()?;
        Some(match party.task {
            Task::Routed { group } | Task::Campaign { group } => {
                (self.config.desk.wrap_up_incoming, Some(group))
            }
            Task::Out => (self.config.desk.wrap_up_outgoing, None),
            Task::Other => (WrapUp::NotAllowed, None),
        })
    }

    /// Whether the call was answered and lives, and one can do more in it than leave it.
    pub(crate) fn is_up(&self, id: u32) -> bool {
        self.calls.get(id).is_some_and(|call| call.stage == Stage::Up && !call.is_session())
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
        self.check_data(data, None)?;
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
            controller: None,
            consult: None,
            monitor: None,
            stage: Stage::Up,
            told: false,
            since: now,
        };
        data.apply(&mut call);
        self.calls.insert(call);
        self.story("call", format!("call {id} from {} to {to}", self.caller_name(id)));
        Ok(id)
    }

    /// A phone of ours speaks on one call at a time; an outside number may be that of many people.
    fn engaged_elsewhere(&self, id: u32, device: &str) -> bool {
        let mut legs = self.calls.legs(device);
        self.is_phone(device) && legs.any(|(call, party)| call.id != id && party.leg.engaged())
    }

    /// Neither engaged nor ringing, and no routed call is on its way to it.
    pub(crate) fn phone_free(&self, device: &str) -> bool {
        let agent = self.agent_at(device).and_then(|id| self.agents.get(&id));
        let reserved = agent.is_some_and(|agent| agent.state == AcdState::Reserved);
        !reserved
            && self.has_line(device)
            && !self.calls.legs(device).any(|(_, p)| p.leg.engaged() || p.leg == Leg::Alerting)
    }

    /// Whether the phone can be on one more call.
    pub(crate) fn has_line(&self, device: &str) -> bool {
        self.calls.of_device(device).count() < CALLS_OF_DEVICE_MAX
    }

    fn caller_name(&self, id: u32) -> String {
        self.calls.get(id).map(|call| call.from.clone()).unwrap_or_default()
    }
}

/// Whether an agent is at work on a call in this state.
fn counts(leg: Leg) -> bool {
    !matches!(leg, Leg::Alerting | Leg::Listened)
}

/// A number that can be dialed and shown on the wire.
pub(crate) fn is_number(text: &str) -> bool {
    let dialable = |c: char| c.is_ascii_digit() || matches!(c, '+' | '*' | '#');
    !text.is_empty() && text.len() <= NUMBER_MAX && text.chars().all(dialable)
}

fn outside_caller(number: &str, now: Duration) -> Party {
    Party {
        device: number.into(),
        place: Place::Outside,
        caller: true,
        task: Task::Other,
        leg: Leg::Connected,
        since: now,
    }
}
