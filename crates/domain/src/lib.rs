//! Agents, dialogs, teams and reason codes: what the CTI server has told, and what people ask of it.
//!
//! Owns the state that desktops see. Never knows of sockets, XML, sessions or protocol versions.
//! Driven by `node`: CTI events and answers go in, requests and changes come out.
//!
//! ```text
//! CTI event ─▶ config_events │ agent_state │ call_events ─▶ agents, teams, calls ─▶ surroundings ─▶ publish ─▶ Change
//! Command   ─▶ commands ─▶ requests (one at a time an object) ─▶ Request ─▶ answers ─▶ failures
//! loss      ─▶ recovery: keep what was published, read all again, publish the differences
//! every 10 s ─▶ queues: read the statistics of those that matter, publish the differences
//! ```

mod actions;
mod agent_state;
mod agents;
mod answers;
mod call_data;
mod call_events;
mod call_merges;
mod call_steps;
mod call_types;
mod calls;
mod campaigns;
mod command;
mod commands;
mod config_events;
mod counters;
mod device_reads;
mod devices;
mod domain;
mod failures;
mod forced_logout;
mod goals;
mod ids;
mod messages;
mod mobile;
mod own_loss;
mod pairs;
mod publish;
mod queues;
mod rebuild;
mod reconcile;
mod recording;
mod recovery;
mod requests;
mod resources;
mod snapshots;
mod supervision;
mod surroundings;
mod teams;
mod untold;
mod view;
mod wrap_up;

#[cfg(test)]
mod tests;

pub use calls::CallRef;
pub use command::*;
pub use counters::Counters;
pub use domain::{Domain, DomainConfig, Timer};
pub use forced_logout::{Forced, LogoutOrder};
pub use ids::*;
pub use rebuild::Look;
pub use resources::*;
pub use view::*;
