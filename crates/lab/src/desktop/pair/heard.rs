//! What a desktop hears over its transport.

use std::sync::Arc;
use std::time::Duration;

use failover::client::{Input, Server, Status, Ticket};
use tokio::sync::watch;

use super::{Network, Update, Ways};
use crate::clock::Clock;
use crate::desktop::{Desktop, Standing};

/// A transport over which nothing comes any more is noticed by then: a BOSH request is held for 30 s at most, and 5 s
/// later its answer is given up (failover.md CLIENT-16: silent loss, up to 147 s with the stock library).
const SILENCE_NOTICED_AFTER: Duration = Duration::from_secs(35);

/// A transport that is up.
pub(super) struct Heard {
    pub(super) ticket: Ticket,
    pub(super) desktop: Arc<Desktop>,
    server: Server,
    updates: watch::Receiver<Vec<Update>>,
    seen: usize,
    finesse: watch::Receiver<bool>,
    standing: watch::Receiver<Standing>,
    network: Network,
    clock: Clock,
    /// The way to the server is cut; when that is noticed.
    noticed_at: Option<Duration>,
}

impl Heard {
    pub(super) fn new(ticket: Ticket, server: Server, desktop: Arc<Desktop>, ways: &Ways) -> Self {
        let (network, clock) = (ways.network.clone(), ways.clock);
        let session = &desktop.session;
        let (mut updates, mut finesse) = (session.updates(), session.finesse());
        let standing = session.follow();
        // Whatever came before anybody looked is looked at, too.
        updates.mark_changed();
        finesse.mark_changed();
        Self {
            ticket,
            server,
            updates,
            seen: 0,
            finesse,
            standing,
            network,
            clock,
            noticed_at: None,
            desktop,
        }
    }

    /// Whether nothing comes over it any more.
    pub(super) fn is_silent(&self) -> bool {
        self.noticed_at.is_some()
    }

    /// Waits for the next piece of news; none if what came is nothing to the machine. Cancel safe.
    pub(super) async fn next(&mut self) -> Vec<Input> {
        if let Some(at) = self.noticed_at {
            tokio::time::sleep(at.saturating_sub(self.clock.now())).await;
            return vec![Input::TransportLost(self.ticket)];
        }
        let mut standing = self.standing.clone();
        tokio::select! {
            () = self.network.lost(self.server) => {
                self.desktop.fall_silent();
                self.noticed_at = Some(self.clock.now() + SILENCE_NOTICED_AFTER);
                Vec::new()
            }
            Ok(()) = self.updates.changed() => self.new_updates(),
            Ok(()) = self.finesse.changed() => {
                vec![Input::Finesse(self.ticket, *self.finesse.borrow_and_update())]
            }
            lost = standing.wait_for(|standing| *standing != Standing::Up) => {
                vec![self.lost(lost.ok().as_deref())]
            }
        }
    }

    fn new_updates(&mut self) -> Vec<Input> {
        let updates = self.updates.borrow_and_update();
        let new = updates.get(self.seen..).unwrap_or_default();
        self.seen = updates.len();
        let agent = &self.desktop.identity().agent;
        new.iter().filter_map(|update| input(self.ticket, agent, update)).collect()
    }

    fn lost(&self, standing: Option<&Standing>) -> Input {
        match standing {
            Some(Standing::Lost(why)) if why.contains("conflict") => Input::Conflict(self.ticket),
            Some(Standing::Lost(_) | Standing::Up) | None => Input::TransportLost(self.ticket),
        }
    }
}

/// What an event says to the machine of this agent's desktop.
fn input(ticket: Ticket, agent: &str, update: &Update) -> Option<Input> {
    let signed_out = || is_signed_out(agent, update).then_some(Input::SignedOut);
    status(update).map(|status| Input::Event(ticket, status)).or_else(signed_out)
}

fn is_signed_out(agent: &str, update: &Update) -> bool {
    let says = |name, value| update.value(&[name]).is_some_and(|said| said == value);
    update.kind() == "user" && says("loginId", agent) && says("state", "LOGOUT")
}

/// What a SystemInfo event says (CLIENT-6a).
fn status(update: &Update) -> Option<Status> {
    let status = (update.kind() == "systemInfo").then(|| update.value(&["status"]))??;
    Some(if status == "IN_SERVICE" { Status::InService } else { Status::OutOfService })
}

#[cfg(test)]
mod tests {
    use failover::client::Machine;
    use xml::Element;

    use super::*;
    use crate::desktop::session::LIMITS;

    fn heard(data: &str) -> Option<Input> {
        let document = format!("<Update><data>{data}</data></Update>");
        let document = Element::parse(document.as_bytes(), &LIMITS).unwrap();
        let update = Update { at: Duration::ZERO, node: String::new(), document };
        input(Machine::FIRST, "1001", &update)
    }

    #[test]
    fn logout_of_its_own_agent_only_says_that_he_is_signed_out() {
        let user = |id: &str, state: &str| {
            heard(&format!("<user><loginId>{id}</loginId><state>{state}</state></user>"))
        };
        assert_eq!(user("1001", "LOGOUT"), Some(Input::SignedOut));
        assert_eq!(user("1001", "READY"), None);
        assert_eq!(user("1002", "LOGOUT"), None);
        let system = heard("<systemInfo><status>OUT_OF_SERVICE</status></systemInfo>");
        assert_eq!(system, Some(Input::Event(Machine::FIRST, Status::OutOfService)));
    }
}
