//! Who is logged out by force.

use sim::node::Sabotage;

use crate::case::{Breaks, Case};
use crate::clause::Clause;
use crate::course;

cases! {
    a_refusal_taken_for_leave: Leave, MOVES, node!(TakeNoForYes), "without its peer's leave";
    epochs_ignored: Epochs, MOVES, node!(IgnoreEpochs), "too early";
    no_session_told_at_link_up: Epochs, BEHIND_THE_CLOCK, node!(TellNoSessions), "too early";
    a_sign_in_that_is_not_held: Held, BEHIND_AN_ORDER, node!(AdmitAtOnce),
        "whom an order should have kept from node";
    a_return_that_cancels_nothing: Present, MOVES, node!(DeafToReturns), "in front of his desktop";
    a_call_that_postpones_nothing: OnCall, MOVES, node!(LogoutOnCalls), "although it knows of his call";
    an_order_written_late: InTime, MOVES, node!(WriteLate), "after asking";
    timers_that_run_during_an_outage: Blind, EVERYTHING, node!(TimersRunOn), "too early";
    desktops_waited_for_blindly: Blind, MOVES, node!(WaitBlindly), "although it is out of service or sees";
    no_time_to_come_back: Comeback, EVERYTHING, node!(NoComeback), "too early";
    a_second_too_early: Comeback, MOVES, node!(ShortGrace), "too early";
    nobody_is_ever_logged_out: Gone, MOVES, node!(NeverLogOut), "is gone and was not logged out";
}
