//! The services of a node: stopped and started by people, each change told to the shell and noted with its author.

use domain::Now;

use super::Node;
use crate::io::{Output, ServiceName};

impl Node {
    pub(super) fn order(&mut self, name: ServiceName, run: bool, by: &str, now: Now) {
        let before = self.services;
        self.services.set(name, run);
        if self.services == before {
            return;
        }
        let (what, did) = if run { ("service.started", "started") } else { ("service.stopped", "stopped") };
        self.story(now, what, format!("{name} was {did} by {by}"));
        self.out.push_back(Output::Services(self.services));
    }
}
