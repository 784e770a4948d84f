//! Two calls of one phone become one: transfer after a consultation, and conference.
//!
//! The held call survives and keeps its data; the parties of the active one move into it, each with the state it had.

use std::time::Duration;

use ged188::{CallType, ControlFailureCode as Code};

use crate::call::{Call, Leg, PARTIES_MAX, Party};
use crate::refusal::{self, Refusal};
use crate::switch::Switch;

/// The two connections of the device that brings two calls together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair<'a> {
    /// ConnectionCallID of the call on hold, which survives.
    pub(crate) held: u32,
    /// ConnectionCallID of the call in progress.
    pub(crate) active: u32,
    /// Whose connections they are.
    pub(crate) device: &'a str,
}

impl Switch {
    /// The device gives its held call to those it speaks with, and leaves.
    ///
    /// # Errors
    /// 13 unknown connection, 22 one call is not held or not established, or somebody is on both; 22 with 20999 for
    /// a conference that the device does not control, 38 too many parties.
    pub(crate) fn transfer(&mut self, pair: Pair<'_>, now: Duration) -> Result<(), Refusal> {
        self.may_merge(pair, 2).map_err(Misfit::in_transfer)?;
        let moved = self.move_parties(pair);
        self.calls.leave(pair.held, pair.device);
        self.became_transfer(pair.held);
        let to = moved.first().cloned().unwrap_or_default();
        self.tell_transferred(pair.held, Some(pair.active), pair.device, &to);
        self.tell_rehomed(pair.held);
        self.dialer.merged(pair.held, pair.active);
        self.end_data(pair.active);
        self.freed(pair.device);
        self.follow_freed(now);
        self.follow_all(&moved, now);
        self.end_if_over(pair.held, now);
        self.follow_freed(now);
        Ok(())
    }

    /// The device joins both calls and stays.
    ///
    /// # Errors
    /// As [`Switch::transfer`].
    pub(crate) fn conference(&mut self, pair: Pair<'_>, now: Duration) -> Result<(), Refusal> {
        self.may_merge(pair, 1).map_err(Misfit::in_conference)?;
        let moved = self.move_parties(pair);
        self.calls.set_leg(pair.held, pair.device, Leg::Connected, now);
        if let Some(call) = self.calls.get_mut(pair.held) {
            call.kind = CallType::CONFERENCE;
            call.consult = None;
            call.controller = Some(pair.device.into());
        }
        let added = moved.first().cloned().unwrap_or_default();
        self.tell_conferenced(pair.held, pair.active, pair.device, &added);
        self.tell_data(pair.held);
        self.dialer.merged(pair.held, pair.active);
        self.end_data(pair.active);
        self.follow_phone(pair.device, now);
        self.follow_all(&moved, now);
        Ok(())
    }

    /// A call that is transferred: a conference stays one while more than two are on it, and a consultation is none any
    /// more.
    pub(crate) fn became_transfer(&mut self, id: u32) {
        if let Some(call) = self.calls.get_mut(id) {
            let several = call.parties.len() > 2;
            call.kind = if several { CallType::CONFERENCE } else { CallType::TRANSFER_IN };
            call.consult = None;
        }
    }

    fn may_merge(&self, pair: Pair<'_>, leavers: usize) -> Result<(), Misfit> {
        let active = self.leg(pair.active, pair.device).map_err(|_| Misfit::ActiveUnknown)?;
        let held = self.leg(pair.held, pair.device).map_err(|_| Misfit::HeldUnknown)?;
        if held != Leg::Held || !self.is_up(pair.held) {
            return Err(Misfit::NotHeld);
        }
        if active != Leg::Connected || !self.is_up(pair.active) {
            return Err(Misfit::NotTalking);
        }
        let held = self.calls.get(pair.held).ok_or(Misfit::HeldUnknown)?;
        let active = self.calls.get(pair.active).ok_or(Misfit::ActiveUnknown)?;
        fit_together(held, active, pair.device, leavers)
    }

    /// Moves everybody but the device itself from the active call into the held one. The active call still knows
    /// who was on it, for its last event.
    fn move_parties(&mut self, pair: Pair<'_>) -> Vec<String> {
        let parties: Vec<Party> =
            self.calls.get(pair.active).into_iter().flat_map(|c| c.others(pair.device)).cloned().collect();
        let moved: Vec<String> = parties.iter().map(|party| party.device.clone()).collect();
        let all = moved.iter().map(String::as_str).chain([pair.device]);
        self.listen_on(pair.active, pair.held, &all.collect::<Vec<_>>());
        for party in parties {
            self.calls.join(pair.held, Party { caller: false, ..party });
        }
        self.keep_task(pair);
        moved
    }

    /// The device that consulted keeps the task of the call that it consulted about.
    fn keep_task(&mut self, pair: Pair<'_>) {
        let task = |id| self.calls.get(id).and_then(|call| call.party(pair.device)).map(|party| party.task);
        let Some(task) = task(pair.active) else { return };
        let Some(call) = self.calls.get_mut(pair.held).filter(|call| call.is_consult_of(pair.device)) else {
            return;
        };
        call.consult = None;
        call.set_task(pair.device, task);
    }

    /// Agents at phones whose call changed.
    fn follow_all(&mut self, devices: &[String], now: Duration) {
        for device in devices {
            self.follow_phone(device, now);
        }
    }
}

/// Why two calls cannot become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Misfit {
    ActiveUnknown,
    HeldUnknown,
    NotTalking,
    NotHeld,
    /// One is a conference, and somebody else controls it.
    NotTheController,
    /// Somebody else is on both.
    Twice,
    TooMany,
}

impl Misfit {
    fn in_transfer(self) -> Refusal {
        match self {
            Self::ActiveUnknown | Self::HeldUnknown => {
                Refusal::control(Code::INVALID_CSTA_CONNECTION_IDENTIFIER)
            }
            Self::NotTalking | Self::NotHeld | Self::Twice => Refusal::control(Code::INVALID_OBJECT_STATE),
            Self::NotTheController => Refusal::state(refusal::NOT_THE_CONTROLLER),
            Self::TooMany => Refusal::control(Code::CONFERENCE_MEMBER_LIMIT_EXCEEDED),
        }
    }

    /// The peripheral has reasons of its own for conferences (ged188.md section 9.1).
    fn in_conference(self) -> Refusal {
        let refusal = self.in_transfer();
        match self {
            Self::ActiveUnknown => refusal.because(refusal::CONFERENCE_ACTIVE),
            Self::HeldUnknown => refusal.because(refusal::CONFERENCE_HELD),
            Self::NotTalking => refusal.because(refusal::CONFERENCE_NOT_TALKING),
            Self::NotHeld => refusal.because(refusal::CONFERENCE_NOT_HELD),
            Self::NotTheController | Self::Twice | Self::TooMany => refusal,
        }
    }
}

fn fit_together(held: &Call, active: &Call, device: &str, leavers: usize) -> Result<(), Misfit> {
    let foreign = |call: &Call| call.is_conference() && call.controller.as_deref() != Some(device);
    if foreign(held) || foreign(active) {
        return Err(Misfit::NotTheController);
    }
    if active.others(device).any(|party| held.party(&party.device).is_some()) {
        return Err(Misfit::Twice);
    }
    if held.parties.len() + active.parties.len() > PARTIES_MAX + leavers {
        return Err(Misfit::TooMany);
    }
    Ok(())
}
