use std::fmt;
use std::time::Duration;

use super::{Epoch, Transition};
use crate::presence::{Agent, Denial, Order};

/// The time: since an arbitrary start for deadlines, of the wall for epochs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Since an arbitrary start; never goes back.
    pub at: Duration,
    /// Milliseconds of the wall clock; may jump.
    pub wall_ms: u64,
}

/// Names one connection to the peer. Never used twice, so that late news of an old one is void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub u64);

/// Names one request to sign in, chosen by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What the nodes say to each other, in order and without loss while a link lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Sessions of the sender, at link-up, before anything else is asked.
    Sessions {
        /// At most [`super::PAGE_MAX`].
        page: Vec<(Agent, Epoch)>,
        /// No page follows.
        last: bool,
    },
    /// A session begins at the sender.
    Began(Agent, Epoch),
    /// May the sender log this agent out, whose session there was this one?
    Ask {
        /// Name of the question.
        order: Order,
        /// Whom.
        agent: Agent,
        /// His session at the sender.
        epoch: Epoch,
    },
    /// Yes; his sign-in is held.
    Grant(Order),
    /// No.
    Refuse(Order),
    /// The order is over: carried out, dropped or withdrawn.
    Report(Order),
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// An authenticated connection to the peer is up.
    LinkUp(LinkId),
    /// It is gone.
    LinkDown(LinkId),
    /// The peer said this.
    Message(LinkId, Message),
    /// A client asks to sign an agent in; `Admit` or `RefuseSignIn` answers.
    SignIn(Agent, Ticket),
    /// CTI says that the agent is signed out.
    SignedOut(Agent),
    /// A desktop of the agent is here.
    Present(Agent),
    /// His last desktop here is gone.
    Gone(Agent),
    /// Ask whether he may be logged out.
    Ask(Agent, Order),
    /// The order is void.
    Withdraw(Order),
    /// CTI has answered, or never will.
    Outcome {
        /// Which.
        order: Order,
        /// CTI accepted or refused it: the session is over.
        settled: bool,
    },
}

/// One thing to do, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Tell the peer.
    Send(LinkId, Message),
    /// Close this connection; no news of it is wanted any more.
    Close(LinkId, Fault),
    /// The order may be carried out.
    Granted {
        /// Which.
        order: Order,
        /// It is void unless written to CTI until then; without it nobody holds a sign-in for it.
        write_by: Option<Duration>,
    },
    /// The order must not be carried out.
    Denied(Order, Denial),
    /// A newer session of the agent is at the peer, or the peer logs him out.
    Superseded(Agent),
    /// Let the client sign in.
    Admit(Agent, Ticket),
    /// Refuse the client as too many: a bound is reached.
    RefuseSignIn(Agent, Ticket),
    /// The link has changed; for the log, the timeline and the metrics.
    Transition(Transition),
}

/// Why this side gives a link up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A newer connection is in its place.
    Replaced,
    /// The peer did not exchange its sessions in time.
    NoSessions,
    /// The peer did not answer in time.
    NoAnswer,
    /// The peer did not report the outcome of an order in time.
    NoReport,
    /// The peer said what it may not say now.
    OutOfOrder,
    /// The peer exceeded a bound.
    TooMany,
    /// An epoch out of range, or of our own rank: both nodes are set up as the same.
    BadEpoch,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Replaced => "a newer connection took its place",
            Self::NoSessions => "the peer did not send its sessions in time",
            Self::NoAnswer => "the peer did not answer in time",
            Self::NoReport => "the peer did not report an outcome in time",
            Self::OutOfOrder => "the peer broke the order of messages",
            Self::TooMany => "the peer exceeded a bound",
            Self::BadEpoch => "the peer sent an impossible epoch; do both nodes have the same rank?",
        })
    }
}

/// What the next deadline is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// The peer's sessions should have come.
    Sessions,
    /// The peer should have answered.
    Answer,
    /// The peer should have reported.
    Report,
}

/// What has been counted since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Questions sent.
    pub asked: u64,
    /// Questions that the peer granted in time.
    pub granted: u64,
    /// Questions that the peer granted too late.
    pub too_late: u64,
    /// Questions that the peer refused.
    pub refused: u64,
    /// Orders carried out without a question, since the link was down or fencing is off.
    pub unfenced: u64,
    /// Sign-ins that had to wait for a report.
    pub held: u64,
    /// Links lost.
    pub losses: u64,
    /// News of old links and orders, dropped.
    pub void: u64,
    /// Requests dropped because a bound is reached.
    pub overflow: u64,
}
