//! Calls whose news contradict each other are read again and marked until they agree (failover.md CTI-16 to CTI-20).
//!
//! ```text
//!             a doubt                      two rounds of reads agree and nothing contradicts them
//! Trusted ───────────────▶ Doubted ────────────────────────────────────────────────────────────▶ Trusted
//!    │ ▲ a round differs ▲  │  ▲ │ rounds at once, then 1, 2, 4, 8, 15, 30, 30 ... s later
//!    ▼ │─────────────────╯  │  ╰─╯
//! Watched ◀──a conference───╯          Watched: a conference learned from snapshots, one round every 30 s, unmarked
//!
//! no agent's leg lives, or the call is over ──▶ forgotten, with its timers
//! ```
//!
//! A round asks for the call by the connection of one of its agents and for the device of each of them; where the
//! answers differ it asks others ([`round`]). What one answer shows and no newer event denies is there; what one answer
//! shows and another lacks is a contradiction ([`verdict`]). Events of the call apply at once all the while, and a round
//! during which one came says nothing.
//!
//! What cannot be told from the truth: a party that was never told of on this session nor before it, on a device that
//! no agent uses, and that every answer leaves out of a conference of which three others are shown. It is shown as soon
//! as an event names it. An absence that no answer can prove keeps the mark until an event settles it or the agents
//! leave: an outside number that is left out of each answer, since its device cannot be read; and the third party of a
//! conference of two of which nobody is known to have left.
//!
//! Never publishes: that is what `publish` finds out. Never keeps a call whose agents have left it.

mod asking;
mod evidence;
mod recovered;
mod round;
mod search;
mod verdict;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use crate::calls::CallRef;
use crate::domain::Domain;
use crate::ids::{AgentId, CallId, Now};

use evidence::Form;
pub(crate) use evidence::{Evidence, Snapshot};
pub use round::Look;
use round::Round;
use search::Search;
pub(crate) use verdict::{CONFERENCE_MIN, Verdict, weigh};

/// Requests in flight for all rounds: half of a conference of 16 at once, and so few that reading again never stands in
/// the way of a sign-in or of a request.
const IN_FLIGHT_MAX: usize = 8;
/// Seconds from one round to the next. Doubling from the second in which a switch usually has said all it has to say,
/// up to the 15 s that CTI may need for an answer and the 30 s after which one is given up (mapping.md section 4.4).
const SPACING_S: [u64; 6] = [1, 2, 4, 8, 15, 30];
/// How often a conference that was learned from snapshots is read while nothing is wrong: as rarely as a doubted one.
const WATCH_EVERY: Duration = Duration::from_secs(30);
/// Rounds that must agree before a doubt is over.
const AGREE: u8 = 2;

/// Why a call is not taken for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Doubt {
    /// A conference of fewer than three, of which nobody is known to have left.
    TooFew,
    /// A party was in the conference, nothing told of its leaving, a snapshot lacks it, and its device cannot be read.
    PartyVanished,
    /// One answer shows a party that another lacks: most often a device that lists the call, whose snapshot lacks the
    /// device.
    PartyMissing,
    /// A snapshot shows a device that does not list the call.
    NotListed,
    /// What was read differs from what is shown, and no event told why.
    ReadsDiffer,
    /// A transfer or a conference was told whose parties are not those of its calls.
    Merge,
}

/// How far the news of a call are believed; calls that are not here are [trusted](self).
enum Trust {
    /// Believed, and read again now and then.
    Watched,
    /// Marked.
    Doubted {
        /// Rounds that agreed one after the other.
        agreed: u8,
        /// What the last round showed.
        form: Option<Form>,
    },
}

enum Stage {
    Waiting { until: Duration },
    Asking(Round),
}

/// A call that is read again.
struct Case {
    trust: Trust,
    stage: Stage,
    /// Rounds so far.
    rounds: usize,
    /// A connection that an event named, for a call of which nothing else is known.
    hint: Option<CallRef>,
}

/// All calls that are read again, and agents whose calls are looked for.
#[derive(Default)]
pub(crate) struct Rebuilds {
    cases: BTreeMap<CallId, Case>,
    /// The waiting ones.
    due: BTreeSet<(Duration, CallId)>,
    /// Questions of rounds that have begun. Rounds begin while there is room, so there are never more than those of
    /// [`IN_FLIGHT_MAX`] rounds.
    queue: VecDeque<Look>,
    in_flight: usize,
    last_round: u64,
    last_look: u64,
    searches: BTreeMap<AgentId, Search>,
}

impl Case {
    fn new(trust: Trust, until: Duration) -> Self {
        Self { trust, stage: Stage::Waiting { until }, rounds: 0, hint: None }
    }

    /// When the next round begins.
    fn next(&self, now: Duration) -> Duration {
        now + match self.trust {
            Trust::Watched => WATCH_EVERY,
            Trust::Doubted { .. } => spacing(self.rounds),
        }
    }

    /// When to ask again after a round that an event crossed: what bears no mark may be shown wrong until then.
    fn again(&self, now: Duration) -> Duration {
        match self.trust {
            Trust::Watched => now,
            Trust::Doubted { .. } => self.next(now),
        }
    }
}

/// The time after this many rounds.
fn spacing(rounds: usize) -> Duration {
    let at = rounds.saturating_sub(1).min(SPACING_S.len() - 1);
    Duration::from_secs(SPACING_S.get(at).copied().unwrap_or(30))
}

impl Rebuilds {
    /// The session is gone.
    pub(crate) fn clear(&mut self) {
        *self = Self { last_round: self.last_round, last_look: self.last_look, ..Self::default() };
    }

    /// The call is of no agent any more.
    pub(crate) fn forget(&mut self, id: CallId) {
        self.take(id);
        self.queue.retain(|look| look.call != id);
    }

    pub(crate) fn next_deadline(&self) -> Option<Duration> {
        let round = self.due.first().map(|(at, _)| *at).filter(|_| self.has_room());
        let search = self.searches.values().map(|search| search.until).min();
        round.into_iter().chain(search).min()
    }

    /// A doubted call has its case: whoever marks a call need not know more.
    fn see(&mut self, id: CallId) {
        if !self.cases.contains_key(&id) {
            self.put(id, Case::new(DOUBTED, Duration::ZERO));
        }
    }

    fn has_room(&self) -> bool {
        self.in_flight < IN_FLIGHT_MAX && self.queue.is_empty()
    }

    fn due(&self, now: Duration) -> Option<CallId> {
        self.due.first().filter(|(at, _)| *at <= now && self.has_room()).map(|(_, id)| *id)
    }

    fn take(&mut self, id: CallId) -> Option<Case> {
        let case = self.cases.remove(&id)?;
        if let Stage::Waiting { until } = case.stage {
            self.due.remove(&(until, id));
        }
        Some(case)
    }

    fn put(&mut self, id: CallId, case: Case) {
        if let Stage::Waiting { until } = case.stage {
            self.due.insert((until, id));
        }
        self.cases.insert(id, case);
    }

    /// The next round is not to wait longer.
    fn hurry(&mut self, id: CallId, now: Duration) {
        if let Some(mut case) = self.take(id) {
            if let Stage::Waiting { until } = &mut case.stage {
                *until = now.min(*until);
            }
            self.put(id, case);
        }
    }
}

/// Nothing has agreed yet.
const DOUBTED: Trust = Trust::Doubted { agreed: 0, form: None };

impl Domain {
    /// Marks a call that an agent is on, and has it read at once. To show the change that made the doubt and the mark in
    /// one event, set `doubt` with the change, and then call this.
    pub(crate) fn suspect(&mut self, id: CallId, why: Doubt, now: Now) {
        let Some(call) = self.calls.get(&id).filter(|call| call.is_on_a_desk()) else { return };
        if call.doubt.is_none() {
            self.change_call(id, |call| call.doubt = Some(why));
        }
        let mut case = self.rebuilds.take(id).unwrap_or_else(|| Case::new(DOUBTED, now.mono));
        case.trust = DOUBTED;
        self.rebuilds.put(id, case);
        self.rebuilds.hurry(id, now.mono);
        self.look(now);
    }

    /// Those of these calls that are on an agent's desk.
    pub(crate) fn on_desks(&self, ids: &[CallId]) -> Vec<CallId> {
        let calls = ids.iter().filter_map(|id| self.calls.get(id));
        calls.filter(|call| call.is_on_a_desk()).map(|call| call.id).collect()
    }

    /// After a change: a marked call is read again, and one that the last agent has left is not; it loses its mark.
    pub(crate) fn keep_marks(&mut self, ids: &[CallId], were_on_desks: &[CallId]) {
        for id in ids {
            let Some(call) = self.calls.get_mut(id) else { continue };
            let on_a_desk = call.is_on_a_desk();
            call.doubt = call.doubt.filter(|_| on_a_desk);
            if call.doubt.is_some() {
                self.rebuilds.see(*id);
            } else if were_on_desks.contains(id) && !on_a_desk {
                self.rebuilds.forget(*id);
            }
        }
    }

    /// Has a call read at once without marking it: events and reads may have crossed.
    pub(crate) fn check_call(&mut self, id: CallId, now: Now) {
        self.watch_call(id, now.mono);
        self.rebuilds.hurry(id, now.mono);
        self.look(now);
    }

    /// News of a call that nobody told of, which concerns an agent: it is read by the connection that the event names.
    pub(crate) fn ask_about(&mut self, connection: CallRef, now: Now) {
        let id = connection.id;
        let mut case = self.rebuilds.take(id).unwrap_or_else(|| Case::new(Trust::Watched, now.mono));
        case.hint = Some(connection);
        self.rebuilds.put(id, case);
        self.check_call(id, now);
    }

    /// The agent is not on calls any more: what is doubted of his calls is read at once, and nothing is looked for.
    pub(crate) fn left_calls(&mut self, agent: &AgentId, now: Now) {
        self.rebuilds.searches.remove(agent);
        let calls = self.agents.get(agent).map(|agent| agent.calls.clone()).unwrap_or_default();
        calls.into_iter().for_each(|id| self.rebuilds.hurry(id, now.mono));
        self.look(now);
    }

    /// A call that was learned from a snapshot: if it is a conference, it is read again while it lasts.
    pub(crate) fn learned(&mut self, id: CallId, now: Now) {
        if self.calls.get(&id).is_some_and(|call| call.is_conference() && call.is_on_a_desk()) {
            self.watch_call(id, now.mono + WATCH_EVERY);
        }
    }

    fn watch_call(&mut self, id: CallId, until: Duration) {
        if !self.rebuilds.cases.contains_key(&id) {
            self.rebuilds.put(id, Case::new(Trust::Watched, until));
        }
    }
}
