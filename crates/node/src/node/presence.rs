//! Presence in the node: news of desktops, calls and the other node go in; orders, answers and lines of the story
//! come out.

use api::ApiFailure;
use domain::{AgentId, Change, Forced, LogoutOrder, Now, Person};
use failover::fence::{self, LinkId};
use failover::presence::{Agent, GuardedOutput, Input, Order, Outcome, SessionId, Transition};

use super::{Node, Sabotage};
use crate::io::{HttpId, Output, PeerMessage, PeerNews};
use crate::presence::SignIn;
use crate::rest::{self, Waiting, Who};

impl Node {
    pub(super) fn peer(&mut self, link: LinkId, news: PeerNews, now: Now) {
        let input = match news {
            PeerNews::Up => {
                self.ledger.link_up(link, now);
                fence::Input::LinkUp(link)
            }
            PeerNews::Down => {
                self.ledger.link_down(link, now);
                fence::Input::LinkDown(link)
            }
            PeerNews::Said(PeerMessage::Ledger(message)) => return self.ledger.said(link, message, now),
            PeerNews::Said(PeerMessage::Fence(message)) => {
                fence::Input::Message(link, self.misheard_peer(message, now))
            }
        };
        self.presence.peer(input, now);
    }

    /// Presence hears of calls and sign-outs with the events that desktops get.
    pub(super) fn look(&mut self, change: &Change, now: Now) {
        if self.is_broken(Sabotage::LogoutOnCalls) {
            return;
        }
        match change {
            Change::User { agent, .. }
            | Change::DialogAdded { agent, .. }
            | Change::DialogChanged { agent, .. }
            | Change::DialogRemoved { agent, .. } => self.presence.look(&self.domain, agent, now),
            Change::Queue { .. } | Change::QueueRemoved { .. } | Change::Error { .. } => {}
        }
    }

    /// News of sessions.
    pub(super) fn desks(&mut self, news: Vec<Input>, now: Now) {
        let news = self.misheard_desks(news);
        self.presence.desks(news, now);
    }

    /// Of the last process of this node: a restart is nobody's absence, and nobody is forgotten by it.
    pub(super) fn remembered(&mut self, agents: Vec<AgentId>, now: Now) {
        let news = agents.into_iter().map(|agent| Input::Remembered(Agent::from(agent.as_str())));
        self.presence.desks(news.collect(), now);
    }

    pub(super) fn drain_presence(&mut self, now: Now) -> bool {
        let mut busy = false;
        while let Some(output) = self.presence.poll_output() {
            busy = true;
            self.presence_says(output, now);
        }
        busy
    }

    fn presence_says(&mut self, output: GuardedOutput, now: Now) {
        match output {
            GuardedOutput::RefuseSession(agent, session) => self.refuse_session(&agent, session, now),
            GuardedOutput::ForceLogout { agent, order, write_by } => {
                let late = write_by.is_some_and(|by| now.mono > by);
                self.force_logout(&AgentId::new(agent.as_str()), order, late, now);
            }
            GuardedOutput::Desktop(change) => self.desktop(&change, now),
            // That nobody is waited for is not worth a line.
            GuardedOutput::Watch(change) if change.desktops == 0 => {}
            GuardedOutput::Watch(change) => self.story(now, change.what(), change.to_string()),
            GuardedOutput::Link(change) => self.story(now, change.what(), change.to_string()),
            GuardedOutput::Send(link, message) => {
                let message = self.held_back(message);
                self.out.push_back(Output::PeerSend { link, message: message.into() });
            }
            GuardedOutput::Close(link, fault) => {
                self.ledger.link_down(link, now);
                self.out.push_back(Output::PeerClose { link, fault });
            }
            GuardedOutput::Admit(_, ticket) => {
                if let Some(sign_in) = self.presence.decided(ticket) {
                    self.perform(sign_in.http, &sign_in.waiting, Who::Person(&sign_in.person), now);
                }
            }
            GuardedOutput::RefuseSignIn(_, ticket) => self.refuse_sign_in(ticket),
        }
    }

    fn desktop(&mut self, change: &Transition, now: Now) {
        self.story(now, change.what(), change.to_string());
        let agent = AgentId::new(change.agent.as_str());
        if let Some(listed) = self.presence.relisted(&agent, change.to) {
            self.out.push_back(Output::Remember { agent, listed });
        }
    }

    fn refuse_session(&mut self, agent: &Agent, session: SessionId, now: Now) {
        let says =
            format!("desktop of agent {agent}: too many, session {} refused; next: nothing", session.0);
        self.story(now, "presence.refused", says);
        self.xmpp.refuse_session(session.0, now.mono);
    }

    /// What would come too late, or would hit a call, is not sent: presence begins a whole grace again.
    fn force_logout(&mut self, agent: &AgentId, order: Order, late: bool, now: Now) {
        if self.botched(agent, order, now) {
            return;
        }
        let on_call = self.domain.has_call(agent) && !self.is_broken(Sabotage::LogoutOnCalls);
        if late || !self.serving() || on_call {
            return self.presence.desk(Input::Outcome(order, Outcome::NotWritten), now);
        }
        self.domain.force_logout(agent, LogoutOrder(order.0), now);
    }

    pub(super) fn forced(&mut self, order: LogoutOrder, outcome: Forced, now: Now) {
        let outcome = match outcome {
            Forced::Accepted => Outcome::Accepted,
            Forced::Refused => Outcome::Refused,
            Forced::NotSent => Outcome::NotWritten,
            Forced::Unknown => Outcome::Unknown,
        };
        self.presence.desk(Input::Outcome(Order(order.0), outcome), now);
    }

    /// A sign-in passes the fence first: it waits while the other node logs that agent out.
    pub(super) fn perform_or_fence(&mut self, http: HttpId, waiting: Waiting, person: Person, now: Now) {
        if rest::is_sign_in(&person, &waiting) && !self.is_broken(Sabotage::AdmitAtOnce) {
            self.presence.sign_in(SignIn { http, waiting, person }, now);
        } else {
            self.perform(http, &waiting, Who::Person(&person), now);
        }
    }

    fn refuse_sign_in(&mut self, ticket: fence::Ticket) {
        if let Some(SignIn { http, waiting, .. }) = self.presence.decided(ticket) {
            self.counters.refused_overload += 1;
            self.reply(http, &waiting.request, Err(ApiFailure::out_of_service()));
        }
    }
}
