//! What one desktop shows: the last word on its agent and on each of his dialogs, put together from events alone.

use std::collections::BTreeMap;
use std::time::Duration;

use sim::seen::{Document, Object, Seen};

/// Something that a desktop shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shown {
    /// The agent.
    User,
    /// A dialog, by its id.
    Dialog(String),
}

/// The screen, and what came since the last look.
#[derive(Clone, Debug, Default)]
pub(super) struct Screen {
    /// The agent.
    pub(super) user: Option<Document>,
    /// His dialogs by id.
    pub(super) dialogs: BTreeMap<String, Document>,
    /// Events for each object.
    pub(super) events: BTreeMap<Shown, usize>,
    /// When IN_SERVICE came.
    pub(super) in_service: Option<Duration>,
    /// When the last event of any kind came.
    pub(super) last: Option<Duration>,
}

impl Screen {
    /// Takes in one event.
    pub(super) fn show(&mut self, seen: Seen) {
        self.last = Some(seen.at);
        match seen.object {
            Object::System { in_service: true } => self.in_service = Some(seen.at),
            Object::User(user) => {
                self.count(Shown::User);
                self.user = Some(user);
            }
            Object::Dialog(dialog) => {
                self.count(Shown::Dialog(dialog.id.clone()));
                if seen.verb == "DELETE" {
                    self.dialogs.remove(&dialog.id);
                } else {
                    self.dialogs.insert(dialog.id.clone(), dialog);
                }
            }
            Object::System { in_service: false } | Object::Error { .. } | Object::Other(_) => {}
        }
    }

    /// Begins to count anew.
    pub(super) fn begin(&mut self) {
        self.events.clear();
        (self.in_service, self.last) = (None, None);
    }

    /// The document that an object has now.
    pub(super) fn document(&self, shown: &Shown) -> Option<&Document> {
        match shown {
            Shown::User => self.user.as_ref(),
            Shown::Dialog(id) => self.dialogs.get(id),
        }
    }

    /// Everything that is shown.
    pub(super) fn objects(&self) -> impl Iterator<Item = Shown> + '_ {
        let user = self.user.iter().map(|_| Shown::User);
        user.chain(self.dialogs.keys().cloned().map(Shown::Dialog))
    }

    fn count(&mut self, shown: Shown) {
        *self.events.entry(shown).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: u64, data: &str, verb: &str) -> Seen {
        let payload = format!("<Update><data>{data}</data><event>{verb}</event></Update>");
        Seen::read(Duration::from_secs(at), "node", &payload).unwrap()
    }

    #[test]
    fn the_last_word_is_shown_and_every_word_is_counted() {
        let mut screen = Screen::default();
        screen.show(event(1, "<user><loginId>1001</loginId><state>READY</state></user>", "PUT"));
        screen.show(event(2, "<user><loginId>1001</loginId><state>TALKING</state></user>", "PUT"));
        screen.show(event(3, "<dialogs><Dialog><id>7</id></Dialog></dialogs>", "POST"));
        assert_eq!(screen.document(&Shown::User).unwrap().state, "TALKING");
        assert_eq!(screen.events[&Shown::User], 2);
        assert_eq!(screen.objects().collect::<Vec<_>>(), [Shown::User, Shown::Dialog("7".into())]);
        screen.show(event(4, "<dialogs><Dialog><id>7</id></Dialog></dialogs>", "DELETE"));
        assert_eq!(screen.dialogs.len(), 0);
        assert_eq!((screen.last, screen.in_service), (Some(Duration::from_secs(4)), None));
    }

    #[test]
    fn a_new_count_keeps_what_is_shown() {
        let mut screen = Screen::default();
        screen.show(event(1, "<user><loginId>1001</loginId></user>", "PUT"));
        screen.show(event(2, "<systemInfo><status>IN_SERVICE</status></systemInfo>", "PUT"));
        assert_eq!(screen.in_service, Some(Duration::from_secs(2)));
        screen.begin();
        assert!(screen.events.is_empty() && screen.in_service.is_none() && screen.user.is_some());
    }
}
