use std::time::Duration;

use node::failover::cti::Side;
use node::xml::{Element, Limits};

use super::driver::{Driver, Trouble, Truth};
use super::report::{Evidence, Report};
use super::step::{Condition, Expect, Phone, Request, Row, Setting, Step};
use crate::seen::{Document, Object, Seen};

/// How often a condition is looked at. Short against the 100 ms between two dials.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How long a sign-in may take until the desktop shows it.
const SIGN_IN_WITHIN: Duration = Duration::from_secs(10);

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

/// Carries out one row. `extra` settings replace those of the row: a control may try to break it.
pub fn run(row: &Row, extra: &[Setting], driver: &mut dyn Driver) -> Report {
    let settings: Vec<Setting> = row.settings.iter().chain(extra).cloned().collect();
    let mut run = Run { driver, evidence: Evidence::default(), mark: Mark::default() };
    let outcome = run.carry_out(&settings, &row.steps);
    let evidence = run.evidence;
    match outcome {
        Ok(()) => Report { id: row.id, passed: true, says: row.says.into(), evidence },
        Err(trouble) => Report { id: row.id, passed: false, says: trouble.0, evidence },
    }
}

struct Run<'a> {
    driver: &'a mut dyn Driver,
    evidence: Evidence,
    mark: Mark,
}

/// Where counting began.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    at: Duration,
    dials: usize,
    heartbeats: [(u64, u64); 2],
    commands: u64,
}

type Outcome = Result<(), Trouble>;

impl Run<'_> {
    fn carry_out(&mut self, settings: &[Setting], steps: &[Step]) -> Outcome {
        self.driver.start(settings)?;
        for (n, step) in steps.iter().enumerate() {
            self.step(step).map_err(|trouble| Trouble(format!("step {}: {trouble}", n + 1)))?;
        }
        Ok(())
    }

    fn step(&mut self, step: &Step) -> Outcome {
        match step {
            Step::Fault(fault) => self.driver.fault(*fault),
            Step::Phone(phone) => self.phone(*phone),
            Step::SignIn(agent) => self.sign_in(agent),
            Step::Ask { agent, request, status } => self.ask(agent, *request, *status),
            Step::Let(time) => self.driver.wait(*time),
            Step::Wait(condition, limit) => self.wait(*condition, *limit),
            Step::Mark => self.set_mark(),
            Step::Expect(expect) => self.expect(expect),
        }
    }

    // Deeds ---------------------------------------------------------------------------------------------------

    fn sign_in(&mut self, agent: &str) -> Outcome {
        let extension = self.driver.truth(agent)?.extension;
        self.driver.open_desktop(agent)?;
        let body = format!("<User><state>LOGIN</state><extension>{extension}</extension></User>");
        let request = Request { method: "PUT", path: &format!("/finesse/api/User/{agent}"), body: &body };
        let reply = self.driver.ask(agent, request)?;
        ensure(reply.status == 202, || format!("sign-in of {agent} was answered {}", reply.status))?;
        self.until(SIGN_IN_WITHIN, &format!("{agent} is signed in"), |run| {
            Ok(run.shown(agent)?.state == "NOT_READY")
        })
    }

    fn ask(&mut self, agent: &str, request: Request<'_>, status: u16) -> Outcome {
        let truth = self.driver.truth(agent)?;
        let call = truth.legs.last().map(|leg| leg.call.to_string()).unwrap_or_default();
        let fill = |text: &str| text.replace("{call}", &call).replace("{ext}", &truth.extension);
        let (path, body) = (fill(request.path), fill(request.body));
        let reply = self.driver.ask(agent, Request { method: request.method, path: &path, body: &body })?;
        self.evidence.add("answer", reply.status);
        ensure(reply.status == status, || {
            format!("{} {path} was answered {}, not {status}", request.method, reply.status)
        })
    }

    fn phone(&mut self, phone: Phone) -> Outcome {
        let (deed, agent) = match phone {
            Phone::CallIn { from, to } => {
                let extension = self.driver.truth(to)?.extension;
                return self.driver.call_in(from, &extension).map(|_| ());
            }
            Phone::Answer(agent) => ("answer", agent),
            Phone::Hold(agent) => ("hold", agent),
            Phone::Retrieve(agent) => ("retrieve", agent),
            Phone::HangUp(agent) => ("hang-up", agent),
        };
        let truth = self.driver.truth(agent)?;
        let leg = truth.legs.last().ok_or_else(|| Trouble(format!("{agent} has no call")))?;
        self.driver.phone(deed, &truth.extension, leg.call)
    }

    fn set_mark(&mut self) -> Outcome {
        let (a, b) = (self.driver.arrived(Side::A)?, self.driver.arrived(Side::B)?);
        self.mark = Mark {
            at: self.driver.now(),
            dials: self.driver.dials()?.len(),
            heartbeats: [(a.heartbeats, a.confirmed), (b.heartbeats, b.confirmed)],
            commands: a.commands + b.commands,
        };
        Ok(())
    }

    // Waiting -------------------------------------------------------------------------------------------------

    fn wait(&mut self, condition: Condition, limit: Duration) -> Outcome {
        let begun = self.driver.now();
        let what = format!("{condition:?}");
        self.until(limit, &what, |run| run.holds(condition))?;
        let took = self.driver.now().saturating_sub(begun).as_millis();
        if condition == Condition::InService {
            self.evidence.add("in_service_after_ms", u64::try_from(took).unwrap_or(u64::MAX));
        }
        Ok(())
    }

    fn until(
        &mut self,
        limit: Duration,
        what: &str,
        holds: impl Fn(&mut Self) -> Result<bool, Trouble>,
    ) -> Outcome {
        let end = self.driver.now() + limit;
        while !holds(self)? {
            ensure(self.driver.now() < end, || format!("not within {limit:?}: {what}"))?;
            self.driver.wait(LOOK_EVERY)?;
        }
        Ok(())
    }

    fn holds(&mut self, condition: Condition) -> Result<bool, Trouble> {
        match condition {
            Condition::InService => self.in_service(),
            Condition::OutOfService => Ok(!self.in_service()?),
            Condition::Dials(count) => Ok(self.order()?.len() >= count),
            Condition::Heartbeats(side, count) => Ok(self.heartbeats(side)?.0 >= count),
            Condition::Shows(agent, state) => Ok(self.shown(agent)?.state == state),
            Condition::ShowsLeg(agent, state) => self.shows_leg(agent, state),
            Condition::ShowsNoCall(agent) => Ok(self.shown(agent)?.dialogs.is_empty()),
        }
    }

    fn in_service(&mut self) -> Result<bool, Trouble> {
        let reply =
            self.driver.ask("", Request { method: "GET", path: "/finesse/api/SystemInfo", body: "" })?;
        ensure(reply.status == 200, || format!("SystemInfo was answered {}", reply.status))?;
        Ok(reply.body.contains("<status>IN_SERVICE</status>"))
    }

    fn shows_leg(&mut self, agent: &str, state: &str) -> Result<bool, Trouble> {
        let truth = self.driver.truth(agent)?;
        let Some(leg) = truth.legs.last() else { return Ok(false) };
        let shown = self.shown(agent)?;
        let dialog = shown.dialogs.iter().find(|dialog| dialog.id == leg.call.to_string());
        Ok(dialog.and_then(|dialog| dialog.leg(&truth.extension)).as_deref() == Some(state))
    }

    // Counting ------------------------------------------------------------------------------------------------

    /// Sides dialed since the mark, as letters.
    fn order(&mut self) -> Result<String, Trouble> {
        Ok(self.driver.dials()?.iter().skip(self.mark.dials).map(|dial| dial.side.to_string()).collect())
    }

    fn first_dial(&mut self) -> Result<Duration, Trouble> {
        let dials = self.driver.dials()?;
        let first = dials.get(self.mark.dials).ok_or_else(|| Trouble("there was no dial".into()))?;
        Ok(first.at.saturating_sub(self.mark.at))
    }

    /// HEARTBEAT_REQ and HEARTBEAT_CONF since the mark.
    fn heartbeats(&mut self, side: Side) -> Result<(u64, u64), Trouble> {
        let now = self.driver.arrived(side)?;
        let [a, b] = self.mark.heartbeats;
        let (asked, confirmed) = if side == Side::A { a } else { b };
        Ok((now.heartbeats.saturating_sub(asked), now.confirmed.saturating_sub(confirmed)))
    }

    fn seen(&mut self, agent: &str) -> Result<Vec<Seen>, Trouble> {
        let at = self.mark.at;
        Ok(self.driver.seen(agent)?.into_iter().filter(|seen| seen.at >= at).collect())
    }

    fn shown(&mut self, agent: &str) -> Result<Shown, Trouble> {
        Ok(Shown::of(&self.driver.seen(agent)?))
    }

    // Expectations --------------------------------------------------------------------------------------------

    fn expect(&mut self, expect: &Expect) -> Outcome {
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
        let shown = self.shown(agent)?;
        let answered = self.answered(agent)?;
        self.evidence.add("truth", describe(&truth));
        answered.agrees_with(&truth).map_err(|why| Trouble(format!("REST: {why}")))?;
        shown.agrees_with(&truth).map_err(|why| Trouble(format!("desktop of {agent}: {why}")))
    }

    /// What GET shows.
    fn answered(&mut self, agent: &str) -> Result<Shown, Trouble> {
        let user = self.get(agent, &format!("/finesse/api/User/{agent}"))?;
        let dialogs = self.get(agent, &format!("/finesse/api/User/{agent}/Dialogs"))?;
        Ok(Shown {
            state: user.child_text("state").unwrap_or_default(),
            dialogs: dialogs.children().map(Document::read).collect(),
        })
    }

    fn get(&mut self, agent: &str, path: &str) -> Result<Element, Trouble> {
        let reply = self.driver.ask(agent, Request { method: "GET", path, body: "" })?;
        ensure(reply.status == 200, || format!("GET {path} was answered {}", reply.status))?;
        Element::parse(reply.body.as_bytes(), &Limits::default())
            .map_err(|error| Trouble(format!("GET {path}: {error}")))
    }
}

/// What a desktop shows after all its events.
#[derive(Debug, Default)]
struct Shown {
    state: String,
    dialogs: Vec<Document>,
}

impl Shown {
    fn of(seen: &[Seen]) -> Self {
        let mut shown = Self::default();
        for event in seen {
            match &event.object {
                Object::User(user) => shown.state.clone_from(&user.state),
                Object::Dialog(dialog) => {
                    shown.dialogs.retain(|other| other.id != dialog.id);
                    if event.verb != "DELETE" {
                        shown.dialogs.push(dialog.clone());
                    }
                }
                Object::System { .. } | Object::Error { .. } | Object::Other(_) => {}
            }
        }
        shown
    }

    fn agrees_with(&self, truth: &Truth) -> Result<(), String> {
        if self.state != truth.state {
            return Err(format!("state {}, the switch says {}", self.state, truth.state));
        }
        let mut shown: Vec<_> =
            self.dialogs.iter().map(|dialog| (dialog.id.clone(), dialog.leg(&truth.extension))).collect();
        let mut held: Vec<_> =
            truth.legs.iter().map(|leg| (leg.call.to_string(), Some(leg.state.clone()))).collect();
        shown.sort();
        held.sort();
        if shown == held { Ok(()) } else { Err(format!("calls {shown:?}, the switch says {held:?}")) }
    }
}

fn describe(truth: &Truth) -> String {
    let legs: Vec<String> = truth.legs.iter().map(|leg| format!("call {} {}", leg.call, leg.state)).collect();
    format!("{} {}", truth.state, legs.join(", ")).trim_end().to_owned()
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn ensure(holds: bool, says: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(Trouble(says())) }
}
