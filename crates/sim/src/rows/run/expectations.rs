//! What a row expects, held against what was counted.

use std::time::Duration;

use node::failover::cti::Side;

use super::{Outcome, Run, ensure, millis};
use crate::rows::driver::Trouble;
use crate::rows::shown::marked;
use crate::rows::step::{Expect, Request};
use crate::rows::truth::Truth;
use crate::seen::{Object, Seen};

/// What agents may ask while CTI is away; all of it is refused (CTI-10).
const GATED: [(&str, &str); 9] = [
    ("GET", "/finesse/api/User/{agent}"),
    ("PUT", "/finesse/api/User/{agent}"),
    ("GET", "/finesse/api/User/{agent}/Dialogs"),
    ("POST", "/finesse/api/User/{agent}/Dialogs"),
    ("GET", "/finesse/api/User/{agent}/ReasonCodes"),
    ("GET", "/finesse/api/User/{agent}/ReasonCode/1"),
    ("GET", "/finesse/api/Dialog/1"),
    ("PUT", "/finesse/api/Dialog/1"),
    ("GET", "/finesse/api/User/nobody"),
];

impl Run<'_> {
    pub(super) fn expect(&mut self, expect: &Expect) -> Outcome {
        match expect {
            Expect::DialOrder(order) => self.dial_order(order, |dials, order| dials == order),
            Expect::DialsBegin(order) => self.dial_order(order, |dials, order| dials.starts_with(order)),
            Expect::NoDial => self.dial_order("", |dials, _| dials.is_empty()),
            Expect::DialAfterSilence { from, to } => self.dial_after_silence(*from, *to),
            Expect::DialWithin(limit) => self.dial_within(*limit),
            Expect::HeartbeatsUnanswered(side, count) => self.heartbeats_unanswered(*side, *count),
            Expect::InService => {
                let serves = self.in_service()?;
                ensure(serves, || "out of service".into())
            }
            Expect::Commands(count) => self.commands(*count),
            Expect::GateShut(agent) => self.gate_shut(agent),
            Expect::Events(agent, expected) => self.events(agent, expected),
            Expect::OnlySystemInfo(agent) => self.only_system_info(agent),
            Expect::NoDialogEvents(agent) => self.no_dialog_events(agent),
            Expect::Agrees(agent) => self.agrees(agent),
            Expect::Parties(agent, count) => self.parties(agent, *count),
            Expect::Leg(agent, state) => self.leg(agent, *state),
            Expect::ToldWrong => self.told_wrong(),
            Expect::ToldRight => self.told_right(),
            Expect::SawMark(agent) => self.saw_mark(agent, |marks| marks > 0),
            Expect::SawNoMark(agent) => self.saw_mark(agent, |marks| marks == 0),
            Expect::Holds(agent, state, reason) => self.switch_holds(agent, state, *reason),
            Expect::Logouts(agent, expected) => self.logouts(agent, *expected),
            Expect::NotLoggedOut(agent) => self.not_logged_out(agent),
            Expect::LogoutAfter { agent, from, to } => self.logout_after(agent, *from..=*to),
            Expect::AwdbAsked(host, times) => self.awdb_asked(*host, *times),
            Expect::Client(agent, claim) => self.claim(agent, *claim),
            Expect::LogoutWithin(agent, limit) => self.logout_within(agent, *limit),
        }
    }

    fn dial_order(&mut self, order: &str, fits: fn(&str, &str) -> bool) -> Outcome {
        let dials = self.order()?;
        self.evidence.add("dials", dials.clone());
        ensure(fits(&dials, order), || format!("dialed {dials:?}, expected {order:?}"))
    }

    fn dial_within(&mut self, limit: Duration) -> Outcome {
        let after = self.first_dial()?;
        self.evidence.add("dial_after_ms", millis(after));
        ensure(after <= limit, || format!("dialed after {after:?}, expected within {limit:?}"))
    }

    /// The mark was set right before the server fell silent, so the first request came at most an interval later.
    fn dial_after_silence(&mut self, from: Duration, to: Duration) -> Outcome {
        let after = self.first_dial()?;
        self.evidence.add("dial_after_ms", millis(after));
        ensure((from..=to + Duration::from_secs(1)).contains(&after), || {
            format!(
                "dialed {after:?} after the silence began, expected {from:?} to {to:?} after the first request in it"
            )
        })
    }

    fn heartbeats_unanswered(&mut self, side: Side, count: u64) -> Outcome {
        let (asked, confirmed) = self.heartbeats(side)?;
        self.evidence.add("heartbeats_asked", asked);
        self.evidence.add("heartbeats_confirmed", confirmed);
        let unanswered = asked.saturating_sub(confirmed);
        ensure(unanswered == count, || format!("{unanswered} heartbeats unanswered, expected {count}"))
    }

    fn commands(&mut self, count: u64) -> Outcome {
        let arrived = self.driver.arrived(Side::A)?.commands + self.driver.arrived(Side::B)?.commands;
        let commands = arrived.saturating_sub(self.mark.commands);
        self.evidence.add("commands", commands);
        ensure(commands == count, || format!("{commands} requests reached CTI, expected {count}"))
    }

    fn gate_shut(&mut self, agent: &str) -> Outcome {
        for (method, path) in GATED {
            let path = path.replace("{agent}", agent);
            let reply = self.driver.ask(agent, Request { method, path: &path, body: "<User/>" })?;
            self.evidence.add("refused", format!("{method} {path} {}", reply.status));
            ensure(reply.status == 503, || format!("{method} {path} was answered {}", reply.status))?;
        }
        let serves = self.in_service()?;
        self.evidence.add("system_info", "200 OUT_OF_SERVICE");
        ensure(!serves, || "SystemInfo says IN_SERVICE".into())
    }

    fn events(&mut self, agent: &str, expected: &[&str]) -> Outcome {
        let events: Vec<String> = self.seen(agent)?.iter().map(Seen::short).collect();
        self.evidence.add("events", events.clone());
        ensure(events == expected, || format!("{agent} saw {events:?}, expected {expected:?}"))
    }

    fn only_system_info(&mut self, agent: &str) -> Outcome {
        let seen = self.seen(agent)?;
        let other: Vec<String> = seen
            .iter()
            .filter(|seen| !matches!(seen.object, Object::System { .. }))
            .map(Seen::short)
            .collect();
        self.evidence.add("events", seen.iter().map(Seen::short).collect::<Vec<_>>());
        ensure(other.is_empty(), || format!("{agent} saw {other:?}"))
    }

    fn no_dialog_events(&mut self, agent: &str) -> Outcome {
        let seen = self.seen(agent)?;
        self.evidence.add("events", seen.iter().map(Seen::short).collect::<Vec<_>>());
        let told = seen.iter().find(|seen| seen.dialog().is_some());
        ensure(told.is_none(), || format!("{agent} saw {told:?}"))
    }

    fn agrees(&mut self, agent: &str) -> Outcome {
        let truth = self.driver.truth(agent)?;
        self.evidence.add("truth", describe(&truth));
        let disagreement = self.disagreement(agent)?;
        ensure(disagreement.is_none(), || disagreement.unwrap_or_default())
    }

    fn parties(&mut self, agent: &str, count: usize) -> Outcome {
        let truth = self.driver.truth(agent)?;
        let parties = truth.legs.last().map_or(0, |leg| leg.parties.len());
        self.evidence.add("parties", parties);
        ensure(parties == count, || format!("{parties} parties are on the call of {agent}, expected {count}"))
    }

    fn leg(&mut self, agent: &str, state: Option<&str>) -> Outcome {
        let truth = self.driver.truth(agent)?;
        let held = truth.legs.last().map(|leg| leg.state.as_str());
        self.evidence.add("leg", held.unwrap_or("none"));
        ensure(held == state, || format!("the leg of {agent} is {held:?}, expected {state:?}"))
    }

    fn told_wrong(&mut self) -> Outcome {
        let told = self.driver.told_wrong()?.saturating_sub(self.mark.told_wrong);
        self.evidence.add("told_wrong", told);
        ensure(told > 0, || "nothing of conferences was told wrong".into())
    }

    fn told_right(&mut self) -> Outcome {
        let told = self.driver.told_wrong()?;
        self.evidence.add("told_wrong", told);
        ensure(told == 0, || format!("{told} messages of conferences were told wrong"))
    }

    /// Events since the mark that showed a call as being rebuilt.
    pub(super) fn marks_seen(&mut self, agent: &str) -> Result<usize, Trouble> {
        Ok(self.seen(agent)?.iter().filter(|seen| is_marked(seen)).count())
    }

    fn saw_mark(&mut self, agent: &str, fits: fn(usize) -> bool) -> Outcome {
        let marks = self.marks_seen(agent)?;
        self.evidence.add("marks_seen", marks);
        ensure(fits(marks), || format!("{marks} events showed {agent} a call as being rebuilt"))
    }
}

fn is_marked(seen: &Seen) -> bool {
    matches!(&seen.object, Object::Dialog(dialog) if marked(dialog))
}

fn describe(truth: &Truth) -> String {
    let legs: Vec<String> = truth
        .legs
        .iter()
        .map(|leg| format!("call {} {} of {}", leg.call, leg.state, leg.parties.len()))
        .collect();
    format!("{} {}", truth.state, legs.join(", ")).trim_end().to_owned()
}
