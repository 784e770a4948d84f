//! Phone books: numbers that agents look up (rest-api.md section 11). What is dialed is none of its business.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::collection::{Collection, Numbered};
use super::fault::{Fault, line, lines, room};

/// Longest name of a phone book in characters (rest-api.md section 11).
pub const PHONE_BOOK_NAME_MAX: usize = 64;
/// Longest first name, last name and description of a contact in characters (rest-api.md section 11).
pub const CONTACT_TEXT_MAX: usize = 128;
/// Longest number of a contact in characters (rest-api.md section 11).
pub const CONTACT_NUMBER_MAX: usize = 32;
/// Contacts that one agent is shown (rest-api.md section 11).
pub const CONTACTS_OF_AGENT_MAX: usize = 1_500;
/// Contacts of one book: more than the 6,000 of rest-api.md section 11, so that a directory of 10,000 fits.
pub const CONTACTS_OF_BOOK_MAX: usize = 10_000;
/// Contacts of all books together (rest-api.md section 11).
pub const CONTACTS_MAX: usize = 50_000;

/// Phone books for everybody (rest-api.md section 11).
const GLOBAL_MAX: usize = 10;

/// Phone books for teams (rest-api.md section 11).
const OF_TEAMS_MAX: usize = 300;

/// A list of contacts, which are in [`Contacts`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneBook {
    /// Id in our own configuration; the last part of its URI.
    #[serde(skip)]
    pub id: i32,
    /// What people read.
    pub name: String,
    /// Offered to every team; otherwise to those that it is assigned to.
    pub global: bool,
}

/// Somebody who can be called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Id in our own configuration.
    #[serde(skip)]
    pub id: i32,
    /// First name; may be empty.
    pub first_name: String,
    /// Last name; may be empty.
    pub last_name: String,
    /// What people should know of him; may be empty.
    pub description: String,
    /// What is dialed.
    pub phone_number: String,
}

/// The contacts of every book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts(BTreeMap<(i32, i32), Contact>);

impl Numbered for PhoneBook {
    fn id(&self) -> i32 {
        self.id
    }
}

impl PhoneBook {
    /// Whether it can be, by itself.
    ///
    /// # Errors
    /// [`Fault::Value`].
    pub fn check(&self) -> Result<(), Fault> {
        line("name", &self.name, 1, PHONE_BOOK_NAME_MAX)
    }
}

impl Contact {
    /// Whether it can be, by itself.
    ///
    /// # Errors
    /// [`Fault::Value`].
    pub fn check(&self) -> Result<(), Fault> {
        line("phoneNumber", &self.phone_number, 1, CONTACT_NUMBER_MAX)?;
        line("firstName", &self.first_name, 0, CONTACT_TEXT_MAX)?;
        line("lastName", &self.last_name, 0, CONTACT_TEXT_MAX)?;
        lines("description", &self.description, CONTACT_TEXT_MAX)
    }
}

impl Collection<PhoneBook> {
    /// Whether this book may stand among the others.
    ///
    /// # Errors
    /// A value that cannot be, a name that is taken, a full list.
    pub fn judge(&self, new: &PhoneBook) -> Result<(), Fault> {
        new.check()?;
        if self.others(new.id).any(|other| other.name == new.name) {
            return Err(Fault::Taken { name: "name" });
        }
        let alike = self.others(new.id).filter(|other| other.global == new.global).count();
        let (max, of) = if new.global {
            (GLOBAL_MAX, "phone books for everybody")
        } else {
            (OF_TEAMS_MAX, "phone books for teams")
        };
        room(alike, max, of)
    }
}

impl Contacts {
    /// Those of one book, in the order in which they were created.
    pub fn of(&self, book: i32) -> impl Iterator<Item = &Contact> + Clone {
        self.0.range((book, i32::MIN)..=(book, i32::MAX)).map(|(_, contact)| contact)
    }

    /// One of them.
    pub fn get(&self, book: i32, id: i32) -> Option<&Contact> {
        self.0.get(&(book, id))
    }

    /// Adds a contact to a book, or takes it in place of the one of its id.
    pub fn put(&mut self, book: i32, contact: Contact) {
        self.0.insert((book, contact.id), contact);
    }

    /// Removes a contact.
    pub fn remove(&mut self, book: i32, id: i32) {
        self.0.remove(&(book, id));
    }

    /// All of them, with the ids of their books.
    pub fn iter(&self) -> impl Iterator<Item = (i32, &Contact)> {
        self.0.iter().map(|((book, _), contact)| (*book, contact))
    }

    /// How many there are in all books.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The highest id.
    pub(super) fn last_id(&self) -> i32 {
        self.0.keys().map(|(_, id)| *id).max().unwrap_or(0)
    }

    /// Whether a book may have so many contacts in place of those it has.
    ///
    /// # Errors
    /// [`Fault::Full`].
    pub fn judge_count(&self, book: i32, wanted: usize) -> Result<(), Fault> {
        if wanted > CONTACTS_OF_BOOK_MAX {
            return Err(Fault::Full { max: CONTACTS_OF_BOOK_MAX, of: "contacts in a phone book" });
        }
        if self.len() - self.of(book).count() + wanted > CONTACTS_MAX {
            return Err(Fault::Full { max: CONTACTS_MAX, of: "contacts in all phone books" });
        }
        Ok(())
    }

    /// Whether a book has room for one more.
    ///
    /// # Errors
    /// [`Fault::Full`].
    pub fn judge_one_more(&self, book: i32) -> Result<(), Fault> {
        self.judge_count(book, self.of(book).count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(id: i32, name: &str, global: bool) -> PhoneBook {
        PhoneBook { id, name: name.to_owned(), global }
    }

    fn contact(id: i32, number: &str) -> Contact {
        Contact {
            id,
            first_name: String::new(),
            last_name: "森".to_owned(),
            description: "one\ntwo".to_owned(),
            phone_number: number.to_owned(),
        }
    }

    #[test]
    fn names_differ_and_both_lists_are_bounded() {
        let books: Collection<_> = (1..=10).map(|id| book(id, &format!("book {id}"), true)).collect();
        assert_eq!(books.judge(&book(11, "book 3", false)), Err(Fault::Taken { name: "name" }));
        assert!(matches!(books.judge(&book(11, "more", true)), Err(Fault::Full { max: 10, .. })));
        assert_eq!(books.judge(&book(11, "of a team", false)), Ok(()));
        assert!(matches!(books.judge(&book(11, "", false)), Err(Fault::Value { name: "name", .. })));
        let teams: Collection<_> = (1..=300).map(|id| book(id, &format!("book {id}"), false)).collect();
        assert!(matches!(teams.judge(&book(301, "more", false)), Err(Fault::Full { max: 300, .. })));
    }

    #[test]
    fn a_contact_needs_a_number() {
        assert_eq!(contact(1, "03-1234-5678").check(), Ok(()));
        for number in ["", "1\n2", &"1".repeat(33)] {
            let refused = contact(1, number).check();
            assert!(matches!(refused, Err(Fault::Value { name: "phoneNumber", .. })), "{number:?}");
        }
        let long = Contact { description: "あ".repeat(129), ..contact(1, "1") };
        assert!(matches!(long.check(), Err(Fault::Value { name: "description", .. })));
    }

    #[test]
    fn contacts_are_counted_in_a_book_and_in_all() {
        let mut contacts = Contacts::default();
        for book in 1..=5 {
            assert_eq!(contacts.judge_count(book, 10_000), Ok(()));
            (1..=10_000).for_each(|id| contacts.put(book, contact(id, "1")));
        }
        assert!(matches!(contacts.judge_one_more(1), Err(Fault::Full { max: 10_000, .. })));
        assert!(matches!(contacts.judge_one_more(6), Err(Fault::Full { max: 50_000, .. })));
        assert_eq!(contacts.judge_count(1, 10_000), Ok(()), "those that are replaced do not count");
        contacts.remove(1, 7);
        assert_eq!((contacts.of(1).count(), contacts.get(1, 7)), (9_999, None));
    }
}
