use std::collections::BTreeSet;
use std::time::Duration;

use xml::Element;

use crate::desktop::Update;

/// What a desktop reads of its agent when it comes to a server.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// When it was asked for: events from then on are newer than it, or part of it.
    pub asked_at: Duration,
    /// `/User/{id}`.
    pub user: Element,
    /// `/User/{id}/Dialogs`.
    pub dialogs: Element,
}

impl Picture {
    /// Whether the agent is signed in.
    pub(super) fn is_signed_in(&self) -> bool {
        self.user.child_text("state").is_some_and(|state| state != "LOGOUT")
    }
}

/// Whether a call is left when the events have been applied.
pub(super) fn has_calls<'a>(
    picture: Option<&Picture>,
    updates: impl IntoIterator<Item = &'a Update>,
) -> bool {
    let read = picture.into_iter().flat_map(|picture| picture.dialogs.children());
    let mut calls: BTreeSet<String> = read.filter_map(|dialog| dialog.child_text("id")).collect();
    for update in updates {
        match id(update) {
            Some(id) if update.event() == "DELETE" => drop(calls.remove(&id)),
            Some(id) => drop(calls.insert(id)),
            None => {}
        }
    }
    !calls.is_empty()
}

/// The dialog that an event is about.
fn id(update: &Update) -> Option<String> {
    match update.kind() {
        "dialogs" => update.value(&["Dialog", "id"]),
        "dialog" => update.value(&["id"]),
        _ => None,
    }
}
