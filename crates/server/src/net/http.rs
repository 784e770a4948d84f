//! HTTP: which request goes where, what is answered without the node, and how an answer becomes bytes.
//!
//! Owns the routes and the forms of answers. Decides nothing about agents, calls or sessions.
//!
//! | path | answered |
//! | --- | --- |
//! | GET `/finesse/api/SystemInfo` | here, from the newest snapshot: also while the node is busy or out of service |
//! | `/finesse/api/...` | by the node |
//! | POST `/http-bind`, `/http-bind/` | by the node, perhaps only after the session's `wait` |
//! | `/ws`, `/ws/` | by `websocket` |
//! | GET `/desktop/...` | by `pages` |
//! | GET `/holdfast/openapi.json` | here: the description of the API |
//! | GET `/livez`, `/readyz` | here, plain text |

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER,
};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use node::api::{ApiFailure, HttpRequest, HttpResponse, LOCATION, SystemInfo, body_bytes_max, documents};
use node::domain::Secret;
use node::{Services, Status};
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::body::{self, BODY_MAX, BodyError};
use super::pages::Pages;
use super::path;
use super::refusals::{Refusal, Refusals};
use super::web::{OverTls, Seat};
use super::websocket;
use crate::clock::Clock;
use crate::inbox::{Ask, Full, Inbox, Memory, Ticket, WireInbox};

const REST_TYPE: HeaderValue = HeaderValue::from_static("application/xml");
/// The type of every answer of BOSH.
pub(super) const BOSH_TYPE: &str = "text/xml; charset=utf-8";

/// Where BOSH is, as clients write it.
pub(super) const BOSH_PATHS: [&str; 2] = ["/http-bind", "/http-bind/"];

/// A credential check may take its deadline twice, for two databases; then somebody must be told something.
const REST_ANSWER_AT_LATEST: Duration = Duration::from_secs(30);

/// Seconds until a refused client should come back: what waits is worked off within milliseconds.
const RETRY_AFTER_SECONDS: &str = "1";

/// Anything but a `body` element counts as a broken network and is repeated (notifications.md section 4.4).
const BOSH_TOO_LONG: &str =
    "<body xmlns='http://jabber.org/protocol/httpbind' type='terminate' condition='policy-violation'/>";

/// What every handler needs.
#[derive(Clone)]
pub(crate) struct Front {
    pub(crate) inbox: Inbox,
    pub(crate) wires: WireInbox,
    pub(crate) refusals: Arc<Refusals>,
    pub(crate) snapshot: watch::Receiver<Option<Arc<Status>>>,
    pub(crate) services: watch::Receiver<Services>,
    pub(crate) clock: Clock,
}

/// REST, the web application, and the health of the process.
pub(crate) fn rest_routes(front: Front, pages: Pages) -> Router {
    let system_info = || get(system_info).fallback(rest);
    Router::new()
        .route("/finesse/api/SystemInfo", system_info())
        .route("/finesse/api/SystemInfo/", system_info())
        .route(node::api::OPENAPI_PATH, get(openapi))
        .route("/finesse/api", any(rest))
        .route("/finesse/api/", any(rest))
        .route("/finesse/api/{*rest}", any(rest))
        .merge(pages.routes())
        .route_layer(middleware::from_fn_with_state(front.clone(), while_it_runs))
        .route("/ws", websocket::route())
        .route("/ws/", websocket::route())
        .merge(health_routes())
        .with_state(front)
}

/// The notification service over BOSH and WebSocket.
pub(crate) fn bosh_routes(front: Front) -> Router {
    BOSH_PATHS
        .into_iter()
        .fold(Router::new(), |routes, path| routes.route(path, post(bosh)))
        .route("/ws", websocket::route())
        .route("/ws/", websocket::route())
        .merge(health_routes())
        .with_state(front)
}

fn health_routes() -> Router<Front> {
    Router::new().route("/livez", get(async || "ok\n")).route("/readyz", get(readyz))
}

/// Without the web application nobody is there to answer, not even for SystemInfo: 503 and nothing else, as of a
/// servlet container whose application is stopped (failover.md CLIENT-18b).
async fn while_it_runs(State(front): State<Front>, request: Request, next: Next) -> Response<Body> {
    if front.webapp_runs() { next.run(request).await } else { empty(StatusCode::SERVICE_UNAVAILABLE) }
}

async fn readyz(State(front): State<Front>) -> (StatusCode, String) {
    match front.newest() {
        _ if !front.webapp_runs() => (StatusCode::SERVICE_UNAVAILABLE, "webapp is stopped\n".into()),
        Some(info) if info.in_service => (StatusCode::OK, "in service\n".into()),
        Some(info) => (StatusCode::SERVICE_UNAVAILABLE, format!("out of service: {}\n", info.reason)),
        None => (StatusCode::SERVICE_UNAVAILABLE, "out of service: starting\n".into()),
    }
}

async fn system_info(State(front): State<Front>) -> Response<Body> {
    match front.newest() {
        Some(info) => answer(REST_TYPE, HttpResponse::document(documents::system_info(&info))),
        None => busy(),
    }
}

/// Written once, when it is asked for first.
async fn openapi() -> impl IntoResponse {
    static TEXT: LazyLock<Arc<str>> = LazyLock::new(|| node::api::openapi().into());
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache")], TEXT.to_string())
}

async fn rest(State(front): State<Front>, request: Request) -> Response<Body> {
    let (head, incoming) = request.into_parts();
    let asked = without_body(&head);
    let echo = asked.echo();
    let response = front.ask_rest(asked, &head, incoming).await;
    let mut response = response.unwrap_or_else(|failure| failure.respond(echo.as_ref()));
    locate(&mut response, &head);
    answer(REST_TYPE, response)
}

async fn bosh(State(front): State<Front>, request: Request) -> Response<Body> {
    // Headers are pieces of the connection's buffer: whoever waits with them in hand makes it take another one.
    match front.ask_bosh(request.into_body()).await {
        Ok(response) => answer(HeaderValue::from_static(BOSH_TYPE), response),
        Err(BodyError::TooLong(_)) => {
            let body = BOSH_TOO_LONG.to_owned();
            answer(
                HeaderValue::from_static(BOSH_TYPE),
                HttpResponse { status: 200, body, headers: Vec::new() },
            )
        }
        Err(BodyError::NoRoom) => busy(),
        Err(BodyError::Incomplete) => empty(StatusCode::BAD_REQUEST),
    }
}

impl Front {
    fn webapp_runs(&self) -> bool {
        self.services.borrow().webapp_runs()
    }

    /// What the node published last, at the time of this answer. `None` only before the node's first word.
    fn newest(&self) -> Option<SystemInfo> {
        let info = self.snapshot.borrow().as_ref()?.info.clone();
        Some(SystemInfo { now: self.clock.now().wall, ..info })
    }

    async fn ask_rest(
        &self,
        mut asked: HttpRequest,
        head: &Parts,
        incoming: Body,
    ) -> Result<HttpResponse, ApiFailure> {
        let raw = head.uri.path();
        asked.path =
            path::decode(raw).ok_or_else(|| ApiFailure::bad_request("The path is not valid", raw))?;
        let most = body_bytes_max(&asked.method, &asked.path);
        let (body, memory) = self.read(Memory::Rest, most, incoming).await.map_err(rest_failure)?;
        asked.body = body;
        let ticket = self.send(Ask::Rest(asked), memory).map_err(rest_failure)?;
        match tokio::time::timeout(REST_ANSWER_AT_LATEST, ticket.answer()).await {
            Ok(Some(response)) => Ok(response),
            Ok(None) | Err(_) => Err(overloaded()),
        }
    }

    /// Waits as long as the session lets it. If the client goes first, the ticket falls and tells the node.
    async fn ask_bosh(&self, incoming: Body) -> Result<HttpResponse, BodyError> {
        let (body, memory) = self.read(Memory::Bosh, BODY_MAX, incoming).await?;
        let ticket = self.send(Ask::Bosh(body), memory)?;
        ticket.answer().await.ok_or(BodyError::NoRoom)
    }

    async fn read(
        &self,
        of: Memory,
        most: u32,
        incoming: Body,
    ) -> Result<(Vec<u8>, OwnedSemaphorePermit), BodyError> {
        let read = body::read(&self.inbox, of, most, incoming).await;
        read.inspect_err(|error| self.refusals.note(error.refusal()))
    }

    fn send(&self, ask: Ask, memory: OwnedSemaphorePermit) -> Result<Ticket, BodyError> {
        self.inbox.send(ask, memory).map_err(|Full| {
            self.refusals.note(Refusal::Busy);
            BodyError::NoRoom
        })
    }
}

fn without_body(head: &Parts) -> HttpRequest {
    HttpRequest {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        authorization: text(&head.headers, "authorization").map(Secret::new),
        request_id: text(&head.headers, "requestid"),
        content_type: text(&head.headers, "content-type"),
        range: text(&head.headers, "range"),
        body: Vec::new(),
        caller: head.extensions.get::<Seat>().map(|seat| seat.address()),
    }
}

/// Where a new object is, as the client reaches this server: scheme and host before the path (rest-api.md section 1.2).
fn locate(response: &mut HttpResponse, head: &Parts) {
    let named = text(&head.headers, "host").or_else(|| head.uri.authority().map(ToString::to_string));
    let scheme = if head.extensions.get::<OverTls>().is_some() { "https" } else { "http" };
    for (_, path) in response.headers.iter_mut().filter(|(name, _)| *name == LOCATION) {
        if let Some(host) = &named {
            *path = format!("{scheme}://{host}{path}");
        }
    }
}

/// A header that is not text is as good as absent.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

fn rest_failure(reason: BodyError) -> ApiFailure {
    match reason {
        BodyError::TooLong(most) => {
            ApiFailure::invalid_input(format!("The body is longer than {most} bytes"), "body")
        }
        BodyError::NoRoom => overloaded(),
        BodyError::Incomplete => ApiFailure::bad_request("The body did not arrive completely", "body"),
    }
}

/// The documented 503, with a word on when to come back.
fn overloaded() -> ApiFailure {
    let headers = vec![("Retry-After", RETRY_AFTER_SECONDS.to_owned())];
    ApiFailure { headers, ..ApiFailure::out_of_service() }
}

fn busy() -> Response<Body> {
    let mut response = empty(StatusCode::SERVICE_UNAVAILABLE);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
    response
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    response
}

fn answer(content_type: HeaderValue, answer: HttpResponse) -> Response<Body> {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = empty(status);
    if !answer.body.is_empty() {
        response.headers_mut().insert(CONTENT_TYPE, content_type);
        response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(answer.body.len()));
        *response.body_mut() = Body::from(answer.body);
    }
    // A value that cannot stand in a header came from the client, who will not miss it.
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
