//! The part of the table that is what a team has of its own (rest-api.md section 8.2).

use super::settings::{ITEM, SettingRead, SettingWrite, TeamList, look, read, set, write};
use super::table::Route;
use super::{CATEGORY, category};
use crate::ErrorType;
use ErrorType::*;

/// A list of a team: looked at, and replaced whole.
macro_rules! list {
    ($name:literal, $list:expr) => {
        [
            read(
                concat!("/finesse/api/Team/{id}/", $name),
                &[concat!("get team ", $name)],
                $name,
                ITEM,
                |ids, request| look(SettingRead::OfTeam(ids.at(0), $list(request))),
            ),
            write(
                "PUT",
                concat!("/finesse/api/Team/{id}/", $name),
                &[concat!("assign team ", $name)],
                ASSIGN,
                |ids, request| set(SettingWrite::Assign(ids.at(0), $list(request))),
            )
            .taking($name),
        ]
    };
}

pub(super) const TEAMS: &[Route] = &[
    REASON_CODES[0].asking(&[CATEGORY]),
    REASON_CODES[1].asking(&[CATEGORY]),
    WRAP_UP_REASONS[0],
    WRAP_UP_REASONS[1],
    PHONE_BOOKS[0],
    PHONE_BOOKS[1],
    WORKFLOWS[0],
    WORKFLOWS[1],
    read(
        "/finesse/api/Team/{id}/LayoutConfig",
        &["get team LayoutConfig"],
        "TeamLayoutConfig",
        ITEM,
        |ids, _| look(SettingRead::TeamLayout(ids.at(0))),
    ),
    write("PUT", "/finesse/api/Team/{id}/LayoutConfig", &["assign team LayoutConfig"], ASSIGN, |ids, _| {
        set(SettingWrite::TeamLayout(ids.at(0)))
    })
    .taking("TeamLayoutConfig"),
];

const REASON_CODES: [Route; 2] = list!("ReasonCodes", |request| TeamList::ReasonCodes(category(request)));
const WRAP_UP_REASONS: [Route; 2] = list!("WrapUpReasons", |_| TeamList::WrapUpReasons);
const PHONE_BOOKS: [Route; 2] = list!("PhoneBooks", |_| TeamList::PhoneBooks);
const WORKFLOWS: [Route; 2] = list!("Workflows", |_| TeamList::Workflows);

const ASSIGN: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    InvalidInput,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    Forbidden,
    TeamOfAssignmentNotFound,
    InternalServerError,
    ServiceUnavailable,
];
