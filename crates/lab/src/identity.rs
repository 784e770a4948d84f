//! Certificates by which the two desktop servers of a lab know each other: made anew for each lab, kept nowhere else.

use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::awdb::write_secret;
use crate::parts::NodeName;

/// What a desktop server shows to its peer.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// PEM file.
    pub(crate) certificate: PathBuf,
    /// PEM file, readable by its owner only.
    pub(crate) key: PathBuf,
    /// SHA-256 of the certificate, in hexadecimal.
    pub(crate) fingerprint: String,
}

impl Identity {
    /// Makes one, in the directory of the lab.
    pub(crate) fn make(node: NodeName, dir: &Path) -> io::Result<Self> {
        let made = rcgen::generate_simple_self_signed([node.to_string()]).map_err(io::Error::other)?;
        let (certificate, key) = (dir.join(format!("{node}-peer.pem")), dir.join(format!("{node}-peer.key")));
        std::fs::write(&certificate, made.cert.pem())?;
        write_secret(&key, made.signing_key.serialize_pem().as_bytes())?;
        let digest = Sha256::digest(made.cert.der());
        let fingerprint = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { certificate, key, fingerprint })
    }
}
