//! One call: its parties, its data, and where it stands.
//!
//! Knows nothing of agents and messages.

use std::collections::BTreeMap;
use std::time::Duration;

use ged188::{CallType, LocalConnectionState};

/// Parties of one call: the lists of CTI messages are no longer (ged188.md section 2.4).
pub const PARTIES_MAX: usize = 16;

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
    /// What it lets a supervisor listen to.
    pub monitor: Option<Monitor>,
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

/// A call by which a supervisor listens to an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitor {
    /// ConnectionCallID of the call that is listened to.
    pub about: u32,
    /// The agent's phone, which is on both.
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
    /// A campaign's customer, or the reservation for one.
    Campaign {
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
    /// A supervisor listens to what is spoken at the device in another call.
    Listened,
}

impl Leg {
    /// LocalConnectionState on the wire.
    pub fn state(self) -> LocalConnectionState {
        match self {
            Self::Initiated => LocalConnectionState::INITIATE,
            Self::Alerting => LocalConnectionState::ALERTING,
            Self::Connected | Self::Listened => LocalConnectionState::CONNECT,
            Self::Held => LocalConnectionState::HOLD,
            Self::Failed => LocalConnectionState::FAIL,
        }
    }
    /// The name as the documents spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Initiated => "INITIATE",
            Self::Alerting => "ALERTING",
            Self::Connected | Self::Listened => "CONNECT",
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
    /// Whether a supervisor only listens by it.
    pub fn is_session(&self) -> bool {
        self.monitor.is_some()
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
