//! Queues, which anybody may look at.

use api::{ApiFailure, HttpResponse, documents, links};

use super::{Answer, Reader};

impl Reader<'_> {
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
