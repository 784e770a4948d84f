//! Each event tells something: one event for each change, however many messages of the CTI server came at once.

use std::collections::BTreeMap;

use super::ensure;
use crate::seen::{Document, Object, Seen};

/// What each desktop was told last, by object.
#[derive(Debug, Default)]
pub(super) struct Novelty(BTreeMap<usize, BTreeMap<String, Document>>);

impl Novelty {
    /// One event. An answer to a request may repeat what was known: a second sign-in at the same extension does.
    pub(super) fn seen(&mut self, desktop: usize, seen: &Seen) -> Result<(), String> {
        let (key, document) = match &seen.object {
            Object::User(user) => (format!("User {}", user.id), user),
            Object::Dialog(dialog) => (format!("Dialog {}", dialog.id), dialog),
            Object::System { .. } | Object::Error { .. } | Object::Other(_) => return Ok(()),
        };
        let known = self.0.entry(desktop).or_default();
        if seen.verb == "DELETE" {
            known.remove(&key);
            return Ok(());
        }
        let before = known.insert(key.clone(), document.clone());
        let repeats = seen.verb == "PUT" && seen.request.is_empty() && before.as_ref() == Some(document);
        ensure(!repeats, || format!("(2) {key} is told again although nothing changed"))?;
        ensure(seen.verb != "POST" || !is_over(document), || {
            format!("(2) {key} is told as new although it is over")
        })
    }

    pub(super) fn lost(&mut self, desktop: usize) {
        self.0.remove(&desktop);
    }
}

/// A dialog whose every leg is gone, wrap-up included.
fn is_over(dialog: &Document) -> bool {
    let Some(participants) = dialog.element.child("participants") else { return false };
    participants.children().all(|leg| leg.child_text("state").as_deref() == Some("DROPPED"))
}
