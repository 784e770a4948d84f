//! The settings: one TOML file, parsed once into types; everything after is told plain values.
//!
//! Units are in the names or in the values (`"5s"`), pairs are pairs (`cti.a`, `cti.b`), an unknown key is an error with
//! its line. `docs/holdfast.toml` is a sample with every key. Single settings can be overridden by `KEY=VALUE`.

use std::fs;
use std::path::{Path, PathBuf};

use node::SessionConfig;
use node::api::settings::{ClusterConfig, EnterpriseDatabaseConfig, HostPort, SystemConfig};
use node::failover::{cti, fence, presence};
use node::ged188::Version;
use node::xmpp::ServiceConfig;

mod awdb;
mod duration;
mod file;
mod peer;
mod read;
mod site;
#[cfg(test)]
mod tests;

pub use file::Log;
use file::{File, Host, Rank, Switch};
pub use read::ConfigError;

use crate::administrators::Administrators;
use crate::awdb::Databases;
use crate::net::cti::{Hosts, WINDOW_MAX};
use crate::net::listen::Ports;
use crate::net::origin::WebOrigin;
use crate::net::pages::WORKFLOW_ORIGINS_MAX;
use crate::{net, tls};

/// Longest ClientID (ged188.md section 4.1).
const CLIENT_ID_BYTES_MAX: usize = 64;

/// Every setting of a server.
#[derive(Clone, Debug)]
pub struct Config {
    /// What the node is told.
    pub node: node::Config,
    /// Where to listen.
    pub ports: Ports,
    /// Who may connect how often.
    pub limits: net::Limits,
    /// What the pages of the desktop are told.
    pub desktop: net::pages::Desktop,
    /// The CTI servers.
    pub cti: Hosts,
    /// Where the people are.
    pub awdb: crate::awdb::Settings,
    /// Who may change settings.
    pub administrators: Administrators,
    /// Certificate and key.
    pub tls: tls::Settings,
    /// The link to the other node, if there is one.
    pub peer: Option<crate::peer::Settings>,
    /// What the server makes itself: certificate, control socket, audit log.
    pub data_dir: PathBuf,
    /// What is logged.
    pub log: Log,
    /// What the file has for people was changed after the log of the settings began, and does not count. Known when the
    /// log has been read.
    pub(crate) file_ignored: bool,
}

impl Config {
    /// Reads the file and applies the overrides, each `KEY=VALUE` with a dotted key.
    pub fn load(path: &Path, overrides: &[String]) -> Result<Self, ConfigError> {
        let name = path.display().to_string();
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&name, &text, overrides),
            Err(reason) => Err(ConfigError::new(&name, reason.to_string())),
        }
    }

    /// Like [`Config::load`] with the text in hand; `name` is for error messages.
    pub fn parse(name: &str, text: &str, overrides: &[String]) -> Result<Self, ConfigError> {
        let file = read::file(name, text, overrides)?;
        from_file(file).map_err(|reason| ConfigError::new(name, reason))
    }
}

fn from_file(file: File) -> Result<Config, String> {
    let key = random_key()?;
    let host = own_host(&file)?;
    let (databases, concurrent) = awdb::databases(&file.awdb)?;
    let tls = match &file.tls {
        Some(files) => {
            tls::Settings::Files { certificate: files.certificate.clone(), key: files.key.clone() }
        }
        None => self_signed(&file.data_dir, &host, &file.listen),
    };
    let administrators = administrators(&file.administrator)?;
    Ok(Config {
        peer: peer::settings(&file, &host, &tls)?,
        node: node::Config {
            peripheral_id: file.cti.peripheral_id,
            timezone_offset_minutes: file.node.timezone_offset_minutes,
            cti: cti_settings(&file.cti)?,
            session: session(&file)?,
            recovery: recovery(&file)?,
            presence: presence_settings(&file.presence)?,
            fence: fence_settings(&file),
            xmpp: xmpp(&file, &host)?,
            settings: settings(&file, &databases),
            administrators: node::failover::administrators::Settings {
                names: administrators.names().map(str::to_owned).collect(),
                ..Default::default()
            },
            resources: site::resources(&file)?,
            host: host.clone(),
            primary: file.node.primary,
            secondary: file.node.secondary,
            key: node::Key(key),
            credentials_key: node::Key(random_key()?),
            awdb: awdb_failover(&file.awdb, concurrent)?,
        },
        ports: ports(&file.listen),
        limits: limits(&file.limits)?,
        administrators,
        desktop: desktop(&file.desktop)?,
        tls,
        awdb: crate::awdb::Settings {
            databases,
            peripheral_id: file.cti.peripheral_id,
            // For first tries, for second ones, and for nobody.
            concurrent: concurrent.saturating_mul(2).saturating_add(IN_BACKGROUND),
            encodings: file.awdb.password_encodings,
            mark_key: crate::awdb::MarkKey::new(random_key()?),
        },
        cti: Hosts { a: address(file.cti.a), b: file.cti.b.map(address), bind: file.cti.bind },
        log: file.log,
        file_ignored: false,
        data_dir: file.data_dir,
    })
}

/// The look at a host, and the reading of everybody: they wait for nobody.
const IN_BACKGROUND: usize = 2;

fn awdb_failover(file: &file::Awdb, concurrent: usize) -> Result<node::failover::awdb::Settings, String> {
    Ok(node::failover::awdb::Settings {
        secondary: awdb::has_secondary(file),
        places: concurrent,
        window: positive("awdb.cache", file.cache)?,
        attempt: positive("awdb.attempt_timeout", file.attempt_timeout)?,
        hedge: file.hedge.0,
        probe: positive("awdb.probe_interval", file.probe_interval)?,
        distributor_limit: positive("awdb.distributor_limit", file.distributor_limit)?,
        require_distributor: file.require_distributor,
        refresh: positive("awdb.refresh_interval", file.refresh_interval)?,
        lock_after: at_least_one("awdb.lock_after", file.lock_after)?,
        lock: positive("awdb.lock", file.lock)?,
        ..node::failover::awdb::Settings::default()
    })
}

/// As administrators see what this file says.
fn settings(file: &File, databases: &Databases) -> node::Settings {
    let place = |host: &Host| HostPort { host: host.host.clone(), port: host.port };
    node::Settings {
        system: SystemConfig {
            primary: place(&file.cti.a),
            backup: file.cti.b.as_ref().map(place),
            peripheral_id: file.cti.peripheral_id,
        },
        cluster: ClusterConfig { secondary: file.node.secondary.clone() },
        database: enterprise_database(databases),
    }
}

fn enterprise_database(databases: &Databases) -> Option<EnterpriseDatabaseConfig> {
    let Databases::SqlServer(server) = databases else { return None };
    let place = |host: &net::cti::Host| HostPort { host: host.host.clone(), port: host.port };
    Some(EnterpriseDatabaseConfig {
        primary: place(&server.primary),
        backup: server.secondary.as_ref().map(place),
        database: server.database.clone(),
        domain: server.account.domain.clone(),
        username: server.account.username.clone(),
        password: server.account.password.clone(),
    })
}

fn administrators(people: &[file::Administrator]) -> Result<Administrators, String> {
    let people = people.iter().map(|one| (one.name.as_str(), &one.password_hash.0));
    Administrators::new(people).map_err(|why| format!("administrator: {why}"))
}

fn random_key() -> Result<[u8; 32], &'static str> {
    tls::random_key().map_err(|_| "the system gives no random bytes")
}

fn own_host(file: &File) -> Result<String, String> {
    match file.node.rank {
        Rank::Primary => Ok(file.node.primary.clone()),
        Rank::Secondary => file
            .node
            .secondary
            .clone()
            .ok_or_else(|| "node.secondary: missing, but node.rank is secondary".into()),
    }
}

fn cti_settings(file: &file::Cti) -> Result<cti::Settings, String> {
    Ok(cti::Settings {
        duplex: file.duplex,
        has_b: file.b.is_some(),
        attempts_per_side: at_least_one("cti.attempts_per_side", file.attempts_per_side)?,
        attempt_timeout: positive("cti.attempt_timeout", file.attempt_timeout)?,
        retry_first: positive("cti.retry_first", file.retry_first)?,
        retry: positive("cti.retry", file.retry)?,
        heartbeat_interval: positive("cti.heartbeat_interval", file.heartbeat_interval)?,
        heartbeat_misses: at_least_one("cti.heartbeat_misses", file.heartbeat_misses)?,
    })
}

fn presence_settings(file: &file::Presence) -> Result<presence::Settings, String> {
    Ok(presence::Settings {
        detection: positive("presence.detection", file.detection)?,
        grace: file.grace.0,
        comeback: positive("presence.comeback", file.comeback)?,
        ..presence::Settings::default()
    })
}

fn fence_settings(file: &File) -> fence::Settings {
    let rank = match file.node.rank {
        Rank::Primary => fence::Rank::Primary,
        Rank::Secondary => fence::Rank::Secondary,
    };
    fence::Settings { fencing: file.presence.fencing == Switch::On, ..fence::Settings::new(rank) }
}

fn session(file: &File) -> Result<SessionConfig, String> {
    let client_id = file.cti.client_id.clone().unwrap_or_else(|| match file.node.rank {
        Rank::Primary => "holdfast-primary".into(),
        Rank::Secondary => "holdfast-secondary".into(),
    });
    if client_id.is_empty() || client_id.len() > CLIENT_ID_BYTES_MAX {
        return Err(format!("cti.client_id: 1 to {CLIENT_ID_BYTES_MAX} bytes"));
    }
    let version = |key, number| {
        Version::new(number).filter(|version| *version <= Version::V20).ok_or(format!("{key}: 13 to 20"))
    };
    let versions = version("cti.versions.min", file.cti.versions.min)?
        ..=version("cti.versions.max", file.cti.versions.max)?;
    if versions.is_empty() {
        return Err("cti.versions: min is greater than max".into());
    }
    Ok(SessionConfig { client_id, password: file.cti.client_password.0.clone(), versions })
}

fn recovery(file: &File) -> Result<node::RecoveryConfig, String> {
    Ok(node::RecoveryConfig {
        window: window(file.recovery.window)?,
        request_timeout: positive("recovery.request_timeout", file.recovery.request_timeout)?,
        restore_ready_after_own_loss: file.recovery.restore_ready_after_own_loss,
    })
}

fn window(window: usize) -> Result<usize, String> {
    match at_least_one("recovery.window", window)? {
        window if window <= WINDOW_MAX => Ok(window),
        _ => Err(format!("recovery.window: at most {WINDOW_MAX}")),
    }
}

fn xmpp(file: &File, host: &str) -> Result<ServiceConfig, String> {
    let mut xmpp = ServiceConfig::new(host);
    if let Some(inactivity) = file.bosh.inactivity {
        xmpp.inactivity = positive("bosh.inactivity", inactivity)?;
    }
    if let Some(wait_max) = file.bosh.wait_max {
        xmpp.wait_max = positive("bosh.wait_max", wait_max)?;
    }
    Ok(xmpp)
}

fn ports(listen: &file::Listen) -> Ports {
    Ports {
        address: listen.address,
        rest_http: listen.clear.then_some(listen.rest_http_port),
        rest_https: listen.rest_https_port,
        bosh_http: listen.clear.then_some(listen.bosh_http_port),
        bosh_https: listen.bosh_https_port,
        xmpp_tcp: listen.clear.then_some(listen.xmpp_tcp_port),
        xmpp_tls: listen.xmpp_tls_port,
    }
}

fn limits(file: &file::Limits) -> Result<net::Limits, String> {
    let attempts_per_minute = at_least_one("limits.attempts_per_minute", file.attempts_per_minute)?;
    let connections = at_least_one("limits.connections_per_address", file.connections_per_address)?;
    let handshake = positive("limits.handshake", file.handshake)?;
    Ok(net::Limits { connections_per_address: connections, attempts_per_minute, handshake })
}

fn desktop(desktop: &file::Desktop) -> Result<net::pages::Desktop, String> {
    Ok(net::pages::Desktop {
        poll_interval: positive("desktop.poll_interval", desktop.poll_interval)?,
        ping_interval: positive("desktop.ping_interval", desktop.ping_interval)?,
        workflow_origins: workflow_origins(&desktop.workflow_origins)?,
    })
}

fn workflow_origins(written: &[String]) -> Result<Vec<WebOrigin>, String> {
    if written.len() > WORKFLOW_ORIGINS_MAX {
        return Err(format!("desktop.workflow_origins has more than {WORKFLOW_ORIGINS_MAX} entries"));
    }
    let origin = |text: &String| {
        let reason = || format!("desktop.workflow_origins: {text:?} is not of the form https://host:port");
        WebOrigin::parse(text).ok_or_else(reason)
    };
    written.iter().map(origin).collect()
}

fn self_signed(data_dir: &Path, host: &str, listen: &file::Listen) -> tls::Settings {
    let mut names = vec![host.to_owned()];
    let address = listen.address.to_string();
    if !listen.address.is_unspecified() && address != host {
        names.push(address);
    }
    tls::Settings::SelfSigned { directory: data_dir.join("tls"), names }
}

fn address(host: Host) -> net::cti::Host {
    net::cti::Host { host: host.host, port: host.port }
}

fn positive(key: &str, value: duration::Text) -> Result<std::time::Duration, String> {
    if value.0.is_zero() { Err(format!("{key}: must be more than nothing")) } else { Ok(value.0) }
}

fn at_least_one<N: PartialEq + Default>(key: &str, value: N) -> Result<N, String> {
    if value == N::default() { Err(format!("{key}: at least 1")) } else { Ok(value) }
}
