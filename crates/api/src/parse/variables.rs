//! Call variables: which names exist, and how much goes into them (rest-api.md sections 6.1 and 6.5).

use std::collections::BTreeSet;

use xml::Element;

use super::required;
use crate::ApiFailure;

/// Longest value of callVariable1 to callVariable10, in bytes.
const VARIABLE_BYTES_MAX: usize = 40;

/// All ECC names and values of a call together, in bytes.
const ECC_BYTES_MAX: usize = 2_000;

/// Names and values of `callvariables`, in the order given.
///
/// # Errors
/// 400 `Invalid Input` for a name that is not known (those of campaigns among them: they cannot be written),
/// a name given twice, or too long a value; 400 `Parameter Missing` for a variable without a name.
pub(super) fn read(properties: &Element) -> Result<Vec<(String, String)>, ApiFailure> {
    let list = properties.last_child("callvariables").into_iter().flat_map(Element::children);
    let variables = list.filter(|item| item.name == "CallVariable").map(variable);
    let variables: Vec<_> = variables.collect::<Result<_, _>>()?;
    no_duplicates(&variables)?;
    sizes(&variables)?;
    Ok(variables)
}

fn variable(item: &Element) -> Result<(String, String), ApiFailure> {
    let name = required(item, "name")?;
    if !is_call_variable(&name) && !is_ecc(&name) {
        return Err(ApiFailure::invalid_input("Unknown call variable", &name));
    }
    Ok((name, item.child_text("value").unwrap_or_default()))
}

/// `callVariable1` to `callVariable10`.
fn is_call_variable(name: &str) -> bool {
    let number = name.strip_prefix("callVariable");
    number.is_some_and(|number| matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10"))
}

/// `user.name`, or `user.name[index]` with an index of up to 255.
fn is_ecc(name: &str) -> bool {
    let Some(rest) = name.strip_prefix("user.") else { return false };
    let (stem, index) = match rest.split_once('[') {
        Some((stem, index)) => (stem, index.strip_suffix(']')),
        None => (rest, Some("0")),
    };
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    !stem.is_empty() && stem.bytes().all(plain) && index.is_some_and(is_index)
}

/// A byte in decimal, written in one way only, so that no element has two names.
fn is_index(text: &str) -> bool {
    text.parse::<u8>().is_ok_and(|index| index.to_string() == text)
}

fn no_duplicates(variables: &[(String, String)]) -> Result<(), ApiFailure> {
    let mut seen = BTreeSet::new();
    match variables.iter().find(|(name, _)| !seen.insert(name)) {
        Some((name, _)) => Err(ApiFailure::invalid_input("Call variable given twice", name)),
        None => Ok(()),
    }
}

fn sizes(variables: &[(String, String)]) -> Result<(), ApiFailure> {
    let mut ecc_bytes = 0;
    for (name, value) in variables {
        if is_ecc(name) {
            ecc_bytes += name.len() + value.len();
        } else if value.len() > VARIABLE_BYTES_MAX {
            return Err(ApiFailure::invalid_input("Call variable longer than 40 bytes", name));
        }
    }
    if ecc_bytes > ECC_BYTES_MAX {
        return Err(ApiFailure::invalid_input(
            "ECC variables longer than 2000 bytes together",
            "callvariables",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use xml::Limits;

    use super::*;

    fn list(variables: &[(&str, &str)]) -> Result<usize, (&'static str, String)> {
        let items = variables.iter().map(|(name, value)| {
            format!("<CallVariable><value>{value}</value><name>{name}</name><x/></CallVariable>")
        });
        let text = format!("<m><callvariables>{}</callvariables></m>", items.collect::<String>());
        let properties = Element::parse(text.as_bytes(), &Limits::default()).expect("XML");
        read(&properties).map(|read| read.len()).map_err(|failure| (failure.kind.as_str(), failure.data))
    }

    fn refused(name: &str) -> Result<usize, (&'static str, String)> {
        Err(("Invalid Input", name.to_owned()))
    }

    #[test]
    fn names_that_exist() {
        for name in
            ["callVariable1", "callVariable10", "user.cust.id", "user.microapp.ToExtVXML[4]", "user.a[255]"]
        {
            assert_eq!(list(&[(name, "x")]), Ok(1), "{name}");
        }
    }

    #[test]
    fn names_that_do_not() {
        for name in [
            "callVariable0",
            "callVariable11",
            "callVariable",
            "CallVariable1",
            "callVariable01",
            "BACampaign",
            "BAStatus",
            "wrapUpReason",
            "user.",
            "user.a[",
            "user.a[]",
            "user.a[256]",
            "user.a[01]",
            "user.a[+1]",
            "user.a[1]b",
            "user.[1]",
            "user.a b",
            "User.a",
        ] {
            assert_eq!(list(&[(name, "x")]), refused(name));
        }
        assert_eq!(list(&[("", "x")]), Err(("Parameter Missing", "name".to_owned())));
    }

    #[test]
    fn nothing_is_given_twice() {
        assert_eq!(list(&[("user.a[1]", "x"), ("user.a[2]", "x"), ("user.a", "x")]), Ok(3));
        assert_eq!(list(&[("callVariable1", "a"), ("callVariable1", "a")]), refused("callVariable1"));
    }

    #[test]
    fn sizes_are_bytes() {
        let (fits, too_long) = ("é".repeat(20), "é".repeat(21));
        assert_eq!(list(&[("callVariable2", &fits)]), Ok(1));
        assert_eq!(list(&[("callVariable2", &too_long)]), refused("callVariable2"));
        let ecc = "x".repeat(ECC_BYTES_MAX - "user.a".len());
        assert_eq!(list(&[("user.a", &ecc), ("callVariable1", &fits)]), Ok(2));
        assert_eq!(list(&[("user.a", &ecc), ("user.b", "")]), refused("callvariables"));
    }
}
