//! Everything that a node counts, by name, for whoever shows it: counters since the start, and how many there are now.

use failover::awdb::Host;
use failover::fence;

use crate::node::Node;

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What, in words joined by `_`; counters end in `_total`.
    pub name: &'static str,
    /// How much or how many.
    pub value: u64,
}

/// Names each field as a figure.
macro_rules! figures {
    ($($name:literal: $value:expr,)*) => { vec![$(Figure { name: $name, value: $value as u64 },)*] };
}

impl Node {
    /// What the node has counted, and how things stand.
    pub fn figures(&self) -> Vec<Figure> {
        let mut all = self.requests_and_events();
        all.extend(self.presence_figures());
        all.extend(self.fence_figures());
        all.extend(self.session_figures());
        all.extend(self.awdb_figures());
        all
    }

    fn requests_and_events(&self) -> Vec<Figure> {
        let counters = self.counters();
        figures! {
            "in_service": self.status().info.in_service,
            "recoveries_total": counters.recoveries,
            "events_total": counters.events,
            "rest_refused_out_of_service_total": counters.refused_out_of_service,
            "rest_refused_stopped_total": counters.refused_stopped,
            "rest_refused_overload_total": counters.refused_overload,
            "subscriptions_revoked_total": counters.revoked,
        }
    }

    fn presence_figures(&self) -> Vec<Figure> {
        let presence = self.desktops().presence();
        let counters = presence.counters();
        figures! {
            "presence_desktops": presence.desktops(),
            "presence_watching": presence.watching(),
            "presence_graces_total": counters.graces,
            "presence_returns_total": counters.returns,
            "presence_postponed_total": counters.postponed,
            "presence_forced_logouts_total": counters.forced_logouts,
            "presence_accepted_total": counters.accepted,
            "presence_refused_total": counters.refused,
            "presence_denied_total": counters.denied,
            "presence_overflow_total": counters.overflow,
        }
    }

    /// An order that goes out unfenced may hit a session on the other node (DESK-5r2, DESK-7r3).
    fn fence_figures(&self) -> Vec<Figure> {
        let fence = self.desktops().fence();
        let (stage, counters) = (fence.link().stage(), fence.counters());
        figures! {
            "fence_on": stage != fence::Stage::Off,
            "fence_link_up": stage == fence::Stage::Up,
            "fence_asked_total": counters.asked,
            "fence_granted_total": counters.granted,
            "fence_too_late_total": counters.too_late,
            "fence_refused_total": counters.refused,
            "fence_unfenced_total": counters.unfenced,
            "fence_sign_ins_held_total": counters.held,
            "fence_links_lost_total": counters.losses,
            "fence_overflow_total": counters.overflow,
        }
    }

    fn awdb_figures(&self) -> Vec<Figure> {
        let (standing, counters) = (self.awdb().standing(), self.awdb().counters());
        figures! {
            "awdb_on_secondary": standing.preferred == Host::Secondary,
            "awdb_unreachable": standing.unreachable_since.is_some(),
            "awdb_people_known": standing.known,
            "awdb_hits_total": counters.hits,
            "awdb_misses_total": counters.misses,
            "awdb_refused_total": counters.refused,
            "awdb_locked_total": counters.locked,
            "awdb_not_checked_total": counters.not_checked,
            "awdb_hedged_total": counters.hedged,
            "awdb_failovers_total": counters.failovers,
            "awdb_late_total": counters.late,
        }
    }

    fn session_figures(&self) -> Vec<Figure> {
        let xmpp = self.xmpp();
        let counters = xmpp.counters();
        figures! {
            "xmpp_sessions": xmpp.sessions(),
            "xmpp_opened_total": counters.opened,
            "xmpp_refused_total": counters.refused,
            "xmpp_malformed_total": counters.malformed,
            "xmpp_unknown_sessions_total": counters.unknown_sessions,
            "xmpp_sign_ins_failed_total": counters.sign_ins_failed,
            "xmpp_sign_ins_throttled_total": counters.sign_ins_throttled,
            "xmpp_leases_ended_total": counters.leases_ended,
            "xmpp_events_total": counters.events,
            "xmpp_overflows_total": counters.overflows,
            "xmpp_violations_total": counters.violations,
            "xmpp_late_total": counters.late,
            "xmpp_silent_total": counters.silent,
            "xmpp_constrained_total": counters.constrained,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::{Now, WallMs};

    use super::*;
    use crate::link::tests::config;

    #[test]
    fn figures_have_names_of_their_own_that_tell_counters_from_states() {
        let node = Node::new(config(), Now { mono: std::time::Duration::ZERO, wall: WallMs(0) });
        let figures = node.figures();
        let names: BTreeSet<&str> = figures.iter().map(|figure| figure.name).collect();
        assert_eq!(names.len(), figures.len());
        assert!(figures.iter().filter(|figure| figure.value > 0).all(|figure| figure.name == "fence_on"));
    }
}
