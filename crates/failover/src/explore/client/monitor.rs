//! What an observer of the wires knows, and the rows of failover.md that he holds the machine to. He knows nothing of
//! the machine's inside.

use super::ensure;
use crate::client::table::Event;
use crate::client::{Answer, Output, Server, State};

const TRIES: u8 = 3;
/// Units between two regular polls, without the share of the agent's place.
const INTERVAL: u8 = 5;

/// What an observer of the wires knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Monitor {
    two_servers: bool,
    /// The server that the agent is signed in on.
    home: Server,
    /// Where a transport is up or being opened.
    transport: Option<(Server, bool)>,
    /// Tries since the transport was lost; nothing else may be done before the third has failed.
    tries: Option<u8>,
    /// Polls of the current and of the other server that the news so far allow.
    allowed: (u8, u8),
    /// Units since the last regular poll, or since the polls began; up to the interval.
    since_poll: Option<u8>,
    /// What the newest polls said.
    current: Option<Answer>,
    other: Option<Answer>,
    /// The newest poll of the current server, or the one before the check, was a regular one.
    regular: bool,
    /// The other was found available before the current server was polled last (CLIENT-13).
    checked: bool,
}

impl Monitor {
    pub(super) fn new(two_servers: bool) -> Self {
        Self {
            two_servers,
            home: Server::Primary,
            transport: Some((Server::Primary, true)),
            tries: None,
            allowed: (0, 0),
            since_poll: None,
            current: None,
            other: None,
            regular: false,
            checked: false,
        }
    }

    /// Called before the machine sees the event.
    pub(super) fn before(&mut self, event: Event, state: &State) {
        let (current, other) = state.polls();
        match event {
            Event::TransportLost if state.link().is_some() => {
                let home = self.transport.is_some_and(|(server, _)| server == self.home);
                (self.transport, self.tries) = (None, home.then_some(0));
            }
            Event::TransportUp if state.connecting().is_some() => {
                self.transport = self.transport.map(|(server, _)| (server, true));
                if self.tries.take().is_some() {
                    self.tries_are_over();
                }
            }
            Event::TransportFailed | Event::TransportBusy if state.connecting().is_some() => {
                self.transport = None;
                self.third_failed();
            }
            Event::SignInRefused if state.connecting().is_some() => {
                self.transport = None;
                if self.tries.take().is_some() {
                    self.tries_are_over();
                }
            }
            Event::Conflict if state.link().is_some() => self.transport = None,
            Event::SignedOut => self.transport = None,
            // It has just said itself what a poll would bring.
            Event::Refused if matches!(state, State::Refreshing { .. }) => {}
            Event::EventOutOfService | Event::FinesseUnavailable | Event::Refused => self.trigger(),
            Event::CurrentInService if current.is_some() => self.current = Some(Answer::InService),
            Event::CurrentOutOfService if current.is_some() => self.current = Some(Answer::OutOfService),
            Event::CurrentSilent if current.is_some() => self.current = Some(Answer::Silent),
            Event::OtherInService if other.is_some() => {
                (self.other, self.allowed.0) = (Some(Answer::InService), self.allowed.0.max(1));
            }
            Event::OtherOutOfService if other.is_some() => self.other = Some(Answer::OutOfService),
            Event::OtherSilent if other.is_some() => self.other = Some(Answer::Silent),
            Event::SignedIn if state.request().is_some() && matches!(state, State::Moving { .. }) => {
                self.arrive();
            }
            Event::TimePasses => {
                self.since_poll = self.since_poll.map(|units| (units + 1).min(INTERVAL));
                // A server that had its time to answer.
                self.current = self.current.or(Some(Answer::Silent));
                self.other = self.other.or(Some(Answer::Silent));
            }
            _ => {}
        }
    }

    /// Called after the machine has acted: with the watching of the servers begins the time until they are polled.
    pub(super) fn after(&mut self, state: &State) {
        if matches!(state, State::Seeking(_)) {
            self.since_poll = self.since_poll.or(Some(0));
        }
    }

    /// The server that the agent is signed in on.
    pub(super) fn home(&self) -> Server {
        self.home
    }

    /// Any news of a loss allows one poll of each server at once, and one check.
    fn trigger(&mut self) {
        self.allowed = (self.allowed.0.max(1), 1);
    }

    fn third_failed(&mut self) {
        if self.tries == Some(TRIES) {
            self.tries = None;
            self.tries_are_over();
        }
    }

    /// What was known of the servers is old now.
    fn tries_are_over(&mut self) {
        self.trigger();
        (self.other, self.checked, self.regular) = (None, false, false);
    }

    fn arrive(&mut self) {
        self.home = self.home.other();
        (self.current, self.other, self.checked, self.regular) = (None, None, false, false);
        self.since_poll = None;
    }

    pub(super) fn output(&mut self, output: Output, next: Option<&Output>) -> Result<(), String> {
        match output {
            Output::Connect { server, .. } => {
                ensure(self.transport.is_none(), || "two transports at once".into())?;
                self.transport = Some((server, false));
                if let Some(tries) = self.tries.as_mut() {
                    *tries += 1;
                    ensure(*tries <= TRIES && server == self.home, || {
                        "CLIENT-16: more than three tries".into()
                    })?;
                }
                ensure(server == self.home || self.may_leave(), || {
                    "CLIENT-14: connected to the other".into()
                })?;
            }
            Output::Disconnect(_) => {
                let leaving = matches!(self.transport, Some((server, true)) if server == self.home);
                ensure(!leaving || self.may_leave(), || "left a server that answers".into())?;
                self.transport = None;
                self.third_failed();
            }
            Output::Poll { server, .. } if server == self.home => self.polls_current(next)?,
            Output::Poll { .. } => {
                ensure(self.allowed.1 > 0, || "CLIENT-11: the other server is polled too often".into())?;
                (self.allowed.1, self.other) = (self.allowed.1 - 1, None);
            }
            Output::SignIn { server, .. } => {
                ensure(self.transport == Some((server, true)), || {
                    "signed in without a transport there".into()
                })?;
                ensure(server != self.home && self.may_leave(), || {
                    "CLIENT-14: signed in on the other".into()
                })?;
            }
            Output::Refresh { server, .. } => {
                ensure(server == self.home, || "read from another server".into())?;
                ensure(self.transport == Some((server, true)), || {
                    "CLIENT-10: read without a transport".into()
                })?;
                (self.since_poll, self.regular, self.other) = (None, false, None);
            }
            Output::Show(_) => {}
        }
        Ok(())
    }

    /// A regular poll is one of both servers, in parallel.
    fn polls_current(&mut self, next: Option<&Output>) -> Result<(), String> {
        ensure(self.tries.is_none(), || "CLIENT-17: polled before the third try".into())?;
        let both = matches!(next, Some(Output::Poll { server, .. }) if *server != self.home);
        let alone = !self.two_servers && self.allowed.0 == 0;
        if both || alone {
            ensure(self.since_poll == Some(INTERVAL), || "CLIENT-7: a regular poll before the time".into())?;
            (self.allowed, self.regular) = ((1, 1), true);
            (self.since_poll, self.other) = (Some(0), None);
        }
        ensure(self.allowed.0 > 0, || "CLIENT-7: the current server is polled too often".into())?;
        self.allowed.0 -= 1;
        self.checked = self.other == Some(Answer::InService);
        self.current = None;
        self.since_poll = self.since_poll.or(Some(0));
        Ok(())
    }

    /// The other said that it is in service, the current one was asked after that, and it is silent altogether, or a
    /// regular poll stands behind it.
    fn may_leave(&self) -> bool {
        let up = matches!(self.transport, Some((server, true)) if server == self.home);
        let silent = self.current == Some(Answer::Silent) && !up;
        self.other == Some(Answer::InService) && self.checked && (silent || self.regular)
    }
}
