//! What must hold of every order, from what an observer of desktops, calls and wires knows.

use super::{At, GRACE, ensure};
use crate::fence::LinkId;

/// What is known of one node's surroundings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Around {
    /// A desktop is open here, and heard.
    pub(super) heard: bool,
    /// Its agent was let in.
    pub(super) admitted: bool,
    /// In service.
    pub(super) cti: bool,
    /// Units that the node watched since it last heard the desktop, a sign-in or an outage, up to the grace.
    pub(super) missed: u8,
}

impl Around {
    /// Called whenever something has changed.
    pub(super) fn settle(&mut self) {
        if self.heard || !self.cti {
            self.missed = 0;
        }
    }

    pub(super) fn tick(&mut self) {
        self.missed = (self.missed + 1).min(GRACE);
        self.settle();
    }

    /// An order leaves the node.
    pub(super) fn may_order(self, at: At, on_call: bool) -> Result<(), String> {
        ensure(self.cti, || format!("DESK-7b: ordered by node {at}, which is out of service"))?;
        ensure(!on_call, || format!("DESK-7r2: ordered by node {at} on a call"))?;
        ensure(!self.heard, || format!("DESK-6: ordered by node {at} in front of a desktop"))?;
        ensure(self.missed >= GRACE, || format!("DESK-5: ordered by node {at} within the grace"))
    }

    /// An order of the other node reaches CTI; both links are those that worked at both ends, then and when it left.
    pub(super) fn may_be_logged_out(
        self,
        at: At,
        link: Option<LinkId>,
        left: Option<LinkId>,
    ) -> Result<(), String> {
        let fenced = link.is_some() && link == left;
        ensure(!(fenced && self.heard && self.admitted), || {
            format!("invariant 5: logged out by the other node, while his session is at node {at}")
        })
    }
}
