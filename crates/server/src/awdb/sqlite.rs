//! The AWDB as a SQLite file: one SELECT after another on a read-only connection, bound parameters only.

use std::path::Path;
use std::time::Duration;

use node::SignInError;
use node::domain::{AgentId, Person, Secret, TeamId};
use rusqlite::{Connection, OpenFlags, Params, Row};

use super::password::{self, Encoding};

/// Longest user part that can match: Person.LoginName is varchar(255).
const USER_MAX: usize = 255;

/// Agents who exist on the peripheral; the two queries differ in their last condition only.
macro_rules! agents_where {
    ($condition:literal) => {
        concat!(
            "SELECT a.PeripheralNumber, p.LoginName, p.FirstName, p.LastName, p.Password, p.LoginEnabled, ",
            "a.SupervisorAgent, a.SkillTargetID FROM Agent a JOIN Person p ON p.PersonID = a.PersonID ",
            "WHERE a.PeripheralID = ?1 AND a.Deleted = 'N' AND p.Deleted = 'N' AND a.TemporaryAgent = 'N' ",
            "AND ",
            $condition,
            " LIMIT 2"
        )
    };
}

const BY_AGENT_ID: &str = agents_where!("a.PeripheralNumber = ?2");
const BY_LOGIN_NAME: &str = agents_where!("p.LoginNameShadow = ?2");

const TEAM_OF_AGENT: &str = "SELECT t.AgentTeamID, t.EnterpriseName FROM Agent_Team_Member m \
    JOIN Agent_Team t ON t.AgentTeamID = m.AgentTeamID WHERE m.SkillTargetID = ?1 ORDER BY t.AgentTeamID LIMIT 1";

const TEAMS_SUPERVISED: &str = "SELECT t.AgentTeamID, t.EnterpriseName FROM Agent_Team t \
    WHERE t.PriSupervisorSkillTargetID = ?1 OR t.AgentTeamID IN \
    (SELECT s.AgentTeamID FROM Agent_Team_Supervisor s WHERE s.SupervisorSkillTargetID = ?1) \
    ORDER BY t.AgentTeamID";

/// Who is asked for, and where.
pub(super) struct Question<'a> {
    pub(super) peripheral_id: u32,
    pub(super) user: &'a str,
    pub(super) given: &'a Secret,
    pub(super) encodings: &'a [Encoding],
}

/// Opens the file.
pub(super) fn open(path: &Path, deadline: Duration) -> Result<Connection, SignInError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(unreachable)?;
    connection.busy_timeout(deadline).map_err(unreachable)?;
    Ok(connection)
}

/// The person whose password was given (awdb.md sections 3 to 5).
pub(super) fn check(at: &Connection, question: &Question<'_>) -> Result<Person, SignInError> {
    let row = find(at, question)?;
    if row.login_enabled != "Y" {
        return Err(SignInError::Refused("LoginEnabled is not Y"));
    }
    let hash = password::parse(row.password.as_deref()).map_err(refused)?;
    if !password::verify(hash, question.given, question.encodings) {
        return Err(SignInError::Refused("wrong password"));
    }
    let supervisor = row.supervisor == "Y";
    Ok(Person {
        id: AgentId::new(&row.id),
        team: teams(at, TEAM_OF_AGENT, row.skill_target)?.into_iter().next(),
        // A row in Agent_Team_Supervisor without the flag makes nobody a supervisor (awdb.md section 5).
        supervises: if supervisor { teams(at, TEAMS_SUPERVISED, row.skill_target)? } else { Vec::new() },
        login_name: row.login_name,
        first_name: row.first_name,
        last_name: row.last_name,
        supervisor,
    })
}

/// The columns of the first SELECT.
struct Found {
    id: String,
    login_name: String,
    first_name: String,
    last_name: String,
    password: Option<String>,
    login_enabled: String,
    supervisor: String,
    skill_target: i64,
}

/// The agent id first, the login name if there is no such id; more than one row is a refusal, not a pick.
fn find(at: &Connection, question: &Question<'_>) -> Result<Found, SignInError> {
    if question.user.is_empty() || question.user.len() > USER_MAX {
        return Err(SignInError::Refused("no such user"));
    }
    let mut rows = select(at, BY_AGENT_ID, (question.peripheral_id, question.user), found)?;
    if rows.is_empty() {
        rows = select(at, BY_LOGIN_NAME, (question.peripheral_id, question.user.to_uppercase()), found)?;
    }
    match (rows.pop(), rows.len()) {
        (None, _) => Err(SignInError::Refused("no such user")),
        (Some(row), 0) => Ok(row),
        (Some(_), _) => Err(SignInError::Refused("more than one agent has this id or login name")),
    }
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        id: row.get("PeripheralNumber")?,
        login_name: row.get("LoginName")?,
        first_name: row.get("FirstName")?,
        last_name: row.get("LastName")?,
        password: row.get("Password")?,
        login_enabled: row.get("LoginEnabled")?,
        supervisor: row.get("SupervisorAgent")?,
        skill_target: row.get("SkillTargetID")?,
    })
}

fn teams(at: &Connection, sql: &str, skill_target: i64) -> Result<Vec<(TeamId, String)>, SignInError> {
    select(at, sql, [skill_target], |row| Ok((TeamId(row.get(0)?), row.get(1)?)))
}

fn select<T>(
    at: &Connection,
    sql: &str,
    bound: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, SignInError> {
    let mut statement = at.prepare_cached(sql).map_err(unreachable)?;
    let rows = statement.query_map(bound, read).map_err(unreachable)?;
    rows.collect::<rusqlite::Result<_>>().map_err(unreachable)
}

/// A missing file, table or column, a lock or a damaged page: the database cannot say yes or no.
fn unreachable(reason: rusqlite::Error) -> SignInError {
    SignInError::Unreachable(reason.to_string())
}

fn refused(reason: password::Unusable) -> SignInError {
    SignInError::Refused(match reason {
        password::Unusable::Absent => "no password is stored",
        password::Unusable::UnknownScheme => "the stored password has an unknown {enc:n} scheme",
        password::Unusable::Unparsable => "the stored password is not an MD5 hash",
    })
}
