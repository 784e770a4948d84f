//! The deterministic world: nodes, CTI servers, switch and desktops as plain values in one thread, a virtual clock and
//! one seed. Owns time, the network and chance; decides nothing that a node or the switch decides.

pub mod calls;
pub mod campaign;
mod clerk;
pub mod desktop;
pub mod moves;
pub mod net;
pub mod outages;
pub mod peer;
pub mod people;
pub mod queue;
pub mod recorder;
pub mod recording;
pub mod rng;
pub mod rows;
pub mod seen;
pub mod settings;
pub mod shrink;
pub mod signins;
pub mod storm;
pub mod swarm;
pub mod tally;
mod told;
pub mod turns;
pub mod walk;
pub mod watch;
pub mod world;

pub use {node, switch};
