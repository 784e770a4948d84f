//! The form of the file: names that stay, whatever the types of the program are called.

use node::SettingsChange;
use node::api::settings::{ClusterConfig, EnterpriseDatabaseConfig, HostPort, SystemConfig};
use node::domain::{ConfiguredReason, ReasonCategory, ReasonCode, ReasonCodes, Secret, TeamId};
use serde::{Deserialize, Serialize};

/// Everything that was ever set.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stored {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) system: Option<System>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cluster: Option<Cluster>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) database: Option<Database>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason_codes: Option<Reasons>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    host: String,
    port: u16,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct System {
    primary: Place,
    backup: Option<Place>,
    peripheral_id: u32,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cluster {
    secondary: Option<String>,
}

/// Never printed: it has a password.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Database {
    primary: Place,
    backup: Option<Place>,
    database: String,
    domain: Option<String>,
    username: String,
    password: String,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reasons {
    pub(super) last_id: i32,
    codes: Vec<Reason>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    id: i32,
    category: String,
    code: u16,
    label: String,
    for_all: bool,
    teams: Vec<u32>,
}

impl Stored {
    /// With this change.
    pub(super) fn with(self, change: &SettingsChange) -> Self {
        match change {
            SettingsChange::System(system) => Self { system: Some(system.into()), ..self },
            SettingsChange::Cluster(cluster) => {
                let secondary = cluster.secondary.clone();
                Self { cluster: Some(Cluster { secondary }), ..self }
            }
            SettingsChange::Database(database) => Self { database: Some(database.into()), ..self },
            SettingsChange::Reasons { codes, last } => {
                let codes = codes.0.iter().map(Reason::of).collect();
                Self { reason_codes: Some(Reasons { last_id: *last, codes }), ..self }
            }
        }
    }
}

/// What is wrong and where, without a copy of the value: it may be a password.
pub(super) fn without_values(reason: &serde_json::Error) -> String {
    let what = match reason.classify() {
        serde_json::error::Category::Data => "a value that cannot be",
        serde_json::error::Category::Syntax => "not JSON",
        serde_json::error::Category::Eof => "cut off",
        serde_json::error::Category::Io => "unreadable",
    };
    format!("line {}, column {}: {what}", reason.line(), reason.column())
}

impl From<&HostPort> for Place {
    fn from(HostPort { host, port }: &HostPort) -> Self {
        Self { host: host.clone(), port: *port }
    }
}

impl From<Place> for HostPort {
    fn from(Place { host, port }: Place) -> Self {
        Self { host, port }
    }
}

impl From<&SystemConfig> for System {
    fn from(system: &SystemConfig) -> Self {
        let backup = system.backup.as_ref().map(Place::from);
        Self { primary: (&system.primary).into(), backup, peripheral_id: system.peripheral_id }
    }
}

impl From<System> for SystemConfig {
    fn from(System { primary, backup, peripheral_id }: System) -> Self {
        Self { primary: primary.into(), backup: backup.map(HostPort::from), peripheral_id }
    }
}

impl From<Cluster> for ClusterConfig {
    fn from(Cluster { secondary }: Cluster) -> Self {
        Self { secondary }
    }
}

impl From<&EnterpriseDatabaseConfig> for Database {
    fn from(config: &EnterpriseDatabaseConfig) -> Self {
        let EnterpriseDatabaseConfig { primary, backup, database, domain, username, password } =
            config.clone();
        Self {
            primary: (&primary).into(),
            backup: backup.as_ref().map(Place::from),
            database,
            domain,
            username,
            password: password.expose().to_owned(),
        }
    }
}

impl From<Database> for EnterpriseDatabaseConfig {
    fn from(Database { primary, backup, database, domain, username, password }: Database) -> Self {
        let (primary, backup) = (primary.into(), backup.map(HostPort::from));
        Self { primary, backup, database, domain, username, password: Secret::new(password) }
    }
}

impl Reason {
    fn of(ConfiguredReason { code, teams }: &ConfiguredReason) -> Self {
        Self {
            id: code.id,
            category: code.category.as_str().to_owned(),
            code: code.code,
            label: code.label.clone(),
            for_all: code.for_all,
            teams: teams.iter().map(|team| team.0).collect(),
        }
    }
}

impl Reasons {
    /// As the program has them.
    pub(super) fn read(self) -> Result<ReasonCodes, String> {
        self.codes.into_iter().map(configured).collect::<Result<_, _>>().map(ReasonCodes)
    }
}

fn configured(reason: Reason) -> Result<ConfiguredReason, String> {
    let Reason { id, category, code, label, for_all, teams } = reason;
    let category = ReasonCategory::parse(&category)
        .ok_or_else(|| format!("reason code {id}: category must be NOT_READY or LOGOUT"))?;
    let code = ReasonCode { id, category, code, label, for_all, system: false };
    Ok(ConfiguredReason { code, teams: teams.into_iter().map(TeamId).collect() })
}
