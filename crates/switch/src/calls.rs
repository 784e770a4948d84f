//! The table that finds calls by id and by device.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::call::{Call, Leg, Party, Stage};

/// Calls at one time, those whose data may still be changed among them: two for each of the 20,000 agents
/// that the largest deployments configure.
pub const CALLS_MAX: usize = 40_000;

/// Calls of one phone at one time, one of them engaged: SNAPSHOT_DEVICE_CONF lists no more (ged188.md section 2.4).
pub const CALLS_OF_DEVICE_MAX: usize = 16;

/// ConnectionCallIDs count up from here, so that a call is never mistaken for an agent or a device.
const FIRST_CALL_ID: u32 = 16_777_217;

/// All calls, found by id and by device.
#[derive(Clone, Debug)]
pub struct Calls {
    by_id: BTreeMap<u32, Call>,
    by_device: BTreeMap<String, BTreeSet<u32>>,
    next_id: u32,
}

impl Default for Calls {
    fn default() -> Self {
        Self { by_id: BTreeMap::new(), by_device: BTreeMap::new(), next_id: FIRST_CALL_ID }
    }
}

impl Calls {
    /// A fresh ConnectionCallID. Wraps round long before it meets the special value 0xFFFFFFFF.
    pub(crate) fn fresh_id(&mut self) -> u32 {
        let id = self.next_id;
        self.next_id = if id >= 0x7FFF_FFFF { FIRST_CALL_ID } else { id + 1 };
        id
    }
    /// Whether one more call fits.
    pub(crate) fn has_room(&self) -> bool {
        self.by_id.len() < CALLS_MAX
    }
    /// Takes a call in, with its parties.
    pub(crate) fn insert(&mut self, call: Call) {
        for party in &call.parties {
            self.by_device.entry(party.device.clone()).or_default().insert(call.id);
        }
        self.by_id.insert(call.id, call);
    }
    /// The call.
    pub fn get(&self, id: u32) -> Option<&Call> {
        self.by_id.get(&id)
    }
    pub(crate) fn get_mut(&mut self, id: u32) -> Option<&mut Call> {
        self.by_id.get_mut(&id)
    }
    /// All calls by id.
    pub fn iter(&self) -> impl Iterator<Item = &Call> {
        self.by_id.values()
    }
    /// The calls that this device is on.
    pub fn of_device(&self, device: &str) -> impl Iterator<Item = &Call> {
        let ids = self.by_device.get(device).into_iter().flatten();
        ids.filter_map(|id| self.by_id.get(id))
    }
    /// The connections of this device.
    pub fn legs(&self, device: &str) -> impl Iterator<Item = (&Call, &Party)> {
        self.of_device(device).filter_map(move |call| call.party(device).map(|party| (call, party)))
    }
    /// Adds a party to a call.
    pub(crate) fn join(&mut self, id: u32, party: Party) {
        if let Some(call) = self.by_id.get_mut(&id) {
            self.by_device.entry(party.device.clone()).or_default().insert(id);
            call.parties.push(party);
        }
    }
    /// Takes a party off a call.
    pub(crate) fn leave(&mut self, id: u32, device: &str) -> Option<Party> {
        let call = self.by_id.get_mut(&id)?;
        let at = call.parties.iter().position(|party| party.device == device)?;
        let party = call.parties.remove(at);
        call.controller.take_if(|controller| controller == device);
        call.consult.take_if(|consult| consult.device == device);
        self.forget_device(id, device);
        Some(party)
    }
    /// Changes the state of a connection.
    pub(crate) fn set_leg(&mut self, id: u32, device: &str, leg: Leg, now: Duration) {
        let parties = self.by_id.get_mut(&id).map(|call| &mut call.parties);
        if let Some(party) = parties.and_then(|all| all.iter_mut().find(|party| party.device == device)) {
            party.leg = leg;
            party.since = now;
        }
    }
    pub(crate) fn set_stage(&mut self, id: u32, stage: Stage) {
        if let Some(call) = self.by_id.get_mut(&id) {
            call.stage = stage;
        }
    }
    /// Forgets a call that is over.
    pub(crate) fn remove(&mut self, id: u32) -> Option<Call> {
        let call = self.by_id.remove(&id)?;
        for party in &call.parties {
            self.forget_device(id, &party.device);
        }
        Some(call)
    }

    fn forget_device(&mut self, id: u32, device: &str) {
        if let Some(ids) = self.by_device.get_mut(device) {
            ids.remove(&id);
            if ids.is_empty() {
                self.by_device.remove(device);
            }
        }
    }
}
