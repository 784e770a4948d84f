//! Bodies of requests, read into values that mean something; what cannot be read is the documented 400.
//!
//! The rules are those of rest-api.md section 1.4: elements in any order, white space around values ignored,
//! unknown elements ignored, the last of a repeated element counts, an empty element is as good as none.

mod assignment;
mod call;
mod campaign;
mod client_log;
mod contacts;
mod csv_file;
mod desktop_layout;
mod dialog;
mod media_layout;
mod multipart;
mod reason;
mod settings;
mod user;
mod variables;
mod workflow;
mod workflow_action;

use xml::{Element, Limits};

use crate::{ApiFailure, HttpRequest};

pub use assignment::assignment;
pub use call::{NewDialog, NewDialogAction, new_dialog};
pub use client_log::{CLIENT_LOG_BYTES_MAX, client_log};
pub use contacts::{contact, contacts, phone_book};
pub use csv_file::{Import, Skipped, contacts_csv, contacts_file};
pub use desktop_layout::{TeamLayout, layout_config, team_layout_config};
pub use dialog::{DialogRequest, OwnAction, dialog};
pub use media_layout::media_layout;
pub use reason::{reason_code, wrap_up_reason};
pub use settings::{cluster_config, enterprise_database_config, system_config};
pub use user::{UserRequest, user};
pub use workflow::workflow;
pub use workflow_action::workflow_action;

/// Actions of the reference that this version answers with 501, by the method that carries them.
pub const ACTIONS_NOT_SERVED: &[(&str, &[&str])] = &[("POST", &[]), ("PUT", dialog::NOT_SERVED)];

/// Longest number that can be dialed: DialedNumber of CTI holds 40 bytes with its terminator (ged188.md section 7).
const ADDRESS_BYTES_MAX: usize = 39;

/// A body with ten call variables, all ECC elements that fit into 2000 bytes and as much again of what is
/// ignored stays below these numbers; the deepest (a call variable) has five levels.
const LIMITS: Limits =
    Limits { bytes: 1 << 20, depth: 16, elements: 4_000, attributes: 1_000, value: 64 << 10 };

/// The root element of the body, which must be called `root`.
fn body(request: &HttpRequest, root: &str) -> Result<Element, ApiFailure> {
    body_within(request, root, &LIMITS)
}

fn body_within(request: &HttpRequest, root: &str, limits: &Limits) -> Result<Element, ApiFailure> {
    content_type(request)?;
    let element = Element::parse_lenient(&request.body, limits)
        .map_err(|error| ApiFailure::bad_request(format!("The body is not XML: {error}"), ""))?;
    if element.name != root {
        return Err(ApiFailure::bad_request(format!("The root element must be {root}"), &element.name));
    }
    Ok(element)
}

/// Any letter case and any parameters; clients that send none are taken at their word.
fn content_type(request: &HttpRequest) -> Result<(), ApiFailure> {
    let value = request.content_type.as_deref().unwrap_or("application/xml");
    let media_type = value.split(';').next().unwrap_or_default().trim();
    if ["application/xml", "text/xml"].iter().any(|xml| media_type.eq_ignore_ascii_case(xml)) {
        return Ok(());
    }
    Err(ApiFailure::bad_request("The Content-Type must be application/xml", value))
}

/// The value of an element, if it has one.
fn optional(parent: &Element, name: &str) -> Option<String> {
    parent.child_text(name).filter(|value| !value.is_empty())
}

/// The value of an element that must have one.
fn required(parent: &Element, name: &str) -> Result<String, ApiFailure> {
    optional(parent, name).ok_or_else(|| ApiFailure::parameter_missing(name))
}

/// The value of an element if it is there, also an empty one: it empties what was there before.
fn given(parent: &Element, name: &str) -> Option<String> {
    parent.child_text(name)
}

/// `True` is as good as `true` (rest-api.md section 1.4).
fn flag(parent: &Element, name: &str) -> Result<Option<bool>, ApiFailure> {
    match optional(parent, name).as_deref() {
        None => Ok(None),
        Some("true" | "True") => Ok(Some(true)),
        Some("false" | "False") => Ok(Some(false)),
        Some(_) => Err(ApiFailure::invalid_input(format!("{name} must be true or false"), name)),
    }
}

/// What a setting is to be: the new value, else the one before; a setting that is new needs one.
fn or_before<T>(
    new: Option<T>,
    before: Option<T>,
    missing: impl FnOnce() -> ApiFailure,
) -> Result<T, ApiFailure> {
    new.or(before).ok_or_else(missing)
}

/// A change must say something.
fn something(
    parent: &Element,
    names: &[&str],
    nothing: impl FnOnce(String) -> ApiFailure,
) -> Result<(), ApiFailure> {
    if names.iter().any(|name| parent.child(name).is_some()) {
        return Ok(());
    }
    Err(nothing(format!("One of {} is needed", names.join(", "))))
}

/// toAddress, which is dialed from `from`.
fn address(dialog: &Element, from: &str) -> Result<String, ApiFailure> {
    let to = required(dialog, "toAddress")?;
    if to == from {
        return Err(ApiFailure::call_to_oneself(&to));
    }
    if !is_address(&to) {
        return Err(ApiFailure::invalid_input("toAddress must be up to 39 characters of ASCII", "toAddress"));
    }
    Ok(to)
}

/// What can be dialed: ASCII, as far as CTI carries it.
fn is_address(text: &str) -> bool {
    text.len() <= ADDRESS_BYTES_MAX && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Known but not served, or not known.
fn unknown_action(not_served: &[&str], action: &str) -> ApiFailure {
    if not_served.contains(&action) {
        return ApiFailure::not_implemented(action);
    }
    ApiFailure::invalid_input("Invalid requestedAction", action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::put;

    fn typed(content_type: Option<&str>) -> Result<Element, ApiFailure> {
        body(&HttpRequest { content_type: content_type.map(str::to_owned), ..put("<User/>") }, "User")
    }

    #[test]
    fn content_types_that_clients_send() {
        for fine in ["application/xml", "Application/XML", "application/xml; charset=UTF-8", "text/xml"] {
            assert!(typed(Some(fine)).is_ok(), "{fine}");
        }
        assert!(typed(None).is_ok());
        for wrong in ["application/json", "application/x-www-form-urlencoded", "application/xmlx", ""] {
            assert_eq!(typed(Some(wrong)).unwrap_err().kind.as_str(), "Bad Request", "{wrong}");
        }
    }

    #[test]
    fn what_is_not_the_expected_document_is_a_bad_request() {
        for text in [
            "",
            "state=READY",
            "{\"state\":\"READY\"}",
            "<User><state>READY</User>",
            "<User><state>READY",
            "<Dialog/>",
            "<user/>",
            "<!DOCTYPE User [<!ENTITY a 'b'>]><User>&a;</User>",
        ] {
            assert_eq!(body(&put(text), "User").unwrap_err().kind.as_str(), "Bad Request", "{text}");
        }
        let deep = format!("<User>{}{}</User>", "<a>".repeat(20), "</a>".repeat(20));
        assert_eq!(body(&put(&deep), "User").unwrap_err().status(), 400);
    }

    #[test]
    fn declarations_and_bare_ampersands_are_tolerated() {
        let request = put("<?xml version='1.0' encoding='UTF-8'?>\n<User>\n <state> R&D </state>\n</User>\n");
        assert_eq!(required(&body(&request, "User").unwrap(), "state").unwrap(), "R&D");
    }
}
