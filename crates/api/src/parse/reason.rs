//! `POST ReasonCode` and `PUT ReasonCode/{id}` (rest-api.md section 10).

use domain::{NewReason, ReasonCategory, ReasonChange};
use xml::Element;

use super::{body, optional};
use crate::{ApiFailure, HttpRequest};

/// Reads the body of `POST ReasonCode`.
///
/// # Errors
/// 400 `Bad Request` if it is incomplete, 400 `Invalid Input` for a value.
pub fn new_reason(request: &HttpRequest) -> Result<NewReason, ApiFailure> {
    let reason = body(request, "ReasonCode")?;
    let category = optional(&reason, "category").ok_or_else(|| incomplete("category"))?;
    Ok(NewReason {
        category: ReasonCategory::parse(&category)
            .ok_or_else(|| ApiFailure::invalid_input("category must be NOT_READY or LOGOUT", "category"))?,
        code: code(&reason)?.ok_or_else(|| incomplete("code"))?,
        label: optional(&reason, "label").ok_or_else(|| incomplete("label"))?,
        for_all: for_all(&reason)?.ok_or_else(|| incomplete("forAll"))?,
    })
}

/// Reads the body of `PUT ReasonCode/{id}`.
///
/// # Errors
/// 400 `Invalid Input` for a value, or if nothing is to be changed.
pub fn reason_change(request: &HttpRequest) -> Result<ReasonChange, ApiFailure> {
    let reason = body(request, "ReasonCode")?;
    let change =
        ReasonChange { code: code(&reason)?, label: optional(&reason, "label"), for_all: for_all(&reason)? };
    if change == ReasonChange::default() {
        return Err(ApiFailure::invalid_input("One of code, label and forAll is needed", ""));
    }
    Ok(change)
}

fn incomplete(name: &str) -> ApiFailure {
    ApiFailure::bad_request(format!("{name} is needed"), name)
}

fn code(reason: &Element) -> Result<Option<u16>, ApiFailure> {
    let Some(text) = optional(reason, "code") else { return Ok(None) };
    let code = text.parse().ok().filter(|code| *code > 0);
    code.map(Some).ok_or_else(|| ApiFailure::invalid_input("code must be 1 to 65535", "code"))
}

/// `True` is as good as `true` (rest-api.md section 1.4).
fn for_all(reason: &Element) -> Result<Option<bool>, ApiFailure> {
    match optional(reason, "forAll").as_deref() {
        None => Ok(None),
        Some("true" | "True") => Ok(Some(true)),
        Some("false" | "False") => Ok(Some(false)),
        Some(_) => Err(ApiFailure::invalid_input("forAll must be true or false", "forAll")),
    }
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

    #[test]
    fn a_new_code_is_complete() {
        let lunch = NewReason {
            category: ReasonCategory::NotReady,
            code: 27,
            label: "昼食 & tea".to_owned(),
            for_all: true,
        };
        assert_eq!(new_reason(&reason(LUNCH)), Ok(lunch));
        for name in ["category", "code", "label", "forAll"] {
            let without = new_reason(&reason(&format!("{LUNCH}<{name}/>")));
            assert_eq!(refused(without), (400, "Bad Request", name.to_owned()));
        }
        for (name, value) in
            [("category", "READY"), ("code", "0"), ("code", "65536"), ("code", "x"), ("forAll", "yes")]
        {
            let wrong = new_reason(&reason(&format!("{LUNCH}<{name}>{value}</{name}>")));
            assert_eq!(refused(wrong), (400, "Invalid Input", name.to_owned()), "{value}");
        }
    }

    #[test]
    fn a_change_says_something() {
        assert_eq!(
            reason_change(&reason("<label>Break</label><forAll>False</forAll>")),
            Ok(ReasonChange { code: None, label: Some("Break".to_owned()), for_all: Some(false) })
        );
        for nothing in ["", "<label/>", "<category>LOGOUT</category>", "<uri>/x</uri>"] {
            assert_eq!(refused(reason_change(&reason(nothing))), (400, "Invalid Input", String::new()));
        }
        assert_eq!(
            refused(reason_change(&reason("<code>70000</code>"))),
            (400, "Invalid Input", "code".to_owned())
        );
    }
}
