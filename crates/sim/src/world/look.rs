//! Looking at the whole: is anything in motion, does everything agree, and does everything come back.

use std::time::Duration;

use node::failover::cti::Side;
use switch::Command;

use super::{Happening, World};
use crate::net::Gate;
use crate::seen::Seen;

/// After the last fault ended, a node is in service within this time. At worst a silent session must be found dead
/// (3 × 5 s and up to one interval), a hanging attempt must end (5 s), five refused attempts follow (5 s), and a read
/// that was lost is repeated (15 s).
const BACK_WITHIN: Duration = Duration::from_secs(60);
/// How often that is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(250);

impl World {
    /// Checks all that can be judged now: what is in motion is left alone.
    pub fn check(&mut self) {
        for node in 0..self.nodes() {
            if self.is_quiet(node) {
                self.watch.settle_acts(node, &self.pair, self.now);
                self.check_screens(node);
            }
        }
    }

    /// All faults end. Every node must be in service in time, and must show the truth then.
    pub fn heal(&mut self) {
        self.mend();
        let end = self.now + BACK_WITHIN;
        while (0..self.nodes()).any(|node| !self.is_quiet(node)) && self.broken().is_none() {
            if self.now >= end {
                let restless: Vec<String> =
                    (0..self.nodes()).filter_map(|node| self.restless(node)).collect();
                let says = format!("(liveness) {BACK_WITHIN:?} after the last fault: {restless:?}");
                return self.watch.report(self.now, says);
            }
            self.run_for(LOOK_EVERY);
        }
        self.check();
    }

    /// Keeps all events of desktops from now on.
    pub fn keep_seen(&mut self) {
        self.keep_seen = true;
    }

    /// What a desktop has seen, if that is kept.
    pub fn seen(&self, desktop: usize) -> &[Seen] {
        self.desks.get(desktop).map_or(&[], |desk| &desk.seen)
    }

    fn mend(&mut self) {
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
                let _ = self.command(command);
            }
        }
        for command in [
            Command::PeripheralOnline,
            Command::CentralControllerUp,
            Command::DelayAnswers(Duration::ZERO),
            Command::AnswersAfterEvents(false),
        ] {
            let _ = self.command(command);
        }
        // What came over a corrupted connection may be wrong for ever; a real one has checksums.
        for conn in self.net.select(|conn| conn.corrupted) {
            self.cut(conn, "connection reset");
        }
        (0..self.nodes()).for_each(|node| self.restart(node));
    }

    /// Nothing is on its way to or from this node and its desktops, and nothing that it asked is open.
    fn is_quiet(&self, node: usize) -> bool {
        self.restless(node).is_none()
    }

    /// What keeps a node from being quiet.
    fn restless(&self, node: usize) -> Option<String> {
        let hung = |side: &Side| self.pair.side_state(*side).is_none_or(|state| state.hung);
        let moving = self.queue.iter().find(|happening| self.concerns(happening, node));
        let why = if let Some(open) = self.watch.open_business(node) {
            open
        } else if !self.net.is_whole(node)
            || !self.pair.switch().online()
            || [Side::A, Side::B].iter().any(hung)
        {
            "something is broken".into()
        } else {
            format!("{:?} is on its way", moving?)
        };
        Some(format!("node {node}: {why}"))
    }

    fn concerns(&self, happening: &Happening, node: usize) -> bool {
        match happening {
            Happening::Packet(packet) => self.net.conn(packet.conn).is_some_and(|conn| conn.node == node),
            Happening::ToNode { node: to, .. } => *to == node,
            Happening::ToDesktop { desktop, .. } => self.node_of(*desktop) == Some(node),
            Happening::Reopen { .. } => false,
        }
    }

    fn check_screens(&mut self, index: usize) {
        let Some(node) = self.seats.get(index).and_then(|seat| seat.node.as_ref()) else { return };
        for desk in self.desks.iter().filter(|desk| desk.node == index && desk.desktop.is_fresh()) {
            let (person, shown) = (desk.desktop.person(), desk.desktop.shown());
            self.watch.check_screen(node, person, shown, &self.pair, self.now);
        }
    }
}
