//! The section `[awdb]`: a file of our own, or a pair of SQL Servers, and how both are asked.

use std::path::PathBuf;

use super::file::{self, AwdbHost, AwdbKind, Pins};
use super::positive;
use crate::awdb::Databases;
use crate::awdb::sqlserver::{Account, Encrypt, Settings, Timeouts, Trust};
use crate::net::cti::Host;

/// SQL Server's, unless another is said.
const PORT: u16 = 1433;

/// Each check takes a thread for a millisecond or two; 8 give several thousand checks a second.
const CONCURRENT_SQLITE: usize = 8;

/// A check is two round trips; 16 let the 2,000 agents of a server that died sign in here within 2.5 s, 10 ms away from the
/// AWDB.
const CONCURRENT_SQL_SERVER: usize = 16;

/// The databases, and how many questions are asked of each at once.
pub(super) fn databases(awdb: &file::Awdb) -> Result<(Databases, usize), String> {
    let (databases, concurrent) = match kind(awdb)? {
        AwdbKind::Sqlite => (sqlite(awdb)?, CONCURRENT_SQLITE),
        AwdbKind::SqlServer => (Databases::SqlServer(sql_server(awdb)?), CONCURRENT_SQL_SERVER),
    };
    Ok((databases, awdb.concurrent.unwrap_or(concurrent)))
}

/// Whether there is a pair.
pub(super) fn has_secondary(awdb: &file::Awdb) -> bool {
    awdb.secondary.is_some() || awdb.sqlite_secondary.is_some()
}

fn kind(awdb: &file::Awdb) -> Result<AwdbKind, String> {
    match (awdb.kind, &awdb.sqlite, &awdb.primary) {
        (Some(AwdbKind::SqlServer), Some(_), _) | (None, Some(_), Some(_)) => {
            Err("awdb: sqlite or a SQL Server, not both".into())
        }
        (Some(AwdbKind::Sqlite), _, Some(_)) => Err("awdb.primary: only with kind = \"sqlserver\"".into()),
        (Some(kind), _, _) => Ok(kind),
        (None, Some(_), None) => Ok(AwdbKind::Sqlite),
        (None, None, _) => Err("awdb.kind: missing; say \"sqlite\" or \"sqlserver\"".into()),
    }
}

fn sqlite(awdb: &file::Awdb) -> Result<Databases, String> {
    Ok(Databases::Sqlite {
        primary: needed("awdb.sqlite", awdb.sqlite.as_ref())?.clone(),
        secondary: awdb.sqlite_secondary.clone(),
        deadline: positive("awdb.deadline", awdb.deadline)?,
    })
}

fn sql_server(awdb: &file::Awdb) -> Result<Settings, String> {
    if awdb.sqlite_secondary.is_some() {
        return Err("awdb.sqlite_secondary: only with kind = \"sqlite\"".into());
    }
    let primary = host("awdb.primary", needed("awdb.primary", awdb.primary.as_ref())?, PORT)?;
    // Without a port of its own the secondary has the primary's (awdb.md section 1).
    let secondary = awdb.secondary.as_ref().map(|host_| host("awdb.secondary", host_, primary.port));
    Ok(Settings {
        secondary: secondary.transpose()?,
        primary,
        database: text("awdb.database", awdb.database.as_ref())?,
        account: account(awdb)?,
        encrypt: awdb.encrypt,
        trust: trust(awdb)?,
        bind: awdb.bind,
        timeouts: Timeouts {
            connect: positive("awdb.connect_timeout", awdb.connect_timeout)?,
            login: positive("awdb.login_timeout", awdb.login_timeout)?,
            query: positive("awdb.query_timeout", awdb.query_timeout)?,
        },
    })
}

fn host(key: &str, host: &AwdbHost, port: u16) -> Result<Host, String> {
    match host {
        AwdbHost { host, .. } if host.is_empty() => Err(format!("{key}: the host is empty")),
        AwdbHost { port: Some(0), .. } => Err(format!("{key}: a port from 1")),
        AwdbHost { host, port: own } => Ok(Host { host: host.clone(), port: own.unwrap_or(port) }),
    }
}

fn account(awdb: &file::Awdb) -> Result<Account, String> {
    if awdb.domain.is_some() && !cfg!(feature = "ntlm") {
        return Err("awdb.domain: an account of a domain signs in by NTLM, which this program was built without; leave \
                    the domain out and name a SQL login, or build with the cargo feature `ntlm`"
            .into());
    }
    Ok(Account {
        domain: awdb.domain.clone(),
        username: text("awdb.username", awdb.username.as_ref())?,
        password: needed("awdb.password", awdb.password.as_ref())?.0.clone(),
    })
}

fn trust(awdb: &file::Awdb) -> Result<Trust, String> {
    match (&awdb.ca, &awdb.fingerprint) {
        (Some(_), Some(_)) => Err("awdb: ca or fingerprint, not both".into()),
        (Some(file), None) => Ok(Trust::Authority(PathBuf::clone(file))),
        (None, Some(Pins(pins))) if pins.is_empty() => Err("awdb.fingerprint: there is none".into()),
        (None, Some(Pins(pins))) => {
            let pins = pins.iter().map(|text| text.parse()).collect::<Result<_, _>>();
            pins.map(Trust::Fingerprints).map_err(|why| format!("awdb.fingerprint: {why}"))
        }
        (None, None) => match awdb.encrypt {
            Encrypt::Required => Err("awdb: say how the servers are known: ca, or fingerprint".into()),
            Encrypt::Login | Encrypt::Off => Ok(Trust::Nobody),
        },
    }
}

fn text(key: &str, value: Option<&String>) -> Result<String, String> {
    match needed(key, value)? {
        text if text.is_empty() => Err(format!("{key}: empty")),
        text => Ok(text.clone()),
    }
}

fn needed<'a, T>(key: &str, value: Option<&'a T>) -> Result<&'a T, String> {
    value.ok_or_else(|| format!("{key}: missing"))
}
