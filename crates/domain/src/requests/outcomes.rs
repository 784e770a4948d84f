//! What becomes of a request that was sent: an event answers it, or the time for that is over.

use std::time::Duration;

use super::{Object, Open, Progress, Stage, Unproven};
use crate::command::{Change, RequestedState, Ticket};
use crate::commands::told;
use crate::domain::Domain;
use crate::failures;
use crate::goals::Goal;
use crate::ids::{AgentId, CallId, Now, RequestId};
use crate::view::UserState;

/// How long an answer is still taken after the queue went on.
const GIVE_UP_AFTER: Duration = Duration::from_secs(90);

impl Domain {
    /// The request that an event of this object answers, for the agent who made it: it is used up.
    pub(crate) fn reflected(&mut self, object: &Object, agent: &AgentId) -> Option<RequestId> {
        let tickets = &self.requests.queues.get(object)?.open;
        let mut candidates =
            tickets.iter().filter_map(|ticket| Some((*ticket, self.requests.open.get(ticket)?)));
        let (ticket, _) = candidates.find(|(_, open)| {
            !open.reflected
                && open.agent == *agent
                && !open.goal.is_new_call()
                && self.shows(agent, &open.goal)
        })?;
        self.use_up(ticket)
    }

    /// The MAKE_CALL or CONSULT_CALL that the arrival of this dialog answers.
    pub(crate) fn reflected_new_call(&mut self, agent: &AgentId, call: CallId) -> Option<RequestId> {
        let dialogs = self.calls_of(agent).into_iter().map(Object::Dialog);
        let mut objects = std::iter::once(Object::Agent(agent.clone())).chain(dialogs);
        let ticket = objects.find_map(|object| self.asked_for(&object, agent, call))?;
        self.use_up(ticket)
    }

    fn asked_for(&self, object: &Object, agent: &AgentId, call: CallId) -> Option<Ticket> {
        let tickets = &self.requests.queues.get(object)?.open;
        let mut candidates =
            tickets.iter().filter_map(|ticket| Some((*ticket, self.requests.open.get(ticket)?)));
        let is_it = |open: &Open| {
            !open.reflected && open.agent == *agent && self.may_be_the_call(agent, &open.goal, call)
        };
        candidates.find(|(_, open)| is_it(open)).map(|(ticket, _)| ticket)
    }

    fn use_up(&mut self, ticket: Ticket) -> Option<RequestId> {
        let open = self.requests.open.get_mut(&ticket)?;
        open.reflected = true;
        let request = open.request.clone();
        if open.stage != Stage::Sent {
            self.requests.close(ticket);
        }
        request
    }

    /// Requests without an answer, and answers without an effect.
    pub(crate) fn expire_requests(&mut self, now: Now) {
        while let Some((_, ticket)) =
            self.requests.deadlines.first().copied().filter(|(at, _)| *at <= now.mono)
        {
            self.requests.deadlines.pop_first();
            if let Some((chore, _)) = self.requests.chores.remove(&ticket) {
                self.chore_failed(&chore, now);
            } else {
                self.expire(ticket, now);
            }
        }
    }

    fn expire(&mut self, ticket: Ticket, now: Now) {
        let Some(open) = self.requests.open.get(&ticket) else { return };
        let object = open.object.clone();
        match open.stage {
            Stage::Sent => {
                self.counters.unanswered += 1;
                self.requests.free(&object, ticket);
                self.requests.postpone(ticket, Stage::Late, now.mono + GIVE_UP_AFTER);
                self.go_on(&object, now);
            }
            Stage::Late | Stage::Confirmed => self.give_up(ticket),
        }
    }

    /// Nothing more is waited for: a 202 without its effect ends with one error event.
    fn give_up(&mut self, ticket: Ticket) {
        let Some(open) = self.requests.close(ticket).filter(|open| !open.reflected) else { return };
        if let Some(error) = self.unmet(Unproven::from(open)) {
            self.say(error);
        }
    }

    /// A request that got 202 and whose effect is not there: one error, for a client who named it. It is never
    /// sent again.
    pub(crate) fn unmet(&self, unproven: Unproven) -> Option<Change> {
        if unproven.request.is_none() || self.is_met(&unproven) {
            return None;
        }
        let error = match unproven.progress {
            Progress::Waiting => failures::not_sent(),
            Progress::Sent | Progress::Confirmed => failures::outcome_unknown(),
        };
        let (agent, source) = told(unproven.agent, &unproven.goal);
        Some(Change::Error { agent, source, error, request: unproven.request })
    }

    fn is_met(&self, unproven: &Unproven) -> bool {
        self.shows(&unproven.agent, &unproven.goal)
            || (unproven.progress == Progress::Confirmed
                && self.may_follow_confirmed(&unproven.agent, &unproven.goal))
    }

    /// What CTI has confirmed may show as something else than was asked for: CTI's extension wins at a sign-in
    /// (mapping.md section 1.2, step 4), and NOT_READY waits in silence for the end of a preview (section 1.1).
    fn may_follow_confirmed(&self, agent: &AgentId, goal: &Goal) -> bool {
        let state = self.agents.get(agent).map_or(UserState::Unknown, |agent| agent.status.state);
        match goal {
            Goal::SignedIn { .. } => state.signed_in(),
            Goal::State { state: RequestedState::NotReady, .. } => {
                state == UserState::ReservedOutboundPreview
            }
            Goal::Dtmf { .. } => true,
            Goal::Answered { rest, .. } => rest.is_none(),
            Goal::State { .. }
            | Goal::Call { .. }
            | Goal::Consult { .. }
            | Goal::Leg { .. }
            | Goal::Data { .. }
            | Goal::Transferred { .. }
            | Goal::Conferenced { .. }
            | Goal::HandedOver { .. }
            | Goal::Monitored { .. }
            | Goal::Barged { .. }
            | Goal::PartyDropped { .. } => false,
        }
    }
}

impl From<Open> for Unproven {
    fn from(open: Open) -> Self {
        let progress = match open.stage {
            Stage::Sent | Stage::Late => Progress::Sent,
            Stage::Confirmed => Progress::Confirmed,
        };
        Self { agent: open.agent, request: open.request, goal: open.goal, progress }
    }
}
