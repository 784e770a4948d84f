//! The one task that owns the node: it feeds it from the inboxes, wakes it at its deadlines and does what it says.
//!
//! Owns the order of things: CTI before presence before requests. Never blocks, hashes, queries or encrypts; what
//! takes time is a task of its own that reports back through an inbox.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use node::api::HttpResponse;
use node::api::settings::EnterpriseDatabaseConfig;
use node::domain::{AgentId, Now};
use node::failover::awdb::{Host, QueryId};
use node::ledger::Standing;
use node::{HttpId, Input, LinkNews, Node, Output, PeerNews, Services, Status, Timer, WireId, WireNews};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinSet;
use tracing::debug;

use crate::awdb::{Awdb, Checked};
use crate::client_logs::ClientLogs;
use crate::clock::Clock;
use crate::inbox::{Ask, Exchange, Gone, Inboxes, Reports, Slot, WireMail, WireSaid};
use crate::net::cti::{Links, WriteError};
use crate::net::refusals::{Refusal, Refusals};
use crate::net::wires::{Stuck, Wires};
use crate::office::Office;
use crate::peer::{self, News, Report};
use crate::roster::Roster;
use crate::telemetry;

/// Every 64th turn the lowest inbox goes first, so that a flood above it delays a request but never starves it.
const TURNS_BY_PRIORITY: u32 = 64;

/// A deadline that is still due after it was handled is tried again after this long: a mistake in a machine shows in
/// the log and costs a little time, not a core.
const STUCK_TIMER_PAUSE: Duration = Duration::from_millis(1);

/// What the driver drives: [`Node`], or a stand-in where a test is about the shell.
pub(crate) trait Core: Send + 'static {
    fn handle(&mut self, input: Input, now: Now);
    fn handle_timeout(&mut self, now: Now);
    fn poll_timeout(&self) -> Option<(Duration, Timer)>;
    fn poll_output(&mut self) -> Option<Output>;
    fn figures(&self) -> Figures;
}

/// What was counted, by name.
pub(crate) type Figures = BTreeMap<String, u64>;

impl Core for Node {
    fn handle(&mut self, input: Input, now: Now) {
        Node::handle(self, input, now);
    }
    fn handle_timeout(&mut self, now: Now) {
        Node::handle_timeout(self, now);
    }
    fn poll_timeout(&self) -> Option<(Duration, Timer)> {
        Node::poll_timeout(self)
    }
    fn poll_output(&mut self) -> Option<Output> {
        Node::poll_output(self)
    }
    fn figures(&self) -> Figures {
        Node::figures(self).into_iter().map(|figure| (figure.name.to_owned(), figure.value)).collect()
    }
}

/// The snapshot that SystemInfo is answered from; `None` until the node has published one.
pub(crate) type Snapshot = watch::Sender<Option<Arc<Status>>>;

/// The task's state.
pub(crate) struct Drive<C> {
    pub(crate) core: C,
    pub(crate) clock: Clock,
    pub(crate) inboxes: Inboxes,
    pub(crate) reports: Reports,
    pub(crate) links: Links,
    pub(crate) wires: Wires,
    pub(crate) refusals: Arc<Refusals>,
    pub(crate) peer: peer::Links,
    pub(crate) awdb: Awdb,
    pub(crate) office: Office,
    pub(crate) client_logs: ClientLogs,
    pub(crate) snapshot: Snapshot,
    /// Which services run: listeners follow it.
    pub(crate) services: watch::Sender<Services>,
    /// How the log of the settings stands.
    pub(crate) settings: watch::Sender<Option<Standing>>,
    /// Whose desktops are here: written to disk as it changes.
    pub(crate) roster: watch::Sender<Roster>,
    pub(crate) state: State,
}

/// What the driver remembers between two turns.
#[derive(Default)]
pub(crate) struct State {
    waiting: BTreeMap<HttpId, Waiting>,
    checks: JoinSet<()>,
    /// Inputs that the driver itself caused, one per link or wire that it closed, and what is known from before the
    /// start; handled before anything else.
    own: VecDeque<Input>,
    turn: u32,
    /// No deadline is acted on before this time.
    not_before: Duration,
}

impl State {
    /// Before anything else, the node hears of these.
    pub(crate) fn remembering(desktops: Vec<AgentId>) -> Self {
        let own = if desktops.is_empty() { None } else { Some(Input::Remembered(desktops)) };
        Self { own: own.into_iter().collect(), ..Self::default() }
    }
}

/// A client that waits for an answer.
struct Waiting {
    answer: oneshot::Sender<HttpResponse>,
    bosh: bool,
    _slot: Slot,
}

/// The next thing to do.
enum Work {
    Input(Input),
    Figures(oneshot::Sender<Figures>),
    Peer(Report),
    Gone(Gone),
    Exchange(Exchange),
    Wire(WireMail),
    Due(Timer),
}

impl<C: Core> Drive<C> {
    /// Runs until `stop` resolves.
    pub(crate) async fn run(mut self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        self.drain();
        loop {
            let work = tokio::select! {
                biased;
                () = &mut stop => return,
                work = self.next() => work,
            };
            self.perform(work);
        }
    }

    async fn next(&mut self) -> Work {
        if let Some(input) = self.state.own.pop_front() {
            return Work::Input(input);
        }
        let deadline = self.core.poll_timeout().map(|(at, timer)| (at.max(self.state.not_before), timer));
        if let Some((at, timer)) = deadline
            && at <= self.clock.now().mono
        {
            return Work::Due(timer);
        }
        self.state.turn = self.state.turn.wrapping_add(1);
        // BOSH and wires are both browsers: each comes first every other time.
        if self.state.turn.is_multiple_of(2)
            && self.inboxes.cti.is_empty()
            && let Ok(mail) = self.inboxes.wires.try_recv()
        {
            return Work::Wire(mail);
        }
        if self.state.turn.is_multiple_of(TURNS_BY_PRIORITY)
            && let Some(exchange) = self.lowest_first()
        {
            return Work::Exchange(exchange);
        }
        self.wait(deadline).await
    }

    fn lowest_first(&mut self) -> Option<Exchange> {
        self.inboxes.rest.try_recv().or_else(|_| self.inboxes.bosh.try_recv()).ok()
    }

    async fn wait(&mut self, deadline: Option<(Duration, Timer)>) -> Work {
        let clock = self.clock;
        let due = async move {
            match deadline {
                Some((at, timer)) => {
                    tokio::time::sleep_until(clock.instant(at)).await;
                    timer
                }
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            Some(input) = self.inboxes.cti.recv() => Work::Input(input),
            Some(order) = self.inboxes.orders.recv() => Work::Input(order),
            Some(ask) = self.inboxes.figures.recv() => Work::Figures(ask),
            Some(report) = self.inboxes.peer.recv() => Work::Peer(report),
            Some(input) = self.inboxes.verdicts.recv() => Work::Input(input),
            Some(gone) = self.inboxes.gone.recv() => Work::Gone(gone),
            Some(exchange) = self.inboxes.bosh.recv() => Work::Exchange(exchange),
            Some(mail) = self.inboxes.wires.recv() => Work::Wire(mail),
            Some(exchange) = self.inboxes.rest.recv() => Work::Exchange(exchange),
            timer = due => Work::Due(timer),
        }
    }

    fn perform(&mut self, work: Work) {
        match work {
            Work::Input(input) => self.input(input),
            // Whoever asked may have gone.
            Work::Figures(ask) => drop(ask.send(self.core.figures())),
            Work::Peer(report) => self.peer(report),
            Work::Gone(gone) => self.gone(gone),
            Work::Exchange(exchange) => self.exchange(exchange),
            Work::Wire(mail) => self.wire(mail),
            Work::Due(timer) => self.due(timer),
        }
    }

    fn input(&mut self, input: Input) {
        if let Input::Link { epoch, news: LinkNews::Failed(_) | LinkNews::Closed(_) } = &input {
            self.links.forget(*epoch);
        }
        self.core.handle(input, self.clock.now());
        self.drain();
    }

    /// News of a link that the node has closed is not wanted any more.
    fn peer(&mut self, Report { link, news }: Report) {
        let news = match news {
            News::Up(outbox) => {
                self.peer.up(link, outbox);
                PeerNews::Up
            }
            News::Said(_) | News::Down if !self.peer.knows(link) => return,
            News::Said(message) => PeerNews::Said(message),
            News::Down => {
                self.peer.forget(link);
                PeerNews::Down
            }
        };
        self.input(Input::Peer { link, news });
    }

    fn exchange(&mut self, exchange: Exchange) {
        let Exchange { id, ask, answer, slot, body } = exchange;
        if answer.is_closed() {
            return;
        }
        let bosh = matches!(ask, Ask::Bosh(_));
        self.state.waiting.insert(id, Waiting { answer, bosh, _slot: slot });
        self.input(match ask {
            Ask::Rest(request) => Input::Http { id, request },
            Ask::Bosh(body) => Input::Bosh { id, body },
        });
        drop(body);
    }

    /// A REST request has been handed over and acts all the same; only a BOSH session wants to know.
    fn gone(&mut self, gone: Gone) {
        if let Some(waiting) = self.state.waiting.remove(&gone.id)
            && waiting.bosh
        {
            self.input(Input::BoshGone { id: gone.id });
        }
    }

    /// The connection is heard again once all that this caused has been ordered.
    fn wire(&mut self, mail: WireMail) {
        let WireMail { id, said, turn } = mail;
        let news = match said {
            WireSaid::Connected(transport, handle) => {
                self.wires.add(id, handle);
                WireNews::Connected(transport)
            }
            WireSaid::News(WireNews::Gone) => {
                self.wires.hang_up(id);
                WireNews::Gone
            }
            WireSaid::News(news) => news,
        };
        self.wires.listen(id, turn);
        self.input(Input::Wire { id, news });
        self.wires.listened(id);
    }

    fn due(&mut self, timer: Timer) {
        let now = self.clock.now();
        self.core.handle_timeout(now);
        self.drain();
        let stuck = self.core.poll_timeout().is_some_and(|(at, _)| at <= now.mono);
        self.state.not_before = if stuck { now.mono + STUCK_TIMER_PAUSE } else { Duration::ZERO };
        if stuck {
            debug!(?timer, "a deadline is still due after it was handled");
        }
    }

    fn drain(&mut self) {
        while let Some(output) = self.core.poll_output() {
            self.carry_out(output);
        }
    }

    fn carry_out(&mut self, output: Output) {
        match output {
            Output::Dial { epoch, side } => self.links.dial(epoch, side, &self.reports.cti),
            Output::Write { epoch, bytes } => {
                if let Err(WriteError::NotReading(why)) = self.links.write(epoch, bytes) {
                    self.state.own.push_back(Input::Link { epoch, news: LinkNews::Closed(why) });
                }
            }
            Output::HangUp { epoch } => self.links.forget(epoch),
            Output::HttpReply { id, response } => self.answer(id, response),
            Output::BoshReply { id, status, body } => {
                self.answer(id, HttpResponse { status, body, headers: Vec::new() });
            }
            Output::PeerSend { link, message } => {
                if !self.peer.send(link, message) {
                    self.state.own.push_back(Input::Peer { link, news: PeerNews::Down });
                }
            }
            Output::PeerClose { link, fault } => self.peer.close(link, fault),
            Output::Services(services) => drop(self.services.send_replace(services)),
            Output::Remember { agent, listed } => self.remember(agent, listed),
            Output::WireWrite { id, texts } => {
                let ordered = self.wires.write(id, texts);
                self.ordered(id, ordered);
            }
            Output::WirePing { id } => {
                let ordered = self.wires.ping(id);
                self.ordered(id, ordered);
            }
            Output::WireStartTls { id } => {
                let ordered = self.wires.start_tls(id);
                self.ordered(id, ordered);
            }
            Output::WireHangUp { id } => self.wires.hang_up(id),
            Output::Check { query, host, user, password } => self.check(query, host, user, password),
            Output::Probe { query, host } => self.probe(query, host),
            Output::ReadPeople { host } => self.read_people(host),
            Output::CheckAdministrator { check, user, password } => {
                let accepted = self.office.clone().accept(user, password);
                self.ask(async move { Some(Input::AdministratorChecked { check, right: accepted.await }) });
            }
            Output::TryDatabase { change, database, connect } => {
                let tried = self.office.clone().try_database(database, connect);
                self.ask(async move { Some(Input::DatabaseTried { change, outcome: tried.await }) });
            }
            Output::Persist { batch, what } => {
                let written = self.office.clone().persist(what);
                self.ask(async move { Some(Input::Persisted { batch, outcome: written.await }) });
            }
            Output::Work(work) => {
                let done = tokio::task::spawn_blocking(move || work.run());
                self.ask(async move { done.await.ok().map(Input::Worked) });
            }
            Output::KeepClientLog { http, agent, request } => {
                let kept = self.client_logs.clone().keep(agent, request, self.clock.now().wall);
                self.ask(async move { Some(Input::ClientLogKept { http, outcome: kept.await }) });
            }
            Output::Standing(standing) => drop(self.settings.send_replace(Some(standing))),
            Output::UseDatabase(database) => self.use_database(&database),
            Output::Published(status) => drop(self.snapshot.send_replace(Some(status))),
            Output::Story(story) => telemetry::story(&story),
        }
    }

    fn remember(&self, agent: AgentId, listed: bool) {
        let change = |roster: &mut Roster| if listed { roster.insert(agent) } else { roster.remove(&agent) };
        self.roster.send_if_modified(change);
    }

    fn ordered(&mut self, id: WireId, ordered: Result<(), Stuck>) {
        if ordered == Err(Stuck) {
            self.refusals.note(Refusal::Stuck);
            self.state.own.push_back(Input::Wire { id, news: WireNews::Gone });
        }
    }

    fn answer(&mut self, id: HttpId, response: HttpResponse) {
        // Whoever is no longer waiting has closed the connection.
        if let Some(waiting) = self.state.waiting.remove(&id) {
            let _ = waiting.answer.send(response);
        }
    }

    fn check(&mut self, query: QueryId, host: Host, user: String, password: node::domain::Secret) {
        let awdb = self.awdb.clone();
        self.ask(async move {
            let answer = awdb.check(host, user, password).await;
            telemetry::verdict(host, &answer);
            Some(Input::Checked { query, answer: answer.map(Checked::accepted) })
        });
    }

    fn probe(&mut self, query: QueryId, host: Host) {
        let awdb = self.awdb.clone();
        self.ask(async move {
            let time = awdb.probe(host).await.map(|probe| probe.now_time);
            Some(Input::Probed { query, time })
        });
    }

    fn read_people(&mut self, host: Host) {
        let awdb = self.awdb.clone();
        self.ask(async move {
            let read = awdb.people(host).await.inspect_err(|why| telemetry::unread(host, why));
            read.ok().map(|people| Input::People(Box::new(people.seen())))
        });
    }

    /// Questions that are on their way end with the old databases.
    fn use_database(&mut self, database: &EnterpriseDatabaseConfig) {
        match self.office.use_database(database) {
            Ok(awdb) => self.awdb = awdb,
            // The node has asked before.
            Err(why) => debug!(why, "an AWDB that cannot be used"),
        }
    }

    /// Does what takes time on a task of its own and tells the node what came of it.
    fn ask(&mut self, question: impl Future<Output = Option<Input>> + Send + 'static) {
        while self.state.checks.try_join_next().is_some() {}
        let verdicts = self.reports.verdicts.clone();
        self.state.checks.spawn(async move {
            if let Some(input) = question.await {
                let _ = verdicts.send(input).await;
            }
        });
    }
}
