//! What the loss of our own session does to agents is undone once (what speaks for and against it: `own_loss`).

use super::check;
use super::script::World;

/// 1001 is READY; the session is lost at 100 and open again at 105.
const READY: &str = "
    live 1001@6001
    state 1001@6001 READY
        user 1001@6001 READY
    at 100
    session-lost
    at 105
    begin-recovery
";

/// He has been Not Ready for 5 s, since the loss.
const STRUCK: &str = "
    team 1001 NOT_READY for 5
    told 1001@6001 NOT_READY
    device 1001
";

/// READY is asked for when his desktop has heard of it, and comes as an event without a requestId.
const RESTORED: &str = "
    finish
        user 1001@6001 NOT_READY
    heard 1001
        send SET_AGENT_STATE_REQ #1
    conf #1
    state 1001@6001 READY
        user 1001@6001 READY
";

fn lost() -> World {
    check(READY)
}

#[test]
fn who_was_ready_is_ready_again() {
    let mut world = lost();
    world.check(STRUCK);
    world.check(RESTORED);
    world.check("state 1001@6001 NOT_READY reason 50002\n user 1001@6001 NOT_READY (Connection Failure)");
    assert_eq!(world.domain.counters().restored_ready, 1, "once a loss");
}

#[test]
fn a_second_loss_is_undone_again() {
    let mut world = lost();
    world.check(STRUCK);
    world.check(RESTORED);
    world.check(
        "at 200
        session-lost
        begin-recovery
        team 1001 NOT_READY for 0
        told 1001@6001 NOT_READY
        device 1001
        finish
            user 1001@6001 NOT_READY
        heard 1001
            send SET_AGENT_STATE_REQ #2",
    );
}

#[test]
fn an_event_with_the_reason_is_proof_enough() {
    lost().check(
        "state 1001@6001 NOT_READY reason 50002
        device 1001
        finish
            user 1001@6001 NOT_READY (Connection Failure)
        heard 1001
            send SET_AGENT_STATE_REQ #1",
    );
}

#[test]
fn without_a_proof_nothing_is_undone() {
    lost().check(
        "told 1001@6001 NOT_READY
        device 1001
        finish
            user 1001@6001 NOT_READY
        heard 1001",
    );
}

#[test]
fn another_reason_is_never_undone() {
    lost().check(
        "state 1001@6001 NOT_READY reason 999
        device 1001
        finish
            user 1001@6001 NOT_READY (Supervisor Initiated)
        heard 1001",
    );
}

#[test]
fn desk_x1_who_was_signed_out_by_the_loss_stays_so() {
    lost().check(
        "state 1001@6001 LOGOUT reason 50002
        finish
            user 1001@ LOGOUT (System Failure)
        heard 1001",
    );
}

#[test]
fn a_peripheral_that_went_offline_is_no_loss_of_ours() {
    check(
        "live 1001@6001
        state 1001@6001 READY
            user 1001@6001 READY
        at 100
        lost
        begin-recovery
        team 1001 NOT_READY for 0
        told 1001@6001 NOT_READY
        device 1001
        finish
            user 1001@6001 NOT_READY
        heard 1001",
    );
}

#[test]
fn a_request_under_way_at_the_loss_is_an_act() {
    check(
        "live 1001@6001
        state 1001@6001 READY
            user 1001@6001 READY
        1001 NOT_READY as r1
            send SET_AGENT_STATE_REQ #1
        at 100
        session-lost
        begin-recovery
        state 1001@6001 NOT_READY reason 50002
        device 1001
        finish
            user 1001@6001 NOT_READY (Connection Failure)
            error 1001 user: Generic Error 0 OUTCOME_UNKNOWN as r1
        heard 1001",
    );
}

#[test]
fn who_asks_for_a_state_first_is_left_alone() {
    let mut world = lost();
    world.check(STRUCK);
    world.check(
        "finish
            user 1001@6001 NOT_READY
        1001 NOT_READY 7 as r1
            send SET_AGENT_STATE_REQ #1
        heard 1001",
    );
}

#[test]
fn a_desktop_that_comes_back_within_a_minute_is_waited_for() {
    for (at, sent) in [(164, "send SET_AGENT_STATE_REQ #1"), (165, "")] {
        let mut world = lost();
        world.check(STRUCK);
        world.check(&format!(
            "finish
                user 1001@6001 NOT_READY
            at {at}
            heard 1001
                {sent}"
        ));
    }
}

#[test]
fn a_call_goes_on_and_its_end_is_waited_for() {
    check(
        "live 1001@6001
        state 1001@6001 READY
            user 1001@6001 READY
        begin 16 type 2 by 555 to 8000
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
        established 16 555 > 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
        state 1001@6001 TALKING
            user 1001@6001 TALKING
        at 100
        session-lost
        begin-recovery
        told 1001@6001 TALKING
        device 1001 16
            wants 16
        call 16 type 2 to 8000 555:CONNECT 6001:CONNECT
        finish
        at 900
        1001 HOLD 16 as r1
            send HOLD_CALL_REQ #1
        state 1001@6001 NOT_READY reason 50002
            user 1001@6001 NOT_READY (Connection Failure)
        heard 1001
            send SET_AGENT_STATE_REQ #2",
    );
}

/// On a call over the loss, and what is told before CTI makes him Not Ready at its end.
fn after_a_call(told: &str, sent: &str) {
    check(&format!(
        "live 1001@6001
        state 1001@6001 READY
            user 1001@6001 READY
        begin 16 type 2 by 555 to 8000
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
        established 16 555 > 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
        state 1001@6001 TALKING
            user 1001@6001 TALKING
        at 100
        session-lost
        begin-recovery
        told 1001@6001 TALKING
        device 1001 16
            wants 16
        call 16 type 2 to 8000 555:CONNECT 6001:CONNECT
        finish
        {told}
        state 1001@6001 NOT_READY reason 50002
            user 1001@6001 NOT_READY (Connection Failure)
        heard 1001
            {sent}"
    ));
}

/// What he asks of the other node shows as the state that follows the call.
#[test]
fn who_asked_elsewhere_to_be_not_ready_after_his_call_is_left_alone() {
    let asked = "state 1001@6001 TALKING next NOT_READY\n user 1001@6001 TALKING then NOT_READY";
    after_a_call(&format!("at 106\n {asked}"), "");
    after_a_call(&format!("at 105\n {asked}"), "send SET_AGENT_STATE_REQ #1");
    after_a_call("at 106\n state 1001@6001 TALKING next READY", "send SET_AGENT_STATE_REQ #1");
    after_a_call(
        "at 106\n state 1001@6001 HOLD next NOT_READY\n user 1001@6001 HOLD then NOT_READY",
        "send SET_AGENT_STATE_REQ #1",
    );
}

#[test]
fn a_refusal_is_not_tried_again_and_nobody_hears_of_it() {
    let mut world = lost();
    world.check(STRUCK);
    world.check(
        "finish
            user 1001@6001 NOT_READY
        heard 1001
            send SET_AGENT_STATE_REQ #1
        control #1 22
        heard 1001",
    );
}

#[test]
fn a_loss_while_ready_is_being_asked_for_does_not_ask_twice() {
    let mut world = lost();
    world.check(STRUCK);
    world.check(
        "finish
            user 1001@6001 NOT_READY
        heard 1001
            send SET_AGENT_STATE_REQ #1
        session-lost
        begin-recovery
        team 1001 NOT_READY for 5
        told 1001@6001 NOT_READY
        device 1001
        finish
        heard 1001",
    );
}

#[test]
fn it_can_be_switched_off() {
    let mut world = World::without_restoring();
    world.check(READY);
    world.check(STRUCK);
    world.check("finish\n user 1001@6001 NOT_READY\n heard 1001");
}
