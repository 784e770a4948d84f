//! Client failover with two servers.
//!
//! One desktop: the machine that virtual desktops run, and that the browser's twin is tested against. Until the
//! disturbances end, every event comes in every state, so each server is in service, out of service or unreachable at
//! any moment and changes as it likes, answers come late, twice or never, and the agent has calls or none. Then one
//! server is well for good, and the other is whatever it is ([`Truth`]), for good.
//!
//! Folded: moments, to the time until them; names of requests. Left out: what times are (the order of the true ones is
//! kept, see [`crate::client::table::walk_settings`]); all places in line but the one in the middle; other desktops.

mod monitor;
#[cfg(test)]
mod tests;

use monitor::Monitor;

use super::search::{self, World};
use super::{Broken, Report, ensure};
use crate::client::table::{EVENTS, Event, Key as Machine, World as Desktop, walk_settings};
use crate::client::{Output, Round, Seek, Server, Settings, Stage, State};

/// Units until the agent works again once it is calm: at most three regular polls, and a pause after a refusal or after
/// three readings.
const WITHIN: u32 = 19;

/// Short times with the order of the true ones.
pub fn settings() -> Settings {
    walk_settings()
}

/// The same, and no other server.
pub fn single() -> Settings {
    Settings { two_servers: false, ..settings() }
}

/// A mistake of the driver, so that the walk is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// None.
    None,
    /// The check before a move is answered without asking: the current server is said to be silent.
    InventsCheck,
    /// What the other server says is not passed on.
    IgnoresOther,
    /// A transport that was opened is not closed before the next.
    ForgetsTransport,
}

/// Walks everything.
///
/// # Errors
///
/// The rule that was broken.
pub fn walk(settings: Settings, fault: Fault) -> Result<Report, Broken> {
    let two = settings.two_servers;
    let start =
        Client { desktop: Desktop::new(settings), monitor: Monitor::new(two), two, fault, calm: None };
    search::walk(start, WITHIN)
}

/// What a server is like from the end of the disturbances on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Truth {
    Well,
    OutOfService,
    /// Nobody answers.
    Silent,
    /// In service, but its notification service gives no transport.
    NoTransport,
    /// In service, but its data cannot be read.
    Unread,
}

const BAD: [Truth; 4] = [Truth::OutOfService, Truth::Silent, Truth::NoTransport, Truth::Unread];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    primary: Truth,
    secondary: Truth,
}

impl Pair {
    fn of(self, server: Server) -> Truth {
        match server {
            Server::Primary => self.primary,
            Server::Secondary => self.secondary,
        }
    }

    fn with(well: Server, other: Truth) -> Self {
        match well {
            Server::Primary => Self { primary: Truth::Well, secondary: other },
            Server::Secondary => Self { primary: other, secondary: Truth::Well },
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Event(Event),
    /// The disturbances end.
    Calm(Pair),
}

#[derive(Clone)]
struct Client {
    desktop: Desktop,
    monitor: Monitor,
    two: bool,
    fault: Fault,
    calm: Option<Pair>,
}

impl World for Client {
    type Step = Step;
    type Key = (Machine, Option<Monitor>, Option<Pair>);
    type Place = (bool, Stage);

    fn key(&self) -> Self::Key {
        (self.desktop.key(), self.calm.is_none().then(|| self.monitor.clone()), self.calm)
    }

    fn place(&self) -> Self::Place {
        (self.is_calm(), self.state().stage())
    }

    fn steps(&self) -> Vec<Step> {
        match self.calm {
            Some(_) if self.is_good() => vec![],
            Some(pair) => self.calm_steps(pair).into_iter().map(Step::Event).collect(),
            None => EVENTS.iter().copied().map(Step::Event).chain(self.ways_to_end()).collect(),
        }
    }

    fn take(&mut self, step: Step) -> Result<(), String> {
        match step {
            Step::Calm(pair) => {
                self.calm = Some(pair);
                Ok(())
            }
            // Whatever comes when it is calm has come before, and was watched.
            Step::Event(event) if self.is_calm() => {
                self.give(event);
                Ok(())
            }
            Step::Event(event) => self.happen(event),
        }
    }

    fn is_time(step: Step) -> bool {
        step == Step::Event(Event::TimePasses)
    }

    fn is_calm(&self) -> bool {
        self.calm.is_some()
    }

    /// Nobody can know of a server that he is connected to that it could not be read.
    fn is_good(&self) -> bool {
        let usable = |pair: Pair| matches!(pair.of(self.home()), Truth::Well | Truth::Unread);
        self.desktop.machine().is_current() && self.calm.is_some_and(usable)
    }
}

impl Client {
    fn state(&self) -> &State {
        self.desktop.machine().state()
    }

    fn home(&self) -> Server {
        self.desktop.machine().server()
    }

    fn happen(&mut self, event: Event) -> Result<(), String> {
        let before = self.desktop.key();
        self.monitor.before(event, self.desktop.machine().state());
        let outputs = self.give(event);
        for (index, output) in outputs.iter().enumerate() {
            self.monitor.output(*output, outputs.get(index + 1))?;
        }
        self.monitor.after(self.desktop.machine().state());
        let changes_nothing = matches!(event, Event::OldNews | Event::SpuriousTimeout);
        ensure(!changes_nothing || self.desktop.key() == before, || "changed by nothing".into())?;
        ensure(self.home() == self.monitor.home(), || {
            "another server is current than the one signed in on".into()
        })
    }

    fn give(&mut self, event: Event) -> Vec<Output> {
        let of_other = matches!(event, Event::OtherInService | Event::OtherOutOfService | Event::OtherSilent);
        if self.fault == Fault::IgnoresOther && of_other {
            return vec![];
        }
        let mut outputs = self.desktop.take(event);
        if self.fault == Fault::InventsCheck && self.checks_again() {
            outputs.extend(self.desktop.take(Event::CurrentSilent));
        }
        if self.fault == Fault::ForgetsTransport {
            outputs.retain(|output| !matches!(output, Output::Disconnect(_)));
        }
        outputs
    }

    fn checks_again(&self) -> bool {
        self.state().stage() == Stage::PollAgain
            && matches!(self.state(), State::Seeking(Seek { round: Round::Again { .. }, .. }))
    }

    fn ways_to_end(&self) -> Vec<Step> {
        if matches!(self.state(), State::Ended(_)) {
            return vec![];
        }
        let well = if self.two { vec![Server::Primary, Server::Secondary] } else { vec![Server::Primary] };
        let both = [Step::Calm(Pair::with(Server::Primary, Truth::Well))];
        let one = well.into_iter().flat_map(|well| BAD.map(|bad| Step::Calm(Pair::with(well, bad))));
        both.into_iter().chain(one).collect()
    }

    /// What comes next when each server does what it is like. Time passes only when all that is prompt has come.
    fn calm_steps(&self, pair: Pair) -> Vec<Event> {
        let prompt = self.prompt(pair);
        if !prompt.is_empty() || self.desktop.machine().is_current() {
            return prompt;
        }
        self.slow(pair).into_iter().chain([Event::TimePasses]).collect()
    }

    fn prompt(&self, pair: Pair) -> Vec<Event> {
        let (current, other) = self.state().polls();
        let (home, away) = (pair.of(self.home()), pair.of(self.home().other()));
        let mut events = self.of_the_link(pair);
        events
            .extend(current.and_then(|_| polled(home, Event::CurrentInService, Event::CurrentOutOfService)));
        events.extend(other.and_then(|_| polled(away, Event::OtherInService, Event::OtherOutOfService)));
        if self.state().connecting().is_some() {
            events.extend(match self.at(pair) {
                Truth::Well | Truth::OutOfService | Truth::Unread => Some(Event::TransportUp),
                Truth::NoTransport => Some(Event::TransportFailed),
                Truth::Silent => None,
            });
        }
        events
    }

    /// A server that does not answer: one that is dead says so at once, one that is cut off does not.
    fn slow(&self, pair: Pair) -> Vec<Event> {
        let silent = |server: Server| pair.of(server) == Truth::Silent;
        let (current, other) = self.state().polls();
        let current = current.filter(|_| silent(self.home())).map(|_| Event::CurrentSilent);
        let other = other.filter(|_| silent(self.home().other())).map(|_| Event::OtherSilent);
        let connecting = self.state().connecting().filter(|_| self.at(pair) == Truth::Silent);
        [current, other, connecting.map(|_| Event::TransportFailed)].into_iter().flatten().collect()
    }

    /// What the server is like that the transport goes to.
    fn at(&self, pair: Pair) -> Truth {
        let moving = matches!(self.state(), State::Moving { .. });
        pair.of(if moving { self.home().other() } else { self.home() })
    }

    fn of_the_link(&self, pair: Pair) -> Vec<Event> {
        if self.state().link().is_none() {
            return vec![];
        }
        let asked = self.state().request().is_some();
        let event = match (self.state(), self.at(pair)) {
            (_, Truth::Silent | Truth::NoTransport) => Some(Event::TransportLost),
            (State::Connected { .. } | State::Refreshing { .. }, Truth::OutOfService) => {
                Some(Event::EventOutOfService)
            }
            (State::Refreshing { .. }, Truth::Well) => asked.then_some(Event::Refreshed),
            (State::Refreshing { .. }, Truth::Unread) => asked.then_some(Event::RefreshFailed),
            (State::Moving { .. }, Truth::Well | Truth::Unread) => Some(Event::SignedIn),
            (State::Moving { .. }, Truth::OutOfService) => Some(Event::SignInFailed),
            (State::Seeking(Seek { link: Some(link), .. }), Truth::Well | Truth::Unread) => {
                (!link.finesse).then_some(Event::FinesseAvailable)
            }
            (State::Seeking(_), Truth::Well | Truth::OutOfService | Truth::Unread)
            | (State::Connected { .. }, Truth::Well | Truth::Unread)
            | (State::Retrying { .. } | State::Ended(_), _) => None,
        };
        event.into_iter().collect()
    }
}

fn polled(truth: Truth, in_service: Event, out_of_service: Event) -> Option<Event> {
    match truth {
        Truth::Well | Truth::NoTransport | Truth::Unread => Some(in_service),
        Truth::OutOfService => Some(out_of_service),
        Truth::Silent => None,
    }
}
