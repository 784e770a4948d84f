//! Which two calls belong together as a call and its consultation (mapping.md section 3.1, last paragraph).
//!
//! The consult call remembers from which call it was made: as COC* fields tell, else CONSULTATION_CALL_CONF, else, if its
//! beginning was seen, its CallType and the one other call that its caller held then. A call that was learned from a
//! snapshot may have outlived the call it was made from, so of such a one nothing is guessed. `surroundings` shows the two
//! as associated while they are.

use crate::call_types;
use crate::calls::Call;
use crate::domain::Domain;
use crate::ids::{AgentId, CallId};
use crate::view::LegState;

impl Domain {
    /// More is known of a call than before: if it is a consultation, finds out of which call.
    pub(crate) fn tell_consult(&mut self, id: CallId) {
        if let Some(from) = self.calls.get(&id).and_then(|call| self.original_of(call)) {
            self.change_call(id, |call| call.consults = Some(from));
        }
    }

    /// The call that this one was made to consult about, if that is not known of it yet.
    pub(crate) fn original_of(&self, call: &Call) -> Option<CallId> {
        if call.consults.is_none() { self.requests.consulted_from(call.id) } else { None }
    }

    /// The call about which this new call of an agent consults.
    pub(super) fn consulted_about(
        &self,
        id: CallId,
        call_type: u16,
        caller: Option<&AgentId>,
    ) -> Option<CallId> {
        let by_type = || {
            caller.filter(|_| call_type == call_types::CONSULT).and_then(|agent| self.only_held(agent, id))
        };
        self.requests.consulted_from(id).or_else(by_type)
    }

    /// The one call that the agent holds, beside this one.
    fn only_held(&self, agent: &AgentId, beside: CallId) -> Option<CallId> {
        let calls = self.agents.get(agent).into_iter().flat_map(|agent| &agent.calls);
        let holds = |call: &Call| call.leg_of(agent).is_some_and(|leg| leg.state == LegState::Held);
        let others = calls.filter(|id| **id != beside).filter_map(|id| self.calls.get(id));
        let mut held = others.filter(|call| holds(call));
        held.next().filter(|_| held.next().is_none()).map(|call| call.id)
    }
}
