//! Who may be at the other end: exactly the other node, and both sides prove it.
//!
//! Owns the TLS settings of the link. TLS 1.3 only, nothing is resumed: each connection shows its certificates anew, so
//! that a pin that was taken back holds from the next connection on.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{Resumption, verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{WebPkiSupportedAlgorithms, aws_lc_rs, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{NoServerSessionStorage, ParsedCertificate};
use rustls::version::TLS13;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, DistinguishedName, Error, OtherError,
    RootCertStore, ServerConfig, SignatureScheme,
};
use sha2::{Digest, Sha256};
use tokio_rustls::{TlsAcceptor, TlsConnector};

use super::{Settings, Trust};
use crate::tls::TlsError;

/// SHA-256 of a certificate, as `openssl x509 -fingerprint -sha256` prints it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    pub(crate) fn of(certificate: &CertificateDer<'_>) -> Self {
        Self(Sha256::digest(certificate).into())
    }
}

impl std::str::FromStr for Fingerprint {
    type Err = String;
    /// 32 bytes in hexadecimal, with or without colons.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is no SHA-256 fingerprint: 64 hexadecimal digits, with or without colons");
        let digits: Vec<u8> =
            text.chars().filter(|c| *c != ':').map(nibble).collect::<Option<_>>().ok_or_else(wrong)?;
        let bytes: Vec<u8> =
            digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
        if digits.len() == 64 { bytes.try_into().map(Self).map_err(|_| wrong()) } else { Err(wrong()) }
    }
}

fn nibble(c: char) -> Option<u8> {
    c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: Vec<String> = self.0.iter().map(|byte| format!("{byte:02X}")).collect();
        f.write_str(&bytes.join(":"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What we show, and whom we accept.
pub(crate) struct Identity {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    peer: Arc<ThePeer>,
    /// Of our own certificate, for the other node's settings.
    pub(crate) fingerprint: Fingerprint,
}

impl Identity {
    pub(crate) fn load(settings: &Settings) -> Result<Self, TlsError> {
        let chain = certificates(&settings.certificate)?;
        let own = chain.first().ok_or_else(|| pem(&settings.certificate, "no certificate"))?;
        let fingerprint = Fingerprint::of(own);
        let key = PrivateKeyDer::from_pem_file(&settings.key).map_err(|reason| pem(&settings.key, reason))?;
        Ok(Self { fingerprint, key, peer: Arc::new(ThePeer::new(&settings.trust)?), chain })
    }

    pub(crate) fn acceptor(&self) -> Result<TlsAcceptor, TlsError> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13])
            .and_then(|config| {
                let config = config.with_client_cert_verifier(Arc::clone(&self.peer) as _);
                config.with_single_cert(self.chain.clone(), self.key.clone_key())
            })
            .map_err(unusable)?;
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    pub(crate) fn connector(&self) -> Result<TlsConnector, TlsError> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13])
            .and_then(|config| {
                let config = config.dangerous().with_custom_certificate_verifier(Arc::clone(&self.peer) as _);
                config.with_client_auth_cert(self.chain.clone(), self.key.clone_key())
            })
            .map_err(unusable)?;
        config.resumption = Resumption::disabled();
        Ok(TlsConnector::from(Arc::new(config)))
    }
}

/// Knows the other node by its certificate. The same rule for both directions: by pin, or by chain and name. A node is a
/// server also where it dials, so an ordinary server certificate will do.
#[derive(Debug)]
struct ThePeer {
    known: Known,
    algorithms: WebPkiSupportedAlgorithms,
}

#[derive(Debug)]
enum Known {
    Fingerprints(Vec<Fingerprint>),
    Authority { roots: RootCertStore, name: ServerName<'static> },
}

impl ThePeer {
    fn new(trust: &Trust) -> Result<Self, TlsError> {
        let known = match trust {
            Trust::Fingerprints(pins) => Known::Fingerprints(pins.clone()),
            Trust::Authority { file, name } => Known::Authority { roots: roots(file)?, name: name.clone() },
        };
        Ok(Self { known, algorithms: aws_lc_rs::default_provider().signature_verification_algorithms })
    }

    fn verify(
        &self,
        shown: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<(), Error> {
        match &self.known {
            Known::Fingerprints(pins) => {
                let fingerprint = Fingerprint::of(shown);
                if pins.contains(&fingerprint) { Ok(()) } else { Err(NotPinned(fingerprint).into()) }
            }
            Known::Authority { roots, name } => {
                let parsed = ParsedCertificate::try_from(shown)?;
                verify_server_cert_signed_by_trust_anchor(&parsed, roots, chain, now, self.algorithms.all)?;
                verify_server_name(&parsed, name)
            }
        }
    }
}

/// A certificate that is none of the pinned ones.
#[derive(thiserror::Error)]
#[error("its fingerprint {0} is not among peer.fingerprints")]
struct NotPinned(Fingerprint);

/// This is how rustls shows it to people.
impl fmt::Debug for NotPinned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<NotPinned> for Error {
    fn from(why: NotPinned) -> Self {
        Self::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(why))))
    }
}

impl ServerCertVerifier for ThePeer {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.verify(shown, chain, now).map(|()| ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General("the peer link speaks TLS 1.3 only".into()))
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

impl ClientCertVerifier for ThePeer {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        shown: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        self.verify(shown, chain, now).map(|()| ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        ServerCertVerifier::verify_tls12_signature(self, message, shown, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        shown: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        ServerCertVerifier::verify_tls13_signature(self, message, shown, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// The authorities of a PEM file.
pub(crate) fn roots(file: &Path) -> Result<RootCertStore, TlsError> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(file)? {
        roots.add(certificate).map_err(|reason| pem(file, reason))?;
    }
    if roots.is_empty() { Err(pem(file, "no certificate")) } else { Ok(roots) }
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let read = CertificateDer::pem_file_iter(file).map_err(|reason| pem(file, reason))?;
    read.collect::<Result<_, _>>().map_err(|reason| pem(file, reason))
}

fn pem(file: &Path, reason: impl ToString) -> TlsError {
    let reason = std::io::Error::other(reason.to_string());
    TlsError::File { path: file.into(), reason }
}

fn unusable(reason: Error) -> TlsError {
    TlsError::Pair(std::io::Error::other(reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_read_as_openssl_prints_them() {
        let fingerprint = Fingerprint::of(&CertificateDer::from(vec![1, 2, 3]));
        let text = fingerprint.to_string();
        assert!(text.starts_with("03:90:58:C6:F2:C0:CB:49:"), "{text}");
        assert_eq!(text.parse(), Ok(fingerprint));
        assert_eq!(text.replace(':', "").to_lowercase().parse(), Ok(fingerprint));
        for wrong in ["", "AB:CD", &text[1..], &format!("{text}:00"), &text.replace("03", "0X")] {
            assert!(wrong.parse::<Fingerprint>().is_err(), "{wrong}");
        }
    }
}
