//! Encryption of the way to a SQL Server, and whom it is spoken with.
//!
//! Ours and not the driver's, which can neither know a server by its fingerprint nor leave out the authorities of the
//! operating system.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{WebPkiSupportedAlgorithms, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::version::{TLS12, TLS13};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError,
    PeerIncompatible, SignatureScheme,
};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::prelogin::{self, Cover};
use super::wire::{Handshake, Wire};
use super::{Settings, Trust};
use crate::net::cti::Host;
use crate::peer::{self, Fingerprint};

/// Agrees on encryption and does the handshake.
pub(super) async fn cover(mut stream: TcpStream, host: &Host, settings: &Settings) -> Result<Wire, String> {
    let cover = prelogin::exchange(&mut stream, settings.encrypt).await?;
    if cover == Cover::Nothing {
        return Ok(Wire::clear(stream));
    }
    let name =
        ServerName::try_from(host.host.clone()).map_err(|_| "the host's name is no name".to_owned())?;
    let connector = TlsConnector::from(Arc::new(config(&settings.trust, cover)?));
    let mut stream = connector.connect(name, Handshake::new(stream)).await.map_err(|why| explain(&why))?;
    stream.flush().await.map_err(|why| explain(&why))?;
    stream.get_mut().0.complete();
    Ok(if cover == Cover::All { Wire::covered(stream) } else { Wire::login_covered(stream) })
}

fn config(trust: &Trust, cover: Cover) -> Result<ClientConfig, String> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    // Where TLS ends with the login there is no place for what a server of TLS 1.3 sends after its handshake.
    let versions = if cover == Cover::Login { &[&TLS12][..] } else { &[&TLS13, &TLS12] };
    let algorithms = provider.signature_verification_algorithms;
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(versions)
        .map_err(|why| why.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(TheServer { known: known(trust)?, algorithms }));
    Ok(config.with_no_client_auth())
}

fn known(trust: &Trust) -> Result<Known, String> {
    match trust {
        Trust::Authority(file) => authority(file).map(Known::Authority),
        Trust::Fingerprints(pins) => Ok(Known::Fingerprints(pins.clone())),
        Trust::Nobody => Ok(Known::Anybody),
    }
}

/// Read at each connection, so that a file that was replaced counts without a restart.
fn authority(file: &Path) -> Result<Arc<WebPkiServerVerifier>, String> {
    let roots = peer::roots(file).map_err(|why| format!("awdb.ca: {why}"))?;
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
    verifier.map_err(|why| format!("awdb.ca: {why}"))
}

/// Decides whether it is the right server.
#[derive(Debug)]
struct TheServer {
    known: Known,
    algorithms: WebPkiSupportedAlgorithms,
}

#[derive(Debug)]
enum Known {
    Authority(Arc<WebPkiServerVerifier>),
    Fingerprints(Vec<Fingerprint>),
    Anybody,
}

/// A certificate that is none of the pinned ones.
#[derive(Debug, thiserror::Error)]
#[error("its fingerprint {0} is not that of awdb.fingerprint")]
struct NotPinned(Fingerprint);

impl ServerCertVerifier for TheServer {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match &self.known {
            Known::Authority(authority) => authority.verify_server_cert(shown, chain, name, ocsp, now),
            Known::Fingerprints(pins) if !pins.contains(&Fingerprint::of(shown)) => {
                let why = NotPinned(Fingerprint::of(shown));
                Err(Error::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(why)))))
            }
            Known::Fingerprints(_) | Known::Anybody => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, shown, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, shown, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// Why there was no handshake. A server that speaks an old TLS only is named as such.
fn explain(why: &io::Error) -> String {
    let Some(reason) = why.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) else {
        return match why.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => {
                "the server closed the connection in the TLS handshake; does it speak TLS 1.2?".into()
            }
            _ => format!("the TLS handshake broke: {why}"),
        };
    };
    match reason {
        Error::AlertReceived(AlertDescription::ProtocolVersion)
        | Error::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13) => {
            "the server speaks only an old TLS, before 1.2".into()
        }
        Error::AlertReceived(AlertDescription::HandshakeFailure) => {
            "the server knows no cipher of TLS 1.2 or 1.3 that is still safe".into()
        }
        Error::InvalidCertificate(CertificateError::Other(OtherError(other))) => {
            format!("the server's certificate is not trusted: {other}")
        }
        Error::InvalidCertificate(certificate) => {
            format!("the server's certificate is not trusted: {certificate}")
        }
        other => format!("no TLS with the server: {other}"),
    }
}
