//! The world: one switch with two CTI servers, one or two nodes, and a desktop for each agent, in virtual time.
//!
//! Owns the clock, the queue of happenings, the network and chance. Everything that happens passes through
//! [`World::advance`], is noted in the recording, and is shown to the watch, which knows what must always hold.

mod awdb;
mod browsers;
mod calm;
mod cast;
mod desks;
mod disk;
mod gone;
mod links;
mod look;
mod losses;
mod office;
mod peers;
mod pilots;
mod services;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use node::api::{HttpRequest, HttpResponse};
use node::domain::{AgentId, Now, Person, WallMs};
use node::failover::awdb::QueryId;
use node::failover::client;
use node::failover::cti::Side;
use node::ledger::BatchId;
use node::{Accepted, HttpId, Input, Node, Output, People, Services, SignInError};
use switch::{Command, CommandError, CtiPair, Outcome};

use crate::desktop::{Desktop, Read};
use crate::net::{Gate, Net, Packet};
use crate::peer::{PeerNet, PeerPacket};
use crate::queue::Queue;
use crate::recorder::{Keep, Line, Recorder};
use crate::recording::{Kind, Part, Recording};
use crate::rng::Rng;
use crate::seen::Seen;
use crate::tally::Ledger;
use crate::told::{Doing, kind_of};
use crate::watch::{Logouts, Standing, Watch};
pub use awdb::AwdbFault;
use awdb::{Awdb, Row};
pub use browsers::{Glitch, Leave};
pub use cast::Plan;
pub use disk::KillAt;
use disk::{Disk, Writing};
use office::Office;
pub(crate) use pilots::Leaving;
use pilots::Pilot;
pub use pilots::{Hearing, Whim};

/// The wall clock at the start: 2023-11-14T22:13:20Z.
const WALL_START_MS: i64 = 1_700_000_000_000;

/// What one input may make a node say: 12,000 agents told to their desktops in one go stay below it.
const OUTPUTS_MAX: usize = 100_000;

/// Happenings at one and the same moment. Whoever asks for more to be woken at once is in a busy loop.
const STANDSTILL_MAX: usize = 100_000;

/// One thing that will happen.
#[derive(Clone, Debug)]
enum Happening {
    Packet(Packet),
    ToNode { node: usize, life: u64, news: ToNode },
    ToDesktop { desktop: usize, session: u64, answer: ToDesktop },
    Reopen { desktop: usize, session: u64 },
    Reread { desktop: usize, session: u64 },
    Mend { desktop: usize, cut: u64, resumes: bool },
    LateWord { desktop: usize, node: usize, life: u64, body: Vec<u8> },
    Pilot { desktop: usize, input: client::Input },
    Noticed { desktop: usize, session: u64 },
    Peer(PeerPacket),
    PeerDial,
    Disk { node: usize, life: u64, batch: BatchId, writing: Writing },
}

#[derive(Clone, Debug)]
enum ToNode {
    Http { id: HttpId, request: Box<HttpRequest> },
    Bosh { id: HttpId, body: Vec<u8> },
    BoshGone { id: HttpId },
    Probed { query: QueryId, time: Result<String, String> },
    People(People),
    Checked { query: QueryId, answer: Result<Accepted<Person>, SignInError> },
    Office(Office),
}

#[derive(Clone, Debug)]
enum ToDesktop {
    Bosh { status: u16, body: String },
    Read { read: Read, response: HttpResponse },
    Http { id: HttpId, response: HttpResponse },
    Polled { ticket: client::Ticket, node: usize, response: HttpResponse },
}

/// A node and its process: a restart is a new life.
struct Seat {
    life: u64,
    node: Option<Node>,
    /// Which listeners are open.
    services: Services,
    /// Its wall clock is ahead by this much.
    skew_ms: i64,
    /// What is on its disk: whose desktops were here.
    remembered: BTreeSet<AgentId>,
    /// And the settings.
    disk: Disk,
    /// When the node wants to be woken, as it said when it was driven the last time.
    due: Option<Duration>,
}

impl Seat {
    /// Who asked to be woken.
    fn waker(&self) -> String {
        format!("{:?}", self.node.as_ref().and_then(Node::poll_timeout))
    }
}

/// A desktop and where it sits.
struct Desk {
    desktop: Desktop,
    node: usize,
    /// Counts sessions, so that answers to an old one are dropped.
    session: u64,
    /// Whether somebody wants it open.
    wanted: bool,
    /// Whether its agent signs in as soon as it is open.
    signs_in: bool,
    /// Its connection is lost for now.
    cut: bool,
    /// Counts how often it was lost.
    cuts: u64,
    /// Since when it is not, the last time that it was.
    connected_since: Duration,
    /// Until when its agent stays away, the last time that he left to come back.
    away_until: Duration,
    /// Decides where it goes, if its agent is at work.
    pilot: Option<Pilot>,
    /// Everything it has seen, if that is kept.
    seen: Vec<Seen>,
    last: [Duration; 2],
}

/// An HTTP request without answer.
#[derive(Clone, Debug)]
struct Asked {
    desktop: usize,
    node: usize,
    session: u64,
    asker: Asker,
    path: String,
}

/// Who waits for the answer to an HTTP request.
#[derive(Clone, Copy, Debug)]
enum Asker {
    Bosh,
    Read(Read),
    Person,
    Poll(client::Ticket),
}

/// One dial, as the network saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialed {
    /// When.
    pub at: Duration,
    /// Who.
    pub node: usize,
    /// Where.
    pub side: Side,
}

/// The world.
pub struct World {
    plan: Plan,
    now: Duration,
    rng: Rng,
    queue: Queue<Happening>,
    net: Net,
    peer: PeerNet,
    pair: CtiPair,
    /// When the CTI servers want to be woken, as they said when they were driven the last time.
    pair_due: Option<Duration>,
    awdbs: (Awdb, Awdb),
    /// What the administrators have entered.
    central: BTreeMap<String, Row>,
    seats: Vec<Seat>,
    desks: Vec<Desk>,
    asked: BTreeMap<HttpId, Asked>,
    answers: BTreeMap<HttpId, HttpResponse>,
    next_http: u64,
    keep_seen: bool,
    /// One piece of settings in so many is spoiled between the nodes.
    spoiling: usize,
    /// Happenings since the clock last moved.
    standstill: usize,
    dialed: Vec<Dialed>,
    moved: u64,
    watch: Watch,
    ledger: Ledger,
    recorder: Recorder,
    /// What is being done to the CTI servers.
    ordered: Option<Line>,
}

impl World {
    /// A world at its first moment: the nodes have begun to dial, all desktops are closed.
    pub fn new(plan: Plan, keep: Keep) -> Self {
        let desks = plan.people().into_iter().map(|person| Desk {
            desktop: Desktop::new(person, &plan.host(0)),
            node: 0,
            session: 0,
            wanted: false,
            signs_in: false,
            cut: false,
            cuts: 0,
            connected_since: Duration::ZERO,
            away_until: Duration::ZERO,
            pilot: None,
            seen: Vec::new(),
            last: [Duration::ZERO; 2],
        });
        let mut world = Self {
            now: Duration::ZERO,
            rng: Rng::new(plan.seed),
            queue: Queue::default(),
            net: Net::new(plan.nodes, plan.latency, plan.jitter),
            peer: PeerNet::new(plan.peer_latency, plan.peer_latency / 4),
            pair: plan.pair(WALL_START_MS),
            pair_due: None,
            awdbs: (Awdb::new(&plan.switch().agents), Awdb::new(&plan.switch().agents)),
            central: awdb::rows(&plan.switch().agents),
            seats: (0..plan.nodes).map(|node| plan.seat(node)).collect(),
            desks: desks.collect(),
            asked: BTreeMap::new(),
            answers: BTreeMap::new(),
            next_http: 0,
            keep_seen: false,
            spoiling: 0,
            standstill: 0,
            dialed: Vec::new(),
            moved: 0,
            watch: Watch::new(&plan),
            ordered: None,
            ledger: Ledger::default(),
            recorder: Recorder::new(
                keep,
                plan.switch().agents.iter().map(|agent| agent.id.clone()).collect(),
            ),
            plan,
        };
        let Plan { nodes, agents, latency, mode, .. } = &world.plan;
        let says =
            format_args!("a world of {nodes} nodes and {agents} agents; CTI {mode:?}, {latency:?} away");
        world.recorder.note(Duration::ZERO, Part::Chance.alone(Kind::Chapter), says);
        if !world.plan.title.is_empty() {
            let says = format_args!("{}", world.plan.title);
            world.recorder.note(Duration::ZERO, Part::Chance.alone(Kind::Chapter), says);
        }
        world.drain_pair();
        (0..world.seats.len()).for_each(|node| world.start_node(node));
        world
    }

    // Time ----------------------------------------------------------------------------------------------------

    /// The time.
    pub fn now(&self) -> Duration {
        self.now
    }

    /// Lets everything happen that is due until `end`.
    pub fn run_until(&mut self, end: Duration) {
        while let Some(at) = self.next_at().filter(|at| *at <= end && self.broken().is_none()) {
            self.advance_to(at);
        }
        self.now = self.now.max(end);
    }

    /// Lets time pass.
    pub fn run_for(&mut self, time: Duration) {
        self.run_until(self.now.saturating_add(time));
    }

    /// The next thing happens.
    pub fn advance(&mut self) {
        if let Some(at) = self.next_at() {
            self.advance_to(at);
        }
    }

    fn advance_to(&mut self, at: Duration) {
        self.standstill = if at > self.now { 0 } else { self.standstill + 1 };
        if self.standstill > STANDSTILL_MAX {
            let wakers: Vec<String> = self.seats.iter().map(|seat| seat.waker()).collect();
            let says = format!("(7) time stands still: {wakers:?} {:?}", self.pair.poll_timeout());
            return self.watch.report(self.now, says);
        }
        self.now = self.now.max(at);
        if self.queue.next_at().is_some_and(|due| due <= self.now) {
            if let Some((_, happening)) = self.queue.take() {
                self.happen(happening);
            }
        } else if self.pair_due.is_some_and(|due| due <= self.now) {
            self.pair.handle_timeout(self.now);
            self.drain_pair();
        } else {
            self.wake_nodes();
            self.wake_pilots();
        }
        self.note_standings();
    }

    /// How each node stands for its desktops.
    fn note_standings(&mut self) {
        for index in 0..self.seats.len() {
            let Some(seat) = self.seats.get(index) else { return };
            let (answers, services) = (seat.node.is_some() && seat.services.platform, seat.services);
            let serves = answers && services.webapp && services.notification && self.in_service(index);
            self.watch.stands(index, Standing { answers, serves }, self.now);
        }
    }

    fn next_at(&self) -> Option<Duration> {
        let nodes = self.seats.iter().filter_map(|seat| seat.due).min();
        [self.queue.next_at(), self.pair_due, nodes, self.pilots_due()].into_iter().flatten().min()
    }

    fn wake_nodes(&mut self) {
        for index in 0..self.seats.len() {
            let now = self.stamp(index);
            let due = self.seats.get_mut(index).filter(|seat| seat.due.is_some_and(|due| due <= now.mono));
            if let Some(node) = due.and_then(|seat| seat.node.as_mut()) {
                node.handle_timeout(now);
                self.drain_node(index);
            }
        }
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Packet(packet) => self.arrive(packet),
            Happening::ToNode { node, life, news } => self.reach_node(node, life, news),
            Happening::ToDesktop { desktop, session, answer } => self.reach_desktop(desktop, session, answer),
            Happening::Reopen { desktop, session } => self.reopen(desktop, session),
            Happening::Reread { desktop, session } => self.reread(desktop, session),
            Happening::Mend { desktop, cut, resumes } => self.mend_desk(desktop, cut, resumes),
            Happening::LateWord { desktop, node, life, body } => self.late_word(desktop, node, life, body),
            Happening::Pilot { desktop, input } => self.tell_pilot(desktop, input),
            Happening::Noticed { desktop, session } => self.notice(desktop, session),
            Happening::Peer(packet) => self.arrive_at_peer(packet),
            Happening::PeerDial => self.peer_dial(),
            Happening::Disk { node, life, batch, writing } => self.written(node, life, batch, writing),
        }
    }

    /// The time as a node has it.
    fn stamp(&self, node: usize) -> Now {
        let millis = i64::try_from(self.now.as_millis()).unwrap_or(i64::MAX);
        let skew = self.seats.get(node).map_or(0, |seat| seat.skew_ms);
        let wall = WALL_START_MS.saturating_add(millis).saturating_add(skew);
        Now { mono: self.now, wall: WallMs(wall) }
    }

    /// The wall clock of a node is ahead by this much from now on.
    pub fn set_skew(&mut self, node: usize, skew_ms: i64) {
        let says = format_args!("its clock is ahead by {skew_ms} ms");
        self.recorder.note(self.now, Part::Node(node).alone(Kind::Fault), says);
        if let Some(seat) = self.seats.get_mut(node) {
            seat.skew_ms = skew_ms;
        }
    }

    // Nodes ---------------------------------------------------------------------------------------------------

    fn start_node(&mut self, index: usize) {
        let log = self.log_of(index);
        let mut node = Node::with_log(self.plan.node_config(index), log, self.stamp(index));
        (self.plan.prepare)(&mut node);
        if let Some(seat) = self.seats.get_mut(index) {
            seat.life += 1;
            seat.node = Some(node);
            seat.services = Services::default();
        }
        self.recorder.note(self.now, Part::Node(index).alone(Kind::Mend), format_args!("starts"));
        self.remind(index);
        self.drain_node(index);
        self.redial(Duration::ZERO);
    }

    /// A process that begins reads what the last one left on disk.
    fn remind(&mut self, index: usize) {
        let Some(seat) = self.seats.get(index).filter(|seat| !seat.remembered.is_empty()) else { return };
        let remembered = seat.remembered.iter().cloned().collect();
        self.tell_node(index, Input::Remembered(remembered));
    }

    fn remember(&mut self, index: usize, agent: AgentId, listed: bool) {
        let Some(seat) = self.seats.get_mut(index) else { return };
        if listed {
            seat.remembered.insert(agent);
        } else {
            seat.remembered.remove(&agent);
        }
    }

    /// The process of a node dies: its connections are reset, its desktops lose theirs.
    pub fn crash(&mut self, index: usize) {
        let Some(seat) = self.seats.get_mut(index) else { return };
        if seat.node.take().is_none() {
            return;
        }
        seat.due = None;
        self.recorder.note(self.now, Part::Node(index).alone(Kind::Fault), format_args!("crashes"));
        self.watch.node_crashed(index, self.now);
        self.ledger.crashed(index);
        self.peer_crashed(index);
        for conn in self.net.select(|conn| conn.node == index) {
            self.node_leaves(conn);
        }
        self.lose_desks(index);
        self.note_standings();
    }

    /// The process of a node starts again, if it does not run.
    pub fn restart(&mut self, index: usize) {
        if self.seats.get(index).is_some_and(|seat| seat.node.is_none()) {
            self.start_node(index);
        }
    }

    /// Whether the node runs and serves.
    pub fn in_service(&self, index: usize) -> bool {
        self.node(index).is_some_and(|node| node.status().info.in_service)
    }

    /// The node, if it runs.
    pub fn node(&self, index: usize) -> Option<&Node> {
        self.seats.get(index)?.node.as_ref()
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> usize {
        self.seats.len()
    }

    fn tell_node(&mut self, index: usize, input: Input) {
        let now = self.stamp(index);
        if let Some(node) = self.seats.get_mut(index).and_then(|seat| seat.node.as_mut()) {
            node.handle(input, now);
            self.drain_node(index);
        }
    }

    fn drain_node(&mut self, index: usize) {
        let served = self.watch.serving(index);
        self.carry_out(index);
        if let Some(seat) = self.seats.get_mut(index) {
            seat.due = seat.node.as_ref().and_then(Node::poll_timeout).map(|(due, _)| due);
        }
        self.watch.settled(index, self.now);
        let node = self.seats.get(index).and_then(|seat| seat.node.as_ref());
        if let Some(node) = node.filter(|_| !served && self.watch.serving(index)) {
            self.watch.service_returned(index, node.domain());
        }
    }

    fn carry_out(&mut self, index: usize) {
        for count in 0.. {
            let node = self.seats.get_mut(index).and_then(|seat| seat.node.as_mut());
            let Some(output) = node.and_then(Node::poll_output) else { return };
            if count == OUTPUTS_MAX {
                return self.watch.report(self.now, format!("(7) node {index} does not stop talking"));
            }
            self.node_says(index, output);
        }
    }

    fn node_says(&mut self, index: usize, output: Output) {
        match output {
            Output::Dial { epoch, side } => self.dial(index, epoch, side),
            Output::Write { epoch, bytes } => self.write(index, epoch, bytes),
            Output::HangUp { epoch } => self.hang_up(index, epoch),
            Output::HttpReply { id, response } => self.http_reply(index, id, response),
            Output::BoshReply { id, status, body } => self.bosh_reply(id, status, body),
            // Desktops of the simulation use BOSH.
            Output::WireWrite { .. }
            | Output::WirePing { .. }
            | Output::WireStartTls { .. }
            | Output::WireHangUp { .. } => {}
            Output::CheckAdministrator { check, user, password } => {
                self.check_administrator(index, check, (&user, password.expose()));
            }
            Output::TryDatabase { change, .. } => self.try_database(index, change),
            Output::Persist { batch, what } => self.persist(index, batch, what),
            Output::Work(work) => self.work(index, work),
            // There are no others, desktops of the simulation tell nothing of themselves, and how the settings stand is asked
            // of the node.
            Output::UseDatabase(_) | Output::KeepClientLog { .. } | Output::Standing(_) => {}
            Output::PeerSend { link, message } => self.peer_says(index, link, message),
            Output::PeerClose { link, fault } => self.peer_close(index, link, fault),
            Output::Services(services) => self.services(index, services),
            Output::Remember { agent, listed } => self.remember(index, agent, listed),
            Output::Check { query, host, user, password } => {
                self.check_password(index, query, host, (&user, password.expose()));
            }
            Output::Probe { query, host } => self.probe_awdb(index, query, host),
            Output::ReadPeople { host } => self.read_people(index, host),
            Output::Published(status) => {
                let changes = status.info.in_service != self.watch.serving(index);
                let out = if status.info.in_service { "in service" } else { "out of service" };
                if changes {
                    self.recorder.note(
                        self.now,
                        Part::Node(index).alone(Kind::Decision),
                        format_args!("{out}"),
                    );
                }
                self.watch.published(index, status.info.in_service, &self.pair, self.now);
                self.count_service(index, status.info.in_service);
            }
            Output::Story(story) => {
                let line = Part::Node(index).alone(Kind::Decision);
                self.recorder.note(self.now, line, format_args!("{}", story.says));
            }
        }
    }

    // The other side ------------------------------------------------------------------------------------------

    /// Does something at the switch or to its CTI servers.
    ///
    /// # Errors
    /// If the switch refuses.
    pub fn command(&mut self, command: Command) -> Result<Outcome, CommandError> {
        let line = kind_of(&command);
        if line.kind() == Kind::Deed {
            self.recorder.note(self.now, line, Doing(&command));
        }
        self.carry_out_command(command)
    }

    fn carry_out_command(&mut self, command: Command) -> Result<Outcome, CommandError> {
        self.ordered = Some(kind_of(&command));
        if let Command::GarbageToClients(side, _) = command {
            for id in self.net.select(|conn| conn.side == side) {
                self.net.conn_mut(id).into_iter().for_each(|conn| conn.corrupted = true);
            }
        }
        if let Command::WrongConferences(how) = command {
            self.watch.conferences_told(how, self.now);
        }
        let actor = match &command {
            Command::AgentState { agent, .. } => Some(agent.clone()),
            _ => None,
        };
        let outcome = self.pair.command(command, self.now);
        if let Some(agent) = actor.filter(|_| outcome.is_ok()) {
            self.watch.acted(&agent, self.now);
        }
        self.drain_pair();
        self.ordered = None;
        outcome
    }

    /// The CTI servers and their switch.
    pub fn pair(&self) -> &CtiPair {
        &self.pair
    }

    /// Changes the gate of a link; a refusing one cuts what is up.
    pub fn set_gate(&mut self, node: usize, side: Side, gate: Gate) {
        if self.net.gate(node, side) != Some(gate) {
            let kind = if gate == Gate::Open { Kind::Mend } else { Kind::Fault };
            self.recorder.note(self.now, Part::Link(node, side).alone(kind), format_args!("{gate}"));
        }
        let free = self.net.set_gate(node, side, gate);
        if gate == Gate::Refuse {
            self.reset(node, side);
        }
        for packet in free {
            self.queue.put(self.now, Happening::Packet(packet));
        }
    }

    /// Resets the connections of a link, once.
    pub fn reset(&mut self, node: usize, side: Side) {
        self.recorder.note(self.now, Part::Link(node, side).alone(Kind::Fault), format_args!("is reset"));
        for conn in self.net.select(|conn| conn.node == node && conn.side == side) {
            self.cut(conn, "connection reset");
        }
    }

    /// Flips one byte in so many on the way to a node; 0 ends it.
    pub fn set_corruption(&mut self, node: usize, side: Side, every: usize) {
        if every > 0 {
            let says = format_args!("flips one byte in {every} on the way to the node");
            self.recorder.note(self.now, Part::Link(node, side).alone(Kind::Fault), says);
            self.watch.bytes_corrupted();
        }
        for (key, link) in self.net.links_mut() {
            if *key == (node, side) {
                link.corrupt_every = every;
            }
        }
    }

    /// Links between nodes and CTI servers.
    pub fn net(&self) -> &Net {
        &self.net
    }

    /// Every dial so far.
    pub fn dialed(&self) -> &[Dialed] {
        &self.dialed
    }

    // What was found ------------------------------------------------------------------------------------------

    /// The first broken rule, if there is one.
    pub fn broken(&self) -> Option<&str> {
        self.watch.broken()
    }

    /// Forced logouts so far.
    pub fn logouts(&self) -> Logouts {
        self.watch.logouts()
    }

    /// How often nodes came into service.
    pub fn recoveries(&self) -> u64 {
        self.watch.recoveries()
    }

    /// The recorder, with everything so far.
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// Everything so far, if it is kept, and the rule that was broken.
    pub fn recording(&self) -> Recording {
        self.recorder.recording(self.plan.seed, self.broken())
    }

    /// The next turn of the walk begins; false if it is left out. What decides the turn is chance as it was when the walk
    /// was walked for the first time.
    pub fn turn(&mut self, chance: &mut Rng) -> bool {
        let taken = self.plan.turns.begin(chance);
        self.recorder.turn(self.plan.turns.now());
        taken
    }

    /// Chance, for whoever decides what happens next.
    pub fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    /// The plan that it was made by.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    fn next_http(&mut self) -> HttpId {
        self.next_http += 1;
        HttpId(self.next_http)
    }
}
