//! Phone books and the layout of call data, checked against the limits of rest-api.md sections 11 and 13.

use node::domain::{
    CONTACT_NUMBER_MAX, CONTACT_TEXT_MAX, Contact, LAYOUT_ENTRIES_MAX, LAYOUT_NAME_MAX, LayoutEntry,
    MediaLayout, PHONE_BOOK_NAME_MAX, PhoneBook, PhoneBooks, TeamId,
};

use super::file;

/// Contacts of all books together (rest-api.md section 11).
const CONTACTS_MAX: usize = 50_000;

pub(super) fn phone_books(books: &[file::PhoneBook]) -> Result<PhoneBooks, String> {
    if books.iter().map(|book| book.contacts.len()).sum::<usize>() > CONTACTS_MAX {
        return Err(format!("phone_book: at most {CONTACTS_MAX} contacts together"));
    }
    books.iter().map(phone_book).collect::<Result<_, _>>().map(PhoneBooks)
}

fn phone_book(book: &file::PhoneBook) -> Result<PhoneBook, String> {
    if book.id < 1 || !is_between(1, PHONE_BOOK_NAME_MAX, &book.name) {
        return Err(format!(
            "phone_book {}: an id from 1, a name of 1 to {PHONE_BOOK_NAME_MAX} characters",
            book.id
        ));
    }
    let contacts = (1..).zip(&book.contacts).map(|(id, contact)| self::contact(book.id, id, contact));
    Ok(PhoneBook {
        id: book.id,
        name: book.name.clone(),
        teams: book.teams.iter().copied().map(TeamId).collect(),
        contacts: contacts.collect::<Result<_, _>>()?,
    })
}

fn contact(book: i32, id: u32, contact: &file::Contact) -> Result<Contact, String> {
    let file::Contact { first_name, last_name, description, phone_number } = contact;
    let texts_fit =
        [first_name, last_name, description].iter().all(|text| is_between(0, CONTACT_TEXT_MAX, text));
    if !texts_fit || !is_between(1, CONTACT_NUMBER_MAX, phone_number) {
        return Err(format!(
            "phone_book {book}, contact {id}: a phone_number of 1 to {CONTACT_NUMBER_MAX} characters, texts of up to \
             {CONTACT_TEXT_MAX}"
        ));
    }
    Ok(Contact {
        id,
        first_name: first_name.clone(),
        last_name: last_name.clone(),
        description: description.clone(),
        phone_number: phone_number.clone(),
    })
}

pub(super) fn call_layout(layout: Option<&file::CallLayout>) -> Result<MediaLayout, String> {
    let Some(layout) = layout else { return Ok(MediaLayout::default()) };
    Ok(MediaLayout {
        header: entry(&layout.header)?,
        columns: [column(&layout.left)?, column(&layout.right)?],
    })
}

fn column(entries: &[file::Entry]) -> Result<Vec<LayoutEntry>, String> {
    if entries.len() > LAYOUT_ENTRIES_MAX {
        return Err(format!("call_layout: at most {LAYOUT_ENTRIES_MAX} entries in a column"));
    }
    entries.iter().map(entry).collect()
}

fn entry(entry: &file::Entry) -> Result<LayoutEntry, String> {
    if !is_between(0, LAYOUT_NAME_MAX, &entry.name) || !is_between(1, CONTACT_TEXT_MAX, &entry.property) {
        return Err(format!(
            "call_layout: a property such as callVariable1, a name of up to {LAYOUT_NAME_MAX} characters"
        ));
    }
    Ok(LayoutEntry { display_name: entry.name.clone(), media_property: entry.property.clone() })
}

fn is_between(min: usize, max: usize, text: &str) -> bool {
    (min..=max).contains(&text.chars().count())
}
