//! The AWDB, with its password: without it nobody could sign in after a restart (rest-api.md section 16).

use api::settings::{EnterpriseDatabaseConfig, HostPort};
use domain::Secret;
use serde::{Deserialize, Serialize};

use super::place::Place;
use crate::ledger::Write;

pub(super) const KIND: &str = "database";

/// Never printed: it has a password.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Database {
    primary: Place,
    backup: Option<Place>,
    database: String,
    domain: Option<String>,
    username: String,
    password: String,
}

pub(super) fn write(database: Option<&EnterpriseDatabaseConfig>) -> Write {
    super::write(KIND.into(), database.map(form))
}

fn form(config: &EnterpriseDatabaseConfig) -> Database {
    let EnterpriseDatabaseConfig { primary, backup, database, domain, username, password } = config.clone();
    Database {
        primary: (&primary).into(),
        backup: backup.as_ref().map(Place::from),
        database,
        domain,
        username,
        password: password.expose().to_owned(),
    }
}

pub(super) fn read(value: Option<&str>) -> Result<Option<EnterpriseDatabaseConfig>, String> {
    Ok(super::parse(value)?.map(config))
}

fn config(
    Database { primary, backup, database, domain, username, password }: Database,
) -> EnterpriseDatabaseConfig {
    let (primary, backup) = (primary.into(), backup.map(HostPort::from));
    EnterpriseDatabaseConfig { primary, backup, database, domain, username, password: Secret::new(password) }
}
