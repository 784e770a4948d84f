//! AWDB-1 to AWDB-15: who is let in while an AWDB host is gone, or both are (failover.md section 2).
//!
//! The 30 minutes for which people are known are those of an [`AwdbPace`]; every row names them in its settings. Each
//! row that counts questions keeps the looks in the background away, a day apart: they ask nobody about people, but
//! those that never get through cannot be told from those that would have.

mod hosts;
mod known;
mod outages;

use std::time::Duration;

use node::failover::awdb::Host::{self, Primary, Secondary};
use node::failover::awdb::Settings;

use super::Times;
use super::cti::{AGENT, COLLEAGUE, row, wait};
use super::knock::{HostFault, Knock};
use super::step::Condition::InService;
use super::step::{Expect, Fault, Row, Setting, Step};

/// Between what is still in time and what is not: 29:59 and 30:01 (AWDB-6).
const MARGIN: Duration = Duration::from_secs(1);
/// How long a host has to answer in these rows, where it matters that it does not. By default it is more.
const ATTEMPT: Duration = Duration::from_secs(1);
/// An answer for which nobody was waited.
const AT_ONCE: Duration = Duration::from_millis(900);
/// Nobody waits longer for one of two hosts (AWDB-14 with the hedge).
const SOON: Duration = Duration::from_secs(2);
/// The first looks in the background are over by then.
const SETTLED: Duration = Duration::from_millis(500);
/// What an agent's desktop asks for when he signs in.
const LOGIN: &str = "<User><state>LOGIN</state><extension>{ext}</extension></User>";

/// AWDB-1 to AWDB-15.
pub fn awdb(pace: AwdbPace) -> Vec<Row> {
    let rows = [
        hosts::exists(),
        hosts::configured(),
        hosts::connects(),
        hosts::distributor(),
        hosts::checked(),
        known::renewed(pace),
        known::without_hosts(pace),
        known::asked_again(pace),
        hosts::found_at_the_next_request(),
        hosts::secondary_next(),
        hosts::every_request(),
        outages::not_processed(),
        outages::events(),
        outages::sign_in(),
        outages::settings(),
        known::over(pace),
        outages::words(),
        outages::time_out(),
        outages::until_it_works(),
    ];
    rows.into_iter().map(|row| Row { settings: settings(pace, &row.settings), ..row }).collect()
}

/// How long people are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AwdbPace {
    cache: Duration,
}

impl AwdbPace {
    /// The documented 30 minutes.
    pub fn real() -> Self {
        Self { cache: Settings::default().window }
    }

    /// So many seconds instead, 2 at least: what is in time lies a second before, what is late a second after.
    pub const fn seconds(seconds: u64) -> Self {
        Self { cache: Duration::from_secs(if seconds < 2 { 2 } else { seconds }) }
    }

    /// The shortest time that is not the true one.
    pub fn shortest(self) -> Duration {
        self.cache.min(ATTEMPT)
    }

    /// He is still known.
    fn in_time(self) -> Step {
        Step::Let(self.cache.saturating_sub(MARGIN))
    }

    /// He is known no more.
    fn too_late(self) -> Step {
        Step::Let(self.cache + MARGIN)
    }
}

/// What all rows have, and what a row says itself.
fn settings(pace: AwdbPace, own: &[Setting]) -> Vec<Setting> {
    let cache = format!("{}s", pace.cache.as_secs());
    let common = [
        Setting::new("awdb.cache", &cache),
        Setting::new("awdb.hedge", "off"),
        Setting::new("awdb.attempt_timeout", &format!("{}s", ATTEMPT.as_secs())),
        Setting::new("awdb.probe_interval", "86400s"),
        Setting::new("awdb.refresh_interval", "86400s"),
    ];
    common.into_iter().chain(own.iter().cloned()).collect()
}

fn begin() -> [Step; 3] {
    [wait(InService, 20), Step::Let(SETTLED), Step::Mark]
}

fn fault(host: Host, fault: HostFault) -> Step {
    Step::Fault(Fault::Awdb(host, fault))
}

fn both(what: HostFault) -> [Step; 2] {
    [fault(Primary, what), fault(Secondary, what)]
}

fn asked(host: Host, times: Times) -> Step {
    Step::Expect(Expect::AwdbAsked(host, times))
}

/// Exactly so often, primary and secondary.
fn both_asked(primary: u64, secondary: u64) -> [Step; 2] {
    [asked(Primary, Times::Exactly(primary)), asked(Secondary, Times::Exactly(secondary))]
}

fn knock(knock: Knock) -> Step {
    Step::Knock(knock)
}

fn let_in(agent: &'static str) -> Step {
    knock(Knock::of(agent))
}

fn not_checked(agent: &'static str) -> Step {
    knock(Knock::of(agent).not_checked())
}

fn hedge_on() -> Setting {
    Setting::new("awdb.hedge", "on")
}

/// One list of all.
fn script(parts: impl IntoIterator<Item = Vec<Step>>) -> Vec<Step> {
    parts.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
