//! Reading one device while in service: at each sign-in, and where events alone do not tell enough.
//!
//! ```text
//! read_device ─▶ Output::ReadDevice ─▶ apply_device ─▶ apply_call for each call ─▶ collection set right ─▶ greeting
//!                      ▲                                                                   │
//!                      ╰──────────── a call was touched by events meanwhile ◀──────────────╯
//! ```

use std::collections::{BTreeMap, BTreeSet};

use ged188::{SnapshotCallConf, SnapshotDeviceConf, StatusCode};

use crate::calls::{Call, CallRef};
use crate::command::{Change, Output};
use crate::domain::Domain;
use crate::ids::{AgentId, CallId, Now, RequestId};

/// Sign-ins that wait for one reading: as many as requests may wait for an object ([`crate::Refusal::Busy`]).
const GREETINGS_MAX: usize = 16;
/// How often a device is read again because its calls did not stand still meanwhile.
const TRIES_MAX: u8 = 3;

/// The readings under way, one an agent at most.
#[derive(Default)]
pub(crate) struct Reads(BTreeMap<AgentId, Read>);

#[derive(Default)]
struct Read {
    /// The domain's count of call events when the reading began.
    began: u64,
    tries: u8,
    /// Something else asked for the same device meanwhile.
    again: bool,
    /// A LOGIN that changes nothing waits for User and Dialogs to be published.
    greetings: Vec<Option<RequestId>>,
    found: BTreeSet<CallId>,
    waits_for: BTreeSet<CallId>,
    /// Calls that went away since the reading began: a snapshot that still has one is older than that.
    gone: BTreeSet<CallId>,
}

impl Reads {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// The sign-ins that wait to be published.
    pub(crate) fn greetings(&self) -> impl Iterator<Item = (&AgentId, &Option<RequestId>)> {
        self.0.iter().flat_map(|(agent, read)| read.greetings.iter().map(move |request| (agent, request)))
    }

    /// No more sign-ins may wait for this agent's device.
    pub(crate) fn is_full(&self, agent: &AgentId) -> bool {
        self.0.get(agent).is_some_and(|read| read.greetings.len() >= GREETINGS_MAX)
    }

    /// A call went away.
    pub(crate) fn call_gone(&mut self, call: CallId) {
        for read in self.0.values_mut() {
            read.gone.insert(call);
        }
    }

    fn anybody_waits_for(&self, call: CallId) -> bool {
        self.0.values().any(|read| read.waits_for.contains(&call))
    }
}

impl Domain {
    /// Has the calls on the agent's device read.
    pub(crate) fn read_device(&mut self, agent: &AgentId) {
        if self.phase.is_live() {
            match self.reads.0.get_mut(agent) {
                Some(read) => read.again = true,
                None => self.start_reading(agent, Read::default()),
            }
        }
    }

    /// Reads the device and then publishes User, with the request, and Dialogs.
    pub(crate) fn greet(&mut self, agent: &AgentId, request: Option<RequestId>) {
        match self.reads.0.get_mut(agent) {
            Some(read) => read.greetings.push(request),
            None => self.start_reading(agent, Read { greetings: vec![request], ..Read::default() }),
        }
    }

    fn start_reading(&mut self, agent: &AgentId, mut read: Read) {
        let status = self.agents.get(agent).map(|agent| &agent.status);
        let Some(instrument) = status.filter(|status| status.state.signed_in()).map(|s| s.instrument.clone())
        else {
            // He has signed out meanwhile: the state as it is now is all there is to say.
            return self.say_greetings(agent, read.greetings);
        };
        read.began = self.heard;
        self.reads.0.insert(agent.clone(), read);
        self.out.push_back(Output::ReadDevice(agent.clone(), instrument));
    }

    /// The device list while in service. Returns the calls to read.
    pub(crate) fn device_read(
        &mut self,
        agent: &AgentId,
        answer: Result<&SnapshotDeviceConf, StatusCode>,
        now: Now,
    ) -> Vec<CallRef> {
        let Ok(conf) = answer else {
            self.reading_failed(agent);
            return Vec::new();
        };
        let listed = connections(conf);
        let wanted: BTreeSet<CallId> = listed.iter().map(|call| call.id).collect();
        let fresh = wanted
            .iter()
            .copied()
            .filter(|call| !self.reads.anybody_waits_for(*call))
            .collect::<BTreeSet<_>>();
        let Some(read) = self.reads.0.get_mut(agent) else { return Vec::new() };
        read.found.clone_from(&wanted);
        read.waits_for = wanted;
        self.finish_reading_if_done(agent, now);
        distinct(listed.into_iter().filter(|call| fresh.contains(&call.id)))
    }

    /// A call while in service.
    pub(crate) fn call_read(&mut self, id: CallId, answer: Result<&SnapshotCallConf, StatusCode>, now: Now) {
        let waiting: Vec<AgentId> = self
            .reads
            .0
            .iter()
            .filter(|(_, read)| read.waits_for.contains(&id))
            .map(|(agent, _)| agent.clone())
            .collect();
        let began = waiting.iter().filter_map(|agent| self.reads.0.get(agent)).map(|read| read.began).min();
        let Some(began) = began else { return };
        match answer {
            Ok(conf) if self.stood_still(id, began) => self.replace_call(id, conf),
            Ok(_) => waiting.iter().for_each(|agent| self.read_again_later(agent)),
            Err(_) => {}
        }
        for agent in waiting {
            if let Some(read) = self.reads.0.get_mut(&agent) {
                read.waits_for.remove(&id);
                if answer.is_err() {
                    read.found.remove(&id);
                }
            }
            self.finish_reading_if_done(&agent, now);
        }
    }

    /// No event of the call came since the reading began, so the snapshot is not older than what we know.
    fn stood_still(&self, id: CallId, began: u64) -> bool {
        match self.calls.get(&id) {
            Some(call) => call.touched <= began,
            None => self.reads.0.values().all(|read| !read.gone.contains(&id)),
        }
    }

    fn read_again_later(&mut self, agent: &AgentId) {
        if let Some(read) = self.reads.0.get_mut(agent) {
            read.again = true;
        }
    }

    /// Takes the snapshot over; legs that it lacks and that are on their way out stay.
    fn replace_call(&mut self, id: CallId, conf: &SnapshotCallConf) {
        if !self.open_call(id) {
            return;
        }
        let fresh = self.call_from_snapshot(id, conf, self.calls.get(&id));
        self.change_call(id, |call| {
            let (released, over) = (call.released, call.over);
            let leaving: Vec<_> = call.legs.drain(..).filter(|leg| leg.listed && !leg.lives()).collect();
            *call = Call { released, over, ..fresh };
            leaving.into_iter().for_each(|leg| call.restore(leg));
            list_agents(call);
        });
    }

    fn reading_failed(&mut self, agent: &AgentId) {
        if let Some(read) = self.reads.0.remove(agent) {
            self.say_greetings(agent, read.greetings);
        }
    }

    fn finish_reading_if_done(&mut self, agent: &AgentId, now: Now) {
        let done = self.reads.0.get(agent).is_some_and(|read| read.waits_for.is_empty());
        let Some(mut read) = done.then(|| self.reads.0.remove(agent)).flatten() else { return };
        self.remove_vanished(agent, &read, now);
        read.found.iter().for_each(|call| self.tell_consult(*call));
        if std::mem::take(&mut read.again) && read.tries < TRIES_MAX {
            let Read { tries, greetings, .. } = read;
            self.start_reading(agent, Read { tries: tries + 1, greetings, ..Read::default() });
        } else {
            self.say_greetings(agent, read.greetings);
        }
    }

    /// Living calls of the agent which his device does not have.
    fn remove_vanished(&mut self, agent: &AgentId, read: &Read, now: Now) {
        let listed: Vec<CallId> =
            self.agents.get(agent).into_iter().flat_map(|agent| agent.calls.clone()).collect();
        for id in listed.into_iter().filter(|id| !read.found.contains(id)) {
            let lives =
                self.calls.get(&id).and_then(|call| call.leg_of(agent)).is_some_and(|leg| leg.lives());
            if lives && self.stood_still(id, read.began) {
                self.change_call(id, |call| {
                    if let Some(leg) = call.leg_of_mut(agent) {
                        leg.set(crate::view::LegState::Dropped, Some(now.wall));
                        leg.listed = false;
                    }
                });
            }
        }
    }

    /// mapping.md section 1.2, steps 4 and 6, for an agent who was signed in already.
    fn say_greetings(&mut self, agent: &AgentId, greetings: Vec<Option<RequestId>>) {
        for request in greetings {
            self.say(Change::User { agent: agent.clone(), request });
            let calls: Vec<CallId> =
                self.agents.get(agent).into_iter().flat_map(|agent| agent.calls.clone()).collect();
            for call in calls {
                self.say(Change::DialogAdded { agent: agent.clone(), call, request: None });
            }
        }
    }
}

/// Puts the call into the collection of each agent whose leg lives.
pub(crate) fn list_agents(call: &mut Call) {
    for leg in call.legs.iter_mut().filter(|leg| leg.lives() && leg.party.agent.is_some()) {
        leg.listed = true;
    }
}

/// The connections of a device list.
pub(crate) fn connections(conf: &SnapshotDeviceConf) -> Vec<CallRef> {
    let connection = |item: &ged188::SnapshotDeviceConfCallsItem| {
        Some(CallRef {
            id: CallId(item.call_connection_call_id?),
            device_type: item.call_connection_device_id_type.unwrap_or_default(),
            device: item.call_connection_device_id.clone(),
        })
    };
    conf.calls.iter().filter_map(connection).collect()
}

/// The first connection of each call.
pub(crate) fn distinct(connections: impl Iterator<Item = CallRef>) -> Vec<CallRef> {
    let mut seen = BTreeSet::new();
    connections.filter(|call| seen.insert(call.id)).collect()
}
