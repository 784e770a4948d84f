//! The description of the API for programs: OpenAPI 3.1, written from the table of endpoints.
//!
//! Owns the form of the description; bodies are told in `bodies` and `documents`. Says nothing that the table does
//! not say, but for the statuses with which the shell refuses what never becomes a request.

mod bodies;
mod documents;
mod element;

use serde_json::{Map, Value, json};

use crate::routes::{Parameter, Place, Role, Route, routes};
use crate::{ErrorType, HttpRequest, IMPORTED, SKIPPED};
use element::Element;

/// Where the description is served: outside the product's own paths.
pub const OPENAPI_PATH: &str = "/holdfast/openapi.json";

/// What any line can be refused with: a request that cannot be read, its sender, and a server that cannot now.
const ALWAYS: [ErrorType; 4] = [
    ErrorType::BadRequest,
    ErrorType::AuthorizationFailure,
    ErrorType::InternalServerError,
    ErrorType::ServiceUnavailable,
];

/// Bodies that are no XML.
const CSV: &str = "text/csv";
const FORM: &str = "multipart/form-data";

/// The whole description, as JSON text that ends with a line feed.
pub fn openapi() -> String {
    let description = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Holdfast",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The REST API of Cisco Finesse 10.5 with Unified CCE, as Holdfast serves it. \
                Where a request is answered 202, an event over XMPP tells the outcome, if the answer does not.",
        },
        "security": [{ "basic": [] }],
        "paths": paths(),
        "components": {
            "securitySchemes": { "basic": { "type": "http", "scheme": "basic" } },
            "schemas": schemas(),
        },
    });
    format!("{description:#}\n")
}

fn paths() -> Value {
    let mut paths = Map::new();
    for route in lines() {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(methods) = path.as_object_mut() {
            methods.insert(route.method.to_lowercase(), operation(route));
        }
    }
    Value::Object(paths)
}

/// The lines that can be reached: of two that differ in the name of an id only, the first.
fn lines() -> impl Iterator<Item = &'static Route> {
    routes().filter(|route| {
        let asked = HttpRequest { method: route.method.to_owned(), ..HttpRequest::page(route.path) };
        crate::route(&asked).is_ok_and(|matched| matched.route.path == route.path)
    })
}

fn operation(route: &Route) -> Value {
    let mut operation = json!({
        "operationId": name_of(route),
        "tags": [words(route.path).next().unwrap_or_default()],
        "summary": route.rows.join(", "),
        "x-roles": route.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>(),
        "parameters": parameters(route),
        "responses": responses(route),
    });
    let members = operation.as_object_mut();
    if let Some(members) = members {
        if !route.request.is_empty() {
            members.insert("requestBody".into(), request_body(route));
        }
        if route.roles.contains(&Role::Anybody) {
            members.insert("security".into(), json!([]));
        }
    }
    operation
}

/// `getUserDialogs`: the method and the words of the path.
fn name_of(route: &Route) -> String {
    let capital =
        |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
    std::iter::once(route.method.to_lowercase()).chain(words(route.path).map(capital)).collect()
}

fn words(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').skip(3).filter(|word| !word.starts_with('{'))
}

fn parameters(route: &Route) -> Vec<Value> {
    let ids = route.path.split(['{', '}']).skip(1).step_by(2);
    let ids = ids.map(|id| {
        json!({ "name": id, "in": "path", "required": true, "schema": { "type": "string", "minLength": 1 } })
    });
    let request_id = (route.method != "GET").then(|| {
        json!({
            "name": "requestId", "in": "header", "required": false,
            "description": "repeated in the answer, and in the event that tells the outcome",
            "schema": { "type": "string", "maxLength": crate::REQUEST_ID_BYTES_MAX },
        })
    });
    ids.chain(route.parameters.iter().map(parameter)).chain(request_id).collect()
}

fn parameter(parameter: &Parameter) -> Value {
    let place = match parameter.place {
        Place::Query => "query",
        Place::Header => "header",
    };
    let mut schema = json!({ "type": "string" });
    if !parameter.values.is_empty() {
        schema = json!({ "type": "string", "enum": parameter.values });
    }
    json!({
        "name": parameter.name, "in": place, "required": parameter.required,
        "description": parameter.says, "schema": schema,
    })
}

fn request_body(route: &Route) -> Value {
    let content = match route.request {
        FORM => json!({
            FORM: { "schema": { "type": "object", "properties": { "file": { "type": "string" } } } },
            CSV: { "schema": { "type": "string" } },
        }),
        root => json!({ "application/xml": { "schema": reference(&request_name(route, root)) } }),
    };
    json!({ "required": true, "content": content })
}

/// A document in a request has other parts than the one that is answered.
fn request_name(route: &Route, root: &str) -> String {
    format!("{root}.{}", route.method.to_lowercase())
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn responses(route: &Route) -> Value {
    let mut responses = Map::new();
    for status in route.success {
        responses.insert(status.to_string(), success(route, *status));
    }
    let mut errors: Vec<ErrorType> = ALWAYS.iter().chain(route.errors).chain(route.also).copied().collect();
    errors.sort_unstable();
    errors.dedup();
    for error in &errors {
        let kinds = errors.iter().filter(|other| other.status() == error.status()).map(|kind| kind.as_str());
        let kinds: Vec<_> = kinds.collect();
        responses.insert(error.status().to_string(), failure(&kinds));
    }
    Value::Object(responses)
}

fn success(route: &Route, status: u16) -> Value {
    if route.request == FORM && status == 202 {
        return imported();
    }
    let says = match status {
        202 => "Accepted; the outcome comes as an event. No body",
        206 => "A part of the list",
        _ => "Done",
    };
    match route.response {
        "" => json!({ "description": says }),
        CSV => json!({ "description": says, "content": { CSV: { "schema": { "type": "string" } } } }),
        root => {
            json!({ "description": says, "content": { "application/xml": { "schema": reference(root) } } })
        }
    }
}

/// The contacts of a file are there when this is answered.
fn imported() -> Value {
    let header = |says: &str, schema: Value| json!({ "description": says, "schema": schema });
    json!({
        "description": "The contacts of the file are the book's. No body, and no event",
        "headers": {
            IMPORTED: header("how many contacts the file had", json!({ "type": "integer" })),
            SKIPPED: header(
                "the lines that count for nothing, each with its number and why; absent if there are none",
                json!({ "type": "string" }),
            ),
        },
    })
}

fn failure(kinds: &[&str]) -> Value {
    json!({
        "description": kinds.join(", "),
        "content": { "application/xml": { "schema": reference("ApiErrors") } },
    })
}

fn schemas() -> Value {
    let answers = lines().map(|route| route.response).filter(|root| !root.is_empty() && *root != CSV);
    let mut schemas: Map<String, Value> = answers
        .chain(["ApiErrors"])
        .map(|root| (root.to_owned(), documents::document(root).schema()))
        .collect();
    for route in lines().filter(|route| !route.request.is_empty() && route.request != FORM) {
        let body: Element = bodies::body(route.method, route.request);
        schemas.insert(request_name(route, route.request), body.schema());
    }
    Value::Object(schemas)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn description() -> Value {
        serde_json::from_str(&openapi()).unwrap()
    }

    fn operations() -> Vec<Value> {
        let description = description();
        let paths = description["paths"].as_object().unwrap().values().cloned();
        paths.flat_map(|path| path.as_object().unwrap().values().cloned().collect::<Vec<_>>()).collect()
    }

    #[test]
    fn every_line_that_can_be_reached_is_described_by_a_name_of_its_own() {
        let names: BTreeSet<_> = operations().iter().map(|one| one["operationId"].to_string()).collect();
        assert_eq!((names.len(), operations().len()), (lines().count(), lines().count()));
        assert!(
            names.contains("\"getUserReasonCode\"") && names.contains("\"putSystemConfig\""),
            "{names:?}"
        );
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let description = description();
        let schemas = description["components"]["schemas"].as_object().unwrap();
        let text = description.to_string();
        let named: BTreeSet<_> = text
            .split("#/components/schemas/")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect();
        assert_eq!(named, schemas.keys().cloned().collect());
    }

    #[test]
    fn every_document_and_every_body_has_its_parts() {
        for (name, schema) in description()["components"]["schemas"].as_object().unwrap() {
            assert!(
                !schema["properties"].as_object().unwrap().is_empty(),
                "{name} has no parts: tell them in openapi/"
            );
        }
    }

    #[test]
    fn credentials_are_asked_for_but_for_system_info() {
        let free: Vec<_> = operations().into_iter().filter(|one| one["security"] == json!([])).collect();
        assert_eq!(free.len(), 1);
        assert_eq!(free[0]["operationId"], "getSystemInfo");
    }

    #[test]
    fn statuses_are_those_of_the_table() {
        let description = description();
        let answers = &description["paths"]["/finesse/api/User/{id}/PhoneBooks"]["get"]["responses"];
        let statuses: Vec<_> = answers.as_object().unwrap().keys().collect();
        assert_eq!(statuses, ["200", "206", "400", "401", "404", "416", "500", "503"]);
        assert_eq!(
            answers["401"]["description"],
            "Authorization Failure, Invalid Authorization User Specified"
        );
    }
}
