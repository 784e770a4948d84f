//! What is doubtful right after a recovery (CTI-16 to CTI-18): what one answer of the reading showed and another lacked.

use std::collections::BTreeMap;

use super::Doubt;
use super::verdict::too_few;
use crate::calls::{Call, Leg};
use crate::domain::Domain;
use crate::ids::{AgentId, CallId, Now};
use crate::recovery::Reading;

impl Domain {
    /// Marks the doubtful calls. `read`: the calls that were read, and whether their snapshot lacked the device of an agent
    /// that lists them. Where events of a call crossed the reading, it is read again before it is marked.
    pub(crate) fn doubt_recovered(&mut self, reading: &Reading, read: &BTreeMap<CallId, bool>, now: Now) {
        let calls = read.iter().filter_map(|(id, lacking)| Some((self.calls.get(id)?, *lacking)));
        let doubts: Vec<(CallId, Option<Doubt>)> = calls
            .filter(|(call, _)| call.is_on_a_desk())
            .map(|(call, lacking)| (call.id, self.recovered_doubt(call, reading, lacking)))
            .collect();
        for (id, doubt) in doubts {
            match doubt {
                Some(_) if reading.was_disturbed(id) => self.check_call(id, now),
                Some(doubt) => self.suspect(id, doubt, now),
                None => self.learned(id, now),
            }
        }
        let agents: Vec<AgentId> = self.agents.keys().cloned().collect();
        agents.iter().for_each(|agent| self.search_if_lost(agent, now));
    }

    fn recovered_doubt(&self, call: &Call, reading: &Reading, lacking: bool) -> Option<Doubt> {
        let agent_of =
            |leg: &Leg| leg.party.agent.as_ref().or_else(|| self.devices.get(&leg.party.address)).cloned();
        let unlisted =
            |leg: &Leg| agent_of(leg).is_some_and(|agent| reading.lists(&agent, call.id) == Some(false));
        if lacking {
            Some(Doubt::PartyMissing)
        } else if call.living().any(unlisted) {
            Some(Doubt::NotListed)
        } else if call.is_conference() && call.vanished().any(|leg| !unlisted(leg)) {
            Some(Doubt::PartyVanished)
        } else {
            too_few(call)
        }
    }
}
