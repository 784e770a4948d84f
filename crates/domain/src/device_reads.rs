//! Reading one device while in service: at each sign-in, and where events alone do not tell enough.
//!
//! ```text
//! read_device ─▶ Output::ReadDevice ─▶ apply_device ─▶ apply_call for each call ─▶ collection set right ─▶ greeting
//!                      ▲                                                                   │
//!                      ╰──────────── a call was touched by events meanwhile ◀──────────────╯
//! ```

use std::collections::{BTreeMap, BTreeSet};

use ged188::{LocalConnectionState, SnapshotCallConf, SnapshotDeviceConf, StatusCode};

use crate::agent_state::on_calls;
use crate::calls::{Call, CallRef, Leg};
use crate::command::{Change, Output};
use crate::domain::Domain;
use crate::ids::{AgentId, CallId, Now, RequestId};
use crate::rebuild::{Evidence, Snapshot, Verdict, weigh};

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
    /// The agent's own connections, with their states.
    found: BTreeMap<CallId, (CallRef, Option<LocalConnectionState>)>,
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
        let states = conf.calls.iter().map(|item| item.call_state);
        read.found = listed.iter().zip(states).map(|(own, state)| (own.id, (own.clone(), state))).collect();
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
            Ok(conf) if self.stood_still(id, began) => self.replace_call(id, conf, &waiting, now),
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

    /// Takes the snapshot over, with what the devices of those who waited for it list. If they contradict each other, or
    /// the snapshot what is certain, the call is marked and read again.
    fn replace_call(&mut self, id: CallId, conf: &SnapshotCallConf, waiting: &[AgentId], now: Now) {
        let known = self.calls.get(&id).cloned().unwrap_or_else(|| Call::new(id));
        let call = self.call_from_snapshot(id, conf, Some(&known));
        let lists = waiting.iter().filter_map(|agent| self.leg_listed_by(agent, &known)).collect();
        let found =
            Evidence { snapshots: vec![Snapshot { by: String::new(), call }], lists, ..Evidence::default() };
        if let Verdict::Seen { call, doubt, .. } = weigh(&known, &found) {
            self.show(id, *call, doubt.or(known.doubt));
            doubt.into_iter().for_each(|why| self.suspect(id, why, now));
            self.learned(id, now);
        }
    }

    fn leg_listed_by(&self, agent: &AgentId, known: &Call) -> Option<(String, Option<Leg>)> {
        let (own, state) = self.reads.0.get(agent)?.found.get(&known.id)?;
        let device = &self.agents.get(agent)?.status.instrument;
        let leg = self.leg_of_list(device, own.clone(), *state, known);
        Some((leg.party.address.clone(), Some(leg)))
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
        read.found.keys().for_each(|call| self.tell_consult(*call));
        if std::mem::take(&mut read.again) && read.tries < TRIES_MAX {
            let Read { tries, greetings, .. } = read;
            self.start_reading(agent, Read { tries: tries + 1, greetings, ..Read::default() });
        } else {
            self.say_greetings(agent, read.greetings);
            self.search_if_lost(agent, now);
        }
    }

    /// Living calls of the agent which his device does not have. Those that it may merely leave out are read by
    /// themselves (CTI-18b).
    fn remove_vanished(&mut self, agent: &AgentId, read: &Read, now: Now) {
        let status = self.agents.get(agent).map(|agent| &agent.status);
        let talks = status.is_some_and(|status| on_calls(status.state));
        let missed: Vec<CallId> = self.calls_at(agent).filter(|id| !read.found.contains_key(id)).collect();
        for id in missed.into_iter().filter(|id| self.stood_still(*id, read.began)).collect::<Vec<_>>() {
            if talks || self.calls.get(&id).is_some_and(Call::is_conference) {
                self.check_call(id, now);
            } else {
                self.change_call(id, |call| {
                    if let Some(leg) = call.leg_of_mut(agent) {
                        leg.set(crate::view::LegState::Dropped, Some(now.wall));
                        leg.listed = false;
                    }
                });
            }
        }
    }

    /// Calls with a living leg on the agent's device.
    fn calls_at<'a>(&'a self, agent: &'a AgentId) -> impl Iterator<Item = CallId> + 'a {
        let extension = self.agents.get(agent).map_or("", |agent| &agent.status.extension);
        let his = move |leg: &Leg| {
            leg.party.agent.as_ref().map_or(leg.party.address == extension, |owner| owner == agent)
        };
        self.calls.values().filter(move |call| call.living().any(his)).map(|call| call.id)
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
