//! Wrong news of conferences: what clients are told, and that nothing else is touched (failover.md CTI-16 to CTI-18).
#![expect(clippy::unwrap_used, reason = "a world that goes wrong is a failed test")]

use ged188::*;
use switch::{Command, Hand, WrongNews};

use crate::world::*;

/// 1001, a caller and 1002 (phone 61002), about to be a conference under such news; the held and the active call.
fn about_to_confer(news: WrongNews) -> (World, u64, u32, u32) {
    let mut world = World::new(pair_config(demo(4)));
    let desk = world.desk(17);
    world.sign_in(desk, "1002");
    let first = world.talking(desk, "1001", "7200");
    world.request(desk, consult(first, "1001", "61002"));
    let second = world.newest();
    world.request(desk, answer(second, "61002"));
    world.command(Command::WrongConferences(Some(news))).unwrap();
    world.take(desk);
    (world, desk, first, second)
}

/// The same as a conference, with what was told of it.
fn conferring(news: WrongNews) -> (World, u64, u32, Vec<Message>) {
    let (mut world, desk, first, second) = about_to_confer(news);
    world.request(desk, conference(first, second, "1001"));
    let told = world.take(desk);
    assert_eq!(truth(&world, first), ["0311112222", "1001", "61002"], "the truth is never touched");
    (world, desk, first, told)
}

fn truth(world: &World, call: u32) -> Vec<String> {
    let calls = world.pair.truth(world.now).calls;
    let call = calls.into_iter().find(|truth| truth.id == call);
    call.into_iter().flat_map(|call| call.parties).map(|party| party.device).collect()
}

fn snapshot_call(world: &mut World, desk: u64, call: u32, device: &str) -> Vec<String> {
    let request = SnapshotCallReq {
        peripheral_id: 5000,
        connection_call_id: call,
        connection_device_id: device.into(),
        ..Default::default()
    };
    world.request(desk, request);
    let told = world.take(desk);
    let [Message::SnapshotCallConf(conf)] = &told[..] else { unreachable!("{told:?}") };
    conf.call_devices.iter().map(|item| item.call_device_id.clone()).collect()
}

fn snapshot_device(world: &mut World, desk: u64, device: &str) -> Vec<Option<u32>> {
    let request =
        SnapshotDeviceReq { peripheral_id: 5000, agent_instrument: device.into(), ..Default::default() };
    world.request(desk, request);
    let told = world.take(desk);
    let [Message::SnapshotDeviceConf(conf)] = &told[..] else { unreachable!("{told:?}") };
    conf.calls.iter().map(|item| item.call_connection_call_id).collect()
}

/// The parties that the answer and the event of a conference list.
fn listed(told: &[Message]) -> (Vec<&str>, Vec<&str>) {
    let [Message::ConferenceCallConf(conf), Message::CallConferencedEvent(event), ..] = told else {
        unreachable!("{told:?}")
    };
    let conf = conf.parties.iter().map(|party| party.connected_party_device_id.as_str()).collect();
    (conf, event.parties.iter().map(|party| party.connected_party_device_id.as_str()).collect())
}

#[test]
fn what_is_told_wrong_is_counted_and_nothing_else() {
    let told_wrong = |world: &World| world.pair.truth(world.now).wrong_conferences_told;
    let (mut world, _, first, _) = about_to_confer(WrongNews::PartyMissing);
    assert_eq!(told_wrong(&world), 0);
    world.command(Command::CompleteConference(switch::Phone { device: "1001".into() })).unwrap();
    assert_eq!(told_wrong(&world), 1, "CALL_CONFERENCED_EVENT");
    world.command(Command::WrongConferences(None)).unwrap();
    world.command(Command::HangUp(Hand { device: "61002".into(), call: Some(first) })).unwrap();
    assert_eq!(told_wrong(&world), 1);
}

#[test]
fn cti_18a_a_party_is_missing() {
    let (mut world, desk, call, told) = conferring(WrongNews::PartyMissing);
    assert_eq!(listed(&told), (vec!["0311112222", "1001"], vec!["0311112222", "1001"]));
    assert_eq!(snapshot_call(&mut world, desk, call, "1001"), ["0311112222", "1001"]);
    assert_eq!(snapshot_device(&mut world, desk, "1001"), [Some(call)]);
    world.command(Command::WrongConferences(None)).unwrap();
    assert_eq!(snapshot_call(&mut world, desk, call, "1001"), ["0311112222", "1001", "61002"]);
}

#[test]
fn cti_18b_the_call_is_missing() {
    let (mut world, desk, call, told) = conferring(WrongNews::CallMissing);
    assert_eq!(listed(&told).1, ["0311112222", "1001", "61002"]);
    assert_eq!(snapshot_device(&mut world, desk, "1001"), []);
    assert_eq!(snapshot_device(&mut world, desk, "61002"), []);
    assert_eq!(snapshot_call(&mut world, desk, call, "1001").len(), 3);
}

#[test]
fn cti_18c_news_contradict_each_other() {
    let (mut world, desk, call, told) = conferring(WrongNews::Inconsistent);
    let (conf, event) = listed(&told);
    assert_eq!(conf, ["0311112222", "1001", "61002"]);
    assert_eq!(event, ["0311112222", "1001", "000"]);
    assert_eq!(snapshot_call(&mut world, desk, call, "1001"), ["0311112222", "61002"]);
    assert_eq!(snapshot_call(&mut world, desk, call, "61002"), ["0311112222", "1001"]);
}

#[test]
fn cti_18c_a_leave_is_told_twice_and_then_the_conference_again() {
    let (mut world, desk, call, _) = conferring(WrongNews::Repeated);
    world.request(desk, clear(call, "1001"));
    let told = world.take(desk);
    let [
        Message::ClearConnectionConf(_),
        Message::CallConnectionClearedEvent(once),
        Message::CallConnectionClearedEvent(twice),
        Message::CallConferencedEvent(again),
        Message::AgentStateEvent(_),
    ] = &told[..]
    else {
        unreachable!("{told:?}")
    };
    assert_eq!(once, twice);
    let parties: Vec<_> =
        again.parties.iter().map(|party| party.connected_party_device_id.as_str()).collect();
    assert_eq!(parties, ["0311112222", "1001", "61002"], "still with the one who left");
    assert_eq!(truth(&world, call), ["0311112222", "61002"]);
}

#[test]
fn a_conference_from_before_the_fault_is_repeated_too() {
    let (mut world, desk, first, second) = about_to_confer(WrongNews::Repeated);
    world.command(Command::WrongConferences(None)).unwrap();
    world.request(desk, conference(first, second, "1001"));
    world.command(Command::WrongConferences(Some(WrongNews::Repeated))).unwrap();
    world.take(desk);
    world.request(desk, clear(first, "61002"));
    assert_eq!(world.told(desk)[3], "CALL_CONFERENCED_EVENT");
}

#[test]
fn cti_19_phones_work_whatever_is_told() {
    for news in
        [WrongNews::PartyMissing, WrongNews::CallMissing, WrongNews::Inconsistent, WrongNews::Repeated]
    {
        let (mut world, _, call, _) = conferring(news);
        let hand = |device: &str| Hand { device: device.into(), call: None };
        world.command(Command::Hold(hand("61002"))).unwrap();
        world.command(Command::Retrieve(hand("61002"))).unwrap();
        world.command(Command::HangUp(hand("61002"))).unwrap();
        assert_eq!(truth(&world, call), ["0311112222", "1001"]);
    }
}

#[test]
fn plain_calls_are_told_as_they_are() {
    for news in
        [WrongNews::PartyMissing, WrongNews::CallMissing, WrongNews::Inconsistent, WrongNews::Repeated]
    {
        let (mut world, desk, first, second) = about_to_confer(news);
        assert_eq!(snapshot_call(&mut world, desk, first, "1001"), ["0311112222", "1001"]);
        assert_eq!(snapshot_device(&mut world, desk, "1001"), [Some(first), Some(second)]);
        world.request(desk, transfer(first, second, "1001"));
        let told = world.take(desk);
        let Some(Message::CallTransferredEvent(event)) = told.get(1) else { unreachable!("{told:?}") };
        assert_eq!(event.parties.len(), 2);
        world.request(desk, clear(first, "61002"));
        let cleared = world.told(desk).into_iter().filter(|name| name == "CALL_CONNECTION_CLEARED_EVENT");
        assert_eq!(cleared.count(), 2);
    }
}
