//! Reading all data again from a server that is available (CLIENT-10).

use std::time::Duration;

use super::machine::News;
use super::{BannerKind, Link, Machine, Outage, Output, Reason, State, Status, Step};

/// The longest growth of the pause between two readings: with a pause of 1 s it ends at the 10 s of the polls.
const PAUSES_MAX: u8 = 10;

/// Readings in a row that fail before a server counts as one that cannot be read: as many as tries of a transport.
const UNREAD_MAX: u8 = 3;

/// What does not change while it lasts: the outage, the transport, and whether the agent has just been moved.
type Reading = (Outage, Link, bool);

impl Machine {
    /// The current server is available. The clock of the regular polls begins anew with the next trigger.
    pub(super) fn refresh(&mut self, outage: Outage, link: Link, moved: bool, now: Duration) {
        let reading = (outage.renewed(outage.why), link, moved);
        let pause = if moved { Duration::ZERO } else { self.share(self.settings.spread_return) };
        if pause.is_zero() {
            self.read(reading, 1, now);
        } else {
            self.pause_before_reading(reading, 1, pause, now);
        }
    }

    pub(super) fn refreshing_due(&mut self, reading: Reading, attempt: u8, step: Step, now: Duration) {
        match step {
            Step::Pause { .. } => self.read(reading, attempt, now),
            Step::Busy { .. } => self.reading_failed(reading, attempt, None, now),
        }
    }

    pub(super) fn on_refreshing(
        &mut self,
        reading: Reading,
        attempt: u8,
        step: Step,
        news: News,
        now: Duration,
    ) {
        let (outage, link, moved) = reading;
        match news {
            News::Refreshed => self.all_read(outage, link, moved),
            News::RefreshFailed(retry_after) => self.reading_failed(reading, attempt, retry_after, now),
            News::TransportLost => self.start_tries(outage.renewed(Reason::TransportLost), now),
            News::Event(Status::OutOfService) => {
                self.seek(outage.renewed(Reason::OutOfService), Some(link), now);
            }
            // SystemInfo has just said otherwise: asking again at once could go on for ever.
            News::Refused => self.wait(outage.renewed(Reason::OutOfService), Some(link), now),
            News::Finesse(false) => {
                let link = Link { finesse: false, ..link };
                self.seek(outage.renewed(Reason::FinesseUnavailable), Some(link), now);
            }
            News::Finesse(true) | News::Event(Status::InService) => {
                self.state = State::Refreshing { outage, link, moved, attempt, step };
            }
            News::TransportUp(_)
            | News::TransportFailed(_)
            | News::CurrentPolled(_)
            | News::OtherPolled(_)
            | News::SignedIn
            | News::SignInFailed(_)
            | News::SignInRefused => self.counters.void += 1,
        }
    }

    fn all_read(&mut self, outage: Outage, link: Link, moved: bool) {
        self.state = State::Connected { link };
        self.counters.returns += u64::from(!moved);
        let kind = if moved { BannerKind::Moved } else { BannerKind::Reconnected };
        self.show(kind, self.server, outage.why, None);
    }

    /// A server that asks for patience gets it, and is not counted among those that cannot be read.
    fn reading_failed(
        &mut self,
        reading: Reading,
        attempt: u8,
        retry_after: Option<Duration>,
        now: Duration,
    ) {
        let (outage, link, _) = reading;
        let busy = retry_after.is_some();
        if !busy && self.settings.two_servers && (outage.unread || attempt >= UNREAD_MAX) {
            return self.wait_unread(outage, link, now);
        }
        let pause = self.settings.refresh_pause.saturating_mul(u32::from(attempt));
        let pause = pause.max(self.settings.obeyed(retry_after));
        let attempt = if busy { attempt } else { attempt.saturating_add(1).min(PAUSES_MAX) };
        self.pause_before_reading(reading, attempt, pause, now);
    }

    fn pause_before_reading(&mut self, reading: Reading, attempt: u8, pause: Duration, now: Duration) {
        let (outage, link, moved) = reading;
        let until = now.saturating_add(pause);
        self.state = State::Refreshing { outage, link, moved, attempt, step: Step::Pause { until } };
        self.show(BannerKind::Reading, self.server, outage.why, Some(until));
    }

    fn read(&mut self, (outage, link, moved): Reading, attempt: u8, now: Duration) {
        let ticket = self.ticket();
        let until = now.saturating_add(self.settings.refresh_timeout);
        self.state = State::Refreshing { outage, link, moved, attempt, step: Step::Busy { ticket, until } };
        self.put(Output::Refresh { ticket, server: self.server });
        self.show(BannerKind::Reading, self.server, outage.why, None);
    }
}
