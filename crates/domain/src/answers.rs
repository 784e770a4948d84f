//! Answers of CTI to our requests: CONF, FAILURE_CONF, CONTROL_FAILURE_CONF.

use ged188::{
    AgentDeskSettingsConf, ControlFailureCode, ControlFailureConf, FailureConf, Message, WrapupDataMode,
};

use crate::agents::DeskSettings;
use crate::command::{ApiError, CampaignAnswer, Command, RequestedState, Ticket};
use crate::domain::Domain;
use crate::failures;
use crate::forced_logout::Forced;
use crate::goals::{Goal, pending_form};
use crate::ids::{AgentId, CallId, Now, RequestId};
use crate::requests::{Chore, Open, Order};
use crate::view::{UserState, WrapUpMode};

impl Domain {
    /// The answer to an [`crate::Output::Request`]. Answers to what was given up are counted and dropped.
    pub fn answered(&mut self, ticket: Ticket, answer: &Message, now: Now) {
        if let Some(chore) = self.take_chore(ticket) {
            return self.chore_answered(&chore, answer, now);
        }
        match answer {
            Message::FailureConf(failure) => self.refused_by_server(ticket, failure, now),
            Message::ControlFailureConf(failure) => self.refused_by_peripheral(ticket, failure, now),
            confirmation => self.confirmed(ticket, confirmation, now),
        }
    }

    /// The node could not send the request: its client gets an error, and so do those whose requests wait behind
    /// it, because nothing would ever send them.
    pub fn unsent(&mut self, ticket: Ticket, now: Now) {
        if let Some(chore) = self.take_chore(ticket) {
            return match chore {
                Chore::ForceLogout(order) => self.forced(order, Forced::NotSent),
                chore => self.chore_failed(&chore, now),
            };
        }
        let Some(open) = self.close(ticket) else { return };
        self.say_error(open.agent, &open.goal, failures::not_sent(), open.request);
        for order in self.requests.take_waiting(&open.object) {
            let goal = self.goal(&order.command);
            self.say_error(order.command.agent().clone(), &goal, failures::not_sent(), order.request);
        }
    }

    fn confirmed(&mut self, ticket: Ticket, confirmation: &Message, now: Now) {
        let Some(open) = self.confirm(ticket, now) else {
            self.counters.late_answers += 1;
            return;
        };
        match confirmation {
            Message::MakeCallConf(made) => self.refine_goal(ticket, CallId(made.new_connection_call_id)),
            Message::SuperviseCallConf(made) => self.refine_goal(ticket, CallId(made.connection_call_id)),
            Message::ConsultationCallConf(made) => {
                let made = CallId(made.new_connection_call_id);
                self.refine_goal(ticket, made);
                self.tell_consult(made);
            }
            _ => {}
        }
        if let Goal::Answered { call, rest: Some(rest), .. } = &open.goal {
            return self.say_the_rest(ticket, *call, rest.clone(), now);
        }
        if let Goal::State { state, .. } = &open.goal {
            self.set_pending(&open.agent, *state);
        }
        self.close_if_shown(ticket);
        self.go_on(&open.object, now);
    }

    /// The first word for the dialer was taken: the request goes on with what is left of it, before any that waits.
    fn say_the_rest(&mut self, ticket: Ticket, call: CallId, answer: CampaignAnswer, now: Now) {
        let Some(Open { object, agent, request, .. }) = self.close(ticket) else { return };
        self.send(object.clone(), Order { command: Command::Campaign { agent, call, answer }, request }, now);
        self.go_on(&object, now);
    }

    /// mapping.md section 2.3: a confirmed request that takes effect at the end of the call. The last one wins.
    fn set_pending(&mut self, agent: &AgentId, state: RequestedState) {
        let on_calls = self
            .agents
            .get(agent)
            .is_some_and(|agent| matches!(agent.status.state, UserState::Talking | UserState::Hold));
        if on_calls {
            self.change_agent(agent, |agent| agent.status.pending = Some(pending_form(state)));
        }
    }

    fn refused_by_peripheral(&mut self, ticket: Ticket, failure: &ControlFailureConf, now: Now) {
        let Some(open) = self.refused(ticket) else { return };
        if failure.failure_code == ControlFailureCode::SPECIFIED_AGENT_ALREADY_SIGNED_ON
            && self.signed_on_already(&open, now)
        {
            return self.go_on(&open.object, now);
        }
        let error = failures::control(&open.goal, failure.failure_code, failure.peripheral_error_code);
        self.publish_refusal(open, error, now);
    }

    /// A refusal because the session is gone leaves the request open: the loss that follows tells its outcome.
    fn refused_by_server(&mut self, ticket: Ticket, failure: &FailureConf, now: Now) {
        if failures::is_session_gone(failure.status) {
            return;
        }
        let Some(open) = self.refused(ticket) else { return };
        if failures::is_own_mistake(failure.status) {
            self.counters.own_mistakes += 1;
        }
        if failure.status == ged188::StatusCode::AGENT_NOT_LOGGED_ON
            && matches!(open.goal, Goal::State { .. })
        {
            self.ask_state(&open.agent, now);
        }
        let error = failures::status(&open.goal, failure.status);
        self.publish_refusal(open, error, now);
    }

    fn refused(&mut self, ticket: Ticket) -> Option<Open> {
        let open = self.close(ticket);
        if open.is_none() {
            self.counters.late_answers += 1;
        }
        open
    }

    fn publish_refusal(&mut self, open: Open, error: ApiError, now: Now) {
        self.say_error(open.agent, &open.goal, error, open.request);
        self.go_on(&open.object, now);
    }

    /// 259 at LOGIN: a success if it is at the same extension (mapping.md section 4.1). True if that is being
    /// looked into, or is so.
    fn signed_on_already(&mut self, open: &Open, now: Now) -> bool {
        if !matches!(open.goal, Goal::SignedIn { .. }) {
            return false;
        }
        if self.shows(&open.agent, &open.goal) {
            self.check_again(&open.agent, open.goal.mobile(), open.request.clone(), now);
            return true;
        }
        let signed_in = self.agents.get(&open.agent).is_some_and(|agent| agent.status.state.signed_in());
        if !signed_in {
            let chore = Chore::SignedOn(open.agent.clone(), open.goal.clone(), open.request.clone());
            self.query_state(&open.agent, chore, now);
        }
        !signed_in
    }

    fn chore_answered(&mut self, chore: &Chore, answer: &Message, now: Now) {
        match (chore, answer) {
            (Chore::DeskSettings(agent), Message::AgentDeskSettingsConf(conf)) => {
                self.desk_settings(agent, conf)
            }
            (Chore::State(agent), answer) => {
                self.change_agent_quietly(agent, |agent| agent.state_asked = false);
                self.state_answered(agent, answer, now);
            }
            (Chore::Statistics(queue), answer) => self.statistics_answered(*queue, Some(answer), now),
            (Chore::SignedOn(agent, goal, request), answer) => {
                self.state_answered(agent, answer, now);
                self.signed_on(agent, goal, request.clone(), now);
            }
            (Chore::ForceLogout(order), answer) => self.force_answered(*order, answer),
            (chore @ (Chore::Release(_) | Chore::Ready(_) | Chore::DeskSettings(_)), _) => {
                self.chore_failed(chore, now)
            }
        }
    }

    /// No answer, or a refusal. (RELEASE_CALL_CONF and its refusal mean the same: nothing more will come.)
    pub(crate) fn chore_failed(&mut self, chore: &Chore, now: Now) {
        match chore {
            Chore::Release(call) => self.call_released(*call, now),
            // Granted, its event tells; refused, it is not tried again.
            Chore::Ready(_) => {}
            Chore::DeskSettings(agent) => self.change_agent_quietly(agent, |agent| agent.desk_asked = false),
            Chore::State(agent) => self.change_agent_quietly(agent, |agent| agent.state_asked = false),
            Chore::Statistics(queue) => self.statistics_answered(*queue, None, now),
            Chore::ForceLogout(order) => self.forced(*order, Forced::Unknown),
            Chore::SignedOn(agent, goal, request) => {
                self.say_error(agent.clone(), goal, failures::already_signed_on(), request.clone());
            }
        }
    }

    fn desk_settings(&mut self, agent: &AgentId, conf: &AgentDeskSettingsConf) {
        let incoming = wrap_up_mode(conf.wrapup_data_incoming_mode);
        let outgoing = wrap_up_mode(conf.wrapup_data_outgoing_mode);
        let before = self.dialogs_of(agent);
        self.change_background(agent, |agent| agent.desk = DeskSettings { incoming, outgoing });
        before.iter().for_each(|dialog| self.publish_if_changed(dialog));
    }

    fn state_answered(&mut self, agent: &AgentId, answer: &Message, now: Now) {
        match answer {
            Message::QueryAgentStateConf(conf) => drop(self.apply_agent_state(agent, Ok(conf), now)),
            Message::FailureConf(failure) => drop(self.apply_agent_state(agent, Err(failure.status), now)),
            _ => {}
        }
    }

    fn signed_on(&mut self, agent: &AgentId, goal: &Goal, request: Option<RequestId>, now: Now) {
        if self.shows(agent, goal) {
            self.check_again(agent, goal.mobile(), request, now);
        } else {
            self.say_error(agent.clone(), goal, failures::already_signed_on(), request);
        }
    }
}

/// Unknown is OPTIONAL (mapping.md section 5).
fn wrap_up_mode(mode: WrapupDataMode) -> WrapUpMode {
    match mode {
        WrapupDataMode::REQUIRED => WrapUpMode::Required,
        WrapupDataMode::NOT_ALLOWED => WrapUpMode::NotAllowed,
        WrapupDataMode::REQUIRED_WITH_DATA => WrapUpMode::RequiredWithData,
        _ => WrapUpMode::Optional,
    }
}
