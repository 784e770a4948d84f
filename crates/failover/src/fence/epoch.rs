/// The larger numbers are not taken from a peer: wall-clock milliseconds reach this one in the year 144,683.
pub const NUMBER_MAX: u64 = 1 << 52;

/// Which of the two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// The primary.
    Primary,
    /// The secondary.
    Secondary,
}

/// Orders the sessions of an agent over both nodes, whatever their clocks say: the number is one more than the largest
/// seen, or the wall clock in milliseconds if that is larger; the rank decides between equal numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch {
    /// Compared first.
    pub number: u64,
    /// Of the node where the session is.
    pub rank: Rank,
}

impl Epoch {
    /// Older than every session.
    pub(super) fn oldest(rank: Rank) -> Self {
        Self { number: 0, rank }
    }

    /// Newer than every session seen.
    pub(super) fn next(seen: u64, wall_ms: u64, rank: Rank) -> Self {
        Self { number: seen.saturating_add(1).max(wall_ms), rank }
    }
}
