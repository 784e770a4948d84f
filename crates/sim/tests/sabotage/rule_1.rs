//! Requests and commands.

use sim::node::Sabotage;

use crate::case::{Breaks, Case};
use crate::clause::Clause;
use crate::course;

cases! {
    a_request_that_nobody_answers: Answered, EVERYTHING, node!(LoseRequests), "does not answer request";
    an_open_gate: Gate, EVERYTHING, node!(GateOpen), "although out of service";
    a_gate_that_is_shut: Gate, EVERYTHING, node!(GateShut), "answered 503 although in service";
    a_command_sent_twice: Once, EVERYTHING, node!(ActTwice), "which nobody asked for now";
    a_command_sent_again: NeverAgain, EVERYTHING, node!(SendAgain), "which nobody asked for now";
    ready_although_nobody_lost_it: RestoredOnce, EVERYTHING, node!(ReadyAnyway), "sends READY";
    ready_twice: RestoredOnce, EVERYTHING, node!(RestoreTwice), "sends READY";
    ready_although_the_agent_acted: RestoredOnce, EVERYTHING, node!(RestoreWhoeverActed), "sends READY";
}
