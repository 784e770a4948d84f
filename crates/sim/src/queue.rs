//! What will happen, in order: by time, and among the same times in the order in which it was put in.

use std::collections::BTreeMap;
use std::time::Duration;

/// Happenings to come.
#[derive(Clone, Debug)]
pub struct Queue<T> {
    /// In boxes: a tree moves what is in it, and some happenings are large.
    waiting: BTreeMap<(Duration, u64), Box<T>>,
    count: u64,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { waiting: BTreeMap::new(), count: 0 }
    }
}

impl<T> Queue<T> {
    /// Puts something in for a time.
    pub fn put(&mut self, at: Duration, happening: T) {
        self.count += 1;
        self.waiting.insert((at, self.count), Box::new(happening));
    }

    /// When the next thing happens.
    pub fn next_at(&self) -> Option<Duration> {
        self.waiting.first_key_value().map(|((at, _), _)| *at)
    }

    /// Takes the next thing.
    pub fn take(&mut self) -> Option<(Duration, T)> {
        self.waiting.pop_first().map(|((at, _), happening)| (at, *happening))
    }

    /// Everything that waits, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.waiting.values().map(Box::as_ref)
    }

    /// Forgets what does not fit.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        self.waiting.retain(|_, happening| keep(happening));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_times_keep_their_order() {
        let mut queue = Queue::default();
        queue.put(Duration::from_secs(2), "later");
        queue.put(Duration::from_secs(1), "first");
        queue.put(Duration::from_secs(1), "second");
        let order: Vec<_> = std::iter::from_fn(|| queue.take()).map(|(_, happening)| happening).collect();
        assert_eq!(order, ["first", "second", "later"]);
    }
}
