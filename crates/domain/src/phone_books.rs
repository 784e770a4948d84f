//! Phone books: numbers that agents look up (rest-api.md section 11).
//!
//! Answers which are offered to whom. What is dialed is none of its business.

use crate::ids::TeamId;

/// Longest name of a phone book in characters (rest-api.md section 11).
pub const PHONE_BOOK_NAME_MAX: usize = 64;
/// Longest first name, last name and description of a contact in characters (rest-api.md section 11).
pub const CONTACT_TEXT_MAX: usize = 128;
/// Longest number of a contact in characters (rest-api.md section 11).
pub const CONTACT_NUMBER_MAX: usize = 32;
/// Contacts that one agent is shown (rest-api.md section 11).
pub const CONTACTS_OF_AGENT_MAX: usize = 1_500;

/// Somebody who can be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Id in our own configuration, unique within its book.
    pub id: u32,
    /// First name; may be empty.
    pub first_name: String,
    /// Last name; may be empty.
    pub last_name: String,
    /// What people should know of him; may be empty.
    pub description: String,
    /// What is dialed.
    pub phone_number: String,
}

/// A list of contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneBook {
    /// Id in our own configuration; the last part of its URI.
    pub id: i32,
    /// What people read.
    pub name: String,
    /// Teams it is assigned to; none: it is global.
    pub teams: Vec<TeamId>,
    /// In the order in which they are listed.
    pub contacts: Vec<Contact>,
}

impl PhoneBook {
    /// Offered to every team.
    pub fn is_global(&self) -> bool {
        self.teams.is_empty()
    }
}

/// The configured phone books, in the order in which they are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhoneBooks(pub Vec<PhoneBook>);

impl PhoneBooks {
    /// Those offered to the members of a team: the global ones, then the team's own.
    pub fn offered(&self, team: Option<TeamId>) -> Vec<&PhoneBook> {
        let global = self.0.iter().filter(|book| book.is_global());
        let own = self.0.iter().filter(|book| team.is_some_and(|team| book.teams.contains(&team)));
        global.chain(own).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn global_books_come_first_and_those_of_other_teams_not_at_all() {
        let book = |id: i32, teams: &[u32]| PhoneBook {
            id,
            name: format!("book {id}"),
            teams: teams.iter().copied().map(TeamId).collect(),
            contacts: Vec::new(),
        };
        let books = PhoneBooks(vec![book(1, &[500]), book(2, &[]), book(3, &[501])]);
        let offered = |team: Option<u32>| -> Vec<i32> {
            books.offered(team.map(TeamId)).iter().map(|book| book.id).collect()
        };
        assert_eq!(offered(Some(500)), [2, 1]);
        assert_eq!(offered(Some(501)), [2, 3]);
        assert_eq!(offered(None), [2]);
    }
}
