//! What administrators set for people to choose from and to look at: reason codes, wrap-up reasons, phone books, layouts,
//! workflows, and which team has which.
//!
//! Answers what is offered to whom, and whether an object may stand among the others. Never decides who may change them,
//! and changes nothing by itself: a change is judged here, and put here when it counts.

mod actions;
mod assignments;
mod collection;
mod desktop_layouts;
mod edit;
mod fault;
mod media_layouts;
mod phone_books;
mod reasons;
mod words;
mod workflows;
mod wrap_up_reasons;

use std::collections::BTreeMap;

use crate::ids::TeamId;
use crate::view::ReasonCode;

pub use actions::{
    ActionKind, ActionVariable, HandledBy, Param, Variable, VariableKind, WorkflowAction, system_variables,
};
pub use assignments::{ASSIGNED_MAX, Assigned, Assignments, WORKFLOWS_OF_TEAM_MAX};
pub use collection::{Collection, Numbered};
pub use desktop_layouts::{DEFAULT_DESKTOP_LAYOUT, DesktopLayouts};
pub use edit::ResourceEdit;
pub use fault::Fault;
pub use media_layouts::{DEFAULT_LAYOUT, LAYOUT_COLUMNS, LAYOUT_ENTRIES_MAX, LayoutEntry, MediaLayout};
pub use phone_books::{
    CONTACT_NUMBER_MAX, CONTACT_TEXT_MAX, CONTACTS_MAX, CONTACTS_OF_AGENT_MAX, CONTACTS_OF_BOOK_MAX, Contact,
    Contacts, PHONE_BOOK_NAME_MAX, PhoneBook,
};
use words::words;
pub use workflows::{ApplyMethod, Comparator, Comparison, ConditionSet, TriggerName, TriggerSet, Workflow};
pub use wrap_up_reasons::{WRAP_UP_LABEL_BYTES_MAX, WrapUpReason};

words! {
    /// A kind of objects with ids, which are given out in turn and never twice.
    Kind {
        ReasonCode = "reason",
        WrapUpReason = "wrapup",
        PhoneBook = "phonebook",
        Contact = "contact",
        MediaLayout = "medialayout",
        Workflow = "workflow",
        WorkflowAction = "workflowaction",
    }
}

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resources {
    /// Reason codes.
    pub reasons: Collection<ReasonCode>,
    /// Wrap-up reasons.
    pub wrap_ups: Collection<WrapUpReason>,
    /// Phone books.
    pub phone_books: Collection<PhoneBook>,
    /// Their contacts.
    pub contacts: Contacts,
    /// Layouts of call data.
    pub media_layouts: Collection<MediaLayout>,
    /// Layouts of the desktop.
    pub desktop_layouts: DesktopLayouts,
    /// Workflows.
    pub workflows: Collection<Workflow>,
    /// What they do.
    pub actions: Collection<WorkflowAction>,
    /// Which team has which.
    pub teams: Assignments,
    /// The next id of a kind, once one was given out.
    pub next_ids: BTreeMap<Kind, i32>,
}

impl Default for Resources {
    /// Nothing but the default layout of call data.
    fn default() -> Self {
        Self {
            reasons: Collection::default(),
            wrap_ups: Collection::default(),
            phone_books: Collection::default(),
            contacts: Contacts::default(),
            media_layouts: [MediaLayout::default()].into_iter().collect(),
            desktop_layouts: DesktopLayouts::default(),
            workflows: Collection::default(),
            actions: Collection::default(),
            teams: Assignments::default(),
            next_ids: BTreeMap::new(),
        }
    }
}

impl Resources {
    /// The layout of call data that holds where a call names no other.
    pub fn default_media_layout(&self) -> MediaLayout {
        self.media_layouts.get(DEFAULT_LAYOUT).cloned().unwrap_or_default()
    }

    /// An id that no object of the kind has had.
    pub fn next_id(&self, kind: Kind) -> i32 {
        let highest = match kind {
            Kind::ReasonCode => self.reasons.last_id(),
            Kind::WrapUpReason => self.wrap_ups.last_id(),
            Kind::PhoneBook => self.phone_books.last_id(),
            Kind::Contact => self.contacts.last_id(),
            Kind::MediaLayout => self.media_layouts.last_id(),
            Kind::Workflow => self.workflows.last_id(),
            Kind::WorkflowAction => self.actions.last_id(),
        };
        highest.saturating_add(1).max(self.next_ids.get(&kind).copied().unwrap_or(1))
    }

    /// Wrap-up reasons offered to the members of a team: the global ones and the team's own.
    pub fn wrap_ups_of(&self, team: Option<TeamId>) -> impl Iterator<Item = &WrapUpReason> + Clone {
        self.wrap_ups.iter().filter(move |reason| self.offers_wrap_up(reason, team))
    }

    /// The wrap-up reason of this id, if it is offered to the members of the team.
    pub fn wrap_up_of(&self, id: i32, team: Option<TeamId>) -> Option<&WrapUpReason> {
        self.wrap_ups.get(id).filter(|reason| self.offers_wrap_up(reason, team))
    }

    /// Phone books offered to the members of a team: the global ones, then the team's own.
    pub fn phone_books_of(&self, team: Option<TeamId>) -> impl Iterator<Item = &PhoneBook> + Clone {
        let global = self.phone_books.iter().filter(|book| book.global);
        let own = self.assigned(team, Assigned::PhoneBooks).filter_map(|id| self.phone_books.get(id));
        global.chain(own.filter(|book| !book.global))
    }

    /// The workflows of a team, in the order in which they are looked at.
    pub fn workflows_of(&self, team: Option<TeamId>) -> impl Iterator<Item = &Workflow> + Clone {
        self.assigned(team, Assigned::Workflows).filter_map(|id| self.workflows.get(id))
    }

    /// What a workflow does, in its order.
    pub fn actions_of<'a>(
        &'a self,
        workflow: &'a Workflow,
    ) -> impl Iterator<Item = &'a WorkflowAction> + Clone {
        workflow.actions.iter().filter_map(|id| self.actions.get(*id))
    }

    /// Whether the actions of a workflow are there.
    ///
    /// # Errors
    /// [`Fault::Stale`], and what [`Collection::judge`] says.
    pub fn judge_workflow(&self, new: &Workflow) -> Result<(), Fault> {
        self.workflows.judge(new)?;
        match new.actions.iter().find(|id| self.actions.get(**id).is_none()) {
            Some(gone) => Err(Fault::Stale(format!("WorkflowAction {gone}"))),
            None => Ok(()),
        }
    }

    /// Whether a team may have just these.
    ///
    /// # Errors
    /// [`Fault::Stale`] for what is not there or for everybody, [`Fault::Value`] for too many or one that comes twice.
    pub fn judge_assignment(&self, list: Assigned, ids: &[i32]) -> Result<(), Fault> {
        workflows::at_most(list.as_str(), ids.len(), list.max())?;
        let twice = ids.iter().enumerate().any(|(at, id)| ids.iter().skip(at + 1).any(|other| other == id));
        if twice {
            return Err(Fault::value(list.as_str(), "an object is named twice"));
        }
        match ids.iter().find(|id| !self.is_assignable(list, **id)) {
            Some(id) => Err(Fault::Stale(id.to_string())),
            None => Ok(()),
        }
    }

    /// Whether a book may be removed, or be for everybody from now on.
    ///
    /// # Errors
    /// [`Fault::InUse`].
    pub fn judge_free(&self, book: i32) -> Result<(), Fault> {
        let used = self.teams.teams_with(Assigned::PhoneBooks, book).next().is_some();
        if used { Err(Fault::InUse) } else { Ok(()) }
    }

    fn is_assignable(&self, list: Assigned, id: i32) -> bool {
        let own_reason = || self.reasons.get(id).filter(|code| !code.for_all);
        match list {
            Assigned::NotReadyReasons | Assigned::LogoutReasons => {
                own_reason().is_some_and(|code| Assigned::from(code.category) == list)
            }
            Assigned::WrapUpReasons => self.wrap_ups.get(id).is_some_and(|reason| !reason.for_all),
            Assigned::PhoneBooks => self.phone_books.get(id).is_some_and(|book| !book.global),
            Assigned::Workflows => self.workflows.get(id).is_some(),
        }
    }

    fn offers_wrap_up(&self, reason: &WrapUpReason, team: Option<TeamId>) -> bool {
        reason.for_all || self.teams.has(team, Assigned::WrapUpReasons, reason.id)
    }

    fn assigned(&self, team: Option<TeamId>, list: Assigned) -> impl Iterator<Item = i32> + Clone {
        let ids = team.map_or(&[][..], |team| self.teams.of(team, list));
        ids.iter().copied()
    }
}
