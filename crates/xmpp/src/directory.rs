//! Which session has which resource of which user.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::jid::FullJid;

/// Number of a session: grows with each, never used twice.
pub(crate) type Number = u64;

/// The bound sessions. A user has few resources, mostly one, so that a list of them is searched faster than it is
/// ordered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Directory {
    users: BTreeMap<Box<str>, Vec<(Arc<FullJid>, Number)>>,
}

impl Directory {
    /// Gives the resource to `session` and tells who had it.
    pub(crate) fn insert(&mut self, jid: &Arc<FullJid>, session: Number) -> Option<Number> {
        let resources = self.users.entry(jid.user().into()).or_default();
        if let Some((_, holder)) = resources.iter_mut().find(|(held, _)| held.resource() == jid.resource()) {
            return Some(std::mem::replace(holder, session));
        }
        resources.reserve_exact(1);
        resources.push((Arc::clone(jid), session));
        None
    }

    /// Takes the resource from `session`; nothing happens if a newer one has it by now (notifications.md section 9).
    pub(crate) fn remove(&mut self, jid: &FullJid, session: Number) {
        let Some(resources) = self.users.get_mut(jid.user()) else { return };
        resources.retain(|(_, holder)| *holder != session);
        if resources.is_empty() {
            self.users.remove(jid.user());
        }
    }

    pub(crate) fn session(&self, user: &str, resource: &str) -> Option<Number> {
        let mut resources = self.users.get(user)?.iter();
        resources.find(|(held, _)| held.resource() == resource).map(|(_, session)| *session)
    }

    /// The sessions of `user`.
    pub(crate) fn of(&self, user: &str) -> impl Iterator<Item = Number> {
        self.users.get(user).into_iter().flatten().map(|(_, session)| *session)
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = Number> {
        self.users.values().flatten().map(|(_, session)| *session)
    }

    /// How many resources `user` has online.
    pub(crate) fn resources(&self, user: &str) -> usize {
        self.users.get(user).map_or(0, Vec::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_late_end_of_an_old_session_leaves_the_new_one_alone() {
        let mut directory = Directory::default();
        let desktop = Arc::new(FullJid::new("1042", "fin-a.example.test", "desktop"));
        assert_eq!(directory.insert(&desktop, 1), None);
        assert_eq!(directory.insert(&desktop, 2), Some(1));
        directory.remove(&desktop, 1);
        assert_eq!(directory.session("1042", "desktop"), Some(2));
        directory.remove(&desktop, 2);
        assert_eq!((directory.resources("1042"), directory.all().count()), (0, 0));
    }
}
