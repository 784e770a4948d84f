//! The questions, each a straight line of SELECTs on one connection to one host (awdb.md sections 3 to 5).
//!
//! Never knows which kind of database answers, and never tries another one.

use std::collections::BTreeMap;

use node::SignInError;
use node::domain::{AgentId, Person, Secret, TeamId};

use tracing::warn;

use super::answers::{Agent, Checked, MarkKey, People, Probe, SkillGroup, Team};
use super::password::{self, Encoding};
use super::query::{self, LIST_MAX, Query};
use super::row::{Odd, Row};

/// Longest user part that can match: Person.LoginName is varchar(255).
const USER_MAX: usize = 255;

/// Most characters of a password that is hashed at all. No column bounds it, since only its hash is stored; but nobody
/// was given a longer one, varchar(255) being the longest text the administration takes.
const PASSWORD_MAX: usize = 255;

/// Why a database cannot say yes or no. The text names host, database and cause, and never holds a credential.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct Fault(pub(super) String);

impl From<Fault> for SignInError {
    fn from(fault: Fault) -> Self {
        Self::Unreachable(fault.0)
    }
}

/// A value for a parameter.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bound<'a> {
    Number(u32),
    Text(&'a str),
}

/// A connection that takes one SELECT after another.
pub(super) trait Source {
    /// The rows, each read as it comes.
    async fn select<T>(
        &mut self,
        query: &Query,
        bound: &[Bound<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T, Odd>,
    ) -> Result<Vec<T>, Fault>;

    /// The fault in the words of this host.
    fn fault(&self, why: String) -> Fault;
}

/// What a check has to know beside who is asked for.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) peripheral_id: u32,
    pub(super) encodings: Vec<Encoding>,
    pub(super) key: MarkKey,
}

/// Who is asked for.
pub(super) struct Question {
    pub(super) user: String,
    pub(super) given: Secret,
}

impl Question {
    /// What needs no database to be refused.
    pub(super) fn new(user: String, given: Secret) -> Result<Self, SignInError> {
        if user.is_empty() || user.chars().count() > USER_MAX {
            return Err(SignInError::Refused("no such user"));
        }
        if given.expose().chars().count() > PASSWORD_MAX {
            return Err(SignInError::Refused("the password is longer than any that can be stored"));
        }
        Ok(Self { user, given })
    }
}

/// The person whose password was given.
pub(super) async fn check(
    at: &mut impl Source,
    rules: &Rules,
    question: &Question,
) -> Result<Checked, SignInError> {
    let row = find(at, rules, &question.user).await?;
    if row.login_enabled != "Y" {
        return Err(SignInError::Refused("LoginEnabled is not Y"));
    }
    let hash = match password::parse(row.password.as_deref()) {
        Ok(hash) => hash,
        Err(why @ password::Unusable::Absent) => return Err(SignInError::Refused(why.says())),
        Err(why) => {
            return Err(SignInError::Unusable(at.fault(format!("Person.Password: {}", why.says())).0));
        }
    };
    if !password::verify(hash, &question.given, &rules.encodings) {
        return Err(SignInError::Refused("wrong password"));
    }
    let mark = rules.key.mark(row.password.as_deref(), &row.login_enabled);
    let team = teams(at, &query::TEAM_OF_AGENT, row.skill_target).await?.into_iter().next();
    // A row in Agent_Team_Supervisor without the flag makes nobody a supervisor (awdb.md section 5).
    let supervises = match row.supervisor {
        true => teams(at, &query::TEAMS_SUPERVISED, row.skill_target).await?,
        false => Vec::new(),
    };
    let Found { id, login_name, first_name, last_name, supervisor, .. } = row;
    let person =
        Person { id: AgentId::new(&id), login_name, first_name, last_name, supervisor, team, supervises };
    Ok(Checked { person, mark })
}

/// How fresh the host is.
pub(super) async fn probe(at: &mut impl Source) -> Result<Probe, Fault> {
    let rows = at.select(&query::NOW_TIME, &[], |row| Ok(row.text(0)?.to_owned())).await?;
    let now_time = rows.into_iter().next();
    now_time.map(|now_time| Probe { now_time }).ok_or_else(|| at.fault("Controller_Time is empty".into()))
}

/// Everybody and every group.
pub(super) async fn people(at: &mut impl Source, rules: &Rules) -> Result<People, Fault> {
    let here = [Bound::Number(rules.peripheral_id)];
    let read = list(at, &query::AGENTS, &here, |row| Ok(agent(row, &rules.key))).await?;
    let mut agents = sound(at, read)?;
    let mut teams = list(at, &query::TEAMS, &here, team).await?;
    let members =
        list(at, &query::MEMBERS, &here, |row| Ok((row.number(0)?, TeamId(row.number(1)?)))).await?;
    let mut leads =
        list(at, &query::SUPERVISORS, &here, |row| Ok((TeamId(row.number(1)?), row.number(0)?))).await?;
    let skill_groups = list(at, &query::SKILL_GROUPS, &here, skill_group).await?;
    leads.extend(teams.iter().filter_map(|(team, primary)| primary.map(|primary| (team.id, primary))));
    join(&mut agents, &mut teams, &members, &leads);
    Ok(People { agents, teams: teams.into_iter().map(|(team, _)| team).collect(), skill_groups })
}

/// Without the rows that are of no use, of which the log is told; if all are, the database is.
fn sound(at: &impl Source, read: Vec<Result<Agent, Odd>>) -> Result<Vec<Agent>, Fault> {
    let odd: Vec<Odd> = read.iter().filter_map(|row| row.as_ref().err()).copied().collect();
    let agents: Vec<Agent> = read.into_iter().flatten().collect();
    match odd.first() {
        Some(first) if agents.is_empty() => Err(at.fault(first.to_string())),
        Some(first) => {
            let left_out = format!("{} agents are left out of the background read, one since its", odd.len());
            warn!("{}", at.fault(format!("{left_out} {first}")).0);
            Ok(agents)
        }
        None => Ok(agents),
    }
}

/// The columns of the first SELECT.
struct Found {
    id: String,
    login_name: String,
    login_name_shadow: String,
    first_name: String,
    last_name: String,
    password: Option<String>,
    login_enabled: String,
    supervisor: bool,
    skill_target: u32,
}

/// The agent id first, the login name if there is no such id; more than one row is a refusal, not a pick.
async fn find(at: &mut impl Source, rules: &Rules, user: &str) -> Result<Found, SignInError> {
    let shadow = user.to_uppercase();
    let by = |text| [Bound::Number(rules.peripheral_id), Bound::Text(text)];
    let read = |row: &Row<'_>| Ok(found(row));
    let mut rows = at.select(&query::AGENT_BY_ID, &by(user), read).await?;
    // A collation may hold for equal what is not: other case, spaces at the end, look-alikes of another alphabet.
    rows.retain(|row| row.as_ref().map_or(true, |row| row.id == user));
    if rows.is_empty() {
        rows = at.select(&query::AGENT_BY_LOGIN_NAME, &by(&shadow), read).await?;
        rows.retain(|row| row.as_ref().map_or(true, |row| row.login_name_shadow == shadow));
    }
    match (rows.pop(), rows.len()) {
        (None, _) => Err(SignInError::Refused("no such user")),
        (Some(row), 0) => row.map_err(|odd| SignInError::Unusable(at.fault(odd.to_string()).0)),
        (Some(_), _) => Err(SignInError::Refused("more than one agent has this id or login name")),
    }
}

fn found(row: &Row<'_>) -> Result<Found, Odd> {
    Ok(Found {
        id: row.text(0)?.to_owned(),
        login_name: row.text(1)?.to_owned(),
        login_name_shadow: row.text(2)?.to_owned(),
        first_name: row.text(3)?.to_owned(),
        last_name: row.text(4)?.to_owned(),
        password: row.optional_text(5)?.map(ToOwned::to_owned),
        login_enabled: row.text(6)?.to_owned(),
        supervisor: row.is_yes(7)?,
        skill_target: row.number(8)?,
    })
}

async fn teams(at: &mut impl Source, query: &Query, of: u32) -> Result<Vec<(TeamId, String)>, Fault> {
    list(at, query, &[Bound::Number(of)], |row| Ok((TeamId(row.number(0)?), row.text(1)?.to_owned()))).await
}

async fn list<T>(
    at: &mut impl Source,
    query: &Query,
    bound: &[Bound<'_>],
    read: impl FnMut(&Row<'_>) -> Result<T, Odd>,
) -> Result<Vec<T>, Fault> {
    match at.select(query, bound, read).await? {
        rows if rows.len() > LIST_MAX => Err(at.fault(format!("{}: more than {LIST_MAX} rows", query.name))),
        rows => Ok(rows),
    }
}

fn agent(row: &Row<'_>, key: &MarkKey) -> Result<Agent, Odd> {
    let enabled = row.text(6)?;
    Ok(Agent {
        skill_target: row.number(0)?,
        id: AgentId::new(row.text(1)?),
        login_name: row.text(2)?.to_owned(),
        first_name: row.text(3)?.to_owned(),
        last_name: row.text(4)?.to_owned(),
        mark: key.mark(row.optional_text(5)?, enabled),
        enabled: enabled == "Y",
        supervisor: row.is_yes(7)?,
        deleted: row.is_yes(8)? || row.is_yes(9)?,
        team: None,
    })
}

/// The team, and the skill target of its primary supervisor.
fn team(row: &Row<'_>) -> Result<(Team, Option<u32>), Odd> {
    let (id, name) = (TeamId(row.number(0)?), row.text(1)?.to_owned());
    Ok((Team { id, name, primary_supervisor: None, supervisors: Vec::new() }, row.optional_number(2)?))
}

fn skill_group(row: &Row<'_>) -> Result<SkillGroup, Odd> {
    Ok(SkillGroup { skill_target: row.number(0)?, name: row.text(1)?.to_owned(), number: row.number(2)? })
}

/// Fills in who is where; keys of agents become agent ids.
fn join(
    agents: &mut [Agent],
    teams: &mut [(Team, Option<u32>)],
    members: &[(u32, TeamId)],
    leads: &[(TeamId, u32)],
) {
    let mut team_of = BTreeMap::new();
    members.iter().for_each(|(agent, team)| _ = team_of.entry(*agent).or_insert(*team));
    agents.iter_mut().for_each(|agent| agent.team = team_of.get(&agent.skill_target).copied());
    let supervisors: BTreeMap<u32, &AgentId> = agents
        .iter()
        .filter(|agent| agent.supervisor && !agent.deleted)
        .map(|agent| (agent.skill_target, &agent.id))
        .collect();
    let mut led: BTreeMap<TeamId, Vec<AgentId>> = BTreeMap::new();
    for (team, by) in leads {
        led.entry(*team).or_default().extend(supervisors.get(by).map(|id| (*id).clone()));
    }
    for (team, primary) in teams {
        team.primary_supervisor =
            primary.and_then(|primary| supervisors.get(&primary).map(|id| (*id).clone()));
        team.supervisors = led.remove(&team.id).unwrap_or_default();
        team.supervisors.sort_unstable();
        team.supervisors.dedup();
    }
}
