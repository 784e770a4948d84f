//! Many walks, one seed after the other: how many failovers were simulated, and which seeds broke a rule.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::recorder::Keep;
use crate::shrink::{Shrunk, is_same_rule, shrink};
use crate::tally::Tally;
use crate::turns::Turns;
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

/// The walks of one seed, the same in every campaign and every test: one in a world where everything breaks, one in which
/// a campaign dialer offers customers meanwhile, one in which desktops fail over, one in which AWDBs do, and one in which
/// nodes are killed while settings are changed.
const WALKS: [fn(Plan, Keep) -> Walked; 5] = [
    |plan, keep| walk(plan, STEPS, keep),
    |plan, keep| walk(plan.with_campaigns(), STEPS, keep),
    |plan, keep| outages::walk(plan, outages::STEPS, keep),
    |plan, keep| signins::walk(plan, signins::STEPS, keep),
    |plan, keep| settings::walk(plan, settings::STEPS, keep),
];

/// The walks of one seed, as far as no rule is broken.
pub fn one(seed: u64, keep: Keep) -> Walked {
    let next = |index| again(seed, Turns::of(index), keep);
    (1..WALKS.len()).fold(
        next(0),
        |walked, index| {
            if walked.broken.is_some() { walked } else { both(walked, next(index)) }
        },
    )
}

/// One walk of a seed, with these turns; nothing at all if there is no such walk.
pub fn again(seed: u64, turns: Turns, keep: Keep) -> Walked {
    let walk = WALKS.get(turns.walk());
    walk.map(|walk| walk(Plan::by_chance(seed).with_turns(turns), keep)).unwrap_or_default()
}

/// One walk of a seed without some of its turns.
pub fn without(seed: u64, walk: usize, left_out: BTreeSet<usize>, keep: Keep) -> Walked {
    let first = again(seed, Turns::of(walk), Keep::Fingerprint);
    again(seed, first.turns.without(left_out), keep)
}

/// Shrinks the walk that broke a rule; nothing to do if none did. `goes_on` says whether there is time for another try.
pub fn shrunk(walked: &Walked, goes_on: impl FnMut() -> bool) -> Option<Shrunk> {
    let rule = walked.broken.as_deref()?;
    let breaks = |turns: &Turns| {
        let again = again(walked.seed, turns.clone(), Keep::Fingerprint);
        again.broken.is_some_and(|broken| is_same_rule(&broken, rule))
    };
    Some(shrink(&walked.turns, breaks, goes_on))
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
