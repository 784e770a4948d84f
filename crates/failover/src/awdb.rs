//! AWDB failover (failover.md section 2): which database is asked for a password, and what is known without asking.
//!
//! [`Machine`] decides; it never hashes a stored password, never keeps a given one, and never opens a connection.
//! A person who was accepted is known for 30 minutes from his last request ([`Machine::ask`] answers at once). Anybody
//! else is looked up at one host, and at the other if the first fails or, with the hedge on, takes too long:
//!
//! ```text
//!          ask                 hedge is due
//!  (new) ──────▶ First ──────────────────────▶ Both
//!                  │ host failed                 │ one failed
//!                  └────────────▶ Last ◀─────────┘
//!                                  │ host failed
//!  a verdict in any state ends it  └──▶ unreachable
//! ```
//!
//! An outage is never taken for a wrong password: it removes nothing and counts for no lock-out.

pub(crate) mod cache;
mod course;
mod health;
mod host;
mod io;
pub(crate) mod lockout;
mod machine;
mod relative;
mod settings;
mod transition;

#[cfg(test)]
mod tests;

pub use cache::{Accepted, Mark, Seen};
pub use health::Health;
pub use host::Host;
pub use io::{AskId, Counters, Denial, Failure, Output, QueryId, Standing, Timer};
pub use machine::Machine;
pub(crate) use relative::Relative;
pub use settings::Settings;
pub use transition::Transition;
