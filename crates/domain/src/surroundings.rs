//! What a dialog shows of the calls beside it: the actions that depend on an agent's other calls (mapping.md section
//! 3.4), and the other of a call and its consultation. Worked out after each change, so that every dialog which looks
//! different because of it is told once.

use std::collections::{BTreeMap, BTreeSet};

use crate::actions::{Others, Situation};
use crate::calls::{Call, Leg};
use crate::domain::Domain;
use crate::ids::{AgentId, CallId};
use crate::publish::Shown;
use crate::view::LegState;

/// What is worked out of one call.
#[derive(PartialEq, Eq)]
struct Derived {
    associated: Option<CallId>,
    situations: Vec<Situation>,
}

impl Domain {
    /// These calls, and those which may look different after a change of them. What loses its consultation may belong to
    /// that of another of its agents then.
    pub(crate) fn neighbours(&self, ids: &[CallId]) -> BTreeSet<CallId> {
        let calls = || ids.iter().filter_map(|id| self.calls.get(id));
        let partners = || calls().flat_map(|call| call.associated.into_iter().chain(call.consults));
        let with_partners = calls().chain(partners().filter_map(|id| self.calls.get(&id)));
        let beside = with_partners.flat_map(|call| self.calls_of_parties(call));
        ids.iter().copied().chain(beside).chain(partners()).collect()
    }

    fn calls_of_parties<'a>(&'a self, call: &'a Call) -> impl Iterator<Item = CallId> + 'a {
        let agents = call.legs.iter().filter_map(|leg| leg.party.agent.as_ref());
        agents.filter_map(|agent| self.agents.get(agent)).flat_map(|agent| &agent.calls).copied()
    }

    /// Works out all of these calls anew. Returns how those looked before that are not among the `changed`, whose
    /// looks are known.
    pub(crate) fn settle_surroundings(&mut self, near: &BTreeSet<CallId>, changed: &[CallId]) -> Vec<Shown> {
        let mut before = Vec::new();
        let pairs = self.pairs_among(near);
        for id in near {
            let Some(derived) = self.derive(*id, &pairs) else { continue };
            let Some(call) = self.calls.get(id).filter(|call| derived != call.derived()) else { continue };
            if !changed.contains(id) {
                before.push(self.shown(call));
            }
            if let Some(call) = self.calls.get_mut(id) {
                call.put(derived);
            }
        }
        before
    }

    /// Works out all calls, while nothing is published.
    pub(crate) fn settle_all_surroundings(&mut self) {
        let all: BTreeSet<CallId> = self.calls.keys().copied().collect();
        let consults: Vec<(CallId, CallId)> =
            self.calls.values().filter_map(|call| Some((call.id, self.original_of(call)?))).collect();
        for (id, from) in consults {
            self.calls.entry(id).and_modify(|call| call.consults = Some(from));
        }
        for id in all {
            let near = self.neighbours(&[id]);
            self.settle_surroundings(&near, &[]);
        }
    }

    fn derive(&self, id: CallId, pairs: &BTreeMap<CallId, CallId>) -> Option<Derived> {
        let call = self.calls.get(&id)?;
        let situations = call.legs.iter().map(|leg| self.situation(call, leg)).collect();
        let associated = if call.is_session() { self.listened_to(call) } else { pairs.get(&id).copied() };
        Some(Derived { associated, situations })
    }

    /// Which of these calls are shown as belonging together: a call has one partner, and is his. Those who are shown so
    /// already stay while they do.
    fn pairs_among(&self, near: &BTreeSet<CallId>) -> BTreeMap<CallId, CallId> {
        let known = near.iter().filter_map(|id| Some((*id, self.partner(*id)?)));
        let mut pairs: BTreeMap<CallId, CallId> = known.collect();
        for id in near {
            let free = |id: &CallId| !pairs.contains_key(id) && self.partner(*id).is_none();
            let Some(call) = self.calls.get(id).filter(|_| free(id)) else { continue };
            let mut others =
                near.iter().filter(|other| free(other)).filter_map(|other| self.calls.get(other));
            if let Some(other) = others.find(|other| belong_together(call, other)) {
                pairs.extend([(call.id, other.id), (other.id, call.id)]);
            }
        }
        pairs
    }

    /// The call that is shown as the other of the two, if it still is, and shows so itself.
    fn partner(&self, id: CallId) -> Option<CallId> {
        let call = self.calls.get(&id)?;
        let other = self.calls.get(&call.associated?)?;
        (other.associated == Some(id) && belong_together(call, other)).then_some(other.id)
    }

    fn situation(&self, call: &Call, leg: &Leg) -> Situation {
        let agent = leg.party.agent.as_ref().filter(|_| leg.lives()).and_then(|id| self.agents.get(id));
        let part = call.part(leg);
        let alone = Situation { part, ..Situation::default() };
        agent.map_or(alone, |agent| Situation {
            part,
            others: self.others(&agent.id, call.id),
            may_drop_others: call.is_conference() && agent.is_supervisor(&self.teams),
        })
    }

    fn others(&self, agent: &AgentId, call: CallId) -> Others {
        let others = self.works_on(agent).filter(|(other, _)| other.id != call && !other.is_session());
        let living = others.map(|(_, leg)| leg);
        living.fold(Others::None, |sum, leg| match (sum, leg.state) {
            (Others::Active, _) | (_, LegState::Active) => Others::Active,
            (Others::None | Others::Waiting, _) => Others::Waiting,
        })
    }
}

impl Call {
    fn derived(&self) -> Derived {
        let situations = self.legs.iter().map(|leg| leg.situation).collect();
        Derived { associated: self.associated, situations }
    }

    fn put(&mut self, derived: Derived) {
        self.associated = derived.associated;
        for (leg, situation) in self.legs.iter_mut().zip(derived.situations) {
            leg.situation = situation;
        }
    }
}

/// One was made to consult about the other, and the device that did so is in both.
fn belong_together(one: &Call, other: &Call) -> bool {
    let consults = |call: &Call, about: &Call| {
        let mut callers = call.living().filter(|leg| leg.calling);
        call.consults == Some(about.id) && callers.any(|leg| about.has_living(&leg.party.address))
    };
    one.id != other.id && !one.over && !other.over && (consults(one, other) || consults(other, one))
}
