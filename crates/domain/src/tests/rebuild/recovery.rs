//! Wrong snapshots after a loss (CTI-17, CTI-18), and the end of a doubtful call (CTI-20).

use super::{after_a_loss, check};

#[test]
fn cti_17_with_true_news_all_parties_are_shown_and_nothing_is_marked() {
    let mut world = after_a_loss();
    world.check(
        "device 1001 16
            wants 16
        call 16 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT
        device 1002 16
        finish
        at 139
        at 140
            look 16 by 16/6001 #1
            look at 6001 #2
            look at 6002 #3
        look #1 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT
        look #2 at 6001 16
        look #3 at 6002 16
        end 16
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17
            delete 1002 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17",
    );
    assert_eq!(world.domain.poll_timeout(), None);
}

#[test]
fn cti_18a_an_agent_whom_the_snapshot_lacks_is_shown_from_his_device() {
    let mut world = after_a_loss();
    world.check(
        "device 1001 16
            wants 16
        call 16 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT
        device 1002 16
        finish
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            look 16 by 16/6001 #1
            look at 6001 #2
            look at 6002 #3
        look #1 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT
        look #2 at 6001 16
        look #3 at 6002 16
        at 111
            look 16 by 16/6001 #4
            look at 6001 #5
            look at 6002 #6",
    );
    assert_eq!(world.domain.poll_timeout(), None);
}

#[test]
fn cti_18a_an_outside_party_that_vanished_comes_back_with_the_truth() {
    let mut world = after_a_loss();
    world.check(
        "device 1001 16
            wants 16
        call 16 type 15 to 8000 6001:CONNECT 6002:CONNECT
        device 1002 16
        finish
            put 1001 16 ACTIVE 555:DROPPED 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:DROPPED 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            look 16 by 16/6001 #1
            look at 6001 #2
            look at 6002 #3
            look at 555 #4
        look #1 type 15 to 8000 6001:CONNECT 6002:CONNECT
        look #2 at 6001 16
        look #3 at 6002 16
        look #4 failed 87
        at 111
            look 16 by 16/6001 #5
            look at 6001 #6
            look at 6002 #7
            look at 555 #8
        look #5 type 15 by 555 to 8000 6001:CONNECT 6002:CONNECT 555:CONNECT
        look #6 at 6001 16
        look #7 at 6002 16
        look #8 failed 87
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
        at 113
            look 16 by 16/6001 #9
            look at 6001 #10
            look at 6002 #11
        look #9 type 15 by 555 to 8000 6001:CONNECT 6002:CONNECT 555:CONNECT
        look #10 at 6001 16
        look #11 at 6002 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17",
    );
}

#[test]
fn cti_17_an_outside_party_that_may_have_left_in_the_gap_keeps_the_mark() {
    let mut world = after_a_loss();
    world.check(
        "device 1001 16
            wants 16
        call 16 type 15 to 8000 6001:CONNECT 6002:CONNECT
        device 1002 16
        finish
            put 1001 16 ACTIVE 555:DROPPED 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:DROPPED 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            look 16 by 16/6001 #1
            look at 6001 #2
            look at 6002 #3
            look at 555 #4
        look #1 type 15 to 8000 6001:CONNECT 6002:CONNECT
        look #2 at 6001 16
        look #3 at 6002 16
        look #4 failed 87
        at 111
            look 16 by 16/6001 #5
            look at 6001 #6
            look at 6002 #7
            look at 555 #8
        look #5 type 15 to 8000 6001:CONNECT 6002:CONNECT
        look #6 at 6001 16
        look #7 at 6002 16
        look #8 failed 87
        at 113
            look 16 by 16/6001 #9
            look at 6001 #10
            look at 6002 #11
            look at 555 #12
        look #9 type 15 to 8000 6001:CONNECT 6002:CONNECT
        look #10 at 6001 16
        look #11 at 6002 16
        look #12 failed 87
        at 117
            look 16 by 16/6001 #13
            look at 6001 #14
            look at 6002 #15
            look at 555 #16
        cleared 16 6002
            put 1001 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17
            put 1002 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17",
    );
}

#[test]
fn cti_18b_a_call_that_no_device_lists_is_read_by_itself_and_shown() {
    let mut world = after_a_loss();
    world.check(
        "device 1001
            wants 16
        call 16 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT
        device 1002
        finish
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            look 16 by 16/6001 #1
            look at 6001 #2
            look at 6002 #3
        look #1 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT
        look #2 at 6001
        look #3 at 6002
        at 111
            look 16 by 16/6001 #4
            look at 6001 #5
            look at 6002 #6
        look #4 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT
        look #5 at 6001
        look #6 at 6002
        gone 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17 (rebuilding)
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY
            delete 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:ACTIVE had 17
        gone 16 6002
            put 1002 16 ACTIVE 555:ACTIVE 6001:DROPPED 6002:DROPPED had 17
        cleared 16
            put 1002 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17
        state 1002@6002 NOT_READY
            user 1002@6002 NOT_READY
            send RELEASE_CALL_REQ #1
        end 16
            delete 1002 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17",
    );
}

#[test]
fn cti_18b_an_agent_on_calls_of_which_nothing_is_known_is_looked_after_until_an_event_names_one() {
    let mut world = check("live 1001@6001");
    world.check(
        "lost
        begin-recovery
        told 1001@6001 TALKING
        device 1001
        finish
            user 1001@6001 TALKING
        at 1
            read 1001@6001
        device 1001
        at 3
            read 1001@6001
        device 1001
        held 16 6001
            read 1001@6001
            look 16 by 16/6001 #1
        look #1 type 15 by 555 to 8000 6001:HOLD 555:CONNECT 777:CONNECT
            look at 6001 #2
        look #2 at 6001
            post 1001 16 ACTIVE 6001:HELD 555:ACTIVE 777:ACTIVE (rebuilding)
        device 1001
            look 16 by 16/6001 #3
            look at 6001 #4
        gone 16 6001
            put 1001 16 ACTIVE 6001:DROPPED 555:ACTIVE 777:ACTIVE
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY
            delete 1001 16 ACTIVE 6001:DROPPED 555:ACTIVE 777:ACTIVE",
    );
}

#[test]
fn cti_18c_snapshots_that_leave_out_whom_they_were_asked_by_are_asked_for_by_another() {
    let mut world = check("live 1001@6001 1002@6002");
    world.check(
        "lost
        begin-recovery
        told 1001@6001 TALKING
        told 1002@6002 TALKING
        device 1001 16
            wants 16
        call 16 type 15 by 555 to 8000 555:CONNECT 6002:CONNECT
        device 1002 16
        finish
            user 1001@6001 TALKING
            post 1001 16 ACTIVE 555:ACTIVE 6002:ACTIVE 6001:ACTIVE (rebuilding)
            user 1002@6002 TALKING
            post 1002 16 ACTIVE 555:ACTIVE 6002:ACTIVE 6001:ACTIVE (rebuilding)
            look 16 by 16/6002 #1
            look at 6002 #2
            look at 6001 #3
        look #1 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT
            look 16 by 16/555 #4
        look #2 at 6002 16
        look #3 at 6001 16
        look #4 type 15 by 555 to 8000 6001:CONNECT 6002:CONNECT
            look 16 by 16/6001 #5
            look at 555 #6
        look #5 type 15 by 555 to 8000 555:CONNECT 6002:CONNECT
        look #6 failed 87
        at 1
            look 16 by 16/6002 #7
            look at 6002 #8
            look at 6001 #9
        look #7 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT
        look #8 at 6002 16
        look #9 at 6001 16
        at 3
            look 16 by 16/6002 #10
            look at 6002 #11
            look at 6001 #12
        look #10 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT
        look #11 at 6002 16
        look #12 at 6001 16
            put 1001 16 ACTIVE 555:ACTIVE 6002:ACTIVE 6001:ACTIVE
            put 1002 16 ACTIVE 555:ACTIVE 6002:ACTIVE 6001:ACTIVE",
    );
}

#[test]
fn cti_20_what_no_event_tells_is_read_when_the_agent_leaves_his_calls() {
    let mut world = after_a_loss();
    world.check(
        "device 1001 16
            wants 16
        call 16 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT
        device 1002 16
        finish
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            look 16 by 16/6001 #1
            look at 6001 #2
            look at 6002 #3
        look #1 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT
        look #2 at 6001 16
        look #3 at 6002 16
        at 111
            look 16 by 16/6001 #4
            look at 6001 #5
            look at 6002 #6
        look #4 nothing
        look #5 nothing
        look #6 nothing
        at 112
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY
            look 16 by 16/6001 #7
            look at 6001 #8
            look at 6002 #9
        look #7 failed 13
            look 16 by 16/555 #10
        look #8 at 6001
        look #9 at 6002
        look #10 failed 13
            look 16 by 16/6002 #11
        look #11 failed 13
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17
            delete 1002 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17",
    );
    assert_eq!(world.domain.poll_timeout(), None);
}

#[test]
fn cti_20_a_marked_call_that_ends_leaves_nothing_behind() {
    let mut world = after_a_loss();
    world.check(
        "device 1001 16
            wants 16
        call 16 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT
        device 1002 16
        finish
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17 (rebuilding)
            look 16 by 16/6001 #1
            look at 6001 #2
            look at 6002 #3
        end 16
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17
            delete 1002 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED had 17
        look #1 failed 13",
    );
    assert_eq!(world.domain.poll_timeout(), None);
}

#[test]
fn a_conference_learned_from_snapshots_is_read_now_and_then_and_marked_if_it_differs() {
    let mut world = after_a_loss();
    world.check(
        "device 1001 16
            wants 16
        call 16 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT
        device 1002 16
        finish
        at 140
            look 16 by 16/6001 #1
            look at 6001 #2
            look at 6002 #3
        look #1 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT 777:CONNECT
        look #2 at 6001 16
        look #3 at 6002 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 777:ACTIVE had 17 (rebuilding)
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 777:ACTIVE had 17 (rebuilding)
        at 141
            look 16 by 16/6001 #4
            look at 6001 #5
            look at 6002 #6
        look #4 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT 777:CONNECT
        look #5 at 6001 16
        look #6 at 6002 16
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 777:ACTIVE had 17
            put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE 777:ACTIVE had 17",
    );
}
