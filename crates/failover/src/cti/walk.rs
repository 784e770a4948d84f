//! A complete breadth-first walk: every input in every reachable state, watched by a [`Monitor`] that
//! knows the rows of failover.md but nothing of the machine's inside.
//!
//! Time comes in units, and deadlines are looked at relative to now, so that the number of states is finite.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use super::*;

const UNIT: Duration = Duration::from_secs(1);
const ATTEMPTS: u8 = 5;
const MISSES: u8 = 3;
const RETRY: Duration = Duration::from_secs(2);

fn units(settings: Settings) -> Settings {
    Settings {
        attempt_timeout: UNIT * 3,
        retry_first: UNIT,
        retry: RETRY,
        heartbeat_interval: UNIT * 2,
        ..settings
    }
}

/// What is done to the machine in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Connected,
    DialFailed,
    OpenedOnline,
    OpenedOffline,
    Refused,
    VersionRefusedLower,
    VersionRefusedNoneLeft,
    HeartbeatConfirmed,
    LostSocket,
    LostClosing,
    LostProtocol,
    PeripheralOnline,
    PeripheralOffline,
    Recovered,
    RecoveryFailed,
    /// Any news of the connection before the newest.
    OldNews,
    /// A timeout call without a reason.
    SpuriousTimeout,
    /// A unit of time passes.
    Tick,
}

const STEPS: [Step; 18] = [
    Step::Connected,
    Step::DialFailed,
    Step::OpenedOnline,
    Step::OpenedOffline,
    Step::Refused,
    Step::VersionRefusedLower,
    Step::VersionRefusedNoneLeft,
    Step::HeartbeatConfirmed,
    Step::LostSocket,
    Step::LostClosing,
    Step::LostProtocol,
    Step::PeripheralOnline,
    Step::PeripheralOffline,
    Step::Recovered,
    Step::RecoveryFailed,
    Step::OldNews,
    Step::SpuriousTimeout,
    Step::Tick,
];

impl Step {
    fn input(self, epoch: Epoch) -> Option<Input> {
        let lost = |cause| Some(Input::Lost { epoch, cause });
        match self {
            Self::Connected => Some(Input::Connected(epoch)),
            Self::DialFailed => Some(Input::DialFailed(epoch, "refused".into())),
            Self::OpenedOnline => Some(Input::Opened { epoch, peripheral_online: true }),
            Self::OpenedOffline => Some(Input::Opened { epoch, peripheral_online: false }),
            Self::Refused => Some(Input::Refused { epoch, status: 15 }),
            Self::VersionRefusedLower => Some(Input::VersionRefused { epoch, lower: true }),
            Self::VersionRefusedNoneLeft => Some(Input::VersionRefused { epoch, lower: false }),
            Self::HeartbeatConfirmed => Some(Input::HeartbeatConfirmed(epoch)),
            Self::LostSocket => lost(LossCause::Socket("reset".into())),
            Self::LostClosing => lost(LossCause::ServerClosing(15)),
            Self::LostProtocol => lost(LossCause::Protocol("garbage".into())),
            Self::PeripheralOnline => Some(Input::PeripheralOnline(epoch)),
            Self::PeripheralOffline => Some(Input::PeripheralOffline(epoch)),
            Self::Recovered => Some(Input::Recovered(epoch)),
            Self::RecoveryFailed => Some(Input::RecoveryFailed { epoch, why: "no answer".into() }),
            Self::OldNews => {
                Some(Input::Lost { epoch: Epoch(epoch.0.wrapping_sub(1)), cause: LossCause::Heartbeats })
            }
            Self::SpuriousTimeout | Self::Tick => None,
        }
    }
}

/// What an observer at the other end of the wires knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Monitor {
    has_target: bool,
    /// Dialed and not yet hung up.
    live: Option<Epoch>,
    open: bool,
    online: bool,
    read: bool,
    /// How long ago the session was first in service, up to [`RETRY`].
    served: Option<Duration>,
    /// The last session that was lost in service had served that long.
    steady: bool,
    side: Side,
    /// Counted attempts in a row on that side.
    streak: u8,
    /// The next dial begins a new count, on this side.
    expected_first: Option<Side>,
    /// The next dial repeats the attempt with a lower version.
    fallback: bool,
    /// HEARTBEAT_REQ in a row without CONF, and the time since the last.
    unanswered: u8,
    since_beat: Duration,
}

impl Monitor {
    fn new(settings: &Settings) -> Self {
        Self {
            has_target: settings.has_target(),
            live: None,
            open: false,
            online: false,
            read: false,
            served: None,
            steady: true,
            side: Side::A,
            streak: 0,
            expected_first: Some(Side::A),
            fallback: false,
            unanswered: 0,
            since_beat: Duration::ZERO,
        }
    }

    /// Called before the machine sees the step.
    fn before(&mut self, step: Step, stage: Stage) {
        self.fallback = step == Step::VersionRefusedLower && stage == Stage::Opening;
        match (step, stage) {
            (Step::OpenedOnline | Step::OpenedOffline, Stage::Opening) => {
                self.open = true;
                self.online = step == Step::OpenedOnline;
                (self.unanswered, self.since_beat) = (0, Duration::ZERO);
            }
            (Step::PeripheralOnline, _) if self.open => self.online = true,
            (Step::PeripheralOffline, _) if self.open => (self.online, self.read) = (false, false),
            (Step::Recovered, Stage::Recovering) => self.read = true,
            (Step::HeartbeatConfirmed, _) if self.open => self.unanswered = 0,
            (Step::Tick, _) if self.open => {
                self.since_beat += UNIT;
                self.served = self.served.map(|served| (served + UNIT).min(RETRY));
            }
            _ => {}
        }
    }

    fn gone(&mut self) {
        if let Some(served) = self.served.take() {
            let long = served >= RETRY;
            if long || self.steady {
                self.expected_first = Some(self.side);
            }
            self.steady = long;
        }
        (self.live, self.open, self.online, self.read) = (None, false, false, false);
        (self.unanswered, self.since_beat) = (0, Duration::ZERO);
    }

    fn output(&mut self, output: &Output, step: Step) -> Result<(), String> {
        match output {
            Output::Dial { epoch, side } => self.dialed(*epoch, *side),
            Output::HangUp(epoch) => self.hung_up(*epoch, step),
            Output::Heartbeat(epoch) => self.beaten(*epoch),
            Output::Open(epoch) | Output::Recover(epoch) => {
                ensure(self.live == Some(*epoch), || "an order for a connection that is gone".into())
            }
            Output::Transition(_) => Ok(()),
        }
    }

    fn dialed(&mut self, epoch: Epoch, side: Side) -> Result<(), String> {
        ensure(self.live.is_none(), || "two live connections".into())?;
        ensure(self.has_target || side == Side::A, || "CTI-1: B dialed without a target".into())?;
        self.live = Some(epoch);
        if std::mem::take(&mut self.fallback) {
            return ensure(side == self.side, || "a version fallback changed the side".into());
        }
        match self.expected_first.take() {
            Some(first) => {
                ensure(side == first, || format!("CTI-4: {first} was lost, {side} came first"))?;
                self.streak = 1;
            }
            None if side == self.side && self.streak < ATTEMPTS => self.streak += 1,
            None if side == self.side => {
                ensure(!self.has_target, || format!("CTI-4: more than {ATTEMPTS} attempts on {side}"))?;
                self.streak = 1;
            }
            None => {
                ensure(self.streak == ATTEMPTS, || {
                    format!("CTI-5: to {side} after {} attempts", self.streak)
                })?;
                self.streak = 1;
            }
        }
        self.side = side;
        Ok(())
    }

    fn hung_up(&mut self, epoch: Epoch, step: Step) -> Result<(), String> {
        ensure(self.live == Some(epoch), || "hung up twice".into())?;
        if step == Step::Tick && self.open {
            ensure(self.unanswered == MISSES, || format!("CTI-7: dropped after {} misses", self.unanswered))?;
        }
        self.gone();
        Ok(())
    }

    fn beaten(&mut self, epoch: Epoch) -> Result<(), String> {
        ensure(self.live == Some(epoch) && self.open, || "a heartbeat without a session".into())?;
        ensure(self.unanswered < MISSES, || "CTI-7: a dead server is still asked".into())?;
        ensure(self.since_beat == UNIT * 2, || "CTI-7: heartbeat out of time".into())?;
        self.unanswered += 1;
        self.since_beat = Duration::ZERO;
        Ok(())
    }

    /// What must hold whenever nothing is in motion.
    fn settled(&mut self, machine: &Machine) -> Result<(), String> {
        ensure(self.live == machine.state().epoch(), || "the machine believes in another connection".into())?;
        ensure(machine.poll_timeout().is_some(), || "CTI-6: nothing will ever happen again".into())?;
        let serves = self.open && self.online && self.read;
        ensure(machine.in_service() == serves, || format!("CTI-9: in service {}", machine.in_service()))?;
        if machine.in_service() {
            self.served.get_or_insert(Duration::ZERO);
        }
        Ok(())
    }
}

fn ensure(holds: bool, says: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(says()) }
}

/// One place of the walk.
#[derive(Clone, Debug)]
struct World {
    machine: Machine,
    monitor: Monitor,
    now: Duration,
}

/// A world without absolute times, absolute epochs and the number of later rounds.
type Key = (State, bool, Monitor);

impl World {
    fn new(settings: &Settings) -> Result<Self, String> {
        let now = UNIT * 100;
        let machine = Machine::new(settings.clone(), now);
        let mut world = Self { machine, monitor: Monitor::new(settings), now };
        world.settle(Step::SpuriousTimeout)?;
        Ok(world)
    }

    fn take(&mut self, step: Step) -> Result<(), String> {
        let before = self.key();
        self.monitor.before(step, self.machine.state().stage());
        if step == Step::Tick {
            self.now += UNIT;
        }
        let newest = self.machine.state().epoch().unwrap_or(Epoch(u64::MAX));
        match step.input(newest) {
            Some(input) => self.machine.handle(input, self.now),
            None => self.machine.handle_timeout(self.now),
        }
        self.settle(step)?;
        let changes_nothing = matches!(step, Step::OldNews | Step::SpuriousTimeout);
        ensure(!changes_nothing || self.key() == before, || format!("{step:?} changed something"))
    }

    fn settle(&mut self, step: Step) -> Result<(), String> {
        while let Some(output) = self.machine.poll_output() {
            self.monitor.output(&output, step)?;
        }
        self.monitor.settled(&self.machine)
    }

    fn key(&self) -> Key {
        let near = |until: &mut Duration| *until -= self.now;
        let turn = |turn: &mut Turn| turn.round = turn.round.min(2);
        let mut state = *self.machine.state();
        match &mut state {
            State::Waiting { turn: t, until } => {
                turn(t);
                near(until);
            }
            State::Dialing(attempt) | State::Opening(attempt) => {
                turn(&mut attempt.turn);
                near(&mut attempt.until);
                attempt.epoch = Epoch(0);
            }
            State::AwaitingPeripheral(session) | State::Recovering(session) | State::InService(session) => {
                turn(&mut session.origin);
                near(&mut session.pulse.due);
                session.since = session.since.map(|since| (self.now - since).min(RETRY));
                session.epoch = Epoch(0);
            }
            State::Stopped { .. } => {}
        }
        let live = self.monitor.live.map(|_| Epoch(0));
        let steady = self.machine.steady;
        (state, steady, Monitor { live, ..self.monitor.clone() })
    }

    /// CTI-6: left alone, every allowed side is dialed again; helped, the machine is soon in service.
    fn has_a_future(&self) -> Result<(), String> {
        let mut alone = self.clone();
        let mut dialed = BTreeSet::new();
        for _ in 0..200 {
            alone.take(Step::Tick)?;
            if alone.machine.state().stage() == Stage::Dialing {
                dialed.insert(alone.machine.side());
            }
        }
        ensure(dialed.len() == 1 + usize::from(self.monitor.has_target), || {
            format!("CTI-6: only {dialed:?} dialed")
        })?;
        self.helped()
    }

    fn helped(&self) -> Result<(), String> {
        let mut world = self.clone();
        for _ in 0..8 {
            let step = match world.machine.state().stage() {
                Stage::Waiting => Step::Tick,
                Stage::Dialing => Step::Connected,
                Stage::Opening => Step::OpenedOffline,
                Stage::AwaitingPeripheral => Step::PeripheralOnline,
                Stage::Recovering => Step::Recovered,
                Stage::InService | Stage::Stopped => return Ok(()),
            };
            world.take(step)?;
        }
        Err("CTI-12: help does not bring it into service".into())
    }
}

struct Report {
    states: usize,
    pairs: BTreeMap<(Stage, Step), usize>,
}

/// Walks everything; `Err` names the broken rule and the steps that lead to it.
fn walk(settings: Settings) -> Result<Report, String> {
    let start = World::new(&units(settings))?;
    let mut seen = BTreeSet::from([start.key()]);
    let mut queue = VecDeque::from([(start, Vec::new())]);
    let mut pairs = BTreeMap::new();
    while let Some((world, path)) = queue.pop_front() {
        let stage = world.machine.state().stage();
        world.has_a_future().map_err(|broken| format!("{broken}, left alone after {path:?}"))?;
        for step in STEPS {
            *pairs.entry((stage, step)).or_default() += 1;
            let mut next = world.clone();
            let mut path = path.clone();
            path.push(step);
            next.take(step).map_err(|broken| format!("{broken}, after {path:?}"))?;
            if seen.insert(next.key()) {
                queue.push_back((next, path));
            }
        }
    }
    Ok(Report { states: seen.len(), pairs })
}

fn complete(settings: Settings, states: usize) {
    let report = walk(settings).unwrap_or_else(|broken| panic!("{broken}"));
    println!("{} states, {} pairs of stage and step", report.states, report.pairs.len());
    assert_eq!(report.pairs.len(), 6 * STEPS.len(), "every step was taken in every stage");
    assert_eq!(
        report.states, states,
        "the machine has other states than it used to have; look, then change the number"
    );
}

fn broken(settings: Settings) -> String {
    walk(settings).err().unwrap_or_else(|| panic!("the walk does not see it"))
}

#[test]
fn every_input_in_every_state_of_a_pair() {
    complete(Settings::default(), 7632);
}

#[test]
fn every_input_in_every_state_of_a_single_server() {
    complete(Settings { duplex: false, ..Settings::default() }, 1908);
}

#[test]
fn the_walk_sees_four_attempts() {
    assert!(
        broken(Settings { attempts_per_side: 4, ..Settings::default() })
            .starts_with("CTI-5: to B after 4 attempts")
    );
}

#[test]
fn the_walk_sees_six_attempts() {
    assert!(
        broken(Settings { attempts_per_side: 6, ..Settings::default() })
            .starts_with("CTI-4: more than 5 attempts")
    );
}

#[test]
fn the_walk_sees_two_misses() {
    assert!(
        broken(Settings { heartbeat_misses: 2, ..Settings::default() })
            .starts_with("CTI-7: dropped after 2 misses")
    );
}

#[test]
fn the_walk_sees_four_misses() {
    assert!(
        broken(Settings { heartbeat_misses: 4, ..Settings::default() })
            .starts_with("CTI-7: a dead server is still asked")
    );
}
