//! The world of this walk: both nodes, and what is on the way between them and to CTI.

use std::collections::VecDeque;
use std::time::Duration;

use super::monitor::Around;
use super::{At, Calm, Fault, Scope, Step, UNIT, ensure, fencing};
use crate::explore::search::World;
use crate::fence::{Input as Peer, Link, LinkId, Message, Now, Rank, Ticket};
use crate::presence::{
    Agent, Guarded, GuardedInput, GuardedOutput, Input, Order, Outcome, SessionId, Settings, Stage,
};
use crate::relative::{Kind, Relative};

pub(super) const NODES: [At; 2] = [0, 1];
const RANKS: [Rank; 2] = [Rank::Primary, Rank::Secondary];

/// A node with what is around it.
#[derive(Clone)]
pub(super) struct Node {
    rank: Rank,
    machine: Guarded,
    pub(super) around: Around,
    /// The desktop's session here, open or silent.
    pub(super) session: Option<SessionId>,
    /// Its sign-in that waits.
    pub(super) ticket: Option<Ticket>,
    /// What it said to the other node, over which link.
    pub(super) said: VecDeque<(LinkId, Message)>,
    /// Its order on the way to CTI.
    pub(super) ordered: Option<Ordered>,
    /// CTI's answer on the way back.
    pub(super) answered: Option<(Order, Outcome)>,
}

/// An order on the way.
#[derive(Clone, Copy)]
pub(super) struct Ordered {
    order: Order,
    /// The link that worked when it left.
    link: Option<LinkId>,
    /// Units since then.
    pub(super) age: u8,
}

#[derive(Clone)]
pub(super) struct Pair {
    pub(super) scope: Scope,
    settings: Settings,
    fault: Fault,
    now: Duration,
    /// The last name that was given, and the wall clock: it is later with each step.
    last: u64,
    agent: Agent,
    pub(super) nodes: [Node; 2],
    /// The newest link, and whether it is there.
    link: LinkId,
    pub(super) linked: bool,
    /// What CTI knows.
    pub(super) signed_in: bool,
    pub(super) on_call: bool,
    pub(super) left: u8,
    pub(super) calm: Option<Calm>,
}

impl World for Pair {
    type Step = Step;
    type Key = Vec<u8>;
    type Place = (bool, [Option<Stage>; 2]);

    fn key(&self) -> Vec<u8> {
        let mut list = Relative::new(self.now);
        let calm = match self.calm {
            None => 0,
            Some(Calm::Gone) => 1,
            Some(Calm::Here(0)) => 2,
            Some(Calm::Here(_)) => 3,
        };
        list.plain(calm);
        list.plain(if self.is_calm() { 0 } else { u64::from(self.left) });
        [self.linked, self.signed_in, self.on_call].into_iter().for_each(|flag| list.flag(flag));
        list.name(Kind::Link, self.link.0);
        self.nodes.iter().for_each(|node| node.relative(&self.agent, self.scope.clocks, &mut list));
        list.list()
    }

    fn place(&self) -> Self::Place {
        (self.is_calm(), NODES.map(|at| self.stage(at)))
    }

    fn steps(&self) -> Vec<Step> {
        match self.calm {
            None => self.all_steps(),
            Some(calm) => self.calm_steps(calm),
        }
    }

    fn take(&mut self, step: Step) -> Result<(), String> {
        self.last += 1;
        self.left = self.left.saturating_sub(u8::from(self.disturbs(step)));
        self.happen(step)?;
        self.nodes.iter_mut().for_each(|node| node.around.settle());
        Ok(())
    }

    fn is_time(step: Step) -> bool {
        step == Step::Tick
    }

    fn is_calm(&self) -> bool {
        self.calm.is_some()
    }

    fn is_good(&self) -> bool {
        self.calm.is_some_and(|calm| self.is_well(calm))
    }
}

impl Pair {
    /// A desktop at work on the primary, and a link.
    pub(super) fn new(scope: Scope, settings: Settings, fault: Fault) -> Result<Self, String> {
        let nodes = RANKS.map(|rank| Node::new(rank, &settings, fault));
        let mut pair = Self {
            scope,
            settings,
            fault,
            now: UNIT * 100,
            last: 0,
            agent: Agent::from("1001"),
            nodes,
            link: LinkId(0),
            linked: false,
            signed_in: false,
            on_call: false,
            left: u8::MAX,
            calm: None,
        };
        for step in [
            Step::CtiBack(0),
            Step::CtiBack(1),
            Step::Connect,
            Step::Deliver(0),
            Step::Deliver(1),
            Step::Open(0),
        ] {
            pair.take(step)?;
        }
        while !pair.node(0).said.is_empty() {
            pair.take(Step::Deliver(0))?;
        }
        pair.left = scope.disturbances;
        Ok(pair)
    }

    pub(super) fn stage(&self, at: At) -> Option<Stage> {
        self.node(at).machine.presence().state(&self.agent).map(|state| state.stage())
    }

    /// The link that this end believes in.
    pub(super) fn end(&self, at: At) -> Option<LinkId> {
        self.node(at).machine.fence().link().id()
    }

    /// The end believes in a link that is there.
    pub(super) fn is_linked(&self, at: At) -> bool {
        self.linked && self.end(at) == Some(self.link)
    }

    pub(super) fn is_idle(&self) -> bool {
        self.nodes.iter().all(|node| node.machine.fence().is_idle() && node.ticket.is_none())
    }

    #[expect(clippy::indexing_slicing, reason = "there are two nodes, 0 and 1, and no others are named")]
    pub(super) fn node(&self, at: At) -> &Node {
        &self.nodes[at % 2]
    }

    #[expect(clippy::indexing_slicing, reason = "there are two nodes, 0 and 1, and no others are named")]
    fn node_mut(&mut self, at: At) -> &mut Node {
        &mut self.nodes[at % 2]
    }

    fn happen(&mut self, step: Step) -> Result<(), String> {
        match step {
            Step::Open(at) => self.open(at),
            Step::Close(at) => self.leave(at, Input::Unavailable),
            Step::Crash(at) => self.crash(at),
            Step::Return(at) => self.come_back(at),
            Step::SignIn(at) => self.sign_in(at),
            Step::Call => self.call(),
            Step::CtiLost(at) => self.cti_lost(at),
            Step::CtiBack(at) => self.cti_back(at),
            Step::Restart(at) => self.restart(at),
            Step::Cut(at) => self.cut(at),
            Step::Connect => self.connect(),
            Step::Deliver(at) => self.deliver(at),
            Step::CtiTakes(at) => self.cti_takes(at),
            Step::CtiAnswers(at) => self.cti_answers(at),
            Step::Tick => self.tick(),
            Step::Calm(calm) => {
                self.calm = Some(calm);
                Ok(())
            }
        }
    }

    fn open(&mut self, at: At) -> Result<(), String> {
        let session = SessionId(self.last);
        let old = self.node_mut(at).session.replace(session);
        self.node_mut(at).around.heard = true;
        self.desk(at, Input::Available(self.agent.clone(), session))?;
        if let Some(old) = old {
            self.desk(at, Input::Unavailable(self.agent.clone(), old))?;
        }
        self.sign_in(at)
    }

    fn sign_in(&mut self, at: At) -> Result<(), String> {
        let ticket = Ticket(self.last);
        let node = self.node_mut(at);
        node.around.admitted = false;
        node.ticket = Some(ticket);
        self.peer(at, Peer::SignIn(self.agent.clone(), ticket))
    }

    fn leave(&mut self, at: At, news: fn(Agent, SessionId) -> Input) -> Result<(), String> {
        (self.node_mut(at).around.heard, self.node_mut(at).around.admitted) = (false, false);
        match self.node_mut(at).session.take() {
            Some(session) => self.desk(at, news(self.agent.clone(), session)),
            None => Ok(()),
        }
    }

    fn crash(&mut self, at: At) -> Result<(), String> {
        self.node_mut(at).around.heard = false;
        match self.node(at).session {
            Some(session) => self.desk(at, Input::Silent(self.agent.clone(), session)),
            None => Ok(()),
        }
    }

    fn come_back(&mut self, at: At) -> Result<(), String> {
        self.node_mut(at).around.heard = true;
        match self.node(at).session {
            Some(session) => self.desk(at, Input::Available(self.agent.clone(), session)),
            None => Ok(()),
        }
    }

    fn call(&mut self) -> Result<(), String> {
        self.on_call = !self.on_call;
        self.in_service().into_iter().try_for_each(|at| self.tell_of_call(at))
    }

    fn in_service(&self) -> Vec<At> {
        NODES.into_iter().filter(|at| self.node(*at).around.cti).collect()
    }

    fn tell_of_call(&mut self, at: At) -> Result<(), String> {
        let news = if self.on_call { Input::CallStarted } else { Input::CallEnded };
        match self.fault {
            Fault::ForgetsCalls => Ok(()),
            _ => self.desk(at, news(self.agent.clone())),
        }
    }

    fn cti_lost(&mut self, at: At) -> Result<(), String> {
        self.node_mut(at).around.cti = false;
        if self.fault != Fault::WatchesDuringOutage {
            self.desk(at, Input::CtiOutOfService)?;
        }
        let (ordered, answered) = (self.node_mut(at).ordered.take(), self.node_mut(at).answered.take());
        let unwritten = ordered.map(|ordered| (ordered.order, Outcome::NotWritten));
        let unknown = answered.map(|(order, _)| (order, Outcome::Unknown));
        let mut outcomes = unwritten.into_iter().chain(unknown);
        outcomes.try_for_each(|(order, outcome)| self.desk(at, Input::Outcome(order, outcome)))
    }

    fn cti_back(&mut self, at: At) -> Result<(), String> {
        self.node_mut(at).around.cti = true;
        self.tell_of_call(at)?;
        self.desk(at, Input::CtiInService)
    }

    /// With what it remembered, and with nothing that was on its way.
    fn restart(&mut self, at: At) -> Result<(), String> {
        let remembered = self.stage(at).is_some() && self.fault != Fault::RemembersNobody;
        *self.node_mut(at) = Node::new(self.node(at).rank, &self.settings, self.fault);
        self.unlink();
        if remembered {
            self.desk(at, Input::Remembered(self.agent.clone()))?;
        }
        self.cti_back(at)
    }

    fn unlink(&mut self) {
        self.linked = false;
        self.nodes.iter_mut().for_each(|node| node.said.clear());
    }

    fn cut(&mut self, at: At) -> Result<(), String> {
        let Some(link) = self.end(at) else { return Ok(()) };
        if link == self.link {
            self.unlink();
        }
        self.peer(at, Peer::LinkDown(link))
    }

    fn connect(&mut self) -> Result<(), String> {
        self.unlink();
        self.link = LinkId(self.last);
        self.linked = true;
        NODES.into_iter().try_for_each(|at| self.peer(at, Peer::LinkUp(self.link)))
    }

    fn deliver(&mut self, at: At) -> Result<(), String> {
        let Some((link, message)) = self.node_mut(at).said.pop_front() else { return Ok(()) };
        let message = match message {
            Message::Refuse(order) if self.fault == Fault::IgnoresRefusal => Message::Grant(order),
            message => message,
        };
        self.peer(1 - at, Peer::Message(link, message))
    }

    fn cti_takes(&mut self, at: At) -> Result<(), String> {
        let Some(Ordered { order, link, .. }) = self.node_mut(at).ordered.take() else { return Ok(()) };
        self.node(1 - at).around.may_be_logged_out(1 - at, self.working(), link)?;
        let outcome = if self.signed_in { Outcome::Accepted } else { Outcome::Refused };
        self.node_mut(at).answered = Some((order, outcome));
        if !std::mem::replace(&mut self.signed_in, false) {
            return Ok(());
        }
        self.in_service().into_iter().try_for_each(|at| self.peer(at, Peer::SignedOut(self.agent.clone())))
    }

    fn cti_answers(&mut self, at: At) -> Result<(), String> {
        let Some((order, outcome)) = self.node_mut(at).answered.take() else { return Ok(()) };
        self.desk(at, Input::Outcome(order, outcome))
    }

    fn tick(&mut self) -> Result<(), String> {
        self.now += UNIT;
        for node in &mut self.nodes {
            node.around.tick();
            node.ordered.iter_mut().for_each(|ordered| ordered.age += 1);
        }
        for at in NODES {
            let now = self.clock();
            self.node_mut(at).machine.handle_timeout(now);
            self.drain(at)?;
        }
        Ok(())
    }

    fn clock(&self) -> Now {
        Now { at: self.now, wall_ms: if self.scope.clocks { self.last } else { 0 } }
    }

    fn desk(&mut self, at: At, input: Input) -> Result<(), String> {
        self.give(at, GuardedInput::Desk(input))
    }

    fn peer(&mut self, at: At, input: Peer) -> Result<(), String> {
        self.give(at, GuardedInput::Peer(input))
    }

    fn give(&mut self, at: At, input: GuardedInput) -> Result<(), String> {
        let now = self.clock();
        self.node_mut(at).around.settle();
        self.node_mut(at).machine.handle(input, now);
        self.drain(at)
    }

    fn drain(&mut self, at: At) -> Result<(), String> {
        while let Some(output) = self.node_mut(at).machine.poll_output() {
            self.output(at, output)?;
        }
        Ok(())
    }

    fn output(&mut self, at: At, output: GuardedOutput) -> Result<(), String> {
        match output {
            GuardedOutput::ForceLogout { order, .. } => self.order(at, order),
            GuardedOutput::Send(link, message) => {
                if self.linked && link == self.link {
                    self.node_mut(at).said.push_back((link, message));
                }
                Ok(())
            }
            GuardedOutput::Close(link, _) => {
                if link == self.link {
                    self.unlink();
                }
                Ok(())
            }
            GuardedOutput::Admit(_, ticket) => {
                self.admit(at, ticket);
                Ok(())
            }
            GuardedOutput::RefuseSession(..) | GuardedOutput::RefuseSignIn(..) => {
                Err("refused below every bound".into())
            }
            GuardedOutput::Desktop(_) | GuardedOutput::Watch(_) | GuardedOutput::Link(_) => Ok(()),
        }
    }

    fn order(&mut self, at: At, order: Order) -> Result<(), String> {
        let working = self.working();
        self.node(at).around.may_order(at, self.on_call)?;
        ensure(self.node(at).ordered.is_none(), || "two orders at once".into())?;
        self.node_mut(at).ordered = Some(Ordered { order, link: working, age: 0 });
        Ok(())
    }

    /// REST carries the sign-in out, whether or not the desktop is still there.
    fn admit(&mut self, at: At, ticket: Ticket) {
        let node = self.node_mut(at);
        node.around.missed = 0;
        if node.ticket != Some(ticket) {
            return;
        }
        node.ticket = None;
        if node.around.cti {
            node.around.admitted = node.session.is_some();
            self.signed_in = true;
        }
    }

    /// The link, if both ends take it for up and it is there. Without fencing it counts as there, and nobody asks.
    fn working(&self) -> Option<LinkId> {
        let up = |at| matches!(self.node(at).machine.fence().link(), Link::Up { link } if *link == self.link);
        let fenced = self.linked && NODES.into_iter().all(up);
        (fenced || self.fault == Fault::AsksNobody).then_some(self.link)
    }
}

impl Node {
    fn new(rank: Rank, settings: &Settings, fault: Fault) -> Self {
        let mut machine = Guarded::new(settings.clone(), fencing(rank, fault));
        let now = Now { at: Duration::ZERO, wall_ms: 0 };
        machine.handle(GuardedInput::Desk(Input::NotificationUp), now);
        while machine.poll_output().is_some() {}
        Self {
            rank,
            machine,
            around: Around::default(),
            session: None,
            ticket: None,
            said: VecDeque::new(),
            ordered: None,
            answered: None,
        }
    }

    fn relative(&self, agent: &Agent, clocks: bool, list: &mut Relative) {
        let Around { heard, admitted, cti, missed } = self.around;
        [heard, admitted, cti].into_iter().for_each(|flag| list.flag(flag));
        list.plain(u64::from(missed));
        self.machine.presence().relative(agent, self.rank.orders(), list);
        self.machine.fence().relative(clocks, list);
        list.flag(self.session.is_some());
        self.session.iter().for_each(|session| list.name(Kind::Session, session.0));
        list.flag(self.ticket.is_some());
        self.ticket.iter().for_each(|ticket| list.name(Kind::Ticket, ticket.0));
        list.count(self.said.len());
        for (link, message) in &self.said {
            list.name(Kind::Link, link.0);
            message.relative(self.rank, clocks, list);
        }
        list.flag(self.ordered.is_some());
        if let Some(Ordered { order, link, age }) = self.ordered {
            list.name(self.rank.orders(), order.0);
            list.name(Kind::Link, link.map_or(0, |link| link.0));
            list.plain(u64::from(age));
        }
        list.flag(self.answered.is_some());
        if let Some((order, outcome)) = self.answered {
            list.name(self.rank.orders(), order.0);
            list.plain(outcome as u64);
        }
    }
}
