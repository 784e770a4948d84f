//! Agents, dialogs, teams and reason codes: what the CTI server has told, and what people ask of it.
//!
//! Owns the state that desktops see. Never knows of sockets, XML, sessions or protocol versions.
//! Driven by `node`: CTI events and answers go in, requests and changes come out.

mod command;
mod ids;
mod view;

pub use command::*;
pub use ids::*;
pub use view::*;
