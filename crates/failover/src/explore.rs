//! Exhaustive walks: everything that can happen to the four machines, in every order, breadth first.
//!
//! A walk joins real machines with a world that is as free as the outside is: whatever may come at a moment comes, one
//! thing at a time, and each way that this opens is followed until nothing is left that was not seen before. Time
//! comes in units and deadlines are looked at relative to now, so two moments from which the same can follow are one
//! state, and the states are finite. What each world leaves out or folds is said at the top of its file.
//!
//! Two things are proven for the states of a walk:
//! - safety: a rule that is broken in any of them ends the walk, with the shortest way there;
//! - liveness: in any of them the disturbances may end. From then on the outside does its part, in any order, and the
//!   good state must be reached, whichever order that is, and must last. The slowest way is reported.
//!
//! Nothing here is used by a machine. A world can be built with a mistake ([`Fault`](cti::Fault) of each module), and
//! tests show that each mistake is found: the machines are what they are in production, their settings or the driver
//! around them are wrong.

pub mod awdb;
pub mod client;
pub mod cti;
mod liveness;
pub mod presence;
mod search;

pub use search::{Broken, Report};

/// Disturbances of a walk of presence. With three, its states are more than fit into memory.
const DISTURBANCES: u8 = 2;

/// One walk.
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    /// A stable word for machines.
    pub id: &'static str,
    /// What is walked.
    pub says: &'static str,
    run: fn() -> Result<Report, Broken>,
}

impl Walk {
    /// Walks.
    ///
    /// # Errors
    ///
    /// The rule that was broken, and the shortest way to where it was.
    pub fn run(&self) -> Result<Report, Broken> {
        (self.run)()
    }
}

/// All walks.
pub fn walks() -> Vec<Walk> {
    vec![
        Walk {
            id: "cti-pair",
            says: "CTI dialing with recovery, two sides",
            run: || cti::walk(cti::settings(), cti::Fault::None),
        },
        Walk {
            id: "cti-single",
            says: "CTI dialing with recovery, one side",
            run: || cti::walk(cti::single(), cti::Fault::None),
        },
        Walk {
            id: "awdb-cache",
            says: "AWDB cache and lock-outs, one host",
            run: || awdb(awdb::Scope::CACHE),
        },
        Walk {
            id: "awdb-documented",
            says: "AWDB cache and failover, two hosts, as documented",
            run: || awdb(awdb::Scope::DOCUMENTED),
        },
        Walk {
            id: "awdb-hedged",
            says: "AWDB failover, two hosts, with a hedged second try",
            run: || awdb(awdb::Scope::HEDGED),
        },
        Walk {
            id: "presence-clocks",
            says: "presence with fencing, two nodes whose clocks are right",
            run: || presence(true),
        },
        Walk {
            id: "presence-no-clocks",
            says: "presence with fencing, two nodes whose clocks stand still",
            run: || presence(false),
        },
        Walk {
            id: "client-pair",
            says: "client failover, two servers",
            run: || client::walk(client::settings(), client::Fault::None),
        },
        Walk {
            id: "client-single",
            says: "client failover, one server",
            run: || client::walk(client::single(), client::Fault::None),
        },
    ]
}

fn awdb(scope: awdb::Scope) -> Result<Report, Broken> {
    awdb::walk(scope, scope.settings(), awdb::Fault::None)
}

fn presence(clocks: bool) -> Result<Report, Broken> {
    let scope = presence::Scope { disturbances: DISTURBANCES, clocks };
    presence::walk(scope, presence::settings(), presence::Fault::None)
}

fn ensure(holds: bool, says: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(says()) }
}
