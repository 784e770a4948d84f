use std::time::Duration;

/// The numbers of CTI failover. [`Default`] gives those of the product that we stay compatible with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The contact center runs its CTI servers as a pair (CTI-1).
    pub duplex: bool,
    /// Host and port of side B are configured (CTI-2).
    pub has_b: bool,
    /// Attempts on one side before the other is tried (CTI-4, CTI-5). 0 counts as 1.
    pub attempts_per_side: u8,
    /// How long one attempt may take, from dialing to OPEN_CONF.
    pub attempt_timeout: Duration,
    /// Pause after a failed attempt while the first round after a loss lasts: quick, since a planned
    /// switch of sides takes only moments.
    pub retry_first: Duration,
    /// Pause after a failed attempt in later rounds: slow, since now something is really broken. A session that
    /// serves for less than this time has hardly served.
    pub retry: Duration,
    /// Time between two HEARTBEAT_REQ (CTI-7).
    pub heartbeat_interval: Duration,
    /// Consecutive HEARTBEAT_REQ without CONF that make a session lost (CTI-7). 0 counts as 1.
    pub heartbeat_misses: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            duplex: true,
            has_b: true,
            attempts_per_side: 5,
            attempt_timeout: Duration::from_secs(5),
            retry_first: Duration::from_millis(100),
            retry: Duration::from_secs(1),
            heartbeat_interval: Duration::from_secs(5),
            heartbeat_misses: 3,
        }
    }
}

impl Settings {
    /// Whether there is a side to fail over to (CTI-1 and CTI-2).
    pub fn has_target(&self) -> bool {
        self.duplex && self.has_b
    }

    pub(super) fn attempts(&self) -> u8 {
        self.attempts_per_side.max(1)
    }

    pub(super) fn misses(&self) -> u8 {
        self.heartbeat_misses.max(1)
    }
}
