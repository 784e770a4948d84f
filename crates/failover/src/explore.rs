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

/// How far a walk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Size {
    /// Seconds: for every run of the tests.
    Small,
    /// All of it.
    Full,
}

/// One walk.
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    /// A stable word for machines.
    pub id: &'static str,
    /// What is walked.
    pub says: &'static str,
    run: fn(Size) -> Result<Report, Broken>,
}

impl Walk {
    /// Walks.
    ///
    /// # Errors
    ///
    /// The rule that was broken, and the shortest way to where it was.
    pub fn run(&self, size: Size) -> Result<Report, Broken> {
        (self.run)(size)
    }
}

/// All walks.
pub fn walks() -> Vec<Walk> {
    vec![
        Walk {
            id: "cti-pair",
            says: "CTI dialing with recovery, two sides",
            run: |_| cti::walk(cti::settings(), cti::Fault::None),
        },
        Walk {
            id: "cti-single",
            says: "CTI dialing with recovery, one side",
            run: |_| cti::walk(cti::single(), cti::Fault::None),
        },
        Walk {
            id: "awdb-cache",
            says: "AWDB cache and lock-outs, one host",
            run: |_| awdb(awdb::Scope::CACHE),
        },
        Walk {
            id: "awdb-documented",
            says: "AWDB cache and failover, two hosts, as documented",
            run: |_| awdb(awdb::Scope::DOCUMENTED),
        },
        Walk {
            id: "awdb-hedged",
            says: "AWDB failover, two hosts, with a hedged second try",
            run: |_| awdb(awdb::Scope::HEDGED),
        },
        Walk {
            id: "presence-clocks",
            says: "presence with fencing, two nodes whose clocks are right",
            run: |size| presence(size, true),
        },
        Walk {
            id: "presence-no-clocks",
            says: "presence with fencing, two nodes whose clocks stand still",
            run: |size| presence(size, false),
        },
        Walk {
            id: "client-pair",
            says: "client failover, two servers",
            run: |_| client::walk(client::settings(), client::Fault::None),
        },
        Walk {
            id: "client-single",
            says: "client failover, one server",
            run: |_| client::walk(client::single(), client::Fault::None),
        },
    ]
}

fn awdb(scope: awdb::Scope) -> Result<Report, Broken> {
    awdb::walk(scope, scope.settings(), awdb::Fault::None)
}

fn presence(size: Size, clocks: bool) -> Result<Report, Broken> {
    let disturbances = match size {
        Size::Small => 2,
        Size::Full => 3,
    };
    let scope = presence::Scope { disturbances, clocks };
    presence::walk(scope, presence::settings(), presence::Fault::None)
}

fn ensure(holds: bool, says: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(says()) }
}
