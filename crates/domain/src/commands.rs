//! Commands: what is refused on the spot, what goes to CTI, and what waits (mapping.md section 1.1).

use ged188::{AgentDeskSettingsReq, Message, QueryAgentStateReq};

use crate::actions;
use crate::agent_state::VOICE;
use crate::call_data::WireVariables;
use crate::calls::Leg;
use crate::command::{ApiError, Change, Command, ErrorSource, Refusal, RequestedState};
use crate::domain::Domain;
use crate::goals::Goal;
use crate::ids::{AgentId, CallId, Extension, Now, RequestId};
use crate::requests::{Chore, Object, Order};
use crate::view::{Action, LegState, MobileAgent, UserState};

impl Domain {
    /// A request of a person. `Ok` is the 202; the outcome comes as an event or as apiErrors.
    ///
    /// # Errors
    /// See [`Refusal`]: what must be answered with 4xx or 5xx, and was not done.
    pub fn command(&mut self, command: Command, request: Option<RequestId>, now: Now) -> Result<(), Refusal> {
        if !self.phase.is_live() {
            return Err(Refusal::Busy);
        }
        if !self.agents.contains_key(command.agent()) {
            return Err(Refusal::UnknownUser);
        }
        match &command {
            Command::SignIn { agent, extension, mobile, .. } if self.is_signed_in_at(agent, extension) => {
                if self.reads.is_full(agent) {
                    return Err(Refusal::Busy);
                }
                self.check_again(&agent.clone(), mobile.clone(), request, now);
                return Ok(());
            }
            Command::SignIn { agent, .. } => self.ask_desk_settings(&agent.clone(), now),
            Command::SetState { agent, state, .. } => {
                self.own_loss.acted(agent);
                self.check_state(agent, *state)?;
            }
            Command::MakeCall { agent, to, variables } => {
                self.check_destination(agent, to)?;
                WireVariables::new(variables, None).map_err(|_| Refusal::InvalidVariable)?;
            }
            Command::CallAction { agent, call, .. }
            | Command::Transfer { agent, call }
            | Command::Conference { agent, call }
            | Command::Campaign { agent, call, .. }
            | Command::SendDtmf { agent, call, .. } => self.check_participant(agent, *call)?,
            Command::Consult { agent, call, to } | Command::SingleStepTransfer { agent, call, to } => {
                self.check_participant(agent, *call)?;
                self.check_destination(agent, to)?;
            }
            Command::DropParticipant { agent, call, party } => {
                self.check_participant(agent, *call)?;
                self.check_droppable(*call, party)?;
            }
            Command::SilentMonitor { agent, to } => self.check_monitor(agent, to)?,
            Command::Barge { agent, session, to } => drop(self.check_barge(agent, *session, to)?),
            Command::UpdateCallData { agent, call, variables, wrap_up_reason } => {
                let carried = self.calls.get(call).map(|call| &call.data);
                WireVariables::new(variables, carried).map_err(|_| Refusal::InvalidVariable)?;
                if carried.is_some_and(|data| data.would_clear(variables, wrap_up_reason.as_deref())) {
                    return Err(Refusal::InvalidVariable);
                }
                self.check_participant(agent, *call)?;
            }
        }
        self.submit(Order { command, request }, now)
    }

    /// LOGOUT from LOGOUT is refused at once, whatever else the request lacks; everything else is for CTI to decide
    /// (rest-api.md section 5.4).
    ///
    /// # Errors
    /// [`Refusal::InvalidState`].
    pub fn check_state(&self, agent: &AgentId, state: RequestedState) -> Result<(), Refusal> {
        let current = self.agents.get(agent).map(|agent| agent.status.state);
        match (current, state) {
            (Some(UserState::Logout), RequestedState::Logout) => Err(Refusal::InvalidState),
            _ => Ok(()),
        }
    }

    fn submit(&mut self, order: Order, now: Now) -> Result<(), Refusal> {
        let object = match order.command.action() {
            Some((call, _)) => Object::Dialog(call),
            None => Object::Agent(order.command.agent().clone()),
        };
        if self.requests.is_busy(&object) {
            return if self.requests.wait(object, order) { Ok(()) } else { Err(Refusal::Busy) };
        }
        self.send(object, order, now);
        Ok(())
    }

    fn is_signed_in_at(&self, agent: &AgentId, extension: &Extension) -> bool {
        self.agents.get(agent).is_some_and(|agent| {
            agent.status.state.signed_in() && agent.status.extension == extension.as_str()
        })
    }

    /// LOGIN by an agent whom CTI holds at that extension: nothing is sent and nothing changes; the device is
    /// read, and User and Dialogs are published.
    pub(crate) fn check_again(
        &mut self,
        agent: &AgentId,
        mobile: Option<MobileAgent>,
        request: Option<RequestId>,
        now: Now,
    ) {
        self.recall_mobile(agent, mobile);
        self.ask_desk_settings(agent, now);
        self.greet(agent, request);
    }

    /// The agent must have the dialog.
    pub(crate) fn check_participant(&self, agent: &AgentId, call: CallId) -> Result<(), Refusal> {
        let call =
            self.calls.get(&call).filter(|call| !call.readers().is_empty()).ok_or(Refusal::UnknownDialog)?;
        call.leg_of(agent).filter(|leg| leg.listed).ok_or(Refusal::NotParticipant)?;
        Ok(())
    }

    /// Nobody calls himself (rest-api.md section 3.3).
    fn check_destination(&self, agent: &AgentId, to: &str) -> Result<(), Refusal> {
        let own = self.agents.get(agent).is_some_and(|agent| agent.status.extension == to);
        if own && !to.is_empty() { Err(Refusal::InvalidDestination) } else { Ok(()) }
    }

    /// Who is made to leave is an agent's device on the call (rest-api.md section 6.5, PARTICIPANT_DROP).
    fn check_droppable(&self, call: CallId, party: &str) -> Result<(), Refusal> {
        let legs = self.calls.get(&call).into_iter().flat_map(|call| &call.legs);
        let droppable = |leg: &Leg| {
            leg.party.agent_device
                && leg.party.address == party
                && matches!(leg.state, LegState::Active | LegState::Held | LegState::Accepted)
        };
        if legs.into_iter().any(droppable) { Ok(()) } else { Err(Refusal::InvalidDestination) }
    }

    /// Whether the action of a command is in the list of the agent's own leg. Asked when its turn has come: those
    /// before it may have changed the leg (rest-api.md section 4.1, step 3), and CTI may have confirmed that before
    /// its event shows it.
    pub(crate) fn is_allowed_now(&self, command: &Command) -> bool {
        let Some((id, action)) = command.action() else { return true };
        let agent = command.agent();
        if matches!(action, Action::Transfer | Action::Conference) {
            return self.pair(agent, id).is_some();
        }
        let call = self.calls.get(&id);
        let leg = call.and_then(|call| call.leg_of(agent)).filter(|leg| leg.listed);
        leg.is_some_and(|leg| {
            let confirmed = self.requests.confirmed_state(agent, id).filter(|_| leg.lives());
            actions::allowed(confirmed.unwrap_or(leg.state), leg.situation).contains(&action)
        })
    }

    /// An apiErrors event, to whoever asked, to the node and with the source that the kind of request has.
    pub(crate) fn say_error(
        &mut self,
        agent: AgentId,
        goal: &Goal,
        error: ApiError,
        request: Option<RequestId>,
    ) {
        let (agent, source) = told(agent, goal);
        self.say(Change::Error { agent, source, error, request });
    }

    pub(crate) fn ask_desk_settings(&mut self, id: &AgentId, now: Now) {
        let Some(agent) = self.agents.get_mut(id).filter(|agent| !agent.desk_asked) else { return };
        agent.desk_asked = true;
        let message = Message::AgentDeskSettingsReq(AgentDeskSettingsReq {
            peripheral_id: self.config.peripheral_id,
            agent_id: id.to_string(),
            ..AgentDeskSettingsReq::default()
        });
        self.send_chore(Chore::DeskSettings(id.clone()), message, now);
    }

    /// The AWDB knows an agent of whom CTI has not told.
    pub(crate) fn ask_state_if_unknown(&mut self, id: &AgentId, now: Now) {
        let unknown = self.agents.get(id).is_some_and(|agent| agent.status.state == UserState::Unknown);
        if unknown && self.phase.is_live() {
            self.ask_state(id, now);
        }
    }

    /// Asks CTI for the agent's state, unless an answer to that is under way.
    pub(crate) fn ask_state(&mut self, id: &AgentId, now: Now) {
        let Some(agent) = self.agents.get_mut(id).filter(|agent| !agent.state_asked) else { return };
        agent.state_asked = true;
        self.query_state(id, Chore::State(id.clone()), now);
    }

    pub(crate) fn query_state(&mut self, id: &AgentId, chore: Chore, now: Now) {
        let message = Message::QueryAgentStateReq(QueryAgentStateReq {
            peripheral_id: self.config.peripheral_id,
            mrd_id: VOICE,
            agent_id: id.to_string(),
            ..QueryAgentStateReq::default()
        });
        self.send_chore(chore, message, now);
    }
}

/// Who is told that a request for this agent failed, and with which source (mapping.md section 4, first table).
pub(crate) fn told(agent: AgentId, goal: &Goal) -> (AgentId, ErrorSource) {
    let source = match goal {
        Goal::State { by: Some(supervisor), .. } => return (supervisor.clone(), ErrorSource::Member(agent)),
        Goal::SignedIn { .. } | Goal::State { by: None, .. } => ErrorSource::User,
        Goal::Call { .. } | Goal::Monitored { .. } | Goal::Barged { .. } => ErrorSource::Dialogs,
        Goal::Leg { call, .. }
        | Goal::Data { call, .. }
        | Goal::Consult { call, .. }
        | Goal::Transferred { call, .. }
        | Goal::Conferenced { call, .. }
        | Goal::HandedOver { call }
        | Goal::Answered { call, .. }
        | Goal::Dtmf { call }
        | Goal::PartyDropped { call, .. } => ErrorSource::Dialog(*call),
    };
    (agent, source)
}
