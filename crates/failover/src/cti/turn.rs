use std::time::Duration;

use super::{Settings, Side};

/// Whose turn it is: the place of one attempt in the endless order (CTI-4 to CTI-6).
///
/// ```text
/// first A:  A1 A2 A3 A4 A5  B1 B2 B3 B4 B5 | A1 ...      first B:  B1 ... B5  A1 ... A5 | B1 ...
///           └──────────── round 1 ───────┘   round 2     no target: A1 ... A5 | A1 ...
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Turn {
    /// Where to dial.
    pub side: Side,
    /// 1 to `attempts_per_side`.
    pub attempt: u8,
    /// From 1.
    pub round: u32,
    /// The side that each round begins with: the lost one, or A at start-up.
    pub first: Side,
}

impl Turn {
    /// The first attempt at start-up or after the loss of `side`.
    pub fn first(side: Side) -> Self {
        Self { side, attempt: 1, round: 1, first: side }
    }

    /// The turn after this one.
    pub(super) fn next(self, settings: &Settings) -> Self {
        if self.attempt < settings.attempts() {
            Self { attempt: self.attempt + 1, ..self }
        } else if settings.has_target() && self.side == self.first {
            Self { side: self.side.other(), attempt: 1, ..self }
        } else {
            Self { side: self.first, attempt: 1, round: self.round.saturating_add(1), ..self }
        }
    }

    /// How long to wait before this turn, if the one before it failed. The other side is dialed at once the first time: it
    /// was not asked yet.
    pub(super) fn pause(self, settings: &Settings) -> Duration {
        match (self.round, self.attempt) {
            (..=1, 1) => Duration::ZERO,
            (..=1, _) => settings.retry_first,
            (2.., _) => settings.retry,
        }
    }
}
