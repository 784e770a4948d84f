//! The credential check: the seam behind which an AWDB stands (awdb.md sections 3 to 5).
//!
//! Owns the queries, the forms of stored passwords, the deadline of a check and how many run at once. Never decides
//! what a verdict means for a request, and keeps no cache. Driven by `drive` with each [`node::Output::Check`].
//!
//! A further kind of database is a further variant of [`Awdb`]; a pair of hosts is one variant too.
//!
//! [`create`] writes such a database from a plain list of people; `holdfast lab` calls it before it starts its
//! desktop servers with `awdb.sqlite` set to that file.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use kept::{Kept, Open};
use node::SignInError;
use node::domain::{Person, Secret};
use rusqlite::InterruptHandle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

mod create;
mod kept;
mod password;
mod sqlite;
#[cfg(test)]
mod tests;

pub use create::{CreateError, PersonRow, create};
pub use password::Encoding;

/// Where the people are, and the limits of asking for them.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The SQLite file.
    pub sqlite: PathBuf,
    /// The peripheral whose agents may sign in.
    pub peripheral_id: u32,
    /// How long a check may take, waiting for its turn included.
    pub deadline: Duration,
    /// Checks at once; each has a thread and a connection of its own.
    pub concurrent: usize,
    /// Which bytes of a password were hashed, in the order in which they are tried.
    pub encodings: Vec<Encoding>,
}

/// The database that is asked.
#[derive(Clone, Debug)]
pub enum Awdb {
    /// A file of our own.
    Sqlite(Sqlite),
}

impl Awdb {
    /// The database of the settings. Nothing is opened before the first check.
    pub fn new(settings: Settings) -> Self {
        Self::Sqlite(Sqlite {
            slots: Arc::new(Semaphore::new(settings.concurrent.max(1))),
            kept: Arc::default(),
            settings: Arc::new(settings),
        })
    }

    /// The person with that agent id or login name and that password, or why not.
    pub async fn check(&self, user: String, password: Secret) -> Result<Person, SignInError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.check(user, password).await,
        }
    }
}

/// A SQLite file, asked on the blocking pool.
#[derive(Clone, Debug)]
pub struct Sqlite {
    settings: Arc<Settings>,
    slots: Arc<Semaphore>,
    kept: Arc<Kept>,
}

impl Sqlite {
    async fn check(&self, user: String, password: Secret) -> Result<Person, SignInError> {
        let (opened, interrupt) = oneshot::channel();
        let answer = async {
            let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(stopped)?;
            let (settings, kept) = (Arc::clone(&self.settings), Arc::clone(&self.kept));
            let asked = Asked { settings, kept, user, password, opened, slot };
            tokio::task::spawn_blocking(move || asked.answer()).await.map_err(stopped)?
        };
        match tokio::time::timeout(self.settings.deadline, answer).await {
            // One that is given up may still be interrupted: it is not kept.
            Ok(Ok(Answered { verdict, sound, _slot })) => {
                sound.into_iter().for_each(|open| self.kept.keep(open));
                verdict
            }
            Ok(Err(reason)) => Err(reason),
            Err(_) => {
                stop_statement(interrupt);
                Err(SignInError::Unreachable(format!("no answer within {:?}", self.settings.deadline)))
            }
        }
    }
}

/// One check on its thread. The slot is free again when the thread is, not when somebody stops waiting for it.
struct Asked {
    settings: Arc<Settings>,
    kept: Arc<Kept>,
    user: String,
    password: Secret,
    opened: oneshot::Sender<InterruptHandle>,
    slot: OwnedSemaphorePermit,
}

/// What came of a check. Its slot is free once the connection is kept, so that no more are open than checks may run.
struct Answered {
    verdict: Result<Person, SignInError>,
    /// The connection, if it is as good as new.
    sound: Option<Open>,
    _slot: OwnedSemaphorePermit,
}

impl Asked {
    fn answer(self) -> Result<Answered, SignInError> {
        let Settings { sqlite: path, peripheral_id, deadline, encodings, .. } = &*self.settings;
        let open = self.kept.get(path, *deadline)?;
        let _ = self.opened.send(open.connection.get_interrupt_handle());
        let question = sqlite::Question {
            peripheral_id: *peripheral_id,
            user: &self.user,
            given: &self.password,
            encodings,
        };
        let verdict = sqlite::check(&open.connection, &question);
        let sound = !matches!(verdict, Err(SignInError::Unreachable(_)));
        Ok(Answered { verdict, sound: sound.then_some(open), _slot: self.slot })
    }
}

fn stop_statement(mut running: oneshot::Receiver<InterruptHandle>) {
    if let Ok(handle) = running.try_recv() {
        handle.interrupt();
    }
}

fn stopped(reason: impl std::fmt::Display) -> SignInError {
    SignInError::Unreachable(format!("the check was not run: {reason}"))
}
