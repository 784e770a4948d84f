//! What a request wants, and whether it shows: after a loss the state itself is the answer.

use node::api::HttpRequest;
use node::domain::{AgentId, DialogView, Domain, LegView};

use super::command::{Command, campaign_action};
use crate::desktop::Person;

/// What a request wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// This User state.
    State(String),
    /// A call of the agent's own.
    Call,
    /// To listen to somebody.
    Listen,
    /// To be in the call to which this dialog listens.
    Barge { session: String },
    /// The effect of this requestedAction on that dialog; `target` is the targetMediaAddress.
    Action { dialog: String, action: String, target: String },
}

impl Goal {
    /// What a request wants; `None` if it changes nothing or makes no sense.
    pub(super) fn of(request: &HttpRequest) -> Option<Self> {
        let body = String::from_utf8_lossy(&request.body);
        let text = |name: &str| between(&body, &format!("<{name}>"), &format!("</{name}>"));
        match request.method.as_str() {
            "GET" => None,
            _ if body.starts_with("<User>") => text("state").map(Self::State),
            _ => match text("requestedAction")?.as_str() {
                "MAKE_CALL" => Some(Self::Call),
                "SILENT_MONITOR" => Some(Self::Listen),
                "BARGE_CALL" => {
                    let uri = text("associatedDialogUri")?;
                    Some(Self::Barge { session: uri.strip_prefix("/finesse/api/Dialog/")?.into() })
                }
                "START_RECORDING" => None,
                action => Some(Self::Action {
                    dialog: request.path.strip_prefix("/finesse/api/Dialog/")?.into(),
                    action: action.into(),
                    target: text("targetMediaAddress").unwrap_or_default(),
                }),
            },
        }
    }

    /// Whether this CTI request is what it becomes.
    pub(super) fn asks_for(&self, command: &Command) -> bool {
        match self {
            Self::State(wanted) => command.what == wanted,
            Self::Call => command.what == "MAKE_CALL",
            Self::Listen => command.what == "SILENT_MONITOR",
            Self::Barge { session } => {
                command.what == "BARGE_CALL" && command.calls.iter().any(|call| call.to_string() == *session)
            }
            Self::Action { dialog, action, .. } => {
                // Who drops himself leaves.
                let himself = action == "PARTICIPANT_DROP" && command.what == "DROP";
                (himself || command.what == action)
                    && command.calls.iter().any(|call| call.to_string() == *dialog)
            }
        }
    }

    /// Whether the agent's state or calls are as wanted, or have gone on from there.
    pub(super) fn shows(&self, domain: &Domain, person: &Person) -> bool {
        let id = AgentId::new(&person.id);
        match self {
            Self::State(wanted) => domain.user(&id).is_some_and(|user| {
                let pending = user.pending.is_some_and(|pending| pending.as_str() == wanted);
                pending || state_shows(wanted, user.state.as_str())
            }),
            Self::Call => !domain.dialogs_of(&id).is_empty(),
            Self::Listen => domain.dialogs_of(&id).iter().any(|dialog| dialog.call_type == SESSION),
            Self::Barge { .. } => {
                domain.dialogs_of(&id).iter().any(|dialog| dialog.call_type == "CONFERENCE")
            }
            Self::Action { dialog, action, target } => {
                let dialogs = domain.dialogs_of(&id);
                let found = dialogs.iter().find(|found| found.id.0.to_string() == *dialog);
                action_shows(action, found, dialogs.len(), &id, target)
            }
        }
    }
}

/// callType of a dialog by which a supervisor listens.
const SESSION: &str = "SUPERVISOR_MONITOR";

fn action_shows(
    action: &str,
    found: Option<&DialogView>,
    dialogs: usize,
    id: &AgentId,
    target: &str,
) -> bool {
    let leg = |is: &dyn Fn(&LegView) -> bool| {
        let leg = found.and_then(|dialog| dialog.legs.iter().find(|leg| is(leg)));
        leg.map_or("", |leg| leg.state.as_str())
    };
    let own = leg(&|leg| leg.agent.as_ref() == Some(id));
    match action {
        // Who has answered may have put the call on hold since.
        "ANSWER" | "RETRIEVE" => matches!(own, "ACTIVE" | "HELD"),
        "HOLD" => own == "HELD",
        "DROP" | "TRANSFER" | "TRANSFER_SST" => matches!(own, "" | "DROPPED" | "WRAP_UP"),
        "CONSULT_CALL" => dialogs > 1,
        "CONFERENCE" => found.is_none_or(|dialog| dialog.call_type == "CONFERENCE"),
        "PARTICIPANT_DROP" => matches!(leg(&|leg| leg.address == target), "" | "DROPPED"),
        _ => found.is_some_and(|dialog| was_said(action, dialog)),
    }
}

/// The last word for the campaign dialer is that of the action.
fn was_said(action: &str, dialog: &DialogView) -> bool {
    let mut words = dialog.variables.iter().filter(|(name, _)| name == "BAResponse");
    words.any(|(_, word)| campaign_action(word) == action)
}

/// A state that was asked for shows in every state that only it can lead to.
fn state_shows(wanted: &str, state: &str) -> bool {
    match wanted {
        "LOGIN" => !matches!(state, "LOGOUT" | "UNKNOWN"),
        "READY" => matches!(state, "READY" | "RESERVED" | "RESERVED_OUTBOUND_PREVIEW" | "TALKING" | "HOLD"),
        wanted => state == wanted,
    }
}

fn between(text: &str, from: &str, to: &str) -> Option<String> {
    let (_, rest) = text.split_once(from)?;
    rest.split_once(to).map(|(inner, _)| inner.to_owned())
}
