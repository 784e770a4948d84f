//! Requests of people, from the button to their outcome: each acts at most once, and none is forgotten.
//!
//! ```text
//! Pressed ──202──▶ Accepted ──request on the wire──▶ Sent ──answer reached the node──▶ Granted or Refused
//!    │other            └──────────session lost────────┴──▶ Lost
//!    ▼
//!  (gone)
//! ```

use std::collections::BTreeMap;
use std::time::Duration;

use node::HttpId;
use node::api::HttpRequest;
use node::domain::Domain;
use switch::{ConnId, CtiPair};

use super::command::Command;
use super::ensure;
use super::goal::Goal;
use crate::desktop::{Desktop, Person};
use crate::seen::{Object, Seen};

#[derive(Debug, Default)]
pub(super) struct Acts(BTreeMap<HttpId, Act>);

#[derive(Debug)]
struct Act {
    desktop: usize,
    node: usize,
    person: Person,
    goal: Goal,
    request_id: String,
    stage: Stage,
    /// What was wanted showed when service returned.
    showed: bool,
    /// The desktop could not hear of the outcome, or the watch could not.
    deaf: bool,
    errors: usize,
    events: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Pressed,
    Accepted,
    Sent(Invoked),
    Granted(Invoked),
    Refused,
    /// Service was lost then, perhaps with the request on the wire.
    Lost(Option<Invoked>, Duration),
}

/// A request on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Invoked {
    conn: ConnId,
    invoke: u32,
}

impl Acts {
    pub(super) fn pressed(
        &mut self,
        index: usize,
        node: usize,
        desktop: &Desktop,
        id: HttpId,
        request: &HttpRequest,
    ) {
        let Some(goal) = Goal::of(request) else { return };
        let act = Act {
            desktop: index,
            node,
            person: desktop.person().clone(),
            goal,
            request_id: request.request_id.clone().unwrap_or_default(),
            stage: Stage::Pressed,
            showed: false,
            deaf: !desktop.is_open(),
            errors: 0,
            events: 0,
        };
        self.0.insert(id, act);
    }

    /// The agent and the state that he asks for, if he is going to change his state.
    pub(super) fn replied(&mut self, id: HttpId, status: u16) -> Option<(String, String)> {
        if status != 202 {
            self.0.remove(&id);
            return None;
        }
        let act = self.0.get_mut(&id)?;
        act.stage = Stage::Accepted;
        match &act.goal {
            Goal::State(wanted) => Some((act.person.id.clone(), wanted.clone())),
            Goal::Call | Goal::Listen | Goal::Barge { .. } | Goal::Action { .. } => None,
        }
    }

    /// (1) A command on the wire belongs to one accepted request, and to no other.
    pub(super) fn sent(
        &mut self,
        node: usize,
        conn: ConnId,
        command: &Command,
        now: Duration,
    ) -> Result<(), String> {
        let fits = |act: &&mut Act| {
            let named = ["", &act.person.id, &act.person.extension].contains(&command.who.as_str());
            act.node == node && act.may_be_sent(now) && act.errors == 0 && act.goal.asks_for(command) && named
        };
        match self.0.values_mut().find(fits) {
            Some(act) => {
                act.sent(Invoked { conn, invoke: command.invoke });
                Ok(())
            }
            None => Err(format!(
                "(1) node {node} sends {} of {}, which nobody asked for now",
                command.what, command.who
            )),
        }
    }

    pub(super) fn answered(&mut self, node: usize, invoke: u32, granted: bool) {
        let asked = |act: &&mut Act| matches!(act.stage, Stage::Sent(sent) if act.node == node && sent.invoke == invoke);
        if let Some(act) = self.0.values_mut().find(asked) {
            act.stage = match act.stage {
                Stage::Sent(sent) if granted => Stage::Granted(sent),
                _ => Stage::Refused,
            };
        }
    }

    pub(super) fn session_lost(&mut self, node: usize, now: Duration) {
        for act in self.0.values_mut().filter(|act| act.node == node) {
            match act.stage {
                // A refused LOGIN may mean that the agent is signed in already, which the node was about to ask.
                Stage::Accepted | Stage::Refused => act.stage = Stage::Lost(None, now),
                Stage::Sent(sent) | Stage::Granted(sent) => act.stage = Stage::Lost(Some(sent), now),
                Stage::Pressed | Stage::Lost(..) => {}
            }
        }
    }

    /// Service has returned: what shows now is the outcome of what was lost.
    pub(super) fn service_returned(&mut self, node: usize, domain: &Domain) {
        let lost = |act: &&mut Act| act.node == node && matches!(act.stage, Stage::Lost(..));
        for act in self.0.values_mut().filter(lost) {
            act.showed |= act.goal.shows(domain, &act.person);
        }
    }

    /// (6) At most one error event for a request.
    pub(super) fn seen(&mut self, desktop: usize, seen: &Seen) -> Result<(), String> {
        let about = |act: &&mut Act| act.desktop == desktop && act.request_id == seen.request;
        let Some(act) = self.0.values_mut().find(about) else { return Ok(()) };
        match seen.object {
            Object::Error { .. } => act.errors += 1,
            Object::User(_) | Object::Dialog(_) => act.events += 1,
            Object::System { .. } | Object::Other(_) => {}
        }
        ensure(act.errors <= 1, || format!("(6) request {} fails {} times", act.request_id, act.errors))
    }

    pub(super) fn forget_desktop(&mut self, desktop: usize) {
        self.0.values_mut().filter(|act| act.desktop == desktop).for_each(|act| act.deaf = true);
    }

    /// The node's wire cannot be read: what became of its requests cannot be told.
    pub(super) fn give_up(&mut self, node: usize) {
        self.0.values_mut().filter(|act| act.node == node).for_each(|act| act.deaf = true);
    }

    pub(super) fn forget_node(&mut self, node: usize) {
        self.0.retain(|_, act| act.node != node);
    }

    /// (6) Nothing moves any more on this node: every request must have had its outcome.
    pub(super) fn settle(&mut self, node: usize, pair: &CtiPair) -> Result<(), String> {
        let over = |act: &Act| act.node == node && !matches!(act.stage, Stage::Pressed | Stage::Sent(_));
        for act in self.0.values().filter(|act| over(act) && !act.deaf) {
            act.judge(pair)?;
        }
        self.0.retain(|_, act| !over(act));
        Ok(())
    }
}

impl Act {
    /// What comes in one piece with the news that service is lost is still acted upon.
    fn may_be_sent(&self, now: Duration) -> bool {
        matches!(self.stage, Stage::Accepted) || self.stage == Stage::Lost(None, now)
    }

    fn sent(&mut self, invoked: Invoked) {
        self.stage = match self.stage {
            Stage::Lost(_, at) => Stage::Lost(Some(invoked), at),
            Stage::Pressed | Stage::Accepted | Stage::Sent(_) | Stage::Granted(_) | Stage::Refused => {
                Stage::Sent(invoked)
            }
        };
    }

    fn judge(&self, pair: &CtiPair) -> Result<(), String> {
        let told = self.errors + self.events > 0;
        let holds = match self.stage {
            Stage::Pressed | Stage::Sent(_) => true,
            Stage::Granted(_) => self.errors == 0,
            Stage::Accepted | Stage::Refused => told,
            Stage::Lost(sent, _) => told || sent.is_some_and(|sent| sent.acted(pair)) || self.showed,
        };
        ensure(holds, || {
            let Self { request_id, stage, errors, events, person, goal, .. } = self;
            let ended = format!("ended {stage:?} with {errors} errors and {events} events");
            format!("(6) request {request_id} of {} ({goal:?}) {ended}", person.id)
        })
    }
}

impl Invoked {
    /// The switch carried it out: the recovered state shows its effect.
    fn acted(self, pair: &CtiPair) -> bool {
        let mut log = pair.request_log().iter().rev();
        log.any(|seen| seen.conn == self.conn.0 && seen.invoke_id == Some(self.invoke) && seen.granted)
    }
}
