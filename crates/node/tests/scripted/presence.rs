//! Desktops that are gone, through a whole node (failover.md section 4).

use std::time::Duration;

use ged188::{AgentState, ControlFailureConf, Message, SetAgentStateConf};
use node::api::HttpRequest;
use node::domain::{AgentId, Secret};
use node::failover::fence::{self, Epoch, LinkId, Rank};
use node::failover::presence::{Agent, Order, Stage as Desktop};
use node::{HttpId, Input, LinkNews, PeerNews, ServiceName, WireNews, ged188};

use crate::stage::*;

const LINK: LinkId = LinkId(1);

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

impl Stage {
    /// In service, agent 1001 Not Ready, and his desktop on connection 1.
    fn with_desktop() -> Self {
        Self::with_desktop_and(config())
    }

    fn with_desktop_and(config: node::Config) -> Self {
        let mut stage = Self::with(config);
        stage.serve();
        stage.beating = true;
        stage.connect(1);
        assert_eq!(stage.desktop_stage(), Some(Desktop::Online));
        stage
    }

    /// The desktop of agent 1001 comes over this connection.
    pub(crate) fn connect(&mut self, wire: u64) {
        self.bind(wire, "desktop");
        self.stanza(wire, "<presence xmlns='jabber:client'/>");
    }

    /// The desktop says goodbye.
    fn close(&mut self, wire: u64) {
        self.stanza(wire, "<presence xmlns='jabber:client' type='unavailable'/>");
        self.stanza(wire, "<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>");
        self.alive.remove(&wire);
    }

    /// The connection breaks.
    pub(crate) fn cut(&mut self, wire: u64) {
        self.alive.remove(&wire);
        self.wire(wire, WireNews::Gone);
    }

    fn desktop_stage(&self) -> Option<Desktop> {
        self.node.desktops().presence().state(&Agent::from("1001")).map(|state| state.stage())
    }

    /// The orders that went to CTI: InvokeID, reason, forced flag.
    fn orders(&self) -> Vec<(u32, u16, u8)> {
        let order = |message: &Message| match message {
            Message::SetAgentStateReq(req) if req.agent_state == AgentState::LOGOUT => {
                Some((req.invoke_id, req.event_reason_code, req.forced_flag.0))
            }
            _ => None,
        };
        self.heard.iter().filter_map(order).collect()
    }

    /// When the order goes out, if it does within that time.
    fn order_within(&mut self, time: Duration) -> Option<Duration> {
        let (start, before) = (self.now, self.orders().len());
        while self.orders().len() == before {
            if self.node.poll_timeout()?.0 > start + time {
                self.now = start + time;
                return None;
            }
            self.next_deadline();
        }
        Some(self.now - start)
    }

    /// CTI confirms the last order and makes this of it (DESK-X1).
    fn confirm(&mut self, state: AgentState) {
        let (invoke_id, reason, forced) = *self.orders().last().unwrap();
        assert_eq!((reason, forced), (255, 1));
        self.say(Message::SetAgentStateConf(SetAgentStateConf { invoke_id }));
        self.say(agent_state_by(state, 50002));
    }

    fn figure(&self, name: &str) -> u64 {
        self.node.figures().into_iter().find(|figure| figure.name == name).unwrap().value
    }

    fn state(&self) -> &'static str {
        self.node.domain().state(&AgentId::new("1001")).as_str()
    }

    /// REST: PUT User, state LOGIN, with the right password.
    fn sign_in(&mut self, id: u64) {
        let request = HttpRequest {
            method: "PUT".into(),
            path: "/finesse/api/User/1001".into(),
            query: String::new(),
            authorization: Some(Secret::new("Basic MTAwMTpwdw==")),
            request_id: None,
            content_type: Some("application/xml".into()),
            body: b"<User><state>LOGIN</state><extension>61001</extension></User>".to_vec(),
        };
        self.input(Input::Http { id: HttpId(id), request });
        let id = *self.checks.last().unwrap();
        self.input(Input::Checked { id, verdict: Ok(self.person.clone()) });
    }

    fn peer(&mut self, news: PeerNews) {
        self.input(Input::Peer { link: LINK, news });
    }

    fn peer_says(&mut self, message: fence::Message) {
        self.peer(PeerNews::Said(message));
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

/// The CTI session is lost and back after that time.
fn lose_cti(stage: &mut Stage, away: Duration) {
    stage.link(LinkNews::Closed("reset".into()));
    stage.now += away;
    stage.open();
    stage.keys(1);
    stage.peripheral_online();
    stage.read_agent();
    assert!(stage.in_service());
}

#[test]
fn desk_1_and_5_a_desktop_that_says_goodbye_is_logged_out_with_255_after_60_s() {
    let mut stage = Stage::with_desktop();
    stage.close(1);
    assert!(stage.told("agent 1001: unavailable").ends_with("forced logout in 60 s unless it comes back"));
    assert_eq!(stage.order_within(seconds(120)), Some(seconds(60)));
    let Message::SetAgentStateReq(req) = stage.last() else { unreachable!("the order") };
    assert_eq!((req.agent_id.as_str(), req.agent_instrument.as_str()), ("1001", "61001"));
    assert_eq!((req.event_reason_code, req.forced_flag.0, req.agent_password.as_str()), (255, 1, ""));
    stage.confirm(AgentState::NOT_READY);
    assert!(stage.told("forced logout accepted").contains("next: nothing"));
    assert_eq!(stage.order_within(seconds(600)), None, "once");
}

#[test]
fn desk_2_3_and_x1_what_cti_makes_of_255_is_what_is_shown() {
    for (state, shown) in [(AgentState::NOT_READY, "NOT_READY"), (AgentState::LOGOUT, "LOGOUT")] {
        let mut stage = Stage::with_desktop();
        stage.say(agent_state(AgentState::AVAILABLE));
        stage.close(1);
        stage.order_within(seconds(60)).unwrap();
        assert_eq!(stage.state(), "READY", "nothing is shown before CTI says so");
        stage.confirm(state);
        assert_eq!(stage.state(), shown);
    }
}

#[test]
fn desk_4a_a_connection_that_breaks_is_silent_for_120_s_and_desk_4c_logged_out_after_180() {
    let mut stage = Stage::with_desktop();
    stage.cut(1);
    assert!(stage.told("agent 1001: silent").ends_with("counts as gone in 120 s"));
    assert_eq!(stage.order_within(seconds(300)), Some(seconds(180)));
}

#[test]
fn desk_4c_a_desktop_that_answers_nothing_is_logged_out_within_180_s() {
    let mut stage = Stage::with_desktop();
    stage.alive.remove(&1);
    let order = stage.order_within(seconds(300)).unwrap();
    assert_eq!(stage.hung_up, [1]);
    assert!(order > seconds(60) && order <= seconds(180), "{order:?}");
}

#[test]
fn desk_4c_over_bosh_too_though_a_request_is_held() {
    let mut stage = Stage::with(config());
    stage.serve();
    stage.beating = true;
    let sid = stage.desktop();
    stage.bosh(5, format!("{}sid='{sid}'><presence xmlns='jabber:client'/></body>", body(5)));
    assert_eq!(stage.desktop_stage(), Some(Desktop::Online));
    let order = stage.order_within(seconds(300)).unwrap();
    assert!(order > seconds(120) && order <= seconds(180), "{order:?}");
}

#[test]
fn desk_5r1_for_an_agent_who_signed_out_it_is_sent_and_the_refusal_disturbs_nobody() {
    let mut stage = Stage::with_desktop();
    stage.say(agent_state(AgentState::LOGOUT));
    stage.close(1);
    assert_eq!(stage.order_within(seconds(120)), Some(seconds(60)));
    let (invoke_id, ..) = stage.orders()[0];
    let written = stage.written.clone();
    stage.say(Message::ControlFailureConf(ControlFailureConf { invoke_id, ..Default::default() }));
    assert!(stage.told("not needed, the agent is signed out").contains("next: nothing"));
    assert_eq!(stage.written, written, "nobody gets an error");
}

#[test]
fn desk_6_who_comes_back_within_60_s_is_left_alone() {
    let mut stage = Stage::with_desktop();
    stage.close(1);
    stage.pass(millis(59_900));
    stage.connect(2);
    assert_eq!(stage.order_within(seconds(600)), None);
    assert_eq!(stage.desktop_stage(), Some(Desktop::Online));
}

#[test]
fn desk_6_a_second_desktop_keeps_the_agent() {
    let mut stage = Stage::with_desktop();
    stage.bind(2, "monitor");
    stage.stanza(2, "<presence xmlns='jabber:client'/>");
    stage.close(1);
    assert_eq!(stage.order_within(seconds(300)), None, "the last one counts");
    stage.close(2);
    assert_eq!(stage.order_within(seconds(300)), Some(seconds(60)));
}

#[test]
fn desk_6_a_second_browser_takes_the_desktop_over_and_its_predecessor_leaves_no_trace() {
    let mut stage = Stage::with_desktop();
    stage.bind(2, "desktop");
    assert_eq!(stage.hung_up, [1]);
    assert_eq!(stage.order_within(seconds(300)), None);
    stage.close(2);
    assert_eq!(stage.order_within(seconds(300)), Some(seconds(60)));
}

#[test]
fn desk_7r2_a_call_postpones_until_it_is_over() {
    let mut stage = Stage::with_desktop();
    stage.say(agent_state(AgentState::AVAILABLE));
    stage.say(agent_state(AgentState::TALKING));
    stage.close(1);
    assert_eq!(stage.order_within(seconds(3_600)), None);
    assert!(stage.told("the time is over").ends_with("forced logout after the call"));
    stage.say(agent_state(AgentState::WORK_NOT_READY));
    assert_eq!(stage.orders().len(), 1, "at once");
    stage.confirm(AgentState::LOGOUT);
}

#[test]
fn desk_7r2_a_call_that_ends_while_cti_is_lost_does_not_cut_the_time_to_come_back() {
    let mut stage = Stage::with_desktop();
    stage.say(agent_state(AgentState::TALKING));
    stage.close(1);
    stage.pass(seconds(100));
    lose_cti(&mut stage, seconds(5));
    assert_eq!(stage.order_within(seconds(600)), Some(seconds(120 + 60)));
}

#[test]
fn desk_7b_nobody_is_logged_out_by_a_node_that_is_out_of_service() {
    let mut stage = Stage::with_desktop();
    stage.close(1);
    stage.pass(seconds(59));
    stage.link(LinkNews::Closed("reset".into()));
    assert!(stage.told("presence: the node is out of service").contains("1 desktops waited for"));
    for _ in 0..40 {
        stage.next_deadline();
        stage.link(LinkNews::Failed("refused".into()));
    }
    assert!(stage.orders().is_empty());
    assert_eq!(stage.desktop_stage(), Some(Desktop::Held));
}

#[test]
fn after_an_outage_of_ours_every_desktop_has_120_s_before_its_60_begin() {
    let mut stage = Stage::with_desktop();
    stage.close(1);
    stage.pass(seconds(59));
    lose_cti(&mut stage, seconds(10));
    assert_eq!(stage.order_within(seconds(600)), Some(seconds(180)));

    let mut stage = Stage::with_desktop();
    stage.close(1);
    stage.pass(seconds(59));
    lose_cti(&mut stage, seconds(10));
    stage.pass(seconds(179));
    stage.connect(2);
    assert_eq!(stage.order_within(seconds(600)), None, "who returns is left alone");
}

#[test]
fn client_18c_a_stop_of_the_notification_service_logs_out_nobody_who_returns() {
    let mut stage = Stage::with_desktop();
    stage.service(ServiceName::Notification, false);
    stage.cut(1);
    assert_eq!(stage.order_within(seconds(3_600)), None, "nobody is waited for while it is stopped");
    stage.service(ServiceName::Notification, true);
    stage.pass(seconds(179));
    stage.connect(2);
    assert_eq!(stage.order_within(seconds(600)), None);

    let mut stage = Stage::with_desktop();
    stage.service(ServiceName::Notification, false);
    stage.service(ServiceName::Notification, true);
    assert_eq!(stage.order_within(seconds(600)), Some(seconds(180)), "who does not is gone");
}

#[test]
fn an_order_whose_answer_the_loss_swallows_is_not_sent_again_before_the_desktop_had_its_time() {
    let mut stage = Stage::with_desktop();
    stage.close(1);
    stage.order_within(seconds(60)).unwrap();
    lose_cti(&mut stage, seconds(1));
    assert!(stage.told("outcome of the forced logout not known").contains("wait until the node sees"));
    assert_eq!(stage.order_within(seconds(600)), Some(seconds(180)));
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
    stage.close(1);
    ask(&mut stage, 6);
    assert_eq!(
        stage.told_peer.last(),
        Some(&fence::Message::Grant(Order(6))),
        "he has left and is signed out"
    );
}

#[test]
fn too_many_desktops_of_one_agent_are_refused_and_the_first_stay() {
    let mut stage = Stage::with(config());
    stage.serve();
    stage.beating = true;
    for wire in 1..=9 {
        stage.bind(wire, &format!("tab-{wire}"));
        stage.stanza(wire, "<presence xmlns='jabber:client'/>");
    }
    assert_eq!(stage.hung_up, [9]);
    assert!(stage.written[&9].contains("<resource-constraint "));
    assert!(stage.told("too many").contains("agent 1001"));
}
