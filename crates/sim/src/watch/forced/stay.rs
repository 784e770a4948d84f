use std::time::Duration;

use super::leave::Written;
use crate::watch::ensure;

/// Whether a node can see desktops.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    pub(super) serving: bool,
    pub(super) notification: bool,
    /// In service and seeing presence, since then.
    pub(super) since: Option<Duration>,
}

impl Default for Sight {
    /// Of a process that begins: its services run.
    fn default() -> Self {
        Self { serving: false, notification: true, since: None }
    }
}

impl Sight {
    pub(super) fn settle(&mut self, now: Duration) {
        let sees = self.serving && self.notification;
        self.since = sees.then(|| self.since.unwrap_or(now));
    }
}

/// A desktop at one node, in the life of its process.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stay {
    /// It is there, since then.
    pub(super) here: Option<Duration>,
    /// When it left last.
    pub(super) left: Option<Duration>,
    /// When it said a late goodbye, which the node may or may not have understood.
    pub(super) goodbye: Option<Duration>,
    /// It has been at another node since.
    pub(super) moved_on: bool,
    /// When the node let the agent sign in last.
    pub(super) admitted: Option<Duration>,
    /// When a node logged him out last.
    pub(super) logged_out: Option<Duration>,
}

impl Stay {
    /// True if it has just come.
    pub(super) fn heard(&mut self, now: Duration) -> bool {
        self.moved_on = false;
        let came = self.here.is_none();
        self.here.get_or_insert(now);
        came
    }

    /// What was refused as soon as it was heard has never been there.
    pub(super) fn gone(&mut self, now: Duration) {
        if self.here.take().is_some_and(|since| since < now || self.left.is_none()) {
            self.left = Some(now);
        }
    }

    /// A desktop is there, or a sign-in needs none.
    pub(super) fn is_of_use(&self) -> bool {
        self.here.is_some() || self.admitted > self.left
    }

    /// Whether it was there when an order of the other node was decided, and still is.
    pub(super) fn was_here(&self, order: &Written) -> bool {
        let decided = order.leave.map_or(order.at, |leave| leave.given);
        self.here.is_some_and(|here| here < decided)
    }

    /// Whether an order of the other node may hit this desktop: only if it came after leave was given, and then only if
    /// the agent was not let in before the order was over. Of an order that never came through nobody knows when it was
    /// given up.
    pub(super) fn may_be_hit(
        &self,
        order: &Written,
        given_up: Duration,
        now: Duration,
    ) -> Result<(), String> {
        let Some(here) = self.here else { return Ok(()) };
        let leave = order.leave.ok_or("who has a desktop at node")?;
        ensure(here >= leave.given, || "who had a desktop at node".into())?;
        let known = now.saturating_sub(order.at) < given_up;
        let let_in = self.admitted.is_some_and(|at| at >= leave.given);
        ensure(!(known && let_in), || "whom an order should have kept from node".into())
    }
}
