//! Queues, which CTI calls skill groups: which there are, whose they are, and what CTI counts in them (mapping.md
//! section 6).
//!
//! Owns names and statistics; [`round`] reads the statistics. Whose group it is stays with the agents, as
//! CONFIG_AGENT_EVENT tells it. All of it is kept over a loss: the first round afterwards publishes what differs.

mod configured;
mod round;
mod statistics;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::agents::Agent;
use crate::command::Change;
use crate::domain::Domain;
use crate::ids::{AgentId, QueueId, TeamId};
use crate::view::{QueueStatistics, QueueView};
use configured::Listing;
pub(crate) use round::Round;

/// Queues kept. A large deployment configures some thousands on one peripheral; this bounds what a peer can make us
/// hold.
const QUEUES_MAX: usize = 16_384;

/// One queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Queue {
    /// The key by which CONFIG_AGENT_EVENT names it.
    number: u32,
    name: String,
    statistics: QueueStatistics,
    /// Somebody gets its events.
    subscribed: bool,
}

/// All queues.
#[derive(Default)]
pub(crate) struct Queues {
    known: BTreeMap<QueueId, Queue>,
    pub(crate) round: Round,
    listing: Listing,
    /// What the AWDB calls them: shown of those that CTI does not name.
    enterprise_names: BTreeMap<QueueId, String>,
    /// Queues that changed while nothing could be published.
    unsaid: BTreeSet<QueueId>,
}

impl Queues {
    /// The session is gone, and with it what was asked and what was being listed.
    pub(crate) fn lost(&mut self) {
        self.round.stop();
        self.listing = Listing::default();
    }

    /// When the next round begins; without a queue there is none.
    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        self.round.next_deadline().filter(|_| !self.known.is_empty())
    }

    fn view(&self, id: QueueId) -> Option<QueueView> {
        let queue = self.known.get(&id)?;
        Some(QueueView { id, name: self.name(id, queue).to_owned(), statistics: queue.statistics })
    }

    /// PeripheralName, else EnterpriseName (mapping.md section 6).
    fn name<'a>(&'a self, id: QueueId, queue: &'a Queue) -> &'a str {
        let enterprise = || self.enterprise_names.get(&id).map_or("", String::as_str);
        if queue.name.is_empty() { enterprise() } else { &queue.name }
    }

    /// The queues with these numbers, by id.
    fn numbered<'a>(&'a self, numbers: &'a BTreeSet<u32>) -> impl Iterator<Item = QueueId> + 'a {
        self.known.iter().filter(|(_, queue)| numbers.contains(&queue.number)).map(|(id, _)| *id)
    }
}

impl Domain {
    /// What an AWDB calls the skill groups. Those that it does not list keep their names.
    pub fn name_queues(&mut self, names: impl IntoIterator<Item = (QueueId, String)>) {
        for (id, name) in names {
            let shown = self.queues.known.get(&id).is_some_and(|queue| queue.name.is_empty());
            let has_place = self.queues.enterprise_names.len() < QUEUES_MAX;
            let before = match self.queues.enterprise_names.get(&id) {
                None if !has_place => continue,
                _ => self.queues.enterprise_names.insert(id, name.clone()),
            };
            if shown && before.as_ref() != Some(&name) {
                self.queue_changed(id);
            }
        }
    }

    /// One queue, if the configuration names it.
    pub fn queue(&self, id: QueueId) -> Option<QueueView> {
        self.queues.view(id)
    }

    /// How many queues the configuration names.
    pub fn queue_count(&self) -> usize {
        self.queues.known.len()
    }

    /// The queues of an agent; for a supervisor also those of the members of his teams. By id.
    pub fn queues_of(&self, agent: &AgentId) -> Vec<QueueView> {
        let numbers = self.numbers_of(agent);
        self.queues.numbered(&numbers).filter_map(|id| self.queues.view(id)).collect()
    }

    /// The queue is one of [`Domain::queues_of`].
    pub fn has_queue(&self, agent: &AgentId, id: QueueId) -> bool {
        let number = self.queues.known.get(&id).map(|queue| queue.number);
        number.is_some_and(|number| self.numbers_of(agent).contains(&number))
    }

    /// Somebody gets the events of this queue: it is read from now on whoever is signed in, because a subscription
    /// outlives its session (notifications.md section 6.4).
    pub fn watch_queue(&mut self, id: QueueId) {
        self.queues.known.entry(id).and_modify(|queue| queue.subscribed = true);
    }

    fn numbers_of(&self, agent: &AgentId) -> BTreeSet<u32> {
        let Some(agent) = self.agents.get(agent) else { return BTreeSet::new() };
        let teams = self.team_ids(std::iter::once(agent));
        self.numbers_among(|member| member.id == agent.id, &teams)
    }

    /// The groups of some agents, and of all members of these teams.
    fn numbers_among(&self, is_one: impl Fn(&Agent) -> bool, teams: &BTreeSet<TeamId>) -> BTreeSet<u32> {
        let in_team = |agent: &Agent| agent.team_id(&self.teams).is_some_and(|team| teams.contains(&team));
        let agents = self.agents.values().filter(|agent| is_one(agent) || in_team(agent));
        agents.flat_map(|agent| &agent.configured.skill_groups).copied().collect()
    }

    /// The teams that these agents supervise.
    fn team_ids<'a>(&self, agents: impl Iterator<Item = &'a Agent>) -> BTreeSet<TeamId> {
        agents.flat_map(|agent| agent.supervised(&self.teams)).map(|team| team.id).collect()
    }

    /// What changed of queues while nothing was published, once.
    pub(crate) fn unsaid_queues(&mut self) -> Vec<Change> {
        let unsaid = std::mem::take(&mut self.queues.unsaid);
        unsaid.into_iter().map(|queue| self.queue_news(queue)).collect()
    }

    /// A queue looks different now, or is gone.
    fn queue_changed(&mut self, queue: QueueId) {
        if self.phase.is_live() {
            let news = self.queue_news(queue);
            self.say(news);
        } else {
            self.queues.unsaid.insert(queue);
        }
    }

    fn queue_news(&self, queue: QueueId) -> Change {
        if self.queues.known.contains_key(&queue) {
            Change::Queue { queue }
        } else {
            Change::QueueRemoved { queue }
        }
    }
}
