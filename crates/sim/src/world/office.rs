//! The administrator of a world: his password is right, and what he changes is on disk a moment later.

use std::time::Duration;

use node::api::HttpRequest;
use node::failover::administrators::CheckId;
use node::ledger::BatchId;
use node::{ChangeId, HttpId, Input};

use super::awdb::with_credentials;
use super::{ToNode, World};

/// His name and password.
const ADMINISTRATOR: (&str, &str) = ("admin", "office");
/// A slow hash, on purpose.
const HASH_TAKES: Duration = Duration::from_millis(50);
/// Something is written down, or a database tried.
const WORK_TAKES: Duration = Duration::from_millis(5);

/// What the shell of a node says about administrators and what they change; nothing goes wrong in it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Office {
    Checked { check: CheckId, right: bool },
    Tried { change: ChangeId },
    Written { batch: BatchId },
}

impl From<Office> for Input {
    fn from(news: Office) -> Self {
        match news {
            Office::Checked { check, right } => Self::AdministratorChecked { check, right },
            Office::Tried { change } => Self::DatabaseTried { change, outcome: Ok(()) },
            Office::Written { batch } => Self::Persisted { batch, outcome: Ok(()) },
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

    pub(super) fn write_down(&mut self, node: usize, batch: BatchId) {
        self.hears_later(node, WORK_TAKES, ToNode::Office(Office::Written { batch }));
    }
}
