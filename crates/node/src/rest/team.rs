//! What supervisors do beside their own work: they read their teams and change the state of a member
//! (rest-api.md sections 5.2 and 8.1; mapping.md section 1).

use api::parse::{self, UserRequest};
use api::{ApiFailure, HttpRequest, HttpResponse, documents, links};
use domain::{AgentId, Command, RequestedState, TeamView, UserView};

use super::{Answer, Caller};

/// EventReasonCode of a state that a supervisor forces (mapping.md section 2.5).
const BY_SUPERVISOR: u16 = 999;

impl Caller<'_> {
    pub(super) fn team(&self, id: &str, signed_out: bool) -> Answer {
        let team = self.supervised_team(id)?;
        let mut members = self.domain.members_of(team.id);
        members.retain(|member| signed_out || member.state.signed_in());
        Ok(HttpResponse::document(documents::team(&team, &members)))
    }

    /// Sets the state of somebody else.
    pub(super) fn put_member(&mut self, user: &str, request: &HttpRequest) -> Answer {
        let member = self.member(user)?;
        let (state, reason) = match parse::user(request)? {
            UserRequest::SignIn { .. } => return Err(ApiFailure::invalid_supervisor(user)),
            UserRequest::SetState { state, reason_code_id } => (state, forced_reason(state, reason_code_id)?),
        };
        let by = Some(self.person.id.clone());
        self.command(Command::SetState { agent: member.id, state, reason, by }, user)
    }

    fn supervised_team(&self, id: &str) -> Result<TeamView, ApiFailure> {
        let known = links::team_id(id);
        let supervised = self.domain.user(&self.person.id).map(|user| user.teams).unwrap_or_default();
        if let Some(team) = supervised.into_iter().find(|team| Some(team.id) == known) {
            return Ok(team);
        }
        let exists = known.is_some_and(|id| self.domain.has_team(id));
        let hidden = exists || !self.person.supervisor;
        Err(if hidden { ApiFailure::wrong_user(id) } else { ApiFailure::not_found(id) })
    }

    /// The order of the checks: who may supervise nobody learns of nobody.
    fn member(&self, user: &str) -> Result<UserView, ApiFailure> {
        if !self.person.supervisor {
            return Err(ApiFailure::wrong_user(user));
        }
        let id = AgentId::new(user);
        let member = self.domain.user(&id).ok_or_else(|| ApiFailure::user_not_found(user))?;
        let supervised = self.domain.supervises(&self.person.id, &id);
        supervised.then_some(member).ok_or_else(|| ApiFailure::invalid_supervisor(user))
    }
}

/// The code for the wire. Why an agent is Not Ready is not for the supervisor to say.
fn forced_reason(state: RequestedState, id: Option<i32>) -> Result<u16, ApiFailure> {
    match state {
        RequestedState::NotReady if id.is_some() => {
            Err(ApiFailure::invalid_input("a supervisor gives no reason code", "reasonCodeId"))
        }
        RequestedState::NotReady | RequestedState::Logout => Ok(BY_SUPERVISOR),
        RequestedState::Ready => Ok(0),
        RequestedState::Work | RequestedState::WorkReady => {
            Err(ApiFailure::invalid_input("Invalid State specified for user", "state"))
        }
    }
}
