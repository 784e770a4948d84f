//! Callers who arrive by themselves, and phones that answer, ask colleagues and hang up, by a schedule that a seed decides.
//!
//! Only watches the switch and gives out [`Command`]s; driven by its own deadlines.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::call::{Leg, Party, Place, Stage};
use crate::command::{Command, Hand, Phone};
use crate::rng::Rng;
use crate::switch::Switch;

/// Calls that the autopilot looks after at one time; more callers find the line engaged.
const CALLS_MAX: usize = 500;
/// How long those who are left in a conference stay after somebody left.
const LEAVE_ONE_BY_ONE: Duration = Duration::from_secs(2);
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
    joined_percent: u8,
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
    /// How a consultation ends; `None` for the call of a caller.
    end: Option<Join>,
}

/// How a consultation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Join {
    Transfer,
    Conference,
    TakeBack,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Answer {
        call: u32,
        device: String,
    },
    /// Whoever answered asks a colleague, or gives the call away.
    Ask {
        call: u32,
    },
    /// A consultation ends.
    Join {
        call: u32,
        how: Join,
    },
    HangUp {
        call: u32,
    },
    GiveUp {
        call: u32,
    },
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
    pub(crate) fn set(
        &mut self,
        calls_per_minute: u32,
        phones_answer: bool,
        joined_percent: u8,
        now: Duration,
    ) {
        let calls_per_minute = calls_per_minute.min(RATE_MAX);
        let settings = Settings { calls_per_minute, phones_answer, joined_percent };
        self.settings = (calls_per_minute > 0).then_some(settings);
        self.next_caller = now;
    }

    /// Callers in a minute, 0 while stopped.
    pub(crate) fn rate(&self) -> u32 {
        self.settings.map_or(0, |settings| settings.calls_per_minute)
    }

    /// Of 100 answered calls, how many are asked about or given away; 0 while stopped.
    pub(crate) fn joined_percent(&self) -> u8 {
        self.settings.map_or(0, |settings| settings.joined_percent)
    }

    pub(crate) fn poll_timeout(&self) -> Option<Duration> {
        let caller = self.settings.map(|_| self.next_caller);
        let step = self.due.first().map(|(at, _)| *at);
        caller.into_iter().chain(step).min()
    }

    /// The next command that is due. A caller's command is to be followed by [`Autopilot::called`], a consultation
    /// by [`Autopilot::consulted`].
    pub(crate) fn poll_command(&mut self, switch: &Switch, now: Duration) -> Option<Command> {
        if self.due.first().is_some_and(|(at, _)| *at <= now) {
            let (_, step) = self.due.pop_first()?;
            return self.command(step, switch, now);
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
        self.plan(call, caller, None, now);
    }

    /// Notes the call by which a phone asks a colleague.
    pub(crate) fn consulted(&mut self, call: u32, device: &str, now: Duration) {
        let ends = [Join::Transfer, Join::Conference, Join::TakeBack];
        let end = self.rng.pick(&ends).copied();
        self.plan(call, device, end, now);
    }

    /// Looks what became of its calls and plans what follows.
    pub(crate) fn watch(&mut self, switch: &Switch, now: Duration) {
        let answers = self.settings.is_some_and(|settings| settings.phones_answer);
        let joined = if answers { u64::from(self.joined_percent()) } else { 0 };
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
                    match plan.end {
                        Some(how) => drop(self.due.insert((now + plan.ring, Step::Join { call: *id, how }))),
                        None if joined > 0 && self.rng.between(1, 100) <= joined => {
                            self.due.insert((now + plan.ring, Step::Ask { call: *id }));
                        }
                        None => {}
                    }
                }
                Stage::Failed if !plan.up => {
                    plan.up = true;
                    let how = Join::TakeBack;
                    self.due.insert((now + plan.ring, Step::Join { call: *id, how }));
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

    fn plan(&mut self, call: u32, caller: &str, end: Option<Join>, now: Duration) {
        let plan = Plan {
            caller: caller.into(),
            ring: Duration::from_millis(self.rng.between(1_000, 5_000)),
            talk: Duration::from_millis(self.rng.between(8_000, 40_000)),
            answering: None,
            up: false,
            end,
        };
        self.plans.insert(call, plan);
        let patience = Duration::from_millis(self.rng.between(30_000, 120_000));
        self.due.insert((now + patience, Step::GiveUp { call }));
    }

    fn command(&mut self, step: Step, switch: &Switch, now: Duration) -> Option<Command> {
        match step {
            Step::Answer { call, device } => Some(Command::Answer(Hand { device, call: Some(call) })),
            Step::Ask { call } => self.ask(call, switch),
            Step::Join { call, how } => {
                let phone = Phone { device: self.plans.get(&call)?.caller.clone() };
                Some(match how {
                    Join::Transfer => Command::CompleteTransfer(phone),
                    Join::Conference => Command::CompleteConference(phone),
                    Join::TakeBack => Command::Reconnect(phone),
                })
            }
            Step::HangUp { call } => self.hang_up(call, switch, now),
            Step::GiveUp { call } => {
                let waits = self.plans.get(&call).is_some_and(|plan| !plan.up);
                if waits { self.hang_up(call, switch, now) } else { None }
            }
        }
    }

    /// Whoever speaks with the caller consults a colleague who is free, or, one time in four, gives the call away.
    fn ask(&mut self, id: u32, switch: &Switch) -> Option<Command> {
        let call = switch.calls().get(id)?;
        let speaks = |party: &&Party| party.place == Place::Inside && party.leg == Leg::Connected;
        let device = call.parties.iter().find(speaks)?.device.clone();
        let phones = switch.agents().filter_map(|agent| agent.extension.as_ref());
        let free: Vec<&String> = phones.filter(|phone| switch.phone_free(phone)).collect();
        let to = (*self.rng.pick(&free)?).clone();
        Some(if self.rng.between(1, 4) == 1 {
            Command::BlindTransfer { device, to, call: Some(id) }
        } else {
            Command::Consult { device, to, call: Some(id) }
        })
    }

    /// The caller hangs up, or who is there when the caller is gone; the rest of a conference follows one by one.
    fn hang_up(&mut self, id: u32, switch: &Switch, now: Duration) -> Option<Command> {
        let caller = &self.plans.get(&id)?.caller;
        let call = switch.calls().get(id)?;
        let party = call.party(caller).or(call.parties.first())?;
        if call.parties.len() > 2 {
            self.due.insert((now + LEAVE_ONE_BY_ONE, Step::HangUp { call: id }));
        }
        Some(Command::HangUp(Hand { device: party.device.clone(), call: Some(id) }))
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
