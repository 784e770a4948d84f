//! Changes of the settings, one at a time: judged by what the one before has left, tried if it is an AWDB, written
//! down, and only then counted and answered.

use std::collections::VecDeque;

use api::{Administration, ApiFailure, SettingWrite};
use domain::Now;

use super::Order;
use super::plans::{self, Plan};
use crate::io::{ChangeId, DatabaseFault, Output};
use crate::ledger::{BatchId, Change};
use crate::node::Node;

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

struct InHand {
    id: ChangeId,
    order: Order,
    plan: Plan,
    /// While it is being written down.
    batch: Option<BatchId>,
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
            match self.is_served(&order.asked).and_then(|()| plans::plan(&self.domain, &order)) {
                Ok(plan) => self.begin_change(order, plan, now),
                Err(failure) => self.reply_to(&order, Err(failure)),
            }
        }
    }

    fn begin_change(&mut self, order: Order, plan: Plan, now: Now) {
        let id = self.desk.changes.next_id();
        let database = plan.database.clone();
        let connect = order.asked == Administration::Set(SettingWrite::Database { tried: true });
        let in_hand = InHand { id, order, plan, batch: None };
        match database {
            Some(database) => {
                self.out.push_back(Output::TryDatabase { change: id, database, connect });
                self.desk.changes.in_hand = Some(in_hand);
            }
            None => self.write_down(in_hand, now),
        }
    }

    fn write_down(&mut self, in_hand: InHand, now: Now) {
        match self.ledger.propose(in_hand.plan.change.clone()) {
            Ok(batch) => self.desk.changes.in_hand = Some(InHand { batch: Some(batch), ..in_hand }),
            Err(fault) => self.not_written(in_hand, &fault.to_string(), now),
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
        let Some(in_hand) = self.desk.changes.in_hand.take_if(|in_hand| in_hand.id == id) else { return };
        let failure = match outcome {
            Ok(()) => {
                self.desk.tried.clone_from(&in_hand.plan.database);
                return self.write_down(in_hand, now);
            }
            Err(DatabaseFault::Unusable(why)) => ApiFailure::awdb_unusable(why),
            Err(DatabaseFault::Unreachable(why)) => ApiFailure::awdb_tried_in_vain(why),
        };
        self.reply_to(&in_hand.order, Err(failure));
        self.next_change(now);
    }

    /// The shell has written a change down, which counts by now, or could not.
    pub(in crate::node) fn change_persisted(
        &mut self,
        batch: BatchId,
        outcome: Result<(), String>,
        now: Now,
    ) {
        let in_hand = self.desk.changes.in_hand.take_if(|in_hand| in_hand.batch == Some(batch));
        let Some(in_hand) = in_hand else { return };
        match outcome {
            Ok(()) => {
                let Change { says, by, .. } = &in_hand.plan.change;
                self.story(now, "settings.changed", format!("{says} by {by:?}"));
                self.reply_to(&in_hand.order, Ok(in_hand.plan.done));
            }
            Err(why) => self.not_written(in_hand, &why, now),
        }
        self.next_change(now);
    }

    /// Everything stays as it was.
    fn not_written(&mut self, in_hand: InHand, why: &str, now: Now) {
        self.desk.tried = None;
        let says = format!("not written down, and so not done: {}: {why}", in_hand.plan.change.says);
        self.story(now, "settings.unwritable", says);
        self.reply_to(&in_hand.order, Err(ApiFailure::not_stored()));
    }
}
