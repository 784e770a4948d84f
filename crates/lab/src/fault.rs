//! What can be wrong with a link, as plain values: the faults that are ordered, the condition that they leave a
//! link in, and what that condition means for the bytes of one connection at one moment. No sockets here.

use std::num::NonZeroU32;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::parts::Link;

/// A fault as it is ordered. Each replaces what it contradicts; latency and corruption go along with any gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case", deny_unknown_fields)]
pub enum LinkFault {
    /// All faults end.
    Clear,
    /// New connections are reset at once; those that are up end.
    Refuse,
    /// The connections that are up are reset, once; new ones are welcome.
    Reset,
    /// Connections are taken and bytes are read, but nothing passes in either direction until the fault ends.
    Hang,
    /// Nothing is read and nothing is written, as if every packet was lost.
    Blackhole,
    /// Each direction takes longer. A connect takes both: its answer comes a round trip later.
    Latency {
        /// From the desktop server to the CTI server, in milliseconds.
        up_ms: u32,
        /// From the CTI server to the desktop server, in milliseconds.
        down_ms: u32,
    },
    /// The link is down and up by turns, beginning with down; going down resets what is up.
    Flap {
        /// How long it is down, in milliseconds (at least 1).
        down_ms: NonZeroU32,
        /// How long it is up, in milliseconds (at least 1).
        up_ms: NonZeroU32,
    },
    /// One byte in so many is flipped on its way to the desktop server.
    Corrupt {
        /// Every how many bytes.
        every: NonZeroU32,
    },
}

impl LinkFault {
    /// How the timeline tells it: a stable word, a sentence, and the numbers in it.
    pub(crate) fn story(&self, link: Link) -> (&'static str, String, Vec<(&'static str, String)>) {
        let what = match self {
            Self::Clear => "link.clear",
            Self::Refuse => "link.refuse",
            Self::Reset => "link.reset",
            Self::Hang => "link.hang",
            Self::Blackhole => "link.blackhole",
            Self::Latency { .. } => "link.latency",
            Self::Flap { .. } => "link.flap",
            Self::Corrupt { .. } => "link.corrupt",
        };
        (what, format!("the link {link} {}", self.does(link.node.as_str())), self.numbers())
    }

    /// What it does, seen from the end that dials.
    pub(crate) fn does(&self, dialer: &str) -> String {
        match *self {
            Self::Clear => "has no fault any more".into(),
            Self::Refuse => "refuses connections".into(),
            Self::Reset => "resets its connections".into(),
            Self::Hang => "takes bytes and passes none".into(),
            Self::Blackhole => "loses every packet".into(),
            Self::Latency { up_ms, down_ms } => format!("takes {up_ms} ms up and {down_ms} ms down"),
            Self::Flap { down_ms, up_ms } => {
                format!("is down for {down_ms} ms and up for {up_ms} ms by turns")
            }
            Self::Corrupt { every } => format!("flips one byte in {every} towards {dialer}"),
        }
    }

    /// The numbers in it, by name.
    pub(crate) fn numbers(&self) -> Vec<(&'static str, String)> {
        match *self {
            Self::Clear | Self::Refuse | Self::Reset | Self::Hang | Self::Blackhole => vec![],
            Self::Latency { up_ms, down_ms } => {
                vec![("up_ms", up_ms.to_string()), ("down_ms", down_ms.to_string())]
            }
            Self::Flap { down_ms, up_ms } => {
                vec![("up_ms", up_ms.to_string()), ("down_ms", down_ms.to_string())]
            }
            Self::Corrupt { every } => vec![("every", every.to_string())],
        }
    }
}

/// Whether bytes pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "gate", rename_all = "kebab-case")]
pub enum Gate {
    /// They do.
    #[default]
    Open,
    /// [`LinkFault::Refuse`].
    Refuse,
    /// [`LinkFault::Hang`].
    Hang,
    /// [`LinkFault::Blackhole`].
    Blackhole,
    /// [`LinkFault::Flap`].
    Flap {
        /// When the first down phase began.
        #[serde(skip)]
        since: Duration,
        /// Milliseconds down.
        #[serde(rename = "flap_down_ms")]
        down_ms: NonZeroU32,
        /// Milliseconds up.
        #[serde(rename = "flap_up_ms")]
        up_ms: NonZeroU32,
    },
}

/// How a link is. Connections watch it and act at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// Whether bytes pass.
    #[serde(flatten)]
    pub gate: Gate,
    /// Milliseconds towards the CTI server.
    pub up_ms: u32,
    /// Milliseconds towards the desktop server.
    pub down_ms: u32,
    /// One flipped byte in so many towards the desktop server.
    pub corrupt_every: Option<NonZeroU32>,
    /// How often connections of this link were cut; one that was made before the last cut is reset.
    pub cuts: u64,
}

/// What happens to the bytes of a connection at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// They pass.
    Pass,
    /// They are read and kept.
    Hold,
    /// They are left in the socket.
    Freeze,
    /// The connection is reset.
    Cut,
}

impl Condition {
    /// Applies an order at `now`.
    pub fn apply(&mut self, fault: &LinkFault, now: Duration) {
        match *fault {
            LinkFault::Clear => *self = Self { cuts: self.cuts, ..Self::default() },
            LinkFault::Refuse => self.gate = Gate::Refuse,
            LinkFault::Reset => self.cuts += 1,
            LinkFault::Hang => self.gate = Gate::Hang,
            LinkFault::Blackhole => self.gate = Gate::Blackhole,
            LinkFault::Latency { up_ms, down_ms } => (self.up_ms, self.down_ms) = (up_ms, down_ms),
            LinkFault::Flap { down_ms, up_ms } => self.gate = Gate::Flap { since: now, down_ms, up_ms },
            LinkFault::Corrupt { every } => self.corrupt_every = Some(every),
        }
    }

    /// What happens at `now` to a connection made when there had been `cuts` cuts, and when to ask again.
    pub fn flow(&self, cuts: u64, now: Duration) -> (Flow, Option<Duration>) {
        let (gate, until) = self.gate.flow(now);
        if cuts == self.cuts { (gate, until) } else { (Flow::Cut, None) }
    }

    /// Whether a connection that arrives at `now` is reset at once.
    pub fn refuses(&self, now: Duration) -> bool {
        self.gate.flow(now).0 == Flow::Cut
    }

    /// Extra time towards the CTI server.
    pub fn latency_up(&self) -> Duration {
        Duration::from_millis(self.up_ms.into())
    }

    /// Extra time towards the desktop server.
    pub fn latency_down(&self) -> Duration {
        Duration::from_millis(self.down_ms.into())
    }
}

impl Gate {
    fn flow(self, now: Duration) -> (Flow, Option<Duration>) {
        match self {
            Self::Open => (Flow::Pass, None),
            Self::Refuse => (Flow::Cut, None),
            Self::Hang => (Flow::Hold, None),
            Self::Blackhole => (Flow::Freeze, None),
            Self::Flap { since, down_ms, up_ms } => flap(now, since, down_ms, up_ms),
        }
    }
}

fn flap(now: Duration, since: Duration, down: NonZeroU32, up: NonZeroU32) -> (Flow, Option<Duration>) {
    let (down, period) = (u64::from(down.get()), u64::from(down.get()) + u64::from(up.get()));
    let age = u64::try_from(now.saturating_sub(since).as_millis()).unwrap_or(u64::MAX);
    let start = age - age % period;
    let (flow, end) =
        if age - start < down { (Flow::Cut, start + down) } else { (Flow::Pass, start + period) };
    (flow, Some(since + Duration::from_millis(end)))
}

/// Flips one byte in so many, counting over the whole life of a connection.
#[derive(Debug, Default)]
pub struct Corruptor {
    passed: u64,
}

impl Corruptor {
    /// Flips what is due in `bytes`.
    pub fn corrupt(&mut self, bytes: &mut [u8], every: NonZeroU32) {
        for byte in bytes {
            self.passed += 1;
            if self.passed.is_multiple_of(u64::from(every.get())) {
                *byte ^= 0xFF;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn after(faults: &[LinkFault]) -> Condition {
        let mut condition = Condition::default();
        faults.iter().for_each(|fault| condition.apply(fault, ms(1000)));
        condition
    }

    #[test]
    fn each_gate_does_what_it_says() {
        assert_eq!(after(&[]).flow(0, ms(0)), (Flow::Pass, None));
        assert_eq!(after(&[LinkFault::Refuse]).flow(0, ms(0)), (Flow::Cut, None));
        assert_eq!(after(&[LinkFault::Hang]).flow(0, ms(0)), (Flow::Hold, None));
        assert_eq!(after(&[LinkFault::Blackhole]).flow(0, ms(0)), (Flow::Freeze, None));
    }

    #[test]
    fn a_reset_cuts_what_is_up_and_nothing_new() {
        let condition = after(&[LinkFault::Reset]);
        assert_eq!(condition.flow(0, ms(0)).0, Flow::Cut);
        assert_eq!(condition.flow(1, ms(0)).0, Flow::Pass);
        assert!(!condition.refuses(ms(0)));
    }

    #[test]
    fn a_flapping_link_is_down_first_and_says_when_it_turns() {
        let number = |n| NonZeroU32::new(n).unwrap();
        let condition = after(&[LinkFault::Flap { down_ms: number(300), up_ms: number(700) }]);
        assert_eq!(condition.flow(0, ms(1000)), (Flow::Cut, Some(ms(1300))));
        assert_eq!(condition.flow(0, ms(1299)), (Flow::Cut, Some(ms(1300))));
        assert_eq!(condition.flow(0, ms(1300)), (Flow::Pass, Some(ms(2000))));
        assert_eq!(condition.flow(0, ms(2000)), (Flow::Cut, Some(ms(2300))));
    }

    #[test]
    fn latency_stays_when_the_gate_changes_and_clear_ends_all() {
        let slow = after(&[LinkFault::Latency { up_ms: 20, down_ms: 30 }, LinkFault::Hang]);
        assert_eq!((slow.latency_up(), slow.latency_down()), (ms(20), ms(30)));
        assert_eq!(slow.flow(0, ms(0)).0, Flow::Hold);
        let clear =
            after(&[LinkFault::Latency { up_ms: 20, down_ms: 30 }, LinkFault::Hang, LinkFault::Clear]);
        assert_eq!(clear, Condition::default());
    }

    #[test]
    fn one_byte_in_so_many_is_flipped_across_reads() {
        let mut corruptor = Corruptor::default();
        let (mut first, mut second) = ([0u8; 4], [0u8; 4]);
        corruptor.corrupt(&mut first, NonZeroU32::new(3).unwrap());
        corruptor.corrupt(&mut second, NonZeroU32::new(3).unwrap());
        assert_eq!((first, second), ([0, 0, 0xFF, 0], [0, 0xFF, 0, 0]));
    }

    #[test]
    fn a_flapping_link_that_is_slow_too_shows_both() {
        let number = |n| NonZeroU32::new(n).unwrap();
        let flap = LinkFault::Flap { down_ms: number(300), up_ms: number(700) };
        let shown =
            serde_json::to_value(after(&[flap, LinkFault::Latency { up_ms: 20, down_ms: 30 }])).unwrap();
        let numbers = ["flap_down_ms", "flap_up_ms", "up_ms", "down_ms"].map(|key| shown[key].as_u64());
        assert_eq!(numbers, [Some(300), Some(700), Some(20), Some(30)]);
    }

    #[test]
    fn faults_are_written_as_people_would_write_them() {
        let latency: LinkFault =
            serde_json::from_str(r#"{"fault":"latency","up_ms":200,"down_ms":200}"#).unwrap();
        assert_eq!(latency, LinkFault::Latency { up_ms: 200, down_ms: 200 });
        assert!(serde_json::from_str::<LinkFault>(r#"{"fault":"flap","down_ms":0,"up_ms":5}"#).is_err());
    }
}
