//! One change, one event: the public form before and after decides what is published, and to whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::agents::Agent;
use crate::calls::{Call, Leg};
use crate::command::{Change, Output};
use crate::domain::Domain;
use crate::ids::{AgentId, CallId};
use crate::requests::Object;
use crate::view::{DialogView, LegView};

/// Calls kept, those of no agent included: four for each of 16,384 devices. A snapshot names 16 a device at most.
const CALLS_MAX: usize = 65_536;

/// A call as clients see it.
pub(crate) struct Shown {
    dialog: DialogView,
    readers: Vec<AgentId>,
}

impl Domain {
    /// Changes an agent and publishes him if his public form changed.
    pub(crate) fn change_agent(&mut self, id: &AgentId, change: impl FnOnce(&mut Agent)) {
        let before = self.user(id);
        self.change_agent_quietly(id, change);
        if self.user(id) != before {
            self.publish_user(id);
        }
    }

    /// Changes what is known of an agent beside his state. It comes with his first request, so to one who is
    /// signed out it is no news: the event of his sign-in shows it.
    pub(crate) fn change_background(&mut self, id: &AgentId, change: impl FnOnce(&mut Agent)) {
        if self.agents.get(id).is_some_and(|agent| agent.status.state.signed_in()) {
            self.change_agent(id, change);
        } else {
            self.change_agent_quietly(id, change);
        }
    }

    /// Changes an agent; whoever calls sees to it that what a client can see of it is published.
    pub(crate) fn change_agent_quietly(&mut self, id: &AgentId, change: impl FnOnce(&mut Agent)) {
        if let Some(agent) = self.agents.get_mut(id) {
            change(agent);
        }
    }

    /// The user's event, with the request that it answers.
    pub(crate) fn publish_user(&mut self, id: &AgentId) {
        if !self.phase.is_live() {
            return;
        }
        let request = self.reflected(&Object::Agent(id.clone()), id);
        self.say(Change::User { agent: id.clone(), request });
    }

    /// Changes a call and publishes the difference to each agent who has it in his collection.
    pub(crate) fn change_call(&mut self, id: CallId, change: impl FnOnce(&mut Call)) {
        self.change_calls(&[id], |calls| {
            if let Some(call) = calls.get_mut(&id) {
                change(call);
            }
        });
    }

    /// Changes these calls in one piece and publishes the differences, in their order; then those of calls beside
    /// them that look different because of it.
    pub(crate) fn change_calls(&mut self, ids: &[CallId], change: impl FnOnce(&mut BTreeMap<CallId, Call>)) {
        let mut before: Vec<Shown> =
            ids.iter().filter_map(|id| self.calls.get(id)).map(|call| self.shown(call)).collect();
        let mut near = self.neighbours(ids);
        let on_desks = self.on_desks(ids);
        change(&mut self.calls);
        self.keep_marks(ids, &on_desks);
        before.iter().for_each(|shown| self.relist(shown));
        near.extend(self.neighbours(ids));
        before.extend(self.settle_surroundings(&near, ids));
        before.iter().for_each(|shown| self.publish_since(shown));
        for id in ids {
            self.forget_if_finished(*id);
        }
    }

    /// How a call looks now, and to whom.
    pub(crate) fn shown(&self, call: &Call) -> Shown {
        Shown { dialog: self.dialog_view(call), readers: call.readers() }
    }

    fn publish_since(&mut self, before: &Shown) {
        let Some(call) = self.calls.get(&before.dialog.id) else { return };
        let after = self.shown(call);
        self.publish_call(&before.dialog, after.dialog, &before.readers, &after.readers);
    }

    fn forget_if_finished(&mut self, id: CallId) {
        if self.calls.get(&id).is_some_and(Call::is_finished) {
            self.calls.remove(&id);
            self.reads.call_gone(id);
            self.rebuilds.forget(id);
        }
    }

    /// Keeps the collections of the agents in step with the legs.
    fn relist(&mut self, shown: &Shown) {
        let (id, before) = (shown.dialog.id, &shown.readers);
        let after = self.calls.get(&id).map(Call::readers).unwrap_or_default();
        for agent in before.iter().filter(|agent| !after.contains(agent)) {
            self.change_agent_quietly(agent, |agent| {
                agent.calls.remove(&id);
            });
        }
        for agent in after.iter().filter(|agent| !before.contains(agent)) {
            self.change_agent_quietly(agent, |agent| {
                agent.calls.insert(id);
            });
        }
    }

    fn publish_call(&mut self, before: &DialogView, after: DialogView, had: &[AgentId], have: &[AgentId]) {
        if !self.phase.is_live() {
            return;
        }
        let changed = is_seen(before, &after);
        let everybody: BTreeSet<&AgentId> = had.iter().chain(have).collect();
        for agent in everybody {
            match (had.contains(agent), have.contains(agent)) {
                (true, true) if changed => self.say_changed(agent, after.id),
                (false, true) => self.say_added(agent, after.id),
                (true, false) => self.say_removed(agent, last_form(before, after.clone())),
                (true, true) | (false, false) => {}
            }
        }
    }

    /// A dialog may look different because something beside the call has changed.
    pub(crate) fn publish_if_changed(&mut self, before: &DialogView) {
        let Some(call) = self.calls.get(&before.id) else { return };
        let (after, readers) = (self.dialog_view(call), call.readers());
        self.publish_call(before, after, &readers, &readers);
    }

    fn say_changed(&mut self, agent: &AgentId, call: CallId) {
        let request = self.reflected(&Object::Dialog(call), agent);
        self.say(Change::DialogChanged { agent: agent.clone(), call, request });
    }

    pub(crate) fn say_added(&mut self, agent: &AgentId, call: CallId) {
        let request = self.reflected_new_call(agent, call);
        self.say(Change::DialogAdded { agent: agent.clone(), call, request });
    }

    fn say_removed(&mut self, agent: &AgentId, dialog: DialogView) {
        let request = self.reflected(&Object::Dialog(dialog.id), agent);
        self.say(Change::DialogRemoved { agent: agent.clone(), dialog: Box::new(dialog), request });
    }

    pub(crate) fn say(&mut self, change: Change) {
        if self.untold.is_news(&change) {
            self.out.push_back(Output::Changed(change));
        }
    }

    /// Makes sure that there is a record of the call. False if there is no room.
    pub(crate) fn open_call(&mut self, id: CallId) -> bool {
        if self.calls.contains_key(&id) {
            return true;
        }
        if self.calls.len() >= CALLS_MAX && !self.forget_an_idle_call() {
            self.counters.too_many_calls += 1;
            return false;
        }
        self.calls.insert(id, Call::new(id));
        true
    }

    /// Room for a new call is made at the cost of one that no agent has.
    fn forget_an_idle_call(&mut self) -> bool {
        let idle = self.calls.values().find(|call| call.readers().is_empty()).map(|call| call.id);
        idle.is_some_and(|id| {
            self.rebuilds.forget(id);
            self.calls.remove(&id).is_some()
        })
    }

    /// The agent is signed out: his legs are no agent's any more, and his collection is empty.
    pub(crate) fn empty_collection(&mut self, id: &AgentId) {
        let is_his = |leg: &Leg| leg.party.agent.as_ref() == Some(id);
        let calls = self.agents.get(id).map(|agent| agent.calls.clone()).unwrap_or_default();
        for call in calls {
            self.change_call(call, |call| {
                for leg in call.legs.iter_mut().filter(|leg| is_his(leg)) {
                    leg.listed = false;
                    leg.party.agent = None;
                }
            });
        }
    }
}

/// The form in which a dialog leaves a collection: what depends on who has it is as its reader knew it.
pub(crate) fn last_form(known: &DialogView, now: DialogView) -> DialogView {
    let wrap_up = now.wrap_up_reason.as_ref();
    let wrap_up_reason = known.wrap_up_reason.as_ref().map(|reason| wrap_up.unwrap_or(reason).clone());
    DialogView { call_type: known.call_type, wrap_up_reason, rebuilding: false, ..now }
}

/// Whether a client can tell the two forms apart: who sits at a device is not part of a dialog's document.
pub(crate) fn is_seen(before: &DialogView, after: &DialogView) -> bool {
    let same_leg = |(one, other): (&LegView, &LegView)| {
        LegView { agent: None, ..one.clone() } == LegView { agent: None, ..other.clone() }
    };
    let without_legs = |dialog: &DialogView| DialogView { legs: Vec::new(), ..dialog.clone() };
    let same_legs =
        before.legs.len() == after.legs.len() && before.legs.iter().zip(&after.legs).all(same_leg);
    !same_legs || without_legs(before) != without_legs(after)
}
