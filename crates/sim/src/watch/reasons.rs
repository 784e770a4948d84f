//! Why an agent is Not Ready: the reason that CTI knows, or none, or, where he became so unseen, one that he had before:
//! QUERY_AGENT_STATE_CONF has neither a reason nor a time (mapping.md section 9). Never one that was guessed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use switch::{AcdState, Agent, CtiPair};

use super::ensure;
use crate::desktop::{Person, Shown};

/// The reasons that each agent has had.
#[derive(Debug, Default)]
pub(super) struct Reasons(BTreeMap<String, BTreeSet<u16>>);

impl Reasons {
    /// Looks at everybody.
    pub(super) fn follow(&mut self, pair: &CtiPair) {
        for agent in pair.switch().agents() {
            let Some(reason) = reason(agent) else { continue };
            match self.0.get_mut(&agent.config.id) {
                Some(had) => drop(had.insert(reason)),
                None => drop(self.0.insert(agent.config.id.clone(), [reason].into())),
            }
        }
    }

    /// What a desktop shows; its node has been in service since then.
    pub(super) fn judge(
        &self,
        person: &Person,
        shown: &Shown,
        pair: &CtiPair,
        since: Duration,
    ) -> Result<(), String> {
        let Some(agent) = pair.switch().agent(&person.id) else { return Ok(()) };
        let code = shown.user.as_ref().and_then(|user| user.element.child("reasonCode")?.child_text("code"));
        let (Some(code), Some(reason)) = (code, reason(agent)) else { return Ok(()) };
        let had = self.0.get(&person.id).is_some_and(|had| had.iter().any(|it| it.to_string() == code));
        let unseen = agent.since <= since && had;
        ensure(code == reason.to_string() || unseen, || {
            format!("shows reason {code}, the switch says {reason}")
        })
    }
}

fn reason(agent: &Agent) -> Option<u16> {
    match agent.state {
        AcdState::NotReady { reason } => Some(reason),
        AcdState::LoggedOut { .. }
        | AcdState::Available
        | AcdState::Reserved
        | AcdState::Talking
        | AcdState::Hold
        | AcdState::WorkNotReady { .. }
        | AcdState::WorkReady { .. } => None,
    }
}
