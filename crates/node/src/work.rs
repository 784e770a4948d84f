//! What takes long and needs nothing of the node. Its thread has other things to do, so whoever drives it does this
//! beside it and brings back what came of it; everything here is computation and nothing else.

use api::parse::{self, Import};
use api::{ApiFailure, HttpRequest};

use crate::io::ChangeId;
use crate::ledger;

/// To be done; [`Work::run`] is all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// A file of contacts is read, for this change.
    Contacts(ChangeId, HttpRequest),
    /// Settings go to the other node, or come from it.
    Ledger(ledger::Work),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    /// The contacts, or what is answered.
    Contacts(ChangeId, Result<Import, ApiFailure>),
    /// As it was asked for.
    Ledger(ledger::Done),
}

impl Work {
    /// Does it. Depends on nothing else: the same work always comes to the same.
    pub fn run(self) -> Done {
        match self {
            Self::Contacts(change, request) => Done::Contacts(change, parse::contacts_csv(&request)),
            Self::Ledger(work) => Done::Ledger(work.run()),
        }
    }
}
