//! Carrying out commands: the hands of callers and agents at their phones.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::calls::{Leg, Party};
use crate::command::{Command, CommandError, Hand, Outcome, PhoneState};
use crate::data::CallData;
use crate::desk::Wish;
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
        let caller = match &command {
            Command::CallIn { from, .. } => from.clone(),
            _ => String::new(),
        };
        if let Ok(Outcome::Call(call)) = self.carry_out(command, now) {
            self.autopilot.called(call, &caller, now);
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
                let call = find(switch, &hand, |_| true)?;
                switch.hang_up(call, &hand.device, now)?;
            }
            Command::SetCallData { call, variables } => switch.set_call_data(call, &call_data(variables))?,
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
    let mut calls =
        switch.calls().legs(&hand.device).filter(|(_, party)| fits(party)).map(|(call, _)| call.id);
    match (calls.next(), calls.next()) {
        (Some(call), None) => Ok(call),
        (None, _) => Err(CommandError::NoCall(hand.device.clone())),
        (Some(_), Some(_)) => Err(CommandError::SeveralCalls(hand.device.clone())),
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
