//! Calls of all kinds by everybody at once, in a world where nothing is broken.

use sim::calls::CallWalk;
use sim::recorder::Keep;

/// Calls of each of the four walks: 10,000 together.
const CALLS: u32 = 2_500;

/// Seeds that once found something: an original that was left without its second consultation, a caller who took his
/// call back while it still rang, a call that belonged to a consultation which its maker had given away.
const FOUND_SOMETHING: [u64; 4] = [1, 2, 3, 11];

fn walk(seed: u64, calls: u32) -> CallWalk {
    let mut walk = CallWalk::new(seed, Keep::Fingerprint);
    let done = walk.walk(calls);
    assert!(done.is_ok(), "seed {seed}, call {}, step {}: {done:?}", walk.calls(), walk.steps());
    walk
}

/// After every action of anybody REST, events and switch agree, and what must fail fails as documented and
/// changes nothing. A test for each walk, so that they run side by side.
fn agrees_at_every_step(seed: u64) {
    let walk = walk(seed, CALLS);
    assert!(walk.calls() >= CALLS);
    assert!(
        walk.sessions() > 25 && walk.joined() > 5,
        "{} sessions, {} joined",
        walk.sessions(),
        walk.joined()
    );
    assert!(walk.mistakes() > u64::from(CALLS) / 10, "only {} mistakes", walk.mistakes());
}

#[test]
fn ten_thousand_calls_agree_at_every_step_first_walk() {
    agrees_at_every_step(1);
}

#[test]
fn ten_thousand_calls_agree_at_every_step_second_walk() {
    agrees_at_every_step(2);
}

#[test]
fn ten_thousand_calls_agree_at_every_step_third_walk() {
    agrees_at_every_step(3);
}

#[test]
fn ten_thousand_calls_agree_at_every_step_fourth_walk() {
    agrees_at_every_step(4);
}

#[test]
fn seeds_that_found_something_stay_clean() {
    FOUND_SOMETHING.into_iter().for_each(|seed| drop(walk(seed, 250)));
}
