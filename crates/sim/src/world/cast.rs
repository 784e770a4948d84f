use std::collections::BTreeSet;
use std::time::Duration;

use node::domain::{ReasonCategory, ReasonCode, Resources, Secret, WrapUpReason};
use node::failover::{client, cti, fence, presence};
use node::ged188::Version;
use node::{Config, Node, RecoveryConfig, Services, SessionConfig};
use switch::{AgentEvents, CtiPair, OnClientLoss, PairConfig, PairMode, StandbyAnswer, SwitchConfig, WrapUp};

use super::disk::Disk;
use super::{Hearing, Seat, Whim};
use crate::desktop::Person;
use crate::peer::PRIMARY;
use crate::rng::Rng;
use crate::turns::Turns;

/// As many stanzas wait for a client of a node with the default settings.
const QUEUE_MAX: usize = 256;

/// What a world is made of.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Decides everything that is left to chance.
    pub seed: u64,
    /// One or two.
    pub nodes: usize,
    /// Agents, each with a desktop.
    pub agents: usize,
    /// One way between a node and a CTI server.
    pub latency: Duration,
    /// Up to this much more, by chance.
    pub jitter: Duration,
    /// Dialing and heartbeats.
    pub cti: cti::Settings,
    /// What the watch holds dialing and heartbeats against: tests break nodes by other settings than these.
    pub cti_rules: cti::Settings,
    /// How state is read again.
    pub recovery: RecoveryConfig,
    /// Which AWDB is asked, and for how long people are known.
    pub awdb: node::failover::awdb::Settings,
    /// How the CTI servers share the work.
    pub mode: PairMode,
    /// What they do to the agents of a client that is gone.
    pub on_client_loss: OnClientLoss,
    /// The highest protocol version that they speak, 13 to 20.
    pub server_version_max: u8,
    /// One way between the nodes.
    pub peer_latency: Duration,
    /// When agents whose desktops are gone are logged out.
    pub presence: presence::Settings,
    /// Whether the other node is asked before that.
    pub fencing: bool,
    /// How far the wall clock of the secondary is ahead, in milliseconds.
    pub skew_ms: i64,
    /// Whether a campaign dialer offers customers to agents; people of walks look at it.
    pub outbound: bool,
    /// What was chosen for this world, in words: the first line of its recording, if it says anything.
    pub title: String,
    /// How desktops hear the answers to their polls: tests break desktops with it.
    pub hearing: Hearing,
    /// When desktops ask, try and move.
    pub client: client::Settings,
    /// What desktops do wrong: tests break desktops with it.
    pub whim: Whim,
    /// Stanzas that may wait for a client.
    pub queue_max: usize,
    /// Done to each node before its first moment: tests break nodes with it.
    pub prepare: fn(&mut Node),
    pub(super) turns: Turns,
    switch: SwitchConfig,
}

impl Plan {
    /// Two nodes, six agents, a local network, the default settings.
    pub fn new(seed: u64) -> Self {
        let agents = 6;
        Self {
            seed,
            nodes: 2,
            agents,
            latency: Duration::from_micros(500),
            jitter: Duration::from_micros(500),
            cti: cti::Settings::default(),
            cti_rules: cti::Settings::default(),
            recovery: RecoveryConfig::default(),
            awdb: node::failover::awdb::Settings { secondary: true, ..Default::default() },
            mode: PairMode::ActiveStandby {
                takeover: Duration::from_millis(300),
                standby: StandbyAnswer::Status15,
            },
            on_client_loss: OnClientLoss::Keep,
            server_version_max: 20,
            peer_latency: Duration::from_millis(1),
            presence: presence::Settings::default(),
            fencing: true,
            skew_ms: 0,
            outbound: false,
            title: String::new(),
            hearing: |_, answer| answer,
            client: client::Settings::default(),
            whim: Whim::None,
            queue_max: QUEUE_MAX,
            prepare: |_| {},
            turns: Turns::default(),
            switch: SwitchConfig { seed, ..SwitchConfig::demo(agents, "secret") },
        }
    }

    /// A world of any kind: its seed chooses delays, versions, how the CTI servers share the work, how they tell of
    /// agents, what becomes of lost agents, wrap-up, and the window of the recovery.
    pub fn by_chance(seed: u64) -> Self {
        let mut rng = Rng::new(seed ^ 0x00C0_FFEE);
        let mut plan = Self::new(seed);
        plan.latency =
            pick(&mut rng, &[200, 1_000, 10_000, 100_000]).map_or(plan.latency, Duration::from_micros);
        plan.jitter = plan.latency / 2;
        plan.recovery.window = pick(&mut rng, &[1, 2, 64]).unwrap_or(plan.recovery.window);
        plan.mode = pick(&mut rng, &modes()).unwrap_or(plan.mode);
        plan.server_version_max = pick(&mut rng, &[13, 15, 18, 20]).unwrap_or(plan.server_version_max);
        let losses = [OnClientLoss::Keep, OnClientLoss::Load0, OnClientLoss::Load1];
        plan.on_client_loss = pick(&mut rng, &losses).unwrap_or(plan.on_client_loss);
        let wrap_ups = [WrapUp::Required, WrapUp::Optional, WrapUp::NotAllowed];
        plan.switch.desk.wrap_up_incoming = pick(&mut rng, &wrap_ups).unwrap_or(WrapUp::Optional);
        plan.switch.desk.wrap_up_outgoing = pick(&mut rng, &wrap_ups).unwrap_or(WrapUp::NotAllowed);
        let events = [AgentEvents::OnePerChange, AgentEvents::OnePerSkillGroup];
        plan.switch.agent_events = pick(&mut rng, &events).unwrap_or(AgentEvents::OnePerChange);
        plan
    }

    /// What is configured at the switch.
    pub fn switch(&self) -> &SwitchConfig {
        &self.switch
    }

    /// The walk through it has these turns.
    pub fn with_turns(self, turns: Turns) -> Self {
        Self { turns, ..self }
    }

    /// The turns of the walk through it.
    pub fn turns(&self) -> &Turns {
        &self.turns
    }

    /// A campaign dialer offers customers to agents.
    pub fn with_campaigns(self) -> Self {
        Self { outbound: true, ..self }
    }

    /// So many agents.
    pub fn with_agents(mut self, agents: usize) -> Self {
        let demo = SwitchConfig::demo(agents, "secret");
        self.agents = agents;
        let SwitchConfig { desk, agent_events, .. } = self.switch;
        self.switch = SwitchConfig { seed: self.seed, desk, agent_events, ..demo };
        self
    }

    /// Fencing as a node does it.
    pub fn fence(&self, node: usize) -> fence::Settings {
        let rank = if node == PRIMARY { fence::Rank::Primary } else { fence::Rank::Secondary };
        fence::Settings { fencing: self.fencing, ..fence::Settings::new(rank) }
    }

    pub(super) fn seat(&self, node: usize) -> Seat {
        let skew_ms = if node == PRIMARY { 0 } else { self.skew_ms };
        Seat {
            life: 0,
            node: None,
            services: Services::default(),
            skew_ms,
            remembered: BTreeSet::new(),
            disk: Disk::default(),
            due: None,
        }
    }

    /// Host name of a node.
    pub fn host(&self, node: usize) -> String {
        format!("node-{}.example.test", node + 1)
    }

    pub(super) fn people(&self) -> Vec<Person> {
        let person = |agent: &switch::AgentConfig| Person {
            id: agent.id.clone(),
            password: agent.password.clone(),
            extension: agent.extension.clone(),
        };
        self.switch.agents.iter().map(person).collect()
    }

    pub(super) fn pair(&self, wall_ms: i64) -> CtiPair {
        let config = PairConfig {
            mode: self.mode,
            on_client_loss: self.on_client_loss,
            versions: 13..=u32::from(self.server_version_max),
            switch: self.switch.clone(),
        };
        CtiPair::new(config, Duration::ZERO, wall_ms)
    }

    pub(super) fn node_config(&self, node: usize) -> Config {
        Config {
            host: self.host(node),
            primary: self.host(0),
            secondary: (self.nodes > 1).then(|| self.host(1)),
            peripheral_id: self.switch.peripheral_id,
            timezone_offset_minutes: 540,
            cti: self.cti.clone(),
            session: SessionConfig {
                client_id: format!("holdfast-{}", node + 1),
                password: Secret::new(""),
                versions: Version::MIN..=Version::V20,
            },
            recovery: self.recovery.clone(),

            presence: self.presence.clone(),
            fence: self.fence(node),
            xmpp: node::xmpp::ServiceConfig {
                queue_stanzas_max: self.queue_max,
                ..node::xmpp::ServiceConfig::new(self.host(node))
            },
            settings: node::Settings::default(),
            administrators: node::failover::administrators::Settings::default(),
            resources: resources(),
            key: node::Key([u8::try_from(node).unwrap_or(u8::MAX); 32]),
            credentials_key: node::Key([u8::try_from(node).unwrap_or(u8::MAX); 32]),
            awdb: self.awdb.clone(),
        }
    }
}

fn pick<T: Copy>(rng: &mut Rng, choices: &[T]) -> Option<T> {
    rng.pick(choices).copied()
}

fn modes() -> [PairMode; 4] {
    let pair = |millis, standby| PairMode::ActiveStandby { takeover: Duration::from_millis(millis), standby };
    [
        pair(0, StandbyAnswer::Status15),
        pair(300, StandbyAnswer::RefuseConnect),
        pair(4_000, StandbyAnswer::Status15),
        PairMode::BothActive,
    ]
}

fn resources() -> Resources {
    let reason = |id, category, code, label: &str| ReasonCode {
        id,
        category,
        code,
        label: label.into(),
        for_all: true,
        system: false,
    };
    let reasons = [
        reason(1, ReasonCategory::NotReady, 12, "Lunch"),
        reason(2, ReasonCategory::NotReady, 13, "Meeting"),
        reason(3, ReasonCategory::Logout, 21, "End of shift"),
    ];
    let sales = WrapUpReason { id: 1, label: "Sales".into(), for_all: true };
    Resources {
        reasons: reasons.into_iter().collect(),
        wrap_ups: [sales].into_iter().collect(),
        ..Resources::default()
    }
}
