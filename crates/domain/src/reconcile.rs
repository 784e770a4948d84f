//! Putting together what was read, and finding out what clients have not been told (mapping.md section 9; CTI-13).

use std::collections::BTreeMap;

use ged188::DeviceIdType;

use crate::calls::{Call, Ending, Leg};
use crate::command::Change;
use crate::device_reads::list_agents;
use crate::domain::Domain;
use crate::ids::{AgentId, CallId};
use crate::publish::{is_seen, last_form};
use crate::recovery::{Before, Own};
use crate::snapshots::{accepted, leg_state, remembered};
use crate::view::{DialogView, LegState, UserState};

impl Domain {
    /// Whose leg is whose is only known when every agent has been read; a snapshot may lack the agent's own leg. Returns
    /// the calls, and whether one did.
    pub(crate) fn put_together(&mut self, own: &BTreeMap<CallId, Vec<Own>>) -> BTreeMap<CallId, bool> {
        let mut read = BTreeMap::new();
        let known = std::mem::take(&mut self.calls);
        for (id, mut call) in known {
            for leg in &mut call.legs {
                let kind =
                    if leg.party.agent_device { DeviceIdType::AGENT_DEVICE } else { DeviceIdType::NONE };
                leg.party = self.party(self.device_of(leg), kind, leg.party.connection.clone());
            }
            call.one_leg_a_device();
            let own = own.get(&id).into_iter().flatten();
            read.insert(id, own.filter(|own| self.own_leg(&mut call, own)).count() > 0);
            list_agents(&mut call);
            call.readers().iter().for_each(|agent| {
                self.change_agent_quietly(agent, |agent| {
                    agent.calls.insert(id);
                });
            });
            self.calls.insert(id, call);
        }
        read
    }

    /// The device of a leg. Its address is an extension as it was told when the leg was read, perhaps wrongly; the
    /// connection names the device itself.
    fn device_of<'a>(&self, leg: &'a Leg) -> &'a str {
        let connection = &leg.party.connection.device;
        if self.devices.contains_key(connection) { connection } else { &leg.party.address }
    }

    /// The agent's own leg, from what his device lists: made if the snapshot of the call lacks it. True if it was made.
    fn own_leg(&self, call: &mut Call, own: &Own) -> bool {
        let Some(agent) = self.agents.get(&own.agent).filter(|agent| agent.status.state.signed_in()) else {
            return false;
        };
        let kind = DeviceIdType::AGENT_DEVICE;
        let party = self.party(&agent.status.instrument, kind, own.connection.clone());
        match call.find(&party).and_then(|at| call.legs.get_mut(at)) {
            Some(leg) if leg.lives() => {
                leg.party.connection = own.connection.clone();
                false
            }
            Some(_) | None => {
                let state = accepted(leg_state(own.state, false, true), call);
                let leg = remembered(party, false, state, None);
                if matches!(leg.state, LegState::Active | LegState::Held) {
                    call.answered();
                }
                let lives = leg.lives();
                if lives {
                    call.restore(leg);
                }
                lives
            }
        }
    }

    /// Wrap-up outlives the call in CTI: a dialog that was in wrap-up stays while its agent is.
    pub(crate) fn keep_wrap_up(&mut self, before: &Before) {
        for known in before.calls.values() {
            for leg in known.legs.iter().filter(|leg| leg.state == LegState::WrapUp && leg.listed) {
                let Some(agent) = leg.party.agent.as_ref().and_then(|id| self.agents.get_mut(id)) else {
                    continue;
                };
                let works = matches!(agent.status.state, UserState::Work | UserState::WorkReady);
                let same = before.statuses.get(&agent.id).is_some_and(|status| {
                    status.state == agent.status.state && status.since == agent.status.since
                });
                if works && same {
                    agent.calls.insert(known.id);
                    let call = self.calls.entry(known.id).or_insert_with(|| wrapped_up(known));
                    call.restore(leg.clone());
                }
            }
        }
    }

    /// Calls that began and ended while nothing was published are told to nobody, even if a snapshot was quick
    /// enough to catch one of them alive (CTI-15). What ended and only waits for the end of its data has left: one
    /// DELETE tells it all.
    pub(crate) fn forget_ended(&mut self, before: &Before) {
        for call in self.calls.values_mut() {
            for leg in call.legs.iter_mut().filter(|leg| leg.listed && !leg.lives()) {
                let Some(agent) = leg.party.agent.as_ref() else { continue };
                let seen = before.dialogs.get(agent).is_some_and(|dialogs| dialogs.contains_key(&call.id));
                if !seen || matches!(leg.ending, Ending::Leaving(_)) {
                    leg.listed = false;
                    if let Some(agent) = self.agents.get_mut(agent) {
                        agent.calls.remove(&call.id);
                    }
                }
            }
        }
    }

    pub(crate) fn differences(&self, before: &Before) -> Vec<Change> {
        let mut agents: Vec<(bool, &AgentId)> = self
            .agents
            .keys()
            .map(|agent| (!(before.on_call.contains(agent) || self.on_call(agent)), agent))
            .collect();
        agents.sort();
        agents.into_iter().flat_map(|(_, agent)| self.differences_of(agent, before)).collect()
    }

    /// One agent: User first, then what left, what changed and what came.
    fn differences_of(&self, agent: &AgentId, before: &Before) -> Vec<Change> {
        let mut changes = Vec::new();
        let user = self.user(agent);
        let differs = match before.users.get(agent) {
            Some(published) => user.as_ref() != Some(published),
            None => user.is_some_and(|user| user.state.signed_in()),
        };
        if differs {
            changes.push(Change::User { agent: agent.clone(), request: None });
        }
        let had = before.dialogs.get(agent);
        let has = self.collection(agent);
        let (had, has) = (had.into_iter().flatten(), has.unwrap_or_default());
        let mut came = has.clone();
        for (id, dialog) in had {
            came.remove(id);
            match has.get(id) {
                None => changes.push(Change::DialogRemoved {
                    agent: agent.clone(),
                    dialog: Box::new(self.vanished(dialog)),
                    request: None,
                }),
                Some(now) if is_seen(dialog, now) => {
                    changes.push(Change::DialogChanged { agent: agent.clone(), call: *id, request: None });
                }
                Some(_) => {}
            }
        }
        let added =
            came.into_keys().map(|call| Change::DialogAdded { agent: agent.clone(), call, request: None });
        changes.extend(added);
        changes
    }

    /// A vanished call was dropped at a time that nobody knows.
    fn vanished(&self, dialog: &DialogView) -> DialogView {
        if let Some(goes_on) = self.dialog(dialog.id) {
            return last_form(dialog, goes_on);
        }
        let mut last = dialog.clone();
        last.state = LegState::Dropped;
        last.rebuilding = false;
        last.associated = None;
        for leg in last.legs.iter_mut().filter(|leg| leg.state != LegState::Dropped) {
            leg.state = LegState::Dropped;
            leg.cause = "";
            leg.since = None;
            leg.actions.clear();
        }
        last
    }
}

/// A call that only wrap-up keeps.
fn wrapped_up(known: &Call) -> Call {
    let mut call = known.clone();
    call.over = true;
    for leg in &mut call.legs {
        if leg.state != LegState::WrapUp {
            leg.set(LegState::Dropped, None);
            leg.listed = false;
            leg.ending = Ending::No;
        }
    }
    call
}
