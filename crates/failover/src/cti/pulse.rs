use std::time::Duration;

use super::Settings;

/// The heartbeats of one session (CTI-7).
///
/// A HEARTBEAT_REQ goes out every interval, whatever other traffic there is. It is missed if it has
/// no CONF when the next is due. With three misses to a loss and nothing answered:
///
/// ```text
/// open      REQ       REQ       REQ      lost: exactly 3 intervals after the first unanswered REQ
///  |---------|---------|---------|---------|
///  0         5 s       10 s      15 s      20 s
///                      miss 1    miss 2    miss 3
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pulse {
    /// When the next HEARTBEAT_REQ is due.
    pub due: Duration,
    /// The last HEARTBEAT_REQ has no CONF yet.
    pub waiting: bool,
    /// Misses in a row.
    pub missed: u8,
}

/// What a due heartbeat means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beat {
    /// Too many misses in a row.
    Dead,
    /// Send the next one.
    Send { missed: bool },
}

impl Pulse {
    /// Of a session that opens now.
    pub(super) fn new(settings: &Settings, now: Duration) -> Self {
        Self { due: now.saturating_add(settings.heartbeat_interval), waiting: false, missed: 0 }
    }

    /// HEARTBEAT_CONF arrived: misses count only in a row.
    pub(super) fn confirmed(&mut self) {
        self.waiting = false;
        self.missed = 0;
    }

    /// The deadline has come. However late the call is, it counts one miss at most: if we ourselves
    /// stood still, that is not the server's fault.
    pub(super) fn beat(&mut self, settings: &Settings, now: Duration) -> Beat {
        let missed = self.waiting;
        self.missed = self.missed.saturating_add(u8::from(missed));
        if self.missed >= settings.misses() {
            return Beat::Dead;
        }
        self.waiting = true;
        self.due = now.saturating_add(settings.heartbeat_interval);
        Beat::Send { missed }
    }
}
