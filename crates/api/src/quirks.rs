//! What stock clients rely on in documents and events (rest-api.md section 19). Settings have their own.

use domain::{AgentId, ApiError, ErrorSource, RequestId, TeamId, TeamView, UserView};
use xml::{Element, Limits};

use crate::testing::{ada_at_lunch, put, request, ringing_call, sales_queue};
use crate::{ApiFailure, ErrorType, HttpRequest, Matched, documents, events, parse, route};

fn supervisor() -> UserView {
    let teams = vec![TeamView { id: TeamId(500), name: "Sales".to_owned() }];
    UserView { supervisor: true, teams, ..ada_at_lunch() }
}

fn team() -> String {
    documents::team(&TeamView { id: TeamId(500), name: "Sales".to_owned() }, &[ada_at_lunch()])
}

/// One of each, as they are answered.
fn documents() -> Vec<Element> {
    let all = [
        documents::user(&supervisor()),
        documents::dialog(&ringing_call()),
        documents::queue(&sales_queue()),
        team(),
    ];
    all.iter().map(|text| read(text)).collect()
}

fn read(text: &str) -> Element {
    Element::parse(text.as_bytes(), &Limits::default()).unwrap()
}

/// The element and everything below it.
fn below(element: &Element) -> Vec<&Element> {
    std::iter::once(element).chain(element.children().flat_map(below)).collect()
}

fn error_event() -> events::Event {
    let error =
        ApiError { data: "34".into(), message: "CF_RESOURCE_OUT_OF_SERVICE".into(), kind: "x".into() };
    events::request_failed(&AgentId::new("1001"), &ErrorSource::User, &error, Some(&RequestId::new("r1")))
}

fn events() -> Vec<events::Event> {
    let ada = AgentId::new("1001");
    vec![
        events::user_changed(&ada_at_lunch(), None),
        events::dialog_added(&ada, &ringing_call(), None),
        events::dialog_changed(&ada, &ringing_call(), None),
        events::dialog_removed(&ada, &ringing_call(), None),
        events::member_changed(TeamId(500), &ada_at_lunch()),
        events::queue_changed(&sales_queue()),
        error_event(),
    ]
}

fn child<'a>(element: &'a Element, name: &str) -> &'a Element {
    element.last_child(name).unwrap_or_else(|| panic!("no {name} in {}", element.name))
}

#[test]
fn quirk_19_1_2_an_empty_list_of_dialogs_is_compared_literally() {
    assert_eq!(documents::dialogs(&[]), "<Dialogs/>");
}

#[test]
fn quirk_19_1_3_reason_code_starts_lower_case_in_a_user() {
    for text in
        [documents::user(&ada_at_lunch()), events::user_changed(&ada_at_lunch(), None).payload, team()]
    {
        assert!(text.contains("<reasonCode>") && !text.contains("<ReasonCode>"), "{text}");
    }
}

#[test]
fn quirk_19_1_5_an_id_is_what_follows_the_last_slash_of_a_uri() {
    for document in documents() {
        let uri = document.child_text("uri").unwrap();
        let id = uri.rsplit('/').next().unwrap();
        assert!(!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()), "{uri}");
    }
    let user = documents::user(&ada_at_lunch());
    assert!(user.contains("<uri>/finesse/api/ReasonCode/49</uri>"), "a global address, also within a user");
}

#[test]
fn quirk_19_1_6_which_objects_have_an_id() {
    let has_id: Vec<_> = documents()
        .iter()
        .map(|document| (document.name.clone(), document.last_child("id").is_some()))
        .collect();
    let expected = [("User", false), ("Dialog", true), ("Queue", false), ("Team", true)];
    assert_eq!(has_id, expected.map(|(name, has)| (name.to_owned(), has)));
    assert_eq!(documents()[0].child_text("loginId").as_deref(), Some("1001"));
}

#[test]
fn quirk_19_1_7_children_are_in_alphabetical_order() {
    for document in &documents() {
        let ordered = below(document).into_iter().filter(|element| element.name != "mediaProperties");
        for element in ordered {
            let names: Vec<_> = element.children().map(|child| child.name.to_lowercase()).collect();
            assert!(names.is_sorted(), "{}: {names:?}", element.name);
        }
    }
}

#[test]
fn quirk_19_1_8_scalars_without_a_value_are_there_and_empty() {
    let nobody = UserView { extension: String::new(), since: None, pending: None, ..ada_at_lunch() };
    let user = documents::user(&nobody);
    for empty in
        ["<extension></extension>", "<pendingState></pendingState>", "<stateChangeTime></stateChangeTime>"]
    {
        assert!(user.contains(empty), "{empty} in {user}");
    }
    let read = read(&user);
    assert!(child(&read, "settings").children().count() > 0 && child(&read, "roles").children().count() > 0);
    assert!(
        documents::team(&TeamView { id: TeamId(1), name: String::new() }, &[]).contains("<users></users>")
    );
}

#[test]
fn quirk_19_1_9_call_variables_are_never_one() {
    let dialog = read(&documents::dialog(&ringing_call()));
    let variables = child(child(&dialog, "mediaProperties"), "callvariables");
    assert!(variables.children().count() >= 10);
}

#[test]
fn quirk_19_1_10_elements_attributes_in_double_quotes_and_text_and_nothing_else() {
    let nasty = UserView { first_name: "<!--x--> ]]> 'a' \"b\" &amp;".into(), ..ada_at_lunch() };
    let events = events().into_iter().map(|event| event.payload);
    for text in events.chain([documents::user(&nasty), team()]) {
        assert!(!text.contains("<!") && !text.contains("<?") && !text.contains("='"), "{text}");
        assert!(!text.contains('\n') && !text.contains("> <"), "{text}");
    }
}

#[test]
fn quirk_19_2_1_names_of_events() {
    for event in events() {
        let update = read(&event.payload);
        assert!(matches!(child(&update, "event").text().as_str(), "POST" | "PUT" | "DELETE"));
        let data: Vec<_> = child(&update, "data").children().map(|data| data.name.as_str()).collect();
        assert!(matches!(data[..], ["user" | "dialog" | "dialogs" | "apiErrors" | "Queue"]), "{data:?}");
    }
    let added = events::dialog_added(&AgentId::new("1001"), &ringing_call(), None);
    assert!(added.payload.contains("<source>/finesse/api/User/1001/Dialogs</source>"));
    assert!(added.payload.contains("<dialogs><Dialog>"));
}

#[test]
fn quirk_19_2_2_the_order_inside_an_update() {
    for event in events() {
        let update = read(&event.payload);
        let names: Vec<_> = update.children().map(|child| child.name.as_str()).collect();
        assert_eq!(names, ["data", "event", "requestId", "source"]);
    }
}

#[test]
fn quirk_19_2_3_no_user_within_a_dialog_event() {
    for event in [
        events::dialog_added(&AgentId::new("1001"), &ringing_call(), None),
        events::dialog_changed(&AgentId::new("1001"), &ringing_call(), None),
    ] {
        assert!(
            below(&read(&event.payload)).iter().all(|element| element.name != "user"),
            "{}",
            event.payload
        );
    }
}

#[test]
fn quirk_19_2_4_errors_are_lower_case_in_events_and_upper_case_in_answers() {
    let initial = |element: &Element| element.name.chars().next().unwrap();
    let event = read(&error_event().payload);
    let told = child(child(&event, "data"), "apiErrors");
    assert!(below(told).into_iter().all(|element| initial(element).is_lowercase()));
    let answer = read(&ApiFailure::user_not_found("9").respond(None).body);
    assert!(below(&answer).into_iter().all(|element| initial(element).is_uppercase()));
}

#[test]
fn quirk_19_2_5_a_member_is_told_by_his_own_uri() {
    let event = events::member_changed(TeamId(500), &ada_at_lunch());
    assert_eq!(event.node, "/finesse/api/Team/500/Users");
    assert!(event.payload.contains("<source>/finesse/api/User/1001</source>"));
    assert!(event.payload.contains("<uri>/finesse/api/User/1001</uri></user>"));
}

fn typed(content_type: &str) -> HttpRequest {
    HttpRequest { content_type: Some(content_type.to_owned()), ..put("<User><state>READY</state></User>") }
}

#[test]
fn quirk_19_3_2_content_types_in_any_case_and_bodies_that_were_cut() {
    for content_type in ["Application/xml", "APPLICATION/XML", "application/xml;charset=utf-8", "text/xml"] {
        assert!(parse::user(&typed(content_type)).is_ok(), "{content_type}");
    }
    // Content-Length counted in characters: six characters of this body are eighteen bytes.
    let whole = "<Dialog><requestedAction>UPDATE_CALL_DATA</requestedAction><mediaProperties><wrapUpReason>\
                 注文を変更する</wrapUpReason></mediaProperties></Dialog>";
    assert!(parse::dialog(&put(whole)).is_ok());
    let cut = HttpRequest { body: whole.as_bytes()[..whole.chars().count()].to_vec(), ..put("") };
    assert_eq!(parse::dialog(&cut).unwrap_err().kind, ErrorType::BadRequest);
}

#[test]
fn quirk_19_3_3_bodies_as_clients_write_them() {
    for body in [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Dialog><targetMediaAddress>2001</targetMediaAddress>\
         <requestedAction>TRANSFER</requestedAction></Dialog>",
        "<Dialog>\r\n  <requestedAction>TRANSFER</requestedAction>\r\n  <toAddress></toAddress>\r\n\
         <uri>/finesse/api/Dialog/1</uri><targetMediaAddress>2001</targetMediaAddress>\r\n</Dialog>\r\n",
        "<Dialog><toAddress/><targetMediaAddress>2001</targetMediaAddress><requestedAction>TRANSFER\
         </requestedAction></Dialog>",
    ] {
        assert!(parse::dialog(&put(body)).is_ok(), "{body}");
    }
}

#[test]
fn quirk_19_3_4_text_that_the_library_did_not_escape() {
    let body = |reason| {
        format!(
            "<Dialog><requestedAction>UPDATE_CALL_DATA</requestedAction><mediaProperties>\
             <wrapUpReason>{reason}</wrapUpReason></mediaProperties></Dialog>"
        )
    };
    assert!(parse::dialog(&put(&body("R&D"))).is_ok());
    assert_eq!(parse::dialog(&put(&body("a < b"))).unwrap_err().kind, ErrorType::BadRequest);
}

#[test]
fn quirk_19_3_5_query_garbage_and_a_slash_at_the_end() {
    let login = HttpRequest {
        query: "id=1001&state=LOGIN&extension=2001&state=LOGIN&_=17".to_owned(),
        ..request("PUT", "/finesse/api/User/1001/")
    };
    let Ok(Matched { subject, .. }) = route(&login) else { panic!("not found") };
    assert_eq!(subject, crate::Subject::User("1001".to_owned()));
}

#[test]
fn quirk_19_3_7_states_that_agents_ask_for() {
    for state in ["WORK", "WORK_READY"] {
        assert!(parse::user(&put(&format!("<User><state>{state}</state></User>"))).is_ok(), "{state}");
    }
}

#[test]
fn quirk_19_3_8_call_data_without_an_address_and_parameters_of_actions() {
    for inner in [
        "<requestedAction>UPDATE_CALL_DATA</requestedAction><mediaProperties><wrapUpReason>x</wrapUpReason>\
         </mediaProperties>",
        "<requestedAction>SEND_DTMF</requestedAction><targetMediaAddress>2001</targetMediaAddress><actionParams>\
         <ActionParam><name>dtmfString</name><value>42#</value></ActionParam></actionParams>",
    ] {
        assert!(parse::dialog(&put(&format!("<Dialog>{inner}</Dialog>"))).is_ok(), "{inner}");
    }
}

#[test]
fn quirk_19_3_9_a_request_id_comes_back_with_an_error() {
    let write = HttpRequest { request_id: Some("8f1e".into()), ..put("") };
    let answer = ApiFailure::internal().respond(write.echo().as_ref());
    assert!(answer.headers.contains(&("requestId", "8f1e".to_owned())));
}

/// Spaces and capitals are compared by clients.
#[test]
fn quirk_19_4_1_error_types_are_a_contract() {
    for (kind, text) in [
        (ErrorType::ParameterMissing, "Parameter Missing"),
        (ErrorType::InvalidInput, "Invalid Input"),
        (ErrorType::InvalidState, "Invalid State"),
        (ErrorType::InvalidDestination, "Invalid Destination"),
        (ErrorType::InvalidSupervisor, "Invalid Supervisor"),
        (ErrorType::AuthorizationFailure, "Authorization Failure"),
        (ErrorType::InvalidAuthorizationUserSpecified, "Invalid Authorization User Specified"),
        (ErrorType::FinesseApiError, "Finesse API Error"),
        (ErrorType::UserNotFound, "User Not Found"),
        (ErrorType::ServiceUnavailable, "Service Unavailable"),
    ] {
        assert_eq!(kind.as_str(), text);
    }
}

#[test]
fn quirk_19_4_3_a_dialog_without_an_id_is_405() {
    for path in ["/finesse/api/Dialog/", "/finesse/api/Dialog"] {
        let refused = route(&request("PUT", path)).err().unwrap();
        assert_eq!((refused.status(), refused.kind.as_str()), (405, "Method Not Allowed"), "{path}");
    }
}

#[test]
fn quirk_19_4_6_every_error_body_names_its_type() {
    for failure in [ApiFailure::internal(), ApiFailure::out_of_service(), ApiFailure::unauthorized("x")] {
        let body = read(&failure.respond(None).body);
        let kind = child(child(&body, "ApiError"), "ErrorType").text();
        assert_eq!(kind, failure.kind.as_str());
    }
}
