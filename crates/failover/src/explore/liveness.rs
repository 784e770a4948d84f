//! Whether the good state is reached from every calm one, whatever the order.

use std::collections::BTreeMap;
use std::fmt;

use super::search::World;

/// The calm states of a walk, and the steps between them.
#[derive(Default)]
pub(super) struct Calm {
    /// Whether each is good.
    good: BTreeMap<usize, bool>,
    /// Where from, by where to; and whether time passes.
    before: BTreeMap<usize, Vec<(usize, bool)>>,
    /// Steps that lead on from each that is not good.
    ways: BTreeMap<usize, usize>,
}

/// A state from which the good one may never be reached, or not in time.
pub(super) struct Trap {
    pub(super) state: usize,
    how: How,
}

enum How {
    DeadEnd,
    Round,
    Late(u32),
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.how {
            How::DeadEnd => f.write_str("a trap: nothing happens any more, and it is not well"),
            How::Round => f.write_str("a trap: this can go on for ever, and it is never well"),
            How::Late(units) => write!(f, "too late: it may be well only after {units} units of time"),
        }
    }
}

impl Calm {
    pub(super) fn visit<W: World>(&mut self, state: usize, world: &W) {
        if world.is_calm() {
            self.good.insert(state, world.is_good());
        }
    }

    pub(super) fn step(&mut self, from: usize, to: usize, time: bool) {
        self.before.entry(to).or_default().push((from, time));
        *self.ways.entry(from).or_default() += 1;
    }

    pub(super) fn states(&self) -> usize {
        self.good.len()
    }

    /// From the good states backwards: a state is settled when all ways from it are. What is never settled has a way
    /// that goes round for ever, or none at all. Units of time of the slowest way.
    pub(super) fn slowest(&self, within: u32) -> Result<u32, Trap> {
        let mut ways = self.ways.clone();
        let mut units: BTreeMap<usize, u32> = BTreeMap::new();
        let mut settled: Vec<usize> =
            self.good.iter().filter(|(_, good)| **good).map(|(state, _)| *state).collect();
        let mut count = 0;
        while let Some(state) = settled.pop() {
            count += 1;
            let here = units.get(&state).copied().unwrap_or(0);
            for (from, time) in self.before.get(&state).into_iter().flatten() {
                let slowest = units.entry(*from).or_default();
                *slowest = (*slowest).max(here + u32::from(*time));
                if let Some(left) = ways.get_mut(from) {
                    *left -= 1;
                    if *left == 0 {
                        settled.push(*from);
                    }
                }
            }
        }
        if count < self.good.len() {
            return Err(self.trap(&ways));
        }
        match units.iter().map(|(state, units)| (*units, *state)).max() {
            Some((units, state)) if units > within => Err(Trap { state, how: How::Late(units) }),
            slowest => Ok(slowest.map_or(0, |(units, _)| units)),
        }
    }

    /// The first of those that are left.
    fn trap(&self, left: &BTreeMap<usize, usize>) -> Trap {
        let dead_end = |state: &usize| !self.ways.contains_key(state);
        let open = |state: &usize| left.get(state).is_none_or(|ways| *ways > 0);
        let stuck = self.good.iter().filter(|(_, good)| !**good).map(|(state, _)| *state).filter(open);
        let state = stuck.clone().find(dead_end).or_else(|| stuck.clone().next()).unwrap_or_default();
        Trap { state, how: if dead_end(&state) { How::DeadEnd } else { How::Round } }
    }
}
