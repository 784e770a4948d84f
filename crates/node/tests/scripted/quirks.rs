//! What stock clients rely on in requests (rest-api.md sections 19.3 and 19.4), through a whole node.

use node::api::{HttpRequest, SystemInfo};
use node::domain::{ReasonCategory, ReasonCode, Resources};
use node::{Config, HttpId, Input, LinkNews};

use crate::rights::supervisor;
use crate::roles::with_member;
use crate::stage::*;

#[test]
fn quirk_19_3_1_system_info_without_credentials_and_people_by_id_or_name() {
    let mut stage = with_member(config(), person());
    let poll = HttpRequest::page("/finesse/api/SystemInfo");
    stage.input(Input::Http { id: HttpId(1), request: poll });
    // `1001:pw`, `hanako:pw` and `HANAKO:pw`: the address has the id all the same.
    for credentials in ["Basic MTAwMTpwdw==", "Basic aGFuYWtvOnB3", "Basic SEFOQUtPOnB3"] {
        stage.request_by(credentials, 2, "GET", "/finesse/api/User/1001/Dialogs", "");
        stage.accept_last();
    }
    assert_eq!(stage.replies, [(1, 200), (2, 200), (2, 200), (2, 200)]);
    assert_eq!(
        stage.ask("GET", "/finesse/api/User/hanako/Dialogs", "").0,
        401,
        "other addresses have the id"
    );
}

/// Codes for signing out are configured, and an agent must give one.
#[test]
fn quirk_19_3_6_a_supervisor_gives_no_reason_where_an_agent_must() {
    let code = ReasonCode {
        id: 1,
        category: ReasonCategory::Logout,
        code: 7,
        label: "End of shift".into(),
        for_all: true,
        system: false,
    };
    let resources = Resources { reasons: [code].into_iter().collect(), ..Resources::default() };
    let mut stage = with_member(Config { resources, ..config() }, supervisor());
    let logout = "<User><state>LOGOUT</state></User>";
    assert_eq!(stage.ask("PUT", "/finesse/api/User/1001", logout).0, 400);
    assert!(stage.reply.contains("<ErrorData>reasonCodeId</ErrorData>"), "{}", stage.reply);
    stage.state_of("1002", ged188::AgentState::NOT_READY);
    assert_eq!(stage.ask("PUT", "/finesse/api/User/1002", logout), (202, String::new()));
}

/// 401 makes some clients give up: what passes by itself is another status.
#[test]
fn quirk_19_4_4_a_server_that_is_out_of_service_is_not_401() {
    let mut stage = with_member(config(), person());
    stage.link(LinkNews::Closed("reset".into()));
    assert_eq!(stage.replies.len(), 0);
    stage.get(1, "/finesse/api/User/1001");
    assert_eq!(stage.replies, [(1, 503)]);
}

#[test]
fn quirk_19_4_5_system_info_is_told_on_a_real_change_only() {
    let mut stage = Stage::with_team_for(person());
    let SystemInfo { in_service, .. } = stage.node.status().info.clone();
    assert!(in_service);
    stage.written.clear();
    let told = |stage: &Stage| stage.written.get(&1).is_some_and(|text| text.contains("systemInfo"));
    stage.pass(std::time::Duration::from_secs(4));
    assert!(!told(&stage), "nothing has changed");
    stage.link(LinkNews::Closed("reset".into()));
    assert!(told(&stage), "{:?}", stage.written);
}
