use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use super::desktop::News;
use super::{
    Agent, Cause, Counters, Input, Next, Order, Output, SessionId, Settings, Stage, State, Timer, Transition,
    Watch, WatchChange,
};

/// Agents watched at most: well over the 12,000 configured agents of the largest contact center (CTI-X3).
pub const AGENTS_MAX: usize = 20_000;

/// Sessions of one agent at most: one desktop, its successor, and a few clients that only look on.
pub const SESSIONS_MAX: usize = 8;

/// Presence of all desktops of one node. Drain [`Machine::poll_output`] after every call.
#[derive(Clone, Debug)]
pub struct Machine {
    pub(super) settings: Settings,
    pub(super) watch: Watch,
    pub(super) desktops: BTreeMap<Agent, Desktop>,
    pub(super) on_call: BTreeSet<Agent>,
    deadlines: BTreeSet<(Duration, Agent)>,
    orders: BTreeMap<Order, Agent>,
    last_order: Order,
    outputs: VecDeque<Output>,
    pub(super) counters: Counters,
}

/// One agent's desktop.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Desktop {
    pub(super) state: State,
    /// Sessions, and whether each is heard.
    pub(super) sessions: BTreeMap<SessionId, bool>,
    /// A session of before the last outage of ours may have been silent since then: if it expires until this moment,
    /// its desktop still has the time to come back that all others have.
    pub(super) owed: Option<Duration>,
}

impl Desktop {
    fn held() -> Self {
        Self { state: State::Held, sessions: BTreeMap::new(), owed: None }
    }

    pub(super) fn heard(&self) -> bool {
        self.sessions.values().any(|heard| *heard)
    }
}

impl Machine {
    /// Starts blind: out of service, no presence seen, nobody waited for.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            watch: Watch::Neither,
            desktops: BTreeMap::new(),
            on_call: BTreeSet::new(),
            deadlines: BTreeSet::new(),
            orders: BTreeMap::new(),
            last_order: Order(0),
            outputs: VecDeque::new(),
            counters: Counters::default(),
        }
    }

    /// Takes one piece of news.
    pub fn handle(&mut self, input: Input, now: Duration) {
        match input {
            Input::CtiInService => self.watch(Watch::new(true, self.watch.presence()), now),
            Input::CtiOutOfService => self.watch(Watch::new(false, self.watch.presence()), now),
            Input::NotificationUp => self.watch(Watch::new(self.watch.cti(), true), now),
            Input::NotificationDown => self.notification_down(now),
            Input::Available(agent, session) => self.available(&agent, session, now),
            Input::Silent(agent, session) => self.silent(&agent, session, now),
            Input::Unavailable(agent, session) => self.over(&agent, session, News::Gone, now),
            Input::Expired(agent, session) => self.over(&agent, session, News::Expired, now),
            Input::SignedIn(agent) => self.news_if_listed(&agent, News::SignedIn, now),
            Input::Remembered(agent) => self.remembered(agent, now),
            Input::CallStarted(agent) => self.call_started(agent, now),
            Input::CallEnded(agent) => {
                self.on_call.remove(&agent);
                self.news_if_listed(&agent, News::CallEnded, now);
            }
            Input::Granted { order, write_by } => self.order_news(order, News::Granted { write_by }, now),
            Input::Denied(order, denial) => self.order_news(order, News::Denied(denial), now),
            Input::Outcome(order, outcome) => self.order_news(order, News::Outcome(outcome), now),
            Input::Superseded(agent) => self.news_if_listed(&agent, News::Superseded, now),
        }
    }

    /// Acts on every deadline that has come; otherwise does nothing. A deadline that is noticed late beyond measure
    /// means that the node stood still: news of desktops that came back may still lie in its inbox.
    pub fn handle_timeout(&mut self, now: Duration) {
        let Some((first, _)) = self.poll_timeout() else { return };
        if self.watching() && now.saturating_sub(first) > self.settings.standstill {
            self.stood_still(now);
        }
        while let Some((due, agent)) = self.deadlines.first().cloned() {
            if now < due {
                return;
            }
            self.deadlines.remove(&(due, agent.clone()));
            self.news(&agent, News::Due, now);
        }
    }

    /// The next deadline, and what it is for.
    pub fn poll_timeout(&self) -> Option<(Duration, Timer)> {
        let (_, agent) = self.deadlines.first()?;
        self.desktops.get(agent)?.state.deadline()
    }

    /// The next thing to do.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// Where an agent's desktop stands; `None` if nobody waits for it.
    pub fn state(&self, agent: &Agent) -> Option<&State> {
        self.desktops.get(agent).map(|desktop| &desktop.state)
    }

    /// Whether a desktop of the agent is here, even if an order for him is on its way.
    pub fn hears(&self, agent: &Agent) -> bool {
        self.desktops.get(agent).is_some_and(Desktop::heard)
    }

    /// Whether timers run.
    pub fn watching(&self) -> bool {
        self.watch == Watch::Watching
    }

    /// Whether the notification service runs.
    pub fn sees_presence(&self) -> bool {
        self.watch.presence()
    }

    /// How many desktops are listed.
    pub fn desktops(&self) -> usize {
        self.desktops.len()
    }

    /// What has been counted since the start.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    fn watch(&mut self, to: Watch, now: Duration) {
        let from = std::mem::replace(&mut self.watch, to);
        if from == to {
            return;
        }
        match to {
            Watch::Watching => self.news_to_all(News::Sees, now),
            Watch::NoCti | Watch::NoPresence | Watch::Neither => self.news_to_all(News::Blind, now),
        }
        self.tell_watch(from);
    }

    fn stood_still(&mut self, now: Duration) {
        self.news_to_all(News::Blind, now);
        self.news_to_all(News::Sees, now);
        self.tell_watch(self.watch);
    }

    fn tell_watch(&mut self, from: Watch) {
        let waited_for = |desktop: &&Desktop| !matches!(desktop.state, State::Online);
        let desktops = self.desktops.values().filter(waited_for).count();
        self.push(Output::Watch(WatchChange { from, to: self.watch, desktops }));
    }

    fn notification_down(&mut self, now: Duration) {
        self.watch(Watch::new(self.watch.cti(), false), now);
        for desktop in self.desktops.values_mut() {
            desktop.sessions.clear();
        }
        self.news_to_all(News::Gone, now);
    }

    fn available(&mut self, agent: &Agent, session: SessionId, now: Duration) {
        let known = self.desktops.get(agent).map(|desktop| &desktop.sessions);
        let full = match known {
            Some(sessions) => sessions.len() >= SESSIONS_MAX && !sessions.contains_key(&session),
            None => self.desktops.len() >= AGENTS_MAX,
        };
        if full || !self.watch.presence() {
            self.counters.overflow += u64::from(full);
            self.counters.unexpected += u64::from(!full);
            return self.push(Output::Refuse(agent.clone(), session));
        }
        let desktop = self.desktops.entry(agent.clone()).or_insert_with(Desktop::held);
        desktop.sessions.insert(session, true);
        desktop.owed = None;
        self.news(agent, News::Here, now);
    }

    fn silent(&mut self, agent: &Agent, session: SessionId, now: Duration) {
        let heard = self.desktops.get_mut(agent).and_then(|desktop| desktop.sessions.get_mut(&session));
        match heard {
            Some(heard) => *heard = false,
            None => return self.counters.void += 1,
        }
        if !self.desktops.get(agent).is_some_and(Desktop::heard) {
            self.news(agent, News::Silent, now);
        }
    }

    fn over(&mut self, agent: &Agent, session: SessionId, how: News, now: Duration) {
        let Some(desktop) = self.desktops.get_mut(agent) else { return self.counters.void += 1 };
        if desktop.sessions.remove(&session).is_none() {
            return self.counters.void += 1;
        }
        match (desktop.sessions.is_empty(), desktop.heard()) {
            (true, _) => self.news(agent, how, now),
            (false, false) => self.news(agent, News::Silent, now),
            (false, true) => {}
        }
    }

    fn remembered(&mut self, agent: Agent, now: Duration) {
        if self.desktops.contains_key(&agent) {
            return;
        }
        if self.desktops.len() >= AGENTS_MAX {
            return self.counters.overflow += 1;
        }
        self.desktops.insert(agent.clone(), Desktop::held());
        let (state, next) = self.comeback(now);
        self.enter(&agent, state, Cause::Remembered, next);
    }

    fn call_started(&mut self, agent: Agent, now: Duration) {
        if self.on_call.len() >= AGENTS_MAX && !self.on_call.contains(&agent) {
            return self.counters.overflow += 1;
        }
        self.on_call.insert(agent.clone());
        self.news_if_listed(&agent, News::CallStarted, now);
    }

    fn order_news(&mut self, order: Order, news: News, now: Duration) {
        match self.orders.get(&order).cloned() {
            Some(agent) => self.news(&agent, news, now),
            None => self.counters.void += 1,
        }
    }

    fn news_if_listed(&mut self, agent: &Agent, news: News, now: Duration) {
        if self.desktops.contains_key(agent) {
            self.news(agent, news, now);
        }
    }

    fn news_to_all(&mut self, news: News, now: Duration) {
        let agents: Vec<Agent> = self.desktops.keys().cloned().collect();
        for agent in agents {
            self.news(&agent, news, now);
        }
    }

    pub(super) fn next_order(&mut self) -> Order {
        self.last_order = Order(self.last_order.0.wrapping_add(1));
        self.last_order
    }

    pub(super) fn push(&mut self, output: Output) {
        self.outputs.push_back(output);
    }

    /// The one place where a state changes to another.
    pub(super) fn enter(&mut self, agent: &Agent, state: State, cause: Cause, next: Next) {
        let Some(from) = self.unlink(agent) else { return };
        if let Some((until, _)) = state.deadline() {
            self.deadlines.insert((until, agent.clone()));
        }
        if let Some(order) = state.order() {
            self.orders.insert(order, agent.clone());
        }
        if let Some(desktop) = self.desktops.get_mut(agent) {
            desktop.state = state;
        }
        self.tell(agent, from, state.stage(), cause, next);
    }

    /// The one place where a desktop is no longer listed.
    pub(super) fn forget(&mut self, agent: &Agent, cause: Cause) {
        let Some(from) = self.unlink(agent) else { return };
        self.desktops.remove(agent);
        self.tell(agent, from, Stage::Unknown, cause, Next::Nothing);
    }

    fn unlink(&mut self, agent: &Agent) -> Option<Stage> {
        let state = self.desktops.get(agent)?.state;
        if let Some((until, _)) = state.deadline() {
            self.deadlines.remove(&(until, agent.clone()));
        }
        if let Some(order) = state.order() {
            self.orders.remove(&order);
        }
        Some(state.stage())
    }

    fn tell(&mut self, agent: &Agent, from: Stage, to: Stage, cause: Cause, next: Next) {
        self.push(Output::Transition(Transition { agent: agent.clone(), from, to, cause, next }));
    }
}
