//! Accounts that are locked after wrong passwords (mapping.md section 7).
//!
//! Counts what an AWDB refused, and nothing else: an outage is no wrong password (AWDB-X1). A person who is known is
//! not kept out by some tries of others under his name, and does not reset their count.

use std::collections::BTreeMap;
use std::time::Duration;

/// Accounts with a wrong password at once; beyond, the one whose count is forgotten first makes room.
const ACCOUNTS_MAX: usize = 10_000;

/// So many more wrong passwords close a locked account even to whoever is known: otherwise he could be guessed at without
/// end. More than the requests that a desktop with an old password makes at once.
const TRIES_WHILE_LOCKED: u8 = 25;

#[derive(Clone, Debug)]
pub(crate) struct Lockout {
    after: u8,
    lock: Duration,
    accounts: BTreeMap<String, Count>,
}

/// Wrong passwords in a row; forgotten when a lock's time has passed without another.
#[derive(Clone, Copy, Debug)]
struct Count {
    wrong: u8,
    /// While it was locked.
    more: u8,
    until: Duration,
}

impl Lockout {
    pub(crate) fn new(after: u8, lock: Duration) -> Self {
        Self { after: after.max(1), lock, accounts: BTreeMap::new() }
    }

    pub(crate) fn is_locked(&self, account: &str, now: Duration) -> bool {
        self.accounts.get(account).is_some_and(|count| count.wrong >= self.after && now < count.until)
    }

    /// Wrong passwords until it is locked.
    pub(crate) fn left(&self, account: &str, now: Duration) -> u8 {
        let counted = self.accounts.get(account).filter(|count| now < count.until);
        self.after.saturating_sub(counted.map_or(0, |count| count.wrong))
    }

    /// Not even who is known is let in.
    pub(crate) fn is_closed(&self, account: &str, now: Duration) -> bool {
        let closed = |count: &Count| count.more >= TRIES_WHILE_LOCKED;
        self.is_locked(account, now) && self.accounts.get(account).is_some_and(closed)
    }

    /// Somebody tries while it is locked.
    pub(crate) fn tried(&mut self, account: &str) {
        if let Some(count) = self.accounts.get_mut(account) {
            count.more = count.more.saturating_add(1);
        }
    }

    /// Says whether this one locks the account.
    pub(crate) fn wrong(&mut self, account: &str, now: Duration) -> bool {
        let until = now.saturating_add(self.lock);
        self.make_room(account, now);
        let count = self.accounts.entry(account.to_owned()).or_insert(Count { wrong: 0, more: 0, until });
        let before = if now < count.until { count.wrong } else { 0 };
        *count = Count { wrong: before.saturating_add(1), more: 0, until };
        count.wrong == self.after
    }

    pub(crate) fn right(&mut self, account: &str) {
        self.accounts.remove(account);
    }

    /// Counts that are not forgotten yet, for the exhaustive walk.
    pub(super) fn relative(&self, now: Duration) -> Vec<(u8, u8, Duration)> {
        let lasting = self.accounts.values().filter(|count| now < count.until);
        lasting.map(|count| (count.wrong, count.more, count.until.saturating_sub(now))).collect()
    }

    fn make_room(&mut self, account: &str, now: Duration) {
        if self.accounts.len() < ACCOUNTS_MAX || self.accounts.contains_key(account) {
            return;
        }
        self.accounts.retain(|_, count| now < count.until);
        if self.accounts.len() >= ACCOUNTS_MAX
            && let Some(first) =
                self.accounts.iter().min_by_key(|(_, count)| count.until).map(|(id, _)| id.clone())
        {
            self.accounts.remove(&first);
        }
    }
}
