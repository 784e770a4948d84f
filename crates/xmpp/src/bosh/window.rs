//! The requests of one session: which may come, in which order they count, which are held and until when, and what
//! was answered, for clients that lost the answer. The stanzas for the client wait here until a request can take
//! them.

use std::time::Duration;

use super::by_rid::ByRid;
use super::{Body, Condition, content};
use crate::outgoing::{Outgoing, Overflow, Queue};
use crate::output::Timer;

/// Requests that a client may have on the way at a time: one is held while the other brings something.
pub(crate) const REQUESTS: u64 = 2;

/// Answers kept for repetition: as many as can be on the way, and one that overtook a lost connection.
const ANSWERS_KEPT: usize = 3;

/// A client that polls (`hold` 0) may ask in vain once in this time, which it is told as `polling`.
pub(crate) const POLLING: Duration = Duration::from_secs(5);

/// What the two sides agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    pub(crate) hold: usize,
    pub(crate) wait: Duration,
    pub(crate) inactivity: Duration,
    pub(crate) pause_max: Duration,
}

impl Terms {
    /// How long a request that came too early waits for the one before it: as long as a request is held, but where the
    /// client wants short holding or none, half the time that it may be silent. Two requests that cross end no session.
    fn gap(self) -> Duration {
        self.wait.max(self.inactivity / 2)
    }
}

/// The answer to one HTTP request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) id: u64,
    pub(crate) body: String,
}

/// Why time ended the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Silence {
    /// No request came for too long.
    Inactive,
    /// A request went missing and was not sent again.
    Gap,
}

/// The machine. Each request id goes one way:
///
/// ```text
///   early ──its turn──▶ held ──answered──▶ Sent ──▶ forgotten
///                        ▲  └─connection gone─▶ Lost ──▶ forgotten
///                        └──────sent again───────┘
/// ```
#[derive(Clone, Debug)]
pub(crate) struct Window {
    terms: Terms,
    /// The request id whose turn is next.
    next: u64,
    /// Came before their turn, by request id.
    early: ByRid<Early>,
    /// Had their turn and wait for an answer, by request id.
    held: ByRid<Held>,
    /// Had an answer, by request id.
    answered: ByRid<Answer>,
    queue: Queue,
    /// When the last request was answered or lost.
    idle_since: Duration,
    /// Asked for by the client; ends with its next request.
    pause: Option<Duration>,
    /// When a polling client last asked for news and there were none.
    in_vain: Option<Duration>,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    id: u64,
    until: Duration,
}

#[derive(Clone, Debug)]
struct Early {
    id: u64,
    /// Also the time that its wait counts from: what the client agreed to is the time to the answer.
    came: Duration,
    body: Body,
}

#[derive(Clone, Debug)]
enum Answer {
    /// This body opened the session.
    Opened(Box<str>),
    /// These stanzas were sent; written anew they give the same body, word for word.
    Sent(Box<[Outgoing]>),
    /// The connection was gone before there was an answer.
    Lost,
}

impl Window {
    /// The window after the session's first request, `rid`, was answered with `answer`.
    pub(crate) fn new(terms: Terms, rid: u64, answer: String, queue: Queue, now: Duration) -> Self {
        let mut answered = ByRid::new();
        answered.insert(rid, Answer::Opened(answer.into()));
        Self {
            terms,
            next: rid + 1,
            early: ByRid::new(),
            held: ByRid::new(),
            answered,
            queue,
            idle_since: now,
            pause: None,
            in_vain: None,
        }
    }

    /// Takes HTTP request `id`. What it brings comes out of [`Window::take_turn`] when it is its turn; the answers
    /// returned here are for requests sent twice.
    ///
    /// # Errors
    /// The condition that ends the session (notifications.md section 4.4 rules 5 to 7).
    pub(crate) fn accept(
        &mut self,
        id: u64,
        rid: u64,
        body: Body,
        now: Duration,
    ) -> Result<Vec<Reply>, Condition> {
        if self.had_turn(rid) {
            return self.repeat(id, rid, now);
        }
        let allowed = REQUESTS + u64::from(body.is_extra());
        let ahead = rid - self.next + 1;
        if ahead > allowed {
            return Err(Condition::ItemNotFound);
        }
        // Those between had to be sent before this one.
        if ahead + self.held.len() as u64 > allowed || self.polls_too_often(&body, now) {
            return Err(Condition::PolicyViolation);
        }
        let early = Early { id, came: now, body };
        let older = self.early.insert(rid, early);
        Ok(older.map(|older| superseded(older.id)).into_iter().collect())
    }

    /// XEP-0124 section 12: two empty requests in less than the polling interval, the first without an outcome.
    fn polls_too_often(&mut self, body: &Body, now: Duration) -> bool {
        if self.terms.hold > 0 || !body.is_empty() {
            self.in_vain = None;
            return false;
        }
        let too_often = self.in_vain.is_some_and(|before| now < before + POLLING);
        self.in_vain = self.queue.is_empty().then_some(now);
        too_often
    }

    /// Whether request `rid` was here before.
    pub(crate) fn had_turn(&self, rid: u64) -> bool {
        rid < self.next
    }

    /// What the next request in order brings, if it is here; the request is held from now on.
    pub(crate) fn take_turn(&mut self) -> Option<Body> {
        let Early { id, came, body } = self.early.remove(self.next)?;
        self.held.insert(self.next, Held { id, until: came + self.terms.wait });
        self.next += 1;
        self.pause = None;
        Some(body)
    }

    /// Queues a stanza for the client.
    ///
    /// # Errors
    /// If too much waits already.
    pub(crate) fn send(&mut self, stanza: Outgoing) -> Result<(), Overflow> {
        self.queue.push(stanza)
    }

    /// How many stanzas wait.
    pub(crate) fn backlog(&self) -> usize {
        self.queue.len()
    }

    /// Answers what can be answered: the oldest request takes everything that waits, and no more than `hold` stay.
    pub(crate) fn flush(&mut self, now: Duration) -> Vec<Reply> {
        let mut replies = Vec::new();
        if !self.queue.is_empty() && !self.held.is_empty() {
            let waiting = self.queue.take();
            replies.extend(self.answer_oldest(waiting.into(), now));
        }
        while self.held.len() > self.terms.hold {
            replies.extend(self.answer_oldest(Vec::new(), now));
        }
        replies
    }

    /// The client will be away for `time`: every request is answered now. The answer to the pause itself, the last of
    /// them, is empty (XEP-0124 section 10), so that what waits is not lost with a page that is left.
    pub(crate) fn pause(&mut self, time: Duration, now: Duration) -> Vec<Reply> {
        let mut replies = if self.held.len() > 1 { self.flush(now) } else { Vec::new() };
        while let Some(reply) = self.answer_oldest(Vec::new(), now) {
            replies.push(reply);
        }
        self.pause = Some(time.min(self.terms.pause_max));
        replies
    }

    /// The connection of HTTP request `id` is gone.
    pub(crate) fn gone(&mut self, id: u64, now: Duration) {
        if let Some(rid) = self.held.find(|held| held.id == id) {
            self.held.remove(rid);
            self.remember(rid, Answer::Lost);
            self.idle_since = now;
        }
        // Its content had no turn yet, so the client has to send it again.
        if let Some(rid) = self.early.find(|early| early.id == id) {
            self.early.remove(rid);
        }
    }

    /// Answers requests that were held long enough.
    ///
    /// # Errors
    /// If the session has to end; then nothing has been answered yet, and [`Window::close`] names all that wait.
    pub(crate) fn handle_timeout(&mut self, now: Duration) -> Result<Vec<Reply>, Silence> {
        let due = |at: Option<Duration>| at.is_some_and(|at| at <= now);
        if due(self.gap_ends()) {
            return Err(Silence::Gap);
        }
        if due(self.silence_ends()) {
            return Err(Silence::Inactive);
        }
        let mut replies = Vec::new();
        while self.held.first().is_some_and(|held| held.until <= now) {
            replies.extend(self.answer_oldest(Vec::new(), now));
        }
        Ok(replies)
    }

    /// When [`Window::handle_timeout`] has something to do, and what.
    pub(crate) fn deadline(&self) -> Option<(Duration, Timer)> {
        let wait = self.held.first().map(|held| (held.until, Timer::Wait));
        let gap = self.gap_ends().map(|at| (at, Timer::Gap));
        let idle = self.silence_ends().map(|at| (at, Timer::Inactivity));
        [wait, gap, idle].into_iter().flatten().min()
    }

    fn gap_ends(&self) -> Option<Duration> {
        self.early.values().map(|early| early.came + self.terms.gap()).min()
    }

    fn silence_ends(&self) -> Option<Duration> {
        let silent = self.held.is_empty() && self.early.is_empty();
        silent.then(|| self.idle_since + self.pause.unwrap_or(self.terms.inactivity))
    }

    /// The HTTP requests without an answer, oldest first, and the stanzas without a taker.
    pub(crate) fn close(self) -> (Vec<u64>, Vec<Outgoing>) {
        let Self { held, early, mut queue, .. } = self;
        let held = held.values().map(|held| held.id);
        (held.chain(early.values().map(|early| early.id)).collect(), queue.take().into())
    }

    /// A request that had its turn comes again (notifications.md section 4.4 rule 5): its content does not count
    /// twice.
    fn repeat(&mut self, id: u64, rid: u64, now: Duration) -> Result<Vec<Reply>, Condition> {
        if let Some(held) = self.held.get_mut(rid) {
            let older = std::mem::replace(&mut held.id, id);
            return Ok(vec![superseded(older)]);
        }
        match self.answered.get(rid) {
            Some(Answer::Opened(body)) => Ok(vec![Reply { id, body: body.to_string() }]),
            Some(Answer::Sent(stanzas)) => Ok(vec![Reply { id, body: content(stanzas.iter()) }]),
            Some(Answer::Lost) => {
                self.answered.remove(rid);
                self.held.insert(rid, Held { id, until: now + self.terms.wait });
                Ok(Vec::new())
            }
            None => Err(Condition::ItemNotFound),
        }
    }

    fn answer_oldest(&mut self, stanzas: Vec<Outgoing>, now: Duration) -> Option<Reply> {
        let (rid, held) = self.held.pop_first()?;
        self.idle_since = now;
        let body = content(stanzas.iter());
        self.remember(rid, Answer::Sent(stanzas.into()));
        Some(Reply { id: held.id, body })
    }

    fn remember(&mut self, rid: u64, answer: Answer) {
        self.answered.insert(rid, answer);
        while self.answered.len() > ANSWERS_KEPT {
            self.answered.pop_first();
        }
    }
}

/// For a connection that the client has given up: nobody reads it.
fn superseded(id: u64) -> Reply {
    Reply { id, body: content([].iter()) }
}

#[cfg(test)]
mod tests;
