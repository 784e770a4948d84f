//! One walk through a world that has everything: CTI servers, two nodes, AWDBs, settings, desktops that fail over, and
//! people; all of it from one seed.
//!
//! A walk alternates storms, in which things break while people work, and calms, in which all faults end and everything
//! must come back in time (`calm`). Which families of faults and of people there are, and how often each thing happens,
//! the seed decides ([`Swarm`]): a family is off in half of the walks, so that faults meet that others would hide.

mod calm;
mod choice;
mod family;
mod faults;
mod people;
mod storm;

use crate::recorder::Keep;
use crate::walk::Walked;
pub use choice::{Pace, Swarm};
pub use family::Family;
use storm::Storm;

/// Storms of one walk; after each is a calm, and after the last one people go home.
pub const STORMS: usize = 3;
/// Steps of one storm.
pub const STEPS: usize = 40;

/// Walks through what a seed has chosen.
pub fn walk(seed: u64, keep: Keep) -> Walked {
    walk_with(&Swarm::by_chance(seed), keep)
}

/// Walks through this choice.
pub fn walk_with(swarm: &Swarm, keep: Keep) -> Walked {
    walk_in(swarm, swarm.plan(), keep)
}

/// The same in a world of another plan: tests break nodes with it.
pub fn walk_in(swarm: &Swarm, plan: crate::world::Plan, keep: Keep) -> Walked {
    let mut storm = Storm::new(swarm, plan, keep);
    storm.set_out();
    for left in (0..STORMS).rev() {
        storm.rage(STEPS);
        storm.calm_down();
        if left == 0 {
            storm.go_home();
        }
        if storm.world.broken().is_some() {
            break;
        }
    }
    Walked::of(swarm.seed, &storm.world)
}

#[cfg(test)]
mod tests;
