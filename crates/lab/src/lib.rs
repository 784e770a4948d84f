//! A whole contact center on one machine: this crate drives `switch` with sockets, breaks what it is told to break,
//! and keeps desktop servers as child processes.
//!
//! Owns the sockets of the two CTI servers and of the two AWDB hosts, the fault point on every link to them and on the one
//! between the desktop servers, the child processes, the lab page and its control. Never decides anything about calls or agents: that is `switch`. Driven by `holdfast lab`,
//! `holdfast drill` and tests.

mod awdb;
mod children;
pub mod clock;
mod control;
mod delay;
pub mod desktop;
mod drive;
pub mod fault;
pub mod http;
mod identity;
mod lab;
mod links;
mod listener;
mod net;
mod nodefile;
mod order;
mod page;
mod parts;
mod peerlink;
mod probe;
mod script;
mod services;
mod state;
mod story;
pub mod subscriber;
mod tail;
mod tally;
mod tap;
mod wire;

pub use awdb::{
    AwdbFault, AwdbLinkState, AwdbOrder, AwdbState, AwdbTally, DistributorOrder, SessionFault, SessionFaults,
};
pub use children::{Node, NodeError, Process, Recipe};
pub use lab::{Lab, LabConfig, LabError};
pub use links::Links;
pub use net::{Net, NetError};
pub use nodefile::Administrator;
pub use order::{LinkOrder, Order, OrderError};
pub use parts::{AwdbHost, CtiServer, Link, NodeName, Part, UnknownPart};
pub use peerlink::PeerState;
pub use probe::Service;
pub use script::{Plot, ScriptOrder};
pub use services::{NodeService, ServiceOrder, Services};
pub use state::{LinkState, NodeState, People, Person, SettingsLogin, State};
pub use story::{Entry, Timeline};
pub use tally::{Dial, HEARTBEAT_CONF, HEARTBEAT_REQ, LinkTally, Tally};
pub use {failover, switch, xml};
