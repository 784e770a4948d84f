//! What administrators have set through the API, on disk: `settings.db` in the data directory, a SQLite database.
//!
//! A setting that was acknowledged is on disk, and whoever is killed while writing leaves all of a change or nothing.
//! Owns that file and its schema. Never decides what may be set, and knows nothing of what an object means, but for the
//! three that a start needs.
//!
//! | table | what |
//! | --- | --- |
//! | `object` | the state: key, value (JSON) |
//! | `log` | the changes: who, when, and a checksum over all before; of the newest also what |
//! | `base` | one row: where the log stood before the first change of which it has all |

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use node::failover::fence::Rank;
use node::ledger::{Batch, Log};
use node::records;
use rusqlite::Connection;
use tracing::warn;

mod apply;
mod old;
mod rows;
mod schema;
#[cfg(test)]
mod tests;

use crate::config::Config;
use crate::tls;

pub(crate) use apply::databases;

/// What is on disk cannot be used. The server does not start: it would run with settings that somebody has changed.
#[derive(Debug, thiserror::Error)]
#[error(
    "{path}: {why}; it holds what was set through the API: put a good copy in its place, or move it away: this node then \
     takes the settings of the other node, or else begins again with its settings file"
)]
pub struct StoreError {
    path: String,
    why: String,
}

/// The settings of one node.
pub(crate) struct Store {
    path: PathBuf,
    database: Mutex<Connection>,
}

impl Store {
    /// Opens the file of the node with this data directory, which is made if it is not there. Its log, if it has begun one.
    ///
    /// # Errors
    /// If the file cannot be used.
    pub(crate) fn open(data_dir: &Path) -> Result<(Self, Option<Log>), StoreError> {
        let path = data_dir.join("settings.db");
        std::fs::create_dir_all(data_dir).map_err(|why| unusable(&path, why.to_string()))?;
        let mut database = schema::open(&path).map_err(|why| unusable(&path, why))?;
        let log = rows::read(&mut database).map_err(|why| unusable(&path, why))?;
        Ok((Self { path, database: Mutex::new(database) }, log))
    }

    /// Puts what is in the log in the place of what the settings file says. A primary that has no log begins one.
    ///
    /// # Errors
    /// If a value on disk cannot be, or a new log cannot be written.
    pub(crate) fn prepare(&self, log: Option<Log>, config: &mut Config) -> Result<Option<Log>, StoreError> {
        let log = match log {
            None if config.node.fence.rank == Rank::Primary => Some(self.begin(config)?),
            log => log,
        };
        if let Some(log) = &log {
            apply::apply(log.objects(), config).map_err(|why| unusable(&self.path, why))?;
            config.file_ignored = is_file_ignored(&config.node, log);
        }
        Ok(log)
    }

    /// The first log of this node: what its settings file says, and what was set before there were logs.
    fn begin(&self, config: &Config) -> Result<Log, StoreError> {
        let here = |why: String| unusable(&self.path, why);
        let of_file = records::of_file(&config.node);
        let mut log = Log::begin(
            tls::generation().map_err(|_| here("the system gives no random bytes".into()))?,
            &of_file,
        );
        let old = old::path(&config.data_dir);
        if let Some(change) = old::read(&old, &of_file)? {
            let entry =
                log.propose(log.head().generation, change).map_err(|why| unusable(&old, why.to_string()))?;
            log.append(entry);
        }
        self.keep(&whole(&log)).map_err(here)?;
        old::retire(&old).map_err(|why| unusable(&old, why.to_string()))?;
        Ok(log)
    }

    /// Writes something down. When this returns without an error, no crash can take it back.
    ///
    /// # Errors
    /// If it could not be written; then what was stored before is stored.
    pub(crate) fn keep(&self, batch: &Batch) -> Result<(), String> {
        let mut database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        if let Batch::Replace { keep: true, .. } = batch {
            rows::set_aside(&mut database, &self.path)?;
        }
        rows::write(&mut database, batch).map_err(|why| why.to_string())
    }
}

/// Somebody who edits the settings file expects it to count.
fn is_file_ignored(config: &node::Config, log: &Log) -> bool {
    let ignored = records::is_file_ignored(config, log);
    if ignored {
        warn!(
            what = "settings.file",
            "what the settings file has for people (reason codes, wrap-up reasons, phone books, layouts, workflows) is not \
             what it had when settings.db was begun, and does not count; next: set it through the API, and put the old \
             text back or remove it"
        );
    }
    ignored
}

fn whole(log: &Log) -> Batch {
    Batch::Replace { snapshot: Arc::new(log.snapshot()), keep: false }
}

fn unusable(path: &Path, why: String) -> StoreError {
    StoreError { path: path.display().to_string(), why }
}
