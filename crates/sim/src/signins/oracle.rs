//! What must be answered to whoever shows a password, from what he did before and what the AWDBs say.

use std::collections::BTreeMap;
use std::time::Duration;

use node::api::{HttpResponse, NOT_CHECKED};
use node::failover::awdb::Host;

use crate::world::{AwdbFault, World};

/// AWDB-6.
pub(super) const WINDOW: Duration = Duration::from_secs(30 * 60);
/// mapping.md section 7.
const LOCK_AFTER: u32 = 5;
const LOCK: Duration = Duration::from_secs(5 * 60);
/// Nobody waits longer while one host works.
const SOON: Duration = Duration::from_secs(2);
/// A request and its answer on their ways.
const TRAVEL: Duration = Duration::from_millis(20);
/// A change is read in the background within this time, if the hosts work.
const READ_WITHIN: Duration = Duration::from_secs(75);

/// What a node said to a knock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// 200.
    Accepted,
    /// 401.
    Refused,
    /// 401 that says that nothing was checked.
    NotChecked,
    /// Anything else: the node is out of service.
    Other,
}

impl Answer {
    pub(super) fn of(response: &HttpResponse) -> Self {
        match response.status {
            200 => Self::Accepted,
            401 if response.headers.iter().any(|(name, _)| *name == NOT_CHECKED) => Self::NotChecked,
            401 => Self::Refused,
            _ => Self::Other,
        }
    }
}

/// What both hosts were like at one moment, for one password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct States([State; 2]);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    fault: AwdbFault,
    accepts: bool,
}

impl States {
    /// At once, and not before others have answered.
    fn works(&self, index: usize) -> bool {
        self.0.get(index).is_some_and(|state| state.fault == AwdbFault::None)
    }

    /// By a host that can say so.
    fn any_accepts(&self) -> bool {
        self.0.iter().any(|state| state.accepts && !state.is_gone())
    }

    fn all_gone(&self) -> bool {
        self.0.iter().all(State::is_gone)
    }
}

impl State {
    fn is_gone(&self) -> bool {
        matches!(self.fault, AwdbFault::Refuse | AwdbFault::Hang)
    }
}

/// Somebody showed a password and was answered.
pub(super) struct Knock<'a> {
    pub(super) agent: &'a str,
    pub(super) password: &'a str,
    pub(super) asked: Duration,
    pub(super) answered: Duration,
    pub(super) before: States,
    pub(super) after: States,
    pub(super) answer: Answer,
}

impl Knock<'_> {
    /// A host that works all the time, and whether it says yes.
    fn witness(&self) -> Option<bool> {
        let both = [0, 1].map(|index| self.before.works(index) && self.after.works(index));
        let says = |index: usize| self.after.0.get(index).is_some_and(|state| state.accepts);
        match both {
            [true, true] if says(0) == says(1) => Some(says(0)),
            [true, false] if self.silent(1) => Some(says(0)),
            [false, true] if self.silent(0) => Some(says(1)),
            _ => None,
        }
    }

    /// It says nothing at all in that time.
    fn silent(&self, index: usize) -> bool {
        let gone = |states: &States| states.0.get(index).is_some_and(State::is_gone);
        gone(&self.before) && gone(&self.after)
    }
}

/// What is known of the past.
#[derive(Default)]
pub(super) struct Oracle {
    people: BTreeMap<String, Past>,
    /// Since when both hosts work, if they do.
    all_work_since: Option<Duration>,
}

/// What one person did.
#[derive(Default)]
struct Past {
    /// The password that was accepted last, and when: asked, answered.
    accepted: Option<(String, Duration, Duration)>,
    /// The password with which he surely has a full window, and since when.
    sure: Option<(String, Duration)>,
    /// When something of him, or of a whole host, was changed last.
    changed: Option<Duration>,
    /// Refusals in a row, at most and at least; when the last came.
    refused_at_most: u32,
    refused_at_least: u32,
    last_refused: Duration,
    /// Of those that count as far as is sure.
    last_counted: Duration,
}

impl Oracle {
    pub(super) fn states(&self, world: &World, agent: &str, password: &str) -> States {
        States([Host::Primary, Host::Secondary].map(|host| State {
            fault: world.awdb_fault_of(host),
            accepts: world.awdb_accepts(host, agent, password),
        }))
    }

    /// His row, or the rows of a host, may be different from now on.
    pub(super) fn changed(&mut self, agent: &str, now: Duration) {
        self.people.entry(agent.to_owned()).or_default().changed = Some(now);
    }

    /// Something is wrong with a host from now on, or with none.
    pub(super) fn hosts(&mut self, all_work: bool, now: Duration) {
        self.all_work_since = all_work.then(|| self.all_work_since.unwrap_or(now));
    }

    /// Whether the answer is right; then it belongs to the past.
    pub(super) fn judge(&mut self, knock: &Knock<'_>) -> Result<(), String> {
        let past = self.people.entry(knock.agent.to_owned()).or_default();
        let judging = Judging { past, all_work_since: self.all_work_since };
        let (judged, was_known) = (judging.judge(knock), judging.may_be_known(knock));
        past.remember(knock, was_known);
        judged
    }
}

/// One person, and how the hosts are.
struct Judging<'a> {
    past: &'a Past,
    all_work_since: Option<Duration>,
}

impl Judging<'_> {
    fn judge(&self, knock: &Knock<'_>) -> Result<(), String> {
        let took = knock.answered - knock.asked;
        match knock.answer {
            Answer::Accepted if self.is_surely_locked(knock) => Err("a locked account was let in".into()),
            Answer::Accepted if self.may_be_known(knock) => Ok(()),
            Answer::Accepted if !knock.before.any_accepts() && !knock.after.any_accepts() => {
                Err("let in although no AWDB says so and his time is over".into())
            }
            Answer::Accepted if took > SOON && knock.witness().is_some() => {
                Err(format!("waited {took:?} while an AWDB works"))
            }
            Answer::Accepted | Answer::Other => Ok(()),
            Answer::Refused | Answer::NotChecked if self.is_surely_known(knock) => {
                Err("refused although he is known".into())
            }
            Answer::NotChecked if knock.witness().is_some() => {
                Err("nothing was checked although an AWDB works".into())
            }
            Answer::Refused
                if knock.before.all_gone() && knock.after.all_gone() && !self.may_be_locked(knock) =>
            {
                Err("an outage was told as a wrong password".into())
            }
            Answer::Refused if knock.witness() == Some(true) && !self.may_be_locked(knock) => {
                Err("a right password was refused although an AWDB works".into())
            }
            Answer::Refused | Answer::NotChecked => Ok(()),
        }
    }

    /// His time may not be over yet.
    fn may_be_known(&self, knock: &Knock<'_>) -> bool {
        let Some((password, _, answered)) = &self.past.accepted else { return false };
        let lasts = *answered + WINDOW;
        password == knock.password && knock.asked < lasts && !self.is_surely_barred(knock)
    }

    /// A change was read in the background, and a window has passed since.
    fn is_surely_barred(&self, knock: &Knock<'_>) -> bool {
        let refuses = !knock.before.any_accepts() && !knock.after.any_accepts();
        let (Some(changed), Some(work)) = (self.past.changed, self.all_work_since) else { return false };
        refuses && knock.asked > changed.max(work) + READ_WITHIN + WINDOW
    }

    fn is_surely_known(&self, knock: &Knock<'_>) -> bool {
        let Some((password, asked)) = &self.past.sure else { return false };
        password == knock.password && knock.asked + TRAVEL < *asked + WINDOW
    }

    fn may_be_locked(&self, knock: &Knock<'_>) -> bool {
        self.past.refused_at_most >= LOCK_AFTER && knock.asked < self.past.last_refused + LOCK + TRAVEL
    }

    /// Who may be known is let in all the same.
    fn is_surely_locked(&self, knock: &Knock<'_>) -> bool {
        let lasts = knock.answered + TRAVEL < self.past.last_counted + LOCK;
        self.past.refused_at_least >= LOCK_AFTER && lasts && !self.may_be_known(knock)
    }
}

impl Past {
    fn remember(&mut self, knock: &Knock<'_>, was_known: bool) {
        match knock.answer {
            Answer::Accepted => {
                let unchanged = |since: Duration| self.changed.is_none_or(|at| at < since);
                let renews = self
                    .sure
                    .take()
                    .is_some_and(|(password, since)| password == knock.password && unchanged(since));
                self.sure = (renews || !was_known).then(|| (knock.password.to_owned(), knock.asked));
                self.accepted = Some((knock.password.to_owned(), knock.asked, knock.answered));
                self.refused_at_least = 0;
                if !was_known {
                    self.refused_at_most = 0;
                }
            }
            Answer::Refused => self.refused(knock),
            Answer::NotChecked | Answer::Other => {}
        }
    }

    /// While the account is locked nothing counts; afterwards it begins anew.
    fn refused(&mut self, knock: &Knock<'_>) {
        if knock.answered + TRAVEL > self.last_counted + LOCK {
            self.refused_at_least = 0;
        }
        if knock.asked > self.last_refused + LOCK + TRAVEL {
            self.refused_at_most = 0;
        }
        if self.refused_at_least < LOCK_AFTER {
            self.last_counted = knock.answered;
            self.refused_at_least += 1;
        }
        (self.refused_at_most, self.last_refused) = (self.refused_at_most + 1, knock.answered);
    }
}
