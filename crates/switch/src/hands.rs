//! Carrying out commands: the hands of callers and agents at their phones.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::call::{Leg, Party};
use crate::command::{Command, CommandError, Hand, Outcome, Phone, PhoneState};
use crate::data::CallData;
use crate::desk::Wish;
use crate::merge::Pair;
use crate::pair::CtiPair;
use crate::switch::Switch;

impl CtiPair {
    /// Does what a person, a caller or somebody who breaks things wants.
    ///
    /// # Errors
    /// [`CommandError`]: the switch refuses, nothing fits, or the command means nothing in this state.
    pub fn command(&mut self, command: Command, now: Duration) -> Result<Outcome, CommandError> {
        self.handle_timeout(now);
        let outcome = self.carry_out(command, now);
        self.finish(now);
        outcome
    }

    /// A command of the autopilot: what cannot be done is left undone.
    pub(crate) fn fly(&mut self, command: Command, now: Duration) {
        let done = self.carry_out(command.clone(), now);
        match (done, command) {
            (Ok(Outcome::Call(call)), Command::Consult { device, .. }) => {
                self.autopilot.consulted(call, &device, now);
            }
            (Ok(Outcome::Call(call)), Command::CallIn { from, .. }) => {
                self.autopilot.called(call, &from, now);
            }
            (Ok(_) | Err(_), _) => {}
        }
    }

    fn carry_out(&mut self, command: Command, now: Duration) -> Result<Outcome, CommandError> {
        let switch = &mut self.switch;
        match command {
            Command::CallIn { from, to, variables } => {
                let data = call_data(variables);
                return Ok(Outcome::Call(switch.call_in(&from, &to, &data, now)?));
            }
            Command::Dial { device, to } => {
                return Ok(Outcome::Call(switch.dial(&device, &to, &CallData::default(), now)?));
            }
            Command::Campaign(offer) => return Ok(Outcome::Call(switch.offer(&offer, now)?)),
            Command::Answer(hand) => {
                let call = find(switch, &hand, |party| party.leg == Leg::Alerting)?;
                switch.answer(call, &hand.device, now)?;
            }
            Command::Hold(hand) => {
                let call = find(switch, &hand, |party| party.leg == Leg::Connected)?;
                switch.hold(call, &hand.device, now)?;
            }
            Command::Retrieve(hand) => {
                let call = find(switch, &hand, |party| party.leg == Leg::Held)?;
                switch.retrieve(call, &hand.device, now)?;
            }
            Command::HangUp(hand) => {
                if !switch.end_nailed_line(&hand.device, now) {
                    let call = find(switch, &hand, |party| party.leg != Leg::Listened)?;
                    switch.hang_up(call, &hand.device, now)?;
                }
            }
            Command::Consult { device, to, call } => {
                let call = speaks(switch, &device, call)?;
                return Ok(Outcome::Call(switch.consult(call, &device, &to, &CallData::default(), now)?));
            }
            Command::CompleteTransfer(phone) => switch.transfer(pair(switch, &phone, speaking)?, now)?,
            Command::CompleteConference(phone) => switch.conference(pair(switch, &phone, speaking)?, now)?,
            Command::Alternate(phone) => {
                let Pair { held, active, device } = pair(switch, &phone, speaking)?;
                switch.alternate(active, held, device, now)?;
            }
            Command::Reconnect(phone) => {
                let Pair { held, active, device } = pair(switch, &phone, Leg::engaged)?;
                switch.reconnect(active, held, device, now)?;
            }
            Command::BlindTransfer { device, to, call } => {
                let call = speaks(switch, &device, call)?;
                switch.single_step_transfer(call, &device, &to, now)?;
            }
            Command::DropParty { device, party, call } => {
                let call = shared(switch, &device, &party, call)?;
                switch.drop_other(call, &device, &party, now)?;
            }
            Command::SendDtmf { device, digits, call } => {
                let call = speaks(switch, &device, call)?;
                switch.dtmf(call, &device, &digits)?;
            }
            Command::SetCallData { call, variables } => {
                switch.set_call_data(call, &call_data(variables), now)?;
            }
            Command::AgentState { agent, to } => phone_state(switch, &agent, to, now)?,
            fault => self.fault(fault, now)?,
        }
        Ok(Outcome::Done)
    }
}

/// The call that a hand means.
fn find(switch: &Switch, hand: &Hand, fits: impl Fn(&Party) -> bool) -> Result<u32, CommandError> {
    if let Some(call) = hand.call {
        return Ok(call);
    }
    let legs = switch.calls().legs(&hand.device).filter(|(_, party)| fits(party));
    the_only(&hand.device, legs.map(|(call, _)| call.id))
}

/// The call that a phone speaks on.
fn speaks(switch: &Switch, device: &str, call: Option<u32>) -> Result<u32, CommandError> {
    find(switch, &Hand { device: device.into(), call }, |party| speaking(party.leg))
}

/// The call that two parties are on.
fn shared(switch: &Switch, device: &str, party: &str, call: Option<u32>) -> Result<u32, CommandError> {
    let both = switch.calls().of_device(device).filter(|call| call.party(party).is_some());
    call.map_or_else(|| the_only(device, both.map(|call| call.id)), Ok)
}

/// The call that a phone is engaged with, and the held one: that which the first is a consultation about, or the only one.
fn pair<'a>(switch: &Switch, phone: &'a Phone, engaged: fn(Leg) -> bool) -> Result<Pair<'a>, CommandError> {
    let device = phone.device.as_str();
    let calls = |fits: fn(Leg) -> bool| {
        let legs = switch.calls().legs(device).filter(move |(_, party)| fits(party.leg));
        legs.map(|(call, _)| call)
    };
    let active = the_only(device, calls(engaged).map(|call| call.id))?;
    let about = switch.calls().get(active).and_then(|call| switch.consulted_about(call));
    let about = about.filter(|consult| consult.device == device).map(|consult| consult.about);
    let held =
        about.map_or_else(|| the_only(device, calls(|leg| leg == Leg::Held).map(|call| call.id)), Ok)?;
    Ok(Pair { held, active, device })
}

fn speaking(leg: Leg) -> bool {
    leg == Leg::Connected
}

/// The call, if there is exactly one.
fn the_only(device: &str, mut calls: impl Iterator<Item = u32>) -> Result<u32, CommandError> {
    match (calls.next(), calls.next()) {
        (Some(call), None) => Ok(call),
        (None, _) => Err(CommandError::NoCall(device.into())),
        (Some(_), Some(_)) => Err(CommandError::SeveralCalls(device.into())),
    }
}

fn call_data(mut variables: BTreeMap<String, String>) -> CallData {
    let wrap_up_data = variables.remove("wrapUpData");
    CallData { wrap_up_data, ..CallData::from_pairs(&variables) }
}

fn phone_state(switch: &mut Switch, id: &str, to: PhoneState, now: Duration) -> Result<(), CommandError> {
    let agent = switch.agent(id).ok_or_else(|| CommandError::NoAgent(id.into()))?;
    let wish = match to {
        PhoneState::Login { extension } => {
            let phone = extension.unwrap_or_else(|| agent.config.extension.clone());
            return Ok(switch.sign_in(id, None, &phone, now)?);
        }
        PhoneState::Logout(reason) => Wish::Logout { reason },
        PhoneState::NotReady(reason) => Wish::NotReady { reason },
        PhoneState::Ready => Wish::Available,
        PhoneState::Work => Wish::Work { ready: false },
        PhoneState::WorkReady => Wish::Work { ready: true },
    };
    Ok(switch.wish(id, wish, false, now)?)
}
