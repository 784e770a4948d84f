//! Conferences: their parties come, hold and leave (mapping.md sections 3.1 and 3.7).

use super::beginnings::{conferring, consulting, talking};
use super::check;

#[test]
fn mapping_3_1_a_conference_of_three() {
    consulting().check(
        "1001 CONFERENCE 16 as r1
            send CONFERENCE_CALL_REQ #1
        conf #1
        conferenced 16 17 by 6001 with 555 6001 6002
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 as r1
            post 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17
        data 16 type 15
        end 17",
    );
}

#[test]
fn the_controller_adds_another() {
    conferring().check(
        "1001 CONSULT 16 6003 as r1
            send CONSULTATION_CALL_REQ #1
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE had 17
        begin 18 type 12 by 6001 to 6003
            post 1001 18 INITIATING 6001:INITIATING with 16 as r1
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE with 18 had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE with 18 had 17
        service 18 6001 from 16
        conf #1 consult 18
        originated 18 6001 > 6003
            put 1001 18 INITIATED 6001:INITIATED with 16
        delivered 18 6001 > 6003
            put 1001 18 ALERTING 6001:INITIATED 6003:ALERTING with 16
            post 1003 18 ALERTING 6001:INITIATED 6003:ALERTING with 16
        established 18 6001 > 6003
            put 1001 18 ACTIVE 6001:ACTIVE 6003:ACTIVE with 16
            put 1003 18 ACTIVE 6001:ACTIVE 6003:ACTIVE with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE with 18 had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE with 18 had 17
        1001 CONFERENCE 16 as r2
            send CONFERENCE_CALL_REQ #2
        conferenced 16 18 by 6001 with 555 6001 6002 6003
            delete 1001 18 DROPPED 6001:DROPPED 6003:DROPPED
            delete 1003 18 DROPPED 6001:DROPPED 6003:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6003:ACTIVE had 18 as r2
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6003:ACTIVE had 18
            post 1003 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6003:ACTIVE had 18
        data 16 type 15
        end 18
        conf #2",
    );
}

#[test]
fn outside_numbers_and_phones_of_nobody_are_parties_too() {
    talking().check(
        "held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        begin 17 type 12 by 6001 to 6009
            post 1001 17 INITIATING 6001:INITIATING with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17
        service 17 6001 from 16
        originated 17 6001 > 6009
            put 1001 17 INITIATED 6001:INITIATED with 16
        delivered 17 6001 > 6009
            put 1001 17 ALERTING 6001:INITIATED 6009:ALERTING with 16
        established 17 6001 > 6009
            put 1001 17 ACTIVE 6001:ACTIVE 6009:ACTIVE with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17
        conferenced 16 17 by 6001 with 555 6001 6009
            delete 1001 17 DROPPED 6001:DROPPED 6009:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6009:ACTIVE had 17
        data 16 type 15
        end 17
        held 16 6009
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6009:HELD had 17
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6009:HELD had 17
        begin 18 type 12 by 6001 to 777
            post 1001 18 INITIATING 6001:INITIATING with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6009:HELD with 18 had 17
        service 18 6001 from 16
        originated 18 6001 > 777
            put 1001 18 INITIATED 6001:INITIATED with 16
        network 18 777
            put 1001 18 INITIATED 6001:INITIATED 777:INITIATED with 16
        delivered 18 6001 > 777
            put 1001 18 ALERTING 6001:INITIATED 777:ALERTING with 16
        established 18 6001 > 777
            put 1001 18 ACTIVE 6001:ACTIVE 777:ACTIVE with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6009:HELD with 18 had 17
        conferenced 16 18 by 6001 with 555 6001 6009 777
            delete 1001 18 DROPPED 6001:DROPPED 777:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6009:HELD 777:ACTIVE had 18
        end 18
        gone 16 6009
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6009:DROPPED 777:ACTIVE had 18
        gone 16 777
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6009:DROPPED 777:DROPPED had 18",
    );
}

#[test]
fn a_party_leaves_a_conference_that_goes_on() {
    conferring().check(
        "1002 DROP 16 as r1
            send CLEAR_CONNECTION_REQ #1
        conf #1
        gone 16 6002
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17 as r1
        state 1002@6002 WORK
            user 1002@6002 WORK
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:WRAP_UP had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:WRAP_UP had 17
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:WRAP_UP had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:HELD 6002:WRAP_UP had 17
        state 1002@6002 READY
            user 1002@6002 READY
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:DROPPED had 17
            delete 1002 16 ACTIVE 555:ACTIVE 6001:HELD 6002:DROPPED had 17",
    );
}

#[test]
fn the_controller_leaves_and_the_others_go_on() {
    conferring().check(
        "gone 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
        state 1001@6001 READY
            user 1001@6001 READY
            delete 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
        held 16 6002
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:HELD had 17",
    );
}

#[test]
fn the_last_two_end_the_call() {
    conferring().check(
        "gone 16 555
            put 1001 16 ACTIVE 555:DROPPED 6001:ACTIVE 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:DROPPED 6001:ACTIVE 6002:ACTIVE had 17
        gone 16 6002
            put 1001 16 ACTIVE 555:DROPPED 6001:ACTIVE 6002:DROPPED had 17
            put 1002 16 ACTIVE 555:DROPPED 6001:ACTIVE 6002:DROPPED had 17
        gone 16 6001
            put 1001 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17
            put 1002 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17
        cleared 16
        state 1001@6001 READY
            user 1001@6001 READY
        state 1002@6002 READY
            user 1002@6002 READY
            send RELEASE_CALL_REQ #1
        conf #1
        end 16
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17
            delete 1002 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17",
    );
}

#[test]
fn who_leaves_for_another_call_of_his_is_gone_at_once() {
    conferring().check(
        "begin 18 type 6 by 666
        delivered 18 666 > 6002
            post 1002 18 ALERTING 666:INITIATED 6002:ALERTING
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17
        gone 16 6002
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17
            delete 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17",
    );
}

#[test]
fn who_declines_in_a_conference_is_gone_at_once() {
    conferring().check(
        "delivered 16 555 > 6003
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6003:ALERTING had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6003:ALERTING had 17
            post 1003 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6003:ALERTING had 17
        gone 16 6003
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6003:DROPPED had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6003:DROPPED had 17
            delete 1003 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6003:DROPPED had 17",
    );
}

#[test]
fn who_left_may_come_back() {
    conferring().check(
        "gone 16 6002
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17
        state 1002@6002 READY
            user 1002@6002 READY
            delete 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:DROPPED had 17
        begin 18 type 12 by 6001 to 6002
            post 1001 18 INITIATING 6001:INITIATING with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:DROPPED with 18 had 17
        established 18 6001 > 6002
            put 1001 18 ACTIVE 6001:ACTIVE 6002:ACTIVE with 16
            post 1002 18 ACTIVE 6001:ACTIVE 6002:ACTIVE with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:DROPPED with 18 had 17
        conferenced 16 18 by 6001 with 555 6001 6002
            delete 1001 18 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 18 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 18
            post 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 18",
    );
}

#[test]
fn who_signs_in_during_a_conference_sees_all_parties() {
    conferring().check(
        "held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE had 17
        begin 18 type 12 by 6001 to 6004
            post 1001 18 INITIATING 6001:INITIATING with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE with 18 had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE with 18 had 17
        service 18 6001 from 16
        established 18 6001 > 6004
            put 1001 18 ACTIVE 6001:ACTIVE 6004:ACTIVE with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE with 18 had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE with 18 had 17
        conferenced 16 18 by 6001 with 555 6001 6002 6004
            delete 1001 18 DROPPED 6001:DROPPED 6004:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6004:ACTIVE had 18
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6004:ACTIVE had 18
        state 1004@6004 TALKING
            user 1004@6004 TALKING
            send AGENT_DESK_SETTINGS_REQ #1
            read 1004@6004
        device 1004 16
            wants 16
        call 16 type 15 by 555 to 8000 var3=gold 555:CONNECT 6001:CONNECT 6002:CONNECT 6004:CONNECT
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6004:ACTIVE had 18
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6004:ACTIVE had 18
            post 1004 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 6004:ACTIVE had 18",
    );
}

#[test]
fn cti_13_a_conference_is_the_same_after_a_loss() {
    conferring().check(
        "lost
        begin-recovery
        told 1001@6001 TALKING
        told 1002@6002 TALKING
        told 1003@6003 NOT_READY
        device 1001 16
            wants 16
        device 1002 16
        device 1003
        call 16 type 15 by 555 to 8000 var3=gold 555:CONNECT 6001:CONNECT 6002:CONNECT
        finish",
    );
}

#[test]
fn cti_13_a_first_reading_shows_all_parties() {
    check(
        "live 1001@6001 1002@6002
        lost
        begin-recovery
        told 1001@6001 HOLD
        told 1002@6002 TALKING
        device 1001 16:HOLD
            wants 16
        device 1002 16
        call 16 type 15 by 555 to 8000 555:CONNECT 6001:HOLD 6002:CONNECT 777:CONNECT 6009:ALERTING
        finish
            user 1001@6001 HOLD
            post 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE 777:ACTIVE 6009:ALERTING
            user 1002@6002 TALKING
            post 1002 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE 777:ACTIVE 6009:ALERTING",
    );
}

#[test]
fn cti_13_a_conference_made_in_the_gap_says_nothing_more() {
    consulting().check(
        "1001 CONFERENCE 16 as r1
            send CONFERENCE_CALL_REQ #1
        lost
        begin-recovery
        told 1001@6001 TALKING
        told 1002@6002 TALKING
        told 1003@6003 NOT_READY
        device 1001 16
            wants 16
            wants 17
        device 1002 16
        device 1003
        call 16 type 15 by 555 to 8000 var3=gold 555:CONNECT 6001:CONNECT 6002:CONNECT
        call 17 gone
        finish
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            post 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE",
    );
}

#[test]
fn cti_18_a_conference_that_lacks_a_party_is_marked_and_shows_him() {
    consulting().check(
        "conferenced 16 17 by 6001 with 555 6001
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            post 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            look 16 by 6001 #1
            look at 6001 #2
            look at 6002 #3
        1002 HOLD 16 as r1
            send HOLD_CALL_REQ #1",
    );
}

/// 6001 is the phone of nobody: nothing told of its second call, whose party is left out.
#[test]
fn cti_18_a_conference_of_two_is_marked() {
    check(
        "live 1002@6002
        begin 16 type 10 by 6001 to 6002
        delivered 16 6001 > 6002
            post 1002 16 ALERTING 6001:INITIATED 6002:ALERTING
        established 16 6001 > 6002
            put 1002 16 ACTIVE 6001:ACTIVE 6002:ACTIVE
        held 16 6001
            put 1002 16 ACTIVE 6001:HELD 6002:ACTIVE
        conferenced 16 17 by 6001 with 6001 6002
            put 1002 16 ACTIVE 6001:HELD 6002:ACTIVE (rebuilding)
            look 16 by 6002 #1
            look at 6002 #2",
    );
}

#[test]
fn cti_18_a_stranger_is_not_shown_because_a_conference_lists_him() {
    consulting().check(
        "conferenced 16 17 by 6001 with 555 6001 888
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            post 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            look 16 by 6001 #1
            look at 6001 #2
            look at 6002 #3",
    );
}

#[test]
fn cti_18_a_conference_told_twice_is_told_once() {
    conferring().check(
        "conferenced 16 17 by 6001 with 555 6001 6002
        gone 16 6002
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17
        gone 16 6002",
    );
}

#[test]
fn cti_18_a_conference_told_again_brings_nobody_back() {
    conferring().check(
        "gone 16 6002
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17
        conferenced 16 17 by 6001 with 555 6001 6002
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17 (rebuilding)
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:DROPPED had 17 (rebuilding)
            look 16 by 6001 #1
            look at 6001 #2",
    );
}
