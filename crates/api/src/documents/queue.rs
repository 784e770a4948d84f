//! Queues with what is counted in them (rest-api.md section 7).

use domain::{QueueStatistics, QueueView};
use xml::Writer;

use super::{rendered, time};
use crate::links;

/// One `Queue`. It has no `id`: clients take it from `uri`.
pub fn queue(view: &QueueView) -> String {
    rendered(|w| item(w, view))
}

/// The list, in the order given.
pub fn queues(views: &[QueueView]) -> String {
    rendered(|w| {
        w.open("Queues");
        views.iter().for_each(|view| item(w, view));
    })
}

/// A queue that is gone: only its uri.
pub(crate) fn queue_gone(uri: &str) -> String {
    rendered(|w| {
        w.open("Queue").leaf("uri", uri);
    })
}

fn item(w: &mut Writer, view: &QueueView) {
    w.open("Queue").leaf("name", &view.name);
    statistics(w, &view.statistics);
    w.leaf("uri", links::queue(view.id)).close();
}

fn statistics(w: &mut Writer, counted: &QueueStatistics) {
    w.open("statistics");
    for (name, count) in [
        ("agentsBusyOther", counted.agents_busy_other),
        ("agentsLoggedOn", counted.agents_logged_on),
        ("agentsNotReady", counted.agents_not_ready),
        ("agentsReady", counted.agents_ready),
        ("agentsTalkingInbound", counted.agents_talking_inbound),
        ("agentsTalkingInternal", counted.agents_talking_internal),
        ("agentsTalkingOutbound", counted.agents_talking_outbound),
        ("agentsWrapUpNotReady", counted.agents_wrap_up_not_ready),
        ("agentsWrapUpReady", counted.agents_wrap_up_ready),
        ("callsInQueue", counted.calls_in_queue),
    ] {
        w.leaf(name, count.map_or(-1, i64::from));
    }
    w.leaf("startTimeOfLongestCallInQueue", time::utc_seconds_or_empty(counted.longest_since)).close();
}

#[cfg(test)]
mod tests {
    use domain::QueueId;

    use super::*;
    use crate::testing::sales_queue;

    const SALES: &str = "<Queue><name>Sales</name><statistics><agentsBusyOther>0</agentsBusyOther>\
        <agentsLoggedOn>3</agentsLoggedOn><agentsNotReady>1</agentsNotReady><agentsReady>1</agentsReady>\
        <agentsTalkingInbound>1</agentsTalkingInbound><agentsTalkingInternal>0</agentsTalkingInternal>\
        <agentsTalkingOutbound>0</agentsTalkingOutbound><agentsWrapUpNotReady>0</agentsWrapUpNotReady>\
        <agentsWrapUpReady>0</agentsWrapUpReady><callsInQueue>2</callsInQueue>\
        <startTimeOfLongestCallInQueue>2016-03-01T11:59:40Z</startTimeOfLongestCallInQueue></statistics>\
        <uri>/finesse/api/Queue/10</uri></Queue>";

    #[test]
    fn a_queue_is_that_of_the_reference() {
        assert_eq!(queue(&sales_queue()), SALES);
    }

    #[test]
    fn a_list_holds_the_same_objects() {
        assert_eq!(queues(&[sales_queue()]), format!("<Queues>{SALES}</Queues>"));
        assert_eq!(queues(&[]), "<Queues/>");
    }

    #[test]
    fn what_is_not_known_is_minus_one_and_no_time() {
        let statistics = QueueStatistics::default();
        let unknown = queue(&QueueView { id: QueueId(10), name: String::new(), statistics });
        assert_eq!(unknown.matches(">-1<").count(), 10);
        assert!(unknown.contains("<startTimeOfLongestCallInQueue></startTimeOfLongestCallInQueue>"));
    }
}
