//! How sessions end, and what requests are told that belong to none.

use std::time::Duration;

use crate::bosh::{self, Condition, Refusal, Reply};
use crate::directory::Number;
use crate::outgoing::Outgoing;
use crate::output::{EndCause, Output};
use crate::sids::Sid;
use crate::stream::StreamError;

use super::{Bosh, Carrier, Service, Session};

impl Service {
    /// Ends a session; `request` is one that its window did not take. The route is gone before the client hears of
    /// it, and only if it is still this session's.
    pub(super) fn end(&mut self, number: Number, cause: EndCause, request: Option<u64>, now: Duration) {
        let Some(session) = self.sessions.remove(&number) else { return };
        match &session.carrier {
            Carrier::Bosh(bosh) => drop(self.by_sid.remove(&bosh.sid)),
            Carrier::Wire(wire) => drop(self.by_connection.remove(&wire.connection)),
        }
        self.count(cause);
        self.unbound.remove(&number);
        self.checks.retain(|_, check| check.number != number);
        self.questions.retain(|_, question| question.number != number);
        self.schedule.set(number, None);
        self.tell_presence(number, &session, cause, now);
        if cause == EndCause::Stopped {
            return self.drop_carrier(*session);
        }
        match session.carrier {
            Carrier::Bosh(bosh) => self.tell_client(bosh, cause, request, now),
            Carrier::Wire(wire) => self.tell_peer(number, wire, cause),
        }
    }

    /// A request that is no use ends the session that it speaks of, if any.
    pub(super) fn refuse(&mut self, id: u64, refusal: Refusal, now: Duration) {
        self.counters.malformed += 1;
        let sid = refusal.sid.as_deref().and_then(Sid::parse);
        let session = sid.and_then(|sid| self.by_sid.get(&sid)).copied();
        match session {
            Some(number) => self.end(number, EndCause::Bosh(refusal.condition), Some(id), now),
            None => {
                let body = bosh::terminated(Some(refusal.condition), [].iter());
                self.reply(Reply { id, body }, 200);
            }
        }
    }

    /// For a session that is over or never was. The status is 200 so that the client starts anew at once instead of
    /// trying the same again (notifications.md quirk 11).
    pub(super) fn reply_unknown(&mut self, id: u64, sid: Option<Sid>) {
        self.counters.unknown_sessions += 1;
        let unknown = || bosh::terminated(Some(Condition::ItemNotFound), [].iter());
        let body = sid.and_then(|sid| self.last_words.of(sid)).cloned().unwrap_or_else(unknown);
        self.reply(Reply { id, body }, 200);
    }

    /// There are too many sessions.
    pub(super) fn reply_full(&mut self, id: u64) {
        let error = Outgoing::Stanza(StreamError::ResourceConstraint.to_xml());
        let body = bosh::terminated(Some(Condition::RemoteStreamError), [error].iter());
        self.reply(Reply { id, body }, 200);
    }

    fn count(&mut self, cause: EndCause) {
        match cause {
            EndCause::Inactive | EndCause::Silent => self.counters.silent += 1,
            EndCause::Late => self.counters.late += 1,
            EndCause::Overflow => self.counters.overflows += 1,
            EndCause::Bosh(Condition::PolicyViolation) | EndCause::Stream(StreamError::PolicyViolation) => {
                self.counters.violations += 1;
            }
            EndCause::Closed
            | EndCause::Disconnected
            | EndCause::Conflict
            | EndCause::Bosh(_)
            | EndCause::Stream(_)
            | EndCause::Removed
            | EndCause::Refused
            | EndCause::Stopped
            | EndCause::Shutdown => {}
        }
    }

    fn tell_presence(&mut self, number: Number, session: &Session, cause: EndCause, now: Duration) {
        let Some(jid) = session.stream.jid() else { return };
        self.directory.remove(jid, number);
        if let Some(user) = self.subscriptions.user(jid.user())
            && self.directory.resources(user) == 0
        {
            self.leases.begin(user, now);
        }
        let (user, resource) = (jid.user().to_owned(), jid.resource().to_owned());
        // After a conflict the newer session stands for this presence too, and a stop of ours says nothing of a desktop.
        let tells = !matches!(cause, EndCause::Conflict | EndCause::Stopped);
        if session.stream.is_available() && tells {
            let (user, resource) = (user.clone(), resource.clone());
            self.outputs.push_back(Output::Presence { user, resource, available: false, session: number });
        }
        self.outputs.push_back(Output::SessionEnded { user, resource, session: number, cause });
    }

    /// One open request gets what waited and the reason, the others only the reason. Without any, the reason is kept
    /// for the next.
    fn tell_client(&mut self, bosh: Bosh, cause: EndCause, request: Option<u64>, now: Duration) {
        let Farewell { condition, error, with_queue } = Farewell::of(cause);
        let (mut ids, mut waiting) = bosh.window.close();
        ids.extend(request);
        let error = error.map(|error| Outgoing::Stanza(error.to_xml()));
        waiting.retain(|_| with_queue);
        waiting.extend(error.clone());
        let full = bosh::terminated(condition, waiting.iter());
        let brief = match cause {
            EndCause::Closed => bosh::content([].iter()),
            _ => bosh::terminated(condition, error.iter()),
        };
        let status = condition.map_or(200, |condition| condition.status(bosh.legacy));
        // The client's own farewell came last and is what it expects to be confirmed.
        let main = if cause == EndCause::Closed { ids.last() } else { ids.first() }.copied();
        if main.is_none() && !matches!(cause, EndCause::Closed | EndCause::Inactive) {
            self.last_words.keep(bosh.sid, brief.clone(), now + self.config.inactivity);
        }
        for id in ids {
            let body = if Some(id) == main { full.clone() } else { brief.clone() };
            self.reply(Reply { id, body }, status);
        }
    }
}

/// What a client is told at the end.
pub(super) struct Farewell {
    condition: Option<Condition>,
    pub(super) error: Option<StreamError>,
    /// Along with what still waited.
    pub(super) with_queue: bool,
}

impl Farewell {
    pub(super) fn of(cause: EndCause) -> Self {
        let stream = |error| Self {
            condition: Some(Condition::RemoteStreamError),
            error: Some(error),
            with_queue: error != StreamError::ResourceConstraint,
        };
        let bosh = |condition| Self { condition: Some(condition), error: None, with_queue: true };
        match cause {
            EndCause::Closed | EndCause::Disconnected | EndCause::Stopped => {
                Self { condition: None, error: None, with_queue: true }
            }
            EndCause::Inactive => bosh(Condition::ItemNotFound),
            EndCause::Late | EndCause::Silent => stream(StreamError::ConnectionTimeout),
            EndCause::Conflict => stream(StreamError::Conflict),
            EndCause::Overflow | EndCause::Refused => stream(StreamError::ResourceConstraint),
            EndCause::Bosh(condition) => bosh(condition),
            EndCause::Stream(error) => stream(error),
            EndCause::Removed => stream(StreamError::NotAuthorized),
            EndCause::Shutdown => bosh(Condition::SystemShutdown),
        }
    }
}
