//! AWDB cache and failover, with lock-outs.
//!
//! One machine, one host or two, one person, who asks with his password, with the one that he gets next, and with a wrong
//! one, twice at once. Until the disturbances end, each host says the truth as it knows it, fails or says nothing, to
//! each question at any time; the new password comes to each host at a moment of its own; looks and readings in the
//! background are answered or not. Then one host is well, or both; the other refuses connections, or it hangs; and the
//! person asks with the password that is right until he is served. All of that at once is too much, so there are three
//! walks: what each is about says its [`Scope`].
//!
//! Folded: moments, to the time until them; names of questions; since when a host is down. Left out: what times are
//! (the order of the true ones is kept, see [`Scope::settings`]), other people, login names, the distributor (it always
//! runs), readings in which people are missing, hosts that are replaced, and more tries at a locked account than one.

mod monitor;
#[cfg(test)]
mod tests;

use std::time::Duration;

use monitor::Monitor;

use super::search::{self, World};
use super::{Broken, Report, ensure};
use crate::awdb::{Accepted, AskId, Failure, Host, Machine, Output, QueryId, Relative, Seen, Settings};

const UNIT: Duration = Duration::from_secs(1);
/// Units that a host has to answer.
const ATTEMPT: u8 = 2;
/// Wrong passwords that lock the account.
const LOCK_AFTER: u8 = 2;
/// Requests at once: one that is asked for, and one behind it.
const ASKS: usize = 2;
/// Units until the person is served once it is calm: a place that somebody else leaves, a host that hangs, and then the
/// rest of a lock.
const WITHIN: u32 = 6;
const HOSTS: [Host; 2] = [Host::Primary, Host::Secondary];

/// What a walk is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// There are two hosts.
    two: bool,
    /// The other host is asked when the first takes too long, and looks in the background count.
    hedged: bool,
    /// Other passwords than the one that is right come, too.
    guesses: bool,
    /// Units for which a person is known (AWDB-6).
    window: u8,
    /// Units for which wrong passwords count.
    lock: u8,
    /// Tries at a locked account.
    tries: u8,
}

impl Scope {
    /// The cache and the lock-out, at one host, with all the time that they take.
    pub const CACHE: Self = Self { two: false, hedged: false, guesses: true, window: 3, lock: 3, tries: 1 };
    /// Passwords that change at one host before the other, hosts asked in turn, as documented.
    pub const DOCUMENTED: Self =
        Self { two: true, hedged: false, guesses: true, window: 2, lock: 1, tries: 0 };
    /// Hosts that are slow: the hedged second try, and looks in the background.
    pub const HEDGED: Self = Self { two: true, hedged: true, guesses: false, window: 1, lock: 1, tries: 0 };

    /// Short times with the order of the true ones.
    pub fn settings(self) -> Settings {
        Settings {
            secondary: self.two,
            window: UNIT * u32::from(self.window),
            attempt: UNIT * u32::from(ATTEMPT),
            places: 1,
            hedge: self.hedged.then_some(UNIT),
            probe: UNIT * 3,
            refresh: UNIT * 3,
            people_max: 2,
            lock_after: LOCK_AFTER,
            lock: UNIT * u32::from(self.lock),
            ..Settings::default()
        }
    }
}

/// A mistake of the driver, so that the walk is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// None.
    None,
    /// A host that fails is said to have refused the person.
    TakesFailureForWrong,
    /// Whatever password is given, the right one is passed on.
    KnowsBetter,
    /// What the secondary says is not passed on.
    IgnoresSecondary,
    /// What is read in the background is not passed on.
    IgnoresReadings,
}

/// Walks everything.
///
/// # Errors
///
/// The rule that was broken.
pub fn walk(scope: Scope, settings: Settings, fault: Fault) -> Result<Report, Broken> {
    let mut start = Awdb::new(scope, settings, fault);
    start.machine.handle_timeout(start.now);
    start.settle().map_err(|rule| Broken { rule, steps: vec![] })?;
    search::walk(start, WITHIN)
}

/// What the person types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Password {
    Old,
    New,
    Wrong,
}

impl Password {
    fn text(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
            Self::Wrong => "wrong",
        }
    }

    fn mark(self) -> [u8; 16] {
        [self as u8; 16]
    }
}

/// How the hosts are from the end of the disturbances on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Well([bool; 2]);

impl Well {
    fn host(self, host: Host) -> bool {
        let Self([primary, secondary]) = self;
        match host {
            Host::Primary => primary,
            Host::Secondary => secondary,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Ask(Password),
    /// The host of this question about the person, counted from the oldest, says what is true for it.
    Answer(usize),
    /// It fails.
    Fails(usize),
    /// A look at this host is answered.
    Looked(Host),
    /// It fails.
    LookFails(Host),
    /// A reading of all people arrives.
    Read,
    /// The new password comes to this host.
    Changes(Host),
    /// An answer to a question that was settled long ago.
    Late,
    /// A timeout call without a reason.
    SpuriousTimeout,
    /// A unit of time passes.
    Tick,
    /// The disturbances end.
    Calm(Well),
}

/// A question about the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Query {
    id: QueryId,
    host: Host,
    ask: AskId,
    age: u8,
}

#[derive(Clone)]
struct Awdb {
    scope: Scope,
    machine: Machine<()>,
    monitor: Monitor,
    now: Duration,
    fault: Fault,
    last_ask: u64,
    queries: Vec<Query>,
    looks: Vec<(QueryId, Host, u8)>,
    reading: Option<Host>,
    /// The password that each host knows.
    truth: [Password; 2],
    calm: Option<Well>,
    /// Once it is calm: the person has asked in this unit of time, and has been served.
    asked: bool,
    served: bool,
}

type Key = (Relative, Monitor, Option<Host>, [Password; 2], Option<Well>, (bool, bool));

impl World for Awdb {
    type Step = Step;
    type Key = Key;
    type Place = (bool, [Option<u8>; 2]);

    fn key(&self) -> Key {
        let asks = (self.asked, self.served);
        let monitor = self.monitor.nameless();
        (self.machine.relative(self.now), monitor, self.reading, self.truth, self.calm, asks)
    }

    fn place(&self) -> Self::Place {
        (self.is_calm(), self.machine.relative(self.now).health())
    }

    fn steps(&self) -> Vec<Step> {
        match self.calm {
            Some(_) if self.is_good() => vec![],
            Some(well) => self.calm_steps(well),
            None => self.all_steps(),
        }
    }

    fn take(&mut self, step: Step) -> Result<(), String> {
        let before = matches!(step, Step::Late | Step::SpuriousTimeout).then(|| self.key());
        self.monitor.begins();
        self.happen(step);
        self.settle()?;
        ensure(before.is_none_or(|before| before == self.key()), || format!("{step:?} changed something"))
    }

    fn is_time(step: Step) -> bool {
        step == Step::Tick
    }

    fn is_calm(&self) -> bool {
        self.calm.is_some()
    }

    fn is_good(&self) -> bool {
        self.served && self.monitor.open() == 0
    }
}

impl Awdb {
    fn new(scope: Scope, settings: Settings, fault: Fault) -> Self {
        let now = UNIT * 100;
        Self {
            scope,
            machine: Machine::new(settings, [7; 32], now),
            monitor: Monitor::new(scope),
            now,
            fault,
            last_ask: 0,
            queries: vec![],
            looks: vec![],
            reading: None,
            truth: [Password::Old; 2],
            calm: None,
            asked: false,
            served: false,
        }
    }

    fn happen(&mut self, step: Step) {
        match step {
            Step::Ask(password) => self.ask(password),
            Step::Answer(index) => self.answer(index, true),
            Step::Fails(index) => self.answer(index, false),
            Step::Looked(host) => self.look(host, Ok(format!("{:?}", self.now))),
            Step::LookFails(host) => self.look(host, Err("refused".into())),
            Step::Read => self.read(),
            Step::Changes(host) => self.change(host),
            Step::Late => self.machine.answered(QueryId(0), Err(Failure::Refused("late")), self.now),
            Step::SpuriousTimeout => self.machine.handle_timeout(self.now),
            Step::Tick => self.tick(),
            Step::Calm(well) => self.end(well),
        }
    }

    fn ask(&mut self, password: Password) {
        self.last_ask += 1;
        self.asked = self.is_calm();
        let ask = AskId(self.last_ask);
        self.monitor.asks(ask, password);
        let typed = if self.fault == Fault::KnowsBetter { Password::Old } else { password };
        self.machine.ask(ask, "1001", typed.text(), self.now);
    }

    fn answer(&mut self, index: usize, speaks: bool) {
        if index >= self.queries.len() {
            return;
        }
        let query = self.queries.remove(index);
        let truth = self.truth(query.host);
        let right = self.monitor.password(query.ask) == Some(truth);
        self.monitor.says(query.ask, speaks.then_some(right), truth);
        if self.fault == Fault::IgnoresSecondary && query.host == Host::Secondary {
            return;
        }
        let answer = match (speaks, right || self.fault == Fault::KnowsBetter) {
            (true, true) => Ok(accepted(truth)),
            (true, false) => Err(Failure::Refused("wrong password")),
            (false, _) if self.fault == Fault::TakesFailureForWrong => Err(Failure::Refused("failed")),
            (false, _) => Err(Failure::Unreachable("refused".into())),
        };
        self.machine.answered(query.id, answer, self.now);
    }

    fn look(&mut self, host: Host, time: Result<String, String>) {
        let Some(index) = self.looks.iter().position(|(_, at, _)| *at == host) else { return };
        let (query, ..) = self.looks.remove(index);
        self.machine.probed(query, time, self.now);
    }

    fn read(&mut self) {
        let Some(host) = self.reading.take() else { return };
        let truth = self.truth(host);
        self.monitor.read(truth);
        if self.fault != Fault::IgnoresReadings {
            self.machine.seen([Seen::As(accepted(truth))]);
        }
    }

    fn change(&mut self, host: Host) {
        let [primary, secondary] = &mut self.truth;
        match host {
            Host::Primary => *primary = Password::New,
            Host::Secondary => *secondary = Password::New,
        }
    }

    fn tick(&mut self) {
        self.now += UNIT;
        (self.asked, self.reading) = (false, None);
        self.monitor.tick();
        self.queries.iter_mut().for_each(|query| query.age += 1);
        self.looks.iter_mut().for_each(|(.., age)| *age += 1);
        self.queries.retain(|query| query.age < ATTEMPT);
        self.looks.retain(|(.., age)| *age < ATTEMPT);
        self.machine.handle_timeout(self.now);
    }

    /// Both hosts know the same from now on.
    fn end(&mut self, well: Well) {
        self.calm = Some(well);
        self.reading = None;
        if self.truth.contains(&Password::New) {
            self.truth = [Password::New; 2];
        }
    }

    fn settle(&mut self) -> Result<(), String> {
        while let Some(output) = self.machine.poll_output() {
            match output {
                Output::Query { query, ask, host } => {
                    self.monitor.queried(ask)?;
                    self.queries.push(Query { id: query, host, ask, age: 0 });
                }
                Output::Probe { query, host } if self.scope.hedged => self.looks.push((query, host, 0)),
                Output::Probe { .. } => {}
                Output::Read { host } => self.reading = Some(host).filter(|_| !self.is_calm()),
                Output::Verdict { ask, verdict } => {
                    let may_come = self.queries.iter().any(|query| query.ask == ask);
                    self.served |= verdict.is_ok() && self.is_calm();
                    self.monitor.verdict(ask, &verdict, may_come)?;
                }
                Output::Transition(_) => {}
            }
        }
        self.monitor.settled()
    }

    fn truth(&self, host: Host) -> Password {
        let [primary, secondary] = self.truth;
        match host {
            Host::Primary => primary,
            Host::Secondary => secondary,
        }
    }

    fn all_steps(&self) -> Vec<Step> {
        let mut steps = vec![Step::Late, Step::SpuriousTimeout, Step::Tick];
        if self.monitor.open() < ASKS && self.monitor.may_try() {
            steps.extend(self.passwords().iter().copied().map(Step::Ask));
        }
        steps.extend((0..self.queries.len()).flat_map(|index| [Step::Answer(index), Step::Fails(index)]));
        steps
            .extend(self.looks.iter().flat_map(|(_, host, _)| [Step::Looked(*host), Step::LookFails(*host)]));
        steps.extend(self.reading.map(|_| Step::Read));
        let old = self.hosts().iter().copied().filter(|host| self.truth(*host) == Password::Old);
        steps.extend(old.filter(|_| self.scope.guesses).map(Step::Changes));
        let ends = [[true, true], [true, false], [false, true]].into_iter();
        let ends = ends.filter(|well| self.scope.two || *well == [true, false]);
        steps.extend(ends.map(|well| Step::Calm(Well(well))));
        steps
    }

    fn passwords(&self) -> &'static [Password] {
        match self.scope.guesses {
            true => &[Password::Old, Password::New, Password::Wrong],
            false => &[Password::Old],
        }
    }

    fn hosts(&self) -> &'static [Host] {
        if self.scope.two { &HOSTS } else { &[Host::Primary] }
    }

    /// What comes next when the outside does its part. Time passes only when all that is well has answered.
    fn calm_steps(&self, well: Well) -> Vec<Step> {
        let queries = self.queries.iter().enumerate().map(|(index, query)| (index, query.host));
        let (answered, failing): (Vec<_>, Vec<_>) = queries.partition(|(_, host)| well.host(*host));
        let (looked, failing_looks): (Vec<_>, Vec<_>) =
            self.looks.iter().map(|(_, host, _)| *host).partition(|host| well.host(*host));
        let answers = answered.into_iter().map(|(index, _)| Step::Answer(index));
        let mut prompt: Vec<Step> = answers.chain(looked.into_iter().map(Step::Looked)).collect();
        if self.monitor.open() < ASKS && !self.asked && !self.served {
            prompt.push(Step::Ask(self.truth(Host::Primary)));
        }
        if !prompt.is_empty() {
            return prompt;
        }
        let fails = failing.into_iter().map(|(index, _)| Step::Fails(index));
        fails.chain(failing_looks.into_iter().map(Step::LookFails)).chain([Step::Tick]).collect()
    }
}

fn accepted(truth: Password) -> Accepted<()> {
    Accepted { id: "1001".into(), login_name: "jane".into(), mark: truth.mark(), person: () }
}
