use api::settings::{ClusterConfig, EnterpriseDatabaseConfig, HostPort, SystemConfig};

/// What administrators set for the servers. What they set for people is in [`crate::Config::resources`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The CTI servers.
    pub system: SystemConfig,
    /// The other node.
    pub cluster: ClusterConfig,
    /// The AWDB, if it is a SQL Server.
    pub database: Option<EnterpriseDatabaseConfig>,
}

impl Default for Settings {
    /// A server on its own, with a CTI server on the same machine.
    fn default() -> Self {
        let primary = HostPort { host: "localhost".into(), port: api::settings::CTI_PORT };
        Self {
            system: SystemConfig { primary, backup: None, peripheral_id: 5000 },
            cluster: ClusterConfig { secondary: None },
            database: None,
        }
    }
}

/// Names a change that is tried before it is made. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeId(pub u64);

/// Why an AWDB is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseFault {
    /// This server cannot use such an AWDB at all.
    Unusable(String),
    /// It was tried, and did not answer; names host, database and cause.
    Unreachable(String),
}
