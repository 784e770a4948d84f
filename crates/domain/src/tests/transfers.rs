//! Transfers, after a consultation and in a single step (mapping.md sections 3.1, 3.5 and 3.7).

use super::beginnings::{consulting, talking};
use super::check;

#[test]
fn mapping_3_1_a_transfer_to_an_agent() {
    consulting().check(
        "1001 TRANSFER 16 as r1
            send TRANSFER_CALL_REQ #1
        conf #1
        transferred 16 17 by 6001 with 555 6002
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17 as r1
            post 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
        data 16 type 4
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
        end 17
        state 1001@6001 READY
            user 1001@6001 READY
            delete 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
        gone 16 555
            put 1002 16 ACTIVE 555:DROPPED 6001:DROPPED 6002:ACTIVE had 17
        gone 16 6002
            put 1002 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17
        cleared 16
        state 1002@6002 READY
            user 1002@6002 READY
            send RELEASE_CALL_REQ #2
        conf #2
        end 16
            delete 1002 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17",
    );
}

#[test]
fn mapping_3_7_who_transferred_wraps_up_while_the_call_goes_on() {
    consulting().check(
        "transferred 16 17 by 6001 with 555 6002
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
            post 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
        data 16 type 4
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
        end 17
        state 1001@6001 WORK
            user 1001@6001 WORK
            put 1001 16 ACTIVE 555:ACTIVE 6001:WRAP_UP 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:WRAP_UP 6002:ACTIVE had 17
        held 16 6002
            put 1001 16 ACTIVE 555:ACTIVE 6001:WRAP_UP 6002:HELD had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:WRAP_UP 6002:HELD had 17
        state 1001@6001 READY
            user 1001@6001 READY
            delete 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:HELD had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:HELD had 17",
    );
}

#[test]
fn mapping_3_7_work_may_be_reported_first() {
    consulting().check(
        "state 1001@6001 WORK
            user 1001@6001 WORK
        transferred 16 17 by 6001 with 555 6002
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:WRAP_UP 6002:ACTIVE had 17
            post 1002 16 ACTIVE 555:ACTIVE 6001:WRAP_UP 6002:ACTIVE had 17
        state 1001@6001 READY
            user 1001@6001 READY
            delete 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17",
    );
}

#[test]
fn without_a_new_state_the_dialog_leaves_after_5_s() {
    consulting().check(
        "transferred 16 17 by 6001 with 555 6002
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
            post 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
        at 4
        at 5
            delete 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17",
    );
}

#[test]
fn mapping_3_5_the_active_dialog_may_be_named_as_well() {
    consulting().check(
        "1001 TRANSFER 17 as r1
            send TRANSFER_CALL_REQ #1
        transferred 16 17 by 6001 with 555 6002
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED as r1
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
            post 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
        conf #1",
    );
}

#[test]
fn the_caller_himself_may_transfer() {
    check(
        "live 1001@6001 1002@6002
        begin 16 type 10 by 6001 to 6002
            post 1001 16 INITIATING 6001:INITIATING
        originated 16 6001 > 6002
            put 1001 16 INITIATED 6001:INITIATED
        delivered 16 6001 > 6002
            put 1001 16 ALERTING 6001:INITIATED 6002:ALERTING
            post 1002 16 ALERTING 6001:INITIATED 6002:ALERTING
        established 16 6001 > 6002
            put 1001 16 ACTIVE 6001:ACTIVE 6002:ACTIVE
            put 1002 16 ACTIVE 6001:ACTIVE 6002:ACTIVE
        held 16 6001
            put 1001 16 ACTIVE 6001:HELD 6002:ACTIVE
            put 1002 16 ACTIVE 6001:HELD 6002:ACTIVE
        begin 17 type 12 by 6001 to 777
            post 1001 17 INITIATING 6001:INITIATING with 16
            put 1001 16 ACTIVE 6001:HELD 6002:ACTIVE with 17
            put 1002 16 ACTIVE 6001:HELD 6002:ACTIVE with 17
        service 17 6001 from 16
        originated 17 6001 > 777
            put 1001 17 INITIATED 6001:INITIATED with 16
        network 17 777
            put 1001 17 INITIATED 6001:INITIATED 777:INITIATED with 16
        delivered 17 6001 > 777
            put 1001 17 ALERTING 6001:INITIATED 777:ALERTING with 16
        established 17 6001 > 777
            put 1001 17 ACTIVE 6001:ACTIVE 777:ACTIVE with 16
            put 1001 16 ACTIVE 6001:HELD 6002:ACTIVE with 17
            put 1002 16 ACTIVE 6001:HELD 6002:ACTIVE with 17
        1001 TRANSFER 16 as r1
            send TRANSFER_CALL_REQ #1
        transferred 16 17 by 6001 with 6002 777
            delete 1001 17 DROPPED 6001:DROPPED 777:DROPPED
            delete 1001 16 ACTIVE 6001:DROPPED 6002:ACTIVE 777:ACTIVE had 17 as r1
            put 1002 16 ACTIVE 6001:DROPPED 6002:ACTIVE 777:ACTIVE had 17
        data 16 type 4
            put 1002 16 ACTIVE 6001:DROPPED 6002:ACTIVE 777:ACTIVE had 17
        end 17
        conf #1",
    );
}

#[test]
fn two_calls_that_came_in_can_be_joined() {
    talking().check(
        "begin 18 type 6 by 666
        delivered 18 666 > 6001
            post 1001 18 ALERTING 666:INITIATED 6001:ALERTING
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        established 18 666 > 6001
            put 1001 18 ACTIVE 666:ACTIVE 6001:ACTIVE
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        1001 TRANSFER 16 as r1
            send TRANSFER_CALL_REQ #1
        transferred 16 18 by 6001 with 555 666
            delete 1001 18 DROPPED 666:DROPPED 6001:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 666:ACTIVE had 18 as r1",
    );
}

#[test]
fn ged188_10_4_the_party_list_tells_which_call_goes_on() {
    consulting().check(
        "transferred 16 17 by 6001 with 17/555 17/6002
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED
            put 1001 17 ACTIVE 6001:DROPPED 6002:ACTIVE 555:ACTIVE had 16
            put 1002 17 ACTIVE 6001:DROPPED 6002:ACTIVE 555:ACTIVE had 16",
    );
}

#[test]
fn mapping_3_5_a_single_step_transfer() {
    talking().check(
        "1001 SST 16 6002 as r1
            send TRANSFER_CALL_REQ #1
        conf #1
        transferred 16 - by 6001 with 555
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED as r1
        data 16 type 4
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY
            delete 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED
        delivered 16 555 > 6002
            post 1002 16 ALERTING 555:INITIATED 6001:DROPPED 6002:ALERTING
        established 16 555 > 6002
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE",
    );
}

#[test]
fn mapping_3_5_a_single_step_transfer_to_a_dialed_number_waits_and_fails_over() {
    talking().check(
        "1001 SST 16 8000 as r1
            send TRANSFER_CALL_REQ #1
        transferred 16 - by 6001 with 555
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED as r1
        conf #1
        data 16 type 4
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED
        state 1001@6001 WORK
            user 1001@6001 WORK
            put 1001 16 ACTIVE 555:ACTIVE 6001:WRAP_UP
        delivered 16 555 > 6003
            put 1001 16 ALERTING 555:INITIATED 6001:WRAP_UP 6003:ALERTING
            post 1003 16 ALERTING 555:INITIATED 6001:WRAP_UP 6003:ALERTING
        diverted 16 6003
            put 1001 16 INITIATED 555:INITIATED 6001:WRAP_UP 6003:DROPPED
            delete 1003 16 INITIATED 555:INITIATED 6001:WRAP_UP 6003:DROPPED
        delivered 16 555 > 6002
            put 1001 16 ALERTING 555:INITIATED 6001:WRAP_UP 6003:DROPPED 6002:ALERTING
            post 1002 16 ALERTING 555:INITIATED 6001:WRAP_UP 6003:DROPPED 6002:ALERTING
        established 16 555 > 6002
            put 1001 16 ACTIVE 555:ACTIVE 6001:WRAP_UP 6003:DROPPED 6002:ACTIVE
            put 1002 16 ACTIVE 555:ACTIVE 6001:WRAP_UP 6003:DROPPED 6002:ACTIVE
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY
            delete 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6003:DROPPED 6002:ACTIVE
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6003:DROPPED 6002:ACTIVE",
    );
}

#[test]
fn mapping_3_4_no_transfer_without_a_second_call() {
    talking().check(
        "1001 TRANSFER 16 as r1
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r1
        1001 CONFERENCE 16 as r2
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r2
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        1001 TRANSFER 16 as r3
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r3
        begin 17 type 6 by 666
        delivered 17 666 > 6001
            post 1001 17 ALERTING 666:INITIATED 6001:ALERTING
        1001 CONFERENCE 16 as r4
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r4",
    );
}

#[test]
fn mapping_4_2_a_refused_transfer_leaves_both_calls() {
    consulting().check(
        "1001 TRANSFER 16 as r1
            send TRANSFER_CALL_REQ #1
        control #1 22
            error 1001 dialog 16: Call Operation Failure 22 CF_INVALID_OBJECT_STATE as r1
        1001 CONFERENCE 16 as r2
            send CONFERENCE_CALL_REQ #2
        control #2 22 20999
            error 1001 dialog 16: Generic Error 20999 CF_INVALID_OBJECT_STATE as r2
        1001 CONFERENCE 16 as r3
            send CONFERENCE_CALL_REQ #3
        control #3 38
            error 1001 dialog 16: Call Operation Failure 38 CF_CONFERENCE_MEMBER_LIMIT_EXCEEDED as r3",
    );
}

#[test]
fn cti_13_a_transfer_carried_out_in_the_gap_says_nothing_more() {
    consulting().check(
        "1001 TRANSFER 16 as r1
            send TRANSFER_CALL_REQ #1
        lost
        begin-recovery
        told 1001@6001 NOT_READY
        told 1002@6002 TALKING
        told 1003@6003 NOT_READY
        device 1001
        device 1002 16
            wants 16
            wants 17
        call 17 gone
        device 1003
        call 16 type 4 by 555 to 8000 var3=gold 555:CONNECT 6002:CONNECT
        finish
            user 1001@6001 NOT_READY
            delete 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            post 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE",
    );
}

#[test]
fn cti_13_a_transfer_that_was_not_carried_out_is_one_error() {
    consulting().check(
        "1001 TRANSFER 16 as r1
            send TRANSFER_CALL_REQ #1
        1001 CONFERENCE 16 as r2
        lost
        begin-recovery
        told 1001@6001 TALKING
        told 1002@6002 TALKING
        told 1003@6003 NOT_READY
        device 1001 16:HOLD 17:CONNECT
            wants 16
            wants 17
        device 1002 17
        device 1003
        call 16 type 2 by 555 to 8000 var3=gold 555:CONNECT 6001:HOLD
        call 17 type 12 by 6001 to 6002 var3=gold 6001:CONNECT 6002:CONNECT
        finish
            error 1001 dialog 16: Generic Error 0 OUTCOME_UNKNOWN as r1
            error 1001 dialog 16: Generic Error 0 REQUEST_NOT_SENT as r2",
    );
}

#[test]
fn who_gave_his_own_call_to_a_queue_may_be_called_back_by_it() {
    let given = "
        live 1001@6001 1002@6002
        begin 16 type 10 by 6001 to 6002
            post 1001 16 INITIATING 6001:INITIATING
        delivered 16 6001 > 6002
            put 1001 16 ALERTING 6001:INITIATED 6002:ALERTING
            post 1002 16 ALERTING 6001:INITIATED 6002:ALERTING
        established 16 6001 > 6002
            put 1001 16 ACTIVE 6001:ACTIVE 6002:ACTIVE
            put 1002 16 ACTIVE 6001:ACTIVE 6002:ACTIVE
        transferred 16 - by 6001 with 6002
            delete 1001 16 ACTIVE 6001:DROPPED 6002:ACTIVE
            put 1002 16 ACTIVE 6001:DROPPED 6002:ACTIVE";
    let mut world = check(given);
    world.check(
        "delivered 16 6002 > 6001
            post 1001 16 ALERTING 6001:ALERTING 6002:ACTIVE
            put 1002 16 ALERTING 6001:ALERTING 6002:ACTIVE
        established 16 6002 > 6001
            put 1001 16 ACTIVE 6001:ACTIVE 6002:ACTIVE
            put 1002 16 ACTIVE 6001:ACTIVE 6002:ACTIVE",
    );
    let mut world = check(given);
    world.check(
        "lost
        begin-recovery
        told 1001@6001 NOT_READY
        told 1002@6002 NOT_READY
        device 1001 16:ALERTING
            wants 16
        device 1002 16
        call 16 type 4 by 6001 to 6002 6002:CONNECT 6001:ALERTING
        finish
            post 1001 16 ALERTING 6001:ALERTING 6002:ACTIVE
            put 1002 16 ALERTING 6001:ALERTING 6002:ACTIVE",
    );
}

/// 1001 placed the call and gave it to a queue before this session began. Events tell him as its caller until it is read.
#[test]
fn who_gave_his_call_to_a_queue_before_the_session_is_not_on_it() {
    check(
        "live 1001@6001 1002@6002
        delivered 16 6001 > 6002
            post 1002 16 ALERTING 6002:ALERTING
            look 16 by 16/6002 #1
            look at 6002 #2
        established 16 6001 > 6002
            put 1002 16 ACTIVE 6002:ACTIVE",
    );
}
