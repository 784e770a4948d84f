//! A handful of things by request id, lowest first. A session has at most three of a kind, and there are thousands of
//! sessions: a list takes a tenth of the memory of a map.

#[derive(Clone, Debug)]
pub(crate) struct ByRid<T>(Vec<(u64, T)>);

impl<T> ByRid<T> {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    /// Gives back what was there.
    pub(crate) fn insert(&mut self, rid: u64, thing: T) -> Option<T> {
        if let Some(place) = self.get_mut(rid) {
            return Some(std::mem::replace(place, thing));
        }
        let at = self.0.partition_point(|(other, _)| *other < rid);
        self.0.reserve_exact(1);
        self.0.insert(at, (rid, thing));
        None
    }

    pub(crate) fn remove(&mut self, rid: u64) -> Option<T> {
        let at = self.0.iter().position(|(other, _)| *other == rid)?;
        Some(self.0.remove(at).1)
    }

    pub(crate) fn get(&self, rid: u64) -> Option<&T> {
        self.0.iter().find(|(other, _)| *other == rid).map(|(_, thing)| thing)
    }

    pub(crate) fn get_mut(&mut self, rid: u64) -> Option<&mut T> {
        self.0.iter_mut().find(|(other, _)| *other == rid).map(|(_, thing)| thing)
    }

    pub(crate) fn first(&self) -> Option<&T> {
        self.0.first().map(|(_, thing)| thing)
    }

    pub(crate) fn pop_first(&mut self) -> Option<(u64, T)> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// The request id of the first that is meant.
    pub(crate) fn find(&self, is_meant: impl Fn(&T) -> bool) -> Option<u64> {
        self.0.iter().find(|(_, thing)| is_meant(thing)).map(|(rid, _)| *rid)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, thing)| thing)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_in_order_however_they_came() {
        let mut things = ByRid::new();
        for rid in [7, 5, 6] {
            assert_eq!(things.insert(rid, rid * 10), None);
        }
        assert_eq!(things.insert(6, 61), Some(60));
        assert_eq!(things.values().copied().collect::<Vec<_>>(), [50, 61, 70]);
        assert_eq!(
            (things.find(|thing| *thing > 60), things.remove(8), things.remove(6)),
            (Some(6), None, Some(61))
        );
        assert_eq!((things.pop_first(), things.first(), things.len()), (Some((5, 50)), Some(&70), 1));
    }
}
