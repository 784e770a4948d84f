//! Fencing of forced logouts (failover.md DESK-5r2 and DESK-7r3): one node never logs out an agent who has moved to
//! the other.
//!
//! [`Machine`] decides; it never opens a connection. Before an order it asks the peer. The peer refuses if the agent's
//! desktop is there or was there later; else it holds the agent's sign-in until the asker reports what CTI said or the
//! link is lost. While the link is down nobody is asked, and the documented behaviour holds; so it does with
//! [`Settings::fencing`] off.
//!
//! ```text
//! asker                    peer                          CTI
//!   │ ── Ask(epoch) ───────▶ │ newer or live: Refuse        │
//!   │ ◀─────────── Grant ─── │ else: hold sign-ins          │
//!   │ ── LOGOUT 255 (within 1 s of asking) ────────────────▶│
//!   │ ◀─────────────────────────────────────────── outcome ─│
//!   │ ── Report ───────────▶ │ admit sign-ins               │
//! ```

mod epoch;
mod io;
mod link;
mod machine;
mod relative;
mod settings;
mod transition;

#[cfg(test)]
mod tests;

pub use epoch::{Epoch, NUMBER_MAX, Rank};
pub use io::{Counters, Fault, Input, LinkId, Message, Now, Output, Ticket, Timer};
pub use link::{Link, Stage};
pub use machine::{Machine, PAGE_MAX, TICKETS_MAX, WINDOW};
pub use settings::Settings;
pub use transition::{Cause, Transition};
