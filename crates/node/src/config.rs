//! The settings of a node, parsed by the shell, plain values here.

use std::ops::RangeInclusive;
use std::time::Duration;

use domain::{Resources, Secret};
use failover::{administrators, awdb, cti, fence, presence};
use ged188::Version;

/// Everything a node must be told.
#[derive(Clone, Debug)]
pub struct Config {
    /// This node's host name: the XMPP domain, and one of the two hosts that SystemInfo names.
    pub host: String,
    /// Host of the primary node.
    pub primary: String,
    /// Host of the secondary node, if there is one.
    pub secondary: Option<String>,
    /// The peripheral whose agents are served (CTI PeripheralID, 5000 in a plain installation).
    pub peripheral_id: u32,
    /// Minutes east of UTC, for SystemInfo.
    pub timezone_offset_minutes: i32,
    /// Dialing, heartbeats and their numbers.
    pub cti: cti::Settings,
    /// How the node presents itself to the CTI server.
    pub session: SessionConfig,
    /// How state is read again.
    pub recovery: RecoveryConfig,
    /// When an agent whose desktop is gone is logged out.
    pub presence: presence::Settings,
    /// Whether the other node is asked before that; the rank in it must be that of `host`.
    pub fence: fence::Settings,
    /// Which AWDB is asked for a password, and for how long a person who was accepted is known.
    pub awdb: awdb::Settings,
    /// XMPP and its limits; the domain in it must be `host`.
    pub xmpp: xmpp::ServiceConfig,
    /// What administrators can set, as it is when the node starts.
    pub settings: crate::Settings,
    /// How administrators are known.
    pub administrators: administrators::Settings,
    /// What the settings file has for people.
    pub resources: Resources,
    /// A secret of this process, from which session ids are derived.
    pub key: Key,
    /// Another one, under which verifiers of passwords are kept.
    pub credentials_key: Key,
}

/// 32 secret bytes. Never printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key(pub [u8; 32]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(***)")
    }
}

/// How the node opens its CTI session (ged188.md section 4.1).
#[derive(Clone, Debug)]
pub struct SessionConfig {
    /// ClientID; one of its own per node, or the servers would end the other node's session (status 11).
    pub client_id: String,
    /// ClientPassword, often empty.
    pub password: Secret,
    /// Versions offered, the highest first.
    pub versions: RangeInclusive<Version>,
}

/// How state is read again after a loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryConfig {
    /// Requests in flight at most. 2,048 reads the 2,000 agents of a large site in one round trip, so that distance
    /// costs a few round trips and not dozens; a server that answers "too many outstanding" is asked for half as much.
    pub window: usize,
    /// Deadline of one request; a request is repeated once (control requests may take 15 s: ged188.md section 10).
    pub request_timeout: Duration,
    /// Whether agents whom the loss of our own session made Not Ready are made Ready again.
    pub restore_ready_after_own_loss: bool,
}

impl Default for RecoveryConfig {
    fn default() -> Self {
        Self { window: 2_048, request_timeout: Duration::from_secs(15), restore_ready_after_own_loss: true }
    }
}
