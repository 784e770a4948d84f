//! From the counters of QUERY_SKILL_GROUP_STATISTICS_CONF to those that a queue shows (mapping.md section 6).

use ged188::QuerySkillGroupStatisticsConf;

use crate::ids::WallMs;
use crate::view::QueueStatistics;

/// CTI tells how long the longest call has waited, in whole seconds, and its answer takes time: a start that differs by
/// less is the same start, or every round would look like a change.
const SAME_START_MS: i64 = 2_000;

impl QueueStatistics {
    /// The counters, at the time of the answer. `before`: what was shown until now.
    pub(super) fn read(conf: &QuerySkillGroupStatisticsConf, before: &Self, now: WallMs) -> Self {
        let routed = known(conf.router_calls_q_now);
        let (calls, longest) = match routed {
            Some(_) => (routed, conf.longest_router_call_q_now),
            None => (known(conf.calls_q_now), conf.longest_call_q_now),
        };
        let waits = known(longest).filter(|_| calls.is_some_and(|calls| calls > 0));
        let since = waits.map(|seconds| WallMs(now.0.saturating_sub(i64::from(seconds) * 1_000)));
        Self {
            agents_logged_on: known(conf.agents_logged_on),
            agents_not_ready: known(conf.agents_not_ready),
            agents_ready: known(conf.agents_avail),
            agents_busy_other: known(conf.agents_busy_other),
            agents_talking_inbound: known(conf.agents_talking_in),
            agents_talking_outbound: known(conf.agents_talking_out),
            agents_talking_internal: known(conf.agents_talking_other),
            agents_wrap_up_not_ready: known(conf.agents_work_not_ready),
            agents_wrap_up_ready: known(conf.agents_work_ready),
            calls_in_queue: calls,
            longest_since: since.map(|since| before.longest_since.filter(near(since)).unwrap_or(since)),
        }
    }
}

/// 0xFFFFFFFF is "not known".
fn known(counter: u32) -> Option<u32> {
    Some(counter).filter(|counter| *counter != u32::MAX)
}

fn near(start: WallMs) -> impl Fn(&WallMs) -> bool {
    move |known| (known.0 - start.0).abs() <= SAME_START_MS
}
