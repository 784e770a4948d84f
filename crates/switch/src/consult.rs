//! A phone with two calls: consulting about the first one, changing between them, going back.

use std::time::Duration;

use ged188::{CallType, ControlFailureCode as Code};

use crate::call::{Call, Consult, Leg};
use crate::data::CallData;
use crate::phone::is_number;
use crate::refusal::{self, Refusal};
use crate::switch::Switch;

impl Switch {
    /// A party holds its call and calls somebody to consult about it. The new call begins with the variables and
    /// the expanded call context of the first one, changed by `data`.
    ///
    /// # Errors
    /// 13 unknown connection, 22 it is not connected or nobody answered yet, 14 nothing that can be dialed or the
    /// party itself, 79 no line left, 31 too many calls, 67, 68, 73, 74 as [`Switch::check_data`].
    pub(crate) fn consult(
        &mut self,
        id: u32,
        device: &str,
        to: &str,
        data: &CallData,
        now: Duration,
    ) -> Result<u32, Refusal> {
        let about = self.may_consult(id, device, to)?;
        let data = CallData::of(about).with(data);
        let caller = self.calling(device, to, now);
        let second = self.new_call(CallType::CONSULT, caller, to, &data, now)?;
        if let Some(call) = self.calls.get_mut(second) {
            call.consult = Some(Consult { about: id, device: device.into() });
        }
        self.calls.set_leg(id, device, Leg::Held, now);
        self.tell_held(id, device);
        self.off_hook(second, device, now);
        self.far_end(second, device, to, now);
        Ok(second)
    }

    /// A party holds the call it speaks on and takes back the other.
    ///
    /// # Errors
    /// 13 unknown connection, 24 the active call is not connected, 22 nobody answered it yet, 25 the other call is
    /// not held.
    pub(crate) fn alternate(
        &mut self,
        active: u32,
        other: u32,
        device: &str,
        now: Duration,
    ) -> Result<(), Refusal> {
        let (speaks, waits) = (self.leg(active, device)?, self.leg(other, device)?);
        if speaks != Leg::Connected {
            return Err(Refusal::control(Code::NO_ACTIVE_CALL));
        }
        if waits != Leg::Held {
            return Err(Refusal::control(Code::NO_HELD_CALL));
        }
        if !self.is_up(active) {
            return Err(Refusal::control(Code::INVALID_OBJECT_STATE));
        }
        self.calls.set_leg(active, device, Leg::Held, now);
        self.tell_held(active, device);
        self.take_back(other, device, now);
        Ok(())
    }

    /// A party leaves the call it is engaged with and takes back the held one.
    ///
    /// # Errors
    /// 13 unknown connection, 24 the active call is not engaged, 25 the other call is not held.
    pub(crate) fn reconnect(
        &mut self,
        active: u32,
        held: u32,
        device: &str,
        now: Duration,
    ) -> Result<(), Refusal> {
        let (speaks, waits) = (self.leg(active, device)?, self.leg(held, device)?);
        if !speaks.engaged() {
            return Err(Refusal::control(Code::NO_ACTIVE_CALL));
        }
        if waits != Leg::Held {
            return Err(Refusal::control(Code::NO_HELD_CALL));
        }
        self.leave(active, device, now);
        self.take_back(held, device, now);
        self.follow_freed(now);
        Ok(())
    }

    /// The call that this one is a consultation about, while the consulting device is on both.
    pub(crate) fn consulted_about(&self, call: &Call) -> Option<Consult> {
        let consult = call.consult.as_ref()?;
        let about = self.calls.get(consult.about)?;
        (about.party(&consult.device).is_some() && call.party(&consult.device).is_some())
            .then(|| consult.clone())
    }

    fn may_consult(&self, id: u32, device: &str, to: &str) -> Result<&Call, Refusal> {
        let unknown = Refusal::control(Code::INVALID_CSTA_CONNECTION_IDENTIFIER);
        let connected = self.leg(id, device)? == Leg::Connected && self.is_phone(device);
        if !connected || !self.is_up(id) {
            return Err(Refusal::state(refusal::CONSULT_NOT_ACTIVE));
        }
        if !is_number(to) || to == device {
            return Err(Refusal::control(Code::INVALID_DESTINATION));
        }
        if !self.has_line(device) {
            return Err(Refusal::control(Code::REQUESTS_ON_DEVICE_EXCEEDED_REJECTION));
        }
        self.calls.get(id).ok_or(unknown)
    }

    fn take_back(&mut self, id: u32, device: &str, now: Duration) {
        self.calls.set_leg(id, device, Leg::Connected, now);
        self.tell_retrieved(id, device);
        self.follow_phone(device, now);
    }
}
