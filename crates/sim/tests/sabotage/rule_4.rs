//! Who is let in.

use std::time::Duration;

use sim::node::Sabotage;

use crate::case::{Breaks, Case};
use crate::clause::Clause;
use crate::course;

/// Too long or too short by this much.
const SECOND: Duration = Duration::from_secs(1);

cases! {
    known_a_second_too_long: Window, SIGN_INS, Breaks::Plan(|plan| plan.awdb.window += SECOND),
        "his time is over";
    known_a_second_too_short: Window, SIGN_INS, Breaks::Plan(|plan| plan.awdb.window -= SECOND),
        "refused although he is known";
    whoever_is_barred_works_on: Window, SIGN_INS, node!(DeafToPeople), "let in although no AWDB says so";
    any_password: Password, SIGN_INS, node!(AnyPassword), "let in although no AWDB says so";
    nobody_asks_the_secondary: Hosts, SIGN_INS, Breaks::Plan(|plan| plan.awdb.secondary = false),
        "although an AWDB works";
    nobody_hedges: Hosts, SIGN_INS, Breaks::Plan(|plan| plan.awdb.hedge = None), "while an AWDB works";
    an_outage_taken_for_a_wrong_password: OutageTold, SIGN_INS, node!(OutageIsNo),
        "was told as a wrong password";
    a_lock_after_four: Lock, SIGN_INS, Breaks::Plan(|plan| plan.awdb.lock_after = 4),
        "a right password was refused";
    a_lock_after_six: Lock, SIGN_INS, Breaks::Plan(|plan| plan.awdb.lock_after = 6), "a locked account";
}
