use std::fmt;

use super::{Epoch, Side, Transition};

/// One thing that happened to a connection. News of any but the newest epoch is void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// TCP is up.
    Connected(Epoch),
    /// TCP could not be set up, for this reason.
    DialFailed(Epoch, String),
    /// OPEN_CONF arrived.
    Opened {
        /// Which connection.
        epoch: Epoch,
        /// Whether the wanted peripheral is online.
        peripheral_online: bool,
    },
    /// OPEN_REQ was refused for another reason than its version (15, 92, 107 ...).
    Refused {
        /// Which connection.
        epoch: Epoch,
        /// FAILURE_CONF Status.
        status: u32,
    },
    /// OPEN_REQ was refused for its version.
    VersionRefused {
        /// Which connection.
        epoch: Epoch,
        /// Whether a lower version is left to try; the caller remembers which.
        lower: bool,
    },
    /// HEARTBEAT_CONF arrived. No other message may be reported so: only it counts (CTI-7).
    HeartbeatConfirmed(Epoch),
    /// The session is over.
    Lost {
        /// Which connection.
        epoch: Epoch,
        /// Why.
        cause: LossCause,
    },
    /// SYSTEM_EVENT PERIPHERAL_ONLINE of the wanted peripheral.
    PeripheralOnline(Epoch),
    /// SYSTEM_EVENT PERIPHERAL_OFFLINE of the wanted peripheral.
    PeripheralOffline(Epoch),
    /// All that [`Output::Recover`] asked for has been read. A reading that an offline peripheral
    /// cut short must not be reported.
    Recovered(Epoch),
    /// What [`Output::Recover`] asked for could not be read.
    RecoveryFailed {
        /// Which connection.
        epoch: Epoch,
        /// Why.
        why: String,
    },
}

impl Input {
    /// The connection that this is news of.
    pub fn epoch(&self) -> Epoch {
        match self {
            Self::Connected(epoch)
            | Self::DialFailed(epoch, _)
            | Self::Opened { epoch, .. }
            | Self::Refused { epoch, .. }
            | Self::VersionRefused { epoch, .. }
            | Self::HeartbeatConfirmed(epoch)
            | Self::Lost { epoch, .. }
            | Self::PeripheralOnline(epoch)
            | Self::PeripheralOffline(epoch)
            | Self::Recovered(epoch)
            | Self::RecoveryFailed { epoch, .. } => *epoch,
        }
    }
}

/// Why a session is over. The loss of the central controller is none of these: it is not a loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LossCause {
    /// The socket failed or was closed by the other end (CTI-8).
    Socket(String),
    /// Too many heartbeats in a row went unanswered (CTI-7). The machine finds this one itself.
    Heartbeats,
    /// The server announced that it closes: FAILURE_EVENT, CLOSE_REQ, or FAILURE_CONF to a heartbeat.
    ServerClosing(u32),
    /// The server broke the protocol.
    Protocol(String),
}

impl fmt::Display for LossCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Socket(why) => write!(f, "the connection failed ({why})"),
            Self::Heartbeats => f.write_str("too many heartbeats in a row went unanswered"),
            Self::ServerClosing(status) => write!(f, "the server closed the session, status {status}"),
            Self::Protocol(why) => write!(f, "the server broke the protocol ({why})"),
        }
    }
}

/// One thing to do, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Connect to that side.
    Dial {
        /// Name of the attempt.
        epoch: Epoch,
        /// Where to.
        side: Side,
    },
    /// TCP is up: send OPEN_REQ.
    Open(Epoch),
    /// Send HEARTBEAT_REQ.
    Heartbeat(Epoch),
    /// Close the connection, give up connecting, or forget a connection that is gone already: every
    /// [`Output::Dial`] ends in exactly one of these, and no news of it is wanted any more.
    HangUp(Epoch),
    /// Read the state of the contact center again, then report `Recovered` or `RecoveryFailed`.
    Recover(Epoch),
    /// The state has changed; for the log, the timeline and SystemInfo.
    Transition(Transition),
}

/// What the next deadline is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// The next attempt is due.
    Retry,
    /// The running attempt has taken too long.
    Attempt,
    /// The next HEARTBEAT_REQ is due, and the last one must have been confirmed.
    Heartbeat,
}

/// What has been counted since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Dials, version fallbacks included.
    pub dials: u64,
    /// Attempts that did not reach OPEN_CONF.
    pub failed_attempts: u64,
    /// Open sessions that were lost.
    pub losses: u64,
    /// HEARTBEAT_REQ sent.
    pub heartbeats_sent: u64,
    /// HEARTBEAT_CONF received.
    pub heartbeats_confirmed: u64,
    /// HEARTBEAT_REQ that had no CONF when the next was due.
    pub heartbeats_missed: u64,
    /// News of old connections, dropped.
    pub void: u64,
    /// News of the live connection that makes no sense in its state, dropped.
    pub unexpected: u64,
}
