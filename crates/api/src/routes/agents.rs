//! The part of the table that is for agents and supervisors, and for administrators who look at them.

use domain::CONTACTS_OF_AGENT_MAX;

use super::settings::{SettingWrite, set};
use super::table::{Parameter, Place, Role, Route, act, change, get};
use super::{Acting, CATEGORY, Operation, Reading, category};
use crate::parse::CLIENT_LOG_BYTES_MAX;
use crate::{ApiFailure, ErrorType, HttpRequest};
use ErrorType::*;
use Role::{Administrator, Agent, Anybody, Own, Participant, Supervisor, SupervisorOfTeam, SupervisorOfUser};

pub(super) const AGENTS: &[Route] = &[
    get("/finesse/api/SystemInfo", &["get system info"], "SystemInfo", |_, _| Operation::SystemInfo)
        .roles(&[Anybody])
        .refusing(&[InternalServerError]),
    get("/finesse/api/User/{id}", &["get user"], "User", |ids, _| {
        Operation::Read(Reading::User { user: ids.at(0) })
    })
    .roles(&[Own, SupervisorOfUser, Administrator])
    .refusing(READ_USER),
    get("/finesse/api/User/{loginName}", &["get user by login name"], "User", |ids, _| {
        Operation::Read(Reading::User { user: ids.at(0) })
    })
    .roles(&[Own])
    .refusing(READ_USER),
    act(
        "PUT",
        "/finesse/api/User/{id}",
        &[
            "sign in",
            "sign in as mobile agent",
            "sign out",
            "change state",
            "change state with reason",
            "change state of a team member",
        ],
        "User",
        |ids, _| Operation::Act(Acting::PutUser { user: ids.at(0) }),
    )
    .roles(&[Own, SupervisorOfUser])
    .refusing(&[
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
    ])
    .also(&[NotImplemented]),
    get("/finesse/api/Users", &["list users"], "Users", |_, _| Operation::Read(Reading::Users))
        .roles(&[Administrator])
        .refusing(&[AuthorizationFailure, Unauthorized, InternalServerError, ServiceUnavailable]),
    act("POST", "/finesse/api/User/{id}/ClientLog", &["upload client log"], "ClientLog", |_, _| {
        Operation::ClientLog
    })
    .roles(&[Own])
    .up_to(CLIENT_LOG_BYTES_MAX)
    .refusing(&[
        InvalidInput,
        OperationFailure,
        ParameterMissing,
        AuthorizationFailure,
        InvalidAuthorizationUserSpecified,
        MethodNotAllowed,
        InternalServerError,
        ServiceUnavailable,
    ])
    .also(&[BadRequest]),
    get("/finesse/api/User/{id}/Dialogs", &["list dialogs of user"], "Dialogs", |ids, _| {
        Operation::Read(Reading::UserDialogs { user: ids.at(0) })
    })
    .roles(&[Own, SupervisorOfUser, Administrator])
    .refusing(READ_USER),
    act(
        "POST",
        "/finesse/api/User/{id}/Dialogs",
        &["make call", "silent monitor", "barge into call"],
        "Dialog",
        |ids, _| Operation::Act(Acting::CreateDialog { user: ids.at(0) }),
    )
    .roles(&[Own, Supervisor])
    .refusing(&[
        BridgeLimit,
        NotController,
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
    ]),
    get(
        "/finesse/api/User/{id}/ReasonCodes",
        &["list reason codes of user"],
        "ReasonCodes",
        |ids, request| Operation::Read(Reading::ReasonCodes { user: ids.at(0), category: category(request) }),
    )
    .asking(&[CATEGORY])
    .roles(&[Own, Administrator])
    .refusing(LIST_OF_USER),
    get(
        "/finesse/api/User/{id}/ReasonCode/{reasonCodeId}",
        &["get reason code of user"],
        "ReasonCode",
        |ids, _| Operation::Read(Reading::ReasonCode { user: ids.at(0), id: ids.at(1) }),
    )
    .roles(&[Own, Administrator])
    .refusing(ITEM_OF_USER),
    get(
        "/finesse/api/User/{id}/WrapUpReasons",
        &["list wrap-up reasons of user"],
        "WrapUpReasons",
        |ids, _| Operation::Read(Reading::WrapUpReasons { user: ids.at(0) }),
    )
    .roles(&[Own, Administrator])
    .refusing(LIST_OF_USER),
    get(
        "/finesse/api/User/{id}/WrapUpReason/{wrapUpReasonId}",
        &["get wrap-up reason of user"],
        "WrapUpReason",
        |ids, _| Operation::Read(Reading::WrapUpReason { user: ids.at(0), id: ids.at(1) }),
    )
    .roles(&[Own, Administrator])
    .refusing(ITEM_OF_USER),
    get("/finesse/api/User/{id}/PhoneBooks", &["list phone books of user"], "PhoneBooks", |ids, request| {
        Operation::Read(Reading::PhoneBooks { user: ids.at(0), contacts: contacts(request) })
    })
    .asking(&[RANGE])
    .answering(&[200, 206])
    .roles(&[Own, Administrator])
    .refusing(&[
        BadRequest,
        FinesseApiError,
        AuthorizationFailure,
        InvalidAuthorizationUserSpecified,
        UserNotFound,
        RangeNotSatisfiable,
        InternalServerError,
        ServiceUnavailable,
    ]),
    get(
        "/finesse/api/User/{id}/MediaPropertiesLayout",
        &["get layout of call data"],
        "MediaPropertiesLayout",
        |ids, _| Operation::Read(Reading::MediaLayout { user: ids.at(0) }),
    )
    .roles(&[Agent, Supervisor, Administrator])
    .refusing(LIST_OF_USER),
    change(
        "PUT",
        "/finesse/api/User/{id}/MediaPropertiesLayout",
        &["change default layout of call data"],
        |ids, _| set(SettingWrite::DefaultMediaLayout { user: Some(ids.at(0)) }),
    )
    .taking("MediaPropertiesLayout")
    .roles(&[Administrator])
    .refusing(&[
        BadRequest,
        FinesseApiError,
        InvalidInput,
        ParameterMissing,
        AuthorizationFailure,
        InvalidAuthorizationUserSpecified,
        Forbidden,
        UserNotFound,
        InternalServerError,
        ServiceUnavailable,
    ]),
    get(
        "/finesse/api/User/{id}/MediaPropertiesLayouts",
        &["list call data layouts of user"],
        "MediaPropertiesLayouts",
        |ids, _| Operation::Read(Reading::MediaLayouts { user: ids.at(0) }),
    )
    .roles(&[Own, Administrator])
    .refusing(LIST_OF_USER),
    get("/finesse/api/User/{id}/Workflows", &["list workflows of user"], "Workflows", |ids, _| {
        Operation::Read(Reading::Workflows { user: ids.at(0) })
    })
    .roles(&[Own, Administrator])
    .refusing(LIST_OF_USER),
    get("/finesse/api/User/{id}/LayoutConfig", &["get desktop layout of user"], "LayoutConfig", |ids, _| {
        Operation::Read(Reading::DesktopLayout { user: ids.at(0) })
    })
    .roles(&[Own])
    .refusing(LIST_OF_USER),
    get("/finesse/api/User/{id}/Queues", &["list queues of user"], "Queues", |ids, _| {
        Operation::Read(Reading::UserQueues { user: ids.at(0) })
    })
    .roles(&[Agent, Supervisor, Administrator])
    .refusing(READ_USER),
    get("/finesse/api/Queue/{id}", &["get queue"], "Queue", |ids, _| {
        Operation::Read(Reading::Queue { id: ids.at(0) })
    })
    .roles(&[Agent, Supervisor, Administrator])
    .refusing(&[AuthorizationFailure, NotFound, InternalServerError, ServiceUnavailable]),
    get("/finesse/api/Team/{id}", &["get team"], "Team", |ids, request| {
        Operation::Read(Reading::Team { id: ids.at(0), signed_out: signed_out(request) })
    })
    .asking(&[SIGNED_OUT])
    .roles(&[SupervisorOfTeam, Administrator])
    .refusing(READ_OBJECT),
    get("/finesse/api/Dialog/{dialogId}", &["get dialog"], "Dialog", |ids, _| {
        Operation::Read(Reading::Dialog { id: ids.at(0) })
    })
    .roles(&[Participant, SupervisorOfUser, Administrator])
    .refusing(READ_OBJECT),
    act(
        "PUT",
        "/finesse/api/Dialog/{dialogId}",
        &[
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
            "accept",
            "close",
            "reject",
            "reclassify",
            "update scheduled callback",
            "cancel scheduled callback",
        ],
        "Dialog",
        |ids, _| Operation::Act(Acting::PutDialog { id: ids.at(0) }),
    )
    .roles(&[Participant, Supervisor])
    .refusing(&[
        InvalidDestination,
        InvalidInput,
        ParameterMissing,
        AuthorizationFailure,
        InvalidAuthorizationUserSpecified,
        DialogNotFound,
        MethodNotAllowed,
        InternalServerError,
        NotImplemented,
        ServiceUnavailable,
    ])
    .also(&[BadRequest]),
];

const READ_USER: &[ErrorType] = &[
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    UserNotFound,
    InternalServerError,
    ServiceUnavailable,
];

const READ_OBJECT: &[ErrorType] = &[
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    NotFound,
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

pub(super) const RANGE: Parameter = Parameter {
    name: "Range",
    place: Place::Header,
    values: &[],
    required: false,
    says: "objects=1-n: at most n contacts, and 206 if there are more",
};

const SIGNED_OUT: Parameter = Parameter {
    name: "includeLoggedOutAgents",
    place: Place::Query,
    values: &["true", "false"],
    required: false,
    says: "false leaves out members who are signed out",
};

/// `Range: objects=1-n` (rest-api.md section 11.3); without it as many as an agent is shown.
pub(super) fn contacts(request: &HttpRequest) -> Result<usize, ApiFailure> {
    let Some(range) = &request.range else { return Ok(CONTACTS_OF_AGENT_MAX) };
    let wanted = range.strip_prefix("objects=1-").and_then(|last| last.parse::<usize>().ok());
    let some = wanted.filter(|last| *last > 0).map(|last| last.min(CONTACTS_OF_AGENT_MAX));
    some.ok_or_else(|| ApiFailure::range_not_satisfiable(range))
}

/// Only the word `false` leaves somebody out (rest-api.md section 8.1).
fn signed_out(request: &HttpRequest) -> bool {
    request.parameter("includeLoggedOutAgents").is_none_or(|value| value != "false")
}
