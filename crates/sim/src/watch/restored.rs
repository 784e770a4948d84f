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
    /// The last of each. A node that never lost service is not in it.
    losses: BTreeMap<usize, Loss>,
    /// When each node lost service: a loss that comes before the agent's desktop is heard keeps what the one before did.
    times: BTreeMap<usize, Vec<Duration>>,
    /// By node: of what was asked of the other one a node hears nothing but the state that follows.
    acted: BTreeMap<(usize, String), Duration>,
    acted_at_the_phone: BTreeMap<String, Duration>,
}

/// A node's last loss of service.
#[derive(Debug, Default)]
struct Loss {
    /// When service returned.
    over: Option<Duration>,
    restored: BTreeSet<String>,
}

impl Restored {
    pub(super) fn lost(&mut self, node: usize, now: Duration) {
        self.losses.insert(node, Loss::default());
        self.times.entry(node).or_default().push(now);
    }

    pub(super) fn returned(&mut self, node: usize, now: Duration) {
        if let Some(loss) = self.losses.get_mut(&node) {
            loss.over = Some(now);
        }
    }

    /// An agent has asked this node for a state.
    pub(super) fn acted(&mut self, node: usize, agent: &str, now: Duration) {
        self.acted.insert((node, agent.into()), now);
    }

    /// An agent has changed his state himself.
    pub(super) fn acted_at_the_phone(&mut self, agent: &str, now: Duration) {
        self.acted_at_the_phone.insert(agent.into(), now);
    }

    /// Whether a command that nobody asked for is such a READY.
    pub(super) fn allows(&mut self, node: usize, command: &Command, pair: &CtiPair, now: Duration) -> bool {
        let Some(loss) = self.losses.get_mut(&node) else { return false };
        let Some(agent) = pair.switch().agent(&command.who) else { return false };
        let struck = agent.state == AcdState::NotReady { reason: CLIENT_GONE };
        let (before, after) = NOT_TO_BE_TOLD;
        let then = |lost: &Duration| (lost.saturating_sub(before)..=*lost + after).contains(&agent.since);
        let about_then = self.times.get(&node).is_some_and(|times| times.iter().any(then));
        let just_moved = now.saturating_sub(agent.since) < NEWS_MAY_BE_OLD;
        // What was done before service returned is known by the state that was read, and only by that.
        let here = self.acted.get(&(node, command.who.clone()));
        let mut acted = here.into_iter().chain(self.acted_at_the_phone.get(&command.who));
        let acted = loss.over.is_some_and(|over| acted.any(|at| *at > over && *at + NEWS_MAY_BE_OLD < now));
        command.what == "READY"
            && (struck || about_then || just_moved)
            && !acted
            && loss.restored.insert(command.who.clone())
    }
}
