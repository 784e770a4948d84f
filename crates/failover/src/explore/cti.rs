//! CTI dialing with recovery.
//!
//! One machine. Until the disturbances end, every input comes in every state, whatever it makes there of sense: so both
//! sides die, hang, refuse, answer late, leave heartbeats unanswered and lose the peripheral, a recovery is interrupted
//! anywhere, people stop and start the web application, and news of old connections arrives. Then one side is well, or
//! both; the other is dead: it refuses, or it hangs. The connection that there is at that moment may be half open.
//!
//! Folded: moments, to the time until them; names of connections; rounds of dialing after the second, since their
//! pauses are the same; how long a session has served, at the pause between attempts, beyond which the machine does not
//! ask. Left out: what times are (the order of the true ones is kept, see [`settings`]), and a side that is dead but
//! keeps a session with an offline peripheral: for that the machine waits without limit, as documented (CTI-9).

mod monitor;
#[cfg(test)]
mod tests;

use std::time::Duration;

use monitor::Monitor;

use super::search::{self, World};
use super::{Broken, Report, ensure};
use crate::cti::{Epoch, Input, LossCause, Machine, Output, Settings, Side, Stage, State, Turn};

const UNIT: Duration = Duration::from_secs(1);
const RETRY: Duration = Duration::from_secs(2);
/// What recovery reads, in so many parts: agents, then calls.
const PARTS: u8 = 2;
/// Units until agents are served once it is calm: the heartbeats of a session that is half open, five attempts at a side
/// that hangs with the pauses of a later round, and the other side's turn.
const WITHIN: u32 = 35;

/// Short times with the order of the true ones.
pub fn settings() -> Settings {
    Settings {
        attempt_timeout: UNIT * 3,
        retry_first: UNIT,
        retry: RETRY,
        heartbeat_interval: UNIT * 2,
        ..Settings::default()
    }
}

/// The same, and no side B.
pub fn single() -> Settings {
    Settings { duplex: false, ..settings() }
}

/// A mistake of the driver, so that the walk is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// None.
    None,
    /// Recovery is reported when its first part has been read.
    RecoversEarly,
    /// News of an old connection is passed on as news of the newest.
    MistakesEpochs,
    /// No answer to a heartbeat is passed on.
    SwallowsHeartbeats,
}

/// Walks everything.
///
/// # Errors
///
/// The rule that was broken.
pub fn walk(settings: Settings, fault: Fault) -> Result<Report, Broken> {
    let start = Cti::new(settings, fault).map_err(|rule| Broken { rule, steps: vec![] })?;
    search::walk(start, WITHIN)
}

/// What happens in one step.
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
    /// A part of what recovery asked for has been read.
    PartRead,
    RecoveryFailed,
    /// Any news of the connection before the newest.
    OldNews,
    /// A timeout call without a reason.
    SpuriousTimeout,
    /// People stop the web application.
    Stop,
    /// People start it.
    Start,
    /// A unit of time passes.
    Tick,
    /// The disturbances end.
    Calm(Well),
}

const STEPS: [Step; 20] = [
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
    Step::PartRead,
    Step::RecoveryFailed,
    Step::OldNews,
    Step::SpuriousTimeout,
    Step::Stop,
    Step::Start,
    Step::Tick,
];

/// How things are from the end of the disturbances on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Well {
    a: bool,
    b: bool,
    /// The connection that there is answers nothing more.
    half_open: bool,
}

impl Well {
    fn side(self, side: Side) -> bool {
        match side {
            Side::A => self.a,
            Side::B => self.b,
        }
    }
}

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
            Self::LostSocket | Self::OldNews => lost(LossCause::Socket("reset".into())),
            Self::LostClosing => lost(LossCause::ServerClosing(15)),
            Self::LostProtocol => lost(LossCause::Protocol("garbage".into())),
            Self::PeripheralOnline => Some(Input::PeripheralOnline(epoch)),
            Self::PeripheralOffline => Some(Input::PeripheralOffline(epoch)),
            Self::PartRead => Some(Input::Recovered(epoch)),
            Self::RecoveryFailed => Some(Input::RecoveryFailed { epoch, why: "no answer".into() }),
            Self::SpuriousTimeout | Self::Tick | Self::Stop | Self::Start | Self::Calm(_) => None,
        }
    }
}

/// One place of the walk.
#[derive(Clone)]
struct Cti {
    machine: Machine,
    monitor: Monitor,
    now: Duration,
    fault: Fault,
    calm: Option<Well>,
}

/// A world without absolute times, names and the number of later rounds.
type Key = (State, bool, Monitor, Option<Well>);

impl World for Cti {
    type Step = Step;
    type Key = Key;
    type Place = (bool, Stage);

    fn key(&self) -> Key {
        (self.relative(), self.machine.is_steady(), self.monitor.nameless(), self.calm)
    }

    fn place(&self) -> Self::Place {
        (self.is_calm(), self.machine.state().stage())
    }

    fn steps(&self) -> Vec<Step> {
        match self.calm {
            Some(well) => self.calm_steps(well),
            None => STEPS.into_iter().chain(self.ways_to_end()).collect(),
        }
    }

    fn take(&mut self, step: Step) -> Result<(), String> {
        let before = self.key();
        self.monitor.before(step, self.machine.state().stage());
        match step {
            Step::Stop => self.machine.stop(),
            Step::Start => self.machine.start(self.now),
            Step::Calm(well) => self.calm = Some(well),
            Step::Tick | Step::SpuriousTimeout => self.time(step),
            Step::PartRead if self.reads_on() => {}
            _ => self.news(step),
        }
        self.settle(step)?;
        let changes_nothing = matches!(step, Step::OldNews | Step::SpuriousTimeout);
        ensure(!changes_nothing || self.key() == before, || format!("CTI-8: {step:?} changed something"))
    }

    fn is_time(step: Step) -> bool {
        step == Step::Tick
    }

    fn is_calm(&self) -> bool {
        self.calm.is_some()
    }

    fn is_good(&self) -> bool {
        self.machine.in_service() && self.calm.is_some_and(|well| self.answers(well))
    }
}

impl Cti {
    fn new(settings: Settings, fault: Fault) -> Result<Self, String> {
        let now = UNIT * 100;
        let monitor = Monitor::new(&settings);
        let mut world = Self { machine: Machine::new(settings, now), monitor, now, fault, calm: None };
        world.settle(Step::SpuriousTimeout)?;
        Ok(world)
    }

    fn time(&mut self, step: Step) {
        self.now += if step == Step::Tick { UNIT } else { Duration::ZERO };
        self.machine.handle_timeout(self.now);
    }

    /// A part has been read, and others are still to be read. Reports of a recovery that nobody asked for come, too.
    fn reads_on(&self) -> bool {
        let reading = self.machine.state().stage() == Stage::Recovering;
        reading && self.monitor.parts() < PARTS && self.fault != Fault::RecoversEarly
    }

    fn news(&mut self, step: Step) {
        let newest = self.machine.state().epoch().unwrap_or(Epoch(u64::MAX));
        let old = step == Step::OldNews && self.fault != Fault::MistakesEpochs;
        let epoch = if old { Epoch(newest.0.wrapping_sub(1)) } else { newest };
        let swallowed = step == Step::HeartbeatConfirmed && self.fault == Fault::SwallowsHeartbeats;
        if let Some(input) = step.input(epoch).filter(|_| !swallowed) {
            self.machine.handle(input, self.now);
        }
    }

    fn settle(&mut self, step: Step) -> Result<(), String> {
        while let Some(output) = self.machine.poll_output() {
            if let Output::HangUp(_) = output {
                self.calm = self.calm.map(|well| Well { half_open: false, ..well });
            }
            self.monitor.output(&output, step)?;
        }
        self.monitor.settled(&self.machine)
    }

    fn ways_to_end(&self) -> impl Iterator<Item = Step> {
        let two = self.monitor.has_target();
        let sides =
            [(true, true), (true, false), (false, true)].into_iter().filter(move |(a, b)| two || (*a && !b));
        let state = *self.machine.state();
        sides.flat_map(move |(a, b)| {
            let open = Well { a, b, half_open: false };
            let may_live = state.epoch().is_none() || open.side(state.side());
            let may_hang = state.epoch().is_some();
            let lives = may_live.then_some(Step::Calm(open));
            lives.into_iter().chain(may_hang.then_some(Step::Calm(Well { half_open: true, ..open })))
        })
    }

    /// What comes next when the outside does its part. Time passes only when all that is well has answered.
    fn calm_steps(&self, well: Well) -> Vec<Step> {
        let stage = self.machine.state().stage();
        match (stage, self.answers(well)) {
            (Stage::Waiting, _) => vec![Step::Tick],
            (Stage::Stopped, _) => vec![Step::Start],
            (Stage::Dialing, true) => vec![Step::Connected],
            (Stage::Opening, true) => vec![Step::OpenedOnline, Step::OpenedOffline],
            (Stage::AwaitingPeripheral, true) => vec![Step::PeripheralOnline],
            (Stage::Recovering, true) => vec![Step::PartRead],
            (Stage::InService, true) if self.monitor.unanswered() > 0 => vec![Step::HeartbeatConfirmed],
            (Stage::InService, true) => vec![Step::Tick],
            (Stage::Dialing | Stage::Opening, false) => vec![Step::Tick, Step::DialFailed],
            (Stage::AwaitingPeripheral | Stage::Recovering | Stage::InService, false) => {
                vec![Step::Tick, Step::LostSocket]
            }
        }
    }

    /// Whether the side that the machine is at answers it.
    fn answers(&self, well: Well) -> bool {
        well.side(self.machine.side()) && !well.half_open
    }

    fn relative(&self) -> State {
        let near = |until: &mut Duration| *until = until.saturating_sub(self.now);
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
                session.since = session.since.map(|since| self.now.saturating_sub(since).min(RETRY));
                session.epoch = Epoch(0);
            }
            State::Stopped { .. } => {}
        }
        state
    }
}
