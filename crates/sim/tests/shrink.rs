//! A walk that breaks a rule is shrunk to the turns that it needs for that, and still breaks it.

use std::collections::BTreeSet;

use node::Sabotage;
use sim::campaign::STEPS;
use sim::node;
use sim::recorder::Keep;
use sim::recording::Kind;
use sim::shrink::{is_same_rule, shrink};
use sim::turns::Turns;
use sim::walk::{Walked, walk};
use sim::world::Plan;

/// A walk whose nodes publish final states twice.
fn broken(seed: u64, turns: Turns, keep: Keep) -> Walked {
    let mut plan = Plan::by_chance(seed).with_turns(turns);
    plan.prepare = |node| node.sabotage(Sabotage::PublishTwice);
    walk(plan, STEPS, keep)
}

#[test]
fn fewer_turns_break_the_same_rule() {
    let first = (1..100).map(|seed| broken(seed, Turns::default(), Keep::Fingerprint));
    let first =
        first.into_iter().find(|walked| walked.broken.is_some() && walked.turns.count() > 20).unwrap();
    let rule = first.broken.clone().unwrap();
    let breaks = |turns: &Turns| {
        let again = broken(first.seed, turns.clone(), Keep::Fingerprint);
        again.broken.is_some_and(|broken| is_same_rule(&broken, &rule))
    };
    let short = shrink(&first.turns, breaks, || true);
    assert!(short.kept.len() * 4 < first.turns.count(), "{} of {}", short.kept.len(), first.turns.count());

    let told = broken(first.seed, first.turns.without(short.left_out), Keep::Lines);
    assert!(is_same_rule(&told.broken.unwrap(), &rule));
    let turns: BTreeSet<usize> = told.recording.steps().iter().map(|step| step.turn()).collect();
    assert!(turns.contains(short.kept.last().unwrap()), "{turns:?}");
    assert_eq!(told.recording.steps().last().map(|step| step.kind()), Some(Kind::Rule));
}

/// The same walk again is the same story, whatever it is that decides turns.
#[test]
fn without_leaving_anything_out_nothing_changes() {
    let first = broken(3, Turns::default(), Keep::Lines);
    let again = broken(3, first.turns.without(BTreeSet::new()), Keep::Lines);
    assert_eq!(first.fingerprint, again.fingerprint);
    assert_eq!(first.recording, again.recording);
}
