//! The services of a node: stopped and started by people, each change told to the shell and noted with its author.

use domain::Now;
use failover::presence;

use super::{Node, Sabotage};
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
        if self.services.webapp_runs() != before.webapp_runs() {
            self.run_webapp(now);
        }
        if self.services.notification != before.notification {
            self.run_notification(now);
        }
    }

    /// Its CTI session ends in good order, and nothing is dialed while it is stopped (CLIENT-18a, CLIENT-18b). XMPP
    /// sessions stay, and see that the user `finesse` is gone.
    fn run_webapp(&mut self, now: Now) {
        let run = self.services.webapp_runs();
        self.xmpp.set_finesse_available(run, now.mono);
        if run {
            self.link.start(now.mono);
        } else {
            self.link.stop(now.mono);
        }
    }

    /// All sessions are over, which says nothing of desktops: none is waited for until the service runs again
    /// (CLIENT-18c). REST goes on.
    fn run_notification(&mut self, now: Now) {
        if self.services.notification {
            self.xmpp.start(now.mono);
            self.presence.desk(presence::Input::NotificationUp, now);
        } else {
            if !self.is_broken(Sabotage::WaitBlindly) {
                self.presence.blind(now);
            }
            self.xmpp.stop(now.mono);
        }
    }
}
