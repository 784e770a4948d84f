use std::time::Duration;

use node::api::{HttpRequest, NOT_CHECKED};
use node::failover::awdb::Host;
use node::failover::client;
use node::failover::cti::Side;
use node::{HttpId, api::HttpResponse};
use switch::Command;

use super::driver::{Arrived, Client, Dial, Driver, ForcedLogout, Reply, Trouble};
use super::knock::{Credentials, HostFault, Name, Password};
use super::step::{Fault, Request, Server, Setting};
use super::truth::Truth;
use crate::net::Gate;
use crate::peer::PeerGate;
use crate::recorder::Keep;
use crate::seen::Seen;
use crate::world::{AwdbFault, Leave, Plan, World};

/// No answer of a node takes longer in a world without broken links between desktops and nodes.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);
/// How long is waited for a desktop to open.
const OPEN_WITHIN: Duration = Duration::from_secs(2);

/// Requests of people as CTI knows them (mapping.md section 3.5 and 1).
const COMMANDS: [&str; 7] = [
    "SET_AGENT_STATE_REQ",
    "SET_CALL_DATA_REQ",
    "MAKE_CALL_REQ",
    "ANSWER_CALL_REQ",
    "HOLD_CALL_REQ",
    "RETRIEVE_CALL_REQ",
    "CLEAR_CONNECTION_REQ",
];

/// An answer that comes in two halves with a pause between.
const HALF_PACKETS: Duration = Duration::from_millis(20);
/// What nobody's password is.
const WRONG: &str = "guess";
/// Agents of a world: rows that need many people who are not known yet take as many.
const AGENTS: usize = 20;

/// ClientIDs of the desktop servers.
const CLIENTS: [&str; 2] = ["holdfast-1", "holdfast-2"];

/// Carries out rows in a simulated world: hours pass in milliseconds.
pub struct InVirtualTime {
    seed: u64,
    world: World,
    /// The node under test.
    node: usize,
    /// How many events a desktop had seen when it was opened last.
    opened_at: Vec<usize>,
    /// Whether conferences were ever told wrong: what the world's own rules say of quiet moments needs true news.
    misled: bool,
}

impl InVirtualTime {
    /// The seed decides delays and how bytes are cut.
    pub fn new(seed: u64) -> Self {
        let world = World::new(plan(seed), Keep::Fingerprint);
        Self { seed, world, node: 0, opened_at: Vec::new(), misled: false }
    }

    fn desktop(&self, agent: &str) -> Result<usize, Trouble> {
        self.world.desktop_of(agent).ok_or_else(|| Trouble(format!("no agent {agent}")))
    }

    /// The node dies, and every browser turns to the other one.
    fn kill_node(&mut self) {
        (0..self.world.desktops()).for_each(|index| self.opens(index));
        self.world.crash(self.node);
        self.node = 1;
        (0..self.world.desktops()).for_each(|index| self.world.move_desktop(index, 1));
    }

    /// Events count from now on.
    fn opens(&mut self, index: usize) {
        self.opened_at.resize(self.world.desktops(), 0);
        let seen = self.world.seen(index).len();
        self.opened_at.get_mut(index).into_iter().for_each(|at| *at = seen);
    }

    fn answer(&mut self, id: Option<HttpId>, request: Request<'_>) -> Result<Reply, Trouble> {
        let id = id.ok_or_else(|| Trouble("nobody can ask".into()))?;
        let end = self.world.now() + ANSWER_WITHIN;
        loop {
            if let Some(response) = self.world.answer(id) {
                return Ok(reply(response));
            }
            if self.world.now() >= end {
                return Err(Trouble(format!("{} {} is not answered", request.method, request.path)));
            }
            self.advance(Duration::from_millis(1))?;
        }
    }

    fn without_desktop(&self, request: Request<'_>) -> HttpRequest {
        let (path, query) = request.path.split_once('?').unwrap_or((request.path, ""));
        HttpRequest {
            method: request.method.into(),
            query: query.into(),
            request_id: Some(format!("r{}", self.world.now().as_micros())),
            content_type: Some("application/xml".into()),
            body: request.body.into(),
            ..HttpRequest::page(path)
        }
    }

    /// What somebody types.
    fn typed(&self, who: Credentials) -> Result<(String, String), Trouble> {
        let agent = self.world.plan().switch().agent(who.agent);
        let agent = agent.ok_or_else(|| Trouble(format!("no agent {}", who.agent)))?;
        let name = match who.name {
            Name::Id => agent.id.clone(),
            Name::Login => agent.login_name.to_uppercase(),
        };
        let password = match who.password {
            Password::Right => agent.password.clone(),
            Password::Wrong => WRONG.to_owned(),
        };
        Ok((name, password))
    }

    fn advance(&mut self, time: Duration) -> Result<(), Trouble> {
        self.world.run_for(time);
        if !self.misled {
            self.world.check();
        }
        match self.world.broken() {
            Some(rule) => Err(Trouble(rule.into())),
            None => Ok(()),
        }
    }
}

impl Driver for InVirtualTime {
    fn start(&mut self, settings: &[Setting], nodes: usize) -> Result<(), Trouble> {
        *self = Self::new(self.seed);
        let mut plan = plan(self.seed);
        plan.nodes = nodes;
        settings.iter().try_for_each(|setting| apply(&mut plan, setting))?;
        plan.cti_rules = plan.cti.clone();
        self.world = World::new(plan, Keep::Fingerprint);
        self.world.keep_seen();
        Ok(())
    }

    fn now(&self) -> Duration {
        self.world.now()
    }

    fn wait(&mut self, time: Duration) -> Result<(), Trouble> {
        self.advance(time)
    }

    fn fault(&mut self, fault: Fault) -> Result<(), Trouble> {
        match fault {
            Fault::Kill(side) => self.command(Command::KillSide(side)),
            Fault::Revive(side) => self.command(Command::ReviveSide(side)),
            Fault::Mute(side) => self.command(Command::MuteHeartbeats(side, true)),
            Fault::PeripheralOffline => self.command(Command::PeripheralOffline),
            Fault::PeripheralOnline => self.command(Command::PeripheralOnline),
            Fault::Refuse(side) => {
                self.world.set_gate(self.node, side, Gate::Refuse);
                Ok(())
            }
            Fault::Reset(side) => {
                self.world.reset(self.node, side);
                Ok(())
            }
            Fault::Clear(side) => {
                self.world.set_gate(self.node, side, Gate::Open);
                self.command(Command::MuteHeartbeats(side, false))
            }
            Fault::KillNode => {
                self.kill_node();
                Ok(())
            }
            Fault::CutLink => {
                self.world.set_peer_gate(PeerGate::Refuse);
                Ok(())
            }
            Fault::Load(load) => self.command(Command::OnClientLoss(load)),
            Fault::Awdb(host, fault) => {
                self.world.awdb_fault(host, as_told(fault));
                Ok(())
            }
            Fault::Distributor(host, runs) => {
                self.world.awdb_distributor(host, runs);
                Ok(())
            }
            Fault::Kill9(server) => {
                self.world.crash(server.index());
                Ok(())
            }
            Fault::Start(server) => {
                self.world.restart(server.index());
                Ok(())
            }
            Fault::Service(server, name, run) => {
                self.world.service(server.index(), name, run);
                Ok(())
            }
            Fault::LoseCti(server, lost) => {
                let gate = if lost { Gate::Refuse } else { Gate::Open };
                [Side::A, Side::B]
                    .into_iter()
                    .for_each(|side| self.world.set_gate(server.index(), side, gate));
                Ok(())
            }
            Fault::LoseTransport(agent) | Fault::Delay(agent, ..) => self.client(agent).map(drop),
            Fault::News(news) => {
                self.misled |= news.is_some();
                self.command(Command::WrongConferences(news))
            }
        }
    }

    fn command(&mut self, command: Command) -> Result<(), Trouble> {
        self.world.command(command).map(drop).map_err(|error| Trouble(error.to_string()))
    }

    fn open_desktop(&mut self, agent: &str) -> Result<(), Trouble> {
        let index = self.desktop(agent)?;
        self.opens(index);
        self.world.open_desktop(index);
        let end = self.world.now() + OPEN_WITHIN;
        while self.world.desktop(index).is_some_and(|desktop| !desktop.is_open()) {
            if self.world.now() >= end {
                return Err(Trouble(format!("the desktop of {agent} does not open")));
            }
            self.advance(Duration::from_millis(5))?;
        }
        Ok(())
    }

    fn open_desktop_at(&mut self, agent: &str, server: Server) -> Result<(), Trouble> {
        let index = self.desktop(agent)?;
        self.world.move_desktop(index, server.index());
        self.open_desktop(agent)
    }

    fn leave(&mut self, agent: &str, how: Leave) -> Result<(), Trouble> {
        let index = self.desktop(agent)?;
        self.world.close_desktop(index, how);
        Ok(())
    }

    fn ask(&mut self, agent: &str, request: Request<'_>) -> Result<Reply, Trouble> {
        let id = match agent {
            "" => self.world.visit(self.node, request.path),
            agent => {
                let index = self.desktop(agent)?;
                self.world.press(index, request.method, request.path, request.body)
            }
        };
        self.answer(id, request)
    }

    fn dials(&mut self) -> Result<Vec<Dial>, Trouble> {
        let ours = self.world.dialed().iter().filter(|dial| dial.node == self.node);
        Ok(ours.map(|dial| Dial { at: dial.at, side: dial.side }).collect())
    }

    fn arrived(&mut self, side: Side) -> Result<Arrived, Trouble> {
        let counters = self.world.pair().counters(side);
        let commands = COMMANDS.iter().filter_map(|name| counters.requests.get(name)).sum();
        Ok(Arrived { heartbeats: counters.heartbeats, confirmed: counters.heartbeats_answered, commands })
    }

    fn seen(&mut self, agent: &str) -> Result<Vec<Seen>, Trouble> {
        let index = self.desktop(agent)?;
        let from = self.opened_at.get(index).copied().unwrap_or(0);
        Ok(self.world.seen(index).iter().skip(from).cloned().collect())
    }

    fn truth(&mut self, agent: &str) -> Result<Truth, Trouble> {
        let pair = self.world.pair();
        let found = pair.switch().agent(agent).ok_or_else(|| Trouble(format!("no agent {agent}")))?;
        let truth = pair.truth(self.world.now());
        Truth::of(&truth, agent, &found.config.extension).ok_or_else(|| Trouble(format!("no agent {agent}")))
    }

    fn told_wrong(&mut self) -> Result<u64, Trouble> {
        Ok(self.world.pair().truth(self.world.now()).wrong_conferences_told)
    }

    fn all_in_service(&mut self) -> Result<bool, Trouble> {
        Ok((0..self.world.nodes()).all(|node| self.world.in_service(node)))
    }

    fn linked(&mut self) -> Result<bool, Trouble> {
        Ok(self.world.peers_exchanged())
    }

    fn open_pair(&mut self, _agent: &str, _settings: &client::Settings) -> Result<(), Trouble> {
        Err(Trouble("no desktop of a simulated world knows two servers".into()))
    }

    fn client(&mut self, agent: &str) -> Result<Client, Trouble> {
        Err(Trouble(format!("{agent} has no desktop of two servers")))
    }

    fn forced_logouts(&mut self) -> Result<Vec<ForcedLogout>, Trouble> {
        Ok(ForcedLogout::among(self.world.pair().request_log().iter(), CLIENTS))
    }

    fn knock(&mut self, who: Credentials, request: Request<'_>) -> Result<Reply, Trouble> {
        let (name, password) = self.typed(who)?;
        let asked = self.without_desktop(request);
        let id = self.world.knock_for(self.node, who.agent, (&name, &password), asked);
        self.answer(id, request)
    }

    fn administer(&mut self, request: Request<'_>) -> Result<Reply, Trouble> {
        let asked = self.without_desktop(request);
        let id = self.world.administer(self.node, asked);
        self.answer(id, request)
    }

    fn awdb_asked(&mut self, host: Host) -> Result<u64, Trouble> {
        Ok(self.world.awdb_asked(host))
    }
}

fn reply(response: HttpResponse) -> Reply {
    let since = response.headers.into_iter().find(|(name, _)| *name == NOT_CHECKED);
    Reply { status: response.status, body: response.body, not_checked: since.map(|(_, value)| value) }
}

/// Questions and answers have no connections and packets: all that matters is whether an answer comes, and when.
fn as_told(fault: HostFault) -> AwdbFault {
    match fault {
        HostFault::Clear | HostFault::Reset => AwdbFault::None,
        HostFault::Kill | HostFault::Refuse => AwdbFault::Refuse,
        HostFault::Hang | HostFault::HangLogin | HostFault::HangResult | HostFault::Blackhole => {
            AwdbFault::Hang
        }
        HostFault::HalfPackets => AwdbFault::Slow(HALF_PACKETS),
    }
}

fn plan(seed: u64) -> Plan {
    let mut plan = Plan::new(seed).with_agents(AGENTS);
    plan.nodes = 1;
    plan
}

/// The settings that rows and their controls change.
fn apply(plan: &mut Plan, setting: &Setting) -> Result<(), Trouble> {
    let Setting { key, value } = setting;
    let (cti, presence, awdb) = (&mut plan.cti, &mut plan.presence, &mut plan.awdb);
    let done = match key.as_str() {
        "cti.duplex" => value.parse().map(|duplex| cti.duplex = duplex).ok(),
        "cti.b" => (value == "none").then(|| cti.has_b = false),
        "cti.attempts_per_side" => value.parse().map(|attempts| cti.attempts_per_side = attempts).ok(),
        "cti.heartbeat_misses" => value.parse().map(|misses| cti.heartbeat_misses = misses).ok(),
        "cti.heartbeat_interval" => duration(value).map(|interval| cti.heartbeat_interval = interval),
        "cti.retry" => duration(value).map(|pause| cti.retry = pause),
        "cti.retry_first" => duration(value).map(|pause| cti.retry_first = pause),
        "cti.attempt_timeout" => duration(value).map(|limit| cti.attempt_timeout = limit),
        "presence.detection" => duration(value).map(|time| presence.detection = time),
        "presence.grace" => duration(value).map(|time| presence.grace = time),
        "presence.comeback" => duration(value).map(|time| presence.comeback = time),
        "presence.fencing" => on_or_off(value).map(|on| plan.fencing = on),
        "awdb.secondary" => (value == "none").then(|| awdb.secondary = false),
        "awdb.cache" => duration(value).map(|window| awdb.window = window),
        "awdb.hedge" => hedge(value).map(|hedge| awdb.hedge = hedge),
        "awdb.attempt_timeout" => duration(value).map(|limit| awdb.attempt = limit),
        "awdb.probe_interval" => duration(value).map(|interval| awdb.probe = interval),
        "awdb.refresh_interval" => duration(value).map(|interval| awdb.refresh = interval),
        "awdb.distributor_limit" => duration(value).map(|limit| awdb.distributor_limit = limit),
        "awdb.require_distributor" => value.parse().map(|required| awdb.require_distributor = required).ok(),
        _ => None,
    };
    done.ok_or_else(|| Trouble(format!("setting {key}={value} means nothing here")))
}

/// `on` is the time by default.
fn hedge(text: &str) -> Option<Option<Duration>> {
    let default = node::failover::awdb::Settings::default().hedge;
    on_or_off(text).map(|on| default.filter(|_| on))
}

fn on_or_off(text: &str) -> Option<bool> {
    match text {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

fn duration(text: &str) -> Option<Duration> {
    match text.strip_suffix("ms") {
        Some(millis) => millis.parse().map(Duration::from_millis).ok(),
        None => text.strip_suffix('s')?.parse().map(Duration::from_secs).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::{Row, cti, run};

    fn failing(extra: &[Setting]) -> Vec<&'static str> {
        let reports =
            cti().iter().map(|row: &Row| run(row, extra, &mut InVirtualTime::new(1))).collect::<Vec<_>>();
        reports.iter().filter(|report| !report.passed).map(|report| report.id).collect()
    }

    #[test]
    fn every_row_passes() {
        let reports: Vec<_> = cti().iter().map(|row| run(row, &[], &mut InVirtualTime::new(7))).collect();
        let failed: Vec<_> = reports.iter().filter(|report| !report.passed).collect();
        assert!(failed.is_empty(), "{failed:#?}");
        assert!(reports.iter().all(|report| report.evidence != crate::rows::Evidence::default()));
    }

    #[test]
    fn four_attempts_fail_exactly_the_rows_that_count_attempts() {
        assert_eq!(failing(&[Setting::new("cti.attempts_per_side", "4")]), ["CTI-4", "CTI-5", "CTI-6"]);
    }

    #[test]
    fn two_misses_fail_exactly_the_row_that_counts_misses() {
        assert_eq!(failing(&[Setting::new("cti.heartbeat_misses", "2")]), ["CTI-7"]);
    }

    #[test]
    fn a_setting_that_nobody_knows_fails_every_row() {
        assert_eq!(failing(&[Setting::new("cti.attempts", "4")]).len(), cti().len());
    }

    #[test]
    fn durations_as_people_write_them() {
        assert_eq!(duration("200ms"), Some(Duration::from_millis(200)));
        assert_eq!(duration("5s"), Some(Duration::from_secs(5)));
        assert_eq!(duration("5"), None);
    }
}
