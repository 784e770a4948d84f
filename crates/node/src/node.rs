//! The node: it routes between the CTI link, the reader, the domain, REST and XMPP, and decides nothing else.
//!
//! ```text
//! Out ──opened, configuration downloaded, peripheral online──▶ Reading ──all read──▶ Serving
//!  ▲                                                              │                     │
//!  └────────────────── session lost or peripheral offline ◀──────┴─────────────────────┘
//! ```

mod sabotage;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use api::{ApiFailure, HttpRequest, HttpResponse, Operation, documents};
use domain::{Change, Domain, DomainConfig, Now, Person};
use failover::cti;

use crate::config::Config;
use crate::download::Download;
use crate::io::{CheckId, HttpId, Input, Output, SignInError, Status, Story};
use crate::link::{Asker, Link, LinkOutput};
use crate::publish;
use crate::reading;
use crate::recovery::{Item, Reader};
use crate::rest::{self, Waiting};

use sabotage::Broken;
pub use sabotage::Sabotage;

/// Credential checks that may wait at once; each belongs to a request of a client that is still there.
/// 4096 is twice the agents of a full node, so that a storm of sign-ins fits.
const CHECKS_MAX: usize = 4096;

/// Which part of a node asked to be woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// Dialing and heartbeats.
    Cti(cti::Timer),
    /// The configuration download.
    Download,
    /// A request of the reader.
    Reader,
    /// A request of a person, or a dialog to be removed.
    Domain(domain::Timer),
    /// BOSH.
    Xmpp(xmpp::Timer),
}

/// What a node has counted since its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counters {
    /// REST requests refused by the gate.
    pub refused_out_of_service: u64,
    /// REST requests that came while too many credential checks waited.
    pub refused_overload: u64,
    /// Recoveries finished.
    pub recoveries: u64,
    /// Events published.
    pub events: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// No session, or one that is not ready to be read from.
    Out,
    /// The state is being read.
    Reading { since: Duration },
    /// Requests are answered and events published.
    Serving,
}

enum Check {
    Rest { http: HttpId, waiting: Box<Waiting> },
    Xmpp(u64),
}

/// One desktop server.
pub struct Node {
    config: Config,
    link: Link,
    download: Download,
    reader: Reader,
    domain: Domain,
    xmpp: xmpp::Service,
    checks: BTreeMap<CheckId, Check>,
    next_check: u64,
    phase: Phase,
    /// The machine has asked for the state; reading begins when the configuration is there too.
    recover_wanted: bool,
    /// The domain awaits a fresh reading (set once a session, or once a return of the peripheral).
    begun: bool,
    status: Arc<Status>,
    counters: Counters,
    broken: Broken,
    out: VecDeque<Output>,
}

impl Node {
    /// A node that starts dialing side A at once.
    pub fn new(config: Config, now: Now) -> Self {
        let info = publish::system_info(&config, now.wall, "starting");
        let status = Arc::new(Status { info, side: cti::Side::A });
        let mut node = Self {
            link: Link::new(&config, now.mono),
            download: Download::new(config.peripheral_id),
            reader: Reader::new(config.recovery.clone()),
            domain: Domain::new(DomainConfig {
                peripheral_id: config.peripheral_id,
                reasons: config.reasons.clone(),
            }),
            xmpp: xmpp::Service::new(config.xmpp.clone(), config.key),
            checks: BTreeMap::new(),
            next_check: 0,
            phase: Phase::Out,
            recover_wanted: false,
            begun: false,
            status: Arc::clone(&status),
            counters: Counters::default(),
            broken: Broken::default(),
            out: VecDeque::from([Output::Published(status)]),
            config,
        };
        node.settle(now);
        node
    }

    /// One thing happened.
    pub fn handle(&mut self, input: Input, now: Now) {
        match input {
            Input::Link { epoch, news } => self.link.news(epoch, news, now.mono),
            Input::Http { id, request } => self.http(id, request, now),
            Input::Bosh { id, body } => self.xmpp.bosh(id.0, &body, now.mono),
            Input::BoshGone { id } => self.xmpp.bosh_gone(id.0, now.mono),
            Input::Checked { id, verdict } => self.checked(id, verdict, now),
        }
        self.settle(now);
    }

    /// Time has passed. Spurious calls are harmless.
    pub fn handle_timeout(&mut self, now: Now) {
        self.link.handle_timeout(now.mono);
        self.reader.handle_timeout(now.mono);
        self.domain.handle_timeout(now);
        self.xmpp.handle_timeout(now.mono);
        if self.download.poll_timeout().is_some_and(|until| until <= now.mono) {
            self.download.reset();
            self.link.recovery_failed("the configuration download was not answered".into(), now.mono);
        }
        self.settle(now);
    }

    /// When to call [`Node::handle_timeout`], and for whom.
    pub fn poll_timeout(&self) -> Option<(Duration, Timer)> {
        [
            self.link.poll_timeout().map(|(at, timer)| (at, Timer::Cti(timer))),
            self.download.poll_timeout().map(|at| (at, Timer::Download)),
            self.reader.poll_timeout().map(|at| (at, Timer::Reader)),
            self.domain.poll_timeout().map(|(at, timer)| (at, Timer::Domain(timer))),
            self.xmpp.poll_timeout().map(|(at, timer)| (at, Timer::Xmpp(timer))),
        ]
        .into_iter()
        .flatten()
        .min_by_key(|(at, _)| *at)
    }

    /// What to do next; drain until `None` after every change.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    /// What SystemInfo shows now.
    pub fn status(&self) -> &Arc<Status> {
        &self.status
    }

    /// What has been counted.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// The state that desktops see, for tests and the simulation.
    pub fn domain(&self) -> &Domain {
        &self.domain
    }

    fn serving(&self) -> bool {
        self.phase == Phase::Serving
    }

    // REST ------------------------------------------------------------------------------------------------

    fn http(&mut self, id: HttpId, request: HttpRequest, now: Now) {
        let operation = api::route(&request);
        if matches!(operation, Ok(Operation::SystemInfo)) {
            let info = api::SystemInfo { now: now.wall, ..self.status.info.clone() };
            return self.reply(id, &request, Ok(HttpResponse::document(documents::system_info(&info))));
        }
        if !self.serving() && !self.is_broken(Sabotage::GateOpen) {
            self.counters.refused_out_of_service += 1;
            return self.reply(id, &request, Err(ApiFailure::out_of_service()));
        }
        match api::credentials(&request) {
            Ok(given) if self.checks.len() < CHECKS_MAX => {
                let password = given.password.clone();
                let user = given.user.clone();
                let waiting = Box::new(Waiting { request, operation, user, password });
                self.check(Check::Rest { http: id, waiting }, given.user, given.password);
            }
            Ok(_) => {
                self.counters.refused_overload += 1;
                self.reply(id, &request, Err(ApiFailure::out_of_service()));
            }
            Err(failure) => self.reply(id, &request, Err(failure)),
        }
    }

    fn check(&mut self, check: Check, user: String, password: domain::Secret) {
        self.next_check += 1;
        let id = CheckId(self.next_check);
        self.checks.insert(id, check);
        self.out.push_back(Output::Check { id, user, password });
    }

    fn checked(&mut self, id: CheckId, verdict: Result<Person, SignInError>, now: Now) {
        if let Ok(person) = &verdict {
            self.domain.known(person.clone());
        }
        match self.checks.remove(&id) {
            Some(Check::Rest { http, waiting }) => self.rest_checked(http, *waiting, verdict, now),
            Some(Check::Xmpp(check)) => self.xmpp.authenticated(check, auth_outcome(verdict), now.mono),
            None => {}
        }
    }

    /// The gate again: service may have been lost while the password was checked.
    fn rest_checked(
        &mut self,
        http: HttpId,
        waiting: Waiting,
        verdict: Result<Person, SignInError>,
        now: Now,
    ) {
        let request = waiting.request.clone();
        let answer = match verdict {
            _ if !self.serving() && !self.is_broken(Sabotage::GateOpen) => {
                self.counters.refused_out_of_service += 1;
                Err(ApiFailure::out_of_service())
            }
            Ok(person) => rest::perform(&mut self.domain, &person, waiting, now),
            Err(SignInError::Refused(_) | SignInError::Unreachable(_)) => {
                Err(ApiFailure::unauthorized(&waiting.user))
            }
        };
        self.reply(http, &request, answer);
    }

    fn reply(&mut self, id: HttpId, request: &HttpRequest, answer: Result<HttpResponse, ApiFailure>) {
        let echo = request.echo();
        let response = answer.unwrap_or_else(|failure| failure.respond(echo.as_ref()));
        self.out.push_back(Output::HttpReply { id, response });
    }

    // Between the parts -----------------------------------------------------------------------------------

    /// Passes on what the parts have to say until none of them has anything left.
    fn settle(&mut self, now: Now) {
        loop {
            let mut idle = true;
            while let Some(output) = self.link.poll_output() {
                idle = false;
                self.link_says(output, now);
            }
            while let Some(output) = self.domain.poll_output() {
                idle = false;
                self.domain_says(output, now);
            }
            while let Some(output) = self.xmpp.poll_output() {
                idle = false;
                self.xmpp_says(output);
            }
            idle &= !self.read(now);
            if idle {
                break;
            }
        }
        if self.link.last_heartbeat_ok() != self.status.info.heartbeat_ok {
            self.show_status(self.status.info.reason.clone(), now);
        }
    }

    fn link_says(&mut self, output: LinkOutput, now: Now) {
        match output {
            LinkOutput::Dial { epoch, side } => self.out.push_back(Output::Dial { epoch, side }),
            LinkOutput::Write { epoch, bytes } => self.out.push_back(Output::Write { epoch, bytes }),
            LinkOutput::HangUp { epoch } => self.out.push_back(Output::HangUp { epoch }),
            LinkOutput::Note(what, says) => self.story(now, what, says),
            LinkOutput::Moved(transition) => self.moved(&transition, now),
            LinkOutput::Opened { configuration } => self.opened(configuration, now),
            LinkOutput::Recover => self.recover_wanted = true,
            LinkOutput::Event(message) => {
                if let Some(next) = self.download.event(&message, now.mono) {
                    self.link.send(next);
                }
                self.domain.event(&message, now);
            }
            LinkOutput::Answer(Asker::Domain(ticket), message) => self.domain.answered(ticket, &message, now),
            LinkOutput::Answer(Asker::Reader(id), message) => {
                reading::answered(&mut self.reader, &mut self.domain, id, &message, now);
            }
        }
    }

    fn opened(&mut self, configuration: bool, now: Now) {
        if configuration {
            let first = self.download.start(now.mono);
            self.link.send(first);
        } else {
            self.download.skip();
        }
        self.begin(now);
    }

    fn begin(&mut self, now: Now) {
        self.domain.begin_recovery(now);
        self.begun = true;
    }

    fn moved(&mut self, transition: &cti::Transition, now: Now) {
        self.story(now, transition.what(), transition.to_string());
        if !self.link.has_session() {
            self.download.reset();
            self.leave(now);
        } else if !self.link.readable() {
            // Also while the configuration is still being downloaded: reading must wait for the next return.
            self.recover_wanted = false;
            if self.phase != Phase::Out {
                self.leave(now);
            }
        }
        self.show_status(transition.to_string(), now);
    }

    /// The session is gone, or its peripheral is: what was read is history, what was asked is open.
    fn leave(&mut self, now: Now) {
        if self.phase != Phase::Out {
            self.domain.lost(now);
        }
        self.phase = Phase::Out;
        self.recover_wanted = false;
        self.begun = false;
        self.reader.reset();
    }

    /// Begins, feeds and ends the reading. True if something was done.
    fn read(&mut self, now: Now) -> bool {
        let began = self.begin_reading(now);
        let mut sent = false;
        while let Some((id, item)) = self.reader.poll_send(now.mono) {
            sent = true;
            if !self.link.ask(Asker::Reader(id), reading::request(&item, self.config.peripheral_id)) {
                self.reader.answered(id);
            }
        }
        let ended = self.end_reading(now);
        began || sent || ended
    }

    fn begin_reading(&mut self, now: Now) -> bool {
        if !self.recover_wanted || !self.download.is_done() {
            return false;
        }
        self.recover_wanted = false;
        if !self.begun {
            self.begin(now);
        }
        self.phase = Phase::Reading { since: now.mono };
        reading::everything(&mut self.reader, &self.domain);
        true
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
            Phase::Reading { since } if self.reader.is_idle() || self.is_broken(Sabotage::ServeUnread) => {
                self.recovered(since, now);
                true
            }
            Phase::Reading { .. } => false,
            Phase::Serving => reading::abandon(&mut self.domain, &given_up, now),
        }
    }

    /// Final states exactly once: SystemInfo first, then what differs from the last publication (CTI-13).
    fn recovered(&mut self, since: Duration, now: Now) {
        self.phase = Phase::Serving;
        self.begun = false;
        self.counters.recoveries += 1;
        let changes = self.domain.finish_recovery(now);
        let took = now.mono.saturating_sub(since).as_millis();
        self.story(
            now,
            "cti.recovered",
            format!("state read in {took} ms, {} changes to publish", changes.len()),
        );
        self.link.recovered(now.mono);
        while let Some(output) = self.link.poll_output() {
            self.link_says(output, now);
        }
        for change in self.spoil(changes) {
            self.publish(&change, now);
        }
        self.send_again();
    }

    fn domain_says(&mut self, output: domain::Output, now: Now) {
        match output {
            domain::Output::Request(ticket, message) => {
                self.keep_command(ticket, &message);
                if !self.link.ask(Asker::Domain(ticket), message) {
                    self.domain.unsent(ticket);
                }
            }
            domain::Output::Changed(change) => self.publish(&change, now),
            domain::Output::ReadDevice(agent, instrument) => {
                self.reader.add(Item::Device(agent, instrument));
            }
        }
    }

    fn publish(&mut self, change: &Change, now: Now) {
        if !self.serving() {
            return;
        }
        if let Some(event) = publish::event(&self.domain, change) {
            self.counters.events += 1;
            self.xmpp.publish(&event.node, &event.payload, now.mono);
        }
    }

    fn xmpp_says(&mut self, output: xmpp::Output) {
        match output {
            xmpp::Output::Reply { id, status, body } => {
                self.out.push_back(Output::BoshReply { id: HttpId(id), status, body });
            }
            xmpp::Output::Check { check, user, password } => {
                self.check(Check::Xmpp(check), user, domain::Secret::new(password.into_exposed()));
            }
            // The forced logout (DESK-1 ...) will stand on these.
            xmpp::Output::SessionBound { .. }
            | xmpp::Output::Presence { .. }
            | xmpp::Output::SessionEnded { .. } => {}
        }
    }

    fn show_status(&mut self, reason: String, now: Now) {
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
        if changed {
            let event = api::events::system_info_changed(&self.status.info);
            self.xmpp.publish(&event.node, &event.payload, now.mono);
            if !in_service {
                self.babble(now);
            }
        }
    }

    fn story(&mut self, now: Now, what: &'static str, says: impl Into<String>) {
        self.out.push_back(Output::Story(Story::new(now.wall, what, says)));
    }
}

fn auth_outcome(verdict: Result<Person, SignInError>) -> xmpp::AuthOutcome {
    match verdict {
        Ok(person) => xmpp::AuthOutcome::Accepted { user: person.id.to_string() },
        Err(SignInError::Refused(_)) => xmpp::AuthOutcome::Refused,
        Err(SignInError::Unreachable(_)) => xmpp::AuthOutcome::Unavailable,
    }
}
