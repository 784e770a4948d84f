//! Who is known without asking (AWDB-6 to AWDB-8, mapping.md section 7).
//!
//! Holds verifiers under a key of the process, never a password, and nothing outside memory.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// Stands for what the AWDB stores of a person's password and right to sign in; equal as long as nothing changed.
pub type Mark = [u8; 16];

/// A person whom an AWDB accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted<P> {
    /// Agent id.
    pub id: String,
    /// Login name.
    pub login_name: String,
    /// See [`Mark`].
    pub mark: Mark,
    /// Everything else.
    pub person: P,
}

/// What a background read says of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen<P> {
    /// He may sign in, with these rights.
    As(Accepted<P>),
    /// This agent is disabled or deleted.
    Barred(String),
}

/// Whoever is missing in so many background reads in a row is gone, and not one of an AWDB that is being filled, which lacks
/// rows for minutes (awdb.md section 8).
const READS_WITHOUT: u8 = 5;

/// A password as it is compared: useless outside this process.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Given([u8; 32]);

impl Given {
    /// As bytes, to be compared.
    pub(crate) fn bytes(self) -> [u8; 32] {
        self.0
    }
}

/// The people who are known.
#[derive(Clone)]
pub(crate) struct Cache<P> {
    /// Keyed, with nothing in it yet.
    mac: Hmac<Sha256>,
    max: usize,
    people: BTreeMap<String, Entry<P>>,
    /// Upper-case login name to agent id.
    names: BTreeMap<String, String>,
    /// Who is forgotten next.
    ends: BTreeSet<(Duration, String)>,
}

#[derive(Clone)]
struct Entry<P> {
    verifier: [u8; 32],
    until: Duration,
    name: String,
    mark: Mark,
    /// The AWDB still says what it said when the person was accepted.
    renewable: bool,
    /// Background reads in a row in which he was missing.
    missing: u8,
    person: P,
}

impl<P: Clone> Cache<P> {
    pub(crate) fn new(key: [u8; 32], max: usize) -> Self {
        let (people, names, ends) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        // HMAC pads a key to the block of its hash with zeros.
        let mut block = [0; 64];
        for (to, from) in block.iter_mut().zip(key) {
            *to = from;
        }
        Self { mac: Hmac::new(&block.into()), max: max.max(1), people, names, ends }
    }

    pub(crate) fn len(&self) -> usize {
        self.people.len()
    }

    /// The comparable form of a password.
    pub(crate) fn given(&self, password: &str) -> Given {
        Given(self.mac(&[password.as_bytes()]).finalize().into_bytes().into())
    }

    /// The agent id that stands behind what was typed: itself, or of a login name in any case.
    pub(crate) fn resolve<'a>(&'a self, user: &'a str) -> &'a str {
        if self.people.contains_key(user) {
            return user;
        }
        self.names.get(&user.to_uppercase()).map_or(user, String::as_str)
    }

    /// The person, if known and not over; his time begins anew.
    pub(crate) fn hit(&mut self, user: &str, given: Given, now: Duration, window: Duration) -> Option<P> {
        let id = self.resolve(user).to_owned();
        let check = self.mac(&[id.as_bytes(), &[0], &given.0]);
        let entry = self.people.get_mut(&id)?;
        if now >= entry.until || check.verify_slice(&entry.verifier).is_err() {
            return None;
        }
        let before = entry.until;
        if entry.renewable && entry.missing < READS_WITHOUT {
            entry.until = now.saturating_add(window);
        }
        let (until, person) = (entry.until, entry.person.clone());
        self.ends.remove(&(before, id.clone()));
        self.ends.insert((until, id));
        Some(person)
    }

    /// An AWDB accepted him.
    pub(crate) fn keep(&mut self, accepted: &Accepted<P>, given: Given, until: Duration) {
        self.forget(&accepted.id);
        while self.people.len() >= self.max
            && let Some((_, first)) = self.ends.pop_first()
        {
            self.forget(&first);
        }
        let name = accepted.login_name.to_uppercase();
        let verifier = self.mac(&[accepted.id.as_bytes(), &[0], &given.0]).finalize().into_bytes().into();
        let (mark, person) = (accepted.mark, accepted.person.clone());
        self.names.insert(name.clone(), accepted.id.clone());
        self.ends.insert((until, accepted.id.clone()));
        self.people.insert(
            accepted.id.clone(),
            Entry { verifier, until, name, mark, renewable: true, missing: 0, person },
        );
    }

    /// An AWDB refused him: what is over already is gone, what lives ends in its time.
    pub(crate) fn refused(&mut self, user: &str, now: Duration) {
        let id = self.resolve(user).to_owned();
        if self.people.get(&id).is_some_and(|entry| now >= entry.until) {
            self.forget(&id);
        }
    }

    /// What an AWDB says of a person now. Who is barred or has another password keeps his time and no more.
    pub(crate) fn seen(&mut self, seen: Seen<P>) {
        match seen {
            Seen::Barred(id) => {
                if let Some(entry) = self.people.get_mut(&id) {
                    entry.renewable = false;
                }
            }
            Seen::As(accepted) => {
                let Some(entry) = self.people.get_mut(&accepted.id) else { return };
                entry.missing = 0;
                entry.renewable &= entry.mark == accepted.mark;
                entry.person = accepted.person;
            }
        }
    }

    /// A background read is over, which has found these.
    pub(super) fn read(&mut self, found: &BTreeSet<String>) {
        for (_, entry) in self.people.iter_mut().filter(|(id, _)| !found.contains(*id)) {
            entry.missing = entry.missing.saturating_add(1);
        }
    }

    pub(crate) fn forget(&mut self, id: &str) {
        let Some(entry) = self.people.remove(id) else { return };
        self.ends.remove(&(entry.until, id.to_owned()));
        if self.names.get(&entry.name).is_some_and(|owner| owner == id) {
            self.names.remove(&entry.name);
        }
    }

    pub(crate) fn clear(&mut self) {
        self.people.clear();
        self.names.clear();
        self.ends.clear();
    }

    /// Everybody whose time is not over, with what is left of it, for the exhaustive walk.
    pub(super) fn relative(&self, now: Duration) -> Vec<([u8; 32], Duration, bool, u8)> {
        let known = |entry: &Entry<P>| {
            (entry.verifier, entry.until.saturating_sub(now), entry.renewable, entry.missing)
        };
        self.people.values().filter(|entry| now < entry.until).map(known).collect()
    }

    fn mac(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        parts.iter().for_each(|part| mac.update(part));
        mac
    }
}
