//! The real-time counters of a skill group. Interval counters are unknown: the laboratory keeps no history.

use std::time::Duration;

use ged188::{Message, QuerySkillGroupStatisticsConf, QuerySkillGroupStatisticsReq, StatusCode, Version};

use crate::agents::{AcdState, Agent};
use crate::calls::Stage;
use crate::config::SkillGroupConfig;
use crate::events::whole_seconds;
use crate::refusal::Refusal;
use crate::switch::Switch;

/// Message number of QUERY_SKILL_GROUP_STATISTICS_CONF and the bytes of its body.
const STATISTICS: (u32, usize) = (115, 596);

impl Switch {
    /// # Errors
    /// 7 other peripheral, 72 unknown skill group.
    pub(super) fn skill_group_statistics(
        &self,
        request: &QuerySkillGroupStatisticsReq,
        now: Duration,
    ) -> Result<Message, Refusal> {
        self.reach_peripheral(request.peripheral_id)?;
        let wanted = |group: &&SkillGroupConfig| {
            group.number == request.skill_group_number || group.id == request.skill_group_id
        };
        let group = self.config.skill_groups.iter().find(wanted);
        let group = group.ok_or(Refusal::Failure(StatusCode::INVALID_SKILL_GROUP))?;
        Ok(Message::QuerySkillGroupStatisticsConf(self.counters(group, now)))
    }

    fn counters(&self, group: &SkillGroupConfig, now: Duration) -> QuerySkillGroupStatisticsConf {
        let members: Vec<&Agent> = self
            .agents
            .values()
            .filter(|agent| agent.signed_in() && agent.config.skill_groups.contains(&group.number))
            .collect();
        let count =
            |which: &dyn Fn(&Agent) -> bool| number(members.iter().filter(|agent| which(agent)).count());
        let here = |agent: &Agent| agent.call_group == Some(group.number);
        let talks = |agent: &Agent| agent.state == AcdState::Talking;
        let waits = self.waiting(group.number).filter_map(|id| self.calls.get(id));
        let oldest = waits.filter_map(|call| match call.stage {
            Stage::Queued { since, .. } => Some(now.saturating_sub(since)),
            Stage::Reserved { .. }
            | Stage::Ringing { .. }
            | Stage::Up
            | Stage::Failed
            | Stage::Over { .. } => None,
        });
        QuerySkillGroupStatisticsConf {
            peripheral_id: self.config.peripheral_id,
            skill_group_number: group.number,
            skill_group_id: group.id,
            agents_logged_on: number(members.len()),
            agents_avail: count(&|agent| agent.state == AcdState::Available),
            agents_not_ready: count(&|agent| matches!(agent.state, AcdState::NotReady { .. })),
            agents_ready: count(&|agent| !matches!(agent.state, AcdState::NotReady { .. })),
            agents_talking_in: count(&|agent| talks(agent) && here(agent)),
            agents_talking_out: 0,
            agents_talking_other: count(&|agent| talks(agent) && agent.call_group.is_none()),
            agents_work_not_ready: count(&|agent| matches!(agent.state, AcdState::WorkNotReady { .. })),
            agents_work_ready: count(&|agent| matches!(agent.state, AcdState::WorkReady { .. })),
            agents_busy_other: count(&|agent| agent.call_group.is_some() && !here(agent)),
            agents_reserved: count(&|agent| agent.state == AcdState::Reserved && here(agent)),
            agents_hold: count(&|agent| agent.state == AcdState::Hold && here(agent)),
            agents_icm_available: count(&|agent| agent.state == AcdState::Available),
            router_calls_q_now: number(self.waiting(group.number).count()),
            longest_router_call_q_now: oldest.max().map_or(0, whole_seconds),
            ..unknown_counters()
        }
    }
}

/// Every counter 0xFFFFFFFF: a body of ones, read.
fn unknown_counters() -> QuerySkillGroupStatisticsConf {
    let (kind, bytes) = STATISTICS;
    match Message::decode(kind, &vec![0xFF; bytes], Version::V17) {
        Ok(Message::QuerySkillGroupStatisticsConf(unknown)) => unknown,
        Ok(_) | Err(_) => QuerySkillGroupStatisticsConf::default(),
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
