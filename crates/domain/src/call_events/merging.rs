//! Two calls become one (mapping.md section 3.1, TRANSFERRED and CONFERENCED).
//!
//! ```text
//! held call, consult call ─▶ the list of parties agrees with both ─▶ one change: legs move, one POST, PUT, DELETE each
//!                                        ╰── contradicts them ──▶ the same, and the call is marked and read
//! ```
//!
//! The list is only ever held against what is known: whoever lives in one of the calls is in the survivor, and nobody
//! is there because the list alone says so.

use std::collections::BTreeMap;

use ged188::{ConnectionDeviceIdType, DeviceIdType, NULL_ID};

use crate::call_types;
use crate::calls::{Call, CallRef, Leg, Party};
use crate::domain::Domain;
use crate::ids::{AgentId, CallId, Now};
use crate::rebuild::{CONFERENCE_MIN, Doubt};
use crate::wrap_up::{self, Standings};

/// What the event tells.
pub(super) struct Merge {
    /// The call that was held.
    pub(super) primary: CallId,
    /// The consult call; none in a single-step transfer.
    pub(super) secondary: Option<CallId>,
    /// Everybody who is in the one call afterwards.
    pub(super) parties: Vec<Party>,
    pub(super) leaves: Leaves,
    /// Who may add to the conference.
    pub(super) controller: Option<String>,
}

/// Who is not in the one call any more.
pub(super) enum Leaves {
    /// A conference.
    Nobody,
    /// A transfer, by this party.
    Party(Party),
}

/// Which call goes on, and which is no more.
#[derive(Clone, Copy)]
struct Roles {
    survivor: CallId,
    merged: Option<CallId>,
}

/// An entry of a list of connected parties.
type Item<'a> = (Option<u32>, Option<ConnectionDeviceIdType>, &'a String);

/// A call id, unless it says that there is none.
pub(super) fn given(id: u32) -> Option<CallId> {
    (id != NULL_ID && id != 0).then_some(CallId(id))
}

impl Domain {
    /// The connected parties of an event.
    pub(super) fn listed<'a>(
        &self,
        primary: CallId,
        kind: DeviceIdType,
        items: impl Iterator<Item = Item<'a>>,
    ) -> Vec<Party> {
        let party = |(id, device_type, device): Item<'a>| {
            let id = id.and_then(given).unwrap_or(primary);
            let device_type = device_type.unwrap_or_default();
            self.party(device, kind, CallRef { id, device_type, device: device.clone() })
        };
        items.map(party).collect()
    }

    /// Applies a transfer or a conference; if its list of parties contradicts what is known, the call is marked.
    pub(super) fn merge(&mut self, merge: Merge, now: Now) {
        self.counters.merged_calls += 1;
        let roles = merge.roles();
        if !self.calls.contains_key(&roles.survivor) {
            return self.read_concerned(&merge, now);
        }
        let doubt = (!self.agrees(&merge, roles)).then_some(Doubt::Merge);
        let ids: Vec<CallId> = roles.merged.into_iter().chain([roles.survivor]).collect();
        let standings = self.standings(&ids);
        let heard = self.heard;
        self.change_calls(&ids, |calls| {
            merge.apply(calls, roles, &standings, now);
            for id in &ids {
                calls.entry(*id).and_modify(|call| call.touched = heard);
            }
            calls.entry(roles.survivor).and_modify(|call| call.doubt = call.doubt.or(doubt));
        });
        self.settle_call(roles.survivor, now);
        if let Some(why) = doubt {
            self.counters.doubtful_merges += 1;
            self.suspect(roles.survivor, why, now);
        }
    }

    /// Every listed party lives in one of the calls, everybody who lives there is listed or leaves, and a conference has
    /// the parties of one: two know nothing of the third who joined from a call that nobody told of.
    fn agrees(&self, merge: &Merge, roles: Roles) -> bool {
        let calls: Vec<&Call> = [Some(roles.survivor), roles.merged]
            .into_iter()
            .flatten()
            .filter_map(|id| self.calls.get(&id))
            .collect();
        let is_there = |party: &Party| calls.iter().any(|call| call.living_leg(party).is_some());
        let living = calls.iter().flat_map(|call| call.legs.iter()).filter(|leg| leg.lives());
        let accounted = |leg: &Leg| {
            merge.leaves.is(&leg.party) || merge.parties.iter().any(|party| leg.party.is_same(party))
        };
        let enough = merge.parties.len() >= merge.leaves.parties_min();
        enough && merge.parties.iter().all(is_there) && living.into_iter().all(accounted)
    }

    /// The call that goes on is not known: the devices concerned are read, and the call itself.
    fn read_concerned(&mut self, merge: &Merge, now: Now) {
        let calls = [Some(merge.primary), merge.secondary].into_iter().flatten();
        let readers = calls.filter_map(|id| self.calls.get(&id)).flat_map(Call::readers);
        let named = merge.parties.iter().filter_map(|party| party.agent.clone());
        let concerned: Vec<AgentId> = named.chain(readers).collect();
        concerned.iter().for_each(|agent| self.read_device(agent));
        if let Some(party) = merge.parties.iter().find(|party| party.agent.is_some()) {
            self.ask_about(party.connection.clone(), now);
        }
    }
}

impl Merge {
    /// The list of parties tells which call goes on; usually the one that was held (ged188.md section 10.4).
    fn roles(&self) -> Roles {
        match self.secondary {
            Some(secondary) if secondary == self.primary => Roles { survivor: secondary, merged: None },
            Some(secondary) if self.parties.iter().any(|party| party.connection.id == secondary) => {
                Roles { survivor: secondary, merged: Some(self.primary) }
            }
            merged => Roles { survivor: self.primary, merged },
        }
    }

    fn apply(&self, calls: &mut BTreeMap<CallId, Call>, roles: Roles, standings: &Standings, now: Now) {
        let moved = roles.merged.and_then(|id| calls.get_mut(&id)).map(|call| call.give_away(now));
        let Some(call) = calls.get_mut(&roles.survivor) else { return };
        call.forget_who_left();
        call.secondary = roles.merged.filter(|_| moved.is_some()).or(call.secondary);
        // What is transferred or joined is no consultation any more.
        call.consults = None;
        for leg in moved.into_iter().flatten().filter(|leg| !self.leaves.is(&leg.party)) {
            call.take_in(leg, now);
        }
        for party in &self.parties {
            call.confirm(party);
        }
        match &self.leaves {
            Leaves::Nobody => {
                call.call_type = call_types::CONFERENCE;
                call.controller.clone_from(&self.controller);
            }
            Leaves::Party(leaver) => {
                if let Some(leg) = call.find(leaver).and_then(|at| call.legs.get_mut(at)) {
                    wrap_up::clear(leg, standings, true, now.wall);
                }
            }
        }
    }
}

impl Leaves {
    fn parties_min(&self) -> usize {
        match self {
            Self::Nobody => CONFERENCE_MIN,
            Self::Party(_) => 0,
        }
    }

    fn is(&self, party: &Party) -> bool {
        match self {
            Self::Nobody => false,
            Self::Party(leaver) => party.is_same(leaver),
        }
    }
}
