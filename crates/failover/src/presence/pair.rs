//! Two nodes, the link between them, CTI, and agents who come, go and crash, in virtual time.
//!
//! The races of failover.md (DESK-5r2, DESK-7r1, DESK-7r3) at both settings of fencing, and the property that must
//! hold over all of them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::fence::{Input as Peer, Link, LinkId, Message, Now, Rank, Settings as FenceSettings, Ticket};

const MS: Duration = Duration::from_millis(1);
const SEC: Duration = Duration::from_secs(1);
const AGENTS: usize = 3;

/// A way on which nothing overtakes: link and CTI connections of one node.
type Pipe<T> = VecDeque<(Duration, T)>;

fn arrived<T>(pipe: &mut Pipe<T>, now: Duration) -> Option<T> {
    pipe.front().filter(|(due, _)| *due <= now)?;
    pipe.pop_front().map(|(_, news)| news)
}

/// A forced logout on its way to CTI, and the link that worked when it left.
struct Force {
    agent: usize,
    order: Order,
    link: Option<LinkId>,
}

struct World {
    now: Duration,
    fencing: bool,
    /// The wall clock of the secondary is ahead by this much.
    skew_ms: u64,
    nodes: [Guarded; 2],
    /// One for each direction: from the node of this index.
    link: [Pipe<(LinkId, Message)>; 2],
    link_delay: Duration,
    /// Nothing arrives, nothing fails.
    stalled: bool,
    last_link: LinkId,
    to_cti: [Pipe<Force>; 2],
    from_cti: [Pipe<Input>; 2],
    in_service: [bool; 2],
    /// Open desktops: agent and node to session.
    desktops: BTreeMap<(usize, usize), SessionId>,
    next_id: u64,
    /// Desktops that were let in, and whose session is not over.
    admitted: BTreeSet<(usize, usize)>,
    waiting: BTreeMap<Ticket, (usize, SessionId)>,
    on_call: BTreeSet<usize>,
    /// Agents that 255 was applied to, in the order of CTI.
    logouts: Vec<usize>,
    /// Orders that hit an agent with a live session at the other node, whatever the link.
    hits: usize,
    /// Broken rules.
    wrong: Vec<String>,
}

fn agent(index: usize) -> Agent {
    Agent::from(["1001", "1002", "1003"][index])
}

fn index(agent: &Agent) -> usize {
    agent.as_str().parse::<usize>().expect("a number") - 1001
}

fn node(fencing: bool, rank: Rank) -> Guarded {
    Guarded::new(Settings::default(), FenceSettings { fencing, ..FenceSettings::new(rank) })
}

impl World {
    fn new(fencing: bool) -> Self {
        let nodes = [node(fencing, Rank::Primary), node(fencing, Rank::Secondary)];
        let mut world = Self {
            now: 1000 * SEC,
            fencing,
            skew_ms: 0,
            nodes,
            link: Default::default(),
            link_delay: 5 * MS,
            stalled: false,
            last_link: LinkId(0),
            to_cti: Default::default(),
            from_cti: Default::default(),
            in_service: [false; 2],
            desktops: BTreeMap::new(),
            next_id: 0,
            admitted: BTreeSet::new(),
            waiting: BTreeMap::new(),
            on_call: BTreeSet::new(),
            logouts: vec![],
            hits: 0,
            wrong: vec![],
        };
        (0..2).for_each(|at| world.start(at));
        world.connect();
        world.run(SEC);
        world
    }

    fn start(&mut self, at: usize) {
        self.in_service[at] = true;
        self.desk(at, Input::CtiInService);
        self.desk(at, Input::NotificationUp);
    }

    fn clock(&self, at: usize) -> Now {
        let wall_ms = 1_000_000 + self.now.as_millis() as u64 + self.skew_ms * at as u64;
        Now { at: self.now, wall_ms }
    }

    fn desk(&mut self, at: usize, input: Input) {
        let now = self.clock(at);
        self.nodes[at].handle(GuardedInput::Desk(input), now);
        self.drain(at);
    }

    fn peer(&mut self, at: usize, input: Peer) {
        let now = self.clock(at);
        self.nodes[at].handle(GuardedInput::Peer(input), now);
        self.drain(at);
    }

    fn drain(&mut self, at: usize) {
        while let Some(output) = self.nodes[at].poll_output() {
            match output {
                GuardedOutput::ForceLogout { agent, order, .. } => self.force(at, index(&agent), order),
                GuardedOutput::Send(link, message) if link == self.last_link => {
                    let at_other = self.now + self.link_delay;
                    self.link[at].push_back((at_other, (link, message)));
                }
                GuardedOutput::Close(link, _) if link == self.last_link => self.disconnect(),
                GuardedOutput::Admit(_, ticket) => self.admit(at, ticket),
                GuardedOutput::RefuseSession(..) | GuardedOutput::RefuseSignIn(..) => {
                    self.wrong.push("refused below every bound".into());
                }
                GuardedOutput::Send(..)
                | GuardedOutput::Close(..)
                | GuardedOutput::Desktop(_)
                | GuardedOutput::Watch(_)
                | GuardedOutput::Link(_) => {}
            }
        }
    }

    /// The order leaves the node: it must not know of a desktop or a call there.
    fn force(&mut self, at: usize, agent: usize, order: Order) {
        if self.desktops.contains_key(&(agent, at)) && self.online(at, agent) {
            self.wrong.push(format!("agent {agent} logged out in front of his desktop"));
        }
        if self.on_call.contains(&agent) {
            self.wrong.push(format!("agent {agent} logged out on a call"));
        }
        if !self.in_service[at] {
            self.wrong.push("DESK-7b: ordered while out of service".into());
        }
        let link = self.up();
        self.to_cti[at].push_back((self.now + 20 * MS, Force { agent, order, link }));
    }

    /// The node takes the desktop for present.
    fn online(&self, at: usize, agent: usize) -> bool {
        let state = self.nodes[at].presence().state(&self::agent(agent)).map(State::stage);
        state == Some(Stage::Online)
    }

    /// The link, if both ends take it for up and it works.
    fn up(&self) -> Option<LinkId> {
        let ends = [0, 1].map(|at| match self.nodes[at].fence().link() {
            Link::Up { link } => Some(*link),
            Link::Off | Link::Down | Link::Syncing { .. } => None,
        });
        // Without fencing the link is there, and nobody asks.
        if !self.fencing { Some(LinkId(0)) } else { ends[0].filter(|_| ends[0] == ends[1] && !self.stalled) }
    }

    fn admit(&mut self, at: usize, ticket: Ticket) {
        let Some((agent, session)) = self.waiting.remove(&ticket) else { return };
        if self.desktops.get(&(agent, at)) == Some(&session) {
            self.admitted.insert((agent, at));
        }
    }

    fn open(&mut self, agent: usize, at: usize) {
        self.next_id += 1;
        let (session, ticket) = (SessionId(self.next_id), Ticket(self.next_id));
        let old = self.desktops.insert((agent, at), session);
        self.admitted.remove(&(agent, at));
        self.waiting.insert(ticket, (agent, session));
        self.desk(at, Input::Available(self::agent(agent), session));
        if let Some(old) = old {
            self.desk(at, Input::Unavailable(self::agent(agent), old));
        }
        self.peer(at, Peer::SignIn(self::agent(agent), ticket));
    }

    fn leave(&mut self, agent: usize, at: usize, input: fn(Agent, SessionId) -> Input) {
        self.admitted.remove(&(agent, at));
        if let Some(session) = self.desktops.remove(&(agent, at)) {
            self.desk(at, input(self::agent(agent), session));
        }
    }

    fn call(&mut self, agent: usize) {
        let started = self.on_call.insert(agent);
        let news = if started { Input::CallStarted } else { Input::CallEnded };
        if !started {
            self.on_call.remove(&agent);
        }
        (0..2).for_each(|at| self.desk(at, news(self::agent(agent))));
    }

    fn disconnect(&mut self) {
        let link = self.last_link;
        self.link.iter_mut().for_each(VecDeque::clear);
        (0..2).for_each(|at| self.peer(at, Peer::LinkDown(link)));
    }

    fn connect(&mut self) {
        self.disconnect();
        self.last_link = LinkId(self.last_link.0 + 1);
        (0..2).for_each(|at| self.peer(at, Peer::LinkUp(self.last_link)));
    }

    /// The node dies with all that it knows, and starts again.
    fn restart(&mut self, at: usize) {
        self.cti_lost(at);
        self.disconnect();
        let rank = [Rank::Primary, Rank::Secondary][at];
        self.nodes[at] = node(self.fencing, rank);
        self.drop_desktops(at);
        self.waiting.clear();
        self.from_cti[at].clear();
        self.start(at);
        self.on_call.clone().into_iter().for_each(|index| self.desk(at, Input::CallStarted(agent(index))));
        self.connect();
    }

    fn drop_desktops(&mut self, at: usize) {
        self.desktops.retain(|(_, node), _| *node != at);
        self.admitted.retain(|(_, node)| *node != at);
    }

    fn cti_lost(&mut self, at: usize) {
        self.in_service[at] = false;
        self.desk(at, Input::CtiOutOfService);
        self.from_cti[at].clear();
        for (_, force) in std::mem::take(&mut self.to_cti[at]) {
            self.desk(at, Input::Outcome(force.order, Outcome::NotWritten));
        }
    }

    fn cti(&mut self, at: usize, force: Force) {
        let Force { agent, order, link } = force;
        self.logouts.push(agent);
        let elsewhere = self.admitted.contains(&(agent, 1 - at));
        self.hits += usize::from(elsewhere);
        if elsewhere && link.is_some() && link == self.up() {
            self.wrong.push(format!("agent {agent} logged out by node {at}, his session is at the other"));
        }
        self.from_cti[at].push_back((self.now + 20 * MS, Input::Outcome(order, Outcome::Accepted)));
    }

    /// Everything that is due, in the order of time.
    fn run(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some(due) = self.next().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            (0..2).for_each(|at| self.step(at));
        }
        self.now = end;
    }

    fn next(&self) -> Option<Duration> {
        let node = |at: usize| {
            let link = self.link[at].front().filter(|_| !self.stalled).map(|(due, _)| *due);
            let to_cti = self.to_cti[at].front().map(|(due, _)| *due);
            let from_cti = self.from_cti[at].front().map(|(due, _)| *due);
            let timer = self.nodes[at].poll_timeout().map(|(due, _)| due);
            [link, to_cti, from_cti, timer].into_iter().flatten().min()
        };
        node(0).into_iter().chain(node(1)).min()
    }

    fn step(&mut self, at: usize) {
        let now = self.now;
        if let Some(message) = arrived(&mut self.to_cti[at], now) {
            self.cti(at, message);
        }
        if let Some(input) = arrived(&mut self.from_cti[at], now) {
            self.desk(at, input);
        }
        if !self.stalled
            && let Some((link, message)) = arrived(&mut self.link[at], now)
        {
            self.peer(1 - at, Peer::Message(link, message));
        }
        let clock = self.clock(at);
        self.nodes[at].handle_timeout(clock);
        self.drain(at);
    }

    fn counters(&self, at: usize) -> Counters {
        self.nodes[at].presence().counters()
    }
}

/// Crashes on the primary, signs in on the secondary 30 s later.
fn crash_and_move(fencing: bool) -> World {
    let mut world = World::new(fencing);
    world.open(0, 0);
    world.run(10 * SEC);
    world.leave(0, 0, Input::Silent);
    world.run(30 * SEC);
    world.open(0, 1);
    world
}

#[test]
fn desk_5r2_without_fencing_the_late_logout_hits_the_session_on_the_secondary() {
    let mut world = crash_and_move(false);
    world.run(149 * SEC);
    assert_eq!(world.hits, 0);
    world.run(2 * SEC);
    assert_eq!((world.hits, world.logouts.as_slice()), (1, [0].as_slice()));
}

#[test]
fn desk_5r2_with_fencing_the_peer_refuses() {
    let mut world = crash_and_move(true);
    world.run(600 * SEC);
    assert_eq!((world.logouts.len(), world.counters(0).denied), (0, 1));
}

#[test]
fn desk_5r2_without_a_link_the_documented_behaviour_holds() {
    let mut world = World::new(true);
    world.open(0, 0);
    world.run(10 * SEC);
    world.leave(0, 0, Input::Silent);
    world.disconnect();
    world.open(0, 1);
    world.run(600 * SEC);
    assert_eq!((world.hits, world.wrong.len()), (1, 0));
}

#[test]
fn desk_7r1_a_move_before_the_logout_is_safe_with_fencing() {
    let mut world = World::new(true);
    world.open(0, 0);
    world.leave(0, 0, Input::Unavailable);
    world.run(59 * SEC);
    world.open(0, 1);
    world.run(600 * SEC);
    assert_eq!(world.logouts, []);
}

#[test]
fn desk_5r2_a_desktop_whose_agent_was_signed_out_by_cti_is_still_there() {
    let mut world = crash_and_move(true);
    world.peer(1, Peer::SignedOut(agent(0)));
    world.run(600 * SEC);
    assert_eq!((world.logouts.len(), world.counters(0).denied), (0, 1));
}

/// He comes back while the order is on its way, which then signs him out; his desktop stays. Whoever asks for him is refused.
#[test]
fn desk_6_a_desktop_that_comes_back_behind_an_order_is_there() {
    let mut world = World::new(true);
    world.disconnect();
    world.open(0, 0);
    world.leave(0, 0, Input::Unavailable);
    world.run(60 * SEC + 15 * MS);
    world.open(0, 0);
    world.peer(0, Peer::SignedOut(agent(0)));
    world.run(SEC);
    world.open(0, 1);
    world.connect();
    world.run(SEC);
    world.leave(0, 1, Input::Unavailable);
    world.run(600 * SEC);
    assert_eq!((world.logouts.len(), world.counters(1).denied), (1, 1));
}

/// On a call the network glitches, the desktop moves to the secondary, the call ends later.
fn glitch_on_a_call(fencing: bool) -> World {
    let mut world = World::new(fencing);
    world.open(0, 0);
    world.call(0);
    world.leave(0, 0, Input::Silent);
    world.run(20 * SEC);
    world.open(0, 1);
    world.run(600 * SEC);
    assert_eq!(world.logouts, []);
    world.call(0);
    world.run(SEC);
    world
}

#[test]
fn desk_7r3_without_fencing_the_end_of_the_call_logs_out_on_the_secondary() {
    assert_eq!(glitch_on_a_call(false).hits, 1);
}

#[test]
fn desk_7r3_with_fencing_the_end_of_the_call_logs_out_nobody() {
    assert_eq!(glitch_on_a_call(true).logouts, []);
}

#[test]
fn a_sign_in_during_an_order_follows_it() {
    let mut world = World::new(true);
    world.open(0, 0);
    world.leave(0, 0, Input::Unavailable);
    world.run(60 * SEC + 15 * MS);
    assert_eq!(world.counters(0).forced_logouts, 1, "on its way");
    world.open(0, 1);
    assert!(!world.admitted.contains(&(0, 1)), "held");
    world.run(SEC);
    assert!(world.admitted.contains(&(0, 1)));
    assert_eq!((world.logouts.len(), world.hits), (1, 0));
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Open(usize, usize),
    Close(usize, usize),
    Crash(usize, usize),
    /// Closed here, opened at the other node this much later.
    Move(usize, usize, Duration),
    Call(usize),
    LinkDelay(u32),
    LinkLost,
    LinkBack,
    LinkStalls(bool),
    Restart(usize),
    CtiLost(usize),
    CtiBack(usize),
    NotificationStops(usize),
    NotificationStarts(usize),
}

fn act() -> impl Strategy<Value = Act> {
    let agent = 0..AGENTS;
    prop_oneof![
        8 => (agent.clone(), 0..2usize).prop_map(|(agent, at)| Act::Open(agent, at)),
        5 => (agent.clone(), 0..2usize).prop_map(|(agent, at)| Act::Close(agent, at)),
        5 => (agent.clone(), 0..2usize).prop_map(|(agent, at)| Act::Crash(agent, at)),
        5 => (agent.clone(), 0..2usize, pause()).prop_map(|(agent, at, pause)| Act::Move(agent, at, pause)),
        3 => agent.prop_map(Act::Call),
        1 => prop_oneof![Just(0), Just(5), Just(200), Just(600), Just(1200)].prop_map(Act::LinkDelay),
        1 => Just(Act::LinkLost),
        3 => Just(Act::LinkBack),
        1 => any::<bool>().prop_map(Act::LinkStalls),
        1 => (0..2usize).prop_map(Act::Restart),
        1 => (0..2usize).prop_map(Act::CtiLost),
        2 => (0..2usize).prop_map(Act::CtiBack),
        1 => (0..2usize).prop_map(Act::NotificationStops),
        2 => (0..2usize).prop_map(Act::NotificationStarts),
    ]
}

/// Pauses that often end beside a deadline: 60 s and 120 s after something, more or less a way over the wires.
fn pause() -> impl Strategy<Value = Duration> {
    let near = |seconds: u32| (0..60u32).prop_map(move |ms| seconds * SEC + ms * MS);
    prop_oneof![4 => near(0), 2 => near(1), 2 => near(59), 4 => near(60), 2 => near(120), 1 => near(180)]
}

impl World {
    fn act(&mut self, act: Act) {
        match act {
            Act::Open(agent, at) => {
                if self.in_service[at] && self.nodes[at].presence().sees_presence() {
                    self.open(agent, at);
                }
            }
            Act::Close(agent, at) => self.leave(agent, at, Input::Unavailable),
            Act::Crash(agent, at) => self.leave(agent, at, Input::Silent),
            Act::Move(agent, from, pause) => {
                self.leave(agent, from, Input::Unavailable);
                self.run(pause);
                self.act(Act::Open(agent, 1 - from));
            }
            Act::Call(agent) => self.call(agent),
            Act::LinkDelay(ms) => self.link_delay = ms * MS,
            Act::LinkLost => self.disconnect(),
            Act::LinkBack => self.connect(),
            Act::LinkStalls(stalled) => self.stalled = stalled,
            Act::Restart(at) => self.restart(at),
            Act::CtiLost(at) => self.cti_lost(at),
            Act::CtiBack(at) => {
                self.in_service[at] = true;
                self.desk(at, Input::CtiInService);
            }
            Act::NotificationStops(at) => {
                self.drop_desktops(at);
                self.desk(at, Input::NotificationDown);
            }
            Act::NotificationStarts(at) => self.desk(at, Input::NotificationUp),
        }
    }

    fn play(fencing: bool, skew_ms: u64, acts: &[(Act, Duration)]) -> Self {
        let mut world = Self::new(fencing);
        world.skew_ms = skew_ms;
        for (act, pause) in acts {
            world.act(*act);
            world.run(*pause);
        }
        world
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_fencing_and_the_link_up_nobody_with_a_live_session_is_logged_out(
        skew_ms in prop_oneof![Just(0), Just(3_600_000u64)],
        acts in prop::collection::vec((act(), pause()), 1..60),
    ) {
        let world = World::play(true, skew_ms, &acts);
        prop_assert_eq!(world.wrong, Vec::<String>::new());
    }

    #[test]
    fn who_is_gone_everywhere_is_logged_out_once_all_is_well(
        acts in prop::collection::vec((act(), pause()), 1..40),
    ) {
        let acts: Vec<_> = acts.into_iter().filter(|(act, _)| !matches!(act, Act::Restart(_))).collect();
        let mut world = World::play(true, 0, &acts);
        world.stalled = false;
        for at in 0..2 {
            world.act(Act::CtiBack(at));
            world.act(Act::NotificationStarts(at));
        }
        world.link_delay = 5 * MS;
        world.connect();
        world.on_call.clone().into_iter().for_each(|agent| world.call(agent));
        for agent in 0..AGENTS {
            (0..2).for_each(|at| world.act(Act::Open(agent, at)));
            world.run(SEC);
            world.logouts.clear();
            (0..2).for_each(|at| world.act(Act::Close(agent, at)));
            world.run(400 * SEC);
            prop_assert!(world.logouts.contains(&agent), "agent {} is left behind", agent);
            prop_assert!((0..2).all(|at| world.nodes[at].presence().state(&self::agent(agent)).is_none()));
        }
    }
}

#[test]
fn the_property_sees_what_happens_without_fencing() {
    let moved = [(Act::Open(0, 0), SEC), (Act::Crash(0, 0), 60 * SEC), (Act::Open(0, 1), 180 * SEC)];
    assert_eq!(
        World::play(false, 0, &moved).wrong,
        ["agent 0 logged out by node 0, his session is at the other"]
    );
    assert_eq!(World::play(true, 0, &moved).wrong, Vec::<String>::new());
}
