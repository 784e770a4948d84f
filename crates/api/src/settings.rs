//! What administrators set through the API, as values (rest-api.md section 16, awdb.md section 7). Whether a value may
//! be so, [`crate::parse`] says when it is read.

use domain::Secret;

/// The port of a CTI server, unless another is set.
pub const CTI_PORT: u16 = 42027;

/// The port of SQL Server, unless another is set.
pub const SQL_PORT: u16 = 1433;

/// A host and its port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPort {
    /// Name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
}

/// `SystemConfig`: the CTI servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemConfig {
    /// Side A.
    pub primary: HostPort,
    /// Side B, if there is one.
    pub backup: Option<HostPort>,
    /// The peripheral whose agents are served.
    pub peripheral_id: u32,
}

/// `ClusterConfig`: the other desktop server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterConfig {
    /// Host of the secondary node, if there is one.
    pub secondary: Option<String>,
}

/// `EnterpriseDatabaseConfig`: the AWDB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnterpriseDatabaseConfig {
    /// The primary administration & data server.
    pub primary: HostPort,
    /// The secondary one, if there is one.
    pub backup: Option<HostPort>,
    /// `<instance>_awdb`.
    pub database: String,
    /// Of a Windows account; without one it is a SQL login.
    pub domain: Option<String>,
    /// The account.
    pub username: String,
    /// Its password, never sent back.
    pub password: Secret,
}
