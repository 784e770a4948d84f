//! CTI refusals to apiErrors, every row (mapping.md section 4).

use ged188::{ControlFailureCode, StatusCode};

use crate::command::RequestedState;
use crate::failures::{control, status};
use crate::goals::Goal;
use crate::ids::CallId;
use crate::view::Action;

fn login() -> Goal {
    Goal::SignedIn { extension: "6001".into(), mobile: None }
}

fn state() -> Goal {
    Goal::State { state: RequestedState::Ready, reason: 0, by: None }
}

fn call() -> Goal {
    Goal::Leg { call: CallId(16), action: Action::Hold }
}

fn data() -> Goal {
    Goal::Data { call: CallId(16), variables: Vec::new(), wrap_up: None }
}

fn make() -> Goal {
    Goal::Call { to: "777".into(), known: Default::default(), id: None }
}

#[test]
fn mapping_4_1_control_failures_of_agent_requests() {
    let rows: &[(&[u16], &str, &str)] = &[
        (&[260, 287, 288, 291, 292, 293], "Invalid Device", "Invalid Device"),
        (&[283], "Device Busy", "Generic Error"),
        (&[259], "Device Busy", "Invalid State"),
        (&[70], "Invalid Device", "Generic Error"),
        (&[265], "Invalid State", "Invalid State"),
        (&[256, 258, 257], "Generic Error", "Invalid State"),
        (&[289], "Generic Error", "Generic Error"),
        (&[21, 22], "Invalid State", "Invalid State"),
        (&[33], "Device Busy", "Invalid State"),
        (&[266, 280, 281, 1010], "Generic Error", "Invalid State"),
        (&[3], "Invalid Input", "Invalid Input"),
        (&[0, 1, 34, 999], "Generic Error", "Generic Error"),
    ];
    for (codes, at_login, at_others) in rows {
        for code in *codes {
            let kind = |goal: Goal| control(&goal, ControlFailureCode(*code), 0).kind;
            assert_eq!((kind(login()), kind(state())), ((*at_login).into(), (*at_others).into()), "{code}");
        }
    }
}

#[test]
fn mapping_4_2_control_failures_of_call_requests() {
    for goal in [call(), data(), make()] {
        for code in [34, 22, 38, 3, 999] {
            let error = control(&goal, ControlFailureCode(code), 0);
            assert_eq!((error.kind.as_str(), error.data), ("Call Operation Failure", code.to_string()));
        }
        let error = control(&goal, ControlFailureCode(22), 20_999);
        assert_eq!((error.kind.as_str(), error.data.as_str()), ("Generic Error", "20999"));
    }
}

#[test]
fn mapping_4_3_failures_by_the_server() {
    let rows: &[(&[u32], &str, &str, &str, &str)] = &[
        (&[14], "Generic Error", "Generic Error", "Call Operation Failure", "Call Variable is protected"),
        (
            &[61, 62, 67, 68, 73, 74, 75, 76],
            "Generic Error",
            "Generic Error",
            "Invalid Input",
            "Invalid Input",
        ),
        (&[9], "Invalid State", "Invalid State", "Call Operation Failure", "Call Operation Failure"),
        (&[8, 32, 87], "Invalid Device", "Generic Error", "Call Operation Failure", "Call Operation Failure"),
        (&[10], "Device Busy", "Generic Error", "Call Operation Failure", "Call Operation Failure"),
        (&[38, 50], "Invalid State", "Invalid State", "Call Operation Failure", "Call Operation Failure"),
        (
            &[13, 33, 35, 66, 64, 65, 999],
            "Generic Error",
            "Generic Error",
            "Call Operation Failure",
            "Call Operation Failure",
        ),
        (
            &[12, 1, 2, 3, 5, 7, 18, 28, 39, 49, 51, 60],
            "Generic Error",
            "Generic Error",
            "Generic Error",
            "Generic Error",
        ),
    ];
    for (codes, at_login, at_states, of_call, of_data) in rows {
        for code in *codes {
            let kind = |goal: Goal| status(&goal, StatusCode(*code)).kind;
            assert_eq!(kind(login()), *at_login, "{code} at LOGIN");
            assert_eq!(kind(state()), *at_states, "{code} at a state");
            assert_eq!(kind(make()), *of_call, "{code} at MAKE_CALL");
            assert_eq!(kind(data()), *of_data, "{code} at SET_CALL_DATA");
        }
    }
}

#[test]
fn mapping_4_3_a_lost_session_is_no_error_event_until_the_loss_is_over() {
    for code in [4, 15, 37, 92] {
        super::check(&format!(
            "live 1001@6001
            1001 READY as r1
                send SET_AGENT_STATE_REQ #1
            failure #1 {code}
            lost
            begin-recovery
            told 1001@6001 NOT_READY
            device 1001
            finish
                error 1001 user: Generic Error 0 OUTCOME_UNKNOWN as r1"
        ));
    }
}

#[test]
fn mapping_4_the_prefix_tells_the_number_space() {
    assert_eq!(control(&call(), ControlFailureCode(14), 0).message, "CF_INVALID_DESTINATION");
    assert_eq!(status(&data(), StatusCode(14)).message, "E_CTI_PROTECTED_VARIABLE");
}

#[test]
fn mapping_4_3_not_logged_on_has_the_agent_asked_for() {
    super::check(
        "live 1001@6001
        1001 READY as r1
            send SET_AGENT_STATE_REQ #1
        failure #1 9
            send QUERY_AGENT_STATE_REQ #2
            error 1001 user: Invalid State 9 E_CTI_AGENT_NOT_LOGGED_ON as r1
        failure #2 9
            user 1001@ LOGOUT",
    );
}
