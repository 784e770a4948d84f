//! Reservations, customers and callbacks (rest-api.md section 6.5, mapping.md sections 2.2, 3.3 to 3.5 and 9).

use ged188::Message;

use super::check;
use super::script::World;
use crate::command::Output;
use crate::view::{Action, CallbackView, LegState, UserState};

/// 1001 is asked about the customer 555.
const OFFERED: &str = "live 1001@6001
    state 1001@6001 READY
        user 1001@6001 READY
    state 1001@6001 RESERVED direction 6
        user 1001@6001 RESERVED_OUTBOUND_PREVIEW
    begin 16 type 27 by 7900 to 555 BAStatus=PREVIEW_OUTBOUND_RESERVATION
    delivered 16 7900 > 6001
        post 1001 16 ALERTING 7900:INITIATED 6001:ALERTING";

/// The customer 555 is put through to 1001.
const TALKING: &str = "live 1001@6001
    begin 17 type 32 by 555 to 6001 BAStatus=PREVIEW_OUTBOUND
    delivered 17 555 > 6001
        post 1001 17 ALERTING 555:INITIATED 6001:ALERTING
    state 1001@6001 TALKING
        user 1001@6001 TALKING
    established 17 555 > 6001
        put 1001 17 ACTIVE 555:ACTIVE 6001:ACTIVE";

fn actions(world: &World, call: u32) -> Vec<Action> {
    let dialog = world.dialog(call);
    dialog.legs.into_iter().find(|leg| leg.address == "6001").unwrap().actions
}

/// BAResponse of the request that an input leads to.
fn said(world: &mut World, input: &str) -> String {
    let words: Vec<&str> = input.split_whitespace().collect();
    assert_eq!(world.play_only(&words), [""; 0]);
    match world.domain.poll_output() {
        Some(Output::Request(_, Message::SetCallDataReq(request))) => {
            request.named_variables[0].value.clone()
        }
        other => panic!("{other:?}"),
    }
}

fn promised(world: &World, call: u32) -> Option<(String, String)> {
    world.dialog(call).callback.map(|CallbackView { time, number }| (time, number))
}

#[test]
fn mapping_3_4_who_is_asked_may_accept_close_or_reject() {
    let world = check(OFFERED);
    assert_eq!(world.dialog(16).call_type, "OUTBOUND_PREVIEW");
    assert_eq!(actions(&world, 16), [Action::Accept, Action::Close, Action::Reject]);
}

#[test]
fn mapping_3_3_an_accepted_reservation_is_accepted_until_the_customer_is_there() {
    let mut world = check(OFFERED);
    world.check(
        "1001 ACCEPT 16 as r1
            send SET_CALL_DATA_REQ #1
        conf #1
        1001 REJECT 16 as r2
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r2
        data 16 6001 BAResponse=Accept
            put 1001 16 ACCEPTED 7900:INITIATED 6001:ACCEPTED as r1
        begin 17 type 32 by 555 to 6001 BAStatus=PREVIEW_OUTBOUND
        delivered 17 555 > 6001
            post 1001 17 ALERTING 555:INITIATED 6001:ALERTING
        state 1001@6001 TALKING
            user 1001@6001 TALKING
        established 17 555 > 6001
            put 1001 17 ACTIVE 555:ACTIVE 6001:ACTIVE",
    );
    assert_eq!(actions(&world, 16), []);
    assert_eq!(world.dialog(17).call_type, "OUTBOUND");
}

#[test]
fn rest_6_5_a_rejected_reservation_goes_and_the_agent_is_ready() {
    let mut world = check(OFFERED);
    world.check(
        "1001 REJECT 16 as r1
            send SET_CALL_DATA_REQ #1
        conf #1
        data 16 6001 BAResponse=Reject
            put 1001 16 ALERTING 7900:INITIATED 6001:ALERTING as r1
        gone 16 7900
            put 1001 16 ALERTING 7900:DROPPED 6001:ALERTING
        gone 16 6001
            put 1001 16 DROPPED 7900:DROPPED 6001:DROPPED
            send RELEASE_CALL_REQ #2
        state 1001@6001 READY
            user 1001@6001 READY
        end 16
            delete 1001 16 DROPPED 7900:DROPPED 6001:DROPPED",
    );
}

#[test]
fn mapping_3_5_each_action_has_its_word() {
    for (input, word) in
        [("1001 ACCEPT 16", "Accept"), ("1001 REJECT 16", "Reject"), ("1001 CLOSE 16", "Reject-Close")]
    {
        assert_eq!(said(&mut check(OFFERED), input), word);
    }
    for (input, word) in [
        ("1001 RECLASSIFY 17 VOICE", "Voice"),
        ("1001 RECLASSIFY 17 ANSWERING_MACHINE", "Answering_Machine"),
        ("1001 SCHEDULE 17 time 2026-12-31T09:30", "Callback 12312026 09:30"),
        ("1001 SCHEDULE 17 number 0355", "P#0355"),
        ("1001 CANCEL 17", "Callback Cancel"),
    ] {
        assert_eq!(said(&mut check(TALKING), input), word);
    }
}

#[test]
fn rest_4_4_what_belongs_to_other_calls_is_refused() {
    let refused = |world: &str, input: &str, call: u32| {
        check(world).check(&format!(
            "{input} as r1
                error 1001 dialog {call}: Generic Error 22 CF_INVALID_OBJECT_STATE as r1"
        ));
    };
    refused(OFFERED, "1001 RECLASSIFY 16 FAX", 16);
    refused(OFFERED, "1001 ANSWER 16", 16);
    refused(OFFERED, "1001 RETRIEVE 16", 16);
    refused(TALKING, "1001 ACCEPT 17", 17);
}

#[test]
fn rest_6_5_a_callback_is_promised_in_two_words_and_told_once() {
    let mut world = check(TALKING);
    world.check(
        "1001 SCHEDULE 17 time 2026-12-31T09:30 number 0355 as r1
            send SET_CALL_DATA_REQ #1
        conf #1
            send SET_CALL_DATA_REQ #2
        data 17 6001 BAResponse=P#0355
            put 1001 17 ACTIVE 555:ACTIVE 6001:ACTIVE
        conf #2
        data 17 6001 BAResponse=Callback~12312026~09:30
            put 1001 17 ACTIVE 555:ACTIVE 6001:ACTIVE as r1",
    );
    assert_eq!(promised(&world, 17), Some(("2026-12-31T09:30".into(), "0355".into())));
    world.play("data 17 6001 BAResponse=Callback~Cancel");
    assert_eq!(promised(&world, 17), None);
}

#[test]
fn rest_6_5_a_refused_word_is_the_end_of_the_request() {
    let mut world = check(TALKING);
    world.check(
        "1001 SCHEDULE 17 time 2026-12-31T09:30 number 0355 as r1
            send SET_CALL_DATA_REQ #1
        failure #1 67
            error 1001 dialog 17: Invalid Input 67 E_CTI_NAMED_VARIABLE_NOT_CONFIGURED as r1",
    );
}

#[test]
fn mapping_3_4_a_callback_can_be_promised_in_wrap_up() {
    let mut world = check(TALKING);
    world.play("state 1001@6001 WORK");
    world.play("gone 17 6001");
    let callback = [Action::UpdateScheduledCallback, Action::CancelScheduledCallback];
    assert_eq!(actions(&world, 17), [vec![Action::UpdateCallData], callback.to_vec()].concat());
    assert_eq!(said(&mut world, "1001 SCHEDULE 17 number 0355"), "P#0355");
}

#[test]
fn mapping_2_2_a_reservation_without_a_direction_is_known_by_its_call() {
    let mut world = check("live 1001@6001");
    world.check(
        "state 1001@6001 RESERVED
            user 1001@6001 RESERVED
        begin 16 type 18 by 7900 to 555 BAStatus=BLENDED_DIRECT_PREVIEW_OUTBOUND_RESERVATION
        delivered 16 7900 > 6001
            post 1001 16 ALERTING 7900:INITIATED 6001:ALERTING
            user 1001@6001 RESERVED_OUTBOUND_PREVIEW",
    );
    assert_eq!(world.dialog(16).call_type, "OUTBOUND_DIRECT_PREVIEW");
}

#[test]
fn mapping_9_a_reservation_and_its_acceptance_outlive_a_loss() {
    let mut world = check(OFFERED);
    world.check(
        "lost
        begin-recovery
        told 1001@6001 RESERVED
        device 1001 16
            wants 16
        call 16 type 27 by 7900 to 555 BAStatus=PREVIEW_OUTBOUND_RESERVATION 7900:CONNECT 6001:ALERTING
        finish",
    );
    assert_eq!(world.user("1001").state, UserState::ReservedOutboundPreview);
    assert!(world.user("1001").since.is_some(), "nothing has changed, so the time is known");
    world.check(
        "lost
        begin-recovery
        told 1001@6001 RESERVED
        device 1001 16
            wants 16
        call 16 type 27 by 7900 BAStatus=PREVIEW_OUTBOUND_RESERVATION BAResponse=Accept 7900:CONNECT 6001:ALERTING
        finish
            put 1001 16 ACCEPTED 7900:INITIATED 6001:ACCEPTED",
    );
    assert_eq!(world.dialog(16).state, LegState::Accepted);
}

#[test]
fn mapping_9_of_a_callback_only_what_cti_tells_outlives_a_loss() {
    let recovered = |response: &str| {
        let mut world = check(TALKING);
        for word in ["P#0355", "Callback~12312026~09:30"] {
            world.play(&format!("data 17 6001 BAResponse={word}"));
        }
        for input in ["lost", "begin-recovery", "told 1001@6001 TALKING", "device 1001 17"] {
            world.play(input);
        }
        world.play(&format!(
            "call 17 type 32 by 555 to 6001 BAStatus=PREVIEW_OUTBOUND BAResponse={response} 555:CONNECT 6001:CONNECT"
        ));
        world.play("finish");
        promised(&world, 17)
    };
    let known = Some(("2026-12-31T09:30".into(), "0355".into()));
    assert_eq!(recovered("Callback~12312026~09:30"), known, "the last word is still the last");
    assert_eq!(recovered("Callback~01022027~10:00"), Some(("2027-01-02T10:00".into(), String::new())));
    assert_eq!(recovered("Callback~Cancel"), None);
    assert_eq!(recovered("Voice"), None);
}

#[test]
fn a_consultation_about_a_customer_promises_nothing() {
    let mut world = check(TALKING);
    world.play("data 17 6001 BAResponse=P#0355");
    world.play("begin 18 type 12 by 6001 to 6002 BAStatus=PREVIEW_OUTBOUND BAResponse=P#0355");
    assert_eq!((promised(&world, 17).is_some(), promised(&world, 18)), (true, None));
}

#[test]
fn mapping_2_2_a_reservation_that_is_over_says_nothing_of_the_next_call() {
    let mut world = check("live 1001@6001");
    world.play("begin 16 type 18 by 7900 to 555 BAStatus=PREVIEW_OUTBOUND_RESERVATION");
    world.play("delivered 16 7900 > 6001");
    world.play("cleared 16 6001");
    world.play("state 1001@6001 RESERVED");
    assert_eq!(world.user("1001").state, UserState::Reserved);
}
