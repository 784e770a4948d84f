//! Which session has which resource of which user.

use std::collections::BTreeMap;

/// Number of a session: grows with each, never used twice.
pub(crate) type Number = u64;

/// The bound sessions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Directory {
    users: BTreeMap<String, BTreeMap<String, Number>>,
}

impl Directory {
    /// Gives the resource to `session` and tells who had it.
    pub(crate) fn insert(&mut self, user: &str, resource: &str, session: Number) -> Option<Number> {
        self.users.entry(user.to_owned()).or_default().insert(resource.to_owned(), session)
    }

    /// Takes the resource from `session`; nothing happens if a newer one has it by now (notifications.md section 9).
    pub(crate) fn remove(&mut self, user: &str, resource: &str, session: Number) {
        let Some(resources) = self.users.get_mut(user) else { return };
        if resources.get(resource) == Some(&session) {
            resources.remove(resource);
        }
        if resources.is_empty() {
            self.users.remove(user);
        }
    }

    pub(crate) fn session(&self, user: &str, resource: &str) -> Option<Number> {
        self.users.get(user)?.get(resource).copied()
    }

    /// The sessions of `user`.
    pub(crate) fn of(&self, user: &str) -> impl Iterator<Item = Number> {
        self.users.get(user).into_iter().flat_map(|resources| resources.values().copied())
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = Number> {
        self.users.values().flat_map(|resources| resources.values().copied())
    }

    /// How many resources `user` has online.
    pub(crate) fn resources(&self, user: &str) -> usize {
        self.users.get(user).map_or(0, BTreeMap::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_late_end_of_an_old_session_leaves_the_new_one_alone() {
        let mut directory = Directory::default();
        assert_eq!(directory.insert("1042", "desktop", 1), None);
        assert_eq!(directory.insert("1042", "desktop", 2), Some(1));
        directory.remove("1042", "desktop", 1);
        assert_eq!(directory.session("1042", "desktop"), Some(2));
        directory.remove("1042", "desktop", 2);
        assert_eq!((directory.resources("1042"), directory.all().count()), (0, 0));
    }
}
