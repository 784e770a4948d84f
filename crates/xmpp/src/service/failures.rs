//! Sign-ins that failed, by the name that was typed: an account takes a bounded number of guesses in a minute
//! (XEP-0205 section 3).

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// The time over which failures are counted.
const MINUTE: Duration = Duration::from_secs(60);

/// Failures remembered in all. Above it the oldest are forgotten: who can try so many names in a minute is a matter for
/// the limits on addresses.
const REMEMBERED_MAX: usize = 10_000;

/// The failures of the last minute.
#[derive(Clone, Debug)]
pub(crate) struct Failures {
    per_minute_max: u32,
    recent: VecDeque<(Duration, String)>,
    by_name: BTreeMap<String, u32>,
}

impl Failures {
    pub(crate) fn new(per_minute_max: u32) -> Self {
        Self { per_minute_max, recent: VecDeque::new(), by_name: BTreeMap::new() }
    }

    /// Somebody failed to be `name`.
    pub(crate) fn note(&mut self, name: &str, now: Duration) {
        self.forget_old(now);
        if self.recent.len() >= REMEMBERED_MAX {
            self.forget_first();
        }
        let name = name.to_lowercase();
        self.recent.push_back((now, name.clone()));
        *self.by_name.entry(name).or_default() += 1;
    }

    /// Whether nobody can be `name` for now.
    pub(crate) fn are_too_many(&mut self, name: &str, now: Duration) -> bool {
        self.forget_old(now);
        self.by_name.get(&name.to_lowercase()).is_some_and(|count| *count >= self.per_minute_max)
    }

    fn forget_old(&mut self, now: Duration) {
        while self.recent.front().is_some_and(|(at, _)| *at + MINUTE <= now) {
            self.forget_first();
        }
    }

    fn forget_first(&mut self) {
        let Some((_, name)) = self.recent.pop_front() else { return };
        let Some(count) = self.by_name.get_mut(&name) else { return };
        *count = count.saturating_sub(1);
        if *count == 0 {
            self.by_name.remove(&name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn an_account_takes_so_many_guesses_in_a_minute_and_others_are_free() {
        let mut failures = Failures::new(2);
        failures.note("asato", SECOND);
        assert!(!failures.are_too_many("asato", SECOND));
        failures.note("ASATO", 30 * SECOND);
        assert!(failures.are_too_many("Asato", 60 * SECOND) && !failures.are_too_many("1043", 60 * SECOND));
        assert!(!failures.are_too_many("asato", 61 * SECOND), "the first was a minute ago");
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut failures = Failures::new(2);
        for name in 0..2 * REMEMBERED_MAX {
            failures.note(&name.to_string(), SECOND);
        }
        assert_eq!((failures.recent.len(), failures.by_name.len()), (REMEMBERED_MAX, REMEMBERED_MAX));
        assert!(!failures.are_too_many("x", 61 * SECOND) && failures.by_name.is_empty());
    }
}
