//! The table of endpoints against spec/rest-api.toml, and both against docs/compatibility.md.

#![expect(clippy::expect_used, clippy::panic, reason = "a panic is how a test fails")]

use std::collections::BTreeSet;

use api::parse::{self, ACTIONS_NOT_SERVED};
use api::{HttpRequest, Parameter, routes};
use generator::{Written, list, reference, root, served, text};
use toml::Value;

#[path = "../generator/mod.rs"]
mod generator;

#[test]
fn every_line_agrees_with_the_reference() {
    let reference = reference();
    for route in routes() {
        let rows = served(route, &reference);
        assert!(!rows.is_empty(), "{} {} serves no row", route.method, route.path);
        for row in &rows {
            let name = text(row, "name");
            assert_eq!((route.method, route.path), (text(row, "method"), text(row, "path")), "{name}");
            assert_eq!(route.request, text(row, "request"), "{name}");
            assert_eq!(route.response, text(row, "response"), "{name}");
            let success: Vec<_> =
                route.success.iter().map(|status| Value::from(i64::from(*status))).collect();
            assert_eq!(row["success"].as_array().expect("success"), &success, "{name}");
            let query = text(row, "query");
            // A row that can be partial has a Range, whether it says so or not.
            let is_told = |parameter: &&Parameter| parameter.name != "Range" || query.contains("Range");
            let parameters: Vec<_> = route.parameters.iter().filter(is_told).collect();
            assert!(parameters.iter().all(|parameter| query.contains(parameter.name)), "{name}: {query}");
            assert_eq!(query.is_empty(), parameters.is_empty(), "{name}: {query}");
            let has_range = route.parameters.iter().any(|parameter| parameter.name == "Range");
            assert_eq!(has_range, success.contains(&Value::from(206)), "{name}");
        }
        let roles: BTreeSet<_> = rows.iter().flat_map(|row| list(row, "roles")).collect();
        assert!(!route.roles.is_empty(), "{:?} is for nobody", route.rows);
        assert!(
            route.roles.iter().all(|role| roles.contains(role.as_str())),
            "{:?}: {:?}",
            route.rows,
            route.roles
        );
        let ours: BTreeSet<_> =
            route.errors.iter().map(|kind| format!("{} {}", kind.status(), kind.as_str())).collect();
        assert!(route.also.iter().all(|kind| !route.errors.contains(kind)), "{:?} says it twice", route.rows);
        let theirs: BTreeSet<_> =
            rows.iter().flat_map(|row| list(row, "errors")).map(str::to_owned).collect();
        assert_eq!(ours, theirs, "{} {}", route.method, route.path);
    }
}

#[test]
fn no_row_is_served_twice() {
    let names: Vec<_> = routes().flat_map(|route| route.rows).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
}

/// requestedAction of the rows of one method that are, or are not, among the served ones.
fn actions(method: &str, of_served: bool) -> BTreeSet<String> {
    let served: Vec<_> = routes().flat_map(|route| route.rows).collect();
    let rows = reference().into_iter().filter(|row| text(row, "method") == method);
    let rows = rows.filter(|row| served.contains(&&text(row, "name")) == of_served);
    let fields =
        rows.flat_map(|row| list(&row, "request_fields").into_iter().map(str::to_owned).collect::<Vec<_>>());
    fields.filter_map(|field| field.strip_prefix("requestedAction=").map(str::to_owned)).collect()
}

/// A non-voice task may have an action of the name of a voice action: the name is served then.
fn actions_not_served(method: &str) -> BTreeSet<String> {
    &actions(method, false) - &actions(method, true)
}

/// The body of an action with everything that it can need.
fn acting(action: &str) -> HttpRequest {
    let body = format!(
        "<Dialog><requestedAction>{action}</requestedAction><targetMediaAddress>2001</targetMediaAddress>\
         <fromAddress>2001</fromAddress><toAddress>2002</toAddress><mediaProperties><wrapUpReason>x</wrapUpReason>\
         </mediaProperties><actionParams><ActionParam><name>dtmfString</name><value>1</value></ActionParam>\
         <ActionParam><name>outboundClassification</name><value>FAX</value></ActionParam>\
         <ActionParam><name>callbackNumber</name><value>1</value></ActionParam>\
         </actionParams></Dialog>"
    );
    HttpRequest {
        method: "PUT".to_owned(),
        path: "/finesse/api/Dialog/1".to_owned(),
        query: String::new(),
        authorization: None,
        request_id: None,
        content_type: Some("application/xml".to_owned()),
        range: None,
        body: body.into_bytes(),
        caller: None,
    }
}

#[test]
fn every_action_of_a_served_row_can_be_read() {
    let served = actions("PUT", true);
    assert_eq!(served.len(), 18, "{served:?}");
    for action in served {
        assert!(parse::dialog(&acting(&action)).is_ok(), "{action}");
    }
}

#[test]
fn every_other_action_of_the_reference_is_answered_501() {
    for (method, actions) in ACTIONS_NOT_SERVED {
        let ours: BTreeSet<_> = actions.iter().map(|action| (*action).to_owned()).collect();
        assert_eq!(ours, actions_not_served(method), "{method}");
    }
}

#[test]
fn what_is_written_from_the_table_is_current() {
    for Written { path, text } in generator::written() {
        assert!(root(path) == text, "{path} is stale: run `cargo run -p api --example generate`");
    }
}

#[test]
fn the_page_names_every_action_that_is_answered_501() {
    let document = root("docs/compatibility.md");
    for action in ACTIONS_NOT_SERVED.iter().flat_map(|(_, actions)| *actions) {
        assert!(document.contains(&format!("`{action}`")), "{action} is not in docs/compatibility.md");
    }
}
