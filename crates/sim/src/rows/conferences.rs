//! CTI-16 to CTI-20: conferences of which CTI tells the truth, or something wrong.
//!
//! The four kinds of wrong news are those of the lab: the party that joined last is missing, conferences are missing
//! from the list of a phone's calls, news contradict each other, news of a leave are repeated.

use std::time::Duration;

use node::failover::cti::Side::A;
use switch::WrongNews::{self, CallMissing, Inconsistent, PartyMissing, Repeated};

use super::cti::{AGENT, CALLER, COLLEAGUE, ask_call, mended, millis, outage, row, signed_in, wait};
use super::step::Condition::{Agrees, Dials, InService, SawMark, Shows, ShowsLeg, ShowsMarked, ShowsNoCall};
use super::step::{Expect, Fault, Phone, Row, Step};

/// A phone at which nobody is signed in, by the agent to whom it belongs.
const NOBODY: &str = "1003";
/// A number outside that rings until it is picked up.
const OUTSIDE: &str = "0398765432";
/// Who calls next.
const NEXT: &str = "0355505678";
/// All that can be told wrong.
const KINDS: [WrongNews; 4] = [PartyMissing, CallMissing, Inconsistent, Repeated];
/// Long enough for the first reads of a doubted call: at once, after 1 s, after 2 s more.
const READS: Duration = millis(3500);
/// Long enough for what is shown to settle, and for a read.
const SETTLED: Duration = millis(1500);

/// CTI-16 to CTI-20.
pub(super) fn conferences() -> Vec<Row> {
    vec![
        signs_in_later(),
        fails_over(),
        party_missing(),
        call_missing(),
        contradictory(),
        phone_works(),
        leaves(),
    ]
}

fn signs_in_later() -> Row {
    let mut steps = vec![wait(InService, 10)];
    steps.extend(four_by_hand());
    steps.extend([Step::Mark, Step::SignIn(AGENT), wait(Agrees(AGENT), 2)]);
    steps.extend([
        Step::Expect(Expect::Parties(AGENT, 4)),
        Step::Watch(AGENT, SETTLED),
        ask_call("HOLD", 202),
        wait(ShowsLeg(AGENT, "HELD"), 2),
        ask_call("RETRIEVE", 202),
        wait(ShowsLeg(AGENT, "ACTIVE"), 2),
        wait(Agrees(AGENT), 2),
        ask_call("DROP", 202),
        wait(ShowsNoCall(AGENT), 2),
        Step::Expect(Expect::SawNoMark(AGENT)),
        Step::Expect(Expect::ToldRight),
    ]);
    row("CTI-16", "who signs in during a conference is shown all its parties", steps)
}

fn fails_over() -> Row {
    let mut steps = signed_in();
    steps.extend(called());
    steps.extend(added(COLLEAGUE));
    steps.extend(added(OUTSIDE));
    steps.extend(both(wait_agrees));
    steps.push(Step::Mark);
    steps.extend(outage());
    steps.extend(mended());
    steps.extend(both(wait_agrees));
    steps.extend([Step::Expect(Expect::Parties(AGENT, 4)), Step::Watch(AGENT, SETTLED)]);
    steps.extend(both(|agent| Step::Expect(Expect::SawNoMark(agent))));
    steps.extend([Step::Mark, Step::Fault(Fault::KillNode), wait(InService, 10)]);
    steps.extend(both(Step::SignIn));
    steps.extend(both(wait_agrees));
    steps.extend([Step::Expect(Expect::Parties(AGENT, 4)), Step::Watch(AGENT, SETTLED)]);
    steps.extend(both(|agent| Step::Expect(Expect::SawNoMark(agent))));
    steps.push(Step::Expect(Expect::ToldRight));
    Row {
        nodes: 2,
        ..row("CTI-17", "a conference is shown whole after a loss, and on the other server", steps)
    }
}

fn party_missing() -> Row {
    let mut steps = signs_in_to(PartyMissing);
    steps.extend(is_marked(READS));
    steps.extend(loses_cti());
    steps.extend(is_marked(SETTLED));
    steps.extend(one_more_joins());
    steps.extend(is_marked(SETTLED));
    steps.extend(goes_to_the_other_server());
    steps.extend(is_marked(SETTLED));
    steps.extend(hangs_up());
    Row { nodes: 2, ..row("CTI-18a", "a party is missing: marked, never shown as certain", steps) }
}

fn call_missing() -> Row {
    // Nothing is known of a call that began during a loss, so nothing can be shown.
    let mut steps = vec![wait(InService, 10)];
    steps.extend(outage());
    steps.extend(three_by_hand());
    steps.push(Step::Fault(Fault::News(Some(CallMissing))));
    steps.extend(mended());
    steps.extend([
        Step::Mark,
        Step::SignIn(AGENT),
        Step::Watch(AGENT, SETTLED),
        wait(Shows(AGENT, "TALKING"), 2),
        wait(ShowsNoCall(AGENT), 2),
        Step::Expect(Expect::ToldWrong),
    ]);
    // It is looked for, and shown once CTI tells of it.
    steps.extend([
        Step::Fault(Fault::News(None)),
        wait(Agrees(AGENT), 10),
        Step::Expect(Expect::Parties(AGENT, 3)),
        // The other server, which shows nobody anything, has looked for it by then, too.
        Step::Let(SETTLED),
        Step::Fault(Fault::News(Some(CallMissing))),
    ]);
    steps.extend(loses_cti());
    steps.extend(is_marked(SETTLED));
    steps.extend(goes_to_the_other_server());
    steps.extend(is_marked(SETTLED));
    steps.extend(hangs_up());
    Row {
        nodes: 2,
        ..row("CTI-18b", "a call is missing: looked for, kept and marked if it was known", steps)
    }
}

fn contradictory() -> Row {
    let mut steps = signs_in_to(Inconsistent);
    steps.extend(is_marked(READS));
    steps.extend(loses_cti());
    steps.extend(is_marked(SETTLED));
    steps.extend(one_more_joins());
    steps.extend(is_marked(SETTLED));
    steps.extend(goes_to_the_other_server());
    steps.extend(is_marked(SETTLED));
    steps.extend(hangs_up());
    steps.extend(others_leave());
    steps.extend(four_by_hand());
    steps.extend([wait(Agrees(AGENT), 2), Step::Fault(Fault::News(Some(Repeated))), Step::Mark]);
    steps.extend([
        Step::Phone(Phone::HangUp(OUTSIDE)),
        wait(SawMark(AGENT), 2),
        Step::Watch(AGENT, SETTLED),
        Step::Expect(Expect::SawMark(AGENT)),
        Step::Expect(Expect::ToldWrong),
        wait(Agrees(AGENT), 10),
    ]);
    Row { nodes: 2, ..row("CTI-18c", "news contradict each other: marked, never shown as certain", steps) }
}

fn phone_works() -> Row {
    let mut steps = vec![wait(InService, 10), Step::SignIn(AGENT)];
    for kind in KINDS {
        steps.extend(in_a_conference_told(kind));
        steps.extend([
            Step::Phone(Phone::Hold(AGENT)),
            Step::Expect(Expect::Leg(AGENT, Some("HELD"))),
            Step::Phone(Phone::Retrieve(AGENT)),
            Step::Expect(Expect::Leg(AGENT, Some("ACTIVE"))),
            Step::Phone(Phone::HangUp(AGENT)),
            Step::Expect(Expect::Leg(AGENT, None)),
            wait(Agrees(AGENT), 2),
        ]);
        steps.extend(others_leave());
    }
    row("CTI-19", "the phone holds, retrieves and hangs up whatever is told", steps)
}

fn leaves() -> Row {
    let mut steps = vec![wait(InService, 10), Step::SignIn(AGENT)];
    for kind in KINDS {
        steps.extend(in_a_conference_told(kind));
        steps.extend(match kind {
            PartyMissing | Repeated => [Step::Phone(Phone::HangUp(AGENT)), wait(Agrees(AGENT), 2)],
            CallMissing | Inconsistent => [ask_call("DROP", 202), wait(ShowsNoCall(AGENT), 2)],
        });
        steps.extend([wait(Agrees(AGENT), 2), Step::Let(SETTLED), Step::Expect(Expect::Agrees(AGENT))]);
        steps.extend([
            Step::Mark,
            Step::Phone(Phone::CallIn { from: NEXT, to: AGENT }),
            wait(ShowsLeg(AGENT, "ALERTING"), 2),
            ask_call("ANSWER", 202),
            wait(ShowsLeg(AGENT, "ACTIVE"), 2),
            wait(Agrees(AGENT), 2),
            Step::Expect(Expect::SawNoMark(AGENT)),
        ]);
        steps.extend(hangs_up());
        steps.extend(others_leave());
    }
    row("CTI-20", "who leaves is shown the truth again, and so is the next call", steps)
}

// Parts of scripts ----------------------------------------------------------------------------------------------

fn called() -> [Step; 2] {
    [Phone::CallIn { from: CALLER, to: AGENT }, Phone::Answer(AGENT)].map(Step::Phone)
}

fn added(who: &'static str) -> [Step; 3] {
    [Phone::Consult { by: AGENT, to: who }, Phone::Answer(who), Phone::Join(AGENT)].map(Step::Phone)
}

/// The agent's phone, a caller, and a phone of nobody.
fn three_by_hand() -> Vec<Step> {
    called().into_iter().chain(added(NOBODY)).collect()
}

/// And a number outside.
fn four_by_hand() -> Vec<Step> {
    three_by_hand().into_iter().chain(added(OUTSIDE)).collect()
}

/// The agent signs in during a conference of three of which wrong news are told.
fn signs_in_to(kind: WrongNews) -> Vec<Step> {
    let mut steps = vec![wait(InService, 10)];
    steps.extend(three_by_hand());
    steps.extend([Step::Fault(Fault::News(Some(kind))), Step::Mark, Step::SignIn(AGENT)]);
    steps
}

fn loses_cti() -> Vec<Step> {
    [Step::Mark].into_iter().chain(outage()).chain(mended()).collect()
}

fn one_more_joins() -> Vec<Step> {
    let [consult, answer, join] = added(OUTSIDE);
    vec![consult, answer, Step::Let(SETTLED), Step::Mark, join]
}

fn goes_to_the_other_server() -> [Step; 4] {
    [Step::Mark, Step::Fault(Fault::KillNode), wait(InService, 10), Step::SignIn(AGENT)]
}

/// Since the mark the call was told wrong, and it is marked and never shown wrong without that.
fn is_marked(time: Duration) -> [Step; 4] {
    [
        wait(ShowsMarked(AGENT), 2),
        Step::Watch(AGENT, time),
        Step::Expect(Expect::SawMark(AGENT)),
        Step::Expect(Expect::ToldWrong),
    ]
}

/// A conference of three that one has left already and during which CTI was lost; the agent has seen its mark.
fn in_a_conference_told(kind: WrongNews) -> Vec<Step> {
    let mut steps = four_by_hand();
    steps.extend([
        wait(Agrees(AGENT), 2),
        Step::Fault(Fault::News(Some(kind))),
        Step::Mark,
        Step::Phone(Phone::HangUp(OUTSIDE)),
    ]);
    // Told once, right after the leave: a loss that is faster takes it along. The other kinds are told on reading.
    steps.extend((kind == Repeated).then_some(wait(SawMark(AGENT), 2)));
    steps.extend([
        Step::Fault(Fault::Reset(A)),
        wait(Dials(1), 2),
        wait(InService, 10),
        wait(SawMark(AGENT), 2),
        Step::Watch(AGENT, SETTLED),
        Step::Expect(Expect::ToldWrong),
    ]);
    steps
}

fn hangs_up() -> [Step; 3] {
    [Step::Phone(Phone::HangUp(AGENT)), wait(ShowsNoCall(AGENT), 2), wait(Agrees(AGENT), 2)]
}

/// The conference that the agent has left ends, and news are true again.
fn others_leave() -> [Step; 2] {
    [Step::Phone(Phone::HangUp(NOBODY)), Step::Fault(Fault::News(None))]
}

fn both(step: impl Fn(&'static str) -> Step) -> [Step; 2] {
    [AGENT, COLLEAGUE].map(step)
}

fn wait_agrees(agent: &'static str) -> Step {
    wait(Agrees(agent), 2)
}
