//! Each event tells something: one event for each change, however many messages of the CTI server came at once.

use std::collections::BTreeMap;

use super::ensure;
use crate::seen::{Document, Object, Seen};

/// What each desktop was told.
#[derive(Debug, Default)]
pub(super) struct Novelty(BTreeMap<usize, Told>);

#[derive(Debug, Default)]
struct Told {
    last: BTreeMap<String, Document>,
    /// A request about the user was answered, and only dialogs were told since: after a sign-in that found the agent
    /// signed in, those are all that he has, even the ones that are about to go.
    greeting: bool,
}

impl Novelty {
    /// One event.
    pub(super) fn seen(&mut self, desktop: usize, seen: &Seen) -> Result<(), String> {
        let told = self.0.entry(desktop).or_default();
        let fits = told.fits(seen);
        told.keep(seen);
        fits
    }

    pub(super) fn lost(&mut self, desktop: usize) {
        self.0.remove(&desktop);
    }
}

impl Told {
    fn fits(&self, seen: &Seen) -> Result<(), String> {
        let Some((key, document)) = object(seen) else { return Ok(()) };
        // An answer to a request may repeat what was known: a second sign-in at the same extension does.
        let asked = !seen.request.is_empty();
        let repeats = seen.verb == "PUT" && !asked && self.last.get(&key) == Some(document);
        ensure(!repeats, || format!("(2) {key} is told again although nothing changed"))?;
        let late = seen.verb == "POST" && !self.greeting && is_over(document);
        ensure(!late, || format!("(2) {key} is told as new although it is over"))
    }

    fn keep(&mut self, seen: &Seen) {
        let Some((key, document)) = object(seen) else { return };
        match (&seen.object, seen.verb.as_str()) {
            (Object::User(_), _) => self.greeting = !seen.request.is_empty(),
            (_, verb) => self.greeting &= verb == "POST",
        }
        match seen.verb.as_str() {
            "DELETE" => drop(self.last.remove(&key)),
            _ => drop(self.last.insert(key, document.clone())),
        }
    }
}

fn object(seen: &Seen) -> Option<(String, &Document)> {
    match &seen.object {
        Object::User(_) if seen.is_of_member() => None,
        Object::User(user) => Some((format!("User {}", user.id), user)),
        Object::Dialog(dialog) => Some((format!("Dialog {}", dialog.id), dialog)),
        Object::System { .. } | Object::Error { .. } | Object::Other(_) => None,
    }
}

/// A dialog whose every leg is gone, wrap-up included.
fn is_over(dialog: &Document) -> bool {
    let Some(participants) = dialog.element.child("participants") else { return false };
    participants.children().all(|leg| leg.child_text("state").as_deref() == Some("DROPPED"))
}
