//! Phone books of an agent (rest-api.md section 11.3): contacts are embedded.

use domain::{Contact, PhoneBook};
use xml::Writer;

use super::rendered;
use crate::links;

/// The list in the order given, with so many contacts at most; whether all of them found room.
pub fn phone_books(books: &[&PhoneBook], contacts_max: usize) -> (String, bool) {
    let mut room = contacts_max;
    let document = rendered(|w| {
        w.open("PhoneBooks");
        for book in books {
            let shown = book.contacts.len().min(room);
            room -= shown;
            item(w, book, shown);
        }
    });
    let all: usize = books.iter().map(|book| book.contacts.len()).sum();
    (document, all <= contacts_max)
}

fn item(w: &mut Writer, book: &PhoneBook, shown: usize) {
    w.open("PhoneBook").open("contacts");
    book.contacts.iter().take(shown).for_each(|one| contact(w, book, one));
    w.close();
    w.leaf("name", &book.name).leaf("type", if book.is_global() { "GLOBAL" } else { "TEAM" });
    w.leaf("uri", links::phone_book(book.id)).close();
}

fn contact(w: &mut Writer, book: &PhoneBook, contact: &Contact) {
    w.open("Contact").leaf("description", &contact.description).leaf("firstName", &contact.first_name);
    w.leaf("lastName", &contact.last_name).leaf("phoneNumber", &contact.phone_number);
    w.leaf("uri", links::contact(book.id, contact.id)).close();
}

#[cfg(test)]
mod tests {
    use domain::TeamId;

    use super::*;

    fn book() -> PhoneBook {
        let contact = |id: u32, last: &str| Contact {
            id,
            first_name: "<Ann>".to_owned(),
            last_name: last.to_owned(),
            description: String::new(),
            phone_number: format!("0312{id}"),
        };
        PhoneBook {
            id: 4,
            name: "Partners".to_owned(),
            teams: vec![TeamId(500)],
            contacts: vec![contact(1, "Lee"), contact(2, "森")],
        }
    }

    #[test]
    fn contacts_are_embedded_as_in_the_reference() {
        let (document, all) = phone_books(&[&book()], 1);
        assert_eq!(
            document,
            "<PhoneBooks><PhoneBook><contacts><Contact><description></description>\
             <firstName>&lt;Ann&gt;</firstName><lastName>Lee</lastName><phoneNumber>03121</phoneNumber>\
             <uri>/finesse/api/PhoneBook/4/Contact/1</uri></Contact></contacts><name>Partners</name>\
             <type>TEAM</type><uri>/finesse/api/PhoneBook/4</uri></PhoneBook></PhoneBooks>"
        );
        assert!(!all);
        assert!(phone_books(&[&book()], 2).1);
        assert_eq!(phone_books(&[], 2), ("<PhoneBooks/>".to_owned(), true));
    }
}
