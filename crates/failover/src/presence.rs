//! Desktop presence (failover.md section 4): when an agent whose desktop is gone is logged out by force.
//!
//! [`Machine`] decides; it never reads a stanza and never writes to CTI. It does not know whether an agent is signed
//! in: a forced logout of one who is not is harmless (DESK-5r1). Before each order it asks for permission, which
//! [`crate::fence`] grants or denies; [`Guarded`] joins the two, so that the node drives one thing.

mod desktop;
mod guarded;
mod io;
mod load;
mod machine;
mod relative;
mod settings;
mod step;
mod transition;
mod watch;

#[cfg(test)]
mod pair;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod walk;

pub use desktop::{Stage, State};
pub use guarded::{Guarded, GuardedInput, GuardedOutput, GuardedTimer};
pub use io::{Counters, Denial, Input, Order, Outcome, Output, SessionId, Timer};
pub use load::{Activity, Load, Result255};
pub use machine::{AGENTS_MAX, Machine, SESSIONS_MAX};
pub use settings::Settings;
pub use transition::{Cause, Next, Transition};
pub use watch::{Watch, WatchChange};

/// EventReasonCode of a forced logout in SET_AGENT_STATE_REQ (DESK-1); CTI may show another code afterwards.
pub const FORCED_LOGOUT_REASON: u16 = 255;

/// An agent's id. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Agent(std::sync::Arc<str>);

impl Agent {
    /// The id as it is spelled.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Agent {
    fn from(id: &str) -> Self {
        Self(id.into())
    }
}

impl std::fmt::Display for Agent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
