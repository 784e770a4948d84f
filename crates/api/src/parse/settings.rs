//! `PUT` of `SystemConfig`, `ClusterConfig` and `EnterpriseDatabaseConfig` (rest-api.md section 16, awdb.md section 7).

use domain::Secret;
use xml::Element;

use super::{body, optional, required};
use crate::settings::{ClusterConfig, EnterpriseDatabaseConfig, HostPort, SystemConfig};
use crate::{ApiFailure, HttpRequest};

/// Longest host name (RFC 1035).
const HOST_BYTES_MAX: usize = 253;

/// PeripheralID is 1 to 32767 (rest-api.md section 16).
const PERIPHERAL_MAX: u32 = 32_767;

/// Names of SQL Server, and passwords of its logins, have up to 128 characters.
const SQL_NAME_MAX: usize = 128;

/// Reads the body of `PUT SystemConfig`.
///
/// # Errors
/// 400 as documented.
pub fn system_config(request: &HttpRequest) -> Result<SystemConfig, ApiFailure> {
    let config = body(request, "SystemConfig")?;
    let cti = config.last_child("cti").ok_or_else(|| ApiFailure::parameter_missing("cti"))?;
    let primary = HostPort { host: host(cti, "host")?, port: port(cti, "port")? };
    let peripheral = required(cti, "peripheralId")?;
    let known = peripheral.parse().ok().filter(|id| (1..=PERIPHERAL_MAX).contains(id));
    let peripheral_id = known.ok_or_else(|| invalid("peripheralId must be 1 to 32767", "peripheralId"))?;
    let backup = match (optional(cti, "backupHost"), optional(cti, "backupPort")) {
        (None, None) => None,
        (Some(_), None) => return Err(ApiFailure::parameter_missing("backupPort")),
        (_, Some(_)) => Some(HostPort { host: host(cti, "backupHost")?, port: port(cti, "backupPort")? }),
    };
    if backup.as_ref().is_some_and(|backup| backup.host.eq_ignore_ascii_case(&primary.host)) {
        return Err(invalid("backupHost must not be host", "backupHost"));
    }
    Ok(SystemConfig { primary, backup, peripheral_id })
}

/// Reads the body of `PUT ClusterConfig`.
///
/// # Errors
/// 400 as documented.
pub fn cluster_config(request: &HttpRequest) -> Result<ClusterConfig, ApiFailure> {
    let config = body(request, "ClusterConfig")?;
    let node =
        config.last_child("secondaryNode").ok_or_else(|| ApiFailure::parameter_missing("secondaryNode"))?;
    Ok(ClusterConfig { secondary: Some(host(node, "host")?) })
}

/// Reads the body of `PUT EnterpriseDatabaseConfig`. A backup host without a port has that of the primary.
///
/// # Errors
/// 400 as documented.
pub fn enterprise_database_config(request: &HttpRequest) -> Result<EnterpriseDatabaseConfig, ApiFailure> {
    let config = body(request, "EnterpriseDatabaseConfig")?;
    let primary = HostPort { host: host(&config, "host")?, port: port(&config, "port")? };
    let backup = match (optional(&config, "backupHost"), optional(&config, "backupPort")) {
        (None, None) => None,
        (Some(_), None) => Some(HostPort { host: host(&config, "backupHost")?, port: primary.port }),
        (_, Some(_)) => {
            Some(HostPort { host: host(&config, "backupHost")?, port: port(&config, "backupPort")? })
        }
    };
    Ok(EnterpriseDatabaseConfig {
        primary,
        backup,
        database: name(&config, "databaseName")?,
        domain: optional(&config, "domain").map(|_| name(&config, "domain")).transpose()?,
        username: name(&config, "username")?,
        password: Secret::new(name(&config, "password")?),
    })
}

/// Letters, digits, `.` and `-`.
fn host(parent: &Element, key: &str) -> Result<String, ApiFailure> {
    let host = required(parent, key)?;
    let known = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    if known && host.len() <= HOST_BYTES_MAX {
        return Ok(host);
    }
    Err(invalid(format!("{key} must be letters, digits, . and -"), key))
}

/// 1 to 65535.
fn port(parent: &Element, key: &str) -> Result<u16, ApiFailure> {
    let port = required(parent, key)?.parse().ok().filter(|port| *port > 0);
    port.ok_or_else(|| invalid(format!("{key} must be 1 to 65535"), key))
}

fn name(parent: &Element, key: &str) -> Result<String, ApiFailure> {
    let name = required(parent, key)?;
    if name.chars().count() <= SQL_NAME_MAX && !name.chars().any(char::is_control) {
        return Ok(name);
    }
    Err(invalid(format!("{key} must be up to {SQL_NAME_MAX} printable characters"), key))
}

/// `ErrorData` is the name of the element: a value may be a password.
fn invalid(message: impl Into<std::borrow::Cow<'static, str>>, key: &str) -> ApiFailure {
    ApiFailure::invalid_input(message, key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::put;

    type Refused = (&'static str, String);

    fn place(host: &str, port: u16) -> HostPort {
        HostPort { host: host.to_owned(), port }
    }

    fn refused(failure: ApiFailure) -> Refused {
        assert_eq!(failure.status(), 400);
        (failure.kind.as_str(), failure.data)
    }

    fn missing(data: &str) -> Refused {
        ("Parameter Missing", data.to_owned())
    }

    fn invalid(data: &str) -> Refused {
        ("Invalid Input", data.to_owned())
    }

    fn system(inner: &str) -> Result<SystemConfig, Refused> {
        let cti = format!("<SystemConfig><cti>{inner}</cti></SystemConfig>");
        system_config(&put(&cti)).map_err(refused)
    }

    fn database(inner: &str) -> Result<EnterpriseDatabaseConfig, Refused> {
        let xml = format!("<EnterpriseDatabaseConfig>{inner}</EnterpriseDatabaseConfig>");
        enterprise_database_config(&put(&xml)).map_err(refused)
    }

    const A: &str = "<host>cti-a</host><port>42027</port><peripheralId>5000</peripheralId>";

    #[test]
    fn cti_servers() {
        let one = SystemConfig { primary: place("cti-a", 42027), backup: None, peripheral_id: 5000 };
        assert_eq!(system(A), Ok(one.clone()));
        assert_eq!(system(&format!("{A}<backupHost></backupHost><backupPort/>")), Ok(one.clone()));
        let pair = format!("{A}<backupHost>10.1.2.3</backupHost><backupPort>43027</backupPort>");
        assert_eq!(system(&pair), Ok(SystemConfig { backup: Some(place("10.1.2.3", 43027)), ..one }));
    }

    #[test]
    fn cti_servers_that_cannot_be() {
        assert_eq!(refused(system_config(&put("<SystemConfig/>")).unwrap_err()), missing("cti"));
        assert_eq!(system(""), Err(missing("host")));
        assert_eq!(system("<host>a</host>"), Err(missing("port")));
        assert_eq!(system("<host>a</host><port>1</port>"), Err(missing("peripheralId")));
        assert_eq!(system(&format!("{A}<backupHost>b</backupHost>")), Err(missing("backupPort")));
        assert_eq!(system(&format!("{A}<backupPort>1</backupPort>")), Err(missing("backupHost")));
        let same = format!("{A}<backupHost>CTI-A</backupHost><backupPort>43027</backupPort>");
        assert_eq!(system(&same), Err(invalid("backupHost")));
        // The last of a repeated element counts.
        for host in ["a_b", "a b", "fe80::1", "ホスト", "a;drop", &"h".repeat(254)] {
            assert_eq!(system(&format!("{A}<host>{host}</host>")), Err(invalid("host")), "{host}");
        }
        for port in ["0", "65536", "-1", "x", "42027.0"] {
            assert_eq!(system(&format!("{A}<port>{port}</port>")), Err(invalid("port")), "{port}");
        }
        for id in ["0", "32768", "-1", "x"] {
            let peripheral = format!("{A}<peripheralId>{id}</peripheralId>");
            assert_eq!(system(&peripheral), Err(invalid("peripheralId")), "{id}");
        }
    }

    #[test]
    fn the_other_node() {
        let read = |inner: &str| {
            cluster_config(&put(&format!("<ClusterConfig>{inner}</ClusterConfig>"))).map_err(refused)
        };
        let to = |host: &str| format!("<secondaryNode><host>{host}</host></secondaryNode>");
        assert_eq!(read(&to("fin-b")), Ok(ClusterConfig { secondary: Some("fin-b".to_owned()) }));
        assert_eq!(read(""), Err(missing("secondaryNode")));
        assert_eq!(read(&to("")), Err(missing("host")));
        assert_eq!(read(&to("fin_b")), Err(invalid("host")));
    }

    const AW: &str = "<host>aw-a</host><port>1433</port><databaseName>ucce_awdb</databaseName>\
                      <username>finesse</username><password>hunter2</password>";

    #[test]
    fn the_awdb() {
        let one = EnterpriseDatabaseConfig {
            primary: place("aw-a", 1433),
            backup: None,
            database: "ucce_awdb".to_owned(),
            domain: None,
            username: "finesse".to_owned(),
            password: Secret::new("hunter2"),
        };
        assert_eq!(database(AW), Ok(one.clone()));
        assert_eq!(
            database(&format!("{AW}<backupHost>aw-b</backupHost>")),
            Ok(EnterpriseDatabaseConfig { backup: Some(place("aw-b", 1433)), ..one.clone() })
        );
        assert_eq!(
            database(&format!(
                "{AW}<backupHost>aw-b</backupHost><backupPort>1500</backupPort><domain>CORP</domain>"
            )),
            Ok(EnterpriseDatabaseConfig {
                backup: Some(place("aw-b", 1500)),
                domain: Some("CORP".to_owned()),
                ..one
            })
        );
    }

    #[test]
    fn an_awdb_that_cannot_be() {
        assert_eq!(database(&format!("{AW}<backupPort>1433</backupPort>")), Err(missing("backupHost")));
        for key in ["host", "port", "databaseName", "username", "password"] {
            assert_eq!(database(&format!("{AW}<{key}></{key}>")), Err(missing(key)));
        }
        for key in ["databaseName", "domain", "username", "password"] {
            let long = "x".repeat(129);
            assert_eq!(database(&format!("{AW}<{key}>{long}</{key}>")), Err(invalid(key)));
        }
        assert_eq!(database(&format!("{AW}<host>aw';--</host>")), Err(invalid("host")));
    }
}
