//! All faults end, and all that must come back then does, each within its time.

use std::time::Duration;

use node::failover::awdb::Host;
use switch::{Command, Hand};

use super::look::{BACK_WITHIN, CERTAIN_WITHIN, HOME_WITHIN};
use super::{AwdbFault, Desk, World};

/// Once the nodes have their link, the log of the one follows that of the other: damage on the way is read again after
/// a second, a full disk is tried again after five, and an AWDB that was down is looked at every ten.
const EVEN_WITHIN: Duration = Duration::from_secs(20);
/// Who has hung up may ring for somebody (10 s), be wrapped up (30 s) and be told of.
const OVER_WITHIN: Duration = Duration::from_secs(60);
/// Not even two hosts that are asked one after the other take longer.
const LET_IN_WITHIN: Duration = Duration::from_secs(2);

/// A page is opened in this time where nothing is wrong.
const OPENED_WITHIN: Duration = Duration::from_secs(1);

impl World {
    /// Everything that can be broken is whole again: hosts, links, disks, services.
    pub fn end_faults(&mut self) {
        for host in [Host::Primary, Host::Secondary] {
            self.awdb_fault(host, AwdbFault::None);
            self.awdb_distributor(host, true);
        }
        self.set_spoiling(0);
        for node in 0..self.nodes() {
            self.fill_disk(node, false);
            self.spare(node);
        }
        self.mend();
    }

    /// Lets time pass until every node is in service and knows the sessions of the other.
    pub fn await_service(&mut self) {
        self.calm(BACK_WITHIN, Self::unlinked);
    }

    /// Lets time pass until nothing differs between the nodes by what `differs` says.
    pub fn await_even(&mut self, differs: impl Fn(&Self) -> Option<String>) {
        self.calm(EVEN_WITHIN, differs);
    }

    /// Lets time pass until every desktop is at work that should be: whoever fails over by itself, and every page that
    /// is open shows what its node has.
    pub fn await_desktops(&mut self) {
        self.calm(HOME_WITHIN, |world| world.homeless().or_else(|| world.idle()));
    }

    /// Lets time pass until nothing is marked as doubtful any more, and judges all screens.
    pub fn await_certainty(&mut self) {
        self.calm(CERTAIN_WITHIN, Self::doubtful);
        self.watch.demand_certainty(true);
        self.check();
        self.watch.demand_certainty(false);
    }

    /// Everybody hangs up: in the end no desktop shows a dialog.
    pub fn await_silence(&mut self) {
        let end = self.now + OVER_WITHIN;
        while self.broken().is_none() {
            self.hang_up_everywhere();
            let Some(left) = self.left_over() else { return };
            if self.now >= end {
                return self.report(format!("(liveness) {left} is left over after everybody hung up"));
            }
            self.run_for(Duration::from_secs(1));
        }
    }

    /// Whoever knows his password is let in at every node.
    pub fn await_entrance(&mut self) {
        let people: Vec<_> = self.desks.iter().map(|desk| desk.desktop.person().clone()).collect();
        let doors = (0..self.nodes()).flat_map(|node| people.iter().map(move |person| (node, person)));
        let knocks: Vec<_> = doors
            .filter_map(|(node, person)| {
                Some((node, person, self.knock(node, &person.id, &person.id, &person.password)?))
            })
            .collect();
        self.run_for(LET_IN_WITHIN);
        for (node, person, id) in knocks {
            let status = self.answer(id).map(|answer| answer.status);
            if status != Some(200) && self.broken().is_none() {
                self.report(format!(
                    "(4) node {node} answers {} with {status:?} although all is well",
                    person.id
                ));
            }
        }
    }

    /// A page that does not show what its node has although its agent has been back for a moment.
    fn idle(&self) -> Option<String> {
        let waits = |desk: &&Desk| {
            let back = desk.wanted && desk.away_until + OPENED_WITHIN <= self.now;
            back && desk.pilot.is_none() && !desk.desktop.is_fresh()
        };
        let desk = self.desks.iter().find(waits)?;
        Some(format!("the page of {} shows nothing", desk.desktop.person().id))
    }

    fn hang_up_everywhere(&mut self) {
        let calls = self.pair.switch().calls().iter().filter(|call| call.live());
        let hands: Vec<Hand> = calls
            .flat_map(|call| call.parties.iter().map(|party| (party.device.clone(), call.id)))
            .map(|(device, call)| Hand { device, call: Some(call) })
            .collect();
        for hand in hands {
            // A phone that rings for a queue only passes the call on.
            let _ = self.command(Command::HangUp(hand));
        }
    }

    /// A call that lives, or a dialog that is shown.
    fn left_over(&self) -> Option<String> {
        let live = self.pair.switch().calls().iter().find(|call| call.live());
        let fresh = self.desks.iter().filter(|desk| !desk.cut && desk.desktop.is_fresh());
        let shown = fresh.flat_map(|desk| {
            let person = &desk.desktop.person().id;
            desk.desktop.shown().dialogs.keys().map(move |dialog| format!("dialog {dialog} of {person}"))
        });
        live.map(|call| format!("call {}", call.id)).or_else(|| shown.into_iter().next())
    }
}
