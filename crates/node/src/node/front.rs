//! The front of a node: REST requests pass the gate, credentials and rights are checked, answers go back.

use api::{ApiFailure, Credentials, HttpRequest, HttpResponse, Matched, Operation, documents};
use domain::{Now, Person, WallMs};
use failover::awdb::Denial;

use super::credentials::Whose;
use super::{Node, Sabotage};
use crate::io::{HttpId, Output};
use crate::rest::{self, Waiting, Who};

/// Credential checks that may wait at once; each belongs to a request of a client that is still there.
/// 4096 is twice the agents of a full node, so that a storm of sign-ins fits.
const CHECKS_MAX: usize = 4096;

impl Node {
    pub(super) fn http(&mut self, id: HttpId, request: HttpRequest, now: Now) {
        if !self.services.webapp_runs() {
            return self.nobody_answers(id);
        }
        if self.is_broken(Sabotage::LoseRequests) && request.request_id.is_some() {
            return;
        }
        let matched = api::route(&request);
        let operation = matched.as_ref().ok().map(|matched| &matched.operation);
        if operation == Some(&Operation::SystemInfo) {
            let info = api::SystemInfo { now: now.wall, ..self.status.info.clone() };
            return self.reply(id, &request, Ok(HttpResponse::document(documents::system_info(&info))));
        }
        if !self.is_open() && !operation.is_some_and(is_always_served) {
            return self.refuse_out_of_service(id, &request);
        }
        match api::credentials(&request) {
            Ok(Credentials { user, password }) => {
                self.identify(id, Waiting { request, matched, user, password }, now);
            }
            Err(failure) => self.reply(id, &request, Err(failure)),
        }
    }

    /// Administrators are known by their own accounts, everybody else by the AWDB. Who asks for a setting must be one of
    /// the former whatever his name: a wrong one counts there, and needs no AWDB.
    fn identify(&mut self, http: HttpId, waiting: Waiting, now: Now) {
        let is_setting = matches!(&waiting.matched, Ok(Matched { operation: Operation::Administer(_), .. }));
        if is_setting || self.is_administrator(&waiting.user) {
            return self.ask_administrator(http, waiting, now);
        }
        if self.checks.len() >= CHECKS_MAX {
            return self.refuse_overload(http, &waiting.request);
        }
        let (user, password) = (waiting.user.clone(), waiting.password.clone());
        self.check(Whose::Rest { http, waiting: Box::new(waiting) }, user, password, now);
    }

    /// The gate again: service may have been lost while the password was checked.
    pub(super) fn rest_checked(
        &mut self,
        http: HttpId,
        waiting: Waiting,
        verdict: Result<Person, Denial>,
        now: Now,
    ) {
        if !self.is_open() {
            return self.refuse_out_of_service(http, &waiting.request);
        }
        let failure = match verdict {
            Ok(person) => return self.perform_or_fence(http, waiting, person, now),
            Err(Denial::Refused(_) | Denial::Locked | Denial::Unusable(_)) => {
                ApiFailure::unauthorized(&waiting.user)
            }
            Err(Denial::NotChecked { since, .. }) => {
                ApiFailure::not_checked(&waiting.user, WallMs(at_wall(since, now)))
            }
        };
        self.reply(http, &waiting.request, Err(failure));
    }

    pub(super) fn perform(&mut self, http: HttpId, waiting: &Waiting, who: Who<'_>, now: Now) {
        if !self.is_open() {
            return self.refuse_out_of_service(http, &waiting.request);
        }
        if matches!(&waiting.matched, Ok(Matched { operation: Operation::ClientLog, .. })) {
            return self.keep_client_log(http, waiting, who);
        }
        let answer = rest::perform(&mut self.domain, who, waiting, now);
        self.reply(http, &waiting.request, answer);
    }

    pub(super) fn is_open(&self) -> bool {
        let open = self.serving() && !self.is_broken(Sabotage::GateShut);
        open || self.is_broken(Sabotage::GateOpen)
    }

    pub(super) fn refuse_out_of_service(&mut self, id: HttpId, request: &HttpRequest) {
        self.counters.refused_out_of_service += 1;
        self.reply(id, request, Err(ApiFailure::out_of_service()));
    }

    pub(super) fn refuse_overload(&mut self, id: HttpId, request: &HttpRequest) {
        self.counters.refused_overload += 1;
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

/// Without these nobody could correct a wrong host.
fn is_always_served(operation: &Operation) -> bool {
    matches!(operation, Operation::Administer(asked) if asked.is_always_served())
}

/// When it was on the wall, as the wall goes now.
fn at_wall(then: std::time::Duration, now: Now) -> i64 {
    let ago = i64::try_from(now.mono.saturating_sub(then).as_millis()).unwrap_or(i64::MAX);
    now.wall.0.saturating_sub(ago)
}
