mod clients;
mod desks;
mod expectations;
mod hands;
mod knocks;
mod watching;

use std::collections::BTreeMap;
use std::time::Duration;

use node::failover::awdb::Host;
use node::failover::cti::Side;
use node::xml::{Element, Limits};

use super::client::ClientPace;
use super::driver::{Driver, Trouble};
use super::report::{Evidence, Report};
use super::shown::Shown;
use super::step::{Condition, Request, Row, Setting, Step};
use crate::seen::{Document, Seen};
use watching::History;

/// How often a condition is looked at. Short against the 100 ms between two dials.
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// How long a sign-in may take until the desktop shows it.
const SIGN_IN_WITHIN: Duration = Duration::from_secs(10);

/// Carries out one row. `extra` settings replace those of the row: a control may try to break it.
pub fn run(row: &Row, extra: &[Setting], driver: &mut dyn Driver) -> Report {
    let mut run = Run {
        driver,
        evidence: Evidence::default(),
        mark: Mark::default(),
        histories: BTreeMap::new(),
        left: BTreeMap::new(),
        fencing: true,
        pace: ClientPace::TRUE,
    };
    let outcome = run.carry_out(row, extra);
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
    /// What was true since the mark, by agents who are signed in.
    histories: BTreeMap<&'static str, History>,
    /// When desktops were left last, by agents.
    left: BTreeMap<&'static str, Duration>,
    /// Desktop servers ask each other before they log anybody out.
    fencing: bool,
    /// Of desktops of two servers.
    pace: ClientPace,
}

/// Where counting began.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    at: Duration,
    dials: usize,
    heartbeats: [(u64, u64); 2],
    commands: u64,
    told_wrong: u64,
    logouts: usize,
    awdbs: [u64; 2],
}

impl Mark {
    fn awdb(&self, host: Host) -> u64 {
        let [primary, secondary] = self.awdbs;
        match host {
            Host::Primary => primary,
            Host::Secondary => secondary,
        }
    }
}

type Outcome = Result<(), Trouble>;

impl Run<'_> {
    fn carry_out(&mut self, row: &Row, extra: &[Setting]) -> Outcome {
        if let Some(scale) = row.scale {
            self.evidence.add("scale", scale);
        }
        self.pace = ClientPace::of(row);
        self.begin(row, &[], extra)?;
        for (n, step) in row.steps.iter().enumerate() {
            let done = match step {
                Step::Anew(settings) => self.begin(row, settings, extra),
                step => self.step(step).and_then(|()| self.remember()),
            };
            done.map_err(|trouble| Trouble(format!("step {}: {trouble}", n + 1)))?;
        }
        Ok(())
    }

    /// The first moment of a world: nothing is remembered of another.
    fn begin(&mut self, row: &Row, more: &[Setting], extra: &[Setting]) -> Outcome {
        let settings: Vec<Setting> = row.settings.iter().chain(more).chain(extra).cloned().collect();
        (self.mark, self.histories, self.left) = Default::default();
        let effective: BTreeMap<&str, &str> =
            settings.iter().map(|setting| (setting.key.as_str(), setting.value.as_str())).collect();
        self.fencing = effective.get("presence.fencing") != Some(&"off");
        effective.into_iter().for_each(|(key, value)| self.evidence.add(key, value));
        self.driver.start(&settings, row.nodes)
    }

    fn step(&mut self, step: &Step) -> Outcome {
        match step {
            // Carried out where the row's settings are known.
            Step::Anew(_) => Ok(()),
            Step::Fault(fault) => self.driver.fault(*fault),
            Step::Phone(phone) => self.phone(*phone),
            Step::SignIn(agent) => self.sign_in(agent),
            Step::SignInAt(agent, server) => self.sign_in_at(agent, *server),
            Step::Open(agent, server) => self.driver.open_desktop_at(agent, *server),
            Step::OpenPair(agent) => self.driver.open_pair(agent, &self.pace.settings()),
            Step::Leave(agent, how) => self.leave(agent, *how),
            Step::Ask { agent, request, status } => self.ask(agent, *request, *status),
            Step::Knock(knock) => self.knock(knock),
            Step::Administer { request, status, says } => self.administer(*request, *status, says),
            Step::Let(time) => self.driver.wait(*time),
            Step::Wait(condition, limit) => self.wait(*condition, *limit),
            Step::Watch(agent, time) => self.watch(agent, *time),
            Step::Mark => self.set_mark(),
            Step::Expect(expect) => self.expect(expect),
        }
    }

    // Deeds ---------------------------------------------------------------------------------------------------

    fn sign_in(&mut self, agent: &'static str) -> Outcome {
        self.driver.open_desktop(agent)?;
        self.ask_to_sign_in(agent)?;
        self.until(SIGN_IN_WITHIN, &format!("{agent} is signed in"), |run| {
            let held = run.driver.truth(agent)?.state;
            Ok(held != "LOGOUT" && run.shown(agent)?.state == held)
        })?;
        self.histories.entry(agent).or_default();
        Ok(())
    }

    fn ask(&mut self, agent: &str, request: Request<'_>, status: u16) -> Outcome {
        let truth = self.driver.truth(agent)?;
        let call = truth.legs.last().map(|leg| leg.call.to_string()).unwrap_or_default();
        let fill = |text: &str| {
            text.replace("{agent}", agent).replace("{call}", &call).replace("{ext}", &truth.extension)
        };
        let (path, body) = (fill(request.path), fill(request.body));
        let request = Request { method: request.method, path: &path, body: &body };
        let reply = self.driver.ask(agent, request)?;
        self.evidence.add("answered", format!("{} {}", request.short(), reply.status));
        ensure(reply.status == status, || {
            format!("{} {path} was answered {}, not {status}", request.method, reply.status)
        })
    }

    fn set_mark(&mut self) -> Outcome {
        let (a, b) = (self.driver.arrived(Side::A)?, self.driver.arrived(Side::B)?);
        self.mark = Mark {
            at: self.driver.now(),
            dials: self.driver.dials()?.len(),
            heartbeats: [(a.heartbeats, a.confirmed), (b.heartbeats, b.confirmed)],
            commands: a.commands + b.commands,
            told_wrong: self.driver.told_wrong()?,
            logouts: self.driver.forced_logouts()?.len(),
            awdbs: self.awdbs_asked()?,
        };
        self.histories.values_mut().for_each(History::forget);
        Ok(())
    }

    // Waiting -------------------------------------------------------------------------------------------------

    fn wait(&mut self, condition: Condition, limit: Duration) -> Outcome {
        let begun = self.driver.now();
        let what = format!("{condition:?}");
        self.until(limit, &what, |run| run.holds(condition)).map_err(|late| self.explain(late, condition))?;
        let took = millis(self.driver.now().saturating_sub(begun));
        if condition == Condition::InService {
            self.evidence.add("in_service_after_ms", took);
        }
        if let Some(shown) = shown(condition) {
            self.evidence.add("shown", format!("{shown} after {took} ms"));
        }
        Ok(())
    }

    /// What it was that did not come to agree.
    fn explain(&mut self, late: Trouble, condition: Condition) -> Trouble {
        let Condition::Agrees(agent) = condition else { return late };
        match self.disagreement(agent) {
            Ok(Some(why)) => Trouble(format!("{late}: {why}")),
            Ok(None) | Err(_) => late,
        }
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
            Condition::ShowsMarked(agent) => self.shows_marked(agent),
            Condition::SawMark(agent) => Ok(self.marks_seen(agent)? > 0),
            Condition::Agrees(agent) => Ok(self.disagreement(agent)?.is_none()),
            Condition::AllInService => self.driver.all_in_service(),
            Condition::Linked => Ok(!self.fencing || self.driver.linked()?),
            Condition::Unlinked => Ok(!self.fencing || !self.driver.linked()?),
            Condition::Holds(agent, state) => Ok(self.driver.truth(agent)?.state == state),
            Condition::Works(agent, server) => self.works(agent, server),
            Condition::Told(agent, kind, server) => self.was_told(agent, kind, server),
            Condition::Polled(agent, server, count) => Ok(self.polls(agent, server)?.len() >= count),
            Condition::PairShowsCall(agent) => Ok(self.driver.client(agent)?.shows_calls),
            Condition::Logouts(agent, server, count) => Ok(self.logouts_by(agent, server)? >= count),
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

    /// The newest call, by events and by REST.
    fn shows_marked(&mut self, agent: &str) -> Result<bool, Trouble> {
        let truth = self.driver.truth(agent)?;
        let Some(leg) = truth.legs.last() else { return Ok(false) };
        let (shown, answered) = (self.shown(agent)?, self.answered(agent)?);
        Ok(shown.marks(leg.call) && answered.marks(leg.call))
    }

    /// Where events or REST say something else than the switch.
    fn disagreement(&mut self, agent: &str) -> Result<Option<String>, Trouble> {
        let (truth, shown, answered) = (self.driver.truth(agent)?, self.shown(agent)?, self.answered(agent)?);
        let rest = answered.agrees_with(&truth).map_err(|why| format!("REST: {why}"));
        let desktop = shown.agrees_with(&truth).map_err(|why| format!("desktop of {agent}: {why}"));
        Ok(rest.and(desktop).err())
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

/// What the desktop shows when this holds, for the report.
fn shown(condition: Condition) -> Option<String> {
    match condition {
        Condition::Shows(agent, state) => Some(format!("{agent} {state}")),
        Condition::ShowsLeg(agent, state) => Some(format!("{agent} call {state}")),
        Condition::ShowsNoCall(agent) => Some(format!("{agent} no call")),
        Condition::ShowsMarked(agent) => Some(format!("{agent} call being rebuilt")),
        Condition::InService
        | Condition::OutOfService
        | Condition::Dials(_)
        | Condition::Heartbeats(..)
        | Condition::Agrees(_)
        | Condition::SawMark(_)
        | Condition::AllInService
        | Condition::Linked
        | Condition::Unlinked
        | Condition::Holds(..)
        | Condition::Works(..)
        | Condition::Told(..)
        | Condition::Polled(..)
        | Condition::PairShowsCall(_)
        | Condition::Logouts(..) => None,
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn ensure(holds: bool, says: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(Trouble(says())) }
}
