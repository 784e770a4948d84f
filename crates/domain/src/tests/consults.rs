//! Consultation (mapping.md sections 3.1, 3.4 and 3.5; rest-api.md section 6.3).

use super::beginnings::{consulting, talking};
use super::check;

#[test]
fn mapping_3_1_a_consult_call_and_its_original_name_each_other() {
    talking().check(
        "1001 CONSULT 16 6002 as r1
            send CONSULTATION_CALL_REQ #1
        conf #1 consult 17
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        begin 17 type 12 by 6001 to 6002 var3=gold
            post 1001 17 INITIATING 6001:INITIATING with 16 as r1
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17
        service 17 6001 from 16
        originated 17 6001 > 6002
            put 1001 17 INITIATED 6001:INITIATED with 16
        delivered 17 6001 > 6002
            put 1001 17 ALERTING 6001:INITIATED 6002:ALERTING with 16
            post 1002 17 ALERTING 6001:INITIATED 6002:ALERTING with 16
        established 17 6001 > 6002
            put 1001 17 ACTIVE 6001:ACTIVE 6002:ACTIVE with 16
            put 1002 17 ACTIVE 6001:ACTIVE 6002:ACTIVE with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17",
    );
}

#[test]
fn mapping_3_1_the_confirmation_tells_where_neither_coc_fields_nor_the_type_do() {
    talking().check(
        "1001 CONSULT 16 6002 as r1
            send CONSULTATION_CALL_REQ #1
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        begin 17 type 10 by 6001 to 6002
            post 1001 17 INITIATING 6001:INITIATING as r1
        service 17 6001
        conf #1 consult 17
            put 1001 17 INITIATING 6001:INITIATING with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17",
    );
}

#[test]
fn mapping_3_1_or_the_confirmation_comes_first() {
    talking().check(
        "1001 CONSULT 16 6002 as r1
            send CONSULTATION_CALL_REQ #1
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        conf #1 consult 17
        begin 17 type 10 by 6001 to 6002
            post 1001 17 INITIATING 6001:INITIATING with 16 as r1
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17",
    );
}

#[test]
fn ged188_10_4_coc_fields_alone_tell() {
    talking().check(
        "held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        begin 17 type 10 by 6001 to 6002
            post 1001 17 INITIATING 6001:INITIATING
        service 17 6001 from 16
            put 1001 17 INITIATING 6001:INITIATING with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17",
    );
}

#[test]
fn a_consult_that_fails_is_dropped_and_the_original_retrieved() {
    talking().check(
        "1001 CONSULT 16 777 as r1
            send CONSULTATION_CALL_REQ #1
        conf #1 consult 17
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        begin 17 type 12 by 6001 to 777
            post 1001 17 INITIATING 6001:INITIATING with 16 as r1
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17
        service 17 6001 from 16
        originated 17 6001 > 777
            put 1001 17 INITIATED 6001:INITIATED with 16
        failed 17 6001 > 777 cause 3
            put 1001 17 FAILED 6001:FAILED/BUSY with 16
        1001 DROP 17 as r2
            send CLEAR_CONNECTION_REQ #2
        gone 17 6001
            put 1001 17 DROPPED 6001:DROPPED as r2
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
            send RELEASE_CALL_REQ #3
        conf #2
        cleared 17
        end 17
            delete 1001 17 DROPPED 6001:DROPPED
        1001 RETRIEVE 16 as r3
            send RETRIEVE_CALL_REQ #4
        conf #4
        retrieved 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE as r3",
    );
}

#[test]
fn a_consult_that_is_refused_changes_nothing() {
    talking().check(
        "1001 CONSULT 16 99999 as r1
            send CONSULTATION_CALL_REQ #1
        control #1 14
            error 1001 dialog 16: Call Operation Failure 14 CF_INVALID_DESTINATION as r1
        1001 CONSULT 16 6002 as r2
            send CONSULTATION_CALL_REQ #2",
    );
}

#[test]
fn rest_3_3_nobody_consults_himself() {
    talking().check(
        "1001 CONSULT 16 6001 as r1
            refused InvalidDestination
        1001 SST 16 6001 as r2
            refused InvalidDestination
        1001 call 6001 as r3
            refused InvalidDestination",
    );
}

#[test]
fn the_caller_hangs_up_while_the_agent_consults() {
    consulting().check(
        "gone 16 555
            put 1001 16 ACTIVE 555:DROPPED 6001:HELD with 17
        gone 16 6001
            put 1001 16 DROPPED 555:DROPPED 6001:DROPPED
            put 1001 17 ACTIVE 6001:ACTIVE 6002:ACTIVE
            put 1002 17 ACTIVE 6001:ACTIVE 6002:ACTIVE
            send RELEASE_CALL_REQ #1
        cleared 16
        end 16
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED",
    );
}

#[test]
fn the_consulted_party_hangs_up() {
    consulting().check(
        "gone 17 6002
            put 1001 17 ACTIVE 6001:ACTIVE 6002:DROPPED with 16
            put 1002 17 ACTIVE 6001:ACTIVE 6002:DROPPED with 16
        gone 17 6001
            put 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        cleared 17
        end 17
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED",
    );
}

#[test]
fn who_alternates_moves_the_actions_with_the_calls() {
    consulting().check(
        "held 17 6001
            put 1001 17 ACTIVE 6001:HELD 6002:ACTIVE with 16
            put 1002 17 ACTIVE 6001:HELD 6002:ACTIVE with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17
        retrieved 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE with 17
            put 1001 17 ACTIVE 6001:HELD 6002:ACTIVE with 16
            put 1002 17 ACTIVE 6001:HELD 6002:ACTIVE with 16",
    );
}

#[test]
fn mapping_3_4_only_one_consult_at_a_time() {
    consulting().check(
        "1001 CONSULT 17 6003 as r1
            error 1001 dialog 17: Generic Error 22 CF_INVALID_OBJECT_STATE as r1
        1001 CONSULT 16 6003 as r2
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r2",
    );
}

#[test]
fn mapping_9_a_loss_keeps_the_two_together() {
    consulting().check(
        "lost
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
        finish",
    );
}

#[test]
fn mapping_9_a_first_reading_does_not_guess_the_two_by_the_type() {
    check(
        "live 1001@6001 1002@6002
        lost
        begin-recovery
        told 1001@6001 TALKING
        told 1002@6002 TALKING
        device 1001 16:HOLD 17:CONNECT
            wants 16
            wants 17
        device 1002 17
        call 16 type 2 by 555 to 8000 555:CONNECT 6001:HOLD
        call 17 type 12 by 6001 to 6002 6001:CONNECT 6002:CONNECT
        finish
            user 1001@6001 TALKING
            post 1001 16 ACTIVE 555:ACTIVE 6001:HELD
            post 1001 17 ACTIVE 6001:ACTIVE 6002:ACTIVE
            user 1002@6002 TALKING
            post 1002 17 ACTIVE 6001:ACTIVE 6002:ACTIVE",
    );
}

#[test]
fn mapping_9_a_first_reading_finds_the_two_by_coc_fields() {
    check(
        "live 1001@6001 1002@6002
        lost
        begin-recovery
        told 1001@6001 TALKING
        told 1002@6002 TALKING
        device 1001 16:HOLD 17:CONNECT
            wants 16
            wants 17
        device 1002 17
        call 16 type 2 by 555 to 8000 555:CONNECT 6001:HOLD
        call 17 type 10 by 6001 to 6002 from 16 6001:CONNECT 6002:CONNECT
        finish
            user 1001@6001 TALKING
            post 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17
            post 1001 17 ACTIVE 6001:ACTIVE 6002:ACTIVE with 16
            user 1002@6002 TALKING
            post 1002 17 ACTIVE 6001:ACTIVE 6002:ACTIVE with 16",
    );
}

#[test]
fn mapping_1_2_a_sign_in_finds_the_two() {
    check(
        "live 1001@
        state 1001@6001 TALKING
            user 1001@6001 TALKING
            send AGENT_DESK_SETTINGS_REQ #1
            read 1001@6001
        device 1001 16:HOLD 17:CONNECT
            wants 16
            wants 17
        call 17 type 12 by 6001 to 777 from 16 6001:CONNECT 777:CONNECT
            post 1001 17 ACTIVE 6001:ACTIVE 777:ACTIVE
        call 16 type 2 by 555 to 8000 555:CONNECT 6001:HOLD
            post 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17
            put 1001 17 ACTIVE 6001:ACTIVE 777:ACTIVE with 16",
    );
}

#[test]
fn a_loss_with_a_consult_outstanding_tells_its_outcome_once() {
    talking().check(
        "1001 CONSULT 16 6002 as r1
            send CONSULTATION_CALL_REQ #1
        1001 DTMF 16 1# as r2
        lost
        begin-recovery
        told 1001@6001 TALKING
        told 1002@6002 NOT_READY
        told 1003@6003 NOT_READY
        device 1001 16
            wants 16
        device 1002
        device 1003
        call 16 type 2 by 555 to 8000 var3=gold 555:CONNECT 6001:CONNECT
        finish
            error 1001 dialog 16: Generic Error 0 OUTCOME_UNKNOWN as r1
            error 1001 dialog 16: Generic Error 0 REQUEST_NOT_SENT as r2",
    );
}

#[test]
fn mapping_3_1_the_two_stay_together_when_the_original_gets_another_id() {
    let mut world = consulting();
    world.check(
        "data 16 new 20
            delete 1001 16 ACTIVE 555:ACTIVE 6001:HELD
            put 1001 17 ACTIVE 6001:ACTIVE 6002:ACTIVE with 20
            put 1002 17 ACTIVE 6001:ACTIVE 6002:ACTIVE with 20
            post 1001 20 ACTIVE 555:ACTIVE 6001:HELD with 17
            read 1001@6001",
    );
}

/// The outside number is on both calls, but who consulted has given the second one away.
#[test]
fn mapping_3_1_a_call_and_its_consultation_part_when_who_consulted_leaves() {
    talking().check(
        "held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        begin 17 type 12 by 6001 to 555
            post 1001 17 INITIATING 6001:INITIATING with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17
        service 17 6001 from 16
        established 17 6001 > 555
            put 1001 17 ACTIVE 6001:ACTIVE 555:ACTIVE with 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17
        transferred 17 by 6001 with 555
            delete 1001 17 ACTIVE 6001:DROPPED 555:ACTIVE
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD",
    );
}

/// 1002 has given his leg of the consultation to 777 meanwhile, and a server of version 13 has no COC fields.
#[test]
fn mapping_9_a_consultation_that_was_transferred_during_a_loss_is_none_any_more() {
    consulting().check(
        "lost
        begin-recovery
        told 1001@6001 TALKING
        told 1002@6002 NOT_READY
        told 1003@6003 NOT_READY
        device 1001 16:HOLD 17:CONNECT
            wants 16
            wants 17
        device 1002
        device 1003
        call 16 type 2 by 555 to 8000 var3=gold 555:CONNECT 6001:HOLD
        call 17 type 4 by 6001 to 777 var3=gold 6001:CONNECT 777:CONNECT
        finish
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
            put 1001 17 ACTIVE 6001:ACTIVE 6002:DROPPED 777:ACTIVE
            user 1002@6002 NOT_READY
            delete 1002 17 ACTIVE 6001:ACTIVE 6002:DROPPED 777:ACTIVE",
    );
}
