//! Many walks, one seed after the other: how many failovers were simulated, and which seeds broke a rule.

use serde::Serialize;

use crate::outages;
use crate::recorder::Keep;
use crate::walk::{Walked, walk};
use crate::world::Plan;

/// Steps of one walk: long enough for about five failovers of each node, short enough to be read when it fails.
pub const STEPS: usize = 120;

/// What came of a campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Campaign {
    /// Walks.
    pub walks: u64,
    /// Recoveries of nodes: from loss (or start) to in service.
    pub failovers: u64,
    /// Agents who were signed in on the other node by their desktops.
    pub moved: u64,
    /// Seeds that broke a rule, and the rule.
    pub broken: Vec<(u64, String)>,
}

impl Campaign {
    /// Walks one seed and adds what came of it.
    pub fn walk(&mut self, seed: u64) {
        let walked = one(seed, Keep::Fingerprint);
        self.walks += 1;
        self.failovers += walked.recoveries;
        self.moved += walked.moved;
        self.broken.extend(walked.broken.map(|rule| (seed, rule)));
    }

    /// Adds what came of another campaign.
    pub fn join(&mut self, other: Self) {
        self.walks += other.walks;
        self.failovers += other.failovers;
        self.moved += other.moved;
        self.broken.extend(other.broken);
    }
}

/// The walks of one seed, the same in every campaign and every test: one in a world where everything breaks, and, if no
/// rule was broken, one in which desktops fail over.
pub fn one(seed: u64, keep: Keep) -> Walked {
    let first = walk(Plan::by_chance(seed), STEPS, keep);
    if first.broken.is_some() {
        return first;
    }
    let second = outages::walk(Plan::by_chance(seed), outages::STEPS, keep);
    Walked {
        recoveries: first.recoveries + second.recoveries,
        fingerprint: first.fingerprint.rotate_left(1) ^ second.fingerprint,
        recording: first.recording + &second.recording,
        ..second
    }
}
