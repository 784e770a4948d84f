//! What administrators look at: the settings as they are.

use api::{ApiFailure, HttpResponse, Object, SettingRead, TeamList, documents, links};
use domain::{Assigned, Resources, TeamId, system_variables};

use crate::node::Node;

impl Node {
    /// The document that is asked for.
    pub(super) fn setting(&self, read: &SettingRead) -> Result<HttpResponse, ApiFailure> {
        let all = self.domain.resources();
        let document = match read {
            SettingRead::Teams => documents::teams(self.domain.teams()),
            SettingRead::ConfigInfo => documents::config_info(&self.config_info()),
            SettingRead::System => documents::system_config(&self.desk.settings.system),
            SettingRead::Cluster => documents::cluster_config(&self.desk.settings.cluster),
            SettingRead::Database => {
                documents::enterprise_database_config(self.desk.settings.database.as_ref())
            }
            SettingRead::ReasonCodes(category) => {
                let category = category.clone()?;
                documents::reason_codes(category, all.reasons.all(category))
            }
            SettingRead::WrapUpReasons => documents::wrap_up_reasons(all.wrap_ups.iter()),
            SettingRead::PhoneBooks => documents::phone_books(all.phone_books.iter()),
            SettingRead::MediaLayouts => documents::media_layouts(all.media_layouts.iter()),
            SettingRead::Workflows => {
                let workflows = all.workflows.iter();
                documents::workflows(workflows.map(|workflow| (workflow, all.actions_of(workflow))))
            }
            SettingRead::WorkflowActions => documents::workflow_actions(all.actions.iter()),
            SettingRead::One(object, id) => one(all, *object, id).ok_or_else(|| ApiFailure::not_found(id))?,
            SettingRead::Contacts { book } => {
                let id = existing_book(all, book)?;
                documents::contacts(id, all.contacts.of(id))
            }
            SettingRead::ContactsFile { book } => {
                let id = existing_book(all, book)?;
                return Ok(HttpResponse::csv(api::parse::contacts_file(all.contacts.of(id))));
            }
            SettingRead::Contact { book, id } => contact(all, book, id)?,
            SettingRead::DesktopLayout => {
                documents::layout_config(all.desktop_layouts.default_layout(), links::DEFAULT_DESKTOP_LAYOUT)
            }
            SettingRead::SystemVariables => documents::system_variables(&system_variables()),
            SettingRead::OfTeam(team, list) => of_team(all, self.existing_team(team)?, list)?,
            SettingRead::TeamLayout(team) => {
                let team = self.existing_team(team)?;
                let (layouts, uri) = (&all.desktop_layouts, links::team_layout(team));
                documents::team_layout_config(layouts.of(Some(team)), &uri, layouts.own(team).is_none())
            }
        };
        Ok(HttpResponse::document(document))
    }

    fn config_info(&self) -> documents::ConfigInfo {
        documents::ConfigInfo {
            skill_groups: self.domain.queue_count(),
            supervisors: self.domain.users().filter(|user| user.supervisor).count(),
            teams: self.domain.teams().count(),
            users: self.domain.agent_ids().count(),
        }
    }

    fn existing_team(&self, team: &str) -> Result<TeamId, ApiFailure> {
        let known = links::team_id(team).filter(|team| self.domain.has_team(*team));
        known.ok_or_else(|| ApiFailure::not_found(team))
    }
}

/// The phone book of a path.
pub(super) fn existing_book(all: &Resources, id: &str) -> Result<i32, ApiFailure> {
    let known = links::setting_id(id).filter(|id| all.phone_books.get(*id).is_some());
    known.ok_or_else(|| ApiFailure::not_found(id))
}

fn one(all: &Resources, object: Object, id: &str) -> Option<String> {
    let id = links::setting_id(id)?;
    match object {
        Object::ReasonCode => all.reasons.get(id).map(documents::reason_code),
        Object::WrapUpReason => all.wrap_ups.get(id).map(documents::wrap_up_reason),
        Object::PhoneBook => all.phone_books.get(id).map(documents::phone_book),
        Object::MediaLayout => all.media_layouts.get(id).map(documents::media_layout),
        Object::Workflow => {
            all.workflows.get(id).map(|workflow| documents::workflow(workflow, all.actions_of(workflow)))
        }
        Object::WorkflowAction => all.actions.get(id).map(documents::workflow_action),
    }
}

fn contact(all: &Resources, book: &str, id: &str) -> Result<String, ApiFailure> {
    let book = existing_book(all, book)?;
    let contact = links::setting_id(id).and_then(|id| all.contacts.get(book, id));
    Ok(documents::contact(book, contact.ok_or_else(|| ApiFailure::not_found(id))?))
}

/// What a team has of its own: what has come to be for everybody meanwhile is not.
fn of_team(all: &Resources, team: TeamId, list: &TeamList) -> Result<String, ApiFailure> {
    let ids = |list| all.teams.of(team, list).iter();
    Ok(match list {
        TeamList::ReasonCodes(category) => {
            let category = category.clone()?;
            let codes = ids(category.into()).filter_map(|id| all.reasons.get(*id));
            documents::reason_codes(category, codes.filter(|code| !code.for_all))
        }
        TeamList::WrapUpReasons => {
            let reasons = ids(Assigned::WrapUpReasons).filter_map(|id| all.wrap_ups.get(*id));
            documents::wrap_up_reasons(reasons.filter(|reason| !reason.for_all))
        }
        TeamList::PhoneBooks => {
            let books = ids(Assigned::PhoneBooks).filter_map(|id| all.phone_books.get(*id));
            documents::phone_books(books)
        }
        TeamList::Workflows => {
            let workflows = all.workflows_of(Some(team));
            documents::workflows(workflows.map(|workflow| (workflow, all.actions_of(workflow))))
        }
    })
}
