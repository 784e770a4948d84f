//! What is known of each host, and which one is asked first.
//!
//! ```text
//!            answered         the hedge won
//!  Unknown ───────────▶ Up ────────────────▶ Slow
//!     │                │  ▲ ◀─────────────── │
//!     │ failed  failed │  │  a look was quick │
//!     │                ▼  │ answered          │ failed
//!     └──────────────▶ Down ◀────────────────┘
//! ```

use std::time::Duration;

use super::{Host, Settings, Transition};

/// Whether a host answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// It was not asked yet.
    Unknown,
    /// It answered when it was last asked.
    Up,
    /// The other one answered while this one was silent.
    Slow {
        /// When that happened last.
        at: Duration,
    },
    /// It failed when it was last asked.
    Down {
        /// Since when.
        since: Duration,
        /// What it said, or that it said nothing.
        why: String,
    },
}

/// Whether the distributor of a host writes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Feed {
    Unread,
    /// Last seen to move then.
    Running {
        time: String,
        moved: Duration,
    },
    Stopped {
        time: String,
    },
}

#[derive(Clone, Debug)]
pub(super) struct Pair {
    primary: Seat,
    secondary: Option<Seat>,
    limit: Duration,
    required: bool,
    preferred: Host,
}

#[derive(Clone, Debug)]
struct Seat {
    health: Health,
    feed: Feed,
}

impl Pair {
    pub(super) fn new(settings: &Settings) -> Self {
        let seat = Seat { health: Health::Unknown, feed: Feed::Unread };
        Self {
            primary: seat.clone(),
            secondary: settings.secondary.then_some(seat),
            limit: settings.distributor_limit,
            required: settings.require_distributor,
            preferred: Host::Primary,
        }
    }

    /// All that are configured.
    pub(super) fn hosts(&self) -> impl Iterator<Item = Host> + use<> {
        let secondary = self.secondary.is_some().then_some(Host::Secondary);
        [Some(Host::Primary), secondary].into_iter().flatten()
    }

    /// Who is asked first, and who next if at all: the primary, unless it is worse off (AWDB-9, AWDB-10).
    pub(super) fn order(&self) -> (Host, Option<Host>) {
        let Some(secondary) = self.usable(Host::Secondary) else { return (Host::Primary, None) };
        if secondary.rank() < self.primary.rank() {
            (Host::Secondary, Some(Host::Primary))
        } else {
            (Host::Primary, Some(Host::Secondary))
        }
    }

    /// A host that is known to have old data is asked when nobody else answers, not to save time.
    pub(super) fn may_hedge(&self, host: Host) -> bool {
        self.seat(host).is_some_and(|seat| !seat.is_stopped())
    }

    pub(super) fn health(&self, host: Host) -> Option<&Health> {
        self.seat(host).map(|seat| &seat.health)
    }

    pub(super) fn distributor_stopped(&self, host: Host) -> bool {
        self.seat(host).is_some_and(Seat::is_stopped)
    }

    /// Since when no host answers.
    pub(super) fn unreachable_since(&self) -> Option<Duration> {
        let down = |seat: &Seat| match seat.health {
            Health::Down { since, .. } => Some(since),
            Health::Unknown | Health::Up | Health::Slow { .. } => None,
        };
        let primary = down(&self.primary)?;
        match self.usable(Host::Secondary) {
            Some(secondary) => down(secondary).map(|since| since.max(primary)),
            None => Some(primary),
        }
    }

    /// A secondary may have to have fresh data (AWDB-4).
    fn usable(&self, host: Host) -> Option<&Seat> {
        match host {
            Host::Primary => Some(&self.primary),
            Host::Secondary => self.secondary.as_ref().filter(|seat| !(self.required && seat.is_stopped())),
        }
    }

    pub(super) fn answered(&mut self, host: Host) -> Vec<Transition> {
        self.change(host, |seat| match seat.health {
            // That it answers does not say that it is quick.
            Health::Up | Health::Slow { .. } => None,
            Health::Unknown => {
                seat.health = Health::Up;
                None
            }
            Health::Down { .. } => {
                seat.health = Health::Up;
                Some(Transition::Back { host })
            }
        })
    }

    /// It answered a look in the background before anybody would have lost patience.
    pub(super) fn quick(&mut self, host: Host) -> Vec<Transition> {
        self.change(host, |seat| {
            if matches!(seat.health, Health::Slow { .. }) {
                seat.health = Health::Up;
            }
            None
        })
    }

    pub(super) fn failed(&mut self, host: Host, why: &str, now: Duration) -> Vec<Transition> {
        let why = why.to_owned();
        let is_down = |seat: &Seat| matches!(seat.health, Health::Down { .. });
        let next = self.usable(host.other()).filter(|seat| !is_down(seat)).map(|_| host.other());
        self.change(host, |seat| match &mut seat.health {
            Health::Down { why: last, .. } => {
                *last = why;
                None
            }
            Health::Unknown | Health::Up | Health::Slow { .. } => {
                seat.health = Health::Down { since: now, why: why.clone() };
                Some(Transition::Lost { host, why, next })
            }
        })
    }

    pub(super) fn overtaken(&mut self, host: Host, now: Duration) -> Vec<Transition> {
        self.change(host, |seat| {
            if !matches!(seat.health, Health::Down { .. }) {
                seat.health = Health::Slow { at: now };
            }
            None
        })
    }

    /// What Controller_Time said.
    pub(super) fn read(&mut self, host: Host, time: &str, now: Duration) -> Vec<Transition> {
        let limit = self.limit;
        self.change(host, |seat| seat.read(host, time, now, limit))
    }

    fn change(
        &mut self,
        host: Host,
        change: impl FnOnce(&mut Seat) -> Option<Transition>,
    ) -> Vec<Transition> {
        let before = self.unreachable_since().is_some();
        let first = self.seat_mut(host).and_then(change);
        let mut told = Vec::from_iter(first);
        let both = self.unreachable_since().is_some();
        if both && !before {
            told.push(Transition::AllLost);
        }
        let (preferred, _) = self.order();
        if preferred != self.preferred && !both {
            self.preferred = preferred;
            told.push(Transition::Using { host: preferred, stale: self.distributor_stopped(preferred) });
        }
        told
    }

    fn seat(&self, host: Host) -> Option<&Seat> {
        match host {
            Host::Primary => Some(&self.primary),
            Host::Secondary => self.secondary.as_ref(),
        }
    }

    fn seat_mut(&mut self, host: Host) -> Option<&mut Seat> {
        match host {
            Host::Primary => Some(&mut self.primary),
            Host::Secondary => self.secondary.as_mut(),
        }
    }
}

impl Seat {
    fn is_stopped(&self) -> bool {
        matches!(self.feed, Feed::Stopped { .. })
    }

    /// The smaller, the sooner it is asked: of two that were slow, the one that was so longer ago. Old data are better
    /// than a host that does not answer.
    fn rank(&self) -> (u8, Duration, bool) {
        let (health, at) = match self.health {
            Health::Unknown | Health::Up => (0, Duration::ZERO),
            Health::Slow { at } => (1, at),
            Health::Down { .. } => (2, Duration::ZERO),
        };
        (health, at, self.is_stopped())
    }

    fn read(&mut self, host: Host, time: &str, now: Duration, limit: Duration) -> Option<Transition> {
        match &self.feed {
            Feed::Running { time: last, moved } if last == time => {
                if now.saturating_sub(*moved) < limit {
                    return None;
                }
                self.feed = Feed::Stopped { time: time.to_owned() };
                Some(Transition::DistributorStopped { host })
            }
            Feed::Stopped { time: last } if last == time => None,
            Feed::Unread | Feed::Running { .. } => {
                self.feed = Feed::Running { time: time.to_owned(), moved: now };
                None
            }
            Feed::Stopped { .. } => {
                self.feed = Feed::Running { time: time.to_owned(), moved: now };
                Some(Transition::DistributorRuns { host })
            }
        }
    }
}
