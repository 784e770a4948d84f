//! The follower: the log of the secondary, which takes what the writer gives.
//!
//! ```text
//!         up                 Where: Stand
//! Alone ─────▶ Following ◀──────────────────┐
//!   ▲             │  ▲                      │
//!   │             │  └─ stored: Kept ─── Storing ◀─ it follows ─ Reading ◀── a parcel is there
//!   │             │                         │
//!   │             ├─ damaged ─▶ Resting ◀───┘ not written        Resting ──time over: Stand──▶ Following
//!   │             ├─ Lack ───▶ Giving ──Kept, Where──▶ Following
//!   │             └─ Diverged ─▶ Diverged ──Where, Piece, Lack──▶ Following, Giving
//!   └─ down, from each
//! ```
//!
//! While something is unpacked or written down, `Where` and `Lack` are answered when that is done.

use std::time::Duration;

use domain::Now;
use failover::fence::LinkId;

use super::keeper::Desk;
use super::parcel::{Content, Incoming, Outgoing};
use super::work::{Outcome, UnpackId};
use super::{Fault, Head, Message, Parcel, Piece, REST_AFTER_DAMAGE, REST_UNWRITTEN, WithPeer};

/// See the diagram.
#[derive(Debug)]
pub(super) enum Follower {
    Alone,
    Following {
        link: LinkId,
        incoming: Incoming,
        /// The writer waits for an answer, and gets it when the disk is done.
        asked: Option<Asked>,
        even: bool,
    },
    /// It is unpacked.
    Reading {
        link: LinkId,
        parcel: Parcel,
        work: UnpackId,
        asked: Option<Asked>,
    },
    Storing {
        link: LinkId,
        parcel: Parcel,
        asked: Option<Asked>,
    },
    Giving {
        link: LinkId,
        out: Outgoing,
    },
    Diverged {
        link: LinkId,
    },
    Resting {
        link: LinkId,
        until: Duration,
        whole: bool,
    },
}

/// What the writer wants to know.
#[derive(Clone, Copy, Debug)]
pub(super) enum Asked {
    Where,
    Lack(Option<Head>),
}

#[derive(Debug)]
pub(super) enum Input {
    Up(LinkId),
    Down,
    Said(Message),
    Worked(Outcome),
    /// What was in hand is on disk and counts, or could not be written.
    Stored(bool),
    Rested,
}

impl Follower {
    pub(super) fn link(&self) -> Option<LinkId> {
        match self {
            Self::Alone => None,
            Self::Following { link, .. }
            | Self::Reading { link, .. }
            | Self::Storing { link, .. }
            | Self::Giving { link, .. }
            | Self::Diverged { link }
            | Self::Resting { link, .. } => Some(*link),
        }
    }

    pub(super) fn poll_timeout(&self) -> Option<Duration> {
        match self {
            Self::Resting { until, .. } => Some(*until),
            Self::Alone
            | Self::Following { .. }
            | Self::Reading { .. }
            | Self::Storing { .. }
            | Self::Giving { .. }
            | Self::Diverged { .. } => None,
        }
    }

    pub(super) fn word(&self) -> WithPeer {
        match self {
            Self::Alone => WithPeer::Alone,
            Self::Following { even: true, .. } => WithPeer::Even,
            Self::Following { .. } => WithPeer::Asking,
            Self::Reading { .. } | Self::Storing { .. } => WithPeer::Taking,
            Self::Giving { .. } => WithPeer::Giving,
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
            Input::Up(link) => following(link),
            Input::Down => Self::Alone,
            Input::Said(message) => self.said(message, desk, now),
            Input::Worked(outcome) => self.worked(outcome, desk, now),
            Input::Stored(stored) => self.stored(stored, desk, now),
            Input::Rested => match self {
                Self::Resting { link, whole, .. } => stand(link, whole, desk),
                other => other,
            },
        }
    }

    fn said(self, message: Message, desk: &mut Desk, now: Now) -> Self {
        match message {
            Message::Where => self.asked(Asked::Where, desk),
            Message::Lack(from) => self.asked(Asked::Lack(from), desk),
            Message::Diverged(theirs) => self.diverged(theirs, desk),
            Message::Piece(piece) => self.piece(piece, desk, now),
            Message::Took(parcel) => match self {
                Self::Giving { link, mut out } if out.is(parcel) => {
                    out.took();
                    give(link, out, desk)
                }
                other => other,
            },
            Message::Kept(parcel, head) => match self {
                Self::Giving { link, out } if out.is(parcel) => {
                    desk.peer = Some(head);
                    desk.all_is_well();
                    following(link)
                }
                other => other,
            },
            // These are the follower's own.
            Message::Stand { .. } | Message::Unknown => self,
        }
    }

    /// The writer wants to know something; it is told when the disk is done.
    fn asked(self, what: Asked, desk: &mut Desk) -> Self {
        match self {
            Self::Alone => Self::Alone,
            Self::Reading { link, parcel, work, .. } => {
                Self::Reading { link, parcel, work, asked: Some(what) }
            }
            Self::Storing { link, parcel, .. } => Self::Storing { link, parcel, asked: Some(what) },
            Self::Following { link, .. }
            | Self::Giving { link, .. }
            | Self::Diverged { link }
            | Self::Resting { link, .. } => answer(link, what, desk),
        }
    }

    fn diverged(self, theirs: Head, desk: &mut Desk) -> Self {
        let Some(link) = self.link() else { return self };
        desk.peer = Some(theirs);
        let ours = desk.head().map_or_else(|| "without any".to_owned(), |head| format!("at {head}"));
        let says = format!(
            "each server has, or may have, settings that the other lacks: the primary is at {theirs}, this one {ours}; next: the \
             primary waits for `holdfast service settings --adopt`"
        );
        desk.note_once("settings.diverged", says);
        Self::Diverged { link }
    }

    fn piece(self, piece: Piece, desk: &mut Desk, now: Now) -> Self {
        let (link, mut incoming) = match self {
            Self::Following { link, incoming, asked: None, .. } => (link, incoming),
            Self::Diverged { link } => (link, Incoming::default()),
            // Of a parcel that was given up.
            Self::Alone
            | Self::Following { .. }
            | Self::Reading { .. }
            | Self::Storing { .. }
            | Self::Giving { .. }
            | Self::Resting { .. } => return self,
        };
        let parcel = piece.parcel;
        desk.send(link, Message::Took(parcel));
        match incoming.take(piece) {
            Ok(None) => Self::Following { link, incoming, asked: None, even: false },
            Ok(Some(bytes)) => Self::Reading { link, parcel, work: desk.unpack(bytes), asked: None },
            Err(fault) => damaged(link, None, fault, desk, now),
        }
    }

    /// What was asked for over an earlier link is worth nothing.
    fn worked(self, outcome: Outcome, desk: &mut Desk, now: Now) -> Self {
        match (self, outcome) {
            (Self::Giving { link, mut out }, Outcome::Packed(parcel, bytes)) if out.is(parcel) => {
                out.fill(bytes);
                give(link, out, desk)
            }
            (Self::Reading { link, parcel, work, asked }, Outcome::Unpacked(id, content)) if id == work => {
                match content.and_then(|content| desk.batch(content)) {
                    Ok(batch) => {
                        desk.write(batch);
                        Self::Storing { link, parcel, asked }
                    }
                    Err(fault) => damaged(link, asked, fault, desk, now),
                }
            }
            (state, Outcome::Packed(..) | Outcome::Unpacked(..)) => state,
        }
    }

    fn stored(self, stored: bool, desk: &mut Desk, now: Now) -> Self {
        match self {
            // Of an earlier link, whose successor has asked meanwhile.
            Self::Following { link, asked: Some(asked), .. } => answer(link, asked, desk),
            Self::Storing { link, asked: Some(asked), .. } => answer(link, asked, desk),
            Self::Storing { link, parcel, asked: None } if stored => kept(link, parcel, desk),
            Self::Storing { link, asked: None, .. } => {
                desk.note_once(
                    "settings.unwritable",
                    "settings of the primary could not be written down".into(),
                );
                Self::Resting { link, until: now.mono.saturating_add(REST_UNWRITTEN), whole: false }
            }
            state @ (Self::Alone
            | Self::Following { .. }
            | Self::Reading { .. }
            | Self::Giving { .. }
            | Self::Diverged { .. }
            | Self::Resting { .. }) => state,
        }
    }
}

fn following(link: LinkId) -> Follower {
    Follower::Following { link, incoming: Incoming::default(), asked: None, even: false }
}

fn answer(link: LinkId, what: Asked, desk: &mut Desk) -> Follower {
    if desk.is_writing() {
        return Follower::Following { link, incoming: Incoming::default(), asked: Some(what), even: false };
    }
    match what {
        Asked::Where => stand(link, false, desk),
        Asked::Lack(from) => lack(link, from, desk),
    }
}

fn stand(link: LinkId, whole: bool, desk: &mut Desk) -> Follower {
    let head = desk.head();
    desk.send(link, Message::Stand { head, whole });
    Follower::Following { link, incoming: Incoming::default(), asked: None, even: head.is_some() && !whole }
}

/// Whoever asks meanwhile is answered with where this log stands, and gives again what it lacks.
fn damaged(link: LinkId, asked: Option<Asked>, why: Fault, desk: &mut Desk, now: Now) -> Follower {
    desk.thrown_away += 1;
    desk.note_once("settings.damaged", format!("what came from the primary was thrown away: {why}"));
    match asked {
        Some(asked) => answer(link, asked, desk),
        None => Follower::Resting { link, until: now.mono.saturating_add(REST_AFTER_DAMAGE), whole: true },
    }
}

fn kept(link: LinkId, parcel: Parcel, desk: &mut Desk) -> Follower {
    desk.all_is_well();
    if let Some(head) = desk.head() {
        desk.peer = Some(head);
        desk.send(link, Message::Kept(parcel, head));
    }
    Follower::Following { link, incoming: Incoming::default(), asked: None, even: true }
}

/// The writer takes from here: it was restored from an older copy, or is new.
fn lack(link: LinkId, from: Option<Head>, desk: &mut Desk) -> Follower {
    let content = desk.log.as_ref().and_then(|log| match from {
        None => Some(Content::whole(log, false)),
        Some(from) if log.overrules(&from) => Some(Content::whole(log, true)),
        Some(from) => (log.contains(&from) == Some(true)).then(|| Content::after(log, &from)),
    });
    match content {
        Some(content) => {
            let out = desk.parcel(content);
            Follower::Giving { link, out }
        }
        None => {
            desk.send(link, Message::Unknown);
            following(link)
        }
    }
}

fn give(link: LinkId, mut out: Outgoing, desk: &mut Desk) -> Follower {
    while let Some(piece) = out.next() {
        desk.send(link, Message::Piece(piece));
    }
    Follower::Giving { link, out }
}
