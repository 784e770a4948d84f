//! What anyone may order a lab to do, in the one JSON form that the page, `lab ctl` and drills share:
//! `{"kill": "cti-a"}`, `{"link": {"node": "node-1", "cti": "cti-a", "fault": "hang"}}`,
//! `{"switch": {"call_in": {"from": "0312345678", "to": "7200"}}}`.

use serde::{Deserialize, Serialize};

use crate::awdb::{AwdbOrder, DistributorOrder};
use crate::children::NodeError;
use crate::fault::LinkFault;
use crate::parts::{AwdbHost, CtiServer, Link, NodeName, Part};
use crate::script::ScriptOrder;
use crate::services::ServiceOrder;

/// One order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// A part dies: the address of a CTI server or an AWDB host is closed and its connections are reset; a desktop
    /// server gets SIGKILL.
    Kill(Part),
    /// A part that is down comes back.
    Start(Part),
    /// A CTI server takes connections and bytes and answers nothing.
    Hang(CtiServer),
    /// A CTI server goes on.
    Unhang(CtiServer),
    /// A fault of one link.
    Link(LinkOrder),
    /// A fault of the way to an AWDB host.
    Awdb(AwdbOrder),
    /// The distributor of an AWDB host stops or starts.
    Distributor(DistributorOrder),
    /// A fault of the link between the two desktop servers.
    Peer(LinkFault),
    /// A service of a desktop server stops or starts.
    Service(ServiceOrder),
    /// Somebody calls, and the call goes the way of a script.
    Script(ScriptOrder),
    /// Whatever the switch and its CTI servers understand.
    Switch(switch::Command),
}

/// A fault and where it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkOrder {
    /// From whom.
    pub node: NodeName,
    /// To whom.
    pub cti: CtiServer,
    /// What happens on the way.
    #[serde(flatten)]
    pub fault: LinkFault,
}

impl LinkOrder {
    /// The link it is about.
    pub fn link(&self) -> Link {
        Link { node: self.node, cti: self.cti }
    }
}

/// Why an order was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// The switch or its CTI servers say no.
    #[error(transparent)]
    Refused(#[from] switch::CommandError),
    /// A desktop server did not come up.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// The address of a CTI server or an AWDB host could not be opened.
    #[error("{part} cannot listen on {address}: {reason}")]
    Address {
        /// Which.
        part: Part,
        /// Where.
        address: std::net::SocketAddr,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The part is already as the order wants it.
    #[error("{part} is already {how}")]
    Already {
        /// Which.
        part: Part,
        /// `running` or `down`.
        how: &'static str,
    },
    /// The distributor is already as the order wants it.
    #[error("the distributor of {awdb} is already {how}")]
    Distributor {
        /// Whose.
        awdb: AwdbHost,
        /// `running` or `stopped`.
        how: &'static str,
    },
    /// The lab was made without AWDB hosts.
    #[error("this lab has no AWDB hosts")]
    NoAwdb,
    /// A desktop server did not do with its services as ordered.
    #[error("{node}: {reason}")]
    Service {
        /// Which.
        node: NodeName,
        /// Why.
        reason: String,
    },
    /// The lab has one desktop server only.
    #[error("this lab has no pair of desktop servers, so there is no link between them")]
    NoPair,
    /// There is no such desktop server in this lab.
    #[error("this lab has no {0}")]
    NoNode(NodeName),
    /// As many scripts play as may.
    #[error("{0} scripted calls at a time are enough; wait until one of them is over")]
    ManyScripts(usize),
    /// The switch did not name the call that a script has begun.
    #[error("the switch named no call")]
    NoCall,
    /// The lab is ending.
    #[error("the lab is ending")]
    Ending,
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;
    use crate::awdb::{AwdbFault, SessionFault};
    use crate::script::Plot;
    use crate::services::NodeService;

    fn check(json: &str, order: Order) {
        assert_eq!(serde_json::from_str::<Order>(json).unwrap(), order);
        assert_eq!(serde_json::from_str::<Order>(&serde_json::to_string(&order).unwrap()).unwrap(), order);
    }

    #[test]
    fn orders_read_as_they_are_spoken() {
        check(r#"{"kill":"cti-a"}"#, Order::Kill(Part::Cti(CtiServer::A)));
        check(r#"{"start":"node-2"}"#, Order::Start(Part::Node(NodeName::Two)));
        check(r#"{"hang":"cti-b"}"#, Order::Hang(CtiServer::B));
        check(r#"{"switch":"peripheral_offline"}"#, Order::Switch(switch::Command::PeripheralOffline));
    }

    #[test]
    fn link_faults_stand_beside_their_link() {
        let every = NonZeroU32::new(100).unwrap();
        let order = LinkOrder { node: NodeName::One, cti: CtiServer::A, fault: LinkFault::Corrupt { every } };
        check(
            r#"{"link":{"node":"node-1","cti":"cti-a","fault":"corrupt","every":100}}"#,
            Order::Link(order),
        );
    }

    #[test]
    fn services_and_the_peer_link_have_orders() {
        let service = ServiceOrder { node: NodeName::One, name: NodeService::Webapp, run: false };
        check(r#"{"service":{"node":"node-1","name":"webapp","run":false}}"#, Order::Service(service));
        check(r#"{"peer":{"fault":"refuse"}}"#, Order::Peer(LinkFault::Refuse));
    }

    #[test]
    fn awdb_hosts_have_orders() {
        check(r#"{"kill":"awdb-1"}"#, Order::Kill(Part::Awdb(AwdbHost::One)));
        let order = |fault| Order::Awdb(AwdbOrder { node: NodeName::Two, awdb: AwdbHost::One, fault });
        let link =
            |fault: &str| format!(r#"{{"awdb":{{"node":"node-2","awdb":"awdb-1","fault":"{fault}"}}}}"#);
        check(&link("blackhole"), order(AwdbFault::Link(LinkFault::Blackhole)));
        check(&link("hang-result"), order(AwdbFault::Session(SessionFault::HangResult)));
        let stop = DistributorOrder { awdb: AwdbHost::Two, run: false };
        check(r#"{"distributor":{"awdb":"awdb-2","run":false}}"#, Order::Distributor(stop));
    }

    #[test]
    fn scripted_callers_are_an_order() {
        let script = ScriptOrder {
            callers: 3,
            answers: true,
            pause_ms: 50,
            ..ScriptOrder::new(Plot::Conference, "7200")
        };
        check(
            r#"{"script":{"plot":"conference","to":"7200","callers":3,"answers":true,"pause_ms":50}}"#,
            Order::Script(script),
        );
    }

    #[test]
    fn what_is_not_an_order_is_an_error() {
        for json in [r#"{"kill":"node-3"}"#, r#"{"link":{"node":"node-1","cti":"cti-a"}}"#, r#"{"dance":1}"#]
        {
            assert!(serde_json::from_str::<Order>(json).is_err(), "{json}");
        }
    }
}
