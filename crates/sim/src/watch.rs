//! What must always hold, checked while it happens (the numbers are those of the design's list).
//!
//! The watch sits outside of the nodes: it reads the wire to the CTI servers, the answers that desktops get and the
//! events that they see. It believes nothing that a node says of itself, but for the moment at which it announces that
//! it is in service. Driven by the world; what can only be judged when nothing moves is in `quiet`.

mod acts;
mod command;
mod goal;
mod lies;
mod novelty;
mod quiet;
mod restored;
mod screens;
mod truth;
mod wire;

use std::collections::BTreeMap;
use std::time::Duration;

use node::HttpId;
use node::api::{HttpRequest, HttpResponse};
use switch::{ConnId, CtiPair, WrongNews};

use crate::desktop::Desktop;
use crate::seen::Seen;
use crate::world::Plan;
use acts::Acts;
use lies::Lies;
use novelty::Novelty;
use quiet::Answers;
use restored::Restored;
use screens::Screens;
use wire::Wire;

/// All that is known about whether the rules hold.
pub struct Watch {
    broken: Option<String>,
    wires: Vec<Wire>,
    acts: Acts,
    restored: Restored,
    screens: Screens,
    novelty: Novelty,
    lies: Lies,
    /// By node and person: how often the desktop had changed and what GET answered when the two agreed last.
    agreed: BTreeMap<(usize, String), (u64, Answers)>,
    /// Requests on their way through a node: whether it was in service when they came.
    requests: BTreeMap<HttpId, bool>,
    recoveries: u64,
}

impl Watch {
    pub(crate) fn new(plan: &Plan) -> Self {
        let wire = |_| Wire::new(plan.recovery.clone(), plan.switch().peripheral_id);
        Self {
            broken: None,
            wires: (0..plan.nodes).map(wire).collect(),
            acts: Acts::default(),
            restored: Restored::default(),
            screens: Screens::default(),
            novelty: Novelty::default(),
            lies: Lies::default(),
            agreed: BTreeMap::new(),
            requests: BTreeMap::new(),
            recoveries: 0,
        }
    }

    /// The first broken rule.
    pub fn broken(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    /// How often nodes came into service.
    pub(crate) fn recoveries(&self) -> u64 {
        self.recoveries
    }

    /// A rule is broken. Only the first one counts: the rest may follow from it.
    pub(crate) fn report(&mut self, now: Duration, says: String) {
        if self.broken.is_none() {
            self.broken = Some(format!("at {now:?}: {says}"));
        }
    }

    pub(crate) fn serving(&self, node: usize) -> bool {
        self.wires.get(node).is_some_and(|wire| wire.serving)
    }

    /// From now on CTI tells of conferences as this says.
    pub(crate) fn conferences_told(&mut self, how: Option<WrongNews>, now: Duration) {
        self.lies.told(how, now);
    }

    /// An agent has changed his state at the phone.
    pub(crate) fn acted(&mut self, agent: &str, now: Duration) {
        self.restored.acted(agent, now);
    }

    /// Whether what was told wrong may still be believed.
    pub(crate) fn may_believe_lies(&self, now: Duration) -> bool {
        self.lies.may_be_believed(now)
    }

    /// Whether nothing may be doubtful any more.
    pub(crate) fn demand_certainty(&mut self, demanded: bool) {
        self.lies.certain = demanded;
    }

    // The CTI wire --------------------------------------------------------------------------------------------

    pub(crate) fn dialed(&mut self, node: usize) {
        if let Some(wire) = self.wires.get_mut(node) {
            wire.reset();
        }
    }

    pub(crate) fn hung_up(&mut self, node: usize, now: Duration) {
        self.acts.session_lost(node, now);
        self.dialed(node);
    }

    pub(crate) fn node_crashed(&mut self, node: usize) {
        self.acts.forget_node(node);
        if let Some(wire) = self.wires.get_mut(node) {
            wire.reset();
            wire.serving = false;
        }
    }

    pub(crate) fn written(&mut self, node: usize, conn: ConnId, bytes: &[u8], pair: &CtiPair, now: Duration) {
        let Some(wire) = self.wires.get_mut(node) else { return };
        match wire.written(bytes, now) {
            // What was misread cannot be matched.
            Ok(_) if wire.blind => self.acts.give_up(node),
            Ok(commands) => {
                for command in commands {
                    if let Err(says) = self.acts.sent(node, conn, &command, now)
                        && !self.restored.allows(node, &command, pair, now)
                    {
                        self.report(now, says);
                    }
                }
            }
            Err(says) => self.report(now, format!("node {node}: {says}")),
        }
    }

    pub(crate) fn delivered(
        &mut self,
        node: usize,
        bytes: &[u8],
        readable: bool,
        pair: &CtiPair,
        now: Duration,
    ) {
        let Some(wire) = self.wires.get_mut(node) else { return };
        if !readable {
            wire.blind = true;
        }
        match wire.delivered(bytes, pair) {
            Ok(answers) => {
                answers.into_iter().for_each(|(invoke, granted)| self.acts.answered(node, invoke, granted))
            }
            Err(says) => self.report(now, format!("node {node}: {says}")),
        }
    }

    pub(crate) fn published(&mut self, node: usize, in_service: bool, pair: &CtiPair, now: Duration) {
        let Some(wire) = self.wires.get_mut(node) else { return };
        let outcome = if in_service && !wire.serving { wire.may_serve(pair, now) } else { Ok(()) };
        self.recoveries += u64::from(in_service && !wire.serving);
        let (lost, back) = (wire.serving && !in_service, in_service && !wire.serving);
        wire.news &= in_service && wire.serving;
        wire.news |= !in_service;
        wire.serving = in_service;
        if lost {
            self.acts.session_lost(node, now);
            self.restored.lost(node, now);
        }
        if back {
            self.restored.returned(node, now);
        }
        if let Err(says) = outcome {
            self.report(now, format!("(3) node {node} is in service, but {says}"));
        }
    }

    // Requests ------------------------------------------------------------------------------------------------

    pub(crate) fn pressed(
        &mut self,
        index: usize,
        node: usize,
        desktop: &Desktop,
        id: HttpId,
        request: &HttpRequest,
    ) {
        self.acts.pressed(index, node, desktop, id, request);
    }

    pub(crate) fn request_arrives(&mut self, node: usize, id: HttpId) {
        let serving = self.serving(node);
        self.requests.insert(id, serving);
    }

    pub(crate) fn answered(
        &mut self,
        node: usize,
        id: HttpId,
        path: &str,
        response: &HttpResponse,
        now: Duration,
    ) {
        let (before, after) = (self.requests.remove(&id).unwrap_or(false), self.serving(node));
        if let Err(says) = legal(path, response, before, after) {
            self.report(now, format!("(1) node {node} {path}: {says}"));
        }
        if response.status == 202 {
            self.news(node);
        }
        if let Some(agent) = self.acts.replied(id, response.status) {
            self.restored.acted(&agent, now);
        }
    }

    // Screens -------------------------------------------------------------------------------------------------

    pub(crate) fn seen(&mut self, desktop: usize, node: usize, seen: &Seen, now: Duration) {
        let still = self.wires.get(node).is_some_and(|wire| !wire.news);
        let outcome = self
            .screens
            .seen(desktop, seen, still)
            .and_then(|()| self.novelty.seen(desktop, seen))
            .and_then(|()| self.acts.seen(desktop, seen));
        if let Err(says) = outcome {
            self.report(now, format!("desktop {desktop}: {says}"));
        }
    }

    pub(crate) fn desktop_lost(&mut self, desktop: usize) {
        self.screens.lost(desktop);
        self.novelty.lost(desktop);
        self.acts.forget_desktop(desktop);
    }

    /// From now on more than the recovery can change what is shown.
    fn news(&mut self, node: usize) {
        if let Some(wire) = self.wires.get_mut(node) {
            wire.news = true;
        }
    }
}

/// (1) A request is answered in service, or refused with the documented error.
fn legal(path: &str, response: &HttpResponse, before: bool, after: bool) -> Result<(), String> {
    let refused = response.status == 503;
    match (before, after) {
        _ if path == "/finesse/api/SystemInfo" => {
            ensure(response.status == 200, || "SystemInfo does not answer".into())
        }
        (true, true) => {
            ensure(response.status < 500, || format!("answered {} although in service", response.status))
        }
        (false, false) => ensure(refused, || format!("answered {} although out of service", response.status)),
        (true, false) => ensure(refused || response.status < 500, || format!("answered {}", response.status)),
        (false, true) => ensure(response.status < 500 || refused, || format!("answered {}", response.status)),
    }
}

pub(crate) fn ensure(holds: bool, says: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(says()) }
}
