//! The settings in the node: the log on disk and in memory, and the one way by which what it says begins to count.

use std::collections::BTreeMap;

use api::settings::EnterpriseDatabaseConfig;
use domain::{ConfiguredReason, Now, ReasonCodes};
use failover::fence::Rank;

use super::Node;
use crate::io::{DatabaseFault, Output};
use crate::ledger::{BatchId, Change, Fault, Generation, Keeper, Log, Objects, Write};
use crate::records::{self, Edit, Series};

impl Node {
    /// The log of the settings, if this node has one.
    pub fn log(&self) -> Option<&Log> {
        self.ledger.log()
    }

    /// What is on disk takes the place of the settings file.
    pub(super) fn open_log(&mut self, log: Option<Log>, now: Now) {
        let begins = log.is_none() && self.config.fence.rank == Rank::Primary;
        let log = if begins { Some(self.first_log()) } else { log };
        if let Some(log) = &log {
            self.domain.set_reasons(ReasonCodes::default());
            self.take_over(&log.writes_from(&Objects::new()), now);
        }
        self.ledger = Keeper::new(log);
    }

    fn first_log(&self) -> Log {
        Log::begin(Generation::default(), &records::of_file(&self.config))
    }

    /// A change is to be written down; what has become of it is told by `persisted`.
    pub(super) fn persist(&mut self, change: Change) -> Result<BatchId, Fault> {
        let (batch, what) = self.ledger.propose(change)?;
        self.out.push_back(Output::Persist { batch, what });
        Ok(batch)
    }

    /// The shell has written something down, or could not.
    pub(super) fn persisted(&mut self, batch: BatchId, outcome: Result<(), String>, now: Now) {
        let writes = self.ledger.stored(batch, outcome.is_ok());
        self.take_over(&writes, now);
        self.change_persisted(batch, outcome, now);
    }

    /// From now on these count: after the own change, at the start, and when they come from the other node. CTI servers
    /// and the other node are dialed by the next process.
    fn take_over(&mut self, writes: &[Write], now: Now) {
        let mut reasons = BTreeMap::new();
        for write in writes {
            match Edit::read(write) {
                Ok(Edit::Reason(id, reason)) => drop(reasons.insert(id, reason)),
                Ok(edit) => self.take_one(edit, now),
                Err(fault) => self.story(now, "settings.unknown", format!("not understood: {fault}")),
            }
        }
        self.take_reasons(reasons);
    }

    fn take_one(&mut self, edit: Edit, now: Now) {
        let (desk, file) = (&mut self.desk, &self.config.settings);
        match edit {
            Edit::System(system) => desk.settings.system = system.unwrap_or_else(|| file.system.clone()),
            Edit::Cluster(cluster) => desk.settings.cluster = cluster.unwrap_or_else(|| file.cluster.clone()),
            Edit::Next(Series::Reason, next) => {
                desk.settings.last_reason = next.map_or(0, |next| next.saturating_sub(1));
            }
            Edit::Database(database) => {
                if let Some(database) = database.or_else(|| file.database.clone()) {
                    self.take_database(database, now);
                }
            }
            Edit::Reason(id, reason) => self.take_reasons([(id, reason)].into()),
        }
    }

    fn take_reasons(&mut self, changed: BTreeMap<i32, Option<ConfiguredReason>>) {
        if changed.is_empty() {
            return;
        }
        let mut reasons = self.domain.reasons().clone();
        reasons.0.retain(|reason| !changed.contains_key(&reason.code.id));
        reasons.0.extend(changed.into_values().flatten());
        reasons.0.sort_by_key(|reason| reason.code.id);
        self.domain.set_reasons(reasons);
    }

    /// One that was tried is used at once. What an earlier process or the other node has set is tried first: this
    /// server may not be able to use it.
    fn take_database(&mut self, database: EnterpriseDatabaseConfig, now: Now) {
        if self.desk.settings.database.as_ref() == Some(&database) {
            return;
        }
        if self.desk.tried.take_if(|tried| *tried == database).is_some() {
            return self.use_database(database, now);
        }
        let change = self.desk.next_change_id();
        self.desk.trying = Some((change, database.clone()));
        self.out.push_back(Output::TryDatabase { change, database, connect: false });
    }

    pub(super) fn taken_database_tried(
        &mut self,
        database: EnterpriseDatabaseConfig,
        outcome: Result<(), DatabaseFault>,
        now: Now,
    ) {
        match outcome {
            Ok(()) => self.use_database(database, now),
            Err(DatabaseFault::Unusable(why) | DatabaseFault::Unreachable(why)) => {
                let says = format!("the AWDB that was set through the API is not used: {why}");
                self.story(now, "settings.database", says);
            }
        }
    }

    fn use_database(&mut self, database: EnterpriseDatabaseConfig, now: Now) {
        let secondary = database.backup.is_some();
        self.desk.settings.database = Some(database.clone());
        self.out.push_back(Output::UseDatabase(database));
        self.awdb.replace_hosts(secondary, now.mono);
    }
}
