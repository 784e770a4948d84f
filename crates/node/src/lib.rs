//! One desktop server, whole and pure.
//!
//! `Node` is where CTI, REST and XMPP meet: it routes, and decides nothing that a machine below it decides.
//! It has no socket, task, clock or random source; `server` drives it in production and `sim` in simulation.

mod io;

pub use io::*;
