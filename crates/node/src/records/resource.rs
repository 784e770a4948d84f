//! What administrators set for people, in the form that `domain` gives it; ids are in the keys.

use domain::{Assigned, Kind, ResourceEdit, TeamId};
use serde::{Deserialize, Serialize};

use crate::ledger::{Key, Write};

/// The desktop's layout for everybody.
const DEFAULT_LAYOUT: &str = "layout/default";
/// What a team has.
const TEAM: &str = "team";
/// In the key of a team's layout.
const LAYOUT: &str = "layout";
/// The next id of a kind.
const NEXT: &str = "next";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Layout {
    layout: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ids {
    ids: Vec<i32>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Next {
    id: i32,
}

pub(super) fn write(edit: &ResourceEdit) -> Write {
    Write { key: Key::new(name(edit)), value: text(edit) }
}

/// The key of what is edited.
pub(super) fn name(edit: &ResourceEdit) -> String {
    match edit {
        ResourceEdit::Reason(id, _) => key(Kind::ReasonCode, *id),
        ResourceEdit::WrapUp(id, _) => key(Kind::WrapUpReason, *id),
        ResourceEdit::PhoneBook(id, _) => key(Kind::PhoneBook, *id),
        ResourceEdit::Contact(book, id, _) => format!("{}/{book}/{id}", Kind::Contact.as_str()),
        ResourceEdit::MediaLayout(id, _) => key(Kind::MediaLayout, *id),
        ResourceEdit::Workflow(id, _) => key(Kind::Workflow, *id),
        ResourceEdit::Action(id, _) => key(Kind::WorkflowAction, *id),
        ResourceEdit::DesktopLayout(_) => DEFAULT_LAYOUT.to_owned(),
        ResourceEdit::TeamLayout(team, _) => format!("{TEAM}/{}/{LAYOUT}", team.0),
        ResourceEdit::Assigned(team, list, _) => format!("{TEAM}/{}/{}", team.0, list.as_str()),
        ResourceEdit::Next(kind, _) => format!("{NEXT}/{}", kind.as_str()),
    }
}

fn text(edit: &ResourceEdit) -> Option<String> {
    match edit {
        ResourceEdit::Reason(_, reason) => super::text(reason.as_ref()),
        ResourceEdit::WrapUp(_, reason) => super::text(reason.as_ref()),
        ResourceEdit::PhoneBook(_, book) => super::text(book.as_ref()),
        ResourceEdit::Contact(_, _, contact) => super::text(contact.as_ref()),
        ResourceEdit::MediaLayout(_, layout) => super::text(layout.as_ref()),
        ResourceEdit::Workflow(_, workflow) => super::text(workflow.as_ref()),
        ResourceEdit::Action(_, action) => super::text(action.as_ref()),
        ResourceEdit::DesktopLayout(text) | ResourceEdit::TeamLayout(_, text) => {
            super::text(text.clone().map(|layout| Layout { layout }))
        }
        ResourceEdit::Assigned(_, _, ids) => super::text(ids.clone().map(|ids| Ids { ids })),
        ResourceEdit::Next(_, id) => super::text(id.map(|id| Next { id })),
    }
}

fn key(kind: Kind, id: i32) -> String {
    format!("{}/{id}", kind.as_str())
}

/// What this write means, if it is about such an object at all.
pub(super) fn read(key: &Key, value: Option<&str>) -> Result<ResourceEdit, String> {
    let words: Vec<_> = key.ids().collect();
    match (key.kind(), words.as_slice()) {
        (LAYOUT, ["default"]) => Ok(ResourceEdit::DesktopLayout(read_layout(value)?)),
        (TEAM, [team, what]) => of_team(TeamId(number(team)?), what, value),
        (NEXT, [kind]) => {
            let kind = Kind::parse(kind).ok_or_else(unknown)?;
            Ok(ResourceEdit::Next(kind, super::parse(value)?.map(|Next { id }| id)))
        }
        (kind, ids) => numbered(Kind::parse(kind).ok_or_else(unknown)?, ids, value),
    }
}

fn of_team(team: TeamId, what: &str, value: Option<&str>) -> Result<ResourceEdit, String> {
    if what == LAYOUT {
        return Ok(ResourceEdit::TeamLayout(team, read_layout(value)?));
    }
    let list = Assigned::parse(what).ok_or_else(unknown)?;
    Ok(ResourceEdit::Assigned(team, list, super::parse(value)?.map(|Ids { ids }| ids)))
}

fn read_layout(value: Option<&str>) -> Result<Option<String>, String> {
    Ok(super::parse(value)?.map(|Layout { layout }| layout))
}

/// The ids of objects are not in their texts.
macro_rules! object {
    ($edit:ident, $type:ident, $id:expr, $value:expr) => {{
        let id = number($id)?;
        let object = super::parse::<domain::$type>($value)?;
        Ok(ResourceEdit::$edit(id, object.map(|object| domain::$type { id, ..object })))
    }};
}

fn numbered(kind: Kind, ids: &[&str], value: Option<&str>) -> Result<ResourceEdit, String> {
    match (kind, ids) {
        (Kind::ReasonCode, [id]) => object!(Reason, ReasonCode, id, value),
        (Kind::WrapUpReason, [id]) => object!(WrapUp, WrapUpReason, id, value),
        (Kind::PhoneBook, [id]) => object!(PhoneBook, PhoneBook, id, value),
        (Kind::MediaLayout, [id]) => object!(MediaLayout, MediaLayout, id, value),
        (Kind::Workflow, [id]) => object!(Workflow, Workflow, id, value),
        (Kind::WorkflowAction, [id]) => object!(Action, WorkflowAction, id, value),
        (Kind::Contact, [book, id]) => {
            let (book, id) = (number(book)?, number(id)?);
            let contact = super::parse::<domain::Contact>(value)?;
            Ok(ResourceEdit::Contact(book, id, contact.map(|contact| domain::Contact { id, ..contact })))
        }
        (_, ids) => Err(format!("{} ids are no name of such an object", ids.len())),
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| "its id is no number".to_owned())
}

fn unknown() -> String {
    "there is no such kind of object".to_owned()
}
