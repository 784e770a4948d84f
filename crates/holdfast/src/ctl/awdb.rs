//! The verbs of `lab ctl` about the AWDB hosts, and how the hosts are shown.

use std::num::NonZeroU32;

use clap::Subcommand;
use lab::{AwdbFault, AwdbHost, AwdbOrder, DistributorOrder, NodeName, Order, SessionFault};
use serde_json::Value;

use super::show::{gate, items, section, text};
use super::verbs::{Action, Fault};

/// Orders about AWDB hosts.
#[derive(Subcommand)]
pub(crate) enum AwdbVerb {
    /// Breaks or heals the way from a desktop server to an AWDB host.
    Awdb {
        /// node-1, node-2 or other.
        node: NodeName,
        /// awdb-1 or awdb-2.
        awdb: AwdbHost,
        #[command(subcommand)]
        fault: WayFault,
    },
    /// Stops or starts the distributor of an AWDB host: stopped, the host answers from old data.
    Distributor {
        /// awdb-1 or awdb-2.
        awdb: AwdbHost,
        /// What with it.
        action: Action,
    },
}

/// What is wrong with the way to an AWDB host.
#[derive(Subcommand)]
pub(crate) enum WayFault {
    #[command(flatten)]
    Link(Fault),
    /// Takes sign-ins and answers none.
    HangLogin,
    /// Gives the first half of each result.
    HangResult,
    /// Gives every packet in two halves.
    HalfPackets,
    /// Gives so many bytes a second.
    Slow {
        /// How many, such as 200.
        bytes_per_second: NonZeroU32,
    },
}

impl From<AwdbVerb> for Order {
    fn from(verb: AwdbVerb) -> Self {
        match verb {
            AwdbVerb::Awdb { node, awdb, fault } => Self::Awdb(AwdbOrder { node, awdb, fault: fault.into() }),
            AwdbVerb::Distributor { awdb, action } => {
                Self::Distributor(DistributorOrder { awdb, run: matches!(action, Action::Start) })
            }
        }
    }
}

impl From<WayFault> for AwdbFault {
    fn from(fault: WayFault) -> Self {
        match fault {
            WayFault::Link(fault) => Self::Link(fault.into()),
            WayFault::HangLogin => Self::Session(SessionFault::HangLogin),
            WayFault::HangResult => Self::Session(SessionFault::HangResult),
            WayFault::HalfPackets => Self::Session(SessionFault::HalfPackets),
            WayFault::Slow { bytes_per_second } => Self::Session(SessionFault::Slow { bytes_per_second }),
        }
    }
}

/// The hosts, and what each desktop server has with them.
pub(super) fn hosts(state: &Value) -> String {
    let hosts = section("AWDB hosts", &state["awdbs"], |host| {
        let how = if host["up"] == true { "up" } else { "down" };
        let distributor = if host["distributor"] == true { "runs" } else { "stopped" };
        format!("{:8} {:18} {how:5} distributor {distributor}", text(&host["name"]), text(&host["address"]))
    });
    let ways = items(&state["awdbs"]).iter().flat_map(|host| {
        let real = items(&host["links"]).iter().filter(|link| link["node"] != "other");
        real.map(|link| format!("  {}\n", way(text(&host["name"]), link)))
    });
    hosts + &ways.collect::<String>()
}

fn way(host: &str, link: &Value) -> String {
    let (tally, session) = (&link["tally"], &link["session"]);
    let faults =
        [("hang_login", " hang-login"), ("hang_result", " hang-result"), ("half_packets", " half-packets")];
    let on: String = faults.iter().filter(|(key, _)| session[*key] == true).map(|(_, says)| *says).collect();
    let slow = session["bytes_per_second"]
        .as_u64()
        .map(|rate| format!(" {rate} bytes a second"))
        .unwrap_or_default();
    let (up, logins, requests) = (&tally["up"], &tally["logins"], &tally["requests"]);
    let ends = format!("{} to {host}", text(&link["node"]));
    format!("{ends} {up} up, {logins} sign-ins, {requests} requests{}{on}{slow}", gate(&link["condition"]))
}
