//! `PUT LayoutConfig/default` and `PUT Team/{id}/LayoutConfig` (rest-api.md sections 8.2 and 12).
//!
//! The text is kept as it came, after one decoding: what a client has escaped twice, it un-escapes twice.

use xml::{Element, Limits};

use super::{LIMITS, body, flag, given};
use crate::{ApiFailure, HttpRequest};

/// A layout of some hundred gadgets stays below these numbers.
const LAYOUT_LIMITS: Limits = Limits { depth: 32, ..LIMITS };

/// What the root of a layout is called.
const ROOT: &str = "finesseLayout";

/// What a team is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TeamLayout {
    /// Everybody's.
    Default,
    /// Its own.
    Own(String),
}

/// Reads the body of `PUT LayoutConfig/default`.
///
/// # Errors
/// 400 `Parameter Missing` without a layout, 400 `Invalid Input` for one that is no layout.
pub fn layout_config(request: &HttpRequest) -> Result<String, ApiFailure> {
    layout(&body(request, "LayoutConfig")?).ok_or_else(|| ApiFailure::parameter_missing("layoutxml"))?
}

/// Reads the body of `PUT Team/{id}/LayoutConfig`; with `useDefault` the layout is not read.
///
/// # Errors
/// 400 `Bad Request` if it is incomplete, 400 `Invalid Input` for a value.
pub fn team_layout_config(request: &HttpRequest) -> Result<TeamLayout, ApiFailure> {
    let config = body(request, "TeamLayoutConfig")?;
    let incomplete = |name: &str| ApiFailure::bad_request(format!("{name} is needed"), name);
    if flag(&config, "useDefault")?.ok_or_else(|| incomplete("useDefault"))? {
        return Ok(TeamLayout::Default);
    }
    layout(&config).ok_or_else(|| incomplete("layoutxml"))?.map(TeamLayout::Own)
}

/// The layout, if there is one: white space at both ends does not count.
fn layout(config: &Element) -> Option<Result<String, ApiFailure>> {
    let text = given(config, "layoutxml").filter(|text| !text.trim().is_empty())?;
    Some(if is_layout(&text) { Ok(text) } else { Err(ApiFailure::invalid_input("layoutxml", "layoutxml")) })
}

/// A document of the right root, perhaps with a declaration, perhaps escaped once more by the 10.5 library.
fn is_layout(text: &str) -> bool {
    is_document(text)
        || Element::parse(format!("<a>{text}</a>").as_bytes(), &LAYOUT_LIMITS)
            .is_ok_and(|escaped| escaped.children().next().is_none() && is_document(&escaped.text()))
}

fn is_document(text: &str) -> bool {
    Element::parse(text.trim().as_bytes(), &LAYOUT_LIMITS).is_ok_and(|layout| layout.name == ROOT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::put;

    const LAYOUT: &str = "<finesseLayout xmlns=\"http://www.cisco.com/vtg/finesse\"><layout><role>Agent</role>\
                          <label>R&amp;D</label></layout></finesseLayout>";

    fn read(layout: &str) -> Result<String, &'static str> {
        let request = put(&format!("<LayoutConfig><layoutxml>{layout}</layoutxml></LayoutConfig>"));
        layout_config(&request).map_err(|failure| failure.kind.as_str())
    }

    #[test]
    fn quirk_19_1_12_a_layout_is_decoded_once_and_kept_as_it_came() {
        let once = xml::escape(LAYOUT);
        assert_eq!(read(&once), Ok(LAYOUT.to_owned()));
        assert_eq!(read(&xml::escape(&once)), Ok(once));
    }

    #[test]
    fn a_declaration_in_a_layout_is_tolerated() {
        let declared = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{LAYOUT}");
        assert_eq!(read(&xml::escape(&declared)), Ok(declared));
    }

    #[test]
    fn what_is_no_layout_is_refused() {
        for (layout, kind) in [
            ("", "Parameter Missing"),
            ("  ", "Parameter Missing"),
            ("x", "Invalid Input"),
            ("&lt;layout/&gt;", "Invalid Input"),
            ("&lt;finesseLayout&gt;", "Invalid Input"),
            ("&lt;!DOCTYPE a&gt;&lt;finesseLayout/&gt;", "Invalid Input"),
        ] {
            assert_eq!(read(layout), Err(kind), "{layout}");
        }
        let deep = format!("<finesseLayout>{}{}</finesseLayout>", "<a>".repeat(40), "</a>".repeat(40));
        assert_eq!(read(&xml::escape(&deep)), Err("Invalid Input"));
        let missing = layout_config(&put("<LayoutConfig/>")).unwrap_err();
        assert_eq!(missing.kind.as_str(), "Parameter Missing");
    }

    #[test]
    fn a_team_has_everybodys_layout_or_its_own() {
        let read = |inner: &str| {
            let request = put(&format!("<TeamLayoutConfig>{inner}</TeamLayoutConfig>"));
            team_layout_config(&request).map_err(|failure| failure.kind.as_str())
        };
        assert_eq!(
            read("<useDefault>true</useDefault><layoutxml>nonsense</layoutxml>"),
            Ok(TeamLayout::Default)
        );
        let own = format!("<useDefault>false</useDefault><layoutxml>{}</layoutxml>", xml::escape(LAYOUT));
        assert_eq!(read(&own), Ok(TeamLayout::Own(LAYOUT.to_owned())));
        assert_eq!(read("<useDefault>false</useDefault>"), Err("Bad Request"));
        assert_eq!(read("<layoutxml>x</layoutxml>"), Err("Bad Request"));
        assert_eq!(read("<useDefault>perhaps</useDefault>"), Err("Invalid Input"));
    }
}
