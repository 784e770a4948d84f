//! The steps of a call on its way to somebody: off-hook, dialed, at the far party (mapping.md section 3.1).

use crate::call_types;
use crate::calls::{Call, Leg, Party};
use crate::ids::WallMs;
use crate::view::LegState;

impl Call {
    /// NULL_CALLTYPE means unchanged.
    pub(crate) fn be_of_type(&mut self, call_type: u16) {
        if call_type != call_types::UNTOLD {
            self.call_type = call_type;
        }
    }

    /// Kept when a later event lacks it.
    pub(crate) fn identify(&mut self, calling: &str, called: &str) {
        if !calling.is_empty() {
            calling.clone_into(&mut self.calling);
        }
        if !called.is_empty() {
            called.clone_into(&mut self.called);
        }
    }

    /// The caller is off-hook. A leg that is further along stays there.
    pub(crate) fn dial(&mut self, caller: Party, now: WallMs) {
        if caller.address.is_empty() {
            return;
        }
        let calling = !self.living().any(|leg| leg.calling);
        if let Some(leg) = self.join(caller, calling, now)
            && (!leg.lives() || leg.state == LegState::Initiating)
        {
            leg.enter(LegState::Initiating, now);
        }
    }

    /// The caller has dialed.
    pub(crate) fn dialed(&mut self, now: WallMs) {
        if let Some(leg) = self.calling_leg().filter(|leg| leg.state == LegState::Initiating) {
            leg.enter(LegState::Initiated, now);
        }
    }

    /// A call from this party is on its way to somebody. Where others are on the line already, it was transferred, and
    /// who placed it has left.
    pub(crate) fn call_from(&mut self, caller: Option<Party>, now: WallMs) {
        let talks = |leg: &Leg| matches!(leg.state, LegState::Active | LegState::Held);
        if self.calling_leg().is_none() && !self.living().any(talks) {
            caller.into_iter().for_each(|caller| self.dial(caller, now));
        }
        self.dialed(now);
    }

    /// The party that the call reached. An event may describe the caller's own connection instead; then the called
    /// device is meant.
    pub(crate) fn far_party(&self, named: Party, called: Party) -> Option<Party> {
        let leg = |party: &Party| self.find(party).and_then(|at| self.legs.get(at));
        let is_caller = |party: &Party| leg(party).is_some_and(|leg| leg.calling && leg.lives());
        [named, called].into_iter().find(|party| !party.address.is_empty() && !is_caller(party))
    }

    /// The leg of the party that the call reached: an outside party may have been seen under another name when the
    /// call reached the network.
    pub(crate) fn join_far(&mut self, far: Party, now: WallMs) -> Option<&mut Leg> {
        let waiting = |leg: &Leg| {
            !leg.calling
                && leg.party.agent.is_none()
                && matches!(leg.state, LegState::Initiated | LegState::Alerting)
        };
        if far.agent.is_none()
            && self.find(&far).is_none()
            && let Some(at) = self.legs.iter().position(waiting)
        {
            return self.legs.get_mut(at);
        }
        self.join(far, false, now)
    }
}
