//! Performing what a stream asks for and cannot do alone.

use std::sync::Arc;
use std::time::Duration;

use crate::directory::Number;
use crate::jid::FullJid;
use crate::outgoing::Outgoing;
use crate::output::{EndCause, Output, Password};
use crate::pubsub::Command;
use crate::stream::{Effect, ReplyTo, StanzaError};

use super::{Check, Question, Service};

/// RFC 6120 allows this much; longer names are nobody's.
const RESOURCE_MAX: usize = 1023;

impl Service {
    /// Performs effects in order; the rest of them is void if one ended the session.
    pub(super) fn perform(&mut self, number: Number, effects: Vec<Effect>, now: Duration) {
        for effect in effects {
            match effect {
                Effect::Send(stanza) => self.send(number, Outgoing::Stanza(stanza), now),
                Effect::SendFirst(stanza) => self.send_first(number, stanza, now),
                Effect::Restart => self.restart(number),
                Effect::Check { user, password } => self.check(number, user, password, now),
                Effect::Bind { user, resource, reply } => self.bind(number, &user, resource, &reply, now),
                Effect::Presence { available } => self.presence(number, available),
                Effect::Watch => self.send_finesse_presence(number, now),
                Effect::PubSub { command, reply } => self.pubsub(number, command, reply, now),
                Effect::End(error) => self.end(number, EndCause::Stream(error), None, now),
            }
        }
    }

    fn send_first(&mut self, number: Number, stanza: String, now: Duration) {
        let Some(session) = self.sessions.get_mut(&number) else { return };
        let sent = session.carrier.send_first(Outgoing::Stanza(stanza));
        self.sent(number, sent, now);
    }

    fn check(&mut self, number: Number, user: String, password: Password, now: Duration) {
        if self.failures.are_too_many(&user, now) {
            return self.throttle(number, now);
        }
        self.last_check += 1;
        self.checks.insert(self.last_check, Check { number, user: user.clone() });
        self.outputs.push_back(Output::Check { check: self.last_check, user, password });
    }

    fn throttle(&mut self, number: Number, now: Duration) {
        self.counters.sign_ins_throttled += 1;
        let Some(session) = self.sessions.get_mut(&number) else { return };
        let effects = session.stream.throttled();
        self.perform(number, effects, now);
    }

    /// The new session has the resource before the old one is closed (notifications.md section 9).
    fn bind(&mut self, number: Number, user: &str, resource: Option<String>, reply: &ReplyTo, now: Duration) {
        // A tolerant server names a client that forgot to (notifications.md section 2).
        let resource = resource.unwrap_or_else(|| format!("client-{number:x}"));
        let jid = Arc::new(FullJid::new(user, &self.names.domain, &resource));
        if let Err(error) = self.may_bind(&jid) {
            self.counters.constrained += u64::from(error == StanzaError::ResourceConstraint);
            return self.send(number, Outgoing::Stanza(reply.error(error)), now);
        }
        let older = self.directory.insert(&jid, number);
        let available =
            older.and_then(|older| self.sessions.get(&older)).is_some_and(|s| s.stream.is_available());
        self.unbound.remove(&number);
        self.leases.end(jid.user());
        let (user, resource) = (jid.user().to_owned(), jid.resource().to_owned());
        self.outputs.push_back(Output::SessionBound { user, resource, session: number });
        if let Some(session) = self.sessions.get_mut(&number) {
            let answer = session.stream.bind(jid, reply, available);
            self.perform(number, vec![answer], now);
        }
        if let Some(older) = older {
            self.end(older, EndCause::Conflict, None, now);
        }
    }

    fn may_bind(&self, jid: &FullJid) -> Result<(), StanzaError> {
        if jid.resource().len() > RESOURCE_MAX || jid.resource().chars().any(char::is_control) {
            return Err(StanzaError::BadRequest);
        }
        let replaces = self.directory.session(jid.user(), jid.resource()).is_some();
        if !replaces && self.directory.resources(jid.user()) >= self.config.resources_max {
            return Err(StanzaError::ResourceConstraint);
        }
        Ok(())
    }

    fn presence(&mut self, number: Number, available: bool) {
        let Some(jid) = self.sessions.get(&number).and_then(|s| s.stream.jid()) else { return };
        let (user, resource) = (jid.user().to_owned(), jid.resource().to_owned());
        self.outputs.push_back(Output::Presence { user, resource, available, session: number });
    }

    fn pubsub(&mut self, number: Number, command: Command, reply: ReplyTo, now: Duration) {
        let Some(jid) = self.sessions.get(&number).and_then(|s| s.stream.jid()) else { return };
        match command.question(jid).map(str::to_owned) {
            Some(node) => self.ask_driver(jid.user().to_owned(), node, Question { number, command, reply }),
            None => self.execute(number, &command, &reply, now),
        }
    }

    fn ask_driver(&mut self, user: String, node: String, question: Question) {
        self.last_question += 1;
        self.outputs.push_back(Output::Admit { question: self.last_question, user, node });
        self.questions.insert(self.last_question, question);
    }

    pub(super) fn execute(&mut self, number: Number, command: &Command, reply: &ReplyTo, now: Duration) {
        let Some(jid) = self.sessions.get(&number).and_then(|s| s.stream.jid()) else { return };
        let online = |resource: &str| self.directory.session(jid.user(), resource).is_some();
        let answer = match self.subscriptions.execute(jid, command, online) {
            Ok(payload) => reply.result(&payload),
            Err(error) => {
                self.counters.constrained += u64::from(error == StanzaError::ResourceConstraint);
                reply.error(error)
            }
        };
        self.send(number, Outgoing::Stanza(answer), now);
    }
}
