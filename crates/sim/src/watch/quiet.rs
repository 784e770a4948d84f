//! When nothing moves: what each desktop shows is what the node holds, and that is what the switch holds.

use std::collections::BTreeMap;
use std::time::Duration;

use node::domain::{AgentId, Domain};
use node::xml::{Element, Limits};
use node::{Node, api};
use switch::{AcdState, Agent, CtiPair, Leg, Stage};

use super::{Watch, ensure};
use crate::desktop::{Person, Shown};
use crate::seen::Document;

impl Watch {
    /// What the node still waits for: service, or answers of CTI.
    pub(crate) fn open_business(&self, node: usize) -> Option<String> {
        let wire = self.wires.get(node)?;
        if wire.serving { wire.open_business() } else { Some("out of service".into()) }
    }

    /// (6) Every request has had its outcome.
    pub(crate) fn settle_acts(&mut self, node: usize, pair: &CtiPair, now: Duration) {
        if let Err(says) = self.acts.settle(node, pair) {
            self.report(now, says);
        }
    }

    /// The node has finished its recovery.
    pub(crate) fn service_returned(&mut self, node: usize, domain: &Domain) {
        self.acts.service_returned(node, domain);
    }

    /// (2) A desktop shows what the CTI servers hold.
    pub(crate) fn check_screen(
        &mut self,
        node: &Node,
        person: &Person,
        shown: &Shown,
        pair: &CtiPair,
        now: Duration,
    ) {
        if let Err(says) = same_as_node(node.domain(), person, shown) {
            self.report(now, format!("(2) desktop of {}: {says}", person.id));
        }
        if let Err(says) = same_as_switch(node.domain(), person, pair) {
            self.report(now, format!("(2) agent {}: {says}", person.id));
        }
    }
}

/// Events alone have led the desktop to what GET answers now.
fn same_as_node(domain: &Domain, person: &Person, shown: &Shown) -> Result<(), String> {
    let id = AgentId::new(&person.id);
    let (Some(user), Some(view)) = (&shown.user, domain.user(&id)) else { return Ok(()) };
    let answer = read(&api::documents::user(&view))?;
    let answered = Document::read(&answer);
    match view.state.signed_in() {
        true => same_document(user, &answered)?,
        // What else is known of somebody who is signed out is shown with his sign-in.
        false => ensure(user.state == answered.state, || {
            format!("shows {}, GET answers {}", user.state, answered.state)
        })?,
    }
    let answer = read(&api::documents::dialogs(&domain.dialogs_of(&id)))?;
    let dialogs = crate::desktop::read_dialogs(&answer);
    let ids = |dialogs: &BTreeMap<String, Document>| dialogs.keys().cloned().collect::<Vec<_>>();
    let (here, there) = (ids(&shown.dialogs), ids(&dialogs));
    ensure(here == there, || format!("shows dialogs {here:?}, GET answers {there:?}"))?;
    shown.dialogs.values().zip(dialogs.values()).try_for_each(|(here, there)| same_document(here, there))
}

fn same_document(shown: &Document, answered: &Document) -> Result<(), String> {
    let parts = |document: &Document| document.element.children().cloned().collect::<Vec<_>>();
    let (here, there) = (parts(shown), parts(answered));
    let other = here.iter().zip(&there).find(|(here, there)| here != there);
    ensure(shown == answered, || match other {
        Some((here, there)) => {
            format!("{} shows {} {:?}, GET answers {:?}", shown.id, here.name, texts(here), texts(there))
        }
        None => format!("{} shows {} elements, GET answers {}", shown.id, here.len(), there.len()),
    })
}

/// All texts below an element, for people.
fn texts(element: &Element) -> String {
    let below: Vec<String> = element.children().map(texts).collect();
    if below.is_empty() { element.text() } else { below.join(" ") }
}

fn read(document: &str) -> Result<Element, String> {
    Element::parse(document.as_bytes(), &Limits::default()).map_err(|error| error.to_string())
}

fn same_as_switch(domain: &Domain, person: &Person, pair: &CtiPair) -> Result<(), String> {
    let id = AgentId::new(&person.id);
    let (Some(user), Some(agent)) = (domain.user(&id), pair.switch().agent(&person.id)) else {
        return Ok(());
    };
    let (state, extension) = (state(agent), agent.extension.clone().unwrap_or_default());
    ensure(user.state.as_str() == state, || {
        format!("state {}, the switch says {state}", user.state.as_str())
    })?;
    ensure(user.extension == extension, || {
        format!("extension {}, the switch says {extension}", user.extension)
    })?;
    let mut held: Vec<(u32, &str)> = legs(pair, &extension);
    held.sort_unstable();
    let leg_of = |dialog: &node::domain::DialogView| {
        let leg =
            dialog.legs.iter().find(|leg| leg.address == extension).map_or("none", |leg| leg.state.as_str());
        (dialog.id.0, leg)
    };
    let mut shown: Vec<(u32, &str)> = domain.dialogs_of(&id).iter().map(leg_of).collect();
    shown.retain(|(call, leg)| !may_linger(pair, agent, *call, leg));
    shown
        .iter_mut()
        .filter(|(call, leg)| *leg == "ACTIVE" && waits(pair, *call))
        .for_each(|(_, leg)| *leg = "INITIATED");
    shown.sort_unstable();
    ensure(shown == held, || format!("calls {shown:?}, the switch says {held:?}"))
}

/// A call that is over stays for wrap-up, or until its data can no longer change.
fn may_linger(pair: &CtiPair, agent: &Agent, call: u32, leg: &str) -> bool {
    let over = pair.switch().calls().get(call).is_none_or(|call| matches!(call.stage, Stage::Over { .. }));
    let wrap_up = matches!(agent.state, AcdState::WorkNotReady { .. } | AcdState::WorkReady { .. });
    over && (leg == "DROPPED" || (wrap_up && leg == "WRAP_UP"))
}

/// A snapshot does not tell whether the far end of a call that waits in a queue is connected: the caller's leg is CONNECT.
fn waits(pair: &CtiPair, call: u32) -> bool {
    let stage = pair.switch().calls().get(call).map(|call| &call.stage);
    matches!(stage, Some(Stage::Queued { .. } | Stage::Reserved { .. }))
}

/// User state (mapping.md section 2.2).
fn state(agent: &Agent) -> &'static str {
    match agent.state {
        AcdState::LoggedOut { .. } => "LOGOUT",
        AcdState::NotReady { .. } => "NOT_READY",
        AcdState::Available => "READY",
        AcdState::Reserved => "RESERVED",
        AcdState::Talking => "TALKING",
        AcdState::Hold => "HOLD",
        AcdState::WorkNotReady { .. } => "WORK",
        AcdState::WorkReady { .. } => "WORK_READY",
    }
}

/// Calls at a phone and the participant state of its leg (mapping.md section 3.2).
fn legs(pair: &CtiPair, extension: &str) -> Vec<(u32, &'static str)> {
    let legs = pair.switch().calls().legs(extension).filter(|(call, _)| call.live());
    let state = |(call, party): (&switch::Call, &switch::Party)| {
        let state = match party.leg {
            Leg::Initiated => "INITIATING",
            Leg::Alerting => "ALERTING",
            Leg::Connected if party.caller && call.stage != Stage::Up => "INITIATED",
            Leg::Connected => "ACTIVE",
            Leg::Held => "HELD",
            Leg::Failed => "FAILED",
        };
        (call.id, state)
    };
    legs.map(state).collect()
}
