//! Agents whom the loss of a node's own CTI session made Not Ready (LOAD 0) are Ready again, once; with LOAD 1 they stay
//! signed out.

#![expect(clippy::expect_used, reason = "in a test, what is not there is a failure")]

use std::time::Duration;

use node::failover::cti::Side;
use sim::recorder::Keep;
use sim::seen::Object;
use sim::world::{Plan, World};
use switch::{AcdState, Command, Hand, OnClientLoss};

const AGENT: &str = "1002";
const EXTENSION: &str = "61002";
const LOSS: Duration = Duration::from_secs(10);

fn plan(on_client_loss: OnClientLoss) -> Plan {
    let mut plan = Plan::new(1);
    plan.nodes = 1;
    plan.on_client_loss = on_client_loss;
    plan
}

/// The agent is signed in, READY, and has a desktop.
fn ready(plan: Plan) -> World {
    let mut world = World::new(plan, Keep::Fingerprint);
    world.run_for(Duration::from_secs(2));
    let desktop = desktop(&world);
    world.open_desktop(desktop);
    world.run_for(Duration::from_secs(1));
    press(&mut world, &format!("<User><state>LOGIN</state><extension>{EXTENSION}</extension></User>"));
    press(&mut world, "<User><state>READY</state></User>");
    assert_eq!(state(&world), AcdState::Available);
    world.keep_seen();
    world
}

fn desktop(world: &World) -> usize {
    world.desktop_of(AGENT).expect("a desktop")
}

fn press(world: &mut World, body: &str) {
    let desktop = desktop(world);
    let id = world.press(desktop, "PUT", &format!("/finesse/api/User/{AGENT}"), body).expect("a request");
    world.run_for(Duration::from_secs(1));
    assert_eq!(world.answer(id).expect("an answer").status, 202);
}

fn state(world: &World) -> AcdState {
    world.pair().switch().agent(AGENT).expect("the agent").state
}

/// Both ends of the connection are reset; the servers go on.
fn lose_the_session(world: &mut World) {
    world.reset(0, Side::A);
    world.run_for(LOSS);
    world.check();
    assert_eq!(world.broken(), None);
    assert!(world.in_service(0));
}

/// The states that the desktop was shown since the agent was READY.
fn shown(world: &World) -> Vec<String> {
    let seen = world.seen(desktop(world)).iter();
    seen.filter_map(|seen| match &seen.object {
        Object::User(user) => Some(format!("{} {}", user.state, seen.request)),
        Object::Dialog(_) | Object::Error { .. } | Object::System { .. } | Object::Other(_) => None,
    })
    .collect()
}

fn restored(world: &World) -> u64 {
    world.node(0).expect("a node").domain().counters().restored_ready
}

#[test]
fn load_0_is_undone() {
    let mut world = ready(plan(OnClientLoss::Load0));
    lose_the_session(&mut world);
    assert_eq!(state(&world), AcdState::Available);
    assert_eq!(shown(&world), ["NOT_READY ", "READY "], "both without a requestId");
    assert_eq!(restored(&world), 1);
    lose_the_session(&mut world);
    assert_eq!((state(&world), restored(&world)), (AcdState::Available, 2), "once a loss");
}

#[test]
fn load_0_after_a_call_is_undone() {
    let mut world = ready(plan(OnClientLoss::Load0));
    let call =
        Command::CallIn { from: "0355501234".into(), to: EXTENSION.into(), variables: Default::default() };
    world.command(call).expect("a call");
    world.run_for(Duration::from_secs(1));
    let hand = || Hand { device: EXTENSION.into(), call: None };
    world.command(Command::Answer(hand())).expect("an answer");
    lose_the_session(&mut world);
    assert_eq!((state(&world), restored(&world)), (AcdState::Talking, 0));
    world.run_for(Duration::from_secs(300));
    world.command(Command::HangUp(hand())).expect("the end");
    world.run_for(LOSS);
    assert_eq!((state(&world), restored(&world)), (AcdState::Available, 1));
}

#[test]
fn load_1_is_never_undone() {
    let mut world = ready(plan(OnClientLoss::Load1));
    lose_the_session(&mut world);
    assert_eq!((state(&world), restored(&world)), (AcdState::LoggedOut { reason: 50002 }, 0));
}

#[test]
fn nothing_is_undone_for_a_desktop_on_another_node() {
    let mut two = plan(OnClientLoss::Load0);
    two.nodes = 2;
    let mut world = ready(two);
    let desktop = desktop(&world);
    world.move_desktop(desktop, 1);
    // Its old session ends when it is missed: a held request, and then the time allowed for silence.
    world.run_for(Duration::from_secs(150));
    lose_the_session(&mut world);
    assert_eq!((state(&world), restored(&world)), (AcdState::NotReady { reason: 50002 }, 0));
}

#[test]
fn it_can_be_switched_off() {
    let mut off = plan(OnClientLoss::Load0);
    off.recovery.restore_ready_after_own_loss = false;
    let mut world = ready(off);
    lose_the_session(&mut world);
    assert_eq!((state(&world), restored(&world)), (AcdState::NotReady { reason: 50002 }, 0));
}
