//! Reason codes: as items of lists, and inside a User (rest-api.md sections 5.1 and 10).

use domain::{ReasonCategory, ReasonCode};
use xml::Writer;

use super::rendered;
use crate::links;

/// One `ReasonCode`.
pub fn reason_code(code: &ReasonCode) -> String {
    rendered(|w| item(w, code))
}

/// The list of a category, in the order given.
pub fn reason_codes<'a>(category: ReasonCategory, codes: impl IntoIterator<Item = &'a ReasonCode>) -> String {
    rendered(|w| {
        w.open("ReasonCodes").attr("category", category.as_str());
        codes.into_iter().for_each(|code| item(w, code));
    })
}

/// The list of both categories (12.x), in the order given.
pub fn all_reason_codes<'a>(codes: impl IntoIterator<Item = &'a ReasonCode>) -> String {
    rendered(|w| {
        w.open("ReasonCodes").attr("category", "ALL");
        codes.into_iter().for_each(|code| item(w, code));
    })
}

/// Always with `systemCode`: a field client drops items without it.
fn item(w: &mut Writer, code: &ReasonCode) {
    w.open("ReasonCode");
    common(w, code);
    w.leaf("systemCode", code.system).leaf("uri", links::reason_code(code.id)).close();
}

/// The object inside a User: lower-case initial, and `systemCode` only where it says something
/// (mapping.md section 2.4).
pub(super) fn of_user(w: &mut Writer, code: &ReasonCode) {
    w.open("reasonCode");
    common(w, code);
    if code.system {
        w.leaf("systemCode", true);
    }
    w.leaf("uri", links::reason_code(code.id)).close();
}

fn common(w: &mut Writer, code: &ReasonCode) {
    w.leaf("category", code.category.as_str()).leaf("code", code.code).leaf("forAll", code.for_all);
    w.leaf("id", code.id).leaf("label", &code.label);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lunch() -> ReasonCode {
        ReasonCode {
            id: 49,
            category: ReasonCategory::NotReady,
            code: 27,
            label: "Lunch".to_owned(),
            for_all: true,
            system: false,
        }
    }

    #[test]
    fn a_list_is_that_of_the_reference() {
        assert_eq!(
            reason_codes(ReasonCategory::NotReady, &[lunch()]),
            "<ReasonCodes category=\"NOT_READY\"><ReasonCode><category>NOT_READY</category><code>27</code>\
             <forAll>true</forAll><id>49</id><label>Lunch</label><systemCode>false</systemCode>\
             <uri>/finesse/api/ReasonCode/49</uri></ReasonCode></ReasonCodes>"
        );
        assert_eq!(reason_codes(ReasonCategory::NotReady, &[]), "<ReasonCodes category=\"NOT_READY\"/>");
    }

    #[test]
    fn one_code_is_an_item_of_the_list() {
        let list = reason_codes(ReasonCategory::NotReady, &[lunch()]);
        assert!(list.contains(&reason_code(&lunch())));
    }
}
