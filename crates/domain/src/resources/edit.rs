//! One object as it is from now on, whatever it is: how a change comes, from this node or the other one.

use super::{
    Assigned, Contact, DEFAULT_LAYOUT, Kind, MediaLayout, PhoneBook, Resources, Workflow, WorkflowAction,
    WrapUpReason,
};
use crate::ids::TeamId;
use crate::view::ReasonCode;

/// An object as it is from now on; nothing if there is none any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResourceEdit {
    /// The reason code of this id.
    Reason(i32, Option<ReasonCode>),
    /// The wrap-up reason of this id.
    WrapUp(i32, Option<WrapUpReason>),
    /// The phone book of this id.
    PhoneBook(i32, Option<PhoneBook>),
    /// In a book, the contact of this id.
    Contact(i32, i32, Option<Contact>),
    /// The layout of call data of this id. The default one is ours again when it is removed.
    MediaLayout(i32, Option<MediaLayout>),
    /// The desktop's layout for everybody.
    DesktopLayout(Option<String>),
    /// The desktop's layout of a team.
    TeamLayout(TeamId, Option<String>),
    /// The workflow of this id.
    Workflow(i32, Option<Workflow>),
    /// The workflow action of this id.
    Action(i32, Option<WorkflowAction>),
    /// A list of a team.
    Assigned(TeamId, Assigned, Option<Vec<i32>>),
    /// The next id of a kind.
    Next(Kind, Option<i32>),
}

impl Resources {
    /// From now on it is so.
    pub fn apply(&mut self, edit: ResourceEdit) {
        match edit {
            ResourceEdit::Reason(id, reason) => self.reasons.set(id, reason),
            ResourceEdit::WrapUp(id, reason) => self.wrap_ups.set(id, reason),
            ResourceEdit::PhoneBook(id, book) => self.phone_books.set(id, book),
            ResourceEdit::Contact(book, _, Some(contact)) => self.contacts.put(book, contact),
            ResourceEdit::Contact(book, id, None) => self.contacts.remove(book, id),
            ResourceEdit::MediaLayout(DEFAULT_LAYOUT, layout) => {
                self.media_layouts.put(layout.unwrap_or_default());
            }
            ResourceEdit::MediaLayout(id, layout) => self.media_layouts.set(id, layout),
            ResourceEdit::DesktopLayout(layout) => self.desktop_layouts.set_default(layout),
            ResourceEdit::TeamLayout(team, layout) => self.desktop_layouts.set_own(team, layout),
            ResourceEdit::Workflow(id, workflow) => self.workflows.set(id, workflow),
            ResourceEdit::Action(id, action) => self.actions.set(id, action),
            ResourceEdit::Assigned(team, list, ids) => self.teams.set(team, list, ids.unwrap_or_default()),
            ResourceEdit::Next(kind, Some(id)) => drop(self.next_ids.insert(kind, id)),
            ResourceEdit::Next(kind, None) => drop(self.next_ids.remove(&kind)),
        }
    }

    /// Everything that differs from a server on which nobody has set anything, as edits that make it so there. No id that
    /// was given out here is given out there.
    pub fn edits(&self) -> Vec<ResourceEdit> {
        let mut edits = Vec::new();
        edits.extend(self.reasons.iter().map(|one| ResourceEdit::Reason(one.id, Some(one.clone()))));
        edits.extend(self.wrap_ups.iter().map(|one| ResourceEdit::WrapUp(one.id, Some(one.clone()))));
        edits.extend(self.phone_books.iter().map(|one| ResourceEdit::PhoneBook(one.id, Some(one.clone()))));
        edits.extend(
            self.contacts.iter().map(|(book, one)| ResourceEdit::Contact(book, one.id, Some(one.clone()))),
        );
        let layouts = self.media_layouts.iter().filter(|layout| **layout != MediaLayout::default());
        edits.extend(layouts.map(|one| ResourceEdit::MediaLayout(one.id, Some(one.clone()))));
        edits.extend(self.desktop_layouts.edits());
        edits.extend(self.workflows.iter().map(|one| ResourceEdit::Workflow(one.id, Some(one.clone()))));
        edits.extend(self.actions.iter().map(|one| ResourceEdit::Action(one.id, Some(one.clone()))));
        let lists = self.teams.iter();
        edits.extend(lists.map(|(team, list, ids)| ResourceEdit::Assigned(team, list, Some(ids.to_vec()))));
        let nothing = Self::default();
        let given_out = Kind::ALL.iter().filter(|kind| self.next_id(**kind) > nothing.next_id(**kind));
        edits.extend(given_out.map(|kind| ResourceEdit::Next(*kind, Some(self.next_id(*kind)))));
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Resources {
        let mut some = Resources::default();
        let book = PhoneBook { id: 4, name: "Partners".into(), global: false };
        let contact = Contact {
            id: 7,
            first_name: "Ann".into(),
            last_name: String::new(),
            description: String::new(),
            phone_number: "1".into(),
        };
        for edit in [
            ResourceEdit::PhoneBook(4, Some(book)),
            ResourceEdit::Contact(4, 7, Some(contact)),
            ResourceEdit::Assigned(TeamId(500), Assigned::PhoneBooks, Some(vec![4])),
            ResourceEdit::MediaLayout(
                1,
                Some(MediaLayout { description: "x".into(), ..MediaLayout::default() }),
            ),
            ResourceEdit::DesktopLayout(Some("<a/>".into())),
            ResourceEdit::TeamLayout(TeamId(500), Some("<b/>".into())),
            ResourceEdit::Next(Kind::Contact, Some(8)),
        ] {
            some.apply(edit);
        }
        some
    }

    #[test]
    fn what_was_set_is_told_and_can_be_set_elsewhere() {
        assert_eq!(Resources::default().edits(), []);
        let mut other = Resources::default();
        some().edits().into_iter().for_each(|edit| other.apply(edit));
        assert_eq!(other.edits(), some().edits());
        assert_eq!(other.desktop_layouts, some().desktop_layouts);
        assert_eq!((other.next_id(Kind::Contact), other.next_id(Kind::PhoneBook)), (8, 5));
    }

    #[test]
    fn what_is_removed_leaves_nothing_behind() {
        let mut all = some();
        for edit in [
            ResourceEdit::PhoneBook(4, None),
            ResourceEdit::Contact(4, 7, None),
            ResourceEdit::Assigned(TeamId(500), Assigned::PhoneBooks, None),
            ResourceEdit::MediaLayout(1, None),
            ResourceEdit::DesktopLayout(None),
            ResourceEdit::TeamLayout(TeamId(500), None),
            ResourceEdit::Next(Kind::Contact, None),
        ] {
            all.apply(edit);
        }
        assert_eq!(all, Resources::default());
    }
}
