//! Lists that a user reads: what the configuration offers him, and queues.

use api::{ApiFailure, HttpResponse, documents, links};
use domain::{ReasonCategory, TeamId};

use super::{Answer, Reader};

impl Reader<'_> {
    pub(super) fn reason_codes(&self, user: &str, category: Result<ReasonCategory, ApiFailure>) -> Answer {
        let team = self.team_of(user)?;
        let category = category?;
        let codes = self.domain.resources().reasons_of(category, team);
        Ok(HttpResponse::document(documents::reason_codes(category, codes)))
    }

    pub(super) fn reason_code(&self, user: &str, id: &str) -> Answer {
        let team = self.team_of(user)?;
        let found = links::setting_id(id).and_then(|id| self.domain.resources().reason_of(id, team));
        Ok(HttpResponse::document(documents::reason_code(found.ok_or_else(|| ApiFailure::not_found(id))?)))
    }

    pub(super) fn wrap_up_reasons(&self, user: &str) -> Answer {
        let team = self.team_of(user)?;
        Ok(HttpResponse::document(documents::wrap_up_reasons(self.domain.resources().wrap_ups_of(team))))
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

    /// Which of them a call is shown by, the call says.
    pub(super) fn media_layouts(&self, user: &str) -> Answer {
        self.user(user)?;
        let layouts = self.domain.resources().media_layouts.iter();
        Ok(HttpResponse::document(documents::media_layouts(layouts)))
    }

    pub(super) fn workflows(&self, user: &str) -> Answer {
        let team = self.team_of(user)?;
        let all = self.domain.resources();
        let workflows = all.workflows_of(team).map(|workflow| (workflow, all.actions_of(workflow)));
        Ok(HttpResponse::document(documents::workflows_of_user(workflows)))
    }

    /// The layout that holds for the user's team, and where it is set.
    pub(super) fn desktop_layout(&self, user: &str) -> Answer {
        let team = self.team_of(user)?;
        let layouts = &self.domain.resources().desktop_layouts;
        let own = team.filter(|team| layouts.own(*team).is_some()).map(links::team_layout);
        let uri = own.unwrap_or_else(|| links::DEFAULT_DESKTOP_LAYOUT.to_owned());
        Ok(HttpResponse::document(documents::layout_config(layouts.of(team), &uri)))
    }

    fn team_of(&self, user: &str) -> Result<Option<TeamId>, ApiFailure> {
        Ok(self.user(user)?.team.map(|team| team.id))
    }

    /// Anybody may look at anybody's queues (rest-api.md section 1.5).
    pub(super) fn queues(&self, user: &str) -> Answer {
        let user = self.user(user)?;
        Ok(HttpResponse::document(documents::queues(&self.domain.queues_of(&user.id))))
    }

    pub(super) fn queue(&self, id: &str) -> Answer {
        let queue = links::queue_id(id).and_then(|id| self.domain.queue(id));
        Ok(HttpResponse::document(documents::queue(&queue.ok_or_else(|| ApiFailure::not_found(id))?)))
    }
}
