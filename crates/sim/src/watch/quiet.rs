//! When nothing moves: what each desktop shows is what the node holds, and that is what the switch holds.

use std::collections::BTreeMap;
use std::time::Duration;

use node::domain::{AgentId, DialogView, Domain, UserView};
use node::xml::{Element, Limits};
use node::{Node, api};
use switch::{AcdState, Agent, CtiPair};

use super::truth::Beside;
use super::wire::Wire;
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

    /// (2) A desktop shows what the CTI servers hold, and what GET answers.
    pub(crate) fn check_screen(
        &mut self,
        index: usize,
        node: &Node,
        person: &Person,
        shown: &Shown,
        pair: &CtiPair,
        now: Duration,
    ) {
        if let Err(says) = same_user(node.domain(), person, pair) {
            self.report(now, format!("(2) agent {}: {says}", person.id));
        }
        if let Err(says) = self.same_reason(index, person, shown, pair) {
            self.report(now, format!("(2) desktop of {}: {says}", person.id));
        }
        if let Err(says) = self.same_dialogs(index, person, shown, pair, now) {
            self.report(now, format!("(2) desktop of {}: {says}", person.id));
        }
        let answers = Answers::of(node.domain(), person);
        let judged = (shown.changes, answers);
        if self.agreed.get(&(index, person.id.clone())) == Some(&judged) {
            return;
        }
        match same_as_node(shown, &judged.1) {
            Ok(()) => drop(self.agreed.insert((index, person.id.clone()), judged)),
            Err(says) => self.report(now, format!("(2) desktop of {}: {says}", person.id)),
        }
    }

    fn same_reason(&self, node: usize, person: &Person, shown: &Shown, pair: &CtiPair) -> Result<(), String> {
        let since = self.wires.get(node).map_or(Duration::ZERO, |wire| wire.since);
        self.reasons.judge(person, shown, pair, since)
    }

    /// Dialogs are as the switch has them, or marked.
    fn same_dialogs(
        &self,
        node: usize,
        person: &Person,
        shown: &Shown,
        pair: &CtiPair,
        now: Duration,
    ) -> Result<(), String> {
        let Some(agent) = pair.switch().agent(&person.id) else { return Ok(()) };
        let consults_told = self.wires.get(node).is_some_and(Wire::tells_of_consults);
        self.lies.judge(&Beside { pair, person, agent, shown, consults_told }, now)
    }
}

/// What GET answers about a person now, before it is written: the same views are the same documents.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Answers {
    user: Option<UserView>,
    dialogs: Vec<DialogView>,
}

impl Answers {
    fn of(domain: &Domain, person: &Person) -> Self {
        let id = AgentId::new(&person.id);
        Self { user: domain.user(&id), dialogs: domain.dialogs_of(&id) }
    }
}

/// Events alone have led the desktop to what GET answers now.
fn same_as_node(shown: &Shown, answers: &Answers) -> Result<(), String> {
    let (Some(user), Some(view)) = (&shown.user, &answers.user) else { return Ok(()) };
    let answered = Document::of(read(&api::documents::user(view))?);
    match view.state.signed_in() {
        true => same_document(user, &answered)?,
        // What else is known of somebody who is signed out is shown with his sign-in.
        false => ensure(user.state == answered.state, || {
            format!("shows {}, GET answers {}", user.state, answered.state)
        })?,
    }
    let dialogs = crate::desktop::read_dialogs(read(&api::documents::dialogs(&answers.dialogs))?);
    let ids = |dialogs: &BTreeMap<String, Document>| dialogs.keys().cloned().collect::<Vec<_>>();
    let (here, there) = (ids(&shown.dialogs), ids(&dialogs));
    ensure(here == there, || format!("shows dialogs {here:?}, GET answers {there:?}"))?;
    shown.dialogs.values().zip(dialogs.values()).try_for_each(|(here, there)| same_document(here, there))
}

fn same_document(shown: &Document, answered: &Document) -> Result<(), String> {
    ensure(shown == answered, || {
        let parts = |document: &'_ Document| document.element.children().cloned().collect::<Vec<_>>();
        let (here, there) = (parts(shown), parts(answered));
        match here.iter().zip(&there).find(|(here, there)| here != there) {
            Some((here, there)) => {
                format!("{} shows {} {:?}, GET answers {:?}", shown.id, here.name, texts(here), texts(there))
            }
            None => format!("{} shows {} elements, GET answers {}", shown.id, here.len(), there.len()),
        }
    })
}

fn read(document: &str) -> Result<Element, String> {
    Element::parse(document.as_bytes(), &Limits::default()).map_err(|error| error.to_string())
}

/// All texts below an element, for people.
fn texts(element: &Element) -> String {
    let below: Vec<String> = element.children().map(texts).collect();
    if below.is_empty() { element.text() } else { below.join(" ") }
}

fn same_user(domain: &Domain, person: &Person, pair: &CtiPair) -> Result<(), String> {
    let id = AgentId::new(&person.id);
    let (Some(user), Some(agent)) = (domain.user(&id), pair.switch().agent(&person.id)) else {
        return Ok(());
    };
    let (state, extension) = (state(agent, pair), agent.extension.clone().unwrap_or_default());
    ensure(user.state.as_str() == state, || {
        format!("state {}, the switch says {state}", user.state.as_str())
    })?;
    ensure(user.extension == extension, || {
        format!("extension {}, the switch says {extension}", user.extension)
    })?;
    Ok(())
}

/// User state (mapping.md section 2.2).
fn state(agent: &Agent, pair: &CtiPair) -> &'static str {
    match agent.state {
        AcdState::LoggedOut { .. } => "LOGOUT",
        AcdState::NotReady { .. } => "NOT_READY",
        AcdState::Available => "READY",
        AcdState::Reserved if pair.switch().is_offered(&agent.config.id) => "RESERVED_OUTBOUND_PREVIEW",
        AcdState::Reserved => "RESERVED",
        AcdState::Talking => "TALKING",
        AcdState::Hold => "HOLD",
        AcdState::WorkNotReady { .. } => "WORK",
        AcdState::WorkReady { .. } => "WORK_READY",
    }
}
