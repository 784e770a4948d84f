use std::fmt;
use std::time::Duration;

use super::{Agent, Denial, Outcome, Stage};

/// One change of what a desktop means, told so that it makes one line of a log: whose, why, what is next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Whose desktop.
    pub agent: Agent,
    /// The state before.
    pub from: Stage,
    /// The state after.
    pub to: Stage,
    /// Why.
    pub cause: Cause,
    /// What happens next.
    pub next: Next,
}

impl Transition {
    /// A stable word for machines.
    pub fn what(&self) -> &'static str {
        match self.to {
            Stage::Unknown => "presence.forgotten",
            Stage::Online => "presence.online",
            Stage::Quiet => "presence.silent",
            Stage::Held => "presence.held",
            Stage::Awaited => "presence.awaited",
            Stage::Grace => "presence.gone",
            Stage::Postponed => "presence.logout_postponed",
            Stage::Asking => "presence.logout_asked",
            Stage::Ordered => "presence.logout_ordered",
            Stage::Retrying => "presence.logout_dropped",
        }
    }
}

impl fmt::Display for Transition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "desktop of agent {}: {}; next: {}", self.agent, self.cause, self.next)
    }
}

/// Why a state was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A session is available or heard.
    Here,
    /// The last session that was heard fell silent.
    Silent,
    /// The last session is over.
    Gone,
    /// The agent signed in here.
    SignedIn,
    /// The caller remembers a desktop from before a restart.
    Remembered,
    /// A call began.
    CallStarted,
    /// The last call ended.
    CallEnded,
    /// The deadline of the state has come.
    Due,
    /// Permission was given.
    Granted,
    /// Permission was denied.
    Denied(Denial),
    /// What CTI made of the order.
    Outcome(Outcome),
    /// A newer session lives on the other node.
    Superseded,
    /// The node does not see presence or is out of service.
    Blind,
    /// The node sees again.
    Sees,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Here => "available",
            Self::Silent => "silent",
            Self::Gone => "unavailable",
            Self::SignedIn => "the agent signed in",
            Self::Remembered => "known from before the restart",
            Self::CallStarted => "a call began",
            Self::CallEnded => "the call ended",
            Self::Due => "the time is over",
            Self::Granted => "permission to log out given",
            Self::Denied(Denial::Elsewhere) => "no logout, the agent is at the other node",
            Self::Denied(Denial::TooLate) => "no logout, permission came too late",
            Self::Outcome(Outcome::Accepted) => "forced logout accepted",
            Self::Outcome(Outcome::Refused) => "forced logout not needed, the agent is signed out",
            Self::Outcome(Outcome::NotWritten) => "forced logout not sent",
            Self::Outcome(Outcome::Unknown) => "outcome of the forced logout not known",
            Self::Superseded => "a newer session is at the other node",
            Self::Blind => "the node does not see desktops",
            Self::Sees => "the node sees desktops again",
        })
    }
}

/// What happens next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing.
    Nothing,
    /// It counts as gone after this time.
    GoneAfter(Duration),
    /// Wait for the node to see again.
    Wait,
    /// Its grace begins after this time.
    GraceAfter(Duration),
    /// A forced logout after this time, unless it comes back.
    LogoutAfter(Duration),
    /// A forced logout after the call.
    LogoutAfterCall,
    /// Ask the other node.
    Ask,
    /// Send the forced logout.
    Send,
}

impl fmt::Display for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing"),
            Self::GoneAfter(time) => write!(f, "counts as gone in {} s", time.as_secs_f64()),
            Self::Wait => f.write_str("wait until the node sees desktops"),
            Self::GraceAfter(time) => {
                write!(f, "counts as gone in {} s unless it comes back", time.as_secs_f64())
            }
            Self::LogoutAfter(time) => {
                write!(f, "forced logout in {} s unless it comes back", time.as_secs_f64())
            }
            Self::LogoutAfterCall => f.write_str("forced logout after the call"),
            Self::Ask => f.write_str("ask whether the agent may be logged out"),
            Self::Send => f.write_str("send LOGOUT with reason 255"),
        }
    }
}
