//! Bounds.

use sim::node::Sabotage;

use crate::case::{Breaks, Case};
use crate::clause::Clause;
use crate::course;

cases! {
    reads_without_bound: ReadsBounded, EVERYTHING, node!(NoWindow), "reads at once";
    a_queue_without_bound: QueueBounded, SHORT_QUEUES, node!(NoQueueBound), "events have waited";
    a_slow_reader_that_stops_the_others: SlowAlone, EVERYTHING, node!(WaitForTheSlowest), "GET answers";
}
