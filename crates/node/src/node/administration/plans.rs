//! What a change comes to: its writes, judged by what is set now, and the answer when they are on disk.

use api::parse::Import;
use api::settings::EnterpriseDatabaseConfig;
use api::{Administration, ApiFailure, HttpResponse, Object, SettingWrite, TeamList, links, parse};
use domain::{AgentId, Assigned, DEFAULT_LAYOUT, Domain, Fault, Kind, ResourceEdit, Resources, TeamId};

use super::Order;
use crate::ledger::Change;
use crate::records::Edit;

/// What is to be changed.
pub(super) struct Plan {
    pub(super) change: Change,
    /// The AWDB that the change names: it is tried first.
    pub(super) database: Option<EnterpriseDatabaseConfig>,
    /// What is answered if all goes well.
    pub(super) done: HttpResponse,
}

/// The plan of what is asked for, with the file that came with it.
///
/// # Errors
/// What is answered at once, since it cannot be.
pub(super) fn plan(
    domain: &Domain,
    order: &Order,
    file: Option<Result<Import, ApiFailure>>,
) -> Result<Plan, ApiFailure> {
    let Administration::Set(write) = &order.asked else { return Err(ApiFailure::internal()) };
    let file = file.unwrap_or_else(|| Err(ApiFailure::internal()));
    Planner { domain, all: domain.resources(), order, file }.plan(write)
}

/// An order, and what it is judged by.
pub(super) struct Planner<'a> {
    pub(super) domain: &'a Domain,
    pub(super) all: &'a Resources,
    pub(super) order: &'a Order,
    pub(super) file: Result<Import, ApiFailure>,
}

impl Planner<'_> {
    fn plan(&self, write: &SettingWrite) -> Result<Plan, ApiFailure> {
        let request = &self.order.request;
        match write {
            SettingWrite::System => {
                let system = parse::system_config(request)?;
                Ok(self.planned(&[Edit::System(Some(system))], "SystemConfig was changed"))
            }
            SettingWrite::Cluster => {
                let cluster = parse::cluster_config(request)?;
                Ok(self.planned(&[Edit::Cluster(Some(cluster))], "ClusterConfig was changed"))
            }
            SettingWrite::Database { .. } => {
                let wanted = parse::enterprise_database_config(request)?;
                let edits = [Edit::Database(Some(wanted.clone()))];
                let plan = self.planned(&edits, "EnterpriseDatabaseConfig was changed");
                Ok(Plan { database: Some(wanted), ..plan })
            }
            SettingWrite::Create(object) => self.create(*object),
            SettingWrite::Change(object, id) => self.change(*object, id),
            SettingWrite::Delete(object, id) => self.delete(*object, id),
            SettingWrite::CreateContact { book } => self.create_contact(book),
            SettingWrite::ChangeContact { book, id } => self.change_contact(book, id),
            SettingWrite::DeleteContact { book, id } => self.delete_contact(book, id),
            SettingWrite::ReplaceContacts { book } => self.replace_contacts(book),
            SettingWrite::ImportContacts { book } => self.import_contacts(book),
            SettingWrite::DesktopLayout => {
                let layout = parse::layout_config(request)?;
                let edit = ResourceEdit::DesktopLayout(Some(layout));
                Ok(self.set([edit], "LayoutConfig was changed"))
            }
            SettingWrite::DefaultMediaLayout { user } => self.default_media_layout(user.as_deref()),
            SettingWrite::Assign(team, list) => self.assign(team, list),
            SettingWrite::TeamLayout(team) => self.team_layout(team),
        }
    }

    fn default_media_layout(&self, user: Option<&str>) -> Result<Plan, ApiFailure> {
        if let Some(unknown) = user.filter(|user| self.domain.user(&AgentId::new(*user)).is_none()) {
            return Err(ApiFailure::user_not_found(unknown));
        }
        self.change(Object::MediaLayout, &DEFAULT_LAYOUT.to_string())
    }

    fn assign(&self, team: &str, list: &TeamList) -> Result<Plan, ApiFailure> {
        let (list, kind) = match list {
            TeamList::ReasonCodes(category) => (category.clone()?.into(), "ReasonCode"),
            TeamList::WrapUpReasons => (Assigned::WrapUpReasons, "WrapUpReason"),
            TeamList::PhoneBooks => (Assigned::PhoneBooks, "PhoneBook"),
            TeamList::Workflows => (Assigned::Workflows, "Workflow"),
        };
        let team = self.existing_team(team)?;
        let ids = parse::assignment(&self.order.request, kind)?;
        self.judged(self.all.judge_assignment(list, &ids), "")?;
        let says = format!("{} {kind}s were assigned to team {}", ids.len(), team.0);
        Ok(self.set([ResourceEdit::Assigned(team, list, Some(ids).filter(|ids| !ids.is_empty()))], &says))
    }

    fn team_layout(&self, team: &str) -> Result<Plan, ApiFailure> {
        let team = self.existing_team(team)?;
        let own = match parse::team_layout_config(&self.order.request)? {
            parse::TeamLayout::Default => None,
            parse::TeamLayout::Own(layout) => Some(layout),
        };
        let says = format!("LayoutConfig of team {} was changed", team.0);
        Ok(self.set([ResourceEdit::TeamLayout(team, own)], &says))
    }

    fn existing_team(&self, team: &str) -> Result<TeamId, ApiFailure> {
        let known = links::team_id(team).filter(|team| self.domain.has_team(*team));
        known.ok_or_else(|| ApiFailure::no_team_to_assign_to(team))
    }

    /// A new object under an id that none has had.
    pub(super) fn created(&self, kind: Kind, id: i32, edit: ResourceEdit, uri: String) -> Plan {
        let next = ResourceEdit::Next(kind, Some(id.saturating_add(1)));
        let says = format!("{} was added", uri.trim_start_matches("/finesse/api/"));
        let plan = self.set([edit, next], &says);
        Plan { done: HttpResponse::created(uri, self.order.request.echo().as_ref()), ..plan }
    }

    /// Objects as they are to be.
    pub(super) fn set(&self, edits: impl IntoIterator<Item = ResourceEdit>, says: &str) -> Plan {
        let edits: Vec<_> = edits.into_iter().map(Edit::Resource).collect();
        self.planned(&edits, says)
    }

    /// The answer to a fault, by the line of the table that was asked.
    pub(super) fn judged(&self, judged: Result<(), Fault>, subject: &str) -> Result<(), ApiFailure> {
        judged.map_err(|fault| ApiFailure::setting(&fault, self.order.route, subject))
    }

    fn planned(&self, edits: &[Edit], says: &str) -> Plan {
        let writes = edits.iter().map(Edit::write).collect();
        Plan {
            change: Change { writes, by: self.order.user.clone(), says: says.to_owned() },
            database: None,
            done: HttpResponse::done(self.order.request.echo().as_ref()),
        }
    }
}
