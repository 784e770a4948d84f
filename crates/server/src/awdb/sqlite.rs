//! The AWDB as a SQLite file of our own, asked on the blocking pool: one SELECT after another on a read-only connection,
//! bound parameters only.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use node::SignInError;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, InterruptHandle, OpenFlags};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::ask::{self, Bound, Fault, Question, Rules, Source};
use super::kept::{Kept, Open};
use super::query::Query;
use super::row::{Cell, Odd, Row};
use super::{Checked, People, Probe};

/// One file.
#[derive(Clone, Debug)]
pub(super) struct Sqlite {
    path: Arc<PathBuf>,
    deadline: Duration,
    slots: Arc<Semaphore>,
    kept: Arc<Kept>,
    rules: Arc<Rules>,
}

impl Sqlite {
    pub(super) fn new(path: PathBuf, deadline: Duration, concurrent: usize, rules: Arc<Rules>) -> Self {
        let slots = Arc::new(Semaphore::new(concurrent.max(1)));
        Self { path: Arc::new(path), deadline, slots, kept: Arc::default(), rules }
    }

    pub(super) async fn check(&self, question: Question) -> Result<Checked, SignInError> {
        let rules = Arc::clone(&self.rules);
        let asked = move |at: &mut File<'_>| match now(ask::check(at, &rules, &question)) {
            Err(SignInError::Unreachable(why)) => Err(Fault(why)),
            verdict => Ok(verdict),
        };
        self.ask(asked).await?
    }

    pub(super) async fn probe(&self) -> Result<Probe, Fault> {
        self.ask(|at| now(ask::probe(at))).await
    }

    pub(super) async fn people(&self) -> Result<People, Fault> {
        let rules = Arc::clone(&self.rules);
        self.ask(move |at| now(ask::people(at, &rules))).await
    }

    async fn ask<T: Send + 'static>(
        &self,
        what: impl FnOnce(&mut File<'_>) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (opened, interrupt) = oneshot::channel();
        let answer = async {
            let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(|why| self.not_run(why))?;
            let asked = Asked { of: self.clone(), opened, slot };
            tokio::task::spawn_blocking(|| asked.answer(what)).await.map_err(|why| self.not_run(why))?
        };
        match tokio::time::timeout(self.deadline, answer).await {
            // One that is given up may still be interrupted: it is not kept.
            Ok(Ok(Answered { answer, open, _slot })) => {
                self.kept.keep(open);
                Ok(answer)
            }
            Ok(Err(fault)) => Err(fault),
            Err(_) => {
                stop_statement(interrupt);
                Err(fault(&self.path, &format!("no answer within {:?}", self.deadline)))
            }
        }
    }

    fn not_run(&self, why: impl ToString) -> Fault {
        fault(&self.path, &format!("the question was not asked: {}", why.to_string()))
    }
}

/// One question on its thread. The slot is free again when the thread is, not when somebody stops waiting for it.
struct Asked {
    of: Sqlite,
    opened: oneshot::Sender<InterruptHandle>,
    slot: OwnedSemaphorePermit,
}

/// What came of it. The slot is free once the connection is kept, so that no more are open than questions may be asked.
struct Answered<T> {
    answer: T,
    /// As good as new.
    open: Open,
    _slot: OwnedSemaphorePermit,
}

impl Asked {
    fn answer<T>(self, what: impl FnOnce(&mut File<'_>) -> Result<T, Fault>) -> Result<Answered<T>, Fault> {
        let Sqlite { path, deadline, kept, .. } = &self.of;
        let open = kept.get(path, *deadline).map_err(|why| fault(path, &why.to_string()))?;
        let _ = self.opened.send(open.connection.get_interrupt_handle());
        let answer = what(&mut File { path, connection: &open.connection })?;
        Ok(Answered { answer, open, _slot: self.slot })
    }
}

/// The result of a question that waits for nothing but the disk.
fn now<T>(question: impl Future<Output = T>) -> T {
    Handle::current().block_on(question)
}

fn stop_statement(mut running: oneshot::Receiver<InterruptHandle>) {
    if let Ok(handle) = running.try_recv() {
        handle.interrupt();
    }
}

/// Opens the file.
pub(super) fn open(path: &Path, deadline: Duration) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(deadline)?;
    Ok(connection)
}

/// An open file.
struct File<'a> {
    path: &'a Path,
    connection: &'a Connection,
}

impl Source for File<'_> {
    async fn select<T>(
        &mut self,
        query: &Query,
        bound: &[Bound<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T, Odd>,
    ) -> Result<Vec<T>, Fault> {
        match select(self.connection, query, bound, read) {
            Ok(rows) => Ok(rows),
            Err(Trouble::Sql(why)) if query.since_lately && why.to_string().contains("no such table") => {
                Ok(Vec::new())
            }
            Err(trouble) => Err(self.fault(trouble.to_string())),
        }
    }

    fn fault(&self, why: String) -> Fault {
        fault(self.path, &why)
    }
}

fn fault(path: &Path, why: &str) -> Fault {
    Fault(format!("{}: {why}", path.display()))
}

/// A missing file, table or column, a lock or a damaged page; or a column that does not hold what it should.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
    #[error("{0}")]
    Odd(Odd),
}

fn select<T>(
    at: &Connection,
    query: &Query,
    bound: &[Bound<'_>],
    mut read: impl FnMut(&Row<'_>) -> Result<T, Odd>,
) -> Result<Vec<T>, Trouble> {
    let mut statement = at.prepare_cached(query.sqlite)?;
    let mut rows = statement.query(rusqlite::params_from_iter(bound))?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let cells =
            (0..query.columns.len()).map(|index| row.get_ref(index).map(cell)).collect::<Result<_, _>>()?;
        all.push(read(&Row { columns: query.columns, cells }).map_err(Trouble::Odd)?);
    }
    Ok(all)
}

fn cell(value: ValueRef<'_>) -> Cell<'_> {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Number(number),
        ValueRef::Real(_) => Cell::Other("a float"),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes)
            .map_or(Cell::Other("text that is no UTF-8"), |text| Cell::Text(text.into())),
        ValueRef::Blob(_) => Cell::Other("binary data"),
    }
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Number(number) => number.to_sql(),
            Self::Text(text) => text.to_sql(),
        }
    }
}
