//! In service, and how CTI is lost and found.

use std::time::Duration;

use sim::node::Sabotage;

use crate::case::{Breaks, Case};
use crate::clause::Clause;
use crate::course;

cases! {
    service_before_the_state_is_read: AllRead, EVERYTHING, node!(ServeUnread), "(3) node";
    agents_presumed_to_be_signed_out: AllRead, EVERYTHING, node!(PresumeSignedOut), "has not been read";
    events_while_out_of_service: Silence, EVERYTHING, node!(EventsWhileOut), "while out of service";
    two_missed_heartbeats: CtiLost, EVERYTHING, Breaks::Plan(|plan| plan.cti.heartbeat_misses = 2),
        "after 2 missed heartbeats";
    four_missed_heartbeats: CtiLost, EVERYTHING, Breaks::Plan(|plan| plan.cti.heartbeat_misses = 4),
        "goes on after 3 missed heartbeats";
    four_attempts: CtiDialed, EVERYTHING, Breaks::Plan(|plan| plan.cti.attempts_per_side = 4),
        "after 4 attempts";
    six_attempts: CtiDialed, EVERYTHING, Breaks::Plan(|plan| plan.cti.attempts_per_side = 6),
        "for the 6th time in a row";
    a_slow_first_round: CtiPace, EVERYTHING,
        Breaks::Plan(|plan| plan.cti.retry_first = Duration::from_secs(2)), "waits 2s before attempt";
    a_storm_of_dials: CtiPace, EVERYTHING, Breaks::Plan(|plan| plan.cti.retry = Duration::from_millis(100)),
        "waits only 100ms before attempt";
    a_server_that_is_never_dialed_again: CtiDialed, EVERYTHING, node!(NeverDial), "after the last fault";
}
