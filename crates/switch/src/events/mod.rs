//! The CTI messages that tell of each change (ged188.md sections 6.2, 6.3 and 10).
//!
//! Only reads the truth. Order is the caller's business; who gets a message is the business of `feed`.

mod agent;
mod call;
mod leg;
mod life;
mod merge;
mod queue;

pub(crate) use agent::{availability, skill_groups, tasks, whole_seconds};
pub(crate) use call::{ROUTER_DAY, arrays, line_type, named};
pub(crate) use life::end_call;

/// NULL_CALL_ID, NULL_SERVICE, NULL_SKILL_GROUP, "unknown" of a statistic.
pub(crate) const NULL_ID: u32 = u32::MAX;
/// LineHandle when unknown (ged188.md section 2.4).
pub(crate) const NO_LINE: u16 = u16::MAX;
/// MRDID of voice.
pub(crate) const VOICE: i32 = 1;
