//! What desktops show.

use sim::node::Sabotage;

use crate::case::{Breaks, Case};
use crate::clause::Clause;
use crate::course;

cases! {
    conferences_unheard: Truth, EVERYTHING, node!(DeafToConferences), "the switch says";
    transfers_unheard: Truth, EVERYTHING, node!(DeafToTransfers), "the switch says";
    data_unheard: Truth, EVERYTHING, node!(DeafToData), "shows variables";
    a_reservation_taken_for_a_call: Truth, CAMPAIGNS, node!(BlindToReservations),
        "the switch says RESERVED_OUTBOUND_PREVIEW";
    a_consultation_about_another_call: Truth, EVERYTHING, node!(WrongOriginal), "belongs to none";
    a_supervisor_who_listens_taken_for_a_caller: Truth, SUPERVISED, node!(SessionsAreCalls), "callType";
    a_change_told_twice: OneEvent, EVERYTHING, node!(SayTwice), "although nothing changed";
    final_states_twice: FinalOnce, EVERYTHING, node!(PublishTwice), "is told twice after recovery";
    no_final_states: FinalOnce, EVERYTHING, node!(PublishNever), "GET answers";
    final_states_before_service: Order, EVERYTHING, node!(StatesFirst), "while out of service";
    dialogs_before_users: Order, EVERYTHING, node!(DialogsFirst), "User after Dialogs";
    teams_first: Order, STORM, node!(TeamsFirst), "after Team";
    queues_first: Order, STORM, node!(QueuesFirst), "after Queue";
    agents_on_calls_told_last: CallsToldFirst, STORM, node!(CallsLast), "on a call, is told of after";
    a_guessed_reason: NotInvented, EVERYTHING, node!(GuessReasons), "shows reason 12";
    a_doubt_that_is_never_settled: Doubts, EVERYTHING, node!(NeverLook), "is still marked";
    a_doubt_that_is_not_shown: Doubts, EVERYTHING, node!(HideMarks), "although nothing changed";
}
