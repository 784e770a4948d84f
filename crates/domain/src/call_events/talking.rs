//! What the parties of a call do (mapping.md section 3.1): hold, retrieve, divert, leave, end.

use ged188::{
    CallClearedEvent, CallConnectionClearedEvent, CallDivertedEvent, CallHeldEvent, CallRetrievedEvent,
    EndCallEvent, EventCause,
};

use super::party;
use crate::calls::Party;
use crate::domain::Domain;
use crate::ids::{CallId, Now};
use crate::view::LegState;
use crate::wrap_up;

impl Domain {
    pub(super) fn held(&mut self, event: &CallHeldEvent, now: Now) {
        let party = party!(self, event, holding_device_id, holding_device_type);
        self.move_leg(party, LegState::Held, now);
    }

    pub(super) fn retrieved(&mut self, event: &CallRetrievedEvent, now: Now) {
        let party = party!(self, event, retrieving_device_id, retrieving_device_type);
        self.move_leg(party, LegState::Active, now);
    }

    /// HELD or RETRIEVED: the leg is there, whatever we knew before.
    fn move_leg(&mut self, party: Party, state: LegState, now: Now) {
        let id = party.connection.id;
        if !self.calls.contains_key(&id) {
            return self.unknown_call(Some(&party), now);
        }
        self.change_known(id, |call| {
            if let Some(leg) = call.join(party, false, now.wall) {
                leg.enter(state, now.wall);
            }
            call.rings_on(now.wall);
        });
    }

    pub(super) fn diverted(&mut self, event: &CallDivertedEvent, now: Now) {
        let party = party!(self, event, diverting_device_id, diverting_device_type);
        self.divert(&party, now);
    }

    /// The call went elsewhere while it rang here: gone from the collection at once, without wrap-up.
    fn divert(&mut self, party: &Party, now: Now) {
        let id = party.connection.id;
        if !self.calls.contains_key(&id) {
            return self.unknown_call(None, now);
        }
        self.change_known(id, |call| {
            let at = call.find(party);
            if let Some(leg) =
                at.and_then(|at| call.legs.get_mut(at)).filter(|leg| leg.state == LegState::Alerting)
            {
                leg.set(LegState::Dropped, Some(now.wall));
                leg.listed = false;
            }
        });
    }

    pub(super) fn connection_cleared(&mut self, event: &CallConnectionClearedEvent, now: Now) {
        let party = party!(self, event, releasing_device_id, releasing_device_type);
        let id = party.connection.id;
        let Some(call) = self.calls.get(&id) else { return self.unknown_call(Some(&party), now) };
        let rings = call
            .find(&party)
            .and_then(|at| call.legs.get(at))
            .is_some_and(|leg| leg.state == LegState::Alerting);
        if rings && event.event_cause == EventCause::REDIRECTED {
            return self.divert(&party, now);
        }
        let standings = self.standings(&[id]);
        self.change_known(id, |call| {
            let goes_on = call.goes_on_without(&party);
            let unseen = call.find(&party).is_none();
            call.left_unseen = call.left_unseen.saturating_add(u8::from(unseen));
            if let Some(leg) = call.find(&party).and_then(|at| call.legs.get_mut(at)) {
                wrap_up::clear(leg, &standings, goes_on, now.wall);
            }
        });
        self.settle_call(id, now);
    }

    pub(super) fn cleared(&mut self, event: &CallClearedEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.calls.contains_key(&id) {
            return self.unknown_call(None, now);
        }
        let standings = self.standings(&[id]);
        self.change_known(id, |call| {
            for leg in &mut call.legs {
                wrap_up::clear(leg, &standings, false, now.wall);
            }
        });
        self.settle_call(id, now);
    }

    pub(super) fn ended(&mut self, event: &EndCallEvent, now: Now) {
        let id = CallId(event.connection_call_id);
        if !self.calls.contains_key(&id) {
            return self.unknown_call(None, now);
        }
        self.change_known(id, |call| {
            call.over = true;
            for leg in call.legs.iter_mut().filter(|leg| leg.state != LegState::WrapUp) {
                leg.set(LegState::Dropped, Some(now.wall));
                leg.listed = false;
            }
        });
    }
}
