//! REST: the gate, the credential check, who may do what, and the answer.
//!
//! Order of checks (mapping.md section 1.1): 503 gate, 401 credentials, 401 or 404 for the user of the URL,
//! 400 for the body, then the state. Documents and error bodies are `api`'s.

use api::parse::{self, DialogRequest, MakeCall, UserRequest};
use api::{ApiFailure, HttpRequest, HttpResponse, Operation, documents, links};
use domain::{
    AgentId, Command, DialogView, Domain, Now, Person, ReasonCategory, RequestId, RequestedState, Secret,
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
    }
}

struct Caller<'a> {
    domain: &'a mut Domain,
    person: &'a Person,
    request_id: Option<RequestId>,
    now: Now,
}

impl Caller<'_> {
    fn get_user(&self, user: &str) -> Answer {
        Ok(HttpResponse::document(documents::user(&self.readable(user)?)))
    }

    fn dialogs(&self, user: &str) -> Answer {
        let user = self.readable(user)?;
        Ok(HttpResponse::document(documents::dialogs(&self.domain.dialogs_of(&user.id))))
    }

    fn put_user(&mut self, user: &str, request: &HttpRequest, password: &Secret) -> Answer {
        let user = self.own(user)?;
        let command = match parse::user(request)? {
            UserRequest::SignIn { extension } => {
                Command::SignIn { agent: user.id, extension, password: password.clone() }
            }
            UserRequest::SetState { state, reason_code_id } => {
                let reason = self.reason(&user, state, reason_code_id)?;
                Command::SetState { agent: user.id, state, reason }
            }
        };
        self.command(command, self.person.id.as_str())
    }

    fn create_dialog(&mut self, user: &str, request: &HttpRequest) -> Answer {
        let user = self.own(user)?;
        let MakeCall { from, to, variables } = parse::new_dialog(request)?;
        if from != user.extension {
            return Err(ApiFailure::invalid_input(
                "not the extension the user is signed in at",
                "fromAddress",
            ));
        }
        self.command(Command::MakeCall { agent: user.id, to, variables }, self.person.id.as_str())
    }

    fn put_dialog(&mut self, id: &str, request: &HttpRequest) -> Answer {
        let parsed = parse::dialog(request)?;
        let dialog = self.dialog(id).ok_or_else(|| ApiFailure::dialog_not_found(id))?;
        self.participant(&dialog)?;
        let agent = self.person.id.clone();
        match parsed {
            DialogRequest::Action { action, target } => {
                self.own_leg(&dialog, &target)?;
                self.command(Command::CallAction { agent, call: dialog.id, action }, id)
            }
            DialogRequest::UpdateCallData { target, variables, wrap_up_reason } => {
                target.map_or(Ok(()), |target| self.own_leg(&dialog, &target))?;
                let call = dialog.id;
                self.command(Command::UpdateCallData { agent, call, variables, wrap_up_reason }, id)
            }
        }
    }

    fn get_dialog(&self, id: &str) -> Answer {
        let dialog = self.dialog(id).ok_or_else(|| ApiFailure::no_such_dialog(id))?;
        let supervised = dialog
            .legs
            .iter()
            .filter_map(|leg| leg.agent.as_ref())
            .any(|agent| self.domain.supervises(&self.person.id, agent));
        if !supervised {
            self.participant(&dialog)?;
        }
        Ok(HttpResponse::document(documents::dialog(&dialog)))
    }

    fn reason_codes(&self, user: &str, category: Result<ReasonCategory, ApiFailure>) -> Answer {
        let user = self.own(user)?;
        let category = category?;
        let codes = self.domain.reasons().offered(category, user.team.as_ref().map(|team| team.id));
        Ok(HttpResponse::document(documents::reason_codes(category, &codes)))
    }

    fn reason_code(&self, user: &str, id: &str) -> Answer {
        let user = self.own(user)?;
        let team = user.team.as_ref().map(|team| team.id);
        let found = id.parse().ok().and_then(|id| {
            [ReasonCategory::NotReady, ReasonCategory::Logout]
                .into_iter()
                .find_map(|category| self.domain.reasons().by_id(id, category, team))
        });
        Ok(HttpResponse::document(documents::reason_code(&found.ok_or_else(|| ApiFailure::not_found(id))?)))
    }

    fn wrap_up_reasons(&self, user: &str) -> Answer {
        let user = self.own(user)?;
        let reasons = self.domain.wrap_up_reasons().offered(user.team.as_ref().map(|team| team.id));
        Ok(HttpResponse::document(documents::wrap_up_reasons(&reasons)))
    }

    fn wrap_up_reason(&self, user: &str, id: &str) -> Answer {
        let user = self.own(user)?;
        let team = user.team.as_ref().map(|team| team.id);
        let found = id.parse().ok().and_then(|id| self.domain.wrap_up_reasons().by_id(id, team));
        Ok(HttpResponse::document(documents::wrap_up_reason(
            &found.ok_or_else(|| ApiFailure::not_found(id))?,
        )))
    }

    /// `subject`: the id that a refusal names.
    fn command(&mut self, command: Command, subject: &str) -> Answer {
        let done = self.domain.command(command, self.request_id.clone(), self.now);
        done.map_err(|refusal| ApiFailure::refused(refusal, subject))?;
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

    fn dialog(&self, id: &str) -> Option<DialogView> {
        self.domain.dialog(links::call_id(id)?)
    }

    fn participant(&self, dialog: &DialogView) -> Result<(), ApiFailure> {
        let is_there = dialog.legs.iter().any(|leg| leg.agent.as_ref() == Some(&self.person.id));
        is_there.then_some(()).ok_or_else(|| ApiFailure::wrong_user(self.person.id.as_str()))
    }

    /// The leg named by targetMediaAddress must be the caller's.
    fn own_leg(&self, dialog: &DialogView, target: &str) -> Result<(), ApiFailure> {
        match dialog.legs.iter().find(|leg| leg.address == target) {
            Some(leg) if leg.agent.as_ref() == Some(&self.person.id) => Ok(()),
            Some(_) => Err(ApiFailure::wrong_user(target)),
            None => Err(ApiFailure::invalid_input("not a participant of the dialog", "targetMediaAddress")),
        }
    }
}
