//! Teams: which teams a supervisor has, and the lists of members.

use std::time::Duration;

use ged188::{
    AgentFlags, AgentTeamConfigEvent, AgentTeamConfigEventAgentsItem, ListAgentTeamConf,
    ListAgentTeamConfAgentTeamsItem, ListAgentTeamReq, Message, StatusCode, TeamConfigOperation,
};

use crate::agents::Agent;
use crate::config::TeamConfig;
use crate::events::whole_seconds;
use crate::refusal::Refusal;
use crate::switch::Switch;

/// Members in one AGENT_TEAM_CONFIG_EVENT (ged188.md section 2.4).
const MEMBERS_MAX: usize = 64;

impl Switch {
    /// # Errors
    /// 64 nobody with this skill target id is a supervisor.
    pub(super) fn list_teams(&self, request: &ListAgentTeamReq) -> Result<Message, Refusal> {
        let agents = &mut self.config.agents.iter();
        let supervisor =
            agents.find(|agent| agent.skill_target_id == request.supervisor_id && agent.supervisor);
        let supervisor = supervisor.ok_or(Refusal::Failure(StatusCode::SUPERVISOR_NOT_FOUND))?;
        let teams = self.config.teams.iter().filter(|team| team.supervisors.contains(&supervisor.id));
        Ok(Message::ListAgentTeamConf(ListAgentTeamConf {
            agent_teams: teams
                .map(|team| ListAgentTeamConfAgentTeamsItem { list_team_id: Some(team.id) })
                .collect(),
            ..ListAgentTeamConf::default()
        }))
    }

    /// AGENT_TEAM_CONFIG_EVENTs of all teams: sent after a session opened.
    pub(crate) fn team_lists(&self, now: Duration) -> Vec<Message> {
        self.config.teams.iter().flat_map(|team| self.team_list(team, now)).collect()
    }

    fn team_list(&self, team: &TeamConfig, now: Duration) -> Vec<Message> {
        let members = self.teams.get(&team.id).into_iter().flatten();
        let agents: Vec<&Agent> = members.filter_map(|id| self.agents.get(id)).collect();
        agents.chunks(MEMBERS_MAX).map(|part| self.team_message(team, part, now)).collect()
    }

    fn team_message(&self, team: &TeamConfig, members: &[&Agent], now: Duration) -> Message {
        Message::AgentTeamConfigEvent(AgentTeamConfigEvent {
            peripheral_id: self.config.peripheral_id,
            team_id: team.id,
            config_operation: TeamConfigOperation::RESTORE_PERMANENT,
            agent_team_name: team.name.clone(),
            agents: members.iter().map(|agent| member(team, agent, now)).collect(),
            ..AgentTeamConfigEvent::default()
        })
    }
}

fn member(team: &TeamConfig, agent: &Agent, now: Duration) -> AgentTeamConfigEventAgentsItem {
    AgentTeamConfigEventAgentsItem {
        atc_agent_id: agent.config.id.clone(),
        agent_flags: Some(flags(team, &agent.config.id)),
        atc_agent_state: Some(agent.state.code()),
        atc_state_duration: Some(whole_seconds(now.saturating_sub(agent.since))),
    }
}

fn flags(team: &TeamConfig, id: &str) -> AgentFlags {
    match team.supervisors.iter().position(|supervisor| supervisor == id) {
        Some(0) => AgentFlags(AgentFlags::PRIMARY_SUPERVISOR.0 | AgentFlags::SUPERVISOR.0),
        Some(_) => AgentFlags::SUPERVISOR,
        None => AgentFlags(0),
    }
}
