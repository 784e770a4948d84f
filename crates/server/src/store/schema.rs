//! The file and its tables. A version that is older than ours is brought up to date, one that is newer is left alone.

use std::fs::{OpenOptions, Permissions};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// What makes each version of the one before it. Versions that were released stay as they are.
const MIGRATIONS: [&str; 1] = ["
    CREATE TABLE object (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
    CREATE TABLE base (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        seq INTEGER NOT NULL, generation TEXT NOT NULL, sum TEXT NOT NULL, hash TEXT NOT NULL, proof TEXT NOT NULL
    ) STRICT;
    CREATE TABLE log (
        seq INTEGER PRIMARY KEY, generation TEXT NOT NULL, who TEXT NOT NULL, says TEXT NOT NULL,
        writes TEXT NOT NULL, sum TEXT NOT NULL, hash TEXT NOT NULL,
        written TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    ) STRICT;
"];

/// Somebody looks into the file with a shell: that takes moments.
const BUSY: Duration = Duration::from_secs(5);

/// Opens the file, which only its owner may read, and brings it up to date.
pub(super) fn open(path: &Path) -> Result<Connection, String> {
    let made = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path);
    // Somebody may have put a copy in its place that everybody can read; SQLite makes its own files like this one.
    made.and_then(|file| file.set_permissions(Permissions::from_mode(0o600)))
        .map_err(|why| why.to_string())?;
    let mut database = Connection::open(path).map_err(|why| why.to_string())?;
    prepare(&mut database).map_err(|why| why.to_string())?;
    migrate(&mut database)?;
    check(&database)?;
    Ok(database)
}

/// FULL: what was committed is on disk, also when the machine loses its power.
fn prepare(database: &mut Connection) -> rusqlite::Result<()> {
    database.busy_timeout(BUSY)?;
    database.pragma_update(None, "journal_mode", "WAL")?;
    database.pragma_update(None, "synchronous", "FULL")?;
    database.pragma_update(None, "trusted_schema", false)
}

fn migrate(database: &mut Connection) -> Result<(), String> {
    let failed = |why: rusqlite::Error| why.to_string();
    let change = database.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let version: u32 = change.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    let Some(missing) = usize::try_from(version).ok().and_then(|done| MIGRATIONS.get(done..)) else {
        return Err(format!(
            "its schema has version {version}, and this program knows {} at most: it was written by a later one, so start \
             that instead",
            MIGRATIONS.len()
        ));
    };
    if missing.is_empty() {
        return Ok(());
    }
    bring_up_to_date(&change, missing).and_then(|()| change.commit()).map_err(failed)
}

fn bring_up_to_date(change: &Transaction<'_>, missing: &[&str]) -> rusqlite::Result<()> {
    missing.iter().try_for_each(|step| change.execute_batch(step))?;
    change.pragma_update(None, "user_version", u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX))
}

/// Pages that were damaged are found before anything is built on them.
fn check(database: &Connection) -> Result<(), String> {
    let said: rusqlite::Result<String> = database.query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
    match said {
        Ok(said) if said == "ok" => Ok(()),
        Ok(said) => Err(format!("it is damaged: {said}")),
        Err(why) => Err(why.to_string()),
    }
}
