//! What a broken node does with orders to log somebody out, and what it does late.

use std::time::Duration;

use domain::{AgentId, LogoutOrder, Now};
use failover::presence::{Input, Order, Outcome};

use super::super::Node;
use super::Sabotage;

/// A second is allowed.
const LATE: Duration = Duration::from_secs(3);

impl Node {
    /// An order as a broken node carries it out; true if that is done with.
    pub(in crate::node) fn botched(&mut self, agent: &AgentId, order: Order, now: Now) -> bool {
        if self.is_broken(Sabotage::NeverLogOut) {
            self.presence.desk(Input::Outcome(order, Outcome::Accepted), now);
            return true;
        }
        if self.is_broken(Sabotage::WriteLate) && self.broken.late.is_none() {
            self.broken.late = Some((now.mono.saturating_add(LATE), agent.clone(), order));
            return true;
        }
        false
    }

    /// Time has passed for a broken node.
    pub(in crate::node) fn do_what_is_late(&mut self, now: Now) {
        if let Some((_, agent, order)) = self.broken.late.take_if(|(due, ..)| *due <= now.mono) {
            self.domain.force_logout(&agent, LogoutOrder(order.0), now);
        }
        let is_due = |(due, _): &mut (Duration, AgentId)| *due <= now.mono;
        for (_, agent) in self.broken.restored.extract_if(.., is_due).collect::<Vec<_>>() {
            self.make_ready(&agent, now);
        }
    }
}
