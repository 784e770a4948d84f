//! What one line of the table says, and how lines are written.

use super::{Captures, Operation};
use crate::{ErrorType, HttpRequest};

/// Bytes of the longest body where a line says nothing else; ten times what the longest request of a desktop takes.
pub const BODY_BYTES_MAX: u32 = 1 << 20;

/// Who may ask, as the reference calls them (rest-api.toml, legend). Whoever has none of a line's roles is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// `none`: no credentials are asked for.
    Anybody,
    /// `self`: the user of the path.
    Own,
    /// `agent`: anybody of the AWDB.
    Agent,
    /// `supervisor`: of whatever team.
    Supervisor,
    /// `supervisor-of-user`: of the user of the path, or of one who takes part in the dialog of the path.
    SupervisorOfUser,
    /// `supervisor-of-team`: of the team of the path.
    SupervisorOfTeam,
    /// `member-of-team`: of the team of the path.
    MemberOfTeam,
    /// `participant`: in the dialog of the path.
    Participant,
    /// `administrator`: one of the accounts of the server; never an agent.
    Administrator,
}

impl Role {
    /// The word of the reference.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Anybody => "none",
            Self::Own => "self",
            Self::Agent => "agent",
            Self::Supervisor => "supervisor",
            Self::SupervisorOfUser => "supervisor-of-user",
            Self::SupervisorOfTeam => "supervisor-of-team",
            Self::MemberOfTeam => "member-of-team",
            Self::Participant => "participant",
            Self::Administrator => "administrator",
        }
    }
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the query.
    Query,
    /// In a header.
    Header,
}

/// A parameter beside those of the path. All others are ignored (rest-api.md section 1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// As it is written.
    pub name: &'static str,
    /// Query or header.
    pub place: Place,
    /// The values that mean something; empty if they are not to be listed.
    pub values: &'static [&'static str],
    /// Refused without it.
    pub required: bool,
    /// One sentence.
    pub says: &'static str,
}

/// One line: a method on a path.
#[derive(Clone, Copy)]
pub struct Route {
    /// `GET`, `PUT`, `POST` or `DELETE`.
    pub method: &'static str,
    /// The path of the reference, with `{name}` for a variable segment.
    pub path: &'static str,
    /// The rows of the reference that are served by this line.
    pub rows: &'static [&'static str],
    /// Who is served.
    pub roles: &'static [Role],
    /// Root element of the body, or its media type if it is no XML; empty if there is none.
    pub request: &'static str,
    /// Bytes of the longest body.
    pub longest: u32,
    /// What is read of the query and of headers of its own.
    pub parameters: &'static [Parameter],
    /// Statuses of success.
    pub success: &'static [u16],
    /// Root element of the body of a success, or its media type; empty if it has none.
    pub response: &'static str,
    /// What it can be refused with, in the order of the reference.
    pub errors: &'static [ErrorType],
    /// What else it can be refused with: where this server differs (docs/compatibility.md).
    pub also: &'static [ErrorType],
    pub(super) operation: Asks,
}

/// What a request asks for, by the segments of its path and by its query and headers.
pub(super) type Asks = fn(&Captures<'_>, &HttpRequest) -> Operation;

/// Nobody may ask until roles are named.
const NEW: Route = Route {
    method: "",
    path: "",
    rows: &[],
    roles: &[],
    request: "",
    longest: BODY_BYTES_MAX,
    parameters: &[],
    success: &[],
    response: "",
    errors: &[],
    also: &[],
    operation: |_, _| Operation::SystemInfo,
};

/// A read: 200 with a document.
pub(super) const fn get(
    path: &'static str,
    rows: &'static [&'static str],
    response: &'static str,
    operation: Asks,
) -> Route {
    Route { method: "GET", path, rows, response, success: &[200], operation, ..NEW }
}

/// A request whose outcome comes as an event: 202 without a body.
pub(super) const fn act(
    method: &'static str,
    path: &'static str,
    rows: &'static [&'static str],
    request: &'static str,
    operation: Asks,
) -> Route {
    Route { method, path, rows, request, success: &[202], operation, ..NEW }
}

/// A change of a setting: 200 without a body.
pub(super) const fn change(
    method: &'static str,
    path: &'static str,
    rows: &'static [&'static str],
    operation: Asks,
) -> Route {
    Route { method, path, rows, success: &[200], operation, ..NEW }
}

impl Route {
    /// For these roles.
    pub(super) const fn roles(self, roles: &'static [Role]) -> Self {
        Self { roles, ..self }
    }

    /// With this root element in the body, or a body of this media type.
    pub(super) const fn taking(self, request: &'static str) -> Self {
        Self { request, ..self }
    }

    /// With a body of up to so many bytes, where the usual are not enough.
    pub(super) const fn up_to(self, longest: u32) -> Self {
        Self { longest, ..self }
    }

    /// Reads these parameters.
    pub(super) const fn asking(self, parameters: &'static [Parameter]) -> Self {
        Self { parameters, ..self }
    }

    /// With these statuses of success instead of the usual one.
    pub(super) const fn answering(self, success: &'static [u16]) -> Self {
        Self { success, ..self }
    }

    /// Refused with one of these.
    pub(super) const fn refusing(self, errors: &'static [ErrorType]) -> Self {
        Self { errors, ..self }
    }

    /// Or with one of these, which the reference has not.
    pub(super) const fn also(self, also: &'static [ErrorType]) -> Self {
        Self { also, ..self }
    }

    /// Nobody else may ask.
    pub fn is_for_administrators_only(&self) -> bool {
        self.roles == [Role::Administrator]
    }
}
