//! Administrators: whose password is to be checked, who is known without a check, and who is locked out (mapping.md
//! section 7). They are named in the settings of the server, so that no AWDB can keep them from correcting its host.
//!
//! A check is deliberately slow. So whoever was right is known for a while, by a verifier under a key of the process,
//! and few checks wait at once. Never sees what is stored of a password, and never hashes one the slow way.

use core::net::IpAddr;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::awdb::Accepted;
use crate::awdb::cache::{Cache, Given};
use crate::awdb::lockout::Lockout;

/// Administrators known at once; a site has a few.
const KNOWN_MAX: usize = 64;

/// Checks that wait at once: two run side by side for some 50 ms each, so the last one waits for less than half a second.
const CHECKS_MAX: usize = 16;

/// Of these, how many one address may have: whoever guesses leaves room for others.
const CHECKS_OF_CALLER_MAX: usize = 5;

/// Names one check. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CheckId(pub u64);

/// The numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Their names, in upper case. Whoever comes by one of these names is an administrator or nobody: never an agent.
    pub names: BTreeSet<String>,
    /// How long an administrator is known from his last request.
    pub window: Duration,
    /// Wrong passwords in a row that lock an account for a caller.
    pub lock_after: u8,
    /// For how long.
    pub lock: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            names: BTreeSet::new(),
            window: Duration::from_secs(30 * 60),
            lock_after: 5,
            lock: Duration::from_secs(5 * 60),
        }
    }
}

/// What to do with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// He was right a while ago.
    Known,
    /// Check the password, and tell [`Administrators::checked`].
    Check(CheckId),
    /// This name with this password is being checked for the same caller: wait for that.
    Wait(CheckId),
    /// Too many wrong passwords before.
    Locked,
    /// Too many checks wait.
    Busy,
}

/// What came of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An administrator, with his password.
    Right,
    /// Nobody, or another password.
    Wrong,
    /// Likewise, and from now on the account is locked for this caller.
    Locked,
}

/// The machine.
pub struct Administrators {
    settings: Settings,
    cache: Cache<()>,
    lockout: Lockout,
    asked: BTreeMap<CheckId, Asked>,
    next: u64,
}

struct Asked {
    name: String,
    account: String,
    caller: Option<IpAddr>,
    given: Given,
}

impl Administrators {
    /// Knows nobody. `key`: secret random bytes of this process.
    pub fn new(settings: Settings, key: [u8; 32]) -> Self {
        Self {
            cache: Cache::new(key, KNOWN_MAX),
            lockout: Lockout::new(settings.lock_after, settings.lock),
            asked: BTreeMap::new(),
            next: 0,
            settings,
        }
    }

    /// Whether it is the name of one, whatever the password.
    pub fn has(&self, user: &str) -> bool {
        self.settings.names.contains(&user.to_uppercase())
    }

    /// Is this an administrator? Names are compared without regard to case.
    pub fn ask(&mut self, user: &str, password: &str, caller: Option<IpAddr>, now: Duration) -> Answer {
        let name = user.to_uppercase();
        let given = self.cache.given(password);
        if self.cache.hit(&name, given, now, self.settings.window).is_some() {
            return Answer::Known;
        }
        let account = account(&name, caller);
        if self.lockout.is_locked(&account, now) {
            return Answer::Locked;
        }
        if let Some(check) = self.underway(&account, given) {
            return Answer::Wait(check);
        }
        if self.is_busy(&account, caller, now) {
            return Answer::Busy;
        }
        self.next += 1;
        let check = CheckId(self.next);
        self.asked.insert(check, Asked { name, account, caller, given });
        Answer::Check(check)
    }

    fn underway(&self, account: &str, given: Given) -> Option<CheckId> {
        let same = |asked: &Asked| asked.account == account && asked.given == given;
        self.asked.iter().find(|(_, asked)| same(asked)).map(|(check, _)| *check)
    }

    /// No account has more checks on their way than wrong passwords left, or a burst of guesses would pass the lock.
    fn is_busy(&self, account: &str, caller: Option<IpAddr>, now: Duration) -> bool {
        let left = usize::from(self.lockout.left(account, now));
        self.asked.len() >= CHECKS_MAX
            || self.on_their_way(|asked| asked.caller == caller) >= CHECKS_OF_CALLER_MAX
            || self.on_their_way(|asked| asked.account == account) >= left
    }

    fn on_their_way(&self, is_meant: impl Fn(&Asked) -> bool) -> usize {
        self.asked.values().filter(|asked| is_meant(asked)).count()
    }

    /// The password of a check was right, or not. Nothing for a check that was not asked for.
    pub fn checked(&mut self, check: CheckId, right: bool, now: Duration) -> Option<Outcome> {
        let Asked { name, account, given, .. } = self.asked.remove(&check)?;
        if right {
            self.lockout.right(&account);
            let accepted = Accepted { id: name.clone(), login_name: name, mark: [0; 16], person: () };
            self.cache.keep(&accepted, given, now.saturating_add(self.settings.window));
            return Some(Outcome::Right);
        }
        Some(if self.lockout.wrong(&account, now) { Outcome::Locked } else { Outcome::Wrong })
    }
}

/// Who tries from elsewhere locks nobody out here.
fn account(name: &str, caller: Option<IpAddr>) -> String {
    caller.map_or_else(|| name.to_owned(), |caller| format!("{name} {caller}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Option<IpAddr> = Some(IpAddr::V4(core::net::Ipv4Addr::LOCALHOST));
    const MINUTE: Duration = Duration::from_secs(60);

    fn nobody() -> Administrators {
        Administrators::new(Settings::default(), [9; 32])
    }

    /// Asks and answers; what the check was for.
    fn check(machine: &mut Administrators, password: &str, now: Duration) -> Result<Outcome, Answer> {
        match machine.ask("Admin", password, HERE, now) {
            Answer::Check(check) => Ok(machine.checked(check, password == "right", now).unwrap()),
            other => Err(other),
        }
    }

    #[test]
    fn who_was_right_is_known_for_30_minutes_from_his_last_request() {
        let mut machine = nobody();
        assert_eq!(check(&mut machine, "right", Duration::ZERO), Ok(Outcome::Right));
        assert_eq!(machine.ask("admin", "right", None, MINUTE * 29), Answer::Known);
        assert_eq!(machine.ask("ADMIN", "right", None, MINUTE * 58), Answer::Known);
        assert_eq!(check(&mut machine, "wrong", MINUTE * 58), Ok(Outcome::Wrong));
        assert_eq!(machine.ask("admin", "right", None, MINUTE * 59), Answer::Known);
        assert!(matches!(machine.ask("admin", "right", None, MINUTE * 90), Answer::Check(_)));
    }

    #[test]
    fn five_wrong_passwords_lock_the_account_for_five_minutes_for_that_caller() {
        let mut machine = nobody();
        for _ in 0..4 {
            assert_eq!(check(&mut machine, "wrong", Duration::ZERO), Ok(Outcome::Wrong));
        }
        assert_eq!(check(&mut machine, "wrong", Duration::ZERO), Ok(Outcome::Locked));
        assert_eq!(check(&mut machine, "right", MINUTE), Err(Answer::Locked));
        let elsewhere = Some(IpAddr::from([10, 0, 0, 9]));
        assert!(matches!(machine.ask("admin", "right", elsewhere, MINUTE), Answer::Check(_)));
        assert_eq!(check(&mut machine, "right", MINUTE * 5), Ok(Outcome::Right));
        for _ in 0..4 {
            assert_eq!(check(&mut machine, "wrong", MINUTE * 6), Ok(Outcome::Wrong), "counted anew");
        }
    }

    #[test]
    fn few_checks_wait_at_once() {
        let mut machine = nobody();
        let from = |n: u8| Some(IpAddr::from([10, 0, 0, n]));
        let asked: Vec<_> = (0..16).map(|n| machine.ask(&n.to_string(), "x", from(n), MINUTE)).collect();
        assert_eq!(machine.ask("admin", "right", HERE, MINUTE), Answer::Busy);
        let Some(Answer::Check(first)) = asked.first().copied() else { panic!("{asked:?}") };
        assert_eq!(machine.checked(first, false, MINUTE), Some(Outcome::Wrong));
        assert_eq!(machine.checked(first, true, MINUTE), None, "answered once");
        assert_eq!(check(&mut machine, "right", MINUTE), Ok(Outcome::Right));
    }

    #[test]
    fn one_address_leaves_room_for_others() {
        let mut machine = nobody();
        for n in 0..CHECKS_OF_CALLER_MAX {
            assert!(matches!(machine.ask(&n.to_string(), "x", HERE, MINUTE), Answer::Check(_)));
        }
        assert_eq!(machine.ask("admin", "right", HERE, MINUTE), Answer::Busy);
        let elsewhere = Some(IpAddr::from([10, 0, 0, 9]));
        assert!(matches!(machine.ask("admin", "right", elsewhere, MINUTE), Answer::Check(_)));
    }

    #[test]
    fn a_burst_of_guesses_is_no_longer_than_the_lock_allows() {
        let mut machine = nobody();
        for _ in 0..3 {
            assert_eq!(check(&mut machine, "wrong", Duration::ZERO), Ok(Outcome::Wrong));
        }
        let burst: Vec<_> =
            (0..9).map(|n| machine.ask("admin", &format!("guess {n}"), HERE, MINUTE)).collect();
        let checked = burst.iter().filter(|answer| matches!(answer, Answer::Check(_))).count();
        assert_eq!((checked, burst.last()), (2, Some(&Answer::Busy)));
    }

    #[test]
    fn a_page_that_asks_for_much_at_once_costs_one_check() {
        let mut machine = nobody();
        let Answer::Check(first) = machine.ask("admin", "right", HERE, MINUTE) else { panic!("a check") };
        for _ in 0..20 {
            assert_eq!(machine.ask("Admin", "right", HERE, MINUTE), Answer::Wait(first));
        }
        assert!(matches!(machine.ask("admin", "wrong", HERE, MINUTE), Answer::Check(_)));
        assert_eq!(machine.checked(first, true, MINUTE), Some(Outcome::Right));
        assert_eq!(machine.ask("admin", "right", HERE, MINUTE), Answer::Known);
    }
}
