//! Agents on calls of which nothing is known (CTI-18b): their devices are read again until a call shows.

use std::time::Duration;

use super::spacing;
use crate::agent_state::on_calls;
use crate::domain::Domain;
use crate::ids::{AgentId, Now};

/// An agent whose call is looked for.
pub(crate) struct Search {
    pub(super) until: Duration,
    reads: usize,
}

impl Domain {
    /// Begins to look for the call of an agent who is on calls and has none.
    pub(crate) fn search_if_lost(&mut self, agent: &AgentId, now: Now) {
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
            if !self.is_lost(&agent) {
                self.rebuilds.searches.remove(&agent);
            } else if let Some(search) = self.rebuilds.searches.get_mut(&agent) {
                search.reads += 1;
                search.until = now.mono + spacing(search.reads);
                self.read_device(&agent);
            }
        }
    }

    fn is_lost(&self, agent: &AgentId) -> bool {
        self.agents.get(agent).is_some_and(|known| on_calls(known.status.state)) && !self.on_call(agent)
    }
}
