//! The two AWDBs: who asks them, and what they say.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use node::api::HttpRequest;
use node::domain::{AgentId, Person, Secret, TeamId};
use node::failover::awdb::{Host, QueryId};
use node::{Accepted, HttpId, People, Seen, SignInError};
use switch::AgentConfig;

use super::{Happening, ToNode, World};
use crate::recording::{Kind, Part};

/// An answer of a healthy host: one query.
const ANSWER_TAKES: Duration = Duration::from_millis(2);

/// What is wrong with a host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AwdbFault {
    /// Nothing.
    #[default]
    None,
    /// It is down: a connection is refused at once.
    Refuse,
    /// It takes connections and says nothing, ever.
    Hang,
    /// It answers after this time.
    Slow(Duration),
}

impl fmt::Display for AwdbFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("works"),
            Self::Refuse => f.write_str("is down"),
            Self::Hang => f.write_str("takes connections and says nothing"),
            Self::Slow(time) => write!(f, "answers after {time:?}"),
        }
    }
}

/// What a host stores of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    password: String,
    enabled: bool,
    /// Grows with each change.
    mark: u8,
}

/// One host.
#[derive(Clone, Debug, Default)]
pub(super) struct Awdb {
    pub(super) fault: AwdbFault,
    /// Changes do not arrive here.
    pub(super) distributor_stopped: bool,
    rows: BTreeMap<String, Row>,
    clock: u64,
    /// How often it was asked for a person.
    asked: u64,
}

impl Awdb {
    pub(super) fn new(agents: &[AgentConfig]) -> Self {
        Self { rows: rows(agents), ..Self::default() }
    }

    fn delay(&self) -> Option<Duration> {
        match self.fault {
            AwdbFault::None | AwdbFault::Refuse => Some(ANSWER_TAKES),
            AwdbFault::Slow(time) => Some(time),
            AwdbFault::Hang => None,
        }
    }

    fn answers(&self) -> bool {
        match self.fault {
            AwdbFault::None | AwdbFault::Slow(_) => true,
            AwdbFault::Refuse | AwdbFault::Hang => false,
        }
    }

    fn reached(&self, host: Host) -> Result<(), String> {
        if self.fault == AwdbFault::Refuse { Err(format!("{host}: connection refused")) } else { Ok(()) }
    }
}

pub(super) fn with_credentials(request: HttpRequest, user: &str, password: &str) -> HttpRequest {
    let credentials = BASE64.encode(format!("{user}:{password}"));
    HttpRequest { authorization: Some(Secret::new(format!("Basic {credentials}"))), ..request }
}

/// What is stored of all agents at the beginning.
pub(super) fn rows(agents: &[AgentConfig]) -> BTreeMap<String, Row> {
    let row = |agent: &AgentConfig| Row { password: agent.password.clone(), enabled: true, mark: 0 };
    agents.iter().map(|agent| (agent.id.clone(), row(agent))).collect()
}

impl World {
    /// Something is wrong with a host, or nothing any more.
    pub fn awdb_fault(&mut self, host: Host, fault: AwdbFault) {
        let kind = if fault == AwdbFault::None { Kind::Mend } else { Kind::Fault };
        self.recorder.note(self.now, Part::Awdb(host).alone(kind), format_args!("{fault}"));
        self.awdb_mut(host).fault = fault;
    }

    /// What is wrong with a host now.
    pub fn awdb_fault_of(&self, host: Host) -> AwdbFault {
        self.awdb(host).fault
    }

    /// Whether a host would let this person in, if it were asked and answered.
    pub fn awdb_accepts(&self, host: Host, agent: &str, password: &str) -> bool {
        self.verdict(host, (agent, password)).is_ok()
    }

    /// Somebody shows a password to a node: he reads the User of an agent. The answer comes to [`World::answer`].
    pub fn knock(&mut self, node: usize, agent: &str, user: &str, password: &str) -> Option<HttpId> {
        let request = HttpRequest::page(&format!("/finesse/api/User/{agent}"));
        self.ask_without_desktop(node, with_credentials(request, user, password))
    }

    /// The same with whatever the agent himself may ask for.
    pub fn knock_for(
        &mut self,
        node: usize,
        agent: &str,
        (user, password): (&str, &str),
        request: HttpRequest,
    ) -> Option<HttpId> {
        let request = with_credentials(request, user, password);
        let id = self.ask_without_desktop(node, request.clone())?;
        let desk = self.desktop_of(agent).and_then(|index| Some((index, self.desks.get(index)?)));
        if let Some((index, desk)) = desk {
            self.watch.pressed(index, node, &desk.desktop, id, &request);
        }
        Some(id)
    }

    /// How often a host was asked for a person so far, by all nodes, whether it answered or not.
    pub fn awdb_asked(&self, host: Host) -> u64 {
        self.awdb(host).asked
    }

    /// A rule was seen broken.
    pub fn report(&mut self, says: String) {
        self.watch.report(self.now, says);
    }

    /// The distributor of a host stops or starts; what happened meanwhile arrives. Says whether something has.
    pub fn awdb_distributor(&mut self, host: Host, runs: bool) -> bool {
        let (kind, what) = if runs { (Kind::Mend, "runs") } else { (Kind::Fault, "stands still") };
        self.recorder.note(self.now, Part::Awdb(host).alone(kind), format_args!("its distributor {what}"));
        let arrives = runs && self.awdb(host).rows != self.central;
        if arrives {
            self.awdb_mut(host).rows = self.central.clone();
        }
        self.awdb_mut(host).distributor_stopped = !runs;
        arrives
    }

    /// An administrator gives an agent another password, or takes it away from him to sign in.
    pub fn awdb_change(&mut self, agent: &str, password: Option<&str>, enabled: bool) {
        let what = if enabled { "may sign in" } else { "may no longer sign in" };
        let other = if password.is_some() { ", with another password" } else { "" };
        self.recorder.note(self.now, Part::Visitor.alone(Kind::Deed), format_args!("{agent} {what}{other}"));
        let Some(row) = self.central.get_mut(agent) else { return };
        if let Some(password) = password {
            row.password = password.to_owned();
        }
        (row.enabled, row.mark) = (enabled, row.mark.wrapping_add(1));
        for host in [Host::Primary, Host::Secondary] {
            if !self.awdb(host).distributor_stopped {
                self.awdb_mut(host).rows = self.central.clone();
            }
        }
    }

    pub(super) fn check_password(&mut self, node: usize, query: QueryId, host: Host, given: (&str, &str)) {
        self.awdb_mut(host).asked += 1;
        let question = Part::Node(node).to(Part::Awdb(host), Kind::Request);
        self.recorder.note(self.now, question, format_args!("who is {}, and is that the password?", given.0));
        self.count_question(node, host, true, self.awdb(host).answers());
        let Some(delay) = self.awdb(host).delay() else { return };
        let answer = match self.awdb(host).reached(host) {
            Ok(()) => self.verdict(host, given),
            Err(why) => Err(SignInError::Unreachable(why)),
        };
        let line = Part::Awdb(host).to(Part::Node(node), Kind::Answer);
        let says = match &answer {
            Ok(_) => "yes",
            Err(SignInError::Refused(why)) => why,
            Err(SignInError::Unreachable(why) | SignInError::Unusable(why)) => why,
        };
        self.recorder.note(self.now, line, format_args!("{says} (takes {delay:?})"));
        self.hears_later(node, delay, ToNode::Checked { query, answer });
    }

    pub(super) fn probe_awdb(&mut self, node: usize, query: QueryId, host: Host) {
        self.count_question(node, host, false, self.awdb(host).answers());
        let Some(delay) = self.awdb(host).delay() else { return };
        let time = self.awdb(host).reached(host).map(|()| {
            let stopped = self.awdb(host).distributor_stopped;
            self.awdb_mut(host).clock += u64::from(!stopped);
            self.awdb(host).clock.to_string()
        });
        let line = Part::Awdb(host).to(Part::Node(node), Kind::Pulse);
        let says = time.as_ref().unwrap_or_else(|why| why);
        self.recorder.note(self.now, line, format_args!("distributor's clock: {says}"));
        self.hears_later(node, delay, ToNode::Probed { query, time });
    }

    pub(super) fn read_people(&mut self, node: usize, host: Host) {
        let (Some(delay), Ok(())) = (self.awdb(host).delay(), self.awdb(host).reached(host)) else { return };
        let agents = self.plan.switch().agents.iter().filter_map(|agent| self.stored(host, agent)).collect();
        self.hears_later(node, delay, ToNode::People(People { agents, skill_groups: Vec::new() }));
    }

    fn stored(&self, host: Host, agent: &AgentConfig) -> Option<Seen<Person>> {
        let row = self.awdb(host).rows.get(&agent.id)?;
        Some(if row.enabled { Seen::As(self.accepted(agent, row)) } else { Seen::Barred(agent.id.clone()) })
    }

    fn verdict(&self, host: Host, (user, password): (&str, &str)) -> Result<Accepted<Person>, SignInError> {
        let agents = &self.plan.switch().agents;
        let agent = agents
            .iter()
            .find(|agent| agent.id == user || agent.login_name.to_uppercase() == user.to_uppercase());
        let Some((agent, row)) = agent.and_then(|agent| Some((agent, self.awdb(host).rows.get(&agent.id)?)))
        else {
            return Err(SignInError::Refused("no such user"));
        };
        match (row.enabled, row.password == password) {
            (false, _) => Err(SignInError::Refused("LoginEnabled is not Y")),
            (true, false) => Err(SignInError::Refused("wrong password")),
            (true, true) => Ok(self.accepted(agent, row)),
        }
    }

    fn accepted(&self, agent: &AgentConfig, row: &Row) -> Accepted<Person> {
        Accepted {
            id: agent.id.clone(),
            login_name: agent.login_name.clone(),
            mark: [row.mark; 16],
            person: self.person(agent),
        }
    }

    fn person(&self, agent: &AgentConfig) -> Person {
        let team = |id: u32| self.plan.switch().team(id).map(|team| (TeamId(team.id), team.name.clone()));
        let teams = self.plan.switch().teams.iter().filter(|team| team.supervisors.contains(&agent.id));
        Person {
            id: AgentId::new(&agent.id),
            login_name: agent.login_name.clone(),
            first_name: agent.first_name.clone(),
            last_name: agent.last_name.clone(),
            supervisor: agent.supervisor,
            team: agent.team.and_then(team),
            supervises: teams.map(|team| (TeamId(team.id), team.name.clone())).collect(),
        }
    }

    pub(super) fn hears_later(&mut self, node: usize, delay: Duration, news: ToNode) {
        let Some(seat) = self.seats.get(node) else { return };
        self.queue.put(self.now + delay, Happening::ToNode { node, life: seat.life, news });
    }

    pub(super) fn awdb(&self, host: Host) -> &Awdb {
        match host {
            Host::Primary => &self.awdbs.0,
            Host::Secondary => &self.awdbs.1,
        }
    }

    fn awdb_mut(&mut self, host: Host) -> &mut Awdb {
        match host {
            Host::Primary => &mut self.awdbs.0,
            Host::Secondary => &mut self.awdbs.1,
        }
    }
}
