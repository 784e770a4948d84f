//! The part of the table that is for administrators: settings, on the primary node only (rest-api.md sections 10, 16).

use super::table::{Asks, Parameter, Place, Role, Route, change, get};
use super::{CATEGORY, Operation, category};
use crate::{ApiFailure, ErrorType};
use ErrorType::*;
use domain::ReasonCategory;

/// What an administrator asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the resources; ids are as in the path")]
pub enum Administration {
    GetTeams,
    GetConfigInfo,
    GetSystemConfig,
    /// Body: [`crate::parse::system_config`].
    PutSystemConfig,
    GetClusterConfig,
    /// Body: [`crate::parse::cluster_config`].
    PutClusterConfig,
    GetEnterpriseDatabaseConfig,
    /// Body: [`crate::parse::enterprise_database_config`].
    PutEnterpriseDatabaseConfig {
        /// `override=false`: only if a connection can be made.
        tried: bool,
    },
    ReasonCodes {
        /// The failure to answer once rights are checked, if the parameter is missing or wrong.
        category: Result<ReasonCategory, ApiFailure>,
    },
    GetReasonCode {
        id: String,
    },
    /// Body: [`crate::parse::new_reason`].
    PostReasonCode,
    /// Body: [`crate::parse::reason_change`].
    PutReasonCode {
        id: String,
    },
    DeleteReasonCode {
        id: String,
    },
}

impl Administration {
    /// Whether it is served in every state of the server: without these three nobody could correct a wrong host.
    pub fn is_always_served(&self) -> bool {
        match self {
            Self::GetSystemConfig
            | Self::PutSystemConfig
            | Self::GetClusterConfig
            | Self::PutClusterConfig
            | Self::GetEnterpriseDatabaseConfig
            | Self::PutEnterpriseDatabaseConfig { .. } => true,
            Self::GetTeams
            | Self::GetConfigInfo
            | Self::ReasonCodes { .. }
            | Self::GetReasonCode { .. }
            | Self::PostReasonCode
            | Self::PutReasonCode { .. }
            | Self::DeleteReasonCode { .. } => false,
        }
    }
}

/// The served part of the settings.
pub(super) const SETTINGS: &[Route] = &[
    read("/finesse/api/Teams", &["list teams"], "Teams", READ, |_, _| {
        Operation::Administer(Administration::GetTeams)
    }),
    read("/finesse/api/ConfigInfo", &["get ConfigInfo"], "ConfigInfo", READ, |_, _| {
        Operation::Administer(Administration::GetConfigInfo)
    }),
    read("/finesse/api/SystemConfig", &["get SystemConfig"], "SystemConfig", READ, |_, _| {
        Operation::Administer(Administration::GetSystemConfig)
    }),
    write("PUT", "/finesse/api/SystemConfig", &["change SystemConfig"], CHANGE, |_, _| {
        Operation::Administer(Administration::PutSystemConfig)
    })
    .taking("SystemConfig"),
    read("/finesse/api/ClusterConfig", &["get ClusterConfig"], "ClusterConfig", READ, |_, _| {
        Operation::Administer(Administration::GetClusterConfig)
    }),
    write("PUT", "/finesse/api/ClusterConfig", &["change ClusterConfig"], CHANGE, |_, _| {
        Operation::Administer(Administration::PutClusterConfig)
    })
    .taking("ClusterConfig"),
    read(
        "/finesse/api/EnterpriseDatabaseConfig",
        &["get EnterpriseDatabaseConfig"],
        "EnterpriseDatabaseConfig",
        READ,
        |_, _| Operation::Administer(Administration::GetEnterpriseDatabaseConfig),
    ),
    write(
        "PUT",
        "/finesse/api/EnterpriseDatabaseConfig",
        &["change EnterpriseDatabaseConfig"],
        CHANGE,
        |_, request| {
            let tried = request.parameter("override").is_some_and(|value| value == "false");
            Operation::Administer(Administration::PutEnterpriseDatabaseConfig { tried })
        },
    )
    .asking(&[OVERRIDE])
    .taking("EnterpriseDatabaseConfig"),
    read("/finesse/api/ReasonCodes", &["list ReasonCodes"], "ReasonCodes", LIST, |_, request| {
        Operation::Administer(Administration::ReasonCodes { category: category(request) })
    })
    .asking(&[CATEGORY]),
    read("/finesse/api/ReasonCode/{id}", &["get ReasonCode"], "ReasonCode", ITEM, |ids, _| {
        Operation::Administer(Administration::GetReasonCode { id: ids.at(0) })
    }),
    write("POST", "/finesse/api/ReasonCode", &["create ReasonCode"], CREATE, |_, _| {
        Operation::Administer(Administration::PostReasonCode)
    })
    .taking("ReasonCode"),
    write("PUT", "/finesse/api/ReasonCode/{id}", &["change ReasonCode"], CHANGE_ITEM, |ids, _| {
        Operation::Administer(Administration::PutReasonCode { id: ids.at(0) })
    })
    .taking("ReasonCode"),
    write("DELETE", "/finesse/api/ReasonCode/{id}", &["delete ReasonCode"], ITEM, |ids, _| {
        Operation::Administer(Administration::DeleteReasonCode { id: ids.at(0) })
    }),
];

/// A read of a setting.
const fn read(
    path: &'static str,
    rows: &'static [&'static str],
    response: &'static str,
    errors: &'static [ErrorType],
    operation: Asks,
) -> Route {
    get(path, rows, response, operation).roles(&[Role::Administrator]).refusing(errors)
}

/// A change of a setting; the body, if there is one, is named by [`Route::taking`].
const fn write(
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

const READ: &[ErrorType] = &[
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    Forbidden,
    InternalServerError,
    ServiceUnavailable,
];

const CHANGE: &[ErrorType] = &[
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

const LIST: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    Forbidden,
    InternalServerError,
    ServiceUnavailable,
];

const ITEM: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    Forbidden,
    NotFound,
    InternalServerError,
    ServiceUnavailable,
];

const CREATE: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    InvalidInput,
    MaximumExceeded,
    AuthorizationFailure,
    InvalidAuthorizationUserSpecified,
    Forbidden,
    NotFound,
    InternalServerError,
    ServiceUnavailable,
];

const CHANGE_ITEM: &[ErrorType] = &[
    BadRequest,
    FinesseApiError,
    InvalidInput,
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

    fn ask(method: &str, path: &str) -> Result<Administration, u16> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let asked = HttpRequest { query: query.to_owned(), ..request(method, path) };
        match route(&asked).map_err(|failure| failure.status())?.operation {
            Operation::Administer(administration) => Ok(administration),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_setting_is_reached_by_its_own_path() {
        use Administration::*;
        let id = || "49".to_owned();
        let not_ready = || ReasonCodes { category: Ok(ReasonCategory::NotReady) };
        for (method, path, asked) in [
            ("GET", "Teams", GetTeams),
            ("GET", "ConfigInfo", GetConfigInfo),
            ("GET", "SystemConfig", GetSystemConfig),
            ("PUT", "SystemConfig/", PutSystemConfig),
            ("GET", "ClusterConfig", GetClusterConfig),
            ("PUT", "ClusterConfig", PutClusterConfig),
            ("GET", "EnterpriseDatabaseConfig", GetEnterpriseDatabaseConfig),
            ("PUT", "EnterpriseDatabaseConfig", PutEnterpriseDatabaseConfig { tried: false }),
            ("PUT", "EnterpriseDatabaseConfig?override=true", PutEnterpriseDatabaseConfig { tried: false }),
            ("PUT", "EnterpriseDatabaseConfig?override=false", PutEnterpriseDatabaseConfig { tried: true }),
            ("GET", "ReasonCodes?category=NOT_READY", not_ready()),
            ("GET", "ReasonCode/49", GetReasonCode { id: id() }),
            ("POST", "ReasonCode", PostReasonCode),
            ("PUT", "ReasonCode/49", PutReasonCode { id: id() }),
            ("DELETE", "ReasonCode/49/", DeleteReasonCode { id: id() }),
        ] {
            assert_eq!(ask(method, &format!("/finesse/api/{path}")), Ok(asked), "{method} {path}");
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
        ] {
            assert_eq!(ask(method, &format!("/finesse/api/{path}")), Err(405), "{method} {path}");
        }
    }
}
