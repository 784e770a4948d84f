//! Lists that a user reads: what the configuration offers him, and queues.

use api::{ApiFailure, HttpResponse, documents, links};
use domain::ReasonCategory;

use super::{Answer, Reader};

impl Reader<'_> {
    pub(super) fn reason_codes(&self, user: &str, category: Result<ReasonCategory, ApiFailure>) -> Answer {
        let user = self.user(user)?;
        let category = category?;
        let codes = self.domain.reasons().offered(category, user.team.as_ref().map(|team| team.id));
        Ok(HttpResponse::document(documents::reason_codes(category, &codes)))
    }

    pub(super) fn reason_code(&self, user: &str, id: &str) -> Answer {
        let user = self.user(user)?;
        let team = user.team.as_ref().map(|team| team.id);
        let found = id.parse().ok().and_then(|id| {
            [ReasonCategory::NotReady, ReasonCategory::Logout]
                .into_iter()
                .find_map(|category| self.domain.reasons().by_id(id, category, team))
        });
        Ok(HttpResponse::document(documents::reason_code(&found.ok_or_else(|| ApiFailure::not_found(id))?)))
    }

    pub(super) fn wrap_up_reasons(&self, user: &str) -> Answer {
        let user = self.user(user)?;
        let reasons = self.domain.wrap_up_reasons().offered(user.team.as_ref().map(|team| team.id));
        Ok(HttpResponse::document(documents::wrap_up_reasons(&reasons)))
    }

    pub(super) fn wrap_up_reason(&self, user: &str, id: &str) -> Answer {
        let user = self.user(user)?;
        let team = user.team.as_ref().map(|team| team.id);
        let found = id.parse().ok().and_then(|id| self.domain.wrap_up_reasons().by_id(id, team));
        Ok(HttpResponse::document(documents::wrap_up_reason(
            &found.ok_or_else(|| ApiFailure::not_found(id))?,
        )))
    }

    pub(super) fn phone_books(&self, user: &str, contacts: Result<usize, ApiFailure>) -> Answer {
        let user = self.user(user)?;
        let books = self.domain.phone_books().offered(user.team.as_ref().map(|team| team.id));
        let (document, whole) = documents::phone_books(&books, contacts?);
        Ok(HttpResponse::list(document, whole))
    }

    /// The same for everybody (rest-api.md section 13).
    pub(super) fn media_layout(&self, user: &str) -> Answer {
        self.user(user)?;
        Ok(HttpResponse::document(documents::media_layout(self.domain.media_layout())))
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
