//! What a client reads back after a loss: agent states, the calls of a phone, the parties of a call.

use ged188::*;

use crate::world::*;

fn query(agent: &str) -> QueryAgentStateReq {
    QueryAgentStateReq { peripheral_id: 5000, mrd_id: 1, agent_id: agent.into(), ..Default::default() }
}

fn device(extension: &str) -> SnapshotDeviceReq {
    SnapshotDeviceReq { peripheral_id: 5000, agent_instrument: extension.into(), ..Default::default() }
}

fn call(id: u32, extension: &str) -> SnapshotCallReq {
    SnapshotCallReq {
        peripheral_id: 5000,
        connection_call_id: id,
        connection_device_id: extension.into(),
        ..Default::default()
    }
}

#[test]
fn agents_are_told_with_the_phone_they_sit_at() {
    for version in [13, 17, 19, 20] {
        let mut world = World::new(pair_config(demo(3)));
        let desk = world.desk(version);
        world.request(desk, query("1002"));
        let told = world.take(desk);
        let [Message::QueryAgentStateConf(conf)] = &told[..] else { panic!("{told:?}") };
        assert_eq!((conf.agent_state, conf.agent_extension.as_str()), (AgentState::LOGOUT, ""));
        world.ready(desk, "1002");
        world.request(desk, query("1002"));
        let told = world.take(desk);
        let [Message::QueryAgentStateConf(conf)] = &told[..] else { panic!("{told:?}") };
        assert_eq!((conf.agent_state, conf.agent_instrument.as_str()), (AgentState::AVAILABLE, "61002"));
        assert_eq!(conf.skill_groups.len(), 3);
    }
}

#[test]
fn an_agent_can_be_named_in_other_ways() {
    let mut world = World::new(pair_config(demo(3)));
    let desk = world.desk(17);
    world.ready(desk, "1002");
    for request in [
        QueryAgentStateReq { agent_id: String::new(), agent_instrument: "61002".into(), ..query("") },
        QueryAgentStateReq { agent_id: String::new(), icm_agent_id: 5001, ..query("") },
    ] {
        world.request(desk, request);
        let told = world.take(desk);
        let [Message::QueryAgentStateConf(conf)] = &told[..] else { panic!("{told:?}") };
        assert_eq!(conf.agent_id, "1002");
    }
    world.request(desk, query("9999"));
    world.request(desk, QueryAgentStateReq { mrd_id: 5, ..query("1002") });
    assert_eq!(world.told(desk), ["FAILURE_CONF 8", "FAILURE_CONF 88"]);
}

#[test]
fn a_phone_tells_its_calls_and_a_call_its_parties() {
    for version in [13, 17, 20] {
        let mut world = World::new(pair_config(demo(3)));
        let desk = world.desk(version);
        world.ready(desk, "1002");
        let id = world.call_in("0311112222", "7200");
        world.request(desk, answer(id, "61002"));
        world.request(desk, hold(id, "61002"));
        world.take(desk);
        world.request(desk, device("61002"));
        let told = world.take(desk);
        let [Message::SnapshotDeviceConf(conf)] = &told[..] else { panic!("{told:?}") };
        assert_eq!(conf.calls.len(), 1);
        assert_eq!(conf.calls[0].call_connection_call_id, Some(id));
        assert_eq!(conf.calls[0].call_state, Some(LocalConnectionState::HOLD));
        world.request(desk, call(id, "61002"));
        let told = world.take(desk);
        let [Message::SnapshotCallConf(conf)] = &told[..] else { panic!("{told:?}") };
        let parties: Vec<_> = conf
            .call_devices
            .iter()
            .map(|party| (party.call_device_id.as_str(), party.call_device_connection_state.unwrap()))
            .collect();
        assert_eq!(
            parties,
            [("0311112222", LocalConnectionState::CONNECT), ("61002", LocalConnectionState::HOLD)]
        );
        assert_eq!((conf.call_type, conf.ani.as_str()), (CallType::PREROUTE_ACD_IN, "0311112222"));
    }
}

#[test]
fn a_call_that_is_over_is_unknown() {
    let mut world = World::new(pair_config(demo(3)));
    let desk = world.desk(17);
    world.ready(desk, "1001");
    let id = world.call_in("0311112222", "7200");
    world.request(desk, answer(id, "1001"));
    world.request(desk, clear(id, "1001"));
    world.take(desk);
    world.request(desk, call(id, "1001"));
    world.request(desk, device("5555"));
    assert_eq!(world.told(desk), ["FAILURE_CONF 13", "FAILURE_CONF 87"]);
}

#[test]
fn skill_groups_are_counted() {
    let mut world = World::new(pair_config(demo(3)));
    let desk = world.desk(17);
    world.ready(desk, "1001");
    world.sign_in(desk, "1002");
    let answered = world.call_in("0311112222", "7200");
    world.request(desk, answer(answered, "1001"));
    world.call_in("0311113333", "7200");
    world.take(desk);
    world.wait(std::time::Duration::from_secs(7));
    let request = QuerySkillGroupStatisticsReq {
        peripheral_id: 5000,
        skill_group_number: 21,
        skill_group_id: NULL_ID,
        ..Default::default()
    };
    world.request(desk, request);
    let told = world.take(desk);
    let [Message::QuerySkillGroupStatisticsConf(conf)] = &told[..] else { panic!("{told:?}") };
    assert_eq!((conf.agents_logged_on, conf.agents_talking_in, conf.agents_not_ready), (2, 1, 1));
    assert_eq!((conf.router_calls_q_now, conf.longest_router_call_q_now), (1, 7));
    assert_eq!(conf.handled_calls_to5, NULL_ID, "the laboratory keeps no history");
}

#[test]
fn every_agent_is_counted_for_what_he_or_she_does() {
    let mut world = World::new(pair_config(demo(10)));
    let desk = world.desk(17);
    let phone =
        |world: &World, agent: &str| world.pair.switch().config().agent(agent).unwrap().extension.clone();
    let first = world.talking(desk, "1001", "7200");
    let held = world.talking(desk, "1002", "7200");
    world.request(desk, hold(held, &phone(&world, "1002")));
    for (agent, to) in [("1003", "0312345678"), ("1004", "99001")] {
        world.sign_in(desk, agent);
        world.request(desk, make_call(&phone(&world, agent), to));
    }
    world.talking(desk, "1005", "7201");
    world.ready(desk, "1006");
    world.call_in("0311113333", "7200");
    world.ready(desk, "1007");
    world.sign_in(desk, "1008");
    let wrapped = world.talking(desk, "1007", "7200");
    world.request(desk, set_state("1007", AgentState::WORK_READY, 0));
    world.request(desk, clear(wrapped, "1007"));
    world.request(desk, consult(first, "1001", "0398765432"));
    world.take(desk);
    let request = QuerySkillGroupStatisticsReq {
        peripheral_id: 5000,
        skill_group_number: 21,
        skill_group_id: NULL_ID,
        ..Default::default()
    };
    world.request(desk, request);
    let told = world.take(desk);
    let [Message::QuerySkillGroupStatisticsConf(conf)] = &told[..] else { panic!("{told:?}") };
    assert_eq!((conf.agents_logged_on, conf.agents_not_ready, conf.agents_ready), (8, 1, 7));
    assert_eq!(
        (conf.agents_talking_out, conf.agents_talking_other),
        (2, 1),
        "a consultation counts as what it is"
    );
    assert_eq!((conf.agents_talking_in, conf.agents_hold, conf.agents_busy_other), (0, 1, 1));
    assert_eq!((conf.agents_reserved, conf.agents_work_ready, conf.agents_avail), (1, 1, 0));
}

#[test]
fn a_peripheral_may_refuse_to_speak_of_agents_who_are_signed_out() {
    let mut switch = demo(3);
    switch.query_refuses_signed_out = true;
    let mut world = World::new(pair_config(switch));
    let desk = world.desk(17);
    world.request(desk, query("1002"));
    assert_eq!(world.told(desk), ["FAILURE_CONF 9"]);
    world.ready(desk, "1002");
    world.request(desk, query("1002"));
    assert_eq!(world.told(desk), ["QUERY_AGENT_STATE_CONF"]);
}
