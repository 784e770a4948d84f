//! From what is in the log to the settings that a server starts with.

use node::api::settings::{ClusterConfig, EnterpriseDatabaseConfig, HostPort, SystemConfig};
use node::failover::fence::Rank;
use node::ledger::Objects;
use node::records::Edit;
use tracing::warn;

use crate::awdb::Databases;
use crate::awdb::sqlserver::{Account, Settings};
use crate::config::Config;
use crate::net::cti::Host;

/// What the server itself is set up with; the node takes the rest, and judges all of it.
pub(super) fn apply(objects: &Objects, config: &mut Config) -> Result<(), String> {
    for edit in Edit::all(objects).map_err(|fault| fault.to_string())? {
        match edit {
            Edit::System(Some(system)) => use_system(system, config),
            Edit::Cluster(Some(cluster)) => use_cluster(cluster, config),
            Edit::Database(Some(database)) => use_database(database, config),
            Edit::System(None) | Edit::Cluster(None) | Edit::Database(None) => {}
            Edit::Resource(_) | Edit::File(_) | Edit::Log(_) => {}
        }
    }
    Ok(())
}

fn use_system(system: SystemConfig, config: &mut Config) {
    config.cti.a = host(&system.primary);
    config.cti.b = system.backup.as_ref().map(host);
    config.node.cti.has_b = system.backup.is_some();
    config.node.peripheral_id = system.peripheral_id;
    config.awdb.peripheral_id = system.peripheral_id;
    config.node.settings.system = system;
}

/// The secondary node knows by its own settings file who it is.
fn use_cluster(cluster: ClusterConfig, config: &mut Config) {
    if config.node.fence.rank == Rank::Primary {
        config.node.secondary.clone_from(&cluster.secondary);
    }
    config.node.settings.cluster = cluster;
}

/// An AWDB that cannot be used any more, since the settings file was changed, gives way to that of the settings file.
fn use_database(database: EnterpriseDatabaseConfig, config: &mut Config) {
    match databases(&config.awdb.databases, &database) {
        Ok(databases) => {
            config.awdb.databases = databases;
            config.node.awdb.secondary = database.backup.is_some();
            config.node.settings.database = Some(database);
        }
        Err(why) => {
            warn!(what = "settings.database", "the AWDB that was set through the API is not used: {why}")
        }
    }
}

/// The databases of a new setting. How they are encrypted, known and timed is the settings file's.
///
/// # Errors
/// If this server cannot use them.
pub(crate) fn databases(now: &Databases, wanted: &EnterpriseDatabaseConfig) -> Result<Databases, String> {
    let settings = match now {
        Databases::SqlServer(settings) => settings,
        Databases::Sqlite { .. } => {
            return Err(
                "the people are in a SQLite file: set awdb.kind = \"sqlserver\" in the settings file".into(),
            );
        }
    };
    if wanted.domain.is_some() && !cfg!(feature = "ntlm") {
        return Err("domain: an account of a domain signs in by NTLM, which this server was built without; name a SQL \
                    login and leave the domain empty"
            .into());
    }
    Ok(Databases::SqlServer(Settings {
        primary: host(&wanted.primary),
        secondary: wanted.backup.as_ref().map(host),
        database: wanted.database.clone(),
        account: Account {
            domain: wanted.domain.clone(),
            username: wanted.username.clone(),
            password: wanted.password.clone(),
        },
        ..settings.clone()
    }))
}

fn host(place: &HostPort) -> Host {
    Host { host: place.host.clone(), port: place.port }
}
