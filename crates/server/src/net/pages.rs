//! The web application at `/desktop/`: its files, and the settings that its page needs before anybody has signed in.
//!
//! Owns the headers that keep the page safe and cached. What the pages do, `web/` decides.
//!
//! | path | answered |
//! | --- | --- |
//! | GET `/`, `/desktop` | 307 to `/desktop/` |
//! | GET `/desktop/settings.json` | what is the same on both servers: where the notification service listens, and how often a page asks for its server |
//! | GET `/desktop/...` | the file, with an ETag; what has a hash in its name may be kept for ever |

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue,
    IF_NONE_MATCH, VARY,
};
use axum::http::{Response, StatusCode};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;
use pages::File;

use super::cors::Pair;
use super::listen::Addresses;
use super::origin::WebOrigin;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// What a page is told before anybody has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desktop {
    /// By SystemInfo, of both servers, once its own has been lost (failover.md CLIENT-7, CLIENT-11).
    pub poll_interval: Duration,
    /// Over the XMPP connection, while all is well (failover.md CLIENT-X7).
    pub ping_interval: Duration,
    /// Where workflows may send requests, besides the two servers; at most [`WORKFLOW_ORIGINS_MAX`].
    pub workflow_origins: Vec<WebOrigin>,
}

/// So that the policy of the page stays a header that browsers and proxies take: 5 kB with the longest names.
pub(crate) const WORKFLOW_ORIGINS_MAX: usize = 20;

impl Default for Desktop {
    fn default() -> Self {
        Self {
            poll_interval: Duration::from_secs(10),
            ping_interval: Duration::from_secs(10),
            workflow_origins: Vec::new(),
        }
    }
}

/// What is told to every page.
#[derive(Clone)]
pub(crate) struct Pages {
    policy: HeaderValue,
    settings: Arc<str>,
}

impl Pages {
    pub(crate) fn new(pair: &Pair, addresses: &Addresses, desktop: &Desktop) -> Self {
        let clear = addresses.bosh_http.map(|address| address.port());
        let tls = addresses.bosh_https.port();
        let settings = serde_json::json!({
            "notification": { "http": clear, "https": tls },
            "poll_interval": milliseconds(desktop.poll_interval),
            "ping_interval": milliseconds(desktop.ping_interval),
            "workflow_origins": desktop.workflow_origins.iter().map(WebOrigin::as_str).collect::<Vec<_>>(),
        });
        let policy = policy(pair, &desktop.workflow_origins);
        // A host that cannot stand in a header is no host that a browser could reach.
        let policy = HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'self'"));
        Self { policy, settings: settings.to_string().into() }
    }

    /// The pages, for the listeners of REST.
    pub(crate) fn routes<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        let home = || get(async || Redirect::temporary("/desktop/"));
        Router::new()
            .route("/", home())
            .route("/desktop", home())
            .route("/desktop/", get(index))
            .route("/desktop/settings.json", get(settings))
            .route("/desktop/{*path}", get(file))
            .with_state(self)
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// Nothing but our own files, connections to the two servers and to what the settings name, and no frame around the page.
fn policy(pair: &Pair, origins: &[WebOrigin]) -> String {
    let hosts = pair
        .hosts()
        .flat_map(|host| ["http", "https", "ws", "wss"].map(|scheme| format!(" {scheme}://{host}:*")));
    let connect: String = hosts.chain(origins.iter().map(|origin| format!(" {origin}"))).collect();
    format!(
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'{connect}; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

async fn settings(State(pages): State<Pages>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache")], pages.settings.to_string())
}

async fn index(State(pages): State<Pages>, asked: HeaderMap) -> Response<Body> {
    answer(&pages, "", &asked)
}

async fn file(State(pages): State<Pages>, Path(path): Path<String>, asked: HeaderMap) -> Response<Body> {
    answer(&pages, &path, &asked)
}

fn answer(pages: &Pages, path: &str, asked: &HeaderMap) -> Response<Body> {
    let Some(file) = File::at(path) else { return StatusCode::NOT_FOUND.into_response() };
    let (encoding, content) = encoded(file, asked);
    let known =
        text(asked, &IF_NONE_MATCH).split(',').any(|etag| etag.trim().trim_start_matches("W/") == file.etag);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { content.into_response() };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type()));
    headers.insert(ETAG, HeaderValue::from_static(file.etag));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(CACHE_CONTROL, if file.is_immutable() { FOR_EVER } else { ASK_AGAIN });
    if let Some(encoding) = encoding.filter(|_| !known) {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    headers.insert("content-security-policy", pages.policy.clone());
    for (name, value) in SAFETY {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

const SAFETY: [(&str, &str); 3] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    // A window that a workflow has opened is found again by its name.
    ("cross-origin-opener-policy", "same-origin-allow-popups"),
];

fn encoded(file: &'static File, asked: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
    let accepts = |wanted: &str| text(asked, &ACCEPT_ENCODING).split(',').any(|one| takes(one, wanted));
    match (file.brotli, file.gzip) {
        (Some(content), _) if accepts("br") => (Some("br"), content),
        (_, Some(content)) if accepts("gzip") => (Some("gzip"), content),
        _ => (None, file.plain),
    }
}

/// `gzip`, `gzip;q=0.8`, but not `gzip;q=0`.
fn takes(one: &str, wanted: &str) -> bool {
    let mut parts = one.split(';').map(str::trim);
    parts.next() == Some(wanted)
        && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
