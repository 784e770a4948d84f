//! Random walks: every seed keeps every rule, and a seed decides everything.

use sim::campaign::{Campaign, one};
use sim::recorder::Keep;

/// Enough to meet each fault many times; `holdfast sim` walks any number.
const SEEDS: u64 = 40;

#[test]
fn every_rule_holds_on_every_walk() {
    let mut campaign = Campaign::default();
    (1..=SEEDS).for_each(|seed| campaign.walk(seed));
    assert!(campaign.broken.is_empty(), "{:#?}", campaign.broken);
    assert!(campaign.failovers > 5 * SEEDS, "{} failovers are too few to mean anything", campaign.failovers);
}

#[test]
fn a_seed_has_one_recording() {
    let first = one(3, Keep::Lines);
    let second = one(3, Keep::Lines);
    assert!(first.recording.lines().count() > 1000, "there is something to compare");
    assert_eq!(first.recording, second.recording);
    assert_eq!(first, second);
    assert_ne!(first.fingerprint, one(4, Keep::Fingerprint).fingerprint);
}
