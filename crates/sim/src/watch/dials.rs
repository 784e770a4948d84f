//! Whom a node dials, and for how long (failover.md CTI-3 to CTI-6): the side that was lost first, five attempts, then the
//! other side, and so on without end.

use node::failover::cti::Side;

use super::ensure;

/// CTI-4, CTI-5.
const ATTEMPTS: u32 = 5;

/// The dials of one node.
#[derive(Debug, Default)]
pub(super) struct Dials {
    side: Option<Side>,
    /// Attempts on it in a row, at least and at most: a session that served for moments may count as none.
    attempts: (u32, u32),
    /// It has been in service, or was started again, since the last dial.
    served: bool,
    /// The last one was refused for its version: the next is no attempt (CTI-4).
    version_refused: bool,
}

impl Dials {
    pub(super) fn served(&mut self) {
        self.served = true;
    }

    pub(super) fn version_refused(&mut self) {
        self.version_refused = true;
    }

    /// A new process knows nothing of the one before.
    pub(super) fn begin(&mut self) {
        *self = Self::default();
    }

    /// A node dials.
    pub(super) fn dialed(&mut self, side: Side) -> Result<(), String> {
        let (least, most) = self.attempts;
        let stays = self.side == Some(side);
        let (served, fallback) =
            (std::mem::take(&mut self.served), std::mem::take(&mut self.version_refused));
        let judged = match self.side {
            None => ensure(side == Side::A, || "begins with B".into()),
            Some(_) if fallback => ensure(stays, || format!("dials {side} for another version")),
            Some(_) if stays => ensure(served || least < ATTEMPTS, || {
                format!("dials {side} for the {}th time in a row", least + 1)
            }),
            Some(lost) => ensure(most >= ATTEMPTS, || {
                format!("dials {side} after {most} attempts at {lost} of {ATTEMPTS}")
            }),
        };
        self.side = Some(side);
        self.attempts = match (stays, fallback, served) {
            (true, true, _) => (least, most + 1),
            (true, false, true) => (1, most + 1),
            (true, false, false) => (least + 1, most + 1),
            (false, ..) => (1, 1),
        };
        judged.map_err(|says| format!("(CTI-4) {says}"))
    }
}
