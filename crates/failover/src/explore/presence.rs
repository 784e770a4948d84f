//! Presence with fencing: two nodes, the link between them, CTI, and one agent with his desktop.
//!
//! Two [`Guarded`] machines. From a desktop at work on the primary, so many [disturbances](Scope::disturbances) come as
//! the scope allows, at any moments: the desktop is closed, crashes, is heard again, opens at either node; a call begins
//! or ends; a node loses CTI, gets it back, dies and starts again with what it remembered; an end of the link breaks,
//! the link comes back. Messages between the nodes, orders to CTI and its answers take as long as they like, in their
//! order; but an order that reaches CTI does so before the node stops waiting for its outcome. Then it is calm: nothing breaks, no call goes on, and the desktop is at the primary, at the secondary, or gone.
//!
//! Folded: moments, to the time until them; names, to their order; with right clocks the numbers of epochs, to their
//! order; with clocks that stand still they are told as they are. Left out: what times are (the order of the true ones
//! is kept, see [`settings`]), more disturbances than those, other agents (nothing of one is another's, but for bounds),
//! a second desktop at the same node, the notification service (it is the same to the machine as an outage of CTI in
//! which the desktops are closed), and orders that wait in the node: each is written when it is granted.

mod monitor;
mod pair;
mod steps;
#[cfg(test)]
mod tests;

use std::time::Duration;

use pair::Pair;

use super::search;
use super::{Broken, Report, ensure};
use crate::fence;
use crate::presence::Settings;

const UNIT: Duration = Duration::from_secs(1);
/// Units of grace.
const GRACE: u8 = 5;
/// Units that an order takes to CTI at most, if it arrives: less than a node waits for its outcome. What takes longer
/// may still arrive when its outcome has been reported as unknown, and nobody can call it back.
const ON_THE_WAY: u8 = 2;
/// Units until all is well once it is calm: a crash is seen or the time to come back passes, then the grace; or a
/// sign-in is held in vain before that.
const WITHIN: u32 = 16;

/// What a walk is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scope {
    /// Disturbances in one way through the walk.
    pub disturbances: u8,
    /// The wall clocks of both nodes are right; else they stand still, and epochs come from what was seen only.
    pub clocks: bool,
}

/// Short times with the order of the true ones.
pub fn settings() -> Settings {
    Settings {
        detection: UNIT * 6,
        grace: UNIT * u32::from(GRACE),
        comeback: UNIT * 6,
        retry: UNIT * 2,
        answer: UNIT * 3,
        standstill: UNIT * 2,
    }
}

fn fencing(rank: fence::Rank, fault: Fault) -> fence::Settings {
    let fencing = fault != Fault::AsksNobody;
    fence::Settings { fencing, write: UNIT, answer: UNIT * 2, hold: UNIT * 4, ..fence::Settings::new(rank) }
}

/// A mistake of the settings or of the driver, so that the walk is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// None.
    None,
    /// Fencing is off, and the rules hold as if it were on.
    AsksNobody,
    /// A refusal of the other node is taken for a grant.
    IgnoresRefusal,
    /// A node is not told that it is out of service.
    WatchesDuringOutage,
    /// A node is not told of calls.
    ForgetsCalls,
    /// A node that starts again remembers nobody.
    RemembersNobody,
}

/// Walks everything.
///
/// # Errors
///
/// The rule that was broken.
pub fn walk(scope: Scope, settings: Settings, fault: Fault) -> Result<Report, Broken> {
    let start = Pair::new(scope, settings, fault).map_err(|rule| Broken { rule, steps: vec![] })?;
    search::walk(start, WITHIN)
}

/// A node, by its index.
type At = usize;

/// Where the desktop is from the end of the disturbances on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Calm {
    Gone,
    Here(At),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    /// The desktop opens at this node, and the agent signs in there.
    Open(At),
    /// It says goodbye.
    Close(At),
    /// It is not heard any more.
    Crash(At),
    /// It is heard again.
    Return(At),
    /// The agent signs in once more, at a desktop that is open.
    SignIn(At),
    /// A call begins, or the last one ends.
    Call,
    CtiLost(At),
    CtiBack(At),
    Restart(At),
    /// This end of the link sees that it is broken.
    Cut(At),
    /// A new link.
    Connect,
    /// What this node said first of what is on the way arrives at the other.
    Deliver(At),
    /// CTI takes this node's order.
    CtiTakes(At),
    /// Its answer arrives at this node.
    CtiAnswers(At),
    /// A unit of time passes.
    Tick,
    /// The disturbances end.
    Calm(Calm),
}
