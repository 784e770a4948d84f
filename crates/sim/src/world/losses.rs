//! What the ledger of failovers is told: by the network, the AWDB hosts, the switch and the desktops.

use node::failover::awdb::Host;
use switch::Agent;

use super::World;
use crate::tally::{Scene, Tally};

impl World {
    /// The failovers that this world has seen.
    pub fn failovers(&self) -> Tally {
        self.ledger.tally()
    }

    pub(super) fn scene(&self) -> Scene {
        Scene {
            nodes: self.seats.len(),
            desktops: self.desks.iter().filter(|desk| desk.wanted).count(),
            call: self.pair.switch().calls().iter().next().is_some(),
        }
    }

    pub(super) fn count_service(&mut self, node: usize, in_service: bool) {
        let scene = self.scene();
        if in_service {
            self.ledger.in_service(node, scene);
        } else {
            self.ledger.out_of_service(node, scene);
        }
    }

    /// A node asks a host, which answers or does not.
    pub(super) fn count_question(&mut self, node: usize, host: Host, check: bool, answers: bool) {
        let scene = self.scene();
        match (check, answers) {
            (_, false) => self.ledger.unanswered(node, host, scene),
            (true, true) => self.ledger.answered(node, host, scene),
            (false, true) => {}
        }
    }

    /// What a desktop with a pilot shows.
    pub(super) fn count_screen(&mut self, index: usize, current: bool) {
        let (Some(node), scene) = (self.node_of(index), self.scene()) else { return };
        self.ledger.shows(index, node, current, scene);
    }

    pub(super) fn count_gone(&mut self, index: usize) {
        if self.is_signed_in_at_switch(index) {
            self.ledger.gone(index, self.scene());
        }
    }

    /// A new session of a desktop is heard.
    pub(super) fn count_heard(&mut self, index: usize) {
        let piloted = self.desks.get(index).is_some_and(|desk| desk.pilot.is_some());
        if piloted || !self.is_signed_in_at_switch(index) {
            self.ledger.heard(index);
        } else {
            self.ledger.returned(index, self.scene());
        }
    }

    pub(super) fn count_logouts(&mut self) {
        for agent in self.watch.take_logged_out() {
            if let Some(index) = self.desktop_of(&agent) {
                self.ledger.logged_out(index, self.scene());
            }
        }
    }

    fn is_signed_in_at_switch(&self, index: usize) -> bool {
        let agent =
            self.desks.get(index).and_then(|desk| self.pair.switch().agent(&desk.desktop.person().id));
        agent.is_some_and(Agent::signed_in)
    }
}
