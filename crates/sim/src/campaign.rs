//! Many walks, one seed after the other: how many failovers were simulated, and which seeds broke a rule.

use serde::Serialize;

use crate::recorder::Keep;
use crate::tally::Tally;
use crate::walk::{Walked, walk};
use crate::world::Plan;
use crate::{outages, settings, signins};

/// Steps of one walk: long enough for about five failovers of each node, short enough to be read when it fails.
pub const STEPS: usize = 120;

/// What came of a campaign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Campaign {
    /// Walks.
    pub walks: u64,
    /// The failovers of each mechanism.
    pub failovers: Tally,
    /// Recoveries of nodes: from loss (or start) to in service.
    pub recoveries: u64,
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
        self.failovers = self.failovers + walked.failovers;
        self.recoveries += walked.recoveries;
        self.moved += walked.moved;
        self.broken.extend(walked.broken.map(|rule| (seed, rule)));
    }

    /// Adds what came of another campaign.
    pub fn join(&mut self, other: Self) {
        self.walks += other.walks;
        self.failovers = self.failovers + other.failovers;
        self.recoveries += other.recoveries;
        self.moved += other.moved;
        self.broken.extend(other.broken);
    }
}

/// The walks of one seed, the same in every campaign and every test, as far as no rule is broken: one in a world where
/// everything breaks, one in which a campaign dialer offers customers meanwhile, one in which desktops fail over, one in
/// which AWDBs do, and one in which nodes are killed while settings are changed.
pub fn one(seed: u64, keep: Keep) -> Walked {
    let next: [fn(Plan, Keep) -> Walked; 4] = [
        |plan, keep| walk(plan.with_campaigns(), STEPS, keep),
        |plan, keep| outages::walk(plan, outages::STEPS, keep),
        |plan, keep| signins::walk(plan, signins::STEPS, keep),
        |plan, keep| settings::walk(plan, settings::STEPS, keep),
    ];
    next.into_iter().fold(walk(Plan::by_chance(seed), STEPS, keep), |walked, next| {
        if walked.broken.is_some() { walked } else { both(walked, next(Plan::by_chance(seed), keep)) }
    })
}

fn both(first: Walked, second: Walked) -> Walked {
    Walked {
        failovers: first.failovers + second.failovers,
        recoveries: first.recoveries + second.recoveries,
        moved: first.moved + second.moved,
        fingerprint: first.fingerprint.rotate_left(1) ^ second.fingerprint,
        recording: first.recording.then(second.recording),
        ..second
    }
}
