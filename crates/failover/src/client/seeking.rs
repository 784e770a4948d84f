//! Watching both servers (CLIENT-7 to CLIENT-15).

use std::time::Duration;

use super::machine::News;
use super::{
    Answer, BannerKind, Check, Link, Machine, Other, Outage, Output, Reason, Round, Seek, State, Status,
    Timer,
};

impl Machine {
    /// A trigger has come: the current server is asked at once.
    pub(super) fn seek(&mut self, outage: Outage, link: Option<Link>, now: Duration) {
        let overdue = outage.next_poll.filter(|due| *due <= now);
        let seek = self.waiting(outage, link, outage.why, now);
        self.show(BannerKind::Checking, self.server, outage.why, None);
        match overdue {
            Some(_) => self.poll_both(seek, now),
            None => self.poll_current(seek, Round::First, now),
        }
    }

    /// The current server has just said itself that it is out of service: it is asked again at the regular time.
    pub(super) fn wait(&mut self, outage: Outage, link: Option<Link>, now: Duration) {
        let seek = self.waiting(outage, link, Reason::OutOfService, now);
        self.decide(seek, now);
    }

    /// The other server took no sign-in: both are asked again at the regular time.
    pub(super) fn wait_after_move(&mut self, outage: Outage, left: Reason, other: Other, now: Duration) {
        let seek = Seek { other, ..self.waiting(outage, None, left, now) };
        self.decide(seek, now);
    }

    /// The current server says that it is in service, and could not be read: both are asked at the regular time, and
    /// then it may be left.
    pub(super) fn wait_unread(&mut self, outage: Outage, link: Link, now: Duration) {
        let outage = Outage { why: Reason::Unread, unread: true, ..outage };
        let seek = self.waiting(outage, Some(link), Reason::Unread, now);
        self.decide(seek, now);
    }

    /// The current server did not accept the sign-in over a transport: it is asked for none for a while.
    pub(super) fn refused_here(&self, outage: Outage, now: Duration) -> Outage {
        Outage { patience: now.saturating_add(self.settings.refused_pause), ..outage }
    }

    /// The regular poll of both servers, in parallel (CLIENT-7, CLIENT-11).
    pub(super) fn poll_both(&mut self, mut seek: Seek, now: Duration) {
        if let Check::Connecting { ticket, .. } = seek.current {
            self.put(Output::Disconnect(ticket));
        }
        seek.outage.next_poll = Some(now.saturating_add(self.settings.poll_interval));
        self.poll_current(seek, Round::Regular, now);
        if self.settings.two_servers {
            self.poll_other(now);
        }
    }

    pub(super) fn seeking_due(&mut self, seek: Seek, timer: Timer, now: Duration) {
        match (timer, seek.current, seek.other) {
            (Timer::Poll, ..) => self.poll_both(seek, now),
            (Timer::Patience, Check::Polling { until, .. }, _) if until <= now => {
                self.current_polled(seek, Answer::Silent, now);
            }
            (Timer::Patience, Check::Connecting { ticket, until }, _) if until <= now => {
                self.put(Output::Disconnect(ticket));
                self.no_transport(seek, None, now);
            }
            (Timer::Patience, ..) => self.other_polled(seek, Answer::Silent, now),
            (Timer::Pause, ..) => self.request_transport(seek, now),
        }
    }

    pub(super) fn on_seeking(&mut self, mut seek: Seek, news: News, now: Duration) {
        match news {
            News::CurrentPolled(answer) => self.current_polled(seek, answer, now),
            News::OtherPolled(answer) => self.other_polled(seek, answer, now),
            News::TransportUp(ticket) => {
                self.refresh(seek.outage, Link { ticket, finesse: true }, false, now)
            }
            News::TransportFailed(retry_after) => self.no_transport(seek, retry_after, now),
            News::SignInRefused => {
                seek.outage = self.refused_here(seek.outage, now);
                self.current_down(seek, Reason::NoTransport, now);
            }
            News::TransportLost => {
                self.start_tries(Outage { why: Reason::TransportLost, ..seek.outage }, now);
            }
            News::Event(Status::InService) => self.current_polled(seek, Answer::InService, now),
            News::Event(Status::OutOfService) | News::Refused => self.still_out_of_service(seek, now),
            News::Finesse(finesse) => {
                seek.link = seek.link.map(|link| Link { finesse, ..link });
                self.finesse_changed(seek, finesse, now);
            }
            News::SignedIn | News::SignInFailed(_) | News::Refreshed | News::RefreshFailed(_) => {
                self.counters.void += 1;
            }
        }
    }

    /// In this order: in service, transport, `finesse` (notifications.md section 8).
    fn current_polled(&mut self, seek: Seek, answer: Answer, now: Duration) {
        match (answer, seek.link) {
            (Answer::InService, Some(link)) if link.finesse && seek.outage.unread => {
                self.current_down(seek, Reason::Unread, now);
            }
            (Answer::InService, Some(link)) if link.finesse => self.refresh(seek.outage, link, false, now),
            (Answer::InService, Some(_)) => self.current_down(seek, Reason::FinesseUnavailable, now),
            (Answer::InService, None) if now < seek.outage.patience => {
                self.current_down(seek, Reason::NoTransport, now);
            }
            (Answer::InService, None) => self.request_transport(seek, now),
            (Answer::OutOfService, _) => self.current_down(seek, Reason::OutOfService, now),
            (Answer::Silent, _) => self.current_down(seek, Reason::Silent, now),
        }
    }

    fn other_polled(&mut self, seek: Seek, answer: Answer, now: Duration) {
        let other = match answer {
            Answer::InService if now < seek.outage.refused => Other::Refused,
            Answer::InService => Other::Available,
            Answer::OutOfService | Answer::Silent => Other::Down,
        };
        let seek = Seek { other, ..seek };
        match seek.current {
            Check::Down { .. } => self.decide(seek, now),
            Check::Polling { .. } | Check::Connecting { .. } => self.state = State::Seeking(seek),
        }
    }

    fn no_transport(&mut self, mut seek: Seek, retry_after: Option<Duration>, now: Duration) {
        seek.outage.patience = now.saturating_add(self.settings.obeyed(retry_after));
        self.current_down(seek, Reason::NoTransport, now);
    }

    /// News that a running check will bring as well.
    fn still_out_of_service(&mut self, seek: Seek, now: Duration) {
        match seek.current {
            Check::Down { .. } => self.current_down(seek, Reason::OutOfService, now),
            Check::Polling { .. } | Check::Connecting { .. } => {}
        }
    }

    /// The last thing that was missing may have come (CLIENT-X2).
    fn finesse_changed(&mut self, seek: Seek, finesse: bool, now: Duration) {
        let missed = matches!(seek.current, Check::Down { why: Reason::FinesseUnavailable, .. });
        match seek.link.filter(|_| missed && finesse) {
            Some(link) => self.refresh(seek.outage, link, false, now),
            None => self.state = State::Seeking(seek),
        }
    }

    fn current_down(&mut self, seek: Seek, why: Reason, now: Duration) {
        let retry_at = Some(seek.outage.patience).filter(|at| why == Reason::NoTransport && *at > now);
        self.decide(Seek { current: Check::Down { why, retry_at }, ..seek }, now);
    }

    /// The one place where a server is left. Staying has priority (CLIENT-12): the current one must be down, the other
    /// available, and the current one down once more (CLIENT-13 to CLIENT-15).
    fn decide(&mut self, seek: Seek, now: Duration) {
        self.state = State::Seeking(seek);
        let Check::Down { why, .. } = seek.current else { return };
        let silent = why == Reason::Silent && seek.link.is_none();
        let may_leave = silent || seek.round.is_regular() || self.settings.is_hasty();
        match (seek.other, seek.round) {
            (Other::Available, Round::Again { .. }) if may_leave => {
                return self.move_over(seek.outage, why, seek.link, now);
            }
            (Other::Available, Round::First | Round::Regular) if may_leave => {
                let again = Round::Again { regular: seek.round.is_regular() };
                return self.poll_current(seek, again, now);
            }
            (Other::Unknown, _) if silent && self.settings.two_servers => self.poll_other(now),
            (Other::Down | Other::Failed | Other::Refused, _) if why == Reason::Unread => {
                if let Some(link) = seek.link {
                    // There is no better server.
                    return self.refresh(seek.outage, link, false, now);
                }
            }
            (
                Other::Unknown
                | Other::Polling { .. }
                | Other::Available
                | Other::Down
                | Other::Failed
                | Other::Refused,
                _,
            ) => {}
        }
        self.tell_of_waiting(seek, why);
    }

    fn tell_of_waiting(&mut self, seek: Seek, why: Reason) {
        let (kind, server) = match seek.other {
            Other::Failed => (BannerKind::SignInFailed, self.server.other()),
            Other::Refused => (BannerKind::SignInRefused, self.server.other()),
            Other::Down => (BannerKind::BothDown, self.server),
            Other::Unknown | Other::Polling { .. } | Other::Available => (BannerKind::Waiting, self.server),
        };
        self.show(kind, server, why, seek.outage.next_poll);
    }

    /// Nothing is under way; the clock of the regular polls runs.
    fn waiting(&self, outage: Outage, link: Option<Link>, why: Reason, now: Duration) -> Seek {
        let first = self.settings.poll_interval.saturating_add(self.share(self.settings.spread_move));
        let next_poll = outage.next_poll.or(Some(now.saturating_add(first)));
        Seek {
            outage: Outage { next_poll, ..outage },
            link,
            round: Round::First,
            current: Check::Down { why, retry_at: None },
            other: Other::Unknown,
        }
    }

    fn poll_current(&mut self, seek: Seek, round: Round, now: Duration) {
        let (ticket, until) = self.poll(self.server, now);
        self.state = State::Seeking(Seek { round, current: Check::Polling { ticket, until }, ..seek });
    }

    fn poll_other(&mut self, now: Duration) {
        let (ticket, until) = self.poll(self.server.other(), now);
        if let State::Seeking(seek) = &mut self.state {
            seek.other = Other::Polling { ticket, until };
        }
    }

    fn request_transport(&mut self, seek: Seek, now: Duration) {
        let (ticket, until) = self.connect(self.server, now);
        self.state = State::Seeking(Seek { current: Check::Connecting { ticket, until }, ..seek });
    }
}
