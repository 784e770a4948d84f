//! Objects by their ids.

use std::collections::BTreeMap;

/// What has an id of its own.
pub trait Numbered {
    /// The last part of its URI.
    fn id(&self) -> i32;
}

/// Objects of one kind, in the order in which they were created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection<T>(BTreeMap<i32, T>);

impl<T> Default for Collection<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Numbered> Collection<T> {
    /// The object of this id.
    pub fn get(&self, id: i32) -> Option<&T> {
        self.0.get(&id)
    }

    /// All of them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.0.values()
    }

    /// Adds an object, or takes it in place of the one of its id.
    pub fn put(&mut self, object: T) {
        self.0.insert(object.id(), object);
    }

    /// The object of this id is this from now on, or there is none.
    pub(super) fn set(&mut self, id: i32, object: Option<T>) {
        match object {
            Some(object) => self.put(object),
            None => drop(self.0.remove(&id)),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The highest id; 0 if there is none.
    pub(super) fn last_id(&self) -> i32 {
        self.0.keys().next_back().copied().unwrap_or(0)
    }

    /// All but the one of this id.
    pub(super) fn others(&self, id: i32) -> impl Iterator<Item = &T> {
        self.iter().filter(move |object| object.id() != id)
    }
}

impl<T: Numbered> FromIterator<T> for Collection<T> {
    fn from_iter<I: IntoIterator<Item = T>>(objects: I) -> Self {
        Self(objects.into_iter().map(|object| (object.id(), object)).collect())
    }
}
