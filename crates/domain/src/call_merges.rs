//! The steps by which the legs of one call go over to another, and who stays if somebody leaves.

use crate::calls::{Call, CallRef, Ending, Leg, Party};
use crate::ids::Now;
use crate::view::LegState;

impl Call {
    /// The living leg that the party names.
    pub(crate) fn living_leg(&self, party: &Party) -> Option<&Leg> {
        self.living().find(|leg| leg.party.is_same(party))
    }

    /// At least two others live, so that the call goes on if this party leaves.
    pub(crate) fn goes_on_without(&self, party: &Party) -> bool {
        self.living().filter(|leg| !leg.party.is_same(party)).count() >= 2
    }

    /// The call is merged into another: its living legs go there, but not that of an agent who was only listened to, and it is in no collection any more. Its data lives
    /// on with the other, so there is nothing to release.
    pub(crate) fn give_away(&mut self, now: Now) -> Vec<Leg> {
        let moved: Vec<Leg> = self.living().filter(|leg| !self.is_listened(leg)).cloned().collect();
        for leg in &mut self.legs {
            leg.set(LegState::Dropped, Some(now.wall));
            leg.listed = false;
            leg.ending = Ending::No;
        }
        self.released = true;
        moved
    }

    /// Who left before the two became one is not shown any more, or a long conference would show more and more of them.
    pub(crate) fn forget_who_left(&mut self) {
        self.legs.retain(|leg| leg.lives() || leg.listed);
    }

    /// A leg of another call comes in as it is; who is here already talks here if he talked there.
    pub(crate) fn take_in(&mut self, mut leg: Leg, now: Now) {
        leg.calling = false;
        leg.party.connection.id = self.id;
        let place = self.find(&leg.party);
        match place.and_then(|at| self.legs.get_mut(at)) {
            Some(here) if here.lives() => {
                if leg.state == LegState::Active {
                    here.set(LegState::Active, Some(now.wall));
                }
            }
            Some(here) => *here = leg,
            None => drop(self.add(leg)),
        }
    }

    /// An event of this session names the party, and so is its connection called from now on.
    pub(crate) fn confirm(&mut self, party: &Party) {
        let found = self.find(party).and_then(|at| self.legs.get_mut(at));
        let Some(leg) = found.filter(|leg| leg.lives()) else { return };
        leg.certain = true;
        if !party.connection.device.is_empty() {
            leg.party.connection = CallRef { id: self.id, ..party.connection.clone() };
        }
    }
}
