//! One round: what is asked about a call, and what is asked on because of the answers.
//!
//! ```text
//! first: the call by one connection, each agent's device, the devices of parties that vanished
//! then:  the devices of agents that nobody knew of, and of each party that an answer lacks; the call by another connection, if it was refused or lacks
//!        the very party by whose connection it was asked for
//! ```

use std::collections::BTreeSet;

use ged188::{DeviceIdType, Message, SnapshotCallReq, SnapshotDeviceReq};

use super::evidence::{Evidence, Snapshot};
use crate::calls::{Call, CallRef, Leg};
use crate::ids::CallId;

/// SNAPSHOT_CALL_REQ in one round: by an agent's connection, and by two others if that is not enough.
const SNAPSHOTS_MAX: usize = 3;
/// Devices read in one round: as many as a snapshot can name parties.
const DEVICES_MAX: usize = 16;

/// One request of a round, for the reader to send. Answers of a session that is gone are not to be brought back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Look {
    /// Counts all looks, so that no two are equal.
    pub(crate) id: u64,
    pub(crate) call: CallId,
    pub(crate) round: u64,
    pub(crate) question: Question,
}

impl Look {
    /// The call that is asked about.
    pub fn call(&self) -> CallId {
        self.call
    }

    /// SNAPSHOT_CALL_REQ or SNAPSHOT_DEVICE_REQ, with InvokeID 0.
    pub fn request(&self, peripheral_id: u32) -> Message {
        match &self.question {
            Question::Call { connection, .. } => Message::SnapshotCallReq(SnapshotCallReq {
                peripheral_id,
                connection_call_id: connection.id.0,
                connection_device_id_type: connection.device_type,
                connection_device_id: connection.device.clone(),
                ..Default::default()
            }),
            Question::Device { device, agent, .. } => Message::SnapshotDeviceReq(SnapshotDeviceReq {
                peripheral_id,
                snapshot_device_type: if *agent {
                    DeviceIdType::AGENT_DEVICE
                } else {
                    DeviceIdType::DEVICE_IDENTIFIER
                },
                agent_instrument: device.clone(),
                ..Default::default()
            }),
        }
    }
}

/// What is asked.
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
    open: BTreeSet<Question>,
    pub(crate) found: Evidence,
}

impl Round {
    pub(crate) fn new(number: u64, began: u64) -> Self {
        Self { number, began, asked: BTreeSet::new(), open: BTreeSet::new(), found: Evidence::default() }
    }

    /// Takes the questions that are new and fit. They count as open.
    pub(crate) fn admit(&mut self, questions: Vec<Question>) -> Vec<Question> {
        let mut fresh = Vec::new();
        for question in questions {
            let fits = self.like(&question) < question.limit();
            if fits && self.asked.insert(question.clone()) {
                self.open.insert(question.clone());
                fresh.push(question);
            }
        }
        fresh
    }

    /// An answer came, or will not come.
    pub(crate) fn close(&mut self, question: &Question) {
        self.open.remove(question);
    }

    pub(crate) fn is_done(&self) -> bool {
        self.open.is_empty()
    }

    fn like(&self, question: &Question) -> usize {
        let kind = std::mem::discriminant(question);
        self.asked.iter().filter(|asked| std::mem::discriminant(*asked) == kind).count()
    }

    fn was_asked_by(&self, party: &str) -> bool {
        self.asked.iter().any(|asked| matches!(asked, Question::Call { by, .. } if by == party))
    }

    /// The parties that the snapshots show.
    pub(crate) fn shown(&self) -> impl Iterator<Item = &Leg> {
        self.found.snapshots.iter().flat_map(|snapshot| snapshot.call.living())
    }

    /// The parties whose devices may settle what the answers so far leave open.
    pub(crate) fn lacking<'a>(&'a self, known: &'a Call) -> impl Iterator<Item = &'a Leg> {
        known.living().chain(self.shown()).filter(|leg| !self.found.all_show(&leg.party.address))
    }

    /// The call by another connection, while no answer by one stands for itself.
    pub(crate) fn by_another(&self, known: &Call) -> Option<Question> {
        let waits = self.open.iter().any(|question| matches!(question, Question::Call { .. }));
        let stands = self.found.snapshots.iter().any(Snapshot::shows_whom_it_was_asked_by);
        let answered = !self.found.refused.is_empty() || !self.found.snapshots.is_empty();
        let mut others =
            self.shown().chain(known.living()).filter(|leg| !self.was_asked_by(&leg.party.address));
        (answered && !waits && !stands).then(|| others.find_map(by)).flatten()
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
