//! Agents on calls of which nothing is known (CTI-18b): their devices are read again until a call shows.
//!
//! That a device left out a call shows in what it leaves unexplained: an agent is TALKING or on HOLD and no call of his is in
//! that state, or all that he has is a consultation of his own. Where CTI names the call that he consults about, it is
//! asked for by itself. The original may be over; then the device is read every 30 s while the consultation lasts.

use std::time::Duration;

use super::spacing;
use crate::agent_state::on_calls;
use crate::call_types;
use crate::calls::{Call, CallRef, Leg};
use crate::domain::Domain;
use crate::ids::{AgentId, Now};
use crate::view::{LegState, UserState};

/// An agent whose call is looked for.
pub(crate) struct Search {
    pub(super) until: Duration,
    reads: usize,
}

impl Domain {
    /// Begins to look for the call of an agent who is on calls and lacks one.
    pub(crate) fn search_if_lost(&mut self, agent: &AgentId, now: Now) {
        self.unknown_originals(agent).into_iter().for_each(|original| self.ask_about(original, now));
        if self.is_lost(agent) && !self.rebuilds.searches.contains_key(agent) {
            let search = Search { until: now.mono + spacing(1), reads: 1 };
            self.rebuilds.searches.insert(agent.clone(), search);
        }
    }

    /// Reads the devices whose time has come.
    pub(crate) fn search(&mut self, now: Now) {
        let searches = self.rebuilds.searches.iter().filter(|(_, search)| search.until <= now.mono);
        let due: Vec<AgentId> = searches.map(|(agent, _)| agent.clone()).collect();
        for agent in due {
            if self.is_found(&agent) {
                self.rebuilds.searches.remove(&agent);
            } else if let Some(search) = self.rebuilds.searches.get_mut(&agent) {
                search.reads += 1;
                search.until = now.mono + spacing(search.reads);
                self.read_device(&agent);
            }
        }
    }

    fn is_lost(&self, agent: &AgentId) -> bool {
        let state = self.state(agent);
        let explained = self.works_on(agent).any(|(_, leg)| explains(state, leg));
        on_calls(state) && (!explained || self.only_consults(agent))
    }

    /// He has left his calls, or one that was read explains his state. A call that an agent began meanwhile explains nothing.
    fn is_found(&self, agent: &AgentId) -> bool {
        let state = self.state(agent);
        let explained = self.works_on(agent).any(|(call, leg)| explains(state, leg) && !call.began);
        !on_calls(state) || (explained && !self.only_consults(agent))
    }

    fn only_consults(&self, agent: &AgentId) -> bool {
        let mut calls = self.works_on(agent);
        calls.next().is_some_and(|(call, leg)| is_his_consultation(call, leg)) && calls.next().is_none()
    }

    /// The calls that the agent consults about and that nobody told of.
    fn unknown_originals(&self, agent: &AgentId) -> Vec<CallRef> {
        let consulting = self.works_on(agent).filter(|(call, leg)| is_his_consultation(call, leg));
        let originals = consulting.filter_map(|(call, _)| call.consults_by.clone());
        originals.filter(|original| !self.calls.contains_key(&original.id)).collect()
    }
}

/// The agent may be in this state because of this leg.
fn explains(state: UserState, leg: &Leg) -> bool {
    (leg.state == LegState::Held) == (state == UserState::Hold)
}

fn is_his_consultation(call: &Call, leg: &Leg) -> bool {
    call.call_type == call_types::CONSULT && leg.calling
}
