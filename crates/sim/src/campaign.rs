//! Many walks, one seed after the other: how many failovers were simulated, and which seeds broke a rule.

use serde::Serialize;

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
    /// Seeds that broke a rule, and the rule.
    pub broken: Vec<(u64, String)>,
}

impl Campaign {
    /// Walks one seed and adds what came of it.
    pub fn walk(&mut self, seed: u64) {
        let walked = one(seed, Keep::Fingerprint);
        self.walks += 1;
        self.failovers += walked.recoveries;
        self.broken.extend(walked.broken.map(|rule| (seed, rule)));
    }

    /// Adds what came of another campaign.
    pub fn join(&mut self, other: Self) {
        self.walks += other.walks;
        self.failovers += other.failovers;
        self.broken.extend(other.broken);
    }
}

/// The walk of one seed, the same in every campaign and every test.
pub fn one(seed: u64, keep: Keep) -> Walked {
    walk(Plan::by_chance(seed), STEPS, keep)
}
