use std::fmt;
use std::time::Duration;

use super::{LossCause, Side};

/// One change of state, told so that it makes one line of a log: what, which side, why, what is next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The state before.
    pub from: Stage,
    /// The state after.
    pub to: Stage,
    /// The side that the cause is about; `next` names its own.
    pub side: Side,
    /// Why.
    pub cause: Cause,
    /// What happens next.
    pub next: Next,
}

impl Transition {
    /// A stable word for machines.
    pub fn what(&self) -> &'static str {
        match &self.cause {
            Cause::Started => "cti.started",
            Cause::Due => "cti.dialing",
            Cause::Connected => "cti.connected",
            Cause::DialFailed(_) | Cause::Refused(_) | Cause::Silence(_) | Cause::Broken(_) => {
                "cti.attempt_failed"
            }
            Cause::VersionRefused { lower: true } => "cti.version_fallback",
            Cause::VersionRefused { lower: false } => "cti.attempt_failed",
            Cause::Opened => "cti.opened",
            Cause::PeripheralOnline => "cti.peripheral_online",
            Cause::PeripheralOffline => "cti.peripheral_offline",
            Cause::Recovered => "cti.in_service",
            Cause::RecoveryFailed(_) => "cti.recovery_failed",
            Cause::Lost(_) => "cti.lost",
            Cause::Stopped => "cti.stopped",
        }
    }
}

impl fmt::Display for Transition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CTI side {}: {}; next: {}", self.side, self.cause, self.next)
    }
}

/// A state without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Between two attempts.
    Waiting,
    /// TCP is being set up.
    Dialing,
    /// OPEN_REQ has been sent.
    Opening,
    /// The session is open, the peripheral is not online.
    AwaitingPeripheral,
    /// The state of the contact center is being read again.
    Recovering,
    /// Agents are served.
    InService,
    /// Nothing is dialed.
    Stopped,
}

/// Why a state was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The node or its web application starts.
    Started,
    /// The pause between two attempts is over.
    Due,
    /// TCP is up.
    Connected,
    /// TCP could not be set up.
    DialFailed(String),
    /// OPEN_REQ was refused with this status.
    Refused(u32),
    /// OPEN_REQ was refused for its version.
    VersionRefused {
        /// Whether a lower one is left.
        lower: bool,
    },
    /// No OPEN_CONF within this time.
    Silence(Duration),
    /// The connection ended before OPEN_CONF.
    Broken(LossCause),
    /// OPEN_CONF arrived.
    Opened,
    /// The peripheral came online.
    PeripheralOnline,
    /// The peripheral went offline.
    PeripheralOffline,
    /// The state has been read again.
    Recovered,
    /// The state could not be read again.
    RecoveryFailed(String),
    /// The open session was lost.
    Lost(LossCause),
    /// The web application was stopped.
    Stopped,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started => f.write_str("the node starts"),
            Self::Due => f.write_str("the next attempt is due"),
            Self::Connected => f.write_str("connected"),
            Self::DialFailed(why) => write!(f, "attempt failed, no connection ({why})"),
            Self::Refused(status) => {
                write!(f, "attempt failed, session refused with status {}", Status(*status))
            }
            Self::VersionRefused { lower: true } => {
                f.write_str("the protocol version is not supported, a lower one is left")
            }
            Self::VersionRefused { lower: false } => {
                f.write_str("attempt failed, no protocol version is supported")
            }
            Self::Silence(limit) => write!(f, "attempt failed, no OPEN_CONF within {}", Seconds(*limit)),
            Self::Broken(cause) => write!(f, "attempt failed, {cause}"),
            Self::Opened => f.write_str("session open"),
            Self::PeripheralOnline => f.write_str("the peripheral is online"),
            Self::PeripheralOffline => f.write_str("the peripheral is offline, the session stays"),
            Self::Recovered => f.write_str("the state has been read again"),
            Self::RecoveryFailed(why) => write!(f, "lost, the state could not be read again ({why})"),
            Self::Lost(cause) => write!(f, "lost, {cause}"),
            Self::Stopped => f.write_str("the web application was stopped"),
        }
    }
}

/// What happens next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The next attempt.
    Dial {
        /// Where to.
        side: Side,
        /// Which attempt in a row.
        attempt: u8,
        /// Of how many.
        of: u8,
        /// After which pause; zero means at once.
        after: Duration,
    },
    /// OPEN_CONF must arrive until the deadline of the attempt.
    AwaitOpenConf,
    /// Wait for the peripheral, without limit; heartbeats go on.
    AwaitPeripheral,
    /// Read the state again.
    ReadState,
    /// Serve agents.
    Serve,
    /// Wait until people start the web application.
    AwaitStart,
}

impl fmt::Display for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dial { side, attempt, of, after } if after.is_zero() => {
                write!(f, "dial side {side} now, attempt {attempt} of {of}")
            }
            Self::Dial { side, attempt, of, after } => {
                write!(f, "dial side {side} in {}, attempt {attempt} of {of}", Seconds(*after))
            }
            Self::AwaitOpenConf => f.write_str("open a session"),
            Self::AwaitPeripheral => f.write_str("wait until the peripheral is online"),
            Self::ReadState => f.write_str("read the state of agents and calls"),
            Self::Serve => f.write_str("serve agents"),
            Self::AwaitStart => f.write_str("wait until it is started"),
        }
    }
}

/// A FAILURE_CONF status, with the names of those that a healthy pair sends every day.
struct Status(u32);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            15 => f.write_str("15 (CTI server offline)"),
            36 => f.write_str("36 (invalid password)"),
            92 => f.write_str("92 (server not master)"),
            107 => f.write_str("107 (invalid client for standby)"),
            other => write!(f, "{other}"),
        }
    }
}

struct Seconds(Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < Duration::from_secs(1) {
            write!(f, "{} ms", self.0.as_millis())
        } else {
            write!(f, "{} s", self.0.as_secs_f64())
        }
    }
}
