use api::settings::{ClusterConfig, EnterpriseDatabaseConfig, HostPort, SystemConfig};
use domain::ReasonCodes;

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

/// Names a change of the settings. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangeId(pub u64);

/// One change of the settings, whole: it takes the place of all that was set of the kind before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsChange {
    /// The CTI servers.
    System(SystemConfig),
    /// The other node.
    Cluster(ClusterConfig),
    /// The AWDB.
    Database(EnterpriseDatabaseConfig),
    /// The reason codes.
    Reasons {
        /// All of them.
        codes: ReasonCodes,
        /// See [`Settings::last_reason`].
        last: i32,
    },
}

impl SettingsChange {
    /// The resource.
    pub fn name(&self) -> &'static str {
        match self {
            Self::System(_) => "SystemConfig",
            Self::Cluster(_) => "ClusterConfig",
            Self::Database(_) => "EnterpriseDatabaseConfig",
            Self::Reasons { .. } => "ReasonCodes",
        }
    }
}

/// Why an AWDB is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseFault {
    /// This server cannot use such an AWDB at all.
    Unusable(String),
    /// It was tried, and did not answer; names host, database and cause.
    Unreachable(String),
}
