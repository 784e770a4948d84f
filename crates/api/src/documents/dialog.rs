//! Dialog (rest-api.md section 6.1, mapping.md section 3.6).

use domain::{CallId, DialogView, LegView};
use xml::Writer;

use super::{rendered, time};
use crate::links;

/// The document that GET of one dialog answers.
pub fn dialog(view: &DialogView) -> String {
    dialog_as("Dialog", view)
}

/// The collection of a user; `<Dialogs/>` if there is none, which a field client compares literally.
pub fn dialogs(views: &[DialogView]) -> String {
    dialogs_as("Dialogs", views)
}

pub(crate) fn dialog_as(root: &str, view: &DialogView) -> String {
    rendered(|w| item(w, root, view))
}

pub(crate) fn dialogs_as(root: &str, views: &[DialogView]) -> String {
    rendered(|w| {
        w.open(root);
        views.iter().for_each(|view| item(w, "Dialog", view));
    })
}

fn item(w: &mut Writer, root: &str, view: &DialogView) {
    w.open(root).leaf("associatedDialogUri", view.associated.map(links::dialog).unwrap_or_default());
    w.leaf("fromAddress", &view.from).leaf("id", view.id.0);
    media_properties(w, view);
    w.leaf("mediaType", "Voice").open("participants");
    view.legs.iter().for_each(|leg| participant(w, leg));
    w.close();
    if view.rebuilding {
        w.leaf("rebuilding", true);
    }
    if let Some(callback) = &view.callback {
        w.open("scheduledCallbackInfo").leaf("callbackNumber", &callback.number);
        w.leaf("callbackTime", &callback.time).close();
    }
    if let Some(CallId(id)) = view.secondary {
        w.leaf("secondaryId", id);
    }
    w.leaf("state", view.state.as_str()).leaf("toAddress", &view.to);
    w.leaf("uri", links::dialog(view.id)).close();
}

/// The one object whose children are not in alphabetical order.
fn media_properties(w: &mut Writer, view: &DialogView) {
    w.open("mediaProperties").leaf("DNIS", &view.dnis).leaf("callType", view.call_type);
    w.leaf("dialedNumber", &view.dialed_number).leaf("outboundClassification", "");
    w.open("callvariables");
    for (name, value) in &view.variables {
        w.open("CallVariable").leaf("name", name).leaf("value", value).close();
    }
    w.close();
    if let Some(reason) = &view.wrap_up_reason {
        w.leaf("wrapUpReason", reason);
    }
    w.close();
}

fn participant(w: &mut Writer, leg: &LegView) {
    w.open("Participant").open("actions");
    for action in &leg.actions {
        w.leaf("action", action.as_str());
    }
    w.close().leaf("mediaAddress", &leg.address);
    w.leaf("mediaAddressType", if leg.agent_device { "AGENT_DEVICE" } else { "" });
    w.leaf("startTime", time::utc_or_empty(leg.started)).leaf("state", leg.state.as_str());
    w.leaf("stateCause", leg.cause).leaf("stateChangeTime", time::utc_or_empty(leg.since)).close();
}

#[cfg(test)]
mod tests {
    use domain::{Action, CallbackView, LegState};

    use super::*;
    use crate::testing::ringing_call;

    /// The example of rest-api.md section 6.1.
    const RINGING: &str = "<Dialog><associatedDialogUri></associatedDialogUri>\
        <fromAddress>4155550100</fromAddress><id>16804377</id><mediaProperties><DNIS>2001</DNIS>\
        <callType>ACD_IN</callType><dialedNumber>8000</dialedNumber>\
        <outboundClassification></outboundClassification><callvariables>\
        <CallVariable><name>callVariable1</name><value>gold</value></CallVariable>\
        <CallVariable><name>callVariable2</name><value></value></CallVariable>\
        <CallVariable><name>callVariable3</name><value></value></CallVariable>\
        <CallVariable><name>callVariable4</name><value></value></CallVariable>\
        <CallVariable><name>callVariable5</name><value></value></CallVariable>\
        <CallVariable><name>callVariable6</name><value></value></CallVariable>\
        <CallVariable><name>callVariable7</name><value></value></CallVariable>\
        <CallVariable><name>callVariable8</name><value></value></CallVariable>\
        <CallVariable><name>callVariable9</name><value></value></CallVariable>\
        <CallVariable><name>callVariable10</name><value></value></CallVariable>\
        </callvariables></mediaProperties><mediaType>Voice</mediaType>\
        <participants><Participant><actions><action>ANSWER</action></actions>\
        <mediaAddress>2001</mediaAddress><mediaAddressType>AGENT_DEVICE</mediaAddressType>\
        <startTime>2016-03-01T12:00:05.120Z</startTime>\
        <state>ALERTING</state><stateCause></stateCause>\
        <stateChangeTime>2016-03-01T12:00:05.120Z</stateChangeTime></Participant>\
        <Participant><actions><action>UPDATE_CALL_DATA</action><action>DROP</action></actions>\
        <mediaAddress>4155550100</mediaAddress><mediaAddressType></mediaAddressType>\
        <startTime>2016-03-01T12:00:05.120Z</startTime><state>INITIATED</state><stateCause></stateCause>\
        <stateChangeTime>2016-03-01T12:00:05.120Z</stateChangeTime></Participant></participants>\
        <state>ALERTING</state><toAddress>8000</toAddress><uri>/finesse/api/Dialog/16804377</uri></Dialog>";

    #[test]
    fn a_ringing_call() {
        assert_eq!(dialog(&ringing_call()), RINGING);
    }

    #[test]
    fn a_collection_holds_whole_dialogs() {
        assert_eq!(dialogs(&[]), "<Dialogs/>");
        assert_eq!(dialogs(&[ringing_call()]), format!("<Dialogs>{RINGING}</Dialogs>"));
        assert_eq!(
            dialogs(&[ringing_call(), ringing_call()]),
            format!("<Dialogs>{RINGING}{RINGING}</Dialogs>")
        );
    }

    #[test]
    fn what_only_some_calls_have() {
        let mut call = ringing_call();
        call.associated = Some(CallId(16_804_378));
        call.secondary = Some(CallId(16_804_379));
        call.wrap_up_reason = Some("Sales & more".to_owned());
        let leg = call.legs.first_mut().expect("a leg");
        (leg.state, leg.cause, leg.since) = (LegState::Failed, "BUSY", None);
        leg.actions.clear();
        let xml = dialog(&call);
        for part in [
            "<associatedDialogUri>/finesse/api/Dialog/16804378</associatedDialogUri>",
            "</callvariables><wrapUpReason>Sales &amp; more</wrapUpReason></mediaProperties>",
            "</participants><secondaryId>16804379</secondaryId><state>",
            "<Participant><actions/><mediaAddress>",
            "<state>FAILED</state><stateCause>BUSY</stateCause><stateChangeTime></stateChangeTime>",
        ] {
            assert!(xml.contains(part), "{part}\n{xml}");
        }
    }

    #[test]
    fn rest_6_1_a_promised_callback_and_the_actions_of_a_campaign() {
        let callback = CallbackView { time: "2026-12-31T09:30".to_owned(), number: String::new() };
        let mut call = DialogView { callback: Some(callback), secondary: Some(CallId(7)), ..ringing_call() };
        call.legs.first_mut().expect("a leg").actions = vec![Action::Accept, Action::Close, Action::Reject];
        let xml = dialog(&call);
        for part in [
            "</participants><scheduledCallbackInfo><callbackNumber></callbackNumber>\
             <callbackTime>2026-12-31T09:30</callbackTime></scheduledCallbackInfo><secondaryId>7</secondaryId>",
            "<actions><action>ACCEPT</action><action>CLOSE</action><action>REJECT</action></actions>",
        ] {
            assert!(xml.contains(part), "{part}\n{xml}");
        }
        assert!(!dialog(&ringing_call()).contains("scheduledCallbackInfo"));
    }

    /// Our own element, which clients of the original ignore (rest-api.md section 1.4).
    #[test]
    fn a_call_that_is_being_rebuilt_says_so() {
        let call = DialogView { rebuilding: true, secondary: Some(CallId(7)), ..ringing_call() };
        let after = "</participants><rebuilding>true</rebuilding><secondaryId>7</secondaryId><state>";
        assert!(dialog(&call).contains(after));
        assert!(!dialog(&ringing_call()).contains("rebuilding"));
    }
}
