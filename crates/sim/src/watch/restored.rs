//! READY that nobody pressed: allowed only to undo what the loss of the node's own session did, once for each loss and
//! agent, and never after the agent acted. What he asked of the node itself it has heard in any case; of what he asked
//! elsewhere CTI tells what became of it, so it is looked up in the switch: whoever was Not Ready, signed out or going to be so for
//! another reason than a lost client stays so. A READY that he pressed elsewhere is no harm: he is READY again.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use switch::{AcdState, Agent, CtiPair, Pending, Rest};

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
    /// By node: what was asked of it.
    acted: BTreeMap<(usize, String), Duration>,
    acted_at_the_phone: BTreeMap<String, Duration>,
    declines: BTreeMap<String, Decline>,
}

/// An agent whom the switch takes for one who is not going to be READY, for another reason than a lost client.
#[derive(Debug)]
struct Decline {
    now: bool,
    /// When it began, the last time that it did.
    began: Duration,
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

    /// Looks at what the switch holds of each agent.
    pub(super) fn follow(&mut self, pair: &CtiPair, now: Duration) {
        for agent in pair.switch().agents() {
            match self.declines.get_mut(&agent.config.id) {
                Some(known) => known.see(declines(agent), now),
                None => {
                    let first = Decline { now: declines(agent), began: now };
                    self.declines.insert(agent.config.id.clone(), first);
                }
            }
        }
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
        let elsewhere = self.declines.get(&command.who).map(|decline| &decline.began);
        let at_the_phone = self.acted_at_the_phone.get(&command.who);
        let mut acted = here.into_iter().chain(elsewhere).chain(at_the_phone);
        let acted = loss.over.is_some_and(|over| acted.any(|at| *at > over && *at + NEWS_MAY_BE_OLD < now));
        command.what == "READY"
            && (struck || about_then || just_moved)
            && !acted
            && loss.restored.insert(command.who.clone())
    }
}

impl Decline {
    fn see(&mut self, declines: bool, now: Duration) {
        if declines && !self.now {
            self.began = now;
        }
        self.now = declines;
    }
}

fn declines(agent: &Agent) -> bool {
    match agent.state {
        AcdState::LoggedOut { .. } => true,
        AcdState::NotReady { reason } => reason != CLIENT_GONE,
        AcdState::Available | AcdState::WorkNotReady { .. } | AcdState::WorkReady { .. } => false,
        AcdState::Reserved | AcdState::Talking | AcdState::Hold => {
            agent.pending.is_some_and(|pending| match pending {
                Pending::Logout { reason } | Pending::Rest { rest: Rest::NotReady { reason }, .. } => {
                    reason != CLIENT_GONE
                }
                Pending::Rest { rest: Rest::Available, .. } => false,
                Pending::Work { ready } => !ready,
            })
        }
    }
}
