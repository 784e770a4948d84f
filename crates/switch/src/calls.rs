//! The calls and the table that finds them by id and by device.
//!
//! Knows nothing of agents and messages.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use ged188::{CallType, LocalConnectionState};

/// Calls at one time, those whose data may still be changed among them: two for each of the 20,000 agents
/// that the largest deployments configure.
pub const CALLS_MAX: usize = 40_000;

/// Calls of one phone at one time, one of them engaged: SNAPSHOT_DEVICE_CONF lists no more (ged188.md section 2.4).
pub const CALLS_OF_DEVICE_MAX: usize = 16;

/// Parties of one call: the lists of CTI messages are no longer (ged188.md section 2.4).
pub const PARTIES_MAX: usize = 16;

/// ConnectionCallIDs count up from here, so that a call is never mistaken for an agent or a device.
const FIRST_CALL_ID: u32 = 16_777_217;

/// One call.
#[derive(Clone, Debug)]
pub struct Call {
    /// ConnectionCallID.
    pub id: u32,
    /// CallType.
    pub kind: CallType,
    /// The connection that names the call towards CTI clients: the first device of ours on it.
    pub home: String,
    /// Who called: a device or an outside number (ANI).
    pub from: String,
    /// DialedNumber.
    pub to: String,
    /// Everybody who is on the call, in the order of joining.
    pub parties: Vec<Party>,
    /// CallVariable1 to CallVariable10.
    pub variables: [String; 10],
    /// Expanded call context scalars, by name.
    pub named: BTreeMap<String, String>,
    /// Expanded call context arrays, by name and index.
    pub arrays: BTreeMap<(String, u8), String>,
    /// CallWrapupData.
    pub wrap_up_data: String,
    /// RouterCallKeyCallID; the sequence number counts the routing decisions.
    pub router_key: u32,
    /// The skill group that the call was routed to.
    pub skill_group: Option<u32>,
    /// Who may add parties, while the call is a conference and that party is on it.
    pub controller: Option<String>,
    /// The call that this one is a consultation about.
    pub consult: Option<Consult>,
    /// Where the call stands.
    pub stage: Stage,
    /// Whether CTI clients know of it: not while it waits for its first agent.
    pub told: bool,
    /// When it began.
    pub since: Duration,
}

/// A call that somebody makes to consult about another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consult {
    /// ConnectionCallID of the call that it is about.
    pub about: u32,
    /// Who consults.
    pub device: String,
}

/// Where a call stands.
///
/// ```text
///  Queued ──agent free──▶ Reserved ──▶ Ringing ──answer──▶ Up ──────▶ Over ──▶ (gone)
///     ▲                                 │ ▲  │             │ │ │        ▲
///     ├────────── no answer ────────────┘ │  │             │ │ └────────┤ one party is left, or none of ours
///     │                                   └──│─ to a phone ┘ │          │
///     └────── single-step transfer to a dialed number ───────┘          │
///  Queued, Reserved, Ringing ────────── the caller gives up ────────────┤
///  Failed (busy, unknown number) ────── the caller hangs up ────────────┘
///
///  two calls that are Up ──transfer, conference──▶ the held one is Up with the parties of both, the other is gone
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Waits for an agent of the skill group.
    Queued {
        /// SkillGroupNumber.
        group: u32,
        /// Since when.
        since: Duration,
    },
    /// An agent is reserved, the phone does not ring yet.
    Reserved {
        /// SkillGroupNumber.
        group: u32,
        /// The agent's extension.
        device: String,
        /// When it begins to ring.
        until: Duration,
    },
    /// A phone rings.
    Ringing {
        /// Which: an extension or an outside number.
        device: String,
        /// When the ringing ends by itself: back to the queue, or the outside party answers.
        until: Option<Duration>,
    },
    /// Answered.
    Up,
    /// The caller hears busy tone or an announcement.
    Failed,
    /// Everybody hung up; the data may still be changed.
    Over {
        /// Until when.
        until: Duration,
    },
}

/// One connection of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Extension or outside number.
    pub device: String,
    /// Where the device stands.
    pub place: Place,
    /// Whether this party placed the call.
    pub caller: bool,
    /// What the call is for an agent at this device.
    pub task: Task,
    /// State of the connection.
    pub leg: Leg,
    /// Since when.
    pub since: Duration,
}

/// What a call is for the agent at one of its devices: it decides wrap-up and what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// The call was routed to the agent.
    Routed {
        /// SkillGroupNumber.
        group: u32,
    },
    /// The agent called somebody outside.
    Out,
    /// Anything else, such as a call of a colleague.
    Other,
}

/// Where a device stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A phone of the switch.
    Inside,
    /// Behind a trunk.
    Outside,
}

/// State of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leg {
    /// Off hook, dialing.
    Initiated,
    /// Rings.
    Alerting,
    /// Speaks, or (a caller) waits for the far end.
    Connected,
    /// Held by its own device.
    Held,
    /// Busy tone or announcement.
    Failed,
}

impl Leg {
    /// LocalConnectionState on the wire.
    pub fn state(self) -> LocalConnectionState {
        match self {
            Self::Initiated => LocalConnectionState::INITIATE,
            Self::Alerting => LocalConnectionState::ALERTING,
            Self::Connected => LocalConnectionState::CONNECT,
            Self::Held => LocalConnectionState::HOLD,
            Self::Failed => LocalConnectionState::FAIL,
        }
    }
    /// The name as the documents spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Initiated => "INITIATE",
            Self::Alerting => "ALERTING",
            Self::Connected => "CONNECT",
            Self::Held => "HOLD",
            Self::Failed => "FAIL",
        }
    }
    /// Speaking, dialing or listening to a tone: the device cannot begin anything else.
    pub fn engaged(self) -> bool {
        matches!(self, Self::Initiated | Self::Connected | Self::Failed)
    }
}

impl Call {
    /// The connection of this device.
    pub fn party(&self, device: &str) -> Option<&Party> {
        self.parties.iter().find(|party| party.device == device)
    }
    /// Everybody but this device.
    pub fn others(&self, device: &str) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(move |party| party.device != device)
    }
    pub(crate) fn set_task(&mut self, device: &str, task: Task) {
        if let Some(party) = self.parties.iter_mut().find(|party| party.device == device) {
            party.task = task;
        }
    }
    /// Whether CTI clients are told that this is a conference.
    pub fn is_conference(&self) -> bool {
        self.kind == CallType::CONFERENCE
    }
    /// Whether this device makes the call to consult about another one.
    pub fn is_consult_of(&self, device: &str) -> bool {
        self.consult.as_ref().is_some_and(|consult| consult.device == device)
    }
    /// Whether the switch still has a part in the call: a phone of its own, or a queue.
    pub fn is_ours(&self) -> bool {
        let waits = matches!(self.stage, Stage::Queued { .. } | Stage::Reserved { .. });
        waits || self.parties.iter().any(|party| party.place == Place::Inside)
    }
    /// Whether anybody is on the call.
    pub fn live(&self) -> bool {
        !matches!(self.stage, Stage::Over { .. })
    }
    /// The stage as one word.
    pub fn stage_name(&self) -> &'static str {
        match self.stage {
            Stage::Queued { .. } => "QUEUED",
            Stage::Reserved { .. } => "RESERVED",
            Stage::Ringing { .. } => "RINGING",
            Stage::Up => "UP",
            Stage::Failed => "FAILED",
            Stage::Over { .. } => "OVER",
        }
    }
}

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
