//! `PUT User/{id}` (rest-api.md sections 5.3 to 5.5).

use domain::{Extension, MobileAgent, MobileMode, RequestedState};
use xml::Element;

use super::{body, is_address, optional, required};
use crate::{ApiFailure, HttpRequest};

/// Longest extension: AgentExtension of CTI holds 16 bytes.
const EXTENSION_BYTES_MAX: usize = 16;

/// What an agent asks of himself, or a supervisor of him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserRequest {
    /// state LOGIN.
    SignIn {
        /// Where.
        extension: Extension,
        /// How his calls reach him, if he is a mobile agent.
        mobile: Option<MobileAgent>,
    },
    /// Any other state.
    SetState {
        /// Which.
        state: RequestedState,
        /// The id (not the code) of a reason code; only with NOT_READY and LOGOUT, -1 read as none.
        reason_code_id: Option<i32>,
    },
}

/// Reads the body.
///
/// # Errors
/// 400 as documented.
pub fn user(request: &HttpRequest) -> Result<UserRequest, ApiFailure> {
    let user = body(request, "User")?;
    let state = match required(&user, "state")?.as_str() {
        "LOGIN" => return sign_in(&user),
        "LOGOUT" => RequestedState::Logout,
        "NOT_READY" => RequestedState::NotReady,
        "READY" => RequestedState::Ready,
        "WORK" => RequestedState::Work,
        "WORK_READY" => RequestedState::WorkReady,
        other => return Err(ApiFailure::invalid_input("Invalid State specified for user", other)),
    };
    Ok(UserRequest::SetState { state, reason_code_id: reason_code_id(&user, state)? })
}

fn sign_in(user: &Element) -> Result<UserRequest, ApiFailure> {
    let extension = required(user, "extension")?;
    if !is_extension(&extension) {
        return Err(ApiFailure::bad_request("Invalid extension", &extension));
    }
    let mobile = user.last_child("mobileAgent").map(mobile_agent).transpose()?;
    Ok(UserRequest::SignIn { extension: Extension::new(extension), mobile })
}

/// Digits, `*` and `#`; no `+`, which UCCE does not take.
fn is_extension(text: &str) -> bool {
    text.len() <= EXTENSION_BYTES_MAX && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'*' | b'#'))
}

/// CTI takes extension and number in one field with a `;` between them, so the number cannot have one.
fn mobile_agent(mobile: &Element) -> Result<MobileAgent, ApiFailure> {
    let (mode, dial_number) = (required(mobile, "mode")?, required(mobile, "dialNumber")?);
    let mode = MobileMode::parse(&mode)
        .ok_or_else(|| ApiFailure::invalid_input("Invalid mode specified for mobileAgent", "mode"))?;
    if !is_address(&dial_number) || dial_number.contains(';') {
        return Err(ApiFailure::invalid_input("dialNumber cannot be dialed", "dialNumber"));
    }
    Ok(MobileAgent { mode, dial_number })
}

fn reason_code_id(user: &Element, state: RequestedState) -> Result<Option<i32>, ApiFailure> {
    let wanted = match state {
        RequestedState::NotReady | RequestedState::Logout => optional(user, "reasonCodeId"),
        RequestedState::Ready | RequestedState::Work | RequestedState::WorkReady => None,
    };
    let Some(text) = wanted else { return Ok(None) };
    match text.parse() {
        Ok(-1) => Ok(None),
        Ok(id) => Ok(Some(id)),
        Err(_) => Err(ApiFailure::invalid_input("reasonCodeId must be an integer", &text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::put;

    fn read(inner: &str) -> Result<UserRequest, (u16, &'static str, String)> {
        user(&put(&format!("<User>{inner}</User>"))).map_err(|f| (f.status(), f.kind.as_str(), f.data))
    }

    fn set(
        state: RequestedState,
        reason_code_id: Option<i32>,
    ) -> Result<UserRequest, (u16, &'static str, String)> {
        Ok(UserRequest::SetState { state, reason_code_id })
    }

    fn refused(kind: &'static str, data: &str) -> Result<UserRequest, (u16, &'static str, String)> {
        Err((400, kind, data.to_owned()))
    }

    #[test]
    fn sign_in_at_an_extension() {
        let at =
            |extension: &str| Ok(UserRequest::SignIn { extension: Extension::new(extension), mobile: None });
        assert_eq!(read("<state>LOGIN</state><extension>2001</extension>"), at("2001"));
        assert_eq!(read("\n <extension> 2001\n</extension>\n <state> LOGIN </state>\n"), at("2001"));
        assert_eq!(
            read("<state>LOGIN</state><extension>9</extension><extension>61042</extension><x><y/></x>"),
            at("61042")
        );
    }

    #[test]
    fn sign_in_needs_a_proper_extension() {
        assert_eq!(read("<state>LOGIN</state>"), refused("Parameter Missing", "extension"));
        assert_eq!(read("<state>LOGIN</state><extension/>"), refused("Parameter Missing", "extension"));
        for extension in ["+12025550100", "2001;9", "1234567890123456789", "ext"] {
            let answer = read(&format!("<state>LOGIN</state><extension>{extension}</extension>"));
            assert_eq!(answer, refused("Bad Request", extension));
        }
    }

    #[test]
    fn rest_5_3_a_mobile_agent_names_a_mode_and_a_number() {
        let mobile = |inner: &str| {
            read(&format!(
                "<state>LOGIN</state><extension>2001</extension><mobileAgent>{inner}</mobileAgent>"
            ))
        };
        let dial = |number: &str| format!("<mode>NAILED_CONNECTION</mode><dialNumber>{number}</dialNumber>");
        let number = "<dialNumber>14085550100</dialNumber>";
        assert_eq!(mobile(number), refused("Parameter Missing", "mode"));
        assert_eq!(mobile("<mode>CALL_BY_CALL</mode>"), refused("Parameter Missing", "dialNumber"));
        assert_eq!(mobile(""), refused("Parameter Missing", "mode"));
        assert_eq!(mobile(&format!("<mode>X</mode>{number}")), refused("Invalid Input", "mode"));
        for bad in ["555;6", "五五五", &"9".repeat(40)] {
            assert_eq!(mobile(&dial(bad)), refused("Invalid Input", "dialNumber"), "{bad}");
        }
        let extension = Extension::new("2001");
        let dial_number = "14085550100".to_owned();
        let nailed = MobileAgent { mode: MobileMode::NailedConnection, dial_number };
        assert_eq!(mobile(&dial("14085550100")), Ok(UserRequest::SignIn { extension, mobile: Some(nailed) }));
    }

    #[test]
    fn states_that_can_be_requested() {
        assert_eq!(read("<state>READY</state>"), set(RequestedState::Ready, None));
        assert_eq!(read("<state>WORK</state>"), set(RequestedState::Work, None));
        assert_eq!(read("<state>WORK_READY</state>"), set(RequestedState::WorkReady, None));
        assert_eq!(read("<state>NOT_READY</state>"), set(RequestedState::NotReady, None));
        assert_eq!(
            read("<reasonCodeId>49</reasonCodeId><state>NOT_READY</state>"),
            set(RequestedState::NotReady, Some(49))
        );
        assert_eq!(
            read("<state>LOGOUT</state><reasonCodeId>12</reasonCodeId>"),
            set(RequestedState::Logout, Some(12))
        );
    }

    #[test]
    fn no_reason_is_no_reason() {
        for none in ["<reasonCodeId>-1</reasonCodeId>", "<reasonCodeId/>", ""] {
            assert_eq!(read(&format!("<state>NOT_READY</state>{none}")), set(RequestedState::NotReady, None));
        }
        assert_eq!(
            read("<state>READY</state><reasonCodeId>x</reasonCodeId>"),
            set(RequestedState::Ready, None)
        );
    }

    #[test]
    fn what_is_wrong_with_a_state() {
        assert_eq!(read("<extension>2001</extension>"), refused("Parameter Missing", "state"));
        for state in ["TALKING", "HOLD", "RESERVED", "ready", "LOGIN LOGOUT"] {
            assert_eq!(read(&format!("<state>{state}</state>")), refused("Invalid Input", state));
        }
        for id in ["lunch", "4294967296", "1.0"] {
            let answer = read(&format!("<state>NOT_READY</state><reasonCodeId>{id}</reasonCodeId>"));
            assert_eq!(answer, refused("Invalid Input", id));
        }
    }

    #[test]
    fn the_words_of_the_reference() {
        let message = |text: &str| user(&put(text)).unwrap_err().message;
        assert_eq!(message("<User/>"), "State Parameter missing");
        assert_eq!(message("<User><state>LUNCH</state></User>"), "Invalid State specified for user");
    }
}
