//! What a request wants to bring about, and whether the state shows it. Used twice: to give an event its requestId,
//! and after a loss, to tell a request that was carried out from one whose outcome is unknown.

use std::collections::BTreeSet;

use crate::calls::{Call, Leg};
use crate::campaigns::{ACCEPT, RESPONSE};
use crate::command::{CampaignAnswer, Command, RequestedState};
use crate::domain::Domain;
use crate::ids::{AgentId, CallId};
use crate::view::{Action, LegState, MobileAgent, PendingState, UserState};

/// The effect of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    SignedIn {
        extension: String,
        mobile: Option<MobileAgent>,
    },
    State {
        state: RequestedState,
        reason: u16,
        /// The supervisor who wants it, if it is not the agent.
        by: Option<AgentId>,
    },
    Call {
        to: String,
        /// The agent's dialogs when the request was sent.
        known: BTreeSet<CallId>,
        /// NewConnectionCallID of MAKE_CALL_CONF.
        id: Option<CallId>,
    },
    /// A second call of the agent, from this one.
    Consult {
        call: CallId,
        to: String,
        /// The agent's dialogs when the request was sent.
        known: BTreeSet<CallId>,
        /// NewConnectionCallID of CONSULTATION_CALL_CONF.
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
    /// Two calls of the agent are one, without him.
    Transferred {
        call: CallId,
        other: CallId,
    },
    /// Two calls of the agent are one, with him.
    Conferenced {
        call: CallId,
        other: CallId,
    },
    /// The call goes on without the agent.
    HandedOver {
        call: CallId,
    },
    /// The campaign dialer was told this word; the rest is to be said after it.
    Answered {
        call: CallId,
        word: String,
        rest: Option<CampaignAnswer>,
    },
    /// Nothing that can be seen: the confirmation is all.
    Dtmf {
        call: CallId,
    },
    /// The supervisor listens to the agent at this number.
    Monitored {
        to: String,
        /// His dialogs when the request was sent.
        known: BTreeSet<CallId>,
        /// ConnectionCallID of SUPERVISE_CALL_CONF.
        id: Option<CallId>,
    },
    /// The supervisor is in the call and listens no more.
    Barged {
        session: CallId,
        call: CallId,
    },
    /// This party has left.
    PartyDropped {
        call: CallId,
        party: String,
    },
}

impl Goal {
    /// Its effect is a new dialog.
    pub(crate) fn is_new_call(&self) -> bool {
        matches!(
            self,
            Self::Call { .. } | Self::Consult { .. } | Self::Monitored { .. } | Self::Barged { .. }
        )
    }

    /// It is reached as soon as CTI has confirmed it.
    pub(crate) fn is_met_by_confirmation(&self) -> bool {
        matches!(self, Self::Dtmf { .. })
    }

    /// The state of the agent's leg after it, where that is certain: DROP may end in wrap-up.
    pub(crate) fn leg_state(&self) -> Option<LegState> {
        match self {
            Self::Leg { action: Action::Answer | Action::Retrieve, .. } => Some(LegState::Active),
            Self::Leg { action: Action::Hold, .. } | Self::Consult { .. } => Some(LegState::Held),
            Self::Answered { word, .. } if word == ACCEPT => Some(LegState::Accepted),
            Self::Answered { .. }
            | Self::Leg { .. }
            | Self::SignedIn { .. }
            | Self::State { .. }
            | Self::Call { .. }
            | Self::Data { .. }
            | Self::Transferred { .. }
            | Self::Conferenced { .. }
            | Self::HandedOver { .. }
            | Self::Dtmf { .. }
            | Self::Monitored { .. }
            | Self::Barged { .. }
            | Self::PartyDropped { .. } => None,
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
            | Self::UpdateCallData { agent, .. }
            | Self::Consult { agent, .. }
            | Self::Transfer { agent, .. }
            | Self::Conference { agent, .. }
            | Self::SingleStepTransfer { agent, .. }
            | Self::SendDtmf { agent, .. }
            | Self::Campaign { agent, .. }
            | Self::DropParticipant { agent, .. }
            | Self::SilentMonitor { agent, .. }
            | Self::Barge { agent, .. } => agent,
        }
    }

    /// The action on a dialog that it is; `None` for requests that are about no dialog.
    pub(crate) fn action(&self) -> Option<(CallId, Action)> {
        match self {
            Self::SignIn { .. }
            | Self::SetState { .. }
            | Self::MakeCall { .. }
            | Self::SilentMonitor { .. }
            | Self::Barge { .. } => None,
            Self::CallAction { call, action, .. } => Some((*call, *action)),
            Self::UpdateCallData { call, .. } => Some((*call, Action::UpdateCallData)),
            Self::Consult { call, .. } => Some((*call, Action::ConsultCall)),
            Self::Transfer { call, .. } => Some((*call, Action::Transfer)),
            Self::Conference { call, .. } => Some((*call, Action::Conference)),
            Self::SingleStepTransfer { call, .. } => Some((*call, Action::TransferSst)),
            Self::SendDtmf { call, .. } => Some((*call, Action::SendDtmf)),
            Self::Campaign { call, answer, .. } => Some((*call, answer.action())),
            Self::DropParticipant { call, .. } => Some((*call, Action::ParticipantDrop)),
        }
    }
}

impl CampaignAnswer {
    pub(crate) fn action(&self) -> Action {
        match self {
            Self::Accept => Action::Accept,
            Self::Reject => Action::Reject,
            Self::Close => Action::Close,
            Self::Reclassify(_) => Action::Reclassify,
            Self::ScheduleCallback { .. } => Action::UpdateScheduledCallback,
            Self::CancelCallback => Action::CancelScheduledCallback,
        }
    }
}

impl Domain {
    pub(crate) fn goal(&self, command: &Command) -> Goal {
        match command {
            Command::SignIn { extension, mobile, .. } => {
                Goal::SignedIn { extension: extension.to_string(), mobile: mobile.clone() }
            }
            Command::SetState { state, reason, by, .. } => {
                Goal::State { state: *state, reason: *reason, by: by.clone() }
            }
            Command::MakeCall { agent, to, .. } => {
                Goal::Call { to: to.clone(), known: self.calls_of(agent), id: None }
            }
            Command::CallAction { call, action, .. } => Goal::Leg { call: *call, action: *action },
            Command::UpdateCallData { call, variables, wrap_up_reason, .. } => {
                Goal::Data { call: *call, variables: variables.clone(), wrap_up: wrap_up_reason.clone() }
            }
            Command::Consult { agent, call, to } => {
                Goal::Consult { call: *call, to: to.clone(), known: self.calls_of(agent), id: None }
            }
            Command::Transfer { agent, call } => {
                Goal::Transferred { call: *call, other: self.other_of_pair(agent, *call) }
            }
            Command::Conference { agent, call } => {
                Goal::Conferenced { call: *call, other: self.other_of_pair(agent, *call) }
            }
            Command::SingleStepTransfer { call, .. } => Goal::HandedOver { call: *call },
            Command::SendDtmf { call, .. } => Goal::Dtmf { call: *call },
            Command::Campaign { call, answer, .. } => {
                let (word, rest) = answer.words();
                Goal::Answered { call: *call, word, rest }
            }
            Command::DropParticipant { call, party, .. } => {
                Goal::PartyDropped { call: *call, party: party.clone() }
            }
            Command::SilentMonitor { agent, to } => {
                Goal::Monitored { to: to.clone(), known: self.calls_of(agent), id: None }
            }
            Command::Barge { session, .. } => {
                let call = self.calls.get(session).and_then(|call| call.associated);
                Goal::Barged { session: *session, call: call.unwrap_or(*session) }
            }
        }
    }

    /// The dialogs in the agent's collection.
    pub(crate) fn calls_of(&self, agent: &AgentId) -> BTreeSet<CallId> {
        self.agents.get(agent).map(|agent| agent.calls.clone()).unwrap_or_default()
    }

    /// The dialog that goes together with this one; itself if there is none, which is then refused.
    fn other_of_pair(&self, agent: &AgentId, call: CallId) -> CallId {
        let pair = self.pair(agent, call);
        pair.map_or(call, |pair| if pair.held.id == call { pair.active.id } else { pair.held.id })
    }

    /// Whether the state shows the effect.
    pub(crate) fn shows(&self, agent: &AgentId, goal: &Goal) -> bool {
        match goal {
            Goal::SignedIn { extension, .. } => self
                .agents
                .get(agent)
                .is_some_and(|agent| agent.status.state.signed_in() && agent.status.extension == *extension),
            Goal::State { state, reason, .. } => self.shows_state(agent, *state, *reason),
            Goal::Call { to, known, id }
            | Goal::Monitored { to, known, id }
            | Goal::Consult { to, known, id, .. } => self.shows_call(agent, to, known, *id),
            Goal::Leg { call, action } => self.shows_leg(agent, *call, *action),
            Goal::Data { call, variables, wrap_up } => self.shows_data(*call, variables, wrap_up.as_deref()),
            Goal::Transferred { call, other } => !self.is_on(agent, *call) && !self.is_on(agent, *other),
            Goal::Conferenced { call, other } => self.shows_conference(agent, *call, *other),
            Goal::HandedOver { call } => !self.is_on(agent, *call),
            Goal::Answered { call, word, rest } => {
                rest.is_none() && self.calls.get(call).is_some_and(|call| call.data.named(RESPONSE) == word)
            }
            Goal::Dtmf { .. } => false,
            Goal::Barged { session, call } => self.is_on(agent, *call) && !self.is_on(agent, *session),
            Goal::PartyDropped { call, party } => self.shows_left(*call, party),
        }
    }

    /// The agent has a living leg in the call.
    pub(crate) fn is_on(&self, agent: &AgentId, call: CallId) -> bool {
        self.calls.get(&call).and_then(|call| call.leg_of(agent)).is_some_and(Leg::lives)
    }

    /// One of the two is left to him, and it is a conference.
    fn shows_conference(&self, agent: &AgentId, one: CallId, other: CallId) -> bool {
        let survivor = match (self.is_on(agent, one), self.is_on(agent, other)) {
            (true, false) => one,
            (false, true) => other,
            (true, true) | (false, false) => return false,
        };
        self.calls.get(&survivor).is_some_and(Call::is_conference)
    }

    fn shows_left(&self, call: CallId, party: &str) -> bool {
        let legs = self.calls.get(&call).into_iter().flat_map(|call| &call.legs);
        !legs.filter(|leg| leg.party.address == party).any(Leg::lives)
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
        if let Goal::Barged { call, .. } = goal {
            return *call == arrived;
        }
        let (Goal::Call { to, known, id }
        | Goal::Monitored { to, known, id }
        | Goal::Consult { to, known, id, .. }) = goal
        else {
            return false;
        };
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
            // These have goals of their own.
            Action::UpdateCallData
            | Action::ConsultCall
            | Action::Transfer
            | Action::Conference
            | Action::TransferSst
            | Action::SendDtmf
            | Action::ParticipantDrop
            | Action::Accept
            | Action::Close
            | Action::Reject
            | Action::Reclassify
            | Action::UpdateScheduledCallback
            | Action::CancelScheduledCallback => false,
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
