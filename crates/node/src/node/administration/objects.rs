//! Objects of one form, created, changed and deleted.

use api::{ApiFailure, Object, links, parse};
use domain::{Assigned, DEFAULT_LAYOUT, Fault, Kind, ResourceEdit, Workflow};

use super::plans::{Plan, Planner};

impl Planner<'_> {
    pub(super) fn create(&self, object: Object) -> Result<Plan, ApiFailure> {
        let id = self.all.next_id(kind(object));
        Ok(self.created(kind(object), id, self.judged_object(object, id)?, uri(object, id)))
    }

    pub(super) fn change(&self, object: Object, id: &str) -> Result<Plan, ApiFailure> {
        let id = self.existing(object, id)?;
        let edit = self.judged_object(object, id)?;
        Ok(self.set([edit], &format!("{} was changed", name(object, id))))
    }

    pub(super) fn delete(&self, object: Object, id: &str) -> Result<Plan, ApiFailure> {
        let id = self.existing(object, id)?;
        let edits = match object {
            Object::ReasonCode => self.without_reason(id),
            Object::WrapUpReason => {
                let left = self.without(Assigned::WrapUpReasons, id);
                left.chain([ResourceEdit::WrapUp(id, None)]).collect()
            }
            Object::PhoneBook => {
                self.judged(self.all.judge_free(id), &id.to_string())?;
                let contacts = self.all.contacts.of(id);
                let contacts = contacts.map(|contact| ResourceEdit::Contact(id, contact.id, None));
                contacts.chain([ResourceEdit::PhoneBook(id, None)]).collect()
            }
            Object::MediaLayout if id == DEFAULT_LAYOUT => {
                return self.judged(Err(Fault::Default), &id.to_string()).map(|()| self.set([], ""));
            }
            Object::MediaLayout => vec![ResourceEdit::MediaLayout(id, None)],
            Object::Workflow => {
                let left = self.without(Assigned::Workflows, id);
                left.chain([ResourceEdit::Workflow(id, None)]).collect()
            }
            Object::WorkflowAction => self.without_action(id),
        };
        Ok(self.set(edits, &format!("{} was deleted", name(object, id))))
    }

    /// The object of the path, if it is there.
    fn existing(&self, object: Object, id: &str) -> Result<i32, ApiFailure> {
        let is_there = |id: &i32| match object {
            Object::ReasonCode => self.all.reasons.get(*id).is_some(),
            Object::WrapUpReason => self.all.wrap_ups.get(*id).is_some(),
            Object::PhoneBook => self.all.phone_books.get(*id).is_some(),
            Object::MediaLayout => self.all.media_layouts.get(*id).is_some(),
            Object::Workflow => self.all.workflows.get(*id).is_some(),
            Object::WorkflowAction => self.all.actions.get(*id).is_some(),
        };
        links::setting_id(id).filter(is_there).ok_or_else(|| ApiFailure::not_found(id))
    }

    /// The object of this id as it is to be: what the body does not name stays, if there is one already.
    fn judged_object(&self, object: Object, id: i32) -> Result<ResourceEdit, ApiFailure> {
        let (request, all, subject) = (&self.order.request, self.all, id.to_string());
        let (judged, edit) = match object {
            Object::ReasonCode => {
                let new = parse::reason_code(request, id, all.reasons.get(id))?;
                (all.reasons.judge(&new), ResourceEdit::Reason(id, Some(new)))
            }
            Object::WrapUpReason => {
                let new = parse::wrap_up_reason(request, id, all.wrap_ups.get(id))?;
                (all.wrap_ups.judge(&new), ResourceEdit::WrapUp(id, Some(new)))
            }
            Object::PhoneBook => {
                let new = parse::phone_book(request, id, all.phone_books.get(id))?;
                let free = if new.global { all.judge_free(id) } else { Ok(()) };
                (free.and_then(|()| all.phone_books.judge(&new)), ResourceEdit::PhoneBook(id, Some(new)))
            }
            Object::MediaLayout => {
                let new = parse::media_layout(request, id, all.media_layouts.get(id))?;
                (all.media_layouts.judge(&new), ResourceEdit::MediaLayout(id, Some(new)))
            }
            Object::Workflow => {
                let new = parse::workflow(request, id, all.workflows.get(id))?;
                (all.judge_workflow(&new), ResourceEdit::Workflow(id, Some(new)))
            }
            Object::WorkflowAction => {
                let new = parse::workflow_action(request, id, all.actions.get(id))?;
                (all.actions.judge(&new), ResourceEdit::Action(id, Some(new)))
            }
        };
        self.judged(judged, &subject).map(|()| edit)
    }

    fn without_reason(&self, id: i32) -> Vec<ResourceEdit> {
        let lists =
            self.without(Assigned::NotReadyReasons, id).chain(self.without(Assigned::LogoutReasons, id));
        lists.chain([ResourceEdit::Reason(id, None)]).collect()
    }

    /// No workflow does what is gone.
    fn without_action(&self, id: i32) -> Vec<ResourceEdit> {
        let using = self.all.workflows.iter().filter(|workflow| workflow.actions.contains(&id));
        let left = using.map(|workflow| {
            let actions = workflow.actions.iter().copied().filter(|other| *other != id).collect();
            ResourceEdit::Workflow(workflow.id, Some(Workflow { actions, ..workflow.clone() }))
        });
        left.chain([ResourceEdit::Action(id, None)]).collect()
    }

    /// No team has what is gone.
    fn without(&self, list: Assigned, id: i32) -> impl Iterator<Item = ResourceEdit> {
        let left = self.all.teams.without(list, id).into_iter();
        left.map(move |(team, ids)| {
            ResourceEdit::Assigned(team, list, Some(ids).filter(|ids| !ids.is_empty()))
        })
    }
}

fn kind(object: Object) -> Kind {
    match object {
        Object::ReasonCode => Kind::ReasonCode,
        Object::WrapUpReason => Kind::WrapUpReason,
        Object::PhoneBook => Kind::PhoneBook,
        Object::MediaLayout => Kind::MediaLayout,
        Object::Workflow => Kind::Workflow,
        Object::WorkflowAction => Kind::WorkflowAction,
    }
}

fn uri(object: Object, id: i32) -> String {
    match object {
        Object::ReasonCode => links::reason_code(id),
        Object::WrapUpReason => links::wrap_up_reason(id),
        Object::PhoneBook => links::phone_book(id),
        Object::MediaLayout => links::media_layout(id),
        Object::Workflow => links::workflow(id),
        Object::WorkflowAction => links::workflow_action(id),
    }
}

/// As people read it: `ReasonCode/49`.
fn name(object: Object, id: i32) -> String {
    uri(object, id).trim_start_matches("/finesse/api/").to_owned()
}
