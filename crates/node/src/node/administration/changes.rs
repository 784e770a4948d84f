//! Changes of the settings, one at a time: judged by what the one before has left, tried if it is an AWDB, written
//! down, and only then counted and answered.

use std::collections::VecDeque;

use api::{Administration, ApiFailure, HttpResponse, links, parse};
use domain::{Now, ReasonCodes, ReasonFault};

use super::Order;
use crate::io::{ChangeId, DatabaseFault, Output, SettingsChange};
use crate::node::Node;

/// Changes that wait at once. Administrators are few, and a change takes milliseconds, or seconds if an AWDB is tried.
const WAITING_MAX: usize = 16;

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
    change: SettingsChange,
    /// What is answered if all goes well.
    done: HttpResponse,
}

impl Changes {
    fn begin(&mut self, order: Order, change: SettingsChange, done: HttpResponse) -> Output {
        self.last += 1;
        let id = ChangeId(self.last);
        let first = match &change {
            SettingsChange::Database(database) => {
                let connect = order.asked == Administration::PutEnterpriseDatabaseConfig { tried: true };
                Output::TryDatabase { change: id, database: database.clone(), connect }
            }
            SettingsChange::System(_) | SettingsChange::Cluster(_) | SettingsChange::Reasons { .. } => {
                Output::Persist { change: id, what: change.clone() }
            }
        };
        self.in_hand = Some(InHand { id, order, change, done });
        first
    }

    fn take(&mut self, id: ChangeId) -> Option<InHand> {
        self.in_hand.take_if(|in_hand| in_hand.id == id)
    }
}

impl Node {
    pub(super) fn change_in_turn(&mut self, order: Order) {
        if self.desk.changes.waiting.len() >= WAITING_MAX {
            return self.refuse_overload(order.http, &order.request);
        }
        self.desk.changes.waiting.push_back(order);
        self.next_change();
    }

    fn next_change(&mut self) {
        while self.desk.changes.in_hand.is_none()
            && let Some(order) = self.desk.changes.waiting.pop_front()
        {
            match self.is_served(&order.asked).and_then(|()| self.change(&order)) {
                Ok((change, done)) => {
                    let first = self.desk.changes.begin(order, change, done);
                    self.out.push_back(first);
                }
                Err(failure) => self.reply_to(&order, Err(failure)),
            }
        }
    }

    /// What is to be changed, and the answer when it is done.
    fn change(&self, order: &Order) -> Result<(SettingsChange, HttpResponse), ApiFailure> {
        let (request, echo) = (&order.request, order.request.echo());
        let change = match &order.asked {
            Administration::PutSystemConfig => SettingsChange::System(parse::system_config(request)?),
            Administration::PutClusterConfig => SettingsChange::Cluster(parse::cluster_config(request)?),
            Administration::PutEnterpriseDatabaseConfig { .. } => {
                SettingsChange::Database(parse::enterprise_database_config(request)?)
            }
            Administration::PostReasonCode => {
                let (new, id) =
                    (parse::new_reason(request)?, self.desk.settings.last_reason.saturating_add(1));
                let change = self.reasons("", id, |codes| codes.add(id, new))?;
                return Ok((change, HttpResponse::created(links::reason_code(id), echo.as_ref())));
            }
            Administration::PutReasonCode { id } => {
                let (change, number) = (parse::reason_change(request)?, known(id)?);
                self.reasons(id, 0, |codes| codes.change(number, change))?
            }
            Administration::DeleteReasonCode { id } => {
                let number = known(id)?;
                self.reasons(id, 0, |codes| codes.remove(number))?
            }
            Administration::GetSystemConfig
            | Administration::GetClusterConfig
            | Administration::GetEnterpriseDatabaseConfig
            | Administration::ReasonCodes { .. }
            | Administration::GetReasonCode { .. } => return Err(ApiFailure::internal()),
        };
        Ok((change, HttpResponse::done(echo.as_ref())))
    }

    /// The reason codes as they are to be. `id`: for the answer; `last`: the id that was given, if one was.
    fn reasons(
        &self,
        id: &str,
        last: i32,
        edit: impl FnOnce(&mut ReasonCodes) -> Result<(), ReasonFault>,
    ) -> Result<SettingsChange, ApiFailure> {
        let mut codes = self.domain.reasons().clone();
        edit(&mut codes).map_err(|fault| ApiFailure::reason(fault, id))?;
        Ok(SettingsChange::Reasons { codes, last: last.max(self.desk.settings.last_reason) })
    }

    /// The shell has looked at an AWDB.
    pub(in crate::node) fn database_tried(&mut self, id: ChangeId, outcome: Result<(), DatabaseFault>) {
        let Some(in_hand) = self.desk.changes.take(id) else { return };
        let failure = match outcome {
            Ok(()) => {
                self.out.push_back(Output::Persist { change: id, what: in_hand.change.clone() });
                self.desk.changes.in_hand = Some(in_hand);
                return;
            }
            Err(DatabaseFault::Unusable(why)) => ApiFailure::awdb_unusable(why),
            Err(DatabaseFault::Unreachable(why)) => ApiFailure::awdb_tried_in_vain(why),
        };
        self.reply_to(&in_hand.order, Err(failure));
        self.next_change();
    }

    /// The shell has written a change down, or could not.
    pub(in crate::node) fn persisted(&mut self, id: ChangeId, outcome: Result<(), String>, now: Now) {
        let Some(InHand { order, change, done, .. }) = self.desk.changes.take(id) else { return };
        match outcome {
            Ok(()) => {
                self.story(
                    now,
                    "settings.changed",
                    format!("{} was changed by {:?}", change.name(), order.user),
                );
                self.take_over(change, now);
                self.reply_to(&order, Ok(done));
            }
            Err(why) => {
                self.story(now, "settings.unwritable", format!("{} stays as it was: {why}", change.name()));
                self.reply_to(&order, Err(ApiFailure::not_stored()));
            }
        }
        self.next_change();
    }

    /// From now on it counts. CTI servers and the other node are dialed by the next process.
    fn take_over(&mut self, change: SettingsChange, now: Now) {
        let settings = &mut self.desk.settings;
        match change {
            SettingsChange::System(system) => settings.system = system,
            SettingsChange::Cluster(cluster) => settings.cluster = cluster,
            SettingsChange::Reasons { codes, last } => {
                settings.last_reason = last;
                self.domain.set_reasons(codes);
            }
            SettingsChange::Database(database) => {
                settings.database = Some(database.clone());
                let secondary = database.backup.is_some();
                self.out.push_back(Output::UseDatabase(database));
                self.awdb.replace_hosts(secondary, now.mono);
            }
        }
    }
}

/// The id of a path, if it can be one.
fn known(id: &str) -> Result<i32, ApiFailure> {
    links::reason_code_id(id).ok_or_else(|| ApiFailure::not_found(id))
}
