//! A log and the state that it makes: nothing gets into it that does not follow what is there.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Change, ENTRIES_BYTES_MAX, ENTRIES_MAX, Generation, Hash, Head, Key, OVERRULED, PAST_MAX, Past,
    STATE_BYTES_MAX, Snapshot, Write,
};

/// The state: the JSON text of each object.
pub type Objects = BTreeMap<Key, String>;

/// Names what is to be written down. Never used twice by a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BatchId(pub u64);

/// One change in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Where the log stands after it.
    pub head: Head,
    /// What changed.
    pub change: Arc<Change>,
}

/// What is written down in one go: whoever is killed meanwhile finds all of it, or nothing.
#[derive(Clone, PartialEq, Eq)]
pub enum Batch {
    /// The log goes on.
    Append {
        /// What was before the first entry that is still wanted; older ones may go.
        base: Head,
        /// With these.
        entries: Vec<Entry>,
    },
    /// Another log takes the place of what is there.
    Replace {
        /// That log.
        snapshot: Arc<Snapshot>,
        /// Whether what is there is to be kept beside, for people.
        keep: bool,
    },
}

impl Batch {
    /// As it is, or with what it replaces kept in any case.
    pub(super) fn keeping(self, always: bool) -> Self {
        match self {
            Self::Replace { snapshot, keep } => Self::Replace { snapshot, keep: keep || always },
            append @ Self::Append { .. } => append,
        }
    }
}

/// Without values: there are passwords among them.
impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Append { entries, .. } => f.debug_tuple("Append").field(entries).finish(),
            Self::Replace { snapshot, keep } => write!(f, "Replace({snapshot:?}, keep: {keep})"),
        }
    }
}

/// Why something is no change, or no part of this log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A key that cannot be.
    #[error("a key is not 1 to 64 characters of ASCII")]
    Key,
    /// A value, a change or the state is larger than it may be.
    #[error("it is larger than it may be")]
    TooLong,
    /// Not JSON, or not of the form of a change.
    #[error("it has not the form of a change")]
    Form,
    /// It does not follow what is there.
    #[error("it does not follow what is there")]
    Gap,
    /// Checksums differ: it is damaged, or was changed by hand.
    #[error("its checksum is wrong")]
    Checksum,
    /// Another change is being written down.
    #[error("another change is being written down")]
    Busy,
    /// There is no log here yet, or one that is being taken from the other node.
    #[error("the settings are being read from the other node")]
    Unready,
}

/// The newest entries, what was before them, and the state.
///
/// ```text
///          past: checksums only            entries: whole changes
/// |-----------------------------------|base|---------------------|head
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Log {
    objects: Objects,
    /// Of the state; see [`Head::sum`].
    sum: Hash,
    state_bytes: usize,
    /// Before the base.
    past: Past,
    /// Where the first entry follows.
    base: Head,
    entries: VecDeque<Entry>,
    entry_bytes: usize,
}

/// Without values: there are passwords among them.
impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, entries, objects) = (self.head(), self.entries.len(), self.objects.len());
        write!(f, "Log({head:?}, {entries} entries, {objects} objects)")
    }
}

impl Log {
    /// A log that begins with this state.
    pub fn begin(generation: Generation, seed: &[Write]) -> Self {
        let objects = seed.iter().filter_map(|write| Some((write.key.clone(), write.value.clone()?)));
        let objects: Objects = objects.collect();
        let sum = sum(&objects);
        let head = Head::origin(generation, sum);
        Self::bare(Snapshot { head, past: Past::default(), objects }, sum)
    }

    /// The log of this snapshot, whose entries are gone.
    ///
    /// # Errors
    /// `Checksum`, `TooLong`.
    pub fn of(snapshot: Snapshot) -> Result<Self, Fault> {
        Self::check(&snapshot).map(|()| Self::trusted(snapshot))
    }

    /// Whether a snapshot is what its head says.
    pub(super) fn check(snapshot: &Snapshot) -> Result<(), Fault> {
        check(&snapshot.head, sum(&snapshot.objects), bytes(&snapshot.objects))
    }

    /// As [`Log::of`], of what was checked before.
    pub(super) fn trusted(snapshot: Snapshot) -> Self {
        let sum = snapshot.head.sum;
        Self::bare(snapshot, sum)
    }

    /// What was written down: the state, the newest entries, what was before them, and the places before that.
    ///
    /// # Errors
    /// `Gap`, `Checksum`, `TooLong`: then it is damaged.
    pub fn restore(past: Past, base: Head, entries: Vec<Entry>, objects: Objects) -> Result<Self, Fault> {
        entries.iter().try_fold(base, |before, entry| check_link(before, entry).map(|()| entry.head))?;
        let sum = sum(&objects);
        let mut log = Self::bare(Snapshot { head: base, past, objects }, sum);
        entries.into_iter().for_each(|entry| log.remember(entry));
        check(&log.head(), log.sum, log.state_bytes).map(|()| log)
    }

    fn bare(Snapshot { head, past, objects }: Snapshot, sum: Hash) -> Self {
        let state_bytes = bytes(&objects);
        Self { objects, sum, state_bytes, past, base: head, entries: VecDeque::new(), entry_bytes: 0 }
    }

    /// Where it stands.
    pub fn head(&self) -> Head {
        self.entries.back().map_or(self.base, |entry| entry.head)
    }

    /// What was before the first entry that is kept.
    pub fn base(&self) -> Head {
        self.base
    }

    /// The state.
    pub fn objects(&self) -> &Objects {
        &self.objects
    }

    /// The entries that are kept, the oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The places before the base, as far as they are known.
    pub fn past(&self) -> &Past {
        &self.past
    }

    /// All of it but the entries.
    pub fn snapshot(&self) -> Snapshot {
        let mut past = self.past.clone();
        let heads = std::iter::once(&self.base).chain(self.entries.iter().map(|entry| &entry.head));
        heads.take(self.entries.len()).for_each(|head| past.push(head.hash));
        Snapshot { head: self.head(), past, objects: self.objects.clone() }
    }

    /// Whether this head is in the log; nothing if that was too long ago to be known.
    pub fn contains(&self, head: &Head) -> Option<bool> {
        if head.seq < self.base.seq {
            return self.past.contains(head, &self.base);
        }
        if head.seq == self.base.seq {
            return Some(*head == self.base);
        }
        let at = usize::try_from(head.seq - self.base.seq - 1).ok()?;
        Some(self.entries.get(at).is_some_and(|entry| entry.head == *head))
    }

    /// Whether somebody has decided that all that follows here goes before what is at this head.
    pub fn overrules(&self, head: &Head) -> bool {
        self.objects.get(OVERRULED) == Write::overrule(head).value.as_ref()
    }

    /// The entries that follow this place, the oldest first.
    pub fn after(&self, seq: u64) -> impl Iterator<Item = &Entry> {
        self.entries.iter().skip_while(move |entry| entry.head.seq <= seq)
    }

    /// The entry that this change would be.
    ///
    /// # Errors
    /// `Key`, `TooLong`.
    pub fn propose(&self, generation: Generation, change: Change) -> Result<Entry, Fault> {
        change.check()?;
        let mut after = After::new(self);
        after.write(&change.writes);
        after.check()?;
        let head = self.head().next(generation, after.sum, &change.text());
        Ok(Entry { head, change: Arc::new(change) })
    }

    /// Whether these entries follow, one after the other.
    ///
    /// # Errors
    /// `Gap`, `Checksum`, `Key`, `TooLong`.
    pub fn follow(&self, entries: &[Entry]) -> Result<(), Fault> {
        let mut after = After::new(self);
        entries.iter().try_fold(self.head(), |before, entry| {
            entry.change.check()?;
            check_link(before, entry)?;
            after.write(&entry.change.writes);
            after.check()?;
            if entry.head.sum == after.sum { Ok(entry.head) } else { Err(Fault::Checksum) }
        })?;
        Ok(())
    }

    /// One more entry, which follows: it was proposed by this log, or found to follow it. So its checksum is right, and
    /// nothing is computed again.
    pub fn append(&mut self, entry: Entry) {
        entry.change.writes.iter().for_each(|write| self.apply(write));
        self.sum = entry.head.sum;
        self.remember(entry);
    }

    fn apply(&mut self, write: &Write) {
        let before = match &write.value {
            Some(value) => self.objects.insert(write.key.clone(), value.clone()),
            None => self.objects.remove(&write.key),
        };
        let bytes = |value: &String| write.key.as_str().len() + value.len();
        self.state_bytes -= before.as_ref().map_or(0, bytes);
        self.state_bytes += write.value.as_ref().map_or(0, bytes);
    }

    fn remember(&mut self, entry: Entry) {
        self.entry_bytes += entry.change.bytes();
        self.entries.push_back(entry);
        while self.entry_bytes > ENTRIES_BYTES_MAX && self.entries.len() > 1 {
            self.forget_oldest();
        }
        self.forget(ENTRIES_MAX, PAST_MAX);
    }

    /// Keeps only so many of the newest entries, and of the places before them: all that a smaller log would have.
    pub fn forget(&mut self, entries: usize, past: usize) {
        while self.entries.len() > entries {
            self.forget_oldest();
        }
        self.past.keep(past);
    }

    fn forget_oldest(&mut self) {
        let Some(oldest) = self.entries.pop_front() else { return };
        self.entry_bytes -= oldest.change.bytes();
        self.past.push(self.base.hash);
        self.base = oldest.head;
    }

    /// What makes this state of that one.
    pub fn writes_from(&self, old: &Objects) -> Vec<Write> {
        let gone = old.keys().filter(|key| !self.objects.contains_key(*key));
        let changed = self.objects.iter().filter(|(key, value)| old.get(*key) != Some(*value));
        gone.map(|key| Write::remove(key.clone()))
            .chain(changed.map(|(key, value)| Write::set(key.clone(), value.clone())))
            .collect()
    }
}

/// Whether this entry follows that head.
fn check_link(before: Head, entry: &Entry) -> Result<(), Fault> {
    if before.seq.checked_add(1) != Some(entry.head.seq) {
        return Err(Fault::Gap);
    }
    let head = before.next(entry.head.generation, entry.head.sum, &entry.change.text());
    if head == entry.head { Ok(()) } else { Err(Fault::Checksum) }
}

fn check(head: &Head, sum: Hash, bytes: usize) -> Result<(), Fault> {
    if bytes > STATE_BYTES_MAX {
        return Err(Fault::TooLong);
    }
    if head.sum == sum { Ok(()) } else { Err(Fault::Checksum) }
}

fn bytes(objects: &Objects) -> usize {
    objects.iter().map(|(key, value)| key.as_str().len() + value.len()).sum()
}

fn sum(objects: &Objects) -> Hash {
    let mut sum = Hash::default();
    objects.iter().for_each(|(key, value)| sum.toggle(key.as_str(), value));
    sum
}

/// The state as it would be after some writes.
struct After<'a> {
    log: &'a Log,
    sum: Hash,
    bytes: usize,
    over: BTreeMap<&'a str, Option<&'a str>>,
}

impl<'a> After<'a> {
    fn new(log: &'a Log) -> Self {
        Self { log, sum: log.sum, bytes: log.state_bytes, over: BTreeMap::new() }
    }

    fn write<'b: 'a>(&mut self, writes: &'b [Write]) {
        for write in writes {
            let (key, value) = (write.key.as_str(), write.value.as_deref());
            let before = match self.over.insert(key, value) {
                Some(before) => before,
                None => self.log.objects.get(key).map(String::as_str),
            };
            if let Some(before) = before {
                self.sum.toggle(key, before);
                self.bytes -= key.len() + before.len();
            }
            if let Some(value) = value {
                self.sum.toggle(key, value);
                self.bytes += key.len() + value.len();
            }
        }
    }

    fn check(&self) -> Result<(), Fault> {
        if self.bytes > STATE_BYTES_MAX { Err(Fault::TooLong) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_state_takes_only_what_needs_no_room() {
        let set = |value: &str| Write::set(Key::new("a"), value.into());
        let mut log = Log::begin(Generation(1), &[set("12")]);
        log.state_bytes = STATE_BYTES_MAX;
        let propose = |writes: Vec<Write>| {
            let change = Change { writes, by: String::new(), says: String::new() };
            log.propose(Generation(1), change).map(drop)
        };
        assert_eq!(propose(vec![set("34")]), Ok(()));
        assert_eq!(propose(vec![set("345")]), Err(Fault::TooLong));
        assert_eq!(propose(vec![Write::remove(Key::new("a"))]), Ok(()));
    }
}
