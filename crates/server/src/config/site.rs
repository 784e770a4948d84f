//! What a settings file has for people, checked against the limits that hold for what administrators set.

use node::domain::{
    Assigned, Contact, Fault, LayoutEntry, MediaLayout, PhoneBook, ReasonCategory, ReasonCode, Resources,
    TeamId, WrapUpReason,
};

use super::file::{self, File};

pub(super) fn resources(file: &File) -> Result<Resources, String> {
    let mut all = Resources::default();
    file.reason_code.iter().try_for_each(|code| add_reason(&mut all, code))?;
    file.wrap_up_reason.iter().try_for_each(|reason| add_wrap_up(&mut all, reason))?;
    file.phone_book.iter().try_for_each(|book| add_phone_book(&mut all, book))?;
    if let Some(layout) = &file.call_layout {
        let layout = call_layout(layout);
        layout.check().map_err(|fault| format!("call_layout: {fault}"))?;
        all.media_layouts.put(layout);
    }
    Ok(all)
}

fn add_reason(all: &mut Resources, code: &file::ReasonCode) -> Result<(), String> {
    let category = match code.category {
        file::Category::NotReady => ReasonCategory::NotReady,
        file::Category::Logout => ReasonCategory::Logout,
    };
    let new = ReasonCode {
        id: code.id,
        category,
        code: code.code,
        label: code.label.clone(),
        for_all: code.for_all,
        system: false,
    };
    let is_new = all.reasons.get(code.id).is_none();
    checked("reason_code", code.id, is_new, all.reasons.judge(&new))?;
    assign(all, category.into(), code.id, &code.teams);
    all.reasons.put(new);
    Ok(())
}

fn add_wrap_up(all: &mut Resources, reason: &file::WrapUpReason) -> Result<(), String> {
    let new = WrapUpReason { id: reason.id, label: reason.label.clone(), for_all: reason.for_all };
    let is_new = all.wrap_ups.get(reason.id).is_none();
    checked("wrap_up_reason", reason.id, is_new, all.wrap_ups.judge(&new))?;
    assign(all, Assigned::WrapUpReasons, reason.id, &reason.teams);
    all.wrap_ups.put(new);
    Ok(())
}

/// Without teams a book is for everybody.
fn add_phone_book(all: &mut Resources, book: &file::PhoneBook) -> Result<(), String> {
    let new = PhoneBook { id: book.id, name: book.name.clone(), global: book.teams.is_empty() };
    let is_new = all.phone_books.get(book.id).is_none();
    checked("phone_book", book.id, is_new, all.phone_books.judge(&new))?;
    checked("phone_book", book.id, true, all.contacts.judge_count(book.id, book.contacts.len()))?;
    assign(all, Assigned::PhoneBooks, book.id, &book.teams);
    all.phone_books.put(new);
    (1..).zip(&book.contacts).try_for_each(|(id, contact)| add_contact(all, book.id, id, contact))
}

fn add_contact(all: &mut Resources, book: i32, id: i32, contact: &file::Contact) -> Result<(), String> {
    let file::Contact { first_name, last_name, description, phone_number } = contact.clone();
    let new = Contact { id, first_name, last_name, description, phone_number };
    new.check().map_err(|fault| format!("phone_book {book}, contact {id}: {fault}"))?;
    all.contacts.put(book, new);
    Ok(())
}

fn call_layout(layout: &file::CallLayout) -> MediaLayout {
    let column = |entries: &[file::Entry]| entries.iter().map(entry).collect();
    MediaLayout {
        header: entry(&layout.header),
        columns: [column(&layout.left), column(&layout.right)],
        ..MediaLayout::default()
    }
}

fn entry(entry: &file::Entry) -> LayoutEntry {
    LayoutEntry { display_name: entry.name.clone(), media_property: entry.property.clone() }
}

fn assign(all: &mut Resources, list: Assigned, id: i32, teams: &[u32]) {
    teams.iter().for_each(|team| all.teams.add(TeamId(*team), list, id));
}

fn checked(kind: &str, id: i32, is_new: bool, judged: Result<(), Fault>) -> Result<(), String> {
    if id < 1 || !is_new {
        return Err(format!("{kind} {id}: ids are numbers from 1, each for one object"));
    }
    judged.map_err(|fault| format!("{kind} {id}: {fault}"))
}
