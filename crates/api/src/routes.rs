//! Every endpoint that is served, in one table, and which of them a request asks for.
//!
//! The table agrees with the reference row by row (`tests/reference.rs`); what the reference has and the
//! table has not is listed in docs/compatibility.md. Rights, the gate and everything that needs state are
//! decided elsewhere.

use domain::{CONTACTS_OF_AGENT_MAX, ReasonCategory};

use crate::{ApiFailure, ErrorType, HttpRequest};
use ErrorType::*;

mod settings;

pub use settings::Administration;
use settings::SETTINGS;

/// What a request asks for, by the line of the table that matched.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the resources; ids are as in the path")]
pub enum Operation {
    /// Answered without credentials and while out of service.
    SystemInfo,
    GetUser {
        user: String,
    },
    /// Body: [`crate::parse::user`].
    PutUser {
        user: String,
    },
    UserDialogs {
        user: String,
    },
    /// Body: [`crate::parse::new_dialog`].
    CreateDialog {
        user: String,
    },
    GetDialog {
        id: String,
    },
    /// Body: [`crate::parse::dialog`].
    PutDialog {
        id: String,
    },
    ReasonCodes {
        user: String,
        /// The failure to answer once rights are checked, if the parameter is missing or wrong.
        category: Result<ReasonCategory, ApiFailure>,
    },
    ReasonCode {
        user: String,
        id: String,
    },
    WrapUpReasons {
        user: String,
    },
    WrapUpReason {
        user: String,
        id: String,
    },
    PhoneBooks {
        user: String,
        /// How many contacts were asked for, or the failure to answer once rights are checked.
        contacts: Result<usize, ApiFailure>,
    },
    MediaLayout {
        user: String,
    },
    UserQueues {
        user: String,
    },
    GetQueue {
        id: String,
    },
    GetTeam {
        id: String,
        /// Members who are signed out are listed, too.
        signed_out: bool,
    },
    /// For administrators only.
    Administer(Administration),
}

/// One line: a method on a path.
pub struct Route {
    /// `GET`, `PUT`, `POST` or `DELETE`.
    pub method: &'static str,
    /// The path of the reference, with `{name}` for a variable segment.
    pub path: &'static str,
    /// The rows of the reference that are served by this line.
    pub rows: &'static [&'static str],
    /// The roles that are served, as the reference calls them.
    pub roles: &'static [&'static str],
    /// Status of success.
    pub success: u16,
    /// Root element of the body of a success; empty if it has none.
    pub response: &'static str,
    /// What it can be refused with, in the order of the reference.
    pub errors: &'static [ErrorType],
    operation: fn(&Captures<'_>, &HttpRequest) -> Operation,
}

/// Every line of the table.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().chain(SETTINGS)
}

/// The served part of what is for agents and supervisors.
const ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/finesse/api/SystemInfo",
        rows: &["get system info"],
        roles: &["none"],
        success: 200,
        response: "SystemInfo",
        errors: &[InternalServerError],
        operation: |_, _| Operation::SystemInfo,
    },
    Route {
        method: "GET",
        path: "/finesse/api/User/{id}",
        rows: &["get user"],
        roles: &["self", "supervisor-of-user"],
        success: 200,
        response: "User",
        errors: READ_USER,
        operation: |ids, _| Operation::GetUser { user: ids.at(0) },
    },
    Route {
        method: "GET",
        path: "/finesse/api/User/{loginName}",
        rows: &["get user by login name"],
        roles: &["self"],
        success: 200,
        response: "User",
        errors: READ_USER,
        operation: |ids, _| Operation::GetUser { user: ids.at(0) },
    },
    Route {
        method: "PUT",
        path: "/finesse/api/User/{id}",
        rows: &[
            "sign in",
            "sign out",
            "change state",
            "change state with reason",
            "change state of a team member",
        ],
        roles: &["self", "supervisor-of-user"],
        success: 202,
        response: "",
        errors: &[
            BadRequest,
            InvalidInput,
            InvalidState,
            ParameterMissing,
            AuthorizationFailure,
            InvalidAuthorizationUserSpecified,
            InvalidSupervisor,
            UserNotFound,
            InternalServerError,
            ServiceUnavailable,
        ],
        operation: |ids, _| Operation::PutUser { user: ids.at(0) },
    },
    Route {
        method: "GET",
        path: "/finesse/api/User/{id}/Dialogs",
        rows: &["list dialogs of user"],
        roles: &["self", "supervisor-of-user"],
        success: 200,
        response: "Dialogs",
        errors: READ_USER,
        operation: |ids, _| Operation::UserDialogs { user: ids.at(0) },
    },
    Route {
        method: "POST",
        path: "/finesse/api/User/{id}/Dialogs",
        rows: &["make call"],
        roles: &["self"],
        success: 202,
        response: "",
        errors: &[
            BadRequest,
            InvalidDestination,
            InvalidInput,
            InvalidState,
            ParameterMissing,
            AuthorizationFailure,
            InvalidAuthorizationUserSpecified,
            InvalidSupervisor,
            UserNotFound,
            InternalServerError,
            ServiceUnavailable,
        ],
        operation: |ids, _| Operation::CreateDialog { user: ids.at(0) },
    },
    Route {
        method: "GET",
        path: "/finesse/api/User/{id}/ReasonCodes",
        rows: &["list reason codes of user"],
        roles: &["self"],
        success: 200,
        response: "ReasonCodes",
        errors: LIST_OF_USER,
        operation: |ids, request| Operation::ReasonCodes { user: ids.at(0), category: category(request) },
    },
    Route {
        method: "GET",
        path: "/finesse/api/User/{id}/ReasonCode/{reasonCodeId}",
        rows: &["get reason code of user"],
        roles: &["self"],
        success: 200,
        response: "ReasonCode",
        errors: ITEM_OF_USER,
        operation: |ids, _| Operation::ReasonCode { user: ids.at(0), id: ids.at(1) },
    },
    Route {
        method: "GET",
        path: "/finesse/api/User/{id}/WrapUpReasons",
        rows: &["list wrap-up reasons of user"],
        roles: &["self"],
        success: 200,
        response: "WrapUpReasons",
        errors: LIST_OF_USER,
        operation: |ids, _| Operation::WrapUpReasons { user: ids.at(0) },
    },
    Route {
        method: "GET",
        path: "/finesse/api/User/{id}/WrapUpReason/{wrapUpReasonId}",
        rows: &["get wrap-up reason of user"],
        roles: &["self"],
        success: 200,
        response: "WrapUpReason",
        errors: ITEM_OF_USER,
        operation: |ids, _| Operation::WrapUpReason { user: ids.at(0), id: ids.at(1) },
    },
    Route {
        method: "GET",
        path: "/finesse/api/User/{id}/PhoneBooks",
        rows: &["list phone books of user"],
        roles: &["self"],
        success: 200,
        response: "PhoneBooks",
        errors: &[
            BadRequest,
            FinesseApiError,
            AuthorizationFailure,
            InvalidAuthorizationUserSpecified,
            UserNotFound,
            RangeNotSatisfiable,
            InternalServerError,
            ServiceUnavailable,
        ],
        operation: |ids, request| Operation::PhoneBooks { user: ids.at(0), contacts: contacts(request) },
    },
    Route {
        method: "GET",
        path: "/finesse/api/User/{id}/MediaPropertiesLayout",
        rows: &["get layout of call data"],
        roles: &["agent", "supervisor"],
        success: 200,
        response: "MediaPropertiesLayout",
        errors: LIST_OF_USER,
        operation: |ids, _| Operation::MediaLayout { user: ids.at(0) },
    },
    Route {
        method: "GET",
        path: "/finesse/api/User/{id}/Queues",
        rows: &["list queues of user"],
        roles: &["agent", "supervisor"],
        success: 200,
        response: "Queues",
        errors: READ_USER,
        operation: |ids, _| Operation::UserQueues { user: ids.at(0) },
    },
    Route {
        method: "GET",
        path: "/finesse/api/Queue/{id}",
        rows: &["get queue"],
        roles: &["agent", "supervisor"],
        success: 200,
        response: "Queue",
        errors: &[AuthorizationFailure, NotFound, InternalServerError, ServiceUnavailable],
        operation: |ids, _| Operation::GetQueue { id: ids.at(0) },
    },
    Route {
        method: "GET",
        path: "/finesse/api/Team/{id}",
        rows: &["get team"],
        roles: &["supervisor-of-team"],
        success: 200,
        response: "Team",
        errors: &[
            AuthorizationFailure,
            InvalidAuthorizationUserSpecified,
            NotFound,
            InternalServerError,
            ServiceUnavailable,
        ],
        operation: |ids, request| Operation::GetTeam { id: ids.at(0), signed_out: signed_out(request) },
    },
    Route {
        method: "GET",
        path: "/finesse/api/Dialog/{dialogId}",
        rows: &["get dialog"],
        roles: &["participant", "supervisor-of-user"],
        success: 200,
        response: "Dialog",
        errors: &[
            AuthorizationFailure,
            InvalidAuthorizationUserSpecified,
            NotFound,
            InternalServerError,
            ServiceUnavailable,
        ],
        operation: |ids, _| Operation::GetDialog { id: ids.at(0) },
    },
    Route {
        method: "PUT",
        path: "/finesse/api/Dialog/{dialogId}",
        rows: &[
            "answer",
            "hold",
            "retrieve",
            "drop",
            "consult call",
            "transfer",
            "conference",
            "transfer sst",
            "send dtmf",
            "update call data",
            "participant drop",
            "start recording",
        ],
        roles: &["participant", "supervisor"],
        success: 202,
        response: "",
        errors: &[
            InvalidDestination,
            InvalidInput,
            ParameterMissing,
            AuthorizationFailure,
            InvalidAuthorizationUserSpecified,
            DialogNotFound,
            MethodNotAllowed,
            InternalServerError,
            ServiceUnavailable,
        ],
        operation: |ids, _| Operation::PutDialog { id: ids.at(0) },
    },
];

const READ_USER: &[ErrorType] = &[
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    UserNotFound,
    InternalServerError,
    ServiceUnavailable,
];

/// A list from the configuration, as one user sees it.
const LIST_OF_USER: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    UserNotFound,
    InternalServerError,
    ServiceUnavailable,
];

/// One item of such a list.
const ITEM_OF_USER: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    NotFound,
    UserNotFound,
    InternalServerError,
    ServiceUnavailable,
];

/// A path that exists and offers no method: clients take its 405 for "the dialog id is missing"
/// (rest-api.md section 19.4).
const DIALOG_WITHOUT_ID: &str = "/finesse/api/Dialog";

/// Finds the operation. One trailing slash is accepted; of the query, `category`, `includeLoggedOutAgents` and `override` are read.
///
/// # Errors
/// 404 for a path, 405 for a method that is not served.
pub fn route(request: &HttpRequest) -> Result<Operation, ApiFailure> {
    let path = request.path.strip_suffix('/').unwrap_or(&request.path);
    let here: Vec<_> = routes().filter_map(|route| Some((route, captures(route.path, path)?))).collect();
    let served = here.iter().find(|(route, _)| route.method == request.method);
    if let Some((route, captures)) = served {
        return Ok((route.operation)(captures, request));
    }
    if here.is_empty() && path != DIALOG_WITHOUT_ID {
        return Err(ApiFailure::not_found(path));
    }
    let mut allowed: Vec<_> = here.iter().map(|(route, _)| route.method).collect();
    // An id and a login name are two lines of the table, one below the other.
    allowed.dedup();
    Err(ApiFailure::method_not_allowed(&request.method, &allowed.join(", ")))
}

/// The variable segments of a path, in order.
struct Captures<'a>(Vec<&'a str>);

impl Captures<'_> {
    fn at(&self, index: usize) -> String {
        self.0.get(index).copied().unwrap_or_default().to_owned()
    }
}

/// The variable segments of `path` if it is of the form `pattern`.
fn captures<'a>(pattern: &str, path: &'a str) -> Option<Captures<'a>> {
    if pattern.split('/').count() != path.split('/').count() {
        return None;
    }
    let mut captured = Vec::new();
    for (expected, segment) in pattern.split('/').zip(path.split('/')) {
        match expected.starts_with('{') {
            true if !segment.is_empty() => captured.push(segment),
            false if expected == segment => {}
            true | false => return None,
        }
    }
    Some(Captures(captured))
}

/// `Range: objects=1-n` (rest-api.md section 11.3); without it as many as an agent is shown.
fn contacts(request: &HttpRequest) -> Result<usize, ApiFailure> {
    let Some(range) = &request.range else { return Ok(CONTACTS_OF_AGENT_MAX) };
    let wanted = range.strip_prefix("objects=1-").and_then(|last| last.parse::<usize>().ok());
    let some = wanted.filter(|last| *last > 0).map(|last| last.min(CONTACTS_OF_AGENT_MAX));
    some.ok_or_else(|| ApiFailure::range_not_satisfiable(range))
}

fn category(request: &HttpRequest) -> Result<ReasonCategory, ApiFailure> {
    let value = request.parameter("category").unwrap_or_default();
    ReasonCategory::parse(&value).ok_or_else(|| {
        ApiFailure::bad_request("The parameter category must be NOT_READY or LOGOUT", "category")
    })
}

/// Only the word `false` leaves somebody out (rest-api.md section 8.1).
fn signed_out(request: &HttpRequest) -> bool {
    request.parameter("includeLoggedOutAgents").is_none_or(|value| value != "false")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::request;

    fn ask(method: &str, path: &str) -> Result<Operation, u16> {
        route(&request(method, path)).map_err(|failure| failure.status())
    }

    #[test]
    fn each_line_is_reached_by_its_own_path() {
        let user = || "1001".to_owned();
        let id = || "16804377".to_owned();
        let served = [
            ("GET", "/finesse/api/SystemInfo", Operation::SystemInfo),
            ("GET", "/finesse/api/User/1001", Operation::GetUser { user: user() }),
            ("PUT", "/finesse/api/User/1001", Operation::PutUser { user: user() }),
            ("GET", "/finesse/api/User/1001/Dialogs", Operation::UserDialogs { user: user() }),
            ("POST", "/finesse/api/User/1001/Dialogs", Operation::CreateDialog { user: user() }),
            ("GET", "/finesse/api/Dialog/16804377", Operation::GetDialog { id: id() }),
            ("PUT", "/finesse/api/Dialog/16804377", Operation::PutDialog { id: id() }),
            (
                "GET",
                "/finesse/api/User/1001/ReasonCode/49",
                Operation::ReasonCode { user: user(), id: "49".to_owned() },
            ),
            ("GET", "/finesse/api/User/1001/WrapUpReasons", Operation::WrapUpReasons { user: user() }),
            (
                "GET",
                "/finesse/api/User/1001/WrapUpReason/7",
                Operation::WrapUpReason { user: user(), id: "7".to_owned() },
            ),
            (
                "GET",
                "/finesse/api/User/1001/PhoneBooks",
                Operation::PhoneBooks { user: user(), contacts: Ok(CONTACTS_OF_AGENT_MAX) },
            ),
            ("GET", "/finesse/api/User/1001/MediaPropertiesLayout", Operation::MediaLayout { user: user() }),
            ("GET", "/finesse/api/User/1001/Queues", Operation::UserQueues { user: user() }),
            ("GET", "/finesse/api/Queue/10", Operation::GetQueue { id: "10".to_owned() }),
            ("GET", "/finesse/api/Team/500", Operation::GetTeam { id: "500".to_owned(), signed_out: true }),
        ];
        for (method, path, operation) in served {
            assert_eq!(ask(method, path), Ok(operation.clone()), "{method} {path}");
            assert_eq!(ask(method, &format!("{path}/")), Ok(operation), "{method} {path}/");
        }
    }

    #[test]
    fn reason_codes_need_a_category() {
        let category = |query: &str| {
            let list = request("GET", "/finesse/api/User/1001/ReasonCodes");
            match route(&HttpRequest { query: query.to_owned(), ..list }) {
                Ok(Operation::ReasonCodes { category, .. }) => category.map_err(|f| f.kind.as_str()),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(category("category=NOT_READY"), Ok(ReasonCategory::NotReady));
        assert_eq!(category("nocache=1&category=LOGOUT"), Ok(ReasonCategory::Logout));
        assert_eq!(category(""), Err("Bad Request"));
        assert_eq!(category("category=ALL"), Err("Bad Request"));
    }

    #[test]
    fn a_team_is_asked_for_with_or_without_those_who_are_signed_out() {
        for (query, expected) in [
            ("includeLoggedOutAgents=false", false),
            ("nocache=1&includeLoggedOutAgents=true", true),
            ("includeLoggedOutAgents=", true),
        ] {
            let team = HttpRequest { query: query.to_owned(), ..request("GET", "/finesse/api/Team/500") };
            let operation = Operation::GetTeam { id: "500".to_owned(), signed_out: expected };
            assert_eq!(route(&team).ok(), Some(operation), "{query}");
        }
    }

    #[test]
    fn unknown_paths_are_404() {
        for path in [
            "",
            "/",
            "/finesse/api",
            "/finesse/api/",
            "/finesse/api/user/1001",
            "/finesse/api/User",
            "/finesse/api/User//",
            "/finesse/api/User//Dialogs",
            "/finesse/api/User/1001//",
            "/finesse/api/User/1001/RoutingSettings",
            "/finesse/api/SystemInfo/x",
            "/Finesse/api/SystemInfo",
        ] {
            assert_eq!(ask("GET", path), Err(404), "{path}");
        }
    }

    #[test]
    fn other_methods_are_405_and_say_what_is_allowed() {
        assert_eq!(ask("DELETE", "/finesse/api/User/1001"), Err(405));
        assert_eq!(ask("get", "/finesse/api/SystemInfo"), Err(405));
        let failure = route(&request("PATCH", "/finesse/api/User/1001/Dialogs")).unwrap_err();
        assert_eq!(failure.headers, [("Allow", "GET, POST".to_owned())]);
    }

    #[test]
    fn a_dialog_without_id_is_405() {
        assert_eq!(ask("PUT", "/finesse/api/Dialog/"), Err(405));
        assert_eq!(ask("PUT", "/finesse/api/Dialog"), Err(405));
    }

    #[test]
    fn a_range_names_how_many_contacts_or_none() {
        let asked = |range: &str| {
            let request = HttpRequest {
                range: Some(range.to_owned()),
                ..request("GET", "/finesse/api/User/1001/PhoneBooks")
            };
            match route(&request) {
                Ok(Operation::PhoneBooks { contacts, .. }) => contacts.map_err(|failure| failure.status()),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(asked("objects=1-20"), Ok(20));
        assert_eq!(asked("objects=1-1000000"), Ok(CONTACTS_OF_AGENT_MAX));
        for nonsense in [
            "objects=1-0",
            "objects=5-9",
            "bytes=0-9",
            "objects=1--3",
            "",
            "objects=1-99999999999999999999999",
        ] {
            assert_eq!(asked(nonsense), Err(416), "{nonsense}");
        }
    }

    proptest! {
        #[test]
        fn no_path_is_too_strange(
            method in ".{0,8}",
            path in "(/finesse/api)?[/{}A-Za-z%\\PC]{0,60}",
            query in ".{0,40}",
        ) {
            let _ = route(&HttpRequest { query, ..request(&method, &path) });
        }
    }
}
