//! Rows over a live lab: two CTI servers on sockets, a desktop server as a child process, desktops over HTTP.
//!
//! Owns one lab at a time; each row gets a new one. Counts at the lab's side (its dial log, what passed its links, the
//! truth of its switch) or reads what a desktop received; never asks the desktop server about itself, but for the
//! SystemInfo that every client sees.

mod awdb;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lab::desktop::pair::{Network, PairDesktop, Person, Ways};
use lab::desktop::{Desktop, Identity, Standing, Transport, Update};
use lab::fault::LinkFault;
use lab::http::{Answer, Ask};
use lab::{
    Administrator, CtiServer, Lab, LabConfig, Link, LinkTally, Net, Node, NodeName, NodeService, NodeState,
    Order, Part, Service, ServiceOrder,
};
use sim::node::failover::awdb::Host;
use sim::node::failover::client;
use sim::node::failover::cti::Side;
use sim::rows::{
    Arrived, Client, Credentials, Dial, Driver, Fault, ForcedLogout, Reply, Request, Server, ServiceName,
    Setting, Trouble, Truth,
};
use sim::seen::Seen;
use sim::switch::{
    self, Command, OnClientLoss, PairConfig, PairMode, Role, StandbyAnswer, SwitchConfig, letter,
};
use sim::world::Leave;
use tokio::runtime::Handle;

use super::nets::Claim;
use crate::people;
pub(crate) use awdb::{ADMIN, WRONG};

/// The desktop server under test, until it is killed.
pub(crate) const NODE: NodeName = NodeName::One;
/// Most rows name two agents, of one team; some need more who were never there before.
const AGENTS: usize = 20;
/// Of every agent of a drill's lab. Nothing else contains it, so that it can be searched for.
pub(crate) const PASSWORD: &str = "Drill-4711-open";
/// Between the death of a CTI server and the service of its standby.
const TAKEOVER: Duration = Duration::from_millis(200);
/// ClientIDs of primary and secondary by default.
const CLIENTS: [&str; 2] = ["holdfast-primary", "holdfast-secondary"];
/// Requests that people make (ged188.md section 5).
const COMMANDS: [std::ops::RangeInclusive<u32>; 3] = [26..=26, 38..=38, 40..=64];

/// Carries out rows over a lab on its own network.
#[derive(Debug)]
pub(crate) struct LiveDriver {
    runtime: Handle,
    claim: Claim,
    dir: PathBuf,
    switch: SwitchConfig,
    administrator: Administrator,
    labs: usize,
    lab: Option<Lab>,
    /// The desktop server under test.
    node: NodeName,
    desktops: BTreeMap<String, Desktop>,
    /// Desktops of which nothing is heard any more, and whose connections stay.
    silent: Vec<Desktop>,
    /// Desktops that know both servers, and the network that each of them has.
    pairs: BTreeMap<String, (PairDesktop, Network)>,
}

impl LiveDriver {
    /// A driver without a lab yet. `runtime` must have a thread of its own; logs and settings go below `dir`.
    ///
    /// # Errors
    /// If the administrator's password cannot be hashed.
    pub(crate) fn new(runtime: Handle, claim: Claim, dir: &Path) -> Result<Self, String> {
        let dir = dir.join(claim.net.to_string());
        let switch = SwitchConfig::demo(AGENTS, PASSWORD);
        let (node, desktops) = (NODE, BTreeMap::new());
        let (silent, pairs) = (Vec::new(), BTreeMap::new());
        let administrator = awdb::administrator()?;
        Ok(Self {
            runtime,
            claim,
            dir,
            switch,
            administrator,
            labs: 0,
            lab: None,
            node,
            desktops,
            silent,
            pairs,
        })
    }

    /// Ends the lab, if there is one.
    pub(crate) fn end(&mut self) {
        self.desktops.clear();
        self.silent.clear();
        self.pairs.clear();
        if let Some(lab) = self.lab.take() {
            self.runtime.block_on(lab.stop());
        }
    }

    fn lab(&self) -> Result<&Lab, Trouble> {
        self.lab.as_ref().ok_or_else(|| Trouble("there is no lab".into()))
    }

    fn desktop(&self, agent: &str) -> Result<&Desktop, Trouble> {
        self.desktops.get(agent).ok_or_else(|| Trouble(format!("{agent} has no desktop")))
    }

    fn order(&self, command: Command) -> Result<(), Trouble> {
        self.runtime.block_on(self.lab()?.command(command)).map(drop).map_err(trouble)
    }

    fn link_fault(&self, side: Side, fault: &LinkFault) -> Result<(), Trouble> {
        self.lab()?.link_fault(self.link(side), fault);
        Ok(())
    }

    fn cut_link(&self) -> Result<(), Trouble> {
        let order = Order::Peer(LinkFault::Refuse);
        self.runtime.block_on(self.lab()?.order(order)).map(drop).map_err(trouble)
    }

    /// A closed port tells nobody who dialed it, so a dead server keeps its address: it takes a connect, counts it
    /// and resets it. Its partner, if it stood by, is active from now on.
    fn kill(&self, side: Side) -> Result<(), Trouble> {
        self.link_fault(side, &LinkFault::Refuse)?;
        let active = |known: &switch::SideTruth| known.side == letter(side) && known.role == Role::Active;
        if self.all_truth()?.sides.iter().any(active) {
            self.order(Command::SwitchOver)?;
        }
        Ok(())
    }

    fn link(&self, side: Side) -> Link {
        Link { node: self.node, cti: CtiServer::of(side) }
    }

    /// SIGKILL, and whoever used the desktop server is gone with it.
    fn kill_node(&mut self) -> Result<(), Trouble> {
        let kill = Order::Kill(Part::Node(self.node));
        self.runtime.block_on(self.lab()?.order(kill)).map_err(trouble)?;
        self.desktops.clear();
        self.node = NodeName::Two;
        Ok(())
    }

    fn part(&self, order: Order) -> Result<(), Trouble> {
        self.runtime.block_on(self.lab()?.order(order)).map(drop).map_err(trouble)
    }

    fn service(&self, server: Server, name: ServiceName, run: bool) -> Result<(), Trouble> {
        let name = match name {
            ServiceName::Platform => NodeService::Platform,
            ServiceName::Webapp => NodeService::Webapp,
            ServiceName::Notification => NodeService::Notification,
        };
        self.part(Order::Service(ServiceOrder { node: name_of(server), name, run }))
    }

    fn lose_cti(&self, server: Server, lost: bool) -> Result<(), Trouble> {
        let fault = if lost { LinkFault::Refuse } else { LinkFault::Clear };
        let lab = self.lab()?;
        CtiServer::ALL
            .into_iter()
            .for_each(|cti| lab.link_fault(Link { node: name_of(server), cti }, &fault));
        Ok(())
    }

    fn pair_of(&self, agent: &str) -> Result<&(PairDesktop, Network), Trouble> {
        self.pairs.get(agent).ok_or_else(|| Trouble(format!("{agent} has no desktop of two servers")))
    }

    fn all_truth(&self) -> Result<switch::Truth, Trouble> {
        self.runtime.block_on(self.lab()?.truth()).map_err(trouble)
    }

    fn usual_extension(&self, agent: &str) -> Result<&str, Trouble> {
        let known = self.switch.agent(agent).ok_or_else(|| Trouble(format!("no agent {agent}")))?;
        Ok(&known.extension)
    }

    fn config(&self, settings: &[Setting], nodes: usize) -> Result<LabConfig, Trouble> {
        let dir = self.dir.join(format!("lab-{}", self.labs));
        std::fs::create_dir_all(&dir).map_err(trouble)?;
        let awdb = dir.join("awdb.sqlite");
        people::write_awdb(&awdb, &self.switch).map_err(trouble)?;
        Ok(LabConfig {
            net: self.claim.net,
            pair: pair(self.switch.clone()),
            nodes: NodeName::NODES.into_iter().take(nodes).collect(),
            node_settings: settings.iter().map(override_of).collect(),
            binary: std::env::current_exe().map_err(trouble)?,
            dir,
            administrator: Some(self.administrator.clone()),
            awdb,
        })
    }

    fn open(&mut self, agent: &str, node: NodeName) -> Result<(), Trouble> {
        let (who, lab) = (self.identity(agent, node)?, self.lab()?);
        let opened = self.runtime.block_on(Desktop::connect(who, lab.http(), lab.clock()));
        self.desktops.insert(agent.into(), opened.map_err(trouble)?);
        Ok(())
    }

    fn identity(&self, agent: &str, node: NodeName) -> Result<Identity, Trouble> {
        let host =
            self.claim.net.node(node).ok_or_else(|| Trouble("the desktop server has no host".into()))?;
        Ok(Identity {
            host,
            agent: agent.into(),
            password: PASSWORD.into(),
            extension: self.usual_extension(agent)?.into(),
            resource: "desktop".into(),
        })
    }

    fn tally(&self, side: Side) -> Result<LinkTally, Trouble> {
        Ok(self.lab()?.tally(self.link(side)))
    }

    async fn ask_as(&self, agent: &str, request: Request<'_>) -> Result<Answer, Trouble> {
        let desktop = self.desktop(agent)?;
        let path = request.path.strip_prefix("/finesse/api").unwrap_or(request.path);
        if request.method == "GET" {
            return desktop.get(path).await.map_err(trouble);
        }
        let method = request.method.parse().map_err(|_| Trouble(format!("no method {}", request.method)))?;
        desktop.send(method, path, request.body.into()).await.map(|(answer, _)| answer).map_err(trouble)
    }

    async fn ask_as_nobody(&self, request: Request<'_>) -> Result<Answer, Trouble> {
        let lab = self.lab()?;
        let url = format!("{}{}", rest(lab.net(), self.node), request.path);
        lab.http().ask(Ask::get(url)).await.map_err(trouble)
    }
}

impl Driver for LiveDriver {
    fn start(&mut self, settings: &[Setting], nodes: usize) -> Result<(), Trouble> {
        self.end();
        self.labs += 1;
        self.node = NODE;
        let config = self.config(settings, nodes)?;
        self.lab = Some(self.runtime.block_on(Lab::start(config)).map_err(trouble)?);
        Ok(())
    }

    fn now(&self) -> Duration {
        self.lab.as_ref().map_or(Duration::ZERO, |lab| lab.clock().now())
    }

    fn wait(&mut self, time: Duration) -> Result<(), Trouble> {
        std::thread::sleep(time);
        Ok(())
    }

    fn fault(&mut self, fault: Fault) -> Result<(), Trouble> {
        match fault {
            Fault::Kill(side) => self.kill(side),
            Fault::Revive(side) => self.link_fault(side, &LinkFault::Clear),
            Fault::Clear(side) => {
                self.link_fault(side, &LinkFault::Clear)?;
                self.order(Command::MuteHeartbeats(side, false))
            }
            Fault::KillNode => self.kill_node(),
            Fault::CutLink => self.cut_link(),
            Fault::Kill9(server) => self.part(Order::Kill(Part::Node(name_of(server)))),
            Fault::Start(server) => self.part(Order::Start(Part::Node(name_of(server)))),
            Fault::Service(server, name, run) => self.service(server, name, run),
            Fault::LoseCti(server, lost) => self.lose_cti(server, lost),
            Fault::LoseTransport(agent) => {
                self.runtime.block_on(self.pair_of(agent)?.0.lose_transport());
                Ok(())
            }
            Fault::Delay(agent, server, time) => {
                self.pair_of(agent)?.1.delay(of_client(server), time);
                Ok(())
            }
            Fault::Awdb(host, fault) => self.awdb_fault(host, fault),
            Fault::Distributor(host, run) => self.distributor(host, run),
            Fault::Load(load) => self.order(Command::OnClientLoss(load)),
            Fault::News(news) => self.order(Command::WrongConferences(news)),
            Fault::Refuse(side) => self.link_fault(side, &LinkFault::Refuse),
            Fault::Reset(side) => self.link_fault(side, &LinkFault::Reset),
            Fault::Mute(side) => self.order(Command::MuteHeartbeats(side, true)),
            Fault::PeripheralOffline => self.order(Command::PeripheralOffline),
            Fault::PeripheralOnline => self.order(Command::PeripheralOnline),
        }
    }

    fn command(&mut self, command: Command) -> Result<(), Trouble> {
        self.order(command)
    }

    fn open_desktop(&mut self, agent: &str) -> Result<(), Trouble> {
        self.open(agent, self.node)
    }

    fn open_desktop_at(&mut self, agent: &str, server: Server) -> Result<(), Trouble> {
        self.open(agent, name_of(server))
    }

    fn leave(&mut self, agent: &str, how: Leave) -> Result<(), Trouble> {
        let desktop = self.desktops.remove(agent);
        let desktop = desktop.ok_or_else(|| Trouble(format!("{agent} has no desktop")))?;
        match how {
            Leave::Goodbye => self.runtime.block_on(desktop.close()),
            Leave::Hurry => self.runtime.block_on(desktop.leave_in_a_hurry()),
            Leave::Crash => drop(desktop),
            Leave::Silence => {
                desktop.fall_silent();
                self.silent.push(desktop);
            }
            Leave::Late(_) => return Err(Trouble("no live desktop says goodbye later".into())),
        }
        Ok(())
    }

    fn ask(&mut self, agent: &str, request: Request<'_>) -> Result<Reply, Trouble> {
        let answer = match agent {
            "" => self.runtime.block_on(self.ask_as_nobody(request)),
            agent => self.runtime.block_on(self.ask_as(agent, request)),
        };
        answer.map(awdb::reply)
    }

    fn dials(&mut self) -> Result<Vec<Dial>, Trouble> {
        let ours = self.lab()?.dial_log().into_iter().filter(|dial| dial.node == self.node);
        Ok(ours.map(|dial| Dial { at: Duration::from_micros(dial.at_us), side: dial.cti.side() }).collect())
    }

    fn arrived(&mut self, side: Side) -> Result<Arrived, Trouble> {
        let LinkTally { heartbeats_asked, heartbeats_confirmed, messages_up, .. } = self.tally(side)?;
        let command = |kind: &u32| COMMANDS.iter().any(|kinds| kinds.contains(kind));
        let commands = messages_up.iter().filter(|(kind, _)| command(kind)).map(|(_, count)| count).sum();
        Ok(Arrived { heartbeats: heartbeats_asked, confirmed: heartbeats_confirmed, commands })
    }

    fn seen(&mut self, agent: &str) -> Result<Vec<Seen>, Trouble> {
        let seen = |update: &Update| Seen::of(update.at, &update.node, &update.document);
        let desktop = self.desktop(agent)?;
        match desktop.standing() {
            Standing::Up => Ok(desktop.updates().iter().map(seen).collect()),
            Standing::Lost(why) => {
                Err(Trouble(format!("the desktop of {agent} has lost its session: {why}")))
            }
        }
    }

    fn truth(&mut self, agent: &str) -> Result<Truth, Trouble> {
        let usual = self.usual_extension(agent)?;
        Truth::of(&self.all_truth()?, agent, usual).ok_or_else(|| Trouble(format!("no agent {agent}")))
    }

    fn told_wrong(&mut self) -> Result<u64, Trouble> {
        Ok(self.all_truth()?.wrong_conferences_told)
    }

    fn all_in_service(&mut self) -> Result<bool, Trouble> {
        let lab = self.lab()?;
        let nodes = NodeName::NODES.into_iter().filter_map(|name| lab.node(name));
        Ok(nodes.map(Node::service).all(|service| service == Service::InService))
    }

    fn linked(&mut self) -> Result<bool, Trouble> {
        let state = self.runtime.block_on(self.lab()?.state()).map_err(trouble)?;
        let linked =
            |node: &NodeState| node.control.as_ref().is_some_and(|services| services.peer["link"] == "up");
        Ok(state.nodes.iter().all(linked))
    }

    fn open_pair(&mut self, agent: &str, settings: &client::Settings) -> Result<(), Trouble> {
        let hosts: Vec<_> =
            NodeName::NODES.into_iter().filter_map(|node| self.claim.net.node(node)).collect();
        let hosts = hosts.try_into().map_err(|_| Trouble("the desktop servers have no hosts".into()))?;
        let extension = self.usual_extension(agent)?.into();
        let person = Person { agent: agent.into(), password: PASSWORD.into(), extension, hosts };
        let (lab, network) = (self.lab()?, Network::default());
        let ways = Ways {
            transport: Transport::Bosh,
            settings: settings.clone(),
            network: network.clone(),
            http: lab.http(),
            clock: lab.clock(),
        };
        let opened = self.runtime.block_on(PairDesktop::open(person, client::Server::Primary, ways));
        self.pairs.insert(agent.into(), (opened.map_err(trouble)?, network));
        Ok(())
    }

    fn client(&mut self, agent: &str) -> Result<Client, Trouble> {
        let (desktop, _) = self.pair_of(agent)?;
        let view = desktop.view();
        let works_on = view.is_current.then_some(view.server);
        Ok(Client { log: desktop.log(), works_on, shows_calls: desktop.shows_calls() })
    }

    fn forced_logouts(&mut self) -> Result<Vec<ForcedLogout>, Trouble> {
        let log = self.runtime.block_on(self.lab()?.request_log()).map_err(trouble)?;
        Ok(ForcedLogout::among(log.iter(), CLIENTS))
    }

    fn knock(&mut self, who: Credentials, request: Request<'_>) -> Result<Reply, Trouble> {
        self.show(who, request)
    }

    fn administer(&mut self, request: Request<'_>) -> Result<Reply, Trouble> {
        self.ask_as_administrator(request)
    }

    fn awdb_asked(&mut self, host: Host) -> Result<u64, Trouble> {
        self.questions(host)
    }
}

impl Drop for LiveDriver {
    fn drop(&mut self) {
        self.end();
    }
}

/// One serves and one stands by; agents stay as they are when a client is lost.
fn pair(switch: SwitchConfig) -> PairConfig {
    PairConfig {
        mode: PairMode::ActiveStandby { takeover: TAKEOVER, standby: StandbyAnswer::Status15 },
        on_client_loss: OnClientLoss::Keep,
        versions: 13..=20,
        switch,
    }
}

/// `none` leaves a key out, which `serve` is told by an empty value.
fn override_of(Setting { key, value }: &Setting) -> String {
    format!("{key}={}", if value == "none" { "" } else { value })
}

fn name_of(server: Server) -> NodeName {
    match server {
        Server::Primary => NodeName::One,
        Server::Secondary => NodeName::Two,
    }
}

fn of_client(server: Server) -> client::Server {
    match server {
        Server::Primary => client::Server::Primary,
        Server::Secondary => client::Server::Secondary,
    }
}

fn rest(net: Net, node: NodeName) -> String {
    net.node(node).map(|host| format!("http://{host}:8082")).unwrap_or_default()
}

fn trouble(reason: impl Display) -> Trouble {
    Trouble(reason.to_string())
}
