//! The lab page and its control over HTTP, for people on this machine only.
//!
//! A page from elsewhere must not be able to break a lab: requests from other machines, requests that name another
//! host (a rebound name), and orders that a browser would send without asking first are refused.

use std::net::SocketAddr;

use axum::Json;
use axum::Router;
use axum::extract::rejection::JsonRejection;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Query, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};

use crate::lab::Lab;
use crate::net::Net;
use crate::order::{Order, OrderError};
use crate::page;
use crate::story::Entry;

/// The largest order is a call with its variables: a few kilobytes.
const BODY_MAX: usize = 64 * 1024;
/// Marks an order as meant for a lab; a browser does not add it to what another page sends.
const OURS: &str = "x-holdfast-lab";

/// Everything the lab page address answers.
pub(crate) fn router(lab: Lab) -> Router {
    let guard = Guard { net: lab.net(), anyone: !lab.net().page().ip().is_loopback() };
    page::routes()
        .route("/api/state", get(state))
        .route("/api/story", get(story))
        .route("/api/command", post(command))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(middleware::from_fn_with_state(guard, admit))
        .with_state(lab)
}

/// Who may ask.
#[derive(Clone, Copy, Debug)]
struct Guard {
    net: Net,
    anyone: bool,
}

/// An answer that says no.
#[derive(Debug, Serialize)]
struct Refused {
    error: String,
}

#[derive(Debug, Deserialize)]
struct Since {
    #[serde(default)]
    since: u64,
}

async fn state(State(lab): State<Lab>) -> Response {
    match lab.state().await {
        Ok(state) => Json(state).into_response(),
        Err(error) => refuse(StatusCode::SERVICE_UNAVAILABLE, error),
    }
}

async fn story(State(lab): State<Lab>, Query(Since { since }): Query<Since>) -> Json<Vec<Entry>> {
    Json(lab.timeline().since(since))
}

async fn command(State(lab): State<Lab>, order: Result<Json<Order>, JsonRejection>) -> Response {
    let order = match order {
        Ok(Json(order)) => order,
        Err(error) => return refuse(error.status(), error.body_text()),
    };
    match lab.order(order).await {
        Ok(outcome) => Json(outcome).into_response(),
        Err(error) => refuse(status(&error), error),
    }
}

fn status(error: &OrderError) -> StatusCode {
    match error {
        OrderError::Refused(_)
        | OrderError::Already { .. }
        | OrderError::Distributor { .. }
        | OrderError::Service { .. }
        | OrderError::ManyScripts(_) => StatusCode::CONFLICT,
        OrderError::NoNode(_) | OrderError::NoPair | OrderError::NoAwdb => StatusCode::NOT_FOUND,
        OrderError::Node(_) | OrderError::Address { .. } | OrderError::NoCall => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
        OrderError::Ending => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn refuse(status: StatusCode, error: impl ToString) -> Response {
    (status, Json(Refused { error: error.to_string() })).into_response()
}

async fn admit(
    State(guard): State<Guard>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    match guard.objection(peer, request.method(), request.headers()) {
        Some(objection) => refuse(StatusCode::FORBIDDEN, objection),
        None => next.run(request).await,
    }
}

impl Guard {
    fn objection(self, peer: SocketAddr, method: &Method, headers: &HeaderMap) -> Option<String> {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        if !self.anyone && !peer.ip().is_loopback() {
            return Some("a lab answers to its own machine only".into());
        }
        if !self.is_ours(host) {
            return Some(format!("`{host}` is not this lab; it is at http://{}", self.net.page()));
        }
        (method == Method::POST && !meant(headers))
            .then(|| format!("an order needs `Content-Type: application/json` or `{OURS}: 1`"))
    }

    fn is_ours(self, host: &str) -> bool {
        let page = self.net.page();
        host == page.to_string() || host == format!("localhost:{}", page.port())
    }
}

/// Neither of the two goes along with what a foreign page can send without a preflight, and no preflight is answered.
fn meant(headers: &HeaderMap) -> bool {
    let json = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    json || headers.contains_key(OURS)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "127.0.5.10:8080";

    fn objection(
        guard: Guard,
        peer: &str,
        method: Method,
        headers: &[(&'static str, &str)],
    ) -> Option<String> {
        let headers = headers.iter().map(|(name, value)| {
            (header::HeaderName::from_static(name), header::HeaderValue::from_str(value).unwrap())
        });
        guard.objection(peer.parse().unwrap(), &method, &headers.collect())
    }

    fn guard() -> Guard {
        Guard { net: "127.0.5".parse().unwrap(), anyone: false }
    }

    #[test]
    fn people_on_this_machine_may_look_and_order() {
        let json = ("content-type", "application/json; charset=utf-8");
        assert_eq!(objection(guard(), "127.0.0.1:5", Method::GET, &[("host", PAGE)]), None);
        assert_eq!(objection(guard(), "127.0.0.1:5", Method::POST, &[("host", PAGE), json]), None);
        assert_eq!(objection(guard(), "127.0.0.1:5", Method::POST, &[("host", PAGE), (OURS, "1")]), None);
        assert_eq!(objection(guard(), "127.0.0.1:5", Method::GET, &[("host", "localhost:8080")]), None);
    }

    #[test]
    fn another_machine_a_rebound_name_and_a_foreign_form_are_refused() {
        let form = ("content-type", "text/plain");
        assert!(objection(guard(), "192.0.2.7:5", Method::GET, &[("host", PAGE)]).is_some());
        assert!(objection(guard(), "127.0.0.1:5", Method::GET, &[("host", "evil.example:8080")]).is_some());
        assert!(objection(guard(), "127.0.0.1:5", Method::GET, &[]).is_some());
        assert!(objection(guard(), "127.0.0.1:5", Method::POST, &[("host", PAGE), form]).is_some());
        assert!(objection(guard(), "127.0.0.1:5", Method::POST, &[("host", PAGE)]).is_some());
    }
}
