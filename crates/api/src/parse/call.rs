//! `POST User/{id}/Dialogs` (rest-api.md section 6.4).

use xml::Element;

use super::{address, body, required, unknown_action, variables};
use crate::{ApiFailure, HttpRequest};

/// Actions of the reference that this version answers with 501.
pub(super) const NOT_SERVED: &[&str] = &["BARGE_CALL", "SILENT_MONITOR"];

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

/// Reads the body of `POST User/{id}/Dialogs`.
///
/// # Errors
/// 400 as documented; 501 for an action that is not served.
pub fn new_dialog(request: &HttpRequest) -> Result<MakeCall, ApiFailure> {
    let dialog = body(request, "Dialog")?;
    match required(&dialog, "requestedAction")?.as_str() {
        "MAKE_CALL" => make_call(&dialog),
        other => Err(unknown_action(NOT_SERVED, other)),
    }
}

fn make_call(dialog: &Element) -> Result<MakeCall, ApiFailure> {
    let from = required(dialog, "fromAddress")?;
    let to = address(dialog, &from)?;
    let properties = dialog.last_child("mediaProperties");
    if properties.is_some_and(|properties| properties.child("wrapUpReason").is_some()) {
        return Err(ApiFailure::invalid_input("A new call has no wrap-up reason", "wrapUpReason"));
    }
    Ok(MakeCall { from, to, variables: properties.map_or(Ok(Vec::new()), variables::read)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::ADDRESS_BYTES_MAX;
    use crate::testing::put;

    fn post(inner: &str) -> Result<MakeCall, (u16, &'static str, String)> {
        new_dialog(&put(&format!("<Dialog>{inner}</Dialog>")))
            .map_err(|failure| (failure.status(), failure.kind.as_str(), failure.data))
    }

    const CALL: &str = "<requestedAction>MAKE_CALL</requestedAction><fromAddress>2001</fromAddress>";
    const GOLD: &str = "<mediaProperties><callvariables><CallVariable><name>callVariable3</name>\
                        <value>gold</value></CallVariable></callvariables></mediaProperties>";

    #[test]
    fn a_call_goes_from_here_to_there() {
        let call = |to: &str, variables: &[(&str, &str)]| {
            let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            Ok(MakeCall { from: "2001".to_owned(), to: to.to_owned(), variables: variables.collect() })
        };
        assert_eq!(post(&format!("<toAddress> 914155550100 </toAddress>{CALL}")), call("914155550100", &[]));
        assert_eq!(
            post(&format!("{CALL}<toAddress>*1 (x)</toAddress>{GOLD}")),
            call("*1 (x)", &[("callVariable3", "gold")])
        );
    }

    /// Body, ErrorType, ErrorData (rest-api.md sections 3.3 and 6.4).
    #[test]
    fn what_is_wrong_with_a_new_call() {
        let long = format!("{CALL}<toAddress>{}</toAddress>", "9".repeat(ADDRESS_BYTES_MAX + 1));
        let wrap_up = "<mediaProperties><wrapUpReason>Sales</wrapUpReason></mediaProperties>";
        let campaign = GOLD.replace("callVariable3", "BAStatus");
        let too_long = GOLD.replace("gold", &"x".repeat(41));
        for (body, kind, data) in [
            (String::new(), "Parameter Missing", "requestedAction"),
            ("<requestedAction/>".to_owned(), "Parameter Missing", "requestedAction"),
            (CALL.replace("2001", "") + "<toAddress>1</toAddress>", "Parameter Missing", "fromAddress"),
            (CALL.to_owned(), "Parameter Missing", "toAddress"),
            (format!("{CALL}<toAddress> </toAddress>"), "Parameter Missing", "toAddress"),
            (format!("{CALL}<toAddress>2001</toAddress>"), "Invalid Destination", "2001"),
            (format!("{CALL}<toAddress>二〇〇一</toAddress>"), "Invalid Input", "toAddress"),
            (long, "Invalid Input", "toAddress"),
            (format!("{CALL}<toAddress>1</toAddress>{wrap_up}"), "Invalid Input", "wrapUpReason"),
            (format!("{CALL}<toAddress>1</toAddress>{campaign}"), "Invalid Input", "BAStatus"),
            (format!("{CALL}<toAddress>1</toAddress>{too_long}"), "Invalid Input", "callVariable3"),
        ] {
            assert_eq!(post(&body), Err((400, kind, data.to_owned())), "{body}");
        }
    }

    #[test]
    fn actions_that_create_no_dialog() {
        for name in NOT_SERVED {
            let body = format!("<requestedAction>{name}</requestedAction>");
            assert_eq!(post(&body), Err((501, "Not Implemented", (*name).to_owned())));
        }
        for name in ["ANSWER", "TRANSFER", "make_call", "EXPLODE"] {
            let body = format!("<requestedAction>{name}</requestedAction>");
            assert_eq!(post(&body), Err((400, "Invalid Input", name.to_owned())));
        }
    }
}
