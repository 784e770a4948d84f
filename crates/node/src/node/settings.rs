//! The settings in the node: the log on disk and in memory, and the one way by which what it says begins to count.

use api::settings::EnterpriseDatabaseConfig;
use domain::{Now, Resources};
use failover::fence::Rank;

use super::Node;
use crate::io::{DatabaseFault, Output};
use crate::ledger::{self, Adoption, BatchId, Generation, Keeper, Log, Objects, Standing, Write};
use crate::records::{self, Edit};
use crate::work::{Done, Work};

impl Node {
    /// The log of the settings, if this node has one.
    pub fn log(&self) -> Option<&Log> {
        self.ledger.log()
    }

    /// Whether this node takes changes of settings; the other one follows it.
    pub fn is_primary(&self) -> bool {
        self.config.fence.rank == Rank::Primary
    }

    /// How the log of the settings stands.
    pub fn settings_standing(&self) -> Standing {
        self.ledger.standing()
    }

    /// What is on disk takes the place of the settings file.
    pub(super) fn open_log(&mut self, log: Option<Log>, now: Now) {
        let begins = log.is_none() && self.config.fence.rank == Rank::Primary;
        let log = if begins { Some(self.first_log()) } else { log };
        if let Some(log) = &log {
            *self.domain.resources_mut() = Resources::default();
            self.take_over(&log.writes_from(&Objects::new()), now);
        }
        self.ledger = Keeper::new(self.config.fence.rank, log);
    }

    fn first_log(&self) -> Log {
        Log::begin(Generation::default(), &records::of_file(&self.config))
    }

    /// What was done beside this thread.
    pub(super) fn worked(&mut self, done: Done, now: Now) {
        match done {
            Done::Contacts(change, file) => self.file_read(change, file, now),
            Done::Ledger(done) => self.ledger.worked(done, now),
        }
    }

    /// The shell has written something down, or could not.
    pub(super) fn persisted(&mut self, batch: BatchId, outcome: Result<(), String>, now: Now) {
        self.ledger.stored(batch, &outcome, now);
        self.drain_ledger(now);
        self.change_persisted(batch, outcome, now);
    }

    /// Somebody decides whose settings are right, after they have diverged.
    pub(super) fn adopt_settings(&mut self, winner: Rank, adoption: Adoption, now: Now) {
        if let Err(why) = self.ledger.adopt(winner, adoption, now) {
            self.story(now, "settings.refused", format!("nothing is adopted: {why}"));
        }
    }

    pub(super) fn drain_ledger(&mut self, now: Now) -> bool {
        let mut busy = false;
        while let Some(output) = self.next_of_ledger(now) {
            busy = true;
            self.ledger_says(output, now);
        }
        self.show_standing();
        busy
    }

    /// A change that had to wait for the log has its turn as soon as the log has nothing more to say.
    fn next_of_ledger(&mut self, now: Now) -> Option<ledger::Output> {
        self.ledger.poll_output().or_else(|| {
            self.next_change(now);
            self.ledger.poll_output()
        })
    }

    fn ledger_says(&mut self, output: ledger::Output, now: Now) {
        match output {
            ledger::Output::Persist(batch, what) => {
                self.out.push_back(Output::Persist { batch, what });
                if self.counts_unwritten() {
                    self.persisted(batch, Ok(()), now);
                }
            }
            ledger::Output::Send(link, message) => {
                self.out.push_back(Output::PeerSend { link, message: message.into() });
            }
            ledger::Output::Work(work) => self.out.push_back(Output::Work(Work::Ledger(work))),
            ledger::Output::Begun => *self.domain.resources_mut() = Resources::default(),
            ledger::Output::Applied(writes) => self.take_over(&writes, now),
            ledger::Output::Note(what, says) => self.story(now, what, says),
        }
    }

    fn show_standing(&mut self) {
        let standing = self.ledger.standing();
        if self.standing != Some(standing) {
            self.standing = Some(standing);
            self.out.push_back(Output::Standing(standing));
        }
    }

    /// From now on these count: after the own change, at the start, and when they come from the other node. CTI servers
    /// and the other node are dialed by the next process.
    fn take_over(&mut self, writes: &[Write], now: Now) {
        for write in writes {
            match Edit::read(write) {
                Ok(edit) => self.take_one(edit, now),
                Err(fault) => self.story(now, "settings.unknown", format!("not understood: {fault}")),
            }
        }
    }

    fn take_one(&mut self, edit: Edit, now: Now) {
        let (desk, file) = (&mut self.desk, &self.config.settings);
        match edit {
            Edit::System(system) => desk.settings.system = system.unwrap_or_else(|| file.system.clone()),
            Edit::Cluster(cluster) => desk.settings.cluster = cluster.unwrap_or_else(|| file.cluster.clone()),
            Edit::Database(database) => {
                if let Some(database) = database.or_else(|| file.database.clone()) {
                    self.take_database(database, now);
                }
            }
            Edit::Resource(edit) => self.domain.resources_mut().apply(edit),
            Edit::File(_) | Edit::Log(_) => {}
        }
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
