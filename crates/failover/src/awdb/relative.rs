//! The machine as the exhaustive walk compares it: without names and moments. What nothing asks about once it is over, or
//! only a text tells, is left out.

use std::cmp::Ordering;
use std::time::Duration;

use super::course::Course;
use super::health::Health;
use super::{Host, Machine};

/// A machine that knows one account; two that are equal behave the same from now on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Relative {
    known: Vec<([u8; 32], Duration, bool, u8)>,
    named: bool,
    /// Wrong passwords, tries while it was locked, and how long they count.
    wrong: Vec<(u8, u8, Duration)>,
    health: [Option<u8>; 2],
    /// Which of two slow hosts was so longer ago.
    slower: Option<Ordering>,
    preferred: Host,
    asked: Vec<Asked>,
    behind: Vec<[u8; 32]>,
    waiting: [usize; 2],
    places: Vec<(Host, bool, usize)>,
    queries: Vec<(Host, bool, Duration, Option<bool>)>,
    background: Vec<Duration>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Asked {
    given: [u8; 32],
    course: Course,
    waits: Option<(Host, Duration)>,
    hedge: Option<Duration>,
    overtaken: Option<Host>,
    unusable: bool,
}

impl Relative {
    /// What is known of each host.
    pub(crate) fn health(&self) -> [Option<u8>; 2] {
        self.health
    }
}

const HOSTS: [Host; 2] = [Host::Primary, Host::Secondary];

impl<P: Clone> Machine<P> {
    pub(crate) fn relative(&self, now: Duration) -> Relative {
        let left = |until: Duration| until.saturating_sub(now);
        Relative {
            known: self.cache.relative(now),
            named: !self.names.is_empty(),
            wrong: self.lockout.relative(now),
            health: HOSTS.map(|host| self.pair.health(host).map(rank)),
            slower: self.slower(),
            preferred: self.pair.order().0,
            asked: self.asked.values().map(|asked| relative(asked, now)).collect(),
            behind: self.behind.values().flatten().map(|behind| behind.given.bytes()).collect(),
            waiting: HOSTS.map(|host| self.waiting.get(&host).map_or(0, |waiting| waiting.len())),
            places: self
                .places
                .iter()
                .filter(|(_, taken)| **taken > 0)
                .map(|((host, second), taken)| (*host, *second, *taken))
                .collect(),
            queries: self
                .queries
                .values()
                .map(|query| {
                    let current = query.ask.map(|ask| self.asked.contains_key(&ask));
                    (query.host, query.second, left(query.until), current)
                })
                .collect(),
            background: self.probes.values().copied().chain([self.refresh]).map(left).collect(),
        }
    }

    fn slower(&self) -> Option<Ordering> {
        let slow = |host| match self.pair.health(host) {
            Some(Health::Slow { at }) => Some(*at),
            Some(Health::Unknown | Health::Up | Health::Down { .. }) | None => None,
        };
        Some(slow(Host::Primary)?.cmp(&slow(Host::Secondary)?))
    }
}

fn relative(asked: &super::machine::Asked, now: Duration) -> Asked {
    let left = |until: Duration| until.saturating_sub(now);
    Asked {
        given: asked.given.bytes(),
        course: asked.course,
        waits: asked.waits.map(|(host, until)| (host, left(until))),
        hedge: asked.hedge.map(left),
        overtaken: asked.overtaken,
        unusable: asked.unusable,
    }
}

fn rank(health: &Health) -> u8 {
    match health {
        Health::Unknown => 0,
        Health::Up => 1,
        Health::Slow { .. } => 2,
        Health::Down { .. } => 3,
    }
}
