//! `POST User/{id}/Dialogs` (rest-api.md section 6.4).

use domain::CallId;
use xml::Element;

use super::{address, body, required, unknown_action, variables};
use crate::{ApiFailure, HttpRequest, links};

/// A dialog that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDialog {
    /// fromAddress, which must be the extension of the user of the URL.
    pub from: String,
    /// toAddress, which is another one.
    pub to: String,
    /// requestedAction.
    pub action: NewDialogAction,
}

/// How it comes to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewDialogAction {
    /// MAKE_CALL.
    MakeCall {
        /// Call variables by name, in the order given.
        variables: Vec<(String, String)>,
    },
    /// SILENT_MONITOR: a supervisor listens to the agent at toAddress.
    SilentMonitor,
    /// BARGE_CALL: he joins the call that he listens to.
    Barge {
        /// associatedDialogUri: the dialog by which he listens.
        session: CallId,
    },
}

/// Reads the body of `POST User/{id}/Dialogs`.
///
/// # Errors
/// 400 as documented.
pub fn new_dialog(request: &HttpRequest) -> Result<NewDialog, ApiFailure> {
    let dialog = body(request, "Dialog")?;
    let action: fn(&Element) -> Result<NewDialogAction, ApiFailure> =
        match required(&dialog, "requestedAction")?.as_str() {
            "MAKE_CALL" => make_call,
            "SILENT_MONITOR" => |_| Ok(NewDialogAction::SilentMonitor),
            "BARGE_CALL" => barge,
            other => return Err(unknown_action(&[], other)),
        };
    let from = required(&dialog, "fromAddress")?;
    let to = address(&dialog, &from)?;
    Ok(NewDialog { from, to, action: action(&dialog)? })
}

fn make_call(dialog: &Element) -> Result<NewDialogAction, ApiFailure> {
    let properties = dialog.last_child("mediaProperties");
    if properties.is_some_and(|properties| properties.child("wrapUpReason").is_some()) {
        return Err(ApiFailure::invalid_input("A new call has no wrap-up reason", "wrapUpReason"));
    }
    Ok(NewDialogAction::MakeCall { variables: properties.map_or(Ok(Vec::new()), variables::read)? })
}

fn barge(dialog: &Element) -> Result<NewDialogAction, ApiFailure> {
    let uri = required(dialog, "associatedDialogUri")?;
    let session = links::dialog_of(&uri).ok_or_else(|| {
        ApiFailure::invalid_input("associatedDialogUri must be that of a dialog", "associatedDialogUri")
    })?;
    Ok(NewDialogAction::Barge { session })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::ADDRESS_BYTES_MAX;
    use crate::testing::put;

    fn post(inner: &str) -> Result<NewDialog, (u16, &'static str, String)> {
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
            let action = NewDialogAction::MakeCall { variables: variables.collect() };
            Ok(NewDialog { from: "2001".to_owned(), to: to.to_owned(), action })
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

    /// The body of an action of a supervisor.
    fn supervise(action: &str, more: &str) -> String {
        format!("<requestedAction>{action}</requestedAction><fromAddress>2001</fromAddress>{more}")
    }

    #[test]
    fn supervisors_listen_and_barge_in() {
        let read = |action| Ok(NewDialog { from: "2001".to_owned(), to: "2002".to_owned(), action });
        let to = "<toAddress>2002</toAddress>";
        assert_eq!(post(&supervise("SILENT_MONITOR", to)), read(NewDialogAction::SilentMonitor));
        let uri = format!("{to}<associatedDialogUri>/finesse/api/Dialog/77</associatedDialogUri>");
        let barge = NewDialogAction::Barge { session: CallId(77) };
        assert_eq!(post(&supervise("BARGE_CALL", &uri)), read(barge));
    }

    /// Body, ErrorType, ErrorData (rest-api.md sections 3.3 and 6.4).
    #[test]
    fn what_is_wrong_with_listening_and_barging_in() {
        let to = "<toAddress>2002</toAddress>";
        for action in ["SILENT_MONITOR", "BARGE_CALL"] {
            for (body, kind, data) in [
                (supervise(action, ""), "Parameter Missing", "toAddress"),
                (supervise(action, "<toAddress>2001</toAddress>"), "Invalid Destination", "2001"),
                (supervise(action, to).replace("2001", ""), "Parameter Missing", "fromAddress"),
            ] {
                assert_eq!(post(&body), Err((400, kind, data.to_owned())), "{body}");
            }
        }
        let uri = |uri: &str| format!("{to}<associatedDialogUri>{uri}</associatedDialogUri>");
        for (more, kind) in [
            (to.to_owned(), "Parameter Missing"),
            (uri(""), "Parameter Missing"),
            (uri("77"), "Invalid Input"),
            (uri("/finesse/api/Dialog/"), "Invalid Input"),
            (uri("/finesse/api/Dialog/x"), "Invalid Input"),
            (uri("/finesse/api/User/77"), "Invalid Input"),
            (uri("/finesse/api/Dialog/77/"), "Invalid Input"),
        ] {
            let expected = Err((400, kind, "associatedDialogUri".to_owned()));
            assert_eq!(post(&supervise("BARGE_CALL", &more)), expected, "{more}");
        }
    }

    #[test]
    fn actions_that_create_no_dialog() {
        for name in ["ANSWER", "TRANSFER", "make_call", "EXPLODE"] {
            let body = format!("<requestedAction>{name}</requestedAction>");
            assert_eq!(post(&body), Err((400, "Invalid Input", name.to_owned())));
        }
    }
}
