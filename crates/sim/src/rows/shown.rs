//! What a desktop shows, or REST answers, held against the switch.

use super::truth::Truth;
use crate::seen::{Document, Object, Seen};

/// An agent's state and calls.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) state: String,
    pub(super) dialogs: Vec<Document>,
}

impl Shown {
    /// What a desktop shows after all its events.
    pub(super) fn of(seen: &[Seen]) -> Self {
        let mut shown = Self::default();
        for event in seen {
            match &event.object {
                Object::User(user) => shown.state.clone_from(&user.state),
                Object::Dialog(dialog) => {
                    shown.dialogs.retain(|other| other.id != dialog.id);
                    if event.verb != "DELETE" {
                        shown.dialogs.push(dialog.clone());
                    }
                }
                Object::System { .. } | Object::Error { .. } | Object::Other(_) => {}
            }
        }
        shown
    }

    /// Whether the call is shown, and as being rebuilt.
    pub(super) fn marks(&self, call: u32) -> bool {
        self.dialogs.iter().any(|dialog| dialog.id == call.to_string() && marked(dialog))
    }

    /// # Errors
    /// In words, where it does not agree, or is not certain.
    pub(super) fn agrees_with(&self, truth: &Truth) -> Result<(), String> {
        if self.state != truth.state {
            return Err(format!("state {}, the switch says {}", self.state, truth.state));
        }
        if let Some(dialog) = self.dialogs.iter().find(|dialog| marked(dialog)) {
            return Err(format!("call {} is being rebuilt", dialog.id));
        }
        let mut shown: Vec<_> =
            self.dialogs.iter().map(|dialog| (dialog.id.clone(), parties(dialog))).collect();
        let mut held: Vec<_> =
            truth.legs.iter().map(|leg| (leg.call.to_string(), leg.parties.clone())).collect();
        shown.sort();
        held.sort();
        if shown == held { Ok(()) } else { Err(format!("calls {shown:?}, the switch says {held:?}")) }
    }
}

/// Whether a call is shown as being rebuilt.
pub(super) fn marked(dialog: &Document) -> bool {
    dialog.text("rebuilding") == "true"
}

/// Who is shown as being on a call: address and participant state, in the order of the addresses.
pub(super) fn parties(dialog: &Document) -> Vec<(String, String)> {
    let participants = dialog.element.child("participants");
    let party = |participant: &node::xml::Element| {
        let text = |name: &str| participant.child_text(name).unwrap_or_default();
        (text("mediaAddress"), text("state"))
    };
    let all = participants.into_iter().flat_map(|participants| participants.children()).map(party);
    let mut parties: Vec<_> =
        all.filter(|(_, state)| !matches!(state.as_str(), "DROPPED" | "WRAP_UP")).collect();
    parties.sort();
    parties
}
