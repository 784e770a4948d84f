//! Wrong snapshots for an agent who signs in during a conference (CTI-16).

use super::check;
use crate::tests::script::World;

#[test]
fn cti_16_and_18b_a_call_that_the_device_leaves_out_at_sign_in_is_known_from_its_events() {
    let mut world = check(
        "live 1001@
        begin 16 type 2 by 555 to 8000
        delivered 16 555 > 6001
        established 16 555 > 6001
        retrieved 16 6009
        data 16 type 15",
    );
    world.check(
        "state 1001@6001 TALKING
            user 1001@6001 TALKING
            send AGENT_DESK_SETTINGS_REQ #1
            read 1001@6001
        device 1001
            look 16 by 16/6001 #1
            look at 6001 #2
        look #1 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6009:CONNECT
        look #2 at 6001
            post 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6009:ACTIVE (rebuilding)
        at 1
            look 16 by 16/6001 #3
            look at 6001 #4
        look #3 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6009:CONNECT
        look #4 at 6001
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6009:ACTIVE (rebuilding)
        gone 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6009:ACTIVE
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY
            delete 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6009:ACTIVE",
    );
}

#[test]
fn cti_16_and_18a_a_conference_of_two_is_doubted_until_somebody_is_told_to_have_left() {
    let mut world = check("live 1001@");
    world.check(
        "state 1001@6001 TALKING
            user 1001@6001 TALKING
            send AGENT_DESK_SETTINGS_REQ #1
            read 1001@6001
        device 1001 16
            wants 16
        call 16 type 15 by 555 to 8000 6001:CONNECT 555:CONNECT
            post 1001 16 ACTIVE 6001:ACTIVE 555:ACTIVE (rebuilding)
            look 16 by 16/6001 #1
            look at 6001 #2
        look #1 type 15 by 555 to 8000 6001:CONNECT 555:CONNECT
        look #2 at 6001 16
        at 1
            look 16 by 16/6001 #3
            look at 6001 #4
        look #3 type 15 by 555 to 8000 6001:CONNECT 555:CONNECT
        look #4 at 6001 16
        at 3
            look 16 by 16/6001 #5
            look at 6001 #6
        look #5 type 15 by 555 to 8000 6001:CONNECT 555:CONNECT
        look #6 at 6001 16
        gone 16 6009
        at 7
            look 16 by 16/6001 #7
            look at 6001 #8
        look #7 type 15 by 555 to 8000 6001:CONNECT 555:CONNECT
        look #8 at 6001 16
        at 15
            look 16 by 16/6001 #9
            look at 6001 #10
        look #9 type 15 by 555 to 8000 6001:CONNECT 555:CONNECT
        look #10 at 6001 16
            put 1001 16 ACTIVE 6001:ACTIVE 555:ACTIVE",
    );
}

/// 1001 signs in while he holds a conference and consults 6009 about it, and his device leaves the conference out.
fn consults_alone(from: &str) -> World {
    let mut world = check("live 1001@");
    world.check(&format!(
        "state 1001@6001 TALKING
            user 1001@6001 TALKING
            send AGENT_DESK_SETTINGS_REQ #1
            read 1001@6001
        device 1001 17
            wants 17
        call 17 type 12{from} by 6001 to 6009 6001:CONNECT 6009:CONNECT
            post 1001 17 ACTIVE 6001:ACTIVE 6009:ACTIVE
            {}",
        if from.is_empty() { "" } else { "look 16 by 16/6001 #1" }
    ));
    world
}

#[test]
fn cti_18b_a_call_that_is_consulted_about_is_asked_for_by_itself() {
    consults_alone(" from 16").check(
        "look #1 type 15 by 555 to 8000 6001:HOLD 555:CONNECT 6009:CONNECT
            look at 6001 #2
        look #2 at 6001 17
            post 1001 16 ACTIVE 6001:HELD 555:ACTIVE 6009:ACTIVE with 17 (rebuilding)
            put 1001 17 ACTIVE 6001:ACTIVE 6009:ACTIVE with 16",
    );
}

#[test]
fn cti_18b_a_device_that_lists_a_consultation_alone_is_read_again() {
    consults_alone("").check(
        "at 1
            read 1001@6001
        device 1001 17 16
            wants 17
            wants 16
        call 17 type 12 by 6001 to 6009 6001:CONNECT 6009:CONNECT
        call 16 type 15 by 555 to 8000 6001:HOLD 555:CONNECT 6009:CONNECT
            post 1001 16 ACTIVE 6001:HELD 555:ACTIVE 6009:ACTIVE
            put 1001 17 ACTIVE 6001:ACTIVE 6009:ACTIVE",
    );
}

#[test]
fn cti_18b_a_call_that_he_places_meanwhile_is_not_the_one_that_is_looked_for() {
    let mut world = check("live 1001@");
    world.check(
        "state 1001@6001 HOLD
            user 1001@6001 HOLD
            send AGENT_DESK_SETTINGS_REQ #1
            read 1001@6001
        device 1001
        begin 17 type 9 by 6001 to 555
            post 1001 17 INITIATING 6001:INITIATING
        state 1001@6001 TALKING
            user 1001@6001 TALKING
        at 1
            read 1001@6001
        device 1001 17
            wants 17
        call 17 type 9 by 6001 to 555 6001:CONNECT 555:CONNECT
            put 1001 17 ACTIVE 6001:ACTIVE 555:ACTIVE
        at 3
            read 1001@6001",
    );
}
