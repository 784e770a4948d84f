//! Nothing wrong is shown as if it were certain (failover.md CTI-18): every event and every answer shows a call as it is,
//! as it was since the mark, or marked as being rebuilt.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{LOOK_EVERY, Outcome, Run, ensure};
use crate::rows::driver::Trouble;
use crate::rows::shown::{marked, parties};
use crate::rows::truth::Truth;
use crate::seen::{Document, Object};

/// What was true of an agent's calls since the mark, in its order.
#[derive(Debug, Default)]
pub(super) struct History(Vec<Truth>);

impl History {
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }

    pub(super) fn add(&mut self, truth: Truth) {
        if self.0.last() != Some(&truth) {
            self.0.push(truth);
        }
    }
}

/// Follows what is shown along the history: who has shown a later truth must not show an earlier one again.
struct Judge<'a> {
    history: &'a History,
    /// Where in the history the last right picture of a call was.
    reached: BTreeMap<String, usize>,
    marked: u64,
    right: u64,
}

impl<'a> Judge<'a> {
    fn new(history: &'a History) -> Self {
        Self { history, reached: BTreeMap::new(), marked: 0, right: 0 }
    }

    fn shown(&mut self, dialog: &Document) -> Result<(), String> {
        if marked(dialog) {
            self.marked += 1;
            return Ok(());
        }
        let shown = parties(dialog);
        let reached = self.reached.entry(dialog.id.clone()).or_default();
        let truths = self.history.0.iter().enumerate().skip(*reached);
        let was_true = |truth: &Truth| {
            let mut legs = truth.legs.iter().filter(|leg| leg.call.to_string() == dialog.id);
            legs.any(|leg| leg.parties == shown)
        };
        let right = truths.into_iter().find(|(_, truth)| was_true(truth)).map(|(at, _)| at);
        *reached =
            right.ok_or_else(|| format!("call {} is shown with {shown:?} and without a mark", dialog.id))?;
        self.right += 1;
        Ok(())
    }
}

impl Run<'_> {
    /// Notes what is true now of everybody who is signed in.
    pub(super) fn remember(&mut self) -> Outcome {
        let agents: Vec<&'static str> = self.histories.keys().copied().collect();
        agents.into_iter().try_for_each(|agent| {
            let truth = self.driver.truth(agent)?;
            self.histories.entry(agent).or_default().add(truth);
            Ok(())
        })
    }

    pub(super) fn watch(&mut self, agent: &'static str, time: Duration) -> Outcome {
        let end = self.driver.now() + time;
        let (mut answers, mut absent) = (Vec::new(), 0_u64);
        while self.driver.now() < end {
            self.remember()?;
            let dialogs = self.answered(agent)?.dialogs;
            absent += u64::from(dialogs.is_empty());
            answers.extend(dialogs);
            self.driver.wait(LOOK_EVERY)?;
        }
        let seen = self.seen(agent)?;
        let events = seen.iter().filter(|seen| seen.verb != "DELETE").filter_map(|seen| match &seen.object {
            Object::Dialog(dialog) => Some(dialog),
            Object::System { .. } | Object::User(_) | Object::Error { .. } | Object::Other(_) => None,
        });
        let none = History::default();
        let history = self.histories.get(agent).unwrap_or(&none);
        let told = judge(history, events).map_err(|why| Trouble(format!("an event to {agent}: {why}")))?;
        let answered =
            judge(history, answers.iter()).map_err(|why| Trouble(format!("REST for {agent}: {why}")))?;
        for (what, (marked, right)) in [("events", told), ("answers", answered)] {
            self.evidence.add(&format!("{what}_marked"), marked);
            self.evidence.add(&format!("{what}_right"), right);
        }
        self.evidence.add("answers_empty", absent);
        ensure(answered.0 + answered.1 + absent > 0, || "REST was not looked at".into())
    }
}

/// How many pictures were marked, and how many right.
fn judge<'a>(history: &History, pictures: impl Iterator<Item = &'a Document>) -> Result<(u64, u64), String> {
    let mut judge = Judge::new(history);
    pictures.into_iter().try_for_each(|dialog| judge.shown(dialog))?;
    Ok((judge.marked, judge.right))
}
