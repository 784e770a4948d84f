//! The link between the nodes: the part of their shells, and how it breaks.

use std::time::Duration;

use node::failover::fence::{Fault, LinkId};
use node::{Input, PeerMessage, PeerNews};

use super::{Happening, World};
use crate::peer::{PRIMARY, PeerGate, PeerLoad, PeerNet, PeerPacket, SECONDARY, link_of, number_of};
use crate::recording::{Kind, Part};
use crate::told::Fencing;

/// The secondary dials again after this.
const REDIAL_AFTER: Duration = Duration::from_secs(1);

impl World {
    /// The link between the nodes.
    pub fn peer(&self) -> &PeerNet {
        &self.peer
    }

    /// Changes what the link between the nodes does.
    pub fn set_peer_gate(&mut self, gate: PeerGate) {
        if gate != self.peer.gate() {
            let kind = if gate == PeerGate::Open { Kind::Mend } else { Kind::Fault };
            self.recorder.note(self.now, Part::PeerLink.alone(kind), format_args!("{gate}"));
        }
        self.watch.peer_disturbed(self.now);
        let free = self.peer.set_gate(gate);
        for packet in free {
            self.queue.put(self.now, Happening::Peer(packet));
        }
        if gate == PeerGate::Refuse {
            self.reset_peer();
        }
        self.redial(Duration::ZERO);
    }

    /// Both ends of the link's connections are reset, once.
    pub fn reset_peer(&mut self) {
        self.recorder.note(self.now, Part::PeerLink.alone(Kind::Fault), format_args!("is reset"));
        for (number, node) in self.peer.reset() {
            self.peer_lost(number, node);
        }
        self.redial(REDIAL_AFTER);
    }

    /// One end of the link is reset; the other is not told.
    pub fn reset_peer_end(&mut self, node: usize) {
        let says = format_args!("is reset at node {}, and the other end is not told", node + 1);
        self.recorder.note(self.now, Part::PeerLink.alone(Kind::Fault), says);
        for number in self.peer.ends(node).collect::<Vec<_>>() {
            self.peer.set_up(number, node, false);
            self.peer_lost(number, node);
        }
        self.redial(REDIAL_AFTER);
    }

    /// A way over the link takes so long from now on.
    pub fn set_peer_latency(&mut self, latency: Duration) {
        if latency != self.peer.latency {
            let kind = if latency == self.plan.peer_latency { Kind::Mend } else { Kind::Fault };
            self.recorder.note(self.now, Part::PeerLink.alone(kind), format_args!("takes {latency:?}"));
        }
        (self.peer.latency, self.peer.jitter) = (latency, latency / 4);
    }

    /// Whether both nodes have all sessions of each other.
    pub fn peers_exchanged(&self) -> bool {
        self.watch.peers_exchanged()
    }

    /// Whoever takes a connection for up that the other end has lost finds that out.
    pub(super) fn keep_peers_alive(&mut self) {
        for node in [PRIMARY, SECONDARY] {
            let ends: Vec<u64> = self.peer.ends(node).collect();
            let dead =
                |number: &u64| !self.peer.is_up(*number, other(node)) && !self.peer.is_dialing(*number);
            for number in ends.into_iter().filter(dead).collect::<Vec<_>>() {
                self.refuse_peer(number, other(node));
            }
        }
    }

    pub(super) fn redial(&mut self, after: Duration) {
        self.queue.put(self.now + after, Happening::PeerDial);
    }

    /// The secondary dials, or tries again later while that is of no use.
    pub(super) fn peer_dial(&mut self) {
        if self.seats.iter().filter(|seat| seat.node.is_some()).count() < 2 {
            return;
        }
        if let Some(packet) = self.peer.dial() {
            self.send_peer(packet);
        }
    }

    pub(super) fn peer_says(&mut self, node: usize, link: LinkId, message: PeerMessage) {
        let conn = number_of(link);
        if !self.peer.is_up(conn, node) {
            return;
        }
        let line = Part::Node(node).to(Part::Node(other(node)), Kind::Message);
        self.recorder.note(self.now, line, format_args!("{}", Fencing(&message)));
        let message = match message {
            PeerMessage::Ledger(message) => match self.settings_leave(node, message) {
                Some(message) => PeerMessage::Ledger(message),
                None => return,
            },
            fence @ PeerMessage::Fence(_) => fence,
        };
        if let PeerMessage::Fence(message) = &message {
            self.watch.peer_said(node, message, self.now);
        }
        self.send_peer(PeerPacket { conn, to: other(node), load: PeerLoad::Said(message) });
    }

    pub(super) fn peer_close(&mut self, node: usize, link: LinkId, fault: Fault) {
        let line = Part::Node(node).to(Part::Node(other(node)), Kind::Connection);
        self.recorder.note(self.now, line, format_args!("closes the link: {fault}"));
        self.leave_peer(number_of(link), node);
    }

    /// A process is gone, and its system closes its connection.
    pub(super) fn peer_crashed(&mut self, node: usize) {
        self.peer.crashed(node);
        for number in self.peer.ends(node).collect::<Vec<_>>() {
            self.leave_peer(number, node);
        }
    }

    pub(super) fn arrive_at_peer(&mut self, packet: PeerPacket) {
        let Some(PeerPacket { conn, to, load }) = self.peer.pass(packet) else { return };
        match load {
            PeerLoad::Dial | PeerLoad::Accept if self.node(to).is_none() => self.refuse_peer(conn, to),
            PeerLoad::Dial => {
                self.send_peer(PeerPacket { conn, to: SECONDARY, load: PeerLoad::Accept });
                self.peer_found(conn, PRIMARY);
            }
            PeerLoad::Accept if self.peer.is_dialing(conn) => {
                self.peer.dialed(conn);
                self.peer_found(conn, SECONDARY);
            }
            PeerLoad::Accept => self.refuse_peer(conn, to),
            PeerLoad::Said(message) if self.peer.is_up(conn, to) => {
                if let PeerMessage::Fence(message) = &message {
                    self.watch.peer_told(to, message, self.now);
                }
                self.tell_peer(conn, to, PeerNews::Said(message));
            }
            PeerLoad::Said(_) => self.refuse_peer(conn, to),
            PeerLoad::End if self.peer.is_up(conn, to) => {
                self.peer.set_up(conn, to, false);
                self.peer_lost(conn, to);
                self.redial(REDIAL_AFTER);
            }
            PeerLoad::End => {
                self.peer.dialed(conn);
                self.redial(REDIAL_AFTER);
            }
        }
    }

    fn peer_found(&mut self, conn: u64, node: usize) {
        let line = Part::Node(node).to(Part::Node(other(node)), Kind::Connection);
        self.recorder.note(self.now, line, format_args!("has a link, number {conn}"));
        self.peer.set_up(conn, node, true);
        self.watch.peer_lost(node);
        self.tell_peer(conn, node, PeerNews::Up);
    }

    fn peer_lost(&mut self, conn: u64, node: usize) {
        let line = Part::Node(node).to(Part::Node(other(node)), Kind::Connection);
        self.recorder.note(self.now, line, format_args!("has lost link {conn}"));
        self.watch.peer_lost(node);
        self.tell_peer(conn, node, PeerNews::Down);
    }

    fn leave_peer(&mut self, conn: u64, node: usize) {
        if !self.peer.is_up(conn, node) {
            return;
        }
        self.peer.set_up(conn, node, false);
        self.watch.peer_lost(node);
        self.refuse_peer(conn, node);
        self.redial(REDIAL_AFTER);
    }

    /// Nobody is at this end.
    fn refuse_peer(&mut self, conn: u64, node: usize) {
        self.send_peer(PeerPacket { conn, to: other(node), load: PeerLoad::End });
    }

    fn tell_peer(&mut self, conn: u64, node: usize, news: PeerNews) {
        self.tell_node(node, Input::Peer { link: link_of(conn, node), news });
    }

    fn send_peer(&mut self, packet: PeerPacket) {
        let at = self.peer.arrival(&packet, &mut self.rng, self.now);
        self.queue.put(at, Happening::Peer(packet));
    }
}

pub(super) fn other(node: usize) -> usize {
    if node == PRIMARY { SECONDARY } else { PRIMARY }
}
