//! Changes of the settings, one at a time: judged by what the one before has left, tried if it is an AWDB, written
//! down, and only then counted and answered.
//!
//! ```text
//! waiting ──▶ Reading, if it has a file ──▶ Trying, if it is an AWDB ──▶ Writing ──▶ counts
//! ```

use std::collections::VecDeque;

use api::parse::Import;
use api::{Administration, ApiFailure, HttpRequest, HttpResponse, SettingWrite};
use domain::Now;

use super::Order;
use super::plans::{self, Plan};
use crate::io::{ChangeId, DatabaseFault, Output};
use crate::ledger::BatchId;
use crate::node::Node;
use crate::work::Work;

/// Changes that wait at once: a program that sets many things at a time, or some. A change takes milliseconds, or seconds
/// if an AWDB is tried.
const WAITING_MAX: usize = 64;

/// The line, and the one whose turn it is.
#[derive(Default)]
pub(super) struct Changes {
    waiting: VecDeque<Order>,
    in_hand: Option<InHand>,
    last: u64,
}

/// See the diagram.
enum InHand {
    Reading { id: ChangeId, order: Order },
    Trying { id: ChangeId, order: Order, plan: Box<Plan> },
    Writing { batch: BatchId, order: Order, says: String, done: HttpResponse },
}

impl Changes {
    pub(super) fn next_id(&mut self) -> ChangeId {
        self.last += 1;
        ChangeId(self.last)
    }
}

impl Node {
    pub(super) fn change_in_turn(&mut self, order: Order, now: Now) {
        if self.desk.changes.waiting.len() >= WAITING_MAX {
            return self.refuse_overload(order.http, &order.request);
        }
        self.desk.changes.waiting.push_back(order);
        self.next_change(now);
    }

    pub(in crate::node) fn next_change(&mut self, now: Now) {
        while self.desk.changes.in_hand.is_none()
            && self.ledger.accepts()
            && let Some(order) = self.desk.changes.waiting.pop_front()
        {
            match self.is_served(&order.asked) {
                Ok(()) if order.has_file() => self.read_file(order),
                Ok(()) => self.plan_change(order, None, now),
                Err(failure) => self.reply_to(&order, Err(failure)),
            }
        }
    }

    /// Thousands of lines are read beside the node's thread.
    fn read_file(&mut self, mut order: Order) {
        let id = self.desk.changes.next_id();
        let body = std::mem::take(&mut order.request.body);
        let file = HttpRequest { body, ..order.request.clone() };
        self.out.push_back(Output::Work(Work::Contacts(id, file)));
        self.desk.changes.in_hand = Some(InHand::Reading { id, order });
    }

    pub(in crate::node) fn file_read(&mut self, read: ChangeId, file: Result<Import, ApiFailure>, now: Now) {
        let of_it = |it: &mut InHand| matches!(it, InHand::Reading { id, .. } if *id == read);
        let Some(InHand::Reading { order, .. }) = self.desk.changes.in_hand.take_if(of_it) else { return };
        self.plan_change(order, Some(file), now);
        self.next_change(now);
    }

    fn plan_change(&mut self, order: Order, file: Option<Result<Import, ApiFailure>>, now: Now) {
        match plans::plan(&self.domain, &order, file) {
            Ok(plan) => self.begin_change(order, plan, now),
            Err(failure) => self.reply_to(&order, Err(failure)),
        }
    }

    fn begin_change(&mut self, order: Order, plan: Plan, now: Now) {
        let Some(database) = plan.database.clone() else { return self.write_down(order, plan, now) };
        let id = self.desk.changes.next_id();
        let connect = order.asked == Administration::Set(SettingWrite::Database { tried: true });
        self.out.push_back(Output::TryDatabase { change: id, database, connect });
        self.desk.changes.in_hand = Some(InHand::Trying { id, order, plan: Box::new(plan) });
    }

    fn write_down(&mut self, order: Order, plan: Plan, now: Now) {
        let Plan { change, done, .. } = plan;
        let says = change.says.clone();
        match self.ledger.propose(change) {
            Ok(batch) => self.desk.changes.in_hand = Some(InHand::Writing { batch, order, says, done }),
            Err(fault) => self.not_written(&order, &says, &fault.to_string(), now),
        }
    }

    /// The shell has looked at an AWDB.
    pub(in crate::node) fn database_tried(
        &mut self,
        id: ChangeId,
        outcome: Result<(), DatabaseFault>,
        now: Now,
    ) {
        if let Some((_, database)) = self.desk.trying.take_if(|(trying, _)| *trying == id) {
            return self.taken_database_tried(database, outcome, now);
        }
        let of_it = |it: &mut InHand| matches!(it, InHand::Trying { id: trying, .. } if *trying == id);
        let Some(InHand::Trying { order, plan, .. }) = self.desk.changes.in_hand.take_if(of_it) else {
            return;
        };
        let failure = match outcome {
            Ok(()) => {
                self.desk.tried.clone_from(&plan.database);
                return self.write_down(order, *plan, now);
            }
            Err(DatabaseFault::Unusable(why)) => ApiFailure::awdb_unusable(why),
            Err(DatabaseFault::Unreachable(why)) => ApiFailure::awdb_tried_in_vain(why),
        };
        self.reply_to(&order, Err(failure));
        self.next_change(now);
    }

    /// The shell has written a change down, which counts by now, or could not.
    pub(in crate::node) fn change_persisted(
        &mut self,
        written: BatchId,
        outcome: Result<(), String>,
        now: Now,
    ) {
        let of_it = |it: &mut InHand| matches!(it, InHand::Writing { batch, .. } if *batch == written);
        let in_hand = self.desk.changes.in_hand.take_if(of_it);
        let Some(InHand::Writing { order, says, done, .. }) = in_hand else { return };
        match outcome {
            Ok(()) => {
                self.story(now, "settings.changed", format!("{says} by {:?}", order.user));
                self.reply_to(&order, Ok(done));
            }
            Err(why) => self.not_written(&order, &says, &why, now),
        }
        self.next_change(now);
    }

    /// Everything stays as it was.
    fn not_written(&mut self, order: &Order, says: &str, why: &str, now: Now) {
        self.desk.tried = None;
        self.story(now, "settings.unwritable", format!("not written down, and so not done: {says}: {why}"));
        self.reply_to(order, Err(ApiFailure::not_stored()));
    }
}
