use std::collections::BTreeMap;

use node::xml::Element;

use crate::seen::{Document, Object, Seen};

/// What stands on the screen: the last word of events and answers about each object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The node's service, as far as an event of this session told.
    pub service: Option<bool>,
    /// The agent.
    pub user: Option<Document>,
    /// His dialogs by id.
    pub dialogs: BTreeMap<String, Document>,
    /// Counts changes.
    pub changes: u64,
}

impl Shown {
    /// Applies one event.
    pub fn apply(&mut self, seen: &Seen) {
        self.changes += 1;
        match &seen.object {
            Object::System { in_service } => self.service = Some(*in_service),
            Object::User(_) if seen.is_of_member() => {}
            Object::User(user) => self.user = Some(user.clone()),
            Object::Dialog(dialog) if seen.verb == "DELETE" => {
                self.dialogs.remove(&dialog.id);
            }
            Object::Dialog(dialog) => {
                self.dialogs.insert(dialog.id.clone(), dialog.clone());
            }
            Object::Error { .. } | Object::Other(_) => {}
        }
    }

    /// The answer to GET User.
    pub fn set_user(&mut self, user: Element) {
        self.changes += 1;
        self.user = Some(Document::of(user));
    }

    /// The answer to GET Dialogs.
    pub fn set_dialogs(&mut self, dialogs: Element) {
        self.changes += 1;
        self.dialogs = read_dialogs(dialogs);
    }
}

/// Dialogs by id.
pub fn read_dialogs(dialogs: Element) -> BTreeMap<String, Document> {
    dialogs.into_children().map(Document::of).map(|dialog| (dialog.id.clone(), dialog)).collect()
}
