//! The link between the two nodes: connections, delays, and ways to break it.
//!
//! It carries packets and holds those that cannot pass; what the nodes say to each other is nobody's business here. The
//! secondary dials, and the newest connection counts. Driven by the world, which puts every packet into its queue and
//! brings it back when its time has come.
//!
//! ```text
//! secondary          primary
//!     │ ── Dial ─────▶ │  the primary's end is up
//!     │ ◀─── Accept ── │
//!  the secondary's end is up
//! ```

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::time::Duration;

use node::PeerMessage;
use node::failover::fence::LinkId;

use crate::rng::Rng;

/// The node that takes connections.
pub const PRIMARY: usize = 0;
/// The node that dials.
pub const SECONDARY: usize = 1;

/// What the link does with packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeerGate {
    /// Lets them pass.
    #[default]
    Open,
    /// Resets every connection, and refuses new ones.
    Refuse,
    /// Holds everything that goes to these ends, and tells nobody: a partition, or half of one.
    Hold([bool; 2]),
}

impl fmt::Display for PeerGate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("works"),
            Self::Refuse => f.write_str("is cut, and both ends are told"),
            Self::Hold([true, true]) => f.write_str("holds everything, and nobody is told"),
            Self::Hold([true, false]) => f.write_str("holds what goes to node 1, and nobody is told"),
            Self::Hold([false, true]) => f.write_str("holds what goes to node 2, and nobody is told"),
            Self::Hold([false, false]) => f.write_str("holds nothing"),
        }
    }
}

/// One packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerPacket {
    /// Number of its connection.
    pub conn: u64,
    /// To which node.
    pub to: usize,
    /// What it carries.
    pub load: PeerLoad,
}

/// What a packet carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerLoad {
    /// The secondary asks for a connection.
    Dial,
    /// The primary has it.
    Accept,
    /// A node says this.
    Said(PeerMessage),
    /// The end.
    End,
}

/// The link.
#[derive(Clone, Debug)]
pub struct PeerNet {
    gate: PeerGate,
    /// Time of one way.
    pub latency: Duration,
    /// Up to this much more, by chance.
    pub jitter: Duration,
    conns: BTreeMap<u64, Conn>,
    count: u64,
    /// The connection that the secondary has asked for.
    dialing: Option<u64>,
    held: VecDeque<PeerPacket>,
}

/// One connection: which ends take it for up, and when the last packet to each arrives.
#[derive(Clone, Copy, Debug, Default)]
struct Conn {
    up: [bool; 2],
    last: [Duration; 2],
}

impl PeerNet {
    /// An open link without connections.
    pub fn new(latency: Duration, jitter: Duration) -> Self {
        let (conns, held) = (BTreeMap::new(), VecDeque::new());
        Self { gate: PeerGate::Open, latency, jitter, conns, count: 0, dialing: None, held }
    }

    /// What it does with packets.
    pub fn gate(&self) -> PeerGate {
        self.gate
    }

    /// The secondary dials, if it has no connection and waits for none.
    pub fn dial(&mut self) -> Option<PeerPacket> {
        let idle = self.dialing.is_none() && self.ends(SECONDARY).next().is_none();
        if self.gate != PeerGate::Open || !idle {
            return None;
        }
        self.count += 1;
        self.dialing = Some(self.count);
        self.conns.insert(self.count, Conn::default());
        Some(PeerPacket { conn: self.count, to: PRIMARY, load: PeerLoad::Dial })
    }

    /// The connections that a node takes for up.
    pub fn ends(&self, node: usize) -> impl Iterator<Item = u64> {
        let up = move |conn: &Conn| conn.up.get(node).copied().unwrap_or(false);
        self.conns.iter().filter(move |(_, conn)| up(conn)).map(|(number, _)| *number)
    }

    /// Whether the secondary waits for this connection.
    pub fn is_dialing(&self, number: u64) -> bool {
        self.dialing == Some(number)
    }

    /// The secondary waits for this connection no longer.
    pub fn dialed(&mut self, number: u64) {
        self.dialing.take_if(|dialing| *dialing == number);
    }

    /// A process is gone, and with it what it waited for.
    pub fn crashed(&mut self, node: usize) {
        self.dialing.take_if(|_| node == SECONDARY);
    }

    /// Whether a node takes this connection for up.
    pub fn is_up(&self, number: u64, node: usize) -> bool {
        self.ends(node).any(|up| up == number)
    }

    /// A node takes a connection for up, or no longer.
    pub fn set_up(&mut self, number: u64, node: usize, up: bool) {
        let end = self.conns.get_mut(&number).and_then(|conn| conn.up.get_mut(node));
        end.into_iter().for_each(|end| *end = up);
    }

    /// Every connection is forgotten; which ends were up.
    pub fn reset(&mut self) -> Vec<(u64, usize)> {
        self.held.clear();
        self.dialing = None;
        let ends = [PRIMARY, SECONDARY].map(|node| self.ends(node).map(|number| (number, node)).collect());
        self.conns.clear();
        let [primary, secondary]: [Vec<_>; 2] = ends;
        primary.into_iter().chain(secondary).collect()
    }

    /// When a packet that leaves now arrives: later ones of a connection never overtake it.
    pub fn arrival(&mut self, packet: &PeerPacket, rng: &mut Rng, now: Duration) -> Duration {
        let at = now + self.latency + rng.time_below(self.jitter);
        let last = self.conns.get_mut(&packet.conn).and_then(|conn| conn.last.get_mut(packet.to));
        last.map_or(at, |last| {
            *last = at.max(*last);
            *last
        })
    }

    /// A packet has come to the gate: `Some` if it passes. One of a forgotten connection never does.
    pub fn pass(&mut self, packet: PeerPacket) -> Option<PeerPacket> {
        self.conns.get(&packet.conn)?;
        match self.gate {
            PeerGate::Open => Some(packet),
            PeerGate::Refuse => None,
            PeerGate::Hold(ends) if ends.get(packet.to).copied().unwrap_or(false) => {
                self.held.push_back(packet);
                None
            }
            PeerGate::Hold(_) => Some(packet),
        }
    }

    /// Changes the gate. What it held comes back, in its order.
    pub fn set_gate(&mut self, gate: PeerGate) -> Vec<PeerPacket> {
        self.gate = gate;
        self.held.drain(..).collect()
    }
}

/// The name of a connection at one of its nodes: no node may count on the other's.
pub fn link_of(number: u64, node: usize) -> LinkId {
    LinkId(number * 2 + node as u64)
}

/// The connection of that name.
pub fn number_of(link: LinkId) -> u64 {
    link.0 / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    fn connected() -> PeerNet {
        let mut net = PeerNet::new(MS, Duration::ZERO);
        let dial = net.dial().unwrap();
        net.dialed(dial.conn);
        [PRIMARY, SECONDARY].into_iter().for_each(|node| net.set_up(dial.conn, node, true));
        net
    }

    fn end(to: usize) -> PeerPacket {
        PeerPacket { conn: 1, to, load: PeerLoad::End }
    }

    #[test]
    fn the_secondary_dials_only_while_it_has_no_connection() {
        let mut net = connected();
        assert_eq!(net.dial(), None);
        net.set_up(1, SECONDARY, false);
        assert_eq!(net.dial().map(|packet| packet.conn), Some(2));
        assert_eq!(net.dial(), None, "one attempt at a time");
        assert!(net.is_up(1, PRIMARY), "its end may not know yet");
    }

    #[test]
    fn half_a_partition_holds_one_way_until_it_opens() {
        let mut net = connected();
        net.set_gate(PeerGate::Hold([true, false]));
        assert_eq!(net.pass(end(PRIMARY)), None);
        assert_eq!(net.pass(end(SECONDARY)), Some(end(SECONDARY)));
        assert_eq!(net.set_gate(PeerGate::Open), [end(PRIMARY)]);
    }

    #[test]
    fn after_a_reset_nothing_of_before_arrives() {
        let mut net = connected();
        assert_eq!(net.reset(), [(1, PRIMARY), (1, SECONDARY)]);
        assert_eq!(net.pass(end(PRIMARY)), None);
    }

    #[test]
    fn a_connection_has_a_name_at_each_end() {
        assert_ne!(link_of(7, PRIMARY), link_of(7, SECONDARY));
        assert_eq!([PRIMARY, SECONDARY].map(|node| number_of(link_of(7, node))), [7, 7]);
    }
}
