//! The requests of one session: which may come, in which order they count, which are held and until when, and what
//! was answered, for clients that lost the answer. The stanzas for the client wait here until a request can take
//! them.

use std::collections::BTreeMap;
use std::time::Duration;

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
    early: BTreeMap<u64, Early>,
    /// Had their turn and wait for an answer, by request id.
    held: BTreeMap<u64, Held>,
    /// Had an answer, by request id.
    answered: BTreeMap<u64, Answer>,
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
    until: Duration,
    body: Body,
}

#[derive(Clone, Debug)]
enum Answer {
    /// This was sent.
    Sent(String),
    /// The connection was gone before there was an answer.
    Lost,
}

impl Window {
    /// The window after the session's first request, `rid`, was answered with `answer`.
    pub(crate) fn new(terms: Terms, rid: u64, answer: String, queue: Queue, now: Duration) -> Self {
        Self {
            terms,
            next: rid + 1,
            early: BTreeMap::new(),
            held: BTreeMap::new(),
            answered: BTreeMap::from([(rid, Answer::Sent(answer))]),
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
        let early = Early { id, until: now + self.terms.wait, body };
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
        let Early { id, until, body } = self.early.remove(&self.next)?;
        self.held.insert(self.next, Held { id, until });
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

    /// Answers what can be answered: the oldest request takes everything that waits, and no more than `hold` stay.
    pub(crate) fn flush(&mut self, now: Duration) -> Vec<Reply> {
        let mut replies = Vec::new();
        if !self.queue.is_empty() && !self.held.is_empty() {
            let waiting = self.queue.take();
            replies.extend(self.answer_oldest(content(waiting.iter()), now));
        }
        while self.held.len() > self.terms.hold {
            replies.extend(self.answer_oldest(content([].iter()), now));
        }
        replies
    }

    /// The client will be away for `time`: every request is answered now. The answer to the pause itself, the last of
    /// them, is empty (XEP-0124 section 10), so that what waits is not lost with a page that is left.
    pub(crate) fn pause(&mut self, time: Duration, now: Duration) -> Vec<Reply> {
        let mut replies = if self.held.len() > 1 { self.flush(now) } else { Vec::new() };
        while let Some(reply) = self.answer_oldest(content([].iter()), now) {
            replies.push(reply);
        }
        self.pause = Some(time.min(self.terms.pause_max));
        replies
    }

    /// The connection of HTTP request `id` is gone.
    pub(crate) fn gone(&mut self, id: u64, now: Duration) {
        if let Some(rid) = self.held.iter().find(|(_, held)| held.id == id).map(|(rid, _)| *rid) {
            self.held.remove(&rid);
            self.remember(rid, Answer::Lost);
            self.idle_since = now;
        }
        // Its content had no turn yet, so the client has to send it again.
        self.early.retain(|_, early| early.id != id);
    }

    /// Answers requests that were held long enough.
    ///
    /// # Errors
    /// If the session has to end.
    pub(crate) fn handle_timeout(&mut self, now: Duration) -> Result<Vec<Reply>, Silence> {
        let mut replies = Vec::new();
        while self.held.first_key_value().is_some_and(|(_, held)| held.until <= now) {
            replies.extend(self.answer_oldest(content([].iter()), now));
        }
        match self.deadline() {
            Some((at, Timer::Gap)) if at <= now => Err(Silence::Gap),
            Some((at, Timer::Inactivity)) if at <= now => Err(Silence::Inactive),
            Some(_) | None => Ok(replies),
        }
    }

    /// When [`Window::handle_timeout`] has something to do, and what.
    pub(crate) fn deadline(&self) -> Option<(Duration, Timer)> {
        let wait = self.held.first_key_value().map(|(_, held)| (held.until, Timer::Wait));
        let gap = self.early.values().map(|early| (early.until, Timer::Gap)).min();
        let idle = (self.held.is_empty() && self.early.is_empty())
            .then(|| (self.idle_since + self.pause.unwrap_or(self.terms.inactivity), Timer::Inactivity));
        [wait, gap, idle].into_iter().flatten().min()
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
        if let Some(held) = self.held.get_mut(&rid) {
            let older = std::mem::replace(&mut held.id, id);
            return Ok(vec![superseded(older)]);
        }
        match self.answered.get(&rid) {
            Some(Answer::Sent(body)) => Ok(vec![Reply { id, body: body.clone() }]),
            Some(Answer::Lost) => {
                self.answered.remove(&rid);
                self.held.insert(rid, Held { id, until: now + self.terms.wait });
                Ok(Vec::new())
            }
            None => Err(Condition::ItemNotFound),
        }
    }

    fn answer_oldest(&mut self, body: String, now: Duration) -> Option<Reply> {
        let (rid, held) = self.held.pop_first()?;
        self.idle_since = now;
        self.remember(rid, Answer::Sent(body.clone()));
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
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn window(hold: usize) -> Window {
        let terms = Terms { hold, wait: 30 * SECOND, inactivity: 60 * SECOND, pause_max: 300 * SECOND };
        Window::new(terms, 100, "created".to_owned(), Queue::new(256, 1 << 20), Duration::ZERO)
    }

    /// Sends request `rid` as HTTP request `rid`; gives the answers as `(id, body)`.
    fn post(w: &mut Window, rid: u64, now: Duration) -> Result<Vec<(u64, String)>, Condition> {
        post_as(w, rid, rid, Body::default(), now)
    }

    fn post_as(
        w: &mut Window,
        id: u64,
        rid: u64,
        body: Body,
        now: Duration,
    ) -> Result<Vec<(u64, String)>, Condition> {
        let mut replies = w.accept(id, rid, body, now)?;
        while w.take_turn().is_some() {
            replies.extend(w.flush(now));
        }
        Ok(pairs(replies))
    }

    fn pairs(replies: Vec<Reply>) -> Vec<(u64, String)> {
        replies.into_iter().map(|reply| (reply.id, reply.body)).collect()
    }

    fn send(w: &mut Window, stanza: &str, now: Duration) -> Vec<(u64, String)> {
        w.send(Outgoing::Stanza(stanza.to_owned())).unwrap();
        pairs(w.flush(now))
    }

    fn empty() -> String {
        content([].iter())
    }

    #[test]
    fn a_second_request_releases_the_first() {
        let mut w = window(1);
        assert_eq!(post(&mut w, 101, SECOND), Ok(vec![]));
        assert_eq!(post(&mut w, 102, SECOND), Ok(vec![(101, empty())]));
        assert_eq!(w.deadline(), Some((31 * SECOND, Timer::Wait)));
    }

    #[test]
    fn without_hold_every_request_is_answered_at_once() {
        assert_eq!(post(&mut window(0), 101, SECOND), Ok(vec![(101, empty())]));
    }

    #[test]
    fn an_answer_lost_on_the_way_is_sent_again_word_for_word() {
        let mut w = window(1);
        post(&mut w, 101, SECOND).unwrap();
        let sent = send(&mut w, "<a/>", SECOND);
        assert!(sent[0].1.contains("<a/>"));
        assert_eq!(post_as(&mut w, 7, 101, Body::default(), SECOND), Ok(vec![(7, sent[0].1.clone())]));
        assert_eq!(post_as(&mut w, 8, 100, Body::default(), SECOND), Ok(vec![(8, "created".to_owned())]));
        assert_eq!(post(&mut w, 99, SECOND), Err(Condition::ItemNotFound));
    }

    #[test]
    fn a_request_whose_connection_broke_is_held_again() {
        let mut w = window(1);
        post(&mut w, 101, SECOND).unwrap();
        w.gone(101, 2 * SECOND);
        assert_eq!(send(&mut w, "<a/>", 2 * SECOND), vec![]);
        w.accept(7, 101, Body::default(), 3 * SECOND).unwrap();
        assert!(w.take_turn().is_none(), "its content had its turn");
        assert_eq!(w.flush(3 * SECOND).len(), 1);
    }

    #[test]
    fn the_same_request_on_a_new_connection_takes_the_place_of_the_old() {
        let mut w = window(1);
        post(&mut w, 101, SECOND).unwrap();
        assert_eq!(post_as(&mut w, 7, 101, Body::default(), SECOND), Ok(vec![(101, empty())]));
        assert_eq!(send(&mut w, "<a/>", SECOND)[0].0, 7);
    }

    #[test]
    fn requests_that_overtook_each_other_are_put_in_order() {
        let mut w = window(1);
        assert_eq!(post(&mut w, 102, SECOND), Ok(vec![]));
        assert_eq!(w.deadline(), Some((31 * SECOND, Timer::Gap)));
        assert_eq!(post(&mut w, 101, SECOND), Ok(vec![(101, empty())]));
        assert_eq!(w.handle_timeout(31 * SECOND), Ok(vec![Reply { id: 102, body: empty() }]));
    }

    #[test]
    fn a_gap_that_nobody_fills_ends_the_session() {
        let mut w = window(1);
        post(&mut w, 102, SECOND).unwrap();
        assert_eq!(w.handle_timeout(30 * SECOND), Ok(vec![]));
        assert_eq!(w.handle_timeout(31 * SECOND), Err(Silence::Gap));
    }

    #[test]
    fn request_ids_have_a_window() {
        assert_eq!(post(&mut window(1), 103, SECOND), Err(Condition::ItemNotFound));
        let mut w = window(1);
        post(&mut w, 101, SECOND).unwrap();
        assert_eq!(post(&mut w, 103, SECOND), Err(Condition::PolicyViolation));
        let last = Body { terminate: true, ..Body::default() };
        let mut w = window(1);
        post(&mut w, 101, SECOND).unwrap();
        assert_eq!(post_as(&mut w, 103, 103, last, SECOND), Ok(vec![]));
    }

    #[test]
    fn inactivity_counts_from_the_last_answer_and_not_while_a_request_is_held() {
        let mut w = window(1);
        assert_eq!(w.deadline(), Some((60 * SECOND, Timer::Inactivity)));
        post(&mut w, 101, 50 * SECOND).unwrap();
        assert_eq!(w.handle_timeout(79 * SECOND), Ok(vec![]));
        assert_eq!(w.handle_timeout(80 * SECOND), Ok(vec![Reply { id: 101, body: empty() }]));
        assert_eq!(w.deadline(), Some((140 * SECOND, Timer::Inactivity)));
        assert_eq!(w.handle_timeout(140 * SECOND), Err(Silence::Inactive));
    }

    #[test]
    fn a_client_that_polls_may_ask_in_vain_once_in_the_polling_interval() {
        let mut w = window(0);
        post(&mut w, 101, SECOND).unwrap();
        post(&mut w, 102, 6 * SECOND).unwrap();
        let news = Body { restart: true, ..Body::default() };
        post_as(&mut w, 103, 103, news, 7 * SECOND).unwrap();
        post(&mut w, 104, 8 * SECOND).unwrap();
        assert_eq!(post_as(&mut w, 7, 104, Body::default(), 9 * SECOND), Ok(vec![(7, empty())]), "a repeat");
        assert_eq!(post(&mut w, 105, 9 * SECOND), Err(Condition::PolicyViolation));
        let mut w = window(0);
        post(&mut w, 101, SECOND).unwrap();
        send(&mut w, "<a/>", SECOND);
        post(&mut w, 102, 6 * SECOND).unwrap();
        assert!(post(&mut w, 103, 7 * SECOND).is_ok(), "the one before was not in vain");
    }

    #[test]
    fn what_waits_stays_for_the_first_request_after_a_pause() {
        let mut w = window(1);
        w.send(Outgoing::Stanza("<a/>".to_owned())).unwrap();
        w.accept(101, 101, Body::default(), SECOND).unwrap();
        assert!(w.take_turn().is_some());
        assert_eq!(pairs(w.pause(100 * SECOND, SECOND)), vec![(101, empty())]);
        let replies = post(&mut w, 102, 50 * SECOND).unwrap();
        assert!(replies[0].1.contains("<a/>"), "{replies:?}");
    }

    #[test]
    fn a_pause_releases_everything_and_allows_a_longer_silence() {
        let mut w = window(1);
        post(&mut w, 101, SECOND).unwrap();
        assert_eq!(pairs(w.pause(1000 * SECOND, SECOND)), vec![(101, empty())]);
        assert_eq!(w.deadline(), Some((301 * SECOND, Timer::Inactivity)));
        post(&mut w, 102, 200 * SECOND).unwrap();
        w.handle_timeout(230 * SECOND).unwrap();
        assert_eq!(w.deadline(), Some((290 * SECOND, Timer::Inactivity)));
    }
}
