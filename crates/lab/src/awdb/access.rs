//! Who may sign in at the AWDB hosts of a lab, and by which certificates they are known. Made anew for each lab; the password
//! is in files that only their owner can read, and nowhere else.

use std::fmt;
use std::io::{self, Write};
use std::net::IpAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::version::TLS12;

use super::sql::DATABASE;
use crate::net::Net;
use crate::parts::AwdbHost;

/// The SQL login of a lab.
const USER: &str = "holdfast";

/// Bytes of chance in a password.
const PASSWORD_BYTES: usize = 16;

/// The account of a lab.
#[derive(Clone)]
pub(crate) struct Account {
    password: String,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").finish_non_exhaustive()
    }
}

impl Account {
    fn new() -> io::Result<Self> {
        let mut chance = [0; PASSWORD_BYTES];
        default_provider().secure_random.fill(&mut chance).map_err(|_| io::Error::other("no randomness"))?;
        Ok(Self { password: chance.iter().map(|byte| format!("{byte:02x}")).collect() })
    }

    /// Whether this is the account.
    pub(super) fn is(&self, user: &str, password: &tds::Password) -> bool {
        password.is(&self.password) && user == USER
    }
}

/// All that a client needs to sign in.
#[derive(Clone, Debug)]
pub(crate) struct Access {
    net: Net,
    pub(super) account: Account,
    /// PEM file of the authority that signed the certificates of both hosts.
    ca: PathBuf,
    tls: [Arc<ServerConfig>; 2],
}

impl Access {
    /// Makes account and certificates; writes the authority's certificate and `awdb-login.toml` into the directory of the lab.
    pub(crate) fn make(net: Net, dir: &Path) -> io::Result<Self> {
        let authority = authority().map_err(io::Error::other)?;
        let ca = dir.join("awdb-ca.pem");
        std::fs::write(&ca, authority.pem())?;
        let [one, two] = AwdbHost::ALL.map(|host| tls(net.awdb(host).ip(), &authority));
        let access = Self { net, account: Account::new()?, ca, tls: [one?, two?] };
        let settings = toml::to_string(&access.settings(None)).map_err(io::Error::other)?;
        write_secret(&Self::file(dir), settings.as_bytes())?;
        Ok(access)
    }

    /// Where people find the login.
    pub(crate) fn file(dir: &Path) -> PathBuf {
        dir.join("awdb-login.toml")
    }

    /// The `[awdb]` part of the settings of a desktop server that dials from `bind`.
    pub(crate) fn settings(&self, bind: Option<IpAddr>) -> toml::Table {
        let text = |value: &dyn fmt::Display| toml::Value::String(value.to_string());
        let host = |name: AwdbHost| {
            let address = self.net.awdb(name);
            let port = toml::Value::Integer(address.port().into());
            toml::Value::Table(
                [("host".into(), text(&address.ip())), ("port".into(), port)].into_iter().collect(),
            )
        };
        let mut settings = toml::Table::from_iter([
            ("kind".into(), text(&"sqlserver")),
            ("primary".into(), host(AwdbHost::One)),
            ("secondary".into(), host(AwdbHost::Two)),
            ("database".into(), text(&DATABASE)),
            ("username".into(), text(&USER)),
            ("password".into(), text(&self.account.password)),
            ("ca".into(), text(&self.ca.display())),
        ]);
        settings.extend(bind.map(|bind| ("bind".into(), text(&bind))));
        settings
    }

    pub(super) fn tls(&self, host: AwdbHost) -> Arc<ServerConfig> {
        let [one, two] = &self.tls;
        Arc::clone(match host {
            AwdbHost::One => one,
            AwdbHost::Two => two,
        })
    }
}

/// Writes a file that its owner alone can read.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // The mode counts when a file is made, not when it is written again.
    let _ = std::fs::remove_file(path);
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)
}

fn authority() -> Result<CertifiedIssuer<'static, KeyPair>, rcgen::Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
    params.distinguished_name.push(DnType::CommonName, "AWDB hosts of a Holdfast lab");
    CertifiedIssuer::self_signed(params, KeyPair::generate()?)
}

/// TLS 1.2 only, as SQL Server has it inside TDS 7: the tickets of 1.3 come when the handshake is no longer wrapped, which
/// many clients do not expect.
fn tls(address: IpAddr, authority: &CertifiedIssuer<'static, KeyPair>) -> io::Result<Arc<ServerConfig>> {
    let key = KeyPair::generate().map_err(io::Error::other)?;
    let mut params = CertificateParams::new(vec![address.to_string()]).map_err(io::Error::other)?;
    params.distinguished_name.push(DnType::CommonName, address.to_string());
    let certificate = params.signed_by(&key, authority).map_err(io::Error::other)?;
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(default_provider().into())
        .with_protocol_versions(&[&TLS12])
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .map_err(io::Error::other)?;
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_password_is_in_files_of_its_owner_and_never_prints() {
        let dir = std::env::temp_dir().join(format!("holdfast-lab-access-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let access = Access::make("127.0.9".parse().unwrap(), &dir).unwrap();
        let password = access.settings(None)["password"].as_str().unwrap().to_owned();
        assert_eq!(password.len(), 2 * PASSWORD_BYTES);
        assert!(!format!("{access:?}").contains(&password));
        let file = Access::file(&dir);
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(std::fs::read_to_string(&file).unwrap().contains(&password));
        let other = Access::make("127.0.9".parse().unwrap(), &dir).unwrap();
        assert_ne!(other.settings(None)["password"].as_str(), Some(password.as_str()));
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
