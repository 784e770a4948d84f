//! The real-time counters of a skill group. Interval counters are unknown: the laboratory keeps no history.

use std::time::Duration;

use ged188::{Message, QuerySkillGroupStatisticsConf, QuerySkillGroupStatisticsReq, StatusCode, Version};

use crate::agents::{AcdState, Agent};
use crate::call::{Stage, Task};
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
        let doing: Vec<Doing> = self
            .agents
            .values()
            .filter(|agent| agent.signed_in() && agent.config.skill_groups.contains(&group.number))
            .map(|agent| self.doing(agent, group.number))
            .collect();
        let count = |what: Doing| number(doing.iter().filter(|doing| **doing == what).count());
        let logged_on = number(doing.len());
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
            agents_logged_on: logged_on,
            agents_avail: count(Doing::Available),
            agents_not_ready: count(Doing::NotReady),
            agents_ready: logged_on - count(Doing::NotReady),
            agents_talking_in: count(Doing::TalkingIn),
            agents_talking_out: count(Doing::TalkingOut),
            agents_talking_other: count(Doing::TalkingOther),
            agents_work_not_ready: count(Doing::WorkNotReady),
            agents_work_ready: count(Doing::WorkReady),
            agents_busy_other: count(Doing::BusyOther),
            agents_reserved: count(Doing::Reserved),
            agents_hold: count(Doing::Hold),
            agents_icm_available: count(Doing::Available),
            router_calls_q_now: number(self.waiting(group.number).count()),
            longest_router_call_q_now: oldest.max().map_or(0, whole_seconds),
            ..unknown_counters()
        }
    }

    /// What an agent does as this group sees it. An agent on a call is busy in one group and BUSY_OTHER in the rest
    /// (ged188.md section 12): the group of the routed call, else the agent's first one.
    fn doing(&self, agent: &Agent, group: u32) -> Doing {
        let involved = agent.call_group.or_else(|| agent.config.skill_groups.first().copied());
        match agent.state {
            AcdState::Available => Doing::Available,
            AcdState::NotReady { .. } | AcdState::LoggedOut { .. } => Doing::NotReady,
            AcdState::WorkNotReady { .. } => Doing::WorkNotReady,
            AcdState::WorkReady { .. } => Doing::WorkReady,
            AcdState::Reserved | AcdState::Talking | AcdState::Hold if involved != Some(group) => {
                Doing::BusyOther
            }
            AcdState::Reserved => Doing::Reserved,
            AcdState::Hold => Doing::Hold,
            AcdState::Talking => self.talking(agent.extension.as_deref().unwrap_or_default()),
        }
    }

    /// What kind of call a phone is engaged with.
    fn talking(&self, phone: &str) -> Doing {
        let engaged = self.calls.legs(phone).map(|(_, party)| party).find(|party| party.leg.engaged());
        match engaged.map(|party| party.task) {
            Some(Task::Routed { .. }) => Doing::TalkingIn,
            Some(Task::Campaign { .. } | Task::Out) => Doing::TalkingOut,
            Some(Task::Other) | None => Doing::TalkingOther,
        }
    }
}

/// What an agent does, as counted for one skill group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Available,
    NotReady,
    Reserved,
    TalkingIn,
    TalkingOut,
    TalkingOther,
    Hold,
    WorkNotReady,
    WorkReady,
    BusyOther,
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
