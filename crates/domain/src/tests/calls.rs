//! Plain calls (mapping.md sections 3.1 to 3.7; rest-api.md section 6.3).

use super::check;
use super::script::START;
use crate::ids::WallMs;

/// An incoming call that 1001 has answered.
const TALKING: &str = "
    live 1001@6001 1002@6002
    begin 16 type 2 by 555 to 8000 var3=gold
    delivered 16 555 > 6001
        post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
    established 16 555 > 6001
        put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
    state 1001@6001 TALKING
        user 1001@6001 TALKING
";

#[test]
fn mapping_3_1_an_incoming_call_from_its_begin_to_its_end() {
    let mut world = check(TALKING);
    world.check(
        "held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        retrieved 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
        gone 16 555
            put 1001 16 ACTIVE 555:DROPPED 6001:ACTIVE
        gone 16 6001
            put 1001 16 DROPPED 555:DROPPED 6001:DROPPED
        state 1001@6001 READY
            user 1001@6001 READY
            send RELEASE_CALL_REQ #1
        conf #1
        end 16
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED",
    );
    assert!(world.domain.dialogs_of(&"1001".into()).is_empty());
}

#[test]
fn mapping_3_6_the_elements_of_a_dialog() {
    let mut world = check(TALKING);
    let dialog = world.dialog(16);
    assert_eq!((dialog.from.as_str(), dialog.to.as_str()), ("555", "8000"));
    assert_eq!((dialog.dnis.as_str(), dialog.dialed_number.as_str()), ("6001", "8000"));
    assert_eq!(dialog.call_type, "PREROUTE_ACD_IN");
    assert_eq!(dialog.variables[2].1, "gold");
    assert_eq!(dialog.wrap_up_reason.as_deref(), Some(""));
    let [caller, own] = &dialog.legs[..] else { panic!("two legs") };
    assert_eq!((caller.agent_device, caller.agent.as_ref()), (false, None));
    assert_eq!((own.agent_device, own.agent.clone()), (true, Some("1001".into())));
    assert_eq!(own.started, caller.started, "equal for both legs of a new call");
    world.check(
        "at 60
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        at 70
        held 16 6001",
    );
    let own = &world.dialog(16).legs[1];
    assert_eq!(
        own.since,
        Some(WallMs(START + 60_000)),
        "an event that repeats the state does not move its time"
    );
    assert_eq!(own.started, Some(WallMs(START)));
}

#[test]
fn mapping_3_1_an_outgoing_call() {
    let world = check(
        "live 1001@6001
        begin 20 type 9 by 6001
            post 1001 20 INITIATING 6001:INITIATING
        service 20 6001
        originated 20 6001 > 777
            put 1001 20 INITIATED 6001:INITIATED
        network 20 777
            put 1001 20 INITIATED 6001:INITIATED 777:INITIATED
        delivered 20 6001 > 777
            put 1001 20 ALERTING 6001:INITIATED 777:ALERTING
        established 20 6001 > 777
            put 1001 20 ACTIVE 6001:ACTIVE 777:ACTIVE",
    );
    let dialog = world.dialog(20);
    assert_eq!((dialog.from.as_str(), dialog.to.as_str(), dialog.call_type), ("6001", "777", "OUT"));
    assert_eq!(dialog.dialed_number, "777");
}

#[test]
fn mapping_3_1_service_initiated_posts_where_begin_did_not() {
    check(
        "live 1001@6001
        service 20 6001
            post 1001 20 INITIATING 6001:INITIATING
        originated 20 6001 > 777
            put 1001 20 INITIATED 6001:INITIATED",
    );
}

#[test]
fn the_outside_party_may_alert_under_another_name() {
    check(
        "live 1001@6001
        begin 20 type 9 by 6001
            post 1001 20 INITIATING 6001:INITIATING
        originated 20 6001 > 777
            put 1001 20 INITIATED 6001:INITIATED
        network 20 777
            put 1001 20 INITIATED 6001:INITIATED 777:INITIATED
        delivered 20 6001 > trunk3
            put 1001 20 ALERTING 6001:INITIATED 777:ALERTING",
    );
}

#[test]
fn mapping_3_1_an_internal_call_gives_each_agent_his_own_events() {
    check(
        "live 1001@6001 1002@6002
        begin 20 type 10 by 6001 to 6002
            post 1001 20 INITIATING 6001:INITIATING
        originated 20 6001 > 6002
            put 1001 20 INITIATED 6001:INITIATED
        delivered 20 6001 > 6002
            put 1001 20 ALERTING 6001:INITIATED 6002:ALERTING
            post 1002 20 ALERTING 6001:INITIATED 6002:ALERTING
        established 20 6001 > 6002
            put 1001 20 ACTIVE 6001:ACTIVE 6002:ACTIVE
            put 1002 20 ACTIVE 6001:ACTIVE 6002:ACTIVE
        held 20 6002
            put 1001 20 ACTIVE 6001:ACTIVE 6002:HELD
            put 1002 20 ACTIVE 6001:ACTIVE 6002:HELD
        end 20
            delete 1001 20 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 20 DROPPED 6001:DROPPED 6002:DROPPED",
    );
}

#[test]
fn mapping_3_1_an_unanswered_call_goes_to_the_next_agent() {
    check(
        "live 1001@6001 1002@6002
        begin 16 type 2 by 555 to 8000
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
        diverted 16 6001
            delete 1001 16 INITIATED 555:INITIATED 6001:DROPPED
        delivered 16 555 > 6002
            post 1002 16 ALERTING 555:INITIATED 6001:DROPPED 6002:ALERTING
        gone 16 6002 cause 28
            delete 1002 16 INITIATED 555:INITIATED 6001:DROPPED 6002:DROPPED
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING 6002:DROPPED",
    );
}

#[test]
fn mapping_3_1_the_queue_is_no_participant() {
    check(
        "live 1001@6001
        begin 16 type 2 by 555 to 8000
        delivered 16 555 > 8000 kind 74
        established 16 555 > 9000 kind 73
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING",
    );
}

#[test]
fn mapping_3_6_a_failed_call_tells_why() {
    for (cause, word) in [
        (3, "BUSY"),
        (13, "BAD_DESTINATION"),
        (15, "BAD_DESTINATION"),
        (21, "BAD_DESTINATION"),
        (29, "BAD_DESTINATION"),
        (20, "DEVICE_RESOURCE_NOT_AVAILABLE"),
        (30, "DEVICE_RESOURCE_NOT_AVAILABLE"),
        (33, "DEVICE_RESOURCE_NOT_AVAILABLE"),
        (5, "OTHER"),
    ] {
        check(&format!(
            "live 1001@6001
            service 20 6001
                post 1001 20 INITIATING 6001:INITIATING
            failed 20 6001 > 777 cause {cause}
                put 1001 20 FAILED 6001:FAILED/{word}"
        ));
    }
}

#[test]
fn mapping_3_1_cleared_drops_every_leg() {
    let mut world = check(TALKING);
    world.check(
        "cleared 16
            put 1001 16 DROPPED 555:DROPPED 6001:DROPPED",
    );
}

#[test]
fn mapping_3_1_call_data_is_published_only_if_it_is_seen_to_change() {
    let mut world = check(TALKING);
    world.check(
        "data 16 var3=gold
        data 16 var4=blue wrapup=Sales
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE",
    );
    let dialog = world.dialog(16);
    assert_eq!((dialog.variables[2].1.as_str(), dialog.variables[3].1.as_str()), ("gold", "blue"));
    assert_eq!(dialog.wrap_up_reason.as_deref(), Some("Sales"));
    assert_eq!(dialog.call_type, "PREROUTE_ACD_IN", "NULL_CALLTYPE means unchanged");
}

#[test]
fn mapping_3_1_a_new_identity_is_delete_and_post_and_the_device_is_read() {
    let mut world = check(TALKING);
    world.check(
        "data 16 new 17
            delete 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
            post 1001 17 ACTIVE 555:ACTIVE 6001:ACTIVE
            read 1001@6001",
    );
}

#[test]
fn cti_18_a_conference_of_nobody_is_marked_and_read() {
    let mut world = check(TALKING);
    world.check(
        "conferenced 16 17
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE (rebuilding)
            look 16 by 16/6001 #1
            look at 6001 #2
        conferenced 98 99 with 6001
            read 1001@6001
            look 98 by 6001 #3",
    );
    assert_eq!(world.domain.counters().doubtful_merges, 1);
}

#[test]
fn news_of_an_unknown_call_has_the_agents_device_read() {
    let mut world = check(
        "live 1001@6001
        held 99 6001
            read 1001@6001
            look 99 by 99/6001 #1
        held 98 777
        end 97
        device 1001 99
            wants 99
        call 99 type 2 555:CONNECT 6001:HOLD
            post 1001 99 ACTIVE 555:ACTIVE 6001:HELD",
    );
    assert_eq!(world.domain.counters().unknown_calls, 3);
    assert_eq!(world.dialog(99).legs[1].since, None, "nobody knows when it was held");
    world.check(
        "gone 99 6001
            put 1001 99 ACTIVE 555:ACTIVE 6001:DROPPED",
    );
}

// The end of a call and wrap-up ------------------------------------------------------------------------------

#[test]
fn mapping_3_7_wrap_up_whichever_event_comes_first() {
    let end = "
        end 16
        state 1001@6001 READY
            user 1001@6001 READY
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED";
    let mut state_first = check(TALKING);
    state_first.check(&format!(
        "
        state 1001@6001 WORK_READY
            user 1001@6001 WORK_READY
        gone 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:WRAP_UP
        gone 16 555
            put 1001 16 DROPPED 555:DROPPED 6001:WRAP_UP{end}"
    ));
    let mut call_first = check(TALKING);
    call_first.check(&format!(
        "
        gone 16 555
            put 1001 16 ACTIVE 555:DROPPED 6001:ACTIVE
        gone 16 6001
            put 1001 16 DROPPED 555:DROPPED 6001:DROPPED
        state 1001@6001 WORK
            user 1001@6001 WORK
            put 1001 16 DROPPED 555:DROPPED 6001:WRAP_UP{end}"
    ));
}

#[test]
fn mapping_3_7_leaving_wrap_up_releases_the_call_and_removes_it() {
    let mut world = check(TALKING);
    world.check(
        "state 1001@6001 WORK
            user 1001@6001 WORK
        cleared 16
            put 1001 16 DROPPED 555:DROPPED 6001:WRAP_UP
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED
            send RELEASE_CALL_REQ #1
        conf #1
        end 16",
    );
}

#[test]
fn mapping_3_7_without_end_call_the_dialog_goes_5_s_after_the_release() {
    let mut world = check(TALKING);
    world.check(
        "state 1001@6001 READY
            user 1001@6001 READY
        cleared 16
            put 1001 16 DROPPED 555:DROPPED 6001:DROPPED
            send RELEASE_CALL_REQ #1
        at 10
        conf #1
        at 14
        at 15
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED
        end 16",
    );
}

#[test]
fn mapping_3_7_an_unanswered_release_does_not_keep_the_dialog() {
    let mut world = check(TALKING);
    world.check(
        "state 1001@6001 READY
            user 1001@6001 READY
        cleared 16
            put 1001 16 DROPPED 555:DROPPED 6001:DROPPED
            send RELEASE_CALL_REQ #1
        at 29
        at 30
        at 35
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED",
    );
}

#[test]
fn mapping_3_7_one_agents_wrap_up_holds_the_call_for_him_only() {
    check(
        "live 1001@6001 1002@6002
        begin 20 type 9 by 6001
            post 1001 20 INITIATING 6001:INITIATING
        established 20 6001 > 6002
            put 1001 20 ACTIVE 6001:ACTIVE 6002:ACTIVE
            post 1002 20 ACTIVE 6001:ACTIVE 6002:ACTIVE
        state 1001@6001 WORK
            user 1001@6001 WORK
        cleared 20
            put 1001 20 DROPPED 6001:WRAP_UP 6002:DROPPED
            put 1002 20 DROPPED 6001:WRAP_UP 6002:DROPPED
        at 5
            delete 1002 20 DROPPED 6001:WRAP_UP 6002:DROPPED
        state 1001@6001 READY
            user 1001@6001 READY
            delete 1001 20 DROPPED 6001:DROPPED 6002:DROPPED
            send RELEASE_CALL_REQ #1",
    );
}

#[test]
fn a_call_that_was_never_answered_has_no_wrap_up() {
    check(
        "live 1001@6001
        state 1001@6001 WORK
            user 1001@6001 WORK
        begin 16 type 6 by 555
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
        cleared 16
            put 1001 16 DROPPED 555:DROPPED 6001:DROPPED
            send RELEASE_CALL_REQ #1
        end 16
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED",
    );
}

#[test]
fn who_signs_out_has_no_dialogs() {
    let mut world = check(TALKING);
    world.check(
        "state 1001@6001 LOGOUT reason 50002
            user 1001@ LOGOUT (System Failure)
            delete 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
        held 16 6001
        end 16",
    );
}

#[test]
fn an_id_used_again_is_another_dialog() {
    let mut world = check(TALKING);
    world.check(
        "cleared 16
            put 1001 16 DROPPED 555:DROPPED 6001:DROPPED
        begin 16 type 2 by 666 to 8000
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED
        delivered 16 666 > 6001
            post 1001 16 ALERTING 666:INITIATED 6001:ALERTING",
    );
}

#[test]
fn who_signed_out_is_in_no_call_that_goes_on() {
    check(
        "live 1001@6001 1002@6002
        begin 20 type 9 by 6001
            post 1001 20 INITIATING 6001:INITIATING
        established 20 6001 > 6002
            put 1001 20 ACTIVE 6001:ACTIVE 6002:ACTIVE
            post 1002 20 ACTIVE 6001:ACTIVE 6002:ACTIVE
        gone 20 6002
            put 1001 20 ACTIVE 6001:ACTIVE 6002:DROPPED
            put 1002 20 ACTIVE 6001:ACTIVE 6002:DROPPED
        at 5
            delete 1002 20 ACTIVE 6001:ACTIVE 6002:DROPPED
        state 1002@6002 LOGOUT
            user 1002@ LOGOUT
        established 20 6001 > 6002
            put 1001 20 ACTIVE 6001:ACTIVE 6002:ACTIVE",
    );
}

/// A call that waited in a queue while the session was down rings: its beginning was never told, so it is read.
#[test]
fn mapping_3_1_a_call_that_began_before_the_session_is_read_when_it_rings() {
    check(
        "live 1001@6001 1002@6002
        delivered 16 6002 > 6001
            post 1001 16 ALERTING 6001:ALERTING
            look 16 by 16/6001 #1
            look at 6001 #2",
    );
}

/// It rang at 6001 first, and was gone before it could be read.
#[test]
fn mapping_3_6_a_call_whose_type_nobody_told_is_read_when_it_comes_back() {
    check(
        "live 1001@6001 1002@6002
        delivered 20 555 > 6001
            post 1001 20 ALERTING 555:INITIATED 6001:ALERTING
            look 20 by 20/6001 #1
            look at 6001 #2
        gone 20 6001
            put 1001 20 INITIATED 555:INITIATED 6001:DROPPED
        look #1 failed 87
        look #2 at 6001
        delivered 20 555 > 6002
            put 1001 20 ALERTING 555:INITIATED 6001:DROPPED 6002:ALERTING
            post 1002 20 ALERTING 555:INITIATED 6001:DROPPED 6002:ALERTING
            look 20 by 20/6002 #3
            look at 6002 #4",
    );
}
