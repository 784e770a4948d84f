//! What a broken node mishears: CTI, its peer, its desktops.

use domain::Now;
use failover::fence;
use failover::presence::{Agent, Input, Stage};
use ged188::{AgentState, AgentStateEvent, CallType, Message};
use xmpp::EndCause;

use super::super::Node;
use super::Sabotage;

/// Newer than any session of today.
const DAY_MS: u64 = 86_400_000;
/// The voice media routing domain.
const VOICE: i32 = 1;
/// A reason that people may give.
const LUNCH: u16 = 12;

impl Node {
    /// A message of CTI as a broken node hears it, if it does.
    pub(in crate::node) fn misheard(&self, mut message: Message) -> Option<Message> {
        let deaf = match &mut message {
            Message::CallConferencedEvent(_) => self.is_broken(Sabotage::DeafToConferences),
            Message::CallTransferredEvent(_) => self.is_broken(Sabotage::DeafToTransfers),
            Message::CallDataUpdateEvent(_) => self.is_broken(Sabotage::DeafToData),
            Message::AgentStateEvent(event) if self.is_broken(Sabotage::BlindToReservations) => {
                event.direction = None;
                false
            }
            Message::BeginCallEvent(event) if self.is_broken(Sabotage::BlindToReservations) => {
                event.call_type = CallType::PREROUTE_ACD_IN;
                false
            }
            Message::CallServiceInitiatedEvent(event) if self.is_broken(Sabotage::WrongOriginal) => {
                event.coc_connection_call_id = event.coc_connection_call_id.map(|_| 1);
                false
            }
            Message::BeginCallEvent(event)
                if event.call_type == CallType::SUPERVISOR_MONITOR
                    && self.is_broken(Sabotage::SessionsAreCalls) =>
            {
                event.call_type = CallType::AGENT_INSIDE;
                false
            }
            _ => false,
        };
        (!deaf).then_some(message)
    }

    /// An answer to the reader has been heard: a broken node knows more than it says.
    pub(in crate::node) fn guess_a_reason(&mut self, answer: &Message, now: Now) {
        let Message::QueryAgentStateConf(conf) = answer else { return };
        if self.is_broken(Sabotage::GuessReasons) && conf.agent_state == AgentState::NOT_READY {
            let event = AgentStateEvent {
                peripheral_id: self.config.peripheral_id,
                mrd_id: VOICE,
                agent_state: conf.agent_state,
                event_reason_code: LUNCH,
                agent_extension: conf.agent_extension.clone(),
                agent_instrument: conf.agent_instrument.clone(),
                ..AgentStateEvent::default()
            };
            self.domain.event(&Message::AgentStateEvent(event), now);
        }
    }

    /// What the other node says as a broken node hears it.
    pub(in crate::node) fn misheard_peer(&self, message: fence::Message, now: Now) -> fence::Message {
        match message {
            fence::Message::Refuse(order) if self.is_broken(Sabotage::TakeNoForYes) => {
                fence::Message::Grant(order)
            }
            fence::Message::Ask { order, agent, mut epoch } if self.is_broken(Sabotage::IgnoreEpochs) => {
                epoch.number = epoch.number.max(now.wall.0.unsigned_abs()).saturating_add(DAY_MS);
                fence::Message::Ask { order, agent, epoch }
            }
            message => message,
        }
    }

    /// What a broken node says to the other one.
    pub(in crate::node) fn held_back(&self, message: fence::Message) -> fence::Message {
        match message {
            fence::Message::Sessions { last, .. } if self.is_broken(Sabotage::TellNoSessions) => {
                fence::Message::Sessions { page: Vec::new(), last }
            }
            message => message,
        }
    }

    /// News of desktops as a broken node hears them.
    pub(in crate::node) fn misheard_desks(&self, mut news: Vec<Input>) -> Vec<Input> {
        if self.is_broken(Sabotage::DeafToReturns) {
            let waits = |agent: &Agent| {
                self.desktops().presence().state(agent).is_some_and(|it| it.stage() == Stage::Grace)
            };
            let returns = |input: &Input| match input {
                Input::Available(agent, _) => waits(agent),
                _ => false,
            };
            news.retain(|input| !returns(input));
        }
        news
    }

    /// Why a session is over, as a broken node hears it.
    pub(in crate::node) fn misheard_end(&self, cause: EndCause) -> EndCause {
        match cause {
            EndCause::Stopped if self.is_broken(Sabotage::WaitBlindly) => EndCause::Closed,
            cause => cause,
        }
    }
}
