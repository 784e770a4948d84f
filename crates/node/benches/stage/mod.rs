//! A node in service among a scripted CTI server and desktops, in virtual time.

mod desktops;
pub(crate) mod server;

use std::time::Duration;

use ged188::{Message, Version};
use node::domain::{AgentId, Now, Person, Resources, Secret, WallMs};
use node::failover::cti::{Epoch, Settings};
use node::{Accepted, Config, HttpId, Input, LinkNews, Node, Output, RecoveryConfig, SessionConfig, ged188};

use desktops::Desktops;
use server::Server;

/// The version of the main target.
pub(crate) const VERSION: Version = Version::V17;

pub(crate) struct Stage {
    pub(crate) node: Node,
    pub(crate) server: Server,
    desktops: Desktops,
    now: Duration,
    epoch: Epoch,
    dialed: bool,
    last_http: u64,
}

impl Stage {
    /// In service with so many agents signed in, each at a desktop or all of them without one.
    pub(crate) fn new(agents: usize, with_desktops: bool) -> Self {
        let now = Now { mono: Duration::ZERO, wall: WallMs(0) };
        let mut stage = Self {
            node: Node::new(config(), now),
            server: Server::new(agents),
            desktops: Desktops::default(),
            now: Duration::ZERO,
            epoch: Epoch(0),
            dialed: false,
            last_http: 0,
        };
        stage.settle();
        assert!(stage.in_service());
        for agent in (0..agents).filter(|_| with_desktops) {
            stage.open_desktop(agent);
        }
        stage
    }

    pub(crate) fn in_service(&self) -> bool {
        self.node.status().info.in_service
    }

    /// Notifications and other replies that desktops have got so far.
    pub(crate) fn replies(&self) -> usize {
        self.desktops.replies
    }

    /// One input and what comes of it, but nobody reacts yet.
    pub(crate) fn input(&mut self, input: Input) {
        self.node.handle(input, self.now());
        self.drain();
    }

    pub(crate) fn link(&mut self, news: LinkNews) {
        self.input(Input::Link { epoch: self.epoch, news });
    }

    /// A message of the server, and all reactions to it.
    pub(crate) fn say(&mut self, message: &Message) {
        self.link(LinkNews::Bytes(message.encode(VERSION).unwrap()));
        self.settle();
    }

    /// Server and desktops react until there is nothing left to react to.
    pub(crate) fn settle(&mut self) {
        self.drain();
        loop {
            if std::mem::take(&mut self.dialed) {
                self.link(LinkNews::Connected);
            } else if let Some(bytes) = self.server.take_answers() {
                self.link(LinkNews::Bytes(bytes));
            } else if let Some(body) = self.desktops.next_poll() {
                self.bosh(body);
            } else {
                return;
            }
        }
    }

    /// Lets time pass.
    pub(crate) fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while let Some((at, _)) = self.node.poll_timeout().filter(|(at, _)| *at <= end) {
            self.now = at.max(self.now);
            self.node.handle_timeout(self.now());
            self.settle();
        }
        self.now = end;
    }

    fn now(&self) -> Now {
        Now { mono: self.now, wall: WallMs(self.now.as_millis() as i64) }
    }

    fn drain(&mut self) {
        while let Some(output) = self.node.poll_output() {
            match output {
                Output::Dial { epoch, .. } => (self.epoch, self.dialed) = (epoch, true),
                Output::Write { bytes, .. } => self.server.hear(&bytes),
                Output::BoshReply { id, body, .. } => self.desktops.answered(id, &body),
                Output::Check { query, user, .. } => self.desktops.check(query, user),
                Output::HangUp { .. } => self.server.hung_up(),
                Output::HttpReply { .. }
                | Output::Probe { .. }
                | Output::ReadPeople { .. }
                | Output::CheckAdministrator { .. }
                | Output::TryDatabase { .. }
                | Output::Work(_)
                | Output::Persist { .. }
                | Output::KeepClientLog { .. }
                | Output::UseDatabase(_)
                | Output::WireWrite { .. }
                | Output::WirePing { .. }
                | Output::WireStartTls { .. }
                | Output::WireHangUp { .. }
                | Output::PeerSend { .. }
                | Output::Standing(_)
                | Output::PeerClose { .. }
                | Output::Services(_)
                | Output::Remember { .. }
                | Output::Published(_)
                | Output::Story(_) => {}
            }
        }
    }

    fn bosh(&mut self, (agent, body): (usize, String)) {
        self.last_http += 1;
        let id = HttpId(self.last_http);
        self.desktops.asked(id, agent);
        self.input(Input::Bosh { id, body: body.into_bytes() });
    }

    fn open_desktop(&mut self, agent: usize) {
        self.desktops.open(agent, server::agent_id(agent));
        self.settle();
        let (query, user) = self.desktops.take_check().unwrap();
        let person = person(&user);
        let (id, login_name) = (person.id.to_string(), person.login_name.clone());
        self.input(Input::Checked { query, answer: Ok(Accepted { id, login_name, mark: [0; 16], person }) });
        self.settle();
    }
}

fn person(user: &str) -> Person {
    Person {
        id: AgentId::new(user),
        login_name: format!("agent{user}"),
        first_name: "Hanako".into(),
        last_name: "Yamada".into(),
        supervisor: false,
        team: None,
        supervises: Vec::new(),
    }
}

fn config() -> Config {
    Config {
        host: "fin-a".into(),
        primary: "fin-a".into(),
        secondary: None,
        peripheral_id: server::PERIPHERAL,
        timezone_offset_minutes: 0,
        cti: Settings::default(),
        session: SessionConfig {
            client_id: "bench".into(),
            password: Secret::new(""),
            versions: VERSION..=VERSION,
        },
        recovery: RecoveryConfig::default(),
        presence: node::failover::presence::Settings::default(),
        fence: node::failover::fence::Settings::new(node::failover::fence::Rank::Primary),
        xmpp: node::xmpp::ServiceConfig::new("fin-a"),
        settings: node::Settings::default(),
        administrators: node::failover::administrators::Settings::default(),
        resources: Resources::default(),
        key: node::Key([7; 32]),
        credentials_key: node::Key([8; 32]),
        awdb: every_request_is_checked(),
    }
}

/// Nobody is known longer than a moment: a check can be told apart from a request.
fn every_request_is_checked() -> node::failover::awdb::Settings {
    node::failover::awdb::Settings { window: Duration::ZERO, ..Default::default() }
}
