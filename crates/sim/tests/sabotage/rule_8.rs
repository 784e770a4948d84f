//! Desktops whose server fails.

use std::time::Duration;

use sim::node::failover::client::Answer;
use sim::world::Whim;

use crate::case::{Breaks, Case};
use crate::clause::Clause;
use crate::course;

cases! {
    a_server_that_serves_is_left: Stays, OUTAGES,
        Breaks::Plan(|plan| plan.hearing = |current, answer| if current { Answer::Silent } else { answer }),
        "which serves";
    a_server_that_answers_is_left_at_once: NotTooSoon, OUTAGES,
        Breaks::Plan(|plan| plan.hearing = |_, answer| match answer {
            Answer::OutOfService => Answer::Silent,
            Answer::InService | Answer::Silent => answer,
        }),
        "too soon";
    polls_that_come_too_often: NotTooSoon, OUTAGES,
        Breaks::Plan(|plan| plan.client.poll_interval = Duration::from_secs(3)), "too soon";
    nobody_hears_that_a_server_is_back: ComesHome, OUTAGES,
        Breaks::Plan(|plan| plan.hearing = |_, _| Answer::OutOfService), "is not back";
    everybody_goes_back: NoFailBack, STORM, Breaks::Plan(|plan| plan.whim = Whim::GoHome), "which serves";
    everybody_moves_at_once: NoStorm, STORM,
        Breaks::Plan(|plan| plan.client.spread_move = Duration::ZERO), "sign in within";
    desktops_on_calls_move_last: CallsMoveFirst, STORM,
        Breaks::Plan(|plan| plan.whim = Whim::CallsLast), "waits for others who are not";
}
