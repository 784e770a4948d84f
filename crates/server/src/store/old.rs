//! `settings.json`, in which settings were kept before there was a log: read once, and renamed.

use std::io;
use std::path::{Path, PathBuf};

use node::api::settings::{ClusterConfig, EnterpriseDatabaseConfig, HostPort, SystemConfig};
use node::domain::{Assigned, Kind, ReasonCategory, ReasonCode, Resources, Secret, TeamId};
use node::ledger::{Change, Key, Write};
use node::records::Edit;
use serde::Deserialize;

use super::{StoreError, unusable};
use crate::disk;

/// The longest file that was ours: 2,200 reason codes with labels of 40 characters and some hundred teams fit.
const BYTES_MAX: usize = 16 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    system: Option<System>,
    cluster: Option<Cluster>,
    database: Option<Database>,
    reason_codes: Option<Reasons>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    host: String,
    port: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct System {
    primary: Place,
    backup: Option<Place>,
    peripheral_id: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cluster {
    secondary: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Database {
    primary: Place,
    backup: Option<Place>,
    database: String,
    domain: Option<String>,
    username: String,
    password: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reasons {
    last_id: i32,
    codes: Vec<Reason>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    id: i32,
    category: String,
    code: u16,
    label: String,
    for_all: bool,
    teams: Vec<u32>,
}

pub(super) fn path(data_dir: &Path) -> PathBuf {
    data_dir.join("settings.json")
}

/// What was set, as one change of what the settings file says.
pub(super) fn read(path: &Path, of_file: &[Write]) -> Result<Option<Change>, StoreError> {
    let stored: Stored = match disk::read(path, BYTES_MAX).map(|text| serde_json::from_str(&text)) {
        Ok(Ok(stored)) => stored,
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => return Ok(None),
        Ok(Err(reason)) => return Err(unusable(path, without_values(&reason))),
        Err(reason) => return Err(unusable(path, reason.to_string())),
    };
    let writes = writes(stored, of_file).map_err(|why| unusable(path, why))?;
    let says = "what was set before was taken from settings.json".to_owned();
    Ok(Some(Change { writes, by: "holdfast".into(), says }))
}

/// It has been read, and never will be again.
pub(super) fn retire(path: &Path) -> io::Result<()> {
    match std::fs::rename(path, path.with_extension("json.imported")) {
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(()),
        renamed => renamed,
    }
}

fn writes(stored: Stored, of_file: &[Write]) -> Result<Vec<Write>, String> {
    let Stored { system, cluster, database, reason_codes } = stored;
    let edits = [
        system.map(|system| Edit::System(Some(system.into()))),
        cluster.map(|cluster| Edit::Cluster(Some(ClusterConfig { secondary: cluster.secondary }))),
        database.map(|database| Edit::Database(Some(database.into()))),
    ];
    let mut writes: Vec<Write> = edits.iter().flatten().map(Edit::write).collect();
    if let Some(reasons) = reason_codes {
        let gone = of_file.iter().filter(|write| is_of_reasons(&write.key));
        writes.extend(gone.map(|write| Write::remove(write.key.clone())));
        let edits = resources(reasons)?.edits().into_iter();
        writes.extend(edits.map(|edit| Edit::Resource(edit).write()));
    }
    Ok(writes)
}

/// A reason code, or which of them a team has.
fn is_of_reasons(key: &Key) -> bool {
    let lists: [Assigned; 2] = [ReasonCategory::NotReady.into(), ReasonCategory::Logout.into()];
    let is_list = |name: &str| lists.iter().any(|list| list.as_str() == name);
    key.kind() == "reason" || key.ids().nth(1).is_some_and(is_list)
}

fn resources(reasons: Reasons) -> Result<Resources, String> {
    let mut all = Resources::default();
    all.next_ids.insert(Kind::ReasonCode, reasons.last_id.saturating_add(1));
    for Reason { id, category, code, label, for_all, teams } in reasons.codes {
        let category = ReasonCategory::parse(&category)
            .ok_or_else(|| format!("reason code {id}: category must be NOT_READY or LOGOUT"))?;
        all.reasons.put(ReasonCode { id, category, code, label, for_all, system: false });
        teams.into_iter().for_each(|team| all.teams.add(TeamId(team), category.into(), id));
    }
    Ok(all)
}

/// What is wrong and where, without a copy of the value: it may be a password.
fn without_values(reason: &serde_json::Error) -> String {
    let what = match reason.classify() {
        serde_json::error::Category::Data => "a value that cannot be",
        serde_json::error::Category::Syntax => "not JSON",
        serde_json::error::Category::Eof => "cut off",
        serde_json::error::Category::Io => "unreadable",
    };
    format!("line {}, column {}: {what}", reason.line(), reason.column())
}

impl From<Place> for HostPort {
    fn from(Place { host, port }: Place) -> Self {
        Self { host, port }
    }
}

impl From<System> for SystemConfig {
    fn from(System { primary, backup, peripheral_id }: System) -> Self {
        Self { primary: primary.into(), backup: backup.map(HostPort::from), peripheral_id }
    }
}

impl From<Database> for EnterpriseDatabaseConfig {
    fn from(Database { primary, backup, database, domain, username, password }: Database) -> Self {
        let (primary, backup) = (primary.into(), backup.map(HostPort::from));
        Self { primary, backup, database, domain, username, password: Secret::new(password) }
    }
}
