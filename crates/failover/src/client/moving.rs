//! Signing the agent in on the other server (CLIENT-4, CLIENT-14).

use std::time::Duration;

use super::machine::News;
use super::{BannerKind, Link, Machine, Move, Other, Outage, Output, Reason, State, Status, Ticket, Timer};

impl Machine {
    /// Leaves the current server: never is the agent on two of them.
    pub(super) fn move_over(&mut self, outage: Outage, left: Reason, link: Option<Link>, now: Duration) {
        if let Some(link) = link {
            self.put(Output::Disconnect(link.ticket));
        }
        let turn = now.saturating_add(self.share(self.settings.spread_move));
        self.pause_before_move(outage, left, turn.max(outage.hold), now);
    }

    pub(super) fn moving_due(
        &mut self,
        outage: Outage,
        left: Reason,
        step: Move,
        timer: Timer,
        now: Duration,
    ) {
        match (step, timer) {
            (Move::Pause { .. }, Timer::Poll) => self.seek(outage, None, now),
            (Move::Pause { .. }, Timer::Pause | Timer::Patience) => self.connect_other(outage, left, now),
            (Move::Connecting { ticket, .. } | Move::SigningIn { link: ticket, .. }, _) => {
                self.move_failed(outage, left, Some(ticket), None, now);
            }
        }
    }

    pub(super) fn on_moving(&mut self, outage: Outage, left: Reason, step: Move, news: News, now: Duration) {
        match (step, news) {
            (_, News::TransportUp(ticket)) => self.sign_in(outage, left, ticket, now),
            (Move::SigningIn { link, .. }, News::SignedIn) => self.moved(left, link, now),
            (Move::SigningIn { link, .. }, News::SignInFailed(retry_after)) => {
                self.move_failed(outage, left, Some(link), retry_after, now);
            }
            (Move::SigningIn { link, .. }, News::SignInRefused) => {
                self.move_refused(outage, left, Some(link), now);
            }
            (_, News::SignInRefused) => self.move_refused(outage, left, None, now),
            (_, News::TransportFailed(retry_after)) => self.move_failed(outage, left, None, retry_after, now),
            (_, News::TransportLost) => self.move_failed(outage, left, None, None, now),
            (Move::SigningIn { link, .. }, News::Event(Status::OutOfService) | News::Finesse(false)) => {
                self.move_failed(outage, left, Some(link), None, now);
            }
            // Of the server that is being left, or that all is well.
            (_, News::Refused | News::Event(_) | News::Finesse(_)) => {}
            (Move::Pause { .. } | Move::Connecting { .. }, News::SignedIn | News::SignInFailed(_))
            | (_, News::CurrentPolled(_) | News::OtherPolled(_) | News::Refreshed | News::RefreshFailed(_)) => {
                self.counters.void += 1
            }
        }
    }

    fn pause_before_move(&mut self, outage: Outage, left: Reason, until: Duration, now: Duration) {
        if until <= now {
            return self.connect_other(outage, left, now);
        }
        self.state = State::Moving { outage, left, step: Move::Pause { until } };
        self.show(BannerKind::Moving, self.server.other(), left, Some(until));
    }

    /// It has just said that it is in service, and all desktops of the other server come at once: it is given the time
    /// of a sign-in, not that of a try.
    fn connect_other(&mut self, outage: Outage, left: Reason, now: Duration) {
        let (ticket, _) = self.connect(self.server.other(), now);
        let until = now.saturating_add(self.settings.sign_in_timeout);
        self.state = State::Moving { outage, left, step: Move::Connecting { ticket, until } };
        self.show(BannerKind::Moving, self.server.other(), left, None);
    }

    fn sign_in(&mut self, outage: Outage, left: Reason, link: Ticket, now: Duration) {
        let ticket = self.ticket();
        let until = now.saturating_add(self.settings.sign_in_timeout);
        self.state = State::Moving { outage, left, step: Move::SigningIn { link, ticket, until } };
        self.put(Output::SignIn { ticket, server: self.server.other() });
    }

    /// From now on the other server is the current one: nobody is moved back.
    fn moved(&mut self, left: Reason, ticket: Ticket, now: Duration) {
        self.server = self.server.other();
        self.counters.moves += 1;
        self.refresh(Outage::new(left), Link { ticket, finesse: true }, true, now);
    }

    /// Asked in vain, and not to be asked again for a while. The current server may come back.
    fn move_refused(&mut self, outage: Outage, left: Reason, transport: Option<Ticket>, now: Duration) {
        if let Some(ticket) = transport {
            self.put(Output::Disconnect(ticket));
        }
        let refused = now.saturating_add(self.settings.refused_pause);
        self.wait_after_move(Outage { refused, ..outage }, left, Other::Refused, now);
    }

    /// A server that asks for patience gets it; any other failure means that both are asked again.
    fn move_failed(
        &mut self,
        outage: Outage,
        left: Reason,
        transport: Option<Ticket>,
        retry_after: Option<Duration>,
        now: Duration,
    ) {
        if let Some(ticket) = transport {
            self.put(Output::Disconnect(ticket));
        }
        match retry_after {
            None => self.wait_after_move(outage, left, Other::Failed, now),
            Some(_) => {
                let hold = now.saturating_add(self.settings.obeyed(retry_after));
                self.pause_before_move(Outage { hold, ..outage }, left, hold, now);
            }
        }
    }
}
