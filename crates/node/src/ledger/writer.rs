//! The writer: the log of the primary, which takes changes and gives them to the follower.
//!
//! ```text
//!          up: Where
//! Alone ──────────────▶ Asking ──Stand──┬─ equal ──────────────────────────▶ Even ◀─kept, no more─┐
//!   ▲                     ▲             ├─ it lacks entries, or all ──────────┴─ stored ─▶ Giving ─┘
//!   │                     │             ├─ we lack: Lack ─▶ Taking ─all there─▶ Reading ─▶ Storing
//!   └─ down, from each    │             │    not in its log: Unknown ─┐  ▲                     │ stored
//!                         │             └─ neither is in the other ─▶ Diverged                 │
//!                         │                                            │ order                 │
//!                         ├──────────── stored ◀── Settling ◀──────────┴───────────────────────┘
//!                         └── time over ◀── Resting ◀── damaged, or not written
//! ```
//!
//! A link that comes up begins again at `Asking`, whatever was before. A decision holds over links: for the primary it is
//! in its log, which overrules what the secondary has; for the secondary it waits until its log is here.

use std::time::Duration;

use domain::Now;
use failover::fence::{LinkId, Rank};

use super::keeper::{Decided, Desk};
use super::parcel::{Content, Incoming, Outgoing};
use super::work::{Outcome, UnpackId};
use super::{
    Change, Fault, Generation, HOLD_AT_FIRST, Head, Message, Parcel, Piece, REST_AFTER_DAMAGE,
    REST_UNWRITTEN, WithPeer, Write,
};

/// Somebody's decision whose log is the right one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adoption {
    /// The new one, by chance.
    pub generation: Generation,
    /// Who decided.
    pub by: String,
}

/// See the diagram.
#[derive(Debug)]
pub(super) enum Writer {
    Alone,
    Asking {
        link: LinkId,
        hold: Hold,
    },
    Even {
        link: LinkId,
    },
    Giving {
        link: LinkId,
        out: Outgoing,
    },
    Taking {
        link: LinkId,
        incoming: Incoming,
        /// Where the follower stands.
        theirs: Head,
    },
    /// It is unpacked.
    Reading {
        link: LinkId,
        parcel: Parcel,
        work: UnpackId,
        theirs: Head,
    },
    Storing {
        link: LinkId,
        parcel: Parcel,
    },
    /// An own change, or the decision, is being written down; then everything is asked anew.
    Settling {
        link: LinkId,
    },
    Diverged {
        link: LinkId,
        theirs: Head,
    },
    Resting {
        link: LinkId,
        until: Duration,
    },
}

/// Whether changes wait for the follower's answer.
#[derive(Debug)]
pub(super) enum Hold {
    Not,
    /// It may be ahead: a change that is taken before this is known would make the logs diverge.
    Until(Duration),
    /// It is ahead.
    Firmly,
}

#[derive(Debug)]
pub(super) enum Input {
    Up(LinkId),
    Down,
    Said(Message),
    Worked(Outcome),
    /// What was in hand is on disk and counts, or could not be written.
    Stored(bool),
    Adopt(Rank, Adoption),
    TimeOver,
}

impl Writer {
    /// Whether a change of an administrator may be written down.
    pub(super) fn accepts(&self) -> bool {
        match self {
            Self::Alone | Self::Even { .. } | Self::Giving { .. } | Self::Diverged { .. } => true,
            Self::Asking { hold: Hold::Not, .. } => true,
            Self::Asking { .. }
            | Self::Taking { .. }
            | Self::Reading { .. }
            | Self::Storing { .. }
            | Self::Settling { .. }
            | Self::Resting { .. } => false,
        }
    }

    pub(super) fn link(&self) -> Option<LinkId> {
        match self {
            Self::Alone => None,
            Self::Asking { link, .. }
            | Self::Even { link }
            | Self::Giving { link, .. }
            | Self::Taking { link, .. }
            | Self::Reading { link, .. }
            | Self::Storing { link, .. }
            | Self::Settling { link, .. }
            | Self::Diverged { link, .. }
            | Self::Resting { link, .. } => Some(*link),
        }
    }

    pub(super) fn poll_timeout(&self) -> Option<Duration> {
        match self {
            Self::Resting { until, .. } | Self::Asking { hold: Hold::Until(until), .. } => Some(*until),
            Self::Alone
            | Self::Asking { .. }
            | Self::Even { .. }
            | Self::Giving { .. }
            | Self::Taking { .. }
            | Self::Reading { .. }
            | Self::Storing { .. }
            | Self::Settling { .. }
            | Self::Diverged { .. } => None,
        }
    }

    pub(super) fn word(&self) -> WithPeer {
        match self {
            Self::Alone => WithPeer::Alone,
            Self::Asking { .. } | Self::Settling { .. } => WithPeer::Asking,
            Self::Even { .. } => WithPeer::Even,
            Self::Giving { .. } => WithPeer::Giving,
            Self::Taking { .. } | Self::Reading { .. } | Self::Storing { .. } => WithPeer::Taking,
            Self::Diverged { .. } => WithPeer::Diverged,
            Self::Resting { .. } => WithPeer::Resting,
        }
    }

    pub(super) fn handle(&mut self, input: Input, desk: &mut Desk, now: Now) {
        let state = std::mem::replace(self, Self::Alone);
        *self = state.step(input, desk, now);
    }

    fn step(self, input: Input, desk: &mut Desk, now: Now) -> Self {
        match input {
            Input::Up(link) => ask(link, Hold::Until(now.mono.saturating_add(HOLD_AT_FIRST)), desk),
            Input::Down => Self::Alone,
            Input::Said(message) => self.said(message, desk, now),
            Input::Worked(outcome) => self.worked(outcome, desk, now),
            Input::Stored(stored) => self.stored(stored, desk, now),
            Input::Adopt(winner, adoption) => self.adopt(winner, adoption, desk),
            Input::TimeOver => self.time_over(desk),
        }
    }

    fn time_over(self, desk: &mut Desk) -> Self {
        match self {
            Self::Resting { link, .. } => ask(link, Hold::Firmly, desk),
            Self::Asking { link, hold: Hold::Until(_) } => Self::Asking { link, hold: Hold::Not },
            state @ (Self::Alone
            | Self::Asking { .. }
            | Self::Even { .. }
            | Self::Giving { .. }
            | Self::Taking { .. }
            | Self::Reading { .. }
            | Self::Storing { .. }
            | Self::Settling { .. }
            | Self::Diverged { .. }) => state,
        }
    }

    fn said(self, message: Message, desk: &mut Desk, now: Now) -> Self {
        match message {
            Message::Stand { head, whole } => self.stand(head, whole, desk),
            Message::Took(parcel) => match self {
                Self::Giving { link, mut out } if out.is(parcel) => {
                    out.took();
                    give(link, out, desk)
                }
                other => other,
            },
            Message::Kept(parcel, head) => match self {
                Self::Giving { link, out } if out.is(parcel) => kept(link, head, desk),
                other => other,
            },
            Message::Unknown => match self {
                Self::Taking { link, theirs, .. } => diverged(link, theirs, desk),
                other => other,
            },
            Message::Piece(piece) => self.piece(piece, desk, now),
            // These are the writer's own.
            Message::Where | Message::Lack(_) | Message::Diverged(_) => self,
        }
    }

    /// The follower has said where it stands.
    fn stand(self, head: Option<Head>, whole: bool, desk: &mut Desk) -> Self {
        match self {
            Self::Asking { link, .. } | Self::Even { link } | Self::Giving { link, .. } => {
                desk.peer = head;
                judge(link, head, whole, desk)
            }
            // What it says is answered when this is over.
            state @ (Self::Alone
            | Self::Taking { .. }
            | Self::Reading { .. }
            | Self::Storing { .. }
            | Self::Settling { .. }
            | Self::Diverged { .. }
            | Self::Resting { .. }) => state,
        }
    }

    fn piece(self, piece: Piece, desk: &mut Desk, now: Now) -> Self {
        let Self::Taking { link, mut incoming, theirs } = self else { return self };
        let parcel = piece.parcel;
        desk.send(link, Message::Took(parcel));
        match incoming.take(piece) {
            Ok(None) => Self::Taking { link, incoming, theirs },
            Ok(Some(bytes)) => Self::Reading { link, parcel, work: desk.unpack(bytes), theirs },
            Err(fault) => damaged(link, fault, desk, now),
        }
    }

    /// What was asked for over an earlier link is worth nothing.
    fn worked(self, outcome: Outcome, desk: &mut Desk, now: Now) -> Self {
        match (self, outcome) {
            (Self::Giving { link, mut out }, Outcome::Packed(parcel, bytes)) if out.is(parcel) => {
                out.fill(bytes);
                give(link, out, desk)
            }
            (Self::Reading { link, parcel, work, theirs }, Outcome::Unpacked(id, content)) if id == work => {
                match content.and_then(|content| desk.batch(content)) {
                    Ok(batch) => {
                        desk.write(batch.keeping(desk.gives_way_to(&theirs)));
                        Self::Storing { link, parcel }
                    }
                    Err(fault) => damaged(link, fault, desk, now),
                }
            }
            (state, Outcome::Packed(..) | Outcome::Unpacked(..)) => state,
        }
    }

    fn stored(self, stored: bool, desk: &mut Desk, now: Now) -> Self {
        match self {
            Self::Even { link } if stored => go_on(link, desk),
            Self::Storing { link, .. } if !stored => {
                Self::Resting { link, until: now.mono.saturating_add(REST_UNWRITTEN) }
            }
            Self::Storing { link, parcel } => taken(link, parcel, desk),
            Self::Settling { link } => ask(link, Hold::Firmly, desk),
            state @ (Self::Alone
            | Self::Asking { .. }
            | Self::Even { .. }
            | Self::Giving { .. }
            | Self::Taking { .. }
            | Self::Reading { .. }
            | Self::Diverged { .. }
            | Self::Resting { .. }) => state,
        }
    }

    fn adopt(self, winner: Rank, adoption: Adoption, desk: &mut Desk) -> Self {
        let (Self::Diverged { link, theirs }, Some(ours)) = (&self, desk.head()) else { return self };
        let (link, theirs) = (*link, *theirs);
        desk.note(
            "settings.adopted",
            format!("{} decided: the settings of the {} are right", adoption.by, name(winner)),
        );
        match winner {
            Rank::Primary => {
                desk.decided = None;
                decide(link, winner, &theirs, adoption, desk)
            }
            Rank::Secondary => {
                desk.decided = Some(Decided { ours, theirs, adoption });
                take(link, None, theirs, desk)
            }
        }
    }
}

fn name(rank: Rank) -> &'static str {
    match rank {
        Rank::Primary => "primary",
        Rank::Secondary => "secondary",
    }
}

fn ask(link: LinkId, hold: Hold, desk: &mut Desk) -> Writer {
    desk.send(link, Message::Where);
    Writer::Asking { link, hold }
}

/// Who has what the other lacks.
fn judge(link: LinkId, theirs: Option<Head>, whole: bool, desk: &mut Desk) -> Writer {
    let Some(log) = &desk.log else { return Writer::Alone };
    let ours = log.head();
    let Some(theirs) = theirs else { return give_all(link, false, desk) };
    if theirs == ours && !whole {
        return equal(link, theirs, desk);
    }
    if desk.gives_way_to(&theirs) && !desk.is_writing() {
        return take(link, None, theirs, desk);
    }
    if theirs.seq == 0 || desk.overruling {
        return give_all(link, false, desk);
    }
    if log.overrules(&theirs) {
        return give_all(link, true, desk);
    }
    match log.contains(&theirs) {
        Some(true) if whole => give_all(link, false, desk),
        Some(true) => go_on_after(link, theirs, desk),
        // What is being written down decides whether we are still behind.
        Some(false) if theirs.seq > ours.seq && desk.is_writing() => Writer::Settling { link },
        Some(false) if theirs.seq > ours.seq => lack(link, ours, theirs, desk),
        // It is another log, or it was left so long ago that nobody knows.
        Some(false) | None => diverged(link, theirs, desk),
    }
}

/// Also what was decided for the secondary may have come before the last link was lost.
fn equal(link: LinkId, head: Head, desk: &mut Desk) -> Writer {
    match desk.decided.take_if(|decided| decided.theirs == head) {
        Some(Decided { ours, adoption, .. }) => decide(link, Rank::Secondary, &ours, adoption, desk),
        None => {
            desk.all_is_well();
            Writer::Even { link }
        }
    }
}

fn lack(link: LinkId, ours: Head, theirs: Head, desk: &mut Desk) -> Writer {
    let says =
        format!("the other server is ahead: it is at {theirs}, this one at {ours}; next: it is read first");
    desk.note_once("settings.behind", says);
    // A log in which nobody has changed anything gives way.
    take(link, Some(ours).filter(|ours| ours.seq > 0), theirs, desk)
}

/// What follows this place is wanted, or everything.
fn take(link: LinkId, after: Option<Head>, theirs: Head, desk: &mut Desk) -> Writer {
    desk.send(link, Message::Lack(after));
    Writer::Taking { link, incoming: Incoming::default(), theirs }
}

fn diverged(link: LinkId, theirs: Head, desk: &mut Desk) -> Writer {
    let Some(ours) = desk.head() else { return Writer::Alone };
    let says = format!(
        "each server has, or may have, settings that the other lacks: the other is at {theirs}, this one at {ours}; next: \
         nothing is carried over until `holdfast service settings --adopt` says whose are right"
    );
    desk.note_once("settings.diverged", says);
    desk.send(link, Message::Diverged(ours));
    Writer::Diverged { link, theirs }
}

fn go_on(link: LinkId, desk: &mut Desk) -> Writer {
    match desk.peer {
        Some(peer) => go_on_after(link, peer, desk),
        None => give_all(link, false, desk),
    }
}

fn go_on_after(link: LinkId, theirs: Head, desk: &mut Desk) -> Writer {
    let Some(log) = &desk.log else { return Writer::Alone };
    if log.head() == theirs {
        return equal(link, theirs, desk);
    }
    give_content(link, Content::after(log, &theirs), desk)
}

fn give_all(link: LinkId, keep: bool, desk: &mut Desk) -> Writer {
    let Some(log) = &desk.log else { return Writer::Alone };
    give_content(link, Content::whole(log, keep), desk)
}

fn give_content(link: LinkId, content: Content, desk: &mut Desk) -> Writer {
    if let Content::Whole { snapshot, .. } = &content {
        let says = format!("all {} settings are carried over to the other server", snapshot.objects.len());
        desk.note_once("settings.whole", says);
    }
    Writer::Giving { link, out: desk.parcel(content) }
}

fn give(link: LinkId, mut out: Outgoing, desk: &mut Desk) -> Writer {
    while let Some(piece) = out.next() {
        desk.send(link, Message::Piece(piece));
    }
    Writer::Giving { link, out }
}

fn kept(link: LinkId, head: Head, desk: &mut Desk) -> Writer {
    desk.peer = Some(head);
    desk.all_is_well();
    if desk.log.as_ref().and_then(|log| log.contains(&head)) == Some(true) {
        return go_on_after(link, head, desk);
    }
    ask(link, Hold::Not, desk)
}

/// What was taken from the follower is on disk.
fn taken(link: LinkId, parcel: Parcel, desk: &mut Desk) -> Writer {
    let Some(head) = desk.head() else { return Writer::Alone };
    desk.send(link, Message::Kept(parcel, head));
    desk.note("settings.taken", format!("taken from the other server: this one is at {head}"));
    desk.all_is_well();
    match desk.decided.take_if(|decided| decided.theirs == head) {
        Some(Decided { ours, adoption, .. }) => decide(link, Rank::Secondary, &ours, adoption, desk),
        None => ask(link, Hold::Firmly, desk),
    }
}

/// The decision is the first change of a new generation. What it is against gives way wherever it is met.
fn decide(link: LinkId, winner: Rank, against: &Head, adoption: Adoption, desk: &mut Desk) -> Writer {
    let says = format!("the {}'s settings were adopted; the other server was at {against}", name(winner));
    let change = Change { writes: vec![Write::overrule(against)], by: adoption.by, says };
    match desk.write_change(change, Some(adoption.generation)) {
        Ok(_) => Writer::Settling { link },
        Err(_) => ask(link, Hold::Firmly, desk),
    }
}

fn damaged(link: LinkId, why: Fault, desk: &mut Desk, now: Now) -> Writer {
    desk.thrown_away += 1;
    desk.note_once("settings.damaged", format!("what came from the other server was thrown away: {why}"));
    Writer::Resting { link, until: now.mono.saturating_add(REST_AFTER_DAMAGE) }
}
