//! The two AWDB hosts of a lab: TDS servers on port 1433, each over a SQLite file of its own with the views of awdb.md.
//!
//! Owns their sockets, certificates and SQL login, and the fault point of the way from each desktop server. Never
//! decides anything about people, and never writes for a client: who may sign in stands in the file that the lab was given.

mod access;
mod conversation;
mod database;
mod fault;
mod host;
mod sql;
mod tally;
#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::path::Path;

use serde::{Deserialize, Serialize};

use self::database::File;
use self::host::Host;
use crate::clock::Clock;
use crate::fault::Condition;
use crate::net::Net;
use crate::parts::{AwdbHost, NodeName};

pub(crate) use self::access::{Access, write_secret};
pub use self::fault::{AwdbFault, SessionFault, SessionFaults};
pub use self::tally::AwdbTally;

/// A fault of the way from a desktop server to an AWDB host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwdbOrder {
    /// From whom.
    pub node: NodeName,
    /// To whom.
    pub awdb: AwdbHost,
    /// What happens on the way.
    #[serde(flatten)]
    pub fault: AwdbFault,
}

/// The distributor of an AWDB host stops or starts: the database goes on answering, from old data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DistributorOrder {
    /// Whose.
    pub awdb: AwdbHost,
    /// Whether it is to run.
    pub run: bool,
}

/// What the page shows of an AWDB host.
#[derive(Clone, Debug, Serialize)]
pub struct AwdbState {
    /// Which.
    pub name: AwdbHost,
    /// Where it listens.
    pub address: SocketAddr,
    /// Whether it does.
    pub up: bool,
    /// Whether its distributor runs.
    pub distributor: bool,
    /// The ways to it.
    pub links: Vec<AwdbLinkState>,
}

/// What the page shows of the way to an AWDB host.
#[derive(Clone, Debug, Serialize)]
pub struct AwdbLinkState {
    /// From whom.
    pub node: NodeName,
    /// Its faults.
    pub condition: Condition,
    /// Faults of its sessions.
    pub session: SessionFaults,
    /// What passed it.
    pub tally: AwdbTally,
}

/// What both hosts need before they open: the login, the certificates, and a copy of the people for each.
#[derive(Clone, Debug)]
pub(crate) struct Kit {
    pub(crate) access: Access,
    files: [File; 2],
}

impl Kit {
    /// Makes it all, in the directory of the lab.
    pub(crate) fn make(net: Net, people: &Path, dir: &Path) -> io::Result<Self> {
        let [one, two] = AwdbHost::ALL.map(|name| File::copy(people, dir.join(format!("{name}.sqlite"))));
        Ok(Self { access: Access::make(net, dir)?, files: [one?, two?] })
    }
}

/// Both hosts.
#[derive(Debug)]
pub(crate) struct Awdbs([Host; 2]);

impl Awdbs {
    /// Opens both addresses.
    pub(crate) async fn open(net: Net, clock: Clock, kit: &Kit) -> Result<Self, (SocketAddr, io::Error)> {
        let [one, two] = &kit.files;
        let open = async |name, file: &File| {
            let opened = Host::open(name, net, clock, file.clone(), &kit.access).await;
            opened.map_err(|reason| (net.awdb(name), reason))
        };
        Ok(Self([open(AwdbHost::One, one).await?, open(AwdbHost::Two, two).await?]))
    }

    /// Opens the address of a host; false if it is open.
    pub(crate) async fn start(&self, name: AwdbHost) -> io::Result<bool> {
        self.host(name).start().await
    }

    /// Closes the address of a host and resets its connections; false if it was down.
    pub(crate) async fn kill(&self, name: AwdbHost) -> bool {
        self.host(name).kill().await
    }

    /// Ends both hosts and their distributors.
    pub(crate) async fn close(&self) {
        for host in &self.0 {
            host.close().await;
        }
    }

    /// Stops or starts a distributor; false if it is already so.
    pub(crate) fn distribute(&self, order: &DistributorOrder) -> bool {
        self.host(order.awdb).distribute(order.run)
    }

    /// Breaks or heals a way.
    pub(crate) fn fault(&self, order: &AwdbOrder) {
        self.host(order.awdb).fault(order.node, &order.fault);
    }

    /// What passed a way.
    pub(crate) fn tally(&self, node: NodeName, awdb: AwdbHost) -> AwdbTally {
        self.host(awdb).tally(node)
    }

    /// The file that a host reads; whatever is written into it is read with the next query.
    pub(crate) fn file(&self, awdb: AwdbHost) -> &Path {
        self.host(awdb).file()
    }

    /// What the page shows.
    pub(crate) async fn state(&self, net: Net) -> Vec<AwdbState> {
        let mut states = Vec::new();
        for name in AwdbHost::ALL {
            let host = self.host(name);
            let link = |node| {
                let (condition, session) = host.condition(node);
                AwdbLinkState { node, condition, session, tally: host.tally(node) }
            };
            states.push(AwdbState {
                name,
                address: net.awdb(name),
                up: host.is_up().await,
                distributor: host.distributes(),
                links: NodeName::ALL.map(link).into(),
            });
        }
        states
    }

    fn host(&self, name: AwdbHost) -> &Host {
        let [one, two] = &self.0;
        match name {
            AwdbHost::One => one,
            AwdbHost::Two => two,
        }
    }
}

/// How the timeline tells a fault: a stable word, a sentence, and the numbers in it.
pub(crate) fn story(order: &AwdbOrder) -> (&'static str, String, Vec<(&'static str, String)>) {
    let (what, does, numbers) = order.fault.story(order.node.as_str());
    (what, format!("the way from {} to {} {does}", order.node, order.awdb), numbers)
}
