use std::fs;

use node::api::settings::{ClusterConfig, EnterpriseDatabaseConfig, HostPort, SystemConfig};
use node::domain::{ConfiguredReason, ReasonCategory, ReasonCode, ReasonCodes, Secret, TeamId};

use super::*;
use crate::awdb::Databases;

/// A directory of its own, gone afterwards.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        let directory = std::env::temp_dir().join(format!("holdfast-store-{}-{name}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        Self(directory)
    }

    /// A node with this awdb section.
    fn config(&self, rank: &str, awdb: &str) -> Config {
        let text = format!(
            "data_dir = {:?}\n\
             node = {{ rank = '{rank}', primary = 'fin-a', secondary = 'fin-b' }}\n\
             listen = {{ address = '127.0.0.1' }}\n\
             cti.a = {{ host = 'cti-a', port = 42027 }}\n\
             cti.b = {{ host = 'cti-b', port = 43027 }}\n\
             {awdb}\n\
             [[reason_code]]\nid = 7\ncategory = 'LOGOUT'\ncode = 21\nlabel = 'End'\n",
            self.0
        );
        Config::parse("test", &text, &[]).unwrap()
    }

    /// What the next process starts with.
    fn restarted(&self, config: Config) -> Config {
        let mut config = config;
        Store::open(&self.0).unwrap().apply(&mut config).unwrap();
        config
    }

    fn text(&self) -> String {
        fs::read_to_string(self.0.join("settings.json")).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const SQLITE: &str = "awdb.sqlite = '/tmp/awdb'";
const SQL_SERVER: &str = "awdb = { kind = 'sqlserver', primary = { host = 'aw-a' }, secondary = { host = 'aw-b' }, \
                          database = 'ucce_awdb', username = 'reader', password = 'old', encrypt = 'off' }";

fn place(host: &str, port: u16) -> HostPort {
    HostPort { host: host.into(), port }
}

fn system() -> SettingsChange {
    SettingsChange::System(SystemConfig { primary: place("cti-x", 1), backup: None, peripheral_id: 5001 })
}

fn database() -> EnterpriseDatabaseConfig {
    EnterpriseDatabaseConfig {
        primary: place("aw-x", 1500),
        backup: None,
        database: "other_awdb".into(),
        domain: None,
        username: "finesse".into(),
        password: Secret::new("hunter2"),
    }
}

fn lunch() -> SettingsChange {
    let code = ReasonCode {
        id: 49,
        category: ReasonCategory::NotReady,
        code: 27,
        label: "昼食".into(),
        for_all: false,
        system: false,
    };
    let codes = ReasonCodes(vec![ConfiguredReason { code, teams: vec![TeamId(500)] }]);
    SettingsChange::Reasons { codes, last: 60 }
}

#[test]
fn a_first_start_is_that_of_the_settings_file() {
    let here = Place::new("first");
    let config = here.restarted(here.config("primary", SQL_SERVER));
    assert_eq!(config.node.settings.system.primary, place("cti-a", 42027));
    assert_eq!(config.node.settings.system.backup, Some(place("cti-b", 43027)));
    assert_eq!(config.node.settings.cluster.secondary.as_deref(), Some("fin-b"));
    assert_eq!(config.node.settings.database.as_ref().unwrap().backup, Some(place("aw-b", 1433)));
    assert!(!here.0.join("settings.json").exists());
}

#[test]
fn what_was_set_goes_before_the_settings_file_and_the_rest_stays() {
    let here = Place::new("before");
    let store = Store::open(&here.0).unwrap();
    store.keep(&system()).unwrap();
    let config = here.restarted(here.config("primary", SQL_SERVER));
    assert_eq!(config.cti.a.to_string(), "cti-x:1");
    assert!(config.cti.b.is_none() && !config.node.cti.has_b);
    assert_eq!((config.node.peripheral_id, config.awdb.peripheral_id), (5001, 5001));
    assert_eq!(config.node.reasons.0.len(), 1, "never set here");

    store.keep(&lunch()).unwrap();
    store.keep(&SettingsChange::Cluster(ClusterConfig { secondary: Some("fin-c".into()) })).unwrap();
    store.keep(&SettingsChange::Database(database())).unwrap();
    let config = here.restarted(here.config("primary", SQL_SERVER));
    assert_eq!(config.cti.a.to_string(), "cti-x:1", "kept by the changes that followed");
    assert_eq!(config.node.secondary.as_deref(), Some("fin-c"));
    assert_eq!(SettingsChange::Reasons { codes: config.node.reasons, last: 60 }, lunch());
    assert_eq!(config.node.settings.last_reason, 60);
    assert_eq!(config.node.settings.database, Some(database()));
    let Databases::SqlServer(server) = &config.awdb.databases else { panic!("a SQL Server") };
    assert_eq!((server.primary.to_string().as_str(), &server.secondary), ("aw-x:1500", &None));
    assert_eq!((server.database.as_str(), server.account.username.as_str()), ("other_awdb", "finesse"));
    assert!(!config.node.awdb.secondary);
}

#[test]
fn the_secondary_node_keeps_its_name() {
    let here = Place::new("secondary");
    let cluster = SettingsChange::Cluster(ClusterConfig { secondary: Some("fin-c".into()) });
    Store::open(&here.0).unwrap().keep(&cluster).unwrap();
    let config = here.restarted(here.config("secondary", SQLITE));
    assert_eq!(config.node.secondary.as_deref(), Some("fin-b"));
}

#[test]
fn an_awdb_that_cannot_be_used_gives_way_to_the_settings_file() {
    let here = Place::new("unusable");
    Store::open(&here.0).unwrap().keep(&SettingsChange::Database(database())).unwrap();
    let config = here.restarted(here.config("primary", SQLITE));
    assert!(matches!(config.awdb.databases, Databases::Sqlite { .. }));
    assert_eq!(config.node.settings.database, None);
    let of_a_domain = EnterpriseDatabaseConfig { domain: Some("CORP".into()), ..database() };
    let server = here.config("primary", SQL_SERVER).awdb.databases;
    let taken = databases(&server, &of_a_domain);
    assert_eq!(taken.is_ok(), cfg!(feature = "ntlm"), "{taken:?}");
    assert!(databases(&config.awdb.databases, &database()).unwrap_err().contains("awdb.kind"));
}

#[test]
fn only_its_owner_reads_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let here = Place::new("mode");
    Store::open(&here.0).unwrap().keep(&SettingsChange::Database(database())).unwrap();
    let mode = fs::metadata(here.0.join("settings.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(here.text().contains("hunter2"), "without it nobody could sign in at the AWDB after a restart");
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_its_values_are_not() {
    let here = Place::new("broken");
    for (text, why) in [
        ("", "cut off"),
        ("{", "cut off"),
        ("hunter2", "not JSON"),
        ("{\"database\": \"hunter2\"}", "a value that cannot be"),
        ("{\"unknown\": \"hunter2\"}", "a value that cannot be"),
    ] {
        fs::write(here.0.join("settings.json"), text).unwrap();
        let error = Store::open(&here.0).err().unwrap().to_string();
        assert!(error.contains("settings.json: line 1"), "{error}");
        assert!(error.contains(why) && !error.contains("hunter2"), "{error}");
    }
    let wrong = "{\"reason_codes\":{\"last_id\":1,\"codes\":[{\"id\":1,\"category\":\"LUNCH\",\"code\":1,\
                 \"label\":\"x\",\"for_all\":true,\"teams\":[]}]}}";
    fs::write(here.0.join("settings.json"), wrong).unwrap();
    let store = Store::open(&here.0).unwrap();
    let error = store.apply(&mut here.config("primary", SQLITE)).unwrap_err().to_string();
    assert!(error.contains("settings.json: reason code 1: category"), "{error}");
}

#[test]
fn a_change_that_cannot_be_written_changes_nothing() {
    let here = Place::new("full");
    let store = Store::open(&here.0).unwrap();
    store.keep(&system()).unwrap();
    // A directory stands where the new file is written.
    fs::create_dir(here.0.join("settings.new")).unwrap();
    assert!(store.keep(&lunch()).is_err());
    fs::remove_dir(here.0.join("settings.new")).unwrap();
    assert!(!here.text().contains("reason_codes"));
    store.keep(&SettingsChange::Cluster(ClusterConfig { secondary: None })).unwrap();
    assert!(!here.text().contains("reason_codes"), "nor later");
}
