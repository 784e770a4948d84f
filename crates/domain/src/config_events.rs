//! The front door for events, and those of the configuration (mapping.md section 5).

use ged188::{
    AgentFlags, AgentState, AgentTeamConfigEvent, AgentType, ConfigAgentEvent, ConfigAgentEventRecordsItem,
    Message, RecordType, TeamConfigOperation,
};

use crate::agent_state::Report;
use crate::agents::Configured;
use crate::call_events::heading;
use crate::domain::Domain;
use crate::ids::{AgentId, Now, TeamId};
use crate::teams::{Member, Operation};
use crate::view::UserState;

impl Domain {
    /// An event of the CTI session. What the domain has no use for is counted.
    pub fn event(&mut self, message: &Message, now: Now) {
        match message {
            Message::ConfigAgentEvent(event) => self.agents_configured(event),
            Message::ConfigSkillGroupEvent(event) => self.queues_configured(event),
            Message::ConfigBeginEvent(event) => self.configuration_begins(event),
            Message::ConfigEndEvent(event) => self.configuration_ends(event),
            Message::AgentTeamConfigEvent(event) => self.team_configured(event, now),
            Message::AgentStateEvent(event) => {
                if self.is_ours(event.peripheral_id) && self.phase_hears() {
                    self.agent_state_event(event, now);
                }
            }
            other => match heading(other) {
                Some((peripheral, call)) => {
                    if self.is_ours(peripheral) && self.phase_hears() && !self.hold(call, other, now) {
                        // A snapshot of a call of nobody known may be on its way, and older than this.
                        if !self.calls.contains_key(&call) {
                            self.reads.call_gone(call);
                        }
                        self.call_event(other, now);
                    }
                }
                None => self.counters.ignored_messages += 1,
            },
        }
    }

    fn is_ours(&mut self, peripheral: u32) -> bool {
        let ours = peripheral == self.config.peripheral_id;
        if !ours {
            self.counters.other_peripheral += 1;
        }
        ours
    }

    fn agents_configured(&mut self, event: &ConfigAgentEvent) {
        for record in &event.records {
            let ours =
                record.flt_peripheral_id.is_none_or(|peripheral| peripheral == self.config.peripheral_id);
            if ours && !record.login_id.is_empty() {
                self.agent_configured(record);
            }
        }
    }

    fn agent_configured(&mut self, record: &ConfigAgentEventRecordsItem) {
        let id = AgentId::new(&record.login_id);
        if record.record_type == Some(RecordType::DELETE) {
            return self.agent_deleted(&id);
        }
        if !self.admit(&id) {
            return;
        }
        self.forget_login(&id);
        self.change_agent(&id, |agent| {
            agent.configured = Configured {
                login_name: record.login_name.clone(),
                first_name: record.first_name.clone(),
                last_name: record.last_name.clone(),
                supervisor: record.agent_type == Some(AgentType::SUPERVISOR),
                skill_groups: record.skills.iter().filter_map(|skill| skill.flt_skill_group_number).collect(),
            };
        });
        self.note_login(&id);
    }

    /// Who is signed in stays until CTI says that he is gone.
    fn agent_deleted(&mut self, id: &AgentId) {
        let signed_in = self.agents.get(id).is_some_and(|agent| agent.status.state.signed_in());
        if !signed_in {
            self.forget_login(id);
            self.agents.remove(id);
        }
    }

    fn team_configured(&mut self, event: &AgentTeamConfigEvent, now: Now) {
        if !self.is_ours(event.peripheral_id) {
            return;
        }
        let operation = match event.config_operation {
            TeamConfigOperation::ADD_AGENT => Operation::Add,
            TeamConfigOperation::REMOVE_AGENT => Operation::Remove,
            _ => Operation::Restore,
        };
        let mut members = Vec::new();
        for item in event.agents.iter().filter(|item| !item.atc_agent_id.is_empty()) {
            let agent = AgentId::new(&item.atc_agent_id);
            if self.admit(&agent) {
                let supervisor = item.agent_flags.is_some_and(|flags| {
                    flags.intersects(AgentFlags::SUPERVISOR | AgentFlags::PRIMARY_SUPERVISOR)
                });
                members.push(Member { agent, supervisor });
            }
        }
        self.place_members(TeamId(event.team_id), &event.agent_team_name, operation, members);
        for item in &event.agents {
            self.state_by_team(
                item.atc_agent_id.as_str(),
                item.atc_agent_state,
                item.atc_state_duration,
                now,
            );
        }
    }

    /// Publishes each user whom the new list shows in another way.
    fn place_members(&mut self, id: TeamId, name: &str, operation: Operation, members: Vec<Member>) {
        let concerned = self.teams.concerned(id, &members);
        let before: Vec<_> = concerned.into_iter().map(|agent| (self.user(&agent), agent)).collect();
        self.teams.apply(id, name, operation, members);
        for (user, agent) in before {
            if self.user(&agent) != user {
                self.publish_user(&agent);
            }
        }
    }

    /// AtcAgentState is the first known state, never more: AGENT_STATE_EVENT tells of changes.
    fn state_by_team(&mut self, agent: &str, state: Option<AgentState>, duration: Option<u32>, now: Now) {
        let (id, Some(state)) = (AgentId::new(agent), state) else { return };
        let known = self.agents.get(&id).is_none_or(|agent| agent.status.state != UserState::Unknown);
        if !known {
            self.agent_reported(&id, &Report { state, duration, ..Report::default() }, now);
        }
    }
}
