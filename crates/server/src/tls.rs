//! TLS: the operator's certificate, or one that the node makes for itself at its first start.
//!
//! A certificate of our own is kept in the data directory, its key readable by the owner only, and used again until
//! the names of the node change. Never generates a second one for the same names: browsers have accepted the first.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use axum_server::tls_rustls::RustlsConfig;
use node::ledger::Generation;
use rustls::crypto::aws_lc_rs::default_provider;

/// Where certificate and key come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settings {
    /// PEM files of the operator.
    Files {
        /// The chain, the node's own certificate first.
        certificate: PathBuf,
        /// The key.
        key: PathBuf,
    },
    /// One of our own, for these host names and addresses.
    SelfSigned {
        /// Kept here.
        directory: PathBuf,
        /// Subject alternative names.
        names: Vec<String>,
    },
}

impl Settings {
    /// Where certificate and key are, or will be once they are made.
    pub(crate) fn files(&self) -> (PathBuf, PathBuf) {
        match self {
            Self::Files { certificate, key } => (certificate.clone(), key.clone()),
            Self::SelfSigned { directory, .. } => {
                (directory.join("certificate.pem"), directory.join("key.pem"))
            }
        }
    }
}

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file could not be read or written.
    #[error("{path}: {reason}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// The certificate could not be made.
    #[error("making a certificate: {0}")]
    Make(#[from] rcgen::Error),
    /// Certificate and key are no PEM, or no pair.
    #[error("certificate and key: {0}")]
    Pair(io::Error),
}

/// Makes aws-lc-rs the process's provider of cryptography. Harmless when repeated; to be called first thing in `main`.
pub fn install_crypto() {
    let _ = default_provider().install_default();
}

/// A secret that no one can guess, new in each process.
pub(crate) fn random_key() -> Result<[u8; 32], rustls::crypto::GetRandomFailed> {
    let mut key = [0; 32];
    default_provider().secure_random.fill(&mut key)?;
    Ok(key)
}

/// A name for a log of settings that no other log has.
pub(crate) fn generation() -> Result<Generation, rustls::crypto::GetRandomFailed> {
    let key = random_key()?;
    Ok(Generation(u64::from_be_bytes(key.first_chunk().copied().unwrap_or_default())))
}

/// The certificate of the settings, made now if it has to be.
pub(crate) async fn load(settings: &Settings) -> Result<RustlsConfig, TlsError> {
    install_crypto();
    let (certificate, key) = settings.files();
    if let Settings::SelfSigned { directory, names } = settings {
        self_sign(directory, names, &certificate, &key)?;
    }
    RustlsConfig::from_pem(read(&certificate)?, read(&key)?).await.map_err(TlsError::Pair)
}

fn self_sign(directory: &Path, names: &[String], certificate: &Path, key: &Path) -> Result<(), TlsError> {
    let title = title(names);
    if !made_for(certificate, key, &title) {
        let made = rcgen::generate_simple_self_signed(names)?;
        fs::create_dir_all(directory).map_err(|reason| TlsError::File { path: directory.into(), reason })?;
        write(key, 0o600, &made.signing_key.serialize_pem())?;
        write(certificate, 0o644, &format!("{title}\n{}", made.cert.pem()))?;
    }
    Ok(())
}

/// First line of the file, before the certificate itself: for whom it was made. PEM readers skip it.
fn title(names: &[String]) -> String {
    format!("Self-signed certificate for {}", names.join(", "))
}

fn made_for(certificate: &Path, key: &Path, title: &str) -> bool {
    let made = fs::read_to_string(certificate).unwrap_or_default();
    key.exists() && made.lines().next() == Some(title)
}

/// Written beside its place and moved there, so that a crash leaves no half file. The mode holds from the first byte.
fn write(path: &Path, mode: u32, text: &str) -> Result<(), TlsError> {
    let unfinished = path.with_extension("unfinished");
    let written = || -> io::Result<()> {
        let _ = fs::remove_file(&unfinished);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&unfinished)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&unfinished, path)
    };
    written().map_err(|reason| TlsError::File { path: path.into(), reason })
}

fn read(path: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(path).map_err(|reason| TlsError::File { path: path.into(), reason })
}
