//! The one clock of the product. Everything else is told the time.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use node::domain::{Now, WallMs};

/// Reads the monotonic and the wall clock, both in the form that [`node::Node`] takes.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// A clock whose monotonic time begins at zero now.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock: every other place is given its time"
    )]
    pub fn start() -> Self {
        Self { start: Instant::now() }
    }

    /// The time now.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock: every other place is given its time"
    )]
    pub fn now(&self) -> Now {
        // A wall clock before 1970 is a broken host; it shows as 1970 rather than as a panic.
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Now { mono: self.start.elapsed(), wall: WallMs(i64::try_from(wall.as_millis()).unwrap_or(i64::MAX)) }
    }

    /// The runtime's form of a monotonic deadline.
    pub(crate) fn instant(&self, mono: Duration) -> tokio::time::Instant {
        tokio::time::Instant::from_std(self.start + mono)
    }
}
