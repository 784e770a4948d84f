//! Sign-in (mapping.md sections 1 and 1.2).

use ged188::{AgentServiceReq, AgentState, ForcedFlag, Message, SetAgentStateReq};

use super::check;
use super::script::{PERIPHERAL, World};
use crate::command::{Change, Command, Output};
use crate::ids::{AgentId, Extension, Secret};
use crate::view::WrapUpMode;

#[test]
fn mapping_1_2_sign_in_end_to_end() {
    let mut world = check(
        "live 1001@
        1001 LOGIN 6001 as r1
            send AGENT_DESK_SETTINGS_REQ #1
            send SET_AGENT_STATE_REQ #2
        conf #2
        desk #1 0 2
        state 1001@6001 LOGIN
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY as r1
            read 1001@6001
        device 1001 16
            wants 16
        call 16 type 2 to 8000 555:CONNECT 6001:CONNECT
            post 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
        state 1001@6001 TALKING
            user 1001@6001 TALKING",
    );
    let user = world.user("1001");
    assert_eq!(
        (user.wrap_up_incoming, user.wrap_up_outgoing),
        (WrapUpMode::Required, WrapUpMode::NotAllowed)
    );
    assert_eq!(world.dialog(16).legs[0].started, None, "nobody knows since when");
    world.check(
        "1001 HOLD 16 as r2
            send HOLD_CALL_REQ #3",
    );
}

#[test]
fn mapping_3_6_no_wrap_up_reason_where_the_settings_allow_none() {
    let mut world = check(
        "live 1001@6001
        1001 LOGIN 6001
            send AGENT_DESK_SETTINGS_REQ #1
            read 1001@6001
        begin 16 type 6 by 555
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
        service 17 6001
            post 1001 17 INITIATING 6001:INITIATING
        desk #1 1 2
            user 1001@6001 NOT_READY
            put 1001 17 INITIATING 6001:INITIATING",
    );
    assert_eq!(world.dialog(16).wrap_up_reason.as_deref(), Some(""));
    assert_eq!(world.dialog(17).wrap_up_reason, None);
    world.check("desk #1 1 1");
}

#[test]
fn mapping_3_6_a_dialog_leaves_in_the_form_that_its_reader_knew() {
    let mut world = check("live 1001@6001");
    world.play("1001 LOGIN 6001");
    world.play("desk #1 1 2");
    world.play("service 17 6001");
    let known = world.dialog(17);
    assert_eq!((known.call_type, known.wrap_up_reason), ("OUT", None));
    world.play_only(&["state", "1001@6001", "LOGOUT"]);
    let outputs = std::iter::from_fn(|| world.domain.poll_output());
    let removed = outputs.filter_map(|output| match output {
        Output::Changed(Change::DialogRemoved { dialog, .. }) => Some(dialog),
        Output::Changed(_)
        | Output::Request(..)
        | Output::ReadDevice(..)
        | Output::Look(_)
        | Output::Forced(..) => None,
    });
    let last: Vec<_> = removed.map(|dialog| (dialog.call_type, dialog.wrap_up_reason)).collect();
    assert_eq!(last, [("OUT", None)]);
}

#[test]
fn the_order_of_conf_and_event_is_free() {
    check(
        "live 1001@
        1001 LOGIN 6001 as r1
            send AGENT_DESK_SETTINGS_REQ #1
            send SET_AGENT_STATE_REQ #2
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY as r1
            read 1001@6001
        conf #2
        state 1001@6001 READY
            user 1001@6001 READY",
    );
}

fn sent(world: &mut World) -> Vec<Message> {
    let outputs = std::iter::from_fn(|| world.domain.poll_output());
    outputs
        .filter_map(|output| match output {
            Output::Request(_, message) => Some(message),
            Output::Changed(_) | Output::ReadDevice(..) | Output::Look(_) | Output::Forced(..) => None,
        })
        .collect()
}

#[test]
fn mapping_1_the_fields_of_a_login() {
    let mut world = check("live 1001@");
    let (agent, extension) = (AgentId::from("1001"), Extension::from("6001"));
    let password = Secret::new("pass word");
    world
        .domain
        .command(Command::SignIn { agent, extension, password, mobile: None }, None, world.now)
        .unwrap();
    let expected = SetAgentStateReq {
        peripheral_id: PERIPHERAL,
        agent_state: AgentState::LOGIN,
        forced_flag: ForcedFlag::FALSE,
        agent_service_req: AgentServiceReq::OUTBOUND_SUPPORT,
        agent_instrument: "6001".into(),
        agent_id: "1001".into(),
        agent_password: "pass word".into(),
        ..Default::default()
    };
    assert_eq!(sent(&mut world)[1], Message::SetAgentStateReq(expected));
}

#[test]
fn mapping_1_signed_in_at_the_same_extension_nothing_is_sent_and_all_is_published() {
    let mut world = check(
        "live 1001@6001
        begin 16 type 2 by 555
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
        1001 LOGIN 6001 as r1
            send AGENT_DESK_SETTINGS_REQ #1
            read 1001@6001
        device 1001 16
            wants 16
        call 16 type 2 by 555 555:CONNECT 6001:ALERTING
            user 1001@6001 NOT_READY as r1
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING",
    );
    world.check(
        "1001 LOGIN 6001 as r2
            read 1001@6001
        1001 LOGIN 6001 as r3
        device 1001 failed
            user 1001@6001 NOT_READY as r2
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
            user 1001@6001 NOT_READY as r3
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING",
    );
}

#[test]
fn a_client_that_repeats_its_sign_in_without_end_is_told_to_wait() {
    let mut world = check("live 1001@6001");
    world.play("1001 LOGIN 6001 as r0");
    (1..16).for_each(|n| assert!(world.play(&format!("1001 LOGIN 6001 as r{n}")).is_empty()));
    assert_eq!(world.play("1001 LOGIN 6001 as r16"), ["refused Busy"]);
    let said = world.play("device 1001");
    assert_eq!((said.len(), said[15].as_str()), (16, "user 1001@6001 NOT_READY as r15"));
    assert_eq!(world.play("1001 LOGIN 6001 as r17"), ["read 1001@6001"]);
}

#[test]
fn an_unknown_agent_is_asked_for_once_however_often_he_tries() {
    let mut world = check("live 1001@6001");
    let asked = |world: &mut World| {
        world.domain.known(super::script::person("1002"), world.now);
        sent(world).len()
    };
    assert_eq!((asked(&mut world), asked(&mut world)), (1, 0));
    world.check("at 30");
    assert_eq!(asked(&mut world), 1, "no answer came in time");
    world.check("failure #2 9\n user 1002@ LOGOUT");
    assert_eq!((asked(&mut world), world.domain.poll_timeout()), (0, None));
}

#[test]
fn mapping_4_1_a_sign_in_that_could_not_be_looked_into_is_refused() {
    check(
        "live 1001@
        1001 LOGIN 6001 as r1
            send AGENT_DESK_SETTINGS_REQ #1
            send SET_AGENT_STATE_REQ #2
        control #2 259
            send QUERY_AGENT_STATE_REQ #3
        at 30
            error 1001 user: Device Busy 259 CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON as r1",
    );
}

#[test]
fn a_person_is_found_by_his_new_name_only() {
    let mut world = check("live 1001@");
    let renamed = crate::command::Person { login_name: "Ada".into(), ..super::script::person("1001") };
    world.domain.known(renamed, world.now);
    assert_eq!(world.domain.by_login("ADA"), Some(&AgentId::from("1001")));
    assert_eq!(world.domain.by_login("agent1001"), None);
}

#[test]
fn a_reading_that_events_overtake_is_done_again() {
    check(
        "live 1001@6001
        begin 16 type 6 by 555
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
        1001 LOGIN 6001 as r1
            send AGENT_DESK_SETTINGS_REQ #1
            read 1001@6001
        device 1001 16
            wants 16
        established 16 555 > 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
        call 16 type 2 555:CONNECT 6001:ALERTING
            read 1001@6001
        device 1001 16
            wants 16
        call 16 type 2 by 555 to 8000 555:CONNECT 6001:CONNECT
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
            user 1001@6001 NOT_READY as r1
            post 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE",
    );
}

#[test]
fn a_call_that_the_device_has_not_is_gone() {
    check(
        "live 1001@6001
        begin 16 type 6 by 555
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
        1001 LOGIN 6001 as r1
            send AGENT_DESK_SETTINGS_REQ #1
            read 1001@6001
        begin 17 type 6 by 666
        delivered 17 666 > 6001
            post 1001 17 ALERTING 666:INITIATED 6001:ALERTING
        device 1001
            delete 1001 16 INITIATED 555:INITIATED 6001:DROPPED
            user 1001@6001 NOT_READY as r1
            post 1001 17 ALERTING 666:INITIATED 6001:ALERTING",
    );
}

#[test]
fn mapping_1_signed_in_elsewhere_is_forwarded_and_refused() {
    for code in [259, 283] {
        let name = if code == 259 {
            "SPECIFIED_AGENT_ALREADY_SIGNED_ON"
        } else {
            "SPECIFIED_EXTENSION_ALREADY_IN_USE"
        };
        check(&format!(
            "live 1001@6001
            1001 LOGIN 6009 as r1
                send AGENT_DESK_SETTINGS_REQ #1
                send SET_AGENT_STATE_REQ #2
            control #2 {code}
                error 1001 user: Device Busy {code} CF_{name} as r1"
        ));
    }
}

#[test]
fn mapping_4_1_signed_on_already_at_the_same_extension_is_a_success() {
    check(
        "live 1001@
        1001 LOGIN 6001 as r1
            send AGENT_DESK_SETTINGS_REQ #1
            send SET_AGENT_STATE_REQ #2
        control #2 259
            send QUERY_AGENT_STATE_REQ #3
        query #3 READY 6001
            user 1001@6001 READY
            read 1001@6001
        device 1001
            user 1001@6001 READY as r1",
    );
    check(
        "live 1001@
        1001 LOGIN 6001 as r1
            send AGENT_DESK_SETTINGS_REQ #1
            send SET_AGENT_STATE_REQ #2
        control #2 259
            send QUERY_AGENT_STATE_REQ #3
        query #3 READY 6009
            user 1001@6009 READY
            read 1001@6009
            error 1001 user: Device Busy 259 CF_SPECIFIED_AGENT_ALREADY_SIGNED_ON as r1",
    );
}

#[test]
fn an_extension_or_password_that_does_not_fit_is_refused_without_cti() {
    let mut world = check("live 1001@");
    let long = "9".repeat(64);
    for (extension, password) in [(long.as_str(), "x"), ("6001", long.as_str())] {
        let command = Command::SignIn {
            agent: AgentId::from("1001"),
            extension: Extension::from(extension),
            password: Secret::new(password),
            mobile: None,
        };
        world.domain.command(command, None, world.now).unwrap();
        assert!(sent(&mut world).iter().all(|message| !matches!(message, Message::SetAgentStateReq(_))));
    }
}
