use std::collections::VecDeque;
use std::time::Duration;

use super::pulse::Beat;
use super::{
    Cause, Counters, Epoch, Input, LossCause, Next, Output, Pulse, Settings, Side, Stage, Timer, Transition,
    Turn,
};

/// Where the machine stands. Whatever exists only in a state is inside of it.
///
/// ```text
///  start ──▶ Dialing ──connected──▶ Opening ──OPEN_CONF──▶ AwaitingPeripheral ◀─offline─┐
///  retry ──▶  │  ▲ ▲                 │  │   (online already)──┐     │online             │
///             │  │ └─lower version───┘  │                     ▼     ▼                   │
///   failed or │  │                      │                   Recovering ──all read──▶ InService
///   5 s over  ▼  │                      │
///           Waiting ◀───failed or 5 s───┘      each of the three on the right, when lost:
///                                              ──▶ Dialing the lost side, attempt 1, at once
///
///   any ──stop──▶ Stopped ──start──▶ Dialing the side used last, attempt 1, at once
/// ```
///
/// A session that is lost before it ever was in service has not ended the outage: it counts as the attempt that
/// it came from. So does one that is lost within [`Settings::retry`] of its service, if the one before it was as short:
/// a side that opens and fails again and again can neither keep the other from its turn nor make us dial in a storm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Between two attempts.
    Waiting {
        /// The attempt to come.
        turn: Turn,
        /// When it comes.
        until: Duration,
    },
    /// TCP is being set up.
    Dialing(Attempt),
    /// OPEN_REQ has been sent.
    Opening(Attempt),
    /// The session is open, the peripheral is not online. Heartbeats go on.
    AwaitingPeripheral(Session),
    /// The state of the contact center is being read again.
    Recovering(Session),
    /// Agents are served.
    InService(Session),
    /// People have stopped the web application: nothing is dialed.
    Stopped {
        /// The side that was used last.
        side: Side,
    },
}

/// A running attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt {
    /// Its place in the order.
    pub turn: Turn,
    /// Its name.
    pub epoch: Epoch,
    /// When it has failed without OPEN_CONF.
    pub until: Duration,
}

/// An open session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Session {
    /// With which side.
    pub side: Side,
    /// Its name.
    pub epoch: Epoch,
    /// Its heartbeats.
    pub pulse: Pulse,
    /// The attempt that it came from.
    pub origin: Turn,
    /// When it first was in service.
    pub since: Option<Duration>,
}

impl State {
    /// The state without its data.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Waiting { .. } => Stage::Waiting,
            Self::Dialing(_) => Stage::Dialing,
            Self::Opening(_) => Stage::Opening,
            Self::AwaitingPeripheral(_) => Stage::AwaitingPeripheral,
            Self::Recovering(_) => Stage::Recovering,
            Self::InService(_) => Stage::InService,
            Self::Stopped { .. } => Stage::Stopped,
        }
    }

    /// The connection that may exist.
    pub fn epoch(&self) -> Option<Epoch> {
        match self {
            Self::Waiting { .. } | Self::Stopped { .. } => None,
            Self::Dialing(attempt) | Self::Opening(attempt) => Some(attempt.epoch),
            Self::AwaitingPeripheral(session) | Self::Recovering(session) | Self::InService(session) => {
                Some(session.epoch)
            }
        }
    }

    /// The side in use, being dialed, or next to be dialed.
    pub fn side(&self) -> Side {
        match self {
            Self::Waiting { turn, .. } => turn.side,
            Self::Stopped { side } => *side,
            Self::Dialing(attempt) | Self::Opening(attempt) => attempt.turn.side,
            Self::AwaitingPeripheral(session) | Self::Recovering(session) | Self::InService(session) => {
                session.side
            }
        }
    }
}

/// CTI failover of one node. Drain [`Machine::poll_output`] after every call.
#[derive(Clone, Debug)]
pub struct Machine {
    settings: Settings,
    state: State,
    last_epoch: Epoch,
    /// The last session that was lost in service had served for a while; true at the start.
    steady: bool,
    outputs: VecDeque<Output>,
    counters: Counters,
}

impl Machine {
    /// Starts: side A is dialed at once.
    pub fn new(settings: Settings, now: Duration) -> Self {
        let turn = Turn::first(Side::A);
        let mut machine = Self {
            settings,
            state: State::Waiting { turn, until: now },
            last_epoch: Epoch(0),
            steady: true,
            outputs: VecDeque::new(),
            counters: Counters::default(),
        };
        machine.dial(turn, Cause::Started, now);
        machine
    }

    /// Takes one piece of news.
    pub fn handle(&mut self, input: Input, now: Duration) {
        if self.state.epoch() != Some(input.epoch()) {
            self.counters.void += 1;
            return;
        }
        match self.state {
            State::Waiting { .. } | State::Stopped { .. } => self.counters.void += 1,
            State::Dialing(attempt) => self.on_dialing(attempt, input, now),
            State::Opening(attempt) => self.on_opening(attempt, input, now),
            State::AwaitingPeripheral(session) => self.on_awaiting_peripheral(session, input, now),
            State::Recovering(session) => self.on_recovering(session, input, now),
            State::InService(session) => self.on_in_service(session, input, now),
        }
    }

    /// Acts on the deadline if it has come; otherwise does nothing.
    pub fn handle_timeout(&mut self, now: Duration) {
        if self.poll_timeout().is_none_or(|(due, _)| now < due) {
            return;
        }
        match self.state {
            State::Waiting { turn, .. } => self.dial(turn, Cause::Due, now),
            State::Dialing(attempt) | State::Opening(attempt) => {
                self.attempt_failed(attempt, Cause::Silence(self.settings.attempt_timeout), now);
            }
            State::AwaitingPeripheral(session) | State::Recovering(session) | State::InService(session) => {
                self.beat(session, now)
            }
            State::Stopped { .. } => {}
        }
    }

    /// Ends what there is and dials no more until [`Machine::start`].
    pub fn stop(&mut self) {
        if let Some(epoch) = self.state.epoch() {
            self.outputs.push_back(Output::HangUp(epoch));
        }
        if self.state.stage() != Stage::Stopped {
            self.enter(State::Stopped { side: self.state.side() }, Cause::Stopped, Next::AwaitStart);
        }
    }

    /// Dials again after [`Machine::stop`]; otherwise does nothing.
    pub fn start(&mut self, now: Duration) {
        if let State::Stopped { side } = self.state {
            self.dial(Turn::first(side), Cause::Started, now);
        }
    }

    /// The next deadline, and what it is for. There always is one until people stop the machine: it never gives up
    /// (CTI-6).
    pub fn poll_timeout(&self) -> Option<(Duration, Timer)> {
        Some(match self.state {
            State::Stopped { .. } => return None,
            State::Waiting { until, .. } => (until, Timer::Retry),
            State::Dialing(attempt) | State::Opening(attempt) => (attempt.until, Timer::Attempt),
            State::AwaitingPeripheral(session) | State::Recovering(session) | State::InService(session) => {
                (session.pulse.due, Timer::Heartbeat)
            }
        })
    }

    /// The next thing to do.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// Where the machine stands.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The side in use, being dialed, or next to be dialed.
    pub fn side(&self) -> Side {
        self.state.side()
    }

    /// Whether requests are processed and events published (CTI-9 to CTI-12).
    pub fn in_service(&self) -> bool {
        self.state.stage() == Stage::InService
    }

    /// Whether the next session may be lost at once without losing its turn.
    pub(crate) fn is_steady(&self) -> bool {
        self.steady
    }

    /// What has been counted since the start.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    fn on_dialing(&mut self, attempt: Attempt, input: Input, now: Duration) {
        match input {
            Input::Connected(epoch) => {
                let next = State::Opening(attempt);
                self.enter(next, Cause::Connected, Next::AwaitOpenConf);
                self.outputs.push_back(Output::Open(epoch));
            }
            Input::DialFailed(_, why) => self.attempt_failed(attempt, Cause::DialFailed(why), now),
            Input::Lost { cause, .. } => self.attempt_failed(attempt, Cause::Broken(cause), now),
            Input::Opened { .. }
            | Input::Refused { .. }
            | Input::VersionRefused { .. }
            | Input::HeartbeatConfirmed(_)
            | Input::PeripheralOnline(_)
            | Input::PeripheralOffline(_)
            | Input::Recovered(_)
            | Input::RecoveryFailed { .. } => self.counters.unexpected += 1,
        }
    }

    fn on_opening(&mut self, attempt: Attempt, input: Input, now: Duration) {
        match input {
            Input::Opened { peripheral_online, .. } => self.opened(attempt, peripheral_online, now),
            Input::Refused { status, .. } => self.attempt_failed(attempt, Cause::Refused(status), now),
            Input::VersionRefused { epoch, lower: true } => {
                self.outputs.push_back(Output::HangUp(epoch));
                self.dial(attempt.turn, Cause::VersionRefused { lower: true }, now);
            }
            Input::VersionRefused { lower: false, .. } => {
                self.attempt_failed(attempt, Cause::VersionRefused { lower: false }, now);
            }
            Input::DialFailed(_, why) => {
                self.attempt_failed(attempt, Cause::Broken(LossCause::Socket(why)), now)
            }
            Input::Lost { cause, .. } => self.attempt_failed(attempt, Cause::Broken(cause), now),
            Input::Connected(_)
            | Input::HeartbeatConfirmed(_)
            | Input::PeripheralOnline(_)
            | Input::PeripheralOffline(_)
            | Input::Recovered(_)
            | Input::RecoveryFailed { .. } => self.counters.unexpected += 1,
        }
    }

    fn on_awaiting_peripheral(&mut self, session: Session, input: Input, now: Duration) {
        match input {
            Input::PeripheralOnline(epoch) => {
                self.enter(State::Recovering(session), Cause::PeripheralOnline, Next::ReadState);
                self.outputs.push_back(Output::Recover(epoch));
            }
            Input::HeartbeatConfirmed(_) => self.state = State::AwaitingPeripheral(self.confirmed(session)),
            Input::Lost { cause, .. } => self.redial(session, Cause::Lost(cause), now),
            Input::DialFailed(_, why) => self.redial(session, Cause::Lost(LossCause::Socket(why)), now),
            Input::Connected(_)
            | Input::Opened { .. }
            | Input::Refused { .. }
            | Input::VersionRefused { .. }
            | Input::PeripheralOffline(_)
            | Input::Recovered(_)
            | Input::RecoveryFailed { .. } => self.counters.unexpected += 1,
        }
    }

    fn on_recovering(&mut self, session: Session, input: Input, now: Duration) {
        match input {
            Input::Recovered(_) => {
                let serving = Session { since: session.since.or(Some(now)), ..session };
                self.enter(State::InService(serving), Cause::Recovered, Next::Serve);
            }
            Input::RecoveryFailed { why, .. } => self.redial(session, Cause::RecoveryFailed(why), now),
            Input::PeripheralOffline(_) => {
                self.enter(
                    State::AwaitingPeripheral(session),
                    Cause::PeripheralOffline,
                    Next::AwaitPeripheral,
                );
            }
            Input::HeartbeatConfirmed(_) => self.state = State::Recovering(self.confirmed(session)),
            Input::Lost { cause, .. } => self.redial(session, Cause::Lost(cause), now),
            Input::DialFailed(_, why) => self.redial(session, Cause::Lost(LossCause::Socket(why)), now),
            // A server tells of its online peripherals after OPEN_CONF has said so already.
            Input::PeripheralOnline(_) => {}
            Input::Connected(_)
            | Input::Opened { .. }
            | Input::Refused { .. }
            | Input::VersionRefused { .. } => {
                self.counters.unexpected += 1;
            }
        }
    }

    fn on_in_service(&mut self, session: Session, input: Input, now: Duration) {
        match input {
            Input::PeripheralOffline(_) => {
                self.enter(
                    State::AwaitingPeripheral(session),
                    Cause::PeripheralOffline,
                    Next::AwaitPeripheral,
                );
            }
            Input::HeartbeatConfirmed(_) => self.state = State::InService(self.confirmed(session)),
            Input::Lost { cause, .. } => self.redial(session, Cause::Lost(cause), now),
            Input::DialFailed(_, why) => self.redial(session, Cause::Lost(LossCause::Socket(why)), now),
            // A quick recovery can be over before the server has told of its online peripherals.
            Input::PeripheralOnline(_) => {}
            Input::Connected(_)
            | Input::Opened { .. }
            | Input::Refused { .. }
            | Input::VersionRefused { .. }
            | Input::Recovered(_)
            | Input::RecoveryFailed { .. } => self.counters.unexpected += 1,
        }
    }

    /// The one place where an attempt begins.
    fn dial(&mut self, turn: Turn, cause: Cause, now: Duration) {
        self.last_epoch = Epoch(self.last_epoch.0.saturating_add(1));
        let epoch = self.last_epoch;
        let until = now.saturating_add(self.settings.attempt_timeout);
        self.counters.dials += 1;
        self.enter(
            State::Dialing(Attempt { turn, epoch, until }),
            cause,
            self.next_dial(turn, Duration::ZERO),
        );
        self.outputs.push_back(Output::Dial { epoch, side: turn.side });
    }

    fn opened(&mut self, attempt: Attempt, peripheral_online: bool, now: Duration) {
        let Attempt { turn, epoch, .. } = attempt;
        let pulse = Pulse::new(&self.settings, now);
        let session = Session { side: turn.side, epoch, pulse, origin: turn, since: None };
        if peripheral_online {
            self.enter(State::Recovering(session), Cause::Opened, Next::ReadState);
            self.outputs.push_back(Output::Recover(epoch));
        } else {
            self.enter(State::AwaitingPeripheral(session), Cause::Opened, Next::AwaitPeripheral);
        }
    }

    fn attempt_failed(&mut self, attempt: Attempt, cause: Cause, now: Duration) {
        self.counters.failed_attempts += 1;
        self.outputs.push_back(Output::HangUp(attempt.epoch));
        self.wait_for_next(attempt.turn, cause, now);
    }

    fn wait_for_next(&mut self, turn: Turn, cause: Cause, now: Duration) {
        let turn = turn.next(&self.settings);
        let pause = turn.pause(&self.settings);
        if pause.is_zero() {
            return self.dial(turn, cause, now);
        }
        let until = now.saturating_add(pause);
        self.enter(State::Waiting { turn, until }, cause, self.next_dial(turn, pause));
    }

    fn redial(&mut self, session: Session, cause: Cause, now: Duration) {
        self.counters.losses += 1;
        self.outputs.push_back(Output::HangUp(session.epoch));
        let Some(since) = session.since else { return self.wait_for_next(session.origin, cause, now) };
        let steady = now.saturating_sub(since) >= self.settings.retry;
        let forgiven = std::mem::replace(&mut self.steady, steady);
        if steady || forgiven {
            self.dial(Turn::first(session.side), cause, now);
        } else {
            self.wait_for_next(session.origin, cause, now);
        }
    }

    fn beat(&mut self, mut session: Session, now: Duration) {
        let beat = session.pulse.beat(&self.settings, now);
        self.counters.heartbeats_missed += u64::from(beat != Beat::Send { missed: false });
        if beat == Beat::Dead {
            return self.redial(session, Cause::Lost(LossCause::Heartbeats), now);
        }
        self.counters.heartbeats_sent += 1;
        self.outputs.push_back(Output::Heartbeat(session.epoch));
        self.state = match self.state {
            State::AwaitingPeripheral(_) => State::AwaitingPeripheral(session),
            State::Recovering(_) => State::Recovering(session),
            State::InService(_) => State::InService(session),
            other @ (State::Waiting { .. }
            | State::Dialing(_)
            | State::Opening(_)
            | State::Stopped { .. }) => other,
        };
    }

    fn confirmed(&mut self, mut session: Session) -> Session {
        self.counters.heartbeats_confirmed += 1;
        session.pulse.confirmed();
        session
    }

    fn next_dial(&self, turn: Turn, after: Duration) -> Next {
        Next::Dial { side: turn.side, attempt: turn.attempt, of: self.settings.attempts(), after }
    }

    /// The one place where the state changes to another.
    fn enter(&mut self, state: State, cause: Cause, next: Next) {
        let side = self.state.side();
        let (from, to) = (self.state.stage(), state.stage());
        self.state = state;
        self.outputs.push_back(Output::Transition(Transition { from, to, side, cause, next }));
    }
}
