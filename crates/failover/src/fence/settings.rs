use std::time::Duration;

use super::Rank;

/// The numbers of fencing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Off: nobody is asked, and the documented races are back (DESK-5r2, DESK-7r3).
    pub fencing: bool,
    /// Which node this is.
    pub rank: Rank,
    /// An order must be written to CTI within this time of asking.
    pub write: Duration,
    /// No answer within this time counts as a lost link.
    pub answer: Duration,
    /// No report about a sign-in that is held within this time counts as a lost link: longer than the asker waits
    /// for CTI, so that a peer that hangs cannot keep an agent out.
    pub hold: Duration,
}

impl Settings {
    /// Fencing on, with the numbers of the design.
    pub fn new(rank: Rank) -> Self {
        Self {
            fencing: true,
            rank,
            write: Duration::from_secs(1),
            answer: Duration::from_secs(2),
            hold: Duration::from_secs(15),
        }
    }
}
