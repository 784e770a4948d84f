//! The addresses of a lab: one loopback address per host, standard ports on each (design section 2).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use crate::parts::{AwdbHost, CtiServer, NodeName};

/// The standard port of the peer link.
const PEER_PORT: u16 = 8446;
/// The standard port of SQL Server.
const TDS_PORT: u16 = 1433;

/// The first three octets that all hosts of a lab share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Net([u8; 3]);

/// Why a network cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// Not three octets.
    #[error("`{0}` is not a network of a lab; write three numbers, such as 127.0.1")]
    Malformed(String),
    /// Reachable from outside.
    #[error(
        "{0}.x is not loopback: everybody on that network could control the lab. If you mean it, add --i-know-this-listens-beyond-loopback"
    )]
    BeyondLoopback(Net),
}

impl Default for Net {
    fn default() -> Self {
        Self([127, 0, 0])
    }
}

impl Net {
    /// Refuses a network beyond loopback, unless the operator said so in so many words.
    pub fn guard(self, beyond_loopback_is_meant: bool) -> Result<Self, NetError> {
        match self.0[0] == 127 || beyond_loopback_is_meant {
            true => Ok(self),
            false => Err(NetError::BeyondLoopback(self)),
        }
    }

    /// Where the lab page and its control listen.
    pub fn page(self) -> SocketAddr {
        SocketAddr::new(self.host(10), 8080)
    }

    /// The host of a desktop server, `None` for strangers.
    pub fn node(self, node: NodeName) -> Option<IpAddr> {
        match node {
            NodeName::One => Some(self.host(11)),
            NodeName::Two => Some(self.host(12)),
            NodeName::Other => None,
        }
    }

    /// Which desktop server has this address.
    pub fn node_at(self, address: IpAddr) -> NodeName {
        NodeName::NODES.into_iter().find(|node| self.node(*node) == Some(address)).unwrap_or(NodeName::Other)
    }

    /// Where a CTI server listens.
    pub fn cti(self, cti: CtiServer) -> SocketAddr {
        match cti {
            CtiServer::A => SocketAddr::new(self.host(21), 42027),
            CtiServer::B => SocketAddr::new(self.host(22), 43027),
        }
    }

    /// Where an AWDB host listens.
    pub fn awdb(self, awdb: AwdbHost) -> SocketAddr {
        let last = match awdb {
            AwdbHost::One => 31,
            AwdbHost::Two => 32,
        };
        SocketAddr::new(self.host(last), TDS_PORT)
    }

    /// Where the primary desktop server listens for its peer.
    pub fn peer(self) -> SocketAddr {
        SocketAddr::new(self.host(11), PEER_PORT)
    }

    /// Where the secondary looks for it: the fault point on the link between the two.
    pub fn peer_fault_point(self) -> SocketAddr {
        SocketAddr::new(self.host(41), PEER_PORT)
    }

    fn host(self, last: u8) -> IpAddr {
        let [a, b, c] = self.0;
        IpAddr::V4(Ipv4Addr::new(a, b, c, last))
    }
}

impl FromStr for Net {
    type Err = NetError;
    fn from_str(text: &str) -> Result<Self, NetError> {
        let malformed = || NetError::Malformed(text.to_owned());
        let octets: Vec<u8> =
            text.split('.').map(str::parse).collect::<Result<_, _>>().map_err(|_| malformed())?;
        octets.try_into().map(Self).map_err(|_| malformed())
    }
}

impl fmt::Display for Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c] = self.0;
        write!(f, "{a}.{b}.{c}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lab_has_the_documented_addresses() {
        let net: Net = "127.0.7".parse().unwrap();
        assert_eq!(net.page().to_string(), "127.0.7.10:8080");
        assert_eq!(net.cti(CtiServer::A).to_string(), "127.0.7.21:42027");
        assert_eq!(net.cti(CtiServer::B).to_string(), "127.0.7.22:43027");
        assert_eq!(net.awdb(AwdbHost::Two).to_string(), "127.0.7.32:1433");
        assert_eq!(net.peer().to_string(), "127.0.7.11:8446");
        assert_eq!(net.peer_fault_point().to_string(), "127.0.7.41:8446");
        assert_eq!(net.node_at("127.0.7.12".parse().unwrap()), NodeName::Two);
        assert_eq!(net.node_at("127.0.0.12".parse().unwrap()), NodeName::Other);
    }

    #[test]
    fn beyond_loopback_only_in_so_many_words() {
        let lan: Net = "192.168.1".parse().unwrap();
        assert_eq!(lan.guard(false), Err(NetError::BeyondLoopback(lan)));
        assert_eq!(lan.guard(true), Ok(lan));
        assert_eq!(Net::default().guard(false), Ok(Net::default()));
    }

    #[test]
    fn a_malformed_network_is_named() {
        for text in ["", "127", "127.0", "127.0.0.1", "127.0.256", "127.0.x"] {
            assert_eq!(text.parse::<Net>(), Err(NetError::Malformed(text.into())));
        }
    }
}
