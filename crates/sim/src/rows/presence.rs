//! DESK-1 to DESK-7: desktops that are closed, crash, are loaded again, lose the network and move, at two desktop servers
//! with a link between them.
//!
//! The times of failover.md, 120 s until a crash is seen and 60 s of grace, are divided by the scale of a [`Pace`]; with
//! a scale of 1 they are the documented ones. "Just after" is a second, whatever the scale: CTI, the question to the
//! other server and a busy machine take their time.

mod moves;
#[cfg(test)]
mod tests;

use std::time::Duration;

use switch::OnClientLoss;

use super::cti::{AGENT, CALLER, COLLEAGUE, millis, row, wait};
use super::step::Condition::{AllInService, Holds, Linked, Logouts, Shows, ShowsLeg};
use super::step::Server::Primary;
use super::step::{Expect, Fault, Phone, Request, Row, Setting, Step};
use crate::world::Leave::{self, Crash, Goodbye, Hurry, Silence};

/// A third agent.
const THIRD: &str = "1003";
/// A fourth.
const FOURTH: &str = "1004";
/// A number that is routed to whoever is ready.
const ROUTED: &str = "7200";
/// Until a crash is seen (DESK-4a).
const DETECTION: Duration = Duration::from_secs(120);
/// Between that, or a goodbye, and the forced logout (DESK-4b).
const GRACE: Duration = Duration::from_secs(60);
/// What a forced logout may come late by: the question to the other server, CTI, a busy machine.
const JUST_AFTER: Duration = millis(1000);
/// Reason code by which the lab's CTI servers tell what 255 came to (DESK-1, DESK-3).
const TOLD_AS: u16 = 50_002;
/// Waiting for a cause is given up after so many times the time that it should take.
const GUARD: u32 = 20;

/// DESK-1 to DESK-7 with their races.
pub fn presence(pace: Pace) -> Vec<Row> {
    let rows = [
        reason(pace),
        by_load(pace),
        load_default(pace),
        noticed(pace),
        grace(pace),
        sum(pace),
        left(pace),
        signed_out(pace),
        moves::crash_and_move(pace),
        unheard(pace),
        refreshed(pace),
        moves::glitch(pace),
        moves::at_the_primary(pace),
        moves::in_time(pace),
        on_a_call(pace),
        moves::on_a_call(pace),
    ];
    rows.into_iter()
        .map(|row| Row { nodes: 2, scale: Some(pace.scale), settings: pace.settings(), ..row })
        .collect()
}

/// How fast the rows go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    scale: u32,
}

impl Pace {
    /// The documented times.
    pub const TRUE: Self = Self::divided_by(1);

    /// The documented times divided by `scale`; 0 counts as 1.
    pub const fn divided_by(scale: u32) -> Self {
        Self { scale: if scale == 0 { 1 } else { scale } }
    }

    /// The shortest time that is scaled.
    pub fn shortest(self) -> Duration {
        self.grace()
    }

    fn grace(self) -> Duration {
        GRACE / self.scale
    }

    fn detection(self) -> Duration {
        DETECTION / self.scale
    }

    /// Until whoever crashed is logged out (DESK-4c).
    fn sum(self) -> Duration {
        self.detection() + self.grace()
    }

    fn settings(self) -> Vec<Setting> {
        let [detection, grace] =
            [self.detection(), self.grace()].map(|time| format!("{}ms", time.as_millis()));
        vec![
            Setting::new("presence.detection", &detection),
            Setting::new("presence.grace", &grace),
            Setting::new("presence.comeback", &detection),
            fencing("on"),
        ]
    }

    /// Whoever left is logged out, sooner or later.
    fn logged_out(self, agent: &'static str) -> Step {
        Step::Wait(Logouts(agent, Primary, 1), self.sum() * GUARD)
    }

    /// Nothing more can come of whoever left before.
    fn all_over(self) -> Step {
        Step::Let(self.sum() + JUST_AFTER)
    }

    /// A while in which whoever left can come back in time.
    fn a_while(self) -> Step {
        Step::Let(self.grace() / 4)
    }

    /// After the grace, and not long after.
    fn after_grace(self, agent: &'static str) -> Step {
        let (from, to) = (self.grace(), self.grace() + JUST_AFTER);
        Step::Expect(Expect::LogoutAfter { agent, from, to })
    }

    /// The server waits for half of the detection at least before it takes the session for lost.
    fn after_crash(self, agent: &'static str) -> Step {
        let (from, to) = (self.detection() / 2, self.sum() + JUST_AFTER);
        Step::Expect(Expect::LogoutAfter { agent, from, to })
    }
}

fn reason(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT, COLLEAGUE]);
    steps.extend(ready(AGENT));
    steps.extend([
        Step::Mark,
        Step::Leave(AGENT, Goodbye),
        pace.logged_out(AGENT),
        wait(Holds(AGENT, "NOT_READY"), 20),
        Step::Expect(Expect::Logouts(AGENT, [1, 0])),
        Step::Expect(Expect::Holds(AGENT, "NOT_READY", TOLD_AS)),
        Step::Expect(Expect::Logouts(COLLEAGUE, [0, 0])),
    ]);
    row(
        "DESK-1",
        "a lost desktop is told as 255, once and of nobody else; CTI shows a code of its own",
        steps,
    )
}

fn by_load(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT, COLLEAGUE, THIRD, FOURTH]);
    steps.extend(ready(FOURTH));
    steps.extend([
        Step::Fault(Fault::Load(OnClientLoss::Load0)),
        Step::Mark,
        Step::Leave(FOURTH, Goodbye),
        pace.logged_out(FOURTH),
        wait(Holds(FOURTH, "NOT_READY"), 20),
        Step::Expect(Expect::Holds(FOURTH, "NOT_READY", TOLD_AS)),
        Step::Fault(Fault::Load(OnClientLoss::Load1)),
    ]);
    steps.extend(lost_while_idle(pace, "LOGOUT"));
    row("DESK-2", "LOAD 0: Not Ready; LOAD 1: signed out, from Not Ready, Ready and Wrap-up (DESK-X1)", steps)
}

fn load_default(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT, COLLEAGUE, THIRD]);
    steps.extend(lost_while_idle(pace, "NOT_READY"));
    row("DESK-3", "LOAD by default: Not Ready, from Not Ready, Ready and Wrap-up (DESK-X1)", steps)
}

/// One of them is Not Ready, one Ready, and one comes into wrap-up after he has gone.
fn lost_while_idle(pace: Pace, becomes: &'static str) -> Vec<Step> {
    let mut steps = ready(THIRD).to_vec();
    steps.extend([
        Step::Phone(Phone::Route { from: CALLER, to: ROUTED }),
        wait(ShowsLeg(THIRD, "ALERTING"), 20),
        Step::Phone(Phone::Answer(THIRD)),
        wait(Shows(THIRD, "TALKING"), 20),
        Step::Phone(Phone::WrapUp(THIRD)),
    ]);
    steps.extend(ready(COLLEAGUE));
    steps.push(Step::Mark);
    steps.extend([AGENT, COLLEAGUE, THIRD].map(|agent| Step::Leave(agent, Goodbye)));
    steps.extend([
        Step::Let(pace.grace() / 2),
        Step::Phone(Phone::HangUp(THIRD)),
        Step::Expect(Expect::Holds(AGENT, "NOT_READY", 0)),
        Step::Expect(Expect::Holds(COLLEAGUE, "READY", 0)),
        Step::Expect(Expect::Holds(THIRD, "WORK", 0)),
    ]);
    for agent in [AGENT, COLLEAGUE, THIRD] {
        steps.push(pace.logged_out(agent));
        steps.push(wait(Holds(agent, becomes), 20));
        steps.push(Step::Expect(Expect::Holds(agent, becomes, TOLD_AS)));
        steps.push(Step::Expect(Expect::Logouts(agent, [1, 0])));
    }
    steps
}

fn noticed(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT, COLLEAGUE, THIRD]);
    steps.push(Step::Mark);
    steps.extend(leave(&[(AGENT, Crash), (COLLEAGUE, Silence), (THIRD, Crash)]));
    steps.extend([
        pace.a_while(),
        Step::Open(THIRD, Primary),
        pace.logged_out(AGENT),
        pace.logged_out(COLLEAGUE),
        pace.after_crash(AGENT),
        pace.after_crash(COLLEAGUE),
        pace.all_over(),
        Step::Expect(Expect::Logouts(AGENT, [1, 0])),
        Step::Expect(Expect::Logouts(COLLEAGUE, [1, 0])),
        Step::Expect(Expect::Logouts(THIRD, [0, 0])),
    ]);
    row("DESK-4a", "a crash is seen within 120 s; who is back before is not missed", steps)
}

fn grace(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT]);
    steps.extend([
        Step::Mark,
        Step::Leave(AGENT, Goodbye),
        pace.logged_out(AGENT),
        pace.after_grace(AGENT),
        Step::Expect(Expect::Logouts(AGENT, [1, 0])),
    ]);
    row("DESK-4b", "after that 60 s pass until the forced logout", steps)
}

fn sum(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT, COLLEAGUE]);
    steps.extend(ready(AGENT));
    steps.push(Step::Mark);
    steps.extend(leave(&[(AGENT, Crash), (COLLEAGUE, Silence)]));
    steps.extend([
        Step::Let(pace.grace() / 2),
        Step::Expect(Expect::Holds(AGENT, "READY", 0)),
        pace.logged_out(AGENT),
        pace.logged_out(COLLEAGUE),
        pace.after_crash(AGENT),
        pace.after_crash(COLLEAGUE),
        wait(Holds(AGENT, "NOT_READY"), 20),
        Step::Expect(Expect::Holds(AGENT, "NOT_READY", TOLD_AS)),
    ]);
    row("DESK-4c", "180 s after a crash at the latest; until then the old state is shown", steps)
}

fn left(pace: Pace) -> Row {
    let agents = [AGENT, COLLEAGUE, THIRD, FOURTH];
    let mut steps = signed_in(&agents);
    steps.push(Step::Mark);
    steps.extend(leave(&[(AGENT, Goodbye), (COLLEAGUE, Crash), (THIRD, Hurry), (FOURTH, Silence)]));
    steps.extend(agents.map(|agent| pace.logged_out(agent)));
    steps.extend([pace.after_grace(AGENT), pace.after_grace(THIRD)]);
    steps.extend([pace.after_crash(COLLEAGUE), pace.after_crash(FOURTH)]);
    for agent in agents {
        steps.push(Step::Expect(Expect::Logouts(agent, [1, 0])));
        steps.push(wait(Holds(agent, "NOT_READY"), 20));
        steps.push(Step::Expect(Expect::Holds(agent, "NOT_READY", TOLD_AS)));
    }
    row("DESK-5", "closed or Back: 60 s; crashed: as a crash; then 255", steps)
}

fn signed_out(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT, COLLEAGUE]);
    steps.push(Step::Mark);
    for agent in [AGENT, COLLEAGUE] {
        steps.push(Step::Phone(Phone::SignOut(agent)));
        steps.push(wait(Holds(agent, "LOGOUT"), 20));
        steps.push(Step::Leave(agent, Goodbye));
    }
    steps.extend([
        Step::SignInAt(COLLEAGUE, Primary),
        pace.logged_out(AGENT),
        pace.all_over(),
        Step::Expect(Expect::Logouts(AGENT, [1, 0])),
        Step::Expect(Expect::NotLoggedOut(AGENT)),
        Step::Expect(Expect::NotLoggedOut(COLLEAGUE)),
        Step::SignInAt(AGENT, Primary),
    ]);
    steps.extend(ready(AGENT));
    steps.extend(ready(COLLEAGUE));
    row("DESK-5r1", "who is signed out already: refused, harmless, and no hit on a new session", steps)
}

fn unheard(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT]);
    steps.extend([
        Step::Mark,
        // The goodbye is lost on the way.
        Step::Leave(AGENT, Silence),
        pace.logged_out(AGENT),
        pace.after_crash(AGENT),
        Step::Expect(Expect::Logouts(AGENT, [1, 0])),
        wait(Holds(AGENT, "NOT_READY"), 20),
    ]);
    row("DESK-5r3", "a goodbye that never arrives is a crash", steps)
}

fn refreshed(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT, COLLEAGUE, THIRD]);
    steps.push(Step::Mark);
    for (agent, how) in [(AGENT, Hurry), (THIRD, Goodbye)] {
        steps.extend([Step::Leave(agent, how), pace.a_while(), Step::Open(agent, Primary)]);
    }
    steps.extend([
        Step::Leave(COLLEAGUE, Hurry),
        pace.logged_out(COLLEAGUE),
        pace.after_grace(COLLEAGUE),
        Step::Open(COLLEAGUE, Primary),
        pace.all_over(),
        Step::Expect(Expect::Logouts(AGENT, [0, 0])),
        Step::Expect(Expect::Logouts(THIRD, [0, 0])),
        Step::Expect(Expect::Logouts(COLLEAGUE, [1, 0])),
    ]);
    [AGENT, COLLEAGUE, THIRD].into_iter().for_each(|agent| steps.extend(ready(agent)));
    row("DESK-6", "back within 60 s: nothing happens; later: logged out, and at work again", steps)
}

fn on_a_call(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT]);
    steps.extend(talking(AGENT));
    steps.extend([
        Step::Mark,
        Step::Leave(AGENT, Silence),
        pace.all_over(),
        Step::Expect(Expect::Logouts(AGENT, [0, 0])),
        Step::Expect(Expect::Leg(AGENT, Some("ACTIVE"))),
        Step::Mark,
        Step::Phone(Phone::HangUp(AGENT)),
        pace.logged_out(AGENT),
        Step::Expect(Expect::LogoutWithin(AGENT, JUST_AFTER)),
        Step::Expect(Expect::Logouts(AGENT, [1, 0])),
        wait(Holds(AGENT, "NOT_READY"), 20),
    ]);
    row("DESK-7r2", "on a call: nothing until it ends, then 255 at once", steps)
}

/// Both servers serve, and with fencing on ask each other before they log anybody out.
fn signed_in(agents: &[&'static str]) -> Vec<Step> {
    [wait(AllInService, 20), wait(Linked, 20)]
        .into_iter()
        .chain(agents.iter().copied().map(Step::SignIn))
        .collect()
}

fn fencing(value: &str) -> Setting {
    Setting::new("presence.fencing", value)
}

fn leave(how: &[(&'static str, Leave)]) -> Vec<Step> {
    how.iter().map(|(agent, how)| Step::Leave(agent, *how)).collect()
}

/// The desktop works: what it asks for is done, and it hears of it.
fn ready(agent: &'static str) -> [Step; 2] {
    let body = "<User><state>READY</state></User>";
    let request = Request { method: "PUT", path: "/finesse/api/User/{agent}", body };
    [Step::Ask { agent, request, status: 202 }, wait(Shows(agent, "READY"), 20)]
}

fn talking(agent: &'static str) -> [Step; 5] {
    [
        Step::Phone(Phone::CallIn { from: CALLER, to: agent }),
        wait(ShowsLeg(agent, "ALERTING"), 20),
        Step::Phone(Phone::Answer(agent)),
        wait(ShowsLeg(agent, "ACTIVE"), 20),
        wait(Shows(agent, "TALKING"), 20),
    ]
}
