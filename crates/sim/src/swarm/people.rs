//! What people do in a storm: to which family it belongs, and how often it happens.

use super::Family;
use super::storm::Storm;
use crate::people::{Deed, People};

/// One thing that people do; without a family it is in every walk.
pub(super) struct Habit {
    pub(super) family: Option<Family>,
    pub(super) weight: usize,
    pub(super) done: fn(&mut Storm),
}

const fn habit(family: Option<Family>, weight: usize, done: fn(&mut Storm)) -> Habit {
    Habit { family, weight, done }
}

/// All of them.
pub(super) const HABITS: [Habit; 9] = [
    habit(None, 8, |storm| storm.people(|people| Some(people.click()))),
    habit(None, 6, |storm| storm.people(|people| Some(people.hand()))),
    habit(None, 8, |storm| storm.people(follow_up)),
    habit(Some(Family::Browsers), 3, |storm| storm.people(|people| Some(people.browse()))),
    habit(Some(Family::Campaigns), 4, |storm| storm.people(|people| Some(people.campaign()))),
    habit(Some(Family::Supervisors), 3, |storm| storm.people(|people| Some(people.click_in_team()))),
    habit(Some(Family::Administrator), 2, Storm::administer),
    habit(Some(Family::Strangers), 1, Storm::guess),
    habit(Some(Family::Nonsense), 1, |storm| storm.people(|people| people.nonsense())),
];

/// What follows from the calls that there are; without any, somebody calls.
fn follow_up(people: &mut People<'_>) -> Option<Deed> {
    people.follow_up().or_else(|| Some(Deed::Hand(people.call_in())))
}
