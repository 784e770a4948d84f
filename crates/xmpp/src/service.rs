//! All sessions of one node: the entry point of this crate.

mod effects;
mod endings;
mod failures;
mod last_words;
mod leases;
mod publishing;
mod requests;
mod running;
mod schedule;
mod session;
mod wires;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use crate::bosh::Reply;
use crate::config::ServiceConfig;
use crate::directory::{Directory, Number};
use crate::jid::Names;
use crate::outgoing::{Outgoing, Overflow};
use crate::output::{AuthOutcome, Counters, Denial, EndCause, Output, Timer};
use crate::pubsub::{Command, Subscriptions};
use crate::sids::{Sid, Sids};
use crate::stream::ReplyTo;
use failures::Failures;
use last_words::LastWords;
use leases::Leases;
use schedule::Schedule;
use session::{Bosh, Carrier, Due, Session};

/// The sessions of one node, their subscriptions, and the events on the way to them.
///
/// The driver passes in what happened and then drains [`Service::poll_output`]; it calls
/// [`Service::handle_timeout`] when the time of [`Service::poll_timeout`] has come.
pub struct Service {
    config: ServiceConfig,
    names: Names,
    sids: Sids,
    sessions: BTreeMap<Number, Box<Session>>,
    /// Sessions that are not bound yet, oldest first.
    unbound: BTreeSet<Number>,
    by_sid: BTreeMap<Sid, Number>,
    by_request: BTreeMap<u64, Number>,
    by_connection: BTreeMap<u64, Number>,
    checks: BTreeMap<u64, Check>,
    questions: BTreeMap<u64, Question>,
    directory: Directory,
    subscriptions: Subscriptions,
    leases: Leases,
    failures: Failures,
    last_words: LastWords,
    schedule: Schedule,
    is_running: bool,
    finesse_available: bool,
    last_session: Number,
    last_check: u64,
    last_question: u64,
    last_item: u64,
    counters: Counters,
    outputs: VecDeque<Output>,
}

/// A password that is being checked.
struct Check {
    number: Number,
    user: String,
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
            by_connection: BTreeMap::new(),
            checks: BTreeMap::new(),
            questions: BTreeMap::new(),
            directory: Directory::default(),
            subscriptions: Subscriptions::new(config.subscriptions_max),
            leases: Leases::new(config.subscriptions_lease),
            failures: Failures::new(config.failures_max),
            last_words: LastWords::new(config.sessions_max),
            schedule: Schedule::default(),
            is_running: true,
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

    /// The outcome of the [`Output::Check`] called `check`; ignored if its session is gone.
    pub fn authenticated(&mut self, check: u64, outcome: AuthOutcome, now: Duration) {
        let Some(Check { number, user }) = self.checks.remove(&check) else { return };
        let Some(session) = self.sessions.get_mut(&number) else { return };
        match outcome {
            AuthOutcome::Accepted { .. } => {}
            AuthOutcome::Refused => {
                self.counters.sign_ins_failed += 1;
                self.failures.note(&user, now);
            }
            AuthOutcome::Unavailable => self.counters.sign_ins_failed += 1,
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

    /// Ends all sessions of `user`, for one that was deleted or may no longer be here.
    pub fn disconnect_user(&mut self, user: &str, now: Duration) {
        for number in self.directory.of(&user.to_lowercase()).collect::<Vec<_>>() {
            self.end(number, EndCause::Removed, None, now);
        }
    }

    /// Ends one session because there is no room for its desktop; harmless if it is over.
    pub fn refuse_session(&mut self, session: u64, now: Duration) {
        self.end(session, EndCause::Refused, None, now);
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
            match session.carrier.handle_timeout(now) {
                Due::Replies(replies) => self.reply_all(replies),
                Due::Ping => self.ping(number, now),
                Due::End(cause) => self.end(number, cause, None, now),
            }
            self.settle(number, now);
        }
        self.last_words.forget_until(now);
        self.forget_subscriptions(now);
    }

    /// When to call [`Service::handle_timeout`] next, and what for.
    pub fn poll_timeout(&self) -> Option<(Duration, Timer)> {
        let last_words = self.last_words.deadline().map(|at| (at, Timer::LastWords));
        let lease = self.leases.deadline().map(|at| (at, Timer::Lease));
        [self.schedule.first(), last_words, lease].into_iter().flatten().min()
    }

    /// The next thing to do; drain it after every change.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// How many sessions there are, bound or not.
    pub fn sessions(&self) -> usize {
        self.sessions.len()
    }

    /// Stanzas that wait until their clients read, of all sessions.
    pub fn backlog(&self) -> usize {
        self.sessions.values().map(|session| session.carrier.backlog()).sum()
    }

    /// What happened so far.
    pub fn counters(&self) -> Counters {
        self.counters
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

    /// Queues a stanza; a client that does not fetch what waits for it loses its session, and nobody else's.
    fn send(&mut self, number: Number, stanza: Outgoing, now: Duration) {
        let Some(session) = self.sessions.get_mut(&number) else { return };
        let sent = session.carrier.send(stanza);
        self.sent(number, sent, now);
    }

    fn sent(&mut self, number: Number, sent: Result<(), Overflow>, now: Duration) {
        if sent.is_err() {
            self.end(number, EndCause::Overflow, None, now);
        }
    }

    fn flush(&mut self, number: Number, now: Duration) {
        match self.sessions.get_mut(&number).map(|session| &mut session.carrier) {
            Some(Carrier::Bosh(bosh)) => {
                let replies = bosh.window.flush(now);
                self.reply_all(replies);
            }
            Some(Carrier::Wire(wire)) => {
                let (connection, texts) = (wire.connection, wire.flush());
                self.write(connection, texts);
            }
            None => {}
        }
    }

    /// Whom the session is bound for.
    fn user(&self, number: Number) -> Option<&str> {
        self.sessions.get(&number)?.stream.jid().map(|jid| jid.user())
    }

    /// Counts what a client sent before its sign-in.
    ///
    /// # Errors
    /// If that is too much.
    fn take_bytes(&mut self, number: Number, bytes: usize) -> Result<(), TooMuch> {
        let Some(session) = self.sessions.get_mut(&number) else { return Ok(()) };
        if session.stream.is_anonymous() {
            session.unauthenticated = session.unauthenticated.saturating_add(bytes);
        }
        if session.unauthenticated > self.config.unauthenticated_bytes_max { Err(TooMuch) } else { Ok(()) }
    }

    /// After anything that happened to a session: answers go out and its deadline is kept.
    fn settle(&mut self, number: Number, now: Duration) {
        self.flush(number, now);
        let deadline = self.sessions.get(&number).and_then(|session| session.deadline());
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

/// More came before the sign-in than may.
struct TooMuch;
