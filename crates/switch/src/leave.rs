//! Leaving a call: hanging up, dropping somebody else from a conference, clearing everybody.

use std::time::Duration;

use ged188::ControlFailureCode as Code;

use crate::call::{Call, Leg, Place, Stage, Task};
use crate::refusal::Refusal;
use crate::switch::Switch;
use crate::timers::Timer;

impl Switch {
    /// A party leaves the call. The last one cannot stay alone.
    ///
    /// # Errors
    /// 13 unknown connection, 22 the phone is only listened to on this call.
    pub(crate) fn hang_up(&mut self, id: u32, device: &str, now: Duration) -> Result<(), Refusal> {
        self.may_leave(id, device)?;
        self.leave(id, device, now);
        self.follow_freed(now);
        Ok(())
    }

    /// A party of a conference drops another one.
    ///
    /// # Errors
    /// 13 one of the two is not on the call, 22 the call is no conference.
    pub(crate) fn drop_other(
        &mut self,
        id: u32,
        requester: &str,
        party: &str,
        now: Duration,
    ) -> Result<(), Refusal> {
        self.leg(id, requester)?;
        self.leg(id, party)?;
        if !self.calls.get(id).is_some_and(Call::is_conference) {
            return Err(Refusal::control(Code::INVALID_OBJECT_STATE));
        }
        self.hang_up(id, party, now)
    }

    /// Everybody leaves the call.
    ///
    /// # Errors
    /// 13 unknown connection, 22 the phone is only listened to on this call.
    pub(crate) fn clear(&mut self, id: u32, device: &str, now: Duration) -> Result<(), Refusal> {
        self.may_leave(id, device)?;
        self.withdraw(id, now);
        self.end_call(id, now);
        self.follow_freed(now);
        Ok(())
    }

    /// A party leaves; its agent is to follow with [`Switch::follow_freed`].
    pub(crate) fn leave(&mut self, id: u32, device: &str, now: Duration) {
        if self.calls.get(id).is_some_and(|call| rings_routed(call, device)) {
            self.ring_no_answer(id, device, now);
            return;
        }
        if self.calls.get(id).is_some_and(|call| call.others(device).next().is_none()) {
            self.withdraw(id, now);
        }
        self.drop_party(id, device);
        self.end_if_over(id, now);
    }

    /// Ends a call that nobody of ours, or only one party, is left on.
    pub(crate) fn end_if_over(&mut self, id: u32, now: Duration) {
        let Some(call) = self.calls.get(id) else { return };
        let waits = match call.stage {
            Stage::Queued { .. } | Stage::Reserved { .. } => !call.parties.is_empty(),
            Stage::Ringing { .. } | Stage::Up | Stage::Failed | Stage::Over { .. } => call.parties.len() > 1,
        };
        if call.live() && !(waits && call.is_ours()) {
            self.end_call(id, now);
        }
    }

    /// Agents follow the phones that lost a call, once the events of the call are out. Who listened to that call listens
    /// no more.
    pub(crate) fn follow_freed(&mut self, now: Duration) {
        for phone in self.freed_phones.clone() {
            self.end_unheard(&phone, now);
        }
        for phone in std::mem::take(&mut self.freed_phones) {
            if let Some(agent) = self.agent_at(&phone) {
                self.unreserve(&agent, None, now);
            }
            self.follow_phone(&phone, now);
        }
    }

    /// Notes that a phone of ours lost a call.
    pub(crate) fn freed(&mut self, device: &str) {
        if self.phones.contains_key(device) {
            self.freed_phones.push(device.into());
            self.route_due = true;
        }
    }

    fn drop_party(&mut self, id: u32, device: &str) {
        let Some(party) = self.calls.leave(id, device) else { return };
        self.tell_connection_cleared(id, &party);
        if party.place == Place::Inside {
            self.freed(&party.device);
        }
    }

    pub(crate) fn end_call(&mut self, id: u32, now: Duration) {
        self.dialer.over(id);
        let devices: Vec<String> =
            self.calls.get(id).into_iter().flat_map(|call| &call.parties).map(|p| p.device.clone()).collect();
        for device in &devices {
            self.drop_party(id, device);
        }
        let until = now + self.config.call_data_window;
        self.calls.set_stage(id, Stage::Over { until });
        self.tell_cleared(id);
        if self.calls.get(id).is_some_and(|call| call.told) {
            self.timers.set(until, Timer::CallData { call: id });
        } else {
            self.calls.remove(id);
        }
    }
}

fn rings_routed(call: &Call, device: &str) -> bool {
    call.party(device)
        .is_some_and(|party| party.leg == Leg::Alerting && matches!(party.task, Task::Routed { .. }))
}
