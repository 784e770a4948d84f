//! [`Domain`]: the public surface and the reads.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use crate::agents::Agent;
use crate::calls::Call;
use crate::command::{Output, Person};
use crate::counters::Counters;
use crate::device_reads::Reads;
use crate::devices::Devices;
use crate::ids::{AgentId, CallId, Now, TeamId};
use crate::own_loss::OwnLoss;
use crate::queues::Queues;
use crate::rebuild::Rebuilds;
use crate::recovery::Phase;
use crate::requests::Requests;
use crate::resources::Resources;
use crate::teams::Teams;
use crate::untold::Untold;
use crate::view::{DialogView, TeamView, UserState, UserView, WrapUpMode};

/// Agents kept. A large deployment configures 12,000 on one peripheral (failover.md CTI-X3); this bounds what a
/// peer can make us hold.
const AGENTS_MAX: usize = 65_536;

/// What the domain must be told once.
#[derive(Clone, Debug, Default)]
pub struct DomainConfig {
    /// The peripheral whose agents are served; events of others are counted and dropped.
    pub peripheral_id: u32,
    /// What administrators have set for people.
    pub resources: Resources,
    /// Agents whom the loss of our own session made Not Ready are made Ready again.
    pub restore_ready: bool,
}

/// What a deadline of [`Domain::poll_timeout`] is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// A request was not answered, or its effect is not seen (mapping.md section 4.4).
    Request,
    /// A dialog leaves a collection (mapping.md section 3.7).
    Dialog,
    /// A call whose news contradict each other, or a conference learned from snapshots, is read again (CTI-16 to CTI-20).
    Rebuild,
    /// The statistics of queues are read again (mapping.md section 6).
    Queues,
    /// An agent has waited for long enough to be made Ready again.
    OwnLoss,
}

/// Agents, dialogs, teams and reason codes of one peripheral.
///
/// Drain [`Domain::poll_output`] after every call that takes `&mut self`.
pub struct Domain {
    pub(crate) config: DomainConfig,
    pub(crate) agents: BTreeMap<AgentId, Agent>,
    /// Login names in lower case.
    pub(crate) logins: BTreeMap<String, AgentId>,
    pub(crate) devices: Devices,
    pub(crate) teams: Teams,
    pub(crate) calls: BTreeMap<CallId, Call>,
    /// When dialogs leave collections.
    pub(crate) departures: BTreeSet<(Duration, CallId)>,
    pub(crate) requests: Requests,
    pub(crate) reads: Reads,
    pub(crate) rebuilds: Rebuilds,
    pub(crate) own_loss: OwnLoss,
    pub(crate) queues: Queues,
    pub(crate) phase: Phase,
    /// Call events so far: tells whether a call was touched since a reading began.
    pub(crate) heard: u64,
    pub(crate) counters: Counters,
    pub(crate) out: VecDeque<Output>,
    /// The changes in it.
    pub(crate) untold: Untold,
}

impl Domain {
    /// Nothing is known, and no session is up: begin with [`Domain::begin_recovery`].
    pub fn new(config: DomainConfig) -> Self {
        Self {
            config,
            agents: BTreeMap::new(),
            logins: BTreeMap::new(),
            devices: Devices::default(),
            teams: Teams::default(),
            calls: BTreeMap::new(),
            departures: BTreeSet::new(),
            requests: Requests::default(),
            reads: Reads::default(),
            rebuilds: Rebuilds::default(),
            own_loss: OwnLoss::default(),
            queues: Queues::default(),
            phase: Phase::default(),
            heard: 0,
            counters: Counters::default(),
            out: VecDeque::new(),
            untold: Untold::default(),
        }
    }

    /// What the AWDB says of a person, after each successful credential check. True if that is new.
    pub fn known(&mut self, person: Person, now: Now) -> bool {
        if !self.admit(&person.id) {
            return false;
        }
        let id = person.id.clone();
        let is_new = self.describe(person);
        self.ask_state_if_unknown(&id, now);
        is_new
    }

    /// What the AWDB says of a person whom nobody asked for. True if that is new.
    pub fn read_about(&mut self, person: Person) -> bool {
        self.admit(&person.id) && self.describe(person)
    }

    fn describe(&mut self, person: Person) -> bool {
        let id = person.id.clone();
        let is_new = self.agents.get(&id).is_some_and(|agent| agent.person.as_ref() != Some(&person));
        if is_new {
            self.forget_login(&id);
            self.change_background(&id, |agent| agent.person = Some(person));
            self.note_login(&id);
        }
        is_new
    }

    /// The next thing to do.
    pub fn poll_output(&mut self) -> Option<Output> {
        let output = self.out.pop_front();
        if let Some(Output::Changed(change)) = &output {
            self.untold.taken(change);
        }
        output
    }

    /// When to call [`Domain::handle_timeout`], and what for.
    pub fn poll_timeout(&self) -> Option<(Duration, Timer)> {
        let request = self.requests.next_deadline().map(|at| (at, Timer::Request));
        let dialog = self.departures.first().map(|(at, _)| (*at, Timer::Dialog));
        let rebuild = self.rebuilds.next_deadline().filter(|_| self.phase.is_live());
        let rebuild = rebuild.map(|at| (at, Timer::Rebuild));
        let own_loss = self.own_loss.next_deadline().map(|at| (at, Timer::OwnLoss));
        let queues = self.queues.next_deadline().map(|at| (at, Timer::Queues));
        [request, dialog, rebuild, own_loss, queues].into_iter().flatten().min_by_key(|(at, _)| *at)
    }

    /// Time has passed. Spurious calls are harmless.
    pub fn handle_timeout(&mut self, now: Now) {
        self.expire_requests(now);
        self.depart(now);
        self.search(now);
        self.look(now);
        self.own_loss.expire(now.mono);
        self.begin_queue_round(now);
    }

    /// One agent, if AWDB or CTI has told of him.
    pub fn user(&self, id: &AgentId) -> Option<UserView> {
        Some(self.agents.get(id)?.view(&self.teams, &self.config.resources))
    }

    /// All agents, by id.
    pub fn users(&self) -> impl Iterator<Item = UserView> + '_ {
        self.agents.values().map(|agent| agent.view(&self.teams, &self.config.resources))
    }

    /// The ids of all agents.
    pub fn agent_ids(&self) -> impl Iterator<Item = &AgentId> {
        self.agents.keys()
    }

    /// The agent with this login name, in any case of letters.
    pub fn by_login(&self, login_name: &str) -> Option<&AgentId> {
        self.logins.get(&login_name.to_lowercase())
    }

    /// A dialog that is in somebody's collection.
    pub fn dialog(&self, id: CallId) -> Option<DialogView> {
        let call = self.calls.get(&id)?;
        (!call.readers().is_empty()).then(|| self.dialog_view(call))
    }

    /// The dialogs in the agent's collection, by id.
    pub fn dialogs_of(&self, agent: &AgentId) -> Vec<DialogView> {
        let calls = self.agents.get(agent).into_iter().flat_map(|agent| &agent.calls);
        calls.filter_map(|id| self.dialog(*id)).collect()
    }

    /// Whether this dialog is in the agent's collection: it is not any more once he has left the call.
    pub fn has_dialog(&self, agent: &AgentId, id: CallId) -> bool {
        self.agents.get(agent).is_some_and(|agent| agent.calls.contains(&id))
    }

    /// What administrators have set for people.
    pub fn resources(&self) -> &Resources {
        &self.config.resources
    }

    /// The same, to be changed. Nobody is told: who reads again sees it (rest-api.md section 1.2).
    pub fn resources_mut(&mut self) -> &mut Resources {
        &mut self.config.resources
    }

    /// The agent has a dialog whose own leg lives, and is not only listened to.
    pub fn on_call(&self, agent: &AgentId) -> bool {
        self.works_on(agent).next().is_some()
    }

    /// The agent's state; unknown for one of whom nobody has told.
    pub fn state(&self, agent: &AgentId) -> UserState {
        self.agents.get(agent).map_or(UserState::Unknown, |agent| agent.status.state)
    }

    /// The agent is on a call, or one is on its way to him: he must not be logged out by force now (DESK-7r2).
    pub fn has_call(&self, agent: &AgentId) -> bool {
        match self.state(agent) {
            UserState::Talking
            | UserState::Hold
            | UserState::Reserved
            | UserState::ReservedOutbound
            | UserState::ReservedOutboundPreview => true,
            UserState::Logout
            | UserState::NotReady
            | UserState::Ready
            | UserState::Work
            | UserState::WorkReady
            | UserState::Unknown => self.on_call(agent),
        }
    }

    /// AWDB or CTI has told of the agent.
    pub fn is_known(&self, agent: &AgentId) -> bool {
        self.agents.contains_key(agent)
    }

    /// The team that the agent is a member of.
    pub fn team_of(&self, agent: &AgentId) -> Option<TeamId> {
        self.agents.get(agent)?.team_id(&self.teams)
    }

    /// The members of the team, by id, whether they are signed in or not.
    pub fn members_of(&self, team: TeamId) -> Vec<UserView> {
        let members = self.agents.values().filter(|agent| agent.team_id(&self.teams) == Some(team));
        members.map(|agent| agent.view(&self.teams, &self.config.resources)).collect()
    }

    /// The team, if CTI has told of it.
    pub fn team(&self, team: TeamId) -> Option<TeamView> {
        self.teams.has(team).then(|| self.teams.view(team))
    }

    /// All teams, by id.
    pub fn teams(&self) -> impl Iterator<Item = TeamView> + '_ {
        self.teams.all()
    }

    /// CTI has told of the team.
    pub fn has_team(&self, team: TeamId) -> bool {
        self.teams.has(team)
    }

    /// The agent supervises the team (the AWDB decides).
    pub fn supervises_team(&self, supervisor: &AgentId, team: TeamId) -> bool {
        let supervised = self.agents.get(supervisor).map(|agent| agent.supervised(&self.teams));
        supervised.into_iter().flatten().any(|candidate| candidate.id == team)
    }

    /// The agent belongs to a team that the other supervises (the AWDB decides).
    pub fn supervises(&self, supervisor: &AgentId, agent: &AgentId) -> bool {
        self.team_of(agent).is_some_and(|team| self.supervises_team(supervisor, team))
    }

    /// What has been counted.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// The agent can be found by his name: of two who claim one, the AWDB's has it.
    pub(crate) fn note_login(&mut self, id: &AgentId) {
        let Some(agent) = self.agents.get(id) else { return };
        let login = agent.login();
        if login.is_empty() {
            return;
        }
        if agent.person.is_some() {
            self.logins.insert(login, id.clone());
        } else {
            self.logins.entry(login).or_insert_with(|| id.clone());
        }
    }

    /// His name is about to change.
    pub(crate) fn forget_login(&mut self, id: &AgentId) {
        let login = self.agents.get(id).map(Agent::login).unwrap_or_default();
        if self.logins.get(&login) == Some(id) {
            self.logins.remove(&login);
        }
    }

    /// Makes room for an agent. False if there is none.
    pub(crate) fn admit(&mut self, id: &AgentId) -> bool {
        if self.agents.contains_key(id) {
            return true;
        }
        if self.agents.len() >= AGENTS_MAX {
            self.counters.too_many_agents += 1;
            return false;
        }
        self.agents.insert(id.clone(), Agent::new(id.clone()));
        true
    }

    /// The public form of a call. wrapUpReason is shown if one of its agents may give one.
    pub(crate) fn dialog_view(&self, call: &Call) -> DialogView {
        call.view(!call.is_session() && self.may_wrap_up(call))
    }

    fn may_wrap_up(&self, call: &Call) -> bool {
        let mut readers = call.legs.iter().filter(|leg| leg.listed).peekable();
        readers.peek().is_none()
            || readers.any(|leg| {
                let desk =
                    leg.party.agent.as_ref().and_then(|id| self.agents.get(id)).map(|agent| agent.desk);
                let desk = desk.unwrap_or_default();
                let mode = if leg.calling { desk.outgoing } else { desk.incoming };
                mode != WrapUpMode::NotAllowed
            })
    }
}
