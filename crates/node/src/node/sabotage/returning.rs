//! What a broken node does when service is lost and when it returns.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::{AgentId, Change, Now, Ticket, UserState};
use ged188::{AgentState, Message, SetAgentStateReq, StatusCode};

use super::super::Node;
use super::Sabotage;
use crate::asked::Asker;
use crate::publish;

/// A state that was asked for has come through by then.
const A_LITTLE_LATER: Duration = Duration::from_secs(3);

impl Node {
    /// Service is about to be lost.
    pub(in crate::node) fn note_who_is_ready(&mut self) {
        if !self.restores_too_much() {
            return;
        }
        let ready = self.domain.users().filter(|user| user.state == UserState::Ready);
        self.broken.ready.extend(ready.map(|user| user.id));
    }

    /// Service has just been lost.
    pub(in crate::node) fn babble(&mut self, now: Now) {
        if !self.is_broken(Sabotage::EventsWhileOut) {
            return;
        }
        let agents: Vec<_> = self.domain.users().map(|user| user.id).collect();
        for agent in agents {
            if let Some(event) = publish::event(&self.domain, &Change::User { agent, request: None }) {
                self.xmpp.publish(&event.node, &event.payload, now.mono);
            }
        }
    }

    /// A broken node presumes that whoever it does not expect is signed out.
    pub(in crate::node) fn presume(&mut self, now: Now) {
        if !self.is_broken(Sabotage::PresumeSignedOut) {
            return;
        }
        let expected = self.domain.agents_expected();
        for agent in self.domain.agents_to_query().iter().filter(|agent| !expected.contains(agent)) {
            self.domain.apply_agent_state(agent, Err(StatusCode::AGENT_NOT_LOGGED_ON), now);
        }
    }

    /// The changes to publish after a recovery.
    pub(in crate::node) fn spoil(&self, mut changes: Vec<Change>) -> Vec<Change> {
        let is_error = |change: &Change| matches!(change, Change::Error { .. });
        if self.is_broken(Sabotage::PublishTwice) {
            changes.extend(changes.clone());
        } else if self.is_broken(Sabotage::PublishNever) {
            changes.retain(is_error);
        } else if self.is_broken(Sabotage::ForgetUnproven) {
            changes.retain(|change| !is_error(change));
        } else if self.is_broken(Sabotage::DialogsFirst) {
            changes.sort_by_key(|change| matches!(change, Change::User { .. }));
        } else if self.is_broken(Sabotage::CallsLast) {
            changes.sort_by_key(|change| self.is_of_somebody_on_a_call(change));
        }
        changes
    }

    fn is_of_somebody_on_a_call(&self, change: &Change) -> bool {
        match change {
            Change::User { agent, .. }
            | Change::DialogAdded { agent, .. }
            | Change::DialogChanged { agent, .. }
            | Change::DialogRemoved { agent, .. }
            | Change::Error { agent, .. } => self.domain.on_call(agent),
            Change::Queue { .. } | Change::QueueRemoved { .. } => false,
        }
    }

    /// Service is about to be announced: a broken node tells of final states before it.
    pub(in crate::node) fn tell_early(&mut self, changes: &[Change], now: Now) {
        if self.is_broken(Sabotage::StatesFirst) {
            changes.iter().for_each(|change| self.publish(change, now));
        }
    }

    /// Final states are about to be told: a broken node tells of teams or queues before them.
    pub(in crate::node) fn tell_in_disorder(&mut self, changes: &[Change], now: Now) {
        if self.is_broken(Sabotage::TeamsFirst) {
            changes.iter().for_each(|change| self.publish_to_team(change, now));
        }
        if self.is_broken(Sabotage::QueuesFirst) {
            let users = self.domain.users().flat_map(|user| self.domain.queues_of(&user.id));
            let queues: BTreeSet<_> = users.map(|queue| queue.id).collect();
            queues.into_iter().for_each(|queue| self.publish(&Change::Queue { queue }, now));
        }
    }

    /// Service has returned.
    pub(in crate::node) fn make_everybody_ready(&mut self, now: Now) {
        if !self.is_broken(Sabotage::ReadyAnyway) {
            return;
        }
        let not_ready = self.domain.users().filter(|user| user.state == UserState::NotReady);
        for agent in not_ready.map(|user| user.id).collect::<Vec<_>>() {
            self.make_ready(&agent, now);
        }
    }

    /// A new session is in service.
    pub(in crate::node) fn send_again(&mut self, now: Now) {
        if let Some((ticket, message)) = self.broken.last_command.take() {
            self.link.ask(Asker::Domain(ticket), message, now.mono);
        }
    }

    /// An agent has changed.
    pub(in crate::node) fn meddle(&mut self, change: &Change, now: Now) {
        let Change::User { agent, request } = change else { return };
        if !self.restores_too_much() {
            return;
        }
        let (state, was_ready) = (self.domain.state(agent), self.broken.ready.contains(agent));
        if self.is_broken(Sabotage::RestoreTwice) && was_ready && state == UserState::Ready {
            self.broken.ready.remove(agent);
            self.make_ready(agent, now);
        }
        if self.is_broken(Sabotage::RestoreWhoeverActed)
            && was_ready
            && request.is_some()
            && state == UserState::NotReady
        {
            self.broken.restored.push((now.mono + A_LITTLE_LATER, agent.clone()));
        }
    }

    fn restores_too_much(&self) -> bool {
        self.is_broken(Sabotage::RestoreTwice) || self.is_broken(Sabotage::RestoreWhoeverActed)
    }

    pub(super) fn make_ready(&mut self, agent: &AgentId, now: Now) {
        let ready = Message::SetAgentStateReq(SetAgentStateReq {
            peripheral_id: self.config.peripheral_id,
            agent_state: AgentState::AVAILABLE,
            agent_id: agent.to_string(),
            ..SetAgentStateReq::default()
        });
        self.link.ask(Asker::Domain(Ticket(u64::MAX)), ready, now.mono);
    }
}
