//! Looking at the whole: is anything in motion, does everything agree, and does everything come back.

use std::time::Duration;

use node::failover::cti::Side;
use switch::Command;

use super::{Desk, Happening, World};
use crate::net::Gate;
use crate::peer::PeerGate;
use crate::recording::{Kind, Part};
use crate::seen::{Document, Seen};

/// After the last fault ended, a node is in service within this time. At worst a silent session must be found dead
/// (3 × 5 s and up to one interval), a hanging attempt must end (5 s), five refused attempts follow (5 s), and a read
/// that was lost is repeated (15 s).
pub(super) const BACK_WITHIN: Duration = Duration::from_secs(60);
/// Then nothing is doubtful any more within this time: at worst a conference is looked at after 30 s, two rounds agree 60 s
/// later, and it is doubted once more by then.
pub(super) const CERTAIN_WITHIN: Duration = Duration::from_secs(160);
/// Whoever has a server in service finds it with the next poll, and signs in and reads all again; each may be asked to
/// wait for 5 s, and a last answer may have been lost.
pub(super) const HOME_WITHIN: Duration = Duration::from_secs(60);
/// How often it is asked whether all is at rest, where nothing is broken.
const MOMENT: Duration = Duration::from_millis(1);
/// How often that is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// What keeps a node from being quiet.
enum Unrest<'a> {
    /// It waits for something.
    Business(String),
    /// A link, or a CTI server.
    Broken,
    /// This is on its way.
    Moving(&'a Happening),
}

impl World {
    /// Checks all that can be judged now: what is in motion is left alone.
    pub fn check(&mut self) {
        self.watch.check_requests(self.now);
        for node in 0..self.nodes() {
            if self.is_quiet(node) {
                self.watch.settle_acts(node, &self.pair, self.now);
                self.check_screens(node);
            }
        }
    }

    /// Lets everything come to rest that has begun, and judges all of it: nothing may be doubtful in a world without
    /// faults.
    pub fn come_to_rest(&mut self) {
        let end = self.now + BACK_WITHIN;
        while let Some(restless) = (0..self.nodes()).find_map(|node| self.restless(node)) {
            if self.now >= end || self.broken().is_some() {
                return self.watch.report(self.now, format!("(liveness) no rest: {restless}"));
            }
            self.run_for(MOMENT);
        }
        self.watch.demand_certainty(true);
        self.check();
    }

    /// All faults end. Every node must be in service in time, and must show the truth then; a little later nothing is
    /// doubtful any more, and whoever is gone is logged out in time.
    pub fn heal(&mut self) {
        self.mend();
        self.calm(BACK_WITHIN, Self::unlinked);
        self.check();
        self.calm(CERTAIN_WITHIN, Self::doubtful);
        self.watch.demand_certainty(true);
        self.check();
        self.watch.demand_certainty(false);
        self.await_logouts();
    }

    /// Lets time pass until every desktop that fails over by itself is at work, or reports who is not.
    pub fn bring_home(&mut self) {
        self.calm(HOME_WITHIN, Self::homeless);
        self.check();
    }

    /// All faults end, and whoever is gone is logged out in time.
    pub fn heal_and_log_out(&mut self) {
        self.mend();
        self.calm(BACK_WITHIN, Self::unlinked);
        self.await_logouts();
    }

    /// Lets time pass until nothing moves and nothing is left `undone`, or reports what is.
    pub(super) fn calm(&mut self, within: Duration, undone: impl Fn(&Self) -> Option<String>) {
        let end = self.now + within;
        while self.broken().is_none() {
            if (0..self.nodes()).all(|node| self.is_quiet(node)) && undone(self).is_none() {
                return;
            }
            if self.now >= end {
                let restless = (0..self.nodes()).find_map(|node| self.restless(node));
                let why = restless.or_else(|| undone(self)).unwrap_or_default();
                let says = format!("(liveness) {within:?} after the last fault: {why}");
                return self.watch.report(self.now, says);
            }
            self.run_for(LOOK_EVERY);
        }
    }

    /// The nodes ask each other, and do not yet know all sessions of each other.
    pub(super) fn unlinked(&self) -> Option<String> {
        let linked = !self.plan.fencing || self.nodes() < 2 || self.peers_exchanged();
        (!linked).then(|| "the nodes have no link".into())
    }

    /// What is marked, or may be read again because it was told wrong.
    pub(super) fn doubtful(&self) -> Option<String> {
        let lies = self.watch.may_believe_lies(self.now).then(|| "wrong news may still be believed".into());
        lies.or_else(|| self.desks.iter().find_map(|desk| self.marked(desk)))
    }

    /// A call that is marked on this desktop, for no good reason. Nobody tells a desktop that is closed.
    fn marked(&self, desk: &Desk) -> Option<String> {
        let told = desk.desktop.is_fresh() && !desk.cut;
        let shown = &desk.desktop.shown().dialogs;
        let must_go = |dialog: &&Document| told && self.watch.must_lose_its_mark(&self.pair, dialog);
        let dialog = shown.values().find(must_go)?;
        Some(format!("call {} of {} is still marked", dialog.id, desk.desktop.person().id))
    }

    /// Keeps all events of desktops from now on.
    pub fn keep_seen(&mut self) {
        self.keep_seen = true;
    }

    /// What a desktop has seen since the last call, if that is kept.
    pub fn take_seen(&mut self, desktop: usize) -> Vec<Seen> {
        self.desks.get_mut(desktop).map(|desk| std::mem::take(&mut desk.seen)).unwrap_or_default()
    }

    /// What a desktop has seen, if that is kept.
    pub fn seen(&self, desktop: usize) -> &[Seen] {
        self.desks.get(desktop).map_or(&[], |desk| &desk.seen)
    }

    pub(super) fn mend(&mut self) {
        self.recorder.note(self.now, Part::Chance.alone(Kind::Mend), format_args!("all faults end"));
        for side in [Side::A, Side::B] {
            for node in 0..self.nodes() {
                self.set_gate(node, side, Gate::Open);
                self.set_corruption(node, side, 0);
            }
            let ends = [Command::HangSide(side, false), Command::MuteHeartbeats(side, false)];
            for command in
                ends.into_iter().chain([Command::RefuseOpens(side, None), Command::ReviveSide(side)])
            {
                // A side that runs cannot be revived, and need not.
                let _ = self.carry_out_command(command);
            }
        }
        for command in [
            Command::PeripheralOnline,
            Command::CentralControllerUp,
            Command::DelayAnswers(Duration::ZERO),
            Command::AnswersAfterEvents(false),
            Command::WrongConferences(None),
        ] {
            let _ = self.carry_out_command(command);
        }
        // What came over a corrupted connection may be wrong for ever; a real one has checksums.
        for conn in self.net.select(|conn| conn.corrupted) {
            self.cut(conn, "connection reset");
        }
        (0..self.nodes()).for_each(|node| self.restart(node));
        self.start_services();
        self.set_peer_latency(self.plan.peer_latency);
        self.set_peer_gate(PeerGate::Open);
        self.keep_peers_alive();
        self.mend_desks();
    }

    /// Nothing is on its way to or from this node and its desktops, and nothing that it asked is open.
    fn is_quiet(&self, node: usize) -> bool {
        self.unrest(node).is_none()
    }

    /// What keeps a node from being quiet, in words.
    fn restless(&self, node: usize) -> Option<String> {
        let why = match self.unrest(node)? {
            Unrest::Business(open) => open,
            Unrest::Broken => "something is broken".into(),
            Unrest::Moving(happening) => format!("{happening:?} is on its way"),
        };
        Some(format!("node {node}: {why}"))
    }

    fn unrest(&self, node: usize) -> Option<Unrest<'_>> {
        let hung = |side: &Side| self.pair.side_state(*side).is_none_or(|state| state.hung);
        if let Some(open) = self.watch.open_business(node) {
            Some(Unrest::Business(open))
        } else if !self.net.is_whole(node)
            || !self.pair.switch().online()
            || [Side::A, Side::B].iter().any(hung)
        {
            Some(Unrest::Broken)
        } else {
            self.queue.iter().find(|happening| self.concerns(happening, node)).map(Unrest::Moving)
        }
    }

    fn concerns(&self, happening: &Happening, node: usize) -> bool {
        match happening {
            Happening::Packet(packet) => self.net.conn(packet.conn).is_some_and(|conn| conn.node == node),
            Happening::ToNode { node: to, .. } => *to == node,
            Happening::ToDesktop { desktop, .. } => self.node_of(*desktop) == Some(node),
            Happening::Reopen { .. }
            | Happening::Reread { .. }
            | Happening::Pilot { .. }
            | Happening::Noticed { .. }
            | Happening::Mend { .. }
            | Happening::LateWord { .. }
            | Happening::Peer(_)
            | Happening::PeerDial
            | Happening::Disk { .. } => false,
        }
    }

    fn check_screens(&mut self, index: usize) {
        let Some(node) = self.seats.get(index).and_then(|seat| seat.node.as_ref()) else { return };
        let fresh = |desk: &&Desk| desk.node == index && !desk.cut && desk.desktop.is_fresh();
        for desk in self.desks.iter().filter(fresh) {
            let (person, shown) = (desk.desktop.person(), desk.desktop.shown());
            self.watch.check_screen(index, node, person, shown, &self.pair, self.now);
        }
    }
}
