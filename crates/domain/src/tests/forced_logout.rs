//! The forced logout of a desktop that is gone (DESK-1, DESK-5r1, DESK-X1).

use std::time::Duration;

use ged188::Message;

use super::check;
use super::script::World;
use crate::command::Output;
use crate::forced_logout::{Forced, LogoutOrder};
use crate::ids::AgentId;

fn sent(world: &mut World, agent: &str) -> Option<(u16, u16, u8, String, String, String)> {
    world.domain.force_logout(&AgentId::from(agent), LogoutOrder(7), world.now);
    match world.domain.poll_output()? {
        Output::Request(_, Message::SetAgentStateReq(req)) => Some((
            req.agent_state.0,
            req.event_reason_code,
            req.forced_flag.0,
            req.agent_instrument,
            req.agent_id,
            req.agent_password,
        )),
        other => panic!("{other:?}"),
    }
}

fn fields(instrument: &str) -> Option<(u16, u16, u8, String, String, String)> {
    Some((1, 255, 1, instrument.to_owned(), "1001".to_owned(), String::new()))
}

#[test]
fn desk_1_the_request_has_255_the_forced_flag_and_no_password() {
    let mut world = check("live 1001@6001");
    assert_eq!(sent(&mut world, "1001"), fields("6001"));
    world.check(
        "conf #1
            forced 7 Accepted
        state 1001@6001 NOT_READY reason 50002
            user 1001@6001 NOT_READY (Connection Failure)",
    );
    assert_eq!(world.domain.counters().forced_logouts, 1);
}

#[test]
fn desk_x1_with_load_1_he_is_signed_out() {
    let mut world = check("live 1001@6001");
    sent(&mut world, "1001");
    world.check("conf #1\n forced 7 Accepted\n state 1001@6001 LOGOUT reason 50002\n user 1001@ LOGOUT (System Failure)");
}

#[test]
fn desk_5r1_for_one_who_is_signed_out_it_is_sent_and_a_refusal_disturbs_nobody() {
    let mut world = check("live 1001@6001\n state 1001@6001 LOGOUT\n user 1001@ LOGOUT");
    assert_eq!(sent(&mut world, "1001"), fields("6001"));
    world.check("control #1 256\n forced 7 Refused");
}

#[test]
fn an_order_that_the_loss_or_silence_overtakes_is_unknown_and_one_after_it_is_not_sent() {
    let mut world = check("live 1001@6001");
    sent(&mut world, "1001");
    world.domain.lost_session(world.now);
    assert_eq!(world.domain.poll_output(), Some(Output::Forced(LogoutOrder(7), Forced::Unknown)));
    world.check("conf #1");
    world.domain.force_logout(&AgentId::from("1001"), LogoutOrder(8), world.now);
    assert_eq!(world.domain.poll_output(), Some(Output::Forced(LogoutOrder(8), Forced::NotSent)));
    let mut world = check("live 1001@6001");
    sent(&mut world, "1001");
    world.now.mono += Duration::from_secs(29);
    world.domain.handle_timeout(world.now);
    assert_eq!(world.domain.poll_output(), None);
    world.now.mono += Duration::from_secs(2);
    world.domain.handle_timeout(world.now);
    assert_eq!(world.domain.poll_output(), Some(Output::Forced(LogoutOrder(7), Forced::Unknown)));
}

#[test]
fn desk_7r2_a_call_and_one_on_its_way_are_known_and_wrap_up_is_none() {
    let mut world = check("live 1001@6001");
    let ada = AgentId::from("1001");
    for (state, has_call) in [
        ("READY", false),
        ("RESERVED", true),
        ("TALKING", true),
        ("HOLD", true),
        ("WORK", false),
        ("NOT_READY", false),
        ("LOGOUT", false),
    ] {
        world.play(&format!("state 1001@6001 {state}"));
        assert_eq!(world.domain.has_call(&ada), has_call, "{state}");
    }
    let mut world = check("live 1001@6001 1002@6002");
    world.play("begin 16 type 2 by 555 to 8000");
    world.play("delivered 16 555 > 6001");
    assert!(world.domain.has_call(&ada), "it rings, whatever the state says");
    assert!(!world.domain.has_call(&AgentId::from("1002")));
}

#[test]
fn what_it_does_is_not_undone_as_work_of_our_own_loss() {
    let mut world = check(
        "live 1001@6001
        state 1001@6001 READY
            user 1001@6001 READY
        at 100
        session-lost
        begin-recovery
        told 1001@6001 READY
        device 1001
        finish",
    );
    sent(&mut world, "1001");
    world.check(
        "conf #1
            forced 7 Accepted
        state 1001@6001 NOT_READY reason 50002
            user 1001@6001 NOT_READY (Connection Failure)
        heard 1001",
    );
}
