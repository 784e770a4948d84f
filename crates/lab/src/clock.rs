//! The lab's one clock. Everything else in this crate is handed the time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::{Instant, Sleep};

/// Time since the lab started, and the wall clock beside it.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    started: Instant,
    started_ms: i64,
}

impl Clock {
    /// Starts at zero, now.
    #[expect(clippy::disallowed_methods, reason = "this is the lab's one clock")]
    pub fn start() -> Self {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let started_ms = i64::try_from(wall.as_millis()).unwrap_or(i64::MAX);
        Self { started: Instant::now(), started_ms }
    }

    /// Time since the start.
    #[expect(clippy::disallowed_methods, reason = "this is the lab's one clock")]
    pub fn now(&self) -> Duration {
        Instant::now().saturating_duration_since(self.started)
    }

    /// Milliseconds since 1970 of a moment of this clock.
    pub fn wall_ms(&self, at: Duration) -> i64 {
        self.started_ms.saturating_add(i64::try_from(at.as_millis()).unwrap_or(i64::MAX))
    }

    /// Sleeps until that moment; at once if it has passed.
    pub fn sleep_until(&self, at: Duration) -> Sleep {
        tokio::time::sleep_until(self.started + at)
    }
}
