//! Everything that the lab page shows, as one JSON document: the truth of the other side, and around it what the lab
//! knows of hosts, links and people.

use serde::Serialize;
use switch::{AgentConfig, SwitchConfig, Truth};

use crate::awdb::AwdbState;
use crate::children::{Node, Process};
use crate::fault::Condition;
use crate::net::Net;
use crate::nodefile::Administrator;
use crate::parts::{Link, NodeName};
use crate::peerlink::PeerState;
use crate::probe::Service;
use crate::services::Services;
use crate::tally::LinkTally;

/// `GET /api/state`.
#[derive(Clone, Debug, Serialize)]
pub struct State {
    /// Of this program.
    pub version: &'static str,
    /// The first three octets of every address.
    pub net: String,
    /// When the lab started, in milliseconds since 1970; another number is another lab.
    pub started_ms: i64,
    /// Now.
    pub now_ms: i64,
    /// The desktop servers.
    pub nodes: Vec<NodeState>,
    /// The ways between desktop servers and CTI servers.
    pub links: Vec<LinkState>,
    /// The AWDB hosts, and the ways to them; none if the lab was made without.
    pub awdbs: Vec<AwdbState>,
    /// The way between the two desktop servers, if there are two.
    pub peer: Option<PeerState>,
    /// Who may sign in, and what can be called.
    pub people: People,
    /// Agents, calls and CTI servers as they are.
    pub truth: Truth,
}

/// One desktop server.
#[derive(Clone, Debug, Serialize)]
pub struct NodeState {
    /// Which.
    pub name: NodeName,
    /// Its host.
    pub host: String,
    /// Whether the process runs.
    pub process: Process,
    /// What it answers.
    #[serde(flatten)]
    pub service: Service,
    /// What it says of its services and of its peer; nothing if it does not answer.
    pub control: Option<Services>,
    /// Agents whose desktops are there or waited for, as it keeps them on disk, at most a second old; nobody's while
    /// it is down.
    pub desktops: Vec<String>,
}

/// One link.
#[derive(Clone, Debug, Serialize)]
pub struct LinkState {
    /// From whom to whom.
    #[serde(flatten)]
    pub link: Link,
    /// Its faults.
    pub condition: Condition,
    /// What passed it.
    pub tally: LinkTally,
}

/// Who may sign in, and what can be called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct People {
    /// Agents and supervisors.
    pub agents: Vec<Person>,
    /// The password that all of them share; `None` if they have different ones.
    pub password: Option<String>,
    /// Who may change settings through the API, if there is somebody.
    pub administrator: Option<SettingsLogin>,
    /// Dialed numbers that lead to agents.
    pub numbers: Vec<String>,
}

/// What an administrator signs in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SettingsLogin {
    /// The name.
    pub name: String,
    /// The password.
    pub password: String,
}

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// AgentID.
    pub id: String,
    /// LoginName.
    pub login_name: String,
    /// FirstName.
    pub first_name: String,
    /// LastName.
    pub last_name: String,
    /// The phone to sign in at.
    pub extension: String,
    /// Whether this is a supervisor.
    pub supervisor: bool,
}

impl NodeState {
    pub(crate) async fn of(node: &Node, net: Net) -> Self {
        let host = net.node(node.name()).map(|host| host.to_string()).unwrap_or_default();
        Self {
            name: node.name(),
            host,
            process: node.process(),
            service: node.service(),
            control: node.control().look().await,
            desktops: node.desktops().await,
        }
    }
}

impl People {
    /// The people of a switch, and who changes the settings of the desktop servers.
    pub fn of(config: &SwitchConfig, administrator: Option<&Administrator>) -> Self {
        Self {
            agents: config.agents.iter().map(Person::of).collect(),
            password: shared_password(&config.agents),
            administrator: administrator.map(|Administrator { name, password, .. }| SettingsLogin {
                name: name.clone(),
                password: password.clone(),
            }),
            numbers: config.dialed_numbers.keys().cloned().collect(),
        }
    }
}

impl Person {
    /// Family name first where the name is not written in Latin letters.
    pub fn full_name(&self) -> String {
        let (first, last) = (&self.first_name, &self.last_name);
        if last.is_ascii() { format!("{first} {last}") } else { format!("{last} {first}") }
    }

    fn of(agent: &AgentConfig) -> Self {
        Self {
            id: agent.id.clone(),
            login_name: agent.login_name.clone(),
            first_name: agent.first_name.clone(),
            last_name: agent.last_name.clone(),
            extension: agent.extension.clone(),
            supervisor: agent.supervisor,
        }
    }
}

fn shared_password(agents: &[AgentConfig]) -> Option<String> {
    let (first, others) = agents.split_first()?;
    others.iter().all(|other| other.password == first.password).then(|| first.password.clone())
}
