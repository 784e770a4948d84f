//! Single-step transfer: a party gives its call to a number and leaves before anybody answers.

use std::time::Duration;

use ged188::ControlFailureCode as Code;

use crate::call::{Call, Leg, Task};
use crate::config::OutsideLine;
use crate::phone::is_number;
use crate::refusal::Refusal;
use crate::switch::Switch;

/// Where a call goes.
#[derive(Clone, Copy, Debug)]
enum Destination {
    /// Into the queue of a skill group.
    Queue(u32),
    /// To a phone of ours.
    Phone,
    /// Outside; `None` rings until a command answers it.
    Outside(Option<Duration>),
}

impl Switch {
    /// A party gives its call to a number and leaves.
    ///
    /// # Errors
    /// 13 unknown connection, 22 it is not connected, nobody answered yet or more than two are on the call,
    /// 14 nothing that can be dialed or somebody who is on the call, 33 the destination is engaged.
    pub(crate) fn single_step_transfer(
        &mut self,
        id: u32,
        device: &str,
        to: &str,
        now: Duration,
    ) -> Result<(), Refusal> {
        let there = self.may_redirect(id, device, to)?;
        self.step_aside(id, device, to, now);
        match there {
            Destination::Queue(group) => self.enqueue(id, group, false, now),
            Destination::Phone => self.ring_inside(id, to, Task::Other, now),
            Destination::Outside(after) => {
                self.ring_outside(id, to, after.map(|after| now + after), now);
                self.end_if_over(id, now);
            }
        }
        Ok(())
    }

    fn may_redirect(&self, id: u32, device: &str, to: &str) -> Result<Destination, Refusal> {
        let leg = self.leg(id, device)?;
        let pair = |call: &Call| call.parties.len() == 2;
        if leg != Leg::Connected
            || !self.is_phone(device)
            || !(self.is_up(id) && self.calls.get(id).is_some_and(pair))
        {
            return Err(Refusal::control(Code::INVALID_OBJECT_STATE));
        }
        if !is_number(to) || self.leg(id, to).is_ok() {
            return Err(Refusal::control(Code::INVALID_DESTINATION));
        }
        self.destination(to)
    }

    /// The transferring party leaves; the other one waits.
    fn step_aside(&mut self, id: u32, device: &str, to: &str, now: Duration) {
        self.calls.leave(id, device);
        self.became_transfer(id);
        if let Some(call) = self.calls.get_mut(id) {
            call.skill_group = None;
        }
        self.tell_transferred(id, None, device, to);
        self.tell_rehomed(id);
        self.freed(device);
        self.follow_freed(now);
    }

    fn destination(&self, to: &str) -> Result<Destination, Refusal> {
        if let Some(group) = self.config.dialed_numbers.get(to) {
            return Ok(Destination::Queue(*group));
        }
        if self.is_phone(to) {
            let busy = Refusal::control(Code::RESOURCE_BUSY);
            return if self.phone_free(to) { Ok(Destination::Phone) } else { Err(busy) };
        }
        match self.config.outside_line(to) {
            OutsideLine::Busy => Err(Refusal::control(Code::RESOURCE_BUSY)),
            OutsideLine::Unknown => Err(Refusal::control(Code::INVALID_DESTINATION)),
            OutsideLine::Rings => Ok(Destination::Outside(None)),
            OutsideLine::Answers(after) => Ok(Destination::Outside(Some(after))),
        }
    }
}
