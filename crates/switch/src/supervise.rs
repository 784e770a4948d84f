//! A supervisor listens to a call of an agent, joins it, or takes it over.
//!
//! ```text
//!            ┌── either hangs up the session, or the agent leaves the call ──▶ over
//!  listens ──┤── barge in ───▶ supervisor, agent and the others are in a conference, the session is merged into it
//!            └── intercept ──▶ the same, and the agent leaves
//! ```
//!
//! While he listens, that is a call of its own (CallType 21): from the supervisor's phone to the agent's, which takes
//! it beside the call that it is on. Nothing of the call that is listened to changes. The session follows the agent when
//! two of his calls become one.

use std::time::Duration;

use ged188::{CallType, ControlFailureCode as Code, StatusCode};

use crate::agents::{AcdState, Agent};
use crate::call::{Call, Leg, Monitor, PARTIES_MAX, Party, Place, Task};
use crate::data::CallData;
use crate::refusal::{self, Refusal};
use crate::switch::Switch;

impl Switch {
    /// A supervisor begins to listen to what the agent at a phone speaks.
    ///
    /// # Errors
    /// FAILURE 87 unknown device, 9 nobody is signed in there, 64 no supervisor of that agent. Control 22 the supervisor
    /// is not Not Ready, or the agent is Ready, reserved or in wrap-up; 22 with 13145 the agent does not speak, 33
    /// somebody listens already, 79 no line left, 31 too many calls.
    pub(crate) fn monitor(&mut self, supervisor: &str, agent: &str, now: Duration) -> Result<u32, Refusal> {
        let about = self.may_monitor(supervisor, agent)?;
        let caller = self.calling(supervisor, agent, now);
        let id = self.new_call(CallType::SUPERVISOR_MONITOR, caller, agent, &CallData::default(), now)?;
        if let Some(call) = self.calls.get_mut(id) {
            call.monitor = Some(Monitor { about, device: agent.into() });
        }
        self.off_hook(id, supervisor, now);
        self.calls.join(id, listened(agent, now));
        self.tell_delivered(id, agent);
        self.tell_established(id, agent);
        Ok(id)
    }

    /// Who listens joins the call, which becomes a conference that the agent controls.
    ///
    /// # Errors
    /// 13 the supervisor has no such session, 24 the agent holds the call; 38 with 20700 no room for one more, 22 with
    /// 20999 somebody else controls the conference, or the agent is about to make one.
    pub(crate) fn barge_in(&mut self, session: u32, supervisor: &str, now: Duration) -> Result<u32, Refusal> {
        let Monitor { about, device: agent } = self.session(session, supervisor)?;
        self.may_barge(about, &agent)?;
        if let Some(party) = self.calls.get(session).and_then(|call| call.party(supervisor)).cloned() {
            self.calls.join(about, Party { caller: false, ..party });
        }
        if let Some(call) = self.calls.get_mut(about) {
            call.kind = CallType::CONFERENCE;
            call.controller = Some(agent.clone());
        }
        self.tell_conferenced(about, session, &agent, supervisor);
        self.tell_data(about);
        self.end_data(session);
        self.follow_phone(supervisor, now);
        Ok(about)
    }

    /// The supervisor takes the agent's place: of a call he listens to, or of a conference he is in.
    ///
    /// # Errors
    /// As [`Switch::barge_in`] and [`Switch::drop_other`].
    pub(crate) fn intercept(
        &mut self,
        id: u32,
        supervisor: &str,
        agent: &str,
        now: Duration,
    ) -> Result<u32, Refusal> {
        let listens = self.calls.get(id).is_some_and(Call::is_session);
        let call = if listens { self.barge_in(id, supervisor, now)? } else { id };
        self.drop_other(call, supervisor, agent, now)?;
        Ok(call)
    }

    /// Calls became one: who listened to somebody on the first listens to him on the other.
    pub(crate) fn listen_on(&mut self, was: u32, is: u32, devices: &[&str]) {
        for device in devices {
            let session =
                self.session_of(device).filter(|(_, monitor)| monitor.about == was).map(|(id, _)| id);
            let monitor =
                session.and_then(|id| self.calls.get_mut(id)).and_then(|call| call.monitor.as_mut());
            if let Some(monitor) = monitor {
                monitor.about = is;
            }
        }
    }

    /// Ends the session at a phone that has left the call which was listened to.
    pub(crate) fn end_unheard(&mut self, phone: &str, now: Duration) {
        let heard = |monitor: &Monitor| self.leg(monitor.about, phone).is_ok();
        let unheard = self.session_of(phone).filter(|(_, monitor)| !heard(monitor)).map(|(id, _)| id);
        if let Some(id) = unheard {
            self.end_call(id, now);
        }
    }

    /// Nobody acts at a phone that is only listened to.
    ///
    /// # Errors
    /// 22 that is all it is on this call.
    pub(crate) fn may_leave(&self, id: u32, device: &str) -> Result<(), Refusal> {
        if self.leg(id, device)? == Leg::Listened {
            return Err(Refusal::control(Code::INVALID_OBJECT_STATE));
        }
        Ok(())
    }

    fn may_monitor(&self, supervisor: &str, agent: &str) -> Result<u32, Refusal> {
        let (by, whom) = (self.signed_in_at(supervisor)?, self.signed_in_at(agent)?);
        if !self.supervises(&by.config.id, whom) {
            return Err(Refusal::Failure(StatusCode::SUPERVISOR_NOT_FOUND));
        }
        if !matches!(by.state, AcdState::NotReady { .. }) || !self.phone_free(supervisor) {
            return Err(Refusal::state(refusal::SUPERVISE));
        }
        let about = self.speaks_on(whom, agent)?;
        if self.session_of(agent).is_some() {
            return Err(Refusal::control(Code::RESOURCE_BUSY));
        }
        if !self.has_line(agent) {
            return Err(Refusal::control(Code::REQUESTS_ON_DEVICE_EXCEEDED_REJECTION));
        }
        Ok(about)
    }

    /// The call in which an agent speaks.
    fn speaks_on(&self, agent: &Agent, phone: &str) -> Result<u32, Refusal> {
        match agent.state {
            AcdState::Talking => {
                let mut legs = self.calls.legs(phone).filter(|(_, party)| party.leg == Leg::Connected);
                let call = legs.next().map(|(call, _)| call.id).filter(|id| self.is_up(*id));
                call.ok_or(Refusal::state(refusal::NOT_SPEAKING))
            }
            AcdState::Hold | AcdState::NotReady { .. } => Err(Refusal::state(refusal::NOT_SPEAKING)),
            AcdState::LoggedOut { .. }
            | AcdState::Available
            | AcdState::Reserved
            | AcdState::WorkNotReady { .. }
            | AcdState::WorkReady { .. } => Err(Refusal::control(Code::INVALID_OBJECT_STATE)),
        }
    }

    fn may_barge(&self, about: u32, agent: &str) -> Result<(), Refusal> {
        if self.leg(about, agent)? != Leg::Connected {
            return Err(Refusal::control(Code::NO_ACTIVE_CALL));
        }
        let call = self.calls.get(about).ok_or(Refusal::control(Code::NO_ACTIVE_CALL))?;
        let foreign = call.is_conference() && call.controller.as_deref() != Some(agent);
        let others = self.calls.of_device(agent).filter(|other| other.id != about && !other.is_session());
        let consulted = call.consult.is_some() || self.is_consulted_about(about);
        if foreign || consulted || others.count() > 0 {
            return Err(Refusal::state(refusal::NOT_THE_CONTROLLER));
        }
        if call.parties.len() >= PARTIES_MAX {
            let full = Refusal::control(Code::CONFERENCE_MEMBER_LIMIT_EXCEEDED);
            return Err(full.because(refusal::BRIDGE_LIMIT));
        }
        Ok(())
    }

    /// Somebody on the call holds it and asks a colleague about it.
    fn is_consulted_about(&self, id: u32) -> bool {
        let devices = self.calls.get(id).into_iter().flat_map(|call| &call.parties);
        let mut beside = devices.flat_map(|party| self.calls.of_device(&party.device));
        beside.any(|call| self.consulted_about(call).is_some_and(|consult| consult.about == id))
    }

    /// What the supervisor listens to in this session of his.
    fn session(&self, id: u32, supervisor: &str) -> Result<Monitor, Refusal> {
        let call = self.calls.get(id).filter(|call| call.live() && call.party(supervisor).is_some());
        let monitor = call.and_then(|call| call.monitor.clone()).filter(|it| it.device != supervisor);
        monitor.ok_or(Refusal::control(Code::INVALID_CSTA_CONNECTION_IDENTIFIER))
    }

    /// The session in which a phone is listened to.
    fn session_of(&self, phone: &str) -> Option<(u32, &Monitor)> {
        let sessions = self.calls.legs(phone).filter(|(_, party)| party.leg == Leg::Listened);
        sessions.filter_map(|(call, _)| Some((call.id, call.monitor.as_ref()?))).next()
    }

    fn signed_in_at(&self, phone: &str) -> Result<&Agent, Refusal> {
        let holder = self.phones.get(phone).ok_or(Refusal::Failure(StatusCode::INVALID_DEVICE))?;
        let agent = holder.as_ref().and_then(|id| self.agents.get(id));
        agent.ok_or(Refusal::Failure(StatusCode::AGENT_NOT_LOGGED_ON))
    }

    fn supervises(&self, supervisor: &str, agent: &Agent) -> bool {
        let team = self.config.teams.iter().find(|team| Some(team.id) == agent.config.team);
        team.is_some_and(|team| team.supervisors.iter().any(|id| id == supervisor))
    }
}

fn listened(agent: &str, now: Duration) -> Party {
    Party {
        device: agent.into(),
        place: Place::Inside,
        caller: false,
        task: Task::Other,
        leg: Leg::Listened,
        since: now,
    }
}
