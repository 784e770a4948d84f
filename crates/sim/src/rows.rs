//! Rows of failover.md as data: a row is a script of steps and expectations. Who carries it out is a [`Driver`]: one
//! in virtual time over the simulated world, or one over a live lab.
//!
//! A script says nothing of sockets, processes or simulated time. What it expects is counted at the lab's side (dials,
//! heartbeats, requests that arrived, the switch's truth) or seen by a desktop, never told by the node about itself.

mod awdb;
mod client;
mod conferences;
mod cti;
mod driver;
mod knock;
mod presence;
mod report;
mod run;
mod shown;
mod step;
pub mod truth;
mod virtual_time;

pub use awdb::{AwdbPace, awdb};
pub use client::{ClientPace, client};
pub use cti::cti;
pub use driver::{Arrived, Client, Dial, Driver, ForcedLogout, Reply, Trouble};
pub use knock::{Answer, Credentials, HostFault, Knock, Name, Password, Times};
pub use presence::{Pace, presence};
pub use report::{Evidence, Report};
pub use run::run;
pub use step::{Claim, Condition, Expect, Fault, Phone, Request, Row, Server, ServiceName, Setting, Step};
pub use truth::{LegTruth, Truth};
pub use virtual_time::InVirtualTime;
