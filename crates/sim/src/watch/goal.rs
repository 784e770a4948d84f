//! What a request wants, and whether it shows: after a loss the state itself is the answer.

use node::api::HttpRequest;
use node::domain::{AgentId, Domain};

use super::wire::Command;
use crate::desktop::Person;

/// What a request wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// This User state.
    State(String),
    /// A call of the agent's own.
    Call,
    /// This participant state in that dialog; empty for none at all.
    Leg(String, &'static str, u32),
    /// That call variable value in that dialog.
    Data(String),
}

impl Goal {
    /// What a request wants; `None` if it changes nothing or makes no sense.
    pub(super) fn of(request: &HttpRequest) -> Option<Self> {
        let body = String::from_utf8_lossy(&request.body);
        let dialog = || request.path.trim_start_matches("/finesse/api/Dialog/").to_owned();
        match request.method.as_str() {
            "GET" => None,
            _ if body.starts_with("<User>") => between(&body, "<state>", "</state>").map(Self::State),
            _ => match between(&body, "<requestedAction>", "</requestedAction>")?.as_str() {
                "MAKE_CALL" => Some(Self::Call),
                "ANSWER" => Some(Self::Leg(dialog(), "ACTIVE", 42)),
                "HOLD" => Some(Self::Leg(dialog(), "HELD", 54)),
                "RETRIEVE" => Some(Self::Leg(dialog(), "ACTIVE", 62)),
                "DROP" => Some(Self::Leg(dialog(), "", 46)),
                "UPDATE_CALL_DATA" => Some(Self::Data(dialog())),
                _ => None,
            },
        }
    }

    /// Whether this CTI request is what it becomes (ged188.md section 5).
    pub(super) fn asks_for(&self, command: &Command) -> bool {
        match self {
            Self::State(wanted) => command.kind == 38 && command.state == wanted,
            Self::Call => command.kind == 56,
            Self::Leg(dialog, _, kind) => command.kind == *kind && *dialog == command.call.to_string(),
            Self::Data(dialog) => command.kind == 26 && *dialog == command.call.to_string(),
        }
    }

    /// Whether the agent's state or calls are as wanted, or have gone on from there.
    pub(super) fn shows(&self, domain: &Domain, person: &Person) -> bool {
        let id = AgentId::new(&person.id);
        let dialogs = domain.dialogs_of(&id);
        match self {
            Self::State(wanted) => domain.user(&id).is_some_and(|user| {
                let pending = user.pending.is_some_and(|pending| pending.as_str() == wanted);
                pending || state_shows(wanted, user.state.as_str())
            }),
            Self::Call => !dialogs.is_empty(),
            Self::Leg(dialog, wanted, _) => {
                let found = dialogs.iter().find(|found| found.id.0.to_string() == *dialog);
                let leg =
                    found.and_then(|dialog| dialog.legs.iter().find(|leg| leg.agent.as_ref() == Some(&id)));
                let state = leg.map_or("", |leg| leg.state.as_str());
                // Who has answered may have put the call on hold since.
                state == *wanted || (*wanted == "ACTIVE" && state == "HELD")
            }
            Self::Data(_) => false,
        }
    }
}

/// A state that was asked for shows in every state that only it can lead to.
fn state_shows(wanted: &str, state: &str) -> bool {
    match wanted {
        "LOGIN" => !matches!(state, "LOGOUT" | "UNKNOWN"),
        "READY" => matches!(state, "READY" | "RESERVED" | "TALKING" | "HOLD"),
        wanted => state == wanted,
    }
}

fn between(text: &str, from: &str, to: &str) -> Option<String> {
    let (_, rest) = text.split_once(from)?;
    rest.split_once(to).map(|(inner, _)| inner.to_owned())
}
