use std::collections::VecDeque;
use std::time::Duration;

use super::{
    Answer, Banner, BannerKind, Counters, End, Input, Link, Outage, Output, Place, Reason, Server, Settings,
    State, Status, Ticket, Timer,
};

/// Client failover of one desktop. Drain [`Machine::poll_output`] after every call.
#[derive(Clone, Debug)]
pub struct Machine {
    pub(super) settings: Settings,
    pub(super) place: Place,
    pub(super) server: Server,
    pub(super) state: State,
    pub(super) on_call: bool,
    pub(super) counters: Counters,
    last_ticket: Ticket,
    shown: Option<Banner>,
    outputs: VecDeque<Output>,
}

/// An [`Input`] that is of the newest request or transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum News {
    TransportUp(Ticket),
    TransportFailed(Option<Duration>),
    TransportLost,
    Event(Status),
    Finesse(bool),
    Refused,
    CurrentPolled(Answer),
    OtherPolled(Answer),
    SignedIn,
    SignInFailed(Option<Duration>),
    SignInRefused,
    Refreshed,
    RefreshFailed(Option<Duration>),
}

impl Machine {
    /// The name of the transport that the agent signed in with.
    pub const FIRST: Ticket = Ticket(0);

    /// Starts when the agent is signed in on `server`, the transport [`Machine::FIRST`] is up and all data are shown.
    pub fn new(settings: Settings, place: Place, server: Server) -> Self {
        Self {
            settings,
            place,
            server,
            state: State::Connected { link: Link { ticket: Self::FIRST, finesse: true } },
            on_call: false,
            counters: Counters::default(),
            last_ticket: Self::FIRST,
            shown: None,
            outputs: VecDeque::new(),
        }
    }

    /// Takes one piece of news.
    pub fn handle(&mut self, input: Input, now: Duration) {
        match input {
            Input::OnCall(on_call) => self.on_call = on_call,
            Input::SignedOut => self.end(End::SignedOut),
            Input::Conflict(ticket) if self.state.link() == Some(ticket) => self.end(End::Conflict),
            Input::TransportUp(_)
            | Input::TransportFailed { .. }
            | Input::TransportLost(_)
            | Input::Conflict(_)
            | Input::Event(..)
            | Input::Finesse(..)
            | Input::Refused(_)
            | Input::Polled(..)
            | Input::SignedIn(_)
            | Input::SignInFailed { .. }
            | Input::SignInRefused(_)
            | Input::Refreshed(_)
            | Input::RefreshFailed { .. } => match self.news(input) {
                Some(news) => self.take(news, now),
                None => self.counters.void += 1,
            },
        }
    }

    /// Acts on the deadline if it has come; otherwise does nothing.
    pub fn handle_timeout(&mut self, now: Duration) {
        let Some((_, timer)) = self.poll_timeout().filter(|(due, _)| *due <= now) else { return };
        match self.state {
            State::Connected { .. } | State::Ended(_) => {}
            State::Retrying { outage, attempt, step } => self.retrying_due(outage, attempt, step, now),
            State::Seeking(seek) => self.seeking_due(seek, timer, now),
            State::Refreshing { outage, link, moved, attempt, step } => {
                self.refreshing_due((outage, link, moved), attempt, step, now);
            }
            State::Moving { outage, left, step } => self.moving_due(outage, left, step, timer, now),
        }
    }

    /// The next deadline, and what it is for; `None` while connected and after the end. Otherwise there always is one:
    /// it never gives up, however many hours both servers are down (CLIENT-18d).
    pub fn poll_timeout(&self) -> Option<(Duration, Timer)> {
        self.state.deadline()
    }

    /// The next thing to do.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// Where the desktop stands.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The current server: requests go there, and nowhere else.
    pub fn server(&self) -> Server {
        self.server
    }

    /// Whether what the page shows is the truth and its buttons work. Otherwise calls stay visible, marked as not
    /// current.
    pub fn is_current(&self) -> bool {
        matches!(self.state, State::Connected { .. })
    }

    /// Whether the agent has calls, as far as the machine was told.
    pub fn is_on_call(&self) -> bool {
        self.on_call
    }

    /// What the agent is told now.
    pub fn banner(&self) -> Option<&Banner> {
        self.shown.as_ref()
    }

    /// What has been counted since the start.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// `None` if the input is of an old request or transport.
    fn news(&self, input: Input) -> Option<News> {
        let (current, other) = self.state.polls();
        let up = |ticket| self.state.link() == Some(ticket);
        let connecting = |ticket| self.state.connecting() == Some(ticket);
        let requested = |ticket| self.state.request() == Some(ticket);
        let (is_of, news) = match input {
            Input::TransportUp(ticket) => (connecting(ticket), News::TransportUp(ticket)),
            Input::TransportFailed { ticket, retry_after } => {
                (connecting(ticket), News::TransportFailed(retry_after))
            }
            Input::TransportLost(ticket) => (up(ticket), News::TransportLost),
            Input::Event(ticket, status) => (up(ticket), News::Event(status)),
            Input::Finesse(ticket, available) => (up(ticket), News::Finesse(available)),
            Input::Refused(server) => (server == self.server, News::Refused),
            Input::Polled(ticket, answer) if current == Some(ticket) => (true, News::CurrentPolled(answer)),
            Input::Polled(ticket, answer) => (other == Some(ticket), News::OtherPolled(answer)),
            Input::SignedIn(ticket) => (requested(ticket), News::SignedIn),
            Input::SignInFailed { ticket, retry_after } => {
                (requested(ticket), News::SignInFailed(retry_after))
            }
            Input::SignInRefused(ticket) => {
                let signing_in = requested(ticket) && matches!(self.state, State::Moving { .. });
                (signing_in || connecting(ticket), News::SignInRefused)
            }
            Input::Refreshed(ticket) => (requested(ticket), News::Refreshed),
            Input::RefreshFailed { ticket, retry_after } => {
                (requested(ticket), News::RefreshFailed(retry_after))
            }
            Input::Conflict(_) | Input::OnCall(_) | Input::SignedOut => return None,
        };
        is_of.then_some(news)
    }

    fn take(&mut self, news: News, now: Duration) {
        match self.state {
            State::Connected { link } => self.on_connected(link, news, now),
            State::Retrying { outage, attempt, .. } => self.on_retrying(outage, attempt, news, now),
            State::Seeking(seek) => self.on_seeking(seek, news, now),
            State::Refreshing { outage, link, moved, attempt, step } => {
                self.on_refreshing((outage, link, moved), attempt, step, news, now);
            }
            State::Moving { outage, left, step } => self.on_moving(outage, left, step, news, now),
            State::Ended(_) => self.counters.void += 1,
        }
    }

    /// The three triggers (CLIENT-6).
    fn on_connected(&mut self, link: Link, news: News, now: Duration) {
        match news {
            News::TransportLost => {
                self.counters.outages += 1;
                self.start_tries(Outage::new(Reason::TransportLost), now);
            }
            News::Event(Status::OutOfService) | News::Refused => {
                self.counters.outages += 1;
                self.seek(Outage::new(Reason::OutOfService), Some(link), now);
            }
            News::Finesse(false) => {
                self.counters.outages += 1;
                let link = Link { finesse: false, ..link };
                self.seek(Outage::new(Reason::FinesseUnavailable), Some(link), now);
            }
            News::Event(Status::InService) | News::Finesse(true) => {}
            News::TransportUp(_)
            | News::TransportFailed(_)
            | News::CurrentPolled(_)
            | News::OtherPolled(_)
            | News::SignedIn
            | News::SignInFailed(_)
            | News::SignInRefused
            | News::Refreshed
            | News::RefreshFailed(_) => self.counters.void += 1,
        }
    }

    /// This agent's share of a spread; nothing for one who is on a call.
    pub(super) fn share(&self, spread: Duration) -> Duration {
        if self.on_call { Duration::ZERO } else { self.place.share(spread) }
    }

    pub(super) fn connect(&mut self, server: Server, now: Duration) -> (Ticket, Duration) {
        let ticket = self.ticket();
        self.counters.connects += 1;
        self.put(Output::Connect { ticket, server });
        (ticket, now.saturating_add(self.settings.connect_timeout))
    }

    pub(super) fn poll(&mut self, server: Server, now: Duration) -> (Ticket, Duration) {
        let ticket = self.ticket();
        self.counters.polls += 1;
        self.put(Output::Poll { ticket, server });
        (ticket, now.saturating_add(self.settings.poll_timeout))
    }

    /// A name that was never used.
    pub(super) fn ticket(&mut self) -> Ticket {
        self.last_ticket = Ticket(self.last_ticket.0.saturating_add(1));
        self.last_ticket
    }

    pub(super) fn put(&mut self, output: Output) {
        self.outputs.push_back(output);
    }

    /// Shows a banner, unless it is the one that is shown already.
    pub(super) fn show(
        &mut self,
        kind: BannerKind,
        server: Server,
        reason: Reason,
        next_at: Option<Duration>,
    ) {
        let banner = Banner { kind, server, reason, next_at };
        if self.shown.replace(banner) != Some(banner) {
            self.put(Output::Show(banner));
        }
    }
}
