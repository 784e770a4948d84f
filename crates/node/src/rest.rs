//! REST: the gate, the credential check, who may do what, and the answer.
//!
//! Order of checks (mapping.md section 1.1): 503 gate, 401 credentials, 401 or 404 for the user of the URL,
//! 400 for the body, then the state. Documents and error bodies are `api`'s.

mod dialogs;
mod lists;
mod team;

use api::parse::{self, UserRequest};
use api::{ApiFailure, HttpRequest, HttpResponse, Operation, documents, links};
use domain::{
    AgentId, Command, Domain, Now, Person, ReasonCategory, Refusal, RequestId, RequestedState, Secret,
    UserView,
};

type Answer = Result<HttpResponse, ApiFailure>;

/// A request whose credentials are being checked.
pub(crate) struct Waiting {
    pub(crate) request: HttpRequest,
    pub(crate) operation: Result<Operation, ApiFailure>,
    /// As typed, for the answer to a refusal.
    pub(crate) user: String,
    pub(crate) password: Secret,
}

/// Carries out a request of a person whose password was right.
pub(crate) fn perform(domain: &mut Domain, person: &Person, waiting: &Waiting, now: Now) -> Answer {
    let Waiting { request, operation, password, .. } = waiting;
    let request_id = request.echo();
    let mut caller = Caller { domain, person, request_id, now };
    match operation.clone()? {
        // Answered before the gate.
        Operation::SystemInfo => Err(ApiFailure::not_found(links::SYSTEM_INFO)),
        // A person of the AWDB is no administrator.
        Operation::Administer(_) => Err(ApiFailure::unauthorized(&waiting.user)),
        Operation::GetUser { user } => caller.get_user(&user),
        Operation::PutUser { user } => caller.put_user(&user, request, password),
        Operation::UserDialogs { user } => caller.dialogs(&user),
        Operation::CreateDialog { user } => caller.create_dialog(&user, request),
        Operation::GetDialog { id } => caller.get_dialog(&id),
        Operation::PutDialog { id } => caller.put_dialog(&id, request),
        Operation::ReasonCodes { user, category } => caller.reason_codes(&user, category),
        Operation::ReasonCode { user, id } => caller.reason_code(&user, &id),
        Operation::WrapUpReasons { user } => caller.wrap_up_reasons(&user),
        Operation::WrapUpReason { user, id } => caller.wrap_up_reason(&user, &id),
        Operation::PhoneBooks { user, contacts } => caller.phone_books(&user, contacts),
        Operation::MediaLayout { user } => caller.media_layout(&user),
        Operation::UserQueues { user } => caller.queues(&user),
        Operation::GetQueue { id } => caller.queue(&id),
        Operation::GetTeam { id, signed_out } => caller.team(&id, signed_out),
    }
}

/// Whether the request would sign its own person in. What is wrong with it in other ways, [`perform`] says.
pub(crate) fn is_sign_in(person: &Person, waiting: &Waiting) -> bool {
    let Ok(Operation::PutUser { user }) = &waiting.operation else { return false };
    user == person.id.as_str() && matches!(parse::user(&waiting.request), Ok(UserRequest::SignIn { .. }))
}

struct Caller<'a> {
    domain: &'a mut Domain,
    person: &'a Person,
    request_id: Option<RequestId>,
    now: Now,
}

impl Caller<'_> {
    fn dialogs(&self, user: &str) -> Answer {
        let user = self.readable(user)?;
        Ok(HttpResponse::document(documents::dialogs(&self.domain.dialogs_of(&user.id))))
    }

    fn put_user(&mut self, user: &str, request: &HttpRequest, password: &Secret) -> Answer {
        if user != self.person.id.as_str() {
            return self.put_member(user, request);
        }
        let user = self.own(user)?;
        let command = match parse::user(request)? {
            UserRequest::SignIn { extension } => {
                Command::SignIn { agent: user.id, extension, password: password.clone() }
            }
            UserRequest::SetState { state, reason_code_id } => {
                let refused = |refusal| ApiFailure::refused(refusal, self.person.id.as_str());
                self.domain.check_state(&user.id, state).map_err(refused)?;
                let reason = self.reason(&user, state, reason_code_id)?;
                Command::SetState { agent: user.id, state, reason, by: None }
            }
        };
        self.command(command, self.person.id.as_str())
    }

    /// `subject`: the id that a refusal names.
    fn command(&mut self, command: Command, subject: &str) -> Answer {
        let done = self.domain.command(command, self.request_id.clone(), self.now);
        self.accepted(done, |refusal| ApiFailure::refused(refusal, subject))
    }

    fn accepted(&self, done: Result<(), Refusal>, refused: impl FnOnce(Refusal) -> ApiFailure) -> Answer {
        done.map_err(refused)?;
        Ok(HttpResponse::accepted(self.request_id.as_ref()))
    }

    /// The code for the wire. An id is required where codes are configured for the user (rest-api.md section 5.4, 5.5).
    fn reason(&self, user: &UserView, state: RequestedState, id: Option<i32>) -> Result<u16, ApiFailure> {
        let category = match state {
            RequestedState::NotReady => ReasonCategory::NotReady,
            RequestedState::Logout => ReasonCategory::Logout,
            RequestedState::Ready | RequestedState::Work | RequestedState::WorkReady => return Ok(0),
        };
        let team = user.team.as_ref().map(|team| team.id);
        let required = !self.domain.reasons().offered(category, team).is_empty();
        match id {
            None if required => Err(ApiFailure::parameter_missing("reasonCodeId")),
            None => Ok(0),
            Some(id) => match self.domain.reasons().by_id(id, category, team) {
                Some(reason) => Ok(reason.code),
                None => Err(ApiFailure::invalid_input("not a reason code of the user", "reasonCodeId")),
            },
        }
    }

    /// The user of the URL, if the caller may act for him: himself.
    fn own(&self, user: &str) -> Result<UserView, ApiFailure> {
        if user != self.person.id.as_str() {
            return Err(self.foreign(user));
        }
        self.domain.user(&self.person.id).ok_or_else(|| ApiFailure::user_not_found(user))
    }

    /// By id, or the caller himself by his login name, in any case.
    fn get_user(&self, user: &str) -> Answer {
        let own_name = !user.is_empty() && user.to_lowercase() == self.person.login_name.to_lowercase();
        let id = if own_name { self.person.id.as_str() } else { user };
        Ok(HttpResponse::document(documents::user(&self.readable(id)?)))
    }

    /// The user of the URL, if the caller may read him: himself, or a member of a supervised team.
    fn readable(&self, user: &str) -> Result<UserView, ApiFailure> {
        let id = AgentId::new(user);
        if self.domain.supervises(&self.person.id, &id) {
            return self.domain.user(&id).ok_or_else(|| ApiFailure::user_not_found(user));
        }
        self.own(user)
    }

    fn foreign(&self, user: &str) -> ApiFailure {
        if self.person.supervisor && self.domain.user(&AgentId::new(user)).is_none() {
            ApiFailure::user_not_found(user)
        } else {
            ApiFailure::wrong_user(user)
        }
    }
}
