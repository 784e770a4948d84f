//! Stop and start of the service on a node that goes on (failover.md CLIENT-18c).

use std::time::Duration;

use crate::bosh::Reply;
use crate::output::{EndCause, Output};

use super::{Carrier, Service, Session};

/// What a request is told while nobody is here. Strophe and JabberWerx take a status of 500 or more for a network
/// failure and try again; after any `<body/>`, or 404, they would take it for a word of the service
/// (notifications.md section 4.4 rule 1).
const STATUS_STOPPED: u16 = 503;

impl Service {
    /// Stops the service as if its process had died: no farewell, every session is over with [`EndCause::Stopped`] and
    /// without a presence, and whoever comes is refused until [`Service::start`]. Explicit subscriptions are kept
    /// (notifications.md section 6.4). The driver closes its listeners and connections after it did what comes out of
    /// this.
    pub fn stop(&mut self, now: Duration) {
        if !self.is_running {
            return;
        }
        self.is_running = false;
        for number in self.sessions.keys().copied().collect::<Vec<_>>() {
            self.end(number, EndCause::Stopped, None, now);
        }
        self.last_words.clear();
        self.leases.clear();
    }

    /// Undoes [`Service::stop`]; everybody with a subscription has its whole lease to come back. A new service runs.
    pub fn start(&mut self, now: Duration) {
        if self.is_running {
            return;
        }
        self.is_running = true;
        for user in self.subscriptions.users() {
            self.leases.begin(user, now);
        }
    }

    /// Whether anybody may come.
    pub fn is_running(&self) -> bool {
        self.is_running
    }

    /// For a request that meets a stopped service.
    pub(super) fn reply_stopped(&mut self, id: u64) {
        self.counters.refused += 1;
        self.reply(Reply { id, body: String::new() }, STATUS_STOPPED);
    }

    /// For a connection that meets a stopped service.
    pub(super) fn hang_up_stopped(&mut self, connection: u64) {
        self.counters.refused += 1;
        self.outputs.push_back(Output::HangUp { connection });
    }

    /// The end of a session that hears no reason for it.
    pub(super) fn drop_carrier(&mut self, session: Session) {
        match session.carrier {
            Carrier::Bosh(bosh) => {
                for id in bosh.window.close().0 {
                    self.reply(Reply { id, body: String::new() }, STATUS_STOPPED);
                }
            }
            Carrier::Wire(wire) => {
                self.outputs.push_back(Output::HangUp { connection: wire.connection });
            }
        }
    }
}
