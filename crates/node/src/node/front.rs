//! The front of a node: REST requests pass the gate, credentials and rights are checked, answers go back.

use api::{ApiFailure, HttpRequest, HttpResponse, Operation, documents};
use domain::{Now, Person, Secret};

use super::{Node, Sabotage};
use crate::io::{CheckId, HttpId, Output, SignInError};
use crate::rest::{self, Waiting};

/// Credential checks that may wait at once; each belongs to a request of a client that is still there.
/// 4096 is twice the agents of a full node, so that a storm of sign-ins fits.
const CHECKS_MAX: usize = 4096;

/// Who waits for the outcome of a credential check.
pub(super) enum Check {
    Rest { http: HttpId, waiting: Box<Waiting> },
    Xmpp(u64),
}

impl Node {
    pub(super) fn http(&mut self, id: HttpId, request: HttpRequest, now: Now) {
        if !self.services.webapp_runs() {
            return self.nobody_answers(id);
        }
        let operation = api::route(&request);
        if matches!(operation, Ok(Operation::SystemInfo)) {
            let info = api::SystemInfo { now: now.wall, ..self.status.info.clone() };
            return self.reply(id, &request, Ok(HttpResponse::document(documents::system_info(&info))));
        }
        if !self.is_open() {
            return self.refuse_out_of_service(id, &request);
        }
        match api::credentials(&request) {
            Ok(given) if self.checks.len() < CHECKS_MAX => {
                let password = given.password.clone();
                let user = given.user.clone();
                let waiting = Box::new(Waiting { request, operation, user, password });
                self.check(Check::Rest { http: id, waiting }, given.user, given.password);
            }
            Ok(_) => {
                self.counters.refused_overload += 1;
                self.reply(id, &request, Err(ApiFailure::out_of_service()));
            }
            Err(failure) => self.reply(id, &request, Err(failure)),
        }
    }

    pub(super) fn check(&mut self, check: Check, user: String, password: Secret) {
        self.next_check += 1;
        let id = CheckId(self.next_check);
        self.checks.insert(id, check);
        self.out.push_back(Output::Check { id, user, password });
    }

    pub(super) fn checked(&mut self, id: CheckId, verdict: Result<Person, SignInError>, now: Now) {
        if let Ok(person) = &verdict {
            let is_new = self.domain.known(person.clone(), now);
            if is_new {
                self.review_rights_of(&person.id);
            }
        }
        match self.checks.remove(&id) {
            Some(Check::Rest { http, waiting }) => self.rest_checked(http, *waiting, verdict, now),
            Some(Check::Xmpp(check)) => self.xmpp.authenticated(check, auth_outcome(verdict), now.mono),
            None => {}
        }
    }

    /// The gate again: service may have been lost while the password was checked.
    fn rest_checked(
        &mut self,
        http: HttpId,
        waiting: Waiting,
        verdict: Result<Person, SignInError>,
        now: Now,
    ) {
        match verdict {
            Ok(person) if self.is_open() => self.perform_or_fence(http, waiting, person, now),
            Err(SignInError::Refused(_) | SignInError::Unreachable(_)) if self.is_open() => {
                let failure = ApiFailure::unauthorized(&waiting.user);
                self.reply(http, &waiting.request, Err(failure));
            }
            Ok(_) | Err(_) => self.refuse_out_of_service(http, &waiting.request),
        }
    }

    pub(super) fn perform(&mut self, http: HttpId, waiting: &Waiting, person: &Person, now: Now) {
        if !self.is_open() {
            return self.refuse_out_of_service(http, &waiting.request);
        }
        let answer = rest::perform(&mut self.domain, person, waiting, now);
        self.reply(http, &waiting.request, answer);
    }

    fn is_open(&self) -> bool {
        self.serving() || self.is_broken(Sabotage::GateOpen)
    }

    fn refuse_out_of_service(&mut self, id: HttpId, request: &HttpRequest) {
        self.counters.refused_out_of_service += 1;
        self.reply(id, request, Err(ApiFailure::out_of_service()));
    }

    /// The web application is stopped: what is left says no word of it (CLIENT-18b).
    fn nobody_answers(&mut self, id: HttpId) {
        self.counters.refused_stopped += 1;
        let response = HttpResponse { status: 503, body: String::new(), headers: Vec::new() };
        self.out.push_back(Output::HttpReply { id, response });
    }

    pub(super) fn reply(
        &mut self,
        id: HttpId,
        request: &HttpRequest,
        answer: Result<HttpResponse, ApiFailure>,
    ) {
        let echo = request.echo();
        let response = answer.unwrap_or_else(|failure| failure.respond(echo.as_ref()));
        self.out.push_back(Output::HttpReply { id, response });
    }
}

fn auth_outcome(verdict: Result<Person, SignInError>) -> xmpp::AuthOutcome {
    match verdict {
        Ok(person) => xmpp::AuthOutcome::Accepted { user: person.id.to_string() },
        Err(SignInError::Refused(_)) => xmpp::AuthOutcome::Refused,
        Err(SignInError::Unreachable(_)) => xmpp::AuthOutcome::Unavailable,
    }
}
