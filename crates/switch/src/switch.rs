//! The truth of the other side: who is signed in where, which calls there are, who waits.
//!
//! Owns devices, agents, calls and queues. Never sees a byte or a session: it takes requests and commands, and
//! gives out the CTI messages that tell of each change. Driven by `CtiPair`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use ged188::Message;

use crate::agents::Agent;
use crate::call::Stage;
use crate::calls::Calls;
use crate::config::SwitchConfig;
use crate::desk::Load;
use crate::dialer::Dialer;
use crate::timers::{Timer, Timers};

/// A message to every CTI client that wants it, and what it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The message, with MonitorID 0.
    pub message: Message,
    /// Devices concerned: whoever monitors one of them gets the message.
    pub devices: Vec<String>,
    /// The call concerned.
    pub call: Option<u32>,
    /// The agent concerned.
    pub agent: Option<String>,
}

/// The switch.
#[derive(Clone, Debug)]
pub struct Switch {
    pub(crate) config: SwitchConfig,
    pub(crate) load: Load,
    pub(crate) agents: BTreeMap<String, Agent>,
    /// Extension → AgentID of who is signed in there.
    pub(crate) phones: BTreeMap<String, Option<String>>,
    /// TeamID → AgentIDs of members and supervisors.
    pub(crate) teams: BTreeMap<u32, Vec<String>>,
    pub(crate) calls: Calls,
    pub(crate) dialer: Dialer,
    /// SkillGroupNumber → waiting calls, the oldest first.
    pub(crate) queues: BTreeMap<u32, VecDeque<u32>>,
    /// Available agents, the longest available first.
    pub(crate) available: BTreeSet<(Duration, String)>,
    pub(crate) timers: Timers,
    pub(crate) route_due: bool,
    pub(crate) freed_phones: Vec<String>,
    pub(crate) router_key: u32,
    online: bool,
    events: VecDeque<Event>,
    stories: VecDeque<(&'static str, String)>,
}

impl Switch {
    /// A switch at rest: nobody is signed in, no calls.
    pub fn new(config: SwitchConfig, load: Load) -> Self {
        let agents: BTreeMap<_, _> =
            config.agents.iter().map(|agent| (agent.id.clone(), Agent::new(agent.clone()))).collect();
        let own = config.agents.iter().map(|agent| agent.extension.clone());
        let phones = own.chain(config.spare_extensions.iter().cloned()).map(|phone| (phone, None)).collect();
        Self {
            load,
            agents,
            teams: config.team_lists(),
            phones,
            calls: Calls::default(),
            dialer: Dialer::default(),
            queues: BTreeMap::new(),
            available: BTreeSet::new(),
            timers: Timers::default(),
            route_due: false,
            freed_phones: Vec::new(),
            router_key: 0,
            online: true,
            events: VecDeque::new(),
            stories: VecDeque::new(),
            config,
        }
    }

    /// The configuration.
    pub fn config(&self) -> &SwitchConfig {
        &self.config
    }
    /// An agent.
    pub fn agent(&self, id: &str) -> Option<&Agent> {
        self.agents.get(id)
    }
    /// All agents by AgentID.
    pub fn agents(&self) -> impl Iterator<Item = &Agent> {
        self.agents.values()
    }
    /// The calls.
    pub fn calls(&self) -> &Calls {
        &self.calls
    }
    /// Whether this is a phone of the switch.
    pub fn is_phone(&self, device: &str) -> bool {
        self.phones.contains_key(device)
    }
    /// Whether the CTI servers can reach the switch.
    pub fn online(&self) -> bool {
        self.online
    }

    /// Loses or regains the link to the CTI servers. While it is lost, calls go on and nobody is told.
    pub(crate) fn set_online(&mut self, online: bool) {
        self.online = online;
    }
    pub(crate) fn set_load(&mut self, load: Load) {
        self.load = load;
    }

    /// Does what is due. Spurious calls are harmless.
    pub(crate) fn handle_timeout(&mut self, now: Duration) {
        while let Some((at, timer)) = self.timers.pop_due(now) {
            self.expire(timer, at);
            self.route(at);
        }
    }

    /// The next deadline.
    pub(crate) fn poll_timeout(&self) -> Option<(Duration, &Timer)> {
        self.timers.next()
    }

    /// The next message to tell.
    pub(crate) fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// The next line of the timeline.
    pub(crate) fn poll_story(&mut self) -> Option<(&'static str, String)> {
        self.stories.pop_front()
    }

    /// Tells CTI clients, unless the link to the CTI servers is lost.
    pub(crate) fn tell(&mut self, event: Event) {
        if self.online {
            self.events.push_back(event);
        }
    }

    pub(crate) fn story(&mut self, what: &'static str, text: String) {
        self.stories.push_back((what, text));
    }

    fn expire(&mut self, timer: Timer, now: Duration) {
        match timer {
            Timer::Deliver { call } => self.deliver(call, now),
            Timer::Ringing { call } => self.end_ringing(call, now),
            Timer::Dialed { call } => self.dialed(call, now),
            Timer::NailUp { agent } => self.nailed_up(&agent, now),
            Timer::Work { agent } => self.end_work(&agent, now),
            Timer::CallData { call } => self.forget_call(call, now),
        }
    }

    fn forget_call(&mut self, id: u32, now: Duration) {
        let over = |stage: &Stage| matches!(stage, Stage::Over { until } if *until <= now);
        if self.calls.get(id).is_some_and(|call| over(&call.stage)) {
            self.end_data(id);
        }
    }

    /// No more news of a call: END_CALL_EVENT, and its data are gone.
    pub(crate) fn end_data(&mut self, id: u32) {
        self.tell_end(id);
        self.calls.remove(id);
        self.dialer.forget(id);
    }
}
