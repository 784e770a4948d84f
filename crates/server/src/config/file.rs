//! The settings file as it is written: names, units and defaults. Turned into [`super::Config`] by `check`.

use std::net::IpAddr;
use std::path::PathBuf;

use serde::{Deserialize, Deserializer, de};

use super::duration::Text;
use crate::awdb::Encoding;
use crate::awdb::sqlserver::Encrypt;
use crate::net;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) data_dir: PathBuf,
    pub(super) node: Node,
    pub(super) listen: Listen,
    #[serde(default)]
    pub(super) limits: Limits,
    pub(super) tls: Option<Tls>,
    pub(super) peer: Option<Peer>,
    pub(super) cti: Cti,
    #[serde(default)]
    pub(super) recovery: Recovery,
    pub(super) awdb: Awdb,
    #[serde(default)]
    pub(super) bosh: Bosh,
    #[serde(default)]
    pub(super) presence: Presence,
    #[serde(default)]
    pub(super) desktop: Desktop,
    #[serde(default)]
    pub(super) log: Log,
    #[serde(default)]
    pub(super) administrator: Vec<Administrator>,
    #[serde(default)]
    pub(super) reason_code: Vec<ReasonCode>,
    #[serde(default)]
    pub(super) wrap_up_reason: Vec<WrapUpReason>,
    #[serde(default)]
    pub(super) phone_book: Vec<PhoneBook>,
    pub(super) call_layout: Option<CallLayout>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Node {
    pub(super) rank: Rank,
    pub(super) primary: String,
    pub(super) secondary: Option<String>,
    #[serde(default)]
    pub(super) timezone_offset_minutes: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Rank {
    Primary,
    Secondary,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Listen {
    pub(super) address: IpAddr,
    pub(super) clear: bool,
    pub(super) rest_http_port: u16,
    pub(super) rest_https_port: u16,
    pub(super) bosh_http_port: u16,
    pub(super) bosh_https_port: u16,
    pub(super) xmpp_tcp_port: u16,
    pub(super) xmpp_tls_port: u16,
}

impl Default for Listen {
    fn default() -> Self {
        Self {
            address: IpAddr::from([0, 0, 0, 0]),
            clear: true,
            rest_http_port: 8082,
            rest_https_port: 8445,
            bosh_http_port: 7071,
            bosh_https_port: 7443,
            xmpp_tcp_port: 5222,
            xmpp_tls_port: 5223,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Limits {
    pub(super) connections_per_address: u32,
    pub(super) attempts_per_minute: u32,
    pub(super) handshake: Text,
}

impl Default for Limits {
    fn default() -> Self {
        let net::Limits { connections_per_address, attempts_per_minute, handshake } = net::Limits::default();
        Self { connections_per_address, attempts_per_minute, handshake: Text(handshake) }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tls {
    pub(super) certificate: PathBuf,
    pub(super) key: PathBuf,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Peer {
    #[serde(default = "peer_port")]
    pub(super) port: u16,
    pub(super) host: Option<String>,
    pub(super) certificate: Option<PathBuf>,
    pub(super) key: Option<PathBuf>,
    #[serde(default)]
    pub(super) fingerprints: Vec<String>,
    pub(super) ca: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cti {
    pub(super) a: Host,
    pub(super) b: Option<Host>,
    pub(super) bind: Option<IpAddr>,
    #[serde(default = "yes")]
    pub(super) duplex: bool,
    #[serde(default = "peripheral_id")]
    pub(super) peripheral_id: u32,
    pub(super) client_id: Option<String>,
    #[serde(default)]
    pub(super) client_password: Password,
    #[serde(default)]
    pub(super) versions: Versions,
    #[serde(default = "five")]
    pub(super) attempts_per_side: u8,
    #[serde(default = "seconds::<5>")]
    pub(super) attempt_timeout: Text,
    #[serde(default = "milliseconds::<100>")]
    pub(super) retry_first: Text,
    #[serde(default = "seconds::<1>")]
    pub(super) retry: Text,
    #[serde(default = "seconds::<5>")]
    pub(super) heartbeat_interval: Text,
    #[serde(default = "three")]
    pub(super) heartbeat_misses: u8,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Host {
    pub(super) host: String,
    pub(super) port: u16,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Versions {
    pub(super) min: u32,
    pub(super) max: u32,
}

impl Default for Versions {
    /// What the session machines speak.
    fn default() -> Self {
        Self { min: 13, max: 20 }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Recovery {
    pub(super) window: usize,
    pub(super) request_timeout: Text,
    pub(super) restore_ready_after_own_loss: bool,
}

impl Default for Recovery {
    fn default() -> Self {
        let node::RecoveryConfig { window, request_timeout, restore_ready_after_own_loss } =
            node::RecoveryConfig::default();
        Self { window, request_timeout: Text(request_timeout), restore_ready_after_own_loss }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Awdb {
    pub(super) kind: Option<AwdbKind>,
    pub(super) sqlite: Option<PathBuf>,
    pub(super) sqlite_secondary: Option<PathBuf>,
    #[serde(default = "seconds::<5>")]
    pub(super) deadline: Text,
    pub(super) primary: Option<AwdbHost>,
    pub(super) secondary: Option<AwdbHost>,
    pub(super) database: Option<String>,
    pub(super) domain: Option<String>,
    pub(super) username: Option<String>,
    pub(super) password: Option<Password>,
    #[serde(default = "required")]
    pub(super) encrypt: Encrypt,
    pub(super) ca: Option<PathBuf>,
    pub(super) fingerprint: Option<Pins>,
    pub(super) bind: Option<IpAddr>,
    #[serde(default = "seconds::<2>")]
    pub(super) connect_timeout: Text,
    #[serde(default = "seconds::<2>")]
    pub(super) login_timeout: Text,
    #[serde(default = "seconds::<2>")]
    pub(super) query_timeout: Text,
    pub(super) concurrent: Option<usize>,
    #[serde(default = "encodings")]
    pub(super) password_encodings: Vec<Encoding>,
    /// How long people are known from their last request (AWDB-6).
    #[serde(default = "seconds::<1800>")]
    pub(super) cache: Text,
    #[serde(default = "seconds::<5>")]
    pub(super) attempt_timeout: Text,
    #[serde(default)]
    pub(super) hedge: Hedge,
    #[serde(default = "seconds::<10>")]
    pub(super) probe_interval: Text,
    #[serde(default)]
    pub(super) require_distributor: bool,
    #[serde(default = "seconds::<60>")]
    pub(super) distributor_limit: Text,
    #[serde(default = "seconds::<60>")]
    pub(super) refresh_interval: Text,
    #[serde(default = "five")]
    pub(super) lock_after: u8,
    #[serde(default = "seconds::<300>")]
    pub(super) lock: Text,
}

/// `off`, or after how long the other host is asked too.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hedge(pub(super) Option<std::time::Duration>);

impl<'de> Deserialize<'de> for Hedge {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Said {
            Switch(Switch),
            After(Text),
        }
        let wrong = |_| de::Error::custom("\"on\", \"off\", or a time such as \"200ms\"");
        Ok(Self(match Said::deserialize(from).map_err(wrong)? {
            Said::Switch(Switch::On) => node::failover::awdb::Settings::default().hedge,
            Said::Switch(Switch::Off) => None,
            Said::After(Text(time)) => Some(time),
        }))
    }
}

impl Default for Hedge {
    fn default() -> Self {
        Self(node::failover::awdb::Settings::default().hedge)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum AwdbKind {
    Sqlite,
    SqlServer,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AwdbHost {
    pub(super) host: String,
    pub(super) port: Option<u16>,
}

/// One fingerprint, or one for each server of a pair.
#[derive(Debug)]
pub(super) struct Pins(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Pins {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Said {
            One(String),
            Several(Vec<String>),
        }
        match Said::deserialize(from).map_err(|_| de::Error::custom("a fingerprint, or a list of them"))? {
            Said::One(pin) => Ok(Self(vec![pin])),
            Said::Several(pins) => Ok(Self(pins)),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Bosh {
    pub(super) inactivity: Option<Text>,
    pub(super) wait_max: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Presence {
    pub(super) detection: Text,
    pub(super) grace: Text,
    pub(super) comeback: Text,
    pub(super) fencing: Switch,
}

impl Default for Presence {
    fn default() -> Self {
        let presence = node::failover::presence::Settings::default();
        Self {
            detection: Text(presence.detection),
            grace: Text(presence.grace),
            comeback: Text(presence.comeback),
            fencing: Switch::On,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Desktop {
    pub(super) poll_interval: Text,
    pub(super) ping_interval: Text,
    pub(super) workflow_origins: Vec<String>,
}

impl Default for Desktop {
    fn default() -> Self {
        let net::pages::Desktop { poll_interval, ping_interval, workflow_origins: _ } =
            net::pages::Desktop::default();
        let workflow_origins = Vec::new();
        Self { poll_interval: Text(poll_interval), ping_interval: Text(ping_interval), workflow_origins }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Switch {
    On,
    Off,
}

/// What is logged.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// Levels, in the words of tracing's filter: `info`, or `info,server=debug`.
    pub filter: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { filter: "info".into() }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Administrator {
    pub(super) name: String,
    pub(super) password_hash: Password,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonCode {
    pub(super) id: i32,
    pub(super) category: Category,
    pub(super) code: u16,
    pub(super) label: String,
    #[serde(default = "yes")]
    pub(super) for_all: bool,
    #[serde(default)]
    pub(super) teams: Vec<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrapUpReason {
    pub(super) id: i32,
    pub(super) label: String,
    #[serde(default = "yes")]
    pub(super) for_all: bool,
    #[serde(default)]
    pub(super) teams: Vec<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhoneBook {
    pub(super) id: i32,
    pub(super) name: String,
    #[serde(default)]
    pub(super) teams: Vec<u32>,
    #[serde(default)]
    pub(super) contacts: Vec<Contact>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contact {
    #[serde(default)]
    pub(super) first_name: String,
    #[serde(default)]
    pub(super) last_name: String,
    #[serde(default)]
    pub(super) description: String,
    pub(super) phone_number: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CallLayout {
    pub(super) header: Entry,
    #[serde(default)]
    pub(super) left: Vec<Entry>,
    #[serde(default)]
    pub(super) right: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    #[serde(default)]
    pub(super) name: String,
    pub(super) property: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Category {
    NotReady,
    Logout,
}

/// A password that no error message repeats.
#[derive(Debug)]
pub(super) struct Password(pub(super) node::domain::Secret);

impl Default for Password {
    fn default() -> Self {
        Self(node::domain::Secret::new(""))
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(from)? {
            toml::Value::String(text) => Ok(Self(node::domain::Secret::new(text))),
            _ => Err(de::Error::custom("a password is a text in quotes")),
        }
    }
}

fn yes() -> bool {
    true
}

/// Beside 8445, where the two servers are known to everybody.
fn peer_port() -> u16 {
    8446
}

fn peripheral_id() -> u32 {
    5000
}

fn five() -> u8 {
    5
}

fn three() -> u8 {
    3
}

fn required() -> Encrypt {
    Encrypt::Required
}

fn encodings() -> Vec<Encoding> {
    vec![Encoding::Latin1]
}

fn seconds<const N: u64>() -> Text {
    Text(std::time::Duration::from_secs(N))
}

fn milliseconds<const N: u64>() -> Text {
    Text(std::time::Duration::from_millis(N))
}
