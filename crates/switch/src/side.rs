//! One CTI server side: its role, its faults, and what was counted at it. Knows nothing of sessions.

use std::collections::BTreeMap;

use failover::cti::Side;
use serde::Serialize;

/// What a side is to its clients.
///
/// ```text
///            other side gone for `takeover`, or switched over
///  Standby ─────────────────────────────────────────────────▶ Active
///     ▲ ▲                                                     │   │
///     │ └──────────────────── lost the role ──────────────────┘   │
///     └─────────revived────── Down ◀───────── killed ─────────────┘
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Serves clients.
    Active,
    /// Runs, and serves nobody.
    Standby,
    /// Does not run.
    Down,
}

/// What was counted at a side since the start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SideCounters {
    /// TCP connections accepted.
    pub connections: u64,
    /// OPEN_REQs received.
    pub opens: u64,
    /// OPEN_REQs refused.
    pub opens_refused: u64,
    /// HEARTBEAT_REQs received.
    pub heartbeats: u64,
    /// HEARTBEAT_REQs answered.
    pub heartbeats_answered: u64,
    /// Requests after OPEN_CONF, by name.
    pub requests: BTreeMap<&'static str, u64>,
    /// Requests that were refused.
    pub requests_refused: u64,
    /// Events sent.
    pub events: u64,
    /// Messages that could not be put into the session's version.
    pub unsendable: u64,
    /// Connections closed because of what the client sent.
    pub protocol_errors: u64,
}

/// The letter of a side.
pub fn letter(side: Side) -> &'static str {
    match side {
        Side::A => "A",
        Side::B => "B",
    }
}

/// The other side.
pub(crate) fn other(side: Side) -> Side {
    match side {
        Side::A => Side::B,
        Side::B => Side::A,
    }
}

/// One side.
#[derive(Clone, Debug)]
pub(crate) struct SideServer {
    pub(crate) role: Role,
    /// Accepts bytes and answers nothing.
    pub(crate) hung: bool,
    /// Answers no heartbeats.
    pub(crate) mute: bool,
    /// Status with which OPEN_REQ is refused.
    pub(crate) refuse: Option<u32>,
    /// Sends bytes without end.
    pub(crate) streaming: bool,
    pub(crate) counters: SideCounters,
}

impl SideServer {
    pub(crate) fn new(role: Role) -> Self {
        Self {
            role,
            hung: false,
            mute: false,
            refuse: None,
            streaming: false,
            counters: SideCounters::default(),
        }
    }

    /// Alive, not hung, and in the active role.
    pub(crate) fn serving(&self) -> bool {
        self.role == Role::Active && !self.hung
    }

    /// Could take the active role.
    pub(crate) fn ready_to_take_over(&self) -> bool {
        self.role == Role::Standby && !self.hung
    }

    /// A new process: faults of the old one are gone.
    pub(crate) fn restart(&mut self, role: Role) {
        *self = Self { counters: std::mem::take(&mut self.counters), ..Self::new(role) };
    }
}
