//! REST: the gate, the credential check, who may do what, and the answer.
//!
//! Order of checks (mapping.md section 1.1): 503 gate, 401 credentials, 401 or 404 for the user of the URL (`rights`),
//! 400 for the body, then the state. Documents and error bodies are `api`'s.

mod dialogs;
mod lists;
mod resources;
mod rights;
mod team;

use api::parse::{self, UserRequest};
use api::{Acting, ApiFailure, HttpRequest, HttpResponse, Matched, Operation, Reading, documents};
use domain::{
    AgentId, Command, Domain, Now, Person, ReasonCategory, Refusal, RequestId, RequestedState, Secret,
    UserView,
};

type Answer = Result<HttpResponse, ApiFailure>;

pub(crate) use rights::Who;

/// A request whose credentials are being checked.
pub(crate) struct Waiting {
    pub(crate) request: HttpRequest,
    pub(crate) matched: Result<Matched, ApiFailure>,
    /// As typed, for the answer to a refusal.
    pub(crate) user: String,
    pub(crate) password: Secret,
}

/// Carries out a request of somebody whose password was right.
pub(crate) fn perform(domain: &mut Domain, who: Who<'_>, waiting: &Waiting, now: Now) -> Answer {
    match authorized(domain, who, waiting)? {
        Operation::Read(reading) => Reader { domain, who }.read(reading),
        Operation::Act(acting) => {
            let person = who.person().ok_or_else(|| ApiFailure::unauthorized(&waiting.user))?;
            let request_id = waiting.request.echo();
            Caller { domain, person, request_id, now }.carry_out(acting, waiting)
        }
        // Answered before the gate, by the shell, and at the desk.
        Operation::SystemInfo | Operation::ClientLog | Operation::Administer(_) => {
            Err(ApiFailure::internal())
        }
    }
}

/// What is asked for, if there is such a thing, and this is somebody who may.
pub(crate) fn authorized(domain: &Domain, who: Who<'_>, waiting: &Waiting) -> Result<Operation, ApiFailure> {
    let matched = waiting.matched.clone()?;
    rights::authorize(domain, who, &matched)?;
    Ok(matched.operation)
}

/// Whether the request would sign its own person in. What is wrong with it in other ways, [`perform`] says.
pub(crate) fn is_sign_in(person: &Person, waiting: &Waiting) -> bool {
    let Ok(Matched { operation: Operation::Act(Acting::PutUser { user }), .. }) = &waiting.matched else {
        return false;
    };
    user == person.id.as_str() && matches!(parse::user(&waiting.request), Ok(UserRequest::SignIn { .. }))
}

/// Somebody who may have what he asks for.
struct Reader<'a> {
    domain: &'a Domain,
    who: Who<'a>,
}

impl Reader<'_> {
    fn read(&self, reading: Reading) -> Answer {
        match reading {
            Reading::Users => Ok(HttpResponse::document(documents::users(self.domain.users()))),
            Reading::User { user } => self.get_user(&user),
            Reading::UserDialogs { user } => self.dialogs(&user),
            Reading::Dialog { id } => self.get_dialog(&id),
            Reading::ReasonCodes { user, category } => self.reason_codes(&user, category),
            Reading::ReasonCode { user, id } => self.reason_code(&user, &id),
            Reading::WrapUpReasons { user } => self.wrap_up_reasons(&user),
            Reading::WrapUpReason { user, id } => self.wrap_up_reason(&user, &id),
            Reading::PhoneBooks { user, contacts } => self.phone_books(&user, contacts),
            Reading::MediaLayout { user } => self.media_layout(&user),
            Reading::DefaultMediaLayout => Ok(self.default_media_layout()),
            Reading::MediaLayouts { user } => self.media_layouts(&user),
            Reading::Workflows { user } => self.workflows(&user),
            Reading::DesktopLayout { user } => self.desktop_layout(&user),
            Reading::OfTeam { team, what } => self.of_team(&team, what),
            Reading::UserQueues { user } => self.queues(&user),
            Reading::Queue { id } => self.queue(&id),
            Reading::Team { id, signed_out } => self.team(&id, signed_out),
        }
    }

    fn dialogs(&self, user: &str) -> Answer {
        let user = self.user(user)?;
        Ok(HttpResponse::document(documents::dialogs(&self.domain.dialogs_of(&user.id))))
    }

    /// By id, or the caller himself by his login name.
    fn get_user(&self, user: &str) -> Answer {
        let own = self.who.person().filter(|_| self.who.is_named(user));
        let id = own.map_or(user, |person| person.id.as_str());
        Ok(HttpResponse::document(documents::user(&self.user(id)?)))
    }

    fn user(&self, user: &str) -> Result<UserView, ApiFailure> {
        self.domain.user(&AgentId::new(user)).ok_or_else(|| ApiFailure::user_not_found(user))
    }
}

/// A person who acts: on himself, on his calls, on his team.
struct Caller<'a> {
    domain: &'a mut Domain,
    person: &'a Person,
    request_id: Option<RequestId>,
    now: Now,
}

impl Caller<'_> {
    fn carry_out(&mut self, acting: Acting, waiting: &Waiting) -> Answer {
        let request = &waiting.request;
        match acting {
            Acting::PutUser { user } => self.put_user(&user, request, &waiting.password),
            Acting::CreateDialog { user } => self.create_dialog(&user, request),
            Acting::PutDialog { id } => self.put_dialog(&id, request),
        }
    }

    fn put_user(&mut self, user: &str, request: &HttpRequest, password: &Secret) -> Answer {
        if user != self.person.id.as_str() {
            return self.put_member(user, request);
        }
        let user = self.user(user)?;
        let command = match parse::user(request)? {
            UserRequest::SignIn { extension, mobile } => {
                Command::SignIn { agent: user.id, extension, password: password.clone(), mobile }
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
        let all = self.domain.resources();
        let required = all.reasons_of(category, team).next().is_some();
        match id {
            None if required => Err(ApiFailure::parameter_missing("reasonCodeId")),
            None => Ok(0),
            Some(id) => match all.reason_of(id, team).filter(|reason| reason.category == category) {
                Some(reason) => Ok(reason.code),
                None => Err(ApiFailure::invalid_input("not a reason code of the user", "reasonCodeId")),
            },
        }
    }

    /// The user of the URL as he is.
    fn user(&self, user: &str) -> Result<UserView, ApiFailure> {
        self.domain.user(&AgentId::new(user)).ok_or_else(|| ApiFailure::user_not_found(user))
    }
}
