//! The AWDB: who may sign in, and who there is (awdb.md sections 3 to 5). A pair of hosts, each asked by its name.
//!
//! Owns the queries, the forms of stored passwords, connections, deadlines, and how many questions are asked at once.
//! Never chooses a host, never tries another one, keeps no answer: that is `node::failover::awdb`'s. Driven by `drive`.
//!
//! [`create`] writes such a database as a SQLite file from a plain list of people, for the lab, for tests, and for sites
//! without a SQL Server.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use node::SignInError;
use node::domain::Secret;
use node::failover::awdb::Host;

mod answers;
mod ask;
mod create;
mod kept;
mod password;
mod query;
mod row;
mod sqlite;
pub mod sqlserver;
#[cfg(test)]
mod tests;

pub use answers::{Agent, Checked, Mark, MarkKey, People, Probe, SkillGroup, Team};
pub use create::{CreateError, PersonRow, SkillGroupRow, create};
pub use password::{Encoding, stored_form};

use crate::net::cti;
use ask::{Fault, Question, Rules};
use sqlite::Sqlite;
use sqlserver::SqlServer;

/// Where the people are, and the limits of asking for them.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which databases.
    pub databases: Databases,
    /// The peripheral whose agents may sign in.
    pub peripheral_id: u32,
    /// Questions to one host at once, each on a connection of its own.
    pub concurrent: usize,
    /// Which bytes of a password were hashed, in the order in which they are tried.
    pub encodings: Vec<Encoding>,
    /// Of the marks in every answer.
    pub mark_key: MarkKey,
}

/// The pair of databases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Databases {
    /// Files of our own.
    Sqlite {
        /// The primary one.
        primary: PathBuf,
        /// The secondary one, if there is one.
        secondary: Option<PathBuf>,
        /// How long a question may take, waiting for its turn included.
        deadline: Duration,
    },
    /// SQL Servers.
    SqlServer(sqlserver::Settings),
}

/// The databases that are asked. Cheap to clone; all clones share their connections.
#[derive(Clone, Debug)]
pub struct Awdb {
    primary: One,
    secondary: Option<One>,
}

/// One database.
#[derive(Clone, Debug)]
enum One {
    Sqlite(Sqlite),
    SqlServer { server: SqlServer, rules: Arc<Rules> },
}

impl Awdb {
    /// The databases of the settings. Nothing is opened before the first question.
    pub fn new(settings: Settings) -> Self {
        let Settings { databases, peripheral_id, concurrent, encodings, mark_key } = settings;
        let rules = Arc::new(Rules { peripheral_id, encodings, key: mark_key });
        match databases {
            Databases::Sqlite { primary, secondary, deadline } => {
                let one = |path| One::Sqlite(Sqlite::new(path, deadline, concurrent, Arc::clone(&rules)));
                Self { secondary: secondary.map(one), primary: one(primary) }
            }
            Databases::SqlServer(settings) => {
                settings.warn();
                let settings = Arc::new(settings);
                let one = |host: &cti::Host| One::SqlServer {
                    server: SqlServer::new(host.clone(), Arc::clone(&settings), concurrent),
                    rules: Arc::clone(&rules),
                };
                Self { primary: one(&settings.primary), secondary: settings.secondary.as_ref().map(one) }
            }
        }
    }

    /// Whether a secondary host is configured.
    pub fn has_secondary(&self) -> bool {
        self.secondary.is_some()
    }

    /// The person with that agent id or login name and that password, or why not.
    ///
    /// # Errors
    /// `Refused` is the database's word about the person; `Unreachable` says that this host cannot say yes or no.
    pub async fn check(&self, host: Host, user: String, password: Secret) -> Result<Checked, SignInError> {
        let question = Question::new(user, password)?;
        match self.one(host)? {
            One::Sqlite(sqlite) => sqlite.check(question).await,
            One::SqlServer { server, rules } => server.check(rules, &question).await,
        }
    }

    /// Whether the host answers, and the time that its distributor wrote last.
    ///
    /// # Errors
    /// A text that names host, database and cause.
    pub async fn probe(&self, host: Host) -> Result<Probe, String> {
        let answer = match self.one(host).map_err(|fault| fault.0)? {
            One::Sqlite(sqlite) => sqlite.probe().await,
            One::SqlServer { server, .. } => server.probe().await,
        };
        answer.map_err(|fault| fault.0)
    }

    /// Everybody and every group of the peripheral, as this host has them.
    ///
    /// # Errors
    /// A text that names host, database and cause.
    pub async fn people(&self, host: Host) -> Result<People, String> {
        let answer = match self.one(host).map_err(|fault| fault.0)? {
            One::Sqlite(sqlite) => sqlite.people().await,
            One::SqlServer { server, rules } => server.people(rules).await,
        };
        answer.map_err(|fault| fault.0)
    }

    fn one(&self, host: Host) -> Result<&One, Fault> {
        match host {
            Host::Primary => Ok(&self.primary),
            Host::Secondary => {
                self.secondary.as_ref().ok_or_else(|| Fault("no secondary AWDB is configured".into()))
            }
        }
    }
}
