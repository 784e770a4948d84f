//! Mobile agents (rest-api.md section 5.3, mapping.md sections 1, 4.1, 5 and 9).

use ged188::Message;

use super::check;
use super::script::World;
use crate::command::Output;
use crate::view::MobileMode;

fn mode(world: &World) -> Option<MobileMode> {
    world.user("1001").mobile.map(|mobile| mobile.mode)
}

fn signing_in(how: &str) -> World {
    let mut world = check("live 1001@");
    world.check(&format!(
        "1001 LOGIN 6001 {how} as r1
            send AGENT_DESK_SETTINGS_REQ #1
            send SET_AGENT_STATE_REQ #2
        conf #2"
    ));
    world
}

#[test]
fn mapping_1_a_mobile_login_names_mode_and_phone() {
    for (how, work_mode) in [("mobile 555", 3), ("mobile 555 nailed", 4)] {
        let mut world = check("live 1001@");
        let words: Vec<&str> = how.split_whitespace().collect();
        world.play_only(&[&["1001", "LOGIN", "6001"], &words[..]].concat());
        let requests = std::iter::from_fn(|| world.domain.poll_output());
        let login = requests.into_iter().find_map(|output| match output {
            Output::Request(_, Message::SetAgentStateReq(request)) => Some(request),
            _ => None,
        });
        let login = login.unwrap();
        assert_eq!((login.agent_work_mode.0, login.agent_instrument.as_str()), (work_mode, "6001;555"));
    }
}

#[test]
fn rest_5_1_a_mobile_session_shows_until_the_sign_out() {
    let mut world = signing_in("mobile 555");
    world.check(
        "state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY as r1
            read 1001@6001",
    );
    let mobile = world.user("1001").mobile.unwrap();
    assert_eq!((mobile.mode, mobile.dial_number.as_str()), (MobileMode::CallByCall, "555"));
    world.play("state 1001@6001 LOGOUT");
    assert_eq!(mode(&world), None);
    world.play("state 1001@6001 NOT_READY");
    assert_eq!(mode(&world), None, "who signs in elsewhere is not known");
}

#[test]
fn mapping_9_a_mobile_session_is_lost_until_the_next_login() {
    let mut world = signing_in("mobile 555 nailed");
    world.play("state 1001@6001 NOT_READY");
    assert_eq!(mode(&world), Some(MobileMode::NailedConnection));
    world.check(
        "lost
        begin-recovery
        told 1001@6001 NOT_READY
        device 1001
        finish
            user 1001@6001 NOT_READY",
    );
    assert_eq!(mode(&world), None);
    world.play("1001 LOGIN 6001 mobile 555 nailed as r2");
    world.play("device 1001");
    assert_eq!(mode(&world), Some(MobileMode::NailedConnection));
}

#[test]
fn mapping_4_1_who_may_not_be_mobile_hears_it() {
    check("live 1001@").check(
        "1001 LOGIN 6001 mobile 555 as r1
            send AGENT_DESK_SETTINGS_REQ #1
            send SET_AGENT_STATE_REQ #2
        control #2 265
            error 1001 user: Mode Not Allowed 265 CF_INVALID_AGENT_WORKMODE as r1",
    );
}

#[test]
fn a_line_that_cannot_be_put_up_is_an_error_of_the_login() {
    let mut world = signing_in("mobile 555 nailed");
    world.check(
        "state 1001@ LOGOUT reason 50040
            user 1001@ LOGOUT (Mobile Agent Call Fail)
            error 1001 user: Invalid Device 50040 MOBILE_AGENT_CALL_FAILED as r1
        at 60",
    );
}
