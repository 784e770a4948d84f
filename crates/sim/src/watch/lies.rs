//! Wrong news of conferences (failover.md CTI-16 to CTI-20): what a desktop shows is true, or marked as being rebuilt; and
//! in the end it is true and no mark is left.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use switch::{Call, CtiPair, WrongNews};

use super::truth::{Beside, Difference, is_agents, is_nobodys, lives};
use crate::seen::Document;

/// A conference that was learned from snapshots is read again this often, and what was told wrong is found then.
const FOUND_WITHIN: Duration = Duration::from_secs(32);
/// A conference begins with as many parties.
const CONFERENCE_MIN: usize = 3;

/// How CTI tells of conferences.
#[derive(Debug, Default)]
pub(super) struct Lies {
    told: Option<WrongNews>,
    /// The kinds that were told before, and when each ended last.
    ended: Vec<(WrongNews, Duration)>,
    /// No mark may be left.
    pub(super) certain: bool,
    /// Bytes were corrupted: they may have named a party that never was. A real connection has checksums.
    pub(super) corrupted: bool,
    /// Who is on each conference, and who has left it.
    seen: BTreeMap<u32, Seen>,
}

/// The parties of a conference over time, by device.
#[derive(Debug, Default)]
struct Seen {
    present: BTreeSet<String>,
    left: BTreeSet<String>,
}

impl Lies {
    pub(super) fn told(&mut self, how: Option<WrongNews>, now: Duration) {
        if let Some(before) = self.told.filter(|before| how != Some(*before)) {
            self.ended.retain(|(kind, _)| *kind != before);
            self.ended.push((before, now));
        }
        self.told = how;
    }

    /// Looks at who is on each conference now.
    pub(super) fn follow(&mut self, pair: &CtiPair) {
        let calls = pair.switch().calls();
        self.seen.retain(|id, _| calls.get(*id).is_some());
        for call in calls.iter().filter(|call| call.is_conference()) {
            let now = call.parties.iter().map(|party| party.device.clone()).collect();
            let seen = self.seen.entry(call.id).or_default();
            let before = std::mem::replace(&mut seen.present, now);
            seen.left.extend(before);
            seen.left.retain(|device| !seen.present.contains(device));
        }
    }

    /// A mark that must go in the end. It may stay where no answer can prove that somebody has left: in a conference that
    /// a device of nobody left, and in a conference of two, which could lack a stranger in every answer.
    pub(super) fn must_go(&self, pair: &CtiPair, dialog: &Document) -> bool {
        let call = dialog.id.parse().ok().and_then(|id| pair.switch().calls().get(id));
        let strangers = |seen: &Seen| seen.left.iter().any(|device| !is_agents(pair, device));
        let undecidable = call.is_some_and(|call| {
            let stranger_left = self.seen.get(&call.id).is_some_and(strangers);
            let unproved = call.parties.len() < CONFERENCE_MIN || stranger_left || self.corrupted;
            call.is_conference() && unproved
        });
        dialog.is_rebuilding() && !undecidable
    }

    pub(super) fn may_be_believed(&self, now: Duration) -> bool {
        self.told.is_some() || self.ended.iter().any(|(_, at)| now < *at + FOUND_WITHIN)
    }

    /// (2) Whether a desktop may show what it shows.
    pub(super) fn judge(&self, beside: &Beside<'_>, now: Duration) -> Result<(), String> {
        for difference in beside.differences() {
            self.judge_one(beside, &difference, now)?;
        }
        let mut marked = beside.shown.dialogs.values().filter(|dialog| self.must_go(beside.pair, dialog));
        match marked.next().filter(|_| self.certain) {
            Some(dialog) => Err(format!("{} is still marked", dialog.id)),
            None => Ok(()),
        }
    }

    fn judge_one(&self, beside: &Beside<'_>, difference: &Difference, now: Duration) -> Result<(), String> {
        match difference {
            Difference::Calls { missing, extra } => {
                let hidden = self.tells(WrongNews::CallMissing, now) && are_conferences(beside, missing);
                let fine = extra.is_empty() && hidden;
                if fine {
                    Ok(())
                } else {
                    Err(format!("lacks calls {missing:?}, and has {extra:?} too many"))
                }
            }
            Difference::Dialog { call, says } => {
                let dialog = beside.dialog(*call);
                let marked = dialog.is_some_and(Document::is_rebuilding) && !self.certain;
                let hidden = self.tells(WrongNews::PartyMissing, now) && lacks_a_stranger(beside, *call);
                if marked || hidden { Ok(()) } else { Err(format!("{call} shows {says}")) }
            }
        }
    }

    /// What was told wrong in this way may still be believed.
    fn tells(&self, how: WrongNews, now: Duration) -> bool {
        let late = |(kind, at): &(WrongNews, Duration)| *kind == how && now < *at + FOUND_WITHIN;
        !self.certain && (self.told == Some(how) || self.ended.iter().any(late))
    }
}

/// Nothing tells a node of a conference that the device of its agent does not list.
fn are_conferences(beside: &Beside<'_>, calls: &BTreeSet<u32>) -> bool {
    let calls = calls.iter().map(|call| beside.pair.switch().calls().get(*call));
    calls.into_iter().all(|call| call.is_some_and(Call::is_conference))
}

/// A party that every answer leaves out, on a device that no agent uses, cannot be known of: three others are shown.
fn lacks_a_stranger(beside: &Beside<'_>, id: u32) -> bool {
    let (Some(call), Some(dialog)) = (beside.pair.switch().calls().get(id), beside.dialog(id)) else {
        return false;
    };
    let shown: BTreeSet<String> =
        dialog.legs().into_iter().filter(|(_, state)| lives(state)).map(|(address, _)| address).collect();
    let mut hidden = call.parties.iter().filter(|party| !shown.contains(&party.device));
    let parties = hidden.clone().count() + shown.len() == call.parties.len() && shown.len() >= CONFERENCE_MIN;
    call.is_conference() && parties && hidden.all(|party| is_nobodys(beside.pair, party))
}
