//! Wrong conference notifications (failover.md CTI-16 to CTI-20): marked, never shown as if they were certain, and
//! right again without anybody's help. The looks are those of `crate::rebuild`.

mod events;
mod recovery;
mod sign_in;

use super::check;
use super::script::World;

/// 1001 talks to the outside number 555, and consults 1002 about it.
const CONSULTING: &str = "
    live 1001@6001 1002@6002 1003@6003
    begin 16 type 2 by 555 to 8000
    delivered 16 555 > 6001
        post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
    established 16 555 > 6001
        put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
    state 1001@6001 TALKING
        user 1001@6001 TALKING
    held 16 6001
        put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
    begin 17 type 12 by 6001 to 6002
        post 1001 17 INITIATING 6001:INITIATING with 16
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
        put 1001 16 ACTIVE 555:ACTIVE 6001:HELD with 17
    state 1002@6002 TALKING
        user 1002@6002 TALKING
";

/// They are in conference 16, the session is lost, another is open, and the agents are as they were.
const CONFERENCE_LOST: &str = "
    conferenced 16 17 by 6001 with 555 6001 6002
        delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
        delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
        put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17
        post 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17
    data 16 type 15
    end 17
    at 100
    lost
    at 110
    begin-recovery
    told 1001@6001 TALKING
    told 1002@6002 TALKING
    told 1003@6003 NOT_READY
    device 1003
";

fn consulting() -> World {
    check(CONSULTING)
}

fn after_a_loss() -> World {
    let mut world = consulting();
    world.check(CONFERENCE_LOST);
    world
}
