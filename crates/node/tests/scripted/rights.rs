//! Who may subscribe to which node, and what a supervisor sees of his team (notifications.md section 6).

use ged188::{
    AgentFlags, AgentState, AgentStateEvent, AgentTeamConfigEvent, AgentTeamConfigEventAgentsItem, Message,
    TeamConfigOperation,
};
use node::domain::{AgentId, Person, TeamId};
use node::{LinkNews, ged188};

use crate::stage::*;

const USERS: &str = "/finesse/api/Team/5001/Users";
const MESSAGES: &str = "/finesse/api/Team/5001/TeamMessages";
const MEMBER: &str = "/finesse/api/User/1002/Dialogs";

pub(crate) fn supervisor() -> Person {
    let teams = vec![(TeamId(5001), "Osaka".to_owned())];
    Person { supervisor: true, supervises: teams, ..person() }
}

impl Stage {
    /// In service, with agent 1002 in team 5001, and this person on connection 1.
    pub(crate) fn with_team_for(person: Person) -> Self {
        let mut stage = Self::new();
        stage.serve();
        stage.beating = true;
        stage.team(TeamConfigOperation::RESTORE_PERMANENT, "1002");
        stage.person = person;
        stage.connect(1);
        stage
    }

    pub(crate) fn team(&mut self, config_operation: TeamConfigOperation, agent: &str) {
        let member = AgentTeamConfigEventAgentsItem {
            atc_agent_id: agent.into(),
            agent_flags: Some(AgentFlags(0)),
            atc_agent_state: Some(AgentState::NOT_READY),
            ..Default::default()
        };
        self.say(Message::AgentTeamConfigEvent(AgentTeamConfigEvent {
            peripheral_id: 5000,
            team_id: 5001,
            agent_team_name: "Osaka".into(),
            config_operation,
            agents: vec![member],
            ..Default::default()
        }));
    }

    fn subscribe(&mut self, node: &str) -> String {
        self.written.clear();
        let stanza = format!(
            "<iq xmlns='jabber:client' type='set' id='s' to='pubsub.fin-a'><pubsub xmlns='http://jabber.org/protocol/pubsub'><subscribe node='{node}' jid='1001@fin-a/desktop'/></pubsub></iq>"
        );
        self.stanza(1, &stanza);
        let answer = self.written.remove(&1).unwrap();
        let words = ["forbidden", "item-not-found", "subscription=\"subscribed\""];
        words.into_iter().find(|word| answer.contains(word)).unwrap_or(&answer).to_owned()
    }

    pub(crate) fn member_is(&mut self, state: AgentState) -> String {
        self.written.clear();
        self.state_of("1002", state);
        self.written.remove(&1).unwrap_or_default()
    }

    pub(crate) fn state_of(&mut self, agent: &str, agent_state: AgentState) {
        self.say(Message::AgentStateEvent(AgentStateEvent {
            peripheral_id: 5000,
            mrd_id: 1,
            agent_state,
            agent_id: agent.into(),
            agent_extension: format!("6{agent}"),
            agent_instrument: format!("6{agent}"),
            ..Default::default()
        }));
    }
}

const SUBSCRIBED: &str = "subscription=\"subscribed\"";

#[test]
fn a_supervisor_may_see_his_teams_and_their_members_and_no_others() {
    let mut stage = Stage::with_team_for(supervisor());
    for (node, answer) in [
        (USERS, SUBSCRIBED),
        (MESSAGES, SUBSCRIBED),
        (MEMBER, SUBSCRIBED),
        ("/finesse/api/User/1001/Queues", SUBSCRIBED),
        ("/finesse/api/Team/5002/Users", "item-not-found"),
        ("/finesse/api/User/1003", "item-not-found"),
        ("/finesse/api/Queue/81", "item-not-found"),
    ] {
        assert_eq!(stage.subscribe(node), answer, "{node}");
    }
    stage.team(TeamConfigOperation::REMOVE_AGENT, "1002");
    assert_eq!(stage.subscribe("/finesse/api/User/1002"), "forbidden", "in no team of his any more");
}

#[test]
fn an_agent_may_see_the_messages_of_his_own_team_and_nobody_else() {
    let mut stage = Stage::with_team_for(person());
    for node in [USERS, MESSAGES, MEMBER] {
        assert_eq!(stage.subscribe(node), "forbidden", "{node}");
    }
    stage.team(TeamConfigOperation::ADD_AGENT, "1001");
    assert_eq!(stage.subscribe(MESSAGES), SUBSCRIBED);
    assert_eq!(stage.subscribe(USERS), "forbidden");
}

#[test]
fn a_supervisor_sees_the_summary_of_a_member_at_each_change_and_not_his_requests() {
    let mut stage = Stage::with_team_for(supervisor());
    assert_eq!(stage.member_is(AgentState::AVAILABLE), "", "nobody has asked");
    stage.subscribe(USERS);
    let told = stage.member_is(AgentState::NOT_READY);
    assert!(told.contains(USERS) && told.contains("&lt;state&gt;NOT_READY&lt;"), "{told}");
    assert!(told.contains("&lt;requestId&gt;&lt;/requestId&gt;") && !told.contains("teamId"), "{told}");
    assert_eq!(told.matches("<message").count(), 1, "{told}");
}

#[test]
fn after_a_loss_the_team_comes_after_all_users_and_once() {
    let mut stage = Stage::with_team_for(supervisor());
    stage.member_is(AgentState::AVAILABLE);
    stage.subscribe(USERS);
    stage.written.clear();
    stage.link(LinkNews::Closed("reset".into()));
    stage.open();
    stage.keys(1);
    stage.peripheral_online();
    stage.read_everybody(AgentState::TALKING);
    assert!(stage.in_service());
    let told = stage.written.remove(&1).unwrap();
    assert_eq!(told.matches("<items node=\"/finesse/api/Team/5001/Users\"").count(), 1, "{told}");
    let (own, team) = (told.find("node=\"/finesse/api/User/1001\"").unwrap(), told.find(USERS).unwrap());
    assert!(told.find("IN_SERVICE").unwrap() < own && own < team, "{told}");
}

#[test]
fn a_right_that_is_lost_ends_the_subscription() {
    let mut stage = Stage::with_team_for(supervisor());
    stage.subscribe(MEMBER);
    stage.subscribe(USERS);
    stage.team(TeamConfigOperation::REMOVE_AGENT, "1002");
    assert_eq!(stage.node.counters().revoked, 1, "he is in no team of his any more");
    stage.person = person();
    stage.get(1, "/finesse/api/User/1001");
    stage.accept_last();
    assert_eq!(stage.node.counters().revoked, 2, "he supervises no team any more");
    assert_eq!(stage.member_is(AgentState::AVAILABLE), "");
    assert!(stage.node.domain().is_known(&AgentId::new("1002")));
}
