//! CTI failover (failover.md section 1).

/// A CTI server of the pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Side A, dialed first at start-up.
    A,
    /// Side B.
    B,
}

/// Names one connection attempt and the connection that may come of it. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch(pub u64);
