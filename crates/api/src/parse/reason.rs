//! `ReasonCode` and `WrapUpReason`, new or changed (rest-api.md section 10).

use domain::{ReasonCategory, ReasonCode, WrapUpReason};
use xml::Element;

use super::{body, flag, optional, or_before};
use crate::{ApiFailure, HttpRequest};

/// Reads the body of `POST ReasonCode`, or of `PUT ReasonCode/{id}`, which keeps of the code before what it does not
/// name. The category stays: a body may repeat it, as clients do that send back what they have read.
///
/// # Errors
/// 400 `Bad Request` if a new one is incomplete, 400 `Invalid Input` for a value, for another category, or if nothing is
/// to be changed.
pub fn reason_code(
    request: &HttpRequest,
    id: i32,
    before: Option<&ReasonCode>,
) -> Result<ReasonCode, ApiFailure> {
    let reason = body(request, "ReasonCode")?;
    let (code, label, for_all) = (code(&reason)?, optional(&reason, "label"), flag(&reason, "forAll")?);
    if before.is_some() && code.is_none() && label.is_none() && for_all.is_none() {
        return Err(ApiFailure::invalid_input("One of code, label and forAll is needed", ""));
    }
    Ok(ReasonCode {
        id,
        category: match before {
            Some(before) => same_category(&reason, before)?,
            None => category(&reason)?.ok_or_else(|| incomplete("category"))?,
        },
        code: or_before(code, before.map(|before| before.code), || incomplete("code"))?,
        label: or_before(label, before.map(|before| before.label.clone()), || incomplete("label"))?,
        for_all: or_before(for_all, before.map(|before| before.for_all), || incomplete("forAll"))?,
        system: false,
    })
}

/// Reads the body of `POST WrapUpReason`, or of `PUT WrapUpReason/{id}`, likewise.
///
/// # Errors
/// As [`reason_code`].
pub fn wrap_up_reason(
    request: &HttpRequest,
    id: i32,
    before: Option<&WrapUpReason>,
) -> Result<WrapUpReason, ApiFailure> {
    let reason = body(request, "WrapUpReason")?;
    let (label, for_all) = (optional(&reason, "label"), flag(&reason, "forAll")?);
    if before.is_some() && label.is_none() && for_all.is_none() {
        return Err(ApiFailure::invalid_input("One of label and forAll is needed", ""));
    }
    Ok(WrapUpReason {
        id,
        label: or_before(label, before.map(|before| before.label.clone()), || incomplete("label"))?,
        for_all: or_before(for_all, before.map(|before| before.for_all), || incomplete("forAll"))?,
    })
}

fn incomplete(name: &str) -> ApiFailure {
    ApiFailure::bad_request(format!("{name} is needed"), name)
}

/// Teams have lists by category, and agents who are NOT_READY with a code may keep it: it is another code then.
fn same_category(reason: &Element, before: &ReasonCode) -> Result<ReasonCategory, ApiFailure> {
    if category(reason)?.is_some_and(|category| category != before.category) {
        let says = "The category of a reason code cannot be changed; add another code instead";
        return Err(ApiFailure::invalid_input(says, "category"));
    }
    Ok(before.category)
}

fn category(reason: &Element) -> Result<Option<ReasonCategory>, ApiFailure> {
    let Some(category) = optional(reason, "category") else { return Ok(None) };
    let known = ReasonCategory::parse(&category);
    known
        .map(Some)
        .ok_or_else(|| ApiFailure::invalid_input("category must be NOT_READY or LOGOUT", "category"))
}

fn code(reason: &Element) -> Result<Option<u16>, ApiFailure> {
    let Some(text) = optional(reason, "code") else { return Ok(None) };
    let code = text.parse().ok().filter(|code| *code > 0);
    code.map(Some).ok_or_else(|| ApiFailure::invalid_input("code must be 1 to 65535", "code"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::put;

    fn reason(inner: &str) -> HttpRequest {
        put(&format!("<ReasonCode>{inner}</ReasonCode>"))
    }

    fn refused<T: std::fmt::Debug>(read: Result<T, ApiFailure>) -> (u16, &'static str, String) {
        let failure = read.unwrap_err();
        (failure.status(), failure.kind.as_str(), failure.data)
    }

    const LUNCH: &str =
        "<category>NOT_READY</category><code>27</code><label>昼食 &amp; tea</label><forAll>true</forAll>";

    fn lunch() -> ReasonCode {
        ReasonCode {
            id: 49,
            category: ReasonCategory::NotReady,
            code: 27,
            label: "昼食 & tea".to_owned(),
            for_all: true,
            system: false,
        }
    }

    #[test]
    fn a_new_code_is_complete() {
        assert_eq!(reason_code(&reason(LUNCH), 49, None), Ok(lunch()));
        for name in ["category", "code", "label", "forAll"] {
            let without = reason_code(&reason(&format!("{LUNCH}<{name}/>")), 49, None);
            assert_eq!(refused(without), (400, "Bad Request", name.to_owned()));
        }
        for (name, value) in
            [("category", "READY"), ("code", "0"), ("code", "65536"), ("code", "x"), ("forAll", "yes")]
        {
            let wrong = reason_code(&reason(&format!("{LUNCH}<{name}>{value}</{name}>")), 49, None);
            assert_eq!(refused(wrong), (400, "Invalid Input", name.to_owned()), "{value}");
        }
    }

    #[test]
    fn a_change_says_something_and_keeps_the_rest() {
        let change = |inner: &str| reason_code(&reason(inner), 49, Some(&lunch()));
        let other = ReasonCode { label: "Break".to_owned(), for_all: false, ..lunch() };
        assert_eq!(change("<label>Break</label><forAll>False</forAll>"), Ok(other));
        for nothing in ["", "<label/>", "<category>LOGOUT</category>", "<uri>/x</uri>"] {
            assert_eq!(refused(change(nothing)), (400, "Invalid Input", String::new()));
        }
        assert_eq!(refused(change("<code>70000</code>")), (400, "Invalid Input", "code".to_owned()));
        assert_eq!(change(LUNCH), Ok(lunch()), "what was read may be sent back");
        for category in ["LOGOUT", "LUNCH"] {
            let moved = change(&format!("<category>{category}</category><label>Break</label>"));
            assert_eq!(refused(moved), (400, "Invalid Input", "category".to_owned()));
        }
    }

    #[test]
    fn a_wrap_up_reason_is_read_likewise() {
        let read = |inner: &str, before: Option<&WrapUpReason>| {
            wrap_up_reason(&put(&format!("<WrapUpReason>{inner}</WrapUpReason>")), 7, before)
        };
        let sales = WrapUpReason { id: 7, label: "Sales".to_owned(), for_all: true };
        assert_eq!(read("<forAll>true</forAll><label>Sales</label>", None), Ok(sales.clone()));
        let narrow = WrapUpReason { for_all: false, ..sales.clone() };
        assert_eq!(read("<forAll>false</forAll>", Some(&sales)), Ok(narrow));
        for (inner, name) in [("<label>x</label>", "forAll"), ("<forAll>true</forAll>", "label")] {
            assert_eq!(refused(read(inner, None)), (400, "Bad Request", name.to_owned()));
        }
        assert_eq!(refused(read("<uri>/x</uri>", Some(&sales))), (400, "Invalid Input", String::new()));
    }
}
