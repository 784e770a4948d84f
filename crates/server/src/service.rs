//! Stopping, starting and looking at the services of a node, by people: `holdfast service`.
//!
//! Owns the control socket, the form of orders and answers, and the audit log. Decides nothing: the node carries out an
//! order, the listeners follow it, and the answer tells how both stand afterwards.
//!
//! | who asks | how he is known |
//! | --- | --- |
//! | somebody on this machine | a Unix socket that only its owner may use; the kernel says who connects |
//! | the other node | the peer link, where both ends have proved who they are |

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use node::ServiceName;
pub use node::ledger::WithPeer;
use serde::{Deserialize, Serialize};

mod audit;
mod desk;
mod settings;
mod socket;

pub(crate) use audit::Audit;
pub(crate) use desk::{Desk, ORDERS_MAX};
pub(crate) use socket::Control;
pub use socket::ControlError;

/// One line to the control socket, in JSON. One line comes back, a [`Reply`], and the connection ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// What to do.
    pub action: Action,
    /// Which service; may be left out to see all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceName>,
    /// Whose credentials to forget, by agent id or login name; everybody's if nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// On the other node, through this one.
    #[serde(default)]
    pub peer: bool,
    /// Whose settings are right, after those of the two servers have diverged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopt: Option<Side>,
    /// Who gave the order at the other node. On the control socket the kernel is asked instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Let it run.
    Start,
    /// Let it rest.
    Stop,
    /// Say how it stands.
    Status,
    /// Forget who was accepted lately, so that the next request is checked at an AWDB.
    Forget,
    /// Say whose settings are right. The primary takes this order.
    Adopt,
}

/// One server of the pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The one that takes changes.
    Primary,
    /// The other one.
    Secondary,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Reply {
    /// It is so now.
    Done {
        /// How the node stands.
        node: Standing,
    },
    /// It was so before.
    Already {
        /// How the node stands.
        node: Standing,
    },
    /// The order was taken, and falls short.
    Failed {
        /// Why.
        reason: String,
        /// How the node stands.
        node: Standing,
    },
    /// The order was not taken.
    Refused {
        /// Why.
        reason: String,
    },
}

/// How a node stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its host name.
    pub host: String,
    /// Those that were asked for.
    pub services: Vec<ServiceStanding>,
    /// The link to the other node.
    pub peer: PeerStanding,
    /// The settings, and how they are with those of the other node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<SettingsStanding>,
    /// What was counted since the start, by name, and how many there are now; only where the status was asked for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub figures: BTreeMap<String, u64>,
}

/// How a service stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceStanding {
    /// Which.
    pub name: ServiceName,
    /// Whether it runs, as far as people's orders go.
    pub running: bool,
    /// What else there is to say, such as a port that is taken. May be empty.
    #[serde(default)]
    pub note: String,
}

/// How the log of the settings stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsStanding {
    /// Whether this node takes changes, or follows the one that does.
    pub role: Side,
    /// How it is with the other node's, in one word: `even`, `alone`, `diverged` ...
    pub with_peer: WithPeer,
    /// Which log; nothing as long as a secondary has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generation: Option<String>,
    /// Changes up to now.
    pub seq: u64,
    /// Changes that the other node has, as far as this one knows.
    pub peer_seq: u64,
    /// Changes that the other node lacks. Known on the primary.
    pub lag_entries: u64,
    /// Since when it lacks any, in seconds.
    pub lag_seconds: u64,
    /// What came from the other node damaged and was thrown away.
    pub thrown_away: u64,
    /// Times that something could not be written down.
    pub unwritten: u64,
    /// What the settings file of this node has for people was changed since the log began, and does not count.
    #[serde(default)]
    pub file_ignored: bool,
    /// Checksum over all changes: equal on both nodes if they are.
    pub checksum: String,
}

/// How the link to the other node stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerStanding {
    /// In one word.
    pub link: LinkWord,
    /// To whom, or why not.
    pub note: String,
    /// What went wrong since the start.
    #[serde(default)]
    pub mishaps: crate::peer::Mishaps,
}

/// How the link stands in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkWord {
    /// The settings have no `[peer]`.
    Off,
    /// No connection.
    Down,
    /// Both nodes hear each other.
    Up,
}

/// Where the node with this data directory takes orders.
pub fn socket_path(data_dir: &Path) -> PathBuf {
    data_dir.join("control.sock")
}

/// Where it writes down who ordered what.
pub fn audit_path(data_dir: &Path) -> PathBuf {
    data_dir.join("audit.log")
}
