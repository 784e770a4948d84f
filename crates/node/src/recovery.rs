//! Reading state: agents, then their devices, then the calls on them, with a window of requests in flight.
//!
//! One reader serves all purposes: the whole state after a loss (CTI-13), one device at a sign-in, and a call whose news
//! contradict each other (CTI-16 to CTI-20).
//! It knows no messages: it says what to read next, and is told what came back.
//!
//! ```text
//! queue ──window──▶ in flight ──answer──▶ done      the answer may add more to read, which goes first
//!   ▲                   │ time-out or "too many outstanding": window / 2, once for all that was in flight
//!   └───────────────────┘ a second time-out, or "too many" of one at a time: given up, with a name
//! ```

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use domain::{AgentId, CallRef, Look};

use crate::config::RecoveryConfig;

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    /// QUERY_AGENT_STATE_REQ.
    Agent(AgentId),
    /// SNAPSHOT_DEVICE_REQ of the instrument that CTI reports for the agent.
    Device(AgentId, String),
    /// SNAPSHOT_CALL_REQ.
    Call(CallRef),
    /// Either, for a call whose news contradict each other (CTI-16 to CTI-20).
    Look(Look),
}

/// Names a request in flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ReadId(pub(crate) u64);

struct Flight {
    item: Item,
    deadline: Duration,
    repeated: bool,
}

/// What is read, what is being read, and how many at once.
pub(crate) struct Reader {
    config: RecoveryConfig,
    window: usize,
    queue: VecDeque<(Item, bool)>,
    /// Everything in the queue or in flight, so that nothing is read twice.
    wanted: BTreeSet<Item>,
    flights: BTreeMap<ReadId, Flight>,
    next: u64,
    /// The last request that was sent while the window was wider than it is now.
    widest: u64,
    given_up: Vec<Item>,
}

impl Reader {
    pub(crate) fn new(config: RecoveryConfig) -> Self {
        let window = config.window.max(1);
        Self {
            config,
            window,
            queue: VecDeque::new(),
            wanted: BTreeSet::new(),
            flights: BTreeMap::new(),
            next: 0,
            widest: 0,
            given_up: Vec::new(),
        }
    }

    /// Forgets everything: the session it read from is gone.
    pub(crate) fn reset(&mut self) {
        self.window = self.config.window.max(1);
        self.queue.clear();
        self.wanted.clear();
        self.flights.clear();
        self.given_up.clear();
    }

    /// To be read after all that waits already.
    pub(crate) fn add(&mut self, item: Item) {
        if self.wanted.insert(item.clone()) {
            self.queue.push_back((item, false));
        }
    }

    /// To be read next: what an answer led to, so that an agent on a call is whole before the next is begun.
    pub(crate) fn add_first(&mut self, item: Item) {
        if self.wanted.insert(item.clone()) {
            self.queue.push_front((item, false));
        }
    }

    /// The next request to send, if the window allows one.
    pub(crate) fn poll_send(&mut self, now: Duration) -> Option<(ReadId, Item)> {
        if self.flights.len() >= self.window {
            return None;
        }
        let (item, repeated) = self.queue.pop_front()?;
        self.next += 1;
        let id = ReadId(self.next);
        let deadline = now + self.config.request_timeout;
        self.flights.insert(id, Flight { item: item.clone(), deadline, repeated });
        Some((id, item))
    }

    /// The item of an answered request; `None` for one that had been given up.
    pub(crate) fn answered(&mut self, id: ReadId) -> Option<Item> {
        let item = self.flights.remove(&id)?.item;
        self.wanted.remove(&item);
        Some(item)
    }

    /// "Too many outstanding requests": fewer at once, and this one again. A server that says so of a request that is
    /// alone means something else.
    pub(crate) fn overloaded(&mut self, id: ReadId) {
        if let Some(flight) = self.flights.remove(&id) {
            let alone = self.window == 1 && id.0 > self.widest;
            self.slow_down(id);
            self.again(Flight { repeated: flight.repeated && alone, ..flight }, alone);
        }
    }

    pub(crate) fn handle_timeout(&mut self, now: Duration) {
        while let Some(oldest) = self.flights.first_entry()
            && oldest.get().deadline <= now
        {
            let (id, flight) = oldest.remove_entry();
            self.slow_down(id);
            self.again(flight, true);
        }
    }

    /// What was sent before the window was narrowed says nothing about the narrower one.
    fn slow_down(&mut self, id: ReadId) {
        if id.0 > self.widest {
            self.window = (self.window / 2).max(1);
            self.widest = self.next;
        }
    }

    /// To be sent once more; `counts` if that can happen only once.
    fn again(&mut self, flight: Flight, counts: bool) {
        if flight.repeated {
            self.wanted.remove(&flight.item);
            self.given_up.push(flight.item);
        } else {
            self.queue.push_front((flight.item, counts));
        }
    }

    /// All requests have the same time, so the oldest is the first whose time is up.
    pub(crate) fn poll_timeout(&self) -> Option<Duration> {
        self.flights.first_key_value().map(|(_, flight)| flight.deadline)
    }

    /// Nothing is left to read.
    pub(crate) fn is_idle(&self) -> bool {
        self.queue.is_empty() && self.flights.is_empty()
    }

    /// What did not answer twice; emptied by the call.
    pub(crate) fn take_given_up(&mut self) -> Vec<Item> {
        std::mem::take(&mut self.given_up)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agent(n: u32) -> Item {
        Item::Agent(AgentId::new(n.to_string()))
    }

    fn reader(window: usize) -> Reader {
        Reader::new(RecoveryConfig { window, ..RecoveryConfig::default() })
    }

    #[test]
    fn never_more_in_flight_than_the_window() {
        let mut reader = reader(2);
        (0..5).for_each(|n| reader.add(agent(n)));
        let (first, _) = reader.poll_send(Duration::ZERO).unwrap();
        assert!(reader.poll_send(Duration::ZERO).is_some());
        assert_eq!(reader.poll_send(Duration::ZERO), None);
        assert_eq!(reader.answered(first), Some(agent(0)));
        assert_eq!(reader.poll_send(Duration::ZERO).unwrap().1, agent(2));
    }

    #[test]
    fn a_request_is_repeated_once_and_then_given_up_by_name() {
        let mut reader = reader(4);
        reader.add(agent(1));
        let (late, _) = reader.poll_send(Duration::ZERO).unwrap();
        assert_eq!(reader.poll_timeout(), Some(Duration::from_secs(15)));
        reader.handle_timeout(Duration::from_secs(15));
        assert_eq!(reader.answered(late), None, "an answer after the deadline is void");
        assert!(reader.take_given_up().is_empty());
        assert_eq!(reader.poll_send(Duration::from_secs(15)).unwrap().1, agent(1));
        reader.handle_timeout(Duration::from_secs(30));
        assert_eq!(reader.take_given_up(), vec![agent(1)]);
        assert!(reader.is_idle());
    }

    #[test]
    fn overload_halves_the_window_and_reads_again() {
        let mut reader = reader(4);
        (0..4).for_each(|n| reader.add(agent(n)));
        let ids: Vec<ReadId> =
            std::iter::from_fn(|| reader.poll_send(Duration::ZERO)).map(|(id, _)| id).collect();
        reader.overloaded(ids[3]);
        ids[..3].iter().for_each(|id| drop(reader.answered(*id)));
        assert_eq!(reader.window, 2);
        assert_eq!(reader.poll_send(Duration::ZERO).unwrap().1, agent(3));
    }

    #[test]
    fn a_window_full_of_complaints_halves_the_window_once_and_loses_nothing() {
        let mut reader = reader(8);
        (0..8).for_each(|n| reader.add(agent(n)));
        let sent = |reader: &mut Reader| -> Vec<ReadId> {
            std::iter::from_fn(|| reader.poll_send(Duration::ZERO)).map(|(id, _)| id).collect()
        };
        for window in [4, 2, 1] {
            sent(&mut reader).into_iter().for_each(|id| reader.overloaded(id));
            assert_eq!(reader.window, window);
        }
        assert_eq!(reader.take_given_up(), vec![]);
        let alone = sent(&mut reader);
        assert_eq!(alone.len(), 1);
        reader.overloaded(alone[0]);
        sent(&mut reader).into_iter().for_each(|id| reader.overloaded(id));
        assert_eq!(reader.take_given_up().len(), 1, "complaints about one at a time have an end");
    }

    #[test]
    fn what_an_answer_led_to_goes_first_and_nothing_is_read_twice() {
        let mut reader = reader(1);
        reader.add(agent(1));
        reader.add(agent(2));
        let (id, _) = reader.poll_send(Duration::ZERO).unwrap();
        reader.answered(id);
        reader.add_first(Item::Device(AgentId::from("1"), "61001".into()));
        reader.add_first(Item::Device(AgentId::from("1"), "61001".into()));
        let order: Vec<Item> = std::iter::from_fn(|| {
            let (id, item) = reader.poll_send(Duration::ZERO)?;
            reader.answered(id);
            Some(item)
        })
        .collect();
        assert_eq!(order, vec![Item::Device(AgentId::from("1"), "61001".into()), agent(2)]);
    }
}
