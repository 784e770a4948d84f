use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::{
    Cause, Counters, Epoch, Fault, Input, Link, LinkId, Message, NUMBER_MAX, Now, Output, Settings, Ticket,
    Timer, Transition,
};
use crate::presence::{AGENTS_MAX, Agent, Denial, Order};

/// Orders between question and outcome at most: keeps the outgoing queue of the link small when thousands fall due.
pub const WINDOW: usize = 256;

/// Sessions in one message at most: 500 of some 60 bytes stay well below 64 KiB.
pub const PAGE_MAX: usize = 500;

/// Sign-ins of one agent that wait at most: one client and its repeats.
pub const TICKETS_MAX: usize = 8;

/// Fencing of one node. Drain [`Machine::poll_output`] after every call.
#[derive(Clone, Debug)]
pub struct Machine {
    pub(super) settings: Settings,
    pub(super) link: Link,
    /// The largest number of all epochs seen.
    pub(super) seen: u64,
    pub(super) sessions: BTreeMap<Agent, Session>,
    pub(super) waiting: VecDeque<(Order, Agent)>,
    pub(super) asked: BTreeMap<Order, Asked>,
    /// Granted by the peer, no outcome yet.
    pub(super) granted: BTreeMap<Order, Agent>,
    /// Carried out without a question, no outcome yet.
    pub(super) unfenced: BTreeMap<Order, Agent>,
    pub(super) holds: BTreeMap<Agent, Hold>,
    outputs: VecDeque<Output>,
    counters: Counters,
}

/// The newest session of an agent here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Session {
    pub(super) epoch: Epoch,
    pub(super) live: bool,
}

/// A question without an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Asked {
    agent: Agent,
    pub(super) at: Duration,
}

/// Sign-ins of one agent that wait for the peer's report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hold {
    pub(super) order: Order,
    pub(super) until: Duration,
    pub(super) tickets: Vec<Ticket>,
}

impl Machine {
    /// Starts without a link and without sessions.
    pub fn new(settings: Settings) -> Self {
        let link = if settings.fencing { Link::Down } else { Link::Off };
        Self {
            settings,
            link,
            seen: 0,
            sessions: BTreeMap::new(),
            waiting: VecDeque::new(),
            asked: BTreeMap::new(),
            granted: BTreeMap::new(),
            unfenced: BTreeMap::new(),
            holds: BTreeMap::new(),
            outputs: VecDeque::new(),
            counters: Counters::default(),
        }
    }

    /// Takes one piece of news.
    pub fn handle(&mut self, input: Input, now: Now) {
        match input {
            Input::LinkUp(link) => self.link_up(link, now),
            Input::LinkDown(link) if self.link.id() == Some(link) => self.link_lost(Cause::Lost),
            Input::LinkDown(_) => self.counters.void += 1,
            Input::Message(link, message) if self.link.id() == Some(link) => self.message(message, now),
            Input::Message(..) => self.counters.void += 1,
            Input::SignIn(agent, ticket) => self.sign_in(agent, ticket, now),
            Input::SignedOut(agent) => drop(self.sessions.remove(&agent)),
            Input::Present(agent) => self.present(agent, now),
            Input::Gone(agent) => self.gone(&agent),
            Input::Ask(agent, order) => self.ask(agent, order),
            Input::Withdraw(order) => self.withdraw(order),
            Input::Outcome { order, settled } => self.outcome(order, settled),
        }
        self.pump(now);
    }

    /// Acts on the deadline if it has come; otherwise does nothing.
    pub fn handle_timeout(&mut self, now: Now) {
        let Some((due, timer)) = self.poll_timeout() else { return };
        if now.at < due {
            return;
        }
        self.give_up(match timer {
            Timer::Sessions => Fault::NoSessions,
            Timer::Answer => Fault::NoAnswer,
            Timer::Report => Fault::NoReport,
        });
    }

    /// The next deadline, and what it is for.
    pub fn poll_timeout(&self) -> Option<(Duration, Timer)> {
        let sessions = match self.link {
            Link::Syncing { until, .. } => Some((until, Timer::Sessions)),
            Link::Off | Link::Down | Link::Up { .. } => None,
        };
        // Orders are numbered as they are asked: the first is the oldest.
        let answer = self.asked.values().next();
        let answer = answer.map(|asked| (asked.at.saturating_add(self.settings.answer), Timer::Answer));
        let report = self.holds.values().map(|hold| (hold.until, Timer::Report)).min();
        [sessions, answer, report].into_iter().flatten().min()
    }

    /// The next thing to do.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// Where the link stands.
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// What has been counted since the start.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    fn link_up(&mut self, link: LinkId, now: Now) {
        match self.link {
            Link::Off => return self.counters.void += 1,
            Link::Down => {}
            Link::Syncing { link: old, .. } | Link::Up { link: old } => self.replaced(old),
        }
        let until = now.at.saturating_add(self.settings.answer);
        self.enter(Link::Syncing { link, until, read: 0 }, Cause::Connected);
        self.send_sessions(link);
    }

    /// Questions without an answer are asked again on the new link.
    fn replaced(&mut self, old: LinkId) {
        let asked = std::mem::take(&mut self.asked);
        for (order, asked) in asked.into_iter().rev() {
            self.waiting.push_front((order, asked.agent));
        }
        self.outputs.push_back(Output::Close(old, Fault::Replaced));
        self.down(Cause::GivenUp(Fault::Replaced));
    }

    fn send_sessions(&mut self, link: LinkId) {
        let all: Vec<_> =
            self.sessions.iter().map(|(agent, session)| (agent.clone(), session.epoch)).collect();
        let mut pages = all.chunks(PAGE_MAX).peekable();
        if pages.peek().is_none() {
            let empty = Message::Sessions { page: Vec::new(), last: true };
            self.outputs.push_back(Output::Send(link, empty));
        }
        while let Some(page) = pages.next() {
            let message = Message::Sessions { page: page.to_vec(), last: pages.peek().is_none() };
            self.outputs.push_back(Output::Send(link, message));
        }
    }

    fn give_up(&mut self, fault: Fault) {
        if let Some(link) = self.link.id() {
            self.outputs.push_back(Output::Close(link, fault));
            self.link_lost(Cause::GivenUp(fault));
        }
    }

    /// From here on the documented behaviour holds, also for what is under way.
    fn link_lost(&mut self, cause: Cause) {
        let asked = std::mem::take(&mut self.asked).into_iter().map(|(order, asked)| (order, asked.agent));
        let waiting = std::mem::take(&mut self.waiting);
        self.down(cause);
        for (order, agent) in asked.chain(waiting) {
            self.grant_unfenced(order, agent);
        }
    }

    fn down(&mut self, cause: Cause) {
        self.counters.losses += 1;
        self.unfenced.append(&mut self.granted);
        self.enter(Link::Down, cause);
        for (agent, hold) in std::mem::take(&mut self.holds) {
            self.outputs.extend(hold.tickets.into_iter().map(|ticket| Output::Admit(agent.clone(), ticket)));
        }
    }

    fn message(&mut self, message: Message, now: Now) {
        let told = match message {
            Message::Sessions { page, last } => self.on_sessions(page, last, now),
            Message::Began(agent, epoch) => self.observe(&agent, epoch),
            Message::Ask { order, agent, epoch } => self.on_ask(order, agent, epoch, now),
            Message::Grant(order) => self.on_answer(order, true, now),
            Message::Refuse(order) => self.on_answer(order, false, now),
            Message::Report(order) => {
                self.on_report(order);
                Ok(())
            }
        };
        if let Err(fault) = told {
            self.give_up(fault);
        }
    }

    fn on_sessions(&mut self, page: Vec<(Agent, Epoch)>, last: bool, now: Now) -> Result<(), Fault> {
        let Link::Syncing { link, read, .. } = self.link else { return Err(Fault::OutOfOrder) };
        let read = read.saturating_add(page.len());
        if page.len() > PAGE_MAX || read > AGENTS_MAX {
            return Err(Fault::TooMany);
        }
        if page.is_empty() && !last {
            return Err(Fault::OutOfOrder);
        }
        for (agent, epoch) in page {
            self.observe(&agent, epoch)?;
        }
        if last {
            self.enter(Link::Up { link }, Cause::Exchanged);
        } else {
            self.link = Link::Syncing { link, until: now.at.saturating_add(self.settings.answer), read };
        }
        Ok(())
    }

    /// A session at the peer: what is gone here and older is nobody's business here any more.
    fn observe(&mut self, agent: &Agent, epoch: Epoch) -> Result<(), Fault> {
        if epoch.number > NUMBER_MAX || epoch.rank == self.settings.rank {
            return Err(Fault::BadEpoch);
        }
        self.seen = self.seen.max(epoch.number);
        if self.sessions.get(agent).is_none_or(|session| !session.live && session.epoch < epoch) {
            self.give_way(agent);
        }
        Ok(())
    }

    fn give_way(&mut self, agent: &Agent) {
        self.sessions.remove(agent);
        self.outputs.push_back(Output::Superseded(agent.clone()));
    }

    fn on_ask(&mut self, order: Order, agent: Agent, epoch: Epoch, now: Now) -> Result<(), Fault> {
        let Link::Up { link } = self.link else { return Err(Fault::OutOfOrder) };
        if epoch.number > NUMBER_MAX || epoch.rank == self.settings.rank {
            return Err(Fault::BadEpoch);
        }
        if self.holds.len() >= WINDOW && !self.holds.contains_key(&agent) {
            return Err(Fault::TooMany);
        }
        self.seen = self.seen.max(epoch.number);
        if self.keeps(&agent, epoch) {
            self.outputs.push_back(Output::Send(link, Message::Refuse(order)));
            return Ok(());
        }
        self.give_way(&agent);
        let until = now.at.saturating_add(self.settings.hold);
        let hold = self.holds.entry(agent).or_insert(Hold { order, until, tickets: Vec::new() });
        (hold.order, hold.until) = (order, until);
        self.outputs.push_back(Output::Send(link, Message::Grant(order)));
        Ok(())
    }

    /// Whether the agent is this node's business rather than that of the peer, which knows a session of this epoch. Both
    /// may ask for one of whom both know only from before a restart: then one of them must go on.
    fn keeps(&self, agent: &Agent, epoch: Epoch) -> bool {
        match self.sessions.get(agent) {
            Some(session) => session.live || session.epoch > epoch,
            None => self.asks_for(agent) && Epoch::oldest(self.settings.rank) > epoch,
        }
    }

    fn asks_for(&self, agent: &Agent) -> bool {
        let asked = self.asked.values().map(|asked| &asked.agent);
        asked.chain(self.waiting.iter().map(|(_, waiting)| waiting)).any(|one| one == agent)
    }

    fn on_answer(&mut self, order: Order, granted: bool, now: Now) -> Result<(), Fault> {
        let Link::Up { link } = self.link else { return Err(Fault::OutOfOrder) };
        let Some(asked) = self.asked.remove(&order) else {
            self.counters.void += 1;
            return Ok(());
        };
        let write_by = asked.at.saturating_add(self.settings.write);
        if !granted {
            self.counters.refused += 1;
            self.forget_if_gone(&asked.agent);
            self.outputs.push_back(Output::Denied(order, Denial::Elsewhere));
        } else if now.at > write_by {
            self.counters.too_late += 1;
            self.outputs.push_back(Output::Send(link, Message::Report(order)));
            self.outputs.push_back(Output::Denied(order, Denial::TooLate));
        } else {
            self.counters.granted += 1;
            self.granted.insert(order, asked.agent);
            self.outputs.push_back(Output::Granted { order, write_by: Some(write_by) });
        }
        Ok(())
    }

    fn on_report(&mut self, order: Order) {
        let held = self.holds.iter().find(|(_, hold)| hold.order == order).map(|(agent, _)| agent.clone());
        let Some((agent, hold)) = held.and_then(|agent| self.holds.remove_entry(&agent)) else {
            return self.counters.void += 1;
        };
        self.outputs.extend(hold.tickets.into_iter().map(|ticket| Output::Admit(agent.clone(), ticket)));
    }

    fn sign_in(&mut self, agent: Agent, ticket: Ticket, now: Now) {
        let Some(hold) = self.holds.get_mut(&agent) else {
            return match self.begin(agent.clone(), now) {
                true => self.outputs.push_back(Output::Admit(agent, ticket)),
                false => self.outputs.push_back(Output::RefuseSignIn(agent, ticket)),
            };
        };
        if hold.tickets.len() >= TICKETS_MAX {
            self.counters.overflow += 1;
            return self.outputs.push_back(Output::RefuseSignIn(agent, ticket));
        }
        hold.tickets.push(ticket);
        self.counters.held += 1;
        // His session begins with his wish, so that no other order of the peer can pass the one that he waits for.
        self.begin(agent, now);
    }

    fn present(&mut self, agent: Agent, now: Now) {
        if self.sessions.get(&agent).is_none_or(|session| !session.live) {
            self.begin(agent, now);
        }
    }

    fn begin(&mut self, agent: Agent, now: Now) -> bool {
        if self.sessions.len() >= AGENTS_MAX && !self.sessions.contains_key(&agent) {
            self.counters.overflow += 1;
            return false;
        }
        let epoch = Epoch::next(self.seen, now.wall_ms.min(NUMBER_MAX), self.settings.rank);
        self.seen = epoch.number;
        self.sessions.insert(agent.clone(), Session { epoch, live: true });
        if let Some(link) = self.link.id() {
            self.outputs.push_back(Output::Send(link, Message::Began(agent, epoch)));
        }
        true
    }

    fn gone(&mut self, agent: &Agent) {
        if let Some(session) = self.sessions.get_mut(agent) {
            session.live = false;
        }
    }

    fn ask(&mut self, agent: Agent, order: Order) {
        if self.holds.contains_key(&agent) {
            self.sessions.remove(&agent);
            return self.outputs.push_back(Output::Denied(order, Denial::Elsewhere));
        }
        match self.link {
            Link::Off | Link::Down => self.grant_unfenced(order, agent),
            Link::Syncing { .. } | Link::Up { .. } => self.waiting.push_back((order, agent)),
        }
    }

    fn grant_unfenced(&mut self, order: Order, agent: Agent) {
        self.counters.unfenced += 1;
        self.unfenced.insert(order, agent);
        self.outputs.push_back(Output::Granted { order, write_by: None });
    }

    fn withdraw(&mut self, order: Order) {
        self.waiting.retain(|(waiting, _)| *waiting != order);
        self.unfenced.remove(&order);
        if self.asked.remove(&order).is_some() || self.granted.remove(&order).is_some() {
            self.report(order);
        }
    }

    fn outcome(&mut self, order: Order, settled: bool) {
        let granted = self.granted.remove(&order);
        if granted.is_some() {
            self.report(order);
        }
        let Some(agent) = granted.or_else(|| self.unfenced.remove(&order)) else {
            return self.counters.void += 1;
        };
        if settled {
            self.forget_if_gone(&agent);
        }
    }

    fn report(&mut self, order: Order) {
        if let Some(link) = self.link.id() {
            self.outputs.push_back(Output::Send(link, Message::Report(order)));
        }
    }

    fn forget_if_gone(&mut self, agent: &Agent) {
        if self.sessions.get(agent).is_some_and(|session| !session.live) {
            self.sessions.remove(agent);
        }
    }

    /// Asks what waits, as far as the window allows.
    fn pump(&mut self, now: Now) {
        let Link::Up { link } = self.link else { return };
        while self.asked.len() + self.granted.len() < WINDOW {
            let Some((order, agent)) = self.waiting.pop_front() else { return };
            let session = self.sessions.get(&agent);
            let epoch = session.map_or(Epoch::oldest(self.settings.rank), |session| session.epoch);
            self.counters.asked += 1;
            self.asked.insert(order, Asked { agent: agent.clone(), at: now.at });
            self.outputs.push_back(Output::Send(link, Message::Ask { order, agent, epoch }));
        }
    }

    /// The one place where the link changes from one stage to another.
    fn enter(&mut self, link: Link, cause: Cause) {
        let from = std::mem::replace(&mut self.link, link).stage();
        self.outputs.push_back(Output::Transition(Transition { from, to: link.stage(), cause }));
    }
}
