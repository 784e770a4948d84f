//! One desktop server, whole and pure.
//!
//! `Node` is where CTI, REST and XMPP meet: it routes, and decides nothing that a machine below it decides.
//! It has no socket, task, clock or random source; `server` drives it in production and `sim` in simulation.

mod asked;
mod config;
mod download;
mod figures;
mod io;
pub mod ledger;
mod link;
mod node;
pub mod pair;
mod presence;
mod publish;
mod reading;
pub mod records;
mod recovery;
mod rest;
mod work;

pub use config::*;
pub use figures::Figure;
pub use io::*;
pub use node::{Counters, Node, Sabotage, Timer};
pub use work::{Done, Work};

pub use {api, domain, failover, ged188, xml, xmpp};
