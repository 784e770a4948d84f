//! Agents who go to the other server while the first one still waits for their desktop. With fencing nobody is thrown
//! out; without it the documented races happen (DESK-5r2, DESK-7r3), and the rows insist on that.

use switch::OnClientLoss;

use super::{JUST_AFTER, Pace, TOLD_AS, fencing, ready, signed_in, talking};
use crate::rows::cti::{AGENT, CALLER, COLLEAGUE, ask_call, row, wait};
use crate::rows::step::Condition::{Agrees, Holds, Shows, ShowsLeg, ShowsNoCall, Unlinked};
use crate::rows::step::Server::Secondary;
use crate::rows::step::{Expect, Fault, Phone, Row, Step};
use crate::world::Leave::{Goodbye, Silence};

pub(super) fn crash_and_move(pace: Pace) -> Row {
    let moves = || {
        let mut steps = vec![Step::Mark, Step::Leave(AGENT, Silence), Step::SignInAt(AGENT, Secondary)];
        steps.extend(ready(AGENT));
        steps
    };
    let is_thrown_out = || {
        let mut steps = moves();
        steps.push(pace.logged_out(AGENT));
        steps.extend(thrown_out(AGENT, "NOT_READY"));
        steps
    };
    let mut steps = signed_in(&[AGENT]);
    steps.extend(moves());
    steps.push(pace.all_over());
    steps.extend(still_ready());
    steps.push(Step::Anew(vec![fencing("off")]));
    steps.extend(signed_in(&[AGENT]));
    steps.extend(is_thrown_out());
    steps.push(Step::Anew(vec![]));
    steps.extend(signed_in(&[AGENT]));
    steps.extend([Step::Fault(Fault::CutLink), wait(Unlinked, 20)]);
    steps.extend(is_thrown_out());
    row(
        "DESK-5r2",
        "signed in at the secondary after a crash: no wrongful logout; fencing off, or no link: thrown out there",
        steps,
    )
}

pub(super) fn glitch(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT]);
    steps.extend([Step::Mark, Step::Leave(AGENT, Silence), Step::SignInAt(AGENT, Secondary)]);
    steps.extend([
        Step::Phone(Phone::CallIn { from: CALLER, to: AGENT }),
        wait(ShowsLeg(AGENT, "ALERTING"), 20),
        ask_call("ANSWER", 202),
        wait(ShowsLeg(AGENT, "ACTIVE"), 20),
        wait(Agrees(AGENT), 20),
        ask_call("DROP", 202),
        wait(ShowsNoCall(AGENT), 20),
    ]);
    steps.extend(ready(AGENT));
    steps.push(pace.all_over());
    steps.extend(still_ready());
    row("DESK-7a", "a glitch moves the agent to the secondary, where he works on; no wrongful logout", steps)
}

pub(super) fn at_the_primary(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT, COLLEAGUE]);
    steps.extend([
        Step::Mark,
        Step::Leave(AGENT, Silence),
        Step::Leave(COLLEAGUE, Silence),
        Step::SignInAt(AGENT, Secondary),
    ]);
    steps.extend(ready(AGENT));
    steps.extend([
        pace.logged_out(COLLEAGUE),
        pace.after_crash(COLLEAGUE),
        pace.all_over(),
        Step::Expect(Expect::Logouts(COLLEAGUE, [1, 0])),
    ]);
    steps.extend(still_ready());
    row("DESK-7b", "the primary serves on and logs out who is gone; who moved: no wrongful logout", steps)
}

pub(super) fn in_time(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT]);
    steps.extend([
        Step::Mark,
        Step::Leave(AGENT, Goodbye),
        pace.a_while(),
        Step::Expect(Expect::Logouts(AGENT, [0, 0])),
        Step::SignInAt(AGENT, Secondary),
    ]);
    steps.extend(ready(AGENT));
    steps.push(pace.all_over());
    steps.extend(still_ready());
    row("DESK-7r1", "signed in at the secondary before the forced logout: it is never sent", steps)
}

pub(super) fn on_a_call(pace: Pace) -> Row {
    let mut steps = signed_in(&[AGENT]);
    steps.extend(ready(AGENT));
    steps.extend(moves_on_a_call(pace, &[AGENT]));
    steps.extend([Step::Phone(Phone::HangUp(AGENT)), wait(Shows(AGENT, "READY"), 20), Step::Let(JUST_AFTER)]);
    steps.extend(still_ready());
    steps.push(Step::Anew(vec![fencing("off")]));
    steps.extend(signed_in(&[AGENT, COLLEAGUE]));
    steps.extend(moves_on_a_call(pace, &[AGENT, COLLEAGUE]));
    for (agent, load, becomes) in
        [(AGENT, OnClientLoss::Load0, "NOT_READY"), (COLLEAGUE, OnClientLoss::Load1, "LOGOUT")]
    {
        steps.extend([Step::Fault(Fault::Load(load)), Step::Phone(Phone::HangUp(agent))]);
        steps.push(pace.logged_out(agent));
        steps.extend(thrown_out(agent, becomes));
    }
    row(
        "DESK-7r3",
        "moved during a call that ends then: no wrongful logout; with fencing off reproduced: thrown out at its end",
        steps,
    )
}

/// They are on calls, lose the network, sign in at the secondary, and speak on until the primary misses them.
fn moves_on_a_call(pace: Pace, agents: &[&'static str]) -> Vec<Step> {
    let mut steps: Vec<Step> = agents.iter().flat_map(|agent| talking(agent)).collect();
    steps.push(Step::Mark);
    for agent in agents {
        steps.extend([Step::Leave(agent, Silence), Step::SignInAt(agent, Secondary)]);
    }
    steps.push(pace.all_over());
    for agent in agents {
        steps.push(Step::Expect(Expect::Leg(agent, Some("ACTIVE"))));
        steps.push(Step::Expect(Expect::Logouts(agent, [0, 0])));
    }
    steps
}

/// Nobody has touched the agent.
fn still_ready() -> [Step; 3] {
    [
        Step::Expect(Expect::Logouts(AGENT, [0, 0])),
        Step::Expect(Expect::Holds(AGENT, "READY", 0)),
        Step::Expect(Expect::Agrees(AGENT)),
    ]
}

/// The agent sees at the secondary what the primary has done to him.
fn thrown_out(agent: &'static str, becomes: &'static str) -> [Step; 4] {
    [
        wait(Holds(agent, becomes), 20),
        wait(Shows(agent, becomes), 20),
        Step::Expect(Expect::Holds(agent, becomes, TOLD_AS)),
        Step::Expect(Expect::Logouts(agent, [1, 0])),
    ]
}
