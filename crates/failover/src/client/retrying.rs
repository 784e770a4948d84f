//! The three tries of a lost transport, before anything else is done (CLIENT-16, CLIENT-17).

use std::time::Duration;

use super::machine::News;
use super::{BannerKind, Link, Machine, Outage, Output, State, Step};

impl Machine {
    pub(super) fn start_tries(&mut self, outage: Outage, now: Duration) {
        self.pause_before_try(outage, 1, now);
    }

    pub(super) fn retrying_due(&mut self, outage: Outage, attempt: u8, step: Step, now: Duration) {
        match step {
            Step::Pause { .. } => {
                let (ticket, until) = self.connect(self.server, now);
                self.state = State::Retrying { outage, attempt, step: Step::Busy { ticket, until } };
                self.show(BannerKind::Lost, self.server, outage.why, None);
            }
            Step::Busy { ticket, .. } => {
                self.put(Output::Disconnect(ticket));
                self.try_failed(outage, attempt, None, now);
            }
        }
    }

    pub(super) fn on_retrying(&mut self, outage: Outage, attempt: u8, news: News, now: Duration) {
        match news {
            News::TransportUp(ticket) => self.seek(outage, Some(Link { ticket, finesse: true }), now),
            News::TransportFailed(retry_after) => self.try_failed(outage, attempt, retry_after, now),
            // The next try would be refused as well.
            News::SignInRefused => self.seek(self.refused_here(outage, now), None, now),
            // Known already: the tries come first (CLIENT-17), then the server is asked anyway.
            News::Refused => {}
            News::TransportLost
            | News::Event(_)
            | News::Finesse(_)
            | News::CurrentPolled(_)
            | News::OtherPolled(_)
            | News::SignedIn
            | News::SignInFailed(_)
            | News::Refreshed
            | News::RefreshFailed(_) => self.counters.void += 1,
        }
    }

    fn try_failed(&mut self, outage: Outage, attempt: u8, retry_after: Option<Duration>, now: Duration) {
        let patience = now.saturating_add(self.settings.obeyed(retry_after));
        self.pause_before_try(Outage { patience, ..outage }, attempt.saturating_add(1), now);
    }

    fn pause_before_try(&mut self, outage: Outage, attempt: u8, now: Duration) {
        let index = usize::from(attempt).saturating_sub(1);
        let Some(pause) = self.settings.tries.get(index) else { return self.seek(outage, None, now) };
        let until = now.saturating_add(*pause).max(outage.patience);
        self.state = State::Retrying { outage, attempt, step: Step::Pause { until } };
        self.show(BannerKind::Lost, self.server, outage.why, Some(until));
    }
}
