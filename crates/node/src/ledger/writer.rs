//! The writer: the log of the primary, which takes changes and gives them to the follower.
//!
//! ```text
//!          up: Where
//! Alone ──────────────▶ Asking ──Stand──┬─ equal ──────────────────────────▶ Even ◀─kept, no more─┐
//!   ▲                     ▲             ├─ it lacks entries, or all ──────────┴─ stored ─▶ Giving ─┘
//!   │                     │             ├─ we lack: Lack ─▶ Taking ─all there─▶ Storing
//!   └─ down, from each    │             │    not in its log: Unknown ─┐            │ stored
//!                         │             └─ each has what the other lacks ─▶ Diverged
//!                         │                                                  │ order
//!                         ├──────────── stored ◀── Settling ◀────────────────┘
//!                         └── time over ◀── Resting ◀── damaged, or not written
//! ```
//!
//! A link that comes up begins again at `Asking`, whatever was before.

use std::time::Duration;

use domain::Now;
use failover::fence::{LinkId, Rank};

use super::keeper::Desk;
use super::parcel::{Content, Incoming, Outgoing};
use super::{Change, Generation, Head, Message, Piece, REST_AFTER_DAMAGE, REST_UNWRITTEN, WithPeer};

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
        /// The follower is ahead: no change is taken until it is known what is to be done.
        hold: bool,
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
        /// The follower's log takes the place of ours by order.
        adoption: Option<Adoption>,
        /// Where the follower stands.
        theirs: Head,
    },
    Storing {
        link: LinkId,
        piece: super::Parcel,
        adoption: Option<Adoption>,
    },
    /// An own change, or the decision, is being written down; then everything is asked anew, or ours is given.
    Settling {
        link: LinkId,
        give: bool,
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

#[derive(Debug)]
pub(super) enum Input {
    Up(LinkId),
    Down,
    Said(Message),
    /// What was in hand is on disk and counts, or could not be written.
    Stored(bool),
    Adopt(Rank, Adoption),
    Rested,
}

impl Writer {
    /// Whether a change of an administrator may be written down.
    pub(super) fn accepts(&self) -> bool {
        match self {
            Self::Alone | Self::Even { .. } | Self::Giving { .. } | Self::Diverged { .. } => true,
            Self::Asking { hold, .. } => !hold,
            Self::Taking { .. } | Self::Storing { .. } | Self::Settling { .. } | Self::Resting { .. } => {
                false
            }
        }
    }

    pub(super) fn link(&self) -> Option<LinkId> {
        match self {
            Self::Alone => None,
            Self::Asking { link, .. }
            | Self::Even { link }
            | Self::Giving { link, .. }
            | Self::Taking { link, .. }
            | Self::Storing { link, .. }
            | Self::Settling { link, .. }
            | Self::Diverged { link, .. }
            | Self::Resting { link, .. } => Some(*link),
        }
    }

    pub(super) fn poll_timeout(&self) -> Option<Duration> {
        match self {
            Self::Resting { until, .. } => Some(*until),
            Self::Alone
            | Self::Asking { .. }
            | Self::Even { .. }
            | Self::Giving { .. }
            | Self::Taking { .. }
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
            Self::Taking { .. } | Self::Storing { .. } => WithPeer::Taking,
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
            Input::Up(link) => ask(link, false, desk),
            Input::Down => Self::Alone,
            Input::Said(message) => self.said(message, desk, now),
            Input::Stored(stored) => self.stored(stored, desk, now),
            Input::Adopt(winner, adoption) => self.adopt(winner, adoption, desk),
            Input::Rested => match self {
                Self::Resting { link, .. } => ask(link, true, desk),
                other => other,
            },
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
            | Self::Storing { .. }
            | Self::Settling { .. }
            | Self::Diverged { .. }
            | Self::Resting { .. }) => state,
        }
    }

    fn piece(self, piece: Piece, desk: &mut Desk, now: Now) -> Self {
        let Self::Taking { link, mut incoming, adoption, theirs } = self else { return self };
        let parcel = piece.parcel;
        desk.send(link, Message::Took(parcel));
        match incoming.take(piece) {
            Ok(None) => Self::Taking { link, incoming, adoption, theirs },
            Ok(Some(bytes)) => match desk.unpack(&bytes) {
                Ok(batch) => {
                    desk.write(batch.keeping(adoption.is_some()));
                    Self::Storing { link, piece: parcel, adoption }
                }
                Err(fault) => damaged(link, &fault.to_string(), desk, now),
            },
            Err(fault) => damaged(link, &fault.to_string(), desk, now),
        }
    }

    fn stored(self, stored: bool, desk: &mut Desk, now: Now) -> Self {
        match self {
            Self::Even { link } if stored => go_on(link, desk),
            Self::Storing { link, .. } if !stored => {
                Self::Resting { link, until: now.mono.saturating_add(REST_UNWRITTEN) }
            }
            Self::Storing { link, piece, adoption } => taken(link, piece, adoption, desk),
            Self::Settling { link, give: true } if stored => give_all(link, true, desk),
            Self::Settling { link, .. } => ask(link, true, desk),
            state @ (Self::Alone
            | Self::Asking { .. }
            | Self::Even { .. }
            | Self::Giving { .. }
            | Self::Taking { .. }
            | Self::Diverged { .. }
            | Self::Resting { .. }) => state,
        }
    }

    fn adopt(self, winner: Rank, adoption: Adoption, desk: &mut Desk) -> Self {
        let Self::Diverged { link, theirs } = self else { return self };
        desk.note(
            "settings.adopted",
            format!("{} decided: the settings of the {} are right", adoption.by, name(winner)),
        );
        match winner {
            Rank::Primary => settle(link, theirs, &adoption, desk),
            Rank::Secondary => {
                desk.send(link, Message::Lack(None));
                Self::Taking { link, incoming: Incoming::default(), adoption: Some(adoption), theirs }
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

fn ask(link: LinkId, hold: bool, desk: &mut Desk) -> Writer {
    desk.send(link, Message::Where);
    Writer::Asking { link, hold }
}

/// Who has what the other lacks.
fn judge(link: LinkId, theirs: Option<Head>, whole: bool, desk: &mut Desk) -> Writer {
    let Some(log) = &desk.log else { return Writer::Alone };
    let ours = log.head();
    let Some(theirs) = theirs else { return give_all(link, false, desk) };
    if theirs == ours && !whole {
        return Writer::Even { link };
    }
    if theirs.seq == 0 || desk.overruling {
        return give_all(link, false, desk);
    }
    match log.contains(&theirs) {
        Some(true) if whole => give_all(link, false, desk),
        Some(true) => go_on_after(link, theirs, desk),
        // Long away: it cannot be known whether it is of this log, so what it has is set aside.
        None if theirs.generation == ours.generation => give_all(link, true, desk),
        // What is being written down decides whether we are still behind.
        Some(false) if theirs.seq > ours.seq && desk.is_writing() => Writer::Settling { link, give: false },
        Some(false) if theirs.seq > ours.seq => lack(link, ours, theirs, desk),
        Some(false) | None => diverged(link, theirs, desk),
    }
}

fn lack(link: LinkId, ours: Head, theirs: Head, desk: &mut Desk) -> Writer {
    let says =
        format!("the other server is ahead: it is at {theirs}, this one at {ours}; next: it is read first");
    desk.note("settings.behind", says);
    // A log in which nobody has changed anything gives way.
    desk.send(link, Message::Lack(Some(ours).filter(|ours| ours.seq > 0)));
    Writer::Taking { link, incoming: Incoming::default(), adoption: None, theirs }
}

fn diverged(link: LinkId, theirs: Head, desk: &mut Desk) -> Writer {
    let Some(ours) = desk.head() else { return Writer::Alone };
    let says = format!(
        "each server has settings that the other lacks: the other is at {theirs}, this one at {ours}; next: nothing is \
         carried over until `holdfast service settings --adopt` says whose are right"
    );
    desk.note("settings.diverged", says);
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
        return Writer::Even { link };
    }
    if log.base().seq > theirs.seq {
        return give_all(link, false, desk);
    }
    let content = Content::entries(log, theirs.seq);
    let out = desk.parcel(&content);
    give(link, out, desk)
}

fn give_all(link: LinkId, keep: bool, desk: &mut Desk) -> Writer {
    let Some(log) = &desk.log else { return Writer::Alone };
    let says = format!("all {} settings are carried over to the other server", log.objects().len());
    let content = Content::whole(log, keep);
    desk.note("settings.whole", says);
    let out = desk.parcel(&content);
    give(link, out, desk)
}

fn give(link: LinkId, mut out: Outgoing, desk: &mut Desk) -> Writer {
    while let Some(piece) = out.next() {
        desk.send(link, Message::Piece(piece));
    }
    Writer::Giving { link, out }
}

fn kept(link: LinkId, head: Head, desk: &mut Desk) -> Writer {
    desk.peer = Some(head);
    if desk.log.as_ref().and_then(|log| log.contains(&head)) == Some(true) {
        return go_on_after(link, head, desk);
    }
    ask(link, false, desk)
}

/// What was taken from the follower is on disk.
fn taken(link: LinkId, parcel: super::Parcel, adoption: Option<Adoption>, desk: &mut Desk) -> Writer {
    let Some(head) = desk.head() else { return Writer::Alone };
    desk.send(link, Message::Kept(parcel, head));
    desk.note("settings.taken", format!("taken from the other server: this one is at {head}"));
    match adoption {
        Some(adoption) => decide(link, false, "the secondary's settings were adopted", &adoption, desk),
        None => ask(link, true, desk),
    }
}

fn settle(link: LinkId, theirs: Head, adoption: &Adoption, desk: &mut Desk) -> Writer {
    let says = format!("the primary's settings were adopted; the secondary was at {theirs}");
    decide(link, true, &says, adoption, desk)
}

/// The decision is the first change of a new generation.
fn decide(link: LinkId, give: bool, says: &str, adoption: &Adoption, desk: &mut Desk) -> Writer {
    let change = Change { writes: Vec::new(), by: adoption.by.clone(), says: says.to_owned() };
    match desk.write_change(change, Some(adoption)) {
        Ok(_) => Writer::Settling { link, give },
        Err(_) => ask(link, true, desk),
    }
}

fn damaged(link: LinkId, why: &str, desk: &mut Desk, now: Now) -> Writer {
    desk.thrown_away += 1;
    desk.note("settings.damaged", format!("what came from the other server was thrown away: {why}"));
    Writer::Resting { link, until: now.mono.saturating_add(REST_AFTER_DAMAGE) }
}
