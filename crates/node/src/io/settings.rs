use api::settings::{ClusterConfig, EnterpriseDatabaseConfig, HostPort, SystemConfig};

/// What administrators can set. Reason codes, which they can set too, are in [`crate::Config::reasons`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The CTI servers.
    pub system: SystemConfig,
    /// The other node.
    pub cluster: ClusterConfig,
    /// The AWDB, if it is a SQL Server.
    pub database: Option<EnterpriseDatabaseConfig>,
    /// The highest id that a reason code has had: none is given twice.
    pub last_reason: i32,
}

impl Default for Settings {
    /// A server on its own, with a CTI server on the same machine.
    fn default() -> Self {
        let primary = HostPort { host: "localhost".into(), port: api::settings::CTI_PORT };
        Self {
            system: SystemConfig { primary, backup: None, peripheral_id: 5000 },
            cluster: ClusterConfig { secondary: None },
            database: None,
            last_reason: 0,
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
