//! Agents who move between the nodes: with fencing and a link nobody is logged out wrongly, in as many moves as there is
//! time for (`holdfast sim --moves 100000`); without fencing the documented races are there.

#![expect(clippy::expect_used, reason = "in a test, what is not there is a failure")]

use std::time::Duration;

use sim::moves::{MOVES, plan, walk};
use sim::recorder::Keep;
use sim::world::{Leave, Plan, World};
use switch::{AcdState, Command, Hand, OnClientLoss};

const AGENT: &str = "1002";
const EXTENSION: &str = "61002";
const SECOND: Duration = Duration::from_secs(1);

#[test]
fn desk_5_desk_7_in_2000_moves_nobody_is_logged_out_wrongly() {
    let moved = walk(plan(1), MOVES, Keep::Fingerprint);
    assert_eq!((moved.broken, moved.logouts.elsewhere), (None, 0));
    assert!(moved.moves >= MOVES);
    assert!(moved.logouts.done > MOVES / 20, "{:?}: who is gone is logged out", moved.logouts);
}

/// The same moves, and nobody asks: this is what fencing is for.
#[test]
fn desk_5r2_desk_7r3_without_fencing_moves_end_in_wrongful_logouts() {
    let mut plan = plan(1);
    plan.fencing = false;
    let moved = walk(plan, MOVES / 4, Keep::Fingerprint);
    assert_eq!(moved.broken, None, "as documented");
    assert!(moved.logouts.elsewhere > 10, "{:?}", moved.logouts);
}

/// An agent is signed in at the primary, and READY.
fn ready(fencing: bool, load: OnClientLoss) -> World {
    let mut plan = Plan::new(1);
    (plan.fencing, plan.on_client_loss) = (fencing, load);
    let mut world = World::new(plan, Keep::Fingerprint);
    world.run_for(SECOND * 2);
    let desktop = desktop(&world);
    world.sign_in_when_open(desktop);
    world.open_desktop(desktop);
    world.run_for(SECOND);
    press(&mut world, "READY");
    assert_eq!(state(&world), AcdState::Available);
    world
}

fn desktop(world: &World) -> usize {
    world.desktop_of(AGENT).expect("a desktop")
}

fn press(world: &mut World, to: &str) {
    let (desktop, body) = (desktop(world), format!("<User><state>{to}</state></User>"));
    let id = world.press(desktop, "PUT", &format!("/finesse/api/User/{AGENT}"), &body).expect("a request");
    world.run_for(SECOND);
    assert_eq!(world.answer(id).expect("an answer").status, 202);
}

fn state(world: &World) -> AcdState {
    world.pair().switch().agent(AGENT).expect("the agent").state
}

/// Signs in at the secondary after a while; the primary sees what it sees.
fn move_away(world: &mut World, how: Leave, after: Duration) {
    let desktop = desktop(world);
    world.sign_in_when_open(desktop);
    world.relocate_desktop(desktop, 1, how, after);
}

/// The switch's request log has it, and what it did with the agent.
fn logouts(world: &World) -> (u64, u64) {
    assert_eq!(world.broken(), None);
    (world.logouts().done, world.logouts().elsewhere)
}

/// Crashes on the primary, signs in on the secondary 30 s later, is READY there, and waits for calls.
fn crash_and_move(fencing: bool, load: OnClientLoss) -> World {
    let mut world = ready(fencing, load);
    move_away(&mut world, Leave::Silence, SECOND * 30);
    world.run_for(SECOND * 200);
    world
}

#[test]
fn desk_5r2_without_fencing_a_late_logout_hits_the_session_on_the_secondary() {
    let world = crash_and_move(false, OnClientLoss::Load0);
    assert_eq!(logouts(&world), (1, 1));
    assert!(matches!(state(&world), AcdState::NotReady { .. }), "{:?}", state(&world));
    let world = crash_and_move(false, OnClientLoss::Load1);
    assert_eq!(logouts(&world), (1, 1));
    assert!(matches!(state(&world), AcdState::LoggedOut { .. }), "{:?}", state(&world));
}

#[test]
fn desk_5r2_with_fencing_he_stays_as_he_was() {
    for load in [OnClientLoss::Load0, OnClientLoss::Load1] {
        let world = crash_and_move(true, load);
        assert_eq!(logouts(&world), (0, 0));
        assert_eq!(state(&world), AcdState::Available);
    }
}

/// On a call the network glitches, the desktop moves to the secondary; the call ends minutes later.
fn glitch_on_a_call(fencing: bool) -> World {
    let mut world = ready(fencing, OnClientLoss::Load1);
    let (from, to) = ("0355501234".into(), EXTENSION.into());
    world.command(Command::CallIn { from, to, variables: Default::default() }).expect("a call");
    world.run_for(SECOND);
    let hand = || Hand { device: EXTENSION.into(), call: None };
    world.command(Command::Answer(hand())).expect("an answer");
    move_away(&mut world, Leave::Silence, SECOND * 20);
    world.run_for(SECOND * 400);
    assert_eq!((logouts(&world), state(&world)), ((0, 0), AcdState::Talking), "DESK-7r2: not on the call");
    world.command(Command::HangUp(hand())).expect("the end");
    world.run_for(SECOND * 5);
    world
}

#[test]
fn desk_7r3_without_fencing_the_end_of_the_call_logs_out_on_the_secondary() {
    let world = glitch_on_a_call(false);
    assert_eq!(logouts(&world), (1, 1));
    assert!(matches!(state(&world), AcdState::LoggedOut { .. }), "{:?}", state(&world));
}

#[test]
fn desk_7r3_with_fencing_the_end_of_the_call_logs_out_nobody() {
    let world = glitch_on_a_call(true);
    assert_eq!(logouts(&world), (0, 0));
    assert!(!matches!(state(&world), AcdState::LoggedOut { .. }), "{:?}", state(&world));
}

#[test]
fn desk_5r2_with_fencing_and_no_link_the_documented_race_is_back() {
    let mut world = ready(true, OnClientLoss::Load1);
    world.set_peer_gate(sim::peer::PeerGate::Refuse);
    move_away(&mut world, Leave::Silence, SECOND * 30);
    world.run_for(SECOND * 200);
    assert_eq!(logouts(&world), (1, 1));
}

#[test]
fn desk_6_a_refresh_within_60_s_cancels_and_later_it_does_not() {
    for (away, expected) in [(59, 0), (62, 1)] {
        let mut world = ready(true, OnClientLoss::Load1);
        let desktop = desktop(&world);
        world.refresh_desktop(desktop, Leave::Hurry, SECOND * away);
        world.run_for(SECOND * 200);
        assert_eq!(logouts(&world), (expected, 0), "back after {away} s");
    }
}
