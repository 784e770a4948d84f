//! Who was refused, and why: counted, and told in the log at most once a second.
//!
//! Decides nothing; whoever refuses a client notes it here. Thousands of refusals a second cost thousands of
//! additions and one line.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Notify;
use tracing::warn;

/// Between two lines of the log.
const TELL_AT_MOST_EVERY: Duration = Duration::from_secs(1);

/// Why a client was refused or cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The listener has as many connections as it may have.
    ListenerFull,
    /// The address has as many connections as it may have.
    AddressFull,
    /// The address connected too often within a minute.
    TooFast,
    /// The system gave no connection: no descriptors are left, or the client was gone before its turn.
    NotAccepted,
    /// No TLS within its time, or what came was none.
    Handshake,
    /// A WebSocket without the subprotocol `xmpp`.
    Subprotocol,
    /// A binary message, or text that is none.
    NotText,
    /// A message or body that is too long.
    TooLong,
    /// A frame that breaks the rules of RFC 6455.
    BrokenFrame,
    /// The client had not read its last words when their time was up.
    NotReading,
    /// More orders than a connection can ever need waited for it: a mistake of ours.
    Stuck,
    /// Too many requests wait already.
    Busy,
    /// A body did not arrive completely, or not in time.
    Incomplete,
}

impl Refusal {
    const ALL: [Self; 13] = [
        Self::ListenerFull,
        Self::AddressFull,
        Self::TooFast,
        Self::NotAccepted,
        Self::Handshake,
        Self::Subprotocol,
        Self::NotText,
        Self::TooLong,
        Self::BrokenFrame,
        Self::NotReading,
        Self::Stuck,
        Self::Busy,
        Self::Incomplete,
    ];

    /// A stable word for machines.
    fn word(self) -> &'static str {
        match self {
            Self::ListenerFull => "listener_full",
            Self::AddressFull => "address_full",
            Self::TooFast => "too_fast",
            Self::NotAccepted => "not_accepted",
            Self::Handshake => "handshake",
            Self::Subprotocol => "subprotocol",
            Self::NotText => "not_text",
            Self::TooLong => "too_long",
            Self::BrokenFrame => "broken_frame",
            Self::NotReading => "not_reading",
            Self::Stuck => "stuck",
            Self::Busy => "busy",
            Self::Incomplete => "incomplete",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl std::error::Error for Refusal {}

/// The counters of a process.
#[derive(Default)]
pub(crate) struct Refusals {
    counts: [AtomicU64; Refusal::ALL.len()],
    news: Notify,
}

impl Refusals {
    /// Counts one.
    pub(crate) fn note(&self, refusal: Refusal) {
        for (count, of) in self.counts.iter().zip(Refusal::ALL) {
            if of == refusal {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
        self.news.notify_one();
    }

    /// How many so far.
    pub(crate) fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for (total, count) in totals.0.iter_mut().zip(&self.counts) {
            *total = count.load(Ordering::Relaxed);
        }
        totals
    }

    /// Tells of refusals for as long as it is polled: of the first at once, of those within the next second together.
    pub(crate) async fn tell(self: Arc<Self>) {
        let mut told = Totals::default();
        loop {
            self.news.notified().await;
            let totals = self.totals();
            let new = totals.since(&told);
            if new != Totals::default() {
                warn!("refused: {new}");
            }
            told = totals;
            tokio::time::sleep(TELL_AT_MOST_EVERY).await;
        }
    }
}

/// A number for each [`Refusal`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals([u64; Refusal::ALL.len()]);

impl Totals {
    fn since(&self, before: &Self) -> Self {
        let mut new = self.clone();
        for (new, before) in new.0.iter_mut().zip(before.0) {
            *new = new.saturating_sub(before);
        }
        new
    }

    /// By name, as `refused_too_fast_total`.
    pub(crate) fn figures(&self) -> impl Iterator<Item = (String, u64)> {
        let named = Refusal::ALL.iter().zip(self.0);
        named.map(|(refusal, count)| (format!("refused_{}_total", refusal.word()), count))
    }

    #[cfg(test)]
    pub(crate) fn of(&self, refusal: Refusal) -> u64 {
        self.0[Refusal::ALL.iter().position(|of| *of == refusal).unwrap()]
    }
}

/// As in `too_fast 12, not_text 1`: what there is none of is left out. Without any, `nobody`.
impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::default() {
            return f.write_str("nobody");
        }
        let counted = Refusal::ALL.iter().zip(self.0).filter(|(_, count)| *count > 0);
        for (index, (refusal, count)) in counted.enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{} {count}", refusal.word())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_what_is_new() {
        let refusals = Refusals::default();
        refusals.note(Refusal::NotText);
        let before = refusals.totals();
        for _ in 0..12 {
            refusals.note(Refusal::TooFast);
        }
        refusals.note(Refusal::Incomplete);
        assert_eq!(refusals.totals().since(&before).to_string(), "too_fast 12, incomplete 1");
        assert_eq!(refusals.totals().of(Refusal::NotText), 1);
    }

    #[test]
    fn each_refusal_has_a_counter_and_a_word_of_its_own() {
        let words: std::collections::BTreeSet<_> = Refusal::ALL.map(Refusal::word).into_iter().collect();
        assert_eq!(words.len(), Refusal::ALL.len());
        for refusal in Refusal::ALL {
            let refusals = Refusals::default();
            refusals.note(refusal);
            assert_eq!(refusals.totals().to_string(), format!("{} 1", refusal.word()));
        }
    }
}
