//! The one way to break a node.

use std::time::Duration;

use domain::{Now, WallMs};

use super::super::Node;
use super::Sabotage;
use crate::presence::{Presence, timely};
use crate::recovery::Reader;

/// The start of a part that begins anew in another way.
const START: Now = Now { mono: Duration::ZERO, wall: WallMs(0) };
/// Too early by this much.
const SECOND: Duration = Duration::from_secs(1);

impl Node {
    /// Breaks this node, before its first moment.
    pub fn sabotage(&mut self, how: Sabotage) {
        self.broken.how = Some(how);
        match how {
            Sabotage::TrustBlindly => self.ledger.trust_blindly(),
            Sabotage::Overrule => self.ledger.overrule(),
            Sabotage::NoWindow => {
                self.config.recovery.window = usize::MAX;
                self.reader = Reader::new(self.config.recovery.clone());
            }
            Sabotage::NoComeback => self.wait_for_desktops(|settings| settings.comeback = Duration::ZERO),
            Sabotage::ShortGrace => self.wait_for_desktops(|settings| settings.grace -= SECOND),
            Sabotage::NoQueueBound => self.queue_without_bound(),
            _ => {}
        }
    }

    fn wait_for_desktops(&mut self, change: fn(&mut failover::presence::Settings)) {
        change(&mut self.config.presence);
        self.presence = Presence::new(&self.config, START);
    }

    fn queue_without_bound(&mut self) {
        let mut config = timely(self.config.xmpp.clone(), self.config.presence.detection);
        (config.queue_stanzas_max, config.queue_bytes_max) = (usize::MAX, usize::MAX);
        self.xmpp = xmpp::Service::new(config, self.config.key.0);
    }
}
