//! The flows of ged188.md section 10, message by message, through real bytes.

use std::collections::BTreeMap;
use std::time::Duration;

use ged188::*;
use switch::{AgentEvents, Command, Hand, WrapUp};

use crate::world::*;

const VERSIONS: [u32; 4] = [13, 17, 19, 20];

fn check(world: &mut World, conn: u64, expected: &[&str]) {
    assert_eq!(world.told(conn), expected);
}

#[test]
fn agent_login() {
    for version in VERSIONS {
        let mut world = World::new(pair_config(demo(4)));
        let desk = world.desk(version);
        world.request(desk, login("1002", "61002", PASSWORD));
        check(
            &mut world,
            desk,
            &["SET_AGENT_STATE_CONF", "AGENT_STATE_EVENT LOGIN", "AGENT_STATE_EVENT NOT_READY"],
        );
        world.request(desk, set_state("1002", AgentState::AVAILABLE, 0));
        check(&mut world, desk, &["SET_AGENT_STATE_CONF", "AGENT_STATE_EVENT AVAILABLE"]);
        world.request(desk, set_state("1002", AgentState::LOGOUT, 0));
        check(&mut world, desk, &["CONTROL_FAILURE_CONF 22 10112"]);
        world.request(desk, set_state("1002", AgentState::NOT_READY, 7));
        check(&mut world, desk, &["SET_AGENT_STATE_CONF", "AGENT_STATE_EVENT NOT_READY 7"]);
        world.request(desk, set_state("1002", AgentState::LOGOUT, 3));
        check(&mut world, desk, &["SET_AGENT_STATE_CONF", "AGENT_STATE_EVENT LOGOUT 3"]);
    }
}

#[test]
fn agent_login_refusals() {
    let mut world = World::new(pair_config(demo(4)));
    let desk = world.desk(17);
    for (request, expected) in [
        (login("9999", "1001", PASSWORD), "CONTROL_FAILURE_CONF 256 0"),
        (login("1001", "1001", "wrong"), "CONTROL_FAILURE_CONF 257 0"),
        (login("1001", "5555", PASSWORD), "CONTROL_FAILURE_CONF 260 0"),
        (set_state("1001", AgentState::NOT_READY, 0), "CONTROL_FAILURE_CONF 257 0"),
        (set_state("1001", AgentState::AVAILABLE, 0), "CONTROL_FAILURE_CONF 22 10111"),
        (set_state("1001", AgentState::LOGOUT, 0), "CONTROL_FAILURE_CONF 22 10101"),
    ] {
        world.request(desk, request);
        check(&mut world, desk, &[expected]);
    }
    world.sign_in(desk, "1001");
    world.take(desk);
    world.request(desk, login("1001", "1001", PASSWORD));
    check(&mut world, desk, &["CONTROL_FAILURE_CONF 259 10102"]);
    world.request(desk, login("1003", "1001", PASSWORD));
    check(&mut world, desk, &["CONTROL_FAILURE_CONF 283 0"]);
    let checked =
        SetAgentStateReq { forced_flag: ForcedFlag::AUTHENTICATION_ONLY, ..login("1001", "1001", PASSWORD) };
    world.request(desk, checked.clone());
    check(&mut world, desk, &["SET_AGENT_STATE_CONF"]);
    world.request(desk, SetAgentStateReq { agent_password: "wrong".into(), ..checked });
    check(&mut world, desk, &["CONTROL_FAILURE_CONF 257 0"]);
    world.request(desk, SetAgentStateReq { peripheral_id: 4711, ..login("1003", "1003", PASSWORD) });
    check(&mut world, desk, &["FAILURE_CONF 7"]);
}

#[test]
fn incoming_routed_call() {
    for version in VERSIONS {
        let mut switch = demo(4);
        switch.desk.wrap_up_incoming = WrapUp::Required;
        let mut world = World::new(pair_config(switch));
        let desk = world.desk(version);
        world.ready(desk, "1002");
        let call = world.call_in("0311112222", "7200");
        check(
            &mut world,
            desk,
            &[
                "AGENT_PRE_CALL_EVENT",
                "AGENT_STATE_EVENT RESERVED",
                "BEGIN_CALL_EVENT",
                "CALL_DELIVERED_EVENT",
            ],
        );
        world.request(desk, answer(call, "61002"));
        check(&mut world, desk, &["ANSWER_CALL_CONF", "CALL_ESTABLISHED_EVENT", "AGENT_STATE_EVENT TALKING"]);
        world.request(desk, hold(call, "61002"));
        check(&mut world, desk, &["HOLD_CALL_CONF", "CALL_HELD_EVENT", "AGENT_STATE_EVENT HOLD"]);
        world.request(desk, retrieve(call, "61002"));
        check(&mut world, desk, &["RETRIEVE_CALL_CONF", "CALL_RETRIEVED_EVENT", "AGENT_STATE_EVENT TALKING"]);
        world.request(desk, clear(call, "61002"));
        check(
            &mut world,
            desk,
            &[
                "CLEAR_CONNECTION_CONF",
                "CALL_CONNECTION_CLEARED_EVENT",
                "CALL_CONNECTION_CLEARED_EVENT",
                "CALL_CLEARED_EVENT",
                "AGENT_STATE_EVENT WORK_READY",
            ],
        );
        world.request(desk, wrap_up_data(call, "61002", "sold"));
        check(&mut world, desk, &["SET_CALL_DATA_CONF", "CALL_DATA_UPDATE_EVENT"]);
        world.request(desk, set_state("1002", AgentState::AVAILABLE, 0));
        check(&mut world, desk, &["SET_AGENT_STATE_CONF", "AGENT_STATE_EVENT AVAILABLE"]);
        world.request(desk, release(call, "61002"));
        check(&mut world, desk, &["RELEASE_CALL_CONF", "END_CALL_EVENT"]);
        assert!(world.pair.switch().calls().get(call).is_none());
    }
}

#[test]
fn a_delivered_call_says_who_calls_whom() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(20);
    world.ready(desk, "1002");
    let variables = [("callVariable1", "gold"), ("user.customer", "4711"), ("user.history[1]", "x")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    world.command(Command::CallIn { from: "0311112222".into(), to: "7200".into(), variables }).unwrap();
    let told = world.take(desk);
    let Some(Message::CallDeliveredEvent(event)) = told.last() else { panic!("{told:?}") };
    assert_eq!((event.ani.as_str(), event.calling_device_id.as_str()), ("0311112222", "0311112222"));
    assert_eq!((event.dialed_number.as_str(), event.alerting_device_id.as_str()), ("7200", "61002"));
    assert_eq!((event.monitor_id, event.alerting_device_type), (0, DeviceIdType::AGENT_DEVICE));
    assert_eq!(event.call_variables[0], "gold");
    assert_eq!(event.named_variables, [NamedVariable { name: "user.customer".into(), value: "4711".into() }]);
    assert_eq!(event.named_arrays[0].index, 1);
}

#[test]
fn a_call_that_nobody_answers_goes_to_the_next_agent() {
    let mut world = World::new(pair_config(demo(4)));
    let desk = world.desk(17);
    world.ready(desk, "1002");
    world.call_in("0311112222", "7200");
    world.ready(desk, "1003");
    world.wait(Duration::from_secs(12));
    check(
        &mut world,
        desk,
        &[
            "CALL_DIVERTED_EVENT",
            "AGENT_STATE_EVENT NOT_READY 32767",
            "CALL_QUEUED_EVENT",
            "CALL_DEQUEUED_EVENT",
            "AGENT_PRE_CALL_EVENT",
            "AGENT_STATE_EVENT RESERVED",
            "CALL_DELIVERED_EVENT",
        ],
    );
    assert_eq!(world.state("1002"), ("NOT_READY", 32767));
    assert_eq!(world.state("1003"), ("RESERVED", 0));
}

#[test]
fn the_longest_available_agent_of_the_group_is_chosen() {
    let mut world = World::new(pair_config(demo(4)));
    let desk = world.desk(17);
    for agent in ["1003", "1002", "1001"] {
        world.ready(desk, agent);
        world.wait(Duration::from_secs(1));
    }
    world.call_in("0311112222", "7202");
    assert_eq!(world.state("1003").0, "AVAILABLE", "1003 has been available longest, but not in group 23");
    assert_eq!(world.state("1002").0, "RESERVED");
}

#[test]
fn a_waiting_call_is_not_told_until_it_has_an_agent() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    let call = world.call_in("0311112222", "7200");
    check(&mut world, desk, &[]);
    assert_eq!(world.pair.truth(world.now).waiting[&21], [call]);
    world.ready(desk, "1001");
    assert_eq!(world.state("1001").0, "RESERVED");
}

#[test]
fn a_caller_who_gives_up_frees_the_agent() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.ready(desk, "1001");
    let call = world.call_in("0311112222", "7200");
    world.take(desk);
    world.command(Command::HangUp(Hand { device: "0311112222".into(), call: Some(call) })).unwrap();
    check(
        &mut world,
        desk,
        &[
            "CALL_CONNECTION_CLEARED_EVENT",
            "CALL_CONNECTION_CLEARED_EVENT",
            "CALL_CLEARED_EVENT",
            "AGENT_STATE_EVENT AVAILABLE",
        ],
    );
}

#[test]
fn a_reservation_is_withdrawn_with_an_abort() {
    let mut switch = demo(2);
    switch.reserve_delay = Duration::from_millis(300);
    let mut world = World::new(pair_config(switch));
    let desk = world.desk(17);
    world.ready(desk, "1001");
    let call = world.call_in("0311112222", "7200");
    world.command(Command::HangUp(Hand { device: "0311112222".into(), call: Some(call) })).unwrap();
    check(
        &mut world,
        desk,
        &[
            "AGENT_PRE_CALL_EVENT",
            "AGENT_STATE_EVENT RESERVED",
            "AGENT_PRE_CALL_ABORT_EVENT",
            "AGENT_STATE_EVENT AVAILABLE",
        ],
    );
}

#[test]
fn outgoing_call() {
    for version in VERSIONS {
        let mut world = World::new(pair_config(demo(2)));
        let desk = world.desk(version);
        world.sign_in(desk, "1002");
        world.take(desk);
        world.request(desk, make_call("61002", "0312345678"));
        check(
            &mut world,
            desk,
            &[
                "MAKE_CALL_CONF",
                "BEGIN_CALL_EVENT",
                "CALL_SERVICE_INITIATED_EVENT",
                "AGENT_STATE_EVENT TALKING",
                "CALL_ORIGINATED_EVENT",
                "CALL_REACHED_NETWORK_EVENT",
                "CALL_DELIVERED_EVENT",
            ],
        );
        world.wait(Duration::from_secs(1));
        check(&mut world, desk, &["CALL_ESTABLISHED_EVENT"]);
        world.command(Command::HangUp(Hand { device: "0312345678".into(), call: None })).unwrap();
        check(
            &mut world,
            desk,
            &[
                "CALL_CONNECTION_CLEARED_EVENT",
                "CALL_CONNECTION_CLEARED_EVENT",
                "CALL_CLEARED_EVENT",
                "AGENT_STATE_EVENT NOT_READY",
            ],
        );
        world.wait(Duration::from_secs(120));
        check(&mut world, desk, &["END_CALL_EVENT"]);
    }
}

#[test]
fn a_busy_and_an_unknown_number_fail() {
    for (number, cause) in [("0300000486", EventCause::BUSY), ("0300000404", EventCause::DEST_NOT_OBTAINABLE)]
    {
        let mut world = World::new(pair_config(demo(2)));
        let desk = world.desk(17);
        world.sign_in(desk, "1001");
        world.request(desk, make_call("1001", number));
        let told = world.take(desk);
        let Some(Message::CallFailedEvent(event)) = told.last() else { panic!("{told:?}") };
        assert_eq!((event.event_cause, event.failing_device_id.as_str()), (cause, "1001"));
        assert_eq!(world.state("1001").0, "TALKING");
        world.request(desk, clear(event.connection_call_id, "1001"));
        assert_eq!(world.state("1001").0, "NOT_READY");
    }
}

#[test]
fn agents_call_each_other() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.sign_in(desk, "1001");
    world.sign_in(desk, "1002");
    world.take(desk);
    world.request(desk, make_call("1001", "61002"));
    let told = world.take(desk);
    let Some(Message::CallDeliveredEvent(event)) = told.last() else { panic!("{told:?}") };
    assert_eq!(world.state("1002").0, "NOT_READY", "a direct call reserves nobody");
    let call = event.connection_call_id;
    world.request(desk, answer(call, "61002"));
    assert_eq!((world.state("1001").0, world.state("1002").0), ("TALKING", "TALKING"));
    world.take(desk);
    world.request(desk, make_call("61002", "1001"));
    check(&mut world, desk, &["CONTROL_FAILURE_CONF 22 0"]);
    world.request(desk, clear(call, "61002"));
    assert_eq!((world.state("1001").0, world.state("1002").0), ("NOT_READY", "NOT_READY"));
}

#[test]
fn not_ready_during_a_call_comes_after_it() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.ready(desk, "1001");
    let call = world.call_in("0311112222", "7200");
    world.request(desk, answer(call, "1001"));
    world.take(desk);
    world.request(desk, set_state("1001", AgentState::NOT_READY, 7));
    let told = world.take(desk);
    let [Message::SetAgentStateConf(_), Message::AgentStateEvent(event)] = &told[..] else {
        panic!("{told:?}")
    };
    assert_eq!(event.agent_state, AgentState::TALKING);
    assert_eq!(event.next_agent_state, Some(AgentState::NOT_READY));
    world.request(desk, clear(call, "1001"));
    assert_eq!(world.state("1001"), ("NOT_READY", 7));
}

#[test]
fn wrap_up_ends_with_its_timer() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.ready(desk, "1001");
    let call = world.call_in("0311112222", "7200");
    world.request(desk, answer(call, "1001"));
    world.request(desk, set_state("1001", AgentState::WORK_NOT_READY, 0));
    world.request(desk, clear(call, "1001"));
    assert_eq!(world.state("1001").0, "WORK_NOT_READY");
    world.wait(Duration::from_secs(29));
    assert_eq!(world.state("1001").0, "WORK_NOT_READY");
    world.wait(Duration::from_secs(1));
    assert_eq!(world.state("1001"), ("NOT_READY", 0));
}

#[test]
fn one_event_for_each_skill_group_where_the_list_is_not_spoken() {
    let mut switch = demo(2);
    switch.agent_events = AgentEvents::OnePerSkillGroup;
    let mut world = World::new(pair_config(switch));
    let desk = world.desk(17);
    world.sign_in(desk, "1001");
    world.take(desk);
    world.request(desk, set_state("1001", AgentState::AVAILABLE, 0));
    let told = world.take(desk);
    let groups: Vec<u32> = told
        .iter()
        .filter_map(|message| match message {
            Message::AgentStateEvent(event) => Some(event.skill_group_number),
            _ => None,
        })
        .collect();
    assert_eq!(groups, [21, 22, 23]);
}

#[test]
fn groups_that_are_not_involved_are_busy_other() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.ready(desk, "1001");
    let call = world.call_in("0311112222", "7201");
    world.request(desk, answer(call, "1001"));
    let told = world.take(desk);
    let Some(Message::AgentStateEvent(event)) = told.last() else { panic!("{told:?}") };
    let states: Vec<_> =
        event.flt_skill_groups.iter().map(|group| group.flt_skill_group_state.unwrap()).collect();
    assert_eq!(event.agent_state, AgentState::TALKING);
    assert_eq!(states, [AgentState::BUSY_OTHER, AgentState::TALKING, AgentState::BUSY_OTHER]);
}

#[test]
fn what_the_laboratory_cannot_do_is_refused() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.request(desk, SupervisorAssistReq { peripheral_id: 5000, ..Default::default() });
    check(&mut world, desk, &["FAILURE_CONF 12"]);
    world.request(desk, answer(4711, "1001"));
    check(&mut world, desk, &["CONTROL_FAILURE_CONF 13 0"]);
    world.request(
        desk,
        SnapshotCallReq { peripheral_id: 5000, connection_call_id: 4711, ..Default::default() },
    );
    check(&mut world, desk, &["FAILURE_CONF 13"]);
    let wrong = SetCallDataReq {
        named_variables: vec![NamedVariable { name: "user.unknown".into(), value: "x".into() }],
        ..wrap_up_data(4711, "1001", "")
    };
    world.request(desk, wrong);
    check(&mut world, desk, &["FAILURE_CONF 13"]);
}

#[test]
fn call_variables_come_from_the_phone_side_too() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.ready(desk, "1001");
    let call = world.call_in("0311112222", "7200");
    world.take(desk);
    let variables: BTreeMap<_, _> = [("callVariable2".to_owned(), "late".to_owned())].into();
    world.command(Command::SetCallData { call, variables }).unwrap();
    let told = world.take(desk);
    let [Message::CallDataUpdateEvent(event)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(event.call_variables[1], "late");
}

#[test]
fn a_call_that_was_held_leads_back_to_where_it_found_the_agent() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.sign_in(desk, "1001");
    world.request(desk, set_state("1001", AgentState::NOT_READY, 7));
    world.request(desk, make_call("1001", "0312345678"));
    world.wait(Duration::from_secs(1));
    let call = world.pair.truth(world.now).calls[0].id;
    world.request(desk, hold(call, "1001"));
    assert_eq!(world.state("1001").0, "HOLD");
    world.request(desk, retrieve(call, "1001"));
    world.request(desk, clear(call, "1001"));
    assert_eq!(world.state("1001"), ("NOT_READY", 7));
}

#[test]
fn an_agent_with_a_held_call_can_make_a_second_one() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.ready(desk, "1001");
    let first = world.call_in("0311112222", "7200");
    world.request(desk, answer(first, "1001"));
    world.request(desk, hold(first, "1001"));
    world.request(desk, make_call("1001", "0398765432"));
    assert_eq!(world.state("1001").0, "TALKING");
    world.take(desk);
    world.request(desk, retrieve(first, "1001"));
    check(&mut world, desk, &["CONTROL_FAILURE_CONF 22 0"]);
    let second = world.pair.truth(world.now).calls[1].id;
    world.request(desk, clear(second, "1001"));
    assert_eq!(world.state("1001").0, "HOLD");
    world.request(desk, retrieve(first, "1001"));
    world.request(desk, clear(first, "1001"));
    assert_eq!(world.state("1001").0, "AVAILABLE");
}
