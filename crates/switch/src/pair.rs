//! Two CTI server sides over one switch.
//!
//! Owns the sides, the sessions of their clients and the faults; the truth is the switch's. Pure: whoever drives it
//! brings connections, bytes, commands and the time, and carries out what [`CtiPair::poll_output`] says.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::ops::RangeInclusive;
use std::time::Duration;

use failover::cti::Side;
use ged188::Sketch;

use crate::answers::Answers;
use crate::autopilot::Autopilot;
use crate::client::Client;
use crate::command::OnClientLoss;
use crate::conferences::Conferences;
use crate::config::SwitchConfig;
use crate::desk::Load;
use crate::journal::{Journal, RequestSeen, Story, millis};
use crate::rng::Rng;
use crate::side::{Role, SideCounters, SideServer, letter};
use crate::switch::Switch;
use crate::truth::{ClientTruth, SideTruth, Truth};

/// Connections at one time, far beyond the sixteen clients of the protocol (ged188.md section 2.4): some may be
/// half dead.
const CONNECTIONS_MAX: usize = 1024;

/// Settings of the pair.
#[derive(Clone, Debug)]
pub struct PairConfig {
    /// How the two sides share the work.
    pub mode: PairMode,
    /// What a living CTI server does to the agents of a client that is gone. It also decides what a forced logout
    /// with reason 255 comes to: logged out with [`OnClientLoss::Load1`], else Not Ready (failover.md DESK-2, DESK-3).
    pub on_client_loss: OnClientLoss,
    /// Protocol versions that are accepted, 13 to 20 at most.
    pub versions: RangeInclusive<u32>,
    /// The switch.
    pub switch: SwitchConfig,
}

/// How the two sides share the work (ged188.md section 11.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairMode {
    /// One serves. At the start that is A.
    ActiveStandby {
        /// How long the standby side waits before it takes over.
        takeover: Duration,
        /// What the standby side does with clients.
        standby: StandbyAnswer,
    },
    /// Both serve.
    BothActive,
}

/// What the standby side does with clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandbyAnswer {
    /// It accepts no connection.
    RefuseConnect,
    /// It accepts the connection and answers OPEN_REQ with FAILURE_CONF 15.
    Status15,
}

/// Names a connection of a client; chosen by the driver, never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(pub u64);

/// One thing to do, or to show.
#[derive(Clone, PartialEq, Eq)]
pub enum PairOutput {
    /// Write these bytes to the connection.
    Send {
        /// Which.
        conn: ConnId,
        /// What.
        bytes: Vec<u8>,
    },
    /// Close (reset) the connection, after what was sent before. No news of it is wanted any more.
    Close {
        /// Which.
        conn: ConnId,
        /// Why, for people.
        why: String,
    },
    /// A line for the timeline.
    Story(Story),
}

/// As derived, but for the bytes.
impl fmt::Debug for PairOutput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Send { conn, bytes } => {
                f.debug_struct("Send").field("conn", conn).field("bytes", &Sketch(bytes)).finish()
            }
            Self::Close { conn, why } => {
                f.debug_struct("Close").field("conn", conn).field("why", why).finish()
            }
            Self::Story(story) => f.debug_tuple("Story").field(story).finish(),
        }
    }
}

/// What the next deadline is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairTimer {
    /// The standby side takes over.
    TakeOver,
    /// The switch: ringing, wrap-up, call data.
    Switch,
    /// A caller or a phone of the autopilot.
    Autopilot,
    /// An answer that was held back.
    Answer,
    /// A session: idle time-out.
    Session,
    /// The next piece of an endless stream.
    Stream,
}

/// The pair.
#[derive(Debug)]
pub struct CtiPair {
    pub(crate) switch: Switch,
    pub(crate) mode: PairMode,
    pub(crate) on_client_loss: OnClientLoss,
    pub(crate) versions: RangeInclusive<u32>,
    /// Wall clock minus pair clock, in milliseconds.
    pub(crate) wall_ms: i64,
    pub(crate) sides: BTreeMap<Side, SideServer>,
    /// Which standby side takes over, and when.
    pub(crate) takeover: Option<(Duration, Side)>,
    pub(crate) clients: BTreeMap<ConnId, Client>,
    /// ClientID → agents whom that client signed in or controlled.
    pub(crate) holders: BTreeMap<String, BTreeSet<String>>,
    /// ClientIDs that were lost while their side hung.
    pub(crate) lost_unseen: Vec<(Side, String)>,
    pub(crate) central_online: bool,
    pub(crate) answers: Answers,
    pub(crate) autopilot: Autopilot,
    pub(crate) conferences: Conferences,
    pub(crate) rng: Rng,
    pub(crate) next_stream: Duration,
    /// Sessions that have something to say.
    pub(crate) unsent: BTreeSet<ConnId>,
    outputs: VecDeque<PairOutput>,
    stories: Journal<Story>,
    pub(crate) requests: Journal<RequestSeen>,
}

impl CtiPair {
    /// A pair at rest. `wall_ms` is the wall clock at time zero of `now`'s clock, in milliseconds since 1970.
    pub fn new(config: PairConfig, now: Duration, wall_ms: i64) -> Self {
        let second = if config.mode == PairMode::BothActive { Role::Active } else { Role::Standby };
        let sides = [(Side::A, SideServer::new(Role::Active)), (Side::B, SideServer::new(second))];
        let seed = config.switch.seed;
        Self {
            switch: Switch::new(config.switch, load(config.on_client_loss)),
            mode: config.mode,
            on_client_loss: config.on_client_loss,
            versions: config.versions,
            wall_ms,
            sides: sides.into(),
            takeover: None,
            clients: BTreeMap::new(),
            holders: BTreeMap::new(),
            lost_unseen: Vec::new(),
            central_online: true,
            answers: Answers::default(),
            autopilot: Autopilot::new(seed),
            conferences: Conferences::default(),
            rng: Rng::new(seed ^ 0xC71),
            next_stream: now,
            unsent: BTreeSet::new(),
            outputs: VecDeque::new(),
            stories: Journal::default(),
            requests: Journal::default(),
        }
    }

    /// Whether the side accepts TCP connections now. A hung process does: its listener is the system's.
    pub fn accepts(&self, side: Side) -> bool {
        let standby_accepts =
            matches!(self.mode, PairMode::ActiveStandby { standby: StandbyAnswer::Status15, .. });
        self.side(side).is_some_and(|server| match server.role {
            Role::Active => true,
            Role::Standby => standby_accepts || server.hung,
            Role::Down => false,
        })
    }

    /// A client connected to a side.
    pub fn connection_opened(&mut self, side: Side, conn: ConnId, now: Duration) {
        self.handle_timeout(now);
        self.count(side, |counters| counters.connections += 1);
        if self.clients.len() >= CONNECTIONS_MAX {
            self.close(conn, "too many connections".to_owned());
        } else if self.accepts(side) {
            self.admit(side, conn, now);
        } else {
            self.close(conn, format!("CTI server {} accepts no connections", letter(side)));
        }
    }

    /// Bytes came from a client.
    pub fn handle_bytes(&mut self, conn: ConnId, bytes: &[u8], now: Duration) {
        self.handle_timeout(now);
        self.receive(conn, bytes, now);
        self.finish(now);
    }

    /// The connection of a client is gone.
    pub fn connection_closed(&mut self, conn: ConnId, now: Duration) {
        self.handle_timeout(now);
        self.lose_client(conn, "connection lost", now);
        self.finish(now);
    }

    /// Does what is due. Spurious calls are harmless.
    pub fn handle_timeout(&mut self, now: Duration) {
        self.take_over_if_due(now);
        self.switch.handle_timeout(now);
        self.settle(now);
        self.run_autopilot(now);
        self.release_answers(now);
        self.time_sessions(now);
        self.stream_if_due(now);
        self.finish(now);
    }

    /// The next deadline and what it is for.
    pub fn poll_timeout(&self) -> Option<(Duration, PairTimer)> {
        let takeover = self.takeover.map(|(at, _)| (at, PairTimer::TakeOver));
        let switch = self.switch.poll_timeout().map(|(at, _)| (at, PairTimer::Switch));
        let autopilot = self.autopilot.poll_timeout().map(|at| (at, PairTimer::Autopilot));
        let answer = self.answers.next().map(|at| (at, PairTimer::Answer));
        let stream = self.streaming().then_some((self.next_stream, PairTimer::Stream));
        // A hung process does not look at its clock: its sessions wait until it goes on.
        let awake = |client: &&Client| self.side(client.side).is_some_and(|server| !server.hung);
        let sessions = self.clients.values().filter(awake).filter_map(Client::poll_timeout).min();
        let session = sessions.map(|at| (at, PairTimer::Session));
        [takeover, switch, autopilot, answer, stream, session].into_iter().flatten().min_by_key(|(at, _)| *at)
    }

    /// The next thing to do. Drain after each input.
    pub fn poll_output(&mut self) -> Option<PairOutput> {
        self.outputs.pop_front()
    }

    /// The truth itself.
    pub fn switch(&self) -> &Switch {
        &self.switch
    }

    /// The truth as plain values.
    pub fn truth(&self, now: Duration) -> Truth {
        Truth {
            at_ms: millis(now),
            agents: self.switch.agents_truth(),
            calls: self.switch.calls_truth(),
            waiting: self.switch.waiting_truth(),
            campaign: self.switch.campaign_records().clone(),
            peripheral_online: self.switch.online(),
            central_controller_online: self.central_online,
            sides: [Side::A, Side::B].into_iter().filter_map(|side| self.side_state(side)).collect(),
            clients: self.clients.values().map(|client| self.client_truth(client)).collect(),
            answer_delay_ms: millis(self.answers.delay),
            answers_after_events: self.answers.after_events,
            on_client_loss: self.on_client_loss,
            wrong_conferences: self.conferences.wrong,
            wrong_conferences_told: self.conferences.wrong_told,
            autopilot_calls_per_minute: self.autopilot.rate(),
            autopilot_joined_percent: self.autopilot.joined_percent(),
        }
    }

    /// Role, faults and counters of a side.
    pub fn side_state(&self, side: Side) -> Option<SideTruth> {
        self.side(side).map(|server| SideTruth {
            side: letter(side),
            role: server.role,
            hung: server.hung,
            mute: server.mute,
            refuses: server.refuse,
            streams: server.streaming,
            counters: server.counters.clone(),
        })
    }

    /// What was counted at a side.
    pub fn counters(&self, side: Side) -> SideCounters {
        self.side(side).map(|server| server.counters.clone()).unwrap_or_default()
    }

    /// The timeline.
    pub fn stories(&self) -> &Journal<Story> {
        &self.stories
    }

    /// The requests that clients sent.
    pub fn request_log(&self) -> &Journal<RequestSeen> {
        &self.requests
    }

    pub(crate) fn side(&self, side: Side) -> Option<&SideServer> {
        self.sides.get(&side)
    }

    pub(crate) fn count(&mut self, side: Side, change: impl FnOnce(&mut SideCounters)) {
        if let Some(server) = self.sides.get_mut(&side) {
            change(&mut server.counters);
        }
    }

    /// Adds a line to the timeline.
    pub(crate) fn tell_story(&mut self, what: &'static str, says: String, now: Duration) {
        let story = Story { at_ms: millis(now), what, says };
        self.stories.add(story.clone());
        self.outputs.push_back(PairOutput::Story(story));
    }

    pub(crate) fn send_bytes(&mut self, conn: ConnId, bytes: Vec<u8>) {
        self.outputs.push_back(PairOutput::Send { conn, bytes });
    }

    /// Closes a connection and forgets it, without a look at its agents.
    pub(crate) fn close(&mut self, conn: ConnId, why: String) {
        self.clients.remove(&conn);
        self.answers.forget(conn);
        self.outputs.push_back(PairOutput::Close { conn, why });
    }

    /// Routes calls, then tells the timeline and the clients what the switch did.
    pub(crate) fn settle(&mut self, now: Duration) {
        self.switch.route(now);
        self.autopilot.watch(&self.switch, now);
        while let Some((what, says)) = self.switch.poll_story() {
            self.tell_story(what, says, now);
        }
        self.publish();
    }

    /// The end of every input: all that follows from it is told.
    pub(crate) fn finish(&mut self, now: Duration) {
        self.settle(now);
        // A session that ends may change its agents, and the other clients are told of that.
        while !self.unsent.is_empty() {
            self.drain_sessions(now);
            self.settle(now);
        }
    }

    fn run_autopilot(&mut self, now: Duration) {
        while self.autopilot.poll_timeout().is_some_and(|at| at <= now) {
            if let Some(command) = self.autopilot.poll_command(&self.switch, now) {
                self.fly(command, now);
            }
            self.settle(now);
        }
    }

    fn client_truth(&self, client: &Client) -> ClientTruth {
        let agents = self.holders.get(client.id());
        ClientTruth {
            conn: client.conn.0,
            side: letter(client.side),
            client_id: client.id().into(),
            signature: client.signature().into(),
            version: client.version().map(|version| version.number()),
            agents: agents.into_iter().flatten().cloned().collect(),
        }
    }
}

/// LOAD as the peripheral is configured.
pub(crate) fn load(on_client_loss: OnClientLoss) -> Load {
    match on_client_loss {
        OnClientLoss::Keep | OnClientLoss::Load0 => Load::NotReady,
        OnClientLoss::Load1 => Load::Logout,
    }
}
