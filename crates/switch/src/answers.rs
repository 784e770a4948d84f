//! Answers that are held back: CONFs may come seconds after the request (ged188.md section 12).

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use ged188::Message;

use crate::pair::ConnId;

/// Answers held back at one time; beyond that the oldest goes out early. A client with a window of requests in
/// flight and 2,000 agents stays far below.
const HELD_MAX: usize = 16_384;

/// When answers go out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answers {
    /// How late.
    pub(crate) delay: Duration,
    /// After the events that the request caused.
    pub(crate) after_events: bool,
    held: BTreeMap<Duration, VecDeque<(ConnId, Message)>>,
    count: usize,
}

impl Answers {
    pub(crate) fn hold(&mut self, conn: ConnId, answer: Message, now: Duration) {
        self.held.entry(now + self.delay).or_default().push_back((conn, answer));
        self.count += 1;
    }

    pub(crate) fn next(&self) -> Option<Duration> {
        self.held.first_key_value().map(|(at, _)| *at)
    }

    /// The next answer that is due, or one too many.
    pub(crate) fn pop(&mut self, now: Duration) -> Option<(ConnId, Message)> {
        let mut first = self.held.first_entry()?;
        if *first.key() > now && self.count <= HELD_MAX {
            return None;
        }
        let answer = first.get_mut().pop_front();
        if first.get().is_empty() {
            first.remove();
        }
        self.count -= usize::from(answer.is_some());
        answer
    }

    /// Drops the answers to a connection that is gone.
    pub(crate) fn forget(&mut self, conn: ConnId) {
        for queue in self.held.values_mut() {
            queue.retain(|(to, _)| *to != conn);
        }
        self.held.retain(|_, queue| !queue.is_empty());
        self.count = self.held.values().map(VecDeque::len).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(invoke_id: u32) -> Message {
        Message::HoldCallConf(ged188::HoldCallConf { invoke_id })
    }

    #[test]
    fn an_answer_waits_for_its_time_and_keeps_its_turn() {
        let mut answers = Answers { delay: Duration::from_secs(2), ..Answers::default() };
        answers.hold(ConnId(1), answer(1), Duration::ZERO);
        answers.hold(ConnId(1), answer(2), Duration::ZERO);
        assert_eq!(answers.pop(Duration::from_secs(1)), None);
        let due = Duration::from_secs(2);
        assert_eq!(answers.pop(due), Some((ConnId(1), answer(1))));
        assert_eq!(answers.pop(due), Some((ConnId(1), answer(2))));
        assert_eq!(answers.next(), None);
    }

    #[test]
    fn a_lost_connection_gets_no_answer() {
        let mut answers = Answers::default();
        answers.hold(ConnId(1), answer(1), Duration::ZERO);
        answers.forget(ConnId(1));
        assert_eq!(answers.pop(Duration::ZERO), None);
    }
}
