//! What becomes of agents whose desktop, or whose desktop server, is gone (failover.md section 4).

use std::time::Duration;

use failover::cti::Side;
use ged188::*;
use switch::{Command, OnClientLoss, PairConfig, WrapUp};

use crate::world::*;

fn world(on_client_loss: OnClientLoss) -> (World, u64) {
    let mut world = World::new(PairConfig { on_client_loss, ..pair_config(demo(4)) });
    let desk = world.desk(17);
    (world, desk)
}

fn on_a_call(world: &mut World, desk: u64, agent: &str, extension: &str) -> u32 {
    world.ready(desk, agent);
    let call = world.call_in("0311112222", "7200");
    world.request(desk, answer(call, extension));
    world.take(desk);
    call
}

#[test]
fn desk_3_reason_255_becomes_not_ready_with_its_own_code() {
    let (mut world, desk) = world(OnClientLoss::Keep);
    world.ready(desk, "1001");
    world.request(desk, forced("1001", AgentState::LOGOUT, 255));
    assert_eq!(world.told(desk), ["SET_AGENT_STATE_CONF", "AGENT_STATE_EVENT NOT_READY 50002"]);
}

#[test]
fn desk_1_the_log_of_requests_tells_who_logs_out_whom_by_force() {
    let (mut world, desk) = world(OnClientLoss::Keep);
    world.ready(desk, "1001");
    world.request(desk, forced("1001", AgentState::LOGOUT, 1));
    world.request(desk, forced("1002", AgentState::LOGOUT, 255));
    let log = world.pair.request_log().iter();
    let told: Vec<_> = log.filter_map(|seen| Some((seen.forced_logout.clone()?, seen.granted))).collect();
    let [(logout, granted)] = told.as_slice() else { panic!("one of them is a forced logout: {told:?}") };
    assert_eq!((logout.agent.as_str(), *granted), ("1002", false), "he is signed out");
    assert!(!logout.client.is_empty());
}

#[test]
fn desk_x1_reason_255_logs_out_with_load_1() {
    let (mut world, desk) = world(OnClientLoss::Load1);
    world.ready(desk, "1001");
    world.request(desk, forced("1001", AgentState::LOGOUT, 255));
    assert_eq!(world.told(desk), ["SET_AGENT_STATE_CONF", "AGENT_STATE_EVENT LOGOUT 50002"]);
}

#[test]
fn desk_5r1_reason_255_for_somebody_who_is_signed_out_is_refused() {
    let (mut world, desk) = world(OnClientLoss::Keep);
    world.request(desk, forced("1001", AgentState::LOGOUT, 255));
    assert_eq!(world.told(desk), ["CONTROL_FAILURE_CONF 22 10101"]);
}

#[test]
fn desk_x1_load_0_waits_for_the_end_of_the_call_and_skips_wrap_up() {
    let mut switch = demo(4);
    switch.desk.wrap_up_incoming = WrapUp::Required;
    let mut world = World::new(PairConfig { on_client_loss: OnClientLoss::Load0, ..pair_config(switch) });
    let desk = world.desk(17);
    let other = world.connect_as(Side::B, 17, "other", |_| {});
    let call = on_a_call(&mut world, desk, "1002", "61002");
    world.take(other);
    world.cut(desk);
    assert_eq!(world.state("1002"), ("TALKING", 0));
    world.request(other, clear(call, "61002"));
    assert_eq!(world.state("1002"), ("NOT_READY", 50002));
}

#[test]
fn desk_x1_load_1_logs_out_at_once_although_the_call_goes_on() {
    let (mut world, desk) = world(OnClientLoss::Load1);
    let call = on_a_call(&mut world, desk, "1002", "61002");
    world.cut(desk);
    assert_eq!(world.state("1002"), ("LOGOUT", 50002));
    assert_eq!(world.pair.switch().calls().get(call).unwrap().parties.len(), 2);
}

#[test]
fn a_living_server_applies_load_to_the_agents_of_the_lost_client_only() {
    let (mut world, desk) = world(OnClientLoss::Load0);
    let other = world.connect_as(Side::A, 17, "other", |_| {});
    world.ready(desk, "1001");
    world.ready(other, "1002");
    world.cut(desk);
    assert_eq!((world.state("1001"), world.state("1002")), (("NOT_READY", 50002), ("AVAILABLE", 0)));
}

#[test]
fn a_dead_server_applies_nothing() {
    let (mut world, desk) = world(OnClientLoss::Load1);
    world.ready(desk, "1001");
    world.command(Command::KillSide(Side::A)).unwrap();
    world.cut(desk);
    assert_eq!(world.state("1001"), ("AVAILABLE", 0));
}

#[test]
fn a_hung_server_applies_load_when_it_goes_on() {
    let (mut world, desk) = world(OnClientLoss::Load0);
    world.ready(desk, "1001");
    world.command(Command::HangSide(Side::A, true)).unwrap();
    world.cut(desk);
    assert_eq!(world.state("1001"), ("AVAILABLE", 0));
    world.command(Command::HangSide(Side::A, false)).unwrap();
    assert_eq!(world.state("1001"), ("NOT_READY", 50002));
}

#[test]
fn a_client_that_came_back_still_holds_its_agents() {
    let (mut world, desk) = world(OnClientLoss::Load1);
    world.ready(desk, "1001");
    world.command(Command::KillSide(Side::A)).unwrap();
    let again = world.connect(Side::B, 17);
    world.cut(again);
    assert_eq!(world.state("1001"), ("LOGOUT", 50002));
}

#[test]
fn a_newer_session_of_the_same_client_ends_the_older_one_and_nothing_else() {
    let (mut world, desk) = world(OnClientLoss::Load1);
    world.ready(desk, "1001");
    let again = world.connect(Side::A, 17);
    assert!(world.end(desk).closed.is_some());
    assert_eq!(world.end(desk).closing, Some(StatusCode::NEW_SESSION_OPENED));
    assert!(world.end(again).opened.is_some());
    assert_eq!(world.state("1001"), ("AVAILABLE", 0));
}

#[test]
fn a_supervisor_forces_a_logout_after_the_call() {
    let (mut world, desk) = world(OnClientLoss::Keep);
    let call = on_a_call(&mut world, desk, "1002", "61002");
    world.request(desk, forced("1002", AgentState::LOGOUT, 999));
    assert_eq!(world.state("1002").0, "TALKING");
    world.request(desk, clear(call, "61002"));
    assert_eq!(world.state("1002"), ("LOGOUT", 999));
    world.wait(Duration::from_secs(200));
    assert_eq!(world.pair.truth(world.now).calls, []);
}
