//! Settings, outcomes, and what shows after a move.

use sim::node::Sabotage;
use sim::world::Whim;

use crate::case::{Breaks, Case};
use crate::clause::Clause;
use crate::course;

cases! {
    a_change_answered_before_it_is_on_disk: OnDisk, SETTINGS, PRIMARY_COUNTS_UNWRITTEN,
        "was answered and lost";
    a_follower_that_does_not_wait_for_its_disk: OnDisk, SETTINGS, SECONDARY_COUNTS_UNWRITTEN, "(6) node 1 ";
    checksums_that_nobody_looks_at: Intact, SETTINGS, node!(TrustBlindly), "(6)";
    a_restored_primary_that_overrules: Kept, SETTINGS, node!(Overrule), "was answered and lost";
    a_forgotten_request: Outcome, EVERYTHING, node!(ForgetUnproven), "with 0 errors and 0 events";
    a_screen_of_before_the_move: AfterMove, OUTAGES, Breaks::Plan(|plan| plan.whim = Whim::KeepScreen),
        "(2) desktop of";
}

const PRIMARY_COUNTS_UNWRITTEN: Breaks = Breaks::Node(Sabotage::CountUnwritten, |node| {
    if node.is_primary() {
        node.sabotage(Sabotage::CountUnwritten);
    }
});

const SECONDARY_COUNTS_UNWRITTEN: Breaks = Breaks::Node(Sabotage::CountUnwritten, |node| {
    if !node.is_primary() {
        node.sabotage(Sabotage::CountUnwritten);
    }
});
