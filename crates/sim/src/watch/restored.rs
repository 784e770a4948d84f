//! READY that nobody pressed: allowed only to undo what the loss of the node's own session did, once for each loss and
//! agent, and never after the agent acted.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use switch::{AcdState, CtiPair};

use super::command::Command;

/// EventReasonCode of an agent whose CTI client is gone.
const CLIENT_GONE: u16 = 50002;
/// News from the switch may be this old when it is acted upon: the slowest link of a world, there and back.
const NEWS_MAY_BE_OLD: Duration = Duration::from_secs(1);
/// So long before and after the loss another cause cannot be told from it: a reading has no reason. A second more than a
/// node allows itself, for what is rounded.
const NOT_TO_BE_TOLD: (Duration, Duration) = (Duration::from_secs(21), Duration::from_secs(6));

/// The losses of each node, and when agents acted last.
#[derive(Debug, Default)]
pub(super) struct Restored {
    /// A node that never lost service is not in it.
    losses: BTreeMap<usize, Loss>,
    acted: BTreeMap<String, Duration>,
}

/// A node's last loss of service.
#[derive(Debug, Default)]
struct Loss {
    at: Duration,
    /// When service returned.
    over: Option<Duration>,
    restored: BTreeSet<String>,
}

impl Restored {
    pub(super) fn lost(&mut self, node: usize, now: Duration) {
        self.losses.insert(node, Loss { at: now, ..Loss::default() });
    }

    pub(super) fn returned(&mut self, node: usize, now: Duration) {
        if let Some(loss) = self.losses.get_mut(&node) {
            loss.over = Some(now);
        }
    }

    /// An agent has changed his state himself.
    pub(super) fn acted(&mut self, agent: &str, now: Duration) {
        self.acted.insert(agent.into(), now);
    }

    /// Whether a command that nobody asked for is such a READY.
    pub(super) fn allows(&mut self, node: usize, command: &Command, pair: &CtiPair, now: Duration) -> bool {
        let Some(loss) = self.losses.get_mut(&node) else { return false };
        let Some(agent) = pair.switch().agent(&command.who) else { return false };
        let struck = agent.state == AcdState::NotReady { reason: CLIENT_GONE };
        let (before, after) = NOT_TO_BE_TOLD;
        let about_then = (loss.at.saturating_sub(before)..=loss.at + after).contains(&agent.since);
        let just_moved = now.saturating_sub(agent.since) < NEWS_MAY_BE_OLD;
        // What was done before service returned is known by the state that was read, and only by that.
        let acted = self.acted.get(&command.who).zip(loss.over);
        let acted = acted.is_some_and(|(at, over)| *at > over && *at + NEWS_MAY_BE_OLD < now);
        command.what == "READY"
            && (struck || about_then || just_moved)
            && !acted
            && loss.restored.insert(command.who.clone())
    }
}
