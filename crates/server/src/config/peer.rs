//! The section `[peer]`: which end of the link we are, and how the other one is known.

use std::net::SocketAddr;

use rustls::pki_types::ServerName;

use super::file::{self, File, Rank};
use crate::net::cti::Host;
use crate::peer::{End, Settings, Trust};
use crate::tls;

/// `None` without the section.
pub(super) fn settings(file: &File, host: &str, tls: &tls::Settings) -> Result<Option<Settings>, String> {
    let Some(peer) = &file.peer else { return Ok(None) };
    let other = other_host(file)?;
    let (certificate, key) = match (&peer.certificate, &peer.key) {
        (Some(certificate), Some(key)) => (certificate.clone(), key.clone()),
        (None, None) => tls.files(),
        (Some(_), None) | (None, Some(_)) => return Err("peer: certificate and key go together".into()),
    };
    let (rank, end) = match file.node.rank {
        Rank::Primary => (
            node::failover::fence::Rank::Primary,
            End::Listens(SocketAddr::new(file.listen.address, peer.port)),
        ),
        Rank::Secondary => {
            let host = peer.host.clone().unwrap_or_else(|| other.clone());
            (node::failover::fence::Rank::Secondary, End::Dials(Host { host, port: peer.port }))
        }
    };
    Ok(Some(Settings { rank, host: host.to_owned(), end, certificate, key, trust: trust(peer, &other)? }))
}

fn other_host(file: &File) -> Result<String, String> {
    match file.node.rank {
        Rank::Primary => file.node.secondary.clone().ok_or_else(|| "peer: there is no node.secondary".into()),
        Rank::Secondary => Ok(file.node.primary.clone()),
    }
}

fn trust(peer: &file::Peer, other: &str) -> Result<Trust, String> {
    match &peer.ca {
        Some(_) if !peer.fingerprints.is_empty() => Err("peer: fingerprints or ca, not both".into()),
        Some(file) => {
            let name = ServerName::try_from(other.to_owned())
                .map_err(|_| format!("peer.ca: `{other}` is no name"))?;
            Ok(Trust::Authority { file: file.clone(), name })
        }
        None if peer.fingerprints.is_empty() => {
            Err("peer: say how the other server is known: fingerprints, or ca".into())
        }
        None => {
            let pins = peer.fingerprints.iter().map(|text| text.parse()).collect::<Result<_, _>>();
            pins.map(Trust::Fingerprints).map_err(|why| format!("peer.fingerprints: {why}"))
        }
    }
}
