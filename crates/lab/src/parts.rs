//! The parts of a lab that can fail, by the names that people and programs use for them: `cti-a`, `node-1`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use switch::Side;

/// A name that is none of the lab's parts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a part of the lab; say {expected}")]
pub struct UnknownPart {
    given: String,
    expected: &'static str,
}

/// One of the two CTI servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CtiServer {
    /// Side A.
    #[serde(rename = "cti-a")]
    A,
    /// Side B.
    #[serde(rename = "cti-b")]
    B,
}

impl CtiServer {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::A, Self::B];

    /// The same server as the switch calls it.
    pub fn side(self) -> Side {
        match self {
            Self::A => Side::A,
            Self::B => Side::B,
        }
    }

    /// The server that the switch calls so.
    pub fn of(side: Side) -> Self {
        match side {
            Side::A => Self::A,
            Side::B => Self::B,
        }
    }

    /// `cti-a` or `cti-b`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::A => "cti-a",
            Self::B => "cti-b",
        }
    }
}

/// One of the two AWDB hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AwdbHost {
    /// The primary.
    #[serde(rename = "awdb-1")]
    One,
    /// The secondary.
    #[serde(rename = "awdb-2")]
    Two,
}

impl AwdbHost {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::One, Self::Two];

    /// `awdb-1` or `awdb-2`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::One => "awdb-1",
            Self::Two => "awdb-2",
        }
    }
}

/// Who connects to a CTI server or an AWDB host, told apart by the address the connection comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NodeName {
    /// The primary desktop server.
    #[serde(rename = "node-1")]
    One,
    /// The secondary desktop server.
    #[serde(rename = "node-2")]
    Two,
    /// Any other client, from any other address.
    #[serde(rename = "other")]
    Other,
}

impl NodeName {
    /// The desktop servers of the lab, in order.
    pub const NODES: [Self; 2] = [Self::One, Self::Two];
    /// Everyone a link can start from.
    pub const ALL: [Self; 3] = [Self::One, Self::Two, Self::Other];

    /// `node-1`, `node-2` or `other`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::One => "node-1",
            Self::Two => "node-2",
            Self::Other => "other",
        }
    }
}

/// The way from one desktop server to one CTI server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// Who dials.
    pub node: NodeName,
    /// Who is dialed.
    pub cti: CtiServer,
}

impl Link {
    /// Every link there is.
    pub fn all() -> impl Iterator<Item = Self> {
        NodeName::ALL.into_iter().flat_map(|node| CtiServer::ALL.map(|cti| Self { node, cti }))
    }
}

/// Something that can be killed: a CTI server, an AWDB host or a desktop server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A CTI server.
    Cti(CtiServer),
    /// An AWDB host.
    Awdb(AwdbHost),
    /// A desktop server.
    Node(NodeName),
}

impl FromStr for CtiServer {
    type Err = UnknownPart;
    fn from_str(text: &str) -> Result<Self, UnknownPart> {
        match text {
            "cti-a" => Ok(Self::A),
            "cti-b" => Ok(Self::B),
            _ => Err(UnknownPart { given: text.into(), expected: "cti-a or cti-b" }),
        }
    }
}

impl FromStr for AwdbHost {
    type Err = UnknownPart;
    fn from_str(text: &str) -> Result<Self, UnknownPart> {
        match text {
            "awdb-1" => Ok(Self::One),
            "awdb-2" => Ok(Self::Two),
            _ => Err(UnknownPart { given: text.into(), expected: "awdb-1 or awdb-2" }),
        }
    }
}

impl FromStr for NodeName {
    type Err = UnknownPart;
    fn from_str(text: &str) -> Result<Self, UnknownPart> {
        match text {
            "node-1" => Ok(Self::One),
            "node-2" => Ok(Self::Two),
            "other" => Ok(Self::Other),
            _ => Err(UnknownPart { given: text.into(), expected: "node-1 or node-2" }),
        }
    }
}

impl FromStr for Part {
    type Err = UnknownPart;
    fn from_str(text: &str) -> Result<Self, UnknownPart> {
        match (text.parse(), text.parse(), text.parse()) {
            (Ok(cti), _, _) => Ok(Self::Cti(cti)),
            (_, Ok(awdb), _) => Ok(Self::Awdb(awdb)),
            (_, _, Ok(node @ (NodeName::One | NodeName::Two))) => Ok(Self::Node(node)),
            _ => {
                let expected = "cti-a, cti-b, awdb-1, awdb-2, node-1 or node-2";
                Err(UnknownPart { given: text.into(), expected })
            }
        }
    }
}

impl fmt::Display for CtiServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for AwdbHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for NodeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cti(cti) => cti.fmt(f),
            Self::Awdb(awdb) => awdb.fmt(f),
            Self::Node(node) => node.fmt(f),
        }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.node, self.cti)
    }
}

impl Serialize for Part {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_the_same_on_the_command_line_and_in_json() {
        for name in ["cti-a", "cti-b", "awdb-1", "awdb-2", "node-1", "node-2"] {
            let part: Part = name.parse().unwrap();
            assert_eq!(part.to_string(), name);
            assert_eq!(serde_json::to_value(part).unwrap(), name);
            assert_eq!(serde_json::from_value::<Part>(name.into()).unwrap(), part);
        }
    }

    #[test]
    fn an_unknown_part_is_answered_with_the_known_ones() {
        let told = "cti-c".parse::<Part>().unwrap_err().to_string();
        assert_eq!(
            told,
            "`cti-c` is not a part of the lab; say cti-a, cti-b, awdb-1, awdb-2, node-1 or node-2"
        );
        assert!("other".parse::<Part>().is_err(), "a stranger cannot be killed");
    }
}
