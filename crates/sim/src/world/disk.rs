//! The disks of the nodes: what was written down outlives a process, and a process dies at any point of writing.

use std::time::Duration;

use node::Input;
use node::ledger::{Batch, BatchId, Generation, Log, Message};
use node::records;

use super::{Happening, World};
use crate::peer::PRIMARY;
use crate::recording::{Kind, Part};

/// The disk is done after this time, and the process hears of it after as long again.
const HALF_OF_WRITING: Duration = Duration::from_millis(2);

/// Where a process is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KillAt {
    /// Something is to be written, and nothing is.
    BeforeWrite,
    /// It is on disk, and nobody has heard of it.
    AfterWrite,
    /// The process has heard of it, and has not yet said anything to anybody.
    BeforeSend,
    /// The process sends this piece of settings to the other node, counted from now on.
    Piece(u8),
}

/// What a node has on its disk.
#[derive(Clone, Debug, Default)]
pub(super) struct Disk {
    pub(super) log: Option<Log>,
    /// Nothing can be written.
    full: bool,
    kill_at: Option<KillAt>,
}

/// How far a batch is.
#[derive(Clone, Debug)]
pub(super) enum Writing {
    ToDisk(Batch),
    Told(Result<(), String>),
}

impl World {
    /// The node is killed as soon as it comes to this point.
    pub fn kill_at(&mut self, node: usize, point: KillAt) {
        self.recorder.note(
            self.now,
            Part::Node(node).alone(Kind::Fault),
            format_args!("will be killed at {point:?}"),
        );
        if let Some(seat) = self.seats.get_mut(node) {
            seat.disk.kill_at = Some(point);
        }
    }

    /// The node is killed at no point.
    pub fn spare(&mut self, node: usize) {
        if let Some(seat) = self.seats.get_mut(node) {
            seat.disk.kill_at = None;
        }
    }

    /// Nothing can be written by this node, or again.
    pub fn fill_disk(&mut self, node: usize, full: bool) {
        let (kind, what) = if full { (Kind::Fault, "is full") } else { (Kind::Mend, "has room") };
        self.recorder.note(self.now, Part::Disk(node).alone(kind), format_args!("{what}"));
        if let Some(seat) = self.seats.get_mut(node) {
            seat.disk.full = full;
        }
    }

    /// What the node has on its disk.
    pub fn disk(&self, node: usize) -> Option<&Log> {
        self.seats.get(node)?.disk.log.as_ref()
    }

    /// The node dies, and its disk is as this copy of it: it is restored from a backup.
    pub fn restore_disk(&mut self, node: usize, copy: Option<Log>) {
        self.crash(node);
        self.recorder.note(
            self.now,
            Part::Disk(node).alone(Kind::Fault),
            format_args!("is as an older copy of it"),
        );
        if let Some(seat) = self.seats.get_mut(node) {
            seat.disk.log = copy;
        }
    }

    /// The node dies, and of its log only the state is left, and the checksums of so many changes: as if all of them were of
    /// long ago.
    pub fn age_disk(&mut self, node: usize, past: usize) {
        self.crash(node);
        self.recorder.note(
            self.now,
            Part::Node(node).alone(Kind::Fault),
            format_args!("its changes are gone, but for {past} checksums"),
        );
        if let Some(log) = self.seats.get_mut(node).and_then(|seat| seat.disk.log.as_mut()) {
            log.forget(0, past);
        }
    }

    /// One piece of settings in so many has another byte when it arrives; 0 ends it.
    pub fn set_spoiling(&mut self, one_in: usize) {
        let kind = if one_in > 0 { Kind::Fault } else { Kind::Mend };
        let says = format_args!("one piece of settings in {one_in} is spoiled");
        self.recorder.note(self.now, Part::PeerLink.alone(kind), says);
        self.spoiling = one_in;
    }

    /// The log with which a process starts. A primary begins one, as its shell does.
    pub(super) fn log_of(&mut self, node: usize) -> Option<Log> {
        let chance = self.rng.number();
        let seed = records::of_file(&self.plan.node_config(node));
        let seat = self.seats.get_mut(node)?;
        if seat.disk.log.is_none() && node == PRIMARY {
            seat.disk.log = Some(Log::begin(Generation(chance), &seed));
        }
        seat.disk.log.clone()
    }

    pub(super) fn persist(&mut self, node: usize, batch: BatchId, what: Batch) {
        if self.is_killed(node, KillAt::BeforeWrite) {
            return;
        }
        self.writing(node, batch, Writing::ToDisk(what));
    }

    fn writing(&mut self, node: usize, batch: BatchId, writing: Writing) {
        let Some(life) = self.seats.get(node).map(|seat| seat.life) else { return };
        let at = self.now + HALF_OF_WRITING;
        self.queue.put(at, Happening::Disk { node, life, batch, writing });
    }

    /// A process that was killed meanwhile writes nothing more.
    pub(super) fn written(&mut self, node: usize, life: u64, batch: BatchId, writing: Writing) {
        let alive = self.seats.get(node).is_some_and(|seat| seat.life == life && seat.node.is_some());
        if !alive {
            return;
        }
        match writing {
            Writing::ToDisk(what) => {
                let outcome = self.write_to_disk(node, what);
                if !self.is_killed(node, KillAt::AfterWrite) {
                    self.writing(node, batch, Writing::Told(outcome));
                }
            }
            Writing::Told(outcome) => self.tell_written(node, batch, outcome),
        }
    }

    fn tell_written(&mut self, node: usize, batch: BatchId, outcome: Result<(), String>) {
        let now = self.stamp(node);
        if let Some(it) = self.seats.get_mut(node).and_then(|seat| seat.node.as_mut()) {
            it.handle(Input::Persisted { batch, outcome }, now);
        }
        if !self.is_killed(node, KillAt::BeforeSend) {
            self.drain_node(node);
        }
    }

    fn write_to_disk(&mut self, node: usize, what: Batch) -> Result<(), String> {
        let Some(disk) = self.seats.get_mut(node).map(|seat| &mut seat.disk) else { return Ok(()) };
        if disk.full {
            self.recorder.note(self.now, Part::Disk(node).alone(Kind::Disk), format_args!("no space left"));
            return Err("no space left on device".into());
        }
        let written = match (what, &mut disk.log) {
            (Batch::Append { entries, .. }, Some(log)) => {
                let follows = log.follow(&entries);
                entries.into_iter().for_each(|entry| log.append(entry));
                follows
            }
            (Batch::Append { .. }, None) => Ok(()),
            (Batch::Replace { snapshot, .. }, log) => {
                Log::of(snapshot.as_ref().clone()).map(|new| *log = Some(new))
            }
        };
        let done = if written.is_ok() { "settings are on disk" } else { "what cannot be written down" };
        self.recorder.note(self.now, Part::Disk(node).alone(Kind::Disk), format_args!("{done}"));
        if let Err(why) = written {
            self.watch.report(self.now, format!("(6) node {node} writes down what cannot be: {why}"));
        }
        Ok(())
    }

    fn is_killed(&mut self, node: usize, point: KillAt) -> bool {
        let Some(disk) = self.seats.get_mut(node).map(|seat| &mut seat.disk) else { return false };
        let killed = disk.kill_at.take_if(|kill_at| *kill_at == point).is_some();
        if killed {
            self.crash(node);
        }
        killed
    }

    /// A message about settings leaves a node, perhaps spoiled on its way; nothing if the node is killed over it.
    pub(super) fn settings_leave(&mut self, node: usize, mut message: Message) -> Option<Message> {
        let Message::Piece(piece) = &mut message else { return Some(message) };
        let disk = self.seats.get_mut(node).map(|seat| &mut seat.disk)?;
        if let Some(KillAt::Piece(left)) = &mut disk.kill_at {
            let Some(fewer) = left.checked_sub(1) else {
                disk.kill_at = None;
                self.crash(node);
                return None;
            };
            *left = fewer;
        }
        if self.spoiling > 0 && self.rng.one_in(self.spoiling) {
            let at = self.rng.below(piece.bytes.len().max(1));
            piece.bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= 1);
        }
        Some(message)
    }
}
