//! Breaking a node on purpose, in one small way at a time, to prove that the simulation sees it.
//!
//! The only way in is `Node::sabotage`, which exists with the feature `sabotage` only; without it every question here
//! is answered no at compile time.

use std::time::Duration;

use domain::{AgentId, Change, Now, Ticket, UserState};
use failover::fence;
use failover::presence::{Agent, Input, Order, Outcome, Stage};
use ged188::{AgentState, CallType, Message, SetAgentStateReq};

use super::Node;
use crate::asked::Asker;
use crate::publish;

/// The ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// Requests are answered while CTI is out of service.
    GateOpen,
    /// A command of the old session is sent again on the new one.
    SendAgain,
    /// Final states are published twice.
    PublishTwice,
    /// Final states are not published.
    PublishNever,
    /// In service is announced before the state has been read.
    ServeUnread,
    /// Events leave while CTI is out of service.
    EventsWhileOut,
    /// Each change is published twice.
    SayTwice,
    /// Requests whose outcome is unknown get no error event.
    ForgetUnproven,
    /// The reader knows no window.
    NoWindow,
    /// CALL_CONFERENCED is not heard.
    DeafToConferences,
    /// CALL_TRANSFERRED is not heard.
    DeafToTransfers,
    /// CALL_DATA_UPDATE is not heard.
    DeafToData,
    /// Reservations of campaigns are taken for calls of a queue.
    BlindToReservations,
    /// Of which call another is a consultation is misunderstood.
    WrongOriginal,
    /// A supervisor who listens is taken for a caller.
    SessionsAreCalls,
    /// Nothing doubtful is read again.
    NeverLook,
    /// That a dialog is doubtful is not shown.
    HideMarks,
    /// Whoever is Not Ready after a loss is made Ready.
    ReadyAnyway,
    /// The other node's refusal of a forced logout is taken for its leave.
    TakeNoForYes,
    /// The other node is given leave for sessions that are older than what is known here.
    IgnoreEpochs,
    /// A sign-in does not wait for the other node's forced logout.
    AdmitAtOnce,
    /// A desktop that comes back is not heard.
    DeafToReturns,
    /// A call does not keep its agent from being logged out.
    LogoutOnCalls,
    /// A forced logout is written when its time is over.
    WriteLate,
    /// Timers of desktops run on while the node is out of service.
    TimersRunOn,
    /// Nobody is ever logged out.
    NeverLogOut,
    /// People are known by any password.
    AnyPassword,
    /// An AWDB that does not answer counts as one that says no.
    OutageIsNo,
    /// What the AWDBs say in the background is not heard.
    DeafToPeople,
    /// Settings count before they are on disk.
    CountUnwritten,
    /// Settings of the other node are taken whatever their checksums say.
    TrustBlindly,
    /// The other node gets this one's settings although it has what is not here.
    Overrule,
}

/// What a broken node remembers.
#[derive(Debug, Default)]
pub(super) struct Broken {
    how: Option<Sabotage>,
    last_command: Option<(Ticket, Message)>,
    /// A forced logout that is held back until then.
    late: Option<(Duration, AgentId, Order)>,
}

/// A second is allowed.
const LATE: Duration = Duration::from_secs(3);
/// Newer than any session of today.
const DAY_MS: u64 = 86_400_000;

impl Node {
    /// Breaks this node.
    #[cfg(feature = "sabotage")]
    pub fn sabotage(&mut self, how: Sabotage) {
        self.broken.how = Some(how);
        if how == Sabotage::TrustBlindly {
            self.ledger.trust_blindly();
        }
        if how == Sabotage::Overrule {
            self.ledger.overrule();
        }
        if how == Sabotage::NoWindow {
            self.config.recovery.window = usize::MAX;
            self.reader = crate::recovery::Reader::new(self.config.recovery.clone());
        }
    }

    /// Whether it is broken in this way.
    pub(super) fn is_broken(&self, how: Sabotage) -> bool {
        cfg!(feature = "sabotage") && self.broken.how == Some(how)
    }

    /// Whether a broken node does not wait for its disk.
    pub(super) fn counts_unwritten(&self) -> bool {
        self.is_broken(Sabotage::CountUnwritten)
    }

    /// A message of CTI as a broken node hears it, if it does.
    pub(super) fn misheard(&self, mut message: Message) -> Option<Message> {
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

    /// An event as a broken node shows it.
    pub(super) fn touched_up(&self, payload: String) -> String {
        if self.is_broken(Sabotage::HideMarks) {
            return payload.replace("<rebuilding>true</rebuilding>", "");
        }
        payload
    }

    /// Service has returned.
    pub(super) fn make_everybody_ready(&mut self, now: Now) {
        if !self.is_broken(Sabotage::ReadyAnyway) {
            return;
        }
        let users: Vec<_> = self
            .domain
            .users()
            .filter(|user| user.state == UserState::NotReady)
            .map(|user| user.id)
            .collect();
        for agent in users {
            let ready = Message::SetAgentStateReq(SetAgentStateReq {
                peripheral_id: self.config.peripheral_id,
                agent_state: AgentState::AVAILABLE,
                agent_id: agent.to_string(),
                ..SetAgentStateReq::default()
            });
            self.link.ask(Asker::Domain(Ticket(u64::MAX)), ready, now.mono);
        }
    }

    /// The changes to publish after a recovery.
    pub(super) fn spoil(&self, mut changes: Vec<Change>) -> Vec<Change> {
        let is_error = |change: &Change| matches!(change, Change::Error { .. });
        if self.is_broken(Sabotage::PublishTwice) {
            changes.extend(changes.clone());
        } else if self.is_broken(Sabotage::PublishNever) {
            changes.retain(is_error);
        } else if self.is_broken(Sabotage::ForgetUnproven) {
            changes.retain(|change| !is_error(change));
        }
        changes
    }

    /// A command goes to CTI.
    pub(super) fn keep_command(&mut self, ticket: Ticket, message: &Message) {
        if self.is_broken(Sabotage::SendAgain) {
            self.broken.last_command = Some((ticket, message.clone()));
        }
    }

    /// A new session is in service.
    pub(super) fn send_again(&mut self, now: Now) {
        if let Some((ticket, message)) = self.broken.last_command.take() {
            self.link.ask(Asker::Domain(ticket), message, now.mono);
        }
    }

    /// Service has just been lost.
    pub(super) fn babble(&mut self, now: Now) {
        if !self.is_broken(Sabotage::EventsWhileOut) {
            return;
        }
        let agents: Vec<_> = self.domain.users().map(|user| user.id).collect();
        for agent in agents {
            if let Some(event) = publish::event(&self.domain, &Change::User { agent, request: None }) {
                self.xmpp.publish(&event.node, &event.payload, now.mono);
            }
        }
    }

    /// What the other node says as a broken node hears it.
    pub(super) fn misheard_peer(&self, message: fence::Message, now: Now) -> fence::Message {
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

    /// News of desktops as a broken node hears them.
    pub(super) fn misheard_desks(&self, mut news: Vec<Input>) -> Vec<Input> {
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

    /// An order as a broken node carries it out; true if that is done with.
    pub(super) fn botched(&mut self, agent: &AgentId, order: Order, now: Now) -> bool {
        if self.is_broken(Sabotage::NeverLogOut) {
            self.presence.desk(Input::Outcome(order, Outcome::Accepted), now);
            return true;
        }
        if self.is_broken(Sabotage::WriteLate) && self.broken.late.is_none() {
            self.broken.late = Some((now.mono.saturating_add(LATE), agent.clone(), order));
            return true;
        }
        false
    }

    /// Time has passed for a broken node.
    pub(super) fn do_what_is_late(&mut self, now: Now) {
        if let Some((_, agent, order)) = self.broken.late.take_if(|(due, ..)| *due <= now.mono) {
            self.domain.force_logout(&agent, domain::LogoutOrder(order.0), now);
        }
    }
}
