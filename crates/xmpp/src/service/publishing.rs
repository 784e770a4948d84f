//! What goes to many: events of nodes, and the web application's presence.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use crate::directory::Number;
use crate::outgoing::Outgoing;
use crate::pubsub::{Audience, Event, Node};
use crate::stream::finesse_presence;

use super::Service;

impl Service {
    /// Publishes `payload`, an `<Update>` document, on `node`. Each session that is subscribed in any way gets it
    /// once, in the order of publication, whether or not it sent presence (notifications.md quirk 9).
    pub fn publish(&mut self, node: &str, payload: &str, now: Duration) {
        self.last_item += 1;
        let receivers = self.receivers(node);
        if receivers.is_empty() {
            return;
        }
        let event = Arc::new(Event::new(&self.names.pubsub, node, self.last_item, payload));
        for number in receivers {
            let Some(jid) = self.sessions.get(&number).and_then(|s| s.stream.jid()) else { continue };
            let stanza = Outgoing::Event(Arc::clone(&event), Arc::clone(jid));
            self.counters.events += 1;
            self.send(number, stanza, now);
            self.settle(number, now);
        }
    }

    /// Whether the web application is connected, which clients see as presence of the user `finesse`
    /// (notifications.md section 8). It is at the start.
    pub fn set_finesse_available(&mut self, available: bool, now: Duration) {
        if self.finesse_available == available {
            return;
        }
        self.finesse_available = available;
        let watching = self.sessions.iter().filter(|(_, session)| session.stream.watches());
        for number in watching.map(|(number, _)| *number).collect::<Vec<_>>() {
            self.send_finesse_presence(number, now);
            self.settle(number, now);
        }
    }

    /// All explicit subscriptions: user and node.
    pub fn explicit(&self) -> impl Iterator<Item = (&str, &str)> {
        self.subscriptions.all()
    }

    /// `user` has no right to `node` any more: its subscriptions to it are over, and nobody is told, as the documented
    /// clients know events of one kind only. What is automatic stays.
    pub fn revoke(&mut self, user: &str, node: &str) {
        self.subscriptions.revoke(&user.to_lowercase(), node);
    }

    /// How many sessions get what is published on `node`.
    pub fn subscribers(&self, node: &str) -> usize {
        self.receivers(node).len()
    }

    pub(super) fn send_finesse_presence(&mut self, number: Number, now: Duration) {
        let Some(jid) = self.sessions.get(&number).and_then(|s| s.stream.jid()) else { return };
        let presence = finesse_presence(&self.names, jid, self.finesse_available);
        self.send(number, Outgoing::Stanza(presence), now);
    }

    /// Nobody has read for these for too long.
    pub(super) fn forget_subscriptions(&mut self, now: Duration) {
        while let Some(user) = self.leases.take_due(now) {
            self.counters.leases_ended += 1;
            self.subscriptions.forget(&user);
        }
    }

    fn receivers(&self, node: &str) -> BTreeSet<Number> {
        let mut receivers: BTreeSet<Number> = match Node::parse(node).as_ref().map(Node::audience) {
            Some(Audience::Everyone) => self.directory.all().collect(),
            Some(Audience::User(user)) => self.directory.of(user).collect(),
            Some(Audience::Nobody) | None => BTreeSet::new(),
        };
        for (user, resource) in self.subscriptions.of(node) {
            match resource {
                Some(resource) => receivers.extend(self.directory.session(user, resource)),
                None => receivers.extend(self.directory.of(user)),
            }
        }
        receivers
    }
}
