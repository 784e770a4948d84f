//! Every endpoint that is served, in one table, and which of them a request asks for.
//!
//! The table agrees with the reference row by row (`tests/reference.rs`); what the reference has and the
//! table has not is listed in docs/compatibility.md. Who may ask stands in the table; whether somebody is who he
//! must be for it, the gate and everything that needs state are decided elsewhere.

use domain::ReasonCategory;

use crate::{ApiFailure, HttpRequest};

mod agents;
mod contacts;
mod objects;
mod settings;
mod table;
mod team_resources;
mod teams;

use agents::AGENTS;
use settings::SETTINGS;
pub use settings::{Administration, Object, SettingRead, SettingWrite, TeamList};
pub use table::{BODY_BYTES_MAX, Parameter, Place, Role, Route};

/// What a request asks for, by the line of the table that matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Answered without credentials and while out of service.
    SystemInfo,
    /// What there is to see on both nodes.
    Read(Reading),
    /// For a person: what he does.
    Act(Acting),
    /// A person's desktop tells of itself, for people to read later. Body: [`crate::parse::client_log`].
    ClientLog,
    /// A setting: on the primary node only.
    Administer(Administration),
}

/// What somebody looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the resources; ids are as in the path")]
pub enum Reading {
    Users,
    User {
        user: String,
    },
    UserDialogs {
        user: String,
    },
    Dialog {
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
    DefaultMediaLayout,
    MediaLayouts {
        user: String,
    },
    Workflows {
        user: String,
    },
    DesktopLayout {
        user: String,
    },
    OfTeam {
        team: String,
        what: TeamResource,
    },
    UserQueues {
        user: String,
    },
    Queue {
        id: String,
    },
    Team {
        id: String,
        /// Members who are signed out are listed, too.
        signed_out: bool,
    },
}

/// What the members of a team look at: what is for everybody, and what is the team's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are those of the resources")]
pub enum TeamResource {
    /// Of one category, or of both; or the failure to answer once rights are checked.
    ReasonCodes(Result<Option<ReasonCategory>, ApiFailure>),
    WrapUpReasons,
    MediaLayouts,
    /// How many contacts were asked for, or the failure to answer once rights are checked.
    PhoneBooks(Result<usize, ApiFailure>),
    Workflows,
    DesktopLayout,
}

/// What a person does.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "ids are as in the path")]
pub enum Acting {
    /// Body: [`crate::parse::user`].
    PutUser { user: String },
    /// Body: [`crate::parse::new_dialog`].
    CreateDialog { user: String },
    /// Body: [`crate::parse::dialog`].
    PutDialog { id: String },
}

/// A request, by the line of the table that it matched.
#[derive(Clone)]
pub struct Matched {
    /// The line.
    pub route: &'static Route,
    /// What its path names.
    pub subject: Subject,
    /// What it asks for.
    pub operation: Operation,
}

/// The object that a path names: what roles like `self` and `participant` are about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the ids are as in the path")]
pub enum Subject {
    User(String),
    Dialog(String),
    Team(String),
    /// Nothing that somebody has a part in.
    Other,
}

/// Every line of the table.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    const TABLE: &[&[Route]] = &[
        AGENTS,
        SETTINGS,
        objects::LISTS,
        objects::REASON_CODE,
        objects::WRAP_UP_REASON,
        objects::PHONE_BOOK,
        contacts::CONTACTS,
        objects::MEDIA_LAYOUT,
        objects::WORKFLOW,
        objects::WORKFLOW_ACTION,
        teams::TEAMS,
        team_resources::TEAM_RESOURCES,
    ];
    TABLE.iter().copied().flatten()
}

/// A path that exists and offers no method: clients take its 405 for "the dialog id is missing"
/// (rest-api.md section 19.4).
const DIALOG_WITHOUT_ID: &str = "/finesse/api/Dialog";

/// Finds the line, and what is asked for. One trailing slash is accepted; of query and headers, what the line says is read.
///
/// # Errors
/// 404 for a path, 405 for a method that is not served.
pub fn route(request: &HttpRequest) -> Result<Matched, ApiFailure> {
    let path = request.path.strip_suffix('/').unwrap_or(&request.path);
    let mut here: Vec<_> = routes().filter_map(|route| Some((route, captures(route.path, path)?))).collect();
    // A word of the table goes before an id: nothing has the id `default`.
    let ids = here.iter().map(|(_, captures)| captures.0.len()).min().unwrap_or_default();
    here.retain(|(_, captures)| captures.0.len() == ids);
    let served = here.iter().find(|(route, _)| route.method == request.method);
    if let Some((route, captures)) = served {
        let operation = (route.operation)(captures, request);
        return Ok(Matched { route, subject: subject(route.path, captures), operation });
    }
    if here.is_empty() && path != DIALOG_WITHOUT_ID {
        return Err(ApiFailure::not_found(path));
    }
    let mut allowed: Vec<_> = here.iter().map(|(route, _)| route.method).collect();
    // An id and a login name are two lines of the table, one below the other.
    allowed.dedup();
    Err(ApiFailure::method_not_allowed(&request.method, &allowed.join(", ")))
}

/// Bytes of the longest body of such a request, whoever sends it.
pub fn body_bytes_max(method: &str, path: &str) -> u32 {
    let path = path.strip_suffix('/').unwrap_or(path);
    let mut here = routes().filter(|route| route.method == method && captures(route.path, path).is_some());
    here.next().map_or(BODY_BYTES_MAX, |route| route.longest)
}

/// By the word before the first id.
fn subject(pattern: &str, captures: &Captures<'_>) -> Subject {
    let word = pattern.split_once("/{").and_then(|(before, _)| before.rsplit('/').next());
    match word {
        Some("User") => Subject::User(captures.at(0)),
        Some("Dialog") => Subject::Dialog(captures.at(0)),
        Some("Team" | "TeamResource") => Subject::Team(captures.at(0)),
        Some(_) | None => Subject::Other,
    }
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
    // Nearly every line of the table differs from the path before its first id.
    let agree = |(expected, given): &(u8, u8)| expected == given && *expected != b'{';
    let fixed = pattern.bytes().zip(path.bytes()).take_while(agree).count();
    if pattern.as_bytes().get(fixed).is_some_and(|next| *next != b'{') {
        return None;
    }
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

fn category(request: &HttpRequest) -> Result<ReasonCategory, ApiFailure> {
    let value = request.parameter("category").unwrap_or_default();
    ReasonCategory::parse(&value).ok_or_else(|| {
        ApiFailure::bad_request("The parameter category must be NOT_READY or LOGOUT", "category")
    })
}

/// The parameter that [`category`] reads.
const CATEGORY: Parameter = Parameter {
    name: "category",
    place: Place::Query,
    values: &["NOT_READY", "LOGOUT"],
    required: true,
    says: "which of the two kinds of reason codes",
};

#[cfg(test)]
mod tests {
    use domain::CONTACTS_OF_AGENT_MAX;
    use proptest::prelude::*;

    use super::*;
    use crate::testing::request;

    fn ask(method: &str, path: &str) -> Result<Operation, u16> {
        route(&request(method, path)).map(|matched| matched.operation).map_err(|failure| failure.status())
    }

    #[test]
    fn each_line_is_reached_by_its_own_path() {
        let user = || "1001".to_owned();
        let id = || "16804377".to_owned();
        let served = [
            ("GET", "/finesse/api/SystemInfo", Operation::SystemInfo),
            ("GET", "/finesse/api/User/1001", Operation::Read(Reading::User { user: user() })),
            ("PUT", "/finesse/api/User/1001", Operation::Act(Acting::PutUser { user: user() })),
            ("GET", "/finesse/api/User/1001/Dialogs", Operation::Read(Reading::UserDialogs { user: user() })),
            ("POST", "/finesse/api/User/1001/Dialogs", Operation::Act(Acting::CreateDialog { user: user() })),
            ("GET", "/finesse/api/Dialog/16804377", Operation::Read(Reading::Dialog { id: id() })),
            ("PUT", "/finesse/api/Dialog/16804377", Operation::Act(Acting::PutDialog { id: id() })),
            (
                "GET",
                "/finesse/api/User/1001/ReasonCode/49",
                Operation::Read(Reading::ReasonCode { user: user(), id: "49".to_owned() }),
            ),
            (
                "GET",
                "/finesse/api/User/1001/WrapUpReasons",
                Operation::Read(Reading::WrapUpReasons { user: user() }),
            ),
            (
                "GET",
                "/finesse/api/User/1001/WrapUpReason/7",
                Operation::Read(Reading::WrapUpReason { user: user(), id: "7".to_owned() }),
            ),
            (
                "GET",
                "/finesse/api/User/1001/PhoneBooks",
                Operation::Read(Reading::PhoneBooks { user: user(), contacts: Ok(CONTACTS_OF_AGENT_MAX) }),
            ),
            (
                "GET",
                "/finesse/api/User/1001/MediaPropertiesLayout",
                Operation::Read(Reading::MediaLayout { user: user() }),
            ),
            ("GET", "/finesse/api/User/1001/Queues", Operation::Read(Reading::UserQueues { user: user() })),
            ("GET", "/finesse/api/Queue/10", Operation::Read(Reading::Queue { id: "10".to_owned() })),
            (
                "GET",
                "/finesse/api/Team/500",
                Operation::Read(Reading::Team { id: "500".to_owned(), signed_out: true }),
            ),
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
            match route(&HttpRequest { query: query.to_owned(), ..list }).map(|matched| matched.operation) {
                Ok(Operation::Read(Reading::ReasonCodes { category, .. })) => {
                    category.map_err(|f| f.kind.as_str())
                }
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
            let operation = Operation::Read(Reading::Team { id: "500".to_owned(), signed_out: expected });
            assert_eq!(route(&team).ok().map(|matched| matched.operation), Some(operation), "{query}");
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
        let failure = route(&request("PATCH", "/finesse/api/User/1001/Dialogs")).err().unwrap();
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
            match route(&request).map(|matched| matched.operation) {
                Ok(Operation::Read(Reading::PhoneBooks { contacts, .. })) => {
                    contacts.map_err(|failure| failure.status())
                }
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
