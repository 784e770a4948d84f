//! Shrinks a walk that breaks a rule: leaves out turns as long as the same rule breaks, so that people read what matters.
//!
//! Delta debugging: halves, quarters and so on, down to single turns. Knows no time: whoever asks says when to stop.

use std::collections::BTreeSet;

use crate::turns::Turns;

/// Walks that are tried at most: enough for a walk of a few hundred turns of which a dozen matter.
pub const TRIES_MAX: usize = 1_000;

/// What is left of a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shrunk {
    /// The turns that matter.
    pub kept: Vec<usize>,
    /// Those that can be left out.
    pub left_out: BTreeSet<usize>,
    /// How often it was walked.
    pub tries: usize,
}

/// Leaves out turns. `breaks` walks again and says whether the rule is broken; `goes_on` whether there is time for that.
pub fn shrink(
    turns: &Turns,
    mut breaks: impl FnMut(&Turns) -> bool,
    mut goes_on: impl FnMut() -> bool,
) -> Shrunk {
    let mut shrunk = Shrunk { kept: (1..=turns.count()).collect(), left_out: BTreeSet::new(), tries: 0 };
    let mut size = shrunk.kept.len().div_ceil(2);
    while size > 0 {
        let fewer = shrunk.pass(size, turns, &mut breaks, &mut goes_on);
        size = match (fewer, size) {
            (true, 1) => 1,
            (_, _) => size / 2,
        };
    }
    shrunk
}

impl Shrunk {
    /// Tries to do without each group of so many turns, the last ones first; true if it can do without any.
    fn pass(
        &mut self,
        size: usize,
        turns: &Turns,
        breaks: &mut impl FnMut(&Turns) -> bool,
        goes_on: &mut impl FnMut() -> bool,
    ) -> bool {
        let before = self.kept.len();
        let mut end = before;
        while end > 0 && self.tries < TRIES_MAX && goes_on() {
            let group = end.saturating_sub(size)..end;
            end = group.start;
            let mut fewer = self.left_out.clone();
            fewer.extend(self.kept.get(group.clone()).unwrap_or_default());
            self.tries += 1;
            if breaks(&turns.without(fewer.clone())) {
                self.left_out = fewer;
                self.kept.drain(group);
            }
        }
        self.kept.len() < before
    }
}

/// Whether both say that the same rule is broken, whenever and by whatever numbers.
pub fn is_same_rule(one: &str, other: &str) -> bool {
    rule(one) == rule(other)
}

/// Without the time in front, and without numbers and the units behind them.
fn rule(broken: &str) -> String {
    let says =
        broken.strip_prefix("at ").and_then(|rest| rest.split_once(": ")).map_or(broken, |(_, says)| says);
    let mut words = says.split(|at: char| at.is_ascii_digit());
    let first = words.next().unwrap_or_default().to_owned();
    words.filter(|word| !["", "."].contains(word)).fold(first, |rule, word| {
        let units = ["ms", "µs", "ns", "s"];
        let word = units.iter().find_map(|unit| word.strip_prefix(unit)).unwrap_or(word);
        format!("{rule}#{word}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    fn turns(count: usize) -> Turns {
        let mut turns = Turns::of(0);
        let begun = (0..count).filter(|_| turns.begin(&mut Rng::new(1))).count();
        assert_eq!(begun, count);
        turns
    }

    /// A rule that needs these turns to break.
    fn needs(needed: &[usize]) -> impl FnMut(&Turns) -> bool {
        |turns| needed.iter().all(|turn| !turns.leaves_out(*turn))
    }

    #[test]
    fn only_what_matters_is_left() {
        let shrunk = shrink(&turns(120), needs(&[3, 77, 118]), || true);
        assert_eq!(shrunk.kept, [3, 77, 118]);
        assert_eq!(shrunk.left_out.len(), 117);
        assert!(shrunk.tries < 100, "{} tries", shrunk.tries);
    }

    #[test]
    fn it_stops_when_it_is_told_to() {
        let mut left = 4;
        let goes_on = || {
            left -= 1;
            left > 0
        };
        let shrunk = shrink(&turns(120), needs(&[3, 77, 118]), goes_on);
        assert_eq!(shrunk.tries, 3);
        assert!(shrunk.kept.contains(&77));
    }

    #[test]
    fn rules_are_compared_without_times_and_numbers() {
        let one = "at 826.003357s: (2) node 0 shows call 17 of 1001, 1.5ms late";
        assert!(is_same_rule(one, "at 3s: (2) node 1 shows call 4 of 1006, 20s late"));
        assert!(!is_same_rule(one, "at 3s: (2) node 1 shows call 4 of 1006, never"));
    }
}
