//! Roles, take-over and faults of the two sides.

use std::time::Duration;

use failover::cti::Side;
use ged188::*;
use switch::{Command, CommandError, ConnId, Garbage, PairConfig, PairMode, Role, StandbyAnswer};

use crate::world::*;

const TAKEOVER: Duration = Duration::from_millis(500);

fn duplex(standby: StandbyAnswer) -> World {
    let mode = PairMode::ActiveStandby { takeover: TAKEOVER, standby };
    World::new(PairConfig { mode, ..pair_config(demo(4)) })
}

#[test]
fn the_standby_side_accepts_nobody_and_takes_over_after_its_time() {
    let mut world = duplex(StandbyAnswer::RefuseConnect);
    assert!(world.pair.accepts(Side::A) && !world.pair.accepts(Side::B));
    let desk = world.desk(17);
    world.command(Command::KillSide(Side::A)).unwrap();
    assert!(world.end(desk).closed.is_some());
    assert!(!world.pair.accepts(Side::A) && !world.pair.accepts(Side::B));
    world.wait(TAKEOVER - Duration::from_millis(1));
    assert!(!world.pair.accepts(Side::B));
    world.wait(Duration::from_millis(1));
    assert!(world.pair.accepts(Side::B));
    let again = world.connect(Side::B, 17);
    assert!(world.end(again).opened.is_some());
}

#[test]
fn a_side_that_is_revived_stands_by() {
    let mut world = duplex(StandbyAnswer::RefuseConnect);
    world.command(Command::KillSide(Side::A)).unwrap();
    world.wait(TAKEOVER);
    world.command(Command::ReviveSide(Side::A)).unwrap();
    assert_eq!(world.pair.side_state(Side::A).unwrap().role, Role::Standby);
    assert!(!world.pair.accepts(Side::A));
    world.command(Command::KillSide(Side::B)).unwrap();
    world.wait(TAKEOVER);
    assert!(world.pair.accepts(Side::A));
    let running = world.command(Command::ReviveSide(Side::A));
    assert!(matches!(running, Err(CommandError::NotNow(_))));
}

#[test]
fn a_standby_side_can_answer_15_instead() {
    let mut world = duplex(StandbyAnswer::Status15);
    let early = world.connect(Side::B, 17);
    assert_eq!(world.end(early).refused, Some(StatusCode::CTI_SERVER_OFFLINE));
    assert_eq!(world.pair.counters(Side::B).opens_refused, 1);
}

#[test]
fn a_hung_side_says_nothing_and_loses_its_role() {
    let mut world = duplex(StandbyAnswer::RefuseConnect);
    let desk = world.desk(17);
    world.command(Command::HangSide(Side::A, true)).unwrap();
    world.heartbeat(desk);
    world.request(desk, login("1001", "1001", PASSWORD));
    assert!(world.end(desk).heartbeats.is_empty() && world.told(desk).is_empty());
    assert_eq!(world.pair.counters(Side::A).heartbeats, 0);
    assert!(world.pair.accepts(Side::A), "the listener of a hung process still accepts");
    world.wait(TAKEOVER);
    assert_eq!(world.pair.side_state(Side::B).unwrap().role, Role::Active);
    world.command(Command::HangSide(Side::A, false)).unwrap();
    assert_eq!(world.end(desk).closing, Some(StatusCode::CTI_SERVER_OFFLINE));
    assert_eq!(world.state("1001").0, "LOGOUT", "what a hung side never read is never done");
}

#[test]
fn a_hung_side_that_goes_on_in_time_has_lost_nothing() {
    let mut world = duplex(StandbyAnswer::RefuseConnect);
    let desk = world.desk(17);
    world.ready(desk, "1001");
    world.command(Command::HangSide(Side::A, true)).unwrap();
    world.heartbeat(desk);
    world.call_in("0311112222", "7200");
    assert!(world.told(desk).is_empty());
    world.wait(TAKEOVER / 2);
    world.command(Command::HangSide(Side::A, false)).unwrap();
    world.wait(TAKEOVER * 4);
    assert_eq!(world.pair.side_state(Side::A).unwrap().role, Role::Active);
    let told = world.told(desk);
    assert_eq!(told.last().unwrap(), "CALL_DELIVERED_EVENT");
    assert_eq!(world.end(desk).heartbeats.len(), 1);
}

#[test]
fn muted_heartbeats_are_counted_and_everything_else_is_answered() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.heartbeat(desk);
    world.command(Command::MuteHeartbeats(Side::A, true)).unwrap();
    world.heartbeat(desk);
    world.heartbeat(desk);
    world.request(desk, login("1001", "1001", PASSWORD));
    assert_eq!(world.told(desk)[0], "SET_AGENT_STATE_CONF");
    world.command(Command::MuteHeartbeats(Side::A, false)).unwrap();
    let last = world.heartbeat(desk);
    assert_eq!(world.end(desk).heartbeats.last(), Some(&last));
    let counters = world.pair.counters(Side::A);
    assert_eq!((counters.heartbeats, counters.heartbeats_answered), (4, 2));
}

#[test]
fn a_switch_over_ends_the_sessions_of_the_old_side() {
    let mut world = duplex(StandbyAnswer::RefuseConnect);
    let desk = world.desk(17);
    world.command(Command::SwitchOver).unwrap();
    assert_eq!(world.end(desk).closing, Some(StatusCode::CTI_SERVER_OFFLINE));
    assert!(!world.pair.accepts(Side::A) && world.pair.accepts(Side::B));
}

#[test]
fn opens_can_be_refused_with_any_status() {
    let mut world = World::new(pair_config(demo(2)));
    world.command(Command::RefuseOpens(Side::A, Some(92))).unwrap();
    let refused = world.connect(Side::A, 17);
    assert_eq!(world.end(refused).refused, Some(StatusCode::SERVER_NOT_MASTER));
    world.command(Command::RefuseOpens(Side::A, None)).unwrap();
    let opened = world.connect(Side::A, 17);
    assert!(world.end(opened).opened.is_some());
}

#[test]
fn a_version_outside_the_range_is_refused_with_1() {
    let config = PairConfig { versions: 13..=17, ..pair_config(demo(2)) };
    let mut world = World::new(config);
    let newer = world.connect(Side::A, 20);
    assert!(world.end(newer).version_refused);
    let older = world.connect(Side::A, 17);
    assert!(world.end(older).opened.is_some());
}

#[test]
fn an_offline_peripheral_is_told_and_refuses_requests() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.ready(desk, "1001");
    world.command(Command::PeripheralOffline).unwrap();
    let told = world.take(desk);
    let [Message::SystemEvent(event)] = &told[..] else { panic!("{told:?}") };
    assert_eq!((event.system_event_id, event.system_event_arg1), (SystemEventId::PERIPHERAL_OFFLINE, 5000));
    world.request(desk, set_state("1001", AgentState::NOT_READY, 0));
    assert_eq!(world.told(desk), ["CONTROL_FAILURE_CONF 34 0"]);
    world.call_in("0311112222", "7200");
    assert!(world.told(desk).is_empty(), "calls go on, and nobody is told");
    let second = world.connect_as(Side::B, 17, "other", |_| {});
    let opened = world.end(second).opened.clone().unwrap();
    assert_eq!((opened.peripheral_online, opened.pg_status), (false, PgStatus::PERIPHERAL_OFFLINE));
    world.command(Command::PeripheralOnline).unwrap();
    assert_eq!(world.told(desk), ["SYSTEM_EVENT"]);
}

#[test]
fn the_loss_of_the_central_controller_stops_nothing() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.command(Command::CentralControllerDown).unwrap();
    let told = world.take(desk);
    let [Message::SystemEvent(event)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(event.system_event_id, SystemEventId::CENTRAL_CONTROLLER_OFFLINE);
    world.request(desk, login("1001", "1001", PASSWORD));
    assert_eq!(world.told(desk)[0], "SET_AGENT_STATE_CONF");
}

#[test]
fn answers_can_come_late_and_after_their_events() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.command(Command::AnswersAfterEvents(true)).unwrap();
    world.request(desk, login("1001", "1001", PASSWORD));
    assert_eq!(world.told(desk).last().unwrap(), "SET_AGENT_STATE_CONF");
    world.command(Command::DelayAnswers(Duration::from_secs(10))).unwrap();
    world.request(desk, set_state("1001", AgentState::AVAILABLE, 0));
    world.heartbeat(desk);
    assert_eq!(world.told(desk), ["AGENT_STATE_EVENT AVAILABLE"]);
    assert_eq!(world.end(desk).heartbeats.len(), 1, "heartbeats are not held back");
    world.wait(Duration::from_secs(10));
    assert_eq!(world.told(desk), ["SET_AGENT_STATE_CONF"]);
}

#[test]
fn garbage_breaks_the_session_of_a_client() {
    for kind in [Garbage::RandomBytes, Garbage::WrongLength, Garbage::EndlessStream] {
        let mut world = World::new(pair_config(demo(2)));
        let desk = world.desk(17);
        world.command(Command::GarbageToClients(Side::A, kind)).unwrap();
        assert!(world.end(desk).broken, "{kind:?}");
    }
}

#[test]
fn half_a_message_swallows_what_comes_next() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.command(Command::GarbageToClients(Side::A, Garbage::HalfMessage)).unwrap();
    world.heartbeat(desk);
    assert!(world.end(desk).heartbeats.is_empty());
}

#[test]
fn an_endless_stream_ends_with_its_last_client() {
    let mut world = World::new(pair_config(demo(2)));
    let desk = world.desk(17);
    world.command(Command::GarbageToClients(Side::A, Garbage::EndlessStream)).unwrap();
    assert!(world.pair.poll_timeout().is_some());
    world.cut(desk);
    assert_eq!(world.pair.poll_timeout(), None);
}

#[test]
fn garbage_from_a_client_ends_its_connection_only() {
    let mut world = World::new(pair_config(demo(2)));
    let (desk, other) = (world.desk(17), world.connect_as(Side::A, 20, "other", |_| {}));
    world.pair.handle_bytes(ConnId(desk), &[0xFF; 64], world.now);
    world.pump();
    assert!(world.end(desk).closed.is_some() && world.end(other).closed.is_none());
    assert_eq!(world.pair.counters(Side::A).protocol_errors, 1);
}

#[test]
fn the_autopilot_brings_callers_and_phones_answer() {
    let run = || {
        let mut world = World::new(pair_config(demo(4)));
        let desk = world.desk(17);
        world.ready(desk, "1001");
        world.ready(desk, "1002");
        world
            .command(Command::Autopilot { calls_per_minute: 20, phones_answer: true, joined_percent: 0 })
            .unwrap();
        world.wait(Duration::from_secs(300));
        world.told(desk)
    };
    let told = run();
    let established = told.iter().filter(|name| *name == "CALL_ESTABLISHED_EVENT").count();
    assert!(established > 5, "{established} calls in five minutes");
    assert_eq!(told, run(), "one seed, one story");
}

#[test]
fn the_autopilot_stops_when_it_is_told_to() {
    let mut world = World::new(pair_config(demo(4)));
    world
        .command(Command::Autopilot { calls_per_minute: 60, phones_answer: true, joined_percent: 0 })
        .unwrap();
    world.wait(Duration::from_secs(10));
    world
        .command(Command::Autopilot { calls_per_minute: 0, phones_answer: false, joined_percent: 0 })
        .unwrap();
    world.wait(Duration::from_secs(300));
    assert_eq!(world.pair.truth(world.now).calls, []);
    assert_eq!(world.pair.poll_timeout(), None);
}
