//! Mobile agents (rest-api.md section 5.3): how one signed in is known from his own request only, so another node, and
//! this one after a loss, does not know it until he signs in again.

use ged188::AgentState;

use crate::agent_state::Report;
use crate::domain::Domain;
use crate::failures;
use crate::goals::Goal;
use crate::ids::{AgentId, Now};
use crate::view::{MobileAgent, UserState};

/// Reasons with which CTI signs a mobile agent out whose line could not be put up (mapping.md section 2.5).
const CALL_FAILED: std::ops::RangeInclusive<u16> = 50_040..=50_042;

impl Goal {
    /// As a mobile agent.
    pub(crate) fn mobile(&self) -> Option<MobileAgent> {
        match self {
            Self::SignedIn { mobile, .. } => mobile.clone(),
            Self::State { .. }
            | Self::Call { .. }
            | Self::Consult { .. }
            | Self::Leg { .. }
            | Self::Data { .. }
            | Self::Transferred { .. }
            | Self::Conferenced { .. }
            | Self::HandedOver { .. }
            | Self::Answered { .. }
            | Self::Dtmf { .. }
            | Self::Monitored { .. }
            | Self::Barged { .. }
            | Self::PartyDropped { .. } => None,
        }
    }
}

impl Domain {
    /// How the agent is mobile when he comes from one state into another.
    pub(crate) fn mobile_as(&self, id: &AgentId, before: UserState, state: UserState) -> Option<MobileAgent> {
        match (before.signed_in(), state.signed_in()) {
            (_, false) => None,
            (false, true) => self.requests.sign_in_of(id).and_then(|(_, goal)| goal.mobile()),
            (true, true) => self.agents.get(id)?.mobile.clone(),
        }
    }

    /// He says again how he signed in.
    pub(crate) fn recall_mobile(&mut self, id: &AgentId, mobile: Option<MobileAgent>) {
        if mobile.is_some() {
            self.change_agent_quietly(id, |agent| agent.mobile = mobile);
        }
    }

    /// A sign-in whose line could not be put up ends with the agent signed out, though it was confirmed.
    pub(crate) fn judge_mobile_sign_in(&mut self, id: &AgentId, report: &Report, now: Now) {
        let Some(reason) = report.reason.filter(|reason| CALL_FAILED.contains(reason)) else { return };
        let asked = self.requests.sign_in_of(id).filter(|(_, goal)| goal.mobile().is_some());
        let Some((ticket, _)) = asked.filter(|_| report.state == AgentState::LOGOUT) else { return };
        let Some(open) = self.close(ticket) else { return };
        self.say_error(open.agent, &open.goal, failures::mobile_call_failed(reason), open.request);
        self.go_on(&open.object, now);
    }
}
