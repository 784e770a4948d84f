//! The administrator of a world: his password is right, and AWDBs that he names are tried at once.

use std::time::Duration;

use node::api::HttpRequest;
use node::failover::administrators::CheckId;
use node::failover::fence::Rank;
use node::ledger::{Adoption, Generation};
use node::{ChangeId, Done, HttpId, Input, Work};

use super::awdb::with_credentials;
use super::{ToNode, World};
use crate::peer::PRIMARY;

/// His name and password.
const ADMINISTRATOR: (&str, &str) = ("admin", "office");
/// A slow hash, on purpose.
const HASH_TAKES: Duration = Duration::from_millis(50);
/// A database is tried.
const WORK_TAKES: Duration = Duration::from_millis(5);

/// What the shell of a node says about administrators and what they change; nothing goes wrong in it.
#[derive(Clone, Debug)]
pub(super) enum Office {
    Checked { check: CheckId, right: bool },
    Tried { change: ChangeId },
    Worked(Done),
}

impl From<Office> for Input {
    fn from(news: Office) -> Self {
        match news {
            Office::Checked { check, right } => Self::AdministratorChecked { check, right },
            Office::Tried { change } => Self::DatabaseTried { change, outcome: Ok(()) },
            Office::Worked(done) => Self::Worked(done),
        }
    }
}

impl World {
    /// The administrator asks a node for something. The answer comes to [`World::answer`].
    pub fn administer(&mut self, node: usize, request: HttpRequest) -> Option<HttpId> {
        let (name, password) = ADMINISTRATOR;
        self.ask_without_desktop(node, with_credentials(request, name, password))
    }

    pub(super) fn check_administrator(&mut self, node: usize, check: CheckId, given: (&str, &str)) {
        let right = given == ADMINISTRATOR;
        self.hears_later(node, HASH_TAKES, ToNode::Office(Office::Checked { check, right }));
    }

    pub(super) fn try_database(&mut self, node: usize, change: ChangeId) {
        self.hears_later(node, WORK_TAKES, ToNode::Office(Office::Tried { change }));
    }

    /// Files are read, and parcels packed and unpacked, beside the node, in no time: what may come between is tried by the
    /// tests of the ledger.
    pub(super) fn work(&mut self, node: usize, work: Work) {
        self.hears_later(node, Duration::ZERO, ToNode::Office(Office::Worked(work.run())));
    }

    /// Somebody decides whose settings are right.
    pub fn adopt_settings(&mut self, primary: bool, generation: u64) {
        let winner = if primary { Rank::Primary } else { Rank::Secondary };
        let adoption = Adoption { generation: Generation(generation), by: "root".into() };
        self.tell_node(PRIMARY, Input::AdoptSettings { winner, adoption });
    }
}
