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

#[cfg(test)]
mod tests {
    use node::xml::{Element, Limits};

    use super::*;
    use crate::rows::truth::LegTruth;

    /// The truth of a conference of these.
    fn truth(parties: &[&str]) -> Truth {
        let parties = parties.iter().map(|address| ((*address).to_owned(), "ACTIVE".to_owned())).collect();
        let leg = LegTruth { call: 7, state: "ACTIVE".into(), parties };
        Truth { state: "TALKING".into(), reason: 0, extension: "61002".into(), legs: vec![leg] }
    }

    /// What is shown of it.
    fn picture(mark: &str, parties: &[&str]) -> Document {
        let party = |address: &&str| {
            format!("<Participant><mediaAddress>{address}</mediaAddress><state>ACTIVE</state></Participant>")
        };
        let parties: String = parties.iter().map(party).collect();
        let text = format!("<Dialog><id>7</id><participants>{parties}</participants>{mark}</Dialog>");
        Document::read(&Element::parse(text.as_bytes(), &Limits::default()).unwrap())
    }

    fn judged(pictures: &[Document]) -> Result<(u64, u64), String> {
        let mut history = History::default();
        history.add(truth(&["1", "2", "3"]));
        history.add(truth(&["1", "2"]));
        judge(&history, pictures.iter())
    }

    #[test]
    fn what_was_true_in_its_order_and_what_is_marked_is_no_lie() {
        let mark = "<rebuilding>true</rebuilding>";
        let shown = [picture("", &["1", "2", "3"]), picture(mark, &["1"]), picture("", &["1", "2"])];
        assert_eq!(judged(&shown), Ok((1, 2)));
    }

    #[test]
    fn a_missing_party_and_one_too_many_are_lies_without_a_mark() {
        assert!(judged(&[picture("", &["1", "3"])]).unwrap_err().contains("without a mark"));
        assert!(judged(&[picture("", &["1", "2", "3", "000"])]).is_err());
    }

    #[test]
    fn who_has_left_must_not_come_back() {
        assert!(judged(&[picture("", &["1", "2"]), picture("", &["1", "2", "3"])]).is_err());
    }
}
