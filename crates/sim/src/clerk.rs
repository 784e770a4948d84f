//! The administrator who changes settings and remembers what he was told: what was answered with success is never lost,
//! and both nodes have the same once they have talked (rule 6).

use std::collections::BTreeMap;

use node::HttpId;
use node::api::HttpRequest;
use node::ledger::Log;

use crate::peer::{PRIMARY, SECONDARY};
use crate::world::World;

/// What he asked, and what he was answered.
#[derive(Debug, Default)]
pub(crate) struct Clerk {
    /// Changes without an answer, by what they set.
    asked: BTreeMap<HttpId, u64>,
    count: u64,
    /// The newest that was answered with success.
    answered: u64,
}

impl Clerk {
    /// Changes something at the primary. The other node is always named anew, so that the newest change shows which ones
    /// are there.
    pub(crate) fn change(&mut self, world: &mut World) {
        self.count += 1;
        let body = format!(
            "<ClusterConfig><secondaryNode><host>v{}</host></secondaryNode></ClusterConfig>",
            self.count
        );
        let request = HttpRequest {
            method: "PUT".into(),
            content_type: Some("application/xml".into()),
            body: body.into_bytes(),
            ..HttpRequest::page("/finesse/api/ClusterConfig")
        };
        if let Some(id) = world.administer(PRIMARY, request) {
            self.asked.insert(id, self.count);
        }
    }

    /// Hears what he was answered meanwhile.
    pub(crate) fn take_answers(&mut self, world: &mut World) {
        let waiting: Vec<(HttpId, u64)> = self.asked.iter().map(|(id, count)| (*id, *count)).collect();
        for (id, count) in waiting {
            if let Some(answer) = world.answer(id) {
                self.asked.remove(&id);
                if answer.status == 200 {
                    self.answered = self.answered.max(count);
                }
            }
        }
    }

    /// The primary has lost its disk, and nothing newer than this can be there.
    pub(crate) fn forgive(&mut self, there: u64) {
        self.asked.clear();
        self.answered = self.answered.min(there);
    }

    /// What is wrong with the settings once the nodes have talked.
    pub(crate) fn complains(&self, world: &World) -> Option<String> {
        let logs = [PRIMARY, SECONDARY].map(|node| world.node(node).and_then(node::Node::log));
        let [Some(one), Some(two)] = logs else {
            return Some("(6) a node has no settings although all is well".into());
        };
        if one.head() != two.head() || one.objects() != two.objects() {
            return Some(format!("(6) settings differ: {} and {}", one.head(), two.head()));
        }
        for (node, log) in [(PRIMARY, one), (SECONDARY, two)] {
            if world.disk(node).map(Log::objects) != Some(log.objects()) {
                return Some(format!("(6) node {node} shows settings that are not on its disk"));
            }
        }
        let (there, answered) = (value(one), self.answered);
        (there < answered).then(|| format!("(6) change {answered} was answered and lost: {there} is there"))
    }
}

/// The newest change that is there.
pub(crate) fn value(log: &Log) -> u64 {
    let cluster = log.objects().get("cluster").and_then(|text| text.split("\"v").nth(1));
    let digits = cluster.and_then(|rest| rest.split('"').next());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}
