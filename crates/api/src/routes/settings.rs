//! The part of the table that is for administrators: settings, on the primary node only (rest-api.md sections 10, 16).

use super::Operation;
use super::table::{Asks, Parameter, Place, Role, Route, change, get};
use crate::{ApiFailure, ErrorType};
use ErrorType::*;
use domain::ReasonCategory;

/// What an administrator asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Administration {
    /// Answered from what is set.
    Look(SettingRead),
    /// Set anew.
    Set(SettingWrite),
}

/// Objects of one form: a list of them, and `GET`, `POST`, `PUT` and `DELETE` of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the resources")]
pub enum Object {
    ReasonCode,
    WrapUpReason,
    PhoneBook,
    MediaLayout,
    Workflow,
    WorkflowAction,
}

/// What a team has of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the resources")]
pub enum TeamList {
    /// The failure to answer once rights are checked, if the parameter is missing or wrong.
    ReasonCodes(Result<ReasonCategory, ApiFailure>),
    WrapUpReasons,
    PhoneBooks,
    Workflows,
}

/// What there is to look at; ids are as in the path.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the resources")]
pub enum SettingRead {
    Teams,
    ConfigInfo,
    System,
    Cluster,
    Database,
    /// The failure to answer once rights are checked, if the parameter is missing or wrong.
    ReasonCodes(Result<ReasonCategory, ApiFailure>),
    WrapUpReasons,
    PhoneBooks,
    MediaLayouts,
    Workflows,
    WorkflowActions,
    One(Object, String),
    Contacts {
        book: String,
    },
    /// As a CSV file.
    ContactsFile {
        book: String,
    },
    Contact {
        book: String,
        id: String,
    },
    DesktopLayout,
    SystemVariables,
    OfTeam(String, TeamList),
    TeamLayout(String),
}

/// What there is to set; ids are as in the path.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the resources")]
pub enum SettingWrite {
    /// Body: [`crate::parse::system_config`].
    System,
    /// Body: [`crate::parse::cluster_config`].
    Cluster,
    /// Body: [`crate::parse::enterprise_database_config`].
    Database {
        /// `override=false`: only if a connection can be made.
        tried: bool,
    },
    /// Body: the function of [`crate::parse`] that is called like the object, as in `Change`.
    Create(Object),
    Change(Object, String),
    Delete(Object, String),
    /// Body: [`crate::parse::contact`], as in `ChangeContact`.
    CreateContact {
        book: String,
    },
    ChangeContact {
        book: String,
        id: String,
    },
    DeleteContact {
        book: String,
        id: String,
    },
    /// Body: [`crate::parse::contacts`].
    ReplaceContacts {
        book: String,
    },
    /// Body: [`crate::parse::contacts_csv`].
    ImportContacts {
        book: String,
    },
    /// Body: [`crate::parse::layout_config`].
    DesktopLayout,
    /// The default one, by the path of a user if one is named. Body: [`crate::parse::media_layout`].
    DefaultMediaLayout {
        user: Option<String>,
    },
    /// Body: [`crate::parse::assignment`].
    Assign(String, TeamList),
    /// Body: [`crate::parse::team_layout_config`].
    TeamLayout(String),
}

impl Administration {
    /// Whether it is served in every state of the server: without these three nobody could correct a wrong host.
    pub fn is_always_served(&self) -> bool {
        match self {
            Self::Look(read) => {
                matches!(read, SettingRead::System | SettingRead::Cluster | SettingRead::Database)
            }
            Self::Set(write) => {
                matches!(write, SettingWrite::System | SettingWrite::Cluster | SettingWrite::Database { .. })
            }
        }
    }
}

pub(super) fn look(read: SettingRead) -> Operation {
    Operation::Administer(Administration::Look(read))
}

pub(super) fn set(write: SettingWrite) -> Operation {
    Operation::Administer(Administration::Set(write))
}

/// The served part of the settings.
pub(super) const SETTINGS: &[Route] = &[
    read("/finesse/api/Teams", &["list teams"], "Teams", READ, |_, _| look(SettingRead::Teams)),
    read("/finesse/api/ConfigInfo", &["get ConfigInfo"], "ConfigInfo", READ, |_, _| {
        look(SettingRead::ConfigInfo)
    }),
    read("/finesse/api/SystemConfig", &["get SystemConfig"], "SystemConfig", READ, |_, _| {
        look(SettingRead::System)
    }),
    write("PUT", "/finesse/api/SystemConfig", &["change SystemConfig"], CHANGE, |_, _| {
        set(SettingWrite::System)
    })
    .taking("SystemConfig"),
    read("/finesse/api/ClusterConfig", &["get ClusterConfig"], "ClusterConfig", READ, |_, _| {
        look(SettingRead::Cluster)
    }),
    write("PUT", "/finesse/api/ClusterConfig", &["change ClusterConfig"], CHANGE, |_, _| {
        set(SettingWrite::Cluster)
    })
    .taking("ClusterConfig"),
    read(
        "/finesse/api/EnterpriseDatabaseConfig",
        &["get EnterpriseDatabaseConfig"],
        "EnterpriseDatabaseConfig",
        READ,
        |_, _| look(SettingRead::Database),
    ),
    write(
        "PUT",
        "/finesse/api/EnterpriseDatabaseConfig",
        &["change EnterpriseDatabaseConfig"],
        CHANGE,
        |_, request| {
            let tried = request.parameter("override").is_some_and(|value| value == "false");
            set(SettingWrite::Database { tried })
        },
    )
    .asking(&[OVERRIDE])
    .taking("EnterpriseDatabaseConfig"),
];

/// A read of a setting.
pub(super) const fn read(
    path: &'static str,
    rows: &'static [&'static str],
    response: &'static str,
    errors: &'static [ErrorType],
    operation: Asks,
) -> Route {
    get(path, rows, response, operation).roles(&[Role::Administrator]).refusing(errors)
}

/// A change of a setting; the body, if there is one, is named by [`Route::taking`].
pub(super) const fn write(
    method: &'static str,
    path: &'static str,
    rows: &'static [&'static str],
    errors: &'static [ErrorType],
    operation: Asks,
) -> Route {
    change(method, path, rows, operation).roles(&[Role::Administrator]).refusing(errors)
}

const OVERRIDE: Parameter = Parameter {
    name: "override",
    place: Place::Query,
    values: &["true", "false"],
    required: false,
    says: "false: only if a connection can be made",
};

pub(super) const READ: &[ErrorType] = &[
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    Forbidden,
    InternalServerError,
    ServiceUnavailable,
];

pub(super) const CHANGE: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    InvalidInput,
    ParameterMissing,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    Forbidden,
    InternalServerError,
    ServiceUnavailable,
];

pub(super) const LIST: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    Forbidden,
    InternalServerError,
    ServiceUnavailable,
];

pub(super) const ITEM: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    Forbidden,
    NotFound,
    InternalServerError,
    ServiceUnavailable,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::request;
    use crate::{HttpRequest, route};

    fn ask(method: &str, path: &str) -> Result<Operation, u16> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let asked =
            HttpRequest { query: query.to_owned(), ..request(method, &format!("/finesse/api/{path}")) };
        route(&asked).map(|matched| matched.operation).map_err(|failure| failure.status())
    }

    #[test]
    fn each_setting_is_reached_by_its_own_path() {
        let id = || "49".to_owned();
        let not_ready = || Ok(ReasonCategory::NotReady);
        for (method, path, asked) in [
            ("GET", "Teams", look(SettingRead::Teams)),
            ("GET", "ConfigInfo", look(SettingRead::ConfigInfo)),
            ("GET", "SystemConfig", look(SettingRead::System)),
            ("PUT", "SystemConfig/", set(SettingWrite::System)),
            ("GET", "ClusterConfig", look(SettingRead::Cluster)),
            ("PUT", "ClusterConfig", set(SettingWrite::Cluster)),
            ("GET", "EnterpriseDatabaseConfig", look(SettingRead::Database)),
            ("PUT", "EnterpriseDatabaseConfig", set(SettingWrite::Database { tried: false })),
            ("PUT", "EnterpriseDatabaseConfig?override=true", set(SettingWrite::Database { tried: false })),
            ("PUT", "EnterpriseDatabaseConfig?override=false", set(SettingWrite::Database { tried: true })),
            ("GET", "ReasonCodes?category=NOT_READY", look(SettingRead::ReasonCodes(not_ready()))),
            ("GET", "ReasonCode/49", look(SettingRead::One(Object::ReasonCode, id()))),
            ("POST", "ReasonCode", set(SettingWrite::Create(Object::ReasonCode))),
            ("PUT", "WorkflowAction/49", set(SettingWrite::Change(Object::WorkflowAction, id()))),
            ("DELETE", "PhoneBook/49/", set(SettingWrite::Delete(Object::PhoneBook, id()))),
            ("GET", "PhoneBook/49/Contact/7", look(SettingRead::Contact { book: id(), id: "7".into() })),
            (
                "POST",
                "PhoneBook/49/Contacts/csvFileContent",
                set(SettingWrite::ImportContacts { book: id() }),
            ),
            ("PUT", "LayoutConfig/default", set(SettingWrite::DesktopLayout)),
            ("PUT", "MediaPropertiesLayout/default", set(SettingWrite::DefaultMediaLayout { user: None })),
            (
                "PUT",
                "Team/49/ReasonCodes?category=NOT_READY",
                set(SettingWrite::Assign(id(), TeamList::ReasonCodes(not_ready()))),
            ),
        ] {
            assert_eq!(ask(method, path), Ok(asked), "{method} {path}");
        }
    }

    #[test]
    fn other_methods_are_405() {
        for (method, path) in [
            ("POST", "SystemConfig"),
            ("DELETE", "ClusterConfig"),
            ("POST", "EnterpriseDatabaseConfig"),
            ("GET", "ReasonCode"),
            ("POST", "ReasonCode/49"),
            ("PUT", "ReasonCodes"),
            ("DELETE", "PhoneBook/1/Contacts"),
            ("PUT", "PhoneBook/1/Contacts/csvFileContent"),
            ("DELETE", "LayoutConfig/default"),
            ("POST", "MediaPropertiesLayout/default"),
            ("DELETE", "MediaPropertiesLayout/default"),
            ("POST", "Team/1/Workflows"),
        ] {
            assert_eq!(ask(method, path), Err(405), "{method} {path}");
        }
    }

    #[test]
    fn of_the_settings_only_a_whole_phone_book_may_be_long() {
        let settings = crate::routes().filter(|route| route.is_for_administrators_only());
        let long = settings.filter(|route| route.longest > super::super::BODY_BYTES_MAX);
        let paths: Vec<_> = long.map(|route| (route.method, route.path)).collect();
        assert_eq!(
            paths,
            [
                ("PUT", "/finesse/api/PhoneBook/{phoneBookId}/Contacts"),
                ("POST", "/finesse/api/PhoneBook/{phoneBookId}/Contacts/csvFileContent"),
            ]
        );
    }
}
