//! What a request wants to bring about, and whether the state shows it. Used twice: to give an event its requestId,
//! and after a loss, to tell a request that was carried out from one whose outcome is unknown.

use std::collections::BTreeSet;

use crate::calls::Call;
use crate::command::{Command, RequestedState};
use crate::domain::Domain;
use crate::ids::{AgentId, CallId};
use crate::view::{Action, LegState, PendingState, UserState};

/// The effect of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    SignedIn {
        extension: String,
    },
    State {
        state: RequestedState,
        reason: u16,
    },
    Call {
        to: String,
        /// The agent's dialogs when the request was sent.
        known: BTreeSet<CallId>,
        /// NewConnectionCallID of MAKE_CALL_CONF.
        id: Option<CallId>,
    },
    Leg {
        call: CallId,
        action: Action,
    },
    Data {
        call: CallId,
        variables: Vec<(String, String)>,
        wrap_up: Option<String>,
    },
}

impl Goal {
    pub(crate) fn is_call(&self) -> bool {
        matches!(self, Self::Call { .. })
    }

    /// The state of the agent's leg after it, where that is certain: DROP may end in wrap-up.
    pub(crate) fn leg_state(&self) -> Option<LegState> {
        match self {
            Self::Leg { action: Action::Answer | Action::Retrieve, .. } => Some(LegState::Active),
            Self::Leg { action: Action::Hold, .. } => Some(LegState::Held),
            Self::Leg { action: Action::Drop | Action::UpdateCallData, .. }
            | Self::SignedIn { .. }
            | Self::State { .. }
            | Self::Call { .. }
            | Self::Data { .. } => None,
        }
    }
}

impl Command {
    pub(crate) fn agent(&self) -> &AgentId {
        match self {
            Self::SignIn { agent, .. }
            | Self::SetState { agent, .. }
            | Self::MakeCall { agent, .. }
            | Self::CallAction { agent, .. }
            | Self::UpdateCallData { agent, .. } => agent,
        }
    }
}

impl Domain {
    pub(crate) fn goal(&self, command: &Command) -> Goal {
        match command {
            Command::SignIn { extension, .. } => Goal::SignedIn { extension: extension.to_string() },
            Command::SetState { state, reason, .. } => Goal::State { state: *state, reason: *reason },
            Command::MakeCall { agent, to, .. } => {
                let known = self.agents.get(agent).map(|agent| agent.calls.clone()).unwrap_or_default();
                Goal::Call { to: to.clone(), known, id: None }
            }
            Command::CallAction { call, action, .. } => Goal::Leg { call: *call, action: *action },
            Command::UpdateCallData { call, variables, wrap_up_reason, .. } => {
                Goal::Data { call: *call, variables: variables.clone(), wrap_up: wrap_up_reason.clone() }
            }
        }
    }

    /// Whether the state shows the effect.
    pub(crate) fn shows(&self, agent: &AgentId, goal: &Goal) -> bool {
        match goal {
            Goal::SignedIn { extension } => self
                .agents
                .get(agent)
                .is_some_and(|agent| agent.status.state.signed_in() && agent.status.extension == *extension),
            Goal::State { state, reason } => self.shows_state(agent, *state, *reason),
            Goal::Call { to, known, id } => self.shows_call(agent, to, known, *id),
            Goal::Leg { call, action } => self.shows_leg(agent, *call, *action),
            Goal::Data { call, variables, wrap_up } => self.shows_data(*call, variables, wrap_up.as_deref()),
        }
    }

    fn shows_state(&self, agent: &AgentId, wanted: RequestedState, reason: u16) -> bool {
        let Some(agent) = self.agents.get(agent) else { return false };
        let status = &agent.status;
        let pending = status.pending == Some(pending_form(wanted));
        pending
            || match wanted {
                RequestedState::Logout => status.state == UserState::Logout,
                RequestedState::NotReady => {
                    status.state == UserState::NotReady && status.reason.is_none_or(|known| known == reason)
                }
                RequestedState::Ready => matches!(
                    status.state,
                    UserState::Ready
                        | UserState::Reserved
                        | UserState::ReservedOutbound
                        | UserState::ReservedOutboundPreview
                ),
                RequestedState::Work => status.state == UserState::Work,
                RequestedState::WorkReady => status.state == UserState::WorkReady,
            }
    }

    fn shows_call(&self, agent: &AgentId, to: &str, known: &BTreeSet<CallId>, id: Option<CallId>) -> bool {
        let calls = self.agents.get(agent).into_iter().flat_map(|agent| &agent.calls);
        calls.filter_map(|call| self.calls.get(call)).any(|call| match id {
            Some(id) => call.id == id,
            None => !known.contains(&call.id) && is_placed_by(call, agent) && went_to(call, to),
        })
    }

    /// The dialog that just arrived is the one asked for: the number may not have been dialed yet.
    pub(crate) fn may_be_the_call(&self, agent: &AgentId, goal: &Goal, arrived: CallId) -> bool {
        let Goal::Call { to, known, id } = goal else { return false };
        let Some(call) = self.calls.get(&arrived) else { return false };
        match id {
            Some(id) => *id == arrived,
            None => {
                let not_dialed = call.data.dialed.is_empty() && call.called.is_empty();
                !known.contains(&arrived) && is_placed_by(call, agent) && (not_dialed || went_to(call, to))
            }
        }
    }

    fn shows_leg(&self, agent: &AgentId, call: CallId, action: Action) -> bool {
        let leg = self.calls.get(&call).and_then(|call| call.leg_of(agent));
        let state = leg.map_or(LegState::Dropped, |leg| leg.state);
        match action {
            Action::Answer => matches!(state, LegState::Active | LegState::Held),
            Action::Hold => state == LegState::Held,
            Action::Retrieve => state == LegState::Active,
            Action::Drop => matches!(state, LegState::Dropped | LegState::WrapUp),
            Action::UpdateCallData => false,
        }
    }

    fn shows_data(&self, call: CallId, variables: &[(String, String)], wrap_up: Option<&str>) -> bool {
        self.calls.get(&call).is_some_and(|call| {
            variables.iter().all(|(name, value)| call.data.value(name).unwrap_or("") == value)
                && wrap_up.is_none_or(|reason| call.data.wrap_up == reason)
        })
    }
}

/// The state as it is shown while it is pending.
pub(crate) fn pending_form(state: RequestedState) -> PendingState {
    match state {
        RequestedState::Logout => PendingState::Logout,
        RequestedState::NotReady => PendingState::NotReady,
        RequestedState::Ready => PendingState::Ready,
        RequestedState::Work => PendingState::Work,
        RequestedState::WorkReady => PendingState::WorkReady,
    }
}

fn is_placed_by(call: &Call, agent: &AgentId) -> bool {
    call.leg_of(agent).is_some_and(|leg| leg.calling)
}

fn went_to(call: &Call, to: &str) -> bool {
    call.data.dialed == to || call.called == to
}
