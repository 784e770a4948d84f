//! What must always hold, checked while it happens (the numbers are those of the design's list).
//!
//! The watch sits outside of the nodes: it reads the wire to the CTI servers, the answers that desktops get and the
//! events that they see. It believes nothing that a node says of itself, but for the moment at which it announces that
//! it is in service. Driven by the world; what can only be judged when nothing moves is in `quiet`.

mod acts;
mod command;
mod dials;
mod forced;
mod goal;
mod leaving;
mod lies;
mod novelty;
mod quiet;
mod reasons;
mod restored;
mod screens;
mod truth;
mod wire;

use std::collections::BTreeMap;
use std::time::Duration;

use node::api::{HttpRequest, HttpResponse};
use node::domain::{AgentId, Domain};
use node::failover::cti::{Epoch, Side};
use node::failover::fence::Message;
use node::ged188::Version;
use node::{HttpId, Services};
use switch::{ConnId, CtiPair, WrongNews};

use crate::desktop::Desktop;
use crate::seen::{Document, Seen};
use crate::world::{Leaving, Plan};
use acts::Acts;
use command::{Command, FORCED_LOGOUT};
use dials::Dials;
pub use forced::Logouts;
use forced::{Forced, Written};
pub(crate) use leaving::Standing;
use leaving::Standings;
use lies::Lies;
use novelty::Novelty;
use quiet::Answers;
use reasons::Reasons;
use restored::Restored;
use screens::Screens;
use wire::Wire;

/// All that is known about whether the rules hold.
pub struct Watch {
    broken: Option<String>,
    wires: Vec<Wire>,
    dials: Vec<Dials>,
    acts: Acts,
    restored: Restored,
    forced: Forced,
    screens: Screens,
    novelty: Novelty,
    lies: Lies,
    reasons: Reasons,
    /// By node and person: how often the desktop had changed and what GET answered when the two agreed last.
    agreed: BTreeMap<(usize, String), (u64, Answers)>,
    /// Requests on their way through a node.
    requests: BTreeMap<HttpId, Came>,
    standings: Standings,
    recoveries: u64,
    /// Stanzas that may wait for a client.
    queue_max: usize,
}

/// A request that came to a node, and how it stood with that.
#[derive(Clone, Copy)]
struct Came {
    node: usize,
    at: Duration,
    serving: bool,
    stopped: bool,
}

/// The smallest event has more bytes.
const STANZA_MIN: usize = 100;

/// Nobody waits longer for an answer: two AWDBs that are silent one after the other, or a sign-in that the other node holds.
const ANSWERED_WITHIN: Duration = Duration::from_secs(30);

/// Who writes to CTI.
#[derive(Clone, Copy)]
pub(crate) struct Writer<'a> {
    /// The node.
    pub(crate) node: usize,
    /// Its connection.
    pub(crate) conn: ConnId,
    /// What it holds.
    pub(crate) domain: Option<&'a Domain>,
}

impl Watch {
    pub(crate) fn new(plan: &Plan) -> Self {
        let wire = |_| Wire::new(plan);
        Self {
            broken: None,
            wires: (0..plan.nodes).map(wire).collect(),
            dials: (0..plan.nodes).map(|_| Dials::new(plan.cti_rules.clone())).collect(),
            acts: Acts::default(),
            restored: Restored::default(),
            forced: Forced::new(plan),
            screens: Screens::default(),
            novelty: Novelty::default(),
            lies: Lies::default(),
            reasons: Reasons::default(),
            agreed: BTreeMap::new(),
            requests: BTreeMap::new(),
            standings: Standings::default(),
            recoveries: 0,
            queue_max: plan.queue_max,
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

    /// What the session of a node speaks.
    pub(crate) fn version(&self, node: usize) -> Option<Version> {
        self.wires.get(node)?.version()
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
        self.restored.acted_at_the_phone(agent, now);
    }

    /// Whether what was told wrong may still be believed.
    pub(crate) fn may_believe_lies(&self, now: Duration) -> bool {
        self.lies.may_be_believed(now)
    }

    /// A connection corrupts bytes from now on.
    pub(crate) fn bytes_corrupted(&mut self) {
        self.lies.corrupted = true;
    }

    /// Whether this dialog bears a mark that must go in the end.
    pub(crate) fn must_lose_its_mark(&self, pair: &CtiPair, dialog: &Document) -> bool {
        self.lies.must_go(pair, dialog)
    }

    /// Whether nothing may be doubtful any more.
    pub(crate) fn demand_certainty(&mut self, demanded: bool) {
        self.lies.certain = demanded;
    }

    // The CTI wire --------------------------------------------------------------------------------------------

    pub(crate) fn dialed(&mut self, node: usize, epoch: Epoch, side: Side, now: Duration) {
        if let Some(wire) = self.wires.get_mut(node) {
            wire.reset(Some(epoch));
        }
        let judged = self.dials.get_mut(node).map_or(Ok(()), |dials| dials.dialed(side, now));
        self.judge(judged.map_err(|says| format!("{says}, node {node}")), now);
    }

    /// A node ends a connection, perhaps an old one that has said goodbye.
    pub(crate) fn hung_up(&mut self, node: usize, epoch: Epoch, now: Duration) {
        let Some(wire) = self.wires.get_mut(node).filter(|wire| wire.epoch == Some(epoch)) else { return };
        let (judged, unreadable) = (wire.may_end(), wire.blind);
        wire.reset(None);
        self.dials.get_mut(node).into_iter().for_each(|dials| dials.gave_up(unreadable, now));
        self.acts.session_lost(node, now);
        self.judge(judged.map_err(|says| format!("(CTI-7) node {node} {says}")), now);
    }

    /// A node is told that its connection is gone.
    pub(crate) fn ended(&mut self, node: usize, epoch: Epoch) {
        if let Some(wire) = self.wires.get_mut(node).filter(|wire| wire.epoch == Some(epoch)) {
            wire.ended = true;
        }
    }

    pub(crate) fn node_crashed(&mut self, node: usize, now: Duration) {
        self.acts.forget_node(node);
        self.forced.crashed(node, now);
        if let Some(wire) = self.wires.get_mut(node) {
            wire.reset(None);
            (wire.serving, wire.webapp_stopped) = (false, false);
        }
        self.dials.get_mut(node).into_iter().for_each(Dials::begin);
        self.requests.retain(|_, request| request.node != node);
    }

    /// A node writes to CTI; `domain` is what it holds.
    pub(crate) fn written(&mut self, from: Writer<'_>, bytes: &[u8], pair: &CtiPair, now: Duration) {
        let Writer { node, .. } = from;
        let Some(wire) = self.wires.get_mut(node) else { return };
        match wire.written(bytes, now) {
            // What was misread cannot be matched.
            Ok(commands) if wire.blind => {
                self.acts.give_up(node);
                self.forced_only(from, commands, now);
            }
            Ok(commands) => commands.iter().for_each(|command| self.commanded(from, command, pair, now)),
            Err(says) => self.report(now, format!("node {node}: {says}")),
        }
    }

    fn commanded(&mut self, from: Writer<'_>, command: &Command, pair: &CtiPair, now: Duration) {
        if command.what == FORCED_LOGOUT {
            return self.logout_written(from, command, now);
        }
        if let Err(says) = self.acts.sent(from.node, from.conn, command, now)
            && !self.restored.allows(from.node, command, pair, now)
        {
            self.report(now, says);
        }
    }

    fn forced_only(&mut self, from: Writer<'_>, commands: Vec<Command>, now: Duration) {
        let forced = commands.into_iter().filter(|command| command.what == FORCED_LOGOUT);
        forced.for_each(|command| self.logout_written(from, &command, now));
    }

    fn logout_written(&mut self, from: Writer<'_>, command: &Command, now: Duration) {
        let Writer { node, conn, domain } = from;
        let on_call = domain.is_some_and(|domain| domain.on_call(&AgentId::new(&command.who)));
        let (agent, invoke) = (command.who.clone(), command.invoke);
        let order = Written { node, agent, conn, invoke, at: now, leave: None, judged: false };
        let judged = self.forced.written(order, on_call);
        self.judge(judged, now);
    }

    /// A node has said all that it has to say for now.
    pub(crate) fn settled(&mut self, node: usize, now: Duration) {
        let judged = self.forced.settled(node);
        self.judge(judged, now);
    }

    /// The switch may have carried out forced logouts.
    pub(crate) fn switch_moved(&mut self, pair: &CtiPair, now: Duration) {
        self.lies.follow(pair);
        self.restored.follow(pair, now);
        self.reasons.follow(pair);
        let judged = self.forced.arrived(pair, now);
        self.judge(judged, now);
    }

    /// Agents whom the switch has logged out by force since the last call.
    pub(crate) fn take_logged_out(&mut self) -> Vec<String> {
        self.forced.take_logged_out()
    }

    /// A connection to CTI is gone.
    pub(crate) fn conn_lost(&mut self, conn: ConnId) {
        self.forced.conn_lost(conn);
    }

    fn judge(&mut self, judged: Result<(), String>, now: Duration) {
        if let Err(says) = judged {
            self.report(now, says);
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
        let refused = wire.is_refused();
        let outcome = wire.delivered(bytes, pair);
        if !refused && wire.is_refused() {
            self.dials.get_mut(node).into_iter().for_each(Dials::version_refused);
        }
        match outcome {
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
        if in_service && !wire.serving {
            wire.since = now;
        }
        wire.serving = in_service;
        self.forced.serving(node, in_service, now);
        if lost {
            self.acts.session_lost(node, now);
            self.restored.lost(node, now);
        }
        if back {
            self.restored.returned(node, now);
            self.dials.get_mut(node).into_iter().for_each(Dials::served);
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

    fn is_stopped(&self, node: usize) -> bool {
        self.wires.get(node).is_some_and(|wire| wire.webapp_stopped)
    }

    pub(crate) fn request_arrives(&mut self, node: usize, id: HttpId, now: Duration) {
        let came = Came { node, at: now, serving: self.serving(node), stopped: self.is_stopped(node) };
        self.requests.insert(id, came);
    }

    /// (1) Every request is answered.
    pub(crate) fn check_requests(&mut self, now: Duration) {
        let forgotten = self.requests.iter().find(|(_, request)| request.at + ANSWERED_WITHIN < now);
        if let Some((id, request)) = forgotten {
            let says = format!("(1) node {} does not answer request r{}", request.node, id.0);
            self.report(now, says);
        }
    }

    pub(crate) fn answered(
        &mut self,
        node: usize,
        id: HttpId,
        path: &str,
        response: &HttpResponse,
        now: Duration,
    ) {
        let (came, serving) = (self.requests.remove(&id), self.serving(node));
        // Stopped, it says no word, not even in SystemInfo (CLIENT-18b); but what was begun before and has been done is told.
        let stopped = self.is_stopped(node);
        let judged = match (came.is_some_and(|came| came.stopped), stopped) {
            (true, true) => silent(response),
            (false, true) if response.status == 503 => Ok(()),
            (false, true) | (true, false) | (false, false) => {
                legal(path, response, came.is_some_and(|came| came.serving), serving)
            }
        };
        if let Err(says) = judged {
            self.report(now, format!("(1) node {node} {path}: {says}"));
        }
        if response.status == 202 {
            self.news(node);
        }
        match self.acts.replied(id, response.status) {
            // A desktop that signs its agent in again, as it does after a loss, changes nothing.
            Some((agent, wanted)) if wanted == "LOGIN" => self.forced.admitted(&agent, node, now),
            Some((agent, _)) => self.restored.acted(node, &agent, now),
            None => {}
        }
    }

    // Desktops and the link between the nodes -------------------------------------------------------------------

    /// A node hears an agent's desktop.
    pub(crate) fn desk_heard(&mut self, agent: &str, node: usize, now: Duration) {
        self.forced.heard(agent, node, now);
    }

    /// A desktop cannot be heard any more, whether its node knows or not.
    pub(crate) fn desk_gone(&mut self, agent: &str, node: usize, now: Duration) {
        self.forced.gone(agent, node, now);
    }

    /// What cannot be heard any more says goodbye at last.
    pub(crate) fn desk_goodbye(&mut self, agent: &str, node: usize, now: Duration) {
        self.forced.goodbye(agent, node, now);
    }

    /// How a node stands for its desktops from now on.
    pub(crate) fn stands(&mut self, node: usize, standing: Standing, now: Duration) {
        self.standings.stands(node, standing, now);
    }

    /// A desktop says that it goes to the other node.
    pub(crate) fn leaves(&mut self, leaving: &Leaving, now: Duration) {
        if let Err(says) = self.standings.leaves(leaving, now) {
            self.report(now, says);
        }
    }

    pub(crate) fn services(&mut self, node: usize, services: Services, now: Duration) {
        if let Some(wire) = self.wires.get_mut(node) {
            wire.webapp_stopped = !services.webapp_runs();
        }
        self.dials.get_mut(node).into_iter().for_each(Dials::ordered);
        self.forced.services(node, services, now);
    }

    pub(crate) fn peer_said(&mut self, node: usize, message: &Message, now: Duration) {
        self.forced.said(node, message, now);
    }

    pub(crate) fn peer_told(&mut self, node: usize, message: &Message, now: Duration) {
        self.forced.told(node, message, now);
    }

    pub(crate) fn peer_lost(&mut self, node: usize) {
        self.forced.link_lost(node);
    }

    pub(crate) fn peer_disturbed(&mut self, now: Duration) {
        self.forced.link_disturbed(now);
    }

    pub(crate) fn peers_exchanged(&self) -> bool {
        self.forced.exchanged()
    }

    pub(crate) fn logouts(&self) -> Logouts {
        self.forced.logouts()
    }

    /// Agents who should have been logged out by now, and when.
    pub(crate) fn logouts_due(&self) -> BTreeMap<String, Duration> {
        self.forced.due()
    }

    // Screens -------------------------------------------------------------------------------------------------

    pub(crate) fn seen(&mut self, desktop: usize, node: usize, seen: &Seen, now: Duration) {
        let still = self.wires.get(node).is_some_and(|wire| !wire.news);
        let standing = screens::Standing { still, recoveries: self.recoveries };
        let outcome = self
            .screens
            .seen(desktop, seen, &standing)
            .and_then(|()| self.novelty.seen(desktop, seen))
            .and_then(|()| self.acts.seen(desktop, seen));
        if let Err(says) = outcome {
            self.report(now, format!("desktop {desktop}: {says}"));
        }
    }

    /// (7) What waited for a client is bounded: a node hands no more over at once.
    pub(crate) fn handed_over(&mut self, node: usize, body: &str, now: Duration) {
        if body.len() < self.queue_max * STANZA_MIN {
            return;
        }
        let stanzas = body.matches("<message").count();
        if stanzas > self.queue_max {
            self.report(now, format!("(7) {stanzas} events have waited at node {node}"));
        }
    }

    /// A desktop lost its connection for a while: it hears of outcomes later, or never.
    pub(crate) fn desktop_cut(&mut self, desktop: usize) {
        self.acts.forget_desktop(desktop);
        self.screens.late(desktop, self.recoveries);
    }

    /// And it has its connection again.
    pub(crate) fn desktop_back(&mut self, desktop: usize) {
        self.screens.late(desktop, self.recoveries);
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

fn silent(response: &HttpResponse) -> Result<(), String> {
    ensure(response.status == 503, || format!("answered {} although stopped", response.status))
}

/// Settings can be neither read nor changed (AWDB-13b); whether that is true, the rows know.
fn is_without_awdb(response: &HttpResponse) -> bool {
    response.status == 500 && response.body.contains("AWS_SERVICE_UNAVAILABLE")
}

/// Settings cannot be written down; whether that is true, the walk of settings knows.
fn is_not_stored(response: &HttpResponse) -> bool {
    response.status == 500 && response.body.contains("DB_RUNTIME_EXCEPTION")
}

/// (1) A request is answered in service, or refused with the documented error.
fn legal(path: &str, response: &HttpResponse, before: bool, after: bool) -> Result<(), String> {
    let refused = response.status == 503;
    match (before, after) {
        _ if path == "/finesse/api/SystemInfo" => {
            ensure(response.status == 200, || "SystemInfo does not answer".into())
        }
        // Hosts can be corrected at any time; too many who do so at once are refused.
        _ if path == "/finesse/api/ClusterConfig" => {
            ensure(refused || response.status == 200 || is_not_stored(response), || {
                format!("answered {}", response.status)
            })
        }
        (true, true) => {
            ensure(response.status < 500 || is_without_awdb(response) || is_not_stored(response), || {
                format!("answered {} although in service", response.status)
            })
        }
        (false, false) => ensure(refused, || format!("answered {} although out of service", response.status)),
        (true, false) => ensure(refused || response.status < 500, || format!("answered {}", response.status)),
        (false, true) => ensure(response.status < 500 || refused, || format!("answered {}", response.status)),
    }
}

pub(crate) fn ensure(holds: bool, says: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(says()) }
}
