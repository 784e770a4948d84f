//! Agents whose desktop is gone are logged out by force (failover.md DESK-1; mapping.md section 1).
//!
//! Owns the request and tells what CTI made of it. When it is due, and whether it may be sent, others decide. What it
//! does to the agent (DESK-X1) comes as an event like any other.

use ged188::{AgentState, ForcedFlag, Message, SetAgentStateReq};

use crate::command::Output;
use crate::domain::Domain;
use crate::failures;
use crate::ids::{AgentId, Now};
use crate::requests::Chore;

/// EventReasonCode of the request (DESK-1); CTI may show another one afterwards.
const DESKTOP_GONE: u16 = 255;

/// Names an order to log an agent out, chosen by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogoutOrder(pub u64);

/// What became of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forced {
    /// CTI confirmed it.
    Accepted,
    /// CTI refused it, as it does for an agent who is signed out: harmless (DESK-5r1).
    Refused,
    /// It could not be sent.
    NotSent,
    /// The session was lost, or CTI did not answer.
    Unknown,
}

impl Domain {
    /// Sends LOGOUT with reason 255 and the forced flag; [`Output::Forced`] tells the outcome. It goes to CTI also if
    /// the agent seems to be signed out: CTI knows.
    pub fn force_logout(&mut self, agent: &AgentId, order: LogoutOrder, now: Now) {
        if !self.phase.is_live() {
            return self.forced(order, Forced::NotSent);
        }
        // What follows is no work of our own loss, so it must not be undone.
        self.own_loss.acted(agent);
        let message = Message::SetAgentStateReq(SetAgentStateReq {
            peripheral_id: self.config.peripheral_id,
            agent_state: AgentState::LOGOUT,
            event_reason_code: DESKTOP_GONE,
            forced_flag: ForcedFlag::TRUE,
            agent_instrument: self.instrument(agent),
            agent_id: agent.to_string(),
            ..SetAgentStateReq::default()
        });
        self.counters.forced_logouts += 1;
        self.send_chore(Chore::ForceLogout(order), message, now);
    }

    /// The agent asks to be signed in, and no event has shown it yet.
    pub fn is_signing_in(&self, agent: &AgentId) -> bool {
        self.requests.is_signing_in(agent)
    }

    pub(crate) fn force_answered(&mut self, order: LogoutOrder, answer: &Message) {
        let outcome = match answer {
            Message::SetAgentStateConf(_) => Forced::Accepted,
            Message::FailureConf(failure) if failures::is_session_gone(failure.status) => Forced::Unknown,
            _ => Forced::Refused,
        };
        self.forced(order, outcome);
    }

    pub(crate) fn forced(&mut self, order: LogoutOrder, outcome: Forced) {
        self.out.push_back(Output::Forced(order, outcome));
    }

    /// The session is lost: nobody will answer these.
    pub(crate) fn lose_forced_logouts(&mut self) {
        for order in self.requests.take_forced_logouts() {
            self.forced(order, Forced::Unknown);
        }
    }
}
