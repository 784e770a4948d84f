//! Writes an AWDB of our own: for the lab, for tests, and for sites that run without a SQL Server.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rusqlite::{Connection, Transaction, params};

use super::password::stored_form;

const SCHEMA: &str = include_str!("schema.sql");

/// First key of persons and desk settings in a plain installation.
const FIRST_KEY: i64 = 5000;

/// The media routing domain of voice.
const VOICE: i64 = 1;

/// One agent as he is to be stored. Rights and teams as in awdb.md section 5.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Agent.SkillTargetID; unique among agents and skill groups.
    pub skill_target: u32,
    /// Agent.PeripheralNumber.
    pub id: String,
    /// Person.LoginName; LoginNameShadow follows from it.
    pub login_name: String,
    /// Person.FirstName.
    pub first_name: String,
    /// Person.LastName.
    pub last_name: String,
    /// Clear text, stored as a hash; `None` stores NULL.
    pub password: Option<String>,
    /// Agent.SupervisorAgent.
    pub supervisor: bool,
    /// Agent_Team_Member: id and name.
    pub team: Option<(u32, String)>,
    /// Agent_Team_Supervisor: id and name.
    pub supervises: Vec<(u32, String)>,
    /// Person.LoginEnabled.
    pub login_enabled: bool,
}

/// One skill group as it is to be stored.
#[derive(Clone, Debug)]
pub struct SkillGroupRow {
    /// Skill_Group.SkillTargetID.
    pub skill_target: u32,
    /// Skill_Group.EnterpriseName.
    pub name: String,
    /// Skill_Group.PeripheralNumber.
    pub number: u32,
}

/// Why no database could be written.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// The file could not be written or moved to its place.
    #[error("the database file: {0}")]
    File(#[from] std::io::Error),
    /// SQLite refused.
    #[error("the database: {0}")]
    Sql(#[from] rusqlite::Error),
}

/// Creates or replaces the database at `path`, for this user alone: it holds stored passwords. Readers see the old one or the
/// new one, never half of it.
pub fn create(
    path: &Path,
    peripheral_id: u32,
    people: &[PersonRow],
    skill_groups: &[SkillGroupRow],
) -> Result<(), CreateError> {
    let unfinished = path.with_extension("unfinished");
    match fs::remove_file(&unfinished) {
        Err(reason) if reason.kind() != std::io::ErrorKind::NotFound => return Err(reason.into()),
        _ => {}
    }
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
    let mut connection = Connection::open(&unfinished)?;
    connection.execute_batch(SCHEMA)?;
    let all = connection.transaction()?;
    fill(&all, peripheral_id, people)?;
    insert_skill_groups(&all, peripheral_id, skill_groups)?;
    all.commit()?;
    connection.close().map_err(|(_, reason)| reason)?;
    Ok(fs::rename(&unfinished, path)?)
}

fn fill(to: &Transaction<'_>, peripheral_id: u32, people: &[PersonRow]) -> rusqlite::Result<()> {
    to.execute(
        "INSERT INTO t_Agent_Desk_Settings (AgentDeskSettingsID, EnterpriseName) \
         VALUES (?1, 'Default_Agent_Desk_Settings')",
        [FIRST_KEY],
    )?;
    to.execute(
        "INSERT INTO t_Peripheral (PeripheralID, EnterpriseName, PeripheralName, AgentDeskSettingsID) \
         VALUES (?1, 'CUCM_PG_1', 'CUCM_PG_1', ?2)",
        params![peripheral_id, FIRST_KEY],
    )?;
    to.execute("INSERT INTO t_Controller_Time (NowTime) VALUES (datetime('now'))", [])?;
    insert_teams(to, peripheral_id, people)?;
    for (person, key) in people.iter().zip(FIRST_KEY..) {
        insert_person(to, key, person)?;
        insert_agent(to, key, peripheral_id, person)?;
        insert_memberships(to, person)?;
    }
    Ok(())
}

fn insert_teams(to: &Transaction<'_>, peripheral_id: u32, people: &[PersonRow]) -> rusqlite::Result<()> {
    let teams: BTreeMap<u32, &str> = people
        .iter()
        .flat_map(|person| person.team.iter().chain(&person.supervises))
        .map(|(id, name)| (*id, name.as_str()))
        .collect();
    for (id, name) in teams {
        to.execute(
            "INSERT INTO t_Agent_Team (AgentTeamID, EnterpriseName, PeripheralID) VALUES (?1, ?2, ?3)",
            params![id, name, peripheral_id],
        )?;
    }
    Ok(())
}

fn insert_person(to: &Transaction<'_>, key: i64, person: &PersonRow) -> rusqlite::Result<usize> {
    to.execute(
        "INSERT INTO t_Person \
         (PersonID, FirstName, LastName, LoginName, LoginNameShadow, Password, LoginEnabled) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            key,
            person.first_name,
            person.last_name,
            person.login_name,
            person.login_name.to_uppercase(),
            person.password.as_deref().map(stored_form),
            yes_or_no(person.login_enabled),
        ],
    )
}

fn insert_agent(
    to: &Transaction<'_>,
    key: i64,
    peripheral_id: u32,
    person: &PersonRow,
) -> rusqlite::Result<usize> {
    to.execute(
        "INSERT INTO t_Agent \
         (SkillTargetID, PersonID, PeripheralID, EnterpriseName, PeripheralNumber, SupervisorAgent) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            person.skill_target,
            key,
            peripheral_id,
            format!("Agent_{}", person.id),
            person.id,
            yes_or_no(person.supervisor)
        ],
    )
}

fn insert_memberships(to: &Transaction<'_>, person: &PersonRow) -> rusqlite::Result<()> {
    let key = person.skill_target;
    if let Some((team, _)) = &person.team {
        to.execute("INSERT INTO t_Agent_Team_Member VALUES (?1, ?2)", params![team, key])?;
    }
    for (team, _) in &person.supervises {
        to.execute("INSERT INTO t_Agent_Team_Supervisor VALUES (?1, ?2)", params![team, key])?;
    }
    Ok(())
}

fn insert_skill_groups(
    to: &Transaction<'_>,
    peripheral_id: u32,
    skill_groups: &[SkillGroupRow],
) -> rusqlite::Result<()> {
    for SkillGroupRow { skill_target, name, number } in skill_groups {
        to.execute(
            "INSERT INTO t_Skill_Group \
             (SkillTargetID, PeripheralID, EnterpriseName, PeripheralNumber, PeripheralName, MRDomainID) \
             VALUES (?1, ?2, ?3, ?4, ?3, ?5)",
            params![skill_target, peripheral_id, name, number, VOICE],
        )?;
    }
    Ok(())
}

fn yes_or_no(value: bool) -> &'static str {
    if value { "Y" } else { "N" }
}
