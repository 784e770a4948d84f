//! What an observer at the other end of the wires knows, and the rows of failover.md that he holds the machine to. He
//! knows nothing of the machine's inside.

use std::time::Duration;

use super::{PARTS, RETRY, Step, UNIT, ensure};
use crate::cti::{Epoch, Machine, Output, Settings, Side, Stage};

const ATTEMPTS: u8 = 5;
const MISSES: u8 = 3;
/// Dials at one moment at most: a session that failed after its first service, the other side, and its turn again.
const BURST: u8 = 3;

/// What an observer at the other end of the wires knows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Monitor {
    has_target: bool,
    /// Dialed and not yet hung up.
    live: Option<Epoch>,
    open: bool,
    online: bool,
    /// Parts of the recovery that have been read, once it was asked for.
    read: Option<u8>,
    /// How long ago the session was first in service, up to [`RETRY`].
    served: Option<Duration>,
    /// The last session that was lost in service had served that long.
    steady: bool,
    side: Side,
    /// Counted attempts in a row on that side.
    streak: u8,
    /// The next dial begins a new count, on this side.
    expected_first: Option<Side>,
    /// The next dial begins a new count, on either side: people have started the application.
    anew: bool,
    /// People have stopped the application.
    stopped: bool,
    /// Dials since time has passed.
    burst: u8,
    /// The next dial repeats the attempt with a lower version.
    fallback: bool,
    /// HEARTBEAT_REQ in a row without CONF, and the time since the last.
    unanswered: u8,
    since_beat: Duration,
}

impl Monitor {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            has_target: settings.has_target(),
            live: None,
            open: false,
            online: false,
            read: None,
            served: None,
            steady: true,
            side: Side::A,
            streak: 0,
            expected_first: Some(Side::A),
            anew: false,
            stopped: false,
            burst: 0,
            fallback: false,
            unanswered: 0,
            since_beat: Duration::ZERO,
        }
    }

    pub(super) fn has_target(&self) -> bool {
        self.has_target
    }

    /// Heartbeats in a row without an answer.
    pub(super) fn unanswered(&self) -> u8 {
        self.unanswered
    }

    /// Parts of the recovery that have been read.
    pub(super) fn parts(&self) -> u8 {
        self.read.unwrap_or(0)
    }

    /// Without the names of connections.
    pub(super) fn nameless(&self) -> Self {
        Self { live: self.live.map(|_| Epoch(0)), ..self.clone() }
    }

    /// Called before the machine sees the step.
    pub(super) fn before(&mut self, step: Step, stage: Stage) {
        self.fallback = step == Step::VersionRefusedLower && stage == Stage::Opening;
        if matches!(step, Step::Tick | Step::Stop) {
            self.burst = 0;
        }
        match (step, stage) {
            (Step::OpenedOnline | Step::OpenedOffline, Stage::Opening) => {
                self.open = true;
                self.online = step == Step::OpenedOnline;
                (self.unanswered, self.since_beat) = (0, Duration::ZERO);
            }
            (Step::PeripheralOnline, _) if self.open => self.online = true,
            (Step::PeripheralOffline, _) if self.open => (self.online, self.read) = (false, None),
            (Step::PartRead, Stage::Recovering) => self.read = self.read.map(|parts| (parts + 1).min(PARTS)),
            (Step::Stop, _) => (self.served, self.stopped) = (None, true),
            (Step::Start, _) if self.stopped => (self.anew, self.stopped) = (true, false),
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
        (self.live, self.open, self.online, self.read) = (None, false, false, None);
        (self.unanswered, self.since_beat) = (0, Duration::ZERO);
    }

    pub(super) fn output(&mut self, output: &Output, step: Step) -> Result<(), String> {
        match output {
            Output::Dial { epoch, side } => self.dialed(*epoch, *side),
            Output::HangUp(epoch) => self.hung_up(*epoch, step),
            Output::Heartbeat(epoch) => self.beaten(*epoch),
            Output::Open(epoch) => self.is_of_the_live(*epoch),
            Output::Recover(epoch) => {
                self.read = Some(0);
                self.is_of_the_live(*epoch)
            }
            Output::Transition(_) => Ok(()),
        }
    }

    fn is_of_the_live(&self, epoch: Epoch) -> Result<(), String> {
        ensure(self.live == Some(epoch), || "an order for a connection that is gone".into())
    }

    fn dialed(&mut self, epoch: Epoch, side: Side) -> Result<(), String> {
        ensure(self.live.is_none(), || "two live connections".into())?;
        ensure(!self.stopped, || "dialed, although the application is stopped".into())?;
        ensure(self.has_target || side == Side::A, || "CTI-1: B dialed without a target".into())?;
        self.live = Some(epoch);
        if std::mem::take(&mut self.fallback) {
            return ensure(side == self.side, || "a version fallback changed the side".into());
        }
        self.burst += 1;
        ensure(self.burst <= BURST, || format!("CTI-6: {BURST} dials and more at one moment"))?;
        let anew = std::mem::take(&mut self.anew);
        match self.expected_first.take().filter(|_| !anew) {
            None if anew => self.streak = 1,
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
    pub(super) fn settled(&mut self, machine: &Machine) -> Result<(), String> {
        ensure(self.live == machine.state().epoch(), || "the machine believes in another connection".into())?;
        let waits = machine.poll_timeout().is_some() || self.stopped;
        ensure(waits, || "CTI-6: nothing will ever happen again".into())?;
        let serves = self.open && self.online && self.read == Some(PARTS);
        ensure(machine.in_service() == serves, || format!("CTI-9: in service {}", machine.in_service()))?;
        if machine.in_service() {
            self.served.get_or_insert(Duration::ZERO);
        }
        Ok(())
    }
}
