//! Phone books and their contacts: by their address for administrators, embedded for agents (rest-api.md section 11).

use domain::{Contact, Contacts, PhoneBook};
use xml::Writer;

use super::rendered;
use crate::links;

/// One phone book.
pub fn phone_book(book: &PhoneBook) -> String {
    rendered(|w| item(w, book))
}

/// The list, in the order given.
pub fn phone_books<'a>(books: impl IntoIterator<Item = &'a PhoneBook>) -> String {
    rendered(|w| {
        w.open("PhoneBooks");
        books.into_iter().for_each(|book| item(w, book));
    })
}

/// The list that an agent reads, in the order given, with so many contacts at most; whether all of them found room.
pub fn phone_books_of_user<'a>(
    books: impl IntoIterator<Item = &'a PhoneBook>,
    contacts: &Contacts,
    contacts_max: usize,
) -> (String, bool) {
    embedded("contacts", books, contacts, contacts_max)
}

/// The same in TeamResource, which has `Contacts` with a capital.
pub fn phone_books_of_team<'a>(
    books: impl IntoIterator<Item = &'a PhoneBook>,
    contacts: &Contacts,
    contacts_max: usize,
) -> (String, bool) {
    embedded("Contacts", books, contacts, contacts_max)
}

fn embedded<'a>(
    name: &str,
    books: impl IntoIterator<Item = &'a PhoneBook>,
    contacts: &Contacts,
    contacts_max: usize,
) -> (String, bool) {
    let mut room = contacts_max;
    let mut whole = true;
    let document = rendered(|w| {
        w.open("PhoneBooks");
        for book in books {
            w.open("PhoneBook").open(name);
            let mut of_book = contacts.of(book.id);
            for one in of_book.by_ref().take(room) {
                write_contact(w, book.id, one);
                room -= 1;
            }
            whole &= of_book.next().is_none();
            w.close();
            rest(w, book);
        }
    });
    (document, whole)
}

/// One contact of a book.
pub fn contact(book: i32, contact: &Contact) -> String {
    rendered(|w| write_contact(w, book, contact))
}

/// The contacts of a book, in the order given.
pub fn contacts<'a>(book: i32, contacts: impl IntoIterator<Item = &'a Contact>) -> String {
    rendered(|w| {
        w.open("Contacts");
        contacts.into_iter().for_each(|one| write_contact(w, book, one));
    })
}

fn item(w: &mut Writer, book: &PhoneBook) {
    w.open("PhoneBook").leaf("contacts", links::contacts(book.id));
    rest(w, book);
}

fn rest(w: &mut Writer, book: &PhoneBook) {
    w.leaf("name", &book.name).leaf("type", if book.global { "GLOBAL" } else { "TEAM" });
    w.leaf("uri", links::phone_book(book.id)).close();
}

fn write_contact(w: &mut Writer, book: i32, contact: &Contact) {
    w.open("Contact").leaf("description", &contact.description).leaf("firstName", &contact.first_name);
    w.leaf("lastName", &contact.last_name).leaf("phoneNumber", &contact.phone_number);
    w.leaf("uri", links::contact(book, contact.id)).close();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_is_shown_so_many_contacts_in_all_books() {
        let book = |id| PhoneBook { id, name: format!("book {id}"), global: false };
        let mut contacts = Contacts::default();
        for (book, id) in [(4, 1), (4, 2), (5, 3)] {
            let text = || String::from("x");
            let contact = Contact {
                id,
                first_name: text(),
                last_name: text(),
                description: text(),
                phone_number: text(),
            };
            contacts.put(book, contact);
        }
        let read = |max| phone_books_of_user(&[book(4), book(5), book(6)], &contacts, max);
        let shown = |max| read(max).0.matches("<Contact>").count();
        assert_eq!((shown(2), read(2).1), (2, false));
        assert_eq!((shown(3), read(3).1), (3, true));
        assert!(read(2).0.contains("<PhoneBook><contacts/><name>book 5</name>"));
    }
}
