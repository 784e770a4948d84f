//! Outbound previews and callbacks, message by message (mapping.md sections 2.2, 3.5 and 3.6).

use std::time::Duration;

use ged188::*;
use switch::{Command, CommandError, Hand, Offer, OfferMode, Outcome, RecordStatus};

use crate::world::*;

const CUSTOMER: &str = "0312345678";

fn offer(mode: OfferMode, number: &str) -> Command {
    Command::Campaign(Offer {
        agent: "1001".into(),
        number: number.into(),
        mode,
        blended: false,
        campaign: "Spring".into(),
    })
}

fn offered(world: &mut World, mode: OfferMode, number: &str) -> u32 {
    assert_eq!(world.command(offer(mode, number)), Ok(Outcome::Call(world.newest())));
    world.newest()
}

fn respond(call: u32, word: &str) -> SetCallDataReq {
    SetCallDataReq {
        named_variables: vec![NamedVariable { name: "BAResponse".into(), value: word.into() }],
        ..wrap_up_data(call, "1001", "")
    }
}

fn waiting_for_an_offer(version: u32) -> (World, u64) {
    let mut world = World::new(pair_config(demo(4)));
    let desk = world.desk(version);
    world.ready(desk, "1001");
    (world, desk)
}

fn status(world: &World, number: &str) -> RecordStatus {
    world.pair.switch().campaign_records()[number].status
}

#[test]
fn mapping_2_2_a_preview_reserves_the_agent() {
    for (version, kind) in [(17, CallType::RESERVATION), (20, CallType::RESERVATION_PREVIEW)] {
        let (mut world, desk) = waiting_for_an_offer(version);
        offered(&mut world, OfferMode::Preview, CUSTOMER);
        let told = world.take(desk);
        let [Message::AgentStateEvent(agent), Message::BeginCallEvent(call), Message::CallDeliveredEvent(_)] =
            &told[..]
        else {
            panic!("{told:?}")
        };
        assert_eq!(agent.agent_state, AgentState::RESERVED);
        assert_eq!(agent.direction, Some(CallDirection::OUTBOUND_PREVIEW));
        assert_eq!((call.call_type, call.dialed_number.as_str()), (kind, CUSTOMER));
        let value =
            |name: &str| call.named_variables.iter().find(|it| it.name == name).map(|it| it.value.as_str());
        assert_eq!(value("BAStatus"), Some("PREVIEW_OUTBOUND_RESERVATION"));
        assert_eq!((value("BACampaign"), value("BACustomerNumber")), (Some("Spring"), Some(CUSTOMER)));
    }
}

#[test]
fn an_accepted_customer_is_called_and_put_through() {
    let (mut world, desk) = waiting_for_an_offer(20);
    let reservation = offered(&mut world, OfferMode::Preview, CUSTOMER);
    world.take(desk);
    world.request(desk, respond(reservation, "Accept"));
    assert_eq!(world.told(desk), ["SET_CALL_DATA_CONF", "CALL_DATA_UPDATE_EVENT"]);
    assert_eq!((world.state("1001"), status(&world, CUSTOMER)), (("RESERVED", 0), RecordStatus::Dialing));
    world.wait(Duration::from_secs(1));
    assert_eq!(
        world.told(desk),
        [
            "BEGIN_CALL_EVENT",
            "CALL_DELIVERED_EVENT",
            "CALL_ESTABLISHED_EVENT",
            "AGENT_STATE_EVENT TALKING",
            "CALL_CONNECTION_CLEARED_EVENT",
            "CALL_CONNECTION_CLEARED_EVENT",
            "CALL_CLEARED_EVENT",
        ]
    );
    let truth = world.pair.truth(world.now);
    let [call] = &truth.calls[..] else { panic!("{:?}", truth.calls) };
    assert_eq!((call.call_type, call.from.as_str()), (CallType::CUSTOMER_PREVIEW.0, CUSTOMER));
    assert_eq!(call.ecc.get("BAStatus").map(String::as_str), Some("PREVIEW_OUTBOUND"));
    assert_eq!(call.ecc.get("BAResponse"), None, "the customer's call has its own answers");
    world.command(Command::HangUp(Hand { device: CUSTOMER.into(), call: None })).unwrap();
    assert_eq!((world.state("1001"), status(&world, CUSTOMER)), (("AVAILABLE", 0), RecordStatus::Closed));
}

#[test]
fn rest_6_5_reject_keeps_the_record_and_close_ends_it() {
    for (word, expected) in [("Reject", RecordStatus::Kept), ("Reject-Close", RecordStatus::Closed)] {
        let (mut world, desk) = waiting_for_an_offer(17);
        let call = offered(&mut world, OfferMode::DirectPreview, CUSTOMER);
        world.take(desk);
        world.request(desk, respond(call, word));
        assert_eq!(
            world.told(desk),
            [
                "SET_CALL_DATA_CONF",
                "CALL_DATA_UPDATE_EVENT",
                "CALL_CONNECTION_CLEARED_EVENT",
                "CALL_CONNECTION_CLEARED_EVENT",
                "CALL_CLEARED_EVENT",
                "AGENT_STATE_EVENT AVAILABLE",
            ]
        );
        assert_eq!(status(&world, CUSTOMER), expected);
    }
}

#[test]
fn a_customer_who_cannot_be_reached_is_kept() {
    for (number, after) in [("0300000486", 0), ("0300000404", 0), ("0398765432", 30)] {
        let (mut world, desk) = waiting_for_an_offer(20);
        let call = offered(&mut world, OfferMode::Preview, number);
        world.request(desk, respond(call, "Accept"));
        world.wait(Duration::from_secs(after));
        assert_eq!((world.state("1001"), status(&world, number)), (("AVAILABLE", 0), RecordStatus::Kept));
    }
}

#[test]
fn a_callback_is_promised_changed_and_cancelled() {
    let (mut world, desk) = waiting_for_an_offer(20);
    let reservation = offered(&mut world, OfferMode::PersonalCallback, CUSTOMER);
    world.request(desk, respond(reservation, "Accept"));
    world.wait(Duration::from_secs(1));
    let call = world.newest();
    let promise = |world: &World| {
        let record = &world.pair.switch().campaign_records()[CUSTOMER];
        (record.callback_time.clone(), record.callback_number.clone())
    };
    world.request(desk, respond(call, "Callback 12312026 09:30"));
    world.request(desk, respond(call, "P#0355556666"));
    assert_eq!(promise(&world), (Some("2026-12-31T09:30".into()), Some("0355556666".into())));
    world.request(desk, respond(call, "Callback Cancel"));
    assert_eq!(promise(&world), (None, None));
    world.request(desk, clear(call, "1001"));
    world.request(desk, respond(call, "Callback 01022027 10:00"));
    world.wait(Duration::from_secs(121));
    assert_eq!(status(&world, CUSTOMER), RecordStatus::Scheduled, "what is said in wrap-up counts");
}

#[test]
fn mapping_1_1_not_ready_during_a_preview_waits_in_silence() {
    let (mut world, desk) = waiting_for_an_offer(17);
    let call = offered(&mut world, OfferMode::Preview, CUSTOMER);
    world.take(desk);
    world.request(desk, set_state("1001", AgentState::NOT_READY, 7));
    assert_eq!(world.told(desk), ["SET_AGENT_STATE_CONF"]);
    world.request(desk, respond(call, "Reject"));
    assert_eq!(world.state("1001"), ("NOT_READY", 7));
}

#[test]
fn a_reservation_is_no_call_to_answer_and_hanging_up_gives_it_back() {
    let (mut world, desk) = waiting_for_an_offer(17);
    let call = offered(&mut world, OfferMode::Preview, CUSTOMER);
    world.take(desk);
    world.request(desk, answer(call, "1001"));
    assert_eq!(world.told(desk), ["CONTROL_FAILURE_CONF 28 0"]);
    world.command(Command::HangUp(Hand { device: "1001".into(), call: None })).unwrap();
    assert_eq!((world.state("1001"), status(&world, CUSTOMER)), (("AVAILABLE", 0), RecordStatus::Kept));
}

#[test]
fn nobody_is_offered_what_he_cannot_take() {
    let (mut world, desk) = waiting_for_an_offer(17);
    let refused = |world: &mut World, number: &str| match world.command(offer(OfferMode::Preview, number)) {
        Err(CommandError::Refused(why)) => why.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(refused(&mut world, "7200").contains("INVALID_DESTINATION"));
    offered(&mut world, OfferMode::Preview, CUSTOMER);
    assert!(refused(&mut world, "0355550000").contains("INVALID_OBJECT_STATE"), "he is reserved");
    world.ready(desk, "1003");
    let again = Offer {
        agent: "1003".into(),
        number: CUSTOMER.into(),
        mode: OfferMode::Preview,
        blended: true,
        campaign: String::new(),
    };
    let why = world.command(Command::Campaign(again)).unwrap_err().to_string();
    assert!(why.contains("RESOURCE_BUSY"), "{why}: the customer is with somebody else");
}
