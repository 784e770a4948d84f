//! AGENT_STATE_EVENT.

use std::time::Duration;

use ged188::{
    AgentAvailabilityStatus, AgentState, AgentStateEvent, AgentStateEventFltSkillGroupsItem, Message,
    PeripheralType,
};

use super::{NULL_ID, VOICE};
use crate::agents::{AcdState, Agent};
use crate::config::{AgentEvents, SwitchConfig};
use crate::switch::{Event, Switch};

/// NumFltSkillGroups of AGENT_STATE_EVENT (ged188.md section 2.4).
const GROUPS_MAX: usize = 99;

/// The state of an agent in one skill group.
pub(crate) struct SkillGroupState {
    pub(crate) number: u32,
    pub(crate) id: u32,
    pub(crate) state: AgentState,
}

/// The agent's skill groups with their states: a group that is not involved in the agent's call is BUSY_OTHER
/// (ged188.md section 12).
pub(crate) fn skill_groups(config: &SwitchConfig, agent: &Agent) -> Vec<SkillGroupState> {
    let involved = agent.call_group.or_else(|| agent.config.skill_groups.first().copied());
    let groups = agent.config.skill_groups.iter().filter_map(|number| config.skill_group(*number));
    let state_in = |number| match agent.state {
        AcdState::Reserved => AgentState::BUSY_OTHER,
        AcdState::Talking | AcdState::Hold if Some(number) != involved => AgentState::BUSY_OTHER,
        AcdState::Talking
        | AcdState::Hold
        | AcdState::LoggedOut { .. }
        | AcdState::NotReady { .. }
        | AcdState::Available
        | AcdState::WorkNotReady { .. }
        | AcdState::WorkReady { .. } => agent.state.code(),
    };
    groups.map(|g| SkillGroupState { number: g.number, id: g.id, state: state_in(g.number) }).collect()
}

impl Switch {
    /// Tells the state of an agent.
    pub(crate) fn tell_agent(&mut self, id: &str, now: Duration) {
        let Some(agent) = self.agents.get(id) else { return };
        let event = self.agent_state_event(agent, now);
        let reason = match agent.state.reason() {
            0 => String::new(),
            reason => format!(", reason {reason}"),
        };
        let pending = agent.next_state().map(|next| format!(", then {next}")).unwrap_or_default();
        let says = format!("agent {id} is {}{reason}{pending}", agent.state.name());
        self.story("agent", says);
        self.tell_agent_event(id, event);
    }

    /// Tells that an agent signed in: the state LOGIN, which lasts no time.
    pub(crate) fn tell_sign_in(&mut self, id: &str) {
        let Some(agent) = self.agents.get(id) else { return };
        let mut event = self.agent_state_event(agent, agent.since);
        event.agent_state = AgentState::LOGIN;
        event.event_reason_code = 0;
        event.duration = Some(0);
        for group in &mut event.flt_skill_groups {
            group.flt_skill_group_state = Some(AgentState::LOGIN);
        }
        self.tell_agent_event(id, event);
    }

    fn tell_agent_event(&mut self, id: &str, event: AgentStateEvent) {
        for message in self.in_their_form(event) {
            let message = Message::AgentStateEvent(message);
            let devices = self.agents.get(id).and_then(|agent| agent.extension.clone()).into_iter().collect();
            self.tell(Event { message, devices, call: None, agent: Some(id.into()) });
        }
    }

    fn agent_state_event(&self, agent: &Agent, now: Duration) -> AgentStateEvent {
        let groups = skill_groups(&self.config, agent);
        let first = groups.first();
        let seconds = whole_seconds(now.saturating_sub(agent.since));
        let extension = agent.extension.clone().unwrap_or_default();
        AgentStateEvent {
            peripheral_id: self.config.peripheral_id,
            peripheral_type: PeripheralType::ENTERPRISE_AGENT,
            skill_group_state: first.map_or(agent.state.code(), |group| group.state),
            state_duration: seconds,
            skill_group_number: first.map_or(NULL_ID, |group| group.number),
            skill_group_id: first.map_or(NULL_ID, |group| group.id),
            agent_state: agent.state.code(),
            event_reason_code: agent.state.reason(),
            mrd_id: VOICE,
            num_tasks: tasks(agent),
            agent_mode: 1,
            max_task_limit: 1,
            icm_agent_id: agent.config.skill_target_id.cast_signed(),
            agent_availability_status: availability(agent),
            agent_id: agent.config.id.clone(),
            agent_extension: extension.clone(),
            agent_instrument: extension,
            duration: Some(seconds),
            next_agent_state: agent.next_state(),
            direction: self.direction(agent),
            flt_skill_groups: groups.iter().take(GROUPS_MAX).map(flt_item).collect(),
            ..AgentStateEvent::default()
        }
    }

    /// One message, or one for each skill group.
    fn in_their_form(&self, event: AgentStateEvent) -> Vec<AgentStateEvent> {
        match self.config.agent_events {
            AgentEvents::OnePerChange => vec![event],
            AgentEvents::OnePerSkillGroup if event.flt_skill_groups.is_empty() => vec![event],
            AgentEvents::OnePerSkillGroup => {
                event.flt_skill_groups.iter().map(|g| for_group(&event, g)).collect()
            }
        }
    }
}

fn for_group(event: &AgentStateEvent, group: &AgentStateEventFltSkillGroupsItem) -> AgentStateEvent {
    AgentStateEvent {
        skill_group_number: group.flt_skill_group_number.unwrap_or(NULL_ID),
        skill_group_id: group.flt_skill_group_id.unwrap_or(NULL_ID),
        skill_group_state: group.flt_skill_group_state.unwrap_or(event.agent_state),
        flt_skill_groups: Vec::new(),
        ..event.clone()
    }
}

fn flt_item(group: &SkillGroupState) -> AgentStateEventFltSkillGroupsItem {
    AgentStateEventFltSkillGroupsItem {
        flt_skill_group_number: Some(group.number),
        flt_skill_group_id: Some(group.id),
        flt_skill_group_priority: Some(0),
        flt_skill_group_state: Some(group.state),
    }
}

/// Tasks in hand: voice allows one.
pub(crate) fn tasks(agent: &Agent) -> u32 {
    u32::from(agent.state.on_call() || agent.state == AcdState::Reserved)
}

/// Whether the router may choose the agent.
pub(crate) fn availability(agent: &Agent) -> AgentAvailabilityStatus {
    if agent.state == AcdState::Available {
        AgentAvailabilityStatus::ICM_AVAILABLE
    } else {
        AgentAvailabilityStatus::NOT_AVAILABLE
    }
}

/// Seconds for a UINT field.
pub(crate) fn whole_seconds(time: Duration) -> u32 {
    u32::try_from(time.as_secs()).unwrap_or(u32::MAX)
}
