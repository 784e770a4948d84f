//! The rounds in which statistics are read: every 10 s, over the queues that somebody signed in may look at, or has
//! subscribed to.
//!
//! ```text
//!          in service              due                      the last answer
//! Stopped ───────────▶ Resting ─────────▶ Asking (16 at once) ─────────────▶ Resting until 10 s after it began
//!    ▲                    │                  │
//!    ╰────── lost ◀───────┴──────────────────╯
//! ```
//!
//! A round never overtakes the one before: of a server that is slow, less is asked.

use std::collections::VecDeque;
use std::time::Duration;

use ged188::{Message, QuerySkillGroupStatisticsConf, QuerySkillGroupStatisticsReq};

use crate::domain::Domain;
use crate::ids::{Now, QueueId};
use crate::requests::Chore;
use crate::view::QueueStatistics;

/// From the beginning of a round to that of the next (failover.md QUE-1).
const EVERY: Duration = Duration::from_secs(10);
/// Requests of a round in flight: a thousand queues take 6 s at a round trip of 100 ms, and requests of people find room
/// among them.
const AT_ONCE: usize = 16;

/// Where the rounds stand.
#[derive(Debug, Default)]
pub(crate) enum Round {
    /// No service.
    #[default]
    Stopped,
    Resting {
        until: Duration,
    },
    Asking {
        began: Duration,
        /// To be asked for.
        open: VecDeque<QueueId>,
        in_flight: usize,
    },
}

impl Round {
    /// In service: the first round begins as soon as time passes, so after the final states.
    pub(crate) fn start(&mut self, now: Duration) {
        *self = Self::Resting { until: now };
    }

    pub(super) fn stop(&mut self) {
        *self = Self::Stopped;
    }

    /// An answer under way has a deadline of its own.
    pub(super) fn next_deadline(&self) -> Option<Duration> {
        match self {
            Self::Resting { until } => Some(*until),
            Self::Stopped | Self::Asking { .. } => None,
        }
    }

    /// The next to ask for, if there is room.
    fn next(&mut self) -> Option<QueueId> {
        match self {
            Self::Asking { open, in_flight, .. } if *in_flight < AT_ONCE => {
                let queue = open.pop_front()?;
                *in_flight += 1;
                Some(queue)
            }
            Self::Stopped | Self::Resting { .. } | Self::Asking { .. } => None,
        }
    }

    fn answered(&mut self) {
        match self {
            Self::Asking { in_flight, .. } => *in_flight = in_flight.saturating_sub(1),
            Self::Stopped | Self::Resting { .. } => {}
        }
    }

    fn end_if_over(&mut self, now: Duration) {
        match self {
            Self::Asking { began, open, in_flight: 0 } if open.is_empty() => {
                *self = Self::Resting { until: (*began + EVERY).max(now) };
            }
            Self::Stopped | Self::Resting { .. } | Self::Asking { .. } => {}
        }
    }
}

impl Domain {
    /// Begins a round if one is due.
    pub(crate) fn begin_queue_round(&mut self, now: Now) {
        if self.queues.next_deadline().is_some_and(|until| until <= now.mono) {
            let open = self.watched_queues();
            self.queues.round = Round::Asking { began: now.mono, open, in_flight: 0 };
            self.go_round(now);
        }
    }

    /// The answer of CTI; nothing else than statistics leaves the queue as it is.
    pub(crate) fn statistics_answered(&mut self, id: QueueId, answer: Option<&Message>, now: Now) {
        if let Some(Message::QuerySkillGroupStatisticsConf(conf)) = answer {
            self.counted(id, conf, now);
        }
        self.queues.round.answered();
        self.go_round(now);
    }

    fn go_round(&mut self, now: Now) {
        while let Some(id) = self.queues.round.next() {
            let request = self.statistics_request(id);
            self.send_chore(Chore::Statistics(id), request, now);
        }
        self.queues.round.end_if_over(now.mono);
    }

    fn statistics_request(&self, id: QueueId) -> Message {
        Message::QuerySkillGroupStatisticsReq(QuerySkillGroupStatisticsReq {
            peripheral_id: self.config.peripheral_id,
            skill_group_number: self.queues.known.get(&id).map_or(ged188::NULL_ID, |queue| queue.number),
            skill_group_id: id.0,
            ..QuerySkillGroupStatisticsReq::default()
        })
    }

    fn counted(&mut self, id: QueueId, conf: &QuerySkillGroupStatisticsConf, now: Now) {
        let Some(queue) = self.queues.known.get_mut(&id) else { return };
        let statistics = QueueStatistics::read(conf, &queue.statistics, now.wall);
        if queue.statistics != statistics {
            queue.statistics = statistics;
            self.queue_changed(id);
        }
    }

    /// The queues of those who are signed in, supervisors included; those with a subscriber; and those in which somebody
    /// still counts as signed in, so that the last one who leaves is seen to leave.
    fn watched_queues(&self) -> VecDeque<QueueId> {
        let signed_in = || self.agents.values().filter(|agent| agent.status.state.signed_in());
        let teams = self.team_ids(signed_in());
        let numbers = self.numbers_among(|agent| agent.status.state.signed_in(), &teams);
        let watched = self.queues.known.iter().filter(|(_, queue)| {
            let populated = queue.statistics.agents_logged_on.is_some_and(|count| count > 0);
            queue.subscribed || populated || numbers.contains(&queue.number)
        });
        watched.map(|(id, _)| *id).collect()
    }
}
