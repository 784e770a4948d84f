//! Mobile agents: an agent's calls reach a phone outside, one by one or over a line that is nailed up at sign-in.
//!
//! ```text
//!  LOGIN, call by call ─────────────────────────────────────────────────▶ signed in
//!  LOGIN, nailed up ──▶ the phone outside rings ──answered──▶ signed in ──its line ends──▶ signed out, 50042
//!                                    └──busy, no answer──▶ signed out, 50040
//! ```

use std::time::Duration;

use ged188::ControlFailureCode as Code;
use serde::Serialize;

use crate::agents::{AcdState, Rest};
use crate::config::OutsideLine;
use crate::phone::is_number;
use crate::refusal::Refusal;
use crate::switch::Switch;
use crate::timers::Timer;

/// Reason code of a line that could not be nailed up (mapping.md section 2.5).
pub const MOBILE_CALL_FAILED: u16 = 50_040;
/// Reason code of a nailed-up line that ended.
pub const MOBILE_LINE_ENDED: u16 = 50_042;
/// How long the phone outside rings for a nailed-up line.
const RINGS: Duration = Duration::from_secs(20);

/// How a mobile agent is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mobile {
    /// Which way.
    pub mode: MobileMode,
    /// The phone outside.
    pub number: String,
}

/// The two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MobileMode {
    /// Each call is dialed.
    CallByCall,
    /// One line from sign-in to sign-out.
    NailedConnection,
}

/// A line that is being nailed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Nailing {
    extension: String,
    number: String,
    until: Duration,
    answers: bool,
}

impl Switch {
    /// Signs an agent in whose phone is outside.
    ///
    /// # Errors
    /// As [`Switch::sign_in`]; 265 the agent may not be mobile, 260 the number cannot be dialed.
    pub(crate) fn sign_in_mobile(
        &mut self,
        id: &str,
        password: Option<&str>,
        extension: &str,
        mobile: Mobile,
        now: Duration,
    ) -> Result<(), Refusal> {
        self.may_sign_in(id, password, extension)?;
        if !self.agents.get(id).is_some_and(|agent| agent.config.mobile) {
            return Err(Refusal::control(Code::INVALID_AGENT_WORKMODE));
        }
        if !is_number(&mobile.number) || !self.leads_outside(&mobile.number) {
            return Err(Refusal::control(Code::INVALID_LOGON_DEVICE_SPECIFIED));
        }
        match mobile.mode {
            MobileMode::CallByCall => self.take_mobile_phone(id, extension, mobile, now),
            MobileMode::NailedConnection => self.nail_up(id, extension, mobile.number, now),
        }
        Ok(())
    }

    fn take_mobile_phone(&mut self, id: &str, extension: &str, mobile: Mobile, now: Duration) {
        if let Some(agent) = self.agents.get_mut(id) {
            agent.mobile = Some(mobile);
        }
        self.take_phone(id, extension, now);
    }

    fn nail_up(&mut self, id: &str, extension: &str, number: String, now: Duration) {
        let (after, answers) = match self.config.outside_line(&number) {
            OutsideLine::Answers(after) => (after, true),
            OutsideLine::Rings => (RINGS, false),
            OutsideLine::Busy | OutsideLine::Unknown => (Duration::ZERO, false),
        };
        self.story("agent", format!("{number} rings for mobile agent {id}"));
        let until = now + after;
        if let Some(agent) = self.agents.get_mut(id) {
            agent.nailing = Some(Nailing { extension: extension.into(), number, until, answers });
        }
        self.timers.set(until, Timer::NailUp { agent: id.into() });
    }

    /// The phone outside is answered, or is not.
    pub(crate) fn nailed_up(&mut self, id: &str, now: Duration) {
        let Some(agent) = self.agents.get_mut(id) else { return };
        let Some(Nailing { extension, number, answers, .. }) = agent.nailing.take_if(|it| it.until <= now)
        else {
            return;
        };
        if self.may_sign_in(id, None, &extension).is_err() {
            return;
        }
        if answers {
            let mobile = Mobile { mode: MobileMode::NailedConnection, number };
            self.take_mobile_phone(id, &extension, mobile, now);
        } else {
            self.refuse_mobile(id, now);
        }
    }

    fn refuse_mobile(&mut self, id: &str, now: Duration) {
        if let Some(agent) = self.agents.get_mut(id) {
            (agent.state, agent.since) = (AcdState::LoggedOut { reason: MOBILE_CALL_FAILED }, now);
        }
        self.tell_agent(id, now);
    }

    /// Somebody hangs up the phone outside of a nailed-up line: the agent's calls end, and he is signed out. False if
    /// the number is nobody's.
    pub(crate) fn end_nailed_line(&mut self, number: &str, now: Duration) -> bool {
        let nailed = |mobile: &Mobile| mobile.mode == MobileMode::NailedConnection && mobile.number == number;
        let agent = self.agents.values().find(|agent| agent.mobile.as_ref().is_some_and(nailed));
        let Some((id, phone)) = agent.map(|agent| (agent.config.id.clone(), agent.extension.clone())) else {
            return false;
        };
        let phone = phone.unwrap_or_default();
        let calls: Vec<u32> = self.calls.of_device(&phone).map(|call| call.id).collect();
        for call in calls {
            // A call that ended with the one before is gone already.
            let _ = self.hang_up(call, &phone, now);
        }
        if let Some(agent) = self.agents.get_mut(&id) {
            agent.rest = Rest::NotReady { reason: 0 };
        }
        self.enter(&id, AcdState::LoggedOut { reason: MOBILE_LINE_ENDED }, now);
        true
    }
}
