//! Calls that a phone of ours places: to another phone, to a dialed number, to the outside.

use std::time::Duration;

use ged188::{CallType, ControlFailureCode as Code, EventCause};

use crate::call::{Leg, Party, Place, Stage, Task};
use crate::config::OutsideLine;
use crate::data::CallData;
use crate::phone::is_number;
use crate::refusal::Refusal;
use crate::switch::Switch;

impl Switch {
    /// A phone goes off hook and dials.
    ///
    /// # Errors
    /// 5 unknown phone, 14 nothing that can be dialed, 22 the phone is engaged, 31 too many calls.
    pub(crate) fn dial(
        &mut self,
        device: &str,
        to: &str,
        data: &CallData,
        now: Duration,
    ) -> Result<u32, Refusal> {
        if !self.phones.contains_key(device) {
            return Err(Refusal::control(Code::INVALID_CALLING_DEVICE));
        }
        if !is_number(to) {
            return Err(Refusal::control(Code::INVALID_DESTINATION));
        }
        if !self.phone_free(device) {
            return Err(Refusal::control(Code::INVALID_OBJECT_STATE));
        }
        let kind = if self.leads_outside(to) { CallType::OUT } else { CallType::AGENT_INSIDE };
        let id = self.new_call(kind, self.calling(device, to, now), to, data, now)?;
        self.off_hook(id, device, now);
        self.far_end(id, device, to, now);
        Ok(id)
    }

    /// A phone of ours as it begins to call a number.
    pub(crate) fn calling(&self, device: &str, to: &str, now: Duration) -> Party {
        Party {
            device: device.into(),
            place: Place::Inside,
            caller: true,
            task: if self.leads_outside(to) { Task::Out } else { Task::Other },
            leg: Leg::Initiated,
            since: now,
        }
    }

    /// Whether a number is neither a phone nor a dialed number of ours.
    pub(crate) fn leads_outside(&self, number: &str) -> bool {
        !self.phones.contains_key(number) && !self.config.dialed_numbers.contains_key(number)
    }

    pub(crate) fn off_hook(&mut self, id: u32, device: &str, now: Duration) {
        self.tell_begin(id, device);
        self.tell_service_initiated(id, device);
        self.follow_phone(device, now);
        self.calls.set_leg(id, device, Leg::Connected, now);
        self.tell_originated(id, device);
    }

    pub(crate) fn far_end(&mut self, id: u32, device: &str, to: &str, now: Duration) {
        if let Some(group) = self.config.dialed_numbers.get(to).copied() {
            self.enqueue(id, group, false, now);
        } else if self.phones.contains_key(to) {
            if self.phone_free(to) {
                self.ring_inside(id, to, Task::Other, now);
            } else {
                self.fail(id, device, EventCause::BUSY, now);
            }
        } else {
            self.dial_outside(id, device, to, now);
        }
    }

    fn dial_outside(&mut self, id: u32, device: &str, to: &str, now: Duration) {
        match self.config.outside_line(to) {
            OutsideLine::Busy => self.fail(id, device, EventCause::BUSY, now),
            OutsideLine::Unknown => self.fail(id, device, EventCause::DEST_NOT_OBTAINABLE, now),
            OutsideLine::Rings => self.ring_outside(id, to, None, now),
            OutsideLine::Answers(after) => self.ring_outside(id, to, Some(now + after), now),
        }
    }

    pub(crate) fn ring_outside(&mut self, id: u32, number: &str, until: Option<Duration>, now: Duration) {
        let party = Party {
            device: number.into(),
            place: Place::Outside,
            caller: false,
            task: Task::Other,
            leg: Leg::Alerting,
            since: now,
        };
        self.calls.join(id, party);
        self.set_ringing(id, number, until);
        self.tell_reached_network(id, number);
        self.tell_delivered(id, number);
    }

    fn fail(&mut self, id: u32, device: &str, cause: EventCause, now: Duration) {
        self.calls.set_leg(id, device, Leg::Failed, now);
        self.calls.set_stage(id, Stage::Failed);
        self.tell_failed(id, device, cause);
    }
}
