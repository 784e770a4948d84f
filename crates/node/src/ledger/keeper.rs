//! The log of one node, what is being written down of it, and how it stands with the other node's.
//!
//! Nothing counts before it is on disk. The writer gives a change to the follower only then, so a follower is never ahead
//! of what its writer has on disk: a writer that finds its follower ahead was restored from an older copy, and takes what
//! it lacks before it takes another change.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use domain::{Now, WallMs};
use failover::fence::{LinkId, Rank};

use super::follower::{self, Follower};
use super::parcel::{Content, Outgoing};
use super::work::{Done, Job, UnpackId, Work};
use super::writer::{self, Writer};
use super::{
    Adoption, Batch, BatchId, Change, Entry, Fault, Generation, Head, Log, Message, Objects, Parcel,
    Standing, Write,
};

/// What comes out of a keeper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Write this down; there is never more than one on the way.
    Persist(BatchId, Batch),
    /// Tell the other node.
    Send(LinkId, Message),
    /// Do this, wherever it disturbs nobody, and bring back what came of it.
    Work(Work),
    /// This node has a log for the first time: what the settings file says counts no more.
    Begun,
    /// These count from now on.
    Applied(Vec<Write>),
    /// A line for people: a stable word, and a sentence.
    Note(&'static str, String),
}

/// Keeps the log.
#[derive(Debug)]
pub struct Keeper {
    role: Role,
    pub(super) desk: Desk,
}

#[derive(Debug)]
enum Role {
    Writer(Writer),
    Follower(Follower),
}

/// A decision that holds while both logs are as they were, also over the next link.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    pub(super) ours: Head,
    pub(super) theirs: Head,
    pub(super) adoption: Adoption,
}

/// What both roles work with.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) log: Option<Log>,
    in_hand: Option<(BatchId, Batch)>,
    /// Counts batches and parcels.
    last: u64,
    pub(super) peer: Option<Head>,
    /// The secondary's settings are to take the place of ours, as soon as they are here.
    pub(super) decided: Option<Decided>,
    /// What was said since all was well: once is enough.
    said: BTreeSet<&'static str>,
    behind_since: Option<WallMs>,
    pub(super) thrown_away: u64,
    pub(super) unwritten: u64,
    /// Broken on purpose: checksums are not looked at.
    trusting: bool,
    /// Broken on purpose: the follower's log does not matter.
    pub(super) overruling: bool,
    out: VecDeque<Output>,
}

impl Keeper {
    /// With what was on disk, if anything was.
    pub fn new(rank: Rank, log: Option<Log>) -> Self {
        let role = match rank {
            Rank::Primary => Role::Writer(Writer::Alone),
            Rank::Secondary => Role::Follower(Follower::Alone),
        };
        let desk = Desk {
            log,
            in_hand: None,
            last: 0,
            peer: None,
            decided: None,
            said: BTreeSet::new(),
            behind_since: None,
            thrown_away: 0,
            unwritten: 0,
            trusting: false,
            overruling: false,
            out: VecDeque::new(),
        };
        Self { role, desk }
    }

    /// The log, if there is one.
    pub fn log(&self) -> Option<&Log> {
        self.desk.log.as_ref()
    }

    /// Whether a change can be proposed now; otherwise it has to wait.
    pub fn accepts(&self) -> bool {
        let free = self.desk.in_hand.is_none();
        matches!(&self.role, Role::Writer(writer) if free && writer.accepts())
    }

    /// A change is to be written down.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn propose(&mut self, change: Change) -> Result<BatchId, Fault> {
        if !self.accepts() {
            return Err(Fault::Busy);
        }
        self.desk.write_change(change, None)
    }

    /// A batch is on disk, or could not be written.
    pub fn stored(&mut self, id: BatchId, outcome: &Result<(), String>, now: Now) {
        let Some((_, batch)) = self.desk.in_hand.take_if(|(in_hand, _)| *in_hand == id) else { return };
        let stored = outcome.is_ok();
        match outcome {
            Ok(()) => self.desk.take_over(batch),
            Err(_) => self.desk.unwritten += 1,
        }
        match &mut self.role {
            Role::Writer(writer) => writer.handle(writer::Input::Stored(stored), &mut self.desk, now),
            Role::Follower(follower) => follower.handle(follower::Input::Stored(stored), &mut self.desk, now),
        }
        self.desk.watch_lag(now);
    }

    /// A link to the other node is up. The newest one counts.
    pub fn link_up(&mut self, link: LinkId, now: Now) {
        match &mut self.role {
            Role::Writer(writer) => writer.handle(writer::Input::Up(link), &mut self.desk, now),
            Role::Follower(follower) => follower.handle(follower::Input::Up(link), &mut self.desk, now),
        }
    }

    /// A link is down.
    pub fn link_down(&mut self, link: LinkId, now: Now) {
        match &mut self.role {
            Role::Writer(writer) if writer.link() == Some(link) => {
                writer.handle(writer::Input::Down, &mut self.desk, now);
            }
            Role::Follower(follower) if follower.link() == Some(link) => {
                follower.handle(follower::Input::Down, &mut self.desk, now);
            }
            Role::Writer(_) | Role::Follower(_) => {}
        }
    }

    /// The other node said this over a link; over an old one it says nothing any more.
    pub fn said(&mut self, link: LinkId, message: Message, now: Now) {
        match &mut self.role {
            Role::Writer(writer) if writer.link() == Some(link) => {
                writer.handle(writer::Input::Said(message), &mut self.desk, now);
            }
            Role::Follower(follower) if follower.link() == Some(link) => {
                follower.handle(follower::Input::Said(message), &mut self.desk, now);
            }
            Role::Writer(_) | Role::Follower(_) => {}
        }
        self.desk.watch_lag(now);
    }

    /// Work is done.
    pub fn worked(&mut self, done: Done, now: Now) {
        match &mut self.role {
            Role::Writer(writer) => writer.handle(writer::Input::Worked(done.0), &mut self.desk, now),
            Role::Follower(follower) => follower.handle(follower::Input::Worked(done.0), &mut self.desk, now),
        }
        self.desk.watch_lag(now);
    }

    /// Somebody decides whose log is the right one, after they have diverged.
    ///
    /// # Errors
    /// Why there is nothing to decide here.
    pub fn adopt(&mut self, winner: Rank, adoption: Adoption, now: Now) -> Result<(), &'static str> {
        match &mut self.role {
            Role::Follower(_) => Err("the primary takes this order"),
            Role::Writer(writer) => match writer {
                Writer::Diverged { .. } if self.desk.is_writing() => {
                    Err("a change is being written down at this moment; give the order again")
                }
                Writer::Diverged { .. } => {
                    writer.handle(writer::Input::Adopt(winner, adoption), &mut self.desk, now);
                    Ok(())
                }
                Writer::Alone
                | Writer::Asking { .. }
                | Writer::Even { .. }
                | Writer::Giving { .. }
                | Writer::Taking { .. }
                | Writer::Reading { .. }
                | Writer::Storing { .. }
                | Writer::Settling { .. }
                | Writer::Resting { .. } => Err("the settings of the two servers have not diverged"),
            },
        }
    }

    /// Time has passed. Spurious calls are harmless.
    pub fn handle_timeout(&mut self, now: Now) {
        if self.poll_timeout().is_none_or(|at| at > now.mono) {
            return;
        }
        match &mut self.role {
            Role::Writer(writer) => writer.handle(writer::Input::TimeOver, &mut self.desk, now),
            Role::Follower(follower) => follower.handle(follower::Input::Rested, &mut self.desk, now),
        }
    }

    /// When to call [`Keeper::handle_timeout`].
    pub fn poll_timeout(&self) -> Option<Duration> {
        match &self.role {
            Role::Writer(writer) => writer.poll_timeout(),
            Role::Follower(follower) => follower.poll_timeout(),
        }
    }

    /// What to do next.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.desk.out.pop_front()
    }

    /// How it stands.
    pub fn standing(&self) -> Standing {
        let with_peer = match &self.role {
            Role::Writer(writer) => writer.word(),
            Role::Follower(follower) => follower.word(),
        };
        Standing {
            head: self.desk.head(),
            peer: self.desk.peer,
            with_peer,
            behind_since: self.desk.behind_since,
            thrown_away: self.desk.thrown_away,
            unwritten: self.desk.unwritten,
        }
    }

    /// Gives its log to a follower that has what this one lacks.
    #[cfg(feature = "sabotage")]
    pub fn overrule(&mut self) {
        self.desk.overruling = true;
    }

    /// Takes what the other node gives without a look at its checksums.
    #[cfg(feature = "sabotage")]
    pub fn trust_blindly(&mut self) {
        self.desk.trusting = true;
    }
}

impl Desk {
    pub(super) fn head(&self) -> Option<Head> {
        self.log.as_ref().map(Log::head)
    }

    /// Whether somebody has decided that this log of the other node goes before ours as it is.
    pub(super) fn gives_way_to(&self, theirs: &Head) -> bool {
        let decided = self.decided.as_ref();
        decided.is_some_and(|decided| Some(decided.ours) == self.head() && decided.theirs == *theirs)
    }

    pub(super) fn is_writing(&self) -> bool {
        self.in_hand.is_some()
    }

    pub(super) fn send(&mut self, link: LinkId, message: Message) {
        self.out.push_back(Output::Send(link, message));
    }

    pub(super) fn note(&mut self, what: &'static str, says: String) {
        self.out.push_back(Output::Note(what, says));
    }

    /// Once, until all is well again: what fails every second must not fill the log.
    pub(super) fn note_once(&mut self, what: &'static str, says: String) {
        if self.said.insert(what) {
            self.note(what, says);
        }
    }

    /// Both have the same, or are on the way there.
    pub(super) fn all_is_well(&mut self) {
        self.said.clear();
    }

    /// A change of this node is written down; a decision begins a new generation.
    pub(super) fn write_change(
        &mut self,
        change: Change,
        begins: Option<Generation>,
    ) -> Result<BatchId, Fault> {
        let log = self.log.as_ref().ok_or(Fault::Unready)?;
        let generation = begins.unwrap_or(log.head().generation);
        let entry = log.propose(generation, change)?;
        let base = log.base();
        Ok(self.write(Batch::Append { base, entries: vec![entry] }))
    }

    pub(super) fn write(&mut self, batch: Batch) -> BatchId {
        if matches!(batch, Batch::Replace { keep: true, .. }) {
            self.tell_of_the_old();
        }
        let id = BatchId(self.next());
        self.in_hand = Some((id, batch.clone()));
        self.out.push_back(Output::Persist(id, batch));
        id
    }

    /// Somebody should look whether anything of it is missed.
    fn tell_of_the_old(&mut self) {
        let Some(old) = self.head() else { return };
        let says = format!(
            "the settings of the other server take the place of those here, which were at {old}, as was decided; next: \
             compare with the copy beside settings.db that is named after them"
        );
        self.note("settings.set-aside", says);
    }

    /// A parcel that can be sent when it is packed.
    pub(super) fn parcel(&mut self, content: Content) -> Outgoing {
        let parcel = Parcel(self.next());
        self.out.push_back(Output::Work(Work(Job::Pack(parcel, content))));
        Outgoing::new(parcel)
    }

    /// All of a parcel is there.
    pub(super) fn unpack(&mut self, bytes: Vec<u8>) -> UnpackId {
        let id = UnpackId(self.next());
        self.out.push_back(Output::Work(Work(Job::Unpack { id, bytes, trusting: self.trusting })));
        id
    }

    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    /// What came from the other node, as it is to be written down.
    pub(super) fn batch(&self, content: Content) -> Result<Batch, Fault> {
        match content {
            Content::Entries(entries) => {
                let log = self.log.as_ref().ok_or(Fault::Unready)?;
                if !self.trusting {
                    log.follow(&entries)?;
                }
                Ok(Batch::Append { base: log.base(), entries })
            }
            Content::Whole { snapshot, keep, .. } => Ok(Batch::Replace { snapshot, keep }),
        }
    }

    /// It is on disk, and counts.
    fn take_over(&mut self, batch: Batch) {
        let writes = match batch {
            Batch::Append { entries, .. } => self.append(entries),
            Batch::Replace { snapshot, .. } => {
                if self.log.is_none() {
                    self.out.push_back(Output::Begun);
                }
                let new = Log::trusted(Arc::unwrap_or_clone(snapshot));
                let writes = new.writes_from(self.log.as_ref().map_or(&Objects::new(), Log::objects));
                self.log = Some(new);
                writes
            }
        };
        self.out.push_back(Output::Applied(writes));
    }

    fn append(&mut self, entries: Vec<Entry>) -> Vec<Write> {
        let Some(log) = &mut self.log else { return Vec::new() };
        let writes = entries.iter().flat_map(|entry| entry.change.writes.iter().cloned()).collect();
        entries.into_iter().for_each(|entry| log.append(entry));
        writes
    }

    /// Since when the other node lacks something; nothing is known of one that was never heard.
    fn watch_lag(&mut self, now: Now) {
        let own = self.head().map_or(0, |head| head.seq);
        if self.peer.is_some_and(|peer| own > peer.seq) {
            self.behind_since.get_or_insert(now.wall);
        } else {
            self.behind_since = None;
        }
    }
}
