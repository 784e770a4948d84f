//! The node: it routes between the CTI link, the reader, the domain, REST and XMPP, and decides nothing else.
//!
//! ```text
//! Out ──opened, configuration downloaded, peripheral online──▶ Reading ──all read──▶ Serving
//!  ▲                                                              │                     │
//!  └────────────────── session lost or peripheral offline ◀──────┴─────────────────────┘
//! ```

mod administration;
mod client_logs;
mod credentials;
mod front;
mod presence;
mod rights;
mod sabotage;
mod service;
mod services;
mod settings;
mod wires;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use domain::{AgentId, Change, Domain, DomainConfig, Now, Person};
use failover::awdb::{self, AskId};
use failover::cti;
use failover::presence::{Guarded, GuardedTimer};

use crate::asked::Asker;
use crate::config::Config;
use crate::download::Download;
use crate::io::{HttpId, Input, Output, Services, Status, Story, WireId};
use crate::ledger::{Keeper, Log, Standing};
use crate::link::{Link, LinkOutput};
use crate::presence::{self as desktops, Presence};
use crate::publish;
use crate::reading;
use crate::recovery::{Item, Reader};

use administration::Desk;
use client_logs::ClientLogs;
use credentials::{Pending, Whose};
use sabotage::Broken;
pub use sabotage::Sabotage;

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
    /// Sessions and connections of clients.
    Xmpp(xmpp::Timer),
    /// Desktops that are gone, and the other node.
    Presence(GuardedTimer),
    /// The log of the settings.
    Ledger,
    /// Questions to the AWDBs, and looks in the background.
    Awdb(awdb::Timer),
    /// The end of a CTI session in good order.
    Closing,
}

/// What a node has counted since its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counters {
    /// REST requests refused by the gate.
    pub refused_out_of_service: u64,
    /// REST requests that came while the web application was stopped.
    pub refused_stopped: u64,
    /// REST requests that came while too many credential checks waited.
    pub refused_overload: u64,
    /// Recoveries finished.
    pub recoveries: u64,
    /// Subscriptions ended because the right to them was lost.
    pub revoked: u64,
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

/// One desktop server.
pub struct Node {
    config: Config,
    link: Link,
    download: Download,
    reader: Reader,
    domain: Domain,
    xmpp: xmpp::Service,
    presence: Presence,
    awdb: awdb::Machine<Person>,
    desk: Desk,
    ledger: Keeper,
    client_logs: ClientLogs,
    /// As it was shown last.
    standing: Option<Standing>,
    checks: BTreeMap<AskId, Pending>,
    next_check: u64,
    phase: Phase,
    /// The machine has asked for the state; reading begins when the configuration is there too.
    recover_wanted: bool,
    status: Arc<Status>,
    services: Services,
    counters: Counters,
    broken: Broken,
    out: VecDeque<Output>,
}

impl Node {
    /// A node that starts dialing side A at once, and whose settings are those of its settings file.
    pub fn new(config: Config, now: Now) -> Self {
        Self::with_log(config, None, now)
    }

    /// A node with the log that is on its disk. A primary without one begins it with what its settings file says; a
    /// secondary shows that until it has followed its primary.
    pub fn with_log(config: Config, log: Option<Log>, now: Now) -> Self {
        let info = publish::system_info(&config, now.wall, "starting");
        let status = Arc::new(Status { info, side: cti::Side::A });
        let mut node = Self {
            link: Link::new(&config, now.mono),
            download: Download::new(config.peripheral_id),
            reader: Reader::new(config.recovery.clone()),
            domain: Domain::new(DomainConfig {
                peripheral_id: config.peripheral_id,
                resources: config.resources.clone(),
                restore_ready: config.recovery.restore_ready_after_own_loss,
            }),
            xmpp: xmpp::Service::new(
                desktops::timely(config.xmpp.clone(), config.presence.detection),
                config.key.0,
            ),
            presence: Presence::new(&config, now),
            awdb: awdb::Machine::new(config.awdb.clone(), config.credentials_key.0, now.mono),
            desk: Desk::new(&config),
            client_logs: ClientLogs::new(),
            ledger: Keeper::new(config.fence.rank, None),
            standing: None,
            checks: BTreeMap::new(),
            next_check: 0,
            phase: Phase::Out,
            recover_wanted: false,
            status: Arc::clone(&status),
            services: Services::default(),
            counters: Counters::default(),
            broken: Broken::default(),
            out: VecDeque::from([Output::Published(status)]),
            config,
        };
        node.open_log(log, now);
        node.settle(now);
        node
    }

    /// One thing happened.
    pub fn handle(&mut self, input: Input, now: Now) {
        match input {
            Input::Link { epoch, news } => self.link.news(epoch, news, now.mono),
            Input::Http { id, request } => self.http(id, request, now),
            Input::Bosh { id, body } => {
                let user = self.xmpp.bosh(id.0, &body, now.mono).map(AgentId::new);
                self.desktop_heard(user, now);
            }
            Input::BoshGone { id } => self.xmpp.bosh_gone(id.0, now.mono),
            Input::Checked { query, answer } => self.answered(query, answer, now),
            Input::Probed { query, time } => self.awdb.probed(query, time, now.mono),
            Input::People(people) => self.people(*people),
            Input::ForgetCredentials { who, by } => self.forget_credentials(who.as_deref(), &by, now),
            Input::AdministratorChecked { check, right } => self.administrator_checked(check, right, now),
            Input::DatabaseTried { change, outcome } => self.database_tried(change, outcome, now),
            Input::Persisted { batch, outcome } => self.persisted(batch, outcome, now),
            Input::Worked(done) => self.worked(done, now),
            Input::ClientLogKept { http, outcome } => self.client_log_kept(http, outcome),
            Input::AdoptSettings { winner, adoption } => self.adopt_settings(winner, adoption, now),
            Input::Wire { id, news } => self.wire(id, news, now),
            Input::Peer { link, news } => self.peer(link, news, now),
            Input::Service { name, run, by } => self.order(name, run, &by, now),
            Input::Remembered(agents) => self.remembered(agents, now),
        }
        self.settle(now);
    }

    /// Time has passed. Spurious calls are harmless.
    pub fn handle_timeout(&mut self, now: Now) {
        self.link.handle_timeout(now.mono);
        self.reader.handle_timeout(now.mono);
        self.domain.handle_timeout(now);
        self.xmpp.handle_timeout(now.mono);
        self.presence.handle_timeout(now);
        self.awdb.handle_timeout(now.mono);
        self.ledger.handle_timeout(now);
        self.do_what_is_late(now);
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
            self.presence.poll_timeout().map(|(at, timer)| (at, Timer::Presence(timer))),
            self.awdb.poll_timeout().map(|(at, timer)| (at, Timer::Awdb(timer))),
            self.ledger.poll_timeout().map(|at| (at, Timer::Ledger)),
            self.link.closing_timeout().map(|at| (at, Timer::Closing)),
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

    /// Who is asked for passwords, and who is known.
    pub fn awdb(&self) -> &awdb::Machine<Person> {
        &self.awdb
    }

    /// Desktops and who waits for them, the link to the other node, and what both have counted.
    pub fn desktops(&self) -> &Guarded {
        self.presence.guarded()
    }

    pub(crate) fn xmpp(&self) -> &xmpp::Service {
        &self.xmpp
    }

    /// Which services people want to run.
    pub fn services(&self) -> Services {
        self.services
    }

    fn serving(&self) -> bool {
        self.phase == Phase::Serving
    }

    /// Passes on what the parts have to say until none of them has anything left.
    fn settle(&mut self, now: Now) {
        while self.drain_link(now)
            | self.drain_domain(now)
            | self.drain_xmpp(now)
            | self.drain_presence(now)
            | self.drain_awdb(now)
            | self.drain_ledger(now)
            | self.read(now)
            | self.go_on(now)
        {}
        if self.link.last_heartbeat_ok() != self.status.info.heartbeat_ok {
            self.show_status(self.status.info.reason.clone(), now);
        }
    }

    /// One message at a time: a change is rendered as it was made, before the next message changes its object again.
    fn drain_link(&mut self, now: Now) -> bool {
        let mut busy = false;
        while let Some(output) = self.link.poll_output() {
            busy = true;
            self.link_says(output, now);
            self.drain_domain(now);
        }
        busy
    }

    fn drain_domain(&mut self, now: Now) -> bool {
        let mut busy = false;
        while let Some(output) = self.domain.poll_output() {
            busy = true;
            self.domain_says(output, now);
        }
        busy
    }

    fn drain_xmpp(&mut self, now: Now) -> bool {
        let mut busy = false;
        while let Some(output) = self.xmpp.poll_output() {
            busy = true;
            self.xmpp_says(output, now);
        }
        let left = self.presence.sessions.left();
        self.desks(left, now);
        busy
    }

    fn link_says(&mut self, output: LinkOutput, now: Now) {
        match output {
            LinkOutput::Dial { .. } if self.never_dials() => {}
            LinkOutput::Dial { epoch, side } => self.out.push_back(Output::Dial { epoch, side }),
            LinkOutput::Write { epoch, bytes } => self.out.push_back(Output::Write { epoch, bytes }),
            LinkOutput::HangUp { epoch } => self.out.push_back(Output::HangUp { epoch }),
            LinkOutput::Note(what, says) => self.story(now, what, says),
            LinkOutput::Moved(transition) => self.moved(&transition, now),
            LinkOutput::Opened { configuration } => self.opened(configuration, now),
            LinkOutput::Recover => self.recover_wanted = true,
            LinkOutput::Event(message) => {
                let Some(message) = self.misheard(message) else { return };
                if let Some(next) = self.download.event(&message, now.mono) {
                    self.link.send(next);
                }
                self.domain.event(&message, now);
                self.drain_domain(now);
                if let Some(changed) = rights::Changed::by(&message) {
                    self.review_rights(changed);
                }
            }
            LinkOutput::Answer(Asker::Domain(ticket), message) => self.domain.answered(ticket, &message, now),
            LinkOutput::Answer(Asker::Reader(id), message) => {
                reading::answered(&mut self.reader, &mut self.domain, id, &message, now);
                self.guess_a_reason(&message, now);
            }
        }
    }

    fn domain_says(&mut self, output: domain::Output, now: Now) {
        match output {
            domain::Output::Request(ticket, message) => {
                self.keep_command(ticket, &message, now);
                if !self.link.ask(Asker::Domain(ticket), message, now.mono) {
                    self.domain.unsent(ticket, now);
                }
            }
            domain::Output::Changed(change) => {
                self.look(&change, now);
                self.meddle(&change, now);
                self.publish(&change, now);
                self.publish_to_team(&change, now);
            }
            domain::Output::Forced(order, outcome) => self.forced(order, outcome, now),
            domain::Output::Look(look) => {
                if !self.is_broken(Sabotage::NeverLook) {
                    self.reader.add(Item::Look(look));
                }
            }
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
            let payload = self.touched_up(event.payload);
            self.spread(&event.node, &payload, now);
            if self.is_broken(Sabotage::SayTwice) {
                self.spread(&event.node, &payload, now);
            }
        }
    }

    /// What supervisors see of it (notifications.md section 6.1, Team/Users).
    fn publish_to_team(&mut self, change: &Change, now: Now) {
        if !self.serving() {
            return;
        }
        if let Some(event) = publish::team_event(&self.domain, &self.xmpp, change) {
            self.counters.events += 1;
            self.spread(&event.node, &event.payload, now);
        }
    }

    fn xmpp_says(&mut self, output: xmpp::Output, now: Now) {
        match output {
            xmpp::Output::Reply { id, status, body } => {
                self.out.push_back(Output::BoshReply { id: HttpId(id), status, body });
            }
            xmpp::Output::Check { check, user, password } => {
                let password = domain::Secret::new(password.into_exposed());
                self.check(Whose::Xmpp(check), user, password, now);
            }
            xmpp::Output::Admit { question, user, node } => {
                let verdict = self.admit(&AgentId::new(user), &node);
                self.xmpp.admitted(question, verdict, now.mono);
            }
            xmpp::Output::SessionBound { user, resource, session } => {
                let news = self.presence.sessions.bound(&user, resource, session);
                self.desks(news, now);
            }
            xmpp::Output::Presence { user, available, session, .. } => {
                let news = self.presence.sessions.presence(&user, session, available);
                self.desks(news, now);
            }
            xmpp::Output::SessionEnded { user, resource, session, cause } => {
                let cause = self.misheard_end(cause);
                let news = self.presence.sessions.ended(&user, resource, session, cause);
                self.desks(news, now);
            }
            xmpp::Output::Write { connection, texts } => {
                self.out.push_back(Output::WireWrite { id: WireId(connection), texts });
            }
            xmpp::Output::Ping { connection } => {
                self.out.push_back(Output::WirePing { id: WireId(connection) })
            }
            xmpp::Output::StartTls { connection } => {
                self.out.push_back(Output::WireStartTls { id: WireId(connection) });
            }
            xmpp::Output::HangUp { connection } => {
                self.out.push_back(Output::WireHangUp { id: WireId(connection) });
            }
        }
    }

    fn story(&mut self, now: Now, what: &'static str, says: impl Into<String>) {
        self.out.push_back(Output::Story(Story::new(now.wall, what, says)));
    }
}
