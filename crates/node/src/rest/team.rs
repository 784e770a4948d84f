//! What supervisors do beside their own work: they read their teams and change the state of a member
//! (rest-api.md sections 5.2 and 8.1; mapping.md section 1).

use api::parse::{self, UserRequest};
use api::{ApiFailure, HttpRequest, HttpResponse, documents, links};
use domain::{Command, RequestedState, TeamView};

use super::{Answer, Caller, Reader};

/// EventReasonCode of a state that a supervisor forces (mapping.md section 2.5).
const BY_SUPERVISOR: u16 = 999;

impl Reader<'_> {
    pub(super) fn team(&self, id: &str, signed_out: bool) -> Answer {
        let team = self.supervised(id).or_else(|| self.domain.team(links::team_id(id)?));
        let team = team.ok_or_else(|| ApiFailure::not_found(id))?;
        let mut members = self.domain.members_of(team.id);
        members.retain(|member| signed_out || member.state.signed_in());
        Ok(HttpResponse::document(documents::team(&team, &members)))
    }

    /// As the AWDB names it: CTI may not have told of it.
    fn supervised(&self, id: &str) -> Option<TeamView> {
        let supervisor = self.domain.user(&self.who.person()?.id)?;
        supervisor.teams.into_iter().find(|team| Some(team.id) == links::team_id(id))
    }
}

impl Caller<'_> {
    /// Sets the state of somebody else.
    pub(super) fn put_member(&mut self, user: &str, request: &HttpRequest) -> Answer {
        let member = self.user(user)?;
        let (state, reason) = match parse::user(request)? {
            UserRequest::SignIn { .. } => return Err(ApiFailure::invalid_supervisor(user)),
            UserRequest::SetState { state, reason_code_id } => (state, forced_reason(state, reason_code_id)?),
        };
        let by = Some(self.person.id.clone());
        self.command(Command::SetState { agent: member.id, state, reason, by }, user)
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
