//! What a supervisor does to his team by REST, and who may not (rest-api.md sections 2, 5.2 and 8.1).

use ged188::{AgentState, ControlFailureCode, ControlFailureConf, Message, TeamConfigOperation};
use node::domain::Person;
use node::ged188;

use crate::rights::supervisor;
use crate::stage::*;

const TEAM: &str = "/finesse/api/Team/5001";
const MEMBER: &str = "/finesse/api/User/1002";

impl Stage {
    /// The status and the ErrorType.
    pub(crate) fn refused(&mut self, method: &str, path: &str, body: &str) -> (u16, String) {
        let (status, answer) = self.ask(method, path, body);
        let kind = answer.split_once("<ErrorType>").and_then(|(_, rest)| rest.split_once("</ErrorType>"));
        (status, kind.map_or(answer.clone(), |(kind, _)| kind.to_owned()))
    }

    fn put_state(&mut self, user: &str, state: &str) -> (u16, String) {
        let path = format!("/finesse/api/User/{user}");
        self.refused("PUT", &path, &format!("<User><state>{state}</state></User>"))
    }
}

#[test]
fn a_supervisor_reads_his_team_with_or_without_those_who_are_signed_out() {
    let mut stage = Stage::with_team_for(supervisor());
    stage.member_is(AgentState::AVAILABLE);
    stage.team(TeamConfigOperation::ADD_AGENT, "1003");
    stage.state_of("1003", AgentState::LOGOUT);
    let (status, team) = stage.ask("GET", TEAM, "");
    assert_eq!(status, 200, "{team}");
    assert!(
        team.starts_with(
            "<Team><id>5001</id><name>Osaka</name><uri>/finesse/api/Team/5001</uri><users><User>"
        )
    );
    assert!(team.contains("<loginId>1002</loginId>") && team.contains("<state>READY</state>"), "{team}");
    assert!(team.contains("<loginId>1003</loginId>") && team.contains("<state>LOGOUT</state>"), "{team}");
    assert!(!team.contains("<loginId>1001</loginId>"), "he supervises it and is no member");
    let (_, team) = stage.ask("GET", &format!("{TEAM}?includeLoggedOutAgents=false"), "");
    assert!(team.contains("<loginId>1002</loginId>") && !team.contains("<loginId>1003</loginId>"), "{team}");
}

#[test]
fn a_team_is_for_its_supervisors_only() {
    let mut stage = Stage::with_team_for(supervisor());
    let nothing = |stage: &mut Stage, team| stage.refused("GET", &format!("/finesse/api/Team/{team}"), "");
    assert_eq!(nothing(&mut stage, "5002"), (404, "Not Found".into()));
    assert_eq!(nothing(&mut stage, "x"), (404, "Not Found".into()));
    stage.person = Person { supervises: Vec::new(), ..supervisor() };
    let stranger = (401, "Invalid Authorization User Specified".to_owned());
    assert_eq!(nothing(&mut stage, "5001"), stranger, "another supervisor's");
    stage.person = person();
    assert_eq!(nothing(&mut stage, "5001"), stranger);
    assert_eq!(nothing(&mut stage, "5002"), stranger, "an agent does not learn which teams there are");
}

#[test]
fn a_supervisor_sets_the_state_of_a_member_by_force() {
    let mut stage = Stage::with_team_for(supervisor());
    stage.member_is(AgentState::AVAILABLE);
    for (state, wire, reason) in [
        ("NOT_READY", AgentState::NOT_READY, 999),
        ("READY", AgentState::AVAILABLE, 0),
        ("LOGOUT", AgentState::LOGOUT, 999),
    ] {
        stage.heard.clear();
        assert_eq!(stage.put_state("1002", state), (202, String::new()), "{state}");
        let Some(Message::SetAgentStateReq(sent)) = stage.heard.last().cloned() else {
            panic!("{:?}", stage.heard)
        };
        assert_eq!((sent.agent_state, sent.event_reason_code), (wire, reason));
        assert_eq!((sent.forced_flag, sent.agent_id.as_str()), (ged188::ForcedFlag::TRUE, "1002"));
        assert_eq!((sent.supervisor_id.as_str(), sent.agent_instrument.as_str()), ("1001", "61002"));
        stage.say(Message::SetAgentStateConf(ged188::SetAgentStateConf { invoke_id: sent.invoke_id }));
    }
}

#[test]
fn mapping_4_a_supervisor_hears_on_his_own_node_that_it_failed() {
    let mut stage = Stage::with_team_for(supervisor());
    stage.member_is(AgentState::TALKING);
    stage.heard.clear();
    stage.written.clear();
    assert_eq!(stage.put_state("1002", "LOGOUT").0, 202);
    let invoke_id = stage.invoke();
    let failure_code = ControlFailureCode::INVALID_OBJECT_STATE;
    stage.say(Message::ControlFailureConf(ControlFailureConf {
        invoke_id,
        failure_code,
        ..Default::default()
    }));
    let told = stage.written.remove(&1).unwrap();
    assert!(told.contains("<items node=\"/finesse/api/User/1001\""), "{told}");
    assert!(told.contains("apiErrors") && told.contains("&lt;requestId&gt;r1&lt;"), "{told}");
    assert!(told.contains("&lt;source&gt;/finesse/api/User/1002&lt;"), "{told}");
}

#[test]
fn what_a_supervisor_may_not() {
    let mut stage = Stage::with_team_for(supervisor());
    stage.member_is(AgentState::AVAILABLE);
    stage.state_of("1003", AgentState::AVAILABLE);
    let invalid_supervisor = (401, "Invalid Supervisor".to_owned());
    assert_eq!(stage.put_state("1003", "READY"), invalid_supervisor, "in no team of his");
    assert_eq!(stage.put_state("9999", "READY"), (404, "User Not Found".into()));
    assert_eq!(stage.put_state("1002", "WORK"), (400, "Invalid Input".into()));
    assert_eq!(stage.put_state("1002", "TALKING"), (400, "Invalid Input".into()));
    let sign_in = "<User><extension>61002</extension><state>LOGIN</state></User>";
    assert_eq!(stage.refused("PUT", MEMBER, sign_in), invalid_supervisor);
    let with_reason = "<User><state>NOT_READY</state><reasonCodeId>1</reasonCodeId></User>";
    assert_eq!(stage.refused("PUT", MEMBER, with_reason), (400, "Invalid Input".into()));
    stage.member_is(AgentState::LOGOUT);
    assert_eq!(stage.put_state("1002", "LOGOUT"), (400, "Invalid State".into()));
    stage.person = person();
    assert_eq!(stage.put_state("1002", "READY"), (401, "Invalid Authorization User Specified".into()));
    assert!(!stage.heard.iter().any(|message| matches!(message, Message::SetAgentStateReq(_))));
}
