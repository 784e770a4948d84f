//! Links of two nodes: every kind of frame in its place, for each of the two ranks and for each thing that may happen
//! before it.

use std::path::Path;

use node::failover::fence::{Epoch, Message, Rank};
use node::failover::presence::{Agent, Order};
use node::pair::Frame;

use super::write;

/// Kinds of things that happen, of `fuzz/src/fence`.
const HAPPENINGS: u8 = 12;
const ASK: u8 = 5;

pub fn all(folder: &Path) {
    for (way, peer) in [(0, Rank::Secondary), (1, Rank::Primary)] {
        for what in 0..HAPPENINGS {
            write(folder, &format!("{way}-peer-asks-{what}"), &stream(way, &peer_asks(peer), what));
            write(folder, &format!("{way}-peer-answers-{what}"), &stream(way, &peer_answers(peer), what));
        }
    }
}

/// The greeting; then the peer asks for an agent, and tells how it ended.
fn peer_asks(rank: Rank) -> Vec<Frame> {
    let ask = Message::Ask { order: Order(7), agent: agent("1042"), epoch: epoch(900, rank) };
    let report = Frame::Fence(Message::Report(Order(7)));
    [greeting(rank), vec![Frame::Fence(ask), Frame::Alive, report, Frame::Alive]].concat()
}

/// The peer answers what it may have been asked; service control goes on meanwhile.
fn peer_answers(rank: Rank) -> Vec<Frame> {
    let answers = [
        Frame::Fence(Message::Grant(Order(1))),
        Frame::Order { id: 1, line: r#"{"order":"status"}"#.into() },
        Frame::Fence(Message::Refuse(Order(2))),
        Frame::Answer { id: 1, line: "{}".into() },
        Frame::Fence(Message::Began(agent("1043"), epoch(1_795_400_000_001, rank))),
    ];
    [greeting(rank), answers.into()].concat()
}

fn greeting(rank: Rank) -> Vec<Frame> {
    let page = vec![(agent("1042"), epoch(1, rank)), (agent("1044"), epoch(1_795_400_000_000, rank))];
    vec![
        Frame::Hello { rank, host: "fin-b.example.test".into() },
        Frame::Fence(Message::Sessions { page, last: false }),
        Frame::Fence(Message::Sessions { page: Vec::new(), last: true }),
    ]
}

/// `what` happens before each frame in turn with a question of ours.
fn stream(way: u8, frames: &[Frame], what: u8) -> Vec<u8> {
    let mut seed = vec![way];
    for (at, frame) in frames.iter().enumerate() {
        seed.push(if at % 2 == 0 { what } else { ASK });
        seed.extend(frame.encode().expect("it fits"));
    }
    seed
}

fn agent(id: &str) -> Agent {
    Agent::from(id)
}

fn epoch(number: u64, rank: Rank) -> Epoch {
    Epoch { number, rank }
}
