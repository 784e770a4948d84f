//! What is set up for the members of a team: what is for everybody, and what is the team's.

use api::{ApiFailure, HttpResponse, TeamResource, documents, links};
use domain::{ReasonCategory, TeamId};

use super::{Answer, Reader};

impl Reader<'_> {
    pub(super) fn reason_codes(&self, user: &str, category: Result<ReasonCategory, ApiFailure>) -> Answer {
        let team = self.team_of(user)?;
        Ok(self.codes(team, Some(category?)))
    }

    pub(super) fn reason_code(&self, user: &str, id: &str) -> Answer {
        let team = self.team_of(user)?;
        let found = links::setting_id(id).and_then(|id| self.domain.resources().reason_of(id, team));
        Ok(HttpResponse::document(documents::reason_code(found.ok_or_else(|| ApiFailure::not_found(id))?)))
    }

    pub(super) fn wrap_up_reasons(&self, user: &str) -> Answer {
        Ok(self.wrap_ups(self.team_of(user)?))
    }

    pub(super) fn wrap_up_reason(&self, user: &str, id: &str) -> Answer {
        let team = self.team_of(user)?;
        let found = links::setting_id(id).and_then(|id| self.domain.resources().wrap_up_of(id, team));
        Ok(HttpResponse::document(documents::wrap_up_reason(found.ok_or_else(|| ApiFailure::not_found(id))?)))
    }

    pub(super) fn phone_books(&self, user: &str, contacts: Result<usize, ApiFailure>) -> Answer {
        let team = self.team_of(user)?;
        let all = self.domain.resources();
        let books = all.phone_books_of(team);
        let (document, whole) = documents::phone_books_of_user(books, &all.contacts, contacts?);
        Ok(HttpResponse::list(document, whole))
    }

    /// The same for everybody (rest-api.md section 13).
    pub(super) fn media_layout(&self, user: &str) -> Answer {
        self.user(user)?;
        Ok(self.default_media_layout())
    }

    pub(super) fn default_media_layout(&self) -> HttpResponse {
        HttpResponse::document(documents::media_layout(&self.domain.resources().default_media_layout()))
    }

    pub(super) fn media_layouts(&self, user: &str) -> Answer {
        self.user(user)?;
        Ok(self.layouts())
    }

    pub(super) fn workflows(&self, user: &str) -> Answer {
        Ok(self.flows(self.team_of(user)?))
    }

    pub(super) fn desktop_layout(&self, user: &str) -> Answer {
        Ok(self.desktop(self.team_of(user)?))
    }

    /// The same for a member of the team, by the team (rest-api.md section 8.3).
    pub(super) fn of_team(&self, team: &str, what: TeamResource) -> Answer {
        let team = links::team_id(team);
        Ok(match what {
            TeamResource::ReasonCodes(category) => self.codes(team, category?),
            TeamResource::WrapUpReasons => self.wrap_ups(team),
            TeamResource::MediaLayouts => self.layouts(),
            TeamResource::PhoneBooks(contacts) => {
                let all = self.domain.resources();
                let books = all.phone_books_of(team);
                let (document, whole) = documents::phone_books_of_team(books, &all.contacts, contacts?);
                HttpResponse::list(document, whole)
            }
            TeamResource::Workflows => self.flows(team),
            TeamResource::DesktopLayout => self.desktop(team),
        })
    }

    fn team_of(&self, user: &str) -> Result<Option<TeamId>, ApiFailure> {
        Ok(self.user(user)?.team.map(|team| team.id))
    }

    /// Of one category, or of both.
    fn codes(&self, team: Option<TeamId>, category: Option<ReasonCategory>) -> HttpResponse {
        let of = |category| self.domain.resources().reasons_of(category, team);
        HttpResponse::document(match category {
            Some(category) => documents::reason_codes(category, of(category)),
            None => {
                documents::all_reason_codes(of(ReasonCategory::NotReady).chain(of(ReasonCategory::Logout)))
            }
        })
    }

    fn wrap_ups(&self, team: Option<TeamId>) -> HttpResponse {
        HttpResponse::document(documents::wrap_up_reasons(self.domain.resources().wrap_ups_of(team)))
    }

    /// All of them: by which a call is shown, the call says.
    fn layouts(&self) -> HttpResponse {
        HttpResponse::document(documents::media_layouts(self.domain.resources().media_layouts.iter()))
    }

    fn flows(&self, team: Option<TeamId>) -> HttpResponse {
        let all = self.domain.resources();
        let workflows = all.workflows_of(team).map(|workflow| (workflow, all.actions_of(workflow)));
        HttpResponse::document(documents::workflows_of_user(workflows))
    }

    /// The layout that holds for the team, and where it is set.
    fn desktop(&self, team: Option<TeamId>) -> HttpResponse {
        let layouts = &self.domain.resources().desktop_layouts;
        let own = team.filter(|team| layouts.own(*team).is_some()).map(links::team_layout);
        let uri = own.unwrap_or_else(|| links::DEFAULT_DESKTOP_LAYOUT.to_owned());
        HttpResponse::document(documents::layout_config(layouts.of(team), &uri))
    }
}
