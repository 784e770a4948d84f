//! All sessions of one node: the entry point of this crate.

mod effects;
mod endings;
mod last_words;
mod schedule;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use crate::bosh::{
    self, Body, Condition, Opening, REQUESTS, Refusal, Reply, Request, Silence, Terms, Window,
};
use crate::config::ServiceConfig;
use crate::directory::{Directory, Number};
use crate::jid::Names;
use crate::outgoing::{Outgoing, Queue};
use crate::output::{AuthOutcome, Counters, Denial, EndCause, Output, Timer};
use crate::pubsub::{Audience, Command, Event, Node, Subscriptions};
use crate::sids::Sids;
use crate::stream::{ReplyTo, Stream, finesse_presence};
use last_words::LastWords;
use schedule::Schedule;

/// The most requests that a session holds open.
const HOLD_MAX: usize = 1;

/// The sessions of one node, their subscriptions, and the events on the way to them.
///
/// The driver passes in what happened and then drains [`Service::poll_output`]; it calls
/// [`Service::handle_timeout`] when the time of [`Service::poll_timeout`] has come.
pub struct Service {
    config: ServiceConfig,
    names: Names,
    sids: Sids,
    sessions: BTreeMap<Number, Session>,
    /// Sessions that are not bound yet, oldest first.
    unbound: BTreeSet<Number>,
    by_sid: BTreeMap<String, Number>,
    by_request: BTreeMap<u64, Number>,
    by_check: BTreeMap<u64, Number>,
    questions: BTreeMap<u64, Question>,
    directory: Directory,
    subscriptions: Subscriptions,
    last_words: LastWords,
    schedule: Schedule,
    finesse_available: bool,
    last_session: Number,
    last_check: u64,
    last_question: u64,
    last_item: u64,
    counters: Counters,
    outputs: VecDeque<Output>,
}

/// A stream and what carries it.
struct Session {
    sid: String,
    /// The client is from before BOSH 1.6.
    legacy: bool,
    /// To be bound by then.
    setup_until: Duration,
    stream: Stream,
    window: Window,
}

/// A subscription that waits for the driver's word.
struct Question {
    number: Number,
    command: Command,
    reply: ReplyTo,
}

impl Service {
    /// A node without sessions. `key` must be fresh for each run and known to nobody else: session ids come from it.
    pub fn new(config: ServiceConfig, key: [u8; 32]) -> Self {
        Self {
            names: Names::new(&config.domain),
            sids: Sids::new(key),
            sessions: BTreeMap::new(),
            unbound: BTreeSet::new(),
            by_sid: BTreeMap::new(),
            by_request: BTreeMap::new(),
            by_check: BTreeMap::new(),
            questions: BTreeMap::new(),
            directory: Directory::default(),
            subscriptions: Subscriptions::new(config.subscriptions_max),
            last_words: LastWords::new(config.sessions_max),
            schedule: Schedule::default(),
            finesse_available: true,
            last_session: 0,
            last_check: 0,
            last_question: 0,
            last_item: 0,
            counters: Counters::default(),
            outputs: VecDeque::new(),
            config,
        }
    }

    /// An HTTP POST with this body arrived. It is answered by an [`Output::Reply`] with the same `id`, at once or
    /// within the session's `wait`. Ids are the driver's, and never used twice.
    ///
    /// Tells whose desktop it was that made itself heard: the user of the session, if that is bound and goes on.
    pub fn bosh(&mut self, id: u64, body: &[u8], now: Duration) -> Option<&str> {
        self.counters.requests += 1;
        match Request::parse(body, self.config.body_max) {
            Ok(Request::Open(opening)) => self.open(id, &opening, now),
            Ok(Request::Continue { sid, rid, body }) => {
                self.carry_on(id, &sid, rid, body, now);
                return self.user_of(&sid);
            }
            Err(refusal) => self.refuse(id, refusal, now),
        }
        None
    }

    fn user_of(&self, sid: &str) -> Option<&str> {
        let session = self.sessions.get(self.by_sid.get(sid)?)?;
        session.stream.jid().map(|jid| jid.user())
    }

    /// The client closed the connection of HTTP request `id` before it was answered; it needs no reply any more.
    pub fn bosh_gone(&mut self, id: u64, now: Duration) {
        let Some(number) = self.by_request.remove(&id) else { return };
        if let Some(session) = self.sessions.get_mut(&number) {
            session.window.gone(id, now);
        }
        self.settle(number, now);
    }

    /// The outcome of the [`Output::Check`] called `check`; ignored if its session is gone.
    pub fn authenticated(&mut self, check: u64, outcome: AuthOutcome, now: Duration) {
        let Some(number) = self.by_check.remove(&check) else { return };
        let Some(session) = self.sessions.get_mut(&number) else { return };
        if !matches!(outcome, AuthOutcome::Accepted { .. }) {
            self.counters.sign_ins_failed += 1;
        }
        let effects = session.stream.authenticated(outcome);
        self.perform(number, effects, now);
        self.settle(number, now);
    }

    /// The answer to the [`Output::Admit`] called `question`; ignored if its session is gone.
    pub fn admitted(&mut self, question: u64, verdict: Result<(), Denial>, now: Duration) {
        let Some(Question { number, command, reply }) = self.questions.remove(&question) else { return };
        match verdict {
            Ok(()) => self.execute(number, &command, &reply, now),
            Err(denial) => self.send(number, Outgoing::Stanza(reply.error(denial.into())), now),
        }
        self.settle(number, now);
    }

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

    /// Ends all sessions of `user`, for one that was deleted or may no longer be here.
    pub fn disconnect_user(&mut self, user: &str, now: Duration) {
        for number in self.directory.of(&user.to_lowercase()).collect::<Vec<_>>() {
            self.end(number, EndCause::Removed, None, now);
        }
    }

    /// Ends all sessions for a planned stop. Clients do not reconnect by themselves after this
    /// (notifications.md section 4.5), so it is for a node that will not come back.
    pub fn shut_down(&mut self, now: Duration) {
        for number in self.sessions.keys().copied().collect::<Vec<_>>() {
            self.end(number, EndCause::Shutdown, None, now);
        }
    }

    /// Does what is due; harmless at any time.
    pub fn handle_timeout(&mut self, now: Duration) {
        for number in self.schedule.take_due(now) {
            let Some(session) = self.sessions.get_mut(&number) else { continue };
            if session.setup_due().is_some_and(|at| at <= now) {
                self.end(number, EndCause::Late, None, now);
                continue;
            }
            match session.window.handle_timeout(now) {
                Ok(replies) => self.reply_all(replies),
                Err(Silence::Inactive) => self.end(number, EndCause::Inactive, None, now),
                Err(Silence::Gap) => self.end(number, EndCause::Bosh(Condition::ItemNotFound), None, now),
            }
            self.settle(number, now);
        }
        self.last_words.forget_until(now);
    }

    /// When to call [`Service::handle_timeout`] next, and what for.
    pub fn poll_timeout(&self) -> Option<(Duration, Timer)> {
        let last_words = self.last_words.deadline().map(|at| (at, Timer::LastWords));
        [self.schedule.first(), last_words].into_iter().flatten().min()
    }

    /// The next thing to do; drain it after every change.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// How many sessions there are, bound or not.
    pub fn sessions(&self) -> usize {
        self.sessions.len()
    }

    /// How many sessions get what is published on `node`.
    pub fn subscribers(&self, node: &str) -> usize {
        self.receivers(node).len()
    }

    /// What happened so far.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    fn open(&mut self, id: u64, opening: &Opening, now: Duration) {
        if opening.to.as_deref().is_some_and(|to| !to.eq_ignore_ascii_case(&self.names.domain)) {
            return self.refuse(id, Refusal { condition: Condition::HostUnknown, sid: None }, now);
        }
        if !self.make_room(now) {
            self.counters.refused += 1;
            return self.reply_full(id);
        }
        self.counters.opened += 1;
        self.last_session += 1;
        let number = self.last_session;
        let (session, answer) = self.new_session(number, opening, now);
        self.by_sid.insert(session.sid.clone(), number);
        self.unbound.insert(number);
        self.sessions.insert(number, session);
        self.reply(Reply { id, body: answer }, 200);
        self.settle(number, now);
    }

    fn new_session(&self, number: Number, opening: &Opening, now: Duration) -> (Session, String) {
        let stream = Stream::new(self.config.sign_ins_max);
        let terms = self.terms(opening);
        let sid = self.sids.sid(number);
        let answer = bosh::opened(
            &bosh::Session {
                opening,
                domain: &self.names.domain,
                sid: &sid,
                wait: terms.wait,
                hold: terms.hold,
                requests: REQUESTS,
                inactivity: terms.inactivity,
                pause_max: terms.pause_max,
            },
            &stream.features(),
        );
        let queue = Queue::new(self.config.queue_stanzas_max, self.config.queue_bytes_max);
        let window = Window::new(terms, opening.rid, answer.clone(), queue, now);
        let setup_until = now + self.config.setup;
        (Session { sid, legacy: opening.is_legacy(), setup_until, stream, window }, answer)
    }

    fn terms(&self, opening: &Opening) -> Terms {
        let wait = opening.wait.unwrap_or(self.config.wait_max).min(self.config.wait_max);
        let hold =
            if wait.is_zero() { 0 } else { usize::try_from(opening.hold).unwrap_or(HOLD_MAX).min(HOLD_MAX) };
        Terms { hold, wait, inactivity: self.config.inactivity, pause_max: self.config.pause_max }
    }

    /// Whether one more session fits. A session that is still not bound gives way to a newcomer, oldest first, so
    /// that half-open sessions cannot keep agents out.
    fn make_room(&mut self, now: Duration) -> bool {
        if self.sessions.len() >= self.config.sessions_max
            && let Some(oldest) = self.unbound.first().copied()
        {
            self.end(oldest, EndCause::Late, None, now);
        }
        self.sessions.len() < self.config.sessions_max
    }

    fn carry_on(&mut self, id: u64, sid: &str, rid: u64, body: Body, now: Duration) {
        let Some(number) = self.by_sid.get(sid).copied() else { return self.reply_unknown(id, sid) };
        let Some(session) = self.sessions.get_mut(&number) else { return self.reply_unknown(id, sid) };
        self.counters.repeated += u64::from(session.window.had_turn(rid));
        match session.window.accept(id, rid, body, now) {
            Ok(replies) => {
                self.by_request.insert(id, number);
                self.reply_all(replies);
                self.take_turns(number, now);
            }
            Err(condition) => self.end(number, EndCause::Bosh(condition), Some(id), now),
        }
        self.settle(number, now);
    }

    /// Processes the requests whose turn has come, each answered before the next is looked at.
    fn take_turns(&mut self, number: Number, now: Duration) {
        while let Some(body) = self.sessions.get_mut(&number).and_then(|s| s.window.take_turn()) {
            self.process(number, body, now);
            self.flush(number, now);
        }
    }

    fn process(&mut self, number: Number, body: Body, now: Duration) {
        if body.restart
            && let Some(session) = self.sessions.get(&number)
        {
            let features = session.stream.features();
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
            && let Some(session) = self.sessions.get_mut(&number)
        {
            let replies = session.window.pause(time, now);
            self.reply_all(replies);
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

    /// Queues a stanza; a client that does not fetch what waits for it loses its session, and nobody else's.
    fn send(&mut self, number: Number, stanza: Outgoing, now: Duration) {
        let Some(session) = self.sessions.get_mut(&number) else { return };
        if session.window.send(stanza).is_err() {
            self.counters.overflows += 1;
            self.end(number, EndCause::Overflow, None, now);
        }
    }

    fn send_finesse_presence(&mut self, number: Number, now: Duration) {
        let Some(jid) = self.sessions.get(&number).and_then(|s| s.stream.jid()) else { return };
        let presence = finesse_presence(&self.names, jid, self.finesse_available);
        self.send(number, Outgoing::Stanza(presence), now);
    }

    fn flush(&mut self, number: Number, now: Duration) {
        let Some(session) = self.sessions.get_mut(&number) else { return };
        let replies = session.window.flush(now);
        self.reply_all(replies);
    }

    /// After anything that happened to a session: answers go out and its deadline is kept.
    fn settle(&mut self, number: Number, now: Duration) {
        self.flush(number, now);
        let deadline = self.sessions.get(&number).and_then(Session::deadline);
        self.schedule.set(number, deadline);
    }

    fn reply_all(&mut self, replies: Vec<Reply>) {
        for reply in replies {
            self.reply(reply, 200);
        }
    }

    fn reply(&mut self, Reply { id, body }: Reply, status: u16) {
        self.by_request.remove(&id);
        self.outputs.push_back(Output::Reply { id, status, body });
    }
}

impl Session {
    fn deadline(&self) -> Option<(Duration, Timer)> {
        let setup = self.setup_due().map(|at| (at, Timer::Setup));
        [self.window.deadline(), setup].into_iter().flatten().min()
    }

    fn setup_due(&self) -> Option<Duration> {
        self.stream.jid().is_none().then_some(self.setup_until)
    }
}
