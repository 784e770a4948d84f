//! Supervisors on calls: the exact messages of listening, joining and taking over, and every refusal.
#![expect(clippy::unwrap_used, reason = "a world that goes wrong is a failed test")]

use ged188::*;
use switch::{Command, Hand};

use crate::world::*;

/// Supervisor 1001 is Not Ready at phone 1001; agent 1003 of the same team speaks at phone 1003 with a caller.
fn at_work(version: u32) -> (World, u64, u32) {
    let mut world = World::new(pair_config(demo(24)));
    let desk = world.desk(version);
    world.sign_in(desk, "1001");
    let call = world.talking(desk, "1003", "7200");
    (world, desk, call)
}

/// The same, and 1001 listens; the session.
fn listening(version: u32) -> (World, u64, u32, u32) {
    let (mut world, desk, call) = at_work(version);
    world.request(desk, monitor("1003"));
    let session = world.newest();
    world.take(desk);
    (world, desk, call, session)
}

fn supervise(action: SupervisoryAction, session: u32) -> SuperviseCallReq {
    SuperviseCallReq {
        peripheral_id: 5000,
        agent_connection_call_id: NULL_ID,
        supervisor_connection_call_id: session,
        agent_connection_device_id_type: ConnectionDeviceIdType::NONE,
        supervisor_connection_device_id_type: ConnectionDeviceIdType::NONE,
        supervisory_action: action,
        agent_instrument: "1003".into(),
        supervisor_instrument: "1001".into(),
        ..SuperviseCallReq::default()
    }
}

fn monitor(phone: &str) -> SuperviseCallReq {
    SuperviseCallReq { agent_instrument: phone.into(), ..supervise(SupervisoryAction::MONITOR, NULL_ID) }
}

/// Who is on a call.
fn on(world: &World, call: u32) -> Vec<String> {
    let call = world.pair.switch().calls().get(call).filter(|call| call.live());
    call.into_iter().flat_map(|call| &call.parties).map(|party| party.device.clone()).collect()
}

fn hang_up(world: &mut World, device: &str, call: u32) {
    world.command(Command::HangUp(Hand { device: device.into(), call: Some(call) })).unwrap();
}

fn listens_to(world: &World, session: u32) -> Option<u32> {
    let truth = world.pair.truth(world.now);
    truth.calls.into_iter().find(|call| call.id == session).and_then(|call| call.listens_to)
}

fn refused(world: &mut World, desk: u64, request: impl Into<Message>, expected: &str) {
    let before = world.pair.truth(world.now).calls;
    world.request(desk, request);
    assert_eq!(world.told(desk), [expected]);
    assert_eq!(world.pair.truth(world.now).calls, before);
}

#[test]
fn a_supervisor_listens_and_nothing_of_the_call_changes() {
    for version in [13, 14, 17, 20] {
        let (mut world, desk, call) = at_work(version);
        let before = world.pair.truth(world.now).calls;
        world.request(desk, monitor("1003"));
        let messages = world.take(desk);
        let told: Vec<String> = messages.iter().map(in_short).collect();
        assert_eq!(
            told,
            [
                "SUPERVISE_CALL_CONF",
                "BEGIN_CALL_EVENT",
                "CALL_SERVICE_INITIATED_EVENT",
                "AGENT_STATE_EVENT TALKING",
                "CALL_ORIGINATED_EVENT",
                "CALL_DELIVERED_EVENT",
                "CALL_ESTABLISHED_EVENT"
            ]
        );
        let session = world.newest();
        for message in &messages {
            match message {
                Message::SuperviseCallConf(conf) => {
                    assert_eq!(
                        (conf.connection_call_id, conf.connection_device_id.as_str()),
                        (session, "1001")
                    );
                }
                Message::BeginCallEvent(event) => assert_eq!(event.call_type, CallType::SUPERVISOR_MONITOR),
                Message::CallDeliveredEvent(event) => {
                    assert_eq!(event.event_cause, EventCause::SUPERVISOR_MONITOR);
                    assert_eq!(
                        (event.calling_device_id.as_str(), event.alerting_device_id.as_str()),
                        ("1001", "1003")
                    );
                }
                Message::CallEstablishedEvent(event) => assert_eq!(event.answering_device_id, "1003"),
                Message::AgentStateEvent(event) => assert_eq!(event.agent_id, "1001", "only the supervisor"),
                _ => {}
            }
        }
        assert_eq!(on(&world, session), ["1001", "1003"]);
        assert_eq!(listens_to(&world, session), Some(call));
        let after = world.pair.truth(world.now).calls;
        assert_eq!(after.into_iter().filter(|truth| truth.id != session).collect::<Vec<_>>(), before);
    }
}

#[test]
fn snapshots_show_who_listens_to_whom() {
    let (mut world, desk, call, session) = listening(14);
    let mut look = |phone: &str| {
        let request = SnapshotDeviceReq {
            peripheral_id: 5000,
            agent_instrument: phone.into(),
            ..SnapshotDeviceReq::default()
        };
        world.request(desk, request);
        let Some(Message::SnapshotDeviceConf(conf)) = world.take(desk).pop() else { return Vec::new() };
        let calls = conf.calls.into_iter();
        calls.map(|it| (it.call_connection_call_id.unwrap(), it.silent_monitor_status)).collect::<Vec<_>>()
    };
    let (none, target) = (SilentMonitorStatus::NONE, SilentMonitorStatus::TARGET);
    assert_eq!(look("1003"), [(call, Some(none)), (session, Some(target))]);
    assert_eq!(look("1001"), [(session, Some(SilentMonitorStatus::INITIATOR))]);
    assert_eq!(look("61002"), []);
    let request = SnapshotCallReq {
        peripheral_id: 5000,
        connection_call_id: session,
        connection_device_id: "1001".into(),
        ..SnapshotCallReq::default()
    };
    world.request(desk, request);
    let Some(Message::SnapshotCallConf(conf)) = world.take(desk).pop() else { panic!("no answer") };
    assert_eq!(conf.call_type, CallType::SUPERVISOR_MONITOR);
    let devices: Vec<_> = conf.call_devices.iter().map(|item| item.call_device_id.as_str()).collect();
    assert_eq!(devices, ["1001", "1003"]);
}

#[test]
fn a_session_ends_when_the_supervisor_or_the_agent_leaves() {
    let (mut world, desk, call, session) = listening(17);
    world.request(desk, supervise(SupervisoryAction::CLEAR, session));
    let over = ["CALL_CONNECTION_CLEARED_EVENT", "CALL_CONNECTION_CLEARED_EVENT", "CALL_CLEARED_EVENT"];
    let told = world.told(desk);
    assert_eq!(told, [&["SUPERVISE_CALL_CONF"], &over[..], &["AGENT_STATE_EVENT NOT_READY"]].concat());
    assert_eq!((on(&world, call).len(), world.state("1003").0), (2, "TALKING"), "the agent talks on");

    for who in ["1003", "0311112222"] {
        let (mut world, _, call, session) = listening(17);
        hang_up(&mut world, who, call);
        assert_eq!(on(&world, session), [""; 0], "{who}");
        assert_eq!(world.state("1001").0, "NOT_READY");
        assert!(!matches!(world.state("1003").0, "TALKING" | "HOLD"));
    }
}

#[test]
fn the_agent_works_on_as_if_nobody_listened() {
    let (mut world, desk, call, session) = listening(17);
    world.sign_in(desk, "1002");
    world.request(desk, hold(call, "1003"));
    world.request(desk, retrieve(call, "1003"));
    world.request(desk, consult(call, "1003", "61002"));
    let second = world.newest();
    world.request(desk, answer(second, "61002"));
    assert_eq!((on(&world, session).len(), listens_to(&world, session)), (2, Some(call)));
    world.request(desk, conference(call, second, "1003"));
    assert_eq!((on(&world, call).len(), listens_to(&world, session)), (3, Some(call)));
    world.request(desk, clear(call, "1003"));
    assert_eq!((on(&world, call).len(), on(&world, session).len()), (2, 0), "the agent has left");
}

#[test]
fn a_session_follows_the_agent_into_the_call_that_his_becomes() {
    let (mut world, desk, first) = at_work(17);
    world.sign_in(desk, "1002");
    world.request(desk, consult(first, "1003", "61002"));
    let second = world.newest();
    world.request(desk, answer(second, "61002"));
    world.take(desk);
    world.request(desk, monitor("61002"));
    let session = world.newest();
    assert_eq!(listens_to(&world, session), Some(second));
    world.request(desk, transfer(first, second, "1003"));
    assert_eq!(listens_to(&world, session), Some(first));
    hang_up(&mut world, "61002", first);
    assert_eq!(on(&world, session), [""; 0]);
}

#[test]
fn barging_in_makes_a_conference_that_the_agent_controls() {
    let (mut world, desk, call, session) = listening(17);
    world.request(desk, supervise(SupervisoryAction::BARGE_IN, session));
    let messages = world.take(desk);
    let told: Vec<String> = messages.iter().map(in_short).collect();
    assert_eq!(
        told,
        ["SUPERVISE_CALL_CONF", "CALL_CONFERENCED_EVENT", "CALL_DATA_UPDATE_EVENT", "END_CALL_EVENT"]
    );
    let Message::CallConferencedEvent(event) = &messages[1] else { panic!("{messages:?}") };
    assert_eq!((event.primary_call_id, event.secondary_call_id), (call, session));
    assert_eq!((event.controller_device_id.as_str(), event.added_party_device_id.as_str()), ("1003", "1001"));
    assert_eq!(on(&world, call), ["0311112222", "1003", "1001"]);
    assert_eq!((on(&world, session).len(), world.state("1001").0), (0, "TALKING"));

    world.request(desk, supervise(SupervisoryAction::CLEAR, call));
    assert_eq!(on(&world, call), ["0311112222", "1003"]);
    assert_eq!(world.state("1001").0, "NOT_READY");
}

#[test]
fn intercepting_takes_the_place_of_the_agent() {
    for barged in [false, true] {
        let (mut world, desk, call, session) = listening(17);
        let mut id = session;
        if barged {
            world.request(desk, supervise(SupervisoryAction::BARGE_IN, session));
            id = call;
        }
        world.request(desk, supervise(SupervisoryAction::INTERCEPT, id));
        assert_eq!(on(&world, call), ["0311112222", "1001"]);
        assert_eq!(world.state("1001").0, "TALKING");
        assert!(!matches!(world.state("1003").0, "TALKING" | "HOLD"));
    }
}

#[test]
fn who_cannot_be_listened_to() {
    let (mut world, desk, call) = at_work(17);
    let ask = |phone: &str| monitor(phone);
    refused(&mut world, desk, ask("9999"), "FAILURE_CONF 87");
    refused(&mut world, desk, ask("61002"), "FAILURE_CONF 9");
    refused(
        &mut world,
        desk,
        SuperviseCallReq { supervisor_instrument: "1003".into(), ..ask("1003") },
        "FAILURE_CONF 64",
    );
    refused(
        &mut world,
        desk,
        SuperviseCallReq { supervisor_instrument: String::new(), ..ask("1003") },
        "FAILURE_CONF 6",
    );
    refused(&mut world, desk, supervise(SupervisoryAction::WHISPER, NULL_ID), "FAILURE_CONF 82");
    refused(&mut world, desk, supervise(SupervisoryAction::CLEAR, NULL_ID), "CONTROL_FAILURE_CONF 11 0");
    world.sign_in(desk, "1002");
    world.take(desk);
    refused(&mut world, desk, ask("61002"), "CONTROL_FAILURE_CONF 22 13145");
    world.ready(desk, "1002");
    world.request(desk, set_state("1002", AgentState::AVAILABLE, 0));
    world.take(desk);
    refused(&mut world, desk, ask("61002"), "CONTROL_FAILURE_CONF 22 0");
    world.request(desk, hold(call, "1003"));
    world.take(desk);
    refused(&mut world, desk, ask("1003"), "CONTROL_FAILURE_CONF 22 13145");
    world.request(desk, retrieve(call, "1003"));
    world.request(desk, set_state("1001", AgentState::AVAILABLE, 0));
    world.take(desk);
    refused(&mut world, desk, ask("1003"), "CONTROL_FAILURE_CONF 22 13064");
}

#[test]
fn what_cannot_be_done_in_a_session() {
    let (mut world, desk, call, session) = listening(17);
    refused(&mut world, desk, clear(session, "1003"), "CONTROL_FAILURE_CONF 22 0");
    refused(&mut world, desk, hold(session, "1001"), "CONTROL_FAILURE_CONF 22 0");
    refused(&mut world, desk, hold(session, "1003"), "CONTROL_FAILURE_CONF 24 0");
    refused(&mut world, desk, consult(session, "1001", "61002"), "CONTROL_FAILURE_CONF 22 13063");
    refused(&mut world, desk, supervise(SupervisoryAction::BARGE_IN, call), "CONTROL_FAILURE_CONF 13 0");
    world.request(desk, hold(call, "1003"));
    world.take(desk);
    refused(&mut world, desk, supervise(SupervisoryAction::BARGE_IN, session), "CONTROL_FAILURE_CONF 24 0");
}

#[test]
fn only_the_controller_lets_somebody_in_and_only_one_listens() {
    let (mut world, desk, first, session) = listening(17);
    world.sign_in(desk, "1002");
    world.request(desk, consult(first, "1003", "61002"));
    let second = world.newest();
    world.request(desk, answer(second, "61002"));
    world.request(desk, conference(first, second, "1003"));
    world.request(desk, supervise(SupervisoryAction::CLEAR, session));
    world.take(desk);
    world.request(desk, monitor("61002"));
    let session = world.newest();
    world.take(desk);
    refused(
        &mut world,
        desk,
        supervise(SupervisoryAction::BARGE_IN, session),
        "CONTROL_FAILURE_CONF 22 20999",
    );
    refused(&mut world, desk, monitor("61002"), "CONTROL_FAILURE_CONF 22 13064");
}
