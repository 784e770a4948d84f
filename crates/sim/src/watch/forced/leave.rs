use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use node::failover::fence::Message;
use node::failover::presence::Order;
use switch::{ConnId, CtiPair};

use crate::watch::ensure;

/// A forced logout that a node has written.
#[derive(Clone, Debug)]
pub(in crate::watch) struct Written {
    pub(in crate::watch) node: usize,
    pub(in crate::watch) agent: String,
    pub(in crate::watch) conn: ConnId,
    pub(in crate::watch) invoke: u32,
    pub(in crate::watch) at: Duration,
    /// The leave that the other node gave for it.
    pub(in crate::watch) leave: Option<Leave>,
    /// What depends on the link has been judged.
    pub(in crate::watch) judged: bool,
}

impl Written {
    /// Whether the switch has carried it out, once it has come there.
    pub(super) fn outcome(&self, pair: &CtiPair) -> Option<bool> {
        let since = u64::try_from(self.at.as_millis()).unwrap_or(u64::MAX);
        let mut log = pair.request_log().iter().rev().take_while(|seen| seen.at_ms >= since);
        let found = log.find(|seen| seen.conn == self.conn.0 && seen.invoke_id == Some(self.invoke));
        found.map(|seen| seen.granted)
    }
}

/// A question that was answered with yes.
#[derive(Clone, Copy, Debug)]
pub(in crate::watch) struct Leave {
    /// When it was asked.
    pub(super) asked: Duration,
    /// When the other node said yes.
    pub(super) given: Duration,
}

/// Questions between the nodes, and whether their link works.
#[derive(Debug, Default)]
pub(super) struct Leaves {
    /// By asking node and order.
    asked: BTreeMap<(usize, Order), Question>,
    /// Nodes that have all sessions of their peer.
    complete: BTreeSet<usize>,
    /// Both have, and nothing has disturbed the link, since then.
    since: Option<Duration>,
}

#[derive(Clone, Debug)]
struct Question {
    agent: String,
    asked: Duration,
    given: Option<Duration>,
    /// The yes has come back.
    told: bool,
}

impl Leaves {
    pub(super) fn said(&mut self, node: usize, message: &Message, now: Duration) {
        match message {
            Message::Ask { order, agent, .. } => {
                let agent = agent.as_str().to_owned();
                let question = Question { agent, asked: now, given: None, told: false };
                self.asked.insert((node, *order), question);
            }
            Message::Grant(order) => {
                if let Some(question) = self.asked.get_mut(&(other(node), *order)) {
                    question.given = Some(now);
                }
            }
            Message::Report(order) => drop(self.asked.remove(&(node, *order))),
            Message::Refuse(_) | Message::Began(..) | Message::Sessions { .. } => {}
        }
    }

    pub(super) fn told(&mut self, node: usize, message: &Message, now: Duration) {
        match message {
            Message::Sessions { last: true, .. } => {
                self.complete.insert(node);
                self.since = self.exchanged().then_some(now);
            }
            Message::Grant(order) => {
                if let Some(question) = self.asked.get_mut(&(node, *order)) {
                    question.told = true;
                }
            }
            Message::Refuse(order) => drop(self.asked.remove(&(node, *order))),
            Message::Ask { .. } | Message::Report(_) | Message::Began(..) | Message::Sessions { .. } => {}
        }
    }

    pub(super) fn lost(&mut self, node: usize) {
        self.complete.remove(&node);
        self.since = None;
        self.asked.retain(|(asking, _), _| *asking != node);
    }

    pub(super) fn disturbed(&mut self, now: Duration) {
        self.since = self.since.map(|_| now);
    }

    pub(super) fn forget_node(&mut self, node: usize) {
        self.lost(node);
    }

    pub(super) fn exchanged(&self) -> bool {
        self.complete.len() == 2
    }

    /// The link has worked since then.
    pub(super) fn whole_since(&self, then: Duration) -> bool {
        self.since.is_some_and(|since| since <= then)
    }

    /// The link has worked since the order was asked for, or written.
    pub(super) fn held_since(&self, order: &Written) -> bool {
        self.whole_since(order.leave.map_or(order.at, |leave| leave.asked))
    }

    /// The leave for an order that a node has written: the newest for that agent.
    pub(super) fn of(&self, order: &Written) -> Option<Leave> {
        let own = self.asked.iter().filter(|((node, _), _)| *node == order.node);
        let told = own.map(|(_, question)| question).filter(|it| it.told && it.agent == order.agent);
        told.filter_map(|it| Some(Leave { asked: it.asked, given: it.given? })).next_back()
    }

    /// (5) While it has a link the node has its peer's leave, and has made use of it in time.
    pub(super) fn judge(&self, order: &Written, write: Duration) -> Result<(), String> {
        if !self.complete.contains(&order.node) {
            return Ok(());
        }
        let Written { node, agent, at, .. } = order;
        let leave = order
            .leave
            .ok_or_else(|| format!("(5) node {node} logs out {agent} without its peer's leave"))?;
        ensure(*at <= leave.asked + write, || {
            format!("(5) node {node} logs out {agent} {:?} after asking", at.saturating_sub(leave.asked))
        })
    }
}

fn other(node: usize) -> usize {
    1 - node.min(1)
}
