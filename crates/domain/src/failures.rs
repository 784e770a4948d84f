//! CTI refusals to apiErrors (mapping.md section 4).

use ged188::{ControlFailureCode, StatusCode};

use crate::command::ApiError;
use crate::goals::Goal;

const INVALID_STATE: &str = "Invalid State";
const INVALID_DEVICE: &str = "Invalid Device";
const DEVICE_BUSY: &str = "Device Busy";
const INVALID_INPUT: &str = "Invalid Input";
const MODE_NOT_ALLOWED: &str = "Mode Not Allowed";
const GENERIC: &str = "Generic Error";
const CALL_FAILED: &str = "Call Operation Failure";
const PROTECTED: &str = "Call Variable is protected";

/// Peripheral error of Unified CCE: who is to be listened to holds his call, or is Not Ready.
const NOT_SPEAKING: u32 = 13_145;
/// Peripheral error of Unified CCE: not the conference controller.
const NOT_CONTROLLER: u32 = 20_999;

/// CONTROL_FAILURE_CONF (mapping.md sections 4.1 and 4.2).
pub(crate) fn control(goal: &Goal, code: ControlFailureCode, peripheral_error: u32) -> ApiError {
    let (kind, data) = match goal {
        Goal::SignedIn { mobile: Some(_), .. } if code == ControlFailureCode::INVALID_AGENT_WORKMODE => {
            (MODE_NOT_ALLOWED, u32::from(code.0))
        }
        Goal::SignedIn { .. } => (at_login(code.0), u32::from(code.0)),
        Goal::State { .. } => (at_other_states(code.0), u32::from(code.0)),
        Goal::Monitored { .. } => (of_monitor(code.0, peripheral_error), u32::from(code.0)),
        Goal::Barged { .. } => (CALL_FAILED, u32::from(code.0)),
        Goal::Call { .. }
        | Goal::Consult { .. }
        | Goal::Leg { .. }
        | Goal::Data { .. }
        | Goal::Transferred { .. }
        | Goal::Conferenced { .. }
        | Goal::HandedOver { .. }
        | Goal::Dtmf { .. }
        | Goal::Answered { .. }
        | Goal::PartyDropped { .. } => of_call(code.0, peripheral_error),
    };
    error(kind, data, control_name(code))
}

fn of_call(code: u16, peripheral_error: u32) -> (&'static str, u32) {
    match peripheral_error {
        NOT_CONTROLLER => (GENERIC, NOT_CONTROLLER),
        _ => (CALL_FAILED, u32::from(code)),
    }
}

/// SILENT_MONITOR: of one who does not speak, and of one who waits for calls or wraps up.
fn of_monitor(code: u16, peripheral_error: u32) -> &'static str {
    match (code, peripheral_error) {
        (_, NOT_SPEAKING) => "13145",
        (21 | 22, _) => INVALID_STATE,
        _ => CALL_FAILED,
    }
}

fn at_login(code: u16) -> &'static str {
    match code {
        260 | 287 | 288 | 291 | 292 | 293 | 70 => INVALID_DEVICE,
        283 | 259 | 33 => DEVICE_BUSY,
        265 | 21 | 22 => INVALID_STATE,
        3 => INVALID_INPUT,
        _ => GENERIC,
    }
}

fn at_other_states(code: u16) -> &'static str {
    match code {
        260 | 287 | 288 | 291 | 292 | 293 => INVALID_DEVICE,
        256..=259 | 265 | 266 | 280 | 281 | 21 | 22 | 33 | 1010 => INVALID_STATE,
        3 => INVALID_INPUT,
        _ => GENERIC,
    }
}

/// mapping.md section 4.3: these refusals mean that the session is lost, and are not published.
pub(crate) fn is_session_gone(status: StatusCode) -> bool {
    matches!(status.0, 4 | 15 | 37 | 92)
}

/// FAILURE_CONF (mapping.md section 4.3).
pub(crate) fn status(goal: &Goal, status: StatusCode) -> ApiError {
    let kind = match status.0 {
        12 => GENERIC,
        _ if is_own_mistake(status) => GENERIC,
        code => match goal {
            Goal::SignedIn { .. } => login_status(code),
            Goal::State { .. } => state_status(code),
            Goal::Data { .. } | Goal::Answered { .. } => data_status(code),
            Goal::Call { .. }
            | Goal::Consult { .. }
            | Goal::Leg { .. }
            | Goal::Transferred { .. }
            | Goal::Conferenced { .. }
            | Goal::HandedOver { .. }
            | Goal::Dtmf { .. }
            | Goal::Monitored { .. }
            | Goal::Barged { .. }
            | Goal::PartyDropped { .. } => call_status(code),
        },
    };
    error(kind, status.0, status_name(status))
}

fn login_status(code: u32) -> &'static str {
    match code {
        10 => DEVICE_BUSY,
        8 | 32 | 87 => INVALID_DEVICE,
        _ => state_status(code),
    }
}

fn state_status(code: u32) -> &'static str {
    match code {
        9 | 38 | 50 => INVALID_STATE,
        _ => GENERIC,
    }
}

fn call_status(code: u32) -> &'static str {
    match code {
        61 | 62 | 67 | 68 | 73..=76 => INVALID_INPUT,
        _ => CALL_FAILED,
    }
}

fn data_status(code: u32) -> &'static str {
    match code {
        14 => PROTECTED,
        _ => call_status(code),
    }
}

/// Refusals that only a defect of ours explains; 50 and 38 are named by rows of their own.
pub(crate) fn is_own_mistake(status: StatusCode) -> bool {
    matches!(status.0, 1..=3 | 5..=7 | 18..=28 | 39..=49 | 51..=60)
}

/// The request was sent, or may have been, and nobody can tell whether it was carried out.
pub(crate) fn outcome_unknown() -> ApiError {
    error(GENERIC, 0, "OUTCOME_UNKNOWN".to_owned())
}

/// The request could not be put on the wire.
pub(crate) fn not_sent() -> ApiError {
    error(GENERIC, 0, "REQUEST_NOT_SENT".to_owned())
}

/// A supervisor's session ended while CTI was lost.
pub(crate) fn session_ended() -> ApiError {
    error(GENERIC, 0, "MONITORING_ENDED_WHILE_OUT_OF_SERVICE".to_owned())
}

/// mapping.md section 4.2: an action that is not in the leg's list.
pub(crate) fn not_allowed_now() -> ApiError {
    by_us(GENERIC, ControlFailureCode::INVALID_OBJECT_STATE)
}

/// The line of a mobile agent could not be put up; CTI tells by the reason of the sign-out.
pub(crate) fn mobile_call_failed(reason: u16) -> ApiError {
    error(INVALID_DEVICE, u32::from(reason), "MOBILE_AGENT_CALL_FAILED".to_owned())
}

pub(crate) fn invalid_device() -> ApiError {
    by_us(INVALID_DEVICE, ControlFailureCode::INVALID_LOGON_DEVICE_SPECIFIED)
}

pub(crate) fn invalid_password() -> ApiError {
    by_us(GENERIC, ControlFailureCode::INVALID_PASSWORD_SPECIFIED)
}

pub(crate) fn invalid_destination() -> ApiError {
    by_us(CALL_FAILED, ControlFailureCode::INVALID_DESTINATION)
}

/// mapping.md section 4.2, SEND_DTMF.
pub(crate) fn invalid_digits() -> ApiError {
    by_us(CALL_FAILED, ControlFailureCode::VALUE_OUT_OF_RANGE)
}

pub(crate) fn value_out_of_range() -> ApiError {
    by_us(INVALID_INPUT, ControlFailureCode::VALUE_OUT_OF_RANGE)
}

pub(crate) fn value_too_long() -> ApiError {
    error(INVALID_INPUT, StatusCode::VALUE_TOO_LONG.0, status_name(StatusCode::VALUE_TOO_LONG))
}

pub(crate) fn already_signed_on() -> ApiError {
    by_us(DEVICE_BUSY, ControlFailureCode::SPECIFIED_AGENT_ALREADY_SIGNED_ON)
}

fn by_us(kind: &str, code: ControlFailureCode) -> ApiError {
    error(kind, u32::from(code.0), control_name(code))
}

fn error(kind: &str, data: u32, message: String) -> ApiError {
    ApiError { data: data.to_string(), message, kind: kind.to_owned() }
}

fn control_name(code: ControlFailureCode) -> String {
    format!("CF_{code}")
}

fn status_name(status: StatusCode) -> String {
    format!("E_CTI_{status}")
}
