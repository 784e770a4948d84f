use std::collections::VecDeque;
use std::time::Duration;

use super::{Agent, Input, Machine, Order, Outcome, Output, SessionId, Transition, WatchChange};
use crate::fence::{self, Fault, LinkId, Message, Now, Ticket};

/// Presence behind the fence, so that the node drives one machine: what one of the two says to the other stays inside.
#[derive(Clone, Debug)]
pub struct Guarded {
    presence: Machine,
    fence: fence::Machine,
    outputs: VecDeque<GuardedOutput>,
}

/// What the node tells either machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuardedInput {
    /// News of desktops, calls, CTI and orders; `SignedIn`, `Granted`, `Denied` and `Superseded` arise inside.
    Desk(Input),
    /// News of the link, sign-ins and sign-outs; the others arise inside.
    Peer(fence::Input),
}

/// What the node does, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuardedOutput {
    /// As [`Output::Refuse`].
    RefuseSession(Agent, SessionId),
    /// As [`Output::ForceLogout`].
    ForceLogout {
        /// Whom.
        agent: Agent,
        /// The order.
        order: Order,
        /// When the order becomes void.
        write_by: Option<Duration>,
    },
    /// As [`Output::Transition`].
    Desktop(Transition),
    /// As [`Output::Watch`].
    Watch(WatchChange),
    /// As [`fence::Output::Send`].
    Send(LinkId, Message),
    /// As [`fence::Output::Close`].
    Close(LinkId, Fault),
    /// As [`fence::Output::Admit`].
    Admit(Agent, Ticket),
    /// As [`fence::Output::RefuseSignIn`].
    RefuseSignIn(Agent, Ticket),
    /// As [`fence::Output::Transition`].
    Link(fence::Transition),
}

/// Whose deadline is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuardedTimer {
    /// Of presence.
    Desk(super::Timer),
    /// Of the fence.
    Peer(fence::Timer),
}

impl Guarded {
    /// Both at their start.
    pub fn new(presence: super::Settings, fence: fence::Settings) -> Self {
        Self { presence: Machine::new(presence), fence: fence::Machine::new(fence), outputs: VecDeque::new() }
    }

    /// Takes one piece of news.
    pub fn handle(&mut self, input: GuardedInput, now: Now) {
        match input {
            GuardedInput::Desk(Input::Outcome(order, outcome)) => {
                self.presence.handle(Input::Outcome(order, outcome), now.at);
                let settled = matches!(outcome, Outcome::Accepted | Outcome::Refused);
                self.fence.handle(fence::Input::Outcome { order, settled }, now);
            }
            GuardedInput::Desk(input) => self.presence.handle(input, now.at),
            GuardedInput::Peer(fence::Input::SignedOut(agent)) => self.signed_out(agent, now),
            GuardedInput::Peer(input) => self.fence.handle(input, now),
        }
        self.settle(now);
    }

    /// Acts on every deadline that has come; otherwise does nothing.
    pub fn handle_timeout(&mut self, now: Now) {
        self.presence.handle_timeout(now.at);
        self.settle(now);
        self.fence.handle_timeout(now);
        self.settle(now);
    }

    /// The next deadline, and what it is for.
    pub fn poll_timeout(&self) -> Option<(Duration, GuardedTimer)> {
        let desk = self.presence.poll_timeout().map(|(due, timer)| (due, GuardedTimer::Desk(timer)));
        let peer = self.fence.poll_timeout().map(|(due, timer)| (due, GuardedTimer::Peer(timer)));
        desk.into_iter().chain(peer).min()
    }

    /// The next thing to do.
    pub fn poll_output(&mut self) -> Option<GuardedOutput> {
        self.outputs.pop_front()
    }

    /// The presence behind.
    pub fn presence(&self) -> &Machine {
        &self.presence
    }

    /// The fence in front.
    pub fn fence(&self) -> &fence::Machine {
        &self.fence
    }

    /// His session is over, but not the desktop that is still there: the other node must not take him for gone.
    fn signed_out(&mut self, agent: Agent, now: Now) {
        let here = self.presence.hears(&agent);
        self.fence.handle(fence::Input::SignedOut(agent.clone()), now);
        if here {
            self.fence.handle(fence::Input::Present(agent), now);
        }
    }

    /// Passes on what one has to say to the other until both are silent. It ends: each answer leaves less open.
    fn settle(&mut self, now: Now) {
        loop {
            if let Some(output) = self.presence.poll_output() {
                self.on_presence(output, now);
            } else if let Some(output) = self.fence.poll_output() {
                self.on_fence(output, now);
            } else {
                return;
            }
        }
    }

    fn on_presence(&mut self, output: Output, now: Now) {
        match output {
            Output::Present(agent) => self.fence.handle(fence::Input::Present(agent), now),
            Output::Gone(agent) => self.fence.handle(fence::Input::Gone(agent), now),
            Output::Ask(agent, order) => self.fence.handle(fence::Input::Ask(agent, order), now),
            Output::Withdraw(order) => self.fence.handle(fence::Input::Withdraw(order), now),
            Output::Refuse(agent, session) => {
                self.outputs.push_back(GuardedOutput::RefuseSession(agent, session));
            }
            Output::ForceLogout { agent, order, write_by } => {
                self.outputs.push_back(GuardedOutput::ForceLogout { agent, order, write_by });
            }
            Output::Transition(transition) => self.outputs.push_back(GuardedOutput::Desktop(transition)),
            Output::Watch(change) => self.outputs.push_back(GuardedOutput::Watch(change)),
        }
    }

    fn on_fence(&mut self, output: fence::Output, now: Now) {
        match output {
            fence::Output::Granted { order, write_by } => {
                self.presence.handle(Input::Granted { order, write_by }, now.at);
            }
            fence::Output::Denied(order, denial) => {
                self.presence.handle(Input::Denied(order, denial), now.at)
            }
            fence::Output::Superseded(agent) => self.presence.handle(Input::Superseded(agent), now.at),
            fence::Output::Admit(agent, ticket) => {
                self.presence.handle(Input::SignedIn(agent.clone()), now.at);
                self.outputs.push_back(GuardedOutput::Admit(agent, ticket));
            }
            fence::Output::RefuseSignIn(agent, ticket) => {
                self.outputs.push_back(GuardedOutput::RefuseSignIn(agent, ticket));
            }
            fence::Output::Send(link, message) => self.outputs.push_back(GuardedOutput::Send(link, message)),
            fence::Output::Close(link, fault) => self.outputs.push_back(GuardedOutput::Close(link, fault)),
            fence::Output::Transition(transition) => self.outputs.push_back(GuardedOutput::Link(transition)),
        }
    }
}
