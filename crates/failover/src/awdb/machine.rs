use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use super::cache::{Accepted, Cache, Given, Seen};
use super::course::{Course, Step};
use super::health::{Health, Pair};
use super::lockout::Lockout;
use super::{AskId, Counters, Denial, Failure, Host, Output, QueryId, Settings, Standing, Timer, Transition};

/// The check of credentials of one node. Drain [`Machine::poll_output`] after every call.
#[derive(Clone)]
pub struct Machine<P> {
    settings: Settings,
    cache: Cache<P>,
    lockout: Lockout,
    /// Upper-case login name to agent id, of everybody whom a background read has found; as many as there are agents.
    names: BTreeMap<String, String>,
    pair: Pair,
    asked: BTreeMap<AskId, Asked>,
    /// Who waits for a place at a host; as many as requests are let in.
    waiting: BTreeMap<Host, VecDeque<AskId>>,
    /// When somebody has waited too long for a place.
    patience: BTreeSet<(Duration, AskId)>,
    /// Places taken at each host.
    places: BTreeMap<Host, usize>,
    queries: BTreeMap<QueryId, Query>,
    /// When a question is to be hedged.
    hedges: BTreeSet<(Duration, AskId)>,
    /// When a host should have answered.
    attempts: BTreeSet<(Duration, QueryId)>,
    probes: BTreeMap<Host, Duration>,
    refresh: Duration,
    next_query: u64,
    outputs: VecDeque<Output<P>>,
    counters: Counters,
}

/// A request that hosts are asked for.
#[derive(Clone)]
struct Asked {
    user: String,
    given: Given,
    course: Course,
    /// For a place at which host, and until when, if he waits.
    waits: Option<(Host, Duration)>,
    hedge: Option<Duration>,
    /// Who took too long, so that the other was asked too.
    overtaken: Option<Host>,
    failures: Vec<String>,
}

/// What a host was asked.
#[derive(Clone, Copy)]
struct Query {
    host: Host,
    until: Duration,
    /// For whom; a look in the background is for nobody.
    ask: Option<AskId>,
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
        if let Some(person) = self.cache.hit(user, given, now, self.settings.window) {
            self.counters.hits += 1;
            return self.say(Output::Verdict { ask, verdict: Ok(person) });
        }
        if self.lockout.is_locked(&self.account(user), now) {
            self.counters.locked += 1;
            return self.say(Output::Verdict { ask, verdict: Err(Denial::Locked) });
        }
        self.counters.misses += 1;
        self.begin(ask, user, given, now);
        self.pump(now);
    }

    /// A host has answered a [`Output::Query`].
    pub fn answered(&mut self, query: QueryId, answer: Result<Accepted<P>, Failure>, now: Duration) {
        let Some(Query { host, ask, .. }) = self.over(query) else { return };
        match &answer {
            Ok(_) | Err(Failure::Refused(_)) => self.tell(|pair| pair.answered(host)),
            Err(Failure::Unreachable(why)) => self.tell(|pair| pair.failed(host, why, now)),
        }
        match (ask.filter(|ask| self.asked.contains_key(ask)), answer) {
            (None, _) => self.counters.late += 1,
            (Some(ask), Ok(accepted)) => self.accepted(ask, host, accepted, now),
            (Some(ask), Err(Failure::Refused(why))) => self.refused(ask, host, why, now),
            (Some(ask), Err(Failure::Unreachable(why))) => self.host_failed(ask, host, why, now),
        }
        self.pump(now);
    }

    /// A host has answered a [`Output::Probe`]: Controller_Time, or why it could not be read.
    pub fn probed(&mut self, query: QueryId, time: Result<String, String>, now: Duration) {
        let Some(Query { host, .. }) = self.over(query) else { return };
        self.looked(host, time, now);
        self.pump(now);
    }

    /// What an [`Output::Read`] found. People who are not in it keep what they have: an AWDB that is being filled
    /// lacks rows for minutes (awdb.md section 8).
    pub fn seen(&mut self, people: impl IntoIterator<Item = Seen<P>>) {
        for seen in people {
            if let Seen::As(accepted) = &seen {
                self.names.insert(accepted.login_name.to_uppercase(), accepted.id.clone());
            }
            self.cache.seen(seen);
        }
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
        for (ask, Asked { user, given, .. }) in std::mem::take(&mut self.asked) {
            self.begin(ask, &user, given, now);
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

    /// Whether no request waits for a host.
    #[cfg(test)]
    pub(super) fn is_idle(&self) -> bool {
        let places = self.places.values().all(|taken| *taken == 0);
        self.asked.is_empty() && self.hedges.is_empty() && self.patience.is_empty() && places
    }

    fn begin(&mut self, ask: AskId, user: &str, given: Given, now: Duration) {
        let (first, other) = self.pair.order();
        let (user, course) = (user.to_owned(), Course::begin(first, other));
        let asked =
            Asked { user, given, course, waits: None, hedge: None, overtaken: None, failures: Vec::new() };
        self.asked.insert(ask, asked);
        self.wait(ask, first, now);
    }

    /// Until a place at the host is free.
    fn wait(&mut self, ask: AskId, host: Host, now: Duration) {
        let Some(asked) = self.asked.get_mut(&ask) else { return };
        let until = now.saturating_add(self.settings.attempt);
        asked.waits = Some((host, until));
        self.patience.insert((until, ask));
        self.waiting.entry(host).or_default().push_back(ask);
    }

    /// Whoever waits and was not asked for anywhere yet goes to the host that is preferred now; then free places are
    /// taken.
    fn pump(&mut self, now: Duration) {
        let (first, _) = self.pair.order();
        for ask in self.misplaced(first) {
            self.unwait(ask);
            if let Some(asked) = self.asked.get_mut(&ask) {
                asked.course = Course::First { at: first };
            }
            self.wait(ask, first, now);
        }
        [Host::Primary, Host::Secondary].into_iter().for_each(|host| self.seat(host, now));
    }

    fn misplaced(&self, first: Host) -> Vec<AskId> {
        let elsewhere = Course::First { at: first.other() };
        let is_new = |ask: &&AskId| self.asked.get(ask).is_some_and(|asked| asked.course == elsewhere);
        self.waiting.get(&first.other()).into_iter().flatten().filter(is_new).copied().collect()
    }

    fn seat(&mut self, host: Host, now: Duration) {
        while self.places.get(&host).is_none_or(|taken| *taken < self.settings.places.max(1))
            && let Some(ask) = self.waiting.get_mut(&host).and_then(VecDeque::pop_front)
        {
            let waits = self.asked.get(&ask).and_then(|asked| asked.waits);
            if waits.is_some_and(|(at, _)| at == host) {
                self.unwait(ask);
                self.query(ask, host, now);
            }
        }
    }

    fn unwait(&mut self, ask: AskId) {
        let waits = self.asked.get_mut(&ask).and_then(|asked| asked.waits.take());
        waits.map(|(_, until)| self.patience.remove(&(until, ask)));
    }

    fn query(&mut self, ask: AskId, host: Host, now: Duration) {
        *self.places.entry(host).or_default() += 1;
        let may_hedge = self.pair.may_hedge(host.other());
        if let Some(asked) = self.asked.get_mut(&ask)
            && asked.course == (Course::First { at: host })
            && let Some(delay) = self.settings.hedge.filter(|_| may_hedge)
        {
            let at = now.saturating_add(delay);
            asked.hedge = Some(at);
            self.hedges.insert((at, ask));
        }
        let query = self.question(host, Some(ask), now);
        self.say(Output::Query { query, ask, host });
    }

    fn question(&mut self, host: Host, ask: Option<AskId>, now: Duration) -> QueryId {
        self.next_query += 1;
        let (query, until) = (QueryId(self.next_query), now.saturating_add(self.settings.attempt));
        self.queries.insert(query, Query { host, until, ask });
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
            && let Some(taken) = self.places.get_mut(&asked.host)
        {
            *taken = taken.saturating_sub(1);
        }
        Some(asked)
    }

    fn accepted(&mut self, ask: AskId, by: Host, accepted: Accepted<P>, now: Duration) {
        let Some(asked) = self.settle(ask, by) else { return };
        self.lockout.right(&self.account(&asked.user));
        self.lockout.right(&accepted.id);
        self.cache.keep(&accepted, asked.given, now.saturating_add(self.settings.window));
        self.say(Output::Verdict { ask, verdict: Ok(accepted.person) });
    }

    fn refused(&mut self, ask: AskId, by: Host, why: &'static str, now: Duration) {
        let Some(asked) = self.settle(ask, by) else { return };
        self.counters.refused += 1;
        let account = self.account(&asked.user);
        self.cache.refused(&asked.user, now);
        if self.lockout.wrong(&account, now) {
            self.say(Output::Transition(Transition::Locked { account }));
        }
        self.say(Output::Verdict { ask, verdict: Err(Denial::Refused(why)) });
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
        let Some(asked) = self.settle(ask, last) else { return };
        self.counters.not_checked += 1;
        let since = self.pair.unreachable_since().unwrap_or(now);
        let why = asked.failures.join("; ");
        self.say(Output::Verdict { ask, verdict: Err(Denial::NotChecked { since, why }) });
    }

    /// A request is over. If the hedge ended it, the host that was asked first was overtaken.
    fn settle(&mut self, ask: AskId, by: Host) -> Option<Asked> {
        self.unhedge(ask);
        self.unwait(ask);
        let asked = self.asked.remove(&ask)?;
        if let Some(first) = asked.overtaken.filter(|first| asked.course == Course::Both && by != *first) {
            self.tell(|pair| pair.overtaken(first));
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
        let query = self.question(host, None, now);
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
