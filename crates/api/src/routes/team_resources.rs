//! The part of the table that members of a team read of it, from 12.5 on (rest-api.md section 8.3).

use domain::ReasonCategory;

use super::agents::{RANGE, contacts};
use super::table::{Asks, Parameter, Place, Role, Route, get};
use super::{Operation, Reading, TeamResource};
use crate::{ApiFailure, ErrorType, HttpRequest};
use ErrorType::*;

pub(super) const TEAM_RESOURCES: &[Route] = &[
    of_team(
        "/finesse/api/TeamResource/{teamId}/ReasonCodes",
        &["team resource ReasonCodes"],
        "ReasonCodes",
        |ids, request| read(ids.at(0), TeamResource::ReasonCodes(category(request))),
    )
    .asking(&[CATEGORY]),
    of_team(
        "/finesse/api/TeamResource/{teamId}/WrapUpReasons",
        &["team resource WrapUpReasons"],
        "WrapUpReasons",
        |ids, _| read(ids.at(0), TeamResource::WrapUpReasons),
    ),
    of_team(
        "/finesse/api/TeamResource/{teamId}/MediaPropertiesLayouts",
        &["team resource MediaPropertiesLayouts"],
        "MediaPropertiesLayouts",
        |ids, _| read(ids.at(0), TeamResource::MediaLayouts),
    ),
    of_team(
        "/finesse/api/TeamResource/{teamId}/PhoneBooks",
        &["team resource PhoneBooks"],
        "PhoneBooks",
        |ids, request| read(ids.at(0), TeamResource::PhoneBooks(contacts(request))),
    )
    .asking(&[RANGE])
    .answering(&[200, 206])
    .refusing(&[
        BadRequest,
        AuthorizationFailure,
        InvalidAuthorization,
        TeamIdNotFound,
        RangeNotSatisfiable,
        InternalServerError,
        ServiceUnavailable,
    ]),
    of_team(
        "/finesse/api/TeamResource/{teamId}/Workflows",
        &["team resource Workflows"],
        "Workflows",
        |ids, _| read(ids.at(0), TeamResource::Workflows),
    ),
    of_team(
        "/finesse/api/TeamResource/{teamId}/Layout",
        &["team resource Layout"],
        "LayoutConfig",
        |ids, _| read(ids.at(0), TeamResource::DesktopLayout),
    ),
];

const fn of_team(
    path: &'static str,
    rows: &'static [&'static str],
    response: &'static str,
    operation: Asks,
) -> Route {
    get(path, rows, response, operation).roles(&[Role::MemberOfTeam]).refusing(&[
        BadRequest,
        AuthorizationFailure,
        InvalidAuthorization,
        TeamIdNotFound,
        InternalServerError,
        ServiceUnavailable,
    ])
}

fn read(team: String, what: TeamResource) -> Operation {
    Operation::Read(Reading::OfTeam { team, what })
}

const CATEGORY: Parameter = Parameter {
    name: "category",
    place: Place::Query,
    values: &["NOT_READY", "LOGOUT", "ALL"],
    required: true,
    says: "which kind of reason codes, or both",
};

fn category(request: &HttpRequest) -> Result<Option<ReasonCategory>, ApiFailure> {
    let value = request.parameter("category").unwrap_or_default();
    match ReasonCategory::parse(&value) {
        None if value != "ALL" => Err(ApiFailure::bad_request(
            "The parameter category must be NOT_READY, LOGOUT or ALL",
            "category",
        )),
        category => Ok(category),
    }
}
