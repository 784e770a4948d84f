//! What desktops see, in order: silence while out of service, and the final states after it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::ensure;
use crate::seen::{Object, Seen};

/// The screens by desktop.
#[derive(Debug, Default)]
pub(super) struct Screens(BTreeMap<usize, Screen>);

#[derive(Debug, Default)]
struct Screen {
    service: Option<bool>,
    /// Objects told since service returned, while nothing else could have changed them.
    told: BTreeSet<String>,
    dialogs_began: bool,
    /// What was told of last.
    rank: Rank,
    after_recovery: bool,
    /// When service returned.
    since: Duration,
    /// It hears late of what happened up to this recovery.
    late: Option<u64>,
}

/// Whose state an event tells, in the order of the telling.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    #[default]
    Own,
    Team,
    Queue,
}

/// Nodes of queues (notifications.md section 6.1).
const QUEUE: &str = "/finesse/api/Queue/";
/// What a recovery has to say has been heard by then.
const AT_ONCE: Duration = Duration::from_millis(50);

/// How it stands with the node at the moment of an event.
pub(super) struct Standing {
    /// Since the node announced service, nothing has come that could change what is shown.
    pub(super) still: bool,
    /// Recoveries so far, of all nodes.
    pub(super) recoveries: u64,
}

impl Screens {
    /// One event.
    pub(super) fn seen(&mut self, desktop: usize, seen: &Seen, node: &Standing) -> Result<(), String> {
        let screen = self.0.entry(desktop).or_default();
        match &seen.object {
            Object::System { in_service } => {
                screen.system(*in_service, node.recoveries);
                screen.since = seen.at;
                Ok(())
            }
            object => {
                ensure(screen.service != Some(false), || {
                    format!("(3) sees {} while out of service", seen.short())
                })?;
                screen.after_recovery &= node.still;
                if screen.after_recovery { screen.final_state(seen, object) } else { Ok(()) }
            }
        }
    }

    /// Its connection is lost, or there again: what comes then may be older than the recovery that the node has made.
    pub(super) fn late(&mut self, desktop: usize, recoveries: u64) {
        let screen = self.0.entry(desktop).or_default();
        (screen.after_recovery, screen.late) = (false, Some(recoveries));
    }

    pub(super) fn lost(&mut self, desktop: usize) {
        self.0.remove(&desktop);
    }
}

impl Screen {
    fn system(&mut self, in_service: bool, recoveries: u64) {
        let back = in_service && self.service == Some(false);
        let late = self.late.filter(|known| *known == recoveries);
        *self = Self {
            service: Some(in_service),
            after_recovery: back && late.is_none(),
            late,
            ..Self::default()
        };
    }

    /// (2) Final states exactly once per object, in the order User, Dialogs, errors, Team, Queue.
    fn final_state(&mut self, seen: &Seen, object: &Object) -> Result<(), String> {
        self.place(seen, object)?;
        let key = match object {
            // A member of a team has been told of as a user, if this desktop is his.
            Object::User(_) if seen.is_of_member() => return Ok(()),
            Object::User(user) => {
                ensure(!self.dialogs_began, || "(2) User after Dialogs".into())?;
                format!("User {}", user.id)
            }
            // What is marked is not final.
            Object::Dialog(dialog) if dialog.is_rebuilding() => {
                self.dialogs_began = true;
                return Ok(());
            }
            Object::Dialog(dialog) => {
                self.dialogs_began = true;
                format!("Dialog {}", dialog.id)
            }
            Object::Error { .. } => {
                self.dialogs_began = true;
                return Ok(());
            }
            Object::System { .. } | Object::Other(_) => return Ok(()),
        };
        ensure(self.told.insert(key.clone()), || format!("(2) {key} is told twice after recovery"))?;
        ensure(seen.request.is_empty(), || format!("(2) {key} carries a requestId after recovery"))
    }

    /// What a recovery has to say of users and dialogs is said before teams, and these before queues.
    fn place(&mut self, seen: &Seen, object: &Object) -> Result<(), String> {
        let rank = rank(seen, object);
        // Afterwards dialogs may leave by their own clocks.
        let late = seen.at > self.since + AT_ONCE || seen.verb == "DELETE";
        ensure(late || rank >= self.rank, || format!("(2) {} after {:?}", seen.short(), self.rank))?;
        self.rank = self.rank.max(rank);
        Ok(())
    }
}

fn rank(seen: &Seen, object: &Object) -> Rank {
    match object {
        _ if seen.is_of_member() => Rank::Team,
        _ if seen.node.starts_with(QUEUE) => Rank::Queue,
        Object::System { .. }
        | Object::User(_)
        | Object::Dialog(_)
        | Object::Error { .. }
        | Object::Other(_) => Rank::Own,
    }
}
