//! What the node needs done for administrators: passwords compared, AWDBs tried, settings written down.
//!
//! Everything here takes time and runs on tasks of its own. Never decides who may do what.

use std::sync::Arc;

use node::DatabaseFault;
use node::api::settings::EnterpriseDatabaseConfig;
use node::domain::Secret;
use node::failover::awdb::Host;
use node::ledger::Batch;

use crate::administrators::Administrators;
use crate::awdb::{self, Awdb};
use crate::store::{self, Store};

/// The office of one server. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Office {
    administrators: Administrators,
    store: Arc<Store>,
    awdb: awdb::Settings,
}

impl Office {
    pub(crate) fn new(administrators: Administrators, store: Arc<Store>, awdb: awdb::Settings) -> Self {
        Self { administrators, store, awdb }
    }

    pub(crate) async fn accept(self, user: String, password: Secret) -> bool {
        self.administrators.accept(&user, password).await
    }

    /// Whether these databases can be used, and answer, if that is wanted.
    pub(crate) async fn try_database(
        self,
        wanted: EnterpriseDatabaseConfig,
        connect: bool,
    ) -> Result<(), DatabaseFault> {
        let awdb = Awdb::new(self.with(&wanted).map_err(DatabaseFault::Unusable)?);
        if connect {
            answers(&awdb, Host::Primary).await?;
        }
        if connect && awdb.has_secondary() {
            answers(&awdb, Host::Secondary).await?;
        }
        Ok(())
    }

    /// Resolves when it is on disk.
    pub(crate) async fn persist(self, what: Batch) -> Result<(), String> {
        let written = tokio::task::spawn_blocking(move || self.store.keep(&what)).await;
        written.map_err(|reason| reason.to_string())?
    }

    /// The databases that are asked from now on.
    pub(crate) fn use_database(&mut self, wanted: &EnterpriseDatabaseConfig) -> Result<Awdb, String> {
        self.awdb = self.with(wanted)?;
        Ok(Awdb::new(self.awdb.clone()))
    }

    fn with(&self, wanted: &EnterpriseDatabaseConfig) -> Result<awdb::Settings, String> {
        let databases = store::databases(&self.awdb.databases, wanted)?;
        Ok(awdb::Settings { databases, ..self.awdb.clone() })
    }
}

async fn answers(awdb: &Awdb, host: Host) -> Result<(), DatabaseFault> {
    awdb.probe(host).await.map(drop).map_err(DatabaseFault::Unreachable)
}
