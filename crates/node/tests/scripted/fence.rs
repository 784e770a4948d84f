//! What the two nodes say to each other before a forced logout, through a whole node (DESK-5r2, DESK-7r3).

use std::time::Duration;

use ged188::AgentState;
use node::failover::fence::{self, Epoch, LinkId, Rank};
use node::failover::presence::{Agent, Order, Stage as Desktop};
use node::{Input, LinkNews, PeerNews, ged188};

use crate::presence::{millis, seconds};
use crate::stage::*;

const LINK: LinkId = LinkId(1);

impl Stage {
    fn peer(&mut self, news: PeerNews) {
        self.input(Input::Peer { link: LINK, news });
    }

    fn peer_says(&mut self, message: fence::Message) {
        self.peer(PeerNews::Said(message.into()));
    }

    /// The link to the other node, which has no sessions.
    fn link_up(&mut self) {
        self.peer(PeerNews::Up);
        self.peer_says(fence::Message::Sessions { page: Vec::new(), last: true });
        assert!(self.told("sessions exchanged").contains("the peer is asked before each forced logout"));
    }

    /// The other node is asked within that time; the order.
    fn asked_within(&mut self, time: Duration) -> Option<Order> {
        let end = self.now + time;
        loop {
            if let Some(fence::Message::Ask { order, .. }) = self.told_peer.last() {
                return Some(*order);
            }
            if self.node.poll_timeout()?.0 > end {
                return None;
            }
            self.next_deadline();
        }
    }
}

fn agent() -> Agent {
    Agent::from("1001")
}

#[test]
fn desk_7r3_the_other_node_is_asked_and_its_refusal_ends_it() {
    let mut stage = Stage::with_desktop();
    stage.link_up();
    stage.close(1);
    let order = stage.asked_within(seconds(60)).unwrap();
    assert!(stage.orders().is_empty(), "not before the answer");
    stage.peer_says(fence::Message::Refuse(order));
    assert!(stage.told("the agent is at the other node").contains("no logout"));
    assert_eq!(stage.order_within(seconds(600)), None);
    assert_eq!((stage.figure("presence_denied_total"), stage.figure("fence_link_up")), (1, 1));
}

#[test]
fn a_grant_is_carried_out_and_its_outcome_reported() {
    let mut stage = Stage::with_desktop();
    stage.link_up();
    stage.close(1);
    let order = stage.asked_within(seconds(60)).unwrap();
    stage.now += millis(900);
    stage.peer_says(fence::Message::Grant(order));
    assert_eq!(stage.orders().len(), 1);
    stage.confirm(AgentState::NOT_READY);
    assert_eq!(stage.told_peer.last(), Some(&fence::Message::Report(order)));
}

#[test]
fn a_grant_that_comes_after_1_s_is_void_and_reported() {
    let mut stage = Stage::with_desktop();
    stage.link_up();
    stage.close(1);
    let order = stage.asked_within(seconds(60)).unwrap();
    stage.now += millis(1_100);
    stage.peer_says(fence::Message::Grant(order));
    assert!(stage.orders().is_empty());
    assert_eq!(stage.told_peer.last(), Some(&fence::Message::Report(order)));
}

#[test]
fn a_call_that_comes_while_the_other_node_is_asked_postpones() {
    let mut stage = Stage::with_desktop();
    stage.link_up();
    stage.close(1);
    let order = stage.asked_within(seconds(60)).unwrap();
    stage.say(agent_state(AgentState::RESERVED));
    stage.peer_says(fence::Message::Grant(order));
    assert!(stage.orders().is_empty());
    assert_eq!(stage.desktop_stage(), Some(Desktop::Postponed));
}

#[test]
fn without_a_link_the_documented_behaviour_holds_and_is_told() {
    let mut stage = Stage::with_desktop();
    stage.link_up();
    stage.close(1);
    stage.pass(seconds(30));
    stage.peer(PeerNews::Down);
    assert!(stage.told("peer link: lost").ends_with("forced logouts are sent without asking"));
    assert_eq!(stage.order_within(seconds(60)), Some(seconds(30)));
    assert_eq!((stage.figure("fence_unfenced_total"), stage.figure("fence_link_up")), (1, 0));
}

#[test]
fn desk_5r2_with_fencing_off_nobody_is_asked() {
    let mut config = config();
    config.fence.fencing = false;
    let mut stage = Stage::with_desktop_and(config);
    stage.peer(PeerNews::Up);
    stage.close(1);
    assert_eq!(stage.order_within(seconds(60)), Some(seconds(60)));
    assert!(stage.told_peer.is_empty());
}

/// The other node asks for agent 1001, who was there.
fn ask(stage: &mut Stage, order: u64) {
    let epoch = Epoch { number: 1_000_000, rank: Rank::Secondary };
    stage.peer_says(fence::Message::Ask { order: Order(order), agent: agent(), epoch });
}

#[test]
fn desk_5r2_a_sign_in_waits_while_the_other_node_logs_him_out() {
    let mut stage = Stage::with(config());
    stage.serve();
    stage.beating = true;
    stage.link_up();
    ask(&mut stage, 5);
    assert_eq!(stage.told_peer.last(), Some(&fence::Message::Grant(Order(5))));
    stage.sign_in(7);
    assert!(stage.replies.is_empty(), "held");
    assert!(matches!(stage.told_peer.last(), Some(fence::Message::Began(..))));
    stage.pass(seconds(3));
    stage.peer_says(fence::Message::Report(Order(5)));
    assert_eq!(stage.replies, [(7, 202)]);
}

#[test]
fn a_held_sign_in_is_admitted_when_the_link_is_lost_or_the_other_node_hangs() {
    for lost in [true, false] {
        let mut stage = Stage::with(config());
        stage.serve();
        stage.beating = true;
        stage.link_up();
        ask(&mut stage, 5);
        stage.sign_in(7);
        if lost {
            stage.peer(PeerNews::Down);
        } else {
            stage.pass(seconds(16));
        }
        assert_eq!(stage.replies, [(7, 202)]);
    }
}

#[test]
fn a_held_sign_in_meets_the_gate_again_and_a_flood_of_them_is_refused() {
    let mut stage = Stage::with(config());
    stage.serve();
    stage.link_up();
    ask(&mut stage, 5);
    (0..9).for_each(|id| stage.sign_in(id));
    assert_eq!(stage.replies, [(8, 503)], "8 may wait");
    stage.link(LinkNews::Closed("reset".into()));
    stage.peer_says(fence::Message::Report(Order(5)));
    assert_eq!(stage.replies.len(), 9);
    assert!(stage.replies.iter().all(|(_, status)| *status == 503), "{:?}", stage.replies);
}

#[test]
fn desk_5r2_the_other_node_is_refused_while_his_desktop_is_here() {
    let mut stage = Stage::with_desktop();
    stage.link_up();
    ask(&mut stage, 5);
    assert_eq!(stage.told_peer.last(), Some(&fence::Message::Refuse(Order(5))));
    stage.say(agent_state(AgentState::LOGOUT));
    ask(&mut stage, 6);
    assert_eq!(stage.told_peer.last(), Some(&fence::Message::Refuse(Order(6))), "whoever signed him out");
    let mut stage = Stage::with_desktop();
    stage.link_up();
    stage.close(1);
    stage.say(agent_state(AgentState::LOGOUT));
    ask(&mut stage, 7);
    assert_eq!(
        stage.told_peer.last(),
        Some(&fence::Message::Grant(Order(7))),
        "he has left and is signed out"
    );
}

#[test]
fn desk_5r1_a_late_word_of_a_sign_out_does_not_end_the_session_that_is_being_signed_in() {
    let mut stage = Stage::with(config());
    stage.serve();
    stage.link_up();
    stage.sign_in_at(7, "61002");
    stage.say(agent_state(AgentState::LOGOUT));
    ask(&mut stage, 5);
    assert_eq!(stage.told_peer.last(), Some(&fence::Message::Refuse(Order(5))));
}
