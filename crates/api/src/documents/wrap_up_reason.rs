//! Wrap-up reasons (rest-api.md section 10).

use domain::WrapUpReason;
use xml::Writer;

use super::rendered;
use crate::links;

/// One `WrapUpReason`.
pub fn wrap_up_reason(reason: &WrapUpReason) -> String {
    rendered(|w| item(w, reason))
}

/// The list, in the order given.
pub fn wrap_up_reasons<'a>(reasons: impl IntoIterator<Item = &'a WrapUpReason>) -> String {
    rendered(|w| {
        w.open("WrapUpReasons");
        reasons.into_iter().for_each(|reason| item(w, reason));
    })
}

fn item(w: &mut Writer, reason: &WrapUpReason) {
    w.open("WrapUpReason").leaf("forAll", reason.for_all).leaf("label", &reason.label);
    w.leaf("uri", links::wrap_up_reason(reason.id)).close();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sales() -> WrapUpReason {
        WrapUpReason { id: 7, label: "Sales".to_owned(), for_all: true }
    }

    #[test]
    fn a_list_is_that_of_the_reference() {
        assert_eq!(
            wrap_up_reasons(&[sales()]),
            "<WrapUpReasons><WrapUpReason><forAll>true</forAll><label>Sales</label>\
             <uri>/finesse/api/WrapUpReason/7</uri></WrapUpReason></WrapUpReasons>"
        );
        assert_eq!(wrap_up_reasons(&[]), "<WrapUpReasons/>");
    }

    #[test]
    fn one_reason_is_an_item_of_the_list() {
        let refund = WrapUpReason { id: 8, label: "返金 & more".to_owned(), for_all: false };
        assert!(wrap_up_reasons(&[sales(), refund.clone()]).contains(&wrap_up_reason(&refund)));
        assert!(wrap_up_reason(&refund).contains("<forAll>false</forAll><label>返金 &amp; more</label>"));
    }
}
