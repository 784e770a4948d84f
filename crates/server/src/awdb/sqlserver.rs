//! The AWDB in a SQL Server, over TDS 7.3 (awdb.md sections 1 and 6).
//!
//! ```text
//!            connect_timeout      login_timeout: prelogin, TLS, LOGIN7      query_timeout, each SELECT
//! question ──▶ dial ────────────▶ log in ─────────────────────────────────▶ select ... ──▶ answer, connection kept
//!        └───▶ kept connection ──────────────────────────────────────────▶ select
//!                                                     └─ dead, nothing answered: dial, once
//! ```
//!
//! Owns the connections to one host. A connection belongs to one question at a time and is kept only after an answer that
//! came to its end: a time-out, an error and a question that is given up all end with the connection being dropped.

use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use node::SignInError;
use node::domain::Secret;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;
use tracing::warn;

use super::ask::{self, Bound, Fault, Question, Rules, Source};
use super::query::Query;
use super::row::{Odd, Row};
use super::{Checked, People, Probe};
use crate::net::cti::{self, Host};
use crate::peer::Fingerprint;

mod cells;
mod connection;
mod explain;
mod prelogin;
#[cfg(test)]
mod script;
#[cfg(test)]
mod tests;
mod tls;
mod wire;

use connection::{Connection, Trouble};

/// Where a server is.
pub use crate::net::cti::Host as Address;

/// How the pair of SQL Servers is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The primary one.
    pub primary: Host,
    /// The secondary one, if there is one.
    pub secondary: Option<Host>,
    /// `<instance>_awdb`.
    pub database: String,
    /// Who asks.
    pub account: Account,
    /// What is encrypted.
    pub encrypt: Encrypt,
    /// How the servers are known.
    pub trust: Trust,
    /// Our own address, if the host has several.
    pub bind: Option<IpAddr>,
    /// The deadlines of the steps.
    pub timeouts: Timeouts,
}

impl Settings {
    /// Tells once what may be read on the way.
    pub(super) fn warn(&self) {
        let unknown =
            if self.trust == Trust::Nobody { ", and the servers are not known by a certificate" } else { "" };
        match self.encrypt {
            Encrypt::Required => {}
            Encrypt::Login => {
                warn!("awdb.encrypt = \"login\": hashes of passwords cross the network in the clear{unknown}")
            }
            Encrypt::Off => {
                warn!("awdb.encrypt = \"off\": the account's password crosses the network in the clear")
            }
        }
    }
}

/// The account with the right to read (awdb.md section 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// With a domain, the account is one of Windows, and NTLM proves it.
    pub domain: Option<String>,
    /// The name.
    pub username: String,
    /// Never printed.
    pub password: Secret,
}

/// What is encrypted on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encrypt {
    /// Everything, or there is no connection.
    Required,
    /// The login at least; passwords' hashes may cross the network in the clear.
    Login,
    /// Nothing, the account's password included.
    Off,
}

/// How a server is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Authorities that vouch for its name: a PEM file.
    Authority(PathBuf),
    /// By its certificate: it is one of these.
    Fingerprints(Vec<Fingerprint>),
    /// It is not, so that whoever is in between can read the login. Never with [`Encrypt::Required`].
    Nobody,
}

/// The deadline of each step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Until TCP is connected; also the longest wait for a free connection.
    pub connect: Duration,
    /// From the first packet until the account is accepted.
    pub login: Duration,
    /// From a SELECT to its last row.
    pub query: Duration,
}

/// One SQL Server. Cheap to clone; clones share connections.
#[derive(Clone, Debug)]
pub(super) struct SqlServer {
    host: Host,
    settings: Arc<Settings>,
    slots: Arc<Semaphore>,
    kept: Arc<Mutex<Vec<Connection>>>,
}

impl SqlServer {
    pub(super) fn new(host: Host, settings: Arc<Settings>, concurrent: usize) -> Self {
        let slots = Arc::new(Semaphore::new(concurrent.max(1)));
        Self { host, settings, slots, kept: Arc::default() }
    }

    pub(super) async fn check(&self, rules: &Rules, question: &Question) -> Result<Checked, SignInError> {
        let mut session = self.session().await?;
        let verdict = ask::check(&mut session, rules, question).await;
        session.end();
        verdict
    }

    pub(super) async fn probe(&self) -> Result<Probe, Fault> {
        let mut session = self.session().await?;
        let probe = ask::probe(&mut session).await;
        session.end();
        probe
    }

    pub(super) async fn people(&self, rules: &Rules) -> Result<People, Fault> {
        let mut session = self.session().await?;
        let people = ask::people(&mut session, rules).await;
        session.end();
        people
    }

    /// A place to ask a question from. Nothing is connected before its first SELECT.
    async fn session(&self) -> Result<Session, Fault> {
        let free = timeout(self.settings.timeouts.connect, Arc::clone(&self.slots).acquire_owned()).await;
        match free {
            Ok(Ok(slot)) => Ok(Session {
                state: self.take().map_or(State::New, State::Kept),
                of: self.clone(),
                _slot: slot,
            }),
            Ok(Err(_)) | Err(_) => Err(self.fault("every connection is in use")),
        }
    }

    fn take(&self) -> Option<Connection> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn keep(&self, connection: Connection) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }

    /// What kept one connection from answering ails the others too.
    fn forget_kept(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    async fn open(&self) -> Result<Connection, Fault> {
        let Settings { timeouts, bind, .. } = &*self.settings;
        let dialed = timeout(timeouts.connect, cti::connect(Some(self.host.clone()), *bind)).await;
        let stream = match dialed {
            Ok(Ok(stream)) => stream,
            Ok(Err(why)) => return Err(Fault(format!("{why}, database {}", self.settings.database))),
            Err(_) => return Err(self.fault(&format!("not connected within {:?}", timeouts.connect))),
        };
        let opened =
            timeout(timeouts.login, guarded(Connection::open(stream, &self.host, &self.settings))).await;
        let opened = opened.unwrap_or(Err(Trouble::Late { step: "logged in", within: timeouts.login }));
        opened.map_err(|trouble| self.fault(&trouble.to_string()))
    }

    fn fault(&self, why: &str) -> Fault {
        Fault(format!("{}, database {}: {why}", self.host, self.settings.database))
    }
}

/// One question. What it used is kept only if it comes to its [`Session::end`] with every SELECT answered.
struct Session {
    of: SqlServer,
    state: State,
    _slot: OwnedSemaphorePermit,
}

enum State {
    /// No connection yet, or one that was dropped.
    New,
    /// From an earlier question; it may have died since.
    Kept(Connection),
    /// It has answered.
    Sound(Connection),
}

impl Session {
    /// The question was answered: its connection is as good as new.
    fn end(self) {
        match self.state {
            State::Sound(connection) => self.of.keep(connection),
            State::New | State::Kept(_) => {}
        }
    }
}

impl Source for Session {
    async fn select<T>(
        &mut self,
        query: &Query,
        bound: &[Bound<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, Odd>,
    ) -> Result<Vec<T>, Fault> {
        // Whoever drops this future drops the connection with it.
        let mut connection = match std::mem::replace(&mut self.state, State::New) {
            State::Sound(connection) => connection,
            State::New => self.of.open().await?,
            State::Kept(mut kept) => match self.on(&mut kept, query, bound, &mut read).await {
                Ok(rows) => {
                    self.state = State::Sound(kept);
                    return Ok(rows);
                }
                Err(Trouble::Dead(_)) => {
                    self.of.forget_kept();
                    self.of.open().await?
                }
                Err(trouble) => {
                    self.of.forget_kept();
                    return Err(self.of.fault(&trouble.to_string()));
                }
            },
        };
        let answer = self.on(&mut connection, query, bound, &mut read).await;
        let rows = answer.map_err(|trouble| self.of.fault(&trouble.to_string()))?;
        self.state = State::Sound(connection);
        Ok(rows)
    }

    fn fault(&self, why: String) -> Fault {
        self.of.fault(&why)
    }
}

impl Session {
    async fn on<T>(
        &self,
        connection: &mut Connection,
        query: &Query,
        bound: &[Bound<'_>],
        read: &mut impl FnMut(&Row<'_>) -> Result<T, Odd>,
    ) -> Result<Vec<T>, Trouble> {
        let within = self.of.settings.timeouts.query;
        let answer = timeout(within, guarded(connection.select(query, bound, read))).await;
        answer.unwrap_or(Err(Trouble::Late { step: "answered", within }))
    }
}

/// The driver must not take the whole task with it, whatever a server sends.
async fn guarded<T>(step: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    AssertUnwindSafe(step)
        .catch_unwind()
        .await
        .unwrap_or(Err(Trouble::Nonsense("the driver gave up on it".into())))
}
