//! What the lab counts at its own side: every dial in order, every byte and every GED-188 message that passed a
//! link. Drills take their evidence from here, never from what a desktop server says about itself.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use crate::parts::{CtiServer, Link, NodeName};
use crate::tap::Tap;

/// Dials that are kept. A node that dials once a second for ever fills it in nearly three hours.
const DIALS_MAX: usize = 10_000;

/// Type number of HEARTBEAT_REQ (ged188.md section 5).
pub const HEARTBEAT_REQ: u32 = 5;
/// Type number of HEARTBEAT_CONF (ged188.md section 5).
pub const HEARTBEAT_CONF: u32 = 6;

/// Type number of OPEN_CONF (ged188.md section 5).
const OPEN_CONF: u32 = 4;

/// One connect that reached a CTI server's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dial {
    /// Counted from 1 over the life of the lab.
    pub n: u64,
    /// Microseconds since the lab started.
    pub at_us: u64,
    /// Who dialed.
    pub node: NodeName,
    /// Who was dialed.
    pub cti: CtiServer,
    /// Whether the connection was taken; otherwise it was reset at once.
    pub taken: bool,
}

/// What passed one link since the lab started.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LinkTally {
    /// Connects, refused ones included.
    pub dials: u64,
    /// Connections that are up now.
    pub up: u64,
    /// Bytes towards the CTI server.
    pub bytes_up: u64,
    /// Bytes towards the desktop server.
    pub bytes_down: u64,
    /// HEARTBEAT_REQ messages that arrived, even while the link hangs.
    pub heartbeats_asked: u64,
    /// HEARTBEAT_CONF messages that left towards the desktop server.
    pub heartbeats_confirmed: u64,
    /// When the last OPEN_CONF left towards the desktop server, in microseconds since the lab started.
    pub opened_us: Option<u64>,
    /// Messages by type number towards the CTI server.
    pub messages_up: BTreeMap<u32, u64>,
    /// Messages by type number towards the desktop server.
    pub messages_down: BTreeMap<u32, u64>,
}

/// The counters of a lab, shared by its tasks.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    counts: Arc<Mutex<Counts>>,
    /// Sees what the counters only count, on its way to the desktop servers.
    pub(crate) tap: Tap,
}

#[derive(Debug, Default)]
struct Counts {
    dialed: u64,
    dials: VecDeque<Dial>,
    links: BTreeMap<Link, LinkTally>,
}

/// Which way bytes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// To the CTI server.
    Up,
    /// To the desktop server.
    Down,
}

impl Tally {
    /// Every dial that is still kept, the oldest first.
    pub fn dials(&self) -> Vec<Dial> {
        self.lock().dials.iter().cloned().collect()
    }

    /// The counters of one link.
    pub fn link(&self, link: Link) -> LinkTally {
        self.lock().links.get(&link).cloned().unwrap_or_default()
    }

    pub(crate) fn dialed(&self, link: Link, taken: bool, at: Duration) {
        let mut counts = self.lock();
        counts.dialed += 1;
        counts.links.entry(link).or_default().dials += 1;
        if counts.dials.len() == DIALS_MAX {
            counts.dials.pop_front();
        }
        let dial = Dial { n: counts.dialed, at_us: micros(at), node: link.node, cti: link.cti, taken };
        counts.dials.push_back(dial);
    }

    pub(crate) fn opened(&self, link: Link) {
        self.lock().links.entry(link).or_default().up += 1;
    }

    pub(crate) fn closed(&self, link: Link) {
        let mut counts = self.lock();
        let up = &mut counts.links.entry(link).or_default().up;
        *up = up.saturating_sub(1);
    }

    pub(crate) fn passed(&self, link: Link, way: Way, bytes: u64, kinds: &[u32], at: Duration) {
        let mut counts = self.lock();
        let tally = counts.links.entry(link).or_default();
        let (total, messages) = match way {
            Way::Up => (&mut tally.bytes_up, &mut tally.messages_up),
            Way::Down => (&mut tally.bytes_down, &mut tally.messages_down),
        };
        *total += bytes;
        kinds.iter().for_each(|kind| *messages.entry(*kind).or_default() += 1);
        let count = |kind| kinds.iter().filter(|other| **other == kind).count() as u64;
        match way {
            Way::Up => tally.heartbeats_asked += count(HEARTBEAT_REQ),
            Way::Down => tally.heartbeats_confirmed += count(HEARTBEAT_CONF),
        }
        if way == Way::Down && kinds.contains(&OPEN_CONF) {
            tally.opened_us = Some(micros(at));
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn micros(at: Duration) -> u64 {
    u64::try_from(at.as_micros()).unwrap_or(u64::MAX)
}

/// Reads the message types out of a stream of GED-188 frames without decoding them: four bytes of body length,
/// four bytes of type (ged188.md section 2). After nonsense it counts nonsense, and never stops the bytes.
#[derive(Debug, Default)]
pub(crate) struct Sniffer {
    header: Vec<u8>,
    skip: u64,
}

impl Sniffer {
    /// The types of the messages whose head is complete with these bytes.
    pub(crate) fn sniff(&mut self, mut bytes: &[u8]) -> Vec<u32> {
        let mut kinds = Vec::new();
        while !bytes.is_empty() {
            bytes = self.skip_body(bytes);
            bytes = self.read_header(bytes, &mut kinds);
        }
        kinds
    }

    fn skip_body<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let skip = usize::try_from(self.skip).unwrap_or(usize::MAX).min(bytes.len());
        self.skip -= skip as u64;
        bytes.split_at(skip).1
    }

    fn read_header<'a>(&mut self, bytes: &'a [u8], kinds: &mut Vec<u32>) -> &'a [u8] {
        let (head, rest) = bytes.split_at(bytes.len().min(8 - self.header.len()));
        self.header.extend_from_slice(head);
        if let [a, b, c, d, kind @ ..] = self.header.as_slice()
            && let Ok(kind) = <[u8; 4]>::try_from(kind)
        {
            self.skip = u64::from(u32::from_be_bytes([*a, *b, *c, *d]));
            kinds.push(u32::from_be_bytes(kind));
            self.header.clear();
        }
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: Link = Link { node: NodeName::One, cti: CtiServer::A };
    const NOW: Duration = Duration::from_secs(7);

    fn frame(kind: u32, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).unwrap();
        [&length.to_be_bytes(), &kind.to_be_bytes(), body].concat()
    }

    #[test]
    fn message_types_are_read_however_the_stream_is_cut() {
        let stream = [frame(5, &[0; 4]), frame(30, &[7; 33]), frame(6, &[])].concat();
        for size in 1..=stream.len() {
            let mut sniffer = Sniffer::default();
            let kinds: Vec<u32> = stream.chunks(size).flat_map(|chunk| sniffer.sniff(chunk)).collect();
            assert_eq!(kinds, [5, 30, 6], "in chunks of {size}");
        }
    }

    #[test]
    fn heartbeats_count_in_their_own_direction_only() {
        let tally = Tally::default();
        tally.passed(LINK, Way::Up, 24, &[HEARTBEAT_REQ, HEARTBEAT_REQ, HEARTBEAT_CONF], NOW);
        tally.passed(LINK, Way::Down, 12, &[OPEN_CONF, HEARTBEAT_CONF], NOW);
        let link = tally.link(LINK);
        assert_eq!((link.heartbeats_asked, link.heartbeats_confirmed), (2, 1));
        assert_eq!((link.bytes_up, link.bytes_down), (24, 12));
        assert_eq!(link.opened_us, Some(7_000_000));
    }

    #[test]
    fn the_dial_log_keeps_the_newest_and_goes_on_counting() {
        let tally = Tally::default();
        for at in 0..=DIALS_MAX as u64 {
            tally.dialed(LINK, false, Duration::from_secs(at));
        }
        let dials = tally.dials();
        assert_eq!((dials.len(), dials[0].n, dials[DIALS_MAX - 1].n), (DIALS_MAX, 2, DIALS_MAX as u64 + 1));
        assert_eq!(tally.link(LINK).dials, DIALS_MAX as u64 + 1);
    }
}
