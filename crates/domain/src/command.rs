//! What people may ask for, what is refused on the spot, and what comes out of the domain.

use crate::ids::{AgentId, CallId, Extension, QueueId, RequestId, Secret, TeamId};
use crate::view::{Action, MobileAgent};

/// A person as the AWDB knows him (awdb.md section 3), told by the node after each credential check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Agent.PeripheralNumber.
    pub id: AgentId,
    /// Person.LoginName as stored.
    pub login_name: String,
    /// Person.FirstName.
    pub first_name: String,
    /// Person.LastName.
    pub last_name: String,
    /// Agent.SupervisorAgent = Y.
    pub supervisor: bool,
    /// The team the agent is a member of.
    pub team: Option<(TeamId, String)>,
    /// Teams supervised.
    pub supervises: Vec<(TeamId, String)>,
}

/// A request that was accepted in form and rights; the answer comes as an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// state LOGIN.
    SignIn {
        /// Who.
        agent: AgentId,
        /// Where.
        extension: Extension,
        /// Password of the Basic header; goes to CTI as AgentPassword.
        password: Secret,
        /// How his calls reach him, if he is a mobile agent.
        mobile: Option<MobileAgent>,
    },
    /// Any other requestable state, signing out included.
    SetState {
        /// Who.
        agent: AgentId,
        /// What.
        state: RequestedState,
        /// `code` of the chosen reason code, 0 if none.
        reason: u16,
        /// The supervisor who asks for it, and who hears of a failure; `None`: the agent himself.
        by: Option<AgentId>,
    },
    /// MAKE_CALL.
    MakeCall {
        /// Who.
        agent: AgentId,
        /// toAddress.
        to: String,
        /// Call variables by name as the client sent them.
        variables: Vec<(String, String)>,
    },
    /// ANSWER, HOLD, RETRIEVE or DROP on the agent's own leg.
    CallAction {
        /// Who.
        agent: AgentId,
        /// Which dialog.
        call: CallId,
        /// Which of the four (UpdateCallData has its own command).
        action: Action,
    },
    /// UPDATE_CALL_DATA.
    UpdateCallData {
        /// Who.
        agent: AgentId,
        /// Which dialog.
        call: CallId,
        /// Call variables by name.
        variables: Vec<(String, String)>,
        /// CallWrapupData.
        wrap_up_reason: Option<String>,
    },
    /// CONSULT_CALL: a second call from the agent's active one, which is held meanwhile.
    Consult {
        /// Who.
        agent: AgentId,
        /// The active dialog.
        call: CallId,
        /// toAddress.
        to: String,
    },
    /// TRANSFER: the held dialog and the active one become one, without the agent.
    Transfer {
        /// Who.
        agent: AgentId,
        /// The held dialog, or the active one if one other is held (mapping.md section 3.5).
        call: CallId,
    },
    /// CONFERENCE: the held dialog and the active one become one, with the agent.
    Conference {
        /// Who.
        agent: AgentId,
        /// The held dialog, or the active one if one other is held (mapping.md section 3.5).
        call: CallId,
    },
    /// TRANSFER_SST: the active dialog goes to a number, without the agent and without a consultation.
    SingleStepTransfer {
        /// Who.
        agent: AgentId,
        /// The active dialog.
        call: CallId,
        /// toAddress.
        to: String,
    },
    /// SEND_DTMF.
    SendDtmf {
        /// Who.
        agent: AgentId,
        /// The active dialog.
        call: CallId,
        /// dtmfString.
        digits: String,
    },
    /// PARTICIPANT_DROP: somebody else leaves a conference.
    DropParticipant {
        /// The supervisor who asks, himself in the conference.
        agent: AgentId,
        /// Which dialog.
        call: CallId,
        /// mediaAddress of the one who shall leave.
        party: String,
    },
    /// What an agent says to the campaign dialer about a reservation or a customer's call.
    Campaign {
        /// Who.
        agent: AgentId,
        /// Which dialog.
        call: CallId,
        /// What.
        answer: CampaignAnswer,
    },
    /// SILENT_MONITOR: a supervisor listens to an agent.
    SilentMonitor {
        /// The supervisor.
        agent: AgentId,
        /// toAddress: the extension of the agent.
        to: String,
    },
    /// BARGE_CALL: a supervisor joins the call that he listens to.
    Barge {
        /// The supervisor.
        agent: AgentId,
        /// associatedDialogUri, by id: the dialog by which he listens.
        session: CallId,
        /// toAddress: the extension of the agent.
        to: String,
    },
}

/// The actions of campaign calls (rest-api.md section 6.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CampaignAnswer {
    /// ACCEPT: the customer is called.
    Accept,
    /// REJECT: not now.
    Reject,
    /// CLOSE: never.
    Close,
    /// RECLASSIFY: who or what answered.
    Reclassify(Classification),
    /// UPDATE_SCHEDULED_CALLBACK; at least one of the two.
    ScheduleCallback {
        /// callbackTime, `YYYY-MM-DDThh:mm`.
        time: Option<String>,
        /// callbackNumber.
        number: Option<String>,
    },
    /// CANCEL_SCHEDULED_CALLBACK.
    CancelCallback,
}

/// Values of outboundClassification in RECLASSIFY.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the wire values")]
pub enum Classification {
    Voice,
    Fax,
    AnsweringMachine,
    Invalid,
}

impl Classification {
    /// The wire value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Voice => "VOICE",
            Self::Fax => "FAX",
            Self::AnsweringMachine => "ANSWERING_MACHINE",
            Self::Invalid => "INVALID",
        }
    }

    /// The classification of this wire value.
    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::Voice, Self::Fax, Self::AnsweringMachine, Self::Invalid];
        all.into_iter().find(|known| known.as_str() == text)
    }
}

/// Requestable states beside LOGIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the wire values")]
pub enum RequestedState {
    Logout,
    NotReady,
    Ready,
    Work,
    WorkReady,
}

/// Why a command is refused before it goes to CTI, so that the REST answer is 4xx and not 202.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 404 User Not Found.
    #[error("no such user")]
    UnknownUser,
    /// 404 Dialog Not Found.
    #[error("no such dialog")]
    UnknownDialog,
    /// 401 Invalid Authorization User Specified: the agent has no leg in the dialog.
    #[error("the agent is not a participant of the dialog")]
    NotParticipant,
    /// 400 Invalid State: LOGOUT from LOGOUT; SILENT_MONITOR by somebody who is not Not Ready, BARGE_CALL by somebody who
    /// does not listen.
    #[error("the requested state is not allowed now")]
    InvalidState,
    /// 400 Invalid Input: unknown call variable name, duplicate, BA variable, or ECC variables beyond 2,000 bytes.
    #[error("a call variable is not known, given twice, not changeable, or too much for one call")]
    InvalidVariable,
    /// 400 Invalid Destination: a call to oneself, PARTICIPANT_DROP of what is no agent's device on the call,
    /// SILENT_MONITOR of a number at which no agent is, BARGE_CALL while the agent holds the call.
    #[error("the destination is not allowed")]
    InvalidDestination,
    /// 401 Invalid Supervisor: the agent is in no team of the supervisor.
    #[error("the agent is in no team of the supervisor")]
    NotSupervisor,
    /// 400 20999: BARGE_CALL, and the agent does not control the conference or is about to make one.
    #[error("the agent cannot let anybody into the call")]
    NotController,
    /// 400 20700: BARGE_CALL, and the conference has no room.
    #[error("the conference is full")]
    BridgeFull,
    /// 500: the queue of requests for that object is full (bound: 16 waiting requests an object).
    #[error("too many requests wait for this object")]
    Busy,
}

/// Names the CTI request an answer belongs to; given out by the domain, carried by the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// What the domain wants done. Drain with `Domain::poll_output` after every input.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "an output lives from one step to the next; boxing would cost an allocation for each request"
)]
pub enum Output {
    /// Send this request (InvokeID 0; the node fills it in) and bring its answer to `Domain::answered`.
    Request(Ticket, ged188::Message),
    /// Something a client can see has changed.
    Changed(Change),
    /// Read the calls on this instrument (SNAPSHOT_DEVICE_REQ, then SNAPSHOT_CALL_REQ for each call that
    /// `Domain::apply_device` names); the domain publishes when the last answer is applied.
    ReadDevice(AgentId, String),
    /// What became of an order of [`Domain::force_logout`](crate::Domain::force_logout).
    Forced(crate::LogoutOrder, crate::Forced),
    /// Ask this once more of a call whose news contradict each other, and bring the answer to `Domain::looked`.
    Look(crate::rebuild::Look),
}

/// One event to publish (notifications.md section 7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// User PUT; read the new form with `Domain::user`.
    User {
        /// Whose.
        agent: AgentId,
        /// The request that caused it.
        request: Option<RequestId>,
    },
    /// The dialog joined the agent's collection: POST.
    DialogAdded {
        /// Whose collection.
        agent: AgentId,
        /// Which; read with `Domain::dialog`.
        call: CallId,
        /// The request that caused it.
        request: Option<RequestId>,
    },
    /// The dialog changed: PUT, to one agent who has it.
    DialogChanged {
        /// To whom.
        agent: AgentId,
        /// Which.
        call: CallId,
        /// The request that caused it, for the agent who made it only.
        request: Option<RequestId>,
    },
    /// The dialog left the agent's collection: DELETE with its last form.
    DialogRemoved {
        /// Whose collection.
        agent: AgentId,
        /// Its last form.
        dialog: Box<crate::view::DialogView>,
        /// The request that caused it.
        request: Option<RequestId>,
    },
    /// The queue looks different: PUT; read it with `Domain::queue`.
    Queue {
        /// Which.
        queue: QueueId,
    },
    /// The configuration has the queue no more: DELETE.
    QueueRemoved {
        /// Which.
        queue: QueueId,
    },
    /// A request was refused or its outcome is unknown: apiErrors (mapping.md section 4).
    Error {
        /// To whom.
        agent: AgentId,
        /// Node and source of the event.
        source: ErrorSource,
        /// The three elements.
        error: ApiError,
        /// The request.
        request: Option<RequestId>,
    },
}

/// Where an apiErrors event goes (mapping.md section 4, first table).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorSource {
    /// User node, source the User.
    User,
    /// A supervisor's User node, source the User of this member of his team.
    Member(AgentId),
    /// Dialogs node, source the dialog.
    Dialog(CallId),
    /// Dialogs node, source the collection (a failed MAKE_CALL).
    Dialogs,
}

/// errorData, errorMessage, errorType.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// errorData: the CTI number.
    pub data: String,
    /// errorMessage: the constant with its prefix.
    pub message: String,
    /// errorType.
    pub kind: String,
}
