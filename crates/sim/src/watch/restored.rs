//! READY that nobody pressed: allowed only to undo what the loss of the node's own session did, once for each loss and
//! agent.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use switch::{AcdState, CtiPair};

use super::wire::Command;

/// EventReasonCode of an agent whose CTI client is gone.
const CLIENT_GONE: u16 = 50002;
/// News from the switch may be this old when it is acted upon: the slowest link of a world, there and back.
const NEWS_MAY_BE_OLD: Duration = Duration::from_secs(1);
/// So long before and after the loss another cause cannot be told from it: a reading has no reason. A second more than a
/// node allows itself, for what is rounded.
const NOT_TO_BE_TOLD: (Duration, Duration) = (Duration::from_secs(21), Duration::from_secs(6));

/// Each node's last loss of service, and who was restored since. A node that never lost it is not in it.
#[derive(Debug, Default)]
pub(super) struct Restored(BTreeMap<usize, (Duration, BTreeSet<String>)>);

impl Restored {
    pub(super) fn lost(&mut self, node: usize, now: Duration) {
        self.0.insert(node, (now, BTreeSet::new()));
    }

    /// Whether a command that nobody asked for is such a READY.
    pub(super) fn allows(&mut self, node: usize, command: &Command, pair: &CtiPair, now: Duration) -> bool {
        let Some((lost, restored)) = self.0.get_mut(&node) else { return false };
        let Some(agent) = pair.switch().agent(&command.who) else { return false };
        let struck = agent.state == AcdState::NotReady { reason: CLIENT_GONE };
        let (before, after) = NOT_TO_BE_TOLD;
        let about_then = (lost.saturating_sub(before)..=*lost + after).contains(&agent.since);
        let just_moved = now.saturating_sub(agent.since) < NEWS_MAY_BE_OLD;
        command.state == "READY"
            && (struck || about_then || just_moved)
            && restored.insert(command.who.clone())
    }
}
