//! Connections between nodes and CTI servers, packet by packet.

use node::failover::cti::{Epoch, Side};
use node::{Input, LinkNews};
use switch::PairOutput;

use super::{Dialed, Happening, World};
use crate::net::{ConnId, Load, Packet, Way};
use crate::recording::{Kind, Part};
use crate::told::Cti;
use crate::watch::Writer;

impl World {
    pub(super) fn dial(&mut self, node: usize, epoch: Epoch, side: Side) {
        let line = Part::Node(node).to(Part::Cti(side), Kind::Connection);
        self.recorder.note(self.now, line, format_args!("dials"));
        self.dialed.push(Dialed { at: self.now, node, side });
        let conn = self.net.dial(node, side, epoch);
        self.watch.dialed(node, epoch, side, self.now);
        self.ledger.dialed(node, self.scene());
        self.send(Packet { conn, way: Way::Up, load: Load::Syn });
    }

    pub(super) fn write(&mut self, node: usize, epoch: Epoch, bytes: Vec<u8>) {
        let Some(conn) = self.net.find(node, epoch) else { return };
        let domain = self.seats.get(node).and_then(|seat| seat.node.as_ref()).map(node::Node::domain);
        self.watch.written(Writer { node, conn, domain }, &bytes, &self.pair, self.now);
        self.note_cti(conn, Way::Up, &bytes);
        self.send_bytes(conn, Way::Up, bytes);
    }

    /// What goes over a connection, when it leaves.
    fn note_cti(&mut self, id: ConnId, way: Way, bytes: &[u8]) {
        let Some(conn) = self.net.conn(id) else { return };
        let (node, cti) = (Part::Node(conn.node), Part::Cti(conn.side));
        let says = Cti { bytes, version: self.watch.version(conn.node) };
        let line = match way {
            Way::Up => node.to(cti, says.kind()),
            Way::Down => cti.to(node, says.kind()),
        };
        self.recorder.note(self.now, line, says);
    }

    pub(super) fn hang_up(&mut self, node: usize, epoch: Epoch) {
        self.recorder.note(self.now, Part::Node(node).alone(Kind::Connection), format_args!("hangs up"));
        self.watch.hung_up(node, epoch, self.now);
        if let Some(conn) = self.net.find(node, epoch) {
            self.node_leaves(conn);
        }
    }

    /// The node's end of a connection is gone; the server hears of it when the news has come through.
    pub(super) fn node_leaves(&mut self, id: ConnId) {
        if let Some(conn) = self.net.conn_mut(id).filter(|conn| !conn.left) {
            conn.left = true;
            self.net.drop_unsent(id);
            self.send(Packet { conn: id, way: Way::Up, load: Load::End("connection closed") });
        }
    }

    /// Both ends of a connection are reset.
    pub(super) fn cut(&mut self, id: ConnId, why: &str) {
        let Some(conn) = self.net.forget(id) else { return };
        self.watch.conn_lost(id);
        if conn.accepted {
            self.pair.connection_closed(id, self.now);
            self.drain_pair();
        }
        if !conn.left {
            self.tell_end(conn.node, conn.epoch, conn.up, why);
        }
    }

    pub(super) fn drain_pair(&mut self) {
        while let Some(output) = self.pair.poll_output() {
            match output {
                PairOutput::Send { conn, bytes } => {
                    self.note_cti(conn, Way::Down, &bytes);
                    self.send_bytes(conn, Way::Down, bytes);
                }
                PairOutput::Close { conn, why } => self.server_leaves(conn, &why),
                PairOutput::Story(story) => {
                    let ordered = self.ordered.filter(|_| story.what == "fault");
                    let line = ordered.unwrap_or_else(|| Part::Switch.alone(Kind::Truth));
                    self.recorder.note(self.now, line, format_args!("{}", story.says));
                }
            }
        }
        self.pair_due = self.pair.poll_timeout().map(|(due, _)| due);
        self.watch.switch_moved(&self.pair, self.now);
        self.count_logouts();
    }

    fn server_leaves(&mut self, id: ConnId, why: &str) {
        if let Some(conn) = self.net.conn_mut(id) {
            conn.accepted = false;
            let line = Part::Cti(conn.side).to(Part::Node(conn.node), Kind::Connection);
            self.recorder.note(self.now, line, format_args!("closes: {why}"));
            self.send(Packet { conn: id, way: Way::Down, load: Load::End("closed by the server") });
        }
    }

    pub(super) fn arrive(&mut self, packet: Packet) {
        let Some(packet) = self.net.pass(packet, &mut self.rng) else { return };
        match packet.way {
            Way::Up => self.arrive_at_server(packet),
            Way::Down => self.arrive_at_node(packet),
        }
    }

    fn arrive_at_server(&mut self, packet: Packet) {
        match packet.load {
            Load::Syn => self.connect(packet.conn),
            Load::Bytes(bytes) => {
                if self.net.conn(packet.conn).is_some_and(|conn| conn.accepted) {
                    self.pair.handle_bytes(packet.conn, &bytes, self.now);
                    self.drain_pair();
                }
            }
            Load::End(why) => self.cut(packet.conn, why),
        }
    }

    fn connect(&mut self, id: ConnId) {
        let Some(side) = self.net.conn(id).map(|conn| conn.side) else { return };
        if !self.pair.accepts(side) {
            return self.send(Packet { conn: id, way: Way::Down, load: Load::End("connection refused") });
        }
        if let Some(conn) = self.net.conn_mut(id) {
            conn.accepted = true;
        }
        self.send(Packet { conn: id, way: Way::Down, load: Load::Syn });
        self.pair.connection_opened(side, id, self.now);
        self.drain_pair();
    }

    fn arrive_at_node(&mut self, packet: Packet) {
        let Some(conn) = self.net.conn_mut(packet.conn) else { return };
        let (node, epoch, left, corrupted) = (conn.node, conn.epoch, conn.left, conn.corrupted);
        match packet.load {
            Load::Syn if !left => {
                conn.up = true;
                self.tell_node(node, Input::Link { epoch, news: LinkNews::Connected });
            }
            Load::Bytes(bytes) if !left => {
                self.watch.delivered(node, &bytes, !corrupted, &self.pair, self.now);
                self.tell_node(node, Input::Link { epoch, news: LinkNews::Bytes(bytes) });
            }
            Load::End(why) => self.cut(packet.conn, why),
            Load::Syn | Load::Bytes(_) => {}
        }
    }

    fn tell_end(&mut self, node: usize, epoch: Epoch, up: bool, why: &str) {
        self.watch.ended(node, epoch);
        self.recorder.note(self.now, Part::Node(node).alone(Kind::Connection), format_args!("no CTI: {why}"));
        let news = if up { LinkNews::Closed(why.into()) } else { LinkNews::Failed(why.into()) };
        self.tell_node(node, Input::Link { epoch, news });
    }

    /// Sends bytes in one piece or, by chance, in two: a receiver must not care.
    pub(super) fn send_bytes(&mut self, conn: ConnId, way: Way, mut bytes: Vec<u8>) {
        if bytes.len() > 1 && self.rng.one_in(8) {
            let rest = bytes.split_off(1 + self.rng.below(bytes.len() - 1));
            self.send(Packet { conn, way, load: Load::Bytes(bytes) });
            bytes = rest;
        }
        self.send(Packet { conn, way, load: Load::Bytes(bytes) });
    }

    pub(super) fn send(&mut self, packet: Packet) {
        let at = self.net.arrival(&packet, &mut self.rng, self.now);
        self.queue.put(at, Happening::Packet(packet));
    }
}
