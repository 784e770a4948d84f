//! The turns of a walk. Chance decides each of them from where it begins; so some can be left out, and the others are
//! decided as they were.

use std::collections::BTreeSet;

use crate::rng::Rng;

/// The turns of one walk, numbered from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    /// Which of the walks of its seed.
    walk: usize,
    /// The chance at the beginning of each.
    begun: Vec<Rng>,
    /// If the walk is walked again: those that are not taken.
    left_out: Option<BTreeSet<usize>>,
    /// The one that was begun last.
    now: usize,
}

impl Turns {
    /// All of them, for the first time.
    pub fn of(walk: usize) -> Self {
        Self { walk, ..Self::default() }
    }

    /// The same once more, without some of them; nothing is known of what would come after the last one.
    pub fn without(&self, left_out: BTreeSet<usize>) -> Self {
        Self { walk: self.walk, begun: self.begun.clone(), left_out: Some(left_out), now: 0 }
    }

    /// Which of the walks of its seed it is.
    pub fn walk(&self) -> usize {
        self.walk
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.begun.len()
    }

    /// The one that was begun last.
    pub fn now(&self) -> usize {
        self.now
    }

    /// Whether one of them is not taken.
    pub fn leaves_out(&self, turn: usize) -> bool {
        self.left_out.as_ref().is_some_and(|left_out| left_out.contains(&turn))
    }

    /// Begins the next one; false if it is left out. Sets the chance that decides it.
    pub(crate) fn begin(&mut self, chance: &mut Rng) -> bool {
        self.now += 1;
        let Some(left_out) = &self.left_out else {
            self.begun.push(chance.clone());
            return true;
        };
        let Some(known) = self.begun.get(self.now - 1) else { return false };
        *chance = known.clone();
        !left_out.contains(&self.now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(turns: &mut Turns, draws: usize) -> Vec<u64> {
        let mut chance = Rng::new(7);
        let turn = |_| {
            let taken = turns.begin(&mut chance);
            taken.then(|| (0..draws).map(|_| chance.number()).last().unwrap_or_default())
        };
        (0..4).filter_map(turn).collect()
    }

    #[test]
    fn what_is_left_out_changes_nothing_of_the_others() {
        let mut first = Turns::of(0);
        let all = walk(&mut first, 3);
        let left_out = BTreeSet::from([2, 3]);
        // However much chance a turn takes when it is walked again, the next one begins as before.
        assert_eq!(walk(&mut first.without(left_out.clone()), 3), [all[0], all[3]]);
        assert_eq!(walk(&mut first.without(left_out), 1).len(), 2);
    }

    #[test]
    fn nothing_follows_what_was_the_last() {
        let mut first = Turns::of(0);
        first.begin(&mut Rng::new(1));
        assert_eq!(walk(&mut first.without(BTreeSet::new()), 1).len(), 1);
    }
}
