//! Loss and recovery (mapping.md section 9, failover.md CTI-13 to CTI-15): what was published is kept aside, all is
//! read again, and the differences are published once.
//!
//! ```text
//! Lost(before) ──begin_recovery──▶ Reading(before, what was read) ──finish_recovery──▶ Live
//!      ▲                               │                                                │
//!      ╰────────────── lost ◀──────────┴────────────────────────────────────────────────╯
//! ```
//!
//! Events of calls that come while reading wait for the snapshots and are applied after them, in their order.
//! An AGENT_STATE_EVENT is whole in itself: the answer to a query that follows it says nothing more.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use ged188::{
    LocalConnectionState, Message, QueryAgentStateConf, SnapshotCallConf, SnapshotDeviceConf, StatusCode,
};

use crate::agent_state::{Report, on_calls};
use crate::agents::Status;
use crate::call_types;
use crate::calls::{Call, CallRef, Leg};
use crate::command::Change;
use crate::device_reads::{connections, distinct};
use crate::domain::Domain;
use crate::goals::Goal;
use crate::ids::{AgentId, CallId, Now};
use crate::requests::{Progress, Unproven};
use crate::view::{DialogView, UserState, UserView};

/// Call events kept while reading. 2,000 agents at 30 calls an hour and 10 events a call make 170 a second, and a
/// reading takes seconds; calls of events beyond it are read again afterwards.
const HELD_MAX: usize = 8_192;

/// Whether a session is up and its state known.
pub(crate) enum Phase {
    /// No session, or its peripheral is offline.
    Lost(Before),
    /// The state is being read.
    Reading(Box<Reading>),
    /// What we show is what CTI holds.
    Live,
}

impl Default for Phase {
    fn default() -> Self {
        Self::Lost(Before::default())
    }
}

impl Phase {
    pub(crate) fn is_live(&self) -> bool {
        match self {
            Self::Live => true,
            Self::Lost(_) | Self::Reading(_) => false,
        }
    }

    fn reading(&self) -> Option<&Reading> {
        match self {
            Self::Reading(reading) => Some(reading),
            Self::Lost(_) | Self::Live => None,
        }
    }

    fn reading_mut(&mut self) -> Option<&mut Reading> {
        match self {
            Self::Reading(reading) => Some(reading),
            Self::Lost(_) | Self::Live => None,
        }
    }
}

/// What was known and published when the session was lost.
#[derive(Default)]
pub(crate) struct Before {
    pub(crate) statuses: BTreeMap<AgentId, Status>,
    pub(crate) users: BTreeMap<AgentId, UserView>,
    pub(crate) dialogs: BTreeMap<AgentId, BTreeMap<CallId, DialogView>>,
    pub(crate) calls: BTreeMap<CallId, Call>,
    pub(crate) on_call: BTreeSet<AgentId>,
    unproven: Vec<Unproven>,
}

/// What has been read so far.
#[derive(Default)]
pub(crate) struct Reading {
    before: Before,
    /// Agents whose state was told, by anything.
    told: BTreeSet<AgentId>,
    /// Those told of by an AGENT_STATE_EVENT.
    news: BTreeSet<AgentId>,
    /// Those whose device CTI named.
    placed: BTreeSet<AgentId>,
    /// Those whose device was read, or could not be.
    devices: BTreeSet<AgentId>,
    /// Those whose device was read.
    listed: BTreeSet<AgentId>,
    /// The agents' own connections, as their devices list them.
    own: BTreeMap<CallId, Vec<Own>>,
    /// Calls that are read although no device lists them.
    unlisted: BTreeSet<CallId>,
    held: VecDeque<(Message, Now)>,
    /// Calls of events that found no room.
    unheard: BTreeSet<CallId>,
    /// Calls of events that were held.
    disturbed: BTreeSet<CallId>,
}

impl Reading {
    /// Whether the agent's device lists the call; `None` if it was not read.
    pub(crate) fn lists(&self, agent: &AgentId, call: CallId) -> Option<bool> {
        let own = self.own.get(&call).into_iter().flatten().any(|own| own.agent == *agent);
        self.listed.contains(agent).then_some(own)
    }

    /// Events of the call came while its state was read.
    pub(crate) fn was_disturbed(&self, call: CallId) -> bool {
        self.disturbed.contains(&call) || self.unheard.contains(&call)
    }

    /// Calls that were on the agent's device before the loss and that it does not list now, although he is on calls, or
    /// although they were conferences: a list may lack them (CTI-18b).
    fn missed(&self, device: &str, agent: &AgentId, on_calls: bool) -> Vec<CallRef> {
        let open = |call: &&Call| !self.own.contains_key(&call.id) && !self.unlisted.contains(&call.id);
        let calls = self.before.calls.values().filter(open).filter(|call| on_calls || call.is_conference());
        let of = |leg: &&Leg| leg.party.agent.as_ref() == Some(agent) || leg.party.address == device;
        calls.filter_map(|call| call.living().find(of)).map(|leg| leg.party.connection.clone()).collect()
    }
}

/// An agent's own connection to a call.
pub(crate) struct Own {
    pub(crate) agent: AgentId,
    pub(crate) connection: CallRef,
    pub(crate) state: LocalConnectionState,
}

impl Domain {
    /// The session is lost or the peripheral offline: nothing is known any more, and nothing is published.
    pub fn lost(&mut self, _now: Now) {
        self.lose_forced_logouts();
        match std::mem::take(&mut self.phase) {
            Phase::Live => {
                let before = self.remember();
                self.phase = Phase::Lost(before);
                self.forget();
            }
            Phase::Reading(reading) => {
                self.phase = Phase::Lost(reading.before);
                self.forget();
            }
            lost @ Phase::Lost(_) => self.phase = lost,
        }
    }

    /// A session is open: what it tells of teams begins anew.
    pub fn new_session(&mut self) {
        self.teams.new_session();
        self.queues.lost();
    }

    /// The peripheral of the session is online: every agent is unknown until read. What is told from now on need not be
    /// asked for.
    pub fn begin_recovery(&mut self, now: Now) {
        self.lost(now);
        let before = match std::mem::take(&mut self.phase) {
            Phase::Lost(before) => before,
            Phase::Reading(reading) => reading.before,
            Phase::Live => Before::default(),
        };
        self.phase = Phase::Reading(Box::new(Reading { before, ..Reading::default() }));
    }

    /// Agents to ask for with QUERY_AGENT_STATE_REQ: all whom nothing has told of, and those signed in whose
    /// device was not named. Those on calls come first, then those who were signed in.
    pub fn agents_to_query(&self) -> Vec<AgentId> {
        let Some(reading) = self.phase.reading() else { return Vec::new() };
        let open = |agent: &AgentId| {
            let state = self.agents.get(agent).map_or(UserState::Unknown, |agent| agent.status.state);
            let wants_device = state != UserState::Logout && !reading.placed.contains(agent);
            !reading.told.contains(agent) || wants_device
        };
        let mut agents: Vec<AgentId> = self.agents.keys().filter(|agent| open(agent)).cloned().collect();
        agents.sort_by_key(|agent| reading.before.rank(agent));
        agents
    }

    /// Those of them who were signed in before: they can be asked for before it is known who else there is.
    pub fn agents_expected(&self) -> Vec<AgentId> {
        let before = self.phase.reading().map(|reading| &reading.before);
        let expected = |agent: &AgentId| before.is_some_and(|before| before.rank(agent) < 2);
        self.agents_to_query().into_iter().filter(expected).collect()
    }

    /// The answer to QUERY_AGENT_STATE_REQ. Returns the instrument to read next, if the agent is signed in.
    pub fn apply_agent_state(
        &mut self,
        agent: &AgentId,
        answer: Result<&QueryAgentStateConf, StatusCode>,
        now: Now,
    ) -> Option<String> {
        if !self.phase.reading().is_some_and(|reading| reading.news.contains(agent))
            && let Some(report) = report(answer)
        {
            self.agent_reported(agent, &report, now);
        }
        let reading = self.phase.reading_mut()?;
        reading.told.insert(agent.clone());
        let status = &self.agents.get(agent)?.status;
        let unread =
            status.state.signed_in() && !status.instrument.is_empty() && !reading.devices.contains(agent);
        unread.then(|| status.instrument.clone())
    }

    /// Signed-in agents whose device CTI has named without being asked, with that device; those on calls first.
    pub fn devices_to_read(&self) -> Vec<(AgentId, String)> {
        let Some(reading) = self.phase.reading() else { return Vec::new() };
        let unread = reading.placed.iter().filter(|agent| !reading.devices.contains(*agent));
        let placed = unread.filter_map(|agent| Some((agent, &self.agents.get(agent)?.status)));
        let mut devices: Vec<(AgentId, String)> = placed
            .filter(|(_, status)| status.state.signed_in() && !status.instrument.is_empty())
            .map(|(agent, status)| (agent.clone(), status.instrument.clone()))
            .collect();
        devices.sort_by_key(|(agent, _)| reading.before.rank(agent));
        devices
    }

    /// The answer to SNAPSHOT_DEVICE_REQ, in recovery or in service; without an answer, any status that says so.
    /// Returns the calls to read with SNAPSHOT_CALL_REQ; a call that is being read already is not named again.
    pub fn apply_device(
        &mut self,
        agent: &AgentId,
        answer: Result<&SnapshotDeviceConf, StatusCode>,
        now: Now,
    ) -> Vec<CallRef> {
        let Some(reading) = self.phase.reading_mut() else { return self.device_read(agent, answer, now) };
        reading.devices.insert(agent.clone());
        let Ok(conf) = answer else { return Vec::new() };
        reading.listed.insert(agent.clone());
        let listed = connections(conf);
        let known =
            |call: &CallRef| reading.own.contains_key(&call.id) || reading.unlisted.contains(&call.id);
        let mut fresh = distinct(listed.iter().filter(|call| !known(call)).cloned());
        for (connection, item) in listed.into_iter().zip(&conf.calls) {
            let state = item.call_state.unwrap_or(LocalConnectionState::NONE);
            let own = Own { agent: agent.clone(), connection, state };
            reading.own.entry(own.connection.id).or_default().push(own);
        }
        let status = self.agents.get(agent).map(|agent| &agent.status);
        let (device, talks) = status.map(|s| (s.extension.as_str(), on_calls(s.state))).unwrap_or_default();
        let missed = reading.missed(device, agent, talks);
        reading.unlisted.extend(missed.iter().map(|call| call.id));
        fresh.extend(missed);
        fresh
    }

    /// The answer to SNAPSHOT_CALL_REQ, in recovery or in service; without an answer, any status that says so.
    pub fn apply_call(&mut self, call: &CallRef, answer: Result<&SnapshotCallConf, StatusCode>, now: Now) {
        let Some(reading) = self.phase.reading() else { return self.call_read(call.id, answer, now) };
        let known = reading.before.calls.get(&call.id);
        let read = match answer {
            Ok(conf) => Some(self.call_from_snapshot(call.id, conf, known)),
            Err(status) if is_gone(status) => None,
            Err(_) => known.cloned(),
        };
        if let Some(call) = read {
            self.calls.insert(call.id, call);
        } else if let Some(reading) = self.phase.reading_mut() {
            reading.own.remove(&call.id);
            reading.unlisted.remove(&call.id);
        }
    }

    /// All is read. Returns the final states, each object that differs from what was published last exactly once:
    /// agents on calls first, for each agent User before Dialogs; then the requests whose effect is not there.
    pub fn finish_recovery(&mut self, now: Now) -> Vec<Change> {
        let Some(reading) = self.phase.reading_mut() else { return Vec::new() };
        let reading = std::mem::take(reading);
        let read = self.put_together(&reading.own);
        self.keep_wrap_up(&reading.before);
        for (message, at) in &reading.held {
            self.call_event(message, *at);
        }
        self.recall_beginnings(&reading.before);
        self.forget_ended(&reading.before);
        self.doubt_recovered(&reading, &read, now);
        self.recognize_reservations(&reading.before);
        self.settle_all_surroundings();
        self.phase = Phase::Live;
        let mut changes = self.differences(&reading.before);
        changes.extend(self.ended_unheard(&reading.before));
        changes.extend(reading.before.unproven.into_iter().filter_map(|unproven| self.unmet(unproven)));
        changes.extend(self.unsaid_queues());
        self.queues.round.start(now.mono);
        self.tidy_up(now);
        self.read_the_rest(&reading.devices, &reading.unheard);
        self.look(now);
        self.undo_own_loss(now);
        changes
    }

    /// Whether agent and call events mean anything now.
    pub(crate) fn phase_hears(&mut self) -> bool {
        let hears = !matches!(self.phase, Phase::Lost(_));
        if !hears {
            self.counters.unheard_events += 1;
        }
        hears
    }

    /// Keeps a call event that came while reading. True if it must not be applied now.
    pub(crate) fn hold(&mut self, call: CallId, message: &Message, now: Now) -> bool {
        let Some(reading) = self.phase.reading_mut() else { return false };
        reading.disturbed.insert(call);
        if reading.held.len() < HELD_MAX {
            reading.held.push_back((message.clone(), now));
        } else {
            reading.unheard.insert(call);
            self.counters.unheard_events += 1;
        }
        true
    }

    /// The status to which a report adds: while reading it is the one before the loss, until the first report.
    pub(crate) fn status_before(&self, id: &AgentId) -> Option<Status> {
        match &self.phase {
            Phase::Lost(_) => None,
            Phase::Reading(reading) if !reading.told.contains(id) => {
                Some(reading.before.statuses.get(id).cloned().unwrap_or_default())
            }
            Phase::Reading(_) | Phase::Live => Some(self.agents.get(id)?.status.clone()),
        }
    }

    /// Notes while reading what the report told.
    pub(crate) fn told(&mut self, id: &AgentId, report: &Report) {
        let Some(reading) = self.phase.reading_mut() else { return };
        reading.told.insert(id.clone());
        if report.is_news {
            reading.news.insert(id.clone());
        }
        if !report.extension.is_empty() || !report.instrument.is_empty() {
            reading.placed.insert(id.clone());
        }
    }

    fn remember(&mut self) -> Before {
        for leg in self.calls.values_mut().flat_map(|call| &mut call.legs).filter(|leg| leg.lives()) {
            leg.certain = false;
        }
        let (open, waiting) = self.requests.abandon();
        let never_sent = waiting.into_iter().map(|order| Unproven {
            agent: order.command.agent().clone(),
            goal: self.goal(&order.command),
            request: order.request,
            progress: Progress::Waiting,
        });
        // Whether their effect shows is asked after the reading: what shows now may be older than the loss.
        let unproven = open.into_iter().chain(self.unsaid_greetings()).chain(never_sent).collect();
        let on_call = self.agents.keys().filter(|agent| self.on_call(agent)).cloned().collect();
        let dialogs =
            self.agents.keys().filter_map(|agent| Some((agent.clone(), self.collection(agent)?))).collect();
        Before {
            statuses: self.agents.iter().map(|(id, agent)| (id.clone(), agent.status.clone())).collect(),
            users: self.users().map(|user| (user.id.clone(), user)).collect(),
            dialogs,
            calls: std::mem::take(&mut self.calls),
            on_call,
            unproven,
        }
    }

    /// Sign-ins that changed nothing, and whose events were still to come.
    fn unsaid_greetings(&self) -> Vec<Unproven> {
        let unsaid = self.reads.greetings().filter_map(|(agent, request)| {
            let extension = self.agents.get(agent)?.status.extension.clone();
            let goal = Goal::SignedIn { extension, mobile: None };
            let progress = Progress::Sent;
            Some(Unproven { agent: agent.clone(), request: request.clone(), goal, progress })
        });
        unsaid.collect()
    }

    /// The dialogs of an agent, if he has any.
    pub(crate) fn collection(&self, agent: &AgentId) -> Option<BTreeMap<CallId, DialogView>> {
        let dialogs: BTreeMap<_, _> =
            self.dialogs_of(agent).into_iter().map(|dialog| (dialog.id, dialog)).collect();
        (!dialogs.is_empty()).then_some(dialogs)
    }

    fn forget(&mut self) {
        let _ = self.requests.abandon();
        self.reads.clear();
        self.rebuilds.clear();
        self.queues.lost();
        self.calls.clear();
        self.departures.clear();
        self.devices.clear();
        for agent in self.agents.values_mut() {
            agent.status = Status::default();
            agent.calls.clear();
            agent.mobile = None;
            agent.desk_asked = false;
            agent.state_asked = false;
        }
    }

    /// Only the beginning of a call tells its type and what it consults about: what came over the loss without being read is
    /// as it was.
    fn recall_beginnings(&mut self, before: &Before) {
        for call in self.calls.values_mut().filter(|call| call.call_type == call_types::UNTOLD) {
            if let Some(known) = before.calls.get(&call.id) {
                call.call_type = known.call_type;
                call.consults = call.consults.or(known.consults);
            }
        }
    }

    /// Calls that ended while reading are let go, and the clocks of leaving dialogs start.
    fn tidy_up(&mut self, now: Now) {
        let dead: Vec<CallId> =
            self.calls.values().filter(|call| call.is_dead()).map(|call| call.id).collect();
        dead.into_iter().for_each(|id| self.settle_call(id, now));
    }

    /// Agents who signed in while the others were being read, and those of calls whose events found no room.
    fn read_the_rest(&mut self, read: &BTreeSet<AgentId>, unheard: &BTreeSet<CallId>) {
        let signed_in =
            self.agents.values().filter(|agent| agent.status.state.signed_in()).map(|agent| &agent.id);
        let unread = signed_in.filter(|agent| !read.contains(*agent));
        let readers = unheard.iter().filter_map(|id| self.calls.get(id)).flat_map(Call::readers);
        let rest: BTreeSet<AgentId> = unread.cloned().chain(readers).collect();
        rest.iter().for_each(|agent| self.read_device(agent));
    }
}

impl Before {
    /// The agent had asked for this, and it was not known to be done.
    pub(crate) fn wanted(&self, agent: &AgentId, goal: &Goal) -> bool {
        self.unproven.iter().any(|open| open.agent == *agent && open.goal == *goal)
    }

    /// Agents on calls first, then those signed in.
    fn rank(&self, agent: &AgentId) -> u8 {
        let signed_in = self.statuses.get(agent).is_some_and(|status| status.state.signed_in());
        match (self.on_call.contains(agent), signed_in) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        }
    }
}

/// mapping.md section 2.2: FAILURE_CONF 9 is LOGOUT. Any other refusal tells nothing.
fn report(answer: Result<&QueryAgentStateConf, StatusCode>) -> Option<Report> {
    match answer {
        Ok(conf) => Some(Report {
            state: conf.agent_state,
            extension: conf.agent_extension.clone(),
            instrument: conf.agent_instrument.clone(),
            ..Report::default()
        }),
        Err(StatusCode::AGENT_NOT_LOGGED_ON) => {
            Some(Report { state: ged188::AgentState::LOGOUT, ..Report::default() })
        }
        Err(_) => None,
    }
}

/// The call is over: unknown call id, connection or party, or no call at all.
pub(crate) fn is_gone(status: StatusCode) -> bool {
    matches!(status.0, 13 | 33 | 35 | 66 | 70)
}
