//! Refusals: which status, which `ErrorType`, which words (rest-api.md section 3).

use std::borrow::Cow;

use domain::{Fault, Refusal, RequestId, WallMs};

use crate::Route;
use crate::documents;
use crate::http::{HttpResponse, no_cache, request_id};

/// Header of a 401 that says nothing about the password: since when no AWDB answers, in UTC.
pub const NOT_CHECKED: &str = "Holdfast-Not-Checked-Since";

/// Longest `ErrorData`, in characters: it repeats what a client sent, and need not repeat all of it.
const DATA_CHARS_MAX: usize = 255;

/// What clients switch on (rest-api.md section 3.3). Spaces and capitals of the text are a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the wire values without their spaces")]
pub enum ErrorType {
    BadRequest,
    ParameterMissing,
    InvalidInput,
    InvalidState,
    InvalidDestination,
    FinesseApiError,
    DatabaseConstraintViolation,
    MaximumExceeded,
    /// `20700`: the conference bridge is full.
    BridgeLimit,
    /// `20999`: not the controller of the conference.
    NotController,
    OperationFailure,
    InUse,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    InvalidAuthorization,
    InvalidSupervisor,
    Unauthorized,
    Forbidden,
    NotFound,
    UserNotFound,
    DialogNotFound,
    TeamIdNotFound,
    TeamOfAssignmentNotFound,
    MethodNotAllowed,
    RangeNotSatisfiable,
    InternalServerError,
    NotImplemented,
    ServiceUnavailable,
}

impl ErrorType {
    /// The HTTP status that goes with it.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest
            | Self::ParameterMissing
            | Self::InvalidInput
            | Self::InvalidState
            | Self::InvalidDestination
            | Self::FinesseApiError
            | Self::DatabaseConstraintViolation
            | Self::MaximumExceeded
            | Self::BridgeLimit
            | Self::NotController
            | Self::OperationFailure
            | Self::InUse => 400,
            Self::AuthorizationFailure
            | Self::InvalidAuthorizationUserSpecified
            | Self::InvalidAuthorization
            | Self::InvalidSupervisor
            | Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound
            | Self::UserNotFound
            | Self::DialogNotFound
            | Self::TeamIdNotFound
            | Self::TeamOfAssignmentNotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::RangeNotSatisfiable => 416,
            Self::InternalServerError => 500,
            Self::NotImplemented => 501,
            Self::ServiceUnavailable => 503,
        }
    }

    /// The wire value.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "Bad Request",
            Self::ParameterMissing => "Parameter Missing",
            Self::InvalidInput => "Invalid Input",
            Self::InvalidState => "Invalid State",
            Self::InvalidDestination => "Invalid Destination",
            Self::FinesseApiError => "Finesse API Error",
            Self::DatabaseConstraintViolation => "Database constraint violation",
            Self::MaximumExceeded => "Maximum Exceeded",
            Self::BridgeLimit => "20700",
            Self::NotController => "20999",
            Self::OperationFailure => "Operation Failure",
            Self::InUse => "In Use",
            Self::AuthorizationFailure => "Authorization Failure",
            Self::InvalidAuthorizationUserSpecified => "Invalid Authorization User Specified",
            Self::InvalidAuthorization => "Invalid Authorization",
            Self::InvalidSupervisor => "Invalid Supervisor",
            Self::Unauthorized => "Unauthorized",
            Self::Forbidden => "Forbidden",
            Self::NotFound => "Not Found",
            Self::UserNotFound => "User Not Found",
            Self::DialogNotFound => "Dialog Not Found",
            Self::TeamIdNotFound => "TeamId Not Found",
            Self::TeamOfAssignmentNotFound => "finesse.api.team.team_assignment_invalid_team",
            Self::MethodNotAllowed => "Method Not Allowed",
            Self::RangeNotSatisfiable => "Range Not Satisfiable",
            Self::InternalServerError => "Internal Server Error",
            Self::NotImplemented => "Not Implemented",
            Self::ServiceUnavailable => "Service Unavailable",
        }
    }
}

/// A request refused on the spot, ready to be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiFailure {
    /// ErrorType, which also decides the status.
    pub kind: ErrorType,
    /// ErrorMessage: a constant or a short text.
    pub message: Cow<'static, str>,
    /// ErrorData: the name, id or value at fault; may be empty.
    pub data: String,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

impl ApiFailure {
    fn new(kind: ErrorType, message: impl Into<Cow<'static, str>>, data: &str) -> Self {
        let data = data.chars().take(DATA_CHARS_MAX).collect();
        Self { kind, message: message.into(), data, headers: Vec::new() }
    }

    fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// HTTP status.
    pub fn status(&self) -> u16 {
        self.kind.status()
    }

    /// The answer, with the request's `requestId` if it had one: without it the desktop library waits for
    /// ever (rest-api.md section 4.3).
    pub fn respond(&self, echo: Option<&RequestId>) -> HttpResponse {
        let headers = self.headers.iter().cloned().chain([no_cache()]).chain(request_id(echo)).collect();
        HttpResponse { status: self.status(), body: documents::api_errors(self), headers }
    }

    /// 503: out of service, decided before credentials (CTI-10). `Retry-After` is half the spacing of the
    /// desktops' own polls (CLIENT-7), in seconds.
    pub fn out_of_service() -> Self {
        Self::new(ErrorType::ServiceUnavailable, "SERVER_OUT_OF_SERVICE", "").with_header("Retry-After", "5")
    }

    /// 401: no credentials, bad ones, or nobody who could check them (AWDB-13d). `user` as it was sent.
    pub fn unauthorized(user: &str) -> Self {
        Self::new(ErrorType::AuthorizationFailure, "UNAUTHORIZED", user)
    }

    /// 401 as for a wrong password (AWDB-13d), with a header that tells people the difference: no AWDB has answered
    /// since then.
    pub fn not_checked(user: &str, since: WallMs) -> Self {
        Self::unauthorized(user).with_header(NOT_CHECKED, documents::utc(since))
    }

    /// 401: good credentials, but the URL names another user, or a dialog that the user is not in;
    /// `subject` is the id of what was named.
    pub fn wrong_user(subject: &str) -> Self {
        Self::new(
            ErrorType::InvalidAuthorizationUserSpecified,
            "The user specified in the authentication credentials and the uri don't match",
            subject,
        )
    }

    /// 401: a supervisor asks for a state of somebody who is in none of his teams, or signs somebody else in.
    pub fn invalid_supervisor(user: &str) -> Self {
        Self::new(ErrorType::InvalidSupervisor, "The user is not supervised by the authenticated user", user)
    }

    /// 401: everybody may be listed by administrators only.
    pub fn not_authorized(user: &str) -> Self {
        let message = "The user is not authorized to perform this operation";
        Self::new(ErrorType::Unauthorized, message, user)
    }

    /// 400: what a desktop sent about itself could not be stored.
    pub fn log_not_stored() -> Self {
        Self::new(ErrorType::OperationFailure, "The client log could not be stored", "")
    }

    /// 403: settings are read and changed on the primary node (failover.md AWDB-X3).
    pub fn forbidden(path: &str) -> Self {
        Self::new(ErrorType::Forbidden, "Settings are served by the primary node", path)
    }

    /// 404: nothing at this path, or no such object.
    pub fn not_found(subject: &str) -> Self {
        Self::new(ErrorType::NotFound, "The resource does not exist", subject)
    }

    /// 404: no user of this id.
    pub fn user_not_found(user: &str) -> Self {
        Self::new(ErrorType::UserNotFound, "UNKNOWN_USER", user)
    }

    /// 404 for GET of an unknown dialog.
    pub fn no_such_dialog(id: &str) -> Self {
        Self::new(ErrorType::NotFound, "Invalid dialogId specified for dialog", id)
    }

    /// 404 for an action on an unknown dialog.
    pub fn dialog_not_found(id: &str) -> Self {
        Self::new(ErrorType::DialogNotFound, "Invalid dialogId specified for dialog", id)
    }

    /// 405: the path exists, the method does not; `allowed` as in the header `Allow`.
    pub fn method_not_allowed(method: &str, allowed: &str) -> Self {
        let message = "The method is not offered for this resource";
        Self::new(ErrorType::MethodNotAllowed, message, method).with_header("Allow", allowed)
    }

    /// 400: the request as a whole cannot be read.
    pub fn bad_request(message: impl Into<Cow<'static, str>>, data: &str) -> Self {
        Self::new(ErrorType::BadRequest, message, data)
    }

    /// 400: an element that must be there is not, such as `state`.
    pub fn parameter_missing(name: &str) -> Self {
        let mut message = format!("{name} Parameter missing");
        if let Some(first) = message.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Self::new(ErrorType::ParameterMissing, message, name)
    }

    /// 400: a value that is not recognised; `data` is the name of the element or the value.
    pub fn invalid_input(message: impl Into<Cow<'static, str>>, data: &str) -> Self {
        Self::new(ErrorType::InvalidInput, message, data)
    }

    /// 400: a state that cannot be requested now.
    pub fn invalid_state(data: &str) -> Self {
        Self::new(ErrorType::InvalidState, "The requested state is not allowed in the current state", data)
    }

    /// 400: a call to oneself.
    pub fn call_to_oneself(address: &str) -> Self {
        Self::new(ErrorType::InvalidDestination, "toAddress and fromAddress are the same", address)
    }

    /// 400: the party that a supervisor wants to drop is no agent's device that is on the call.
    pub fn not_droppable(address: &str) -> Self {
        Self::new(ErrorType::InvalidDestination, "targetMediaAddress is no agent device on the call", address)
    }

    /// 416: a `Range` that names no contacts.
    pub fn range_not_satisfiable(range: &str) -> Self {
        Self::new(ErrorType::RangeNotSatisfiable, "Range must be objects=1-n", range)
    }

    /// 501: known to the reference, not served by this version (docs/compatibility.md).
    pub fn not_implemented(what: &str) -> Self {
        Self::new(ErrorType::NotImplemented, "Not served by this version", what)
    }

    /// 500: the request could not be handed over, or we are at fault.
    pub fn internal() -> Self {
        Self::new(ErrorType::InternalServerError, "RUNTIME_EXCEPTION", "")
    }

    /// 500: a setting cannot be read or changed while no AWDB answers (failover.md AWDB-13b).
    pub fn awdb_unavailable() -> Self {
        Self::new(ErrorType::InternalServerError, "AWS_SERVICE_UNAVAILABLE", "")
    }

    /// 500: a change could not be written down, so it was not made.
    pub fn not_stored() -> Self {
        Self::new(ErrorType::InternalServerError, "DB_RUNTIME_EXCEPTION", "")
    }

    /// 400: the AWDB of the new settings was tried in vain; `why` names host, database and cause.
    pub fn awdb_tried_in_vain(why: String) -> Self {
        Self::new(ErrorType::FinesseApiError, why, "")
    }

    /// 400: these settings of the AWDB cannot be used by this server.
    pub fn awdb_unusable(why: String) -> Self {
        Self::new(ErrorType::InvalidInput, why, "")
    }

    /// 401: what a team has is for its members (rest-api.md section 8.3).
    pub fn not_in_team(team: &str) -> Self {
        Self::new(ErrorType::InvalidAuthorization, "The user is not a member of the team", team)
    }

    /// 404: no team of this id.
    pub fn team_not_found(team: &str) -> Self {
        Self::new(ErrorType::TeamIdNotFound, "There is no such team", team)
    }

    /// 404: objects are assigned to a team that is not there.
    pub fn no_team_to_assign_to(team: &str) -> Self {
        Self::new(ErrorType::TeamOfAssignmentNotFound, "There is no such team", team)
    }

    /// The answer to a change of a setting that cannot be; `line` has asked for it, `subject` is the id of its path.
    /// A fault that the reference has not for this line is told by the nearest one that it has.
    pub fn setting(fault: &Fault, line: &Route, subject: &str) -> Self {
        let (exact, nearest, data) = match fault {
            Fault::Unknown => (ErrorType::NotFound, ErrorType::NotFound, subject),
            Fault::Value { name, .. } => (ErrorType::InvalidInput, ErrorType::BadRequest, *name),
            Fault::Taken { name } => {
                (ErrorType::DatabaseConstraintViolation, ErrorType::FinesseApiError, *name)
            }
            Fault::Full { of, .. } => (ErrorType::MaximumExceeded, ErrorType::FinesseApiError, *of),
            Fault::InUse => (ErrorType::InUse, ErrorType::FinesseApiError, subject),
            Fault::Stale(what) => (ErrorType::FinesseApiError, ErrorType::FinesseApiError, what.as_str()),
            Fault::Default => (ErrorType::Forbidden, ErrorType::Forbidden, subject),
        };
        let kind = if line.errors.contains(&exact) { exact } else { nearest };
        Self::new(kind, fault.to_string(), data)
    }

    /// The answer to a command that the domain refuses; `subject` is the id of the user or dialog it was for.
    pub fn refused(refusal: Refusal, subject: &str) -> Self {
        match refusal {
            Refusal::UnknownUser => Self::user_not_found(subject),
            Refusal::UnknownDialog => Self::dialog_not_found(subject),
            Refusal::NotParticipant => Self::wrong_user(subject),
            Refusal::InvalidState => Self::invalid_state(subject),
            Refusal::InvalidVariable => Self::invalid_input(refusal.to_string(), "callvariables"),
            Refusal::InvalidDestination => {
                Self::new(ErrorType::InvalidDestination, refusal.to_string(), subject)
            }
            Refusal::NotSupervisor => Self::invalid_supervisor(subject),
            Refusal::NotController => Self::new(ErrorType::NotController, refusal.to_string(), subject),
            Refusal::BridgeFull => Self::new(ErrorType::BridgeLimit, refusal.to_string(), subject),
            Refusal::Busy => Self::internal(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(failure: ApiFailure, status: u16, body: &str) {
        let answer = failure.respond(None);
        assert_eq!((answer.status, answer.body.as_str()), (status, body));
    }

    #[test]
    fn bodies_are_those_of_the_reference() {
        check(
            ApiFailure::parameter_missing("state"),
            400,
            "<ApiErrors><ApiError><ErrorData>state</ErrorData>\
             <ErrorMessage>State Parameter missing</ErrorMessage>\
             <ErrorType>Parameter Missing</ErrorType></ApiError></ApiErrors>",
        );
        check(
            ApiFailure::unauthorized(""),
            401,
            "<ApiErrors><ApiError><ErrorData></ErrorData><ErrorMessage>UNAUTHORIZED</ErrorMessage>\
             <ErrorType>Authorization Failure</ErrorType></ApiError></ApiErrors>",
        );
        check(
            ApiFailure::wrong_user("1002"),
            401,
            "<ApiErrors><ApiError><ErrorData>1002</ErrorData><ErrorMessage>The user specified in the \
             authentication credentials and the uri don't match</ErrorMessage>\
             <ErrorType>Invalid Authorization User Specified</ErrorType></ApiError></ApiErrors>",
        );
        check(
            ApiFailure::user_not_found("<9>"),
            404,
            "<ApiErrors><ApiError><ErrorData>&lt;9&gt;</ErrorData><ErrorMessage>UNKNOWN_USER</ErrorMessage>\
             <ErrorType>User Not Found</ErrorType></ApiError></ApiErrors>",
        );
        check(
            ApiFailure::no_such_dialog("7"),
            404,
            "<ApiErrors><ApiError><ErrorData>7</ErrorData><ErrorMessage>Invalid dialogId specified for \
             dialog</ErrorMessage><ErrorType>Not Found</ErrorType></ApiError></ApiErrors>",
        );
    }

    #[test]
    fn cti_10_out_of_service_is_503_for_a_while() {
        let answer = ApiFailure::out_of_service().respond(None);
        assert_eq!(answer.status, 503);
        assert_eq!(
            answer.body,
            "<ApiErrors><ApiError><ErrorData></ErrorData><ErrorMessage>SERVER_OUT_OF_SERVICE</ErrorMessage>\
             <ErrorType>Service Unavailable</ErrorType></ApiError></ApiErrors>"
        );
        assert!(answer.headers.contains(&("Retry-After", "5".to_owned())));
    }

    #[test]
    fn awdb_13b_a_setting_that_cannot_be_read() {
        check(
            ApiFailure::awdb_unavailable(),
            500,
            "<ApiErrors><ApiError><ErrorData></ErrorData><ErrorMessage>AWS_SERVICE_UNAVAILABLE</ErrorMessage>\
             <ErrorType>Internal Server Error</ErrorType></ApiError></ApiErrors>",
        );
    }

    #[test]
    fn a_refusal_repeats_the_request_id() {
        let answer = ApiFailure::internal().respond(Some(&RequestId::new("r7")));
        assert!(answer.headers.contains(&("requestId", "r7".to_owned())));
        assert!(ApiFailure::internal().respond(None).headers.iter().all(|(name, _)| *name != "requestId"));
    }

    #[test]
    fn what_the_domain_refuses_has_its_status() {
        let answer = |refusal| {
            let failure = ApiFailure::refused(refusal, "1001");
            (failure.status(), failure.kind.as_str())
        };
        assert_eq!(answer(Refusal::UnknownUser), (404, "User Not Found"));
        assert_eq!(answer(Refusal::UnknownDialog), (404, "Dialog Not Found"));
        assert_eq!(answer(Refusal::NotParticipant), (401, "Invalid Authorization User Specified"));
        assert_eq!(answer(Refusal::InvalidState), (400, "Invalid State"));
        assert_eq!(answer(Refusal::InvalidVariable), (400, "Invalid Input"));
        assert_eq!(answer(Refusal::InvalidDestination), (400, "Invalid Destination"));
        assert_eq!(answer(Refusal::NotSupervisor), (401, "Invalid Supervisor"));
        assert_eq!(answer(Refusal::NotController), (400, "20999"));
        assert_eq!(answer(Refusal::BridgeFull), (400, "20700"));
        assert_eq!(answer(Refusal::Busy), (500, "Internal Server Error"));
    }

    #[test]
    fn what_a_client_sent_is_not_repeated_at_length() {
        assert_eq!(ApiFailure::user_not_found(&"あ".repeat(9_000)).data.chars().count(), DATA_CHARS_MAX);
    }
}
