//! Changes that nobody has taken yet. An event shows its object as it is when the change is taken, so an object that
//! changes twice within one step is told once.

use std::collections::BTreeSet;

use crate::command::Change;
use crate::ids::{AgentId, CallId};

/// What waits to be told.
#[derive(Default)]
pub(crate) struct Untold {
    users: BTreeSet<AgentId>,
    dialogs: BTreeSet<(AgentId, CallId)>,
}

impl Untold {
    /// Notes a change. False if one that waits already shows it; the answer to a request is always told.
    pub(crate) fn is_news(&mut self, change: &Change) -> bool {
        match change {
            Change::User { agent, request } => self.users.insert(agent.clone()) || request.is_some(),
            Change::DialogAdded { agent, call, .. } => {
                self.dialogs.insert((agent.clone(), *call));
                true
            }
            Change::DialogChanged { agent, call, request } => {
                self.dialogs.insert((agent.clone(), *call)) || request.is_some()
            }
            Change::DialogRemoved { agent, dialog, .. } => {
                self.dialogs.remove(&(agent.clone(), dialog.id));
                true
            }
            Change::Queue { .. } | Change::QueueRemoved { .. } | Change::Error { .. } => true,
        }
    }

    /// It is being told.
    pub(crate) fn taken(&mut self, change: &Change) {
        match change {
            Change::User { agent, .. } => drop(self.users.remove(agent)),
            Change::DialogAdded { agent, call, .. } | Change::DialogChanged { agent, call, .. } => {
                self.dialogs.remove(&(agent.clone(), *call));
            }
            Change::DialogRemoved { .. }
            | Change::Queue { .. }
            | Change::QueueRemoved { .. }
            | Change::Error { .. } => {}
        }
    }
}
