use std::fmt;
use std::time::Duration;

use super::Server;

/// What the agent is told: which server, why, and what is next (failover.md section 7, "write your own, name the server
/// and the next try").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Banner {
    /// What it is about.
    pub kind: BannerKind,
    /// The server that it names.
    pub server: Server,
    /// Why.
    pub reason: Reason,
    /// When the next try is, on the machine's clock; absent while something is under way.
    pub next_at: Option<Duration>,
}

/// What a banner is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BannerKind {
    /// The connection to `server` is lost; its transport is tried again (CLIENT-1, CLIENT-16).
    Lost,
    /// `server` is asked whether it is in service (CLIENT-1, CLIENT-2).
    Checking,
    /// `server` is not available; it and the other one are asked again at the time given.
    Waiting,
    /// Neither server is available; both are asked again at the time given (CLIENT-18d).
    BothDown,
    /// The agent is being signed in on `server`, or will be at the time given (CLIENT-4).
    Moving,
    /// The sign-in on `server` failed; both are asked again at the time given.
    SignInFailed,
    /// `server` did not accept the agent's sign-in: it is not asked again for a while, the other one is.
    SignInRefused,
    /// `server` is available; what the page shows is being read again (CLIENT-10).
    Reading,
    /// Connected to the same server as before (CLIENT-5).
    Reconnected,
    /// Signed in on the other server, which is `server` now.
    Moved,
    /// Nothing more is tried.
    Ended,
}

/// Why a server is not used, or was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It says that it is out of service (CLIENT-6a).
    OutOfService,
    /// The transport is gone (CLIENT-6b).
    TransportLost,
    /// Its `finesse` user is unavailable (CLIENT-6c).
    FinesseUnavailable,
    /// It does not answer.
    Silent,
    /// It is in service, but gives no transport (CLIENT-8, CLIENT-9).
    NoTransport,
    /// It is in service, but its data could not be read several times in a row (CLIENT-10).
    Unread,
    /// The same agent signed in elsewhere.
    Conflict,
    /// The agent was signed out by people.
    SignedOut,
}

impl BannerKind {
    /// A stable word for machines.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Checking => "checking",
            Self::Waiting => "waiting",
            Self::BothDown => "both_down",
            Self::Moving => "moving",
            Self::SignInFailed => "sign_in_failed",
            Self::SignInRefused => "sign_in_refused",
            Self::Reading => "reading",
            Self::Reconnected => "reconnected",
            Self::Moved => "moved",
            Self::Ended => "ended",
        }
    }
}

impl Reason {
    /// A stable word for machines.
    pub fn word(self) -> &'static str {
        match self {
            Self::OutOfService => "out_of_service",
            Self::TransportLost => "transport_lost",
            Self::FinesseUnavailable => "finesse_unavailable",
            Self::Silent => "silent",
            Self::NoTransport => "no_transport",
            Self::Unread => "unread",
            Self::Conflict => "conflict",
            Self::SignedOut => "signed_out",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OutOfService => "it is out of service",
            Self::TransportLost => "its event connection was lost",
            Self::FinesseUnavailable => "its application left the notification service",
            Self::Silent => "it does not answer",
            Self::NoTransport => "it is in service but opens no event connection",
            Self::Unread => "it is in service but cannot be read",
            Self::Conflict => "the agent signed in elsewhere",
            Self::SignedOut => "the agent was signed out",
        })
    }
}

impl fmt::Display for Banner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (server, other, reason) = (self.server, self.server.other(), self.reason);
        match self.kind {
            BannerKind::Lost => write!(f, "connection to {server} lost: {reason}; trying it again"),
            BannerKind::Checking => write!(f, "connection to {server} lost: {reason}; asking it now"),
            BannerKind::Waiting => {
                write!(f, "{server} cannot be used: {reason}; asking it and {other} again")
            }
            BannerKind::BothDown => {
                write!(f, "neither server can be used, {server}: {reason}; asking both again")
            }
            BannerKind::Moving => write!(f, "{other} cannot be used: {reason}; signing in on {server}"),
            BannerKind::SignInFailed => {
                write!(f, "no sign-in on {server}, while {other}: {reason}; asking both again")
            }
            BannerKind::SignInRefused => {
                write!(f, "{server} does not accept the sign-in, while {other}: {reason}; asking both again")
            }
            BannerKind::Reading => write!(f, "connected to {server}; reading everything again"),
            BannerKind::Reconnected => write!(f, "connected to {server} again"),
            BannerKind::Moved => write!(f, "signed in on {server}, since for {other}: {reason}"),
            BannerKind::Ended => write!(f, "connection to {server} ended: {reason}; nothing more is tried"),
        }?;
        match self.next_at {
            Some(at) => write!(f, " at {:.1} s", at.as_secs_f64()),
            None => Ok(()),
        }
    }
}
