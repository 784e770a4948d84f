//! AGENT_STATE_EVENT to User (mapping.md section 2), names and teams (section 5).

use ged188::{
    AgentFlags, AgentState, AgentTeamConfigEvent, AgentTeamConfigEventAgentsItem, AgentType,
    ConfigAgentEvent, ConfigAgentEventRecordsItem, RecordType, TeamConfigOperation,
};

use super::check;
use super::script::{PERIPHERAL, START, World, person};
use crate::ids::{TeamId, WallMs};
use crate::view::ReasonView;

#[test]
fn mapping_2_2_every_agent_state_has_its_user_state() {
    check(
        "live 1001@6001
        state 1001@6001 READY
            user 1001@6001 READY
        state 1001@6001 RESERVED
            user 1001@6001 RESERVED
        state 1001@6001 TALKING
            user 1001@6001 TALKING
        state 1001@6001 HOLD
            user 1001@6001 HOLD
        state 1001@6001 WORK
            user 1001@6001 WORK
        state 1001@6001 WORK_READY
            user 1001@6001 WORK_READY
        state 1001@6001 UNKNOWN
            user 1001@6001 UNKNOWN
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY
            send AGENT_DESK_SETTINGS_REQ #1
            read 1001@6001
        state 1001@6001 LOGOUT
            user 1001@ LOGOUT",
    );
}

#[test]
fn mapping_2_2_states_that_mean_nothing_are_counted() {
    let world = check(
        "live 1001@6001
        state 1001@6001 LOGIN
        state 1001@6001 BUSY_OTHER
        state 1001@6001 ACTIVE
        state 1001@6001 NOT_ACTIVE",
    );
    assert_eq!(world.domain.counters().odd_agent_states, 2);
}

#[test]
fn mapping_2_2_campaign_reservations() {
    check(
        "live 1001@6001
        state 1001@6001 RESERVED direction 6
            user 1001@6001 RESERVED_OUTBOUND_PREVIEW
        state 1001@6001 RESERVED direction 5
            user 1001@6001 RESERVED_OUTBOUND
        state 1001@6001 READY
            user 1001@6001 READY
        state 1001@6001 RESERVED direction 7
            user 1001@6001 RESERVED_OUTBOUND",
    );
}

#[test]
fn cti_x7_any_state_may_follow_any_state() {
    let states = ["NOT_READY", "READY", "TALKING", "WORK", "WORK_READY", "RESERVED", "HOLD", "UNKNOWN"];
    for from in states {
        for to in states.into_iter().filter(|to| *to != from) {
            let mut world = check("live 1001@6001");
            world.play(&format!("state 1001@6001 {from}"));
            let said = world.play(&format!("state 1001@6001 {to}"));
            assert_eq!(said.first(), Some(&format!("user 1001@6001 {to}")), "{from} to {to}");
        }
    }
}

#[test]
fn mapping_2_1_one_event_a_change_however_many_tell_it() {
    let mut world = check(
        "live 1001@6001
        at 10
        state 1001@6001 READY
            user 1001@6001 READY
        at 12
        state 1001@6001 READY
        state 1001@6001 READY for 2
        state 1001@6001 READY mrd 5
        state 1001@6001 NOT_READY mrd 5",
    );
    assert_eq!(world.user("1001").since, Some(WallMs(START + 10_000)));
    assert_eq!(world.domain.counters().other_media, 2);
    world.check(
        "at 100
        state 1001@6001 READY for 3
            user 1001@6001 READY",
    );
    assert_eq!(world.user("1001").since, Some(WallMs(START + 97_000)), "it was left and entered again");
}

#[test]
fn mapping_2_2_the_time_of_the_change_is_receipt_less_duration() {
    let world = check(
        "live 1001@6001
        at 30
        state 1001@6001 READY for 8
            user 1001@6001 READY",
    );
    assert_eq!(world.user("1001").since, Some(WallMs(START + 22_000)));
}

#[test]
fn mapping_2_4_a_new_reason_is_a_change() {
    let world = check(
        "live 1001@6001
        state 1001@6001 NOT_READY reason 32767
            user 1001@6001 NOT_READY (Call Not Answered)
        state 1001@6001 NOT_READY reason 50002
            user 1001@6001 NOT_READY (Connection Failure)
        state 1001@6001 NOT_READY reason 50002
        state 1001@6001 NOT_READY reason 12345
            user 1001@6001 NOT_READY
        state 1001@6001 READY reason 12345
            user 1001@6001 READY",
    );
    assert_eq!(world.user("1001").reason, ReasonView::Absent);
}

#[test]
fn mapping_2_1_agents_are_found_by_id_or_by_extension() {
    let mut world = check("live 1001@6001 1002@6002");
    world.check(
        "state @6002 READY
            user 1002@6002 READY
        state @6009 READY",
    );
    assert_eq!(world.domain.counters().unnamed_agents, 1);
}

#[test]
fn the_extension_is_the_one_that_cti_reports() {
    check(
        "live 1001@6001
        state 1001@6005 READY
            user 1001@6005 READY
            send AGENT_DESK_SETTINGS_REQ #1
            read 1001@6005
        state 1001@ TALKING
            user 1001@6005 TALKING",
    );
}

#[test]
fn mapping_2_3_pending_state_is_kept_through_hold_and_cleared_by_any_other_change() {
    check(
        "live 1001@6001
        state 1001@6001 TALKING
            user 1001@6001 TALKING
        1001 READY as r1
            send SET_AGENT_STATE_REQ #1
        conf #1
            user 1001@6001 TALKING then READY as r1
        1001 LOGOUT as r2
            send SET_AGENT_STATE_REQ #2
        conf #2
            user 1001@6001 TALKING then LOGOUT as r2
        state 1001@6001 HOLD
            user 1001@6001 HOLD then LOGOUT
        state 1001@6001 TALKING
            user 1001@6001 TALKING then LOGOUT
        state 1001@6001 WORK
            user 1001@6001 WORK",
    );
}

#[test]
fn mapping_2_3_pending_state_told_by_cti() {
    check(
        "live 1001@6001
        state 1001@6001 READY
            user 1001@6001 READY
        state 1001@6001 RESERVED
            user 1001@6001 RESERVED
        state 1001@6001 TALKING next READY
            user 1001@6001 TALKING
        state 1001@6001 TALKING next NOT_READY
            user 1001@6001 TALKING then NOT_READY
        state 1001@6001 TALKING next LOGOUT
            user 1001@6001 TALKING then LOGOUT
        state 1001@6001 NOT_READY next READY
            user 1001@6001 NOT_READY",
    );
}

// Names and teams ----------------------------------------------------------------------------------------------

fn configured(id: &str, record_type: RecordType) -> ConfigAgentEvent {
    ConfigAgentEvent {
        records: vec![ConfigAgentEventRecordsItem {
            record_type: Some(record_type),
            flt_peripheral_id: Some(PERIPHERAL),
            agent_type: Some(AgentType::SUPERVISOR),
            login_id: id.into(),
            login_name: "byron".into(),
            first_name: "Augusta".into(),
            ..Default::default()
        }],
    }
}

fn team(id: u32, operation: TeamConfigOperation, members: &[(&str, u16)]) -> AgentTeamConfigEvent {
    let member = |(agent, flags): &(&str, u16)| AgentTeamConfigEventAgentsItem {
        atc_agent_id: (*agent).into(),
        agent_flags: Some(AgentFlags(*flags)),
        atc_agent_state: Some(AgentState::AVAILABLE),
        ..Default::default()
    };
    AgentTeamConfigEvent {
        peripheral_id: PERIPHERAL,
        team_id: id,
        config_operation: operation,
        agent_team_name: format!("team {id}"),
        agents: members.iter().map(member).collect(),
        ..Default::default()
    }
}

fn said(world: &mut World) -> Vec<String> {
    world.play("at 1")
}

#[test]
fn mapping_5_which_source_of_a_name_wins() {
    let mut world = check("live 1001@6001");
    world.event(configured("1001", RecordType::ADD));
    assert_eq!(said(&mut world), ["user 1001@6001 NOT_READY"]);
    let user = world.user("1001");
    assert_eq!(user.first_name, "Augusta", "CTI wins");
    assert_eq!(user.last_name, "Byron", "the AWDB fills in");
    assert_eq!(user.login_name, "agent1001", "the AWDB wins");
    assert!(!user.supervisor, "the AWDB decides");
    assert_eq!(world.domain.by_login("AGENT1001").map(|id| id.as_str()), Some("1001"));
}

#[test]
fn mapping_5_who_is_deleted_stays_while_he_is_signed_in() {
    let mut world = check("live 1001@6001 1002@");
    world.event(configured("1001", RecordType::DELETE));
    world.event(configured("1002", RecordType::DELETE));
    assert!(world.domain.user(&"1001".into()).is_some());
    assert!(world.domain.user(&"1002".into()).is_none());
    assert_eq!(world.domain.by_login("agent1002"), None);
}

#[test]
fn mapping_5_the_team_is_that_of_the_list_without_a_supervisor_flag() {
    let mut world = check("live 1001@6001 1002@6002");
    let mut boss = person("1002");
    boss.supervisor = true;
    boss.team = Some((TeamId(700), "Bosses".into()));
    boss.supervises = vec![(TeamId(600), "Night".into()), (TeamId(500), "Day".into())];
    world.domain.known(boss, world.now);
    assert_eq!(said(&mut world), ["user 1002@6002 NOT_READY"]);
    world.event(team(500, TeamConfigOperation::RESTORE_PERMANENT, &[("1001", 0), ("1002", 1)]));
    assert_eq!(said(&mut world), ["user 1001@6001 NOT_READY"]);
    assert_eq!(world.user("1001").team.unwrap().name, "team 500");
    let boss = world.user("1002");
    assert_eq!(boss.team.unwrap().id, TeamId(700), "listed only with a flag: the AWDB tells");
    assert_eq!(boss.teams.iter().map(|team| team.id.0).collect::<Vec<_>>(), [500, 600]);
    assert!(world.domain.supervises(&"1002".into(), &"1001".into()));
    assert!(!world.domain.supervises(&"1001".into(), &"1002".into()));
    world.event(team(500, TeamConfigOperation::REMOVE_AGENT, &[("1001", 0)]));
    assert_eq!(said(&mut world), ["user 1001@6001 NOT_READY"]);
    assert!(!world.domain.supervises(&"1002".into(), &"1001".into()));
}

#[test]
fn mapping_2_6_a_team_list_tells_the_first_known_state_only() {
    let mut world = check("live 1001@6001");
    world.event(team(500, TeamConfigOperation::RESTORE_PERMANENT, &[("1001", 0)]));
    assert_eq!(world.user("1001").state.as_str(), "NOT_READY");
}

#[test]
fn events_of_others_are_counted_and_change_nothing() {
    let mut world = check("live 1001@6001");
    let mut foreign = team(500, TeamConfigOperation::RESTORE_PERMANENT, &[("1001", 0)]);
    foreign.peripheral_id = 1;
    world.event(foreign);
    world.event(ged188::AgentStateEvent { peripheral_id: 1, agent_id: "1001".into(), ..Default::default() });
    world.event(ged188::EndCallEvent { peripheral_id: 1, ..Default::default() });
    world.event(ged188::Message::Unknown(ged188::Unknown::default()));
    assert!(said(&mut world).is_empty());
    let counters = world.domain.counters();
    assert_eq!((counters.other_peripheral, counters.ignored_messages), (3, 1));
}
