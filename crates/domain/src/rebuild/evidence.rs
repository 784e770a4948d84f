//! What the reads of one call have said.

use std::collections::{BTreeMap, BTreeSet};

use crate::calls::{Call, Leg};
use crate::view::LegState;

/// The living parties of a call and their states, by address.
pub(crate) type Form = BTreeMap<String, LegState>;

/// A SNAPSHOT_CALL_CONF, as a call.
pub(crate) struct Snapshot {
    /// The party by whose connection it was asked for, or that connection if the party is not known.
    pub(crate) by: String,
    pub(crate) call: Call,
}

impl Snapshot {
    pub(crate) fn shows_whom_it_was_asked_by(&self) -> bool {
        let party = |leg: &Leg| leg.party.address == self.by || leg.party.connection.device == self.by;
        self.call.living().any(party)
    }
}

/// The answers of one round. Parties are named by their address.
#[derive(Default)]
pub(crate) struct Evidence {
    pub(crate) snapshots: Vec<Snapshot>,
    /// Devices that were read: their leg of this call, if they list it.
    pub(crate) lists: BTreeMap<String, Option<Leg>>,
    /// Parties by whose connection the server knows no such call.
    pub(crate) refused: BTreeSet<String>,
}

impl Evidence {
    /// No snapshot lacks this party.
    pub(crate) fn all_show(&self, address: &str) -> bool {
        self.snapshots.iter().all(|snapshot| snapshot.call.has_living(address))
    }

    /// The device was read and does not list the call.
    pub(crate) fn is_unlisted(&self, address: &str) -> bool {
        matches!(self.lists.get(address), Some(None))
    }

    /// The server itself has said that this party is not on the call.
    pub(crate) fn denies(&self, address: &str) -> bool {
        self.refused.contains(address) || self.is_unlisted(address)
    }
}

impl Call {
    pub(crate) fn form(&self) -> Form {
        self.living().map(|leg| (leg.party.address.clone(), leg.state)).collect()
    }

    pub(crate) fn has_living(&self, address: &str) -> bool {
        self.living().any(|leg| leg.party.address == address)
    }

    /// Parties that are gone only because a snapshot lacks them.
    pub(crate) fn vanished(&self) -> impl Iterator<Item = &Leg> {
        self.legs.iter().filter(|leg| leg.state == LegState::Dropped && !leg.certain)
    }
}
