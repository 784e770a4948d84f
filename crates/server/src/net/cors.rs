//! Which pages of other origins may read our answers: those of the two servers, by whichever port they were loaded.
//!
//! A page that was loaded from one server goes on working with the other one (failover.md CLIENT-4). Requests carry
//! their credentials in a header of their own, never in cookies, so nothing is granted but the reading of answers.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderMap,
    HeaderValue, ORIGIN, VARY,
};
use axum::http::{Method, Response, StatusCode};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;

/// How long browsers may keep the answer; as long as Chromium does at most.
const KEPT_SECONDS: &str = "7200";

/// The hosts of the two servers, as browsers reach them.
#[derive(Clone)]
pub(crate) struct Pair(Arc<[String]>);

impl Pair {
    pub(crate) fn new(primary: &str, secondary: Option<&str>) -> Self {
        Self([Some(primary), secondary].into_iter().flatten().map(str::to_lowercase).collect())
    }

    pub(crate) fn hosts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Answers preflights of the pair's pages, and lets these read every other answer.
    pub(crate) fn admit(self, routes: Router) -> Router {
        routes.layer(middleware::from_fn_with_state(self, admit))
    }

    /// The headers by which this origin may read an answer, each with its line end; nothing for any other origin.
    pub(crate) fn granted(&self, origin: &str) -> String {
        if !self.owns(origin) {
            return String::new();
        }
        format!("access-control-allow-origin: {origin}\r\nvary: Origin\r\n")
    }

    fn owns(&self, origin: &str) -> bool {
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        host.is_some_and(|host| self.0.iter().any(|own| is_at(host, own)))
    }
}

/// Whether `host`, perhaps with a port, is `own`.
fn is_at(host: &str, own: &str) -> bool {
    let host = match host.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => host,
    };
    host.eq_ignore_ascii_case(own)
}

async fn admit(State(pair): State<Pair>, request: Request, next: Next) -> Response<Body> {
    let Some(origin) = origin(&pair, request.headers()) else { return next.run(request).await };
    let asks =
        request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if asks { preflight() } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(
        ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("requestId, Retry-After, Holdfast-Not-Checked-Since"),
    );
    headers.append(VARY, HeaderValue::from_static("Origin"));
    response
}

fn origin(pair: &Pair, headers: &HeaderMap) -> Option<HeaderValue> {
    let origin = headers.get(ORIGIN)?;
    pair.owns(origin.to_str().ok()?).then(|| origin.clone())
}

fn preflight() -> Response<Body> {
    let granted = [
        (ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE"),
        (ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, requestid"),
        (ACCESS_CONTROL_MAX_AGE, KEPT_SECONDS),
    ];
    (StatusCode::NO_CONTENT, granted).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_of_the_pair_are_known_by_host_at_any_port() {
        let pair = Pair::new("fin-a.example.com", Some("127.0.0.12"));
        for own in [
            "https://fin-a.example.com",
            "https://FIN-A.example.com:8445",
            "http://127.0.0.12:8082",
            "http://127.0.0.12",
        ] {
            assert!(pair.owns(own), "{own}");
        }
        for foreign in [
            "null",
            "https://fin-a.example.com.evil.test",
            "https://evil.test:8445",
            "https://fin-a.example.com:8445:1",
            "https://evil.test/fin-a.example.com",
            "ftp://fin-a.example.com",
            "https://127.0.0.12@evil.test",
        ] {
            assert!(!pair.owns(foreign), "{foreign}");
        }
    }
}
