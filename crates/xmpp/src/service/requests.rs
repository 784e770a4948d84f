//! Sessions over BOSH: HTTP requests come in, each gets one reply.

use std::time::Duration;

use crate::bosh::{self, Body, Condition, Opening, REQUESTS, Refusal, Reply, Request, Terms, Window};
use crate::directory::Number;
use crate::outgoing::{Outgoing, Queue};
use crate::output::EndCause;
use crate::sids::Sid;
use crate::stream::Stream;

use super::{Bosh, Carrier, Service, Session, TooMuch};

/// The most requests that a session holds open.
const HOLD_MAX: usize = 1;

/// One HTTP request of a session.
#[derive(Clone, Copy)]
struct Arrival {
    id: u64,
    rid: u64,
    bytes: usize,
}

impl Service {
    /// An HTTP POST with this body arrived. It is answered by an [`Output::Reply`] with the same `id`, at once or
    /// within the session's `wait`. Ids are the driver's, and never used twice.
    ///
    /// Tells whose desktop it was that made itself heard: the user of the session, if that is bound and goes on.
    pub fn bosh(&mut self, id: u64, body: &[u8], now: Duration) -> Option<&str> {
        self.counters.requests += 1;
        if !self.is_running {
            self.reply_stopped(id);
            return None;
        }
        match Request::parse(body, &self.config.limits()) {
            Ok(Request::Open(opening)) if body.len() <= self.config.unauthenticated_bytes_max => {
                self.open(id, &opening, now);
            }
            Ok(Request::Open(_)) => {
                let refusal = Refusal { condition: Condition::PolicyViolation, sid: None };
                self.refuse(id, refusal, now);
            }
            Ok(Request::Continue { sid, rid, body: content }) => {
                self.carry_on(Arrival { id, rid, bytes: body.len() }, &sid, content, now);
                return self.user(*self.by_sid.get(&Sid::parse(&sid)?)?);
            }
            Err(refusal) => self.refuse(id, refusal, now),
        }
        None
    }

    /// The client closed the connection of HTTP request `id` before it was answered; it needs no reply any more.
    pub fn bosh_gone(&mut self, id: u64, now: Duration) {
        let Some(number) = self.by_request.remove(&id) else { return };
        if let Some(bosh) = self.bosh_of(number) {
            bosh.window.gone(id, now);
        }
        self.settle(number, now);
    }

    fn open(&mut self, id: u64, opening: &Opening, now: Duration) {
        if !self.make_room(now) {
            self.counters.refused += 1;
            return self.reply_full(id);
        }
        self.counters.opened += 1;
        self.last_session += 1;
        let number = self.last_session;
        let sid = self.sids.sid(number);
        self.by_sid.insert(sid, number);
        let (session, answer) = self.new_session(sid, opening, now);
        self.unbound.insert(number);
        self.sessions.insert(number, Box::new(session));
        self.reply(Reply { id, body: answer }, 200);
        self.settle(number, now);
    }

    fn new_session(&self, sid: Sid, opening: &Opening, now: Duration) -> (Session, String) {
        let stream = Stream::new(self.config.sign_ins_max);
        let terms = self.terms(opening);
        let answer = bosh::opened(
            &bosh::Session {
                opening,
                domain: &self.names.domain,
                sid,
                wait: terms.wait,
                hold: terms.hold,
                requests: REQUESTS,
                inactivity: terms.inactivity,
                pause_max: terms.pause_max,
            },
            &stream.features(false),
        );
        let queue = Queue::new(self.config.queue_stanzas_max, self.config.queue_bytes_max);
        let window = Window::new(terms, opening.rid, answer.clone(), queue, now);
        let setup_until = now + self.config.setup;
        let carrier = Carrier::Bosh(Bosh { sid, legacy: opening.is_legacy(), window });
        (Session { carrier, setup_until, stream, unauthenticated: 0 }, answer)
    }

    fn terms(&self, opening: &Opening) -> Terms {
        let wait = opening.wait.unwrap_or(self.config.wait_max).min(self.config.wait_max);
        let hold =
            if wait.is_zero() { 0 } else { usize::try_from(opening.hold).unwrap_or(HOLD_MAX).min(HOLD_MAX) };
        Terms { hold, wait, inactivity: self.config.inactivity, pause_max: self.config.pause_max }
    }

    fn carry_on(&mut self, arrival: Arrival, sid: &str, body: Body, now: Duration) {
        let Arrival { id, rid, bytes } = arrival;
        let sid = Sid::parse(sid);
        let Some(number) = sid.and_then(|sid| self.by_sid.get(&sid)).copied() else {
            return self.reply_unknown(id, sid);
        };
        if let Err(TooMuch) = self.take_bytes(number, bytes) {
            return self.end(number, EndCause::Bosh(Condition::PolicyViolation), Some(id), now);
        }
        let Some(bosh) = self.bosh_of(number) else { return self.reply_unknown(id, sid) };
        let repeated = bosh.window.had_turn(rid);
        match bosh.window.accept(id, rid, body, now) {
            Ok(replies) => {
                self.by_request.insert(id, number);
                self.reply_all(replies);
                self.take_turns(number, now);
            }
            Err(condition) => self.end(number, EndCause::Bosh(condition), Some(id), now),
        }
        self.counters.repeated += u64::from(repeated);
        self.settle(number, now);
    }

    fn bosh_of(&mut self, number: Number) -> Option<&mut Bosh> {
        self.sessions.get_mut(&number)?.carrier.bosh()
    }

    /// Processes the requests whose turn has come, each answered before the next is looked at.
    fn take_turns(&mut self, number: Number, now: Duration) {
        while let Some(body) = self.bosh_of(number).and_then(|bosh| bosh.window.take_turn()) {
            self.process(number, body, now);
            self.flush(number, now);
        }
    }

    fn process(&mut self, number: Number, body: Body, now: Duration) {
        if body.restart
            && let Some(session) = self.sessions.get(&number)
        {
            let features = session.stream.features(false);
            self.send(number, Outgoing::Stanza(features), now);
        }
        for stanza in &body.stanzas {
            let Some(session) = self.sessions.get_mut(&number) else { return };
            let effects = session.stream.handle(stanza, &self.names);
            self.perform(number, effects, now);
        }
        if body.terminate {
            self.end(number, EndCause::Closed, None, now);
        } else if let Some(time) = body.pause
            && let Some(bosh) = self.bosh_of(number)
        {
            let replies = bosh.window.pause(time, now);
            self.reply_all(replies);
        }
    }
}
