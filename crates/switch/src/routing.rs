//! Routed calls: the queue of each skill group, the agent who has been available longest, ringing, no answer.

use std::time::Duration;

use ged188::EventCause;

use crate::agents::AcdState;
use crate::call::{Leg, Party, Place, Stage, Task};
use crate::desk::CALL_NOT_ANSWERED;
use crate::switch::Switch;
use crate::timers::Timer;

impl Switch {
    /// Puts a call into the queue of a skill group: at the front if it comes back from an agent.
    pub(crate) fn enqueue(&mut self, call: u32, group: u32, again: bool, now: Duration) {
        self.calls.set_stage(call, Stage::Queued { group, since: now });
        let queue = self.queues.entry(group).or_default();
        if again {
            queue.push_front(call);
        } else {
            queue.push_back(call);
        }
        self.tell_queued(call, group);
        self.route_due = true;
    }

    /// Brings waiting calls and available agents together, until one of them runs out.
    pub(crate) fn route(&mut self, now: Duration) {
        while std::mem::take(&mut self.route_due) {
            while let Some((call, group, agent)) = self.next_match() {
                self.reserve(call, group, &agent, now);
            }
        }
    }

    /// The phone of the reserved agent rings.
    pub(crate) fn deliver(&mut self, id: u32, now: Duration) {
        let Some(Stage::Reserved { group, device, until }) =
            self.calls.get(id).map(|call| call.stage.clone())
        else {
            return;
        };
        if until > now {
            return;
        }
        self.ring_inside(id, &device, Task::Routed { group }, now);
    }

    /// A phone of ours rings: a routed call for a while, any other until somebody does something.
    pub(crate) fn ring_inside(&mut self, id: u32, device: &str, task: Task, now: Duration) {
        let until = match task {
            Task::Routed { .. } => Some(now + self.config.desk.ring_no_answer_time),
            Task::Campaign { .. } | Task::Out | Task::Other => None,
        };
        let party = Party {
            device: device.into(),
            place: Place::Inside,
            caller: false,
            task,
            leg: Leg::Alerting,
            since: now,
        };
        self.calls.join(id, party);
        self.set_ringing(id, device, until);
        self.tell_begin(id, device);
        self.tell_delivered(id, device);
    }

    pub(crate) fn set_ringing(&mut self, id: u32, device: &str, until: Option<Duration>) {
        self.calls.set_stage(id, Stage::Ringing { device: device.into(), until });
        if let Some(at) = until {
            self.timers.set(at, Timer::Ringing { call: id });
        }
    }

    /// Ringing came to its end by itself.
    pub(crate) fn end_ringing(&mut self, id: u32, now: Duration) {
        let Some(Stage::Ringing { device, until }) = self.calls.get(id).map(|call| call.stage.clone()) else {
            return;
        };
        if until.is_none_or(|at| at > now) {
            return;
        }
        if self.phones.contains_key(&device) {
            self.ring_no_answer(id, &device, now);
        } else {
            self.establish(id, &device, now);
        }
    }

    /// A routed call leaves a phone unanswered: the agent becomes Not Ready, the call waits for another.
    pub(crate) fn ring_no_answer(&mut self, id: u32, device: &str, now: Duration) {
        let task = self.calls.get(id).and_then(|call| call.party(device)).map(|party| party.task);
        let Some(Task::Routed { group }) = task else { return };
        self.calls.leave(id, device);
        self.tell_diverted(id, device, EventCause::REDIRECTED);
        if let Some(agent) = self.agent_at(device) {
            self.unreserve(&agent, Some(AcdState::NotReady { reason: CALL_NOT_ANSWERED }), now);
        }
        self.enqueue(id, group, true, now);
    }

    /// The caller gave up while waiting or while an agent was reserved.
    pub(crate) fn withdraw(&mut self, id: u32, now: Duration) {
        match self.calls.get(id).map(|call| call.stage.clone()) {
            Some(Stage::Queued { group, .. }) => self.leave_queue(id, group),
            Some(Stage::Reserved { device, .. }) => {
                self.tell_pre_call_abort(id, &device);
                if let Some(agent) = self.agent_at(&device) {
                    self.unreserve(&agent, None, now);
                }
            }
            Some(Stage::Ringing { .. } | Stage::Up | Stage::Failed | Stage::Over { .. }) | None => {}
        }
    }

    /// Calls that wait for a skill group, the oldest first.
    pub fn waiting(&self, group: u32) -> impl Iterator<Item = u32> {
        self.queues.get(&group).into_iter().flatten().copied()
    }

    fn next_match(&self) -> Option<(u32, u32, String)> {
        self.queues.iter().find_map(|(group, queue)| {
            let call = queue.front()?;
            Some((*call, *group, self.longest_available(*group)?))
        })
    }

    fn longest_available(&self, group: u32) -> Option<String> {
        let fits = |id: &String| {
            self.agents.get(id).is_some_and(|agent| {
                let phone = agent.extension.as_deref().unwrap_or_default();
                agent.config.skill_groups.contains(&group) && self.calls.legs(phone).next().is_none()
            })
        };
        self.available.iter().map(|(_, id)| id).find(|id| fits(id)).cloned()
    }

    fn reserve(&mut self, id: u32, group: u32, agent: &str, now: Duration) {
        let Some(device) = self.agents.get(agent).and_then(|agent| agent.extension.clone()) else { return };
        self.leave_queue(id, group);
        let until = now + self.config.reserve_delay;
        if let Some(call) = self.calls.get_mut(id) {
            call.skill_group = Some(group);
            call.stage = Stage::Reserved { group, device: device.clone(), until };
        }
        if let Some(agent) = self.agents.get_mut(agent) {
            agent.call_group = Some(group);
        }
        self.tell_pre_call(id, &device);
        self.enter(agent, AcdState::Reserved, now);
        if self.config.reserve_delay.is_zero() {
            self.deliver(id, now);
        } else {
            self.timers.set(until, Timer::Deliver { call: id });
        }
    }

    fn leave_queue(&mut self, id: u32, group: u32) {
        if let Some(queue) = self.queues.get_mut(&group) {
            queue.retain(|waiting| *waiting != id);
        }
        self.tell_dequeued(id, group);
    }
}
