use std::fs;

use node::api::settings::{ClusterConfig, EnterpriseDatabaseConfig, HostPort, SystemConfig};
use node::domain::Secret;
use node::ledger::{Change, Key, Write};
use node::records::Edit;

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
        self.config_with(rank, awdb, |text| text)
    }

    fn config_with(&self, rank: &str, awdb: &str, edit: impl Fn(String) -> String) -> Config {
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
        Config::parse("test", &edit(text), &[]).unwrap()
    }

    /// What the next process starts with.
    fn restarted(&self, config: Config) -> (Config, Option<Log>) {
        let mut config = config;
        let (store, log) = Store::open(&self.0).unwrap();
        let log = store.prepare(log, &mut config).unwrap();
        (config, log)
    }

    /// Why it does not start.
    fn refused(&self) -> String {
        let mut config = self.config("primary", SQLITE);
        let opened = Store::open(&self.0).and_then(|(store, log)| store.prepare(log, &mut config));
        opened.unwrap_err().to_string()
    }

    /// An administrator changes something.
    fn change(&self, rank: &str, edits: &[Edit]) -> Log {
        let (store, log) = Store::open(&self.0).unwrap();
        let mut log = store.prepare(log, &mut self.config(rank, SQLITE)).unwrap().unwrap();
        keep(&store, &mut log, edits).unwrap();
        log
    }

    fn database(&self) -> Connection {
        Connection::open(self.0.join("settings.db")).unwrap()
    }
}

fn keep(store: &Store, log: &mut Log, edits: &[Edit]) -> Result<(), String> {
    let writes = edits.iter().map(Edit::write).collect();
    let change = Change { writes, by: "admin".into(), says: "a change".into() };
    let entry = log.propose(log.head().generation, change).unwrap();
    store.keep(&Batch::Append { base: log.base(), entries: vec![entry.clone()] })?;
    log.append(entry);
    Ok(())
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

fn system() -> Edit {
    Edit::System(Some(SystemConfig { primary: place("cti-x", 1), backup: None, peripheral_id: 5001 }))
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

fn cluster(host: &str) -> Edit {
    Edit::Cluster(Some(ClusterConfig { secondary: Some(host.into()) }))
}

fn value(log: &Option<Log>, key: &str) -> Option<String> {
    log.as_ref()?.objects().get(key).cloned()
}

#[test]
fn a_primary_begins_a_log_with_its_settings_file() {
    let here = Place::new("first");
    let (config, log) = here.restarted(here.config("primary", SQL_SERVER));
    assert_eq!(config.node.settings.system.primary, place("cti-a", 42027));
    assert_eq!(config.node.settings.cluster.secondary.as_deref(), Some("fin-b"));
    assert_eq!(config.node.settings.database.as_ref().unwrap().backup, Some(place("aw-b", 1433)));
    assert!(value(&log, "reason/7").unwrap().contains("\"label\":\"End\""));
    assert_eq!(value(&log, "next/reason").as_deref(), Some(r#"{"id":8}"#));
    assert_eq!((value(&log, "system"), log.as_ref().unwrap().head().seq), (None, 0));
    assert_eq!(here.restarted(here.config("primary", SQL_SERVER)).1, log, "it begins once");
}

#[test]
fn a_secondary_begins_none() {
    let here = Place::new("none");
    assert_eq!(here.restarted(here.config("secondary", SQLITE)).1, None);
    assert_eq!(here.restarted(here.config("secondary", SQLITE)).1, None);
}

#[test]
fn what_was_set_goes_before_the_settings_file_and_the_rest_stays() {
    let here = Place::new("before");
    let log = here.change("primary", &[system()]);
    let (config, again) = here.restarted(here.config("primary", SQL_SERVER));
    assert_eq!(again, Some(log));
    assert_eq!(config.cti.a.to_string(), "cti-x:1");
    assert!(config.cti.b.is_none() && !config.node.cti.has_b);
    assert_eq!((config.node.peripheral_id, config.awdb.peripheral_id), (5001, 5001));

    here.change("primary", &[cluster("fin-c"), Edit::Database(Some(database()))]);
    let (config, _) = here.restarted(here.config("primary", SQL_SERVER));
    assert_eq!(config.cti.a.to_string(), "cti-x:1", "kept by the changes that followed");
    assert_eq!(config.node.secondary.as_deref(), Some("fin-c"));
    assert_eq!(config.node.settings.database, Some(database()));
    let Databases::SqlServer(server) = &config.awdb.databases else { panic!("a SQL Server") };
    assert_eq!((server.primary.to_string().as_str(), &server.secondary), ("aw-x:1500", &None));
    assert_eq!((server.database.as_str(), server.account.username.as_str()), ("other_awdb", "finesse"));
    assert!(!config.node.awdb.secondary);
}

#[test]
fn the_secondary_node_keeps_its_name() {
    let here = Place::new("secondary");
    here.change("primary", &[cluster("fin-c")]);
    let (config, _) = here.restarted(here.config("secondary", SQLITE));
    assert_eq!(config.node.secondary.as_deref(), Some("fin-b"));
}

#[test]
fn an_awdb_that_cannot_be_used_gives_way_to_the_settings_file() {
    let here = Place::new("unusable");
    here.change("primary", &[Edit::Database(Some(database()))]);
    let (config, _) = here.restarted(here.config("primary", SQLITE));
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
    here.change("primary", &[Edit::Database(Some(database()))]);
    for file in fs::read_dir(&here.0).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{:?}", file.file_name());
    }
}

/// What an operator reads with the shell of SQLite.
#[test]
fn the_tables_are_for_people_too() {
    let here = Place::new("shell");
    here.change("primary", &[system()]);
    let database = here.database();
    let text = |select: &str| database.query_row(select, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(text("SELECT value ->> '$.primary.host' FROM object WHERE key = 'system'"), "cti-x");
    assert_eq!(text("SELECT who || ': ' || says FROM log WHERE seq = 1"), "admin: a change");
    assert_eq!(text("SELECT writes ->> '$[0].key' FROM log"), "system");
    assert_eq!(text("SELECT substr(written, 1, 2) FROM log"), "20");
}

#[test]
fn a_file_that_cannot_be_used_is_named_with_what_to_do() {
    let here = Place::new("broken");
    here.change("primary", &[Edit::Database(Some(database()))]);
    let good = fs::read(here.0.join("settings.db")).unwrap();
    for (damage, why) in [
        ("UPDATE object SET value = replace(value, 'hunter2', 'hunter3')", "checksum"),
        ("UPDATE log SET says = 'another change'", "checksum"),
        ("DELETE FROM object", "checksum"),
        ("DELETE FROM log", "checksum"),
        ("UPDATE log SET seq = 5", "does not follow"),
        ("UPDATE log SET hash = 'hunter2'", "hash"),
        ("UPDATE base SET generation = 'x'", "generation"),
        ("UPDATE base SET seq = 7", "checksum"),
        ("DROP TABLE log", "no such table"),
        ("PRAGMA user_version = 99", "written by a later one"),
    ] {
        here.database().execute_batch(damage).unwrap();
        let error = here.refused();
        assert!(error.contains("settings.db: ") && error.contains(why), "{damage}: {error}");
        assert!(error.contains("put a good copy in its place") && !error.contains("hunter"), "{error}");
        for file in ["settings.db-wal", "settings.db-shm"] {
            let _ = fs::remove_file(here.0.join(file));
        }
        fs::write(here.0.join("settings.db"), &good).unwrap();
    }
    fs::write(here.0.join("settings.db"), "hunter2".repeat(1000)).unwrap();
    assert!(here.refused().contains("file is not a database"), "{}", here.refused());
}

#[test]
fn a_value_that_means_nothing_is_named_and_not_shown() {
    let here = Place::new("meaning");
    here.change("primary", &[]);
    let (store, log) = Store::open(&here.0).unwrap();
    let mut log = log.unwrap();
    let write = Write::set(Key::new("database"), "\"hunter2\"".into());
    let change = Change { writes: vec![write], by: "x".into(), says: "x".into() };
    let entry = log.propose(log.head().generation, change).unwrap();
    store.keep(&Batch::Append { base: log.base(), entries: vec![entry.clone()] }).unwrap();
    log.append(entry);
    let error = here.refused();
    assert!(error.contains("database: column") && !error.contains("hunter2"), "{error}");
}

#[test]
fn a_change_that_cannot_be_written_changes_nothing() {
    let here = Place::new("full");
    let log = here.change("primary", &[system()]);
    let (store, _) = Store::open(&here.0).unwrap();
    let mut now = log.clone();
    let pages = "PRAGMA max_page_count = 1";
    store.database.lock().unwrap().query_row(pages, [], |_| Ok(())).unwrap();
    let long = Edit::Cluster(Some(ClusterConfig { secondary: Some("x".repeat(100_000)) }));
    let why = keep(&store, &mut now, &[long]).unwrap_err();
    assert!(why.contains("full"), "{why}");
    drop(store);
    assert_eq!(Store::open(&here.0).unwrap().1, Some(log));
}

#[test]
fn old_entries_go_and_the_state_stays() {
    let here = Place::new("old");
    let (store, log) = Store::open(&here.0).unwrap();
    let mut log = store.prepare(log, &mut here.config("primary", SQLITE)).unwrap().unwrap();
    let (entries, first) = (node::ledger::ENTRIES_MAX + 20, log.clone());
    let all: Vec<_> = (0..entries)
        .map(|n| {
            let writes = vec![cluster(&n.to_string()).write()];
            let change = Change { writes, by: "admin".into(), says: "a change".into() };
            let entry = log.propose(log.head().generation, change).unwrap();
            log.append(entry.clone());
            entry
        })
        .collect();
    store.keep(&Batch::Append { base: first.base(), entries: all.clone() }).unwrap();
    assert_eq!(Store::open(&here.0).unwrap().1.as_ref(), Some(&log), "what is no more wanted is not read");
    keep(&store, &mut log, &[system()]).unwrap();
    let count = |of: &str| {
        let select = format!("SELECT count(*) FROM log WHERE {of}");
        here.database().query_row(&select, [], |row| row.get::<_, u32>(0)).unwrap() as usize
    };
    assert_eq!(count("writes <> ''"), node::ledger::ENTRIES_MAX + 1);
    assert_eq!(count("writes = '' AND who = 'admin'"), 20, "people still see who changed something");
    let again = Store::open(&here.0).unwrap().1.unwrap();
    assert_eq!(again, log);
    let places = std::iter::once(first.head()).chain(all.iter().map(|entry| entry.head));
    assert!(
        places.into_iter().all(|head| again.contains(&head) == Some(true)),
        "the checksums are still known"
    );
}

#[test]
fn another_log_takes_the_place_of_this_one_which_is_kept_for_people() {
    let (here, there) = (Place::new("loser"), Place::new("winner"));
    let (loser, winner) = (here.change("primary", &[cluster("a")]), there.change("primary", &[cluster("b")]));
    let (store, _) = Store::open(&here.0).unwrap();
    store.keep(&Batch::Replace { snapshot: Arc::new(winner.snapshot()), keep: true }).unwrap();
    let taken = Store::open(&here.0).unwrap().1.unwrap();
    assert_eq!((taken.head(), taken.objects()), (winner.head(), winner.objects()));
    let files = fs::read_dir(&here.0).unwrap().map(|file| file.unwrap().path());
    let copy = files.into_iter().find(|path| path.to_string_lossy().contains("replaced")).unwrap();
    fs::copy(copy, there.0.join("settings.db")).unwrap();
    let _ = fs::remove_file(there.0.join("settings.db-wal"));
    assert_eq!(Store::open(&there.0).unwrap().1, Some(loser));
}

#[test]
fn the_newest_three_copies_of_what_was_replaced_stay() {
    let here = Place::new("copies");
    for n in 0..6 {
        let loser = here.change("primary", &[cluster(&n.to_string())]);
        let (store, _) = Store::open(&here.0).unwrap();
        store.keep(&Batch::Replace { snapshot: Arc::new(loser.snapshot()), keep: true }).unwrap();
    }
    let files = fs::read_dir(&here.0).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut copies: Vec<_> = files.filter(|name| name.contains("replaced")).collect();
    copies.sort();
    let last: Vec<_> = copies.iter().map(|name| name.rsplit(['-', '.']).nth(1).unwrap()).collect();
    assert_eq!(last, ["4", "5", "6"]);
}

#[test]
fn a_settings_file_that_was_changed_later_is_told_of() {
    let here = Place::new("edited");
    let ignored = |from: &str, to: &str| {
        let mut config = here.config_with("primary", SQLITE, |text| text.replace(from, to));
        let (store, log) = Store::open(&here.0).unwrap();
        store.prepare(log, &mut config).unwrap();
        config.file_ignored
    };
    assert!(!ignored("", ""), "the log begins with it");
    assert!(!ignored("", ""));
    assert!(ignored("label = 'End'", "label = 'Over'"));
    assert!(!ignored("cti-a", "cti-c"), "this counts");
    assert!(
        !ignored("[[reason_code]]\nid = 7\ncategory = 'LOGOUT'\ncode = 21\nlabel = 'End'\n", ""),
        "nothing is lost"
    );
}

const OLD: &str = r#"{"system":{"primary":{"host":"cti-x","port":1},"backup":null,"peripheral_id":5001},
    "reason_codes":{"last_id":60,"codes":[{"id":49,"category":"NOT_READY","code":27,"label":"昼食",
    "for_all":false,"teams":[500]}]}}"#;

#[test]
fn what_was_set_before_there_were_logs_is_taken_once() {
    let here = Place::new("import");
    fs::write(here.0.join("settings.json"), OLD).unwrap();
    let (config, log) = here.restarted(here.config("primary", SQLITE));
    assert_eq!(config.cti.a.to_string(), "cti-x:1");
    assert!(value(&log, "reason/49").unwrap().contains("昼食"));
    assert_eq!(value(&log, "reason/7"), None, "the list took the place of the settings file's");
    assert_eq!(value(&log, "next/reason").as_deref(), Some(r#"{"id":61}"#));
    assert_eq!(log.as_ref().unwrap().head().seq, 1, "an administrator had set it: it gives way to nothing");
    assert!(!here.0.join("settings.json").exists() && here.0.join("settings.json.imported").exists());
    let again = here.restarted(here.config("primary", SQLITE)).1;
    assert_eq!(again.unwrap().objects(), log.unwrap().objects());
}

#[test]
fn an_old_file_that_cannot_be_read_is_named_and_its_values_are_not() {
    let here = Place::new("old-broken");
    for (text, why) in [
        ("", "cut off"),
        ("hunter2", "not JSON"),
        ("{\"database\": \"hunter2\"}", "a value that cannot be"),
        ("{\"unknown\": \"hunter2\"}", "a value that cannot be"),
        (
            "{\"reason_codes\":{\"last_id\":1,\"codes\":[{\"id\":1,\"category\":\"LUNCH\",\"code\":1,\
             \"label\":\"x\",\"for_all\":true,\"teams\":[]}]}}",
            "reason code 1: category",
        ),
    ] {
        fs::write(here.0.join("settings.json"), text).unwrap();
        let error = here.refused();
        assert!(error.contains("settings.json: ") && error.contains(why), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
    }
}

#[test]
fn a_new_node_has_no_directory_yet() {
    let place = Place::new("nowhere");
    let directory = place.0.join("made").join("at the start");
    let (_, log) = Store::open(&directory).unwrap();
    assert!(log.is_none() && directory.join("settings.db").is_file());
}
