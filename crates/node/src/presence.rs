//! Desktop presence of a node: it feeds the machines of `failover` and keeps what they must not know.
//!
//! Owns which XMPP sessions are desktops ([`Sessions`]), who has a call and who is signed in as far as the machines were
//! told, and the sign-ins that wait for the other node. Decides nothing: [`Guarded`] does.

mod detection;
mod sessions;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use domain::{AgentId, Domain, Now, Person, UserState};
use failover::fence::{self, Ticket};
use failover::presence::{Agent, Guarded, GuardedInput, GuardedOutput, GuardedTimer, Input, Stage};

use crate::config::Config;
use crate::io::HttpId;
use crate::rest::Waiting;
pub(crate) use detection::timely;
pub(crate) use sessions::Sessions;

/// A sign-in that waits for the word of the fence.
pub(crate) struct SignIn {
    pub(crate) http: HttpId,
    pub(crate) waiting: Waiting,
    pub(crate) person: Person,
}

/// Presence of all desktops of a node.
pub(crate) struct Presence {
    guarded: Guarded,
    pub(crate) sessions: Sessions,
    /// The machines know of a call of theirs.
    with_call: BTreeSet<AgentId>,
    signed_in: BTreeSet<AgentId>,
    /// Those whose desktop the shell was told to remember.
    listed: BTreeSet<AgentId>,
    /// The fence answers each, and bounds how many it holds.
    sign_ins: BTreeMap<Ticket, SignIn>,
    last_ticket: Ticket,
}

impl Presence {
    pub(crate) fn new(config: &Config, now: Now) -> Self {
        let mut presence = Self {
            guarded: Guarded::new(config.presence.clone(), config.fence.clone()),
            sessions: Sessions::default(),
            with_call: BTreeSet::new(),
            signed_in: BTreeSet::new(),
            listed: BTreeSet::new(),
            sign_ins: BTreeMap::new(),
            last_ticket: Ticket(0),
        };
        presence.desk(Input::NotificationUp, now);
        presence
    }

    pub(crate) fn guarded(&self) -> &Guarded {
        &self.guarded
    }

    pub(crate) fn poll_timeout(&self) -> Option<(Duration, GuardedTimer)> {
        self.guarded.poll_timeout()
    }

    pub(crate) fn handle_timeout(&mut self, now: Now) {
        self.guarded.handle_timeout(stamp(now));
    }

    pub(crate) fn poll_output(&mut self) -> Option<GuardedOutput> {
        self.guarded.poll_output()
    }

    pub(crate) fn desk(&mut self, input: Input, now: Now) {
        self.guarded.handle(GuardedInput::Desk(input), stamp(now));
    }

    pub(crate) fn desks(&mut self, inputs: Vec<Input>, now: Now) {
        inputs.into_iter().for_each(|input| self.desk(input, now));
    }

    pub(crate) fn peer(&mut self, input: fence::Input, now: Now) {
        self.guarded.handle(GuardedInput::Peer(input), stamp(now));
    }

    /// The notification service has stopped, and every session with it.
    pub(crate) fn blind(&mut self, now: Now) {
        self.sessions = Sessions::default();
        self.desk(Input::NotificationDown, now);
    }

    /// All agents have been read: what changed meanwhile is told first.
    pub(crate) fn in_service(&mut self, domain: &Domain, now: Now) {
        let known: BTreeSet<AgentId> = domain.agent_ids().chain(&self.with_call).cloned().collect();
        known.iter().for_each(|agent| self.look(domain, agent, now));
        self.desk(Input::CtiInService, now);
    }

    /// Something about the agent has changed.
    pub(crate) fn look(&mut self, domain: &Domain, id: &AgentId, now: Now) {
        self.look_for_calls(domain.has_call(id), id, now);
        let state = domain.state(id);
        if state.signed_in() {
            self.signed_in.insert(id.clone());
        } else if state == UserState::Logout && self.signed_in.remove(id) && !domain.is_signing_in(id) {
            self.peer(fence::Input::SignedOut(agent(id)), now);
        }
    }

    fn look_for_calls(&mut self, has_call: bool, id: &AgentId, now: Now) {
        if has_call && self.with_call.insert(id.clone()) {
            self.desk(Input::CallStarted(agent(id)), now);
        } else if !has_call && self.with_call.remove(id) {
            self.desk(Input::CallEnded(agent(id)), now);
        }
    }

    /// Whether the agent's desktop is listed from now on, or no longer; nothing if that has not changed.
    pub(crate) fn relisted(&mut self, id: &AgentId, to: Stage) -> Option<bool> {
        let listed = to != Stage::Unknown;
        let changed = if listed { self.listed.insert(id.clone()) } else { self.listed.remove(id) };
        changed.then_some(listed)
    }

    /// A sign-in asks for admission.
    pub(crate) fn sign_in(&mut self, sign_in: SignIn, now: Now) {
        self.last_ticket = Ticket(self.last_ticket.0.wrapping_add(1));
        let agent = agent(&sign_in.person.id);
        self.sign_ins.insert(self.last_ticket, sign_in);
        self.peer(fence::Input::SignIn(agent, self.last_ticket), now);
    }

    /// The sign-in to which the fence has given its word.
    pub(crate) fn decided(&mut self, ticket: Ticket) -> Option<SignIn> {
        self.sign_ins.remove(&ticket)
    }
}

fn agent(id: &AgentId) -> Agent {
    Agent::from(id.as_str())
}

fn stamp(now: Now) -> fence::Now {
    fence::Now { at: now.mono, wall_ms: u64::try_from(now.wall.0).unwrap_or_default() }
}
