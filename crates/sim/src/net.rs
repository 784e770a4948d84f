//! The network between nodes and CTI servers: connections, delays, and links that can be broken.
//!
//! It carries packets and holds those that cannot pass; what is in them is nobody's business here. Driven by the world,
//! which puts every packet into its queue and brings it back when its time has come.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::time::Duration;

use node::failover::cti::{Epoch, Side};
pub use switch::ConnId;

use crate::rng::Rng;

/// Which way a packet goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the CTI server.
    Up,
    /// To the node.
    Down,
}

/// One packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Its connection.
    pub conn: ConnId,
    /// Which way.
    pub way: Way,
    /// What it carries.
    pub load: Load,
}

/// What a packet carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Load {
    /// The request to connect, or its acceptance.
    Syn,
    /// Bytes.
    Bytes(Vec<u8>),
    /// The end, in words.
    End(&'static str),
}

/// What a link does with packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    /// Lets them pass.
    #[default]
    Open,
    /// Resets every connection.
    Refuse,
    /// Lets connections come about, then holds everything.
    Hang,
    /// Holds everything.
    Blackhole,
    /// Holds what goes to this end only: half of a link.
    Half(Way),
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "works",
            Self::Refuse => "is cut, and both ends are told",
            Self::Hang => "connects, then holds everything, and nobody is told",
            Self::Blackhole => "holds everything, and nobody is told",
            Self::Half(Way::Up) => "carries nothing to the CTI server, and nobody is told",
            Self::Half(Way::Down) => "carries nothing to the node, and nobody is told",
        })
    }
}

/// The way from one node to one CTI server.
#[derive(Clone, Debug, Default)]
pub struct Link {
    /// What it does with packets.
    pub gate: Gate,
    /// Time of one way.
    pub latency: Duration,
    /// Up to this much more, by chance.
    pub jitter: Duration,
    /// One byte in so many is flipped on its way to the node; 0 is none.
    pub corrupt_every: usize,
    held: VecDeque<Packet>,
}

/// One connection.
#[derive(Clone, Debug)]
pub struct Conn {
    /// From which node.
    pub node: usize,
    /// To which side.
    pub side: Side,
    /// The node's name for it.
    pub epoch: Epoch,
    /// The node knows that it is up.
    pub up: bool,
    /// The server has accepted it.
    pub accepted: bool,
    /// The node has hung up; the server may not know yet.
    pub left: bool,
    /// Bytes of it were flipped.
    pub corrupted: bool,
    last: [Duration; 2],
}

/// All links and connections.
#[derive(Clone, Debug)]
pub struct Net {
    links: BTreeMap<(usize, Side), Link>,
    conns: BTreeMap<ConnId, Conn>,
    count: u64,
}

impl Net {
    /// Links of so many nodes, all open, with these delays.
    pub fn new(nodes: usize, latency: Duration, jitter: Duration) -> Self {
        let link = Link { latency, jitter, ..Link::default() };
        let all = (0..nodes).flat_map(|node| [Side::A, Side::B].map(|side| ((node, side), link.clone())));
        Self { links: all.collect(), conns: BTreeMap::new(), count: 0 }
    }

    /// What a link does with packets.
    pub fn gate(&self, node: usize, side: Side) -> Option<Gate> {
        self.links.get(&(node, side)).map(|link| link.gate)
    }

    /// A node dials.
    pub fn dial(&mut self, node: usize, side: Side, epoch: Epoch) -> ConnId {
        self.count += 1;
        let id = ConnId(self.count);
        let conn = Conn {
            node,
            side,
            epoch,
            up: false,
            accepted: false,
            left: false,
            corrupted: false,
            last: [Duration::ZERO; 2],
        };
        self.conns.insert(id, conn);
        id
    }

    /// A connection.
    pub fn conn(&self, id: ConnId) -> Option<&Conn> {
        self.conns.get(&id)
    }

    /// A connection, to change it.
    pub fn conn_mut(&mut self, id: ConnId) -> Option<&mut Conn> {
        self.conns.get_mut(&id)
    }

    /// Forgets a connection.
    pub fn forget(&mut self, id: ConnId) -> Option<Conn> {
        let conn = self.conns.remove(&id)?;
        if let Some(link) = self.links.get_mut(&(conn.node, conn.side)) {
            link.held.retain(|packet| packet.conn != id);
        }
        Some(conn)
    }

    /// A reset connection loses what its node had sent and no link has let through.
    pub fn drop_unsent(&mut self, id: ConnId) {
        for link in self.links.values_mut() {
            link.held.retain(|packet| packet.conn != id || packet.way == Way::Down);
        }
    }

    /// The connection with that name which the node has not left.
    pub fn find(&self, node: usize, epoch: Epoch) -> Option<ConnId> {
        let live = |conn: &Conn| conn.node == node && conn.epoch == epoch && !conn.left;
        self.conns.iter().find(|(_, conn)| live(conn)).map(|(id, _)| *id)
    }

    /// Connections that fit.
    pub fn select(&self, fits: impl Fn(&Conn) -> bool) -> Vec<ConnId> {
        self.conns.iter().filter(|(_, conn)| fits(conn)).map(|(id, _)| *id).collect()
    }

    /// A link.
    pub fn link(&self, node: usize, side: Side) -> Option<&Link> {
        self.links.get(&(node, side))
    }

    /// Every link.
    pub fn links(&self) -> impl Iterator<Item = (&(usize, Side), &Link)> {
        self.links.iter()
    }

    /// Every link, to change it.
    pub fn links_mut(&mut self) -> impl Iterator<Item = (&(usize, Side), &mut Link)> {
        self.links.iter_mut()
    }

    /// When a packet that leaves now arrives: later ones of the same way of a connection never overtake it.
    pub fn arrival(&mut self, packet: &Packet, rng: &mut Rng, now: Duration) -> Duration {
        let Some(conn) = self.conns.get_mut(&packet.conn) else { return now };
        let Some(link) = self.links.get(&(conn.node, conn.side)) else { return now };
        let [up, down] = &mut conn.last;
        let last = if packet.way == Way::Up { up } else { down };
        *last = (now + link.latency + rng.time_below(link.jitter)).max(*last);
        *last
    }

    /// A packet has come to the gate of its link: `Some` if it passes. One of a forgotten connection never does.
    pub fn pass(&mut self, mut packet: Packet, rng: &mut Rng) -> Option<Packet> {
        let conn = self.conns.get_mut(&packet.conn)?;
        let link = self.links.get_mut(&(conn.node, conn.side))?;
        let passes = match link.gate {
            Gate::Open => true,
            Gate::Hang => packet.load == Load::Syn,
            // A refusing link lets only the news of the refusal through.
            Gate::Refuse => packet.way == Way::Down && matches!(packet.load, Load::End(_)),
            Gate::Blackhole => false,
            Gate::Half(way) => packet.way != way,
        };
        if link.corrupt_every > 0 && packet.way == Way::Down {
            conn.corrupted |= corrupt(&mut packet, link.corrupt_every, rng);
        }
        match (passes, link.gate) {
            (true, _) => Some(packet),
            (false, Gate::Refuse) => {
                Some(Packet { way: Way::Down, load: Load::End("connection reset"), ..packet })
            }
            (false, _) => {
                link.held.push_back(packet);
                None
            }
        }
    }

    /// Changes the gate of a link. What it held and may pass now comes back, the bytes of a stream in one piece.
    pub fn set_gate(&mut self, node: usize, side: Side, gate: Gate) -> Vec<Packet> {
        let Some(link) = self.links.get_mut(&(node, side)) else { return Vec::new() };
        link.gate = gate;
        link.held.drain(..).fold(Vec::new(), joined)
    }

    /// Whether anything of a node is held or broken.
    pub fn is_whole(&self, node: usize) -> bool {
        let links = self.links.iter().filter(|((of, _), _)| *of == node);
        links.map(|(_, link)| link).all(|link| link.gate == Gate::Open && link.corrupt_every == 0)
    }
}

/// As TCP does: bytes that follow each other on one way of a connection arrive together.
fn joined(mut packets: Vec<Packet>, next: Packet) -> Vec<Packet> {
    match (packets.last_mut(), next.load) {
        (Some(Packet { conn, way, load: Load::Bytes(bytes) }), Load::Bytes(more))
            if (*conn, *way) == (next.conn, next.way) =>
        {
            bytes.extend(more);
        }
        (_, load) => packets.push(Packet { load, ..next }),
    }
    packets
}

fn corrupt(packet: &mut Packet, every: usize, rng: &mut Rng) -> bool {
    let Load::Bytes(bytes) = &mut packet.load else { return false };
    let mut flipped = false;
    for byte in bytes {
        if rng.one_in(every) {
            *byte ^= 1 << rng.below(8);
            flipped = true;
        }
    }
    flipped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net() -> (Net, ConnId, Rng) {
        let mut net = Net::new(1, Duration::from_millis(10), Duration::from_millis(5));
        let conn = net.dial(0, Side::A, Epoch(1));
        (net, conn, Rng::new(1))
    }

    fn bytes(conn: ConnId, way: Way) -> Packet {
        Packet { conn, way, load: Load::Bytes(vec![1, 2, 3]) }
    }

    #[test]
    fn packets_never_overtake_each_other() {
        let (mut net, conn, mut rng) = net();
        let packet = bytes(conn, Way::Up);
        let arrivals: Vec<_> =
            (0..100).map(|n| net.arrival(&packet, &mut rng, Duration::from_millis(n))).collect();
        assert!(arrivals.is_sorted());
    }

    #[test]
    fn a_hanging_link_gives_back_what_it_held() {
        let (mut net, conn, mut rng) = net();
        net.set_gate(0, Side::A, Gate::Hang);
        assert_eq!(net.pass(bytes(conn, Way::Up), &mut rng), None);
        assert!(net.pass(Packet { conn, way: Way::Up, load: Load::Syn }, &mut rng).is_some());
        assert_eq!(net.set_gate(0, Side::A, Gate::Open), [bytes(conn, Way::Up)]);
    }

    #[test]
    fn half_a_link_carries_one_way() {
        let (mut net, conn, mut rng) = net();
        net.set_gate(0, Side::A, Gate::Half(Way::Down));
        assert!(net.pass(bytes(conn, Way::Up), &mut rng).is_some());
        assert_eq!(net.pass(bytes(conn, Way::Down), &mut rng), None);
    }

    #[test]
    fn what_a_link_held_comes_back_in_one_piece() {
        let (mut net, conn, mut rng) = net();
        net.set_gate(0, Side::A, Gate::Hang);
        for way in [Way::Down, Way::Down, Way::Up, Way::Down] {
            assert_eq!(net.pass(bytes(conn, way), &mut rng), None);
        }
        let back = net.set_gate(0, Side::A, Gate::Open);
        let lengths: Vec<_> = back
            .iter()
            .map(|packet| match &packet.load {
                Load::Bytes(bytes) => (packet.way, bytes.len()),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(lengths, [(Way::Down, 6), (Way::Up, 3), (Way::Down, 3)]);
    }

    #[test]
    fn a_refusing_link_turns_everything_into_a_reset() {
        let (mut net, conn, mut rng) = net();
        net.set_gate(0, Side::A, Gate::Refuse);
        let reset = net.pass(bytes(conn, Way::Up), &mut rng).unwrap();
        assert_eq!((reset.way, reset.load), (Way::Down, Load::End("connection reset")));
    }

    #[test]
    fn a_corrupting_link_flips_bits_on_the_way_down_only() {
        let (mut net, conn, mut rng) = net();
        net.links_mut().for_each(|(_, link)| link.corrupt_every = 1);
        assert_eq!(net.pass(bytes(conn, Way::Up), &mut rng), Some(bytes(conn, Way::Up)));
        assert_ne!(net.pass(bytes(conn, Way::Down), &mut rng), Some(bytes(conn, Way::Down)));
        assert!(net.conn(conn).unwrap().corrupted);
    }
}
