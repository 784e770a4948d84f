//! The people of a lab, written into an AWDB file of its own: whoever the switch knows can sign in.

use std::path::Path;

use server::awdb::{CreateError, PersonRow, SkillGroupRow, create};
use sim::switch::{AgentConfig, SwitchConfig};

/// Creates or replaces the AWDB at `path` with all agents, teams and skill groups of the switch.
///
/// # Errors
/// If the file cannot be written.
pub(crate) fn write_awdb(path: &Path, switch: &SwitchConfig) -> Result<(), CreateError> {
    let people: Vec<PersonRow> = switch.agents.iter().map(|agent| person(agent, switch)).collect();
    let groups = switch.skill_groups.iter().map(|group| SkillGroupRow {
        skill_target: group.id,
        name: group.name.clone(),
        number: group.number,
    });
    create(path, switch.peripheral_id, &people, &groups.collect::<Vec<_>>())
}

fn person(agent: &AgentConfig, switch: &SwitchConfig) -> PersonRow {
    let named = |id: u32| switch.team(id).map(|team| (team.id, team.name.clone()));
    let supervises = switch.teams.iter().filter(|team| team.supervisors.contains(&agent.id));
    PersonRow {
        skill_target: agent.skill_target_id,
        id: agent.id.clone(),
        login_name: agent.login_name.clone(),
        first_name: agent.first_name.clone(),
        last_name: agent.last_name.clone(),
        password: Some(agent.password.clone()),
        supervisor: agent.supervisor,
        team: agent.team.and_then(named),
        supervises: supervises.map(|team| (team.id, team.name.clone())).collect(),
        login_enabled: true,
    }
}
