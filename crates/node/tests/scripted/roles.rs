//! Who may ask what: administrators beside agents and supervisors (rest-api.md sections 1.5 and 2).

use node::domain::Person;
use node::failover::fence::{Rank, Settings};
use node::{Config, Input};

use crate::rights::supervisor;
use crate::stage::*;

const MEMBER: &str = "/finesse/api/User/1002";

fn with_member(config: Config, person: Person) -> Stage {
    let mut stage = Stage::with(config);
    stage.serve();
    stage.team(ged188::TeamConfigOperation::RESTORE_PERMANENT, "1002");
    stage.person = person;
    stage
}

fn secondary() -> Config {
    Config { fence: Settings::new(Rank::Secondary), ..config() }
}

#[test]
fn an_administrator_reads_users_teams_and_queues_on_both_nodes() {
    for config in [config(), secondary()] {
        let mut stage = with_member(config, supervisor());
        for (path, status) in [
            (MEMBER, 200),
            ("/finesse/api/User/1002/Dialogs", 200),
            ("/finesse/api/User/1002/Queues", 200),
            ("/finesse/api/User/1002/ReasonCodes?category=LOGOUT", 200),
            ("/finesse/api/User/1002/WrapUpReasons", 200),
            ("/finesse/api/User/1002/PhoneBooks", 200),
            ("/finesse/api/User/1002/MediaPropertiesLayout", 200),
            ("/finesse/api/Team/5001", 200),
            ("/finesse/api/Team/5002", 404),
            ("/finesse/api/User/9999", 404),
            ("/finesse/api/User/admin", 404),
            ("/finesse/api/Queue/77", 404),
            ("/finesse/api/Dialog/77", 404),
        ] {
            assert_eq!(stage.administer("GET", path, ""), Some(status), "{path}: {}", stage.reply);
        }
        assert!(stage.checks.is_empty(), "no AWDB is asked for an administrator");
    }
}

#[test]
fn an_administrator_has_no_agent_and_does_nothing() {
    let mut stage = with_member(config(), supervisor());
    let call = "<Dialog><requestedAction>MAKE_CALL</requestedAction><fromAddress>1</fromAddress>\
                <toAddress>2</toAddress></Dialog>";
    for (method, path, body) in [
        ("POST", "/finesse/api/User/1002/Dialogs", call),
        ("PUT", MEMBER, "<User><state>LOGOUT</state></User>"),
        ("PUT", "/finesse/api/Dialog/77", "<Dialog/>"),
    ] {
        assert_eq!(stage.administer(method, path, body), Some(401), "{method} {path}");
        assert_eq!(stage.error(), "Invalid Authorization User Specified", "{method} {path}");
    }
}

#[test]
fn a_wrong_password_of_an_administrator_is_asked_of_no_awdb() {
    let mut stage = with_member(config(), supervisor());
    stage.request_by("Basic QWRtaW46d3Jvbmc=", 1, "GET", MEMBER, "");
    let check = *stage.asked.administrators.last().unwrap();
    stage.input(Input::AdministratorChecked { check, right: false });
    assert_eq!(stage.replies.last().unwrap().1, 401);
    assert_eq!(stage.error(), "Authorization Failure");
    assert!(stage.checks.is_empty(), "{:?}", stage.checks);
}

#[test]
fn an_agent_on_a_setting_is_no_administrator_whatever_his_password() {
    let mut stage = with_member(config(), supervisor());
    stage.request(1, "GET", "/finesse/api/SystemConfig", "");
    let check = *stage.asked.administrators.last().unwrap();
    stage.input(Input::AdministratorChecked { check, right: false });
    assert_eq!((stage.replies.last().unwrap().1, stage.error()), (401, "Authorization Failure"));
}
