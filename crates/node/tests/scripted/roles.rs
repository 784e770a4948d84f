//! Who may ask what: administrators beside agents and supervisors (rest-api.md sections 1.5 and 2).

use node::domain::Person;
use node::failover::fence::{Rank, Settings};
use node::{Config, Input};

use crate::rights::supervisor;
use crate::stage::*;

const MEMBER: &str = "/finesse/api/User/1002";

pub(crate) fn with_member(config: Config, person: Person) -> Stage {
    let mut stage = Stage::with(config);
    stage.serve();
    stage.team(ged188::TeamConfigOperation::RESTORE_PERMANENT, "1002");
    stage.person = person;
    stage
}

pub(crate) fn secondary() -> Config {
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
            ("/finesse/api/Users", 200),
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

#[test]
fn everybody_is_listed_for_administrators_only() {
    let mut stage = with_member(config(), supervisor());
    assert_eq!(stage.administer("GET", "/finesse/api/Users", ""), Some(200));
    assert!(stage.reply.starts_with("<Users><User>") && stage.reply.contains("<loginId>1002</loginId>"));
    assert!(stage.reply.contains("<settings>"), "whole, not in the summary form: {}", stage.reply);
    let (status, body) = stage.ask("GET", "/finesse/api/Users", "");
    assert_eq!(status, 401);
    let words = "<ErrorMessage>The user is not authorized to perform this operation</ErrorMessage>\
                 <ErrorType>Unauthorized</ErrorType>";
    assert!(body.contains(words), "{body}");
}

#[test]
fn teams_and_their_number_are_settings_of_the_primary() {
    let mut stage = with_member(config(), supervisor());
    assert_eq!(stage.administer("GET", "/finesse/api/Teams", ""), Some(200));
    let teams =
        "<Teams><Team><id>5001</id><name>Osaka</name><uri>/finesse/api/Team/5001</uri></Team></Teams>";
    assert_eq!(stage.reply, teams);
    assert_eq!(stage.administer("GET", "/finesse/api/ConfigInfo", ""), Some(200));
    assert!(stage.reply.contains("<totalTeams>1</totalTeams>"), "{}", stage.reply);
    let mut stage = with_member(secondary(), supervisor());
    for path in ["/finesse/api/Teams", "/finesse/api/ConfigInfo"] {
        assert_eq!((stage.administer("GET", path, ""), stage.error()), (Some(403), "Forbidden"), "{path}");
    }
}

#[test]
fn a_desktop_tells_of_itself_and_is_answered_when_it_is_kept() {
    const LOG: &str = "<ClientLog><logData>slow</logData></ClientLog>";
    let mut stage = with_member(config(), person());
    let send = |stage: &mut Stage, agent: &str| {
        stage.request(7, "POST", &format!("/finesse/api/User/{agent}/ClientLog"), LOG);
        stage.accept_last();
    };
    send(&mut stage, "1002");
    assert_eq!(
        (stage.replies.last(), stage.error()),
        (Some(&(7, 401)), "Invalid Authorization User Specified")
    );
    let answered = stage.replies.len();
    send(&mut stage, "1001");
    assert_eq!(stage.replies.len(), answered, "not yet");
    let (http, agent, body) = stage.asked.client_logs.pop().unwrap();
    assert_eq!((agent.as_str(), body.as_slice()), ("1001", LOG.as_bytes()));
    stage.input(Input::ClientLogKept { http, outcome: Ok(()) });
    assert_eq!(stage.replies.last(), Some(&(7, 202)));
    assert_eq!(stage.reply, "");
    send(&mut stage, "1001");
    let (http, ..) = stage.asked.client_logs.pop().unwrap();
    stage.input(Input::ClientLogKept { http, outcome: Err(node::api::ApiFailure::log_not_stored()) });
    assert_eq!((stage.replies.last(), stage.error()), (Some(&(7, 400)), "Operation Failure"));
    for method in ["GET", "PUT"] {
        assert_eq!(stage.ask(method, "/finesse/api/User/1001/ClientLog", "").0, 405);
    }
}

#[test]
fn few_logs_are_written_at_once() {
    let mut stage = with_member(config(), person());
    for id in 0..=16 {
        stage.request(id, "POST", "/finesse/api/User/1001/ClientLog", "<ClientLog/>");
        stage.accept_last();
    }
    assert_eq!(stage.asked.client_logs.len(), 16);
    assert_eq!(stage.replies, [(16, 503)]);
}
