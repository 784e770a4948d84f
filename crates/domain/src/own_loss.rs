//! Agents whom the loss of our own CTI session made Not Ready are made Ready again: once, and only if nothing speaks
//! against it (beyond failover.md; what the loss does to agents is DESK-X1).
//!
//! Owns who is watched and why, and nothing else. The domain tells it of losses, states, acts and desktops, and asks
//! for READY when it says so.
//!
//! ```text
//!   session lost while READY, or READY would have followed
//!        │
//!        ▼
//!     Watched ──NOT_READY by the loss──▶ Struck ──his desktop is heard──▶ READY is asked for, forgotten
//!        │                                 │
//!        │ acted, signed out, moved,       │ any other state or reason, acted,
//!        │ another reason, 60 s Ready      │ 60 s without a desktop
//!        ▼                                 ▼
//!    forgotten                         forgotten
//! ```
//!
//! What he asks of the other node, or at the phone, is known by the event that follows: another state or reason, or, on
//! a call, another state after it. What CTI does to him at the end of a call looks the same, but comes with the loss.
//!
//! The proof that it was the loss: reason 50002 in an AGENT_STATE_EVENT; or, because the answer to a query has no
//! reason, that he has been Not Ready since the time of the loss. With any other reason, and without a proof, he stays as
//! he is. Who is signed out (LOAD 1) stays signed out. A desktop counts when it is heard after the service returned: a
//! session may be that of a browser which died, or went to the other node, with the loss.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::agents::Status;
use crate::domain::Domain;
use crate::ids::{AgentId, Now, WallMs};
use crate::requests::Chore;
use crate::view::{PendingState, UserState};

/// EventReasonCode of an agent whose CTI client is gone (mapping.md section 2.5).
const CLIENT_GONE: u16 = 50002;

/// How long before us CTI may notice the loss: a silent link is given up after three missed heartbeats of 5 s and up to
/// one interval (failover.md CTI-7). Meanwhile the desktops are still here, so nobody acts elsewhere.
const BEFORE_MS: i64 = 20_000;
/// How long after us: one interval, too short for anybody to act on the other node, which desktops try after 10 s
/// (failover.md CLIENT-7).
const AFTER_MS: i64 = 5_000;

/// How long after the return of service a sign of the loss, and then the desktop, is waited for. A desktop that is
/// away for longer than this counts as gone (failover.md DESK-5).
const WAIT: Duration = Duration::from_secs(60);

/// All who are watched.
#[derive(Default)]
pub(crate) struct OwnLoss {
    watched: BTreeMap<AgentId, Watch>,
    deadlines: BTreeSet<(Duration, AgentId)>,
}

struct Watch {
    lost_at: WallMs,
    /// Where he sat: who sits elsewhere has signed in anew.
    extension: String,
    stage: Stage,
}

/// Time runs in service only, and not during a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// CTI may have made him Not Ready, or still may.
    Watched { until: Option<Duration> },
    /// It has; his desktop has not been heard since.
    Struck { until: Option<Duration> },
}

/// What a status says about the loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// It did not strike, and may at the end of what he does now.
    Busy,
    /// It did not strike; if it does, then soon.
    Spared,
    Struck,
    /// Something else happened.
    Other,
}

impl OwnLoss {
    /// The session is lost; these are the states as they were, without agents who were just asking for something.
    fn lost<'a>(&mut self, agents: impl Iterator<Item = (&'a AgentId, &'a Status)>, at: WallMs) {
        self.deadlines.clear();
        self.watched.values_mut().for_each(|watch| watch.stage = watch.stage.stopped());
        for (agent, status) in agents.filter(|(_, status)| ready_or_next(status)) {
            let stage = Stage::Watched { until: None };
            let watch = Watch { lost_at: at, extension: status.extension.clone(), stage };
            self.watched.insert(agent.clone(), watch);
        }
    }

    /// What is known of an agent now.
    fn judge(&mut self, agent: &AgentId, status: &Status, now: Duration) {
        let Some(watch) = self.watched.get(agent) else { return };
        let verdict = watch.verdict(status);
        let later = now + WAIT;
        let stage = match (watch.stage, verdict) {
            (Stage::Watched { .. }, Verdict::Busy) => Stage::Watched { until: None },
            (Stage::Watched { until }, Verdict::Spared) => Stage::Watched { until: until.or(Some(later)) },
            (Stage::Watched { .. }, Verdict::Struck) => Stage::Struck { until: Some(later) },
            (Stage::Struck { until }, Verdict::Struck) => Stage::Struck { until: until.or(Some(later)) },
            (Stage::Struck { .. }, Verdict::Busy | Verdict::Spared)
            | (Stage::Watched { .. } | Stage::Struck { .. }, Verdict::Other) => {
                return self.forget(agent);
            }
        };
        self.put(agent, stage);
    }

    /// He asked for a state himself.
    pub(crate) fn acted(&mut self, agent: &AgentId) {
        self.forget(agent);
    }

    /// On a call it was told that he will not be READY after it. If that did not come with the loss, somebody asked for it.
    fn declined(&mut self, agent: &AgentId, at: WallMs) {
        let by_the_loss = |watch: &Watch| at.0 - watch.lost_at.0 <= AFTER_MS;
        if !self.watched.get(agent).is_some_and(by_the_loss) {
            self.forget(agent);
        }
    }

    /// His desktop is there. True if READY must be asked for: once, because he is not watched any more.
    fn heard(&mut self, agent: &AgentId) -> bool {
        let struck = self.watched.get(agent).is_some_and(|watch| match watch.stage {
            Stage::Struck { .. } => true,
            Stage::Watched { .. } => false,
        });
        if struck {
            self.forget(agent);
        }
        struck
    }

    /// Forgets those for whom the time is over.
    pub(crate) fn expire(&mut self, now: Duration) {
        while let Some((_, agent)) = self.deadlines.first().cloned().filter(|(at, _)| *at <= now) {
            self.forget(&agent);
        }
    }

    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        self.deadlines.first().map(|(at, _)| *at)
    }

    fn watched(&self) -> Vec<AgentId> {
        self.watched.keys().cloned().collect()
    }

    fn put(&mut self, agent: &AgentId, stage: Stage) {
        let Some(watch) = self.watched.get_mut(agent) else { return };
        if let Some(at) = watch.stage.deadline() {
            self.deadlines.remove(&(at, agent.clone()));
        }
        self.deadlines.extend(stage.deadline().map(|at| (at, agent.clone())));
        watch.stage = stage;
    }

    fn forget(&mut self, agent: &AgentId) {
        let deadline = self.watched.remove(agent).and_then(|watch| watch.stage.deadline());
        if let Some(at) = deadline {
            self.deadlines.remove(&(at, agent.clone()));
        }
    }
}

impl Watch {
    fn verdict(&self, status: &Status) -> Verdict {
        if status.state.signed_in() && status.extension != self.extension {
            return Verdict::Other;
        }
        match status.state {
            UserState::Talking
            | UserState::Hold
            | UserState::Work
            | UserState::WorkReady
            | UserState::Reserved
            | UserState::ReservedOutbound
            | UserState::ReservedOutboundPreview => Verdict::Busy,
            UserState::Ready | UserState::Unknown => Verdict::Spared,
            UserState::NotReady if self.is_by_the_loss(status) => Verdict::Struck,
            UserState::NotReady | UserState::Logout => Verdict::Other,
        }
    }

    fn is_by_the_loss(&self, status: &Status) -> bool {
        match status.reason {
            Some(reason) => reason == CLIENT_GONE,
            None => status
                .since
                .is_some_and(|since| (-BEFORE_MS..=AFTER_MS).contains(&(since.0 - self.lost_at.0))),
        }
    }
}

impl Stage {
    fn deadline(self) -> Option<Duration> {
        match self {
            Self::Watched { until } | Self::Struck { until } => until,
        }
    }

    fn stopped(self) -> Self {
        match self {
            Self::Watched { .. } => Self::Watched { until: None },
            Self::Struck { .. } => Self::Struck { until: None },
        }
    }
}

/// READY, or READY would have followed by itself.
fn ready_or_next(status: &Status) -> bool {
    let next = match status.pending {
        Some(PendingState::Ready | PendingState::WorkReady) => Some(true),
        Some(PendingState::NotReady | PendingState::Logout | PendingState::Work) => Some(false),
        None => None,
    };
    match status.state {
        UserState::Ready
        | UserState::Reserved
        | UserState::ReservedOutbound
        | UserState::ReservedOutboundPreview
        | UserState::WorkReady => next.unwrap_or(true),
        UserState::Talking | UserState::Hold => {
            next.unwrap_or(matches!(status.before_call, Some(UserState::Ready | UserState::WorkReady)))
        }
        UserState::Logout | UserState::NotReady | UserState::Work | UserState::Unknown => false,
    }
}

/// The state that follows a call has changed, to one that is not READY.
fn declines(before: &Status, after: &Status) -> bool {
    before.state == after.state && before.pending != after.pending && !ready_or_next(after)
}

impl Domain {
    /// The session itself is lost, and not only its peripheral: CTI may make agents Not Ready for that.
    pub fn lost_session(&mut self, now: Now) {
        if self.phase.is_live() && self.config.restore_ready {
            let asking = self.requests.agents_asking();
            let calm = self.agents.iter().filter(|(agent, _)| !asking.contains(*agent));
            self.own_loss.lost(calm.map(|(agent, known)| (agent, &known.status)), now.wall);
        }
        self.lost(now);
    }

    /// The notification session of the agent's desktop was heard, which says no more than that it is there. A REST request
    /// says less: any program may send it.
    pub fn desktop_heard(&mut self, agent: &AgentId, now: Now) {
        if self.phase.is_live() && self.own_loss.heard(agent) {
            self.counters.restored_ready += 1;
            let message = self.ready(agent);
            self.send_chore(Chore::Ready(agent.clone()), message, now);
        }
    }

    /// All is read: who was struck?
    pub(crate) fn undo_own_loss(&mut self, now: Now) {
        for agent in self.own_loss.watched() {
            self.judge_own_loss(&agent, now);
        }
    }

    /// An agent was told of, who was so before.
    pub(crate) fn own_loss_told(&mut self, agent: &AgentId, before: &Status, now: Now) {
        let after = self.agents.get(agent).filter(|_| self.phase.is_live()).map(|known| &known.status);
        if after.is_some_and(|after| declines(before, after)) {
            self.own_loss.declined(agent, now.wall);
        }
        self.judge_own_loss(agent, now);
    }

    fn judge_own_loss(&mut self, agent: &AgentId, now: Now) {
        if let Some(known) = self.agents.get(agent).filter(|_| self.phase.is_live()) {
            self.own_loss.judge(agent, &known.status, now.mono);
        }
    }
}
