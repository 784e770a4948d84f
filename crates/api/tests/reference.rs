//! The table of endpoints against spec/rest-api.toml, and both against docs/compatibility.md.

#![expect(clippy::expect_used, clippy::panic, reason = "a panic is how a test fails")]

use std::collections::BTreeSet;
use std::fs;

use api::parse::{self, ACTIONS_NOT_SERVED};
use api::{HttpRequest, Route, routes};
use toml::{Table, Value};

fn root(path: &str) -> String {
    let path = format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn reference() -> Vec<Table> {
    let document: Table = root("spec/rest-api.toml").parse().expect("TOML");
    let rows = document["endpoint"].as_array().expect("endpoints").iter();
    rows.map(|row| row.as_table().expect("a table").clone()).collect()
}

fn text<'a>(row: &'a Table, key: &str) -> &'a str {
    row[key].as_str().expect(key)
}

fn list<'a>(row: &'a Table, key: &str) -> Vec<&'a str> {
    row[key].as_array().expect(key).iter().map(|item| item.as_str().expect(key)).collect()
}

/// The rows of the reference that a line of our table claims to serve.
fn served<'a>(route: &Route, reference: &'a [Table]) -> Vec<&'a Table> {
    let row = |name: &&str| reference.iter().find(|row| text(row, "name") == *name);
    route
        .rows
        .iter()
        .map(|name| row(name).unwrap_or_else(|| panic!("{name} is not in the reference")))
        .collect()
}

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
            assert!(
                route.parameters.iter().all(|parameter| query.contains(parameter.name)),
                "{name}: {query}"
            );
            assert_eq!(query.is_empty(), route.parameters.is_empty(), "{name}: {query}");
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
    assert_eq!(served.len(), 12, "{served:?}");
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

/// What is not served, as docs/compatibility.md must list it.
fn gaps() -> String {
    let served: Vec<_> = routes().flat_map(|route| route.rows).collect();
    let mut lines = String::from("| name | endpoint | since |\n| --- | --- | --- |\n");
    for row in reference() {
        let name = text(&row, "name");
        if !served.contains(&&name) {
            let (method, path, since) = (text(&row, "method"), text(&row, "path"), text(&row, "since"));
            lines += &format!("| {name} | `{method} {path}` | {since} |\n");
        }
    }
    lines
}

/// Roles that the reference grants and this version does not.
fn missing_roles() -> String {
    let mut lines = String::from("| name | roles not served |\n| --- | --- |\n");
    for route in routes() {
        for row in served(route, &reference()) {
            let missing: Vec<_> = list(row, "roles")
                .into_iter()
                .filter(|word| !route.roles.iter().any(|role| role.as_str() == *word))
                .collect();
            if !missing.is_empty() {
                lines += &format!("| {} | {} |\n", text(row, "name"), missing.join(", "));
            }
        }
    }
    lines
}

/// What stands between the two marks of a generated part.
fn generated(name: &str) -> String {
    let document = root("docs/compatibility.md");
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let part = document.split_once(&begin).and_then(|(_, rest)| rest.split_once(&end));
    part.unwrap_or_else(|| panic!("no part {name} in docs/compatibility.md")).0.to_owned()
}

#[test]
fn the_list_of_gaps_is_complete() {
    assert_eq!(generated("not served"), gaps(), "put this into docs/compatibility.md:\n{}", gaps());
    assert_eq!(
        generated("roles"),
        missing_roles(),
        "put this into docs/compatibility.md:\n{}",
        missing_roles()
    );
}

#[test]
fn the_page_names_every_action_that_is_answered_501() {
    let document = root("docs/compatibility.md");
    for action in ACTIONS_NOT_SERVED.iter().flat_map(|(_, actions)| *actions) {
        assert!(document.contains(&format!("`{action}`")), "{action} is not in docs/compatibility.md");
    }
}
