//! The condition of every link, set by orders and watched by the connections that use it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::fault::{Condition, LinkFault};
use crate::parts::{CtiServer, Link};

/// The links of a lab. Every link is always in the table.
#[derive(Clone, Debug)]
pub struct Links(Arc<BTreeMap<Link, watch::Sender<Condition>>>);

impl Default for Links {
    fn default() -> Self {
        Self(Arc::new(Link::all().map(|link| (link, watch::Sender::default())).collect()))
    }
}

impl Links {
    /// Orders a fault.
    pub fn apply(&self, link: Link, fault: &LinkFault, now: Duration) {
        self.change(link, |condition| condition.apply(fault, now));
    }

    /// How a link is now.
    pub fn condition(&self, link: Link) -> Condition {
        self.0.get(&link).map(|sender| sender.borrow().clone()).unwrap_or_default()
    }

    /// Resets every connection of a CTI server, as its death does.
    pub(crate) fn cut(&self, cti: CtiServer) {
        Link::all().filter(|link| link.cti == cti).for_each(|link| self.change(link, |it| it.cuts += 1));
    }

    /// Follows a link.
    pub(crate) fn watch(&self, link: Link) -> watch::Receiver<Condition> {
        self.0.get(&link).map_or_else(|| watch::channel(Condition::default()).1, watch::Sender::subscribe)
    }

    fn change(&self, link: Link, change: impl FnOnce(&mut Condition)) {
        if let Some(sender) = self.0.get(&link) {
            sender.send_modify(change);
        }
    }
}
