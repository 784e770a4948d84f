//! How long the transports may take to find that a desktop is gone.

use std::time::Duration;

use xmpp::ServiceConfig;

/// The protocol tells clients of BOSH times in whole seconds, and none of them as no time at all.
const SHORTEST: Duration = Duration::from_secs(1);

/// The settings of the notification service with no path from the last sign of life to the end of a session longer
/// than `detection` (DESK-4a): a BOSH request that is held and then not followed by another, a pause, unanswered pings.
/// With the defaults of both this shortens the longest pause from 300 s to 120 s and nothing else.
pub(crate) fn timely(xmpp: ServiceConfig, detection: Duration) -> ServiceConfig {
    let half = (detection / 2).max(SHORTEST);
    let inactivity = xmpp.inactivity.min(half);
    let held = detection.saturating_sub(inactivity).max(SHORTEST);
    ServiceConfig {
        inactivity,
        wait_max: xmpp.wait_max.min(held),
        pause_max: xmpp.pause_max.min(detection.max(SHORTEST)),
        ping_interval: xmpp.ping_interval.min(detection / xmpp.pings_max.saturating_add(1)),
        ..xmpp
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn desk_4a_nothing_takes_longer_than_detection() {
        let config = ServiceConfig::new("fin-a");
        for detection in [2, 10, 60, 119, 120, 500].map(s) {
            let timely = timely(config.clone(), detection);
            assert!(timely.wait_max + timely.inactivity <= detection);
            assert!(timely.pause_max <= detection);
            assert!(timely.ping_interval * (timely.pings_max + 1) <= detection);
            assert!(timely.wait_max >= SHORTEST && timely.inactivity >= SHORTEST);
        }
    }

    #[test]
    fn the_documented_times_fit() {
        let config = ServiceConfig::new("fin-a");
        let documented = timely(config.clone(), s(120));
        assert_eq!(documented, ServiceConfig { pause_max: s(120), ..config });
    }
}
