//! The deterministic world: nodes, CTI servers, switch and desktops as plain values in one thread, a virtual clock and
//! one seed. Owns time, the network and chance; decides nothing that a node or the switch decides.

pub mod rng;
pub mod rows;
pub mod seen;

pub use {node, switch};
