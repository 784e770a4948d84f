//! Forced logouts (failover.md DESK-1 to DESK-7): SET_AGENT_STATE_REQ with reason 255, read on its way to the switch and
//! from the switch's list of requests; never from what a node says of itself.
//!
//! What must hold (rule 5):
//!
//! - none is written while the node is out of service, sees no presence, or knows of a call of the agent;
//! - none is written in front of a desktop that is there, or before its grace is over; after an outage of ours a
//!   desktop has its time to come back first;
//! - while the nodes have a link, none is written without the other's leave, nor later than a second after asking;
//!   and none hits a session that was at the other node when leave was given, or that was let in before it was over;
//! - whoever is gone for good is logged out in time ([`Forced::overdue`], asked when all is calm).

mod leave;
mod stay;

use std::collections::BTreeMap;
use std::time::Duration;

use node::Services;
use node::failover::fence::Message;
use node::failover::{fence, presence};
use switch::{ConnId, CtiPair};

use super::ensure;
use crate::world::Plan;
use leave::Leaves;
pub(super) use leave::Written;
use stay::{Sight, Stay};

/// What is late beyond every deadline: news of CTI on its way, a question to the peer and its answer, another try.
const SLACK: Duration = Duration::from_secs(15);

/// What has been counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Logouts {
    /// Written by a node.
    pub written: u64,
    /// Carried out by the switch.
    pub done: u64,
    /// Of these, those that hit an agent who had a desktop at the other node when leave was given, or else when the
    /// order was written; whatever the state of the link.
    pub elsewhere: u64,
}

/// All that is known.
#[derive(Debug)]
pub(super) struct Forced {
    presence: presence::Settings,
    fence: fence::Settings,
    sights: Vec<Sight>,
    /// By agent and node.
    stays: BTreeMap<(String, usize), Stay>,
    leaves: Leaves,
    /// Written and not yet at the switch.
    orders: Vec<Written>,
    logouts: Logouts,
    /// Agents whom orders have hit and nobody has counted yet.
    logged_out: Vec<String>,
}

impl Forced {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            presence: plan.presence.clone(),
            fence: plan.fence(0),
            sights: (0..plan.nodes).map(|_| Sight::default()).collect(),
            stays: BTreeMap::new(),
            leaves: Leaves::default(),
            orders: Vec::new(),
            logouts: Logouts::default(),
            logged_out: Vec::new(),
        }
    }

    pub(super) fn logouts(&self) -> Logouts {
        self.logouts
    }

    pub(super) fn take_logged_out(&mut self) -> Vec<String> {
        std::mem::take(&mut self.logged_out)
    }

    // What nodes can see ----------------------------------------------------------------------------------------

    /// In service or not.
    pub(super) fn serving(&mut self, node: usize, serving: bool, now: Duration) {
        self.sight(node, |sight| sight.serving = serving, now);
    }

    pub(super) fn services(&mut self, node: usize, services: Services, now: Duration) {
        self.sight(node, |sight| sight.notification = services.notification, now);
    }

    /// The process is gone, and with it all that it knew but whose desktops were here.
    pub(super) fn crashed(&mut self, node: usize, now: Duration) {
        self.sight(node, |sight| *sight = Sight::default(), now);
        let here = self.stays.iter_mut().filter(|((_, at), _)| *at == node);
        here.for_each(|(_, stay)| stay.gone(now));
        self.leaves.forget_node(node);
    }

    fn sight(&mut self, node: usize, change: impl FnOnce(&mut Sight), now: Duration) {
        if let Some(sight) = self.sights.get_mut(node) {
            change(sight);
            sight.settle(now);
        }
    }

    // Desktops --------------------------------------------------------------------------------------------------

    /// A node hears a desktop.
    pub(super) fn heard(&mut self, agent: &str, node: usize, now: Duration) {
        let stay = self.stays.entry((agent.into(), node)).or_default();
        if stay.heard(now) {
            let others = self.stays.iter_mut().filter(|((of, at), _)| of == agent && *at != node);
            others.for_each(|(_, other)| other.moved_on = true);
        }
    }

    /// A desktop cannot be heard any more.
    pub(super) fn gone(&mut self, agent: &str, node: usize, now: Duration) {
        if let Some(stay) = self.stays.get_mut(&(agent.into(), node)) {
            stay.gone(now);
        }
    }

    /// A desktop that cannot be heard any more says goodbye at last.
    pub(super) fn goodbye(&mut self, agent: &str, node: usize, now: Duration) {
        let stay = self.stays.get_mut(&(agent.into(), node)).filter(|stay| stay.here.is_none());
        stay.into_iter().for_each(|stay| stay.goodbye = Some(now));
    }

    /// A node has let the agent sign in.
    pub(super) fn admitted(&mut self, agent: &str, node: usize, now: Duration) {
        self.stays.entry((agent.into(), node)).or_default().admitted = Some(now);
    }

    // The link between the nodes --------------------------------------------------------------------------------

    pub(super) fn said(&mut self, node: usize, message: &Message, now: Duration) {
        self.leaves.said(node, message, now);
    }

    pub(super) fn told(&mut self, node: usize, message: &Message, now: Duration) {
        self.leaves.told(node, message, now);
    }

    pub(super) fn link_lost(&mut self, node: usize) {
        self.leaves.lost(node);
    }

    /// The link is not what it was: what is promised of a working one begins anew.
    pub(super) fn link_disturbed(&mut self, now: Duration) {
        self.leaves.disturbed(now);
    }

    pub(super) fn exchanged(&self) -> bool {
        self.leaves.exchanged()
    }

    // Orders ----------------------------------------------------------------------------------------------------

    /// A node writes an order. What depends on the link is judged when the node has said all that it has to say.
    pub(super) fn written(&mut self, order: Written, on_call: bool) -> Result<(), String> {
        self.logouts.written += 1;
        let judged = self.in_time(&order, on_call);
        self.orders.push(order);
        judged
    }

    /// The node has nothing more to say for now.
    pub(super) fn settled(&mut self, node: usize) -> Result<(), String> {
        let mut orders = std::mem::take(&mut self.orders);
        let mut fresh = orders.iter_mut().filter(|order| order.node == node && !order.judged);
        let judged = fresh.try_for_each(|order| self.judge(order));
        self.orders = orders;
        judged
    }

    fn judge(&self, order: &mut Written) -> Result<(), String> {
        order.judged = true;
        order.leave = self.leaves.of(order);
        if self.fence.fencing { self.leaves.judge(order, self.fence.write) } else { Ok(()) }
    }

    /// The switch has done something: orders may be among it.
    pub(super) fn arrived(&mut self, pair: &CtiPair, now: Duration) -> Result<(), String> {
        let (over, open) = std::mem::take(&mut self.orders)
            .into_iter()
            .map(|order| (order.outcome(pair), order))
            .partition::<Vec<_>, _>(|(outcome, _)| outcome.is_some());
        self.orders = open.into_iter().map(|(_, order)| order).collect();
        over.into_iter().try_for_each(|(outcome, order)| self.over(&order, outcome == Some(true), now))
    }

    /// Refused: the agent is signed out, and waited for by nobody (DESK-5r1).
    fn over(&mut self, order: &Written, granted: bool, now: Duration) -> Result<(), String> {
        let judged = if granted { self.done(order, now) } else { Ok(()) };
        let stays = self.stays.iter_mut().filter(|((agent, _), _)| *agent == order.agent);
        stays.for_each(|(_, stay)| stay.logged_out = Some(now));
        judged
    }

    /// The connection is gone, with what was on it.
    pub(super) fn conn_lost(&mut self, conn: ConnId) {
        self.orders.retain(|order| order.conn != conn);
    }

    fn done(&mut self, order: &Written, now: Duration) -> Result<(), String> {
        self.logouts.done += 1;
        self.logged_out.push(order.agent.clone());
        not_before(self.earliest_elsewhere(order), order)?;
        for node in (0..self.sights.len()).filter(|node| *node != order.node) {
            let Some(stay) = self.stays.get(&(order.agent.clone(), node)) else { continue };
            self.logouts.elsewhere += u64::from(stay.was_here(order));
            let served = self.sights.get(order.node).and_then(|sight| sight.since);
            let served = served.is_some_and(|since| since <= order.at);
            if self.fence.fencing && served && self.leaves.held_since(order) {
                stay.may_be_hit(order, self.presence.answer, now).map_err(|says| {
                    format!("(5) node {} logs out {}, {says} {node}", order.node, order.agent)
                })?;
            }
        }
        Ok(())
    }

    /// (5) Not blind, not in front of a desktop, not during a call, not too early.
    fn in_time(&self, order: &Written, on_call: bool) -> Result<(), String> {
        let Written { node, agent, .. } = order;
        let says = |what: &str| format!("(5) node {node} logs out {agent} {what}");
        let sees = self
            .sights
            .get(*node)
            .and_then(|sight| sight.since)
            .ok_or_else(|| says("although it is out of service or sees no presence"))?;
        let stay = self.stays.get(&(agent.clone(), *node)).copied().unwrap_or_default();
        ensure(stay.here.is_none(), || says("in front of his desktop"))?;
        ensure(!on_call, || says("although it knows of his call"))?;
        not_before(self.earliest(stay, sees), order)
    }

    /// When a desktop that was here may be logged out (DESK-4b), or one that an outage of ours kept away.
    fn earliest(&self, stay: Stay, sees: Duration) -> Duration {
        let presence::Settings { grace, comeback, .. } = self.presence;
        match stay.left {
            Some(left) if left >= sees => left + grace,
            Some(_) | None => {
                let held = sees + comeback + grace;
                let goodbye = stay.goodbye.filter(|goodbye| *goodbye >= sees);
                goodbye.map_or(held, |goodbye| held.min(goodbye + grace))
            }
        }
    }

    /// Of a desktop that was at the other node later the other node decides.
    fn earliest_elsewhere(&self, order: &Written) -> Duration {
        let left = |node: usize| self.stays.get(&(order.agent.clone(), node)).and_then(|stay| stay.left);
        let own = left(order.node);
        let others = (0..self.sights.len()).filter(|node| *node != order.node).filter_map(left);
        let later = others.filter(|left| own.is_none_or(|own| own < *left)).max();
        let known = later.filter(|left| self.fence.fencing && self.leaves.whole_since(*left));
        known.map_or(Duration::ZERO, |left| left + self.presence.grace)
    }

    // Liveness --------------------------------------------------------------------------------------------------

    /// Agents who should have been logged out by now, and when, if they are signed in and on no call. Only who is here
    /// at no node, and only by a node that has not forgotten him. Who signed in where no desktop of his was heard since is
    /// waited for by nobody: clients without XMPP may do that.
    pub(super) fn due(&self) -> BTreeMap<String, Duration> {
        let mut due: BTreeMap<String, Duration> = BTreeMap::new();
        for ((agent, node), stay) in &self.stays {
            let Some(at) = self.due_at(*node, *stay).filter(|_| !stay.moved_on) else { continue };
            let latest = due.entry(agent.clone()).or_default();
            *latest = at.max(*latest);
        }
        // A node that has not noticed yet that his desktop moved on answers for him until it does.
        for ((agent, node), stay) in self.stays.iter().filter(|(_, stay)| stay.moved_on) {
            let (Some(latest), Some(at)) = (due.get_mut(agent), self.due_at(*node, *stay)) else { continue };
            *latest = at.max(*latest);
        }
        let busy = |agent: &str| self.stays.iter().any(|((of, _), stay)| of == agent && stay.is_of_use());
        due.retain(|agent, _| !busy(agent));
        due
    }

    /// 120 s to notice, 60 s of grace (DESK-4), from the moment at which he left or the node saw again.
    fn due_at(&self, node: usize, stay: Stay) -> Option<Duration> {
        let sees = self.sights.get(node)?.since?;
        let left = stay.left.filter(|_| stay.logged_out <= stay.left)?;
        let presence::Settings { detection, comeback, grace, .. } = self.presence;
        let from = left.max(stay.admitted.unwrap_or_default()).max(sees);
        Some(from + detection.max(comeback) + grace + SLACK)
    }
}

fn not_before(due: Duration, order: &Written) -> Result<(), String> {
    let Written { node, agent, at, .. } = order;
    ensure(*at >= due, || format!("(5) node {node} logs out {agent} {:?} too early", due.saturating_sub(*at)))
}
