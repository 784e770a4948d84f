use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use super::cache::{Accepted, Cache, Given, Seen};
use super::course::{Course, Step};
use super::health::{Health, Pair};
use super::lockout::Lockout;
use super::{AskId, Counters, Denial, Failure, Host, Output, QueryId, Settings, Standing, Timer, Transition};

/// A host with old data is asked to save time only when the other has been silent for so long: half of the two seconds
/// that nobody shall wait for a sign-in.
const HEDGE_TO_OLD_DATA: Duration = Duration::from_secs(1);

/// The check of credentials of one node. Drain [`Machine::poll_output`] after every call.
#[derive(Clone)]
pub struct Machine<P> {
    settings: Settings,
    pub(super) cache: Cache<P>,
    pub(super) lockout: Lockout,
    /// Upper-case login name to agent id, of everybody whom a background read has found; as many as there are agents.
    pub(super) names: BTreeMap<String, String>,
    pub(super) pair: Pair,
    pub(super) asked: BTreeMap<AskId, Asked>,
    /// Who waits for the verdict on another of the same account: five guesses are five, however fast they come.
    pub(super) behind: BTreeMap<String, VecDeque<Behind>>,
    /// Who waits for a place at a host; as many as requests are let in.
    pub(super) waiting: BTreeMap<Host, VecDeque<AskId>>,
    /// When somebody has waited too long for a place.
    patience: BTreeSet<(Duration, AskId)>,
    /// Places taken at each host, by first tries and by second ones.
    pub(super) places: BTreeMap<(Host, bool), usize>,
    pub(super) queries: BTreeMap<QueryId, Query>,
    /// When a question is to be hedged.
    hedges: BTreeSet<(Duration, AskId)>,
    /// When a host should have answered.
    attempts: BTreeSet<(Duration, QueryId)>,
    pub(super) probes: BTreeMap<Host, Duration>,
    pub(super) refresh: Duration,
    next_query: u64,
    outputs: VecDeque<Output<P>>,
    counters: Counters,
}

/// A request that hosts are asked for.
#[derive(Clone)]
pub(super) struct Asked {
    user: String,
    /// Under which wrong passwords are counted, as it was when he asked.
    account: String,
    pub(super) given: Given,
    pub(super) course: Course,
    /// For a place at which host, and until when, if he waits.
    pub(super) waits: Option<(Host, Duration)>,
    pub(super) hedge: Option<Duration>,
    /// Who took too long, so that the other was asked too.
    pub(super) overtaken: Option<Host>,
    /// A host has answered, and could not use what it stores of him.
    pub(super) unusable: bool,
    failures: Vec<String>,
}

/// A request behind another of the same account.
#[derive(Clone)]
pub(super) struct Behind {
    ask: AskId,
    user: String,
    pub(super) given: Given,
}

/// What a host was asked.
#[derive(Clone, Copy)]
pub(super) struct Query {
    pub(super) host: Host,
    /// The other host was asked before.
    pub(super) second: bool,
    pub(super) until: Duration,
    /// For whom; a look in the background is for nobody.
    pub(super) ask: Option<AskId>,
}

impl<P: Clone> Machine<P> {
    /// Knows nobody. `key`: secret random bytes of this process. Hosts are looked at from `now` on.
    pub fn new(settings: Settings, key: [u8; 32], now: Duration) -> Self {
        let pair = Pair::new(&settings);
        Self {
            cache: Cache::new(key, settings.people_max),
            lockout: Lockout::new(settings.lock_after, settings.lock),
            names: BTreeMap::new(),
            asked: BTreeMap::new(),
            behind: BTreeMap::new(),
            waiting: BTreeMap::new(),
            patience: BTreeSet::new(),
            places: BTreeMap::new(),
            queries: BTreeMap::new(),
            hedges: BTreeSet::new(),
            attempts: BTreeSet::new(),
            probes: pair.hosts().map(|host| (host, now)).collect(),
            refresh: now,
            next_query: 0,
            outputs: VecDeque::new(),
            counters: Counters::default(),
            pair,
            settings,
        }
    }

    /// Are these credentials good? Answered at once for who is known (AWDB-6, AWDB-7).
    pub fn ask(&mut self, ask: AskId, user: &str, password: &str, now: Duration) {
        let given = self.cache.given(password);
        self.judge(Behind { ask, user: user.to_owned(), given }, now);
        self.pump(now);
    }

    /// Answers, asks, or waits for the verdict on another of the same account.
    fn judge(&mut self, next: Behind, now: Duration) {
        let Behind { ask, ref user, given } = next;
        let account = self.account(user);
        if !self.lockout.is_closed(&account, now)
            && let Some(person) = self.cache.hit(user, given, now, self.settings.window)
        {
            self.counters.hits += 1;
            return self.say(Output::Verdict { ask, verdict: Ok(person) });
        }
        if self.lockout.is_locked(&account, now) {
            self.lockout.tried(&account);
            self.counters.locked += 1;
            return self.say(Output::Verdict { ask, verdict: Err(Denial::Locked) });
        }
        if let Some(behind) = self.behind.get_mut(&account) {
            return behind.push_back(next);
        }
        self.counters.misses += 1;
        self.behind.insert(account.clone(), VecDeque::new());
        self.begin(next, account, now);
    }

    /// A host has answered a [`Output::Query`].
    pub fn answered(&mut self, query: QueryId, answer: Result<Accepted<P>, Failure>, now: Duration) {
        let Some(Query { host, ask, .. }) = self.over(query) else { return };
        match &answer {
            Ok(_) | Err(Failure::Refused(_) | Failure::Unusable(_)) => self.tell(|pair| pair.answered(host)),
            Err(Failure::Unreachable(why)) => self.tell(|pair| pair.failed(host, why, now)),
        }
        match (ask.filter(|ask| self.asked.contains_key(ask)), answer) {
            (None, _) => self.counters.late += 1,
            (Some(ask), Ok(accepted)) => self.accepted(ask, host, accepted, now),
            (Some(ask), Err(Failure::Refused(why))) => self.refused(ask, host, why, now),
            (Some(ask), Err(Failure::Unusable(why))) => {
                self.asked.entry(ask).and_modify(|asked| asked.unusable = true);
                self.host_failed(ask, host, why, now);
            }
            (Some(ask), Err(Failure::Unreachable(why))) => self.host_failed(ask, host, why, now),
        }
        self.pump(now);
    }

    /// A host has answered a [`Output::Probe`]: Controller_Time, or why it could not be read.
    pub fn probed(&mut self, query: QueryId, time: Result<String, String>, now: Duration) {
        let Some(Query { host, until, .. }) = self.over(query) else { return };
        let took = self.settings.attempt.saturating_sub(until.saturating_sub(now));
        if self.settings.hedge.is_none_or(|hedge| took < hedge) && time.is_ok() {
            self.tell(|pair| pair.quick(host));
        }
        self.looked(host, time, now);
        self.pump(now);
    }

    /// Everybody whom an [`Output::Read`] found. People who are not in it keep what they have for a while: an AWDB that
    /// is being filled lacks rows for minutes (awdb.md section 8).
    pub fn seen(&mut self, people: impl IntoIterator<Item = Seen<P>>) {
        let mut found = BTreeSet::new();
        for seen in people {
            match &seen {
                Seen::As(accepted) => {
                    self.names.insert(accepted.login_name.to_uppercase(), accepted.id.clone());
                    found.insert(accepted.id.clone());
                }
                Seen::Barred(id) => _ = found.insert(id.clone()),
            }
            self.cache.seen(seen);
        }
        self.cache.read(&found);
    }

    /// Forgets one person, by id or login name, or everybody: the next request is checked.
    pub fn forget(&mut self, who: Option<&str>) {
        match who {
            Some(user) => {
                let id = self.cache.resolve(user).to_owned();
                self.cache.forget(&id);
            }
            None => self.cache.clear(),
        }
    }

    /// Other hosts from now on, of which nothing is known yet. Who is known stays known; who waits for a host is asked
    /// for anew.
    pub fn replace_hosts(&mut self, secondary: bool, now: Duration) {
        self.settings.secondary = secondary;
        self.pair = Pair::new(&self.settings);
        self.probes = self.pair.hosts().map(|host| (host, now)).collect();
        self.refresh = now;
        self.queries.clear();
        self.attempts.clear();
        self.hedges.clear();
        self.patience.clear();
        self.waiting.clear();
        self.places.clear();
        for (ask, Asked { user, account, given, .. }) in std::mem::take(&mut self.asked) {
            self.begin(Behind { ask, user, given }, account, now);
        }
        self.pump(now);
    }

    /// Acts on the deadlines that have come.
    pub fn handle_timeout(&mut self, now: Duration) {
        while let Some((due, timer)) = self.poll_timeout()
            && due <= now
        {
            match timer {
                Timer::Hedge => self.hedge(now),
                Timer::Attempt => self.silent(now),
                Timer::Place => self.never_asked(now),
                Timer::Probe => self.probe(now),
                Timer::Refresh => self.read(now),
            }
            self.pump(now);
        }
    }

    /// The next deadline, and what it is for.
    pub fn poll_timeout(&self) -> Option<(Duration, Timer)> {
        let hedge = self.hedges.first().map(|(at, _)| (*at, Timer::Hedge));
        let attempt = self.attempts.first().map(|(at, _)| (*at, Timer::Attempt));
        let place = self.patience.first().map(|(at, _)| (*at, Timer::Place));
        let probe = self.probes.values().min().map(|at| (*at, Timer::Probe));
        [hedge, attempt, place, probe, Some((self.refresh, Timer::Refresh))].into_iter().flatten().min()
    }

    /// The next thing to do.
    pub fn poll_output(&mut self) -> Option<Output<P>> {
        self.outputs.pop_front()
    }

    /// How the pair stands.
    pub fn standing(&self) -> Standing {
        let unreachable_since = self.pair.unreachable_since();
        Standing { preferred: self.pair.order().0, unreachable_since, known: self.cache.len() }
    }

    /// Whether a host answers; nothing for a secondary that is not configured.
    pub fn health(&self, host: Host) -> Option<&Health> {
        self.pair.health(host)
    }

    /// What has been counted since the start.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// What is kept of requests that wait for a place.
    #[cfg(test)]
    pub(super) fn entries(&self) -> usize {
        self.waiting.values().map(VecDeque::len).sum::<usize>().max(self.patience.len())
    }

    /// Whether no request waits for a host.
    #[cfg(test)]
    pub(super) fn is_idle(&self) -> bool {
        let places = self.places.values().all(|taken| *taken == 0);
        let nobody = self.asked.is_empty() && self.behind.is_empty();
        nobody && self.hedges.is_empty() && self.patience.is_empty() && places
    }

    fn begin(&mut self, Behind { ask, user, given }: Behind, account: String, now: Duration) {
        let (first, other) = self.pair.order();
        let course = Course::begin(first, other);
        let (waits, hedge, overtaken, unusable, failures) = Default::default();
        let asked = Asked { user, account, given, course, waits, hedge, overtaken, unusable, failures };
        self.asked.insert(ask, asked);
        self.wait(ask, first, now);
    }

    /// Until a place at the host is free, and not for ever.
    fn wait(&mut self, ask: AskId, host: Host, now: Duration) {
        self.wait_until(ask, host, now.saturating_add(self.settings.attempt));
    }

    fn wait_until(&mut self, ask: AskId, host: Host, until: Duration) {
        self.unwait(ask);
        let Some(asked) = self.asked.get_mut(&ask) else { return };
        asked.waits = Some((host, until));
        self.patience.insert((until, ask));
        self.waiting.entry(host).or_default().push_back(ask);
    }

    /// Whoever waits and was not asked for anywhere yet goes to the host that is preferred now, for what is left of his
    /// time; then free places are taken.
    fn pump(&mut self, now: Duration) {
        let (first, other) = self.pair.order();
        for ask in self.take_misplaced(first.other()) {
            let Some(asked) = self.asked.get_mut(&ask) else { continue };
            let Some((_, until)) = asked.waits else { continue };
            asked.course = Course::begin(first, other);
            self.wait_until(ask, first, until);
        }
        [Host::Primary, Host::Secondary].into_iter().for_each(|host| self.seat(host, now));
    }

    /// Those who wait at this host and need not; what is left there is no longer than those who wait there.
    fn take_misplaced(&mut self, host: Host) -> Vec<AskId> {
        let waiting = std::mem::take(self.waiting.entry(host).or_default());
        let waits = |asked: &&Asked| asked.waits.is_some_and(|(at, _)| at == host);
        let (mut misplaced, mut stay) = (Vec::new(), VecDeque::new());
        for ask in waiting {
            match self.asked.get(&ask).filter(waits).map(|asked| asked.course) {
                Some(Course::First { at }) if at == host => misplaced.push(ask),
                Some(Course::First { .. } | Course::Both | Course::Last { .. }) => stay.push_back(ask),
                None => {}
            }
        }
        self.waiting.insert(host, stay);
        misplaced
    }

    fn seat(&mut self, host: Host, now: Duration) {
        let waiting = std::mem::take(self.waiting.entry(host).or_default());
        let mut left = VecDeque::new();
        for ask in waiting {
            let Some(asked) = self.asked.get(&ask) else { continue };
            let second = asked.course != (Course::First { at: host });
            let taken = self.places.get(&(host, second)).copied().unwrap_or(0);
            match asked.waits {
                Some((at, _)) if at != host => {}
                None => {}
                Some(_) if taken >= self.settings.places.max(1) => left.push_back(ask),
                Some(_) => {
                    self.unwait(ask);
                    self.query(ask, host, now);
                }
            }
        }
        self.waiting.insert(host, left);
    }

    fn unwait(&mut self, ask: AskId) {
        let waits = self.asked.get_mut(&ask).and_then(|asked| asked.waits.take());
        waits.map(|(_, until)| self.patience.remove(&(until, ask)));
    }

    fn query(&mut self, ask: AskId, host: Host, now: Duration) {
        let first = self.asked.get(&ask).is_some_and(|asked| asked.course == Course::First { at: host });
        *self.places.entry((host, !first)).or_default() += 1;
        if first {
            self.set_hedge(ask, host, now);
        }
        let query = self.question(host, (Some(ask), !first), now);
        self.say(Output::Query { query, ask, host });
    }

    fn set_hedge(&mut self, ask: AskId, host: Host, now: Duration) {
        let patience = if self.pair.may_hedge(host.other()) { Duration::ZERO } else { HEDGE_TO_OLD_DATA };
        if let Some(delay) = self.settings.hedge
            && let Some(asked) = self.asked.get_mut(&ask)
        {
            let at = now.saturating_add(delay.max(patience));
            asked.hedge = Some(at);
            self.hedges.insert((at, ask));
        }
    }

    fn question(&mut self, host: Host, (ask, second): (Option<AskId>, bool), now: Duration) -> QueryId {
        self.next_query += 1;
        let (query, until) = (QueryId(self.next_query), now.saturating_add(self.settings.attempt));
        self.queries.insert(query, Query { host, second, until, ask });
        self.attempts.insert((until, query));
        query
    }

    /// A question has its answer, or never will.
    fn over(&mut self, query: QueryId) -> Option<Query> {
        let Some(asked) = self.queries.remove(&query) else {
            self.counters.late += 1;
            return None;
        };
        self.attempts.remove(&(asked.until, query));
        if asked.ask.is_some()
            && let Some(taken) = self.places.get_mut(&(asked.host, asked.second))
        {
            *taken = taken.saturating_sub(1);
        }
        Some(asked)
    }

    fn accepted(&mut self, ask: AskId, by: Host, accepted: Accepted<P>, now: Duration) {
        let Some(asked) = self.settle(ask, by, now) else { return };
        self.lockout.right(&asked.account);
        self.lockout.right(&accepted.id);
        self.cache.keep(&accepted, asked.given, now.saturating_add(self.settings.window));
        self.say(Output::Verdict { ask, verdict: Ok(accepted.person) });
        self.next_of(&asked.account, now);
    }

    fn refused(&mut self, ask: AskId, by: Host, why: &'static str, now: Duration) {
        let Some(asked) = self.settle(ask, by, now) else { return };
        self.counters.refused += 1;
        self.cache.refused(&asked.user, now);
        if self.lockout.wrong(&asked.account, now) {
            self.say(Output::Transition(Transition::Locked { account: asked.account.clone() }));
        }
        self.say(Output::Verdict { ask, verdict: Err(Denial::Refused(why)) });
        // The same password again is no further try: a desktop asks for several things at once.
        let same = |behind: &Behind| behind.given == asked.given;
        self.answer_behind(&asked.account, same, &Denial::Refused(why));
        self.next_of(&asked.account, now);
    }

    /// Whoever waits behind is told the same.
    fn answer_behind(&mut self, account: &str, whom: impl Fn(&Behind) -> bool, denial: &Denial) {
        let Some(behind) = self.behind.get_mut(account) else { return };
        let (told, left): (VecDeque<_>, VecDeque<_>) = std::mem::take(behind).into_iter().partition(whom);
        *behind = left;
        for Behind { ask, .. } in told {
            self.say(Output::Verdict { ask, verdict: Err(denial.clone()) });
        }
    }

    /// The account is free for the next who waits.
    fn next_of(&mut self, account: &str, now: Duration) {
        let behind = self.behind.remove(account).unwrap_or_default();
        behind.into_iter().for_each(|next| self.judge(next, now));
    }

    fn host_failed(&mut self, ask: AskId, host: Host, why: String, now: Duration) {
        self.unhedge(ask);
        let Some(asked) = self.asked.get_mut(&ask) else { return };
        asked.failures.push(format!("{host}: {why}"));
        match asked.course.failed(host) {
            Step::Ask(next, course) => {
                asked.course = course;
                self.wait(ask, next, now);
            }
            Step::Wait(course) => asked.course = course,
            Step::Unreachable => self.unreachable(ask, host, now),
        }
    }

    fn unreachable(&mut self, ask: AskId, last: Host, now: Duration) {
        let Some(asked) = self.settle(ask, last, now) else { return };
        self.counters.not_checked += 1;
        let since = self.pair.unreachable_since().unwrap_or(now);
        let why = asked.failures.join("; ");
        let denial = if asked.unusable { Denial::Unusable(why) } else { Denial::NotChecked { since, why } };
        self.say(Output::Verdict { ask, verdict: Err(denial.clone()) });
        self.answer_behind(&asked.account, |_| true, &denial);
        self.behind.remove(&asked.account);
    }

    /// A request is over. If the hedge ended it, the host that was asked first was overtaken.
    fn settle(&mut self, ask: AskId, by: Host, now: Duration) -> Option<Asked> {
        self.unhedge(ask);
        self.unwait(ask);
        let asked = self.asked.remove(&ask)?;
        if let Some(first) = asked.overtaken.filter(|first| asked.course == Course::Both && by != *first) {
            self.tell(|pair| pair.overtaken(first, now));
        }
        Some(asked)
    }

    fn hedge(&mut self, now: Duration) {
        let Some((_, ask)) = self.hedges.pop_first() else { return };
        let Some(asked) = self.asked.get_mut(&ask) else { return };
        asked.hedge = None;
        match asked.course.hedge() {
            Step::Ask(next, course) => {
                (asked.course, asked.overtaken) = (course, Some(next.other()));
                self.counters.hedged += 1;
                self.wait(ask, next, now);
            }
            Step::Wait(course) => asked.course = course,
            Step::Unreachable => {}
        }
    }

    fn unhedge(&mut self, ask: AskId) {
        let hedge = self.asked.get_mut(&ask).and_then(|asked| asked.hedge.take());
        hedge.map(|at| self.hedges.remove(&(at, ask)));
    }

    /// A host has not answered in time.
    fn silent(&mut self, now: Duration) {
        let Some((_, query)) = self.attempts.first().copied() else { return };
        let Some(Query { host, ask, .. }) = self.over(query) else { return };
        let why = format!("no answer within {:?}", self.settings.attempt);
        match ask {
            Some(ask) => {
                self.tell(|pair| pair.failed(host, &why, now));
                self.host_failed(ask, host, why, now);
            }
            None => self.looked(host, Err(why), now),
        }
    }

    /// Nobody has left his place in time: that says nothing of the host.
    fn never_asked(&mut self, now: Duration) {
        let Some((_, ask)) = self.patience.pop_first() else { return };
        let waits = self.asked.get_mut(&ask).and_then(|asked| asked.waits.take());
        if let Some((host, _)) = waits {
            let why = format!("no place was free within {:?}", self.settings.attempt);
            self.host_failed(ask, host, why, now);
        }
    }

    fn probe(&mut self, now: Duration) {
        let Some((host, _)) = self.probes.iter().min_by_key(|(_, at)| **at).map(|(host, at)| (*host, *at))
        else {
            return;
        };
        self.probes.insert(host, now.saturating_add(self.settings.probe.max(self.settings.attempt)));
        let query = self.question(host, (None, false), now);
        self.say(Output::Probe { query, host });
    }

    /// A look in the background finds a host again; that it is lost it finds only with the hedge on (AWDB-9).
    fn looked(&mut self, host: Host, time: Result<String, String>, now: Duration) {
        match time {
            Ok(time) => {
                self.tell(|pair| pair.answered(host));
                self.tell(|pair| pair.read(host, &time, now));
            }
            Err(why) if self.settings.hedge.is_some() => self.tell(|pair| pair.failed(host, &why, now)),
            Err(_) => {}
        }
    }

    fn read(&mut self, now: Duration) {
        self.refresh = now.saturating_add(self.settings.refresh);
        let (host, _) = self.pair.order();
        self.say(Output::Read { host });
    }

    /// Under which name wrong passwords are counted: the agent id if it is known, so that a login name is no second
    /// account.
    fn account(&self, user: &str) -> String {
        let name = self.cache.resolve(user).to_uppercase();
        self.names.get(&name).cloned().unwrap_or(name)
    }

    fn tell(&mut self, change: impl FnOnce(&mut Pair) -> Vec<Transition>) {
        for transition in change(&mut self.pair) {
            self.counters.failovers += u64::from(matches!(transition, Transition::Using { .. }));
            self.say(Output::Transition(transition));
        }
    }

    fn say(&mut self, output: Output<P>) {
        self.outputs.push_back(output);
    }
}
