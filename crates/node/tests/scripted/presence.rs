//! Desktops that are gone, through a whole node (failover.md section 4).

use std::time::Duration;

use ged188::{AgentState, ControlFailureConf, Message, SetAgentStateConf};
use node::api::HttpRequest;
use node::domain::{AgentId, Secret};
use node::failover::presence::{Agent, Stage as Desktop};
use node::{HttpId, Input, LinkNews, ServiceName, WireNews, ged188};

use crate::stage::*;

pub(crate) fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub(crate) fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

impl Stage {
    /// In service, agent 1001 Not Ready, and his desktop on connection 1.
    pub(crate) fn with_desktop() -> Self {
        Self::with_desktop_and(config())
    }

    pub(crate) fn with_desktop_and(config: node::Config) -> Self {
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
    pub(crate) fn close(&mut self, wire: u64) {
        self.stanza(wire, "<presence xmlns='jabber:client' type='unavailable'/>");
        self.stanza(wire, "<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>");
        self.alive.remove(&wire);
    }

    /// The connection breaks.
    pub(crate) fn cut(&mut self, wire: u64) {
        self.alive.remove(&wire);
        self.wire(wire, WireNews::Gone);
    }

    pub(crate) fn desktop_stage(&self) -> Option<Desktop> {
        self.node.desktops().presence().state(&Agent::from("1001")).map(|state| state.stage())
    }

    /// The orders that went to CTI: InvokeID, reason, forced flag.
    pub(crate) fn orders(&self) -> Vec<(u32, u16, u8)> {
        let order = |message: &Message| match message {
            Message::SetAgentStateReq(req) if req.agent_state == AgentState::LOGOUT => {
                Some((req.invoke_id, req.event_reason_code, req.forced_flag.0))
            }
            _ => None,
        };
        self.heard.iter().filter_map(order).collect()
    }

    /// When the order goes out, if it does within that time.
    pub(crate) fn order_within(&mut self, time: Duration) -> Option<Duration> {
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
    pub(crate) fn confirm(&mut self, state: AgentState) {
        let (invoke_id, reason, forced) = *self.orders().last().unwrap();
        assert_eq!((reason, forced), (255, 1));
        self.say(Message::SetAgentStateConf(SetAgentStateConf { invoke_id }));
        self.say(agent_state_by(state, 50002));
    }

    pub(crate) fn figure(&self, name: &str) -> u64 {
        self.node.figures().into_iter().find(|figure| figure.name == name).unwrap().value
    }

    fn state(&self) -> &'static str {
        self.node.domain().state(&AgentId::new("1001")).as_str()
    }

    /// REST: PUT User, state LOGIN, with the right password.
    pub(crate) fn sign_in(&mut self, id: u64) {
        self.sign_in_at(id, "61001");
    }

    pub(crate) fn sign_in_at(&mut self, id: u64, extension: &str) {
        let request = HttpRequest {
            method: "PUT".into(),
            path: "/finesse/api/User/1001".into(),
            query: String::new(),
            authorization: Some(Secret::new("Basic MTAwMTpwdw==")),
            request_id: None,
            content_type: Some("application/xml".into()),
            range: None,
            body: format!("<User><state>LOGIN</state><extension>{extension}</extension></User>").into_bytes(),
            caller: None,
        };
        self.input(Input::Http { id: HttpId(id), request });
        self.accept_last();
    }
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

#[test]
fn desk_4_after_a_restart_a_remembered_desktop_has_120_s_to_return_before_its_60_begin() {
    let agent = AgentId::new("1001");
    let last = Stage::with_desktop();
    assert_eq!(last.remembered, [(agent.clone(), true)]);
    let mut stage = Stage::new();
    stage.input(Input::Remembered(vec![agent.clone()]));
    stage.serve();
    stage.beating = true;
    assert_eq!(stage.order_within(seconds(200)), Some(seconds(180)));
    stage.confirm(AgentState::LOGOUT);
    assert_eq!(stage.remembered, [(agent.clone(), true), (agent, false)]);
}

#[test]
fn desk_6_after_a_restart_who_returns_is_left_alone() {
    let mut stage = Stage::new();
    stage.input(Input::Remembered(vec![AgentId::new("1001")]));
    stage.serve();
    stage.beating = true;
    stage.now += seconds(110);
    stage.connect(1);
    assert_eq!(stage.order_within(seconds(600)), None);
}
