//! What desktops tell of themselves: the shell reads it and writes it down, which takes a while, and says what came of it.

use std::collections::BTreeMap;

use api::{ApiFailure, HttpResponse};
use domain::RequestId;

use super::Node;
use crate::io::{HttpId, Output};
use crate::rest::{self, Waiting, Who};

/// Logs that are being written at once: each takes some ten milliseconds, and nobody waits for it.
const AT_ONCE: usize = 16;

/// Who sent the logs that are being written, by request.
pub(super) type ClientLogs = BTreeMap<HttpId, Option<RequestId>>;

impl Node {
    pub(super) fn keep_client_log(&mut self, http: HttpId, waiting: &Waiting, who: Who<'_>) {
        let request = &waiting.request;
        if let Err(failure) = rest::authorized(&self.domain, who, waiting) {
            return self.reply(http, request, Err(failure));
        }
        // Only a person has a desktop, and the table says so.
        let Some(person) = who.person() else {
            return self.reply(http, request, Err(ApiFailure::internal()));
        };
        if self.client_logs.len() >= AT_ONCE {
            return self.refuse_overload(http, request);
        }
        self.client_logs.insert(http, request.echo());
        self.out.push_back(Output::KeepClientLog {
            http,
            agent: person.id.clone(),
            request: request.clone(),
        });
    }

    pub(super) fn client_log_kept(&mut self, http: HttpId, outcome: Result<(), ApiFailure>) {
        let Some(echo) = self.client_logs.remove(&http) else { return };
        let response = match outcome {
            Ok(()) => HttpResponse::accepted(echo.as_ref()),
            Err(failure) => failure.respond(echo.as_ref()),
        };
        self.out.push_back(Output::HttpReply { id: http, response });
    }
}
