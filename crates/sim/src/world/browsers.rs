//! What people do with their browsers: close, crash, reload, lose the network, sleep, move.

use std::fmt;
use std::time::Duration;

use node::Input;

use super::{Asked, Asker, Desk, Happening, ToNode, World};
use crate::people::{Click, Deed};
use crate::recording::{Kind, Part};

/// How a page is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// It says goodbye.
    Goodbye,
    /// It tells its presence in a hurry, and nothing more: Back, or another address.
    Hurry,
    /// The browser crashes, and the system closes its connections.
    Crash,
    /// Nothing more is heard of the machine.
    Silence,
    /// As silence, and a goodbye after this time: a tab that was left open.
    Late(Duration),
}

/// The connection between a browser and its node is lost for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glitch {
    /// How long.
    pub time: Duration,
    /// The node is told that connections are gone; otherwise nothing is heard any more, as of a machine that sleeps.
    pub told: bool,
    /// Afterwards the browser goes on where it was; otherwise it begins a new session.
    pub resumes: bool,
}

impl fmt::Display for Leave {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Goodbye => f.write_str("leaves and says goodbye"),
            Self::Hurry => f.write_str("leaves in a hurry"),
            Self::Crash => f.write_str("crashes"),
            Self::Silence => f.write_str("falls silent"),
            Self::Late(after) => write!(f, "falls silent, and says goodbye after {after:?}"),
        }
    }
}

impl fmt::Display for Glitch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = if self.told { "and its node is told" } else { "and nobody is told" };
        let after = if self.resumes { "goes on where it was" } else { "begins a new session" };
        write!(f, "loses its connection for {:?}, {told}; {after} then", self.time)
    }
}

impl World {
    /// Somebody leaves and does not want to come back.
    pub fn close_desktop(&mut self, index: usize, how: Leave) {
        self.leave(index, how);
        if let Some(desk) = self.desks.get_mut(index) {
            desk.wanted = false;
            desk.signs_in = false;
        }
    }

    /// Somebody leaves, and comes back after a while.
    pub fn refresh_desktop(&mut self, index: usize, how: Leave, away: Duration) {
        self.leave(index, how);
        self.come_back_after(index, away);
    }

    /// Somebody goes to another node; the old session is left as told. Comes there after a while.
    pub fn relocate_desktop(&mut self, index: usize, node: usize, how: Leave, away: Duration) {
        let host = self.plan.host(node);
        self.leave(index, how);
        let Some(desk) = self.desks.get_mut(index) else { return };
        desk.node = node;
        desk.desktop.move_to(&host);
        let move_to = Part::Desktop(index).to(Part::Node(node), Kind::Deed);
        self.recorder.note(self.now, move_to, format_args!("goes there in {away:?}"));
        self.come_back_after(index, away);
    }

    fn come_back_after(&mut self, index: usize, away: Duration) {
        let at = self.now + away;
        let Some(desk) = self.desks.get_mut(index) else { return };
        desk.away_until = at;
        let session = desk.session;
        self.queue.put(at, Happening::Reopen { desktop: index, session });
    }

    /// Whenever the desktop has been opened the next time, its agent signs in.
    pub fn sign_in_when_open(&mut self, index: usize) {
        if let Some(desk) = self.desks.get_mut(index) {
            desk.signs_in = true;
        }
    }

    /// Whether somebody wants the desktop open.
    pub fn is_wanted(&self, index: usize) -> bool {
        self.desks.get(index).is_some_and(|desk| desk.wanted)
    }

    /// Whether a desktop is open and its connection whole.
    pub fn is_at_work(&self, index: usize) -> bool {
        self.desks.get(index).is_some_and(|desk| !desk.cut && desk.desktop.is_open())
    }

    /// The connection of a desktop is lost for a while.
    pub fn glitch(&mut self, index: usize, glitch: Glitch) {
        let Some(desk) = self.desks.get_mut(index).filter(|desk| !desk.cut) else { return };
        desk.cut = true;
        desk.cuts += 1;
        desk.session += 1;
        let (cut, session) = (desk.cuts, desk.session);
        self.recorder.note(self.now, Part::Desktop(index).alone(Kind::Fault), format_args!("{glitch}"));
        self.desk_gone(index);
        self.watch.desktop_cut(index);
        if glitch.told {
            self.drop_requests(index);
        }
        self.break_silently(index, session);
        let mend = Happening::Mend { desktop: index, cut, resumes: glitch.resumes };
        self.queue.put(self.now + glitch.time, mend);
    }

    /// Every desktop has its connection again.
    pub(super) fn mend_desks(&mut self) {
        for index in 0..self.desks.len() {
            let cut = self.desks.get(index).map_or(0, |desk| desk.cuts);
            self.mend_desk(index, cut, true);
        }
    }

    pub(super) fn mend_desk(&mut self, index: usize, cut: u64, resumes: bool) {
        let mends = |desk: &&mut Desk| desk.cut && desk.cuts == cut;
        let Some(desk) = self.desks.get_mut(index).filter(mends) else { return };
        (desk.cut, desk.connected_since) = (false, self.now);
        let says = format_args!("has its connection again");
        self.recorder.note(self.now, Part::Desktop(index).alone(Kind::Mend), says);
        self.watch.desktop_back(index);
        if resumes && desk.desktop.is_open() {
            let wires = desk.desktop.resume();
            self.ledger.heard(index);
            return self.send_wires(index, wires);
        }
        if desk.pilot.is_some() {
            // Where the loss was noticed, the pilot goes on by itself.
            if desk.desktop.is_open() {
                self.desk_lost(index);
            }
            return;
        }
        let session = desk.session;
        desk.desktop.drop_session();
        self.watch.desktop_lost(index);
        self.reopen(index, session);
    }

    /// A desktop has just been opened.
    pub(super) fn desk_opened(&mut self, index: usize) {
        let signs_in = self.desks.get_mut(index).is_some_and(|desk| std::mem::take(&mut desk.signs_in));
        let node = self.node_of(index).unwrap_or_default();
        let line = Part::Node(node).to(Part::Desktop(index), Kind::Connection);
        self.recorder.note(self.now, line, format_args!("the session is open"));
        self.pilot_opened(index);
        if signs_in {
            let click = Click::sign_in(self, index);
            self.do_deed(Deed::Click(click));
        }
    }

    /// The agent's desktop cannot be reached by its node any more, whether the node knows or not.
    pub(super) fn desk_gone(&mut self, index: usize) {
        let Some(desk) = self.desks.get(index) else { return };
        self.watch.desk_gone(&desk.desktop.person().id, desk.node, self.now);
        self.count_gone(index);
    }

    /// With the page its pilot ends.
    fn leave(&mut self, index: usize, how: Leave) {
        self.desks.get_mut(index).into_iter().for_each(|desk| desk.pilot = None);
        self.ledger.grounded(index);
        self.leave_session(index, how);
        if let Some(desk) = self.desks.get_mut(index) {
            desk.cut = false;
        }
    }

    pub(super) fn leave_session(&mut self, index: usize, how: Leave) {
        self.recorder.note(self.now, Part::Desktop(index).alone(Kind::Deed), format_args!("{how}"));
        self.desk_gone(index);
        match how {
            Leave::Goodbye => self.last_word(index, how, Duration::ZERO),
            Leave::Hurry => {
                self.last_word(index, how, Duration::ZERO);
                self.drop_requests(index);
            }
            Leave::Crash => self.drop_requests(index),
            Leave::Silence => {}
            Leave::Late(after) => self.last_word(index, how, after),
        }
        let Some(desk) = self.desks.get_mut(index) else { return };
        desk.session += 1;
        desk.desktop.drop_session();
        self.watch.desktop_lost(index);
    }

    /// What a page says when it is left, if its connection is whole.
    fn last_word(&mut self, index: usize, how: Leave, after: Duration) {
        let Some(desk) = self.desks.get_mut(index).filter(|desk| !desk.cut) else { return };
        let node = desk.node;
        let word = match how {
            Leave::Hurry => desk.desktop.unavailable(),
            Leave::Goodbye | Leave::Crash | Leave::Silence | Leave::Late(_) => desk.desktop.goodbye(),
        };
        let Some(body) = word else { return };
        if after.is_zero() {
            let id = self.next_http();
            return self.ask(index, id, ToNode::Bosh { id, body }, Asker::Bosh);
        }
        let life = self.seats.get(node).map_or(0, |seat| seat.life);
        self.queue.put(self.now + after, Happening::LateWord { desktop: index, node, life, body });
    }

    /// The goodbye of a tab that was left open: its desktop may be anywhere by now.
    pub(super) fn late_word(&mut self, desktop: usize, node: usize, life: u64, body: Vec<u8>) {
        if let Some(desk) = self.desks.get(desktop) {
            self.watch.desk_goodbye(&desk.desktop.person().id, node, self.now);
        }
        let id = self.next_http();
        // No session of a desktop has this number: nobody waits for the answer.
        let asked = Asked { desktop, node, session: 0, asker: Asker::Bosh, path: String::new() };
        self.asked.insert(id, asked);
        self.queue.put(self.now, Happening::ToNode { node, life, news: ToNode::Bosh { id, body } });
    }

    /// The connections of a desktop's BOSH requests are closed, and its node hears of that.
    fn drop_requests(&mut self, index: usize) {
        let Some(node) = self.node_of(index) else { return };
        let life = self.seats.get(node).map_or(0, |seat| seat.life);
        let of_desk = |it: &Asked| it.desktop == index && it.node == node && matches!(it.asker, Asker::Bosh);
        let ids: Vec<_> = self.asked.iter().filter(|(_, it)| of_desk(it)).map(|(id, _)| *id).collect();
        for id in ids {
            let at = self.desk_arrival(index, 0);
            self.queue.put(at, Happening::ToNode { node, life, news: ToNode::BoshGone { id } });
        }
    }

    /// A node hears that nobody waits for an answer any more.
    pub(super) fn bosh_gone(&mut self, node: usize, id: node::HttpId) {
        if self.asked.remove(&id).is_some() {
            self.tell_node(node, Input::BoshGone { id });
        }
    }
}
