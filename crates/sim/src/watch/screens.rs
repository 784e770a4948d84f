//! What desktops see, in order: silence while out of service, and the final states after it.

use std::collections::{BTreeMap, BTreeSet};

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
    after_recovery: bool,
    /// It hears late of what happened up to this recovery.
    late: Option<u64>,
}

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

    /// (2) Final states exactly once per object, in the order User, Dialogs, then errors.
    fn final_state(&mut self, seen: &Seen, object: &Object) -> Result<(), String> {
        let key = match object {
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
}
