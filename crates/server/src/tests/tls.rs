//! HTTPS with a certificate of our own.

use std::os::unix::fs::PermissionsExt;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

use super::*;
use crate::tls::Settings;

pub(super) async fn https(
    with: SocketAddr,
    name: &str,
    trusted: &[u8],
    request: &[u8],
) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(trusted).unwrap()).unwrap();
    let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let stream = TcpStream::connect(with).await?;
    let mut stream = soon(TlsConnector::from(Arc::new(config)).connect(name, stream)).await?;
    stream.write_all(request).await?;
    let mut answer = Vec::new();
    let _ = soon(stream.read_to_end(&mut answer)).await;
    Ok(String::from_utf8(answer).unwrap())
}

#[tokio::test]
async fn rest_and_bosh_answer_over_tls_for_name_and_address() {
    let running = Running::start("tls", |input| match *input {
        Input::Bosh { id, .. } => vec![Output::BoshReply { id, status: 200, body: "<body/>".into() }],
        _ => Vec::new(),
    })
    .await;
    let trusted = std::fs::read(running._directory.0.join("tls/certificate.pem")).unwrap();
    let addresses = *running.server.addresses();
    for name in ["localhost", "127.0.0.1"] {
        let get = request("GET", "/finesse/api/SystemInfo", "", "");
        let answer = https(addresses.rest_https, name, &trusted, &get).await.unwrap();
        assert!(body(&answer).contains("<status>IN_SERVICE</status>"), "{answer}");
        let post = request("POST", "/http-bind/", "", "<body/>");
        let answer = https(addresses.bosh_https, name, &trusted, &post).await.unwrap();
        assert_eq!(body(&answer), "<body/>");
    }
    let get = request("GET", "/livez", "", "");
    assert!(https(addresses.rest_https, "elsewhere.example.com", &trusted, &get).await.is_err());
}

#[tokio::test]
async fn plain_http_on_the_tls_port_is_closed() {
    let running = Running::start("not-tls", |_| Vec::new()).await;
    let answer = exchange(running.server.addresses().rest_https, b"GET / HTTP/1.1\r\n\r\n").await;
    assert!(!answer.contains("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn a_certificate_is_kept_until_the_names_change() {
    let directory = Directory::new("kept");
    let made_for = |names: &[&str]| Settings::SelfSigned {
        directory: directory.0.join("tls"),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    };
    let certificate = || std::fs::read_to_string(directory.0.join("tls/certificate.pem")).unwrap();
    crate::tls::load(&made_for(&["fin-a"])).await.unwrap();
    let first = certificate();
    crate::tls::load(&made_for(&["fin-a"])).await.unwrap();
    assert_eq!(certificate(), first);
    crate::tls::load(&made_for(&["fin-b"])).await.unwrap();
    assert_ne!(certificate(), first);
    let key = std::fs::metadata(directory.0.join("tls/key.pem")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn the_operators_files_are_used_or_named() {
    let directory = Directory::new("files");
    let tls = directory.0.join("tls");
    let own = Settings::SelfSigned { directory: tls.clone(), names: vec!["fin-a".into()] };
    crate::tls::load(&own).await.unwrap();
    let (certificate, key) = (tls.join("certificate.pem"), tls.join("key.pem"));
    assert!(crate::tls::load(&Settings::Files { certificate: certificate.clone(), key }).await.is_ok());
    let absent = Settings::Files { certificate, key: tls.join("absent.pem") };
    let Err(why) = crate::tls::load(&absent).await else { panic!("no key is no reason") };
    assert!(why.to_string().contains("absent.pem"), "{why}");
}
