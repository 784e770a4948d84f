//! Wrong events (CTI-18c), with the phone working all the while (CTI-19).

use super::consulting;

#[test]
fn cti_18c_a_merge_without_a_party_keeps_it_and_is_marked_until_the_reads_agree() {
    let mut world = consulting();
    world.check(
        "conferenced 16 17 by 6001 with 555 6001
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            post 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            look 16 by 6001 #1
            look at 6001 #2
            look at 6002 #3
        data 16 type 15
        end 17
        look #1 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT
        look #2 at 6001 16
        look #3 at 6002 16
        at 1
            look 16 by 6001 #4
            look at 6001 #5
            look at 6002 #6
        look #4 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT
        look #5 at 6001 16
        look #6 at 6002 16
        at 3
            look 16 by 16/6001 #7
            look at 6001 #8
            look at 6002 #9
        look #7 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT
        look #8 at 6001 16
        look #9 at 6002 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17",
    );
}

#[test]
fn cti_18c_a_merge_with_a_stranger_never_shows_him_and_cti_19_the_phone_works() {
    let mut world = consulting();
    world.check(
        "conferenced 16 17 by 6001 with 555 6001 6003
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            post 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            look 16 by 6001 #1
            look at 6001 #2
            look at 6002 #3
        data 16 type 15
        end 17
        look #1 type 15 by 555 to 8000 555:CONNECT 6002:CONNECT
            look 16 by 16/555 #4
        look #2 at 6001 16
        look #3 at 6002 16
        look #4 type 15 by 555 to 8000 6001:CONNECT 6002:CONNECT
            look 16 by 16/6002 #5
            look at 555 #6
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE had 17 (rebuilding)
        retrieved 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
        1001 HOLD 16 as r1
            send HOLD_CALL_REQ #1
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE had 17 (rebuilding) as r1
            put 1002 16 ACTIVE 555:ACTIVE 6001:HELD 6002:ACTIVE had 17 (rebuilding)
        gone 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17 (rebuilding)
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY
            delete 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17",
    );
}

#[test]
fn cti_18c_a_merge_that_is_told_again_after_a_party_left_brings_nobody_back() {
    let mut world = consulting();
    world.check(
        "conferenced 16 17 by 6001 with 555 6001 6002
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17
            post 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17
        data 16 type 15
        end 17
        conferenced 16 17 by 6001 with 555 6001 6002
        gone 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
        gone 16 6001
        conferenced 16 17 by 6001 with 555 6001 6002
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17 (rebuilding)
            look 16 by 6002 #1
            look at 6002 #2
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY
            delete 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
        look #1 type 15 by 555 to 8000 555:CONNECT 6002:CONNECT
        look #2 at 6002 16
        at 1
            look 16 by 16/6002 #3
            look at 6002 #4
        look #3 type 15 by 555 to 8000 555:CONNECT 6002:CONNECT
        look #4 at 6002 16
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17",
    );
}
