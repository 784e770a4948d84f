//! A complete breadth-first walk: every event in every reachable state, watched by a [`Monitor`] that knows the rows
//! of failover.md but nothing of the machine's inside. In every state it is asked what becomes of the agent if one
//! server stays good from now on.

use std::collections::{BTreeSet, VecDeque};

use super::table::{EVENTS, Event, World, walk_settings};
use super::*;

const TRIES: u8 = 3;
/// Units between two regular polls, without the share of the agent's place.
const INTERVAL: u8 = 5;

/// What an observer of the wires knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Monitor {
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
    fn new(two_servers: bool) -> Self {
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
    fn before(&mut self, event: Event, state: &State) {
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
    fn after(&mut self, state: &State) {
        if matches!(state, State::Seeking(_)) {
            self.since_poll = self.since_poll.or(Some(0));
        }
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

    fn output(&mut self, output: Output, next: Option<&Output>) -> Result<(), String> {
        match output {
            Output::Connect { server, .. } => {
                ensure(self.transport.is_none(), "two transports at once")?;
                self.transport = Some((server, false));
                if let Some(tries) = self.tries.as_mut() {
                    *tries += 1;
                    ensure(*tries <= TRIES && server == self.home, "CLIENT-16: more than three tries")?;
                }
                ensure(server == self.home || self.may_leave(), "CLIENT-14: connected to the other")?;
            }
            Output::Disconnect(_) => {
                let leaving = matches!(self.transport, Some((server, true)) if server == self.home);
                ensure(!leaving || self.may_leave(), "left a server that answers")?;
                self.transport = None;
                self.third_failed();
            }
            Output::Poll { server, .. } if server == self.home => self.polls_current(next)?,
            Output::Poll { .. } => {
                ensure(self.allowed.1 > 0, "CLIENT-11: the other server is polled too often")?;
                (self.allowed.1, self.other) = (self.allowed.1 - 1, None);
            }
            Output::SignIn { server, .. } => {
                ensure(self.transport == Some((server, true)), "signed in without a transport there")?;
                ensure(server != self.home && self.may_leave(), "CLIENT-14: signed in on the other")?;
            }
            Output::Refresh { server, .. } => {
                ensure(server == self.home, "read from another server")?;
                ensure(self.transport == Some((server, true)), "CLIENT-10: read without a transport")?;
                (self.since_poll, self.regular, self.other) = (None, false, None);
            }
            Output::Show(_) => {}
        }
        Ok(())
    }

    /// A regular poll is one of both servers, in parallel.
    fn polls_current(&mut self, next: Option<&Output>) -> Result<(), String> {
        ensure(self.tries.is_none(), "CLIENT-17: polled before the third try")?;
        let both = matches!(next, Some(Output::Poll { server, .. }) if *server != self.home);
        let alone = !self.two_servers && self.allowed.0 == 0;
        if both || alone {
            ensure(self.since_poll == Some(INTERVAL), "CLIENT-7: a regular poll before the time")?;
            (self.allowed, self.regular) = ((1, 1), true);
            (self.since_poll, self.other) = (Some(0), None);
        }
        ensure(self.allowed.0 > 0, "CLIENT-7: the current server is polled too often")?;
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

fn ensure(holds: bool, says: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(says.into()) }
}

fn take(world: &mut World, monitor: &mut Monitor, event: Event) -> Result<(), String> {
    let before = world.key();
    monitor.before(event, world.machine().state());
    let outputs = world.take(event);
    for (index, output) in outputs.iter().enumerate() {
        monitor.output(*output, outputs.get(index + 1))?;
    }
    let changes_nothing = matches!(event, Event::OldNews | Event::SpuriousTimeout);
    monitor.after(world.machine().state());
    ensure(!changes_nothing || world.key() == before, "changed by nothing")?;
    ensure(world.machine().server() == monitor.home, "another server is current than the one signed in on")
}

/// How a bad server is bad.
#[derive(Clone, Copy, Debug)]
enum Bad {
    Silent,
    OutOfService,
    NoTransport,
    Unread,
}

/// Units until the agent works again on the server that stays good; an error if that never happens.
fn recovers(world: &World, good: Server, bad: Bad) -> Result<u32, String> {
    let mut world = world.clone();
    for units in 0..60 {
        for _ in 0..8 {
            let Some(event) = answer(&world, good, bad) else { break };
            world.take(event);
        }
        let machine = world.machine();
        // Nobody can know of a connected server that it could not be read.
        if machine.is_current() && (machine.server() == good || matches!(bad, Bad::Unread)) {
            return Ok(units);
        }
        world.take(Event::TimePasses);
    }
    Err(format!("not back on the {good} server, while the other is {bad:?}"))
}

/// What the servers say next, if they say anything.
fn answer(world: &World, good: Server, bad: Bad) -> Option<Event> {
    let (machine, state) = (world.machine(), world.machine().state());
    let home_is_good = machine.server() == good;
    let (current, other) = state.polls();
    let moving = matches!(state, State::Moving { .. });
    let to_good = home_is_good != moving;
    match (state, to_good) {
        (State::Connected { .. }, true) => None,
        (State::Connected { .. } | State::Refreshing { .. }, false) => Some(match bad {
            Bad::OutOfService => Event::EventOutOfService,
            Bad::Silent | Bad::NoTransport => Event::TransportLost,
            Bad::Unread => return state.request().map(|_| Event::RefreshFailed),
        }),
        (State::Seeking(Seek { link: Some(link), .. }), true) if !link.finesse => {
            Some(Event::FinesseAvailable)
        }
        (State::Seeking(Seek { link: Some(_), .. }), false)
            if matches!(bad, Bad::Silent | Bad::NoTransport) =>
        {
            Some(Event::TransportLost)
        }
        _ if state.connecting().is_some() => match (to_good, bad) {
            (true, _) | (false, Bad::OutOfService | Bad::Unread) => Some(Event::TransportUp),
            (false, Bad::NoTransport) => Some(Event::TransportFailed),
            (false, Bad::Silent) => None,
        },
        _ if current.is_some() && (home_is_good || !matches!(bad, Bad::Silent)) => {
            Some(polled(home_is_good, bad, Event::CurrentInService, Event::CurrentOutOfService))
        }
        _ if other.is_some() && (!home_is_good || !matches!(bad, Bad::Silent)) => {
            Some(polled(!home_is_good, bad, Event::OtherInService, Event::OtherOutOfService))
        }
        _ if state.request().is_some() && to_good => {
            Some(if moving { Event::SignedIn } else { Event::Refreshed })
        }
        _ if moving && !to_good && state.link().is_some() => Some(Event::SignInFailed),
        _ => None,
    }
}

fn polled(is_good: bool, bad: Bad, in_service: Event, out_of_service: Event) -> Event {
    match bad {
        Bad::OutOfService if !is_good => out_of_service,
        Bad::OutOfService | Bad::NoTransport | Bad::Silent | Bad::Unread => in_service,
    }
}

#[derive(Debug, Default)]
struct Report {
    states: usize,
    watched: usize,
    steps: usize,
    pairs: BTreeSet<(Stage, Event)>,
    slowest: u32,
}

/// How each state was reached: the event, and where the way before it ends.
#[derive(Debug, Default)]
struct Trail(Vec<(Option<usize>, Event)>);

impl Trail {
    /// One event further on the way; where it ends now.
    fn step(&mut self, way: Option<usize>, event: Event) -> Option<usize> {
        self.0.push((way, event));
        Some(self.0.len() - 1)
    }

    /// The whole way to here.
    fn events(&self, way: Option<usize>) -> Vec<Event> {
        let steps =
            std::iter::successors(way.map(|way| self.0[way]), |(before, _)| before.map(|way| self.0[way]));
        let mut events: Vec<Event> = steps.map(|(_, event)| event).collect();
        events.reverse();
        events
    }
}

/// Walks everything; `Err` names the broken rule and the events that lead to it.
fn walk(settings: Settings) -> Result<Report, String> {
    let two_servers = settings.two_servers;
    let start = (World::new(settings), Monitor::new(two_servers));
    let mut seen = BTreeSet::from([(start.0.key(), start.1.clone())]);
    let mut states = BTreeSet::new();
    let mut trail = Trail::default();
    let mut queue = VecDeque::from([(start, None)]);
    let mut report = Report::default();
    while let Some(((world, monitor), way)) = queue.pop_front() {
        if states.insert(world.key()) && !matches!(world.machine().state(), State::Ended(_)) {
            let slowest = future(&world, two_servers)
                .map_err(|broken| format!("{broken}, after {:?}", trail.events(way)))?;
            report.slowest = report.slowest.max(slowest);
        }
        for event in EVENTS.iter().copied() {
            report.pairs.insert((world.machine().state().stage(), event));
            report.steps += 1;
            let (mut world, mut monitor) = (world.clone(), monitor.clone());
            take(&mut world, &mut monitor, event)
                .map_err(|broken| format!("{broken}, after {:?} {event:?}", trail.events(way)))?;
            if seen.insert((world.key(), monitor.clone())) {
                queue.push_back(((world, monitor), trail.step(way, event)));
            }
        }
    }
    (report.states, report.watched) = (states.len(), seen.len());
    Ok(report)
}

/// The slowest way back, whichever server stays good and however the other one is bad.
fn future(world: &World, two_servers: bool) -> Result<u32, String> {
    let current = world.machine().server();
    let mut slowest = 0;
    for good in [Server::Primary, Server::Secondary] {
        for bad in [Bad::Silent, Bad::OutOfService, Bad::NoTransport, Bad::Unread] {
            if two_servers || good == current {
                slowest = slowest.max(recovers(world, good, bad)?);
            }
        }
    }
    Ok(slowest)
}

#[test]
fn every_event_in_every_state() {
    let report = walk(walk_settings()).unwrap_or_else(|broken| panic!("{broken}"));
    println!("{} states, {} as watched, {} steps", report.states, report.watched, report.steps);
    println!("slowest way back to a good server: {} units", report.slowest);
    assert_eq!(report.pairs.len(), 13 * EVENTS.len(), "every event was taken in every stage");
    assert_eq!(report.slowest, 17, "at most three polls, and a pause after a refusal or three readings");
    assert_eq!(
        report.states, 25_796,
        "the machine has other states than it used to have; look, then change the number"
    );
}

#[test]
fn one_server_alone_is_never_left() {
    let report = walk(Settings { two_servers: false, ..walk_settings() });
    let report = report.unwrap_or_else(|broken| panic!("{broken}"));
    assert_eq!(report.pairs.len(), 9 * EVENTS.len(), "all stages but the check and the move");
}

fn broken(settings: Settings) -> String {
    walk(settings).err().unwrap_or_default()
}

#[test]
fn the_walk_sees_a_server_that_is_left_too_soon() {
    let broken = broken(Settings { hasty: true, ..walk_settings() });
    assert!(broken.starts_with("CLIENT-14: connected to the other"), "{broken}");
}

#[test]
fn the_walk_sees_polls_that_come_too_soon() {
    let poll_interval = walk_settings().poll_timeout * 3;
    let broken = broken(Settings { poll_interval, ..walk_settings() });
    assert!(broken.starts_with("CLIENT-7: a regular poll before the time"), "{broken}");
}

#[test]
fn the_walk_sees_an_agent_who_is_left_waiting() {
    let poll_interval = walk_settings().poll_interval * 100;
    let broken = broken(Settings { poll_interval, ..walk_settings() });
    assert!(broken.starts_with("not back on the"), "{broken}");
}
