//! Loopback networks for the labs of a drill: found free, and claimed as long as the drill runs, so that drills can
//! run side by side.

use std::io;
use std::net::{SocketAddr, TcpListener};

use lab::{CtiServer, Net, NodeName};

/// Where drills look, unless told.
const FIRST: &str = "127.7.1";
/// Held as long as a network is claimed; beside the lab page, whose port is 8080.
const CLAIM_PORT: u16 = 8079;
/// What a desktop server listens on.
const NODE_PORTS: [u16; 4] = [8082, 8445, 7071, 7443];

/// A network that is ours.
#[derive(Debug)]
pub(crate) struct Claim {
    /// The network.
    pub(crate) net: Net,
    _held: TcpListener,
}

/// Claims `count` networks: the `wanted` one, which must be free, and those after it that are.
///
/// # Errors
/// In words, if there are not enough.
pub(crate) fn claim(wanted: Option<Net>, count: usize) -> Result<Vec<Claim>, String> {
    let first = wanted.map_or_else(|| FIRST.to_owned(), |net| net.to_string());
    let mut found: Vec<Claim> = Vec::new();
    for net in from(&first) {
        match try_claim(net) {
            Ok(claim) => found.push(claim),
            Err(reason) if Some(net) == wanted => return Err(format!("network {net} is not free: {reason}")),
            Err(_) => continue,
        }
        if found.len() == count {
            return Ok(found);
        }
    }
    Err(format!("only {} of {count} networks are free from {first} on", found.len()))
}

/// The network and its neighbours, up to the last of the same second octet.
fn from(first: &str) -> impl Iterator<Item = Net> {
    let (prefix, third) = first.rsplit_once('.').unwrap_or_default();
    let third: u8 = third.parse().unwrap_or_default();
    (third..=u8::MAX).filter_map(move |third| format!("{prefix}.{third}").parse().ok())
}

fn try_claim(net: Net) -> io::Result<Claim> {
    let held = TcpListener::bind(SocketAddr::new(net.page().ip(), CLAIM_PORT))?;
    for address in addresses(net) {
        TcpListener::bind(address).map_err(|reason| io::Error::other(format!("{address}: {reason}")))?;
    }
    Ok(Claim { net, _held: held })
}

/// Everything that a lab and its desktop servers listen on.
fn addresses(net: Net) -> Vec<SocketAddr> {
    let nodes = NodeName::NODES.into_iter().filter_map(move |node| net.node(node));
    let nodes = nodes.flat_map(|host| NODE_PORTS.map(|port| SocketAddr::new(host, port)));
    let sides = CtiServer::ALL.map(|side| net.cti(side));
    std::iter::once(net.page()).chain(sides).chain(nodes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_claim_gets_a_network_of_its_own_and_gives_it_back() {
        let wanted: Net = "127.251.1".parse().unwrap();
        let ours = claim(Some(wanted), 2).unwrap();
        assert_eq!(ours[0].net, wanted);
        assert_ne!(ours[1].net, wanted);
        assert!(claim(Some(wanted), 1).unwrap_err().contains("127.251.1 is not free"));
        drop(ours);
        assert_eq!(claim(Some(wanted), 1).unwrap()[0].net, wanted);
    }

    #[test]
    fn a_network_in_use_is_passed_over() {
        let taken: Net = "127.252.1".parse().unwrap();
        let _someone = TcpListener::bind(taken.cti(CtiServer::B)).unwrap();
        assert!(claim(Some(taken), 1).is_err());
        assert!(from("127.252.1").filter(|net| *net != taken).any(|net| try_claim(net).is_ok()));
    }

    #[test]
    fn there_is_an_end_to_looking() {
        assert!(claim(Some("127.253.255".parse().unwrap()), 2).unwrap_err().contains("only 1 of 2"));
    }
}
