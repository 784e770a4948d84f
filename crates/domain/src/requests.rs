//! Requests on their way: one at a time for each object, with the request of the client that waits for an event.
//!
//! ```text
//! waiting ──previous answered──▶ sent ──CONF──▶ confirmed ──its event──▶ done
//!                                 │                 ╰──30 s──▶ given up
//!                                 │ 30 s: the queue goes on
//!                                 ╰──▶ late ──its event, or an answer──▶ done
//!                                       ╰──90 s──▶ given up
//! ```
//!
//! Whoever gives a request up says so, unless its effect is there ([`outcomes`]).

mod outcomes;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use crate::command::{Command, Output, Ticket};
use crate::domain::Domain;
use crate::failures;
use crate::forced_logout::LogoutOrder;
use crate::goals::Goal;
use crate::ids::{AgentId, CallId, Now, QueueId, RequestId};
use crate::view::LegState;

/// Waiting requests of one object (the bound named by [`crate::Refusal::Busy`]).
const WAITING_MAX: usize = 16;
/// CTI needs up to 15 s; after twice that the next request may go (mapping.md section 4.4).
const ANSWER_WITHIN: Duration = Duration::from_secs(30);
/// How long the event of a confirmed request is waited for.
const EFFECT_WITHIN: Duration = Duration::from_secs(30);

/// What requests queue for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Object {
    Agent(AgentId),
    Dialog(CallId),
}

/// A request that got 202.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) command: Command,
    pub(crate) request: Option<RequestId>,
}

/// Requests of our own, which no client waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Chore {
    /// RELEASE_CALL_REQ.
    Release(CallId),
    /// SET_AGENT_STATE_REQ READY, to undo what the loss of our own session did.
    Ready(AgentId),
    /// AGENT_DESK_SETTINGS_REQ.
    DeskSettings(AgentId),
    /// QUERY_AGENT_STATE_REQ.
    State(AgentId),
    /// QUERY_SKILL_GROUP_STATISTICS_REQ.
    Statistics(QueueId),
    /// SET_AGENT_STATE_REQ LOGOUT for an agent whose desktop is gone.
    ForceLogout(LogoutOrder),
    /// QUERY_AGENT_STATE_REQ after CTI said at LOGIN that the agent is signed in already.
    SignedOn(AgentId, Goal, Option<RequestId>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Sent,
    Late,
    Confirmed,
}

/// A request that was sent for a client.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    pub(crate) object: Object,
    pub(crate) agent: AgentId,
    pub(crate) request: Option<RequestId>,
    pub(crate) goal: Goal,
    /// Its event was published.
    reflected: bool,
    stage: Stage,
    deadline: Duration,
}

#[derive(Default)]
struct Queue {
    busy: Option<Ticket>,
    waiting: VecDeque<Order>,
    /// Sent, and not yet seen to have an effect; oldest first.
    open: Vec<Ticket>,
}

/// All requests.
#[derive(Default)]
pub(crate) struct Requests {
    last: u64,
    queues: BTreeMap<Object, Queue>,
    open: BTreeMap<Ticket, Open>,
    chores: BTreeMap<Ticket, (Chore, Duration)>,
    deadlines: BTreeSet<(Duration, Ticket)>,
}

/// A request of which nothing more will be heard: its time is over, or the session is lost.
#[derive(Clone, Debug)]
pub(crate) struct Unproven {
    pub(crate) agent: AgentId,
    pub(crate) request: Option<RequestId>,
    pub(crate) goal: Goal,
    pub(crate) progress: Progress,
}

/// How far a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    Waiting,
    Sent,
    Confirmed,
}

impl Requests {
    /// The next request of this object must wait.
    pub(crate) fn is_busy(&self, object: &Object) -> bool {
        self.queues.get(object).is_some_and(|queue| queue.busy.is_some())
    }

    /// False if too many wait already.
    pub(crate) fn wait(&mut self, object: Object, order: Order) -> bool {
        let queue = self.queues.entry(object).or_default();
        let fits = queue.waiting.len() < WAITING_MAX;
        if fits {
            queue.waiting.push_back(order);
        }
        fits
    }

    /// Agents who have asked for something for themselves, and have not seen its effect.
    pub(crate) fn agents_asking(&self) -> BTreeSet<AgentId> {
        let agent = |object: &Object| match object {
            Object::Agent(agent) => Some(agent.clone()),
            Object::Dialog(_) => None,
        };
        self.queues.keys().filter_map(agent).collect()
    }

    /// He asks to be signed in, and it is neither refused nor shown.
    pub(crate) fn is_signing_in(&self, agent: &AgentId) -> bool {
        let Some(queue) = self.queues.get(&Object::Agent(agent.clone())) else { return false };
        let sign_in = |command: &Command| matches!(command, Command::SignIn { .. });
        let open = queue.open.iter().filter_map(|ticket| self.open.get(ticket));
        queue.waiting.iter().any(|order| sign_in(&order.command))
            || open.into_iter().any(|open| !open.reflected && matches!(open.goal, Goal::SignedIn { .. }))
    }

    /// The sign-in that the agent waits for.
    pub(crate) fn sign_in_of(&self, agent: &AgentId) -> Option<(Ticket, &Goal)> {
        let queue = self.queues.get(&Object::Agent(agent.clone()))?;
        let open = queue.open.iter().filter_map(|ticket| Some((*ticket, self.open.get(ticket)?)));
        let mut waiting = open.filter(|(_, open)| !open.reflected);
        waiting.find_map(|(ticket, open)| {
            matches!(open.goal, Goal::SignedIn { .. }).then_some((ticket, &open.goal))
        })
    }

    /// The orders to log agents out that CTI has not answered.
    pub(crate) fn take_forced_logouts(&mut self) -> Vec<LogoutOrder> {
        let orders = self.chores.values().filter_map(|(chore, _)| match chore {
            Chore::ForceLogout(order) => Some(*order),
            Chore::Release(_)
            | Chore::Ready(_)
            | Chore::DeskSettings(_)
            | Chore::State(_)
            | Chore::Statistics(_)
            | Chore::SignedOn(..) => None,
        });
        let orders = orders.collect();
        self.chores.retain(|_, (chore, _)| !matches!(chore, Chore::ForceLogout(_)));
        orders
    }

    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        self.deadlines.first().map(|(at, _)| *at)
    }

    fn ticket(&mut self) -> Ticket {
        self.last += 1;
        Ticket(self.last)
    }

    fn open(
        &mut self,
        object: Object,
        agent: AgentId,
        request: Option<RequestId>,
        goal: Goal,
        now: Now,
    ) -> Ticket {
        let ticket = self.ticket();
        let deadline = now.mono + ANSWER_WITHIN;
        let queue = self.queues.entry(object.clone()).or_default();
        queue.busy = Some(ticket);
        queue.open.push(ticket);
        self.deadlines.insert((deadline, ticket));
        let open = Open { object, agent, request, goal, reflected: false, stage: Stage::Sent, deadline };
        self.open.insert(ticket, open);
        ticket
    }

    /// Gives the queue to the next request, if this one still held it.
    fn free(&mut self, object: &Object, ticket: Ticket) {
        if let Some(queue) = self.queues.get_mut(object).filter(|queue| queue.busy == Some(ticket)) {
            queue.busy = None;
        }
    }

    fn next_waiting(&mut self, object: &Object) -> Option<Order> {
        self.queues.get_mut(object).filter(|queue| queue.busy.is_none())?.waiting.pop_front()
    }

    pub(crate) fn take_waiting(&mut self, object: &Object) -> VecDeque<Order> {
        self.queues.get_mut(object).map(|queue| std::mem::take(&mut queue.waiting)).unwrap_or_default()
    }

    /// The state of the agent's leg by the last action that CTI confirmed and no event has shown yet.
    pub(crate) fn confirmed_state(&self, agent: &AgentId, call: CallId) -> Option<LegState> {
        let tickets = &self.queues.get(&Object::Dialog(call))?.open;
        let open = tickets.iter().rev().filter_map(|ticket| self.open.get(ticket));
        let mut confirmed = open.filter(|open| open.stage == Stage::Confirmed && open.agent == *agent);
        confirmed.find_map(|open| open.goal.leg_state())
    }

    /// The call from which CTI has confirmed to make this one.
    pub(crate) fn consulted_from(&self, made: CallId) -> Option<CallId> {
        self.open.values().find_map(|open| match &open.goal {
            Goal::Consult { call, id: Some(id), .. } if *id == made => Some(*call),
            _ => None,
        })
    }

    /// Takes a request out for good.
    fn close(&mut self, ticket: Ticket) -> Option<Open> {
        let open = self.open.remove(&ticket)?;
        self.deadlines.remove(&(open.deadline, ticket));
        self.free(&open.object, ticket);
        if let Some(queue) = self.queues.get_mut(&open.object) {
            queue.open.retain(|known| *known != ticket);
            if queue.busy.is_none() && queue.waiting.is_empty() && queue.open.is_empty() {
                self.queues.remove(&open.object);
            }
        }
        Some(open)
    }

    fn postpone(&mut self, ticket: Ticket, stage: Stage, deadline: Duration) {
        if let Some(open) = self.open.get_mut(&ticket) {
            self.deadlines.remove(&(open.deadline, ticket));
            open.stage = stage;
            open.deadline = deadline;
            self.deadlines.insert((deadline, ticket));
        }
    }

    /// The session is gone: the requests that were sent, not refused and not seen to have an effect, in the order
    /// of their sending, and those that were never sent.
    pub(crate) fn abandon(&mut self) -> (Vec<Unproven>, Vec<Order>) {
        self.deadlines.clear();
        let signed_on = std::mem::take(&mut self.chores).into_values().filter_map(|(chore, _)| match chore {
            Chore::SignedOn(agent, goal, request) => {
                Some(Unproven { agent, request, goal, progress: Progress::Sent })
            }
            Chore::Release(_)
            | Chore::Ready(_)
            | Chore::DeskSettings(_)
            | Chore::State(_)
            | Chore::Statistics(_)
            | Chore::ForceLogout(_) => None,
        });
        let open = std::mem::take(&mut self.open).into_values().filter(|open| !open.reflected);
        let unproven = open.map(Unproven::from);
        let queues = std::mem::take(&mut self.queues).into_values();
        (unproven.chain(signed_on).collect(), queues.flat_map(|queue| queue.waiting).collect())
    }
}

impl Domain {
    /// Sends a request for a client, or says why it is not sent.
    pub(crate) fn send(&mut self, object: Object, order: Order, now: Now) {
        let agent = order.command.agent().clone();
        let goal = self.goal(&order.command);
        let allowed = self.is_allowed_now(&order.command);
        let message = if allowed { self.message(&order.command) } else { Err(failures::not_allowed_now()) };
        match message {
            Ok(message) => {
                let ticket = self.requests.open(object, agent, order.request, goal, now);
                self.out.push_back(Output::Request(ticket, message));
            }
            Err(error) => self.say_error(agent, &goal, error, order.request),
        }
    }

    /// Sends a request of our own.
    pub(crate) fn send_chore(&mut self, chore: Chore, message: ged188::Message, now: Now) {
        let ticket = self.requests.ticket();
        let deadline = now.mono + ANSWER_WITHIN;
        self.requests.deadlines.insert((deadline, ticket));
        self.requests.chores.insert(ticket, (chore, deadline));
        self.out.push_back(Output::Request(ticket, message));
    }

    pub(crate) fn take_chore(&mut self, ticket: Ticket) -> Option<Chore> {
        let (chore, deadline) = self.requests.chores.remove(&ticket)?;
        self.requests.deadlines.remove(&(deadline, ticket));
        Some(chore)
    }

    /// A CONF: the queue goes on; the request stays until its event is seen.
    pub(crate) fn confirm(&mut self, ticket: Ticket, now: Now) -> Option<Open> {
        let open = self.requests.open.get(&ticket)?.clone();
        self.requests.free(&open.object, ticket);
        self.requests.postpone(ticket, Stage::Confirmed, now.mono + EFFECT_WITHIN);
        Some(open)
    }

    /// Forgets a confirmed request whose effect is there already, so that no event will come.
    pub(crate) fn close_if_shown(&mut self, ticket: Ticket) {
        let shown = self.requests.open.get(&ticket).is_some_and(|open| {
            open.reflected || open.goal.is_met_by_confirmation() || self.shows(&open.agent, &open.goal)
        });
        if shown {
            self.requests.close(ticket);
        }
    }

    pub(crate) fn close(&mut self, ticket: Ticket) -> Option<Open> {
        self.requests.close(ticket)
    }

    pub(crate) fn refine_goal(&mut self, ticket: Ticket, call: CallId) {
        let open = self.requests.open.get_mut(&ticket);
        if let Some(Open {
            goal: Goal::Call { id, .. } | Goal::Monitored { id, .. } | Goal::Consult { id, .. },
            ..
        }) = open
        {
            *id = Some(call);
        }
    }

    /// Sends what waits for the object, now that it is free.
    pub(crate) fn go_on(&mut self, object: &Object, now: Now) {
        while let Some(order) = self.requests.next_waiting(object) {
            self.send(object.clone(), order, now);
        }
    }
}
