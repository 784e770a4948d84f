//! Whatever a client sends, it gets an answer.

use api::{ApiFailure, HttpRequest, credentials, parse, route};
use domain::Secret;
use proptest::prelude::*;

fn put(body: Vec<u8>) -> HttpRequest {
    HttpRequest {
        method: "PUT".to_owned(),
        path: "/finesse/api/Dialog/1".to_owned(),
        query: String::new(),
        authorization: None,
        request_id: None,
        content_type: None,
        range: None,
        body,
        caller: None,
    }
}

const ROOTS: [&str; 12] = [
    "User",
    "Dialog",
    "ReasonCode",
    "WrapUpReason",
    "PhoneBook",
    "Contact",
    "MediaPropertiesLayout",
    "LayoutConfig",
    "TeamLayoutConfig",
    "Workflow",
    "WorkflowAction",
    "PhoneBooks",
];

/// Documents that get past the first checks more often than noise does.
fn nearly() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "User",
        "Dialog",
        "state",
        "extension",
        "mobileAgent",
        "mode",
        "reasonCodeId",
        "requestedAction",
        "fromAddress",
        "toAddress",
        "targetMediaAddress",
        "mediaProperties",
        "wrapUpReason",
        "callvariables",
        "CallVariable",
        "actionParams",
        "ActionParam",
        "name",
        "value",
        "type",
        "label",
        "forAll",
        "uri",
        "header",
        "column",
        "entry",
        "mediaProperty",
        "layoutxml",
        "useDefault",
        "TriggerSet",
        "ConditionSet",
        "conditions",
        "Condition",
        "Variable",
        "workflowActions",
        "WorkflowAction",
        "params",
        "Param",
        "actionVariables",
        "ActionVariable",
        "PhoneBook",
    ]);
    let text = prop_oneof![
        prop::sample::select(vec![
            "LOGIN",
            "NOT_READY",
            "MAKE_CALL",
            "DROP",
            "CONSULT_CALL",
            "SEND_DTMF",
            "dtmfString",
            "UPDATE_CALL_DATA",
            "user.a[1]"
        ])
        .prop_map(str::to_owned),
        "[ -~\\PC]{0,20}",
    ];
    let leaf = (name.clone(), text).prop_map(|(name, text)| format!("<{name}>{text}</{name}>"));
    let inside = leaf.prop_recursive(4, 40, 6, move |inner| {
        (name.clone(), prop::collection::vec(inner, 0..6))
            .prop_map(|(name, children)| format!("<{name}>{}</{name}>", children.concat()))
    });
    (prop::sample::select(ROOTS.to_vec()), prop::collection::vec(inside, 0..8))
        .prop_map(|(root, children)| format!("<{root}>{}</{root}>", children.concat()))
}

/// Every refusal has a status of its own kind and a body that can be parsed again.
fn check(failure: &ApiFailure) {
    let answer = failure.respond(None);
    assert!(matches!(answer.status, 400 | 501), "{answer:?}");
    assert!(xml::Element::parse(answer.body.as_bytes(), &xml::Limits::default()).is_ok(), "{answer:?}");
}

fn read_all(request: &HttpRequest) {
    parse::user(request).err().iter().for_each(check);
    parse::new_dialog(request).err().iter().for_each(check);
    parse::dialog(request).err().iter().for_each(check);
    read_settings(request);
}

fn read_settings(request: &HttpRequest) {
    parse::reason_code(request, 1, None).err().iter().for_each(check);
    parse::wrap_up_reason(request, 1, None).err().iter().for_each(check);
    parse::phone_book(request, 1, None).err().iter().for_each(check);
    parse::contact(request, 1, None).err().iter().for_each(check);
    parse::contacts(request).err().iter().for_each(check);
    parse::contacts_csv(request).err().iter().for_each(check);
    parse::media_layout(request, 1, None).err().iter().for_each(check);
    parse::layout_config(request).err().iter().for_each(check);
    parse::team_layout_config(request).err().iter().for_each(check);
    parse::workflow(request, 1, None).err().iter().for_each(check);
    parse::workflow_action(request, 1, None).err().iter().for_each(check);
    parse::assignment(request, "PhoneBook").err().iter().for_each(check);
}

proptest! {
    #[test]
    fn bytes_are_read_or_refused(body: Vec<u8>) {
        read_all(&put(body));
    }

    #[test]
    fn documents_are_read_or_refused(body in nearly()) {
        read_all(&put(body.into_bytes()));
    }

    #[test]
    fn cut_documents_are_refused(body in nearly(), keep in 0.0..1.0_f64) {
        let mut bytes = body.into_bytes();
        bytes.truncate((bytes.len() as f64 * keep) as usize);
        let request = put(bytes);
        prop_assert!(parse::user(&request).is_err());
        prop_assert!(parse::dialog(&request).is_err());
    }

    #[test]
    fn requests_are_routed_or_refused(
        method in "\\PC{0,8}",
        path in "(/finesse/api/)?(User|Dialog)?\\PC{0,40}",
        header in "(Basic )?\\PC{0,40}",
    ) {
        let authorization = Some(Secret::new(header));
        let request = HttpRequest { method, path, authorization, ..put(Vec::new()) };
        if let Err(failure) = route(&request) {
            prop_assert!(matches!(failure.status(), 404 | 405));
        }
        if let Err(failure) = credentials(&request) {
            prop_assert_eq!(failure.status(), 401);
        }
    }
}
