//! Who asked what: the outstanding CTI requests of one session, by InvokeID.
//!
//! It forgets a request when it is answered, and when nobody can be waiting any more. It knows no answers and sends
//! nothing; [`Link`](crate::link::Link) drives it.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::Ticket;

use crate::recovery::ReadId;

/// Longer than the domain takes an answer: it gives a request 30 s, and then 90 s more for a late one.
const DOMAIN_WAITS: Duration = Duration::from_secs(150);

/// Who waits for the answer to a CTI request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asker {
    /// A person, through the domain.
    Domain(Ticket),
    /// The reader.
    Reader(ReadId),
}

/// The requests without an answer. A server that answers none of them holds only those of the last `kept`.
pub(crate) struct Asked {
    kept: Duration,
    /// InvokeIDs rise, so the first entry is the oldest.
    entries: BTreeMap<u32, (Duration, Asker)>,
}

impl Asked {
    /// An empty table. The reader waits `reader_waits` for an answer.
    pub(crate) fn new(reader_waits: Duration) -> Self {
        Self { kept: DOMAIN_WAITS.max(reader_waits), entries: BTreeMap::new() }
    }

    /// A request left at `now`.
    pub(crate) fn add(&mut self, invoke: u32, asker: Asker, now: Duration) {
        self.forget_old(now);
        self.entries.insert(invoke, (now, asker));
    }

    /// Who waits for this answer, if anybody does.
    pub(crate) fn take(&mut self, invoke: u32) -> Option<Asker> {
        self.entries.remove(&invoke).map(|(_, asker)| asker)
    }

    /// The session is gone.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    fn forget_old(&mut self, now: Duration) {
        while let Some(oldest) = self.entries.first_entry()
            && now.saturating_sub(oldest.get().0) > self.kept
        {
            oldest.remove();
        }
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn reader(number: u32) -> Asker {
        Asker::Reader(ReadId(number.into()))
    }

    /// One request a second, none of them answered.
    fn unanswered(reader_waits: Duration, requests: u32) -> Asked {
        let mut asked = Asked::new(reader_waits);
        (1..=requests).for_each(|n| asked.add(n, reader(n), SECOND * n));
        asked
    }

    #[test]
    fn a_request_goes_with_its_answer() {
        let mut asked = unanswered(SECOND * 15, 3);
        assert_eq!(asked.take(2), Some(reader(2)));
        assert_eq!(asked.take(2), None);
        assert_eq!(asked.len(), 2);
    }

    #[test]
    fn what_nobody_waits_for_any_more_is_forgotten() {
        let mut asked = unanswered(SECOND * 15, 1_000);
        assert_eq!(asked.len(), 151);
        assert_eq!(asked.take(849), None);
        assert_eq!(asked.take(850), Some(reader(850)), "150 s old");
    }

    #[test]
    fn a_reader_that_is_told_to_wait_longer_gets_its_answer() {
        let mut asked = unanswered(SECOND * 300, 301);
        assert_eq!(asked.take(1), Some(reader(1)));
    }
}
