//! One round: what is asked about a call, and what is asked on because of the answers.
//!
//! ```text
//! first: the call by one connection, each agent's device, the devices of parties that vanished
//! then:  the device of each party that an answer lacks; the call by another connection, if it was refused or lacks
//!        the very party by whose connection it was asked for
//! ```

use std::collections::BTreeSet;

use super::evidence::Evidence;
use crate::calls::{Call, CallRef, Leg};

/// SNAPSHOT_CALL_REQ in one round: by an agent's connection, and by two others if that is not enough.
const SNAPSHOTS_MAX: usize = 3;
/// Devices read in one round: as many as a snapshot can name parties.
const DEVICES_MAX: usize = 16;

/// One request of a round.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Question {
    /// SNAPSHOT_CALL_REQ by this connection of this party.
    Call { by: String, connection: CallRef },
    /// SNAPSHOT_DEVICE_REQ of the device of this party.
    Device { of: String, device: String, agent: bool },
}

/// The questions and answers of one round.
pub(crate) struct Round {
    /// Tells its answers from those of other rounds.
    pub(crate) number: u64,
    /// The domain's count of call events when it began.
    pub(crate) began: u64,
    asked: BTreeSet<Question>,
    open: usize,
    pub(crate) found: Evidence,
}

impl Round {
    pub(crate) fn new(number: u64, began: u64) -> Self {
        Self { number, began, asked: BTreeSet::new(), open: 0, found: Evidence::default() }
    }

    /// Takes the questions that are new and fit. They count as open.
    pub(crate) fn admit(&mut self, questions: Vec<Question>) -> Vec<Question> {
        let mut fresh = Vec::new();
        for question in questions {
            let fits = self.like(&question) < question.limit();
            if fits && self.asked.insert(question.clone()) {
                self.open += 1;
                fresh.push(question);
            }
        }
        fresh
    }

    /// An answer came, or will not come.
    pub(crate) fn close_one(&mut self) {
        self.open = self.open.saturating_sub(1);
    }

    pub(crate) fn is_done(&self) -> bool {
        self.open == 0
    }

    fn like(&self, question: &Question) -> usize {
        let kind = std::mem::discriminant(question);
        self.asked.iter().filter(|asked| std::mem::discriminant(*asked) == kind).count()
    }

    fn was_asked_by(&self, party: &str) -> bool {
        self.asked.iter().any(|asked| matches!(asked, Question::Call { by, .. } if by == party))
    }

    /// The parties whose devices may settle what the answers so far leave open.
    pub(crate) fn lacking<'a>(&'a self, known: &'a Call) -> impl Iterator<Item = &'a Leg> {
        let shown = self.found.snapshots.iter().flat_map(|snapshot| snapshot.call.living());
        known.living().chain(shown).filter(|leg| !self.found.all_show(&leg.party.address))
    }

    /// The call by another connection, where the answer by one does not stand for itself.
    pub(crate) fn by_another(&self, known: &Call) -> Option<Question> {
        let misses_itself = |snapshot: &super::Snapshot| !snapshot.call.has_living(&snapshot.by);
        let wanted = !self.found.refused.is_empty() || self.found.snapshots.iter().any(misses_itself);
        let shown = self.found.snapshots.iter().flat_map(|snapshot| snapshot.call.living());
        let mut others = shown.chain(known.living()).filter(|leg| !self.was_asked_by(&leg.party.address));
        wanted.then(|| others.find_map(by)).flatten()
    }
}

impl Question {
    fn limit(&self) -> usize {
        match self {
            Self::Call { .. } => SNAPSHOTS_MAX,
            Self::Device { .. } => DEVICES_MAX,
        }
    }
}

/// The call by the connection of this leg.
pub(crate) fn by(leg: &Leg) -> Option<Question> {
    let connection = leg.party.connection.clone();
    let named = !connection.device.is_empty();
    named.then(|| Question::Call { by: leg.party.address.clone(), connection })
}
