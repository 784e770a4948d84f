//! What the nodes say to each other.

use std::fmt;

use node::PeerMessage;
use node::failover::fence::{Epoch, Message, Rank};
use node::ledger;

/// As one sentence.
pub(crate) struct Fencing<'a>(pub(crate) &'a PeerMessage);

impl fmt::Display for Fencing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            PeerMessage::Fence(message) => fence(message, f),
            PeerMessage::Ledger(message) => settings(message, f),
        }
    }
}

fn fence(message: &Message, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match message {
        Message::Sessions { page, last } => {
            f.write_str("my sessions: ")?;
            for (agent, epoch) in page {
                write!(f, "{agent} since {}, ", Since(*epoch))?;
            }
            f.write_str(if *last { "that is all" } else { "more follow" })
        }
        Message::Began(agent, epoch) => write!(f, "{agent} has a session here since {}", Since(*epoch)),
        Message::Ask { order, agent, epoch } => {
            write!(f, "may I log {agent} out, whose session is of {}? (order {})", Since(*epoch), order.0)
        }
        Message::Grant(order) => write!(f, "yes, his sign-in is held (order {})", order.0),
        Message::Refuse(order) => write!(f, "no (order {})", order.0),
        Message::Report(order) => write!(f, "it is over (order {})", order.0),
    }
}

/// An epoch is a time of the wall clock, in milliseconds, and of whose.
struct Since(Epoch);

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by = match self.0.rank {
            Rank::Primary => 1,
            Rank::Secondary => 2,
        };
        write!(f, "{} of node {by}", self.0.number)
    }
}

fn settings(message: &ledger::Message, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match message {
        ledger::Message::Where => f.write_str("settings: where do you stand?"),
        ledger::Message::Stand { head: Some(head), whole } => {
            let whole = if *whole { ", and want everything" } else { "" };
            write!(f, "settings: I stand at {head}{whole}")
        }
        ledger::Message::Stand { head: None, .. } => f.write_str("settings: I have none"),
        ledger::Message::Lack(Some(head)) => write!(f, "settings: give me what follows {head}"),
        ledger::Message::Lack(None) => f.write_str("settings: give me everything"),
        ledger::Message::Unknown => f.write_str("settings: that place is not in my log"),
        ledger::Message::Diverged(head) => {
            write!(f, "settings: I stand at {head}, and each has what the other lacks")
        }
        ledger::Message::Piece(piece) => {
            let what = if piece.last { "the last piece" } else { "a piece" };
            write!(f, "settings: {what} of parcel {}, {} bytes", piece.parcel.0, piece.bytes.len())
        }
        ledger::Message::Took(parcel) => write!(f, "settings: parcel {}, next piece", parcel.0),
        ledger::Message::Kept(parcel, head) => {
            write!(f, "settings: parcel {} is on disk, I stand at {head}", parcel.0)
        }
    }
}
