//! A running lab: everything that `holdfast lab`, drills and tests do with it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::future::IntoFuture;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock, PoisonError};
use std::time::Duration;

use switch::{Command, CtiPair, Outcome, PairConfig, RequestSeen, Truth};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio::task::JoinSet;

use crate::awdb::{self, Access, AwdbOrder, AwdbTally, Awdbs, DistributorOrder, Kit};
use crate::children::{Node, NodeError, Process, Recipe};
use crate::clock::Clock;
use crate::control;
use crate::drive::{Ask, Drive};
use crate::fault::LinkFault;
use crate::http::Http;
use crate::links::Links;
use crate::listener::{Ground, Listener};
use crate::net::Net;
use crate::nodefile::{Administrator, NodeFile, Pair};
use crate::order::{Order, OrderError};
use crate::parts::{AwdbHost, CtiServer, Link, NodeName, Part};
use crate::peerlink::{self, PeerLink};
use crate::probe::{Probe, Service};
use crate::script::{self, PLAYING_MAX};
use crate::services::ServiceOrder;
use crate::state::{LinkState, NodeState, People, State};
use crate::story::{self, Timeline};
use crate::tail::Tail;
use crate::tally::{Dial, LinkTally, Tally};

/// News of connections, and orders, that may wait for the switch; a full queue makes its sender wait, nothing is lost.
const INBOX_MAX: usize = 1024;
/// Where a desktop server listens: REST and notifications, without and with TLS.
const NODE_PORTS: [u16; 6] = [8082, 8445, 7071, 7443, 5222, 5223];

/// What a lab is made of.
#[derive(Clone, Debug)]
pub struct LabConfig {
    /// Its addresses. Guard it first: [`Net::guard`].
    pub net: Net,
    /// The switch and its CTI servers.
    pub pair: PairConfig,
    /// Which desktop servers there are.
    pub nodes: Vec<NodeName>,
    /// Settings of the desktop servers, `key=value`, over what the lab writes.
    pub node_settings: Vec<String>,
    /// The `holdfast` binary.
    pub binary: PathBuf,
    /// For settings files, logs and whatever the desktop servers keep; must exist.
    pub dir: PathBuf,
    /// Who may change settings; nobody in a lab without.
    pub administrator: Option<Administrator>,
    /// The AWDB file with the people of the switch, which each AWDB host copies; an empty path is a lab without them.
    pub awdb: PathBuf,
}

/// Why a lab could not start.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// An address is taken or cannot be had.
    #[error(
        "cannot listen on {address}: {reason}. Does another lab run? `--net 127.0.1` moves this one to its own addresses"
    )]
    Address {
        /// Which.
        address: SocketAddr,
        /// What the system said.
        reason: io::Error,
    },
    /// A settings file could not be written.
    #[error("cannot write into {dir}: {reason}")]
    Directory {
        /// Where.
        dir: String,
        /// What the system said.
        reason: io::Error,
    },
    /// A desktop server did not come up.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// A desktop server answers, but does not come into service.
    #[error("{node} is not in service after {within:?}{}", because(reason))]
    OutOfService {
        /// Which.
        node: NodeName,
        /// How long was waited.
        within: Duration,
        /// What SystemInfo says.
        reason: String,
    },
}

/// A running lab; clones are the same lab. It ends with [`Lab::stop`], at the latest with the runtime.
#[derive(Clone, Debug)]
pub struct Lab(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    config: LabConfig,
    ground: Ground,
    timeline: Timeline,
    asks: mpsc::Sender<Ask>,
    listeners: Mutex<BTreeMap<CtiServer, Listener>>,
    nodes: Vec<Node>,
    /// The AWDB hosts, once they are open.
    awdbs: OnceLock<Awdbs>,
    /// The fault point between the two, once it is open.
    peer: OnceLock<PeerLink>,
    http: Http,
    /// One place for each script that may play.
    scripts: Arc<Semaphore>,
    /// Callers of scripts since the start.
    callers: AtomicU32,
    tasks: std::sync::Mutex<JoinSet<()>>,
}

impl Lab {
    /// Opens all addresses, then starts the desktop servers and waits until each answers SystemInfo.
    pub async fn start(config: LabConfig) -> Result<Self, LabError> {
        let page = listen(config.net.page()).await?;
        config.require_free_addresses()?;
        let kit = config.awdb_kit()?;
        let lab = Self::prepare(config, kit.as_ref())?;
        lab.open_both().await?;
        lab.open_awdbs(kit.as_ref()).await?;
        lab.open_peer_link().await?;
        lab.0.spawn(serve(page, control::router(lab.clone())));
        lab.timeline().tell("lab", "lab.started", "the lab has started", []);
        lab.start_nodes().await?;
        Ok(lab)
    }

    /// Waits until every desktop server says that it is in service.
    pub async fn in_service(&self, within: Duration) -> Result<(), LabError> {
        for node in &self.0.nodes {
            self.node_in_service(node, within).await?;
        }
        Ok(())
    }

    /// Its addresses.
    pub fn net(&self) -> Net {
        self.0.config.net
    }

    /// Its clock: the times of dials and events.
    pub fn clock(&self) -> Clock {
        self.0.ground.clock
    }

    /// An HTTP client that the lab's own parts share.
    pub fn http(&self) -> Http {
        self.0.http.clone()
    }

    /// Carries out an order of any kind.
    pub async fn order(&self, order: Order) -> Result<Outcome, OrderError> {
        match order {
            Order::Kill(Part::Cti(cti)) => self.command(Command::KillSide(cti.side())).await,
            Order::Start(Part::Cti(cti)) => self.command(Command::ReviveSide(cti.side())).await,
            Order::Hang(cti) => self.command(Command::HangSide(cti.side(), true)).await,
            Order::Unhang(cti) => self.command(Command::HangSide(cti.side(), false)).await,
            Order::Switch(command) => self.command(command).await,
            Order::Kill(Part::Awdb(awdb)) => self.kill_awdb(awdb).await,
            Order::Start(Part::Awdb(awdb)) => self.start_awdb(awdb).await,
            Order::Awdb(order) => self.awdb_fault(&order),
            Order::Distributor(order) => self.distributor(&order),
            Order::Kill(Part::Node(name)) => {
                let node = self.node(name).ok_or(OrderError::NoNode(name))?;
                already(node.process() != Process::Running, Part::Node(name), "down")?;
                node.kill().await;
                Ok(Outcome::Done)
            }
            Order::Start(Part::Node(name)) => {
                let node = self.node(name).ok_or(OrderError::NoNode(name))?;
                already(node.process() == Process::Running, Part::Node(name), "running")?;
                node.start().await?;
                Ok(Outcome::Done)
            }
            Order::Peer(fault) => {
                let peer = self.0.peer.get().ok_or(OrderError::NoPair)?;
                peer.apply(&fault);
                let (what, says, numbers) = peerlink::story(&fault);
                self.timeline().tell("lab", what, says, numbers);
                Ok(Outcome::Done)
            }
            Order::Service(order) => self.service(order).await,
            Order::Script(order) => script::begin(self, order).await,
            Order::Link(order) => {
                self.link_fault(order.link(), &order.fault);
                Ok(Outcome::Done)
            }
        }
    }

    async fn kill_awdb(&self, awdb: AwdbHost) -> Result<Outcome, OrderError> {
        already(!self.awdbs()?.kill(awdb).await, Part::Awdb(awdb), "down")?;
        let host = [("awdb", awdb.to_string())];
        self.timeline().tell("lab", "awdb.killed", format!("{awdb} is down"), host);
        Ok(Outcome::Done)
    }

    async fn start_awdb(&self, awdb: AwdbHost) -> Result<Outcome, OrderError> {
        let (part, address) = (Part::Awdb(awdb), self.net().awdb(awdb));
        let started = self.awdbs()?.start(awdb).await;
        already(!started.map_err(|reason| OrderError::Address { part, address, reason })?, part, "running")?;
        let host = [("awdb", awdb.to_string())];
        self.timeline().tell("lab", "awdb.started", format!("{awdb} answers"), host);
        Ok(Outcome::Done)
    }

    fn awdb_fault(&self, order: &AwdbOrder) -> Result<Outcome, OrderError> {
        self.awdbs()?.fault(order);
        let (what, says, numbers) = awdb::story(order);
        let ends = [("node", order.node.to_string()), ("awdb", order.awdb.to_string())];
        self.timeline().tell("lab", what, says, numbers.into_iter().chain(ends));
        Ok(Outcome::Done)
    }

    fn distributor(&self, order: &DistributorOrder) -> Result<Outcome, OrderError> {
        let &DistributorOrder { awdb, run } = order;
        let how = if run { "running" } else { "stopped" };
        if !self.awdbs()?.distribute(order) {
            return Err(OrderError::Distributor { awdb, how });
        }
        let what = if run { "distributor.started" } else { "distributor.stopped" };
        let host = [("awdb", awdb.to_string())];
        self.timeline().tell("lab", what, format!("the distributor of {awdb} is {how}"), host);
        Ok(Outcome::Done)
    }

    fn awdbs(&self) -> Result<&Awdbs, OrderError> {
        self.0.awdbs.get().ok_or(OrderError::NoAwdb)
    }

    /// What passed the way from a desktop server to an AWDB host; nothing in a lab without them.
    pub fn awdb_tally(&self, node: NodeName, awdb: AwdbHost) -> AwdbTally {
        self.0.awdbs.get().map(|awdbs| awdbs.tally(node, awdb)).unwrap_or_default()
    }

    /// The SQLite file that an AWDB host reads, so that hosts can be made to differ: what is written into it is read with the
    /// next query.
    pub fn awdb_file(&self, awdb: AwdbHost) -> Option<&Path> {
        self.0.awdbs.get().map(|awdbs| awdbs.file(awdb))
    }

    /// Where the login of the AWDB hosts stands, for people.
    pub fn awdb_login(&self) -> PathBuf {
        Access::file(&self.0.config.dir)
    }

    async fn service(&self, order: ServiceOrder) -> Result<Outcome, OrderError> {
        let ServiceOrder { node: name, name: service, run } = order;
        let node = self.node(name).ok_or(OrderError::NoNode(name))?;
        let done = node.control().order(service, run).await;
        done.map_err(|reason| OrderError::Service { node: name, reason })?;
        Ok(Outcome::Done)
    }

    /// Gives a command to the switch or its CTI servers. The death of a side closes its address, its revival opens it.
    pub async fn command(&self, command: Command) -> Result<Outcome, OrderError> {
        let mut listeners = self.0.listeners.lock().await;
        match command {
            Command::KillSide(side) => {
                let cti = CtiServer::of(side);
                match listeners.remove(&cti) {
                    Some(listener) => listener.close().await,
                    None => already(true, Part::Cti(cti), "down")?,
                }
            }
            Command::ReviveSide(side) => {
                let cti = CtiServer::of(side);
                already(listeners.contains_key(&cti), Part::Cti(cti), "running")?;
                let opened = self.open(cti, &mut listeners).await;
                let part = Part::Cti(cti);
                opened.map_err(|(address, reason)| OrderError::Address { part, address, reason })?;
            }
            _ => {}
        }
        Ok(self.ask(|reply| Ask::Command(command, reply)).await??)
    }

    /// Places among the scripts that play, until dropped; one for each caller.
    pub(crate) fn script_places(&self, callers: u8) -> Result<OwnedSemaphorePermit, OrderError> {
        let places = Arc::clone(&self.0.scripts).try_acquire_many_owned(callers.into());
        places.map_err(|_| OrderError::ManyScripts(PLAYING_MAX))
    }

    /// How many callers of scripts there were before this one.
    pub(crate) fn next_caller(&self) -> u32 {
        self.0.callers.fetch_add(1, Ordering::Relaxed)
    }

    /// Runs until it ends, at the latest until the lab does.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.0.spawn(task);
    }

    /// Phones of the switch that belong to nobody.
    pub(crate) fn spare_extensions(&self) -> &[String] {
        &self.0.config.pair.switch.spare_extensions
    }

    /// Breaks or heals a link.
    pub fn link_fault(&self, link: Link, fault: &LinkFault) {
        self.0.ground.links.apply(link, fault, self.clock().now());
        let (what, says, numbers) = fault.story(link);
        let ends = [("node", link.node.to_string()), ("cti", link.cti.to_string())];
        self.timeline().tell("lab", what, says, numbers.into_iter().chain(ends));
    }

    /// Every connect that reached the address of a CTI server, in order.
    pub fn dial_log(&self) -> Vec<Dial> {
        self.0.ground.tally.dials()
    }

    /// What passed a link.
    pub fn tally(&self, link: Link) -> LinkTally {
        self.0.ground.tally.link(link)
    }

    /// Shows each message that leaves a CTI server for a desktop server, with the time in which it is handed to the
    /// socket. For the first who asks; false to anybody later. `look` must be quick and must not wait.
    pub fn tap(&self, look: impl Fn(Duration, &[u8]) + Send + Sync + 'static) -> bool {
        self.0.ground.tally.tap.open(look)
    }

    /// The switch's truth: agents, calls, CTI servers.
    pub async fn truth(&self) -> Result<Truth, OrderError> {
        self.ask(Ask::Truth).await
    }

    /// The requests that the CTI servers received, in order; the newest few thousand.
    pub async fn request_log(&self) -> Result<Vec<RequestSeen>, OrderError> {
        self.ask(Ask::Requests).await
    }

    /// Everything that the page shows.
    pub async fn state(&self) -> Result<State, OrderError> {
        let truth = self.truth().await?;
        let clock = self.clock();
        let mut nodes = Vec::new();
        for node in &self.0.nodes {
            nodes.push(NodeState::of(node, self.net()).await);
        }
        Ok(State {
            version: env!("CARGO_PKG_VERSION"),
            net: self.net().to_string(),
            started_ms: clock.wall_ms(Duration::ZERO),
            now_ms: clock.wall_ms(clock.now()),
            nodes,
            links: Link::all().map(|link| self.link_state(link)).collect(),
            awdbs: match self.0.awdbs.get() {
                Some(awdbs) => awdbs.state(self.net()).await,
                None => Vec::new(),
            },
            peer: self.0.peer.get().map(PeerLink::state),
            people: People::of(&self.0.config.pair.switch, self.0.config.administrator.as_ref()),
            truth,
        })
    }

    /// What has happened, the oldest first.
    pub fn story(&self) -> Vec<story::Entry> {
        self.timeline().since(0)
    }

    /// The timeline.
    pub fn timeline(&self) -> &Timeline {
        &self.0.timeline
    }

    /// A desktop server.
    pub fn node(&self, name: NodeName) -> Option<&Node> {
        self.0.nodes.iter().find(|node| node.name() == name)
    }

    /// Ends the desktop servers in order, then everything else.
    pub async fn stop(self) {
        for node in &self.0.nodes {
            node.stop().await;
        }
        let listeners = std::mem::take(&mut *self.0.listeners.lock().await);
        for listener in listeners.into_values() {
            listener.close().await;
        }
        if let Some(awdbs) = self.0.awdbs.get() {
            awdbs.close().await;
        }
        self.0.end_tasks();
    }

    /// Everything but sockets and processes.
    fn prepare(config: LabConfig, kit: Option<&Kit>) -> Result<Self, LabError> {
        let (clock, http) = (Clock::start(), Http::default());
        let timeline = Timeline::new(clock);
        let ((inbox, heard), (asks, asked)) = (mpsc::channel(INBOX_MAX), mpsc::channel(INBOX_MAX));
        let (links, tally) = (Links::default(), Tally::default());
        let ground =
            Ground { net: config.net, clock, links: links.clone(), tally, inbox, wires: Arc::default() };
        let drive = Drive {
            pair: CtiPair::new(config.pair.clone(), Duration::ZERO, clock.wall_ms(Duration::ZERO)),
            clock,
            timeline: timeline.clone(),
            links,
            heard,
            asks: asked,
            says: BTreeMap::new(),
        };
        let nodes = config.nodes(kit, &http, &timeline)?;
        let inner = Inner {
            config,
            ground,
            timeline,
            asks,
            listeners: Mutex::default(),
            nodes,
            awdbs: OnceLock::new(),
            peer: OnceLock::new(),
            http,
            scripts: Arc::new(Semaphore::new(PLAYING_MAX)),
            callers: AtomicU32::new(0),
            tasks: std::sync::Mutex::default(),
        };
        inner.spawn(drive.run());
        inner.follow_logs();
        Ok(Self(Arc::new(inner)))
    }

    async fn open_both(&self) -> Result<(), LabError> {
        let mut listeners = self.0.listeners.lock().await;
        for cti in CtiServer::ALL {
            self.open(cti, &mut listeners)
                .await
                .map_err(|(address, reason)| LabError::Address { address, reason })?;
        }
        Ok(())
    }

    /// A lab without people in a file has none.
    async fn open_awdbs(&self, kit: Option<&Kit>) -> Result<(), LabError> {
        let Some(kit) = kit else { return Ok(()) };
        let opened = Awdbs::open(self.net(), self.clock(), kit).await;
        let opened = opened.map_err(|(address, reason)| LabError::Address { address, reason })?;
        let _ = self.0.awdbs.set(opened);
        Ok(())
    }

    /// A lab with one desktop server has none.
    async fn open_peer_link(&self) -> Result<(), LabError> {
        if self.0.config.is_pair() {
            let opened = PeerLink::open(self.net(), self.clock()).await;
            let address = self.net().peer_fault_point();
            let _ = self.0.peer.set(opened.map_err(|reason| LabError::Address { address, reason })?);
        }
        Ok(())
    }

    async fn start_nodes(&self) -> Result<(), LabError> {
        let mut starts = JoinSet::new();
        for name in self.0.config.nodes.clone() {
            let lab = self.clone();
            starts.spawn(async move { lab.start_node(name).await });
        }
        while let Some(started) = starts.join_next().await {
            started.map_err(|error| NodeError::Panicked(error.to_string()))??;
        }
        Ok(())
    }

    async fn start_node(&self, name: NodeName) -> Result<(), NodeError> {
        match self.node(name) {
            Some(node) => node.start().await,
            None => Ok(()),
        }
    }

    async fn node_in_service(&self, node: &Node, within: Duration) -> Result<(), LabError> {
        let mut service = node.follow();
        let arrived = service.wait_for(|service| *service == Service::InService);
        let in_time = tokio::time::timeout(within, arrived).await.is_ok_and(|arrived| arrived.is_ok());
        if in_time {
            return Ok(());
        }
        let reason = match node.service() {
            Service::OutOfService { reason } => reason,
            Service::InService | Service::Silent => String::new(),
        };
        Err(LabError::OutOfService { node: node.name(), within, reason })
    }

    async fn open(
        &self,
        cti: CtiServer,
        listeners: &mut BTreeMap<CtiServer, Listener>,
    ) -> Result<(), (SocketAddr, io::Error)> {
        if let Entry::Vacant(place) = listeners.entry(cti) {
            let opened = Listener::open(cti, self.0.ground.clone()).await;
            place.insert(opened.map_err(|reason| (self.net().cti(cti), reason))?);
        }
        Ok(())
    }

    async fn ask<T>(&self, ask: impl FnOnce(oneshot::Sender<T>) -> Ask) -> Result<T, OrderError> {
        let (reply, answer) = oneshot::channel();
        self.0.asks.send(ask(reply)).await.map_err(|_| OrderError::Ending)?;
        answer.await.map_err(|_| OrderError::Ending)
    }

    fn link_state(&self, link: Link) -> LinkState {
        LinkState { link, condition: self.0.ground.links.condition(link), tally: self.tally(link) }
    }
}

impl LabConfig {
    /// A desktop server whose address is taken would say so only in its log.
    fn require_free_addresses(&self) -> Result<(), LabError> {
        let hosts = self.nodes.iter().filter_map(|name| self.net.node(*name));
        let of_nodes = hosts.flat_map(|host| NODE_PORTS.map(|port| SocketAddr::new(host, port)));
        for address in of_nodes.chain(self.is_pair().then(|| self.net.peer())) {
            std::net::TcpListener::bind(address).map_err(|reason| LabError::Address { address, reason })?;
        }
        Ok(())
    }

    fn awdb_kit(&self) -> Result<Option<Kit>, LabError> {
        let is_there = !self.awdb.as_os_str().is_empty();
        let made = is_there.then(|| Kit::make(self.net, &self.awdb, &self.dir)).transpose();
        made.map_err(|reason| LabError::Directory { dir: self.dir.display().to_string(), reason })
    }

    fn is_pair(&self) -> bool {
        NodeName::NODES.iter().all(|name| self.nodes.contains(name))
    }

    fn nodes(&self, kit: Option<&Kit>, http: &Http, timeline: &Timeline) -> Result<Vec<Node>, LabError> {
        let unwritten = |reason| LabError::Directory { dir: self.dir.display().to_string(), reason };
        let pair = self.is_pair().then(|| Pair::make(&self.dir)).transpose().map_err(unwritten)?;
        let file = NodeFile {
            pair: pair.as_ref(),
            net: self.net,
            peripheral_id: self.pair.switch.peripheral_id,
            awdb: kit.map(|kit| &kit.access),
            administrator: self.administrator.as_ref(),
            dir: &self.dir,
        };
        let node = |name: &NodeName| {
            let config = file.write(*name).map_err(unwritten)?;
            let probe = Probe::start(*name, self.system_info(*name), http.clone(), timeline.clone());
            Ok(Node::new(self.recipe(*name, config, file.data_dir(*name)), probe, timeline.clone()))
        };
        self.nodes.iter().map(node).collect()
    }

    fn recipe(&self, name: NodeName, config: PathBuf, data_dir: PathBuf) -> Recipe {
        Recipe {
            name,
            binary: self.binary.clone(),
            config,
            data_dir,
            settings: self.node_settings.clone(),
            log: self.dir.join(format!("{name}.log")),
        }
    }

    fn system_info(&self, name: NodeName) -> String {
        let host = self.net.node(name).map(|host| host.to_string()).unwrap_or_default();
        format!("http://{host}:8082/finesse/api/SystemInfo")
    }
}

impl Inner {
    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task);
    }

    fn follow_logs(&self) {
        for node in &self.nodes {
            let tail = Tail::new(node.name(), node.log().to_owned(), self.timeline.clone());
            self.spawn(tail.follow());
        }
    }

    fn end_tasks(&self) {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).abort_all();
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, LabError> {
    TcpListener::bind(address).await.map_err(|reason| LabError::Address { address, reason })
}

async fn serve(listener: TcpListener, router: axum::Router) {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    if let Err(error) = axum::serve(listener, service).into_future().await {
        tracing::error!(%error, "the lab page is gone");
    }
}

fn already(is: bool, part: Part, how: &'static str) -> Result<(), OrderError> {
    if is { Err(OrderError::Already { part, how }) } else { Ok(()) }
}

fn because(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(": {reason}") }
}
