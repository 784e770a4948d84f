//! The two calls of an agent that TRANSFER and CONFERENCE make one (mapping.md section 3.5).

use crate::calls::CallRef;
use crate::domain::Domain;
use crate::ids::{AgentId, CallId};
use crate::view::LegState;

/// The agent's own connections to the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) held: CallRef,
    pub(crate) active: CallRef,
}

impl Domain {
    /// The held dialog that is named, with the agent's active one; or the active one that is named, if exactly one
    /// other is held.
    pub(crate) fn pair(&self, agent: &AgentId, call: CallId) -> Option<Pair> {
        let own = |wanted: LegState, named: bool| self.own_legs(agent, wanted, call, named);
        match (own(LegState::Held, true).pop(), own(LegState::Active, true).pop()) {
            (Some(held), _) => Some(Pair { held, active: own(LegState::Active, false).pop()? }),
            (None, Some(active)) => {
                let mut others = own(LegState::Held, false);
                let held = others.pop().filter(|_| others.is_empty())?;
                Some(Pair { held, active })
            }
            (None, None) => None,
        }
    }

    /// His connections in this state: to the named call, or to all others.
    fn own_legs(&self, agent: &AgentId, wanted: LegState, call: CallId, named: bool) -> Vec<CallRef> {
        let calls = self.agents.get(agent).into_iter().flat_map(|agent| &agent.calls);
        let legs = calls
            .filter(|id| (**id == call) == named)
            .filter_map(|id| self.calls.get(id).filter(|call| !call.is_session())?.leg_of(agent))
            .filter(|leg| leg.listed && leg.state == wanted);
        legs.map(|leg| leg.party.connection.clone()).collect()
    }

    /// The connection of a party that is in the call.
    pub(crate) fn connection_of(&self, call: CallId, address: &str) -> Option<CallRef> {
        let mut legs = self.calls.get(&call)?.legs.iter().filter(|leg| leg.lives());
        legs.find(|leg| leg.party.address == address).map(|leg| leg.party.connection.clone())
    }
}
