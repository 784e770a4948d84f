//! `PUT Dialog/{id}` (rest-api.md section 6.5).

use domain::{Action, CampaignAnswer, WRAP_UP_LABEL_BYTES_MAX};
use xml::Element;

use super::{address, body, campaign, optional, required, unknown_action, variables};
use crate::{ApiFailure, HttpRequest};

/// Actions of the reference that this version answers with 501: those of non-voice tasks.
pub(super) const NOT_SERVED: &[&str] = &["PAUSE", "RESUME", "START", "WRAP_UP"];

/// Longest dtmfString: DTMFString of CTI holds 32 bytes with its terminator (ged188.md section 7).
const DIGITS_MAX: usize = 31;

/// What is asked of a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialogRequest {
    /// An action on the caller's own leg.
    Own {
        /// targetMediaAddress, which must be the caller's extension.
        target: String,
        /// What.
        action: OwnAction,
    },
    /// PARTICIPANT_DROP.
    DropParticipant {
        /// targetMediaAddress, which here is the party that shall leave.
        party: String,
    },
    /// UPDATE_CALL_DATA.
    UpdateCallData {
        /// targetMediaAddress, which clients leave out; if given, it must be the caller's extension.
        target: Option<String>,
        /// Call variables by name, in the order given.
        variables: Vec<(String, String)>,
        /// wrapUpReason, perhaps empty; `None` if it stays as it is.
        wrap_up_reason: Option<String>,
    },
}

/// An action on the caller's own leg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnAction {
    /// ANSWER, HOLD, RETRIEVE or DROP.
    Plain(Action),
    /// TRANSFER.
    Transfer,
    /// CONFERENCE.
    Conference,
    /// CONSULT_CALL.
    Consult {
        /// toAddress, which is not the caller's extension.
        to: String,
    },
    /// TRANSFER_SST.
    SingleStepTransfer {
        /// toAddress, which is not the caller's extension.
        to: String,
    },
    /// SEND_DTMF.
    SendDtmf {
        /// dtmfString: 1 to 31 letters, digits, `*` and `#`.
        digits: String,
    },
    /// The actions of campaign calls.
    Campaign(CampaignAnswer),
    /// START_RECORDING.
    StartRecording,
}

/// Reads the body of `PUT Dialog/{id}`.
///
/// # Errors
/// 400 as documented; 501 for an action that is not served.
pub fn dialog(request: &HttpRequest) -> Result<DialogRequest, ApiFailure> {
    let dialog = body(request, "Dialog")?;
    let target = || required(&dialog, "targetMediaAddress");
    let own = |action| Ok(DialogRequest::Own { target: target()?, action });
    let number = || address(&dialog, &target()?);
    match required(&dialog, "requestedAction")?.as_str() {
        "ANSWER" => own(OwnAction::Plain(Action::Answer)),
        "HOLD" => own(OwnAction::Plain(Action::Hold)),
        "RETRIEVE" => own(OwnAction::Plain(Action::Retrieve)),
        "DROP" => own(OwnAction::Plain(Action::Drop)),
        // Clients may add a toAddress to these two, which means nothing.
        "TRANSFER" => own(OwnAction::Transfer),
        "CONFERENCE" => own(OwnAction::Conference),
        "CONSULT_CALL" => own(OwnAction::Consult { to: number()? }),
        "TRANSFER_SST" => own(OwnAction::SingleStepTransfer { to: number()? }),
        "SEND_DTMF" => own(OwnAction::SendDtmf { digits: digits(&dialog)? }),
        "ACCEPT" => own(OwnAction::Campaign(CampaignAnswer::Accept)),
        "CLOSE" => own(OwnAction::Campaign(CampaignAnswer::Close)),
        "REJECT" => own(OwnAction::Campaign(CampaignAnswer::Reject)),
        "RECLASSIFY" => own(OwnAction::Campaign(campaign::reclassify(&dialog)?)),
        "UPDATE_SCHEDULED_CALLBACK" => own(OwnAction::Campaign(campaign::schedule_callback(&dialog)?)),
        "CANCEL_SCHEDULED_CALLBACK" => own(OwnAction::Campaign(CampaignAnswer::CancelCallback)),
        "START_RECORDING" => own(OwnAction::StartRecording),
        "PARTICIPANT_DROP" => Ok(DialogRequest::DropParticipant { party: target()? }),
        "UPDATE_CALL_DATA" => update_call_data(&dialog),
        other => Err(unknown_action(NOT_SERVED, other)),
    }
}

/// Unified CCE takes letters too (rest-api.md section 6.5).
fn digits(dialog: &Element) -> Result<String, ApiFailure> {
    let digits =
        action_param(dialog, "dtmfString").ok_or_else(|| ApiFailure::parameter_missing("dtmfString"))?;
    let is_tone = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'#');
    if digits.len() > DIGITS_MAX || !digits.bytes().all(is_tone) {
        return Err(ApiFailure::invalid_input(
            "dtmfString must be up to 31 letters, digits, * and #",
            "dtmfString",
        ));
    }
    Ok(digits)
}

/// The value of the last `ActionParam` of this name, if it has one.
pub(super) fn action_param(dialog: &Element, name: &str) -> Option<String> {
    let list = dialog.last_child("actionParams").into_iter().flat_map(Element::children);
    let mut named =
        list.filter(|item| item.name == "ActionParam" && item.child_text("name").as_deref() == Some(name));
    named.next_back().and_then(|item| optional(item, "value"))
}

fn update_call_data(dialog: &Element) -> Result<DialogRequest, ApiFailure> {
    let empty = Element::default();
    let properties = dialog.last_child("mediaProperties").unwrap_or(&empty);
    let wrap_up_reason = properties.child_text("wrapUpReason");
    if wrap_up_reason.as_ref().is_some_and(|reason| reason.len() > WRAP_UP_LABEL_BYTES_MAX) {
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

    fn act(inner: &str) -> Result<DialogRequest, Refused> {
        dialog(&put(&format!("<Dialog>{inner}</Dialog>")))
            .map_err(|failure| (failure.status(), failure.kind.as_str(), failure.data))
    }

    /// A body with this action, the caller's own target and more.
    fn own(name: &str, more: &str) -> String {
        format!(
            "<requestedAction>{name}</requestedAction><targetMediaAddress>2001</targetMediaAddress>{more}"
        )
    }

    fn dtmf(params: &str) -> String {
        own("SEND_DTMF", &format!("<actionParams>{params}</actionParams>"))
    }

    fn param(name: &str, value: &str) -> String {
        format!("<ActionParam><name>{name}</name><value>{value}</value></ActionParam>")
    }

    fn update(inner: &str) -> String {
        format!(
            "<requestedAction>UPDATE_CALL_DATA</requestedAction><mediaProperties>{inner}</mediaProperties>"
        )
    }

    fn variable(name: &str, value: &str) -> String {
        let item = format!("<CallVariable><name>{name}</name><value>{value}</value></CallVariable>");
        format!("<callvariables>{item}</callvariables>")
    }

    fn read(action: OwnAction) -> Result<DialogRequest, Refused> {
        Ok(DialogRequest::Own { target: "2001".to_owned(), action })
    }

    #[test]
    fn actions_on_the_own_leg() {
        for (name, action) in [
            ("ANSWER", OwnAction::Plain(Action::Answer)),
            ("HOLD", OwnAction::Plain(Action::Hold)),
            ("RETRIEVE", OwnAction::Plain(Action::Retrieve)),
            ("DROP", OwnAction::Plain(Action::Drop)),
            ("TRANSFER", OwnAction::Transfer),
            ("CONFERENCE", OwnAction::Conference),
            ("START_RECORDING", OwnAction::StartRecording),
            ("ACCEPT", OwnAction::Campaign(CampaignAnswer::Accept)),
            ("CLOSE", OwnAction::Campaign(CampaignAnswer::Close)),
            ("REJECT", OwnAction::Campaign(CampaignAnswer::Reject)),
            ("CANCEL_SCHEDULED_CALLBACK", OwnAction::Campaign(CampaignAnswer::CancelCallback)),
        ] {
            for more in ["", "<toAddress/>", "<toAddress>2001</toAddress>"] {
                assert_eq!(act(&own(name, more)), read(action.clone()), "{name} {more}");
            }
        }
    }

    #[test]
    fn actions_towards_a_number() {
        let to = || "7200".to_owned();
        let number = "<toAddress> 7200 </toAddress>";
        assert_eq!(act(&own("CONSULT_CALL", number)), read(OwnAction::Consult { to: to() }));
        assert_eq!(act(&own("TRANSFER_SST", number)), read(OwnAction::SingleStepTransfer { to: to() }));
    }

    #[test]
    fn tones_come_in_a_list_of_parameters() {
        let tones = |digits: &str| read(OwnAction::SendDtmf { digits: digits.to_owned() });
        assert_eq!(act(&dtmf(&param("dtmfString", "42#"))), tones("42#"));
        assert_eq!(act(&dtmf(&param("dtmfString", "aD*9"))), tones("aD*9"), "Unified CCE takes letters");
        let others = format!("{}<x/>{}", param("other", "1"), param("dtmfString", &"1".repeat(DIGITS_MAX)));
        assert_eq!(act(&dtmf(&others)), tones(&"1".repeat(DIGITS_MAX)));
    }

    #[test]
    fn the_target_of_a_participant_drop_is_the_party() {
        let party = "2001".to_owned();
        assert_eq!(act(&own("PARTICIPANT_DROP", "")), Ok(DialogRequest::DropParticipant { party }));
    }

    /// Body, ErrorType, ErrorData (rest-api.md sections 3.3 and 6.5).
    #[test]
    fn what_is_wrong_with_an_action() {
        let to = |number: &str| format!("<toAddress>{number}</toAddress>");
        let long = "9".repeat(40);
        let mut rows = vec![
            (String::new(), "Parameter Missing", "requestedAction"),
            ("<requestedAction/>".to_owned(), "Parameter Missing", "requestedAction"),
            (own("MAKE_CALL", ""), "Invalid Input", "MAKE_CALL"),
            (own("answer", ""), "Invalid Input", "answer"),
            (own("EXPLODE", ""), "Invalid Input", "EXPLODE"),
            (own("SEND_DTMF", ""), "Parameter Missing", "dtmfString"),
            (dtmf(""), "Parameter Missing", "dtmfString"),
            (dtmf(&param("other", "1")), "Parameter Missing", "dtmfString"),
            (dtmf(&param("dtmfString", "")), "Parameter Missing", "dtmfString"),
            (dtmf(&param("dtmfString", "1 2")), "Invalid Input", "dtmfString"),
            (dtmf(&param("dtmfString", "一")), "Invalid Input", "dtmfString"),
            (dtmf(&param("dtmfString", &"1".repeat(DIGITS_MAX + 1))), "Invalid Input", "dtmfString"),
            (update(""), "Invalid Input", "mediaProperties"),
            (update("<callvariables/>"), "Invalid Input", "mediaProperties"),
            (
                update(&format!("<wrapUpReason>{}</wrapUpReason>", "あ".repeat(14))),
                "Invalid Input",
                "wrapUpReason",
            ),
            (update(&variable("callVariable1", &"x".repeat(41))), "Invalid Input", "callVariable1"),
            (update(&variable("user.a", &"x".repeat(1_995))), "Invalid Input", "callvariables"),
            (update(&variable("callVariable11", "x")), "Invalid Input", "callVariable11"),
            (update(&variable("BAStatus", "x")), "Invalid Input", "BAStatus"),
            (update(&variable("", "x")), "Parameter Missing", "name"),
        ];
        for name in ["CONSULT_CALL", "TRANSFER_SST"] {
            rows.push((own(name, ""), "Parameter Missing", "toAddress"));
            rows.push((own(name, &to("")), "Parameter Missing", "toAddress"));
            rows.push((own(name, &to("2001")), "Invalid Destination", "2001"));
            rows.push((own(name, &to("二〇〇一")), "Invalid Input", "toAddress"));
            rows.push((own(name, &to(&long)), "Invalid Input", "toAddress"));
        }
        for name in [
            "ANSWER",
            "HOLD",
            "RETRIEVE",
            "DROP",
            "TRANSFER",
            "CONFERENCE",
            "CONSULT_CALL",
            "TRANSFER_SST",
            "SEND_DTMF",
            "PARTICIPANT_DROP",
            "START_RECORDING",
            "ACCEPT",
            "CLOSE",
            "REJECT",
            "RECLASSIFY",
            "UPDATE_SCHEDULED_CALLBACK",
            "CANCEL_SCHEDULED_CALLBACK",
        ] {
            let params = [("dtmfString", "1"), ("outboundClassification", "FAX"), ("callbackNumber", "1")]
                .map(|(name, value)| param(name, value))
                .concat();
            let without = format!(
                "<requestedAction>{name}</requestedAction><toAddress>1</toAddress><actionParams>{params}</actionParams>"
            );
            rows.push((without, "Parameter Missing", "targetMediaAddress"));
        }
        for (body, kind, data) in rows {
            assert_eq!(act(&body), Err((400, kind, data.to_owned())), "{body}");
        }
    }

    #[test]
    fn actions_of_the_reference_that_are_not_served() {
        for name in NOT_SERVED {
            assert_eq!(act(&own(name, "")), Err((501, "Not Implemented", (*name).to_owned())));
        }
    }

    #[test]
    fn call_data_is_updated_without_a_target() {
        let both = format!("<wrapUpReason>Sales</wrapUpReason>{}", variable("callVariable3", "A7"));
        let updated = |variables: &[(&str, &str)], reason: Option<&str>| {
            let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            let wrap_up_reason = reason.map(str::to_owned);
            Ok(DialogRequest::UpdateCallData { target: None, variables: variables.collect(), wrap_up_reason })
        };
        assert_eq!(act(&update(&both)), updated(&[("callVariable3", "A7")], Some("Sales")));
        assert_eq!(act(&update("<wrapUpReason></wrapUpReason>")), updated(&[], Some("")));
        assert_eq!(act(&update(&variable("user.a", "x"))), updated(&[("user.a", "x")], None));
    }

    #[test]
    fn any_text_is_a_wrap_up_reason() {
        let text = "返金, R&amp;D";
        let request = act(&update(&format!("<wrapUpReason>{text}</wrapUpReason>")));
        assert!(
            matches!(&request, Ok(DialogRequest::UpdateCallData { wrap_up_reason: Some(reason), .. }) if reason == "返金, R&D"),
            "{request:?}"
        );
    }
}
