//! What is written from the table: the lists in docs/compatibility.md, and docs/openapi.json.

#![allow(dead_code, reason = "the example and the tests use a part each")]

use std::fs;
use std::path::PathBuf;

use api::{Route, routes};
use toml::Table;

/// A file as it must be.
pub(crate) struct Written {
    /// Within the repository.
    pub(crate) path: &'static str,
    /// All of it.
    pub(crate) text: String,
}

/// Every file that is written, or written in part.
pub(crate) fn written() -> Vec<Written> {
    let page = "docs/compatibility.md";
    let text = [("not served", gaps()), ("roles", missing_roles())]
        .iter()
        .fold(root(page), |text, (name, part)| with_part(&text, name, part));
    let openapi = Written { path: "docs/openapi.json", text: api::openapi() };
    vec![Written { path: page, text }, openapi]
}

/// A place in the repository.
pub(crate) fn place(path: &str) -> PathBuf {
    PathBuf::from(format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR")))
}

/// The text of a file of the repository.
pub(crate) fn root(path: &str) -> String {
    fs::read_to_string(place(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rows of spec/rest-api.toml.
pub(crate) fn reference() -> Vec<Table> {
    let document: Table = root("spec/rest-api.toml").parse().expect("TOML");
    let rows = document["endpoint"].as_array().expect("endpoints").iter();
    rows.map(|row| row.as_table().expect("a table").clone()).collect()
}

/// A text of a row.
pub(crate) fn text<'a>(row: &'a Table, key: &str) -> &'a str {
    row[key].as_str().expect(key)
}

/// A list of a row.
pub(crate) fn list<'a>(row: &'a Table, key: &str) -> Vec<&'a str> {
    row[key].as_array().expect(key).iter().map(|item| item.as_str().expect(key)).collect()
}

/// The rows of the reference that a line of our table claims to serve.
pub(crate) fn served<'a>(route: &Route, reference: &'a [Table]) -> Vec<&'a Table> {
    let row = |name: &&str| reference.iter().find(|row| text(row, "name") == *name);
    route
        .rows
        .iter()
        .map(|name| row(name).unwrap_or_else(|| panic!("{name} is not in the reference")))
        .collect()
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

/// The page with this between the two marks of a generated part.
fn with_part(page: &str, name: &str, part: &str) -> String {
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let cut = page.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    let (before, after) = cut.unwrap_or_else(|| panic!("no part {name} in docs/compatibility.md"));
    format!("{before}{begin}{part}{end}{after}")
}
