use std::time::Duration;

use super::{Order, Timer};

/// Where one agent's desktop stands. An agent who is not listed has none and is waited for by nobody.
///
/// ```text
///                    silent            120 s            60 s            granted
///   available ─▶ Online ────▶ Quiet ─────────▶ Grace ────────▶ Asking ─────────▶ Ordered ──outcome──▶ (none)
///                  │ ▲                         ▲ ▲ │ on a call   ▲ │ ▲ │              │
///                  │ │ available, from any     │ │ └▶ Postponed ─┘ │ │ └─denied──▶ (none)
///                  │ │ other but Ordered       │ │     call over   │ └─5 s── Retrying │
///                  └─┴───gone──────────────────┘ │                 └─too late──▲      │
///                                                └────────────not written─────────────┘
///
///   any with a timer but Ordered, Postponed, Asking ──node blind──▶ Held ──node sees──▶ Awaited ──120 s──▶ Grace
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// At least one session is heard.
    Online,
    /// All sessions that are left are silent.
    Quiet {
        /// When they count as gone.
        until: Duration,
    },
    /// Gone or silent, and the node is out of service or does not see presence: no timer runs.
    Held,
    /// The node sees again; the desktop is given time to come back.
    Awaited {
        /// When its grace begins.
        until: Duration,
    },
    /// Gone.
    Grace {
        /// When the order is due.
        until: Duration,
    },
    /// The order is due, the agent is on a call (DESK-7r2).
    Postponed,
    /// Permission for the order is asked for.
    Asking {
        /// The order.
        order: Order,
    },
    /// The order is on its way to CTI.
    Ordered {
        /// The order.
        order: Order,
        /// When its outcome counts as unknown.
        until: Duration,
        /// The agent has signed in since: whatever becomes of the order, he may be there.
        signed_in: bool,
    },
    /// Permission for the order came too late.
    Retrying {
        /// When it is asked for again.
        until: Duration,
    },
}

/// A state without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Not listed.
    Unknown,
    /// A session is heard.
    Online,
    /// Silent.
    Quiet,
    /// No timer runs while the node is blind.
    Held,
    /// Given time to come back after an outage of ours.
    Awaited,
    /// Gone.
    Grace,
    /// Due, on a call.
    Postponed,
    /// Permission is asked for.
    Asking,
    /// On its way to CTI.
    Ordered,
    /// Permitted too late.
    Retrying,
}

impl State {
    /// The state without its data.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Online => Stage::Online,
            Self::Quiet { .. } => Stage::Quiet,
            Self::Held => Stage::Held,
            Self::Awaited { .. } => Stage::Awaited,
            Self::Grace { .. } => Stage::Grace,
            Self::Postponed => Stage::Postponed,
            Self::Asking { .. } => Stage::Asking,
            Self::Ordered { .. } => Stage::Ordered,
            Self::Retrying { .. } => Stage::Retrying,
        }
    }

    /// The deadline, and what it is for.
    pub(super) fn deadline(&self) -> Option<(Duration, Timer)> {
        match self {
            Self::Quiet { until } => Some((*until, Timer::Detection)),
            Self::Awaited { until } => Some((*until, Timer::Comeback)),
            Self::Grace { until } => Some((*until, Timer::Grace)),
            Self::Ordered { until, .. } => Some((*until, Timer::Answer)),
            Self::Retrying { until } => Some((*until, Timer::Retry)),
            Self::Online | Self::Held | Self::Postponed | Self::Asking { .. } => None,
        }
    }

    /// The order that somebody is asked about or carries out.
    pub(super) fn order(&self) -> Option<Order> {
        match self {
            Self::Asking { order } | Self::Ordered { order, .. } => Some(*order),
            Self::Online
            | Self::Quiet { .. }
            | Self::Held
            | Self::Awaited { .. }
            | Self::Grace { .. }
            | Self::Postponed
            | Self::Retrying { .. } => None,
        }
    }
}

/// What happened to one desktop, after its sessions have been looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum News {
    Here,
    Silent,
    Gone,
    /// As gone, since nothing was heard for long.
    Expired,
    SignedIn,
    CallStarted,
    CallEnded,
    Granted {
        write_by: Option<Duration>,
    },
    Denied(super::Denial),
    Outcome(super::Outcome),
    Superseded,
    /// The deadline has come.
    Due,
    /// The node does not see any more.
    Blind,
    /// The node sees again.
    Sees,
}
