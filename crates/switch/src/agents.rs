//! One agent as the switch knows him or her: the ACD state and what it becomes when a call is over.
//!
//! Decides nothing about calls and tells nobody; `desk` moves agents and tells of it.

use std::time::Duration;

use ged188::AgentState;

use crate::config::{AgentConfig, WrapUp};
use crate::mobile::{Mobile, Nailing};

/// The ACD state.
///
/// ```text
///  LoggedOut ──login──▶ NotReady ◀─────▶ Available ──routed──▶ Reserved ──answered──▶ Talking ◀──▶ Hold
///      ▲                  ▲  ▲               ▲                    │                       │          │
///      └─────logout───────┘  └──not answered─┼────────────────────┘       call over       ▼          ▼
///                         ▲                  └────────── WorkReady ◀──────────────────────┴──────────┤
///                         └───────────────────────────── WorkNotReady ◀──────────────────────────────┘
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcdState {
    /// Signed out.
    LoggedOut {
        /// EventReasonCode.
        reason: u16,
    },
    /// Signed in, gets no routed calls.
    NotReady {
        /// EventReasonCode.
        reason: u16,
    },
    /// Waits for a routed call.
    Available,
    /// A routed call is on its way or rings.
    Reserved,
    /// On a call.
    Talking,
    /// All calls are held.
    Hold,
    /// Wrap-up, then Not Ready.
    WorkNotReady {
        /// When the wrap-up timer ends.
        until: Duration,
    },
    /// Wrap-up, then available.
    WorkReady {
        /// When the wrap-up timer ends.
        until: Duration,
    },
}

impl AcdState {
    /// AgentState on the wire.
    pub fn code(self) -> AgentState {
        match self {
            Self::LoggedOut { .. } => AgentState::LOGOUT,
            Self::NotReady { .. } => AgentState::NOT_READY,
            Self::Available => AgentState::AVAILABLE,
            Self::Reserved => AgentState::RESERVED,
            Self::Talking => AgentState::TALKING,
            Self::Hold => AgentState::HOLD,
            Self::WorkNotReady { .. } => AgentState::WORK_NOT_READY,
            Self::WorkReady { .. } => AgentState::WORK_READY,
        }
    }

    /// EventReasonCode; 0 where the state has none.
    pub fn reason(self) -> u16 {
        match self {
            Self::LoggedOut { reason } | Self::NotReady { reason } => reason,
            Self::Available
            | Self::Reserved
            | Self::Talking
            | Self::Hold
            | Self::WorkNotReady { .. }
            | Self::WorkReady { .. } => 0,
        }
    }

    /// The name as the documents spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::LoggedOut { .. } => "LOGOUT",
            Self::NotReady { .. } => "NOT_READY",
            Self::Available => "AVAILABLE",
            Self::Reserved => "RESERVED",
            Self::Talking => "TALKING",
            Self::Hold => "HOLD",
            Self::WorkNotReady { .. } => "WORK_NOT_READY",
            Self::WorkReady { .. } => "WORK_READY",
        }
    }

    /// Talking or holding.
    pub fn on_call(self) -> bool {
        matches!(self, Self::Talking | Self::Hold)
    }

    /// When the wrap-up timer ends, in wrap-up only.
    pub fn work_until(self) -> Option<Duration> {
        match self {
            Self::WorkNotReady { until } | Self::WorkReady { until } => Some(until),
            Self::LoggedOut { .. }
            | Self::NotReady { .. }
            | Self::Available
            | Self::Reserved
            | Self::Talking
            | Self::Hold => None,
        }
    }
}

/// Where an agent goes when nothing holds him or her up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Available.
    Available,
    /// Not Ready.
    NotReady {
        /// EventReasonCode.
        reason: u16,
    },
}

impl Rest {
    /// The state itself.
    pub fn state(self) -> AcdState {
        match self {
            Self::Available => AcdState::Available,
            Self::NotReady { reason } => AcdState::NotReady { reason },
        }
    }
}

/// What was asked for during a call and happens at its end. The last request wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// Sign out.
    Logout {
        /// EventReasonCode.
        reason: u16,
    },
    /// Come to rest, after wrap-up where it is compulsory and nobody forced the change.
    Rest {
        /// Where.
        rest: Rest,
        /// Skip wrap-up (ForcedFlag 1, LOAD).
        forced: bool,
    },
    /// Wrap-up, then available or Not Ready.
    Work {
        /// Available afterwards.
        ready: bool,
    },
}

impl Pending {
    /// Somebody else decided it: it shows at once, and his own requests do not change it.
    pub(crate) fn is_forced(self) -> bool {
        match self {
            Self::Logout { .. } => true,
            Self::Rest { forced, .. } => forced,
            Self::Work { .. } => false,
        }
    }

    /// NextAgentState on the wire.
    pub fn code(self) -> AgentState {
        match self {
            Self::Logout { .. } => AgentState::LOGOUT,
            Self::Rest { rest: Rest::Available, .. } => AgentState::AVAILABLE,
            Self::Rest { rest: Rest::NotReady { .. }, .. } => AgentState::NOT_READY,
            Self::Work { ready: true } => AgentState::WORK_READY,
            Self::Work { ready: false } => AgentState::WORK_NOT_READY,
        }
    }
}

/// One agent.
#[derive(Clone, Debug)]
pub struct Agent {
    /// Who it is.
    pub config: AgentConfig,
    /// The ACD state.
    pub state: AcdState,
    /// Since when.
    pub since: Duration,
    /// The phone in use; `None` while signed out.
    pub extension: Option<String>,
    /// What happens at the end of the call.
    pub pending: Option<Pending>,
    /// Where the agent goes after the call or the wrap-up.
    pub rest: Rest,
    /// Wrap-up rule of the call in progress, or of the last one.
    pub wrap_up: WrapUp,
    /// Skill group of the call in progress.
    pub call_group: Option<u32>,
    /// How the agent's calls reach a phone outside.
    pub mobile: Option<Mobile>,
    pub(crate) nailing: Option<Nailing>,
}

impl Agent {
    /// Somebody who is signed out.
    pub fn new(config: AgentConfig) -> Self {
        Self {
            config,
            state: AcdState::LoggedOut { reason: 0 },
            since: Duration::ZERO,
            extension: None,
            pending: None,
            rest: Rest::NotReady { reason: 0 },
            wrap_up: WrapUp::NotAllowed,
            call_group: None,
            mobile: None,
            nailing: None,
        }
    }

    /// Signed in.
    pub fn signed_in(&self) -> bool {
        self.extension.is_some()
    }

    /// What a call that begins now will lead back to.
    pub(crate) fn rest_after_call(&self, available_after_incoming: bool) -> Rest {
        match self.state {
            AcdState::Available | AcdState::Reserved | AcdState::WorkReady { .. } => {
                if available_after_incoming {
                    Rest::Available
                } else {
                    Rest::NotReady { reason: 0 }
                }
            }
            AcdState::NotReady { reason } => Rest::NotReady { reason },
            AcdState::Talking | AcdState::Hold => self.rest,
            AcdState::LoggedOut { .. } | AcdState::WorkNotReady { .. } => Rest::NotReady { reason: 0 },
        }
    }

    /// NextAgentState on the wire: of what is noted in a campaign's reservation nothing shows before its end.
    pub(crate) fn next_state(&self) -> Option<AgentState> {
        let shows = self.state != AcdState::Reserved;
        self.pending.filter(|pending| shows || pending.is_forced()).map(Pending::code)
    }

    /// Where the end of the last call leads: the state, and where the agent rests after it.
    pub(crate) fn after_call(&self, work_until: Duration) -> (AcdState, Rest) {
        match self.pending {
            Some(Pending::Logout { reason }) => {
                (AcdState::LoggedOut { reason }, Rest::NotReady { reason: 0 })
            }
            Some(Pending::Rest { rest, forced: true }) => (rest.state(), rest),
            Some(Pending::Rest { rest, forced: false }) => (self.wrap_up_or(rest, work_until), rest),
            Some(Pending::Work { ready }) => {
                let rest = if ready { Rest::Available } else { Rest::NotReady { reason: 0 } };
                (work(rest, work_until), rest)
            }
            None => (self.wrap_up_or(self.rest, work_until), self.rest),
        }
    }

    fn wrap_up_or(&self, rest: Rest, until: Duration) -> AcdState {
        if self.wrap_up.always() { work(rest, until) } else { rest.state() }
    }
}

fn work(rest: Rest, until: Duration) -> AcdState {
    match rest {
        Rest::Available => AcdState::WorkReady { until },
        Rest::NotReady { .. } => AcdState::WorkNotReady { until },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SwitchConfig;

    const LATER: Duration = Duration::from_secs(30);

    fn agent() -> Agent {
        let config = SwitchConfig::demo(1, "pw").agents.remove(0);
        Agent { state: AcdState::Talking, rest: Rest::Available, ..Agent::new(config) }
    }

    #[test]
    fn a_call_leads_back_to_where_it_found_the_agent() {
        assert_eq!(agent().after_call(LATER), (AcdState::Available, Rest::Available));
        let busy = Agent { rest: Rest::NotReady { reason: 7 }, ..agent() };
        assert_eq!(busy.after_call(LATER).0, AcdState::NotReady { reason: 7 });
    }

    #[test]
    fn compulsory_wrap_up_comes_first_unless_the_change_was_forced() {
        let rest = Rest::NotReady { reason: 9 };
        let asked = Pending::Rest { rest, forced: false };
        let agent = Agent { wrap_up: WrapUp::Required, pending: Some(asked), ..agent() };
        assert_eq!(agent.after_call(LATER), (AcdState::WorkNotReady { until: LATER }, rest));
        let forced = Agent { pending: Some(Pending::Rest { rest, forced: true }), ..agent };
        assert_eq!(forced.after_call(LATER), (AcdState::NotReady { reason: 9 }, rest));
    }

    #[test]
    fn wrap_up_that_was_asked_for_leads_to_its_own_rest() {
        let agent = Agent { pending: Some(Pending::Work { ready: false }), ..agent() };
        let rest = Rest::NotReady { reason: 0 };
        assert_eq!(agent.after_call(LATER), (AcdState::WorkNotReady { until: LATER }, rest));
    }
}
