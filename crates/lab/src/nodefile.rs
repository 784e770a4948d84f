//! The settings file of a desktop server of the lab.

use std::io;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::net::Net;
use crate::parts::{CtiServer, NodeName};

/// The first team of the demo.
const FIRST_TEAM: i64 = 5000;

/// What the settings files of a lab's desktop servers have in common.
#[derive(Clone, Debug)]
pub(crate) struct NodeFile<'a> {
    pub(crate) net: Net,
    pub(crate) peripheral_id: u32,
    pub(crate) awdb: &'a Path,
    pub(crate) dir: &'a Path,
}

impl NodeFile<'_> {
    /// Writes the file of one desktop server and says where it is.
    pub(crate) fn write(&self, node: NodeName) -> io::Result<PathBuf> {
        let path = self.dir.join(format!("{node}.toml"));
        std::fs::write(&path, self.text(node)?)?;
        Ok(path)
    }

    fn text(&self, node: NodeName) -> io::Result<String> {
        let table = Table::from_iter([
            ("data_dir".into(), path(&self.dir.join(node.as_str()))),
            ("node".into(), self.node(node)),
            ("listen".into(), table([("address", self.host(node))])),
            ("limits".into(), limits()),
            ("cti".into(), self.cti(node)),
            ("awdb".into(), table([("sqlite", path(self.awdb))])),
            ("reason_code".into(), reason_codes()),
            ("wrap_up_reason".into(), wrap_up_reasons()),
        ]);
        toml::to_string(&table).map_err(io::Error::other)
    }

    fn node(&self, node: NodeName) -> Value {
        table([
            ("rank", text(if node == NodeName::Two { "secondary" } else { "primary" })),
            ("primary", self.host(NodeName::One)),
            ("secondary", self.host(NodeName::Two)),
        ])
    }

    /// Connections leave from the node's own address, which is how the lab tells its links apart.
    fn cti(&self, node: NodeName) -> Value {
        table([
            ("a", self.server(CtiServer::A)),
            ("b", self.server(CtiServer::B)),
            ("bind", self.host(node)),
            ("peripheral_id", Value::Integer(self.peripheral_id.into())),
        ])
    }

    fn server(&self, cti: CtiServer) -> Value {
        let address = self.net.cti(cti);
        table([("host", text(address.ip())), ("port", Value::Integer(address.port().into()))])
    }

    fn host(&self, node: NodeName) -> Value {
        text(self.net.node(node).map(|host| host.to_string()).unwrap_or_default())
    }
}

/// All desktops of a lab come from one address; what bounds them is the number of descriptors.
fn limits() -> Value {
    let many = Value::Integer(1_000_000);
    table([("connections_per_address", many.clone()), ("attempts_per_minute", many)])
}

/// A few reasons to choose from, as every site has.
fn reason_codes() -> Value {
    let codes = [
        (1, "NOT_READY", 11, "Lunch"),
        (2, "NOT_READY", 12, "Meeting"),
        (3, "NOT_READY", 13, "休憩"),
        (4, "LOGOUT", 21, "End of shift"),
    ];
    let code = |(id, category, code, label): (i64, &str, i64, &str)| {
        table([
            ("id", Value::Integer(id)),
            ("category", text(category)),
            ("code", Value::Integer(code)),
            ("label", text(label)),
        ])
    };
    Value::Array(codes.map(code).into())
}

/// One of them for the members of the first team only.
fn wrap_up_reasons() -> Value {
    let reasons =
        [(1, "Sale made", true), (2, "Question answered", true), (3, "返金", true), (4, "再架電", false)];
    let reason = |(id, label, for_all): (i64, &str, bool)| {
        let teams = if for_all { Vec::new() } else { vec![Value::Integer(FIRST_TEAM)] };
        table([
            ("id", Value::Integer(id)),
            ("label", text(label)),
            ("for_all", Value::Boolean(for_all)),
            ("teams", Value::Array(teams)),
        ])
    };
    Value::Array(reasons.map(reason).into())
}

fn table<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Table(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn text(value: impl ToString) -> Value {
    Value::String(value.to_string())
}

fn path(path: &Path) -> Value {
    text(path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_node_dials_both_sides_from_its_own_address() {
        let file = NodeFile {
            net: "127.0.9".parse().unwrap(),
            peripheral_id: 5000,
            awdb: Path::new("/lab/awdb.sqlite"),
            dir: Path::new("/lab"),
        };
        let read: Table = file.text(NodeName::Two).unwrap().parse().unwrap();
        assert_eq!(read["node"]["rank"].as_str(), Some("secondary"));
        assert_eq!(read["listen"]["address"].as_str(), Some("127.0.9.12"));
        assert_eq!(read["cti"]["bind"].as_str(), Some("127.0.9.12"));
        assert_eq!(read["cti"]["a"]["host"].as_str(), Some("127.0.9.21"));
        assert_eq!(read["cti"]["b"]["port"].as_integer(), Some(43027));
        assert_eq!(read["data_dir"].as_str(), Some("/lab/node-2"));
    }
}
