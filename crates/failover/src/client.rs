//! Client failover (failover.md section 3, notifications.md section 10): when a desktop stays with its server, and when
//! it signs its agent in on the other one.
//!
//! [`Machine`] decides for one desktop, from its sign-in to its sign-out; it never opens a connection and never reads
//! a document. Virtual desktops drive it, and the browser runs its twin in TypeScript, which is tested against every
//! step of [`table::json`]. It does not know what a page looks like: [`Banner`] has what a text must say.
//!
//! Beyond the rows, and without contradicting any:
//! - the current server is asked at once, and the other at once when the current one is silent;
//! - a server that still answers, in words or by its transport, is left only when a regular poll finds it out of
//!   service again, so that a CTI failover of seconds moves nobody;
//! - nobody is moved back: the server moved to is the current one from then on;
//! - desktops spread by the place of their agent in line, those on calls first, and obey `Retry-After`.

mod banner;
mod ending;
mod io;
mod machine;
mod moving;
mod place;
mod refreshing;
mod retrying;
mod seeking;
mod settings;
mod state;
pub mod table;

#[cfg(test)]
mod tests;

pub use banner::{Banner, BannerKind, Reason};
pub use io::{Answer, Counters, Input, Output, Status, Timer};
pub use machine::Machine;
pub use place::Place;
pub use settings::Settings;
pub use state::{Check, End, Link, Move, Other, Outage, Round, Seek, Stage, State, Step};

/// A desktop server of the pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Server {
    /// The publisher.
    Primary,
    /// The subscriber.
    Secondary,
}

impl Server {
    /// The other one of the pair.
    pub fn other(self) -> Self {
        match self {
            Self::Primary => Self::Secondary,
            Self::Secondary => Self::Primary,
        }
    }

    /// A stable word for machines.
    pub fn word(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
        }
    }
}

impl std::fmt::Display for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// Names one request of the machine, and the transport that may come of it. Never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);
