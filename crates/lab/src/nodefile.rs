//! The settings file of a desktop server of the lab.

use std::io;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::awdb::{Access, write_secret};
use crate::identity::Identity;
use crate::net::Net;
use crate::parts::{CtiServer, NodeName};

/// The first team of the demo.
const FIRST_TEAM: i64 = 5000;

/// What the settings files of a lab's desktop servers have in common.
#[derive(Clone, Debug)]
pub(crate) struct NodeFile<'a> {
    pub(crate) net: Net,
    pub(crate) peripheral_id: u32,
    /// How to sign in at the AWDB hosts; a lab without them has desktop servers that cannot sign anybody in.
    pub(crate) awdb: Option<&'a Access>,
    /// Who may change settings.
    pub(crate) administrator: Option<&'a Administrator>,
    pub(crate) dir: &'a Path,
    /// By which the two desktop servers know each other; nothing if there is only one.
    pub(crate) pair: Option<&'a Pair>,
}

/// Somebody who may change the settings of the desktop servers.
#[derive(Clone, PartialEq, Eq)]
pub struct Administrator {
    /// What he calls himself.
    pub name: String,
    /// His password: a lab shows it to whoever controls it.
    pub password: String,
    /// What the desktop servers store of it.
    pub hash: String,
}

/// His name only.
impl std::fmt::Debug for Administrator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Administrator").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The certificates of a pair.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    primary: Identity,
    secondary: Identity,
}

impl Pair {
    /// Makes both, in the directory of the lab.
    pub(crate) fn make(dir: &Path) -> io::Result<Self> {
        Ok(Self {
            primary: Identity::make(NodeName::One, dir)?,
            secondary: Identity::make(NodeName::Two, dir)?,
        })
    }
}

impl NodeFile<'_> {
    /// Writes the file of one desktop server and says where it is.
    pub(crate) fn write(&self, node: NodeName) -> io::Result<PathBuf> {
        let path = self.dir.join(format!("{node}.toml"));
        write_secret(&path, self.text(node)?.as_bytes())?;
        Ok(path)
    }

    fn text(&self, node: NodeName) -> io::Result<String> {
        let mut table = Table::from_iter([
            ("data_dir".into(), path(&self.data_dir(node))),
            ("node".into(), self.node(node)),
            ("listen".into(), table([("address", self.host(node))])),
            ("limits".into(), limits()),
            ("cti".into(), self.cti(node)),
            ("reason_code".into(), reason_codes()),
            ("wrap_up_reason".into(), wrap_up_reasons()),
            ("phone_book".into(), phone_books()),
            ("call_layout".into(), call_layout()),
        ]);
        if let Some(access) = self.awdb {
            table.insert("awdb".into(), Value::Table(access.settings(self.net.node(node))));
        }
        if let Some(Administrator { name, hash, .. }) = self.administrator {
            let one = self::table([("name", text(name)), ("password_hash", text(hash))]);
            table.insert("administrator".into(), Value::Array(vec![one]));
        }
        if let Some(pair) = self.pair {
            table.insert("peer".into(), self.peer(node, pair));
        }
        toml::to_string(&table).map_err(io::Error::other)
    }

    /// Where a desktop server keeps what it makes itself.
    pub(crate) fn data_dir(&self, node: NodeName) -> PathBuf {
        self.dir.join(node.as_str())
    }

    /// The secondary finds the primary behind the fault point on their link.
    fn peer(&self, node: NodeName, pair: &Pair) -> Value {
        let at = self.net.peer_fault_point();
        let (own, other) = match node {
            NodeName::Two => (&pair.secondary, &pair.primary),
            NodeName::One | NodeName::Other => (&pair.primary, &pair.secondary),
        };
        table([
            ("port", Value::Integer(at.port().into())),
            ("host", text(at.ip())),
            ("certificate", path(&own.certificate)),
            ("key", path(&own.key)),
            ("fingerprints", Value::Array(vec![text(&other.fingerprint)])),
        ])
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

/// Phones that answer, and outside numbers that answer, ring, are busy or do not exist.
fn phone_books() -> Value {
    let everybody = [
        ("Harbor", "Reception", "代表窓口 Main desk", "99001"),
        ("健一", "小林", "第二サポート", "99002"),
        ("Maria", "Lopez", "Billing", "99003"),
        ("", "東京本社", "代表番号", "0312345678"),
        ("", "大阪支社", "呼び出しのみ", "0398765432"),
        ("", "Busy line", "always engaged", "0300000486"),
    ];
    let team = [("直美", "加藤", "チームの専門家", "99004")];
    Value::Array(vec![
        table([("id", Value::Integer(1)), ("name", text("Everybody")), ("contacts", contacts(&everybody))]),
        table([
            ("id", Value::Integer(2)),
            ("name", text("Team Harbor")),
            ("teams", Value::Array(vec![Value::Integer(FIRST_TEAM)])),
            ("contacts", contacts(&team)),
        ]),
    ])
}

fn contacts(people: &[(&str, &str, &str, &str)]) -> Value {
    let contact = |(first, last, description, number): &(&str, &str, &str, &str)| {
        table([
            ("first_name", text(first)),
            ("last_name", text(last)),
            ("description", text(description)),
            ("phone_number", text(number)),
        ])
    };
    Value::Array(people.iter().map(contact).collect())
}

/// What scripted callers bring along comes first.
fn call_layout() -> Value {
    let entry = |name: &str, property: &str| table([("name", text(name)), ("property", text(property))]);
    let variables =
        |from: u8, to: u8| (from..=to).map(|n| entry(&format!("Variable {n}"), &format!("callVariable{n}")));
    let left = [entry("Rank ランク", "callVariable2"), entry("Customer no. お客様番号", "user.customer")];
    let right = [entry("About 用件", "callVariable3"), entry("Order 注文番号", "user.order")];
    table([
        ("header", entry("Customer お客様", "callVariable1")),
        ("left", Value::Array(left.into_iter().chain(variables(4, 6)).collect())),
        ("right", Value::Array(right.into_iter().chain(variables(7, 10)).collect())),
    ])
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
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn each_node_dials_both_sides_from_its_own_address() {
        let file = NodeFile {
            net: "127.0.9".parse().unwrap(),
            peripheral_id: 5000,
            awdb: None,
            administrator: None,
            dir: Path::new("/lab"),
            pair: None,
        };
        let read: Table = file.text(NodeName::Two).unwrap().parse().unwrap();
        assert_eq!(read["node"]["rank"].as_str(), Some("secondary"));
        assert_eq!(read["listen"]["address"].as_str(), Some("127.0.9.12"));
        assert_eq!(read["cti"]["bind"].as_str(), Some("127.0.9.12"));
        assert_eq!(read["cti"]["a"]["host"].as_str(), Some("127.0.9.21"));
        assert_eq!(read["cti"]["b"]["port"].as_integer(), Some(43027));
        assert_eq!(read["data_dir"].as_str(), Some("/lab/node-2"));
        assert!(!read.contains_key("peer"), "a server on its own has no peer");
    }

    #[test]
    fn each_node_asks_both_awdb_hosts_from_its_own_address() {
        let dir = std::env::temp_dir().join(format!("holdfast-lab-nodefile-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let net = "127.0.9".parse().unwrap();
        let access = Access::make(net, &dir).unwrap();
        let file = NodeFile {
            net,
            peripheral_id: 5000,
            awdb: Some(&access),
            administrator: None,
            dir: &dir,
            pair: None,
        };
        let read = file.text(NodeName::Two).unwrap().parse::<Table>().unwrap().remove("awdb").unwrap();
        assert_eq!(read["kind"].as_str(), Some("sqlserver"));
        assert_eq!(read["primary"]["host"].as_str(), Some("127.0.9.31"));
        assert_eq!(read["secondary"]["port"].as_integer(), Some(1433));
        assert_eq!(read["bind"].as_str(), Some("127.0.9.12"));
        let written = file.write(NodeName::Two).unwrap();
        assert_eq!(std::fs::metadata(written).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn desktop_servers_have_the_hash_of_the_administrators_password_only() {
        let administrator =
            Administrator { name: "admin".into(), password: "hunter2".into(), hash: "$argon2id$x".into() };
        let file = NodeFile {
            net: "127.0.9".parse().unwrap(),
            peripheral_id: 5000,
            awdb: None,
            administrator: Some(&administrator),
            dir: Path::new("/lab"),
            pair: None,
        };
        let written = file.text(NodeName::One).unwrap();
        let read: Table = written.parse().unwrap();
        assert_eq!(read["administrator"][0]["password_hash"].as_str(), Some("$argon2id$x"));
        assert!(!written.contains("hunter2") && !format!("{administrator:?}").contains("argon2id"));
    }

    #[test]
    fn two_nodes_pin_each_other_and_meet_behind_the_fault_point() {
        let dir = std::env::temp_dir().join(format!("holdfast-lab-pair-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let pair = Pair::make(&dir).unwrap();
        let net = "127.0.9".parse().unwrap();
        let file = NodeFile {
            net,
            peripheral_id: 5000,
            awdb: None,
            administrator: None,
            dir: &dir,
            pair: Some(&pair),
        };
        let read = |node| file.text(node).unwrap().parse::<Table>().unwrap().remove("peer").unwrap();
        let (one, two) = (read(NodeName::One), read(NodeName::Two));
        assert_eq!(two["host"].as_str(), Some("127.0.9.41"));
        assert_eq!(one["fingerprints"][0].as_str(), Some(pair.secondary.fingerprint.as_str()));
        assert_eq!(two["fingerprints"][0].as_str(), Some(pair.primary.fingerprint.as_str()));
        assert_ne!(one["fingerprints"], two["fingerprints"]);
        std::fs::remove_dir_all(&dir).unwrap();
    }
}
