//! Callers who arrive by themselves, and phones that answer and hang up, by a schedule that a seed decides.
//!
//! Only watches the switch and gives out [`Command`]s; driven by its own deadlines.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::calls::Stage;
use crate::command::{Command, Hand};
use crate::rng::Rng;
use crate::switch::Switch;

/// Calls that the autopilot looks after at one time; more callers find the line engaged.
const CALLS_MAX: usize = 500;
/// Callers in a minute at most: one every 10 ms.
const RATE_MAX: u32 = 6_000;

/// The autopilot.
#[derive(Clone, Debug)]
pub(crate) struct Autopilot {
    rng: Rng,
    settings: Option<Settings>,
    next_caller: Duration,
    plans: BTreeMap<u32, Plan>,
    due: BTreeSet<(Duration, Step)>,
}

#[derive(Clone, Copy, Debug)]
struct Settings {
    calls_per_minute: u32,
    phones_answer: bool,
}

/// What will happen to one call.
#[derive(Clone, Debug)]
struct Plan {
    caller: String,
    ring: Duration,
    talk: Duration,
    /// The phone whose answer is planned, so that it is planned once for each ringing.
    answering: Option<String>,
    up: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Answer { call: u32, device: String },
    HangUp { call: u32 },
    GiveUp { call: u32 },
}

impl Autopilot {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            rng: Rng::new(seed),
            settings: None,
            next_caller: Duration::ZERO,
            plans: BTreeMap::new(),
            due: BTreeSet::new(),
        }
    }

    /// Starts, changes or (at rate 0) stops the flow of callers; calls under way are seen to their end.
    pub(crate) fn set(&mut self, calls_per_minute: u32, phones_answer: bool, now: Duration) {
        let calls_per_minute = calls_per_minute.min(RATE_MAX);
        self.settings = (calls_per_minute > 0).then_some(Settings { calls_per_minute, phones_answer });
        self.next_caller = now;
    }

    /// Callers in a minute, 0 while stopped.
    pub(crate) fn rate(&self) -> u32 {
        self.settings.map_or(0, |settings| settings.calls_per_minute)
    }

    pub(crate) fn poll_timeout(&self) -> Option<Duration> {
        let caller = self.settings.map(|_| self.next_caller);
        let step = self.due.first().map(|(at, _)| *at);
        caller.into_iter().chain(step).min()
    }

    /// The next command that is due. A caller's command is to be followed by [`Autopilot::called`].
    pub(crate) fn poll_command(&mut self, switch: &Switch, now: Duration) -> Option<Command> {
        if self.due.first().is_some_and(|(at, _)| *at <= now) {
            let (_, step) = self.due.pop_first()?;
            return self.command(step);
        }
        let settings = self.settings?;
        if self.next_caller > now {
            return None;
        }
        self.next_caller = now + self.gap(settings.calls_per_minute);
        if self.plans.len() < CALLS_MAX { self.caller(switch) } else { None }
    }

    /// Notes the call that a caller's command began.
    pub(crate) fn called(&mut self, call: u32, caller: &str, now: Duration) {
        let plan = Plan {
            caller: caller.into(),
            ring: Duration::from_millis(self.rng.between(1_000, 5_000)),
            talk: Duration::from_millis(self.rng.between(8_000, 40_000)),
            answering: None,
            up: false,
        };
        self.plans.insert(call, plan);
        let patience = Duration::from_millis(self.rng.between(30_000, 120_000));
        self.due.insert((now + patience, Step::GiveUp { call }));
    }

    /// Looks what became of its calls and plans what follows.
    pub(crate) fn watch(&mut self, switch: &Switch, now: Duration) {
        let answers = self.settings.is_some_and(|settings| settings.phones_answer);
        self.plans.retain(|id, plan| {
            let Some(call) = switch.calls().get(*id).filter(|call| call.live()) else { return false };
            match &call.stage {
                Stage::Ringing { device, .. }
                    if answers && plan.answering.as_deref() != Some(device.as_str()) =>
                {
                    plan.answering = Some(device.clone());
                    self.due.insert((now + plan.ring, Step::Answer { call: *id, device: device.clone() }));
                }
                Stage::Up if !plan.up => {
                    plan.up = true;
                    self.due.insert((now + plan.talk, Step::HangUp { call: *id }));
                }
                Stage::Queued { .. } => plan.answering = None,
                Stage::Ringing { .. }
                | Stage::Up
                | Stage::Reserved { .. }
                | Stage::Failed
                | Stage::Over { .. } => {}
            }
            true
        });
    }

    fn command(&self, step: Step) -> Option<Command> {
        match step {
            Step::Answer { call, device } => Some(Command::Answer(Hand { device, call: Some(call) })),
            Step::HangUp { call } => self.caller_hangs_up(call),
            Step::GiveUp { call } => {
                let waits = self.plans.get(&call).is_some_and(|plan| !plan.up);
                if waits { self.caller_hangs_up(call) } else { None }
            }
        }
    }

    fn caller_hangs_up(&self, call: u32) -> Option<Command> {
        let device = self.plans.get(&call)?.caller.clone();
        Some(Command::HangUp(Hand { device, call: Some(call) }))
    }

    fn caller(&mut self, switch: &Switch) -> Option<Command> {
        let numbers: Vec<&String> = switch.config().dialed_numbers.keys().collect();
        let to = (*self.rng.pick(&numbers)?).clone();
        let from = format!("09{:08}", self.rng.between(0, 99_999_999));
        let customer = format!("C-{:04}", self.rng.between(0, 9_999));
        Some(Command::CallIn { from, to, variables: [("callVariable1".to_owned(), customer)].into() })
    }

    /// Time to the next caller: the mean, half as much or half as much again.
    fn gap(&mut self, calls_per_minute: u32) -> Duration {
        let mean = 60_000 / u64::from(calls_per_minute.max(1));
        Duration::from_millis(self.rng.between(mean / 2, mean + mean / 2).max(1))
    }
}
