//! The part of the table that is objects with ids, all of one form (rest-api.md sections 10, 11, 13, 14).

use super::settings::{ITEM, LIST, Object, READ, SettingRead, SettingWrite, look, read, set, write};
use super::table::{Role, Route, get};
use super::{CATEGORY, Operation, Reading, category};
use crate::ErrorType;
use ErrorType::*;

/// What an object can be refused with beside what every one can be.
macro_rules! errors {
    ($($more:ident),*) => {
        &[
            BadRequest,
            FinesseApiError,
            $($more,)*
            AuthorizationFailure,
            InvalidAuthorizationUserSpecified,
            Forbidden,
            NotFound,
            InternalServerError,
            ServiceUnavailable,
        ]
    };
}

/// The lines of one object.
macro_rules! object {
    ($object:ident, $name:literal, [$($create:ident),*], [$($change:ident),*], [$($delete:ident),*]) => {
        &[
            read(concat!("/finesse/api/", $name, "/{id}"), &[concat!("get ", $name)], $name, ITEM, |ids, _| {
                look(SettingRead::One(Object::$object, ids.at(0)))
            }),
            write("POST", concat!("/finesse/api/", $name), &[concat!("create ", $name)], errors!($($create),*), |_, _| {
                set(SettingWrite::Create(Object::$object))
            })
            .taking($name),
            write(
                "PUT",
                concat!("/finesse/api/", $name, "/{id}"),
                &[concat!("change ", $name)],
                errors!($($change),*),
                |ids, _| set(SettingWrite::Change(Object::$object, ids.at(0))),
            )
            .taking($name),
            write(
                "DELETE",
                concat!("/finesse/api/", $name, "/{id}"),
                &[concat!("delete ", $name)],
                errors!($($delete),*),
                |ids, _| set(SettingWrite::Delete(Object::$object, ids.at(0))),
            ),
        ]
    };
}

/// Lists, and what there is only one of.
pub(super) const LISTS: &[Route] = &[
    read("/finesse/api/ReasonCodes", &["list ReasonCodes"], "ReasonCodes", LIST, |_, request| {
        look(SettingRead::ReasonCodes(category(request)))
    })
    .asking(&[CATEGORY]),
    read("/finesse/api/WrapUpReasons", &["list WrapUpReasons"], "WrapUpReasons", LIST, |_, _| {
        look(SettingRead::WrapUpReasons)
    }),
    read("/finesse/api/PhoneBooks", &["list PhoneBooks"], "PhoneBooks", LIST, |_, _| {
        look(SettingRead::PhoneBooks)
    }),
    read(
        "/finesse/api/MediaPropertiesLayouts",
        &["list MediaPropertiesLayouts"],
        "MediaPropertiesLayouts",
        LIST,
        |_, _| look(SettingRead::MediaLayouts),
    ),
    read("/finesse/api/Workflows", &["list Workflows"], "Workflows", LIST, |_, _| {
        look(SettingRead::Workflows)
    }),
    read("/finesse/api/WorkflowActions", &["list WorkflowActions"], "WorkflowActions", LIST, |_, _| {
        look(SettingRead::WorkflowActions)
    }),
    read("/finesse/api/SystemVariables", &["list system variables"], "SystemVariables", READ, |_, _| {
        look(SettingRead::SystemVariables)
    }),
    read(
        "/finesse/api/LayoutConfig/default",
        &["get default desktop layout"],
        "LayoutConfig",
        READ,
        |_, _| look(SettingRead::DesktopLayout),
    ),
    write(
        "PUT",
        "/finesse/api/LayoutConfig/default",
        &["change default desktop layout"],
        &[
            BadRequest,
            InvalidInput,
            ParameterMissing,
            AuthorizationFailure,
            InvalidAuthorizationUserSpecified,
            Forbidden,
            InternalServerError,
            ServiceUnavailable,
        ],
        |_, _| set(SettingWrite::DesktopLayout),
    )
    .taking("LayoutConfig"),
    get(
        "/finesse/api/MediaPropertiesLayout/default",
        &["get default layout"],
        "MediaPropertiesLayout",
        |_, _| Operation::Read(Reading::DefaultMediaLayout),
    )
    .roles(&[Role::Agent, Role::Supervisor, Role::Administrator])
    .refusing(&[
        BadRequest,
        FinesseApiError,
        AuthorizationFailure,
        InvalidAuthorizationUserSpecified,
        InternalServerError,
        ServiceUnavailable,
    ]),
    write(
        "PUT",
        "/finesse/api/MediaPropertiesLayout/default",
        &["change default layout"],
        &[
            BadRequest,
            FinesseApiError,
            InvalidInput,
            ParameterMissing,
            AuthorizationFailure,
            InvalidAuthorizationUserSpecified,
            Forbidden,
            MethodNotAllowed,
            InternalServerError,
            ServiceUnavailable,
        ],
        |_, _| set(SettingWrite::DefaultMediaLayout { user: None }),
    )
    .taking("MediaPropertiesLayout"),
];

pub(super) const REASON_CODE: &[Route] =
    object!(ReasonCode, "ReasonCode", [InvalidInput, MaximumExceeded], [InvalidInput], []);

pub(super) const WRAP_UP_REASON: &[Route] =
    object!(WrapUpReason, "WrapUpReason", [InvalidInput, MaximumExceeded], [InvalidInput], []);

pub(super) const PHONE_BOOK: &[Route] = object!(
    PhoneBook,
    "PhoneBook",
    [InUse, InvalidInput, MaximumExceeded, ParameterMissing],
    [InUse, InvalidInput, ParameterMissing],
    [InUse]
);

pub(super) const MEDIA_LAYOUT: &[Route] = object!(
    MediaLayout,
    "MediaPropertiesLayout",
    [InvalidInput, MaximumExceeded, ParameterMissing],
    [InvalidInput, ParameterMissing],
    []
);

pub(super) const WORKFLOW: &[Route] = object!(
    Workflow,
    "Workflow",
    [DatabaseConstraintViolation, MaximumExceeded],
    [DatabaseConstraintViolation],
    []
);

pub(super) const WORKFLOW_ACTION: &[Route] = object!(
    WorkflowAction,
    "WorkflowAction",
    [DatabaseConstraintViolation, MaximumExceeded],
    [DatabaseConstraintViolation],
    []
);
