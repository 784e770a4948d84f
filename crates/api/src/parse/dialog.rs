//! `POST User/{id}/Dialogs` and `PUT Dialog/{id}` (rest-api.md sections 6.4 and 6.5).

use domain::Action;
use xml::Element;

use super::{body, optional, required, variables};
use crate::{ApiFailure, HttpRequest};

/// Actions of the reference that this version answers with 501, by the method that carries them.
pub const ACTIONS_NOT_SERVED: &[(&str, &[&str])] = &[
    ("POST", &["BARGE_CALL", "SILENT_MONITOR"]),
    (
        "PUT",
        &[
            "ACCEPT",
            "CANCEL_SCHEDULED_CALLBACK",
            "CLOSE",
            "CONFERENCE",
            "CONSULT_CALL",
            "PARTICIPANT_DROP",
            "PAUSE",
            "RECLASSIFY",
            "REJECT",
            "RESUME",
            "SEND_DTMF",
            "START",
            "START_RECORDING",
            "TRANSFER",
            "TRANSFER_SST",
            "UPDATE_SCHEDULED_CALLBACK",
            "WRAP_UP",
        ],
    ),
];

/// Longest wrap-up reason in bytes (rest-api.md section 6.5).
const WRAP_UP_BYTES_MAX: usize = 39;

/// Longest number that can be dialled: DialedNumber of CTI holds 40 bytes.
const ADDRESS_BYTES_MAX: usize = 40;

/// MAKE_CALL, the one way to create a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MakeCall {
    /// fromAddress, which must be the extension of the user of the URL.
    pub from: String,
    /// toAddress.
    pub to: String,
    /// Call variables by name, in the order given.
    pub variables: Vec<(String, String)>,
}

/// What is asked of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogRequest {
    /// ANSWER, HOLD, RETRIEVE or DROP.
    Action {
        /// Which of the four.
        action: Action,
        /// targetMediaAddress, which must be the extension of the caller.
        target: String,
    },
    /// UPDATE_CALL_DATA.
    UpdateCallData {
        /// targetMediaAddress, which clients leave out; if given, it must be the extension of the caller.
        target: Option<String>,
        /// Call variables by name, in the order given.
        variables: Vec<(String, String)>,
        /// wrapUpReason, perhaps empty; `None` if it stays as it is.
        wrap_up_reason: Option<String>,
    },
}

/// Reads the body of `POST User/{id}/Dialogs`.
///
/// # Errors
/// 400 as documented; 501 for an action that is not served.
pub fn new_dialog(request: &HttpRequest) -> Result<MakeCall, ApiFailure> {
    let dialog = body(request, "Dialog")?;
    match required(&dialog, "requestedAction")?.as_str() {
        "MAKE_CALL" => make_call(&dialog),
        other => Err(unknown("POST", other)),
    }
}

/// Reads the body of `PUT Dialog/{id}`.
///
/// # Errors
/// 400 as documented; 501 for an action that is not served.
pub fn dialog(request: &HttpRequest) -> Result<DialogRequest, ApiFailure> {
    let dialog = body(request, "Dialog")?;
    let action = match required(&dialog, "requestedAction")?.as_str() {
        "ANSWER" => Action::Answer,
        "HOLD" => Action::Hold,
        "RETRIEVE" => Action::Retrieve,
        "DROP" => Action::Drop,
        "UPDATE_CALL_DATA" => return update_call_data(&dialog),
        other => return Err(unknown("PUT", other)),
    };
    Ok(DialogRequest::Action { action, target: required(&dialog, "targetMediaAddress")? })
}

fn unknown(method: &str, action: &str) -> ApiFailure {
    if ACTIONS_NOT_SERVED.iter().any(|(by, actions)| *by == method && actions.contains(&action)) {
        return ApiFailure::not_implemented(action);
    }
    ApiFailure::invalid_input("Invalid requestedAction", action)
}

fn make_call(dialog: &Element) -> Result<MakeCall, ApiFailure> {
    let from = required(dialog, "fromAddress")?;
    let to = required(dialog, "toAddress")?;
    if to == from {
        return Err(ApiFailure::invalid_destination(&to));
    }
    if to.len() > ADDRESS_BYTES_MAX || !to.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Err(ApiFailure::invalid_input("toAddress must be up to 40 characters of ASCII", "toAddress"));
    }
    let properties = dialog.last_child("mediaProperties");
    if properties.is_some_and(|properties| properties.child("wrapUpReason").is_some()) {
        return Err(ApiFailure::invalid_input("A new call has no wrap-up reason", "wrapUpReason"));
    }
    Ok(MakeCall { from, to, variables: properties.map_or(Ok(Vec::new()), variables::read)? })
}

fn update_call_data(dialog: &Element) -> Result<DialogRequest, ApiFailure> {
    let empty = Element::default();
    let properties = dialog.last_child("mediaProperties").unwrap_or(&empty);
    let wrap_up_reason = properties.child_text("wrapUpReason");
    if wrap_up_reason.as_ref().is_some_and(|reason| reason.len() > WRAP_UP_BYTES_MAX) {
        return Err(ApiFailure::invalid_input("wrapUpReason is longer than 39 bytes", "wrapUpReason"));
    }
    let variables = variables::read(properties)?;
    if wrap_up_reason.is_none() && variables.is_empty() {
        return Err(ApiFailure::invalid_input("Nothing to update", "mediaProperties"));
    }
    let target = optional(dialog, "targetMediaAddress");
    Ok(DialogRequest::UpdateCallData { target, variables, wrap_up_reason })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::put;

    type Refused = (u16, &'static str, String);

    fn refused<T>(kind: &'static str, data: &str) -> Result<T, Refused> {
        Err((400, kind, data.to_owned()))
    }

    fn post(inner: &str) -> Result<MakeCall, Refused> {
        new_dialog(&put(&format!("<Dialog>{inner}</Dialog>")))
            .map_err(|f| (f.status(), f.kind.as_str(), f.data))
    }

    fn act(inner: &str) -> Result<DialogRequest, Refused> {
        dialog(&put(&format!("<Dialog>{inner}</Dialog>"))).map_err(|f| (f.status(), f.kind.as_str(), f.data))
    }

    fn variable(name: &str, value: &str) -> String {
        format!("<CallVariable><name>{name}</name><value>{value}</value></CallVariable>")
    }

    const CALL: &str = "<requestedAction>MAKE_CALL</requestedAction><fromAddress>2001</fromAddress>";
    const UPDATE: &str = "<requestedAction>UPDATE_CALL_DATA</requestedAction>";

    #[test]
    fn a_call_goes_from_here_to_there() {
        let call = |to: &str, variables: &[(&str, &str)]| {
            let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            Ok(MakeCall { from: "2001".to_owned(), to: to.to_owned(), variables: variables.collect() })
        };
        assert_eq!(post(&format!("<toAddress> 914155550100 </toAddress>{CALL}")), call("914155550100", &[]));
        let gold = format!("<callvariables>{}</callvariables>", variable("callVariable3", "gold"));
        let properties = format!("<mediaProperties>{gold}</mediaProperties>");
        assert_eq!(
            post(&format!("{CALL}<toAddress>*1 (x)</toAddress>{properties}")),
            call("*1 (x)", &[("callVariable3", "gold")])
        );
    }

    #[test]
    fn what_is_wrong_with_a_new_call() {
        assert_eq!(post(""), refused("Parameter Missing", "requestedAction"));
        assert_eq!(
            post("<requestedAction>MAKE_CALL</requestedAction><toAddress>1</toAddress>"),
            refused("Parameter Missing", "fromAddress")
        );
        assert_eq!(post(CALL), refused("Parameter Missing", "toAddress"));
        assert_eq!(
            post(&format!("{CALL}<toAddress>2001</toAddress>")),
            refused("Invalid Destination", "2001")
        );
        assert_eq!(
            post(&format!("{CALL}<toAddress>二〇〇一</toAddress>")),
            refused("Invalid Input", "toAddress")
        );
        let long = "9".repeat(ADDRESS_BYTES_MAX + 1);
        assert_eq!(
            post(&format!("{CALL}<toAddress>{long}</toAddress>")),
            refused("Invalid Input", "toAddress")
        );
        let wrap_up = "<mediaProperties><wrapUpReason>Sales</wrapUpReason></mediaProperties>";
        assert_eq!(
            post(&format!("{CALL}<toAddress>1</toAddress>{wrap_up}")),
            refused("Invalid Input", "wrapUpReason")
        );
    }

    #[test]
    fn the_four_actions_on_the_own_leg() {
        for (name, action) in [
            ("ANSWER", Action::Answer),
            ("HOLD", Action::Hold),
            ("RETRIEVE", Action::Retrieve),
            ("DROP", Action::Drop),
        ] {
            let request = Ok(DialogRequest::Action { action, target: "2001".to_owned() });
            let (action, target) = (
                format!("<requestedAction>{name}</requestedAction>"),
                "<targetMediaAddress>2001</targetMediaAddress>",
            );
            assert_eq!(act(&format!("{action}{target}")), request);
            assert_eq!(act(&format!("{target}<toAddress/>{action}")), request);
            assert_eq!(act(&action), refused("Parameter Missing", "targetMediaAddress"));
        }
    }

    #[test]
    fn actions_of_the_reference_that_are_not_served_yet() {
        for (method, actions) in ACTIONS_NOT_SERVED {
            for name in *actions {
                let body = format!("<requestedAction>{name}</requestedAction>");
                let status = if *method == "PUT" { act(&body).err() } else { post(&body).err() };
                assert_eq!(status, Some((501, "Not Implemented", (*name).to_owned())));
            }
        }
    }

    #[test]
    fn actions_that_nobody_knows() {
        for name in ["MAKE_CALL", "answer", "EXPLODE"] {
            assert_eq!(
                act(&format!("<requestedAction>{name}</requestedAction>")),
                refused("Invalid Input", name)
            );
        }
        for name in ["ANSWER", "TRANSFER", "EXPLODE"] {
            assert_eq!(
                post(&format!("<requestedAction>{name}</requestedAction>")),
                refused("Invalid Input", name)
            );
        }
        assert_eq!(act("<requestedAction/>"), refused("Parameter Missing", "requestedAction"));
    }

    #[test]
    fn call_data_is_updated_without_a_target() {
        let update = |inner: &str| act(&format!("{UPDATE}<mediaProperties>{inner}</mediaProperties>"));
        let both = format!(
            "<wrapUpReason>Sales</wrapUpReason><callvariables>{}</callvariables>",
            variable("callVariable3", "A7")
        );
        assert_eq!(
            update(&both),
            Ok(DialogRequest::UpdateCallData {
                target: None,
                variables: vec![("callVariable3".to_owned(), "A7".to_owned())],
                wrap_up_reason: Some("Sales".to_owned()),
            })
        );
        assert_eq!(
            update("<wrapUpReason></wrapUpReason>"),
            Ok(DialogRequest::UpdateCallData {
                target: None,
                variables: Vec::new(),
                wrap_up_reason: Some(String::new())
            })
        );
    }

    #[test]
    fn an_update_must_have_something_to_update() {
        let update = |inner: &str| act(&format!("{UPDATE}<mediaProperties>{inner}</mediaProperties>"));
        assert_eq!(act(UPDATE), refused("Invalid Input", "mediaProperties"));
        assert_eq!(update(""), refused("Invalid Input", "mediaProperties"));
        assert_eq!(update("<callvariables/>"), refused("Invalid Input", "mediaProperties"));
        let long = "あ".repeat(14);
        assert_eq!(
            update(&format!("<wrapUpReason>{long}</wrapUpReason>")),
            refused("Invalid Input", "wrapUpReason")
        );
    }
}
