//! Coming into service and leaving it: the session, the download, the reading of state, and what SystemInfo says of it.

use std::sync::Arc;
use std::time::Duration;

use domain::{Change, Domain, Now};
use failover::cti::{self, Stage};
use failover::presence;

use super::rights::Changed;
use super::{Node, Phase, Sabotage};
use crate::asked::Asker;
use crate::io::{Output, Status};
use crate::reading;

impl Node {
    pub(super) fn opened(&mut self, configuration: bool, now: Now) {
        if configuration {
            let first = self.download.start(now.mono);
            self.link.send(first);
        } else {
            self.download.skip();
        }
        self.domain.new_session();
    }

    pub(super) fn moved(&mut self, transition: &cti::Transition, now: Now) {
        self.story(now, transition.what(), transition.to_string());
        // The transition counts, not where the machine stands by now: several may have come with one read.
        match transition.to {
            Stage::Waiting | Stage::Dialing | Stage::Opening | Stage::Stopped => {
                self.download.reset();
                self.leave(Domain::lost_session, now);
            }
            Stage::AwaitingPeripheral => {
                // Also while the configuration is still being downloaded: reading must wait for the next return.
                self.recover_wanted = false;
                if self.phase != Phase::Out {
                    self.leave(Domain::lost, now);
                }
            }
            // What was told before the peripheral was there is of a time since which nobody has told anything.
            Stage::Recovering => self.domain.begin_recovery(now),
            Stage::InService => {}
        }
        self.show_status(transition.to_string(), now);
    }

    /// The session is gone, or its peripheral is: what was read is history, what was asked is open.
    fn leave(&mut self, lost: fn(&mut Domain, Now), now: Now) {
        if self.phase != Phase::Out {
            self.note_who_is_ready();
            lost(&mut self.domain, now);
        }
        if !self.is_broken(Sabotage::TimersRunOn) {
            self.presence.desk(presence::Input::CtiOutOfService, now);
        }
        self.phase = Phase::Out;
        self.recover_wanted = false;
        self.reader.reset();
    }

    /// Begins, feeds and ends the reading. True if something was done.
    pub(super) fn read(&mut self, now: Now) -> bool {
        let began = self.begin_reading(now);
        let mut sent = false;
        while let Some((id, item)) = self.reader.poll_send(now.mono) {
            sent = true;
            let request = reading::request(&item, self.config.peripheral_id);
            if !self.link.ask(Asker::Reader(id), request, now.mono) {
                self.reader.answered(id);
            }
        }
        let ended = self.end_reading(now);
        began || sent || ended
    }

    /// Those who were signed in are read while the configuration is downloaded, all others when it is complete.
    fn begin_reading(&mut self, now: Now) -> bool {
        if !self.recover_wanted {
            return false;
        }
        let first = self.phase == Phase::Out;
        if first {
            self.phase = Phase::Reading { since: now.mono };
            reading::expected(&mut self.reader, &self.domain);
        }
        let complete = self.download.is_done();
        if complete {
            self.recover_wanted = false;
            self.presume(now);
            reading::everything(&mut self.reader, &self.domain);
        }
        first || complete
    }

    fn end_reading(&mut self, now: Now) -> bool {
        let given_up = self.reader.take_given_up();
        match self.phase {
            Phase::Out => false,
            Phase::Reading { .. } if !given_up.is_empty() => {
                let why = format!("{} did not answer twice", reading::names(&given_up));
                self.link.recovery_failed(why, now.mono);
                true
            }
            Phase::Reading { .. } if self.recover_wanted => false,
            Phase::Reading { since } if self.reader.is_idle() || self.is_broken(Sabotage::ServeUnread) => {
                self.recovered(since, now);
                true
            }
            Phase::Reading { .. } => false,
            Phase::Serving => reading::abandon(&mut self.domain, &given_up, now),
        }
    }

    /// Final states exactly once: SystemInfo first, then what differs from the last publication (CTI-13), of queues last.
    fn recovered(&mut self, since: Duration, now: Now) {
        self.phase = Phase::Serving;
        self.counters.recoveries += 1;
        let changes = self.domain.finish_recovery(now);
        // Calls that were told of while all was read count from here on.
        self.presence.in_service(&self.domain, now);
        let took = now.mono.saturating_sub(since).as_millis();
        self.story(
            now,
            "cti.recovered",
            format!("state read in {took} ms, {} changes to publish", changes.len()),
        );
        let changes = self.spoil(changes);
        self.tell_early(&changes, now);
        self.link.recovered(now.mono);
        self.drain_link(now);
        self.tell_in_disorder(&changes, now);
        let (queues, objects): (Vec<Change>, Vec<Change>) = changes.into_iter().partition(is_of_queue);
        objects.iter().for_each(|change| self.publish(change, now));
        objects.iter().for_each(|change| self.publish_to_team(change, now));
        queues.iter().for_each(|change| self.publish(change, now));
        self.review_rights(Changed::Everything);
        self.send_again(now);
        self.make_everybody_ready(now);
    }

    pub(super) fn show_status(&mut self, reason: String, now: Now) {
        let in_service = self.serving();
        let changed = self.status.info.in_service != in_service;
        let info = api::SystemInfo {
            now: now.wall,
            in_service,
            reason: if in_service { String::new() } else { reason },
            heartbeat_ok: self.link.last_heartbeat_ok(),
            ..self.status.info.clone()
        };
        self.status = Arc::new(Status { info, side: self.link.side() });
        self.out.push_back(Output::Published(Arc::clone(&self.status)));
        // A web application that was stopped says nothing: that it is gone shows in the presence of `finesse`.
        if changed && self.services.webapp_runs() {
            let event = api::events::system_info_changed(&self.status.info);
            self.xmpp.publish(&event.node, &event.payload, now.mono);
            if !in_service {
                self.babble(now);
            }
        }
    }
}

fn is_of_queue(change: &Change) -> bool {
    match change {
        Change::Queue { .. } | Change::QueueRemoved { .. } => true,
        Change::User { .. }
        | Change::DialogAdded { .. }
        | Change::DialogChanged { .. }
        | Change::DialogRemoved { .. }
        | Change::Error { .. } => false,
    }
}
