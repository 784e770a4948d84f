//! The settings of administrators (rest-api.md section 16).

use xml::Writer;

use super::rendered;
use crate::links;
use crate::settings::{ClusterConfig, EnterpriseDatabaseConfig, HostPort, SystemConfig};

/// `SystemConfig`.
pub fn system_config(config: &SystemConfig) -> String {
    rendered(|w| {
        w.open("SystemConfig").open("cti");
        backup(w, config.backup.as_ref());
        w.leaf("host", &config.primary.host).leaf("peripheralId", config.peripheral_id);
        w.leaf("port", config.primary.port).close();
        w.leaf("uri", links::SYSTEM_CONFIG);
    })
}

/// `ClusterConfig`.
pub fn cluster_config(config: &ClusterConfig) -> String {
    rendered(|w| {
        w.open("ClusterConfig").open("secondaryNode");
        w.leaf("host", config.secondary.as_deref().unwrap_or_default()).close();
        w.leaf("uri", links::CLUSTER_CONFIG);
    })
}

/// `EnterpriseDatabaseConfig`; everything is empty while there is no SQL Server. The password is always empty.
pub fn enterprise_database_config(config: Option<&EnterpriseDatabaseConfig>) -> String {
    rendered(|w| {
        w.open("EnterpriseDatabaseConfig");
        backup(w, config.and_then(|config| config.backup.as_ref()));
        w.leaf("databaseName", config.map_or("", |config| &config.database));
        w.leaf("domain", config.and_then(|config| config.domain.as_deref()).unwrap_or_default());
        w.leaf("host", config.map_or("", |config| &config.primary.host)).leaf("password", "");
        w.leaf("port", config.map_or(crate::settings::SQL_PORT, |config| config.primary.port));
        w.leaf("uri", links::ENTERPRISE_DATABASE_CONFIG);
        w.leaf("username", config.map_or("", |config| &config.username));
    })
}

fn backup(w: &mut Writer, backup: Option<&HostPort>) {
    w.leaf("backupHost", backup.map_or("", |backup| &backup.host));
    w.leaf("backupPort", backup.map(|backup| backup.port.to_string()).unwrap_or_default());
}

/// How much is configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigInfo {
    /// Queues.
    pub skill_groups: usize,
    /// Supervisors among the users.
    pub supervisors: usize,
    /// Teams.
    pub teams: usize,
    /// Users.
    pub users: usize,
}

/// `ConfigInfo`, with the version of this server.
pub fn config_info(info: &ConfigInfo) -> String {
    rendered(|w| {
        w.open("ConfigInfo").leaf("totalSkillGroups", info.skill_groups);
        w.leaf("totalSupervisors", info.supervisors).leaf("totalTeams", info.teams);
        w.leaf("totalUsers", info.users).leaf("uri", links::CONFIG_INFO);
        w.leaf("versionInfo", concat!("Holdfast ", env!("CARGO_PKG_VERSION")));
    })
}

#[cfg(test)]
mod tests {
    use domain::Secret;

    use super::*;

    fn place(host: &str, port: u16) -> HostPort {
        HostPort { host: host.to_owned(), port }
    }

    #[test]
    fn system_config_is_that_of_the_reference() {
        let pair = SystemConfig {
            primary: place("cti-a.example.com", 42027),
            backup: Some(place("cti-b.example.com", 43027)),
            peripheral_id: 5000,
        };
        assert_eq!(
            system_config(&pair),
            "<SystemConfig><cti><backupHost>cti-b.example.com</backupHost><backupPort>43027</backupPort>\
             <host>cti-a.example.com</host><peripheralId>5000</peripheralId><port>42027</port></cti>\
             <uri>/finesse/api/SystemConfig</uri></SystemConfig>"
        );
        assert!(
            system_config(&SystemConfig { backup: None, ..pair })
                .contains("<cti><backupHost></backupHost><backupPort></backupPort><host>")
        );
    }

    #[test]
    fn cluster_config_is_that_of_the_reference() {
        assert_eq!(
            cluster_config(&ClusterConfig { secondary: Some("fin-b.example.com".to_owned()) }),
            "<ClusterConfig><secondaryNode><host>fin-b.example.com</host></secondaryNode>\
             <uri>/finesse/api/ClusterConfig</uri></ClusterConfig>"
        );
        assert!(cluster_config(&ClusterConfig { secondary: None }).contains("<host></host>"));
    }

    #[test]
    fn enterprise_database_config_never_has_the_password() {
        let config = EnterpriseDatabaseConfig {
            primary: place("aw-a.example.com", 1433),
            backup: Some(place("aw-b.example.com", 1434)),
            database: "ucce_awdb".to_owned(),
            domain: None,
            username: "finesse".to_owned(),
            password: Secret::new("hunter2"),
        };
        assert_eq!(
            enterprise_database_config(Some(&config)),
            "<EnterpriseDatabaseConfig><backupHost>aw-b.example.com</backupHost><backupPort>1434</backupPort>\
             <databaseName>ucce_awdb</databaseName><domain></domain><host>aw-a.example.com</host>\
             <password></password><port>1433</port><uri>/finesse/api/EnterpriseDatabaseConfig</uri>\
             <username>finesse</username></EnterpriseDatabaseConfig>"
        );
        assert_eq!(
            enterprise_database_config(None),
            "<EnterpriseDatabaseConfig><backupHost></backupHost><backupPort></backupPort>\
             <databaseName></databaseName><domain></domain><host></host><password></password>\
             <port>1433</port><uri>/finesse/api/EnterpriseDatabaseConfig</uri><username></username>\
             </EnterpriseDatabaseConfig>"
        );
    }
}
