//! Calls of several parties by hand: what a person at a phone can do without any desktop.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a world that goes wrong is a failed test")]

use std::time::Duration;

use ged188::CallType;
use switch::{CallTruth, Command, CommandError, Hand, Outcome, Phone};

use crate::world::*;

const CALLER: &str = "0311112222";

/// A caller speaks with a phone at which nobody is signed in.
fn answered() -> (World, u32) {
    let mut world = World::new(pair_config(demo(4)));
    let call = world.call_in(CALLER, "99001");
    world.command(Command::Answer(hand("99001"))).unwrap();
    (world, call)
}

/// That phone consults another one.
fn consulting() -> (World, u32, u32) {
    let (mut world, first) = answered();
    let consult = Command::Consult { device: "99001".into(), to: "99002".into(), call: None };
    let Ok(Outcome::Call(second)) = world.command(consult) else { panic!("no consultation") };
    world.command(Command::Answer(hand("99002"))).unwrap();
    (world, first, second)
}

fn hand(device: &str) -> Hand {
    Hand { device: device.into(), call: None }
}

fn phone(device: &str) -> Phone {
    Phone { device: device.into() }
}

fn calls(world: &World) -> Vec<CallTruth> {
    world.pair.truth(world.now).calls
}

fn devices(call: &CallTruth) -> Vec<&str> {
    call.parties.iter().map(|party| party.device.as_str()).collect()
}

#[test]
fn a_phone_transfers() {
    let (mut world, first, _) = consulting();
    world.command(Command::CompleteTransfer(phone("99001"))).unwrap();
    let calls = calls(&world);
    assert_eq!((calls.len(), calls[0].id, devices(&calls[0])), (1, first, vec![CALLER, "99002"]));
}

#[test]
fn a_phone_confers_and_drops_somebody() {
    let (mut world, first, _) = consulting();
    world.command(Command::CompleteConference(phone("99001"))).unwrap();
    let now = calls(&world);
    assert_eq!((now[0].id, now[0].call_type), (first, CallType::CONFERENCE.0));
    assert_eq!(now[0].controller.as_deref(), Some("99001"));
    let drop = Command::DropParty { device: "99001".into(), party: CALLER.into(), call: None };
    world.command(drop).unwrap();
    assert_eq!(devices(&calls(&world)[0]), ["99001", "99002"]);
}

#[test]
fn a_phone_changes_between_its_calls_and_goes_back() {
    let (mut world, first, second) = consulting();
    let speaks = |world: &World, id: u32| {
        let call = calls(world).into_iter().find(|call| call.id == id);
        call.and_then(|call| call.parties.into_iter().find(|party| party.device == "99001"))
            .is_some_and(|party| party.state == "CONNECT")
    };
    assert_eq!((speaks(&world, first), speaks(&world, second)), (false, true));
    assert_eq!(calls(&world)[1].consult_about, Some(first));
    world.command(Command::Alternate(phone("99001"))).unwrap();
    assert_eq!((speaks(&world, first), speaks(&world, second)), (true, false));
    world.command(Command::Alternate(phone("99001"))).unwrap();
    world.command(Command::Reconnect(phone("99001"))).unwrap();
    assert_eq!((speaks(&world, first), calls(&world).len()), (true, 1));
}

#[test]
fn a_phone_gives_its_call_away_and_sends_tones() {
    let (mut world, call) = answered();
    let tones = Command::SendDtmf { device: "99001".into(), digits: "12#".into(), call: None };
    world.command(tones).unwrap();
    let give = Command::BlindTransfer { device: "99001".into(), to: "99002".into(), call: Some(call) };
    world.command(give).unwrap();
    world.command(Command::Answer(hand("99002"))).unwrap();
    assert_eq!(devices(&calls(&world)[0]), [CALLER, "99002"]);
}

#[test]
fn a_hand_without_a_second_call_has_nothing_to_complete() {
    let (mut world, _) = answered();
    for command in [
        Command::CompleteTransfer(phone("99001")),
        Command::CompleteConference(phone("99001")),
        Command::Alternate(phone("99001")),
        Command::Reconnect(phone("99001")),
    ] {
        assert_eq!(world.command(command), Err(CommandError::NoCall("99001".into())));
    }
    let drop = Command::DropParty { device: "99001".into(), party: "99002".into(), call: None };
    assert_eq!(world.command(drop), Err(CommandError::NoCall("99001".into())));
}

#[test]
fn of_several_held_calls_the_one_that_was_asked_about_is_meant() {
    let (mut world, first) = answered();
    world.command(Command::Hold(hand("99001"))).unwrap();
    let other = world.call_in("0355556666", "99001");
    world.command(Command::Answer(hand("99001"))).unwrap();
    let consult = Command::Consult { device: "99001".into(), to: "99002".into(), call: None };
    world.command(consult).unwrap();
    world.command(Command::Answer(hand("99002"))).unwrap();
    world.command(Command::CompleteTransfer(phone("99001"))).unwrap();
    let calls = calls(&world);
    let ids: Vec<u32> = calls.iter().map(|call| call.id).collect();
    assert_eq!((ids, devices(&calls[1])), (vec![first, other], vec!["0355556666", "99002"]));
}

#[test]
fn the_autopilot_joins_calls_and_leaves_none_behind() {
    let mut world = World::new(pair_config(demo(12)));
    let desk = world.desk(17);
    for agent in 1001..=1012 {
        world.ready(desk, &agent.to_string());
    }
    let on = |rate| Command::Autopilot { calls_per_minute: rate, phones_answer: true, joined_percent: 100 };
    world.command(on(30)).unwrap();
    world.wait(Duration::from_secs(600));
    let told = world.told(desk);
    for event in ["CALL_TRANSFERRED_EVENT", "CALL_CONFERENCED_EVENT", "CALL_RETRIEVED_EVENT"] {
        assert!(told.iter().any(|name| name == event), "no {event}");
    }
    assert_eq!(world.pair.truth(world.now).autopilot_joined_percent, 100);
    // Phones answer on until all is over; then it stops.
    world
        .command(Command::Autopilot { calls_per_minute: 1, phones_answer: true, joined_percent: 0 })
        .unwrap();
    world.wait(Duration::from_secs(30));
    world.command(on(0)).unwrap();
    world.wait(Duration::from_secs(400));
    assert_eq!(calls(&world), []);
}
