//! CLIENT-1 to CLIENT-18: a desktop of two servers, which stays, comes back or moves by `failover::client`.
//!
//! The 10 s between two polls are divided by the scale of a [`ClientPace`]; all other times are the true ones. What is
//! counted is what the desktop did: whom it polled, when it tried its transport, where it signed in, what it showed.

use std::time::Duration;

use node::failover::client::{BannerKind, Reason, Settings};

use super::cti::{AGENT, CALLER, millis, row, wait};
use super::step::Condition::{AllInService, Polled, Told, Works};
use super::step::Server::{Primary, Secondary};
use super::step::{Claim, Expect, Fault, Phone, Row, Server, ServiceName, Step};

/// What is waited for is there by then, or the row fails: two polls, the tries, a sign-in, and a busy machine.
const GUARD_S: u64 = 40;

/// CLIENT-1 to CLIENT-18.
pub fn client(pace: ClientPace) -> Vec<Row> {
    let rows = [
        told(),
        current_polled(pace),
        other_polled(pace),
        signed_in_there(),
        reconnected(),
        by_event(),
        by_transport(),
        by_presence(),
        every_10_s(pace),
        transport_kept(),
        transport_requested(),
        refreshed(),
        in_parallel(pace),
        stays(),
        checked_again(),
        moved_at_a_poll(pace),
        back_at_the_check(),
        three_tries(),
        tries_first(),
        stopped(
            "CLIENT-18a",
            "the platform is stopped: signed in on the other server",
            ServiceName::Platform,
        ),
        stopped(
            "CLIENT-18b",
            "the web application is stopped: signed in on the other server",
            ServiceName::Webapp,
        ),
        stopped(
            "CLIENT-18c",
            "notification is stopped: signed in on the other server",
            ServiceName::Notification,
        ),
        without_cti(),
    ];
    rows.into_iter().map(|row| Row { nodes: 2, scale: Some(pace.scale), ..row }).collect()
}

/// How fast the rows go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientPace {
    scale: u32,
}

impl ClientPace {
    /// The documented times.
    pub const TRUE: Self = Self::divided_by(1);

    /// The time between two polls divided by `scale`; 0 counts as 1.
    pub const fn divided_by(scale: u32) -> Self {
        Self { scale: if scale == 0 { 1 } else { scale } }
    }

    /// The shortest time that is scaled.
    pub fn shortest(self) -> Duration {
        self.interval()
    }

    /// The numbers of a desktop at this pace.
    pub fn settings(self) -> Settings {
        Settings { poll_interval: self.interval(), ..Settings::default() }
    }

    /// The pace of a row's desktop.
    pub(super) fn of(row: &Row) -> Self {
        Self::divided_by(row.scale.unwrap_or(1))
    }

    fn interval(self) -> Duration {
        Settings::default().poll_interval / self.scale
    }

    /// Both servers stay down for three regular polls.
    fn down(self) -> [Step; 4] {
        [
            web(Secondary, false),
            web(Primary, false),
            wait(Polled(AGENT, Secondary, 3), GUARD_S),
            wait(Told(AGENT, BannerKind::BothDown, Primary), GUARD_S),
        ]
    }
}

fn told() -> Row {
    let mut steps = begin();
    steps.extend([
        web(Primary, false),
        wait(Told(AGENT, BannerKind::Checking, Primary), GUARD_S),
        claim(Claim::Told(BannerKind::Checking, Primary, Reason::FinesseUnavailable)),
        claim(Claim::FirstToldWithin(millis(1000))),
    ]);
    row(
        "CLIENT-1",
        "the agent is told within a second that the connection is lost, to which server and why",
        steps,
    )
}

fn current_polled(pace: ClientPace) -> Row {
    let mut steps = begin();
    steps.extend(pace.down());
    steps.push(claim(Claim::PolledEvery(Primary, pace.interval())));
    row("CLIENT-2", "the current server is polled again and again", steps)
}

fn other_polled(pace: ClientPace) -> Row {
    let mut steps = begin();
    steps.extend(pace.down());
    steps.push(claim(Claim::PolledEvery(Secondary, pace.interval())));
    row("CLIENT-3", "the other server is polled again and again", steps)
}

fn signed_in_there() -> Row {
    let mut steps = begin();
    steps.extend(talking());
    steps.extend([
        Step::Fault(Fault::Kill9(Primary)),
        wait(Works(AGENT, Secondary), GUARD_S),
        claim(Claim::SignIns(1)),
        claim(Claim::ShowsCall(true)),
        claim(Claim::Told(BannerKind::Moved, Secondary, Reason::Silent)),
        Step::Expect(Expect::Holds(AGENT, "TALKING", 0)),
    ]);
    row("CLIENT-4", "the server dies: signed in on the other one without a hand, with the call", steps)
}

fn reconnected() -> Row {
    let mut steps = begin();
    steps.extend([
        web(Secondary, false),
        web(Primary, false),
        wait(Told(AGENT, BannerKind::Checking, Primary), GUARD_S),
        web(Primary, true),
        wait(Works(AGENT, Primary), GUARD_S),
        claim(Claim::Told(BannerKind::Reconnected, Primary, Reason::FinesseUnavailable)),
        claim(Claim::SignIns(0)),
    ]);
    row("CLIENT-5", "the agent is told that the current server is back", steps)
}

fn by_event() -> Row {
    let mut steps = begin();
    steps.extend([
        Step::Fault(Fault::LoseCti(Primary, true)),
        wait(Told(AGENT, BannerKind::Checking, Primary), GUARD_S),
        claim(Claim::Told(BannerKind::Checking, Primary, Reason::OutOfService)),
        claim(Claim::FirstToldWithin(millis(1000))),
        claim(Claim::AskedAtOnce),
        Step::Fault(Fault::LoseCti(Primary, false)),
        wait(Works(AGENT, Primary), GUARD_S),
        claim(Claim::SignIns(0)),
    ]);
    row(
        "CLIENT-6a",
        "a SystemInfo event: the server is asked at once; a CTI failover of a moment moves nobody",
        steps,
    )
}

fn by_transport() -> Row {
    let mut steps = begin();
    steps.extend([
        Step::Fault(Fault::LoseTransport(AGENT)),
        wait(Told(AGENT, BannerKind::Lost, Primary), GUARD_S),
        wait(Works(AGENT, Primary), GUARD_S),
        claim(Claim::Told(BannerKind::Lost, Primary, Reason::TransportLost)),
        claim(Claim::Told(BannerKind::Reconnected, Primary, Reason::TransportLost)),
        claim(Claim::Tries(1)),
    ]);
    row("CLIENT-6b", "a dropped transport: tried again, and the server is asked", steps)
}

fn by_presence() -> Row {
    let mut steps = begin();
    steps.extend([
        web(Primary, false),
        wait(Told(AGENT, BannerKind::Checking, Primary), GUARD_S),
        claim(Claim::Told(BannerKind::Checking, Primary, Reason::FinesseUnavailable)),
        claim(Claim::AskedAtOnce),
    ]);
    row("CLIENT-6c", "`finesse` becomes unavailable: the server is asked at once", steps)
}

fn every_10_s(pace: ClientPace) -> Row {
    let mut steps = begin();
    steps.extend([web(Secondary, false), Step::Fault(Fault::Kill9(Primary))]);
    steps.extend([
        wait(Polled(AGENT, Secondary, 4), GUARD_S),
        claim(Claim::PolledEvery(Primary, pace.interval())),
        claim(Claim::PolledEvery(Secondary, pace.interval())),
    ]);
    row("CLIENT-7", "SystemInfo is polled at the same interval whatever the cause", steps)
}

fn transport_kept() -> Row {
    let mut steps = begin();
    steps.extend([
        Step::Fault(Fault::LoseCti(Primary, true)),
        wait(Told(AGENT, BannerKind::Checking, Primary), GUARD_S),
        Step::Fault(Fault::LoseCti(Primary, false)),
        wait(Works(AGENT, Primary), GUARD_S),
        claim(Claim::Connects(Primary, 0)),
    ]);
    row("CLIENT-8", "in service again: a transport that is up is kept", steps)
}

fn transport_requested() -> Row {
    let mut steps = begin();
    steps.extend([
        web(Secondary, false),
        Step::Fault(Fault::Kill9(Primary)),
        wait(Told(AGENT, BannerKind::BothDown, Primary), GUARD_S),
        claim(Claim::Tries(3)),
        Step::Fault(Fault::Start(Primary)),
        wait(Works(AGENT, Primary), GUARD_S),
        claim(Claim::Connects(Primary, 4)),
    ]);
    row("CLIENT-9", "in service without a transport: one is requested", steps)
}

fn refreshed() -> Row {
    let mut steps = begin();
    steps.extend(talking());
    steps.extend([
        Step::Fault(Fault::LoseCti(Primary, true)),
        wait(Told(AGENT, BannerKind::Checking, Primary), GUARD_S),
        Step::Phone(Phone::HangUp(AGENT)),
        Step::Fault(Fault::LoseCti(Primary, false)),
        wait(Works(AGENT, Primary), GUARD_S),
        claim(Claim::Refreshed(Primary)),
        claim(Claim::ShowsCall(false)),
    ]);
    row(
        "CLIENT-10",
        "in service with a transport: all data are read again, also that a call has ended",
        steps,
    )
}

fn in_parallel(pace: ClientPace) -> Row {
    let mut steps = begin();
    steps.extend(pace.down());
    steps.push(claim(Claim::PolledTogether));
    row("CLIENT-11", "each regular poll is one of both servers", steps)
}

fn stays() -> Row {
    let mut steps = begin();
    steps.extend([
        web(Secondary, false),
        web(Primary, false),
        wait(Told(AGENT, BannerKind::BothDown, Primary), GUARD_S),
        web(Primary, true),
        web(Secondary, true),
        wait(Works(AGENT, Primary), GUARD_S),
        claim(Claim::SignIns(0)),
    ]);
    row("CLIENT-12", "both servers are back within one poll: the desktop stays", steps)
}

fn checked_again() -> Row {
    let mut steps = begin();
    steps.extend([
        Step::Fault(Fault::Kill9(Primary)),
        wait(Works(AGENT, Secondary), GUARD_S),
        claim(Claim::CheckedAgain),
    ]);
    row(
        "CLIENT-13",
        "the other server is available: the current one is asked once more before it is left",
        steps,
    )
}

fn moved_at_a_poll(pace: ClientPace) -> Row {
    let mut steps = begin();
    steps.extend([
        web(Primary, false),
        wait(Works(AGENT, Secondary), GUARD_S),
        claim(Claim::CheckedAgain),
        claim(Claim::NotLeftBefore(pace.interval())),
        claim(Claim::SignIns(1)),
    ]);
    row(
        "CLIENT-14",
        "still down at that check: signed in on the other; a server that answers not before a poll",
        steps,
    )
}

/// The answer of the other server takes its time, so that the current one is back in between.
fn back_at_the_check() -> Row {
    let mut steps = begin();
    steps.extend([
        Step::Fault(Fault::Delay(AGENT, Secondary, millis(1500))),
        web(Primary, false),
        wait(Polled(AGENT, Secondary, 1), GUARD_S),
        web(Primary, true),
        wait(Works(AGENT, Primary), GUARD_S),
        claim(Claim::SignIns(0)),
        claim(Claim::Connects(Secondary, 0)),
    ]);
    row("CLIENT-15", "the current server is back at that check: the desktop stays", steps)
}

fn three_tries() -> Row {
    let mut steps = begin();
    steps.extend([
        Step::Fault(Fault::Kill9(Primary)),
        wait(Works(AGENT, Secondary), GUARD_S),
        claim(Claim::Tries(3)),
        claim(Claim::Connects(Primary, 3)),
    ]);
    row("CLIENT-16", "a lost transport is tried 3 times, each after its pause", steps)
}

fn tries_first() -> Row {
    let mut steps = begin();
    steps.extend([
        Step::Fault(Fault::Kill9(Primary)),
        wait(Works(AGENT, Secondary), GUARD_S),
        claim(Claim::TriesBeforePolls),
    ]);
    row("CLIENT-17", "nobody is polled before the third try has failed", steps)
}

fn stopped(id: &'static str, says: &'static str, service: ServiceName) -> Row {
    let mut steps = begin();
    steps.extend([
        Step::Fault(Fault::Service(Primary, service, false)),
        wait(Works(AGENT, Secondary), GUARD_S),
        claim(Claim::SignIns(1)),
        claim(Claim::CheckedAgain),
    ]);
    row(id, says, steps)
}

fn without_cti() -> Row {
    let mut steps = begin();
    steps.extend([
        Step::Fault(Fault::LoseCti(Primary, true)),
        wait(Works(AGENT, Secondary), GUARD_S),
        claim(Claim::SignIns(1)),
        claim(Claim::CheckedAgain),
    ]);
    row("CLIENT-18d", "the server has lost both CTI servers: signed in on the other server", steps)
}

/// Both servers serve, and the agent is signed in on the primary.
fn begin() -> Vec<Step> {
    vec![wait(AllInService, 20), Step::OpenPair(AGENT), Step::Mark]
}

fn talking() -> [Step; 4] {
    [
        Step::Phone(Phone::CallIn { from: CALLER, to: AGENT }),
        Step::Phone(Phone::Answer(AGENT)),
        Step::Wait(super::Condition::PairShowsCall(AGENT), Duration::from_secs(20)),
        Step::Mark,
    ]
}

fn web(server: Server, run: bool) -> Step {
    Step::Fault(Fault::Service(server, ServiceName::Webapp, run))
}

fn claim(claim: Claim) -> Step {
    Step::Expect(Expect::Client(AGENT, claim))
}
