//! Calls of several parties: the exact messages of each flow of ged188.md section 10.4, and every refusal.
#![expect(clippy::unwrap_used, reason = "a world that goes wrong is a failed test")]

use std::time::Duration;

use ged188::*;
use switch::{Command, Hand, WrapUp};

use crate::world::*;

const OUTSIDE: &str = "0398765432";

fn check(world: &mut World, conn: u64, expected: &[&str]) {
    assert_eq!(world.told(conn), expected);
}

/// Agent 1001 speaks with a caller from outside, agent 1002 (phone 61002) is signed in and Not Ready.
fn two_agents(version: u32) -> (World, u64, u32) {
    let mut world = World::new(pair_config(demo(24)));
    let desk = world.desk(version);
    world.sign_in(desk, "1002");
    let call = world.talking(desk, "1001", "7200");
    (world, desk, call)
}

/// The same, and 1001 consults 1002, who answered.
fn consulting(version: u32) -> (World, u64, u32, u32) {
    let (mut world, desk, first) = two_agents(version);
    let second = consulted(&mut world, desk, first, "1001", "61002");
    (world, desk, first, second)
}

/// The same, and the three are in a conference.
fn conferring(version: u32) -> (World, u64, u32) {
    let (mut world, desk, first, second) = consulting(version);
    world.request(desk, conference(first, second, "1001"));
    world.take(desk);
    (world, desk, first)
}

/// A consultation that was answered; the new call.
fn consulted(world: &mut World, desk: u64, call: u32, device: &str, to: &str) -> u32 {
    world.request(desk, consult(call, device, to));
    let second = world.newest();
    world.command(Command::Answer(Hand { device: to.into(), call: Some(second) })).unwrap();
    world.take(desk);
    second
}

/// Everybody on a call and the states, in the order of joining.
fn legs(world: &World, call: u32) -> Vec<(String, &'static str)> {
    let calls = world.pair.truth(world.now).calls;
    let call = calls.into_iter().find(|truth| truth.id == call);
    call.into_iter().flat_map(|call| call.parties).map(|party| (party.device, party.state)).collect()
}

fn are(legs: &[(String, &'static str)], expected: &[(&str, &str)]) {
    let legs: Vec<_> = legs.iter().map(|(device, state)| (device.as_str(), *state)).collect();
    assert_eq!(legs, expected);
}

/// A refusal changes nothing, whatever it is.
fn refused(world: &mut World, desk: u64, request: impl Into<Message>, expected: &str) {
    let before = world.pair.truth(world.now);
    world.request(desk, request);
    check(world, desk, &[expected]);
    let after = world.pair.truth(world.now);
    assert_eq!((before.agents, before.calls, before.waiting), (after.agents, after.calls, after.waiting));
}

#[test]
fn consult_a_colleague_and_transfer() {
    for version in [13, 14, 17, 20] {
        let (mut world, desk, first) = two_agents(version);
        world.request(desk, consult(first, "1001", "61002"));
        check(
            &mut world,
            desk,
            &[
                "CONSULTATION_CALL_CONF",
                "CALL_HELD_EVENT",
                "BEGIN_CALL_EVENT",
                "CALL_SERVICE_INITIATED_EVENT",
                "CALL_ORIGINATED_EVENT",
                "CALL_DELIVERED_EVENT",
            ],
        );
        let second = world.newest();
        world.request(desk, answer(second, "61002"));
        check(&mut world, desk, &["ANSWER_CALL_CONF", "CALL_ESTABLISHED_EVENT", "AGENT_STATE_EVENT TALKING"]);
        world.request(desk, transfer(first, second, "1001"));
        check(
            &mut world,
            desk,
            &[
                "TRANSFER_CALL_CONF",
                "CALL_TRANSFERRED_EVENT",
                "CALL_DATA_UPDATE_EVENT",
                "END_CALL_EVENT",
                "AGENT_STATE_EVENT AVAILABLE",
            ],
        );
        are(&legs(&world, first), &[("0311112222", "CONNECT"), ("61002", "CONNECT")]);
        world.request(desk, clear(first, "61002"));
        check(
            &mut world,
            desk,
            &[
                "CLEAR_CONNECTION_CONF",
                "CALL_CONNECTION_CLEARED_EVENT",
                "CALL_CONNECTION_CLEARED_EVENT",
                "CALL_CLEARED_EVENT",
                "AGENT_STATE_EVENT NOT_READY",
            ],
        );
    }
}

#[test]
fn a_consultation_names_the_call_it_is_about_and_takes_its_data() {
    let mut world = World::new(pair_config(demo(4)));
    let desk = world.desk(17);
    world.ready(desk, "1001");
    let variables = [("callVariable1", "gold"), ("user.customer", "4711"), ("user.history[1]", "x")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    world.command(Command::CallIn { from: "0311112222".into(), to: "7200".into(), variables }).unwrap();
    let first = world.newest();
    world.request(desk, answer(first, "1001"));
    world.take(desk);
    let mut request = consult(first, "1001", OUTSIDE);
    request.call_variables[1] = "added".into();
    world.request(desk, request);
    let told = world.take(desk);
    let [
        Message::ConsultationCallConf(conf),
        Message::CallHeldEvent(held),
        Message::BeginCallEvent(begin),
        Message::CallServiceInitiatedEvent(initiated),
        Message::CallOriginatedEvent(_),
        Message::CallReachedNetworkEvent(_),
        Message::CallDeliveredEvent(delivered),
    ] = &told[..]
    else {
        panic!("{told:?}")
    };
    assert_eq!((conf.new_connection_device_id.as_str(), held.connection_call_id), ("1001", first));
    assert_eq!((begin.connection_call_id, begin.call_type), (conf.new_connection_call_id, CallType::CONSULT));
    assert_eq!(begin.call_variables[..2], ["gold", "added"]);
    assert_eq!(begin.named_variables[0].value, "4711");
    assert_eq!((begin.named_arrays[0].index, begin.named_arrays[0].value.as_str()), (1, "x"));
    assert_eq!(initiated.coc_connection_call_id, Some(first));
    assert_eq!(initiated.coc_call_connection_device_id, "1001");
    assert_eq!(delivered.alerting_device_id, OUTSIDE);
    world.request(
        desk,
        SnapshotCallReq {
            peripheral_id: 5000,
            connection_call_id: conf.new_connection_call_id,
            ..Default::default()
        },
    );
    let told = world.take(desk);
    let [Message::SnapshotCallConf(snapshot)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(snapshot.coc_connection_call_id, Some(first));
}

#[test]
fn a_transfer_says_who_is_left() {
    let (mut world, desk, first, second) = consulting(17);
    world.request(desk, transfer(first, second, "1001"));
    let told = world.take(desk);
    let [
        Message::TransferCallConf(conf),
        Message::CallTransferredEvent(event),
        Message::CallDataUpdateEvent(data),
        Message::EndCallEvent(end),
        Message::AgentStateEvent(_),
    ] = &told[..]
    else {
        panic!("{told:?}")
    };
    assert_eq!((event.primary_call_id, event.secondary_call_id), (first, second));
    assert_eq!(
        (event.transferring_device_id.as_str(), event.transferred_device_id.as_str()),
        ("1001", "61002")
    );
    let parties: Vec<_> = event
        .parties
        .iter()
        .map(|party| (party.connected_party_call_id, party.connected_party_device_id.as_str()))
        .collect();
    assert_eq!(parties, [(Some(first), "0311112222"), (Some(first), "61002")]);
    assert_eq!((conf.new_connection_call_id, conf.parties.len()), (first, 2));
    assert_eq!((data.connection_call_id, data.call_type), (first, CallType::TRANSFER_IN));
    assert_eq!(
        (data.connection_device_id.as_str(), data.new_connection_device_id.as_str()),
        ("1001", "61002")
    );
    assert_eq!(end.connection_call_id, second);
}

#[test]
fn a_call_between_two_that_are_not_ours_any_more_ends() {
    let (mut world, desk, first) = two_agents(17);
    let second = consulted(&mut world, desk, first, "1001", OUTSIDE);
    world.request(desk, transfer(first, second, "1001"));
    check(
        &mut world,
        desk,
        &[
            "TRANSFER_CALL_CONF",
            "CALL_TRANSFERRED_EVENT",
            "CALL_DATA_UPDATE_EVENT",
            "END_CALL_EVENT",
            "AGENT_STATE_EVENT AVAILABLE",
            "CALL_CONNECTION_CLEARED_EVENT",
            "CALL_CONNECTION_CLEARED_EVENT",
            "CALL_CLEARED_EVENT",
        ],
    );
    world.wait(Duration::from_secs(120));
    check(&mut world, desk, &["END_CALL_EVENT"]);
}

#[test]
fn consult_and_conference() {
    let (mut world, desk, first, second) = consulting(17);
    world.request(desk, conference(first, second, "1001"));
    let told = world.take(desk);
    let [
        Message::ConferenceCallConf(conf),
        Message::CallConferencedEvent(event),
        Message::CallDataUpdateEvent(data),
        Message::EndCallEvent(end),
    ] = &told[..]
    else {
        panic!("{told:?}")
    };
    let parties: Vec<_> =
        event.parties.iter().map(|party| party.connected_party_device_id.as_str()).collect();
    assert_eq!(parties, ["0311112222", "1001", "61002"]);
    assert_eq!((event.primary_call_id, event.secondary_call_id), (first, second));
    assert_eq!(
        (event.controller_device_id.as_str(), event.added_party_device_id.as_str()),
        ("1001", "61002")
    );
    assert_eq!((conf.new_connection_call_id, conf.parties.len()), (first, 3));
    assert_eq!((data.call_type, end.connection_call_id), (CallType::CONFERENCE, second));
    are(&legs(&world, first), &[("0311112222", "CONNECT"), ("1001", "CONNECT"), ("61002", "CONNECT")]);
}

#[test]
fn parties_leave_a_conference_one_by_one() {
    let (mut world, desk, call) = conferring(17);
    world.request(desk, clear(call, "1001"));
    check(
        &mut world,
        desk,
        &["CLEAR_CONNECTION_CONF", "CALL_CONNECTION_CLEARED_EVENT", "AGENT_STATE_EVENT AVAILABLE"],
    );
    world.command(Command::HangUp(Hand { device: "0311112222".into(), call: None })).unwrap();
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
}

#[test]
fn what_others_hold_stays_held_in_a_conference() {
    let (mut world, desk, first, second) = consulting(17);
    world.request(desk, hold(second, "61002"));
    world.take(desk);
    world.request(desk, conference(first, second, "1001"));
    check(
        &mut world,
        desk,
        &["CONFERENCE_CALL_CONF", "CALL_CONFERENCED_EVENT", "CALL_DATA_UPDATE_EVENT", "END_CALL_EVENT"],
    );
    are(&legs(&world, first), &[("0311112222", "CONNECT"), ("1001", "CONNECT"), ("61002", "HOLD")]);
    assert_eq!((world.state("1001").0, world.state("1002").0), ("TALKING", "HOLD"));
}

#[test]
fn a_conference_takes_sixteen_parties_and_no_more() {
    let (mut world, desk, first) = two_agents(17);
    for number in 0..14 {
        let second = consulted(&mut world, desk, first, "1001", &format!("04{number:08}"));
        world.request(desk, conference(first, second, "1001"));
        world.take(desk);
    }
    assert_eq!(legs(&world, first).len(), 16);
    world.request(
        desk,
        SnapshotCallReq { peripheral_id: 5000, connection_call_id: first, ..Default::default() },
    );
    let told = world.take(desk);
    let [Message::SnapshotCallConf(conf)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(conf.call_devices.len(), 16);
    let second = consulted(&mut world, desk, first, "1001", "61002");
    refused(&mut world, desk, conference(first, second, "1001"), "CONTROL_FAILURE_CONF 38 0");
    world.request(desk, reconnect(second, first, "1001"));
    assert_eq!(legs(&world, first)[1], ("1001".to_owned(), "CONNECT"));
}

#[test]
fn only_the_controller_adds_parties() {
    let (mut world, desk, call) = conferring(17);
    let second = consulted(&mut world, desk, call, "61002", OUTSIDE);
    refused(&mut world, desk, conference(call, second, "61002"), "CONTROL_FAILURE_CONF 22 20999");
    refused(&mut world, desk, transfer(call, second, "61002"), "CONTROL_FAILURE_CONF 22 20999");
    world.request(desk, clear(call, "1001"));
    world.take(desk);
    refused(&mut world, desk, conference(call, second, "61002"), "CONTROL_FAILURE_CONF 22 20999");
}

#[test]
fn the_controller_can_leave_a_conference_by_a_transfer() {
    let (mut world, desk, call) = conferring(17);
    let second = consulted(&mut world, desk, call, "1001", OUTSIDE);
    world.request(desk, transfer(call, second, "1001"));
    are(&legs(&world, call), &[("0311112222", "CONNECT"), ("61002", "CONNECT"), (OUTSIDE, "CONNECT")]);
    let truth = world.pair.truth(world.now).calls;
    assert_eq!((truth[0].call_type, truth[0].controller.as_deref()), (CallType::CONFERENCE.0, None));
}

#[test]
fn a_party_can_be_dropped_from_a_conference() {
    let (mut world, desk, call) = conferring(17);
    refused(&mut world, desk, drop_party(call, "1003", "61002"), "CONTROL_FAILURE_CONF 13 13044");
    refused(&mut world, desk, drop_party(call, "1001", "1003"), "CONTROL_FAILURE_CONF 13 13044");
    world.request(desk, drop_party(call, "1001", "61002"));
    check(
        &mut world,
        desk,
        &["CLEAR_CONNECTION_CONF", "CALL_CONNECTION_CLEARED_EVENT", "AGENT_STATE_EVENT NOT_READY"],
    );
    are(&legs(&world, call), &[("0311112222", "CONNECT"), ("1001", "CONNECT")]);
}

#[test]
fn nobody_is_dropped_from_a_plain_call() {
    let (mut world, desk, call) = two_agents(17);
    refused(&mut world, desk, drop_party(call, "1001", "0311112222"), "CONTROL_FAILURE_CONF 22 0");
}

#[test]
fn alternate_and_reconnect() {
    let (mut world, desk, first, second) = consulting(17);
    world.request(desk, alternate(second, first, "1001"));
    check(&mut world, desk, &["ALTERNATE_CALL_CONF", "CALL_HELD_EVENT", "CALL_RETRIEVED_EVENT"]);
    are(&legs(&world, first), &[("0311112222", "CONNECT"), ("1001", "CONNECT")]);
    refused(&mut world, desk, alternate(second, first, "1001"), "CONTROL_FAILURE_CONF 24 0");
    refused(&mut world, desk, reconnect(second, first, "1001"), "CONTROL_FAILURE_CONF 24 0");
    refused(&mut world, desk, reconnect(first, first, "1001"), "CONTROL_FAILURE_CONF 25 0");
    world.request(desk, alternate(first, second, "1001"));
    world.take(desk);
    world.request(desk, reconnect(second, first, "1001"));
    check(
        &mut world,
        desk,
        &[
            "RECONNECT_CALL_CONF",
            "CALL_CONNECTION_CLEARED_EVENT",
            "CALL_CONNECTION_CLEARED_EVENT",
            "CALL_CLEARED_EVENT",
            "CALL_RETRIEVED_EVENT",
            "AGENT_STATE_EVENT NOT_READY",
        ],
    );
    assert_eq!(world.state("1001").0, "TALKING");
}

#[test]
fn a_consultation_that_fails_is_given_up_with_a_reconnect() {
    let (mut world, desk, first) = two_agents(17);
    world.request(desk, consult(first, "1001", "0300000486"));
    let told = world.told(desk);
    assert_eq!(told.last().map(String::as_str), Some("CALL_FAILED_EVENT"));
    let second = world.newest();
    refused(&mut world, desk, transfer(first, second, "1001"), "CONTROL_FAILURE_CONF 22 0");
    refused(&mut world, desk, conference(first, second, "1001"), "CONTROL_FAILURE_CONF 22 13045");
    world.request(desk, reconnect(second, first, "1001"));
    are(&legs(&world, first), &[("0311112222", "CONNECT"), ("1001", "CONNECT")]);
    are(&legs(&world, second), &[]);
}

#[test]
fn consult_refusals() {
    let (mut world, desk, call) = two_agents(17);
    let wrong = ConsultationCallReq { consult_type: ConsultType(7), ..consult(call, "1001", "61002") };
    for (request, expected) in [
        (consult(4711, "1001", "61002"), "CONTROL_FAILURE_CONF 13 13063"),
        (consult(call, "1003", "61002"), "CONTROL_FAILURE_CONF 13 13063"),
        (consult(call, "0311112222", "61002"), "CONTROL_FAILURE_CONF 22 13063"),
        (consult(call, "1001", ""), "CONTROL_FAILURE_CONF 14 13057"),
        (consult(call, "1001", "1001"), "CONTROL_FAILURE_CONF 14 0"),
        (consult(call, "1001", "nobody"), "CONTROL_FAILURE_CONF 14 0"),
        (wrong, "CONTROL_FAILURE_CONF 3 13062"),
    ] {
        refused(&mut world, desk, request, expected);
    }
    world.request(desk, hold(call, "1001"));
    world.take(desk);
    refused(&mut world, desk, consult(call, "1001", "61002"), "CONTROL_FAILURE_CONF 22 13063");
    let other = ConsultationCallReq { peripheral_id: 4711, ..consult(call, "1001", "61002") };
    refused(&mut world, desk, other, "FAILURE_CONF 7");
}

#[test]
fn transfer_and_conference_refusals() {
    let (mut world, desk, first) = two_agents(17);
    world.request(desk, consult(first, "1001", "61002"));
    let second = world.newest();
    world.take(desk);
    refused(&mut world, desk, transfer(first, second, "1001"), "CONTROL_FAILURE_CONF 22 0");
    refused(&mut world, desk, conference(first, second, "1001"), "CONTROL_FAILURE_CONF 22 13045");
    refused(&mut world, desk, conference(second, first, "1001"), "CONTROL_FAILURE_CONF 22 13056");
    refused(&mut world, desk, conference(first, 4711, "1001"), "CONTROL_FAILURE_CONF 13 13046");
    refused(&mut world, desk, conference(4711, second, "1001"), "CONTROL_FAILURE_CONF 13 13047");
    refused(&mut world, desk, transfer(4711, second, "1001"), "CONTROL_FAILURE_CONF 13 0");
    let foreign =
        TransferCallReq { held_connection_device_id: "61002".into(), ..transfer(first, second, "1001") };
    refused(&mut world, desk, foreign, "CONTROL_FAILURE_CONF 13 0");
    refused(&mut world, desk, reconnect(4711, first, "1001"), "CONTROL_FAILURE_CONF 13 0");
}

#[test]
fn somebody_cannot_be_on_a_call_twice() {
    let (mut world, desk, first) = two_agents(17);
    let second = consulted(&mut world, desk, first, "1001", "0311112222");
    refused(&mut world, desk, conference(first, second, "1001"), "CONTROL_FAILURE_CONF 22 0");
}

#[test]
fn single_step_transfer_to_a_colleague() {
    let (mut world, desk, call) = two_agents(17);
    world.request(desk, single_step(call, "1001", "61002"));
    let told = world.take(desk);
    let [
        Message::TransferCallConf(conf),
        Message::CallTransferredEvent(event),
        Message::CallDataUpdateEvent(data),
        Message::AgentStateEvent(state),
        Message::CallDeliveredEvent(delivered),
    ] = &told[..]
    else {
        panic!("{told:?}")
    };
    assert_eq!((event.secondary_call_id, event.secondary_device_id.as_str()), (NULL_ID, ""));
    assert_eq!(event.secondary_device_id_type, ConnectionDeviceIdType::NONE);
    assert_eq!(
        (event.transferring_device_id.as_str(), event.transferred_device_id.as_str()),
        ("1001", "61002")
    );
    assert_eq!(event.parties.len(), 1, "the destination is not there yet");
    assert_eq!((conf.parties.len(), conf.new_connection_call_id), (1, call));
    assert_eq!(data.call_type, CallType::TRANSFER_IN);
    assert_eq!((state.agent_id.as_str(), state.agent_state), ("1001", AgentState::AVAILABLE));
    assert_eq!((delivered.connection_call_id, delivered.alerting_device_id.as_str()), (call, "61002"));
    world.request(desk, answer(call, "61002"));
    check(&mut world, desk, &["ANSWER_CALL_CONF", "CALL_ESTABLISHED_EVENT", "AGENT_STATE_EVENT TALKING"]);
    are(&legs(&world, call), &[("0311112222", "CONNECT"), ("61002", "CONNECT")]);
}

#[test]
fn single_step_transfer_into_a_queue_finds_another_agent_even_after_no_answer() {
    let (mut world, desk, call) = two_agents(17);
    world.request(desk, single_step(call, "1001", "7201"));
    // 1001 is free again and gets the call back at once; nobody answers, and 1003 is next.
    check(
        &mut world,
        desk,
        &[
            "TRANSFER_CALL_CONF",
            "CALL_TRANSFERRED_EVENT",
            "CALL_DATA_UPDATE_EVENT",
            "AGENT_STATE_EVENT AVAILABLE",
            "CALL_QUEUED_EVENT",
            "CALL_DEQUEUED_EVENT",
            "AGENT_PRE_CALL_EVENT",
            "AGENT_STATE_EVENT RESERVED",
            "CALL_DELIVERED_EVENT",
        ],
    );
    world.wait(Duration::from_secs(12));
    check(
        &mut world,
        desk,
        &["CALL_DIVERTED_EVENT", "AGENT_STATE_EVENT NOT_READY 32767", "CALL_QUEUED_EVENT"],
    );
    assert_eq!(world.pair.truth(world.now).waiting[&22], [call]);
    world.ready(desk, "1003");
    world.request(desk, answer(call, "1003"));
    are(&legs(&world, call), &[("0311112222", "CONNECT"), ("1003", "CONNECT")]);
}

#[test]
fn single_step_transfer_to_the_outside_ends_the_call_here() {
    let (mut world, desk, call) = two_agents(17);
    world.request(desk, single_step(call, "1001", OUTSIDE));
    check(
        &mut world,
        desk,
        &[
            "TRANSFER_CALL_CONF",
            "CALL_TRANSFERRED_EVENT",
            "CALL_DATA_UPDATE_EVENT",
            "AGENT_STATE_EVENT AVAILABLE",
            "CALL_REACHED_NETWORK_EVENT",
            "CALL_DELIVERED_EVENT",
            "CALL_CONNECTION_CLEARED_EVENT",
            "CALL_CONNECTION_CLEARED_EVENT",
            "CALL_CLEARED_EVENT",
        ],
    );
}

#[test]
fn single_step_transfer_refusals() {
    let (mut world, desk, call) = two_agents(17);
    world.request(desk, make_call("61002", OUTSIDE));
    world.take(desk);
    for (to, expected) in [
        ("61002", "CONTROL_FAILURE_CONF 33 0"),
        ("0300000486", "CONTROL_FAILURE_CONF 33 0"),
        ("0300000404", "CONTROL_FAILURE_CONF 14 0"),
        ("1001", "CONTROL_FAILURE_CONF 14 0"),
        ("0311112222", "CONTROL_FAILURE_CONF 14 0"),
        ("", "CONTROL_FAILURE_CONF 14 0"),
        ("nobody", "CONTROL_FAILURE_CONF 14 0"),
    ] {
        refused(&mut world, desk, single_step(call, "1001", to), expected);
    }
    let (mut world, desk, call) = conferring(17);
    refused(&mut world, desk, single_step(call, "1001", "7200"), "CONTROL_FAILURE_CONF 22 0");
    refused(&mut world, desk, single_step(4711, "1001", "7200"), "CONTROL_FAILURE_CONF 13 0");
}

#[test]
fn a_consultation_can_go_to_a_queue() {
    let mut world = World::new(pair_config(demo(4)));
    let desk = world.desk(17);
    let first = world.talking(desk, "1001", "7200");
    world.request(desk, consult(first, "1001", "7201"));
    check(
        &mut world,
        desk,
        &[
            "CONSULTATION_CALL_CONF",
            "CALL_HELD_EVENT",
            "BEGIN_CALL_EVENT",
            "CALL_SERVICE_INITIATED_EVENT",
            "CALL_ORIGINATED_EVENT",
            "CALL_QUEUED_EVENT",
        ],
    );
    let second = world.newest();
    world.ready(desk, "1003");
    world.request(desk, answer(second, "1003"));
    world.request(desk, transfer(first, second, "1001"));
    are(&legs(&world, first), &[("0311112222", "CONNECT"), ("1003", "CONNECT")]);
    assert_eq!((world.state("1001").0, world.state("1003").0), ("AVAILABLE", "TALKING"));
}

#[test]
fn an_agent_of_another_team_takes_over() {
    let mut world = World::new(pair_config(demo(24)));
    let desk = world.desk(17);
    world.sign_in(desk, "1021");
    let (from, to) = ("1001", "1021");
    let team = |world: &World, agent: &str| world.pair.switch().agent(agent).unwrap().config.team;
    assert_ne!(team(&world, from), team(&world, to));
    let first = world.talking(desk, from, "7200");
    let second = consulted(&mut world, desk, first, from, to);
    world.request(desk, transfer(first, second, from));
    assert_eq!((world.state(from).0, world.state(to).0), ("AVAILABLE", "TALKING"));
}

#[test]
fn phones_where_nobody_is_signed_in_take_part() {
    let (mut world, desk, first) = two_agents(17);
    let second = consulted(&mut world, desk, first, "1001", "99001");
    world.request(desk, conference(first, second, "1001"));
    world.request(desk, clear(first, "1001"));
    are(&legs(&world, first), &[("0311112222", "CONNECT"), ("99001", "CONNECT")]);
}

#[test]
fn wrap_up_comes_after_the_last_call_even_if_a_consultation_was_the_last() {
    let mut switch = demo(4);
    switch.desk.wrap_up_incoming = WrapUp::Required;
    let mut world = World::new(pair_config(switch));
    let desk = world.desk(17);
    world.sign_in(desk, "1002");
    let first = world.talking(desk, "1001", "7200");
    let second = consulted(&mut world, desk, first, "1001", "61002");
    world.command(Command::HangUp(Hand { device: "0311112222".into(), call: None })).unwrap();
    assert_eq!(world.state("1001").0, "TALKING");
    world.request(desk, clear(second, "1001"));
    assert_eq!((world.state("1001").0, world.state("1002").0), ("WORK_READY", "NOT_READY"));
}

#[test]
fn tones_need_somebody_who_hears_them() {
    let (mut world, desk, call) = two_agents(17);
    let tones = |call: u32, digits: &str| SendDtmfSignalReq {
        peripheral_id: 5000,
        connection_call_id: call,
        connection_device_id: "1001".into(),
        dtmf_string: digits.into(),
        ..SendDtmfSignalReq::default()
    };
    world.request(desk, tones(call, "12#"));
    check(&mut world, desk, &["SEND_DTMF_SIGNAL_CONF"]);
    refused(&mut world, desk, tones(call, "12x"), "CONTROL_FAILURE_CONF 3 0");
    world.request(desk, consult(call, "1001", "61002"));
    world.take(desk);
    refused(&mut world, desk, tones(call, "1"), "CONTROL_FAILURE_CONF 22 0");
    let ringing = world.newest();
    refused(&mut world, desk, tones(ringing, "1"), "CONTROL_FAILURE_CONF 22 0");
}

#[test]
fn a_phone_has_sixteen_lines() {
    let (mut world, desk, first) = two_agents(17);
    world.request(desk, hold(first, "1001"));
    for number in 0..15 {
        let to = format!("04{number:08}");
        world.request(desk, make_call("1001", &to));
        let call = world.newest();
        world.command(Command::Answer(Hand { device: to, call: None })).unwrap();
        if number < 14 {
            world.request(desk, hold(call, "1001"));
        }
    }
    world.take(desk);
    let last = world.newest();
    refused(&mut world, desk, consult(last, "1001", "61002"), "CONTROL_FAILURE_CONF 79 0");
}

#[test]
fn expanded_call_context_beyond_two_thousand_bytes_is_too_much() {
    let (mut world, desk, call) = two_agents(17);
    let arrays = |range: std::ops::Range<u8>| {
        let item = |index| NamedArray { index, name: "user.history".into(), value: "x".repeat(200) };
        SetCallDataReq { named_arrays: range.map(item).collect(), ..wrap_up_data(call, "1001", "") }
    };
    world.request(desk, arrays(0..9));
    check(&mut world, desk, &["SET_CALL_DATA_CONF", "CALL_DATA_UPDATE_EVENT"]);
    refused(&mut world, desk, arrays(9..10), "FAILURE_CONF 73");
    world.request(desk, arrays(0..9));
    check(&mut world, desk, &["SET_CALL_DATA_CONF", "CALL_DATA_UPDATE_EVENT"]);
    let more = ConsultationCallReq {
        named_variables: vec![NamedVariable { name: "user.customer".into(), value: "y".repeat(150) }],
        ..consult(call, "1001", "61002")
    };
    refused(&mut world, desk, more, "FAILURE_CONF 73");
}
