//! Opening, masks, monitors, registered variables, configuration, the end of call data.

use std::collections::BTreeMap;
use std::time::Duration;

use failover::cti::Side;
use ged188::*;
use switch::{Command, Outcome};

use crate::world::*;

#[test]
fn a_session_is_welcomed_with_the_peripheral_and_every_team() {
    let mut world = World::new(pair_config(demo(25)));
    let desk = world.connect(Side::A, 17);
    let opened = world.end(desk).opened.clone().unwrap();
    assert_eq!(opened.icm_central_controller_time, 1_700_001_000);
    assert_eq!((opened.monitor_id, opened.peripheral_online), (0, true));
    let told = world.told(desk);
    assert_eq!(
        told,
        ["SYSTEM_EVENT", "AGENT_TEAM_CONFIG_EVENT", "AGENT_TEAM_CONFIG_EVENT", "AGENT_TEAM_CONFIG_EVENT"]
    );
}

#[test]
fn a_big_team_comes_in_several_messages_of_64() {
    let mut switch = demo(150);
    for agent in &mut switch.agents {
        agent.team = Some(5000);
    }
    switch.teams.truncate(1);
    let mut world = World::new(pair_config(switch));
    for version in [13, 17, 20] {
        let desk = world.connect(Side::A, version);
        let sizes: Vec<usize> = world
            .take(desk)
            .iter()
            .filter_map(|message| match message {
                Message::AgentTeamConfigEvent(event) => Some(event.agents.len()),
                _ => None,
            })
            .collect();
        assert_eq!(sizes, [64, 64, 22], "version {version}");
    }
}

#[test]
fn a_supervisor_is_flagged_and_states_are_told() {
    let mut world = World::new(pair_config(demo(3)));
    let desk = world.desk(17);
    world.ready(desk, "1002");
    let second = world.connect_as(Side::B, 20, "other", |_| {});
    let told = world.take(second);
    let Some(Message::AgentTeamConfigEvent(event)) = told.last() else { panic!("{told:?}") };
    assert_eq!(event.agents[0].agent_flags, Some(AgentFlags(5)));
    assert_eq!(event.agents[1].atc_agent_state, Some(AgentState::AVAILABLE));
    assert_eq!(event.agents[2].agent_flags, Some(AgentFlags(0)));
}

#[test]
fn masks_decide_what_comes() {
    let mut world = World::new(pair_config(demo(3)));
    let desk = world.desk(17);
    let quiet = world.connect_as(Side::B, 17, "quiet", |config| {
        config.call_mask = CallEventMask::CALL_DELIVERED;
        config.agent_mask = AgentStateMask::RESERVED;
    });
    world.take(quiet);
    world.ready(desk, "1001");
    world.call_in("0311112222", "7200");
    assert_eq!(world.told(quiet), ["AGENT_STATE_EVENT RESERVED", "CALL_DELIVERED_EVENT"]);
}

#[test]
fn services_that_were_not_asked_for_are_not_had() {
    let mut world = World::new(pair_config(demo(3)));
    let reader = world.connect_as(Side::A, 17, "reader", |config| config.services = ServiceMask::ALL_EVENTS);
    world.take(reader);
    world.request(reader, login("1001", "1001", PASSWORD));
    world.request(reader, MonitorAgentTeamStartReq { team_id: 5000, ..Default::default() });
    world.request(reader, MonitorStartReq { peripheral_id: 5000, ..Default::default() });
    assert_eq!(world.told(reader), ["FAILURE_CONF 12", "FAILURE_CONF 12", "FAILURE_CONF 12"]);
}

#[test]
fn a_device_monitor_tells_of_one_phone_under_its_own_id() {
    let mut world = World::new(pair_config(demo(3)));
    let desk = world.desk(17);
    let watcher = world.connect_as(Side::B, 17, "watcher", |config| {
        config.services = ServiceMask(ServiceMask::PERIPHERAL_MONITOR.0 | ServiceMask::CLIENT_CONTROL.0);
    });
    world.request(
        watcher,
        MonitorStartReq {
            peripheral_id: 5000,
            call_msg_mask: CallEventMask(0x001F_FFFF),
            agent_state_mask: AgentStateMask(0x3FFF),
            connection_device_id_type: ConnectionDeviceIdType::NONE,
            monitored_device_type: DeviceIdType::AGENT_DEVICE,
            monitored_device_id: "61002".into(),
            ..Default::default()
        },
    );
    let told = world.take(watcher);
    let [Message::MonitorStartConf(conf)] = &told[..] else { panic!("{told:?}") };
    let monitor_id = conf.monitor_id;
    assert_ne!(monitor_id, 0);
    world.ready(desk, "1001");
    assert!(world.told(watcher).is_empty(), "1001 is at another phone");
    world.ready(desk, "1002");
    let told = world.take(watcher);
    assert!(
        told.iter().all(|message| message.monitor_id() == Some(monitor_id)) && told.len() == 3,
        "{told:?}"
    );
    world.request(watcher, MonitorStopReq { monitor_id, ..Default::default() });
    world.request(watcher, MonitorStopReq { monitor_id, ..Default::default() });
    assert_eq!(world.told(watcher), ["MONITOR_STOP_CONF", "FAILURE_CONF 55"]);
}

#[test]
fn a_team_monitor_tells_the_states_of_its_members() {
    let mut world = World::new(pair_config(demo(12)));
    let desk = world.desk(17);
    let watcher =
        world.connect_as(Side::B, 17, "watcher", |config| config.services = ServiceMask::SUPERVISOR);
    world.request(watcher, MonitorAgentTeamStartReq { team_id: 5001, ..Default::default() });
    world.request(watcher, MonitorAgentTeamStartReq { team_id: 5001, ..Default::default() });
    world.request(watcher, MonitorAgentTeamStartReq { team_id: 1, ..Default::default() });
    assert_eq!(world.told(watcher), ["MONITOR_AGENT_TEAM_START_CONF", "FAILURE_CONF 83", "FAILURE_CONF 65"]);
    world.sign_in(desk, "1001");
    world.sign_in(desk, "1012");
    assert_eq!(world.told(watcher), ["AGENT_STATE_EVENT LOGIN", "AGENT_STATE_EVENT NOT_READY"]);
}

#[test]
fn a_call_monitor_tells_the_same_event_again() {
    let mut world = World::new(pair_config(demo(3)));
    let desk = world.desk(17);
    let monitor = MonitorStartReq {
        peripheral_id: 5000,
        call_msg_mask: CallEventMask::CALL_HELD,
        connection_device_id_type: ConnectionDeviceIdType::STATIC,
        connection_device_id: "1001".into(),
        monitored_device_type: DeviceIdType::NONE,
        ..Default::default()
    };
    world.ready(desk, "1001");
    let call = world.call_in("0311112222", "7200");
    world.request(desk, answer(call, "1001"));
    world.take(desk);
    world.request(desk, MonitorStartReq { connection_call_id: call, ..monitor });
    world.request(desk, hold(call, "1001"));
    let held = world.told(desk).iter().filter(|name| *name == "CALL_HELD_EVENT").count();
    assert_eq!(held, 2, "once for all events, once for the monitor");
}

#[test]
fn registered_variables_limit_what_is_sent() {
    let mut world = World::new(pair_config(demo(3)));
    let desk = world.desk(17);
    world.request(
        desk,
        RegisterVariablesReq {
            call_variable_mask: CallVariableMask::CALL_VAR_2,
            named_variables: vec![NamedVariable { name: "user.order".into(), value: String::new() }],
            ..Default::default()
        },
    );
    assert_eq!(world.told(desk), ["REGISTER_VARIABLES_CONF"]);
    world.ready(desk, "1001");
    let variables: BTreeMap<_, _> =
        [("callVariable1", "a"), ("callVariable2", "b"), ("user.order", "7"), ("user.customer", "8")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into();
    let outcome = world.command(Command::CallIn { from: "0311112222".into(), to: "7200".into(), variables });
    let Ok(Outcome::Call(call)) = outcome else { panic!("{outcome:?}") };
    world.take(desk);
    world.request(
        desk,
        SnapshotCallReq { peripheral_id: 5000, connection_call_id: call, ..Default::default() },
    );
    let told = world.take(desk);
    let [Message::SnapshotCallConf(conf)] = &told[..] else { panic!("{told:?}") };
    assert_eq!((conf.call_variables[0].as_str(), conf.call_variables[1].as_str()), ("", "b"));
    assert_eq!(conf.named_variables, [NamedVariable { name: "user.order".into(), value: "7".into() }]);
}

#[test]
fn the_configuration_can_be_downloaded() {
    for version in [13, 17, 20] {
        let mut world = World::new(pair_config(demo(23)));
        let desk = world.desk(version);
        world.send(desk, ConfigRequestKeyEvent { peripheral_id: 5000, ..Default::default() });
        assert_eq!(world.told(desk), ["CONFIG_KEY_EVENT"]);
        let wanted = ConfigMask(ConfigMask::SKILL_GROUP.0 | ConfigMask::AGENT.0);
        world.send(
            desk,
            ConfigRequestEvent { config_information: wanted, peripheral_id: 5000, ..Default::default() },
        );
        let told = world.take(desk);
        let mut agents = Vec::new();
        for message in &told {
            if let Message::ConfigAgentEvent(event) = message {
                agents.extend(event.records.iter().map(|record| record.login_id.clone()));
            }
        }
        let everybody: Vec<String> = (1001..=1023).map(|id| id.to_string()).collect();
        assert_eq!(agents, everybody, "version {version}");
        assert!(matches!(told.first(), Some(Message::ConfigBeginEvent(_))));
        assert!(matches!(told.last(), Some(Message::ConfigEndEvent(_))));
    }
}

#[test]
fn call_data_live_until_every_client_released_them() {
    let mut world = World::new(pair_config(demo(3)));
    let desk = world.desk(17);
    let other = world.connect_as(Side::B, 17, "other", |_| {});
    world.ready(desk, "1001");
    let call = world.call_in("0311112222", "7200");
    world.request(desk, release(call, "1001"));
    assert_eq!(world.told(desk).last().unwrap(), "FAILURE_CONF 38");
    world.request(desk, answer(call, "1001"));
    world.request(desk, clear(call, "1001"));
    world.take(desk);
    world.take(other);
    world.request(desk, release(call, "1001"));
    assert_eq!(world.told(desk), ["RELEASE_CALL_CONF", "END_CALL_EVENT"]);
    world.request(other, wrap_up_data(call, "1001", "late"));
    assert_eq!(world.told(other), ["SET_CALL_DATA_CONF", "CALL_DATA_UPDATE_EVENT"]);
    assert!(world.told(desk).is_empty(), "END_CALL is the last event of a call for a client");
    world.wait(Duration::from_secs(120));
    assert_eq!(world.told(other), ["END_CALL_EVENT"]);
    assert!(world.told(desk).is_empty());
}

#[test]
fn desk_settings_and_device_info_are_answered() {
    let mut world = World::new(pair_config(demo(3)));
    let desk = world.desk(17);
    world.request(
        desk,
        AgentDeskSettingsReq { peripheral_id: 5000, agent_id: "1001".into(), ..Default::default() },
    );
    let told = world.take(desk);
    let [Message::AgentDeskSettingsConf(conf)] = &told[..] else { panic!("{told:?}") };
    assert_eq!((conf.work_mode_timer, conf.ring_no_answer_time), (30, 12));
    assert_eq!(conf.wrapup_data_incoming_mode, WrapupDataMode::OPTIONAL);
    world.request(
        desk,
        QueryDeviceInfoReq { peripheral_id: 5000, agent_instrument: "1001".into(), ..Default::default() },
    );
    world.request(desk, ClientEventReportReq { text: "hello".into(), ..Default::default() });
    world.request(desk, ListAgentTeamReq { supervisor_id: 5000, ..Default::default() });
    assert_eq!(
        world.told(desk),
        ["QUERY_DEVICE_INFO_CONF", "CLIENT_EVENT_REPORT_CONF", "LIST_AGENT_TEAM_CONF"]
    );
}

#[test]
fn a_session_without_input_ends() {
    let mut world = World::new(pair_config(demo(3)));
    let desk = world.connect_as(Side::A, 17, "idle", |config| config.idle_timeout_s = 20);
    world.wait(Duration::from_secs(15));
    world.heartbeat(desk);
    world.wait(Duration::from_secs(19));
    assert!(world.end(desk).closed.is_none());
    world.wait(Duration::from_secs(1));
    assert!(world.end(desk).closed.is_some());
}

#[test]
fn a_client_that_closes_is_gone() {
    let mut world = World::new(pair_config(demo(3)));
    let desk = world.desk(17);
    world.close(desk);
    assert!(world.end(desk).closed.is_some());
    assert_eq!(world.pair.truth(world.now).clients, []);
}
