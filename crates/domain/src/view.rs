//! What the public surface shows: plain values without behaviour, complete enough to render
//! (rest-api.md sections 5.1 and 6.1). Two views are equal exactly when a client could not tell them
//! apart, so "publish only what changed" is a comparison.

use serde::{Deserialize, Serialize};

use crate::ids::{AgentId, CallId, QueueId, TeamId, WallMs};

/// One agent or supervisor (REST `User`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserView {
    /// loginId, URL id.
    pub id: AgentId,
    /// loginName; may be empty while only CTI has told of the agent.
    pub login_name: String,
    /// firstName.
    pub first_name: String,
    /// lastName.
    pub last_name: String,
    /// Whether `roles` holds Supervisor beside Agent.
    pub supervisor: bool,
    /// The team the agent belongs to.
    pub team: Option<TeamView>,
    /// Supervised teams, sorted by id; rendered only for supervisors.
    pub teams: Vec<TeamView>,
    /// Empty while signed out.
    pub extension: String,
    /// mobileAgent: how the agent signed in through this node, if as a mobile agent.
    pub mobile: Option<MobileAgent>,
    /// state.
    pub state: UserState,
    /// stateChangeTime; `None` is rendered empty (unknown).
    pub since: Option<WallMs>,
    /// pendingState; `None` is rendered empty.
    pub pending: Option<PendingState>,
    /// reasonCodeId and reasonCode (mapping.md section 2.4).
    pub reason: ReasonView,
    /// settings/wrapUpOnIncoming.
    pub wrap_up_incoming: WrapUpMode,
    /// settings/wrapUpOnOutgoing.
    pub wrap_up_outgoing: WrapUpMode,
}

/// How the calls of a mobile agent reach him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MobileAgent {
    /// mode.
    pub mode: MobileMode,
    /// dialNumber: the phone outside.
    pub dial_number: String,
}

/// Modes of mobile agents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MobileMode {
    /// Each call is dialed.
    CallByCall,
    /// One line from sign-in to sign-out.
    NailedConnection,
}

impl MobileMode {
    /// The wire value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CallByCall => "CALL_BY_CALL",
            Self::NailedConnection => "NAILED_CONNECTION",
        }
    }

    /// The mode of this wire value.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::CallByCall, Self::NailedConnection].into_iter().find(|mode| mode.as_str() == text)
    }
}

/// A team by id and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TeamView {
    /// Team id.
    pub id: TeamId,
    /// Team name.
    pub name: String,
}

/// Readable User states (rest-api.md section 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the wire values")]
pub enum UserState {
    Logout,
    NotReady,
    Ready,
    Reserved,
    ReservedOutbound,
    ReservedOutboundPreview,
    Talking,
    Hold,
    Work,
    WorkReady,
    Unknown,
}

impl UserState {
    /// Signed in at CTI, as far as is known.
    pub fn signed_in(self) -> bool {
        !matches!(self, Self::Logout | Self::Unknown)
    }
    /// The wire value, such as `NOT_READY`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Logout => "LOGOUT",
            Self::NotReady => "NOT_READY",
            Self::Ready => "READY",
            Self::Reserved => "RESERVED",
            Self::ReservedOutbound => "RESERVED_OUTBOUND",
            Self::ReservedOutboundPreview => "RESERVED_OUTBOUND_PREVIEW",
            Self::Talking => "TALKING",
            Self::Hold => "HOLD",
            Self::Work => "WORK",
            Self::WorkReady => "WORK_READY",
            Self::Unknown => "UNKNOWN",
        }
    }
}

/// The state to be entered when the call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the wire values")]
pub enum PendingState {
    Ready,
    NotReady,
    Logout,
    Work,
    WorkReady,
}

impl PendingState {
    /// The wire value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "READY",
            Self::NotReady => "NOT_READY",
            Self::Logout => "LOGOUT",
            Self::Work => "WORK",
            Self::WorkReady => "WORK_READY",
        }
    }
}

/// reasonCodeId and the reasonCode object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReasonView {
    /// Neither element (READY, TALKING, WORK ...).
    Absent,
    /// `reasonCodeId` -1, no object.
    None,
    /// `reasonCodeId` and the object; id -1 for a system code.
    Code(ReasonCode),
}

/// Category of a reason code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs, reason = "the names are the wire values")]
pub enum ReasonCategory {
    NotReady,
    Logout,
}

impl ReasonCategory {
    /// The wire value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotReady => "NOT_READY",
            Self::Logout => "LOGOUT",
        }
    }

    /// The category of this wire value.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::NotReady, Self::Logout].into_iter().find(|category| category.as_str() == text)
    }
}

/// A reason code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReasonCode {
    /// The id in our own database; -1 for a system code. Never on the CTI wire.
    #[serde(skip)]
    pub id: i32,
    /// NOT_READY or LOGOUT.
    pub category: ReasonCategory,
    /// The number on the CTI wire.
    pub code: u16,
    /// Text for people.
    pub label: String,
    /// Offered to everybody.
    pub for_all: bool,
    /// Made by the system, not by an administrator.
    #[serde(skip)]
    pub system: bool,
}

/// Whether wrap-up reasons are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the wire values")]
pub enum WrapUpMode {
    Required,
    Optional,
    NotAllowed,
    RequiredWithData,
}

impl WrapUpMode {
    /// The wire value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "REQUIRED",
            Self::Optional => "OPTIONAL",
            Self::NotAllowed => "NOT_ALLOWED",
            Self::RequiredWithData => "REQUIRED_WITH_WRAP_UP_DATA",
        }
    }
}

/// One call (REST `Dialog`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialogView {
    /// Dialog id.
    pub id: CallId,
    /// fromAddress.
    pub from: String,
    /// toAddress.
    pub to: String,
    /// associatedDialogUri, by id.
    pub associated: Option<CallId>,
    /// secondaryId.
    pub secondary: Option<CallId>,
    /// mediaProperties/DNIS.
    pub dnis: String,
    /// mediaProperties/callType.
    pub call_type: &'static str,
    /// mediaProperties/dialedNumber.
    pub dialed_number: String,
    /// callVariable1 ... callVariable10, then named variables and array elements (`name[index]`).
    pub variables: Vec<(String, String)>,
    /// `None`: the element is left out (wrap-up not allowed).
    pub wrap_up_reason: Option<String>,
    /// scheduledCallbackInfo, while a callback is promised to a campaign's customer.
    pub callback: Option<CallbackView>,
    /// participants, in the order of joining.
    pub legs: Vec<LegView>,
    /// state.
    pub state: LegState,
    /// What CTI tells of this call contradicts itself, and it is being read again. Our own element `rebuilding`,
    /// rendered only while true.
    pub rebuilding: bool,
}

/// A callback that a campaign's customer was promised, as far as CTI has told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallbackView {
    /// callbackTime, `YYYY-MM-DDThh:mm`; empty if not told.
    pub time: String,
    /// callbackNumber; empty if not told, or the customer's own.
    pub number: String,
}

/// One participant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegView {
    /// mediaAddress.
    pub address: String,
    /// mediaAddressType AGENT_DEVICE, else empty.
    pub agent_device: bool,
    /// The agent at the device, if one is signed in there.
    pub agent: Option<AgentId>,
    /// state.
    pub state: LegState,
    /// stateCause; empty unless FAILED.
    pub cause: &'static str,
    /// startTime; `None` is rendered empty.
    pub started: Option<WallMs>,
    /// stateChangeTime; `None` is rendered empty.
    pub since: Option<WallMs>,
    /// actions.
    pub actions: Vec<Action>,
}

/// States of participants; those of dialogs are a subset (without HELD and WRAP_UP).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the wire values")]
pub enum LegState {
    Initiating,
    Initiated,
    Alerting,
    Active,
    Held,
    Failed,
    WrapUp,
    Dropped,
    Accepted,
}

impl LegState {
    /// The wire value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Initiating => "INITIATING",
            Self::Initiated => "INITIATED",
            Self::Alerting => "ALERTING",
            Self::Active => "ACTIVE",
            Self::Held => "HELD",
            Self::Failed => "FAILED",
            Self::WrapUp => "WRAP_UP",
            Self::Dropped => "DROPPED",
            Self::Accepted => "ACCEPTED",
        }
    }
}

/// What a participant may do now (mapping.md section 3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the wire values")]
pub enum Action {
    Answer,
    Hold,
    Retrieve,
    Drop,
    UpdateCallData,
    ConsultCall,
    Transfer,
    Conference,
    TransferSst,
    SendDtmf,
    ParticipantDrop,
    Accept,
    Close,
    Reject,
    Reclassify,
    UpdateScheduledCallback,
    CancelScheduledCallback,
}

impl Action {
    /// The wire value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "ANSWER",
            Self::Hold => "HOLD",
            Self::Retrieve => "RETRIEVE",
            Self::Drop => "DROP",
            Self::UpdateCallData => "UPDATE_CALL_DATA",
            Self::ConsultCall => "CONSULT_CALL",
            Self::Transfer => "TRANSFER",
            Self::Conference => "CONFERENCE",
            Self::TransferSst => "TRANSFER_SST",
            Self::SendDtmf => "SEND_DTMF",
            Self::ParticipantDrop => "PARTICIPANT_DROP",
            Self::Accept => "ACCEPT",
            Self::Close => "CLOSE",
            Self::Reject => "REJECT",
            Self::Reclassify => "RECLASSIFY",
            Self::UpdateScheduledCallback => "UPDATE_SCHEDULED_CALLBACK",
            Self::CancelScheduledCallback => "CANCEL_SCHEDULED_CALLBACK",
        }
    }
}

/// One queue (REST `Queue`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueView {
    /// The id in URLs and nodes.
    pub id: QueueId,
    /// name.
    pub name: String,
    /// statistics.
    pub statistics: QueueStatistics,
}

/// What CTI counts in a queue; `None` is "not known", rendered -1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueStatistics {
    /// agentsLoggedOn.
    pub agents_logged_on: Option<u32>,
    /// agentsNotReady.
    pub agents_not_ready: Option<u32>,
    /// agentsReady: available for a call now.
    pub agents_ready: Option<u32>,
    /// agentsBusyOther: on a call of another queue.
    pub agents_busy_other: Option<u32>,
    /// agentsTalkingInbound.
    pub agents_talking_inbound: Option<u32>,
    /// agentsTalkingOutbound.
    pub agents_talking_outbound: Option<u32>,
    /// agentsTalkingInternal.
    pub agents_talking_internal: Option<u32>,
    /// agentsWrapUpNotReady.
    pub agents_wrap_up_not_ready: Option<u32>,
    /// agentsWrapUpReady.
    pub agents_wrap_up_ready: Option<u32>,
    /// callsInQueue.
    pub calls_in_queue: Option<u32>,
    /// startTimeOfLongestCallInQueue; `None`, rendered empty, if no call waits.
    pub longest_since: Option<WallMs>,
}
