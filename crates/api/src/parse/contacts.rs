//! `PhoneBook` and `Contact`, new or changed, and the contacts of a whole book (rest-api.md section 11).

use domain::{CONTACTS_OF_BOOK_MAX, Contact, PhoneBook};
use xml::{Element, Limits};

use super::{LIMITS, body, body_within, given, optional, or_before, required, something};
use crate::{ApiFailure, HttpRequest};

/// As many contacts as a book may have, five elements each, and some more, so that it is the count which is refused.
const LIMITS_OF_BOOK: Limits = Limits { bytes: 4 << 20, elements: 8 * CONTACTS_OF_BOOK_MAX, ..LIMITS };

/// Reads the body of `POST PhoneBook`, or of `PUT PhoneBook/{id}`, which keeps of the book before what it does not name.
///
/// # Errors
/// 400 `Parameter Missing` if a new one is incomplete, 400 `Invalid Input` for a value, or if nothing is to be changed.
pub fn phone_book(
    request: &HttpRequest,
    id: i32,
    before: Option<&PhoneBook>,
) -> Result<PhoneBook, ApiFailure> {
    let book = body(request, "PhoneBook")?;
    if before.is_some() {
        something(&book, &["name", "type"], |why| ApiFailure::invalid_input(why, ""))?;
    }
    let missing = |name: &'static str| move || ApiFailure::parameter_missing(name);
    let name = or_before(optional(&book, "name"), before.map(|before| before.name.clone()), missing("name"))?;
    let global = or_before(is_global(&book)?, before.map(|before| before.global), missing("type"))?;
    Ok(PhoneBook { id, name, global })
}

/// Reads the body of `POST PhoneBook/{id}/Contact`, or of `PUT PhoneBook/{id}/Contact/{id}`, which keeps of the contact
/// before what it does not name; the number is always named.
///
/// # Errors
/// 400 `Parameter Missing` without a number.
pub fn contact(request: &HttpRequest, id: i32, before: Option<&Contact>) -> Result<Contact, ApiFailure> {
    let contact = body(request, "Contact")?;
    let phone_number = required(&contact, "phoneNumber")?;
    let text =
        |name: &str, before: Option<&String>| given(&contact, name).or(before.cloned()).unwrap_or_default();
    Ok(Contact {
        id,
        first_name: text("firstName", before.map(|before| &before.first_name)),
        last_name: text("lastName", before.map(|before| &before.last_name)),
        description: text("description", before.map(|before| &before.description)),
        phone_number,
    })
}

/// Reads the body of `PUT PhoneBook/{id}/Contacts`; the contacts have no ids yet.
///
/// # Errors
/// 400 `Bad Request` if it is not such a list. What the contacts are like is judged later.
pub fn contacts(request: &HttpRequest) -> Result<Vec<Contact>, ApiFailure> {
    let list = body_within(request, "Contacts", &LIMITS_OF_BOOK)?;
    let text = |contact: &Element, name| given(contact, name).unwrap_or_default();
    let contacts = list.children().filter(|child| child.name == "Contact").map(|contact| Contact {
        id: 0,
        first_name: text(contact, "firstName"),
        last_name: text(contact, "lastName"),
        description: text(contact, "description"),
        phone_number: text(contact, "phoneNumber"),
    });
    Ok(contacts.collect())
}

fn is_global(book: &Element) -> Result<Option<bool>, ApiFailure> {
    match optional(book, "type").as_deref() {
        None => Ok(None),
        Some("GLOBAL") => Ok(Some(true)),
        Some("TEAM") => Ok(Some(false)),
        Some(_) => Err(ApiFailure::invalid_input("type must be GLOBAL or TEAM", "type")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::put;

    fn refused<T: std::fmt::Debug>(read: Result<T, ApiFailure>) -> (&'static str, String) {
        let failure = read.unwrap_err();
        (failure.kind.as_str(), failure.data)
    }

    #[test]
    fn a_book_is_read() {
        let read = |inner: &str, before: Option<&PhoneBook>| {
            phone_book(&put(&format!("<PhoneBook>{inner}</PhoneBook>")), 4, before)
        };
        let partners = PhoneBook { id: 4, name: "Partners".to_owned(), global: false };
        assert_eq!(read("<name>Partners</name><type>TEAM</type>", None), Ok(partners.clone()));
        let wide = PhoneBook { global: true, ..partners.clone() };
        assert_eq!(read("<type>GLOBAL</type><uri>/x</uri>", Some(&partners)), Ok(wide));
        assert_eq!(refused(read("<type>TEAM</type>", None)), ("Parameter Missing", "name".to_owned()));
        assert_eq!(refused(read("<name>a</name>", None)), ("Parameter Missing", "type".to_owned()));
        assert_eq!(
            refused(read("<name>a</name><type>team</type>", None)),
            ("Invalid Input", "type".to_owned())
        );
        assert_eq!(refused(read("<uri>/x</uri>", Some(&partners))), ("Invalid Input", String::new()));
    }

    #[test]
    fn a_contact_is_read_and_emptied() {
        let read = |inner: &str, before: Option<&Contact>| {
            contact(&put(&format!("<Contact>{inner}</Contact>")), 1, before)
        };
        let lee =
            read("<phoneNumber>03</phoneNumber><firstName>Ann</firstName><lastName>Lee</lastName>", None);
        let lee = lee.unwrap();
        assert_eq!((lee.first_name.as_str(), lee.description.as_str()), ("Ann", ""));
        let other = read("<phoneNumber>04</phoneNumber><firstName/>", Some(&lee)).unwrap();
        assert_eq!((other.first_name.as_str(), other.last_name.as_str()), ("", "Lee"));
        assert_eq!(
            refused(read("<firstName>Ann</firstName>", None)),
            ("Parameter Missing", "phoneNumber".to_owned())
        );
    }

    #[test]
    fn a_whole_book_is_read() {
        let read = |inner: &str| contacts(&put(&format!("<Contacts>{inner}</Contacts>")));
        assert_eq!(read("").map(|list| list.len()), Ok(0));
        let one = "<Contact><phoneNumber>1</phoneNumber><firstName>a</firstName><lastName>b</lastName>\
                   <description>c</description><uri>/x</uri></Contact>";
        assert_eq!(read(&one.repeat(10_000)).map(|list| list.len()), Ok(10_000));
        assert_eq!(refused(contacts(&put("<PhoneBook/>"))).0, "Bad Request");
    }
}
