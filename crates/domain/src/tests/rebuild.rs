//! Wrong conference notifications (failover.md CTI-16 to CTI-20): marked, never shown as if they were certain, and
//! right again without anybody's help.

use super::check;
use super::script::World;

/// 1001, 1002 and the outside number 555 are in conference 16, all of them told by events.
const CONFERENCE: &str = "
    live 1001@6001 1002@6002 1003@6003
    begin 16 type 2 by 555 to 8000
    delivered 16 555 > 6001
        post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
    established 16 555 > 6001
        put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
    state 1001@6001 TALKING
        user 1001@6001 TALKING
    retrieved 16 6002
        put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE
        post 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE
    state 1002@6002 TALKING
        user 1002@6002 TALKING
    data 16 type 15
        put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE
        put 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE
";

/// The session is lost, and another is open; the agents are as they were.
const LOST: &str = "
    at 100
    lost
    at 110
    begin-recovery
    told 1001@6001 TALKING
    told 1002@6002 TALKING
    told 1003@6003 NOT_READY
    device 1003
";

fn in_conference(then: &str) -> World {
    let mut world = check(CONFERENCE);
    world.check(then);
    world
}

#[test]
fn cti_17_with_true_news_all_parties_are_shown_and_nothing_is_marked() {
    let mut world = in_conference(LOST);
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
        parties #1 16 type 15 by 555 to 8000 555:CONNECT 6001:CONNECT 6002:CONNECT
        calls #2 6001 16
        calls #3 6002 16
        cleared 16
            put 1001 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED
            put 1002 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED
        end 16
            delete 1001 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 16 DROPPED 555:DROPPED 6001:DROPPED 6002:DROPPED",
    );
    assert_eq!(world.domain.poll_timeout(), None);
}
