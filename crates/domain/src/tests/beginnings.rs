//! Where the scripts of calls of several parties begin.

use super::check;
use super::script::World;

/// 1001 has answered a call from outside.
pub(super) fn talking() -> World {
    check(
        "live 1001@6001 1002@6002 1003@6003
        begin 16 type 2 by 555 to 8000 var3=gold
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
        established 16 555 > 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
        state 1001@6001 TALKING
            user 1001@6001 TALKING",
    )
}

/// 1001 has put it on hold and talks to 1002.
pub(super) fn consulting() -> World {
    let mut world = talking();
    world.check(
        "held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        begin 17 type 12 by 6001 to 6002 var3=gold
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
            user 1002@6002 TALKING",
    );
    world
}

/// 1001 has put the caller and 1002 through to each other, and stayed.
pub(super) fn conferring() -> World {
    let mut world = consulting();
    world.check(
        "conferenced 16 17 by 6001 with 555 6001 6002
            delete 1001 17 DROPPED 6001:DROPPED 6002:DROPPED
            delete 1002 17 DROPPED 6001:DROPPED 6002:DROPPED
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17
            post 1002 16 ACTIVE 555:ACTIVE 6001:ACTIVE 6002:ACTIVE had 17
        data 16 type 15
        end 17",
    );
    world
}
