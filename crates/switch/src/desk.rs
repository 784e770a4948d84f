//! What agents ask for: sign in, sign out, ready, not ready, wrap-up; and what LOAD does to them.
//!
//! The rules are those of UCCE (mapping.md section 1.1, ged188.md sections 9 and 10.1).

use std::time::Duration;

use ged188::ControlFailureCode as Code;

use crate::agents::{AcdState, Agent, Pending, Rest};
use crate::refusal::{self, Refusal};
use crate::switch::Switch;
use crate::timers::Timer;

/// Reason code of a routed call that was not answered.
pub const CALL_NOT_ANSWERED: u16 = 32_767;
/// Reason code of what LOAD does (failover.md DESK-X1).
pub const CONNECTION_FAILURE: u16 = 50_002;
/// The reason code with which a desktop server tells of a lost desktop (failover.md DESK-1).
pub const LOST_DESKTOP: u16 = 255;

/// Logout on agent disconnect: what becomes of an agent whose desktop is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
    /// `/LOAD 0`, the default: Not Ready, after the call.
    NotReady,
    /// `/LOAD 1`: logged out at once, although a call goes on.
    Logout,
}

/// A change that somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Sign out.
    Logout {
        /// EventReasonCode.
        reason: u16,
    },
    /// Become Not Ready.
    NotReady {
        /// EventReasonCode.
        reason: u16,
    },
    /// Become available.
    Available,
    /// Wrap-up.
    Work {
        /// Available afterwards.
        ready: bool,
    },
}

impl Switch {
    /// Signs an agent in at a phone.
    ///
    /// # Errors
    /// 256 unknown agent, 257 wrong password (`None`: not asked for), 259 already signed on, 260 unknown
    /// device, 283 extension in use.
    pub(crate) fn sign_in(
        &mut self,
        id: &str,
        password: Option<&str>,
        extension: &str,
        now: Duration,
    ) -> Result<(), Refusal> {
        self.may_sign_in(id, password, extension)?;
        self.take_phone(id, extension, now);
        Ok(())
    }

    /// The refusals of [`Switch::sign_in`].
    pub(crate) fn may_sign_in(
        &self,
        id: &str,
        password: Option<&str>,
        extension: &str,
    ) -> Result<(), Refusal> {
        self.check_password(id, password)?;
        let holder =
            self.phones.get(extension).ok_or(Refusal::control(Code::INVALID_LOGON_DEVICE_SPECIFIED))?;
        if self.agents.get(id).is_some_and(Agent::signed_in) {
            return Err(Refusal::Control(
                Code::SPECIFIED_AGENT_ALREADY_SIGNED_ON,
                refusal::ALREADY_SIGNED_ON,
            ));
        }
        if holder.is_some() {
            return Err(Refusal::control(Code::SPECIFIED_EXTENSION_ALREADY_IN_USE));
        }
        Ok(())
    }

    /// Checks credentials and changes nothing (ForcedFlag 2).
    ///
    /// # Errors
    /// 256 unknown agent, 257 wrong password.
    pub(crate) fn check_password(&self, id: &str, password: Option<&str>) -> Result<(), Refusal> {
        let agent = self.agents.get(id).ok_or(Refusal::control(Code::INVALID_AGENT_ID_SPECIFIED))?;
        match password {
            Some(given) if given != agent.config.password => {
                Err(Refusal::control(Code::INVALID_PASSWORD_SPECIFIED))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// Does what an agent, or with `forced` a supervisor or a desktop server, asks for.
    ///
    /// # Errors
    /// 256 unknown agent, 257 Not Ready while signed out, 22 with the peripheral's reason, 281 reason missing.
    pub(crate) fn wish(&mut self, id: &str, wish: Wish, forced: bool, now: Duration) -> Result<(), Refusal> {
        let agent = self.agents.get(id).ok_or(Refusal::control(Code::INVALID_AGENT_ID_SPECIFIED))?;
        refuse_signed_out(agent, wish)?;
        if !forced {
            self.require_reason(wish)?;
        }
        match wish {
            Wish::Logout { reason: LOST_DESKTOP } if forced => self.load_agent(id, now),
            Wish::Logout { reason } => self.wish_logout(id, reason, forced, now)?,
            Wish::NotReady { reason } => self.wish_rest(id, Rest::NotReady { reason }, forced, now)?,
            Wish::Available => self.wish_rest(id, Rest::Available, forced, now)?,
            Wish::Work { ready } => self.wish_work(id, ready, now)?,
        }
        Ok(())
    }

    /// Applies LOAD to one agent (failover.md DESK-3, DESK-X1).
    pub(crate) fn load_agent(&mut self, id: &str, now: Duration) {
        let rest = Rest::NotReady { reason: CONNECTION_FAILURE };
        let logout = AcdState::LoggedOut { reason: CONNECTION_FAILURE };
        match (self.load, self.state_of(id)) {
            (Load::NotReady, AcdState::Talking | AcdState::Hold | AcdState::Reserved) => {
                self.set_pending(id, Pending::Rest { rest, forced: true }, now);
            }
            (
                Load::NotReady,
                AcdState::NotReady { .. }
                | AcdState::Available
                | AcdState::WorkNotReady { .. }
                | AcdState::WorkReady { .. },
            ) => self.enter(id, rest.state(), now),
            (Load::Logout, AcdState::Reserved) => {
                self.set_pending(id, Pending::Logout { reason: CONNECTION_FAILURE }, now);
            }
            (
                Load::Logout,
                AcdState::NotReady { .. }
                | AcdState::Available
                | AcdState::Talking
                | AcdState::Hold
                | AcdState::WorkNotReady { .. }
                | AcdState::WorkReady { .. },
            ) => self.enter(id, logout, now),
            (Load::NotReady | Load::Logout, AcdState::LoggedOut { .. }) => {}
        }
    }

    /// Moves an agent into a state and tells of it. The same state again is no change.
    pub(crate) fn enter(&mut self, id: &str, state: AcdState, now: Duration) {
        let Some(agent) = self.agents.get_mut(id) else { return };
        if agent.state == state {
            return;
        }
        let was = std::mem::replace(&mut agent.state, state);
        let since = std::mem::replace(&mut agent.since, now);
        if !state.on_call() {
            agent.pending = None;
        }
        if !state.on_call() && state != AcdState::Reserved {
            agent.call_group = None;
        }
        if was == AcdState::Available {
            self.available.remove(&(since, id.into()));
        }
        self.tell_agent(id, now);
        self.entered(id, state, now);
    }

    /// Brings the agent at a phone into the state that the phone's calls ask for.
    pub(crate) fn follow_phone(&mut self, phone: &str, now: Duration) {
        let Some(id) = self.agent_at(phone) else { return };
        let legs: Vec<_> = self.calls.legs(phone).map(|(_, party)| party.leg).collect();
        let held = legs.contains(&crate::call::Leg::Held);
        let engaged = legs.iter().any(|leg| leg.engaged());
        match self.agents.get(&id).map(|agent| agent.state.on_call()) {
            Some(_) if engaged => self.begin_talking(&id, phone, AcdState::Talking, now),
            Some(_) if held => self.begin_talking(&id, phone, AcdState::Hold, now),
            Some(true) => self.leave_call(&id, now),
            Some(false) | None => {}
        }
    }

    /// The agent who is signed in at a phone.
    pub(crate) fn agent_at(&self, phone: &str) -> Option<String> {
        self.phones.get(phone).cloned().flatten()
    }

    /// A reserved agent is free again: because of the caller (`None`), or with a state of its own.
    pub(crate) fn unreserve(&mut self, id: &str, state: Option<AcdState>, now: Duration) {
        let Some(agent) = self.agents.get(id).filter(|agent| agent.state == AcdState::Reserved) else {
            return;
        };
        let next = match (agent.pending, state) {
            (Some(Pending::Rest { rest, .. }), _) => rest.state(),
            (Some(_), _) => agent.after_call(now + self.config.desk.work_mode_timer).0,
            (None, Some(state)) => state,
            (None, None) => AcdState::Available,
        };
        self.enter(id, next, now);
    }

    /// The wrap-up timer of an agent ended.
    pub(crate) fn end_work(&mut self, id: &str, now: Duration) {
        let Some(agent) = self.agents.get(id) else { return };
        if agent.state.work_until().is_some_and(|until| until <= now) {
            self.enter(id, agent.rest.state(), now);
        }
    }

    pub(crate) fn take_phone(&mut self, id: &str, extension: &str, now: Duration) {
        if let Some(agent) = self.agents.get_mut(id) {
            agent.extension = Some(extension.into());
            agent.rest = Rest::NotReady { reason: 0 };
        }
        self.phones.insert(extension.into(), Some(id.into()));
        self.tell_sign_in(id);
        self.enter(id, AcdState::NotReady { reason: 0 }, now);
        self.follow_phone(extension, now);
    }

    fn entered(&mut self, id: &str, state: AcdState, now: Duration) {
        match state {
            AcdState::Available => {
                self.available.insert((now, id.into()));
                self.route_due = true;
            }
            AcdState::LoggedOut { .. } => self.free_phone(id),
            AcdState::WorkNotReady { until } | AcdState::WorkReady { until } => {
                self.timers.set(until, Timer::Work { agent: id.into() });
            }
            AcdState::NotReady { .. } | AcdState::Reserved | AcdState::Talking | AcdState::Hold => {}
        }
    }

    fn free_phone(&mut self, id: &str) {
        let phone = self.agents.get_mut(id).and_then(|agent| {
            agent.mobile = None;
            agent.extension.take()
        });
        if let Some(holder) = phone.and_then(|phone| self.phones.get_mut(&phone)) {
            *holder = None;
        }
    }

    fn begin_talking(&mut self, id: &str, phone: &str, state: AcdState, now: Duration) {
        let wrap_up = self.wrap_up_of(phone);
        let available_after = self.config.desk.available_after_incoming;
        if let Some(agent) = self.agents.get_mut(id) {
            agent.rest = agent.rest_after_call(available_after);
            if let Some((mode, group)) = wrap_up {
                agent.wrap_up = mode;
                agent.call_group = group;
            }
        }
        self.enter(id, state, now);
    }

    fn leave_call(&mut self, id: &str, now: Duration) {
        let Some(agent) = self.agents.get_mut(id) else { return };
        let (state, rest) = agent.after_call(now + self.config.desk.work_mode_timer);
        agent.rest = rest;
        self.enter(id, state, now);
    }

    fn require_reason(&self, wish: Wish) -> Result<(), Refusal> {
        let missing = match wish {
            Wish::Logout { reason } => reason == 0 && self.config.desk.logout_reason_required,
            Wish::NotReady { reason } => reason == 0 && self.config.desk.not_ready_reason_required,
            Wish::Available | Wish::Work { .. } => false,
        };
        if missing { Err(Refusal::control(Code::REASON_CODE_REQUIRED)) } else { Ok(()) }
    }

    fn wish_logout(&mut self, id: &str, reason: u16, forced: bool, now: Duration) -> Result<(), Refusal> {
        match (self.state_of(id), forced) {
            (AcdState::NotReady { .. }, _)
            | (AcdState::Available | AcdState::WorkNotReady { .. } | AcdState::WorkReady { .. }, true) => {
                self.enter(id, AcdState::LoggedOut { reason }, now);
            }
            (AcdState::Talking | AcdState::Hold | AcdState::Reserved, true) => {
                self.set_pending(id, Pending::Logout { reason }, now);
            }
            (
                AcdState::Available
                | AcdState::Reserved
                | AcdState::Talking
                | AcdState::Hold
                | AcdState::WorkNotReady { .. }
                | AcdState::WorkReady { .. },
                false,
            )
            | (AcdState::LoggedOut { .. }, _) => return Err(Refusal::state(refusal::CANT_LOG_OUT)),
        }
        Ok(())
    }

    fn wish_rest(&mut self, id: &str, rest: Rest, forced: bool, now: Duration) -> Result<(), Refusal> {
        match (self.state_of(id), forced) {
            (AcdState::Reserved, false) if self.note_for_afterwards(id, rest) => {}
            (AcdState::Reserved, false) => return Err(Refusal::state(refusal::AGENT_RESERVED)),
            (AcdState::Talking | AcdState::Hold, _) | (AcdState::Reserved, true) => {
                self.set_pending(id, Pending::Rest { rest, forced }, now);
            }
            (
                AcdState::NotReady { .. }
                | AcdState::Available
                | AcdState::WorkNotReady { .. }
                | AcdState::WorkReady { .. },
                _,
            ) => self.enter(id, rest.state(), now),
            (AcdState::LoggedOut { .. }, _) => return Err(Refusal::state(refusal::BAD_TRANSITION)),
        }
        Ok(())
    }

    /// The state of an agent; whoever is unknown is signed out.
    fn state_of(&self, id: &str) -> AcdState {
        self.agents.get(id).map_or(AcdState::LoggedOut { reason: 0 }, |agent| agent.state)
    }

    fn wish_work(&mut self, id: &str, ready: bool, now: Duration) -> Result<(), Refusal> {
        let Some(agent) = self.agents.get_mut(id) else { return Ok(()) };
        match agent.state {
            AcdState::Talking | AcdState::Hold if agent.wrap_up.allowed() => {
                self.set_pending(id, Pending::Work { ready }, now);
            }
            AcdState::WorkNotReady { until } | AcdState::WorkReady { until } => {
                agent.rest = if ready { Rest::Available } else { Rest::NotReady { reason: 0 } };
                let state =
                    if ready { AcdState::WorkReady { until } } else { AcdState::WorkNotReady { until } };
                self.enter(id, state, now);
            }
            AcdState::Talking
            | AcdState::Hold
            | AcdState::Available
            | AcdState::NotReady { .. }
            | AcdState::Reserved
            | AcdState::LoggedOut { .. } => return Err(Refusal::state(refusal::BAD_TRANSITION)),
        }
        Ok(())
    }

    fn set_pending(&mut self, id: &str, pending: Pending, now: Duration) {
        let Some(agent) = self.agents.get_mut(id) else { return };
        if agent.pending.replace(pending) != Some(pending) {
            self.tell_agent(id, now);
        }
    }
}

/// What an agent who is signed out may not ask for.
fn refuse_signed_out(agent: &Agent, wish: Wish) -> Result<(), Refusal> {
    if agent.signed_in() {
        return Ok(());
    }
    Err(match wish {
        Wish::NotReady { .. } => Refusal::control(Code::INVALID_PASSWORD_SPECIFIED),
        Wish::Logout { .. } => Refusal::state(refusal::ALREADY_LOGGED_OUT),
        Wish::Available => Refusal::state(refusal::CANT_GO_READY),
        Wish::Work { .. } => Refusal::state(refusal::BAD_TRANSITION),
    })
}
