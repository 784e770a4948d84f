//! The contacts of a phone book, one by one and all at once.

use std::collections::BTreeMap;

use api::{ApiFailure, HttpResponse, links, parse};
use domain::{Contact, Kind, ResourceEdit};

use super::looks::existing_book;
use super::plans::{Plan, Planner};

impl Planner<'_> {
    pub(super) fn create_contact(&self, book: &str) -> Result<Plan, ApiFailure> {
        let book = existing_book(self.all, book)?;
        let id = self.all.next_id(Kind::Contact);
        let new = parse::contact(&self.order.request, id, None)?;
        self.judged(new.check().and_then(|()| self.all.contacts.judge_one_more(book)), "")?;
        let edit = ResourceEdit::Contact(book, id, Some(new));
        Ok(self.created(Kind::Contact, id, edit, links::contact(book, id)))
    }

    pub(super) fn change_contact(&self, book: &str, id: &str) -> Result<Plan, ApiFailure> {
        let (book, before) = self.existing_contact(book, id)?;
        let new = parse::contact(&self.order.request, before.id, Some(before))?;
        self.judged(new.check(), id)?;
        let says = format!("PhoneBook/{book}/Contact/{id} was changed");
        Ok(self.set([ResourceEdit::Contact(book, before.id, Some(new))], &says))
    }

    pub(super) fn delete_contact(&self, book: &str, id: &str) -> Result<Plan, ApiFailure> {
        let (book, before) = self.existing_contact(book, id)?;
        let says = format!("PhoneBook/{book}/Contact/{id} was deleted");
        Ok(self.set([ResourceEdit::Contact(book, before.id, None)], &says))
    }

    /// All or nothing: a list of XML comes from a program, which can do better.
    pub(super) fn replace_contacts(&self, book: &str) -> Result<Plan, ApiFailure> {
        let book = existing_book(self.all, book)?;
        let contacts = parse::contacts(&self.order.request)?;
        self.judged(self.all.contacts.judge_count(book, contacts.len()), "")?;
        contacts.iter().try_for_each(|contact| self.judged(contact.check(), ""))?;
        let says = format!("{} contacts took the place of those in PhoneBook/{book}", contacts.len());
        Ok(self.set(self.in_place(book, &contacts), &says))
    }

    /// A file comes from people: what is faulty in it is skipped and named.
    pub(super) fn import_contacts(&self, book: &str) -> Result<Plan, ApiFailure> {
        let book = existing_book(self.all, book)?;
        let parse::Import { contacts, skipped } = self.file.as_ref().map_err(Clone::clone)?;
        self.judged(self.all.contacts.judge_count(book, contacts.len()), "")?;
        let (count, faulty) = (contacts.len(), skipped.len());
        let says = format!("{count} contacts were imported into PhoneBook/{book}, {faulty} lines skipped");
        let plan = self.set(self.in_place(book, contacts), &says);
        let done = HttpResponse::imported(count, skipped, self.order.request.echo().as_ref());
        Ok(Plan { done, ..plan })
    }

    fn existing_contact(&self, book: &str, id: &str) -> Result<(i32, &Contact), ApiFailure> {
        let book = existing_book(self.all, book)?;
        let contact = links::setting_id(id).and_then(|id| self.all.contacts.get(book, id));
        Ok((book, contact.ok_or_else(|| ApiFailure::not_found(id))?))
    }

    /// These in the place of those that are there. Who is in both keeps his id, so a file that comes every night with a
    /// few changes is a small change.
    fn in_place(&self, book: i32, contacts: &[Contact]) -> Vec<ResourceEdit> {
        let mut there: BTreeMap<_, Vec<i32>> = BTreeMap::new();
        for contact in self.all.contacts.of(book) {
            there.entry(words(contact)).or_default().push(contact.id);
        }
        let first = self.all.next_id(Kind::Contact);
        let mut next = first;
        let mut edits = Vec::new();
        for contact in contacts {
            if there.get_mut(&words(contact)).and_then(Vec::pop).is_none() {
                let new = Contact { id: next, ..contact.clone() };
                edits.push(ResourceEdit::Contact(book, next, Some(new)));
                next = next.saturating_add(1);
            }
        }
        edits.extend(there.into_values().flatten().map(|id| ResourceEdit::Contact(book, id, None)));
        edits.extend((next > first).then_some(ResourceEdit::Next(Kind::Contact, Some(next))));
        edits
    }
}

/// All but the id.
fn words(contact: &Contact) -> [&str; 4] {
    let Contact { id: _, first_name, last_name, description, phone_number } = contact;
    [phone_number, last_name, first_name, description]
}
