//! Requests: fields, order, requestId, time (mapping.md sections 1, 1.1, 3.5 and 4.4; rest-api.md section 4).

use ged188::{CallType, Message, NULL_ID};

use super::check;
use super::script::World;
use crate::command::{Command, Output, RequestedState};
use crate::ids::{AgentId, CallId};
use crate::view::Action;

const TALKING: &str = "
    live 1001@6001 1002@6002
    begin 16 type 2 by 555 to 8000
    delivered 16 555 > 6001
        post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
    established 16 555 > 6001
        put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
";

fn sent(world: &mut World, command: Command) -> Message {
    world.domain.command(command, None, world.now).unwrap();
    match world.domain.poll_output() {
        Some(Output::Request(_, message)) => message,
        other => panic!("no request but {other:?}"),
    }
}

fn set_state(state: RequestedState, reason: u16, by: Option<&str>) -> (u16, u16, u8, String, String, String) {
    let mut world = check("live 1001@6001");
    let agent = AgentId::from("1001");
    match sent(&mut world, Command::SetState { agent, state, reason, by: by.map(AgentId::from) }) {
        Message::SetAgentStateReq(req) => {
            assert_eq!(req.agent_password, "");
            assert_eq!(req.agent_service_req.0, 0);
            let forced = req.forced_flag.0;
            let (instrument, id) = (req.agent_instrument, req.agent_id);
            (req.agent_state.0, req.event_reason_code, forced, instrument, id, req.supervisor_id)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn mapping_1_the_fields_of_state_requests() {
    let fields =
        |state: u16, reason: u16| (state, reason, 0, "6001".to_owned(), "1001".to_owned(), String::new());
    assert_eq!(set_state(RequestedState::NotReady, 27, None), fields(2, 27));
    assert_eq!(set_state(RequestedState::Ready, 27, None), fields(3, 0));
    assert_eq!(set_state(RequestedState::Work, 27, None), fields(5, 0));
    assert_eq!(set_state(RequestedState::WorkReady, 0, None), fields(6, 0));
    assert_eq!(set_state(RequestedState::Logout, 12, None), fields(1, 12));
}

#[test]
fn mapping_1_a_supervisor_forces_in_his_own_name() {
    let fields =
        |state: u16, reason: u16| (state, reason, 1, "6001".to_owned(), "1001".to_owned(), "1009".to_owned());
    assert_eq!(set_state(RequestedState::NotReady, 999, Some("1009")), fields(2, 999));
    assert_eq!(set_state(RequestedState::Ready, 0, Some("1009")), fields(3, 0));
    assert_eq!(set_state(RequestedState::Logout, 999, Some("1009")), fields(1, 999));
}

#[test]
fn mapping_4_the_supervisor_hears_of_the_failure_and_everybody_of_the_effect() {
    check(
        "live 1001@6001 1009@6009
        1001 READY by 1009 as r1
            send SET_AGENT_STATE_REQ #1
        control #1 22
            error 1009 member 1001: Invalid State 22 CF_INVALID_OBJECT_STATE as r1
        1001 READY by 1009 as r2
            send SET_AGENT_STATE_REQ #2
        conf #2
        state 1001@6001 READY
            user 1001@6001 READY as r2
        1001 LOGOUT by 1009 as r3
            send SET_AGENT_STATE_REQ #3
        at 30
        at 120
            error 1009 member 1001: Generic Error 0 OUTCOME_UNKNOWN as r3",
    );
}

#[test]
fn mapping_1_1_logout_from_logout_is_refused_and_everything_else_is_for_cti() {
    check(
        "live 1001@
        1001 LOGOUT as r1
            refused InvalidState
        1001 READY as r2
            send SET_AGENT_STATE_REQ #1
        control #1 22
            error 1001 user: Invalid State 22 CF_INVALID_OBJECT_STATE as r2
        1001 NOT_READY as r3
            send SET_AGENT_STATE_REQ #2
        control #2 257
            error 1001 user: Invalid State 257 CF_INVALID_PASSWORD_SPECIFIED as r3",
    );
    for state in ["READY", "RESERVED", "TALKING", "WORK"] {
        let mut world = check("live 1001@6001");
        world.play(&format!("state 1001@6001 {state}"));
        assert_eq!(world.play("1001 LOGOUT as r1"), ["send SET_AGENT_STATE_REQ #1"], "{state}");
    }
}

#[test]
fn mapping_3_5_the_fields_of_call_requests() {
    let own = |action| {
        let mut world = check(TALKING);
        if action == Action::Retrieve {
            world.play("held 16 6001");
        }
        sent(&mut world, Command::CallAction { agent: AgentId::from("1001"), call: CallId(16), action })
    };
    match own(Action::Hold) {
        Message::HoldCallReq(req) => {
            assert_eq!((req.connection_call_id, req.connection_device_id.as_str()), (16, "16/6001"));
            assert_eq!((req.connection_device_id_type.0, req.agent_instrument.as_str()), (1, "6001"));
        }
        other => panic!("{other:?}"),
    }
    match own(Action::Retrieve) {
        Message::RetrieveCallReq(req) => {
            assert_eq!(
                (req.held_connection_call_id, req.held_connection_device_id.as_str()),
                (16, "16/6001")
            );
        }
        other => panic!("{other:?}"),
    }
    match own(Action::Drop) {
        Message::ClearConnectionReq(req) => {
            assert_eq!((req.connection_call_id, req.connection_device_id.as_str()), (16, "16/6001"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn mapping_3_5_the_fields_of_make_call_and_update_call_data() {
    let mut world = check(TALKING);
    let agent = AgentId::from("1001");
    let variables =
        vec![("callVariable3".to_owned(), "x".to_owned()), ("user.plan".to_owned(), "A".to_owned())];
    let make = Command::MakeCall { agent: agent.clone(), to: "777".into(), variables: variables.clone() };
    match sent(&mut world, make) {
        Message::MakeCallReq(req) => {
            assert_eq!((req.dialed_number.as_str(), req.agent_instrument.as_str()), ("777", "6001"));
            assert_eq!((req.skill_group_number, req.call_variables[2].as_str()), (NULL_ID, "x"));
            assert_eq!(req.named_variables[0].name, "user.plan");
        }
        other => panic!("{other:?}"),
    }
    let wrap_up_reason = Some("Sales".to_owned());
    match sent(&mut world, Command::UpdateCallData { agent, call: CallId(16), variables, wrap_up_reason }) {
        Message::SetCallDataReq(req) => {
            assert_eq!((req.connection_call_id, req.call_type), (16, CallType::NULL_CALLTYPE));
            assert_eq!((req.call_variables[2].as_str(), req.call_wrapup_data.as_str()), ("x", "Sales"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn rest_4_1_requests_of_one_object_go_one_at_a_time() {
    let mut world = check(TALKING);
    world.check(
        "1001 HOLD 16 as r1
            send HOLD_CALL_REQ #1
        1001 update 16 var1=x as r2
        1001 NOT_READY 5 as r3
            send SET_AGENT_STATE_REQ #2
        1001 READY as r4
        conf #1
            send SET_CALL_DATA_REQ #3
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD as r1
        data 16 var1=x
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD as r2
        control #2 266
            error 1001 user: Invalid State 266 CF_INVALID_AGENT_REASON_CODE as r3
            send SET_AGENT_STATE_REQ #4",
    );
}

#[test]
fn rest_4_3_a_request_id_goes_into_the_event_that_reflects_it_and_is_used_up() {
    let mut world = check(TALKING);
    world.check(
        "1001 HOLD 16 as r1
            send HOLD_CALL_REQ #1
        data 16 var1=x
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD as r1
        conf #1
        retrieved 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
        1001 DROP 16 as r2
            send CLEAR_CONNECTION_REQ #2
        conf #2
        gone 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:DROPPED as r2",
    );
}

#[test]
fn a_request_id_goes_to_the_requester_only() {
    check(
        "live 1001@6001 1002@6002
        begin 20 type 9 by 6001
            post 1001 20 INITIATING 6001:INITIATING
        established 20 6001 > 6002
            put 1001 20 ACTIVE 6001:ACTIVE 6002:ACTIVE
            post 1002 20 ACTIVE 6001:ACTIVE 6002:ACTIVE
        1002 HOLD 20 as r1
            send HOLD_CALL_REQ #1
        held 20 6002
            put 1001 20 ACTIVE 6001:ACTIVE 6002:HELD
            put 1002 20 ACTIVE 6001:ACTIVE 6002:HELD as r1",
    );
}

#[test]
fn make_call_is_answered_by_the_arrival_of_its_dialog() {
    check(
        "live 1001@6001
        1001 call 777 as r1
            send MAKE_CALL_REQ #1
        begin 16 type 6 by 555
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
        begin 20 type 9 by 6001
            post 1001 20 INITIATING 6001:INITIATING as r1
        conf #1 made 20
        begin 21 type 9 by 6001
            post 1001 21 INITIATING 6001:INITIATING",
    );
    check(
        "live 1001@6001
        1001 call 777 as r1
            send MAKE_CALL_REQ #1
        conf #1 made 20
        begin 19 type 9 by 6001 to 777
            post 1001 19 INITIATING 6001:INITIATING
        begin 20 type 9 by 6001 to 777
            post 1001 20 INITIATING 6001:INITIATING as r1",
    );
}

#[test]
fn a_confirmed_request_that_changes_nothing_leaves_no_id_behind() {
    check(
        "live 1001@6001
        state 1001@6001 READY
            user 1001@6001 READY
        1001 READY as r1
            send SET_AGENT_STATE_REQ #1
        conf #1
        state 1001@6001 NOT_READY
            user 1001@6001 NOT_READY
        state 1001@6001 READY
            user 1001@6001 READY",
    );
}

#[test]
fn mapping_4_4_the_queue_goes_on_after_30_s_and_a_late_refusal_is_still_told() {
    let mut world = check(TALKING);
    world.check(
        "1001 HOLD 16 as r1
            send HOLD_CALL_REQ #1
        1001 DROP 16 as r2
        at 29
        at 30
            send CLEAR_CONNECTION_REQ #2
        control #1 34
            error 1001 dialog 16: Call Operation Failure 34 CF_RESOURCE_OUT_OF_SERVICE as r1
        at 60
        at 150
            error 1001 dialog 16: Generic Error 0 OUTCOME_UNKNOWN as r2
        control #2 34",
    );
    assert_eq!(world.domain.counters().late_answers, 1, "after two minutes nobody waits any more");
    assert_eq!(world.domain.poll_timeout(), None);
}

#[test]
fn a_202_without_an_answer_ends_with_one_error() {
    let mut world = check(TALKING);
    world.check(
        "1001 HOLD 16 as r1
            send HOLD_CALL_REQ #1
        1001 NOT_READY as r2
            send SET_AGENT_STATE_REQ #2
        1002 call 777
            send MAKE_CALL_REQ #3
        at 30
        at 119
        at 120
            error 1001 dialog 16: Generic Error 0 OUTCOME_UNKNOWN as r1
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        at 300",
    );
    assert_eq!(world.domain.poll_timeout(), None, "r2 shows, and the call has no id");
}

#[test]
fn a_202_whose_effect_comes_late_is_answered_by_it_alone() {
    check(TALKING).check(
        "1001 HOLD 16 as r1
            send HOLD_CALL_REQ #1
        at 30
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD as r1
        at 120
        at 300",
    );
}

#[test]
fn mapping_1_1_confirmed_without_effect_is_one_error_unless_the_state_is_the_one_asked_for() {
    check(TALKING).check(
        "1001 HOLD 16 as r1
            send HOLD_CALL_REQ #1
        conf #1
        1002 READY as r2
            send SET_AGENT_STATE_REQ #2
        conf #2
        at 29
        at 30
            error 1001 dialog 16: Generic Error 0 OUTCOME_UNKNOWN as r1
            error 1002 user: Generic Error 0 OUTCOME_UNKNOWN as r2
        state 1002@6002 READY
            user 1002@6002 READY
        1002 READY as r3
            send SET_AGENT_STATE_REQ #3
        conf #3
        at 90",
    );
}

#[test]
fn mapping_1_1_not_ready_confirmed_in_a_preview_waits_in_silence() {
    check(
        "live 1001@6001
        state 1001@6001 RESERVED direction 6
            user 1001@6001 RESERVED_OUTBOUND_PREVIEW
        1001 NOT_READY as r1
            send SET_AGENT_STATE_REQ #1
        conf #1
        at 60",
    );
}

#[test]
fn mapping_1_2_a_sign_in_that_cti_put_at_another_extension_is_no_error() {
    check(
        "live 1001@
        1001 LOGIN 6001 as r1
            send AGENT_DESK_SETTINGS_REQ #1
            send SET_AGENT_STATE_REQ #2
        conf #2
        state 1001@6009 NOT_READY
            user 1001@6009 NOT_READY
            read 1001@6009
        at 60",
    );
}

#[test]
fn the_queue_of_an_object_is_bounded() {
    let mut world = check(TALKING);
    assert_eq!(world.play("1001 HOLD 16"), ["send HOLD_CALL_REQ #1"]);
    for _ in 0..16 {
        assert!(world.play("1001 DROP 16").is_empty());
    }
    assert_eq!(world.play("1001 DROP 16"), ["refused Busy"]);
}

#[test]
fn mapping_3_4_an_action_that_is_not_in_the_list_is_an_error_event() {
    let mut world = check(TALKING);
    world.check(
        "1001 ANSWER 16 as r1
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r1
        1001 RETRIEVE 16 as r2
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r2
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD
        1001 HOLD 16 as r3
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r3
        begin 17 type 6 by 666
        delivered 17 666 > 6001
            post 1001 17 ALERTING 666:INITIATED 6001:ALERTING
        1001 update 17 var1=x as r4
            error 1001 dialog 17: Generic Error 22 CF_INVALID_OBJECT_STATE as r4
        1001 DROP 17 as r5
            error 1001 dialog 17: Generic Error 22 CF_INVALID_OBJECT_STATE as r5",
    );
}

#[test]
fn rest_4_1_an_action_is_judged_when_its_turn_comes() {
    let alerting = "
        live 1001@6001
        begin 16 type 6 by 555
        delivered 16 555 > 6001
            post 1001 16 ALERTING 555:INITIATED 6001:ALERTING
        1001 ANSWER 16 as r1
            send ANSWER_CALL_REQ #1
        1001 HOLD 16 as r2
        1001 RETRIEVE 16 as r3
        1001 RETRIEVE 16 as r4";
    check(&format!(
        "{alerting}
        established 16 555 > 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE as r1
        conf #1
            send HOLD_CALL_REQ #2
        conf #2
            send RETRIEVE_CALL_REQ #3
        held 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:HELD as r2
        retrieved 16 6001
            put 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE as r3
        conf #3
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r4"
    ));
    check(&format!(
        "{alerting}
        conf #1
            send HOLD_CALL_REQ #2
        control #2 34
            error 1001 dialog 16: Call Operation Failure 34 CF_RESOURCE_OUT_OF_SERVICE as r2
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r3
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r4"
    ));
}

#[test]
fn an_action_whose_dialog_ends_before_its_turn_is_an_error_event() {
    check(TALKING).check(
        "1001 HOLD 16 as r1
            send HOLD_CALL_REQ #1
        1001 DROP 16 as r2
        1001 update 16 wrapup=x as r3
        state 1001@6001 LOGOUT
            user 1001@ LOGOUT
            delete 1001 16 ACTIVE 555:ACTIVE 6001:ACTIVE
        control #1 34
            error 1001 dialog 16: Call Operation Failure 34 CF_RESOURCE_OUT_OF_SERVICE as r1
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r2
            error 1001 dialog 16: Generic Error 22 CF_INVALID_OBJECT_STATE as r3",
    );
}

#[test]
fn refusals_on_the_spot() {
    let mut world = check(TALKING);
    world.check(
        "1001 HOLD 99 as r1
            refused UnknownDialog
        1002 HOLD 16 as r2
            refused NotParticipant
        1009 READY as r3
            refused UnknownUser
        1001 update 16 plan=x as r4
            refused InvalidVariable
        1001 update 16 BAStatus=x as r5
            refused InvalidVariable
        1001 call 777 var11=x as r6
            refused InvalidVariable",
    );
}

#[test]
fn values_that_do_not_fit_are_an_error_event() {
    let mut world = check(TALKING);
    let long = "x".repeat(41);
    let error = "Invalid Input 74 E_CTI_VALUE_TOO_LONG as r1";
    let said = world.play(&format!("1001 update 16 var1={long} as r1"));
    assert_eq!(said, [format!("error 1001 dialog 16: {error}")]);
    let said = world.play(&format!("1001 update 16 wrapup={long} as r1"));
    assert_eq!(said, [format!("error 1001 dialog 16: {error}")]);
    let said = world.play(&format!("1001 call 777 var1={long} as r1"));
    assert_eq!(said, [format!("error 1001 dialogs: {error}")]);
    let said = world.play(&format!("1001 call {long} as r1"));
    let error = "Call Operation Failure 14 CF_INVALID_DESTINATION as r1";
    assert_eq!(said, [format!("error 1001 dialogs: {error}")]);
}

#[test]
fn what_could_not_be_sent_is_an_error_event_for_all_who_waited() {
    let mut world = check(TALKING);
    world.play("1001 HOLD 16 as r1");
    world.play("1001 DROP 16 as r2");
    world.domain.unsent(crate::command::Ticket(1), world.now);
    assert_eq!(
        world.play("at 1"),
        [
            "error 1001 dialog 16: Generic Error 0 REQUEST_NOT_SENT as r1",
            "error 1001 dialog 16: Generic Error 0 REQUEST_NOT_SENT as r2"
        ]
    );
    assert_eq!(world.play("1001 HOLD 16 as r3"), ["send HOLD_CALL_REQ #2"]);
}

#[test]
fn the_same_request_twice_is_sent_twice() {
    check(
        "live 1001@6001
        1001 READY as r1
            send SET_AGENT_STATE_REQ #1
        1001 READY as r2
        state 1001@6001 TALKING
            user 1001@6001 TALKING
        conf #1
            user 1001@6001 TALKING then READY as r1
            send SET_AGENT_STATE_REQ #2
        conf #2",
    );
}
