//! A complete breadth-first walk over one agent: every input in every reachable state, watched by a [`Monitor`] that
//! knows the rows of failover.md but nothing of the machine's inside.
//!
//! Time comes in units, and deadlines are looked at relative to now, so that the number of states is finite.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use super::machine::Desktop;
use super::*;

const UNIT: Duration = Duration::from_secs(1);
const GRACE: u8 = 2;

fn settings() -> Settings {
    Settings {
        detection: UNIT * 3,
        grace: UNIT * u32::from(GRACE),
        comeback: UNIT * 3,
        retry: UNIT,
        answer: UNIT * 2,
        standstill: UNIT * 2,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    CtiInService,
    CtiOutOfService,
    NotificationUp,
    NotificationDown,
    Available(u64),
    Silent(u64),
    Unavailable(u64),
    Expired(u64),
    SignedIn,
    Remembered,
    CallStarted,
    CallEnded,
    Granted,
    DeniedElsewhere,
    DeniedTooLate,
    Outcome(Outcome),
    Superseded,
    /// An answer to an order of long ago.
    OldNews,
    SpuriousTimeout,
    Tick,
}

const STEPS: [Step; 27] = [
    Step::CtiInService,
    Step::CtiOutOfService,
    Step::NotificationUp,
    Step::NotificationDown,
    Step::Available(1),
    Step::Available(2),
    Step::Silent(1),
    Step::Silent(2),
    Step::Unavailable(1),
    Step::Unavailable(2),
    Step::Expired(1),
    Step::Expired(2),
    Step::SignedIn,
    Step::Remembered,
    Step::CallStarted,
    Step::CallEnded,
    Step::Granted,
    Step::DeniedElsewhere,
    Step::DeniedTooLate,
    Step::Outcome(Outcome::Accepted),
    Step::Outcome(Outcome::Refused),
    Step::Outcome(Outcome::NotWritten),
    Step::Outcome(Outcome::Unknown),
    Step::Superseded,
    Step::OldNews,
    Step::SpuriousTimeout,
    Step::Tick,
];

fn agent() -> Agent {
    Agent::from("1001")
}

impl Step {
    fn input(self, order: Order) -> Option<Input> {
        Some(match self {
            Self::CtiInService => Input::CtiInService,
            Self::CtiOutOfService => Input::CtiOutOfService,
            Self::NotificationUp => Input::NotificationUp,
            Self::NotificationDown => Input::NotificationDown,
            Self::Available(session) => Input::Available(agent(), SessionId(session)),
            Self::Silent(session) => Input::Silent(agent(), SessionId(session)),
            Self::Unavailable(session) => Input::Unavailable(agent(), SessionId(session)),
            Self::Expired(session) => Input::Expired(agent(), SessionId(session)),
            Self::SignedIn => Input::SignedIn(agent()),
            Self::Remembered => Input::Remembered(agent()),
            Self::CallStarted => Input::CallStarted(agent()),
            Self::CallEnded => Input::CallEnded(agent()),
            Self::Granted => Input::Granted { order, write_by: None },
            Self::DeniedElsewhere => Input::Denied(order, Denial::Elsewhere),
            Self::DeniedTooLate => Input::Denied(order, Denial::TooLate),
            Self::Outcome(outcome) => Input::Outcome(order, outcome),
            Self::Superseded => Input::Superseded(agent()),
            Self::OldNews => Input::Granted { order: Order(0), write_by: None },
            Self::SpuriousTimeout | Self::Tick => return None,
        })
    }
}

/// What an observer of the wires knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Monitor {
    cti: bool,
    presence: bool,
    /// Sessions, and whether each is heard.
    sessions: BTreeMap<u64, bool>,
    on_call: bool,
    /// Units that the node watched since it last heard the desktop, a sign-in or an outage, up to the grace.
    missed: u8,
    /// A question is open.
    asking: bool,
}

impl Monitor {
    /// Called before the machine sees the step.
    fn before(&mut self, step: Step) {
        match step {
            Step::CtiInService => self.cti = true,
            Step::CtiOutOfService => self.cti = false,
            Step::NotificationUp => self.presence = true,
            Step::NotificationDown => (self.presence, self.sessions) = (false, BTreeMap::new()),
            Step::Available(session) if self.presence => drop(self.sessions.insert(session, true)),
            Step::Silent(session) => {
                self.sessions.entry(session).and_modify(|heard| *heard = false);
            }
            Step::Unavailable(session) | Step::Expired(session) => drop(self.sessions.remove(&session)),
            Step::CallStarted => self.on_call = true,
            Step::CallEnded => self.on_call = false,
            Step::Tick => self.missed = (self.missed + 1).min(GRACE),
            _ => {}
        }
        let heard = self.sessions.values().any(|heard| *heard);
        if heard || step == Step::SignedIn || !self.cti || !self.presence {
            self.missed = 0;
        }
    }

    fn output(&mut self, output: &Output) -> Result<(), String> {
        match output {
            Output::Ask(..) => {
                ensure(!self.asking, "two questions at once")?;
                self.asking = true;
            }
            Output::Withdraw(_) => self.asking = false,
            Output::ForceLogout { .. } => {
                ensure(self.asking, "ordered without a question")?;
                ensure(self.cti && self.presence, "DESK-7b: ordered by a node that does not see")?;
                ensure(!self.on_call, "DESK-7r2: ordered on a call")?;
                ensure(!self.sessions.values().any(|heard| *heard), "DESK-6: ordered in front of a desktop")?;
                ensure(self.missed >= GRACE, "DESK-5: ordered within the grace")?;
                self.asking = false;
            }
            Output::Refuse(..) => ensure(!self.presence, "refused below every bound")?,
            Output::Present(_) | Output::Gone(_) | Output::Transition(_) | Output::Watch(_) => {}
        }
        Ok(())
    }
}

fn ensure(holds: bool, says: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(says.into()) }
}

#[derive(Clone)]
struct World {
    machine: Machine,
    monitor: Monitor,
    now: Duration,
}

type Key = (Watch, Option<Desktop>, bool, Monitor);

impl World {
    fn new(settings: Settings) -> Self {
        Self { machine: Machine::new(settings), monitor: Monitor::default(), now: UNIT * 100 }
    }

    fn stage(&self) -> Stage {
        self.machine.state(&agent()).map_or(Stage::Unknown, State::stage)
    }

    fn order(&self) -> Order {
        self.machine.state(&agent()).and_then(State::order).unwrap_or(Order(u64::MAX))
    }

    fn take(&mut self, step: Step) -> Result<(), String> {
        let before = self.key();
        self.monitor.before(step);
        if matches!(step, Step::DeniedElsewhere | Step::DeniedTooLate) {
            self.monitor.asking = false;
        }
        self.now += if step == Step::Tick { UNIT } else { Duration::ZERO };
        match step.input(self.order()) {
            Some(input) => self.machine.handle(input, self.now),
            None => self.machine.handle_timeout(self.now),
        }
        while let Some(output) = self.machine.poll_output() {
            self.monitor.output(&output)?;
        }
        let changes_nothing = matches!(step, Step::OldNews | Step::SpuriousTimeout);
        ensure(!changes_nothing || self.key() == before, "changed by nothing")?;
        let heard = self.monitor.sessions.values().any(|heard| *heard);
        let right = !heard || matches!(self.stage(), Stage::Online | Stage::Ordered);
        ensure(right, "a desktop that is heard is waited for")
    }

    fn key(&self) -> Key {
        let mut desktop = self.machine.desktops.get(&agent()).cloned();
        if let Some(desktop) = &mut desktop {
            let near = |until: &mut Duration| *until = until.saturating_sub(self.now);
            desktop.owed = desktop.owed.filter(|until| *until > self.now);
            desktop.owed.iter_mut().for_each(near);
            match &mut desktop.state {
                State::Quiet { until }
                | State::Awaited { until }
                | State::Grace { until }
                | State::Retrying { until } => near(until),
                State::Ordered { order, until, .. } => {
                    *order = Order(0);
                    near(until);
                }
                State::Asking { order } => *order = Order(0),
                State::Online | State::Held | State::Postponed => {}
            }
        }
        (self.machine.watch, desktop, self.machine.on_call.contains(&agent()), self.monitor.clone())
    }

    /// Once all is well, a desktop that never comes back is forgotten, by way of an order unless it already had one.
    fn has_a_future(&self) -> Result<(), String> {
        let mut world = self.clone();
        for step in [Step::CtiInService, Step::NotificationUp, Step::CallEnded] {
            world.take(step)?;
        }
        for session in [1, 2] {
            world.take(Step::Unavailable(session))?;
        }
        for _ in 0..30 {
            world.take(match world.stage() {
                Stage::Unknown => return Ok(()),
                Stage::Asking => Step::Granted,
                Stage::Ordered => Step::Outcome(Outcome::Accepted),
                _ => Step::Tick,
            })?;
        }
        Err(format!("left in {:?} for ever", world.stage()))
    }
}

/// Walks everything; `Err` names the broken rule and the steps that lead to it.
fn walk(settings: Settings) -> Result<(usize, BTreeSet<(Stage, Step)>), String> {
    let start = World::new(settings);
    let mut seen = BTreeSet::from([start.key()]);
    let mut queue = VecDeque::from([(start, Vec::new())]);
    let mut pairs = BTreeSet::new();
    while let Some((world, path)) = queue.pop_front() {
        world.has_a_future().map_err(|broken| format!("{broken}, left alone after {path:?}"))?;
        for step in STEPS {
            pairs.insert((world.stage(), step));
            let mut next = world.clone();
            let path: Vec<_> = path.iter().copied().chain([step]).collect();
            next.take(step).map_err(|broken| format!("{broken}, after {path:?}"))?;
            if seen.insert(next.key()) {
                queue.push_back((next, path));
            }
        }
    }
    Ok((seen.len(), pairs))
}

#[test]
fn every_input_in_every_state() {
    let (states, pairs) = walk(settings()).unwrap_or_else(|broken| panic!("{broken}"));
    assert_eq!(pairs.len(), 10 * STEPS.len(), "every step was taken in every stage");
    assert_eq!(
        states, 1032,
        "the machine has other states than it used to have; look, then change the number"
    );
}

#[test]
fn the_walk_sees_a_grace_that_is_too_short() {
    let broken = walk(Settings { grace: UNIT, ..settings() }).err().unwrap_or_default();
    assert!(broken.starts_with("DESK-5: ordered within the grace"), "{broken}");
}
