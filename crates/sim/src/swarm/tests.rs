use std::collections::BTreeSet;

use super::*;

#[test]
fn every_family_is_off_in_about_half_of_the_walks() {
    for family in Family::ALL {
        let on = (1..=1_000).filter(|seed| Swarm::by_chance(*seed).has(family)).count();
        assert!((400..=600).contains(&on), "{family:?} is on in {on} of 1,000 walks");
    }
}

#[test]
fn every_family_has_something_in_it() {
    let faults = faults::FAULTS.iter().map(|fault| fault.family);
    let people = people::HABITS.iter().filter_map(|habit| habit.family);
    assert_eq!(faults.chain(people).collect::<BTreeSet<_>>(), Family::ALL.into());
}

#[test]
fn a_recording_begins_with_what_was_chosen() {
    let walked = walk(1, Keep::Lines);
    let told = walked.recording.to_string();
    let begins: Vec<&str> = told.lines().take(3).collect();
    assert!(begins.join(" ").contains(&Swarm::by_chance(1).to_string()), "{begins:#?}");
}
