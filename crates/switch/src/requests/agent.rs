//! Agent state: query, change, desk settings.

use std::time::Duration;

use ged188::{
    AgentDeskSettingsConf, AgentDeskSettingsReq, AgentState, AgentWorkMode, ControlFailureCode,
    DeskSettingsMask, ForcedFlag, Message, QueryAgentStateConf, QueryAgentStateConfSkillGroupsItem,
    QueryAgentStateReq, SetAgentStateConf, SetAgentStateReq, StatusCode,
};

use crate::agents::Agent;
use crate::config::DeskSettings;
use crate::desk::Wish;
use crate::events::{VOICE, availability, skill_groups, tasks, whole_seconds};
use crate::mobile::{Mobile, MobileMode};
use crate::refusal::Refusal;
use crate::switch::Switch;

impl Switch {
    /// # Errors
    /// 7 other peripheral, 88 not voice, 8 unknown agent, by setting 9 signed out; 34 while the peripheral is offline.
    pub(super) fn query_agent_state(&self, request: &QueryAgentStateReq) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        if request.mrd_id != VOICE {
            return Err(Refusal::Failure(StatusCode::INVALID_MR_DOMAIN));
        }
        let agent = self
            .find_agent(
                &request.agent_id,
                &request.agent_extension,
                &request.agent_instrument,
                request.icm_agent_id,
            )
            .ok_or(Refusal::Failure(StatusCode::INVALID_AGENT_DATA))?;
        if self.config.query_refuses_signed_out && !agent.signed_in() {
            return Err(Refusal::Failure(StatusCode::AGENT_NOT_LOGGED_ON));
        }
        Ok(Message::QueryAgentStateConf(self.agent_state_conf(agent)))
    }

    /// # Errors
    /// 7 other peripheral; the codes of [`Switch::sign_in`] and [`Switch::wish`]; 34 while offline.
    pub(super) fn set_agent_state(
        &mut self,
        request: &SetAgentStateReq,
        now: Duration,
    ) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        if request.agent_id.is_empty() && request.agent_instrument.is_empty() {
            return Err(Refusal::Failure(StatusCode::REQUIRED_DATA_MISSING));
        }
        let id = self.target(request)?;
        let password = (request.sso_enabled != Some(1)).then_some(request.agent_password.as_str());
        let forced = request.forced_flag == ForcedFlag::TRUE;
        let reason = request.event_reason_code;
        if request.forced_flag == ForcedFlag::AUTHENTICATION_ONLY {
            self.check_password(&id, password)?;
        } else {
            match request.agent_state {
                AgentState::LOGIN => self.login(&id, password, request, now)?,
                AgentState::LOGOUT => self.wish(&id, Wish::Logout { reason }, forced, now)?,
                AgentState::NOT_READY => self.wish(&id, Wish::NotReady { reason }, forced, now)?,
                AgentState::AVAILABLE => self.wish(&id, Wish::Available, forced, now)?,
                AgentState::WORK_NOT_READY => self.wish(&id, Wish::Work { ready: false }, forced, now)?,
                AgentState::WORK_READY => self.wish(&id, Wish::Work { ready: true }, forced, now)?,
                _ => return Err(Refusal::control(ControlFailureCode::VALUE_OUT_OF_RANGE)),
            }
        }
        Ok(Message::SetAgentStateConf(SetAgentStateConf::default()))
    }

    /// # Errors
    /// 7 other peripheral, 8 unknown agent.
    pub(super) fn desk_settings(&self, request: &AgentDeskSettingsReq) -> Result<Message, Refusal> {
        self.check_peripheral(request.peripheral_id)?;
        if !request.agent_id.is_empty() && !self.agents.contains_key(&request.agent_id) {
            return Err(Refusal::Failure(StatusCode::INVALID_AGENT_DATA));
        }
        let desk = &self.config.desk;
        Ok(Message::AgentDeskSettingsConf(AgentDeskSettingsConf {
            peripheral_id: self.config.peripheral_id,
            desk_settings_mask: desk_mask(desk),
            wrapup_data_incoming_mode: ged188::WrapupDataMode(desk.wrap_up_incoming.mode()),
            wrapup_data_outgoing_mode: ged188::WrapupDataMode(desk.wrap_up_outgoing.mode()),
            ring_no_answer_time: whole_seconds(desk.ring_no_answer_time),
            work_mode_timer: whole_seconds(desk.work_mode_timer),
            ..AgentDeskSettingsConf::default()
        }))
    }

    /// The agent whom a request names by id, phone or skill target id.
    pub(crate) fn find_agent(
        &self,
        id: &str,
        extension: &str,
        instrument: &str,
        icm_id: i32,
    ) -> Option<&Agent> {
        let at = |phone: &str| self.agent_at(phone).and_then(|id| self.agents.get(&id));
        if !id.is_empty() {
            self.agents.get(id)
        } else if !extension.is_empty() {
            at(extension)
        } else if !instrument.is_empty() {
            at(instrument)
        } else {
            self.agents.values().find(|agent| agent.config.skill_target_id.cast_signed() == icm_id)
        }
    }

    fn login(
        &mut self,
        id: &str,
        password: Option<&str>,
        request: &SetAgentStateReq,
        now: Duration,
    ) -> Result<(), Refusal> {
        match mobile(request) {
            Some(mobile) => self.sign_in_mobile(id, password, phone(request), mobile, now),
            None => self.sign_in(id, password, phone(request), now),
        }
    }

    fn target(&self, request: &SetAgentStateReq) -> Result<String, Refusal> {
        if !request.agent_id.is_empty() {
            return Ok(request.agent_id.clone());
        }
        self.agent_at(phone(request)).ok_or(Refusal::Failure(StatusCode::AGENT_NOT_LOGGED_ON))
    }

    fn agent_state_conf(&self, agent: &Agent) -> QueryAgentStateConf {
        let extension = agent.extension.clone().unwrap_or_default();
        let groups = skill_groups(&self.config, agent).into_iter();
        QueryAgentStateConf {
            agent_state: agent.state.code(),
            mrd_id: VOICE,
            num_tasks: tasks(agent),
            agent_mode: 1,
            max_task_limit: 1,
            icm_agent_id: agent.config.skill_target_id.cast_signed(),
            agent_availability_status: availability(agent),
            agent_id: agent.config.id.clone(),
            agent_extension: extension.clone(),
            agent_instrument: extension,
            skill_groups: groups
                .map(|group| QueryAgentStateConfSkillGroupsItem {
                    flt_skill_group_number: Some(group.number),
                    flt_skill_group_id: Some(group.id),
                    flt_skill_group_priority: Some(0),
                    flt_skill_group_state: Some(group.state),
                })
                .take(QUERY_GROUPS_MAX)
                .collect(),
            ..QueryAgentStateConf::default()
        }
    }
}

/// NumSkillGroups of QUERY_AGENT_STATE_CONF (ged188.md section 2.4).
const QUERY_GROUPS_MAX: usize = 20;

/// The phone of a request; a mobile agent sends `port;number`.
fn phone(request: &SetAgentStateReq) -> &str {
    request.agent_instrument.split(';').next().unwrap_or_default()
}

/// How a mobile agent wants to be reached.
fn mobile(request: &SetAgentStateReq) -> Option<Mobile> {
    let mode = match request.agent_work_mode {
        AgentWorkMode::RA_CALL_BY_CALL => MobileMode::CallByCall,
        AgentWorkMode::RA_NAILED_CONNECTION => MobileMode::NailedConnection,
        _ => return None,
    };
    let number = request.agent_instrument.split_once(';').map_or("", |(_, number)| number);
    Some(Mobile { mode, number: number.into() })
}

fn desk_mask(desk: &DeskSettings) -> DeskSettingsMask {
    let bits = [
        (desk.available_after_incoming, DeskSettingsMask::AVAIL_AFTER_INCOMING),
        (desk.not_ready_reason_required, DeskSettingsMask::IDLE_REASON_REQUIRED),
        (desk.logout_reason_required, DeskSettingsMask::LOGOUT_REASON_REQUIRED),
        (true, DeskSettingsMask::AGENT_TO_AGENT_CALLS_ALLOWED),
        (true, DeskSettingsMask::NON_ACD_CALLS_ALLOWED),
    ];
    DeskSettingsMask(bits.iter().filter(|(on, _)| *on).fold(0, |mask, (_, bit)| mask | bit.0))
}
