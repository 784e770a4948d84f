//! Whom a node dials, and for how long (failover.md CTI-3 to CTI-6): the side that was lost first, five attempts, then the
//! other side, and so on without end. In the first round each attempt follows at once, afterwards once a second.

use std::time::Duration;

use node::failover::cti::{Settings, Side};

use super::ensure;

/// The dials of one node.
#[derive(Debug)]
pub(super) struct Dials {
    /// What is to be kept to.
    rules: Settings,
    side: Option<Side>,
    /// Attempts on it in a row, at least and at most: a session that served for moments may count as none.
    attempts: (u32, u32),
    /// The same since the loss, on both sides.
    since_loss: (u32, u32),
    /// When the last attempt, or the session, was given up.
    given_up: Option<Duration>,
    /// It has been in service, or was started again, since the last dial.
    served: bool,
    /// The last one was refused for its version: the next is no attempt (CTI-4).
    version_refused: bool,
    /// It could not be read: perhaps it was refused for its version.
    unreadable: bool,
}

impl Dials {
    pub(super) fn new(rules: Settings) -> Self {
        let (attempts, since_loss) = ((0, 0), (0, 0));
        let (served, version_refused, unreadable) = (false, false, false);
        Self { rules, side: None, attempts, since_loss, given_up: None, served, version_refused, unreadable }
    }

    /// Attempts at one side in a row: without another side there is no end to them.
    fn at_most(&self) -> u32 {
        if self.rules.has_target() { u32::from(self.rules.attempts_per_side) } else { u32::MAX }
    }

    /// Attempts of a round, at all sides.
    fn round(&self) -> u32 {
        u32::from(self.rules.attempts_per_side) * if self.rules.has_target() { 2 } else { 1 }
    }

    pub(super) fn served(&mut self) {
        self.served = true;
    }

    /// People have stopped or started it: it dials when it is told to.
    pub(super) fn ordered(&mut self) {
        (self.served, self.given_up) = (true, None);
    }

    pub(super) fn gave_up(&mut self, unreadable: bool, now: Duration) {
        (self.given_up, self.unreadable) = (Some(now), unreadable);
    }

    pub(super) fn version_refused(&mut self) {
        self.version_refused = true;
    }

    /// A new process knows nothing of the one before.
    pub(super) fn begin(&mut self) {
        *self = Self::new(self.rules.clone());
    }

    /// A node dials.
    pub(super) fn dialed(&mut self, side: Side, now: Duration) -> Result<(), String> {
        let pace = self.pace(now);
        let (least, most) = self.since_loss;
        let attempt = u32::from(!self.version_refused && !self.unreadable);
        self.since_loss = (if self.served { 1 } else { least + attempt }, most + 1);
        self.order(side).and(pace).map_err(|says| format!("(CTI-4) {says}"))
    }

    fn pace(&mut self, now: Duration) -> Result<(), String> {
        let Some(since) = self.given_up.take() else { return Ok(()) };
        let (pause, fallback) = (now.saturating_sub(since), self.version_refused || self.unreadable);
        let (least, most) = self.since_loss;
        let (round, Settings { retry_first, retry, .. }) = (self.round(), self.rules.clone());
        ensure(most >= round || pause <= retry_first, || {
            format!("waits {pause:?} before attempt {}", most + 1)
        })?;
        ensure(self.served || fallback || least < round || pause >= retry, || {
            format!("waits only {pause:?} before attempt {}", least + 1)
        })
    }

    fn order(&mut self, side: Side) -> Result<(), String> {
        let (least, most) = self.attempts;
        let stays = self.side == Some(side);
        let (served, fallback) =
            (std::mem::take(&mut self.served), std::mem::take(&mut self.version_refused));
        let unreadable = std::mem::take(&mut self.unreadable);
        let at_most = self.at_most();
        let judged = match self.side {
            None => ensure(side == Side::A, || "begins with B".into()),
            Some(_) if fallback => ensure(stays, || format!("dials {side} for another version")),
            Some(_) if stays => ensure(served || unreadable || least < at_most, || {
                format!("dials {side} for the {}th time in a row", least + 1)
            }),
            Some(lost) => ensure(most >= at_most, || {
                format!("dials {side} after {most} attempts at {lost} of {at_most}")
            }),
        };
        self.side = Some(side);
        self.attempts = match (stays, fallback || unreadable, served) {
            (true, _, true) => (1, most + 1),
            (true, true, false) => (least, most + 1),
            (true, false, false) => (least + 1, most + 1),
            (false, ..) => (1, 1),
        };
        judged
    }
}
