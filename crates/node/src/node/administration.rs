//! Administrators: their sign-in, and the settings that they read and change (rest-api.md sections 10 and 16).
//!
//! ```text
//! request ──▶ gate ──▶ password? ──▶ role? ──▶ primary node? ──▶ AWDB-13b ──▶ read: answered
//!                                                                       └──▶ write: waits for its turn
//!
//! turn ──▶ (file read) ──▶ body ──▶ (tried) ──▶ written down ──▶ counts, and is answered ──▶ next turn
//! ```
//!
//! A change counts when it is on disk and not before, and nobody is told of it earlier.

mod changes;
mod contacts;
mod looks;
mod objects;
mod plans;

use std::collections::BTreeMap;

use api::settings::EnterpriseDatabaseConfig;
use api::{Administration, ApiFailure, HttpRequest, HttpResponse, Matched, Operation, Route, SettingWrite};
use domain::Now;
use failover::administrators::{Administrators, Answer, CheckId, Outcome};
use failover::fence::Rank;

use super::Node;
use crate::io::{ChangeId, HttpId, Output, Settings};
use crate::rest::{self, Waiting, Who};
use changes::Changes;

/// Requests that wait for one check: what a page asks for at once, several times over.
const WAITING_MAX: usize = 64;

/// The settings, and who changes them.
pub(super) struct Desk {
    pub(super) settings: Settings,
    administrators: Administrators,
    /// Who waits for each check.
    checks: BTreeMap<CheckId, Vec<(HttpId, Waiting)>>,
    changes: Changes,
    /// The AWDB that was found to be usable, while its change is being written down.
    pub(super) tried: Option<EnterpriseDatabaseConfig>,
    /// One that is in the log and has not been tried here yet.
    pub(super) trying: Option<(ChangeId, EnterpriseDatabaseConfig)>,
}

/// A request of an administrator.
struct Order {
    http: HttpId,
    request: HttpRequest,
    asked: Administration,
    /// Where it stands in the table.
    route: &'static Route,
    user: String,
}

impl Order {
    fn has_file(&self) -> bool {
        matches!(self.asked, Administration::Set(SettingWrite::ImportContacts { .. }))
    }
}

impl Desk {
    pub(super) fn new(config: &crate::Config) -> Self {
        Self {
            settings: config.settings.clone(),
            administrators: Administrators::new(config.administrators.clone(), config.credentials_key.0),
            checks: BTreeMap::new(),
            changes: Changes::default(),
            tried: None,
            trying: None,
        }
    }

    /// Names what is tried.
    pub(super) fn next_change_id(&mut self) -> ChangeId {
        self.changes.next_id()
    }
}

impl Node {
    /// The settings as they are.
    pub fn settings(&self) -> &Settings {
        &self.desk.settings
    }

    /// Whether an administrator has that name, whatever the password.
    pub(super) fn is_administrator(&self, user: &str) -> bool {
        self.desk.administrators.has(user)
    }

    /// A request of somebody who must be an administrator to get anything.
    pub(super) fn ask_administrator(&mut self, http: HttpId, waiting: Waiting, now: Now) {
        let (user, password) = (&waiting.user, waiting.password.expose());
        match self.desk.administrators.ask(user, password, waiting.request.caller, now.mono) {
            Answer::Known => self.let_in(http, waiting, now),
            Answer::Check(check) => {
                let (user, password) = (waiting.user.clone(), waiting.password.clone());
                self.desk.checks.insert(check, vec![(http, waiting)]);
                self.out.push_back(Output::CheckAdministrator { check, user, password });
            }
            Answer::Wait(check) => self.wait_for(check, http, waiting),
            Answer::Locked => self.refuse_name(http, &waiting),
            Answer::Busy => self.refuse_overload(http, &waiting.request),
        }
    }

    fn wait_for(&mut self, check: CheckId, http: HttpId, waiting: Waiting) {
        match self.desk.checks.get_mut(&check).filter(|all| all.len() < WAITING_MAX) {
            Some(all) => all.push((http, waiting)),
            None => self.refuse_overload(http, &waiting.request),
        }
    }

    pub(super) fn administrator_checked(&mut self, check: CheckId, right: bool, now: Now) {
        let Some(all) = self.desk.checks.remove(&check) else { return };
        let outcome = self.desk.administrators.checked(check, right, now.mono);
        if let (Some(Outcome::Locked), Some((_, first))) = (outcome, all.first()) {
            let says = format!("{:?} is locked out after wrong passwords", first.user);
            self.story(now, "administrator.locked", says);
        }
        for (http, waiting) in all {
            match outcome {
                Some(Outcome::Right) => self.let_in(http, waiting, now),
                Some(Outcome::Wrong | Outcome::Locked) | None => self.refuse_name(http, &waiting),
            }
        }
    }

    fn refuse_name(&mut self, http: HttpId, waiting: &Waiting) {
        self.reply(http, &waiting.request, Err(ApiFailure::unauthorized(&waiting.user)));
    }

    /// An administrator is there. Settings are for the desk, everything else is the same as for others.
    fn let_in(&mut self, http: HttpId, waiting: Waiting, now: Now) {
        let who = Who::Administrator(&waiting.user);
        let (asked, route) = match &waiting.matched {
            Ok(Matched { operation: Operation::Administer(asked), route, .. }) => (asked.clone(), *route),
            Ok(_) | Err(_) => return self.perform(http, &waiting, who, now),
        };
        if let Err(failure) = rest::authorized(&self.domain, who, &waiting) {
            return self.reply(http, &waiting.request, Err(failure));
        }
        let Waiting { request, user, .. } = waiting;
        self.carry_out(Order { http, request, asked, route, user }, now);
    }

    /// An administrator asks. The gate again: service may have been lost while the password was checked.
    fn carry_out(&mut self, order: Order, now: Now) {
        if self.config.fence.rank == Rank::Secondary {
            return self.reply_to(&order, Err(ApiFailure::forbidden(&order.request.path)));
        }
        if let Err(failure) = self.is_served(&order.asked) {
            return self.reply_to(&order, Err(failure));
        }
        match &order.asked {
            Administration::Look(read) => {
                let answer = self.setting(read);
                self.reply_to(&order, answer);
            }
            Administration::Set(_) => self.change_in_turn(order, now),
        }
    }

    /// AWDB-13b: without an AWDB nothing can be set but the hosts themselves.
    fn is_served(&self, asked: &Administration) -> Result<(), ApiFailure> {
        if asked.is_always_served() {
            return Ok(());
        }
        if !self.is_open() {
            return Err(ApiFailure::out_of_service());
        }
        match self.awdb.standing().unreachable_since {
            Some(_) => Err(ApiFailure::awdb_unavailable()),
            None => Ok(()),
        }
    }

    fn reply_to(&mut self, order: &Order, answer: Result<HttpResponse, ApiFailure>) {
        self.reply(order.http, &order.request, answer);
    }
}
