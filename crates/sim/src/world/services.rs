//! The services of a node, stopped and started (failover.md CLIENT-18).

use node::{Input, ServiceName, Services};

use super::World;
use crate::recording::{Kind, Part};

impl World {
    /// Somebody stops or starts a service of a node.
    pub fn service(&mut self, node: usize, name: ServiceName, run: bool) {
        let runs = self.seats.get(node).is_some_and(|seat| seat.services.runs(name));
        if runs != run {
            let (kind, what) = if run { (Kind::Mend, "starts") } else { (Kind::Fault, "stops") };
            self.recorder.note(
                self.now,
                Part::Node(node).alone(kind),
                format_args!("somebody {what} {name}"),
            );
        }
        self.tell_node(node, Input::Service { name, run, by: "operator".into() });
    }

    /// The shell of a node opens and closes its listeners.
    pub(super) fn services(&mut self, node: usize, services: Services) {
        let Some(seat) = self.seats.get_mut(node) else { return };
        let before = std::mem::replace(&mut seat.services, services);
        self.watch.services(node, services, self.now);
        if !services.webapp_runs() {
            self.ledger.stopped(node);
        }
        if before.notification && !services.notification {
            self.lose_desks(node);
        }
    }

    /// All services of all nodes run.
    pub(super) fn start_services(&mut self) {
        for node in 0..self.nodes() {
            for name in [ServiceName::Platform, ServiceName::Webapp, ServiceName::Notification] {
                self.service(node, name, true);
            }
        }
    }
}
