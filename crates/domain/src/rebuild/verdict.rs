//! What a round of reads makes of a call: pure, from what is known and what was said.

use super::Doubt;
use super::evidence::Evidence;
use crate::calls::{Call, Leg};
use crate::view::LegState;

/// A conference has three parties or more while nobody has left it.
pub(crate) const CONFERENCE_MIN: usize = 3;

/// The outcome of a round.
pub(crate) enum Verdict {
    /// Nothing was answered.
    Unheard,
    /// The server knows no such call.
    Gone,
    /// The call as far as it can be told.
    Seen {
        call: Box<Call>,
        /// What contradicts it.
        doubt: Option<Doubt>,
    },
}

/// Weighs what was said.
pub(crate) fn weigh(known: &Call, found: &Evidence) -> Verdict {
    let listed = || found.lists.values().flatten();
    let mut call = match found.snapshots.first() {
        Some(snapshot) => snapshot.call.clone(),
        None if listed().next().is_some() => known.clone(),
        None if found.refused.is_empty() => return Verdict::Unheard,
        None => return Verdict::Gone,
    };
    let others = found.snapshots.iter().skip(1).flat_map(|snapshot| snapshot.call.living());
    let certain = known.living().filter(|leg| is_certain(known, leg, found));
    others.chain(listed()).chain(certain).cloned().for_each(|leg| call.restore(leg));
    if call.living().any(|leg| !leg.calling && matches!(leg.state, LegState::Active | LegState::Held)) {
        call.answered();
    }
    let doubt = contradiction(&call, found);
    Verdict::Seen { call: Box::new(call), doubt }
}

/// A party of a conference that an event of this session told of is there until an event says otherwise, or the server
/// denies it: a snapshot that merely lacks it is not enough.
fn is_certain(known: &Call, leg: &Leg, found: &Evidence) -> bool {
    known.is_conference() && leg.certain && !found.denies(&leg.party.address)
}

fn contradiction(call: &Call, found: &Evidence) -> Option<Doubt> {
    let parties = || call.living().map(|leg| leg.party.address.as_str());
    if found.snapshots.is_empty() || parties().any(|party| !found.all_show(party)) {
        Some(Doubt::PartyMissing)
    } else if parties().any(|party| found.is_unlisted(party)) {
        Some(Doubt::NotListed)
    } else if call.is_conference() && call.vanished().any(|leg| may_be_there(call, leg, found)) {
        Some(Doubt::PartyVanished)
    } else {
        too_few(call)
    }
}

/// A party that vanished, by no word of the server, and whose connection is not another's now.
fn may_be_there(call: &Call, gone: &Leg, found: &Evidence) -> bool {
    let taken = call.living().any(|leg| leg.party.connection == gone.party.connection);
    !taken && !found.denies(&gone.party.address)
}

/// A conference that is smaller than a conference can be, and nobody is known to have left.
pub(crate) fn too_few(call: &Call) -> Option<Doubt> {
    let alive = call.living().count();
    let small = call.is_conference() && (1..CONFERENCE_MIN).contains(&alive);
    (small && call.legs.len() + usize::from(call.left_unseen) < CONFERENCE_MIN).then_some(Doubt::TooFew)
}
