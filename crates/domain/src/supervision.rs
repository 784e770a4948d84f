//! Supervisors who listen to agents, and join them (rest-api.md sections 6.3 and 6.4).
//!
//! A session is a dialog of its own, of callType SUPERVISOR_MONITOR, in the collections of both. Nothing of the agent's own
//! calls changes by it: it is none of his calls, and he can do nothing in it. It shows as associated with the call that is
//! listened to. CTI does not tell which that is, so it is found by the agent.
//!
//! ```text
//! SILENT_MONITOR ─▶ session ──BARGE_CALL──▶ CONFERENCED: both are in the agent's call
//!                      ╰──DROP, or the agent leaves his call──▶ gone
//! ```

use crate::actions::Part;
use crate::call_types;
use crate::calls::{Call, CallRef, Leg};
use crate::command::{Change, ErrorSource, Refusal};
use crate::domain::Domain;
use crate::failures;
use crate::goals::Goal;
use crate::ids::{AgentId, CallId};
use crate::recovery::Before;
use crate::view::{Action, LegState, UserState};

/// Parties of a conference: the lists of CTI messages are no longer (ged188.md section 2.4).
const BRIDGE_MAX: usize = 16;

/// What a supervisor who barges in is about to join.
pub(crate) struct Barge {
    /// The call that becomes a conference.
    pub(crate) call: CallId,
    /// The agent's connection to it.
    pub(crate) agent: CallRef,
}

impl Call {
    /// A supervisor only listens by it.
    pub(crate) fn is_session(&self) -> bool {
        call_types::is_session(self.call_type)
    }

    /// Whoever is at this leg is only listened to.
    pub(crate) fn is_listened(&self, leg: &Leg) -> bool {
        self.is_session() && !leg.calling
    }

    /// What the leg is for in the call.
    pub(crate) fn part(&self, leg: &Leg) -> Part {
        match (self.is_session(), leg.calling) {
            (false, _) => self.part_in_campaign(),
            (true, true) => Part::Listens,
            (true, false) => Part::IsHeard,
        }
    }

    /// The living leg that is listened to.
    fn heard(&self) -> Option<&Leg> {
        self.living().find(|leg| self.is_listened(leg))
    }
}

impl Domain {
    /// SILENT_MONITOR: the supervisor is Not Ready, and at the number is an agent of his teams. Whether that one talks,
    /// CTI decides.
    pub(crate) fn check_monitor(&self, supervisor: &AgentId, to: &str) -> Result<(), Refusal> {
        let agent = self.devices.get(to).filter(|agent| *agent != supervisor);
        let agent = agent.ok_or(Refusal::InvalidDestination)?;
        if !self.supervises(supervisor, agent) {
            return Err(Refusal::NotSupervisor);
        }
        match self.state(supervisor) {
            UserState::NotReady => Ok(()),
            UserState::Logout
            | UserState::Ready
            | UserState::Reserved
            | UserState::ReservedOutbound
            | UserState::ReservedOutboundPreview
            | UserState::Talking
            | UserState::Hold
            | UserState::Work
            | UserState::WorkReady
            | UserState::Unknown => Err(Refusal::InvalidState),
        }
    }

    /// BARGE_CALL: only into what he listens to, while the agent talks and can make a conference of it.
    pub(crate) fn check_barge(
        &self,
        supervisor: &AgentId,
        session: CallId,
        to: &str,
    ) -> Result<Barge, Refusal> {
        let listens =
            |call: &&Call| call.is_session() && call.leg_of(supervisor).is_some_and(|leg| leg.calling);
        let session = self.calls.get(&session).filter(listens).ok_or(Refusal::InvalidState)?;
        let heard = session.heard().ok_or(Refusal::InvalidState)?;
        if heard.party.address != to {
            return Err(Refusal::InvalidDestination);
        }
        let agent = heard.party.agent.as_ref().ok_or(Refusal::InvalidState)?;
        if !self.supervises(supervisor, agent) {
            return Err(Refusal::NotSupervisor);
        }
        let call = session.associated.and_then(|id| self.calls.get(&id)).ok_or(Refusal::InvalidState)?;
        self.may_let_in(agent, call)
    }

    fn may_let_in(&self, agent: &AgentId, call: &Call) -> Result<Barge, Refusal> {
        let leg = call.leg_of(agent).filter(|leg| leg.lives()).ok_or(Refusal::InvalidState)?;
        if leg.state == LegState::Held {
            return Err(Refusal::InvalidDestination);
        }
        let controls = call.controller.as_ref().is_none_or(|controller| *controller == leg.party.address);
        let consults =
            call.associated.is_some() || self.works_on(agent).any(|(other, _)| other.id != call.id);
        if !controls || consults {
            return Err(Refusal::NotController);
        }
        if call.living().count() >= BRIDGE_MAX {
            return Err(Refusal::BridgeFull);
        }
        Ok(Barge { call: call.id, agent: leg.party.connection.clone() })
    }

    /// The agent's own living legs: not those by which somebody listens to him.
    pub(crate) fn works_on<'a>(
        &'a self,
        agent: &'a AgentId,
    ) -> impl Iterator<Item = (&'a Call, &'a Leg)> + 'a {
        let calls = self.agents.get(agent).into_iter().flat_map(|agent| &agent.calls);
        let legs =
            calls.filter_map(|id| self.calls.get(id)).filter_map(|call| Some((call, call.leg_of(agent)?)));
        legs.filter(|(call, leg)| leg.lives() && !call.is_listened(leg))
    }

    /// The call to which a session listens: the same as before while the agent is on it, else the one in which he talks,
    /// else one that he holds.
    pub(crate) fn listened_to(&self, session: &Call) -> Option<CallId> {
        let agent = session.heard().and_then(|leg| leg.party.agent.as_ref());
        let calls = || agent.into_iter().flat_map(|agent| self.works_on(agent));
        let same = calls().find(|(call, _)| Some(call.id) == session.associated);
        let talks = || calls().find(|(_, leg)| leg.state == LegState::Active);
        let holds = || calls().find(|(_, leg)| leg.state == LegState::Held);
        let found = same.or_else(talks).or_else(holds).map(|(call, _)| call.id);
        found.or(session.associated)
    }

    /// Sessions that ended while nobody told: the supervisor hears why, unless he wanted it or is in the call now.
    pub(crate) fn ended_unheard(&self, before: &Before) -> Vec<Change> {
        let sessions = before.calls.values().filter(|call| call.is_session());
        sessions.filter_map(|session| self.say_ended(session, before)).collect()
    }

    fn say_ended(&self, session: &Call, before: &Before) -> Option<Change> {
        let leg = session.living().find(|leg| leg.calling)?;
        let agent = leg.party.agent.clone()?;
        let joined = session.associated.is_some_and(|call| self.is_on(&agent, call));
        let left = before.wanted(&agent, &Goal::Leg { call: session.id, action: Action::Drop });
        if self.is_on(&agent, session.id) || joined || left || !self.state(&agent).signed_in() {
            return None;
        }
        let source = ErrorSource::Dialog(session.id);
        Some(Change::Error { agent, source, error: failures::session_ended(), request: None })
    }
}
